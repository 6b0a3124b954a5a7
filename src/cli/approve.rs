//! `lectern approve`

use std::io::{self, Write};

use clap::Args;

use super::error::CliError;
use super::place::PlaceArgs;
use crate::config::Config;
use crate::library::{approve, article_address};
use crate::store::Store;

/// Have readers hear an article that needs review
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lectern approve 2026-11-ferry --server https://audio.example.org --token-file token
  lectern approve 2026-11-ferry --data /srv/lectern

`lectern status` names what needs review, and why. Hear it first, at the address that
POST /v1/articles/{id}/preview answers. What is approved is not asked about again, wherever it is said.
While a service has the data folder, go through the service with --server.")]
pub(super) struct Approve {
    /// The article's id
    article: String,
    #[command(flatten)]
    place: PlaceArgs,
}

impl Approve {
    pub(super) fn run(&self, mut config: Config) -> Result<(), CliError> {
        match self.place.remote(&mut config)? {
            Some(remote) => remote.ask("POST", &format!("{}/approve", article_address(&self.article)), "")?,
            None => approve(&Store::open_existing(&config.data)?, &self.article)?,
        }
        Ok(writeln!(io::stdout(), "{}: approved", self.article)?)
    }
}
