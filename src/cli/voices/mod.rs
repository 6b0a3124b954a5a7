//! `lectern voices`

mod add;
mod check;
mod fetch;
mod list;
mod repository;

use clap::{Args, Subcommand};

use super::error::CliError;
use crate::config::Config;

/// The voices on this machine
#[derive(Args, Debug)]
pub(super) struct Voices {
    #[command(subcommand)]
    command: VoicesCommand,
}

#[derive(Debug, Subcommand)]
enum VoicesCommand {
    List(list::List),
    Add(add::Add),
    Check(check::Check),
}

impl Voices {
    pub(super) fn run(&self, config: &Config) -> Result<(), CliError> {
        match &self.command {
            VoicesCommand::List(args) => args.run(config),
            VoicesCommand::Add(args) => args.run(config),
            VoicesCommand::Check(args) => args.run(config),
        }
    }
}
