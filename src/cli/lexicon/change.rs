//! `lectern lexicon add`, `remove`, `import`

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::super::error::CliError;
use super::super::figures::counted;
use super::super::input;
use super::super::place::{AnswerArgs, PlaceArgs};
use super::entry::EntryArgs;
use super::look::FormatArgs;
use super::place::Place;
use crate::config::Config;
use crate::library::{LexiconEdit, LexiconSaved, Sample, Touched};

/// Who changes it, and whether at all.
#[derive(Args, Debug)]
struct Manner {
    #[command(flatten)]
    place: PlaceArgs,
    /// Only tell how many sentences in how many articles would sound otherwise
    #[arg(long)]
    dry_run: bool,
    /// Who changes it
    #[arg(long, value_name = "NAME", env = "USER", default_value = "")]
    author: String,
    #[command(flatten)]
    answer: AnswerArgs,
}

impl Manner {
    fn run(&self, config: Config, edit: LexiconEdit) -> Result<(), CliError> {
        let place = Place::find(&self.place, config)?;
        let edit = LexiconEdit { author: self.author.clone(), ..edit };
        if self.dry_run {
            return self.answer.show(&place.touched(edit)?, told);
        }
        self.answer.show(&place.edit(edit)?, |saved, out| {
            let LexiconSaved { version, put, removed } = saved;
            let put = counted(*put, "entry", "entries");
            writeln!(out, "version {version}: {put} added or changed, {removed} removed")
        })
    }
}

fn told(touched: &Touched, out: &mut impl Write) -> io::Result<()> {
    let Touched { sentences, articles, to_speak, unreadable, samples } = touched;
    let sentences = counted(*sentences, "sentence", "sentences");
    let articles = counted(*articles, "article", "articles");
    writeln!(out, "{sentences} in {articles}; {to_speak} would be spoken anew at once")?;
    if *unreadable > 0 {
        let (one, many) = ("article can't be read, and is", "articles can't be read, and are");
        writeln!(out, "{} left out", counted(*unreadable, one, many))?;
    }
    for Sample { article, text, before, after } in samples {
        writeln!(out, "\n{article}: {text}\n  now  {before}\n  then {after}")?;
    }
    Ok(())
}

/// Add an entry, or change it
#[derive(Args, Debug)]
pub(super) struct Add {
    #[command(flatten)]
    entry: EntryArgs,
    /// Why
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    manner: Manner,
}

impl Add {
    pub(super) fn run(&self, config: Config) -> Result<(), CliError> {
        let put = vec![self.entry.entry(self.note.clone())?];
        self.manner.run(config, LexiconEdit { put, ..LexiconEdit::default() })
    }
}

/// Remove entries by their names
#[derive(Args, Debug)]
pub(super) struct Remove {
    /// Names, as `lectern lexicon list` has them
    #[arg(required = true)]
    entries: Vec<String>,
    #[command(flatten)]
    manner: Manner,
}

impl Remove {
    pub(super) fn run(&self, config: Config) -> Result<(), CliError> {
        self.manner.run(config, LexiconEdit { remove: self.entries.clone(), ..LexiconEdit::default() })
    }
}

/// Add the entries of a file, all of them or none
#[derive(Args, Debug)]
pub(super) struct Import {
    /// The file, or - for standard input
    file: PathBuf,
    #[command(flatten)]
    format: FormatArgs,
    /// Remove all entries that are not in the file
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    manner: Manner,
}

impl Import {
    pub(super) fn run(&self, config: Config) -> Result<(), CliError> {
        let named = Some(self.file.as_path()).filter(|file| file.as_os_str() != "-");
        let format = self.format.of(named)?;
        let put = format.read(&input::bytes(&self.file)?);
        let put = put.map_err(|e| CliError::Failed(format!("{}: {e}", self.file.display())))?;
        self.manner.run(config, LexiconEdit { put, replace: self.replace, ..LexiconEdit::default() })
    }
}
