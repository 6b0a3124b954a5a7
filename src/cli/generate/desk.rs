//! Where articles are made: here, on a data folder, or there, by a running service.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use tokio::sync::watch;

use crate::article::Article;
use crate::cli::error::CliError;
use crate::cli::remote::Remote;
use crate::library::{
    Estimate, Library, LibraryError, Manifest, ReadBy, Replaced, Standing, article_address,
};
use crate::store::{RevisionId, State};

/// Articles of a service that are asked about at a time; it makes them in the order they came in.
const ASKED_ABOUT: usize = 8;

#[derive(Clone)]
pub(super) enum Desk {
    /// Our own library, and how many articles it makes at a time.
    Here(Arc<Library>, usize),
    There(Arc<Remote>),
}

/// What is known of an article once it is saved.
#[derive(Deserialize)]
pub(super) struct Saved {
    pub(super) words: usize,
    pub(super) revision: RevisionId,
    pub(super) state: State,
    #[serde(default)]
    pub(super) replaces: Option<Replaced>,
    #[serde(default)]
    pub(super) recorded: Option<ReadBy>,
}

impl Desk {
    /// Saves an article that is to be made.
    pub(super) async fn save(&self, article: Article) -> Result<Saved, CliError> {
        match self {
            Self::Here(library, _) => {
                let Manifest { about, revision, state, replaces, recorded, .. } =
                    library.save(article, true).await?;
                Ok(Saved { words: about.words, revision, state, replaces, recorded })
            }
            Self::There(_) => self.put(&article, "").await,
        }
    }

    /// What making an article would take.
    pub(super) async fn estimate(&self, article: Article) -> Result<Estimate, CliError> {
        match self {
            Self::Here(library, _) => Ok(library.estimate(article).await?),
            Self::There(_) => self.put(&article, "?dry_run=true").await,
        }
    }

    pub(super) async fn standing(&self, id: &str) -> Result<Standing, CliError> {
        match self {
            Self::Here(library, _) => Ok(library.standing(id).await?),
            Self::There(_) => self.ask("GET", format!("{}/render", article_address(id)), String::new()).await,
        }
    }

    /// Makes an article. A service does so by itself, so there this lasts until we are to stop.
    pub(super) async fn make(
        &self,
        revision: RevisionId,
        mut stop: watch::Receiver<bool>,
    ) -> Result<(), CliError> {
        match self {
            Self::Here(library, _) => library.make_now(revision).await?,
            Self::There(_) => drop(stop.wait_for(|stop| *stop).await),
        }
        Ok(())
    }

    /// Articles that are made, or asked about, at the same time.
    pub(super) fn at_once(&self) -> usize {
        match self {
            Self::Here(_, at_once) => *at_once,
            Self::There(_) => ASKED_ABOUT,
        }
    }

    /// Whether what is made is made by us.
    pub(super) fn is_here(&self) -> bool {
        matches!(self, Self::Here(..))
    }

    /// Sentences spoken by us.
    pub(super) fn spoken(&self) -> Option<u64> {
        match self {
            Self::Here(library, _) => Some(library.renderer().pool().counters().synthesised.get()),
            Self::There(_) => None,
        }
    }

    /// Begins nothing more.
    pub(super) fn stop(&self) {
        if let Self::Here(library, _) = self {
            library.begin_no_more();
        }
    }

    async fn put<T: for<'a> Deserialize<'a> + Send + 'static>(
        &self,
        article: &Article,
        query: &str,
    ) -> Result<T, CliError> {
        self.ask("PUT", article_address(&article.id) + query, draft(article)).await
    }

    async fn ask<T: for<'a> Deserialize<'a> + Send + 'static>(
        &self,
        method: &'static str,
        path: String,
        body: String,
    ) -> Result<T, CliError> {
        let Self::There(remote) = self.clone() else {
            return Err(LibraryError::Stopping.into());
        };
        let asked = tokio::task::spawn_blocking(move || remote.ask(method, &path, &body)).await;
        asked.unwrap_or_else(|_| Err(LibraryError::Stopping.into()))
    }
}

/// An article as a service takes it: the id is in the address, the body beside the other fields.
fn draft(article: &Article) -> String {
    // Strings always serialise.
    let mut draft = serde_json::to_value(article).unwrap_or_default();
    if let Some(fields) = draft.as_object_mut() {
        fields.remove("id");
        if let Some(Value::Object(body)) = fields.remove("body") {
            fields.extend(body);
        }
    }
    draft.to_string()
}
