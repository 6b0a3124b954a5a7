//! Articles read again by a new version of the lexicon, in the background: the last saved first, and
//! only a few put into the queue at a time, so that nothing new waits for them.
//!
//! What there is to do is in the ledger alone: every article whose newest revision was read by an
//! earlier version. So whoever starts again goes on where another ended.

use std::sync::Arc;

use super::{Library, LibraryError, lock, now};
use crate::library::queue::{GLANCE, patiently};
use crate::render::{self, Line};
use crate::store::{LexiconVersion, Reread, Revision, RevisionId, State};

/// Articles looked at in one go.
const PAGE: usize = 64;

/// What was done in one go.
struct Swept {
    /// Revisions put into the queue.
    queued: Vec<RevisionId>,
    /// Whether there may be more to do.
    more: bool,
}

impl Library {
    pub(in crate::library) async fn sweep(self: Arc<Self>) {
        let mut under_way = Vec::new();
        loop {
            let room = (2 * self.config.rendered_at_once).saturating_sub(under_way.len());
            let swept = patiently("articles can't be read again", || {
                self.at_length(move |library| library.sweep_some(room))
            });
            let Swept { queued, more } = swept.await;
            if !queued.is_empty() {
                self.queued.notify_waiters();
            }
            under_way.extend(queued);
            if more {
                under_way = self.until_made(under_way).await;
            } else {
                self.relexed.notified().await;
            }
        }
    }

    /// Reads articles again until so many of them are to be made anew.
    fn sweep_some(&self, room: usize) -> Result<Swept, LibraryError> {
        let version = self.store.ledger.lexicon_version()?;
        // Where a version can't be read, that is no article's fault.
        self.house(version)?;
        let behind = self.store.ledger.read_before(version, PAGE)?;
        let (mut queued, more) = (Vec::new(), !behind.is_empty());
        for old in &behind {
            if queued.len() >= room {
                break;
            }
            let new = self.read_again(old, version)?;
            queued.extend(new.filter(|new| new.id != old.id && new.state == State::Queued).map(|new| new.id));
        }
        Ok(Swept { queued, more })
    }

    fn read_again(&self, old: &Revision, version: LexiconVersion) -> Result<Option<Revision>, LibraryError> {
        let named = |lines: &[Line]| render::recording_name(lines, &self.renderer.config().audio);
        let lines = self.read_by(old, version)?;
        let name = lines.as_deref().map(named);
        // Where the voice or the settings changed since, it is another recording by either version.
        let sounds_same =
            || Ok::<_, LibraryError>(name == self.read_by(old, old.lexicon)?.as_deref().map(named));
        let blobs = self.blob_names(lines.as_deref().unwrap_or_default());
        let changed = match name.as_deref() {
            Some(name) if name != old.recording && !sounds_same()? => Some((name, blobs.as_slice())),
            _ => None,
        };
        let read = self.store.ledger.reread(&Reread { old, lexicon: version, changed, now: now() })?;
        if name.is_none() && read.is_some() {
            self.note_unreadable(version);
        }
        Ok(read)
    }

    /// What a revision says by a version of the lexicon; none where it can't be read, as its voice is
    /// gone, for example: then it is looked at when it is next opened, and holds up no other.
    fn read_by(
        &self,
        revision: &Revision,
        lexicon: LexiconVersion,
    ) -> Result<Option<Vec<Line>>, LibraryError> {
        match self.lines(&revision.content, lexicon) {
            Ok((_, lines)) => Ok(Some(lines)),
            Err(error) if error.passes() => Err(error),
            Err(error) => {
                tracing::warn!(revision = revision.id, lexicon, %error, "an article can't be read by the lexicon");
                Ok(None)
            }
        }
    }

    fn note_unreadable(&self, version: LexiconVersion) {
        let mut unreadable = lock(&self.unreadable);
        let before = if unreadable.0 == version { unreadable.1 } else { 0 };
        *unreadable = (version, before + 1);
    }

    /// Waits until there is room for more; returns what is still under way.
    async fn until_made(self: &Arc<Self>, under_way: Vec<RevisionId>) -> Vec<RevisionId> {
        let mut under_way = under_way;
        loop {
            // Asked for before it is looked, so that nothing slips through between.
            let made = self.made.notified();
            let asked = under_way.clone();
            let open = self.blocking(move |library| library.open_among(asked)).await;
            under_way = open.unwrap_or(under_way);
            if under_way.len() < 2 * self.config.rendered_at_once {
                return under_way;
            }
            // Nobody tells of those that are cancelled or forgotten.
            let _ = tokio::time::timeout(GLANCE, made).await;
        }
    }

    fn open_among(&self, ids: Vec<RevisionId>) -> Result<Vec<RevisionId>, LibraryError> {
        let mut open = Vec::new();
        for id in ids {
            let state = self.store.ledger.revision(id)?.map(|revision| revision.state);
            if matches!(state, Some(State::Queued | State::Rendering)) {
                open.push(id);
            }
        }
        Ok(open)
    }
}
