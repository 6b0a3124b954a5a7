//! What commands have in common: where they work, and how they answer.

use std::io::{self, StdoutLock, Write};
use std::path::PathBuf;

use clap::Args;
use clap::builder::PathBufValueParser;
use serde::Serialize;

use super::error::CliError;
use super::given::{Given, Noting, by_flag};
use super::remote::{Remote, ServerArgs};
use crate::config::Config;
use crate::library::{self, Lexicon, NamedEntry};
use crate::store::{Store, StoreError};
use crate::text::House;

/// Which data folder is meant.
#[derive(Args, Debug)]
pub(super) struct FolderArgs {
    /// Folder of articles and audio [default: data]
    #[arg(long, value_name = "DIR", env = "LECTERN_DATA", value_parser = Noting(PathBufValueParser::new()))]
    data: Option<Given<PathBuf>>,
}

impl FolderArgs {
    pub(super) fn set(&self, config: &mut Config) {
        if let Some(data) = &self.data {
            config.data.clone_from(&data.value);
        }
    }

    /// The lexicon in it, also while a service has it; nothing where there is no such folder and no
    /// flag names it.
    pub(super) fn entries(&self, config: &Config) -> Result<Vec<NamedEntry>, CliError> {
        match Store::facts(&config.data) {
            Ok(ledger) => Ok(library::lexicon(&ledger)?.entries),
            Err(StoreError::None(_)) if !by_flag(&self.data) => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }
}

/// A data folder, or the service that has it.
#[derive(Args, Debug)]
pub(super) struct PlaceArgs {
    #[command(flatten)]
    pub(super) folder: FolderArgs,
    #[command(flatten)]
    server: ServerArgs,
}

impl PlaceArgs {
    /// The service, if one is named; else the settings name the folder. A folder that a flag names
    /// is meant, whatever service a variable names.
    pub(super) fn remote(&self, config: &mut Config) -> Result<Option<Remote>, CliError> {
        self.folder.set(config);
        match (by_flag(&self.folder.data), by_flag(&self.server.server)) {
            (true, true) => Err(CliError::Usage("--data or --server: name the one that is meant".into())),
            (true, false) => Ok(None),
            _ => self.server.remote(config),
        }
    }

    /// How words sound in this house by now: as the service has it, or the folder. What no flag names
    /// keeps nobody from reading: where it can't be asked a warning says so, and words sound as they are shipped.
    pub(super) fn house(&self, config: &mut Config) -> Result<House, CliError> {
        let named = by_flag(&self.folder.data) || by_flag(&self.server.server);
        let entries = match self.entries(config) {
            Err(error) if !named => {
                writeln!(io::stderr(), "warning: read without the house's lexicon: {}", error.told())?;
                Vec::new()
            }
            known => known?,
        };
        Ok(entries.into_iter().map(|named| named.entry).collect())
    }

    fn entries(&self, config: &mut Config) -> Result<Vec<NamedEntry>, CliError> {
        match self.remote(config)? {
            Some(remote) => Ok(remote.get::<Lexicon>("/v1/lexicon")?.entries),
            None => self.folder.entries(config),
        }
    }
}

/// How a command answers.
#[derive(Args, Debug)]
pub(super) struct AnswerArgs {
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl AnswerArgs {
    /// Prints an answer: in JSON, or as it is written for people.
    pub(super) fn show<T: Serialize>(
        &self,
        answer: &T,
        people: impl FnOnce(&T, &mut StdoutLock<'static>) -> io::Result<()>,
    ) -> Result<(), CliError> {
        let mut out = io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, answer).map_err(io::Error::from)?;
            writeln!(out)?;
        } else {
            people(answer, &mut out)?;
        }
        Ok(())
    }
}
