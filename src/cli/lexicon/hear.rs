//! `lectern lexicon try`

use std::path::PathBuf;

use clap::Args;

use super::super::error::CliError;
use super::super::explain::{Hearing, hear};
use super::entry::EntryArgs;
use crate::config::Config;
use crate::library::Asked;

/// Hear an entry before it is added
#[derive(Args, Debug)]
pub(super) struct Try {
    #[command(flatten)]
    entry: EntryArgs,
    /// A sentence with the word in it [default: the word alone]
    #[arg(long = "in", value_name = "TEXT")]
    sentence: Option<String>,
    /// File to write, .mp3 [default: the word's name with .mp3]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    hearing: Hearing,
}

impl Try {
    pub(super) fn run(&self, config: Config) -> Result<(), CliError> {
        let written = self.entry.written();
        let holds = |text: &String| text.to_lowercase().contains(&written.to_lowercase());
        if let Some(text) = self.sentence.as_ref().filter(|text| !holds(text)) {
            return Err(CliError::Usage(format!("--in {text:?} does not hold {written:?}")));
        }
        let asked = Asked {
            text: self.sentence.clone().unwrap_or_else(|| written.to_owned()),
            language: self.entry.language(),
            voice: self.entry.voice(),
            url: self.entry.address(),
            entries: vec![self.entry.entry(None)?],
        };
        let name: String = written.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        let output = self.output.clone().unwrap_or_else(|| format!("{name}.mp3").into());
        hear(config, &self.hearing, asked, Some(&output))
    }
}
