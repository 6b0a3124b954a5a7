//! The use-cases: save an article, play it, forget it. Audio is found, or made once.

mod clips;
mod error;
mod flight;
mod making;
mod manifest;
mod recording;
mod speak;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::Semaphore;

pub use error::LibraryError;
pub use manifest::{Addresses, Manifest, SentenceMark};
pub use recording::{About, Format, Recording, Segment};
pub use speak::{SpeakError, Speech, Spoken, Target, speak};

use crate::article::Article;
use crate::render::{self, Line, Renderer};
use crate::speech::Priority;
use crate::store::{BlobName, Ledger, Revision, RevisionId, State, Store, StoreError};
use crate::text::DEFAULT_LANGUAGE;
use flight::Flights;
use making::{FIRST_RETRY, RENDERED_AT_ONCE};

/// A revision's number, and a hash of its content: one that sounds the same may be written anew.
type PlanKey = (RevisionId, u64);
/// Plans kept at hand; they are small, and quickly read again.
const PLANS: usize = 256;

/// Articles and their audio.
pub struct Library {
    store: Store,
    renderer: Renderer,
    flights: Flights<BlobName, Bytes>,
    plans: Flights<PlanKey, Arc<Recording>>,
    recordings: Mutex<HashMap<PlanKey, Arc<Recording>>>,
    rendering: Semaphore,
}

impl Library {
    /// Puts the library together.
    pub fn new(store: Store, renderer: Renderer) -> Self {
        Self {
            store,
            renderer,
            flights: Flights::default(),
            plans: Flights::default(),
            recordings: Mutex::default(),
            rendering: Semaphore::new(RENDERED_AT_ONCE),
        }
    }

    /// The stages, for their counters.
    pub fn renderer(&self) -> &Renderer {
        &self.renderer
    }

    /// Saves an article, and makes its audio now if wanted. Once this returns it is not lost.
    ///
    /// # Errors
    /// There is nothing to read in it, nobody to read it, or it can't be kept.
    pub async fn save(self: &Arc<Self>, article: Article, render: bool) -> Result<Manifest, LibraryError> {
        let state = if render { State::Queued } else { State::Stored };
        let (saved, about) = self.blocking(move |library| library.keep(&article, state)).await?;
        if saved.state == State::Queued {
            self.make_later(saved.id);
        }
        Ok(Manifest::new(&saved, about, None))
    }

    fn keep(&self, article: &Article, state: State) -> Result<(Revision, About), LibraryError> {
        let content = serde_json::to_string(article).map_err(|e| LibraryError::Damaged(e.to_string()))?;
        let (about, lines) = self.lines(&content)?;
        let name = render::recording_name(&lines, &self.renderer.config().audio);
        Ok((self.store.ledger.save(&article.id, &content, &name, state)?, about))
    }

    /// What a stored article says.
    fn lines(&self, content: &str) -> Result<(About, Vec<Line>), LibraryError> {
        let article = article(content)?;
        let (mut script, lines) = self.renderer.lines(&article)?;
        script.notes.extend(self.renderer.unknown_phonemes(&lines)?);
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
    /// There is no such article, or it can't be planned.
    pub async fn manifest(self: &Arc<Self>, id: &str) -> Result<Manifest, LibraryError> {
        let revision = self.current(id).await?;
        if revision.state == State::Failed {
            return Ok(Manifest::new(&revision, about_failed(&revision)?, None));
        }
        let recording = self.recording(&revision, Priority::Next).await?;
        let mut manifest = Manifest::new(&revision, recording.about.clone(), Some(&recording));
        let newest = self.look_up(id, Ledger::newest).await?;
        manifest.next = newest.filter(|n| n.id != revision.id).map(|n| n.state);
        Ok(manifest)
    }

    /// Opens an article's audio: all of its plan, none of its sound yet.
    ///
    /// # Errors
    /// There is no such article, or it can't be planned.
    pub async fn open(self: &Arc<Self>, id: &str) -> Result<Arc<Recording>, LibraryError> {
        let revision = self.current(id).await?;
        if revision.state == State::Failed {
            return Err(LibraryError::Failed(revision.error.unwrap_or_default()));
        }
        if let Some(newest) = self.look_up(id, Ledger::newest).await? {
            self.wanted(&newest).await?;
        }
        self.recording(&revision, Priority::First).await
    }

    /// Opens a recording by its name.
    ///
    /// # Errors
    /// There is no such recording, or none any more: its article sounds otherwise since the voice
    /// or the settings changed.
    pub async fn open_recording(self: &Arc<Self>, name: &str) -> Result<Arc<Recording>, LibraryError> {
        let found = self.look_up(name, Ledger::with_recording).await?;
        let revision = found.ok_or(LibraryError::NoRecording)?;
        self.wanted(&revision).await?;
        let recording = self.recording(&revision, Priority::First).await?;
        if recording.name == name { Ok(recording) } else { Err(LibraryError::NoRecording) }
    }

    async fn recording(
        self: &Arc<Self>,
        revision: &Revision,
        priority: Priority,
    ) -> Result<Arc<Recording>, LibraryError> {
        let key = (revision.id, hash(&revision.content));
        if let Some(known) = lock(&self.recordings).get(&key) {
            return Ok(known.clone());
        }
        let (library, revision) = (self.clone(), revision.clone());
        let flight = self.plans.join(key, async move {
            let recording = Arc::new(library.plan_revision(&revision, priority).await?);
            let mut known = lock(&library.recordings);
            if known.len() >= PLANS {
                known.clear();
            }
            known.insert(key, recording.clone());
            Ok(recording)
        });
        flight.await
    }

    async fn plan_revision(
        self: &Arc<Self>,
        revision: &Revision,
        priority: Priority,
    ) -> Result<Recording, LibraryError> {
        let content = revision.content.clone();
        let (about, lines) = self.blocking(move |library| library.lines(&content)).await?;
        let audio = self.renderer.config().audio;
        let name = render::recording_name(&lines, &audio);
        if name != revision.recording {
            self.rename(revision.id, name.clone()).await?;
        }
        let frames = self.plan(&lines, priority).await?;
        Ok(Recording::new(about, name, lines, &frames, audio.mp3_kbps))
    }

    /// The voice or the settings changed since it was saved: it is another recording now, and
    /// has to be made again.
    async fn rename(self: &Arc<Self>, id: RevisionId, name: String) -> Result<(), LibraryError> {
        if self.blocking(move |library| Ok(library.store.ledger.rename(id, &name)?)).await? {
            self.make_later(id);
        }
        Ok(())
    }

    /// Forgets an article; its clips stay, as other articles may say the same.
    ///
    /// # Errors
    /// There is no such article.
    pub async fn forget(self: &Arc<Self>, id: &str) -> Result<(), LibraryError> {
        let gone = self.look_up(id, Ledger::forget).await?;
        if gone { Ok(()) } else { Err(LibraryError::NoArticle) }
    }

    async fn current(self: &Arc<Self>, id: &str) -> Result<Revision, LibraryError> {
        self.look_up(id, Ledger::current).await?.ok_or(LibraryError::NoArticle)
    }

    async fn look_up<T: Send + 'static>(
        self: &Arc<Self>,
        key: &str,
        query: impl FnOnce(&Ledger, &str) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, LibraryError> {
        let key = key.to_owned();
        self.blocking(move |library| Ok(query(&library.store.ledger, &key)?)).await
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

fn hash(content: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}

fn article(content: &str) -> Result<Article, LibraryError> {
    serde_json::from_str(content).map_err(|e| LibraryError::Damaged(e.to_string()))
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
