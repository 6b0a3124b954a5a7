//! `lectern lexicon list`, `history`, `export`

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::super::error::CliError;
use super::super::figures::counted;
use super::super::place::{AnswerArgs, PlaceArgs};
use super::place::Place;
use crate::config::Config;
use crate::library::{LexiconFormat, LexiconNews};
use crate::text::HouseEntry;

/// List the entries
#[derive(Args, Debug)]
pub(super) struct List {
    #[command(flatten)]
    place: PlaceArgs,
    #[command(flatten)]
    answer: AnswerArgs,
}

impl List {
    pub(super) fn run(&self, config: Config) -> Result<(), CliError> {
        let lexicon = Place::find(&self.place, config)?.lexicon()?;
        self.answer.show(&lexicon, |lexicon, out| {
            for named in &lexicon.entries {
                writeln!(out, "{:32} {}", named.id, way(&named.entry))?;
            }
            let entries = counted(lexicon.entries.len(), "entry", "entries");
            writeln!(out, "version {}, {entries}", lexicon.version)?;
            if lexicon.behind > 0 {
                let articles = counted(lexicon.behind, "article is", "articles are");
                writeln!(out, "{articles} still to be read by it")?;
            }
            if let Some(unreadable @ 1..) = lexicon.unreadable {
                let articles = counted(unreadable, "article", "articles");
                writeln!(out, "{articles} can't be read by it; the service's log tells which")?;
            }
            Ok(())
        })
    }
}

/// How an entry is said, and what for people to know of it.
fn way(entry: &HouseEntry) -> String {
    let HouseEntry { respell, ipa, letters, note, .. } = entry;
    let said = match (respell, ipa) {
        (Some(respell), _) => format!("\"{respell}\""),
        (_, Some(ipa)) => format!("/{ipa}/"),
        _ if *letters => "letters".into(),
        _ => "word".into(),
    };
    note.as_ref().map_or(said.clone(), |note| format!("{said}  {note}"))
}

/// Who changed what, and when
#[derive(Args, Debug)]
pub(super) struct History {
    #[command(flatten)]
    place: PlaceArgs,
    /// At most so many versions, the newest first
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    answer: AnswerArgs,
}

impl History {
    pub(super) fn run(&self, config: Config) -> Result<(), CliError> {
        let news = Place::find(&self.place, config)?.news(self.limit)?;
        self.answer.show(&news, |news, out| {
            for LexiconNews { version, author, at, put, removed } in news {
                let author = if author.is_empty() { "somebody" } else { author };
                writeln!(out, "version {version}, {at}, {author}")?;
                for entry in put {
                    writeln!(out, "  + {:30} {}", entry.id(), way(entry))?;
                }
                for name in removed {
                    writeln!(out, "  - {name}")?;
                }
            }
            Ok(())
        })
    }
}

/// Write all entries to a file, or to standard output
#[derive(Args, Debug)]
pub(super) struct Export {
    #[command(flatten)]
    place: PlaceArgs,
    /// File to write, or - for standard output [default: -]
    file: Option<PathBuf>,
    #[command(flatten)]
    format: FormatArgs,
}

impl Export {
    pub(super) fn run(&self, config: Config) -> Result<(), CliError> {
        let file = self.file.as_deref().filter(|file| file.as_os_str() != "-");
        let format = self.format.of(file)?;
        let lexicon = Place::find(&self.place, config)?.lexicon()?;
        let entries: Vec<HouseEntry> = lexicon.entries.into_iter().map(|named| named.entry).collect();
        let text = format.write(&entries).map_err(|e| CliError::Failed(e.to_string()))?;
        match file {
            Some(path) => Ok(fs::write(path, text)?),
            None => Ok(io::stdout().lock().write_all(text.as_bytes())?),
        }
    }
}

/// In what format a file of entries is.
#[derive(Args, Debug)]
pub(super) struct FormatArgs {
    /// toml, csv or json [default: as the file's name ends; toml without a file]
    #[arg(long = "as", value_name = "FORMAT", value_parser = named)]
    format: Option<LexiconFormat>,
}

impl FormatArgs {
    /// The format of a file, or of standard input and output.
    pub(super) fn of(&self, path: Option<&Path>) -> Result<LexiconFormat, CliError> {
        let Some(path) = path.filter(|_| self.format.is_none()) else {
            return Ok(self.format.unwrap_or(LexiconFormat::Toml));
        };
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let told =
            || format!("{}: the name must end in .toml, .csv or .json, or say --as csv", path.display());
        LexiconFormat::named(ending).ok_or_else(|| CliError::Usage(told()))
    }
}

fn named(name: &str) -> Result<LexiconFormat, String> {
    LexiconFormat::named(name).ok_or_else(|| "it must be toml, csv or json".into())
}
