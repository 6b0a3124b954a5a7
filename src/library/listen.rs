//! What readers do: learn of an article, and listen to it.

use std::sync::Arc;

use super::flight::Flight;
use super::manifest::Manifest;
use super::opened::Opened;
use super::recording::{About, Recording};
use super::{LINES_AT_HAND, Library, LibraryError, OpenKey, article, hash, lock, now};
use crate::speech::Priority;
use crate::store::{Revision, State, Upload};
use crate::text::DEFAULT_LANGUAGE;

/// An article's id, and whether a preview opens it.
pub(super) type Press = (String, bool);

/// An article as it stands when somebody presses.
struct Pressed {
    /// The revision that is heard.
    revision: Revision,
    /// The recording by people that is heard instead, and what it is a reading of.
    read: Option<(Revision, Upload)>,
}

impl Library {
    /// What is known of an article, its plan included.
    ///
    /// # Errors
    /// There is no such article for this reader, or it can't be planned.
    pub async fn manifest(
        self: &Arc<Self>,
        id: &str,
        preview: Option<&str>,
    ) -> Result<Manifest, LibraryError> {
        let opens = self.opens(id, preview);
        let revision = self.current(id, preview).await?;
        if let Some(recorded) = self.recorded(&revision).await? {
            let recording = recorded.planned().await?;
            return Ok(Manifest::new(&revision, recording.about.clone(), Some(&recording), preview));
        }
        if revision.state == State::Failed || self.held_back(&revision, opens) {
            let unheard = Manifest::new(&revision, about_unheard(&revision)?, None, preview);
            return Ok(Manifest { immutable: None, ..unheard });
        }
        let opened = self.opened(&revision, Priority::Next).await?;
        let recording = opened.planned().await?;
        let mut about = recording.about.clone();
        about.notes.extend_from_slice(self.unknown_phonemes(&opened).await?);
        let mut manifest = Manifest::new(&revision, about, Some(&recording), preview);
        let made = self.blocking(move |library| Ok(library.store.ledger.made(revision.id)?)).await?;
        manifest.made = Some(recording.segments.len().saturating_sub(made.clips - made.kept));
        let newest = self.newest(id).await?;
        let heard = newest.live <= now() || opens;
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
        let press = (id.to_owned(), self.opens(id, preview));
        let (library, pressed) = (self.clone(), press.clone());
        let opened = self.presses.join(press, async move { library.press(pressed).await });
        opened.await.map_err(|error| match error {
            LibraryError::NoArticle => self.nothing_of(id, preview),
            error => error,
        })
    }

    /// Opens an article for all who press at once. The store is asked after the last of them came,
    /// so that nobody hears less than what was there when he pressed.
    async fn press(self: &Arc<Self>, press: Press) -> Result<Arc<Opened>, LibraryError> {
        let opens = press.1;
        let found = self.blocking(move |library| {
            library.presses.close(&press);
            library.pressed(&press.0, opens)
        });
        let Pressed { revision, read } = found.await?;
        self.note_heard(revision.id);
        match read {
            Some(read) => self.read_by_people(read).await,
            None => self.opened(&revision, Priority::Next).await,
        }
    }

    fn pressed(&self, id: &str, opens: bool) -> Result<Pressed, LibraryError> {
        // What plays first: a save in between can then only make the newest newer.
        let current = if opens { None } else { self.store.ledger.current(id, now())? };
        let newest = self.store.ledger.newest(id)?;
        let current = if opens { newest.clone() } else { current };
        let (revision, newest) = current.zip(newest).ok_or(LibraryError::NoArticle)?;
        let read = self.recording_of(&revision)?;
        if read.is_some() {
            return Ok(Pressed { revision, read });
        }
        let revision = self.spoken(revision, opens)?;
        if newest.live <= now() || newest.id == revision.id {
            self.wanted(&newest)?;
        }
        Ok(Pressed { revision, read })
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
        if let Some(recorded) = self.recorded(&revision).await? {
            return recorded.planned().await;
        }
        let revision = self.spoken(revision, self.opens(id, preview))?;
        self.opened(&revision, Priority::Next).await?.planned().await
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
        let open = |r: &&Revision| {
            let opens = self.opens(&r.article, preview);
            opens || r.live <= now() && !self.held_back(r, opens)
        };
        let Some(revision) = found.iter().find(open).cloned() else {
            if let Some(recorded) = self.recorded_as(name, preview).await? {
                return Ok(recorded);
            }
            let ended = found.iter().any(|r| self.ended(&r.article, preview));
            return Err(if ended { LibraryError::PreviewEnded } else { LibraryError::NoRecording });
        };
        let wanted = revision.clone();
        self.blocking(move |library| library.wanted(&wanted)).await?;
        self.note_heard(revision.id);
        let opened = self.opened(&revision, Priority::Next).await?;
        if opened.name == name { Ok(opened) } else { Err(LibraryError::NoRecording) }
    }

    /// What the voice reads, if it can and may.
    fn spoken(&self, revision: Revision, opens: bool) -> Result<Revision, LibraryError> {
        match revision.state {
            State::Failed => Err(LibraryError::Failed(revision.error.unwrap_or_default())),
            _ if self.held_back(&revision, opens) => Err(LibraryError::NeedsReview),
            _ => Ok(revision),
        }
    }

    pub(super) async fn opened(
        self: &Arc<Self>,
        revision: &Revision,
        priority: Priority,
    ) -> Result<Arc<Opened>, LibraryError> {
        let key = (revision.id, hash(&revision.content));
        let (library, revision) = (self.clone(), revision.clone());
        let open = async move { library.open_revision(&revision, priority).await };
        let opened = self.open_once(key, open).await?;
        opened.urgency.raise(priority);
        Ok(opened)
    }

    /// What is at hand, or opened by one for all.
    pub(super) async fn open_once(
        self: &Arc<Self>,
        key: OpenKey,
        open: impl Future<Output = Result<Arc<Opened>, LibraryError>> + Send + 'static,
    ) -> Result<Arc<Opened>, LibraryError> {
        let known = lock(&self.opened).get(&key).filter(|known| !known.has_failed()).cloned();
        match known {
            Some(known) => Ok(known),
            None => self.open_anew(key, open).await,
        }
    }

    fn open_anew(
        self: &Arc<Self>,
        key: OpenKey,
        open: impl Future<Output = Result<Arc<Opened>, LibraryError>> + Send + 'static,
    ) -> Flight<Arc<Opened>> {
        let library = self.clone();
        self.opening.join(key, async move {
            let opened = open.await?;
            let mut known = lock(&library.opened);
            let lines = known.values().chain([&opened]).map(|opened| 1 + opened.lines.len()).sum::<usize>();
            if lines > LINES_AT_HAND {
                known.clear();
            }
            known.insert(key, opened.clone());
            Ok(opened)
        })
    }
}

fn about_unheard(revision: &Revision) -> Result<About, LibraryError> {
    let article = article(&revision.content)?;
    Ok(About {
        title: article.title,
        url: article.url,
        language: article.language.unwrap_or_else(|| DEFAULT_LANGUAGE.into()),
        ..About::default()
    })
}
