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

/// An article as it stands when somebody presses.
struct Pressed {
    /// The revision that this reader hears.
    revision: Revision,
    newest: Revision,
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
        let revision = self.current(id, preview).await?;
        if let Some(recorded) = self.recorded(&revision).await? {
            let recording = recorded.planned().await?;
            return Ok(Manifest::new(&revision, recording.about.clone(), Some(&recording), preview));
        }
        if revision.state == State::Failed || self.held_back(&revision, preview) {
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
        let Pressed { revision, newest, read } = self.pressed(id, preview).await?;
        if let Some(read) = read {
            self.note_heard(revision.id);
            return self.read_by_people(read).await;
        }
        let revision = self.spoken(revision, preview)?;
        if newest.live <= now() || newest.id == revision.id {
            self.wanted(&newest).await?;
        }
        self.note_heard(revision.id);
        self.opened(&revision, Priority::Next).await
    }

    /// What there is to hear of an article, asked for in one go: a crowd may be asking.
    async fn pressed(self: &Arc<Self>, id: &str, preview: Option<&str>) -> Result<Pressed, LibraryError> {
        let (asked, opens) = (id.to_owned(), self.opens(id, preview));
        let found = self.blocking(move |library| {
            // What plays first: a save in between can then only make the newest newer.
            let current = if opens { None } else { library.store.ledger.current(&asked, now())? };
            let newest = library.store.ledger.newest(&asked)?;
            let current = if opens { newest.clone() } else { current };
            let Some((revision, newest)) = current.zip(newest) else { return Ok(None) };
            let read = library.recording_of(&revision)?;
            Ok(Some(Pressed { revision, newest, read }))
        });
        found.await?.ok_or_else(|| self.nothing_of(id, preview))
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
        self.opened(&self.spoken(revision, preview)?, Priority::Next).await?.planned().await
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
        let open =
            |r: &&Revision| r.live <= now() && !self.held_back(r, preview) || self.opens(&r.article, preview);
        let Some(revision) = found.iter().find(open).cloned() else {
            if let Some(recorded) = self.recorded_as(name, preview).await? {
                return Ok(recorded);
            }
            let ended = found.iter().any(|r| self.ended(&r.article, preview));
            return Err(if ended { LibraryError::PreviewEnded } else { LibraryError::NoRecording });
        };
        self.wanted(&revision).await?;
        self.note_heard(revision.id);
        let opened = self.opened(&revision, Priority::Next).await?;
        if opened.name == name { Ok(opened) } else { Err(LibraryError::NoRecording) }
    }

    /// What the voice reads, if it can and may.
    fn spoken(&self, revision: Revision, preview: Option<&str>) -> Result<Revision, LibraryError> {
        match revision.state {
            State::Failed => Err(LibraryError::Failed(revision.error.unwrap_or_default())),
            _ if self.held_back(&revision, preview) => Err(LibraryError::NeedsReview),
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
