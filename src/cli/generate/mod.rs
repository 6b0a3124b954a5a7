//! `lectern generate`

mod desk;
mod inputs;
mod pages;
mod progress;
mod run;
mod show;
mod sum;
mod table;
mod terminal;

use std::path::PathBuf;
use std::sync::Arc;

use clap::{ArgGroup, Args};
use tokio::runtime::Runtime;
use tokio::sync::{mpsc, watch};

use super::error::CliError;
use super::figures::counted;
use super::input::As;
use super::place::PlaceArgs;
use super::serve::stop_signal;
use super::{set, stages};
use crate::config::Config;
use crate::library::{Library, Report};
use crate::store::Store;
use crate::telemetry::log_beside;
use desk::Desk;
use inputs::{Input, Reading};
use pages::PageArgs;
use run::{End, Ran};
use show::{Form, Show};

/// Articles that are read ahead of their making.
const READ_AHEAD: usize = 16;
/// What a shell reports of a program that Ctrl-C ended.
pub(super) const INTERRUPTED: u8 = 130;

/// Make the audio of many articles before anybody presses
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("inputs").args(["files", "feed", "sitemap", "urls"]).required(true).multiple(true))]
#[command(override_usage = "lectern generate [OPTIONS] <FILES|--feed URL|--sitemap URL|--urls FILE>...")]
#[command(after_help = "\
Examples:
  lectern generate articles/ --data /srv/lectern
  lectern generate monday.html tuesday.json --server https://audio.example.org --token-file token
  lectern generate --feed https://example.org/feed.xml
  cms-export | lectern generate - --json

A .json file holds one article as PUT /v1/articles/{id} takes it, a .jsonl file one on each line with its \"id\". Other
files are text or markup, and their id is their name without its ending. Of a folder all .txt, .html, .htm, .json and
.jsonl files are taken. A page's id is its address, without what tells who sent a reader.

Only what is heard differently is made again; what is ready is left as it is. One Ctrl-C ends the run once the sentences
being spoken are kept, a second one at once; the same command goes on from there. While a service has the data folder,
work through it with --server.

What sounds wrong is needs_review: it is not ready until an editor has heard it (lectern approve).

Exit status: 0 all are ready, 1 some are not, 2 wrong usage, 130 interrupted.")]
pub(super) struct Generate {
    /// Files and folders of articles; - for lines of JSON from standard input
    #[arg(value_name = "FILES")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    pages: PageArgs,
    /// What the text files hold [default: guessed]
    #[arg(long = "as", value_name = "FORM")]
    form: Option<As>,
    /// Id of the voice, or voice#speaker, for articles that name none
    #[arg(long, value_name = "ID")]
    voice: Option<String>,
    /// Language of articles that name none, as "en" or "de-AT" [default: the page's, else guessed]
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    #[command(flatten)]
    place: PlaceArgs,
    /// Threads that speak; 0 for one a core
    #[arg(long, value_name = "N", env = "LECTERN_WORKERS")]
    workers: Option<usize>,
    /// Only tell what would be made
    #[arg(long)]
    dry_run: bool,
    /// Tell of every step, a JSON object on each line
    #[arg(long)]
    json: bool,
    /// Tell only of what failed or needs review
    #[arg(short, long, conflicts_with = "json")]
    quiet: bool,
}

impl Generate {
    pub(super) fn run(&self, mut config: Config) -> Result<(), CliError> {
        self.place.folder.set(&mut config);
        config.pool.workers = self.workers.unwrap_or(config.pool.workers);
        config.check()?;
        let mut show = Show::new(match (self.json, self.quiet) {
            (true, _) => Form::Json,
            (_, true) => Form::Quiet,
            _ => Form::Table,
        });
        log_beside(show.beside());
        let runtime = Runtime::new()?;
        let desk = self.desk(&mut config, &runtime)?;
        let inputs = self.inputs(&config);
        let ran = runtime.block_on(async {
            let (inputs, stop) = (read(inputs), stops());
            run::run(desk.clone(), inputs, &mut show, self.dry_run, stop).await
        });
        // Whoever still reads from a pipe or a site is not waited for.
        runtime.shutdown_background();
        let ran = ran?;
        show.summary(&ran, desk.spoken(), self.dry_run)?;
        self.judge(&ran, &desk)
    }

    fn desk(&self, config: &mut Config, runtime: &Runtime) -> Result<Desk, CliError> {
        if let Some(remote) = self.place.remote(config)? {
            // Whether it is there, and we may.
            remote.get::<Report>("/v1/status")?;
            return Ok(Desk::There(Arc::new(remote)));
        }
        let store = if self.dry_run { stages::store_as_it_is(config)? } else { Store::open(&config.data)? };
        let library = Library::new(store, runtime.block_on(stages::renderer(config))?, config.library);
        Ok(Desk::Here(Arc::new(library), config.library.rendered_at_once))
    }

    fn inputs(&self, config: &Config) -> impl Iterator<Item = Input> + Send + 'static {
        let (voice, language) = (self.voice.clone(), self.language.clone());
        let reading = Reading { form: self.form, limits: config.limits };
        reading.files(self.files.clone()).chain(self.pages.pages(config)).map(move |mut input| {
            if let Ok(article) = &mut input.article {
                article.voice.is_none().then(|| set(&mut article.voice, &voice));
                article.language.is_none().then(|| set(&mut article.language, &language));
            }
            input
        })
    }

    fn judge(&self, ran: &Ran, desk: &Desk) -> Result<(), CliError> {
        let bad = ran.rows.iter().filter_map(|row| row.end.as_ref()).filter(|end| end.is_bad());
        let review = bad.clone().filter(|end| matches!(end, End::NeedsReview(_))).count();
        match (ran.stopped, bad.count()) {
            (true, _) if desk.is_here() => {
                Err(CliError::Interrupted("interrupted; the same command goes on from here".into()))
            }
            (true, _) => {
                Err(CliError::Interrupted("interrupted; the service goes on with what it has".into()))
            }
            (false, 0) => Ok(()),
            (false, bad) => Err(CliError::Failed(not_ready(bad, review, ran.rows.len()))),
        }
    }
}

fn not_ready(bad: usize, review: usize, all: usize) -> String {
    let are = |count: usize, word: &'static str, words: &'static str| if count == 1 { word } else { words };
    let told =
        format!("{bad} of {} {} not ready", counted(all, "article", "articles"), are(bad, "is", "are"));
    match review {
        0 => told,
        _ => {
            let wait = are(review, "waits", "wait");
            format!("{told}; {review} {wait} for an editor to hear it and say `lectern approve ID`")
        }
    }
}

/// Reads on a thread of its own, a little ahead.
fn read(inputs: impl Iterator<Item = Input> + Send + 'static) -> mpsc::Receiver<Input> {
    let (sender, receiver) = mpsc::channel(READ_AHEAD);
    tokio::task::spawn_blocking(move || {
        for input in inputs {
            // Nobody takes more once the run is stopped.
            if sender.blocking_send(input).is_err() {
                return;
            }
        }
    });
    receiver
}

/// Becomes true at the first Ctrl-C or SIGTERM; the second ends the program.
fn stops() -> watch::Receiver<bool> {
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(async move {
        stop_signal().await;
        sender.send_replace(true);
        stop_signal().await;
        std::process::exit(INTERRUPTED.into());
    });
    receiver
}
