//! What a run prints: a table of what became of each article, or events in JSON, on standard output;
//! at a terminal also how far it is, on standard error.

use std::io::{self, Write};

use console::Term;
use indicatif::ProgressBar;
use serde_json::{Value, json};

use super::progress::Progress;
use super::run::{End, Ran, Row};
use super::sum::Sum;
use super::{table, terminal};
use crate::cli::error::CliError;
use crate::cli::figures::seconds;

/// What standard output gets.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Form {
    Table,
    /// The table's rows that tell of something wrong, and the summary.
    Quiet,
    Json,
}

pub(super) struct Show {
    form: Form,
    bar: ProgressBar,
    /// Whether the table has its head.
    begun: bool,
}

impl Show {
    pub(super) fn new(form: Form) -> Self {
        Self { form, bar: terminal::picture(), begun: false }
    }

    /// What else is to be written to standard error while the picture is there goes through this.
    pub(super) fn beside(&self) -> impl Fn() -> Beside + Send + Sync + 'static {
        let bar = self.bar.clone();
        move || Beside(bar.clone())
    }

    pub(super) fn progress(&self, progress: impl FnOnce() -> Progress) {
        if !self.bar.is_hidden() {
            let (_, columns) = Term::stderr().size();
            self.bar.set_message(progress().picture(columns.into()));
            self.bar.tick();
        }
    }

    pub(super) fn saved(&mut self, row: &Row) -> Result<(), CliError> {
        let Row { id, words, sentences, made, .. } = row;
        let saved =
            || json!({ "event": "saved", "id": id, "words": words, "sentences": sentences, "made": made });
        self.event(|| with_before(row, saved()))
    }

    pub(super) fn made(&mut self, row: &Row) -> Result<(), CliError> {
        let Row { id, sentences, made, audio, .. } = row;
        self.event(|| json!({ "event": "made", "id": id, "sentences": sentences, "made": made, "audio": seconds(*audio) }))
    }

    /// Tells what became of an article.
    pub(super) fn ended(&mut self, row: &Row) -> Result<(), CliError> {
        match self.form {
            Form::Json => self.event(|| event_of(row)),
            Form::Quiet if !row.end.as_ref().is_some_and(End::is_bad) => Ok(()),
            _ => self.line(row),
        }
    }

    fn line(&mut self, row: &Row) -> Result<(), CliError> {
        let mut lines = Vec::new();
        if !std::mem::replace(&mut self.begun, true) {
            lines.push(table::head());
        }
        lines.extend(table::lines(row, columns(&Term::stdout())));
        self.print(&lines)
    }

    pub(super) fn stopping(&self) {
        let told = "stopping once the sentences being spoken are kept; press Ctrl-C again to end at once";
        let lines = fitting(told, &Term::stderr());
        // Progress that can't be shown is not missed.
        self.bar.suspend(|| drop(writeln!(io::stderr(), "{}", lines.join("\n"))));
    }

    /// Takes the picture away, and sums up.
    pub(super) fn summary(&mut self, ran: &Ran, spoken: Option<u64>, dry: bool) -> Result<(), CliError> {
        self.bar.finish_and_clear();
        let sum = Sum::of(ran, spoken);
        match self.form {
            Form::Json => self.event(|| sum.event(ran)),
            _ => self.print(&fitting(&sum.line(dry), &Term::stdout())),
        }
    }

    fn event(&mut self, event: impl Fn() -> Value) -> Result<(), CliError> {
        if self.form == Form::Json { self.print(&[event().to_string()]) } else { Ok(()) }
    }

    fn print(&self, lines: &[String]) -> Result<(), CliError> {
        self.bar.suspend(|| {
            let mut out = io::stdout().lock();
            lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
            Ok(out.flush()?)
        })
    }
}

/// Writes to standard error where the picture is not.
pub(super) struct Beside(ProgressBar);

impl Write for Beside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.suspend(|| io::stderr().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// Columns that may be filled, if it is a terminal.
fn columns(term: &Term) -> Option<usize> {
    term.is_term().then(|| usize::from(term.size().1).max(table::BEFORE_NAME + 8) - 1)
}

/// A text as it is, or in lines that fit into a terminal.
fn fitting(text: &str, term: &Term) -> Vec<String> {
    columns(term).map_or_else(|| vec![text.to_owned()], |columns| table::wrapped(text, columns))
}

fn event_of(row: &Row) -> Value {
    let (state, _, reason) = table::told(row);
    let mut event = json!({
        "event": "ended", "id": row.id, "state": state, "words": row.words, "sentences": row.sentences,
        "new": row.new, "audio": seconds(row.audio), "duration": row.duration.map(seconds),
    });
    if !reason.is_empty() {
        event["error"] = reason.into();
    }
    with_before(row, event)
}

/// With what was there before, if there was something.
fn with_before(row: &Row, mut event: Value) -> Value {
    if let Some(replaces) = &row.replaces {
        event["replaces"] = json!(replaces);
    }
    if let Some(recorded) = &row.recorded {
        event["recorded"] = json!(recorded);
    }
    event
}
