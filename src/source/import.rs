//! Pieces of other servers, brought into the library.

use std::collections::HashMap;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use thiserror::Error;
use tokio::runtime::Handle;
use url::Url;

use super::visit::Visit;
use super::{Entry, ImportConfig, Listing, Source, SourceError, article, entries, parsed};
use crate::article::{Article, Limits};
use crate::fetch::{Answer, Client, Document, FetchError, Validators};
use crate::library::{Library, LibraryError, Manifest};

/// Lists that may wait to be brought in by hand; more are refused.
const WAITING: usize = 100;

/// Why pieces were not brought in.
#[derive(Debug, Error)]
pub enum ImportError {
    /// They can't be had.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// They can't be kept.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// Too many lists wait already.
    #[error("{WAITING} lists wait to be imported already; try again later")]
    Full,
}

impl From<FetchError> for ImportError {
    fn from(error: FetchError) -> Self {
        Self::Source(error.into())
    }
}

impl ImportError {
    /// Whether the same may succeed a little later.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Source(SourceError::Fetch(error)) => error.may_pass(),
            Self::Source(_) => false,
            Self::Library(error) => error.passes(),
            Self::Full => true,
        }
    }

    pub(super) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Source(SourceError::Fetch(error)) => error.retry_after(),
            _ => None,
        }
    }
}

/// How a fetch ended.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct Ended {
    /// "saved", "unchanged" or "failed".
    pub outcome: &'static str,
}

/// What is counted.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Looks at a source.
    pub looks: Family<Ended, Counter>,
    /// Pages asked for.
    pub pages: Family<Ended, Counter>,
}

/// Brings pieces into the library. Its work is done on threads of its own, for it mostly waits.
pub struct Importer {
    pub(super) client: Client,
    pub(super) library: Arc<Library>,
    pub(super) config: ImportConfig,
    limits: Limits,
    counts: Counts,
    runtime: Handle,
    /// When the next fetch from a host may begin.
    turns: Mutex<HashMap<String, Instant>>,
    by_hand: SyncSender<(Listing, Source)>,
}

impl Importer {
    /// Starts to wait for lists to import; called on the runtime that the library lives on.
    pub fn start(client: Client, library: Arc<Library>, config: ImportConfig, limits: Limits) -> Arc<Self> {
        let (by_hand, lists) = sync_channel::<(Listing, Source)>(WAITING);
        let (counts, turns) = (Counts::default(), Mutex::default());
        let runtime = Handle::current();
        let importer = Arc::new(Self { client, library, config, limits, counts, runtime, turns, by_hand });
        let worker = importer.clone();
        std::thread::spawn(move || {
            lists.iter().for_each(|(listing, source)| worker.bring_all(&listing, &source))
        });
        importer
    }

    /// How fetches ended.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Brings in one page now, whether or not it is known. The source tells how.
    ///
    /// # Errors
    /// It can't be had, or not be kept.
    pub async fn page(self: &Arc<Self>, source: Source) -> Result<Manifest, ImportError> {
        let importer = self.clone();
        let fetched = tokio::task::spawn_blocking(move || {
            let entry = Entry::at(parsed(&source.url)?);
            let page = importer.client.whole(&entry.url)?;
            Ok::<_, ImportError>((importer.article(&entry, &page, &source)?, source.render))
        });
        let (article, render) = fetched.await.map_err(|_| LibraryError::Stopping)??;
        Ok(self.library.save(article, render).await?)
    }

    /// Reads a feed or sitemap now, and brings in its pieces bit by bit, whether or not they are
    /// known; tells how many. A restart ends it.
    ///
    /// # Errors
    /// It can't be had, or too many wait already.
    pub async fn list(self: &Arc<Self>, source: Source) -> Result<(usize, bool), ImportError> {
        let importer = self.clone();
        let read = tokio::task::spawn_blocking(move || {
            let listing = entries(&importer.client, &source.url, &importer.config)?;
            let told = (listing.entries.len(), listing.cut);
            importer.by_hand.try_send((listing, source)).map_err(|_| ImportError::Full)?;
            Ok(told)
        });
        read.await.map_err(|_| LibraryError::Stopping)?
    }

    fn bring_all(&self, listing: &Listing, source: &Source) {
        for entry in &listing.entries {
            if let Err(error) = self.bring(entry, source, Visit::default()) {
                tracing::warn!(source = source.name(), %error, "a page was not imported");
            }
        }
        tracing::info!(source = source.name(), listed = listing.entries.len(), "imported");
    }

    /// Brings in a piece if it is another than at the last visit; tells whether it was.
    pub(super) fn bring(&self, entry: &Entry, source: &Source, known: Visit) -> Result<bool, ImportError> {
        let brought = self.bring_in(entry, source, known);
        let outcome = match &brought {
            Ok(true) => "saved",
            Ok(false) => "unchanged",
            Err(_) => "failed",
        };
        self.counts.pages.get_or_create(&Ended { outcome }).inc();
        brought
    }

    fn bring_in(&self, entry: &Entry, source: &Source, known: Visit) -> Result<bool, ImportError> {
        let Some(page) = self.fetch(entry, &known.validators)? else {
            self.remember(&entry.url, &Visit { changed: entry.changed, ..known })?;
            return Ok(false);
        };
        let changed = !known.same(&page);
        if changed {
            let article = self.article(entry, &page, source)?;
            self.runtime.block_on(self.library.save(article, source.render))?;
        }
        // Only now: what is remembered is not fetched again.
        self.remember(&entry.url, &Visit::of(&page, entry.changed))?;
        Ok(changed)
    }

    /// What is at an address, when it is its host's turn; nothing if it is as it was.
    pub(super) fn fetch(&self, entry: &Entry, known: &Validators) -> Result<Option<Document>, FetchError> {
        std::thread::sleep(self.turn(entry.url.host_str().unwrap_or_default()));
        match self.client.get(entry.url.as_str(), known)? {
            Answer::Unchanged => Ok(None),
            Answer::Whole(document) => Ok(Some(document)),
        }
    }

    /// How long to wait, whoever else asks the same host.
    fn turn(&self, host: &str) -> Duration {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let turn = turns.entry(host.to_owned()).or_insert(now);
        let wait = turn.saturating_duration_since(now);
        *turn = now + wait + Duration::from_millis(self.config.pause_ms);
        wait
    }

    fn article(&self, entry: &Entry, page: &Document, source: &Source) -> Result<Article, SourceError> {
        let mut article = article(entry, page, &self.limits)?;
        article.voice.clone_from(&source.voice);
        article.language.clone_from(&source.language);
        // What anybody can fetch is no draft.
        let now = || Timestamp::now().to_string();
        article.published_at.get_or_insert_with(now);
        Ok(article)
    }

    pub(super) fn visit(&self, url: &Url) -> Result<Visit, LibraryError> {
        Ok(Visit::read(self.runtime.block_on(self.library.visit(url.to_string()))?))
    }

    pub(super) fn remember(&self, url: &Url, visit: &Visit) -> Result<(), LibraryError> {
        let note = serde_json::to_string(visit).unwrap_or_default();
        self.runtime.block_on(self.library.visited(url.to_string(), note))
    }
}
