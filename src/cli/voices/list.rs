//! `lectern voices list`

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use crate::cli::error::CliError;
use crate::cli::place::AnswerArgs;
use crate::config::Config;
use crate::speech::{Catalogue, Voices};

/// List the voices on this machine
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  lectern voices list --json")]
pub(super) struct List {
    #[command(flatten)]
    answer: AnswerArgs,
}

impl List {
    pub(super) fn run(&self, config: &Config) -> Result<(), CliError> {
        let voices = Voices::find(&config.voices()?, config.voice.clone())?;
        let catalogue = Catalogue::built_in();
        let rows: Vec<Row> = voices.ids().iter().map(|id| row(&voices, &catalogue, id)).collect();
        self.answer.show(&rows, |rows, out| table(rows, out))
    }
}

#[derive(Serialize)]
struct Row {
    id: String,
    language: String,
    sample_rate: u32,
    speakers: usize,
    licence: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

fn row(voices: &Voices, catalogue: &Catalogue, id: &str) -> Row {
    let known = catalogue.voice.iter().find(|v| v.id == id);
    let licence = known.map_or("see its card", |v| &v.licence).to_owned();
    match voices.get(id) {
        Ok(voice) => Row {
            id: voice.id.clone(),
            language: voice.language.clone(),
            sample_rate: voice.sample_rate,
            speakers: voice.speakers.len().max(1),
            licence,
            error: None,
        },
        Err(error) => Row {
            id: id.into(),
            language: "?".into(),
            sample_rate: 0,
            speakers: 0,
            licence,
            error: Some(error.to_string()),
        },
    }
}

fn table(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    let width = rows.iter().map(|r| r.id.len()).max().unwrap_or(0).max("VOICE".len());
    writeln!(out, "{:width$}  {:8}  {:>8}  {:>8}  LICENCE", "VOICE", "LANGUAGE", "RATE", "SPEAKERS")?;
    for row in rows {
        match &row.error {
            None => writeln!(
                out,
                "{:width$}  {:8}  {:>8}  {:>8}  {}",
                row.id, row.language, row.sample_rate, row.speakers, row.licence
            )?,
            Some(error) => writeln!(out, "{:width$}  can't be used: {error}", row.id)?,
        }
    }
    Ok(())
}
