//! The use-cases: save an article, play it, forget it. Audio is found, or made once.

mod clips;
mod config;
mod error;
mod flight;
mod growing;
mod manifest;
mod marks;
mod opened;
mod preview;
mod queue;
mod recording;
mod speak;
mod upkeep;
mod wav;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use prometheus_client::metrics::histogram::Histogram;
use tokio::sync::Notify;

pub use config::LibraryConfig;
pub use error::LibraryError;
pub use manifest::{Addresses, Listed, Manifest, SentenceMark};
pub use marks::{chapters, marks, sentences_vtt, vtt, words_vtt};
pub use opened::Opened;
pub use recording::{About, Format, Recording, Segment};
pub use speak::{SpeakError, Speech, Spoken, Target, speak};
pub use upkeep::{Checked, Pruned, check, prune};
pub use wav::Wav;

use crate::article::Article;
use crate::render::{self, Line, Renderer};
use crate::store::{Revision, RevisionId, Save, State, Store, Timing};
use crate::text::DEFAULT_LANGUAGE;
use flight::Flights;
use growing::OnTheirWay;
use queue::FIRST_RETRY;

/// A revision's number, and a hash of its content: one that sounds the same may be written anew.
type OpenKey = (RevisionId, u64);
/// Lines of opened articles kept at hand, some hundred articles' worth; they are quickly read again.
const LINES_AT_HAND: usize = 20_000;

/// How long readers wait, in seconds.
#[derive(Clone, Debug)]
pub struct Timings {
    /// From the first wish to know how long an article is until it is known.
    pub plan: Histogram,
    /// From a request for audio until its first bytes.
    pub first_byte: Histogram,
}

impl Default for Timings {
    fn default() -> Self {
        let new = || Histogram::new([0.01, 0.03, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4]);
        Self { plan: new(), first_byte: new() }
    }
}

/// Articles and their audio.
pub struct Library {
    store: Store,
    renderer: Renderer,
    config: LibraryConfig,
    timings: Timings,
    clips: OnTheirWay,
    wavs: Flights<String, Wav>,
    opening: Flights<OpenKey, Arc<Opened>>,
    opened: Mutex<HashMap<OpenKey, Arc<Opened>>>,
    /// When revisions were listened to, as far as it is not written down yet.
    heard: Mutex<HashMap<RevisionId, Timing>>,
    making_room: AtomicBool,
    /// Told when something is put into the queue.
    queued: Notify,
    /// Told when work may not be wanted any more.
    withdrawn: Notify,
}

impl Library {
    /// Puts the library together.
    pub fn new(store: Store, renderer: Renderer, config: LibraryConfig) -> Self {
        Self {
            store,
            renderer,
            config,
            timings: Timings::default(),
            clips: OnTheirWay::default(),
            wavs: Flights::default(),
            opening: Flights::default(),
            opened: Mutex::default(),
            heard: Mutex::default(),
            making_room: AtomicBool::new(false),
            queued: Notify::new(),
            withdrawn: Notify::new(),
        }
    }

    /// The stages, for their counters.
    pub fn renderer(&self) -> &Renderer {
        &self.renderer
    }

    /// How long readers waited.
    pub fn timings(&self) -> &Timings {
        &self.timings
    }

    /// Saves an article, and makes its audio now if wanted. Once this returns it is not lost.
    ///
    /// # Errors
    /// There is nothing to read in it, nobody to read it, or it can't be kept.
    pub async fn save(self: &Arc<Self>, article: Article, render: bool) -> Result<Manifest, LibraryError> {
        let state = if render { State::Queued } else { State::Stored };
        let (saved, about) = self.blocking(move |library| library.keep(&article, state)).await?;
        if saved.state == State::Queued {
            self.queued.notify_waiters();
        }
        let preview = (saved.live > now()).then(|| self.preview_of(&saved.article));
        Ok(Manifest::new(&saved, about, None, preview.as_deref()))
    }

    fn keep(&self, article: &Article, state: State) -> Result<(Revision, About), LibraryError> {
        let content = serde_json::to_string(article).map_err(|e| damaged(&e))?;
        let (about, lines) = self.lines(&content)?;
        let undated = if self.config.undated_is_draft { Timing::MAX } else { 0 };
        let saved = self.store.ledger.save(&Save {
            article: &article.id,
            content: &content,
            recording: &render::recording_name(&lines, &self.renderer.config().audio),
            blobs: &self.blob_names(&lines),
            state,
            now: now(),
            live: article.goes_live().unwrap_or(undated),
        })?;
        Ok((saved, about))
    }

    /// What a stored article says.
    fn lines(&self, content: &str) -> Result<(About, Vec<Line>), LibraryError> {
        let article = article(content)?;
        let (script, lines) = self.renderer.lines(&article)?;
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

    /// What is known of an article, its plan included.
    ///
    /// # Errors
    /// There is no such article for this reader, or it can't be planned.
    pub async fn manifest(
        self: &Arc<Self>,
        id: &str,
        preview: Option<&str>,
    ) -> Result<Manifest, LibraryError> {
        let revision = self.current(id, preview).await?;
        if revision.state == State::Failed {
            return Ok(Manifest::new(&revision, about_failed(&revision)?, None, preview));
        }
        let opened = self.opened(&revision).await?;
        let recording = opened.planned().await?;
        let mut about = recording.about.clone();
        about.notes.extend_from_slice(self.unknown_phonemes(&opened).await?);
        let mut manifest = Manifest::new(&revision, about, Some(&recording), preview);
        let newest = self.newest(id).await?;
        let heard = newest.live <= now() || self.opens(id, preview);
        manifest.next = (heard && newest.id != revision.id).then_some(newest.state);
        Ok(manifest)
    }

    /// Opens an article's audio: its lines, none of its sound yet.
    ///
    /// # Errors
    /// There is no such article for this reader, or it can't be made.
    pub async fn open(
        self: &Arc<Self>,
        id: &str,
        preview: Option<&str>,
    ) -> Result<Arc<Opened>, LibraryError> {
        let revision = self.current(id, preview).await?;
        if revision.state == State::Failed {
            return Err(LibraryError::Failed(revision.error.unwrap_or_default()));
        }
        let newest = self.newest(id).await?;
        if newest.live <= now() || newest.id == revision.id {
            self.wanted(&newest).await?;
        }
        self.note_heard(revision.id);
        self.opened(&revision).await
    }

    /// The plan of an article's audio, for those who want to know and not to hear.
    ///
    /// # Errors
    /// There is no such article for this reader, or it can't be planned.
    pub async fn read(
        self: &Arc<Self>,
        id: &str,
        preview: Option<&str>,
    ) -> Result<Arc<Recording>, LibraryError> {
        let revision = self.current(id, preview).await?;
        if revision.state == State::Failed {
            return Err(LibraryError::Failed(revision.error.unwrap_or_default()));
        }
        self.opened(&revision).await?.planned().await
    }

    /// Opens a recording by its name.
    ///
    /// # Errors
    /// There is no such recording for this reader, or none any more: its article sounds otherwise
    /// since the voice or the settings changed.
    pub async fn open_recording(
        self: &Arc<Self>,
        name: &str,
        preview: Option<&str>,
    ) -> Result<Arc<Opened>, LibraryError> {
        let asked = name.to_owned();
        let found = self.blocking(move |library| Ok(library.store.ledger.with_recording(&asked)?)).await?;
        let open = |r: &&Revision| r.live <= now() || self.opens(&r.article, preview);
        let Some(revision) = found.iter().find(open).cloned() else {
            let ended = found.iter().any(|r| self.ended(&r.article, preview));
            return Err(if ended { LibraryError::PreviewEnded } else { LibraryError::NoRecording });
        };
        self.wanted(&revision).await?;
        self.note_heard(revision.id);
        let opened = self.opened(&revision).await?;
        if opened.name == name { Ok(opened) } else { Err(LibraryError::NoRecording) }
    }

    async fn opened(self: &Arc<Self>, revision: &Revision) -> Result<Arc<Opened>, LibraryError> {
        let key = (revision.id, hash(&revision.content));
        let known = lock(&self.opened).get(&key).filter(|known| !known.has_failed()).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let (library, revision) = (self.clone(), revision.clone());
        let flight = self.opening.join(key, async move {
            let opened = library.open_revision(&revision).await?;
            let mut known = lock(&library.opened);
            let lines = known.values().chain([&opened]).map(|opened| opened.lines.len()).sum::<usize>();
            if lines > LINES_AT_HAND {
                known.clear();
            }
            known.insert(key, opened.clone());
            Ok(opened)
        });
        flight.await
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

    /// Articles whose ids come after one, in the order of the ids, as their newest revisions stand.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub async fn list(
        self: &Arc<Self>,
        after: &str,
        state: Option<State>,
        limit: usize,
    ) -> Result<Vec<Listed>, LibraryError> {
        let after = after.to_owned();
        let found = self
            .blocking(move |library| {
                let revisions = library.store.ledger.list(&after, state, limit)?;
                Ok(revisions.into_iter().map(|revision| Listed::new(revision, now())).collect())
            })
            .await?;
        Ok(found)
    }

    /// An address from which an article can be heard before it goes live, for a while.
    ///
    /// # Errors
    /// There is no such article.
    pub async fn preview(self: &Arc<Self>, id: &str) -> Result<Manifest, LibraryError> {
        let article = self.newest(id).await?.article;
        let preview = self.preview_of(&article);
        self.manifest(id, Some(&preview)).await
    }

    /// Forgets an article; its clips stay, as other articles may say the same.
    ///
    /// # Errors
    /// There is no such article.
    pub async fn forget(self: &Arc<Self>, id: &str) -> Result<(), LibraryError> {
        let id = id.to_owned();
        let gone = self.blocking(move |library| Ok(library.store.ledger.forget(&id)?)).await?;
        self.withdrawn.notify_waiters();
        if gone { Ok(()) } else { Err(LibraryError::NoArticle) }
    }

    /// The revision that a reader hears: what plays; with a preview, what will.
    async fn current(self: &Arc<Self>, id: &str, preview: Option<&str>) -> Result<Revision, LibraryError> {
        if self.opens(id, preview) {
            return self.newest(id).await;
        }
        let article = id.to_owned();
        let found = self.blocking(move |library| Ok(library.store.ledger.current(&article, now())?));
        match found.await? {
            Some(revision) => Ok(revision),
            None if self.ended(id, preview) => Err(LibraryError::PreviewEnded),
            // Drafts are nobody else's business, their being there included.
            None => Err(LibraryError::NoArticle),
        }
    }

    async fn newest(self: &Arc<Self>, id: &str) -> Result<Revision, LibraryError> {
        let id = id.to_owned();
        let found = self.blocking(move |library| Ok(library.store.ledger.newest(&id)?)).await?;
        found.ok_or(LibraryError::NoArticle)
    }

    /// Runs what may wait for the disk, or count for long, away from the async threads.
    async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, LibraryError> + Send + 'static,
    ) -> Result<T, LibraryError> {
        let library = self.clone();
        let work = tokio::task::spawn_blocking(move || work(&library));
        // A panic's message may quote an article, so it is not passed on.
        work.await.map_err(|_| LibraryError::Damaged("a task panicked".into()))?
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while holding one of these locks.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The time, as the ledger counts it.
fn now() -> Timing {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timing::try_from(since.as_millis()).unwrap_or(Timing::MAX)
}

fn hash(content: &str) -> u64 {
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

fn about_failed(revision: &Revision) -> Result<About, LibraryError> {
    let article = article(&revision.content)?;
    Ok(About {
        title: article.title,
        url: article.url,
        language: article.language.unwrap_or_else(|| DEFAULT_LANGUAGE.into()),
        ..About::default()
    })
}
