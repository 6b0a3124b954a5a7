//! The use-cases: save an article, play it, forget it. Audio is found, or made once.

mod clips;
mod error;
mod recording;
mod speak;

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::Semaphore;

pub use error::LibraryError;
pub use recording::{Format, Recording, Segment};
pub use speak::{SpeakError, Spoken, Target, speak};

use crate::article::Article;
use crate::audio::FRAME_SECONDS;
use crate::render::{self, RenderError, Renderer};
use crate::speech::SpeechError;
use crate::store::{Revision, RevisionId, State, Store, StoreError};
use crate::text::{Role, Script};
use clips::Flights;

/// Articles made at the same time; more would only share the same threads.
const RENDERED_AT_ONCE: usize = 2;
/// All that is told of an article that can't be made.
const LOG_KNOWS: &str = "something went wrong here; the operator's log says what";

/// A revision's number, and a hash of its content: one that sounds the same may be written anew.
type PlanKey = (RevisionId, u64);

/// How long an article waits that could not be made for now: twice as long each time.
const FIRST_RETRY: Duration = Duration::from_millis(500);
const LAST_RETRY: Duration = Duration::from_secs(30);

/// Articles and their audio.
pub struct Library {
    store: Arc<Store>,
    renderer: Renderer,
    flights: Flights,
    recordings: Mutex<HashMap<PlanKey, Arc<tokio::sync::OnceCell<Arc<Recording>>>>>,
    /// Revisions that wait for their turn or have it.
    making: Mutex<HashSet<RevisionId>>,
    rendering: Semaphore,
}

/// What a player needs to know of an article.
#[derive(Clone, Debug, Serialize)]
pub struct Manifest {
    /// The article's id.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its address at the site.
    pub url: Option<String>,
    /// Language it is read in.
    pub language: String,
    /// Id of the voice.
    pub voice: String,
    /// Number of the revision that plays.
    pub revision: RevisionId,
    /// Where that revision stands.
    pub state: State,
    /// State of the newest revision, where that is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<State>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Number of words.
    pub words: usize,
    /// Exact length in seconds.
    pub duration: Option<f64>,
    /// Addresses that follow the article through its revisions.
    pub audio: Addresses,
    /// Addresses of just this recording, for ever; absent where there is none to hear.
    pub immutable: Option<Addresses>,
    /// Every sentence in order, in time and in the reader's text.
    pub sentences: Vec<SentenceMark>,
}

/// Where the audio is, by format.
#[derive(Clone, Debug, Serialize)]
pub struct Addresses {
    /// The MP3.
    pub mp3: String,
    /// The WAV.
    pub wav: String,
}

/// When a sentence is heard, and where it stands.
#[derive(Clone, Debug, Serialize)]
pub struct SentenceMark {
    /// Seconds from the beginning.
    pub start: f64,
    /// Seconds from the beginning, the pause after it not counted.
    pub end: f64,
    /// Length in frames of 24 ms, the pause not counted.
    pub frames: usize,
    /// Half-open range in UTF-16 units of the reader's text.
    pub span: crate::text::Span,
    /// Number of its block.
    pub block: usize,
    /// What its block is.
    pub role: Role,
}

impl Library {
    /// Puts the library together.
    pub fn new(store: Store, renderer: Renderer) -> Self {
        Self {
            store: Arc::new(store),
            renderer,
            flights: Flights::default(),
            recordings: Mutex::default(),
            making: Mutex::default(),
            rendering: Semaphore::new(RENDERED_AT_ONCE),
        }
    }

    /// The stages, for their counters.
    pub fn renderer(&self) -> &Renderer {
        &self.renderer
    }

    /// Number of revisions in each state.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub async fn count(self: &Arc<Self>) -> Result<Vec<(State, u64)>, LibraryError> {
        self.blocking(|library| Ok(library.store.ledger.count()?)).await
    }

    /// Saves an article, and makes its audio now if wanted. Once this returns it is not lost.
    ///
    /// # Errors
    /// There is nothing to read in it, nobody to read it, or it can't be kept.
    pub async fn save(self: &Arc<Self>, article: Article, render: bool) -> Result<Manifest, LibraryError> {
        let state = if render { State::Queued } else { State::Stored };
        let saved = self.blocking(move |library| library.keep(&article, state)).await?;
        if matches!(saved.state, State::Queued | State::Rendering) {
            self.make_later(saved.id);
        }
        self.manifest_of(saved, None).await
    }

    fn keep(&self, article: &Article, state: State) -> Result<Revision, LibraryError> {
        let (_, lines) = self.renderer.lines(article)?;
        let recording = render::recording_name(&lines, &self.renderer.config().audio);
        let content = serde_json::to_string(article).map_err(|e| LibraryError::Damaged(e.to_string()))?;
        Ok(self.store.ledger.save(&article.id, &content, &recording, state)?)
    }

    /// What is known of an article, with the plan of its audio where that was made already.
    ///
    /// # Errors
    /// There is no such article.
    pub async fn manifest(self: &Arc<Self>, id: &str) -> Result<Manifest, LibraryError> {
        let revision = self.current(id).await?;
        let newest = self.look_up(id, |ledger, id| ledger.newest(id)).await?;
        let next = newest.filter(|n| n.id != revision.id).map(|n| n.state);
        if revision.state == State::Failed {
            return self.manifest_of(revision, None).await;
        }
        let recording = self.recording(&revision).await?;
        let mut manifest = self.manifest_of(revision, Some(&recording)).await?;
        manifest.next = next;
        Ok(manifest)
    }

    async fn manifest_of(
        self: &Arc<Self>,
        revision: Revision,
        recording: Option<&Recording>,
    ) -> Result<Manifest, LibraryError> {
        let content = revision.content.clone();
        let (article, script, voice) = self
            .blocking(move |library| {
                let article = article(&content)?;
                let (script, lines) = library.renderer.lines(&article)?;
                let voice = lines.first().map_or_else(String::new, |l| l.voice.id.clone());
                Ok((article, script, voice))
            })
            .await?;
        Ok(manifest(&revision, &article, &script, voice, recording))
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
        // A listener is a wish to have the newest made; a second one changes nothing.
        let newest = self.look_up(id, |ledger, id| ledger.newest(id)).await?;
        if let Some(newest) = newest.filter(|n| !matches!(n.state, State::Ready | State::Failed)) {
            self.make_later(newest.id);
        }
        self.recording(&revision).await
    }

    /// Opens a recording by its name.
    ///
    /// # Errors
    /// There is no such recording.
    pub async fn open_recording(self: &Arc<Self>, name: &str) -> Result<Arc<Recording>, LibraryError> {
        let found = self.look_up(name, |ledger, name| ledger.with_recording(name)).await?;
        self.recording(&found.ok_or(LibraryError::NoRecording)?).await
    }

    async fn recording(self: &Arc<Self>, revision: &Revision) -> Result<Arc<Recording>, LibraryError> {
        let cell = {
            let mut known = lock(&self.recordings);
            // Plans are small and quickly read again; this only keeps the busy ones at hand.
            if known.len() > 256 {
                known.clear();
            }
            known.entry((revision.id, hash(&revision.content))).or_default().clone()
        };
        let plan = || async {
            let (content, state) = (revision.content.clone(), revision.state);
            let lines = self.blocking(move |l| Ok(l.renderer.lines(&article(&content)?)?.1)).await?;
            Ok(Arc::new(self.plan(lines, state).await?))
        };
        cell.get_or_try_init(plan).await.cloned()
    }

    /// Forgets an article; its clips stay, as other articles may say the same.
    ///
    /// # Errors
    /// There is no such article.
    pub async fn forget(self: &Arc<Self>, id: &str) -> Result<(), LibraryError> {
        let gone = self.look_up(id, |ledger, id| ledger.forget(id)).await?;
        if gone { Ok(()) } else { Err(LibraryError::NoArticle) }
    }

    /// Takes up what an earlier process acknowledged and did not finish.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub async fn resume(self: &Arc<Self>) -> Result<usize, LibraryError> {
        let open = self.blocking(|library| Ok(library.store.ledger.unfinished()?)).await?;
        open.iter().for_each(|revision| self.make_later(revision.id));
        Ok(open.len())
    }

    fn make_later(self: &Arc<Self>, id: RevisionId) {
        if !lock(&self.making).insert(id) {
            return;
        }
        let library = self.clone();
        tokio::spawn(async move {
            let made = library.make(id).await;
            lock(&library.making).remove(&id);
            if let Err(error) = made {
                tracing::error!(revision = id, %error, "an article could not be made");
            }
        });
    }

    /// Makes every clip of a revision, then says so.
    async fn make(self: &Arc<Self>, id: RevisionId) -> Result<(), LibraryError> {
        let _turn = self.rendering.acquire().await.map_err(|_| LibraryError::Stopping)?;
        let Some(revision) = self.blocking(move |l| Ok(l.store.ledger.revision(id)?)).await? else {
            // Forgotten while it waited.
            return Ok(());
        };
        if revision.state == State::Ready {
            return Ok(());
        }
        self.set_state(id, State::Rendering, None).await?;
        match self.make_patiently(&revision).await {
            Ok(()) => self.set_state(id, State::Ready, None).await,
            // Tried again at the next press, save or start.
            Err(error) if passes(&error) => self.set_state(id, State::Queued, None).await.and(Err(error)),
            Err(error) => {
                self.set_state(id, State::Failed, Some(LOG_KNOWS.into())).await?;
                Err(error)
            }
        }
    }

    /// A full disk or a full queue costs time, not the article.
    async fn make_patiently(self: &Arc<Self>, revision: &Revision) -> Result<(), LibraryError> {
        let mut pause = FIRST_RETRY;
        loop {
            match self.make_clips(revision).await {
                Err(error) if error.passes() => {
                    tracing::warn!(revision = revision.id, %error, "an article waits");
                    tokio::time::sleep(pause).await;
                    pause = (2 * pause).min(LAST_RETRY);
                }
                result => return result,
            }
        }
    }

    async fn make_clips(self: &Arc<Self>, revision: &Revision) -> Result<(), LibraryError> {
        let content = revision.content.clone();
        let lines = self.blocking(move |l| Ok(l.renderer.lines(&article(&content)?)?.1)).await?;
        self.make_all(&lines).await
    }

    async fn set_state(
        self: &Arc<Self>,
        id: RevisionId,
        state: State,
        error: Option<String>,
    ) -> Result<(), LibraryError> {
        self.blocking(move |l| Ok(l.store.ledger.set_state(id, state, error.as_deref())?)).await
    }

    async fn current(self: &Arc<Self>, id: &str) -> Result<Revision, LibraryError> {
        let found = self.look_up(id, |ledger, id| ledger.current(id)).await?;
        found.ok_or(LibraryError::NoArticle)
    }

    async fn look_up<T: Send + 'static>(
        self: &Arc<Self>,
        key: &str,
        query: impl FnOnce(&crate::store::Ledger, &str) -> Result<T, crate::store::StoreError> + Send + 'static,
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
        work.await.map_err(|e| LibraryError::Damaged(e.to_string()))?
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while holding one of these locks.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether it may well be possible later.
fn passes(error: &LibraryError) -> bool {
    matches!(
        error,
        LibraryError::Store(StoreError::Full(_))
            | LibraryError::Render(RenderError::Speech(SpeechError::Overloaded))
    )
}

fn hash(content: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}

fn article(content: &str) -> Result<Article, LibraryError> {
    serde_json::from_str(content).map_err(|e| LibraryError::Damaged(e.to_string()))
}

fn manifest(
    revision: &Revision,
    article: &Article,
    script: &Script,
    voice: String,
    recording: Option<&Recording>,
) -> Manifest {
    let id = percent_encoded(&article.id);
    let name = &revision.recording;
    let addresses = |base: &str| Addresses { mp3: format!("{base}.mp3"), wav: format!("{base}.wav") };
    Manifest {
        id: article.id.clone(),
        title: script.title.clone(),
        url: article.url.clone(),
        language: script.language.clone(),
        voice,
        revision: revision.id,
        state: revision.state,
        next: None,
        error: revision.error.clone(),
        words: script.words(),
        duration: recording.map(Recording::seconds),
        audio: addresses(&format!("/v1/articles/{id}/audio")),
        immutable: (revision.state != State::Failed).then(|| addresses(&format!("/audio/{name}"))),
        sentences: recording.map(sentence_marks).unwrap_or_default(),
    }
}

fn sentence_marks(recording: &Recording) -> Vec<SentenceMark> {
    let seconds = |frame: usize| (frame as f64 * FRAME_SECONDS * 1000.0).round() / 1000.0;
    let mark = |segment: &Segment| SentenceMark {
        start: seconds(segment.start),
        end: seconds(segment.start + segment.frames),
        frames: segment.frames,
        span: segment.line.span,
        block: segment.line.block,
        role: segment.line.role,
    };
    recording.segments.iter().map(mark).collect()
}

/// A path segment of RFC 3986: everything but its unreserved characters is escaped.
fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect()
}
