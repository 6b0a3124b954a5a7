//! What commands have in common: where they work, and how they answer.

use std::ffi::OsStr;
use std::io::{self, StdoutLock, Write};
use std::path::PathBuf;

use clap::builder::{PathBufValueParser, TypedValueParser};
use clap::parser::ValueSource;
use clap::{Arg, Args};
use serde::Serialize;

use super::error::CliError;
use super::remote::{Remote, ServerArgs};
use crate::config::Config;

/// A value, and whether a flag named it: that goes before a variable, which may be for something else.
#[derive(Clone, Debug)]
pub(super) struct Given<T> {
    pub(super) value: T,
    pub(super) by_flag: bool,
}

/// Parses a value, and notes who gave it.
#[derive(Clone)]
pub(super) struct Noting<P>(pub(super) P);

impl<P: TypedValueParser> TypedValueParser for Noting<P>
where
    P::Value: Clone,
{
    type Value = Given<P::Value>;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Self::Value, clap::Error> {
        self.parse_ref_(command, arg, value, ValueSource::CommandLine)
    }

    fn parse_ref_(
        &self,
        command: &clap::Command,
        arg: Option<&Arg>,
        value: &OsStr,
        source: ValueSource,
    ) -> Result<Self::Value, clap::Error> {
        let value = self.0.parse_ref_(command, arg, value, source)?;
        Ok(Given { value, by_flag: source == ValueSource::CommandLine })
    }
}

fn by_flag<T>(given: &Option<Given<T>>) -> bool {
    given.as_ref().is_some_and(|given| given.by_flag)
}

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

    /// Whether one is named: it must be there then.
    pub(super) fn is_named(&self) -> bool {
        self.data.is_some()
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
