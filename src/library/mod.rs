//! The use-cases: save an article, play it, forget it. Audio is found, or made once.

mod clips;
mod config;
mod decoder;
mod edit;
mod error;
mod explain;
mod flight;
mod growing;
mod lexicon;
mod listen;
mod listeners;
mod manifest;
mod marks;
mod news;
mod opened;
mod pace;
mod preview;
mod quality;
mod queue;
mod recording;
mod report;
mod speak;
mod standing;
mod tally;
mod upkeep;
mod upload;
mod visits;
mod wav;
mod whole;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use prometheus_client::metrics::histogram::Histogram;
use tokio::sync::{Notify, Semaphore};

pub use config::LibraryConfig;
pub use decoder::{RecordingsConfig, decode};
pub use error::LibraryError;
pub use explain::{Asked, Explained, ExplainedSentence, explain};
pub use lexicon::{
    FormatError, Lexicon, LexiconEdit, LexiconFormat, LexiconNews, LexiconSaved, NamedEntry, Sample, Touched,
    lexicon, lexicon_news,
};
pub use manifest::{Addresses, By, Listed, Manifest, ReadBy, SentenceMark, article_address};
pub use marks::{chapters_json, marks_json, sentences_vtt, vtt, words_vtt};
pub use news::{News, NewsData};
pub use opened::Opened;
pub use quality::approve;
pub use recording::{About, Format, Recorded, Recording, Segment};
pub use report::{Failure, Report, Watched, report};
pub use speak::{SpeakError, Speech, Spoken, Target, speak};
pub use standing::{Estimate, Replaced, Standing};
pub use upkeep::{Checked, Pruned, check, prune};
pub use upload::Original;
pub use whole::Whole;

use crate::article::Article;
use crate::render::{Line, Renderer};
use crate::store::{LexiconVersion, Moment, Revision, RevisionId, Store};
use crate::text::House;
use flight::Flights;
use growing::OnTheirWay;
use listen::Press;
use listeners::Listeners;
use queue::FIRST_RETRY;
use tally::Tally;

/// A revision's number, and a hash of its content: one that sounds the same may be written anew.
type OpenKey = (RevisionId, u64);
/// Lines of opened articles kept at hand, some hundred articles' worth; they are quickly read again.
const LINES_AT_HAND: usize = 20_000;
/// Questions to the store that are under way at once. A crowd would otherwise have a thread started
/// for each of its listeners, which costs more than the answers, and just when the voice begins.
const ASKED_AT_ONCE: usize = 16;
const DAY: Moment = 24 * 60 * 60 * 1000;

/// How long readers wait, in seconds.
#[derive(Clone, Debug)]
pub struct Waits {
    /// From a wish to know how long an article is until it is known.
    pub plan: Histogram,
    /// From a request for audio until its first bytes.
    pub first_byte: Histogram,
}

impl Default for Waits {
    fn default() -> Self {
        let new = || Histogram::new([0.01, 0.03, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4]);
        Self { plan: new(), first_byte: new() }
    }
}

/// Articles and their audio.
pub struct Library {
    store: Store,
    /// Turns at asking the store.
    asking: Arc<Semaphore>,
    renderer: Renderer,
    config: LibraryConfig,
    waits: Waits,
    clips: OnTheirWay,
    listeners: Listeners,
    wavs: Flights<String, Whole>,
    /// Turns at reading recordings by people.
    reading: Semaphore,
    presses: Flights<Press, Arc<Opened>>,
    opening: Flights<OpenKey, Arc<Opened>>,
    opened: Mutex<HashMap<OpenKey, Arc<Opened>>>,
    /// When revisions were listened to, as far as it is not written down yet.
    heard: Mutex<HashMap<RevisionId, Moment>>,
    listens: Tally,
    making_room: AtomicBool,
    /// The turn of what is planned ahead.
    planning: Semaphore,
    /// Set once no more is to be made.
    stopping: AtomicBool,
    /// Told when something is put into the queue.
    queued: Notify,
    /// Told when work may not be wanted any more.
    withdrawn: Notify,
    /// Told when a revision was made, or given up.
    made: Notify,
    /// Told when articles are to be read again, by a new version of the lexicon.
    relexed: Notify,
    /// How many articles could not be read again, by which version.
    unreadable: Mutex<(LexiconVersion, usize)>,
    /// Versions of the lexicon, ready to be asked.
    houses: Mutex<HashMap<LexiconVersion, Arc<House>>>,
    /// Told when something happened that others may be told of.
    happened: Notify,
}

impl Library {
    /// Puts the library together.
    pub fn new(store: Store, renderer: Renderer, config: LibraryConfig) -> Self {
        Self {
            store,
            asking: Arc::new(Semaphore::new(ASKED_AT_ONCE)),
            renderer,
            config,
            waits: Waits::default(),
            clips: OnTheirWay::default(),
            listeners: Listeners::default(),
            wavs: Flights::default(),
            reading: Semaphore::new(config.recordings.at_once),
            presses: Flights::default(),
            opening: Flights::default(),
            opened: Mutex::default(),
            heard: Mutex::default(),
            listens: Tally::default(),
            making_room: AtomicBool::new(false),
            planning: Semaphore::new(1),
            stopping: AtomicBool::new(false),
            queued: Notify::new(),
            withdrawn: Notify::new(),
            made: Notify::new(),
            relexed: Notify::new(),
            unreadable: Mutex::default(),
            houses: Mutex::default(),
            happened: Notify::new(),
        }
    }

    /// The stages, for their counters.
    pub fn renderer(&self) -> &Renderer {
        &self.renderer
    }

    /// How long readers waited.
    pub fn waits(&self) -> &Waits {
        &self.waits
    }

    /// What a stored article says by a version of the lexicon.
    fn lines(&self, content: &str, lexicon: LexiconVersion) -> Result<(About, Vec<Line>), LibraryError> {
        let article = article(content)?;
        let (script, lines) = self.renderer.lines_in(&article, &*self.house(lexicon)?)?;
        let about = About {
            words: script.words(),
            title: script.title,
            url: article.url,
            language: script.language,
            voice: lines.first().map_or_else(String::new, |line| line.voice.id.clone()),
            notes: script.notes,
        };
        Ok((about, lines))
    }

    /// The voice or the settings changed since it was saved: it is another recording now, and
    /// has to be made again.
    async fn rename(
        self: &Arc<Self>,
        id: RevisionId,
        name: String,
        blobs: Vec<String>,
    ) -> Result<(), LibraryError> {
        self.blocking(move |library| Ok(library.store.ledger.rename(id, &name, &blobs)?)).await?;
        self.withdrawn.notify_waiters();
        self.queued.notify_waiters();
        Ok(())
    }

    /// The revision that a reader hears: what plays; with a preview, what will.
    async fn current(self: &Arc<Self>, id: &str, preview: Option<&str>) -> Result<Revision, LibraryError> {
        if self.opens(id, preview) {
            return self.newest(id).await;
        }
        let article = id.to_owned();
        let found = self.blocking(move |library| Ok(library.store.ledger.current(&article, now())?));
        found.await?.ok_or_else(|| self.nothing_of(id, preview))
    }

    /// Drafts are nobody else's business, their being there included.
    fn nothing_of(&self, id: &str, preview: Option<&str>) -> LibraryError {
        if self.ended(id, preview) { LibraryError::PreviewEnded } else { LibraryError::NoArticle }
    }

    async fn newest(self: &Arc<Self>, id: &str) -> Result<Revision, LibraryError> {
        let id = id.to_owned();
        let found = self.blocking(move |library| Ok(library.store.ledger.newest(&id)?)).await?;
        found.ok_or(LibraryError::NoArticle)
    }

    /// Asks the store, away from the async threads.
    async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, LibraryError> + Send + 'static,
    ) -> Result<T, LibraryError> {
        let turn = self.asking.clone().acquire_owned().await.map_err(|_| LibraryError::Stopping)?;
        let library = self.clone();
        let done = move || {
            let _turn = turn;
            work(&library)
        };
        tokio::task::spawn_blocking(done).await?
    }

    /// Does what counts for seconds, which may not take readers' turns.
    async fn at_length<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, LibraryError> + Send + 'static,
    ) -> Result<T, LibraryError> {
        let library = self.clone();
        tokio::task::spawn_blocking(move || work(&library)).await?
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while holding one of these locks.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The time, as the ledger counts it.
fn now() -> Moment {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Moment::try_from(since.as_millis()).unwrap_or(Moment::MAX)
}

fn hash(content: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}

fn article(content: &str) -> Result<Article, LibraryError> {
    serde_json::from_str(content).map_err(|e| damaged(&e))
}

/// Where and not what: the whole message may quote an article.
fn damaged(error: &serde_json::Error) -> LibraryError {
    let (line, column) = (error.line(), error.column());
    LibraryError::Damaged(format!("{:?} error at line {line}, column {column}", error.classify()))
}
