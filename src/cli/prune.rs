//! `lectern prune`

use std::io::{self, Write};

use clap::Args;

use super::error::CliError;
use super::figures::counted;
use super::place::{AnswerArgs, FolderArgs};
use crate::config::Config;
use crate::library::{self, Pruned};
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
    #[command(flatten)]
    folder: FolderArgs,
    /// Most bytes of audio to leave; 0 for no limit [default: the setting]
    #[arg(long, value_name = "N")]
    max_audio_bytes: Option<u64>,
    /// Days for which earlier revisions are kept [default: the setting]
    #[arg(long, value_name = "N")]
    history_days: Option<u32>,
    #[command(flatten)]
    answer: AnswerArgs,
}

impl Prune {
    pub(super) fn run(&self, mut config: Config) -> Result<(), CliError> {
        self.folder.set(&mut config);
        let mut settings = config.library;
        settings.max_audio_bytes = self.max_audio_bytes.unwrap_or(settings.max_audio_bytes);
        settings.history_days = self.history_days.unwrap_or(settings.history_days);
        let store = Store::open_existing(&config.data)?;
        let pruned = library::prune(&store, &settings)?;
        self.answer.show(&pruned, people)
    }
}

fn people(pruned: &Pruned, out: &mut impl Write) -> io::Result<()> {
    let Pruned { revisions, removed, bytes, left } = pruned;
    let revisions = counted(*revisions, "earlier revision", "earlier revisions");
    let (files, bytes) = (counted(*removed, "file", "files"), counted(*bytes, "byte", "bytes"));
    writeln!(out, "{revisions} forgotten; {files} with {bytes} removed")?;
    writeln!(out, "{} of audio left", counted(*left, "byte", "bytes"))
}
