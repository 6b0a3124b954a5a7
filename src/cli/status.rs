//! `lectern status`

use std::io::{self, Write};

use clap::Args;

use super::error::CliError;
use super::figures::{counted, grouped};
use super::place::{AnswerArgs, PlaceArgs};
use crate::config::Config;
use crate::library::{Report, Watched, report};
use crate::store::Store;

/// Tell what is ready, what waits, what failed and why, and what is heard
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lectern status --data /srv/lectern
  lectern status --server http://127.0.0.1:8080 --token-file token --json

While a service has the data folder, ask the service with --server.")]
pub(super) struct Status {
    #[command(flatten)]
    place: PlaceArgs,
    #[command(flatten)]
    answer: AnswerArgs,
}

impl Status {
    pub(super) fn run(&self, mut config: Config) -> Result<(), CliError> {
        let report = match self.place.remote(&mut config)? {
            Some(remote) => remote.get("/v1/status")?,
            None => {
                let store = Store::look(&config.data)?;
                let mut report = report(&store, &config.library, config.render.audio.mp3_kbps)?;
                for source in &config.sources {
                    let note = store.ledger.visit(&source.noted_as().unwrap_or_default())?;
                    report.sources.push(source.watched(note));
                }
                report
            }
        };
        self.answer.show(&report, people)
    }
}

fn people(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let mut line = |name: &str, value: String| writeln!(out, "{name:22} {value:>14}");
    let number = |n: usize| grouped(n as f64);
    for (state, count) in &report.articles {
        line(&format!("articles {state}"), number(*count))?;
    }
    line("of these drafts", number(report.drafts))?;
    line("sentences lacking", number(report.sentences_lacking))?;
    if let Some(waiting) = report.sentences_waiting {
        line("sentences waiting", number(waiting))?;
    }
    line("hours of audio", format!("{:.1}", report.hours))?;
    line("bytes of audio", grouped(report.audio_bytes as f64))?;
    if report.max_audio_bytes > 0 {
        line("bytes allowed", grouped(report.max_audio_bytes as f64))?;
    }
    line("listens in 24 hours", grouped(report.listens_last_day as f64))?;
    for source in &report.sources {
        writeln!(out, "source  {}", looked(source))?;
    }
    for failure in &report.failures {
        writeln!(out, "{}  {}: {}", failure.state.name(), failure.id, failure.error)?;
    }
    Ok(())
}

fn looked(source: &Watched) -> String {
    let Watched { name, looked, next, failures, error } = source;
    let looked = looked.as_ref().map_or("not looked at yet".into(), |time| format!("looked at {time}"));
    let next = next.as_ref().map_or(String::new(), |time| format!(", next {time}"));
    let failed = match error {
        Some(error) => format!("; failed {}: {error}", counted(*failures, "time", "times in a row")),
        None => String::new(),
    };
    format!("{name}: {looked}{next}{failed}")
}
