//! How things stand in all: what is ready, what waits, what failed and why, and what is heard.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{DAY, Library, LibraryConfig, LibraryError, now};
use crate::audio::{mp3, seconds};
use crate::store::{State, Store, StoreError, Summary};

/// Articles of each kind that are told of by name.
const FAILURES: usize = 20;

/// How things stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Articles by the state of their newest revision; every state is named.
    pub articles: BTreeMap<String, usize>,
    /// Those of them that go live later.
    pub drafts: usize,
    /// The first of those that failed or need review, and why.
    pub failures: Vec<Failure>,
    /// Sentences that queued articles lack.
    pub sentences_lacking: usize,
    /// Sentences that wait for a voice this moment; unknown of a service that does not run.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sentences_waiting: Option<usize>,
    /// Hours of speech that are kept, pauses not counted.
    pub hours: f64,
    /// Bytes of audio that are kept.
    pub audio_bytes: u64,
    /// Most bytes that are kept; 0 for no limit.
    pub max_audio_bytes: u64,
    /// How often readers began to listen in the last 24 hours.
    pub listens_last_day: u64,
    /// Feeds and sitemaps that are watched; the library knows of none.
    #[serde(default)]
    pub sources: Vec<Watched>,
}

/// A feed or sitemap that is watched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watched {
    /// What logs call it.
    pub name: String,
    /// When it was looked at last (RFC 3339); absent before the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked: Option<String>,
    /// When it is looked at next (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How often in a row it could not be had.
    pub failures: u32,
    /// Why, the last time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// An article that can't be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The article's id.
    pub id: String,
    /// Failed, or in need of review.
    pub state: State,
    /// Why.
    pub error: String,
}

impl From<Summary> for Failure {
    fn from(failed: Summary) -> Self {
        Self { id: failed.article, state: failed.state, error: failed.error.unwrap_or_default() }
    }
}

impl Library {
    /// How things stand.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub async fn report(self: &Arc<Self>) -> Result<Report, LibraryError> {
        self.blocking(|library| {
            library.note_all_heard();
            let kbps = library.renderer.config().audio.mp3_kbps;
            let waiting = Some(library.renderer.pool().waiting());
            Ok(Report { sentences_waiting: waiting, ..report(&library.store, &library.config, kbps)? })
        })
        .await
    }
}

/// How things stand in a store; hours are counted at a bitrate in kbit/s.
///
/// # Errors
/// The ledger can't be read.
pub fn report(store: &Store, config: &LibraryConfig, kbps: u32) -> Result<Report, StoreError> {
    let ledger = &store.ledger;
    let totals = ledger.totals(now(), now() - DAY)?;
    let mut articles: BTreeMap<_, _> = State::ALL.map(|state| (state.name().to_owned(), 0)).into();
    articles.extend(totals.articles.iter().map(|(state, count)| (state.name().to_owned(), *count)));
    let mut failed = ledger.list("", Some(State::Failed), FAILURES)?;
    failed.extend(ledger.list("", Some(State::NeedsReview), FAILURES)?);
    let frames = usize::try_from(totals.clip_bytes).unwrap_or(usize::MAX) / mp3::frame_bytes(kbps);
    Ok(Report {
        articles,
        drafts: totals.drafts,
        failures: failed.into_iter().map(Failure::from).collect(),
        sentences_lacking: totals.lacking,
        sentences_waiting: None,
        hours: seconds(frames) / 3600.0,
        audio_bytes: ledger.used()?,
        max_audio_bytes: config.max_audio_bytes,
        listens_last_day: totals.listens,
        sources: Vec::new(),
    })
}
