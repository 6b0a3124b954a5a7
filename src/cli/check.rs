//! `lectern check`

use std::io::{self, Write};

use clap::Args;

use super::error::CliError;
use super::figures::counted;
use super::place::{AnswerArgs, FolderArgs};
use crate::config::Config;
use crate::library::{self, Checked};
use crate::store::Store;

/// Check that the data folder holds what it should, bit for bit
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lectern check --data /srv/lectern
  lectern check --data /srv/lectern --repair

Exits with 1 where something is missing or damaged. Files that nothing is known of, as a crash leaves them,
are no damage; the service removes them when it starts. With --repair what is damaged or unknown is removed;
it is made again when it is next heard. Recordings by people can't be made again and are left as they are: send them
again. Stop the service first: one process uses one data folder.")]
pub(super) struct Check {
    #[command(flatten)]
    folder: FolderArgs,
    /// Remove what is damaged or unknown
    #[arg(long)]
    repair: bool,
    #[command(flatten)]
    answer: AnswerArgs,
}

impl Check {
    pub(super) fn run(&self, mut config: Config) -> Result<(), CliError> {
        self.folder.set(&mut config);
        let open = if self.repair { Store::open_existing } else { Store::look };
        let store = open(&config.data)?;
        let checked = library::check(&store, self.repair)?;
        self.answer.show(&checked, people)?;
        if self.repair && !checked.is_sound() {
            writeln!(
                io::stderr(),
                "mended: what can be made again is removed until it is heard; damaged recordings by people stay"
            )?;
        }
        if !self.repair && !checked.unknown.is_empty() {
            writeln!(io::stderr(), "unknown files harm nobody; the service removes them when it starts")?;
        }
        match checked.is_sound() || self.repair {
            true => Ok(()),
            false => Err(CliError::Failed("the data folder is damaged; mend it with --repair".into())),
        }
    }
}

fn people(checked: &Checked, out: &mut impl Write) -> io::Result<()> {
    let kinds = [("missing", &checked.missing), ("damaged", &checked.damaged), ("unknown", &checked.unknown)];
    for (kind, names) in kinds {
        for name in names {
            writeln!(out, "{kind:8} {name}")?;
        }
    }
    let [missing, damaged, unknown] = kinds.map(|(_, names)| names.len());
    let files = counted(checked.blobs, "file", "files");
    writeln!(out, "{files}: {missing} missing, {damaged} damaged, {unknown} unknown")
}
