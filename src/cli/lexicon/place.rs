//! Where the lexicon is: in a data folder, or behind a running service.

use std::sync::Arc;

use serde_json::json;

use super::super::error::CliError;
use super::super::place::PlaceArgs;
use super::super::remote::Remote;
use super::super::stages;
use crate::config::Config;
use crate::library::{self, Lexicon, LexiconEdit, LexiconNews, LexiconSaved, Library, Touched};
use crate::store::Store;

/// Which lexicon is meant.
pub(super) enum Place {
    Service(Remote),
    Folder(Box<Config>),
}

#[derive(serde::Deserialize)]
struct Versions {
    versions: Vec<LexiconNews>,
}

impl Place {
    pub(super) fn find(args: &PlaceArgs, mut config: Config) -> Result<Self, CliError> {
        Ok(match args.remote(&mut config)? {
            Some(remote) => Self::Service(remote),
            None => Self::Folder(Box::new(config)),
        })
    }

    pub(super) fn lexicon(&self) -> Result<Lexicon, CliError> {
        match self {
            Self::Service(remote) => remote.get("/v1/lexicon"),
            Self::Folder(config) => Ok(library::lexicon(&Store::facts(&config.data)?)?),
        }
    }

    pub(super) fn news(&self, limit: usize) -> Result<Vec<LexiconNews>, CliError> {
        match self {
            Self::Service(remote) => {
                let news: Versions = remote.get(&format!("/v1/lexicon/versions?limit={limit}"))?;
                Ok(news.versions)
            }
            Self::Folder(config) => Ok(library::lexicon_news(&Store::facts(&config.data)?, i64::MAX, limit)?),
        }
    }

    pub(super) fn edit(&self, edit: LexiconEdit) -> Result<LexiconSaved, CliError> {
        match self {
            Self::Service(remote) => remote.ask("POST", "/v1/lexicon", &body(&edit)),
            Self::Folder(config) => runtime()?.block_on(async {
                // The first entry may come before the first article; what is taken away is there.
                let new = !edit.put.is_empty();
                let open = if new { Store::open } else { Store::open_existing };
                Ok(library(open(&config.data)?, config).await?.edit_lexicon(edit).await?)
            }),
        }
    }

    pub(super) fn touched(&self, edit: LexiconEdit) -> Result<Touched, CliError> {
        match self {
            Self::Service(remote) => remote.ask("POST", "/v1/lexicon?dry_run=true", &body(&edit)),
            Self::Folder(config) => runtime()?.block_on(async {
                let store = stages::store_as_it_is(config)?;
                Ok(library(store, config).await?.try_lexicon(edit).await?)
            }),
        }
    }
}

fn body(edit: &LexiconEdit) -> String {
    let LexiconEdit { author, put, remove, replace } = edit;
    json!({ "author": author, "put": put, "remove": remove, "replace": replace }).to_string()
}

async fn library(store: Store, config: &Config) -> Result<Arc<Library>, CliError> {
    Ok(Arc::new(Library::new(store, stages::one_voice(config).await?, config.library)))
}

pub(super) fn runtime() -> Result<tokio::runtime::Runtime, CliError> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}
