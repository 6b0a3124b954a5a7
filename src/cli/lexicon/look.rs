//! `lectern lexicon list`, `history`, `export`

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::super::error::CliError;
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
            writeln!(out, "version {}, {} entries", lexicon.version, lexicon.entries.len())?;
            if lexicon.behind > 0 {
                writeln!(out, "{} articles are still to be read by it", lexicon.behind)?;
            }
            if let Some(unreadable @ 1..) = lexicon.unreadable {
                writeln!(out, "{unreadable} articles can't be read by it; the service's log names them")?;
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
    /// File to write, .toml, .csv or .json [default: TOML on standard output]
    file: Option<PathBuf>,
}

impl Export {
    pub(super) fn run(&self, config: Config) -> Result<(), CliError> {
        let format = self.file.as_deref().map_or(Ok(LexiconFormat::Toml), format)?;
        let lexicon = Place::find(&self.place, config)?.lexicon()?;
        let entries: Vec<HouseEntry> = lexicon.entries.into_iter().map(|named| named.entry).collect();
        let text = format.write(&entries).map_err(|e| CliError::Failed(e.to_string()))?;
        match &self.file {
            Some(path) => Ok(fs::write(path, text)?),
            None => Ok(io::stdout().lock().write_all(text.as_bytes())?),
        }
    }
}

/// The format that a file's name asks for.
pub(super) fn format(path: &Path) -> Result<LexiconFormat, CliError> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    LexiconFormat::named(ending).ok_or_else(|| {
        CliError::Usage(format!("{}: the name must end in .toml, .csv or .json", path.display()))
    })
}
