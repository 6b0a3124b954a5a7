//! `lectern prune`

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::error::CliError;
use crate::config::Config;
use crate::library;
use crate::store::Store;

/// Forget old revisions, and remove audio until little enough is left
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lectern prune --data /srv/lectern --max-audio-bytes 20000000000
  lectern prune --config lectern.toml --json

A running service does this by itself. What was not heard for longest goes first, what editors asked
for goes last; it is made again when it is next heard. Stop the service first.")]
pub(super) struct Prune {
    /// Folder of articles and audio [default: data]
    #[arg(long, value_name = "DIR", env = "LECTERN_DATA")]
    data: Option<PathBuf>,
    /// Most bytes of audio to leave; 0 for no limit [default: the setting]
    #[arg(long, value_name = "N")]
    max_audio_bytes: Option<u64>,
    /// Days for which earlier revisions are kept [default: the setting]
    #[arg(long, value_name = "N")]
    history_days: Option<u32>,
    /// What was done as JSON
    #[arg(long)]
    json: bool,
}

impl Prune {
    pub(super) fn run(&self, config: &Config) -> Result<(), CliError> {
        let mut settings = config.library;
        settings.max_audio_bytes = self.max_audio_bytes.unwrap_or(settings.max_audio_bytes);
        settings.history_days = self.history_days.unwrap_or(settings.history_days);
        let store = Store::open_existing(self.data.as_ref().unwrap_or(&config.data))?;
        let pruned = library::prune(&store, &settings)?;
        let mut out = io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, &pruned).map_err(io::Error::from)?;
            writeln!(out)?;
        } else {
            let library::Pruned { revisions, removed, bytes, left } = pruned;
            writeln!(
                out,
                "{revisions} earlier revisions forgotten; {removed} files with {bytes} bytes removed"
            )?;
            writeln!(out, "{left} bytes of audio are left")?;
        }
        Ok(())
    }
}
