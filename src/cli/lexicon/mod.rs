//! `lectern lexicon`

mod change;
mod entry;
mod hear;
mod look;
mod place;

use clap::{Args, Subcommand};

use super::error::CliError;
use crate::config::Config;

/// How words sound in this house
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lectern lexicon try Zelenskyy --ipa zɛlˈɛnski --in \"A sentence with Zelenskyy.\" -o heard.mp3
  lectern lexicon add Zelenskyy --ipa zɛlˈɛnski --language en --dry-run
  names-from-somewhere | lectern lexicon import - --as csv
  lectern lexicon import names.csv --server http://127.0.0.1:8080 --token-file token

An entry is called by its word and what it is for: \"Reading\", \"Reading;language=en\". The longest entry
wins; of equally long ones that for the voice, then that for the language, then that for the site. While a
service has the data folder, change it through the service with --server.")]
pub(super) struct Lexicon {
    #[command(subcommand)]
    command: LexiconCommand,
}

#[derive(Debug, Subcommand)]
enum LexiconCommand {
    List(look::List),
    History(look::History),
    Export(look::Export),
    Add(change::Add),
    Remove(change::Remove),
    Import(change::Import),
    Try(hear::Try),
}

impl Lexicon {
    pub(super) fn run(&self, config: Config) -> Result<(), CliError> {
        match &self.command {
            LexiconCommand::List(args) => args.run(config),
            LexiconCommand::History(args) => args.run(config),
            LexiconCommand::Export(args) => args.run(config),
            LexiconCommand::Add(args) => args.run(config),
            LexiconCommand::Remove(args) => args.run(config),
            LexiconCommand::Import(args) => args.run(config),
            LexiconCommand::Try(args) => args.run(config),
        }
    }
}
