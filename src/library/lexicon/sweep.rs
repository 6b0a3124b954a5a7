//! Articles read again by a new version of the lexicon, in the background: the last saved first, and
//! only a few put into the queue at a time, so that nothing new waits for them.
//!
//! What there is to do is in the ledger alone: every article whose newest revision was read by an
//! earlier version. So whoever starts again goes on where another ended.

use std::sync::Arc;

use super::{Library, LibraryError, now};
use crate::library::queue::{GLANCE, patiently};
use crate::render;
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
                self.blocking(move |library| library.sweep_some(room))
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
        let audio = self.renderer.config().audio;
        // What can't be read at all, as its voice is gone, is looked at when it is next opened.
        let lines = self.lines(&old.content, version).map(|(_, lines)| lines).unwrap_or_default();
        let name = render::recording_name(&lines, &audio);
        // Where the voice or the settings changed since, it is another recording by either version.
        let sounds_same = || {
            let before = self.lines(&old.content, old.lexicon).map(|(_, lines)| lines);
            Ok::<_, LibraryError>(name == render::recording_name(&before?, &audio))
        };
        let same = lines.is_empty() || name == old.recording || sounds_same()?;
        let blobs = self.blob_names(&lines);
        let changed = (!same).then_some((name.as_str(), blobs.as_slice()));
        Ok(self.store.ledger.reread(&Reread { old, lexicon: version, changed, now: now() })?)
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
