//! The queue in memory.

use std::collections::BTreeSet;

use super::{Entry, Facts, Memory};
use crate::store::{Moment, Outcome, Queue, Revision, RevisionId, State, StoreError};

impl Facts {
    /// A revision that is made on this lease.
    fn held(&mut self, id: RevisionId, lease: i64) -> Option<&mut Entry> {
        let entry = self.revisions.get_mut(&id)?;
        let held = entry.revision.state == State::Rendering && entry.revision.lease == lease;
        held.then_some(entry)
    }

    fn open(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.revisions.values_mut().filter(|e| e.is_open())
    }
}

impl Entry {
    pub(super) fn queue(&mut self) {
        self.due = 0;
        let revision = &mut self.revision;
        (revision.state, revision.attempts, revision.error) = (State::Queued, 0, None);
    }

    fn claim(&mut self, now: Moment, until: Moment) -> Revision {
        (self.due, self.heard) = (until, self.heard.max(now));
        self.revision.state = State::Rendering;
        self.revision.attempts += 1;
        self.revision.lease += 1;
        self.revision.clone()
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(self.revision.state, State::Queued | State::Rendering)
    }
}

impl Queue for Memory {
    fn queue(&self, id: RevisionId) -> Result<bool, StoreError> {
        let mut facts = self.lock();
        let stored = facts.revisions.get_mut(&id).filter(|e| e.revision.state == State::Stored);
        Ok(stored.map(Entry::queue).is_some())
    }

    fn want(&self, id: RevisionId) -> Result<bool, StoreError> {
        let mut facts = self.lock();
        let Some(entry) = facts.revisions.get_mut(&id) else {
            return Ok(false);
        };
        entry.revision.pinned = true;
        let idle = matches!(entry.revision.state, State::Stored | State::Failed | State::NeedsReview);
        if idle {
            entry.queue();
        }
        Ok(idle)
    }

    fn claim(&self, now: Moment, until: Moment) -> Result<Option<Revision>, StoreError> {
        let mut facts = self.lock();
        let due = facts.open().find(|e| e.due <= now);
        Ok(due.map(|entry| entry.claim(now, until)))
    }

    fn claim_one(&self, id: RevisionId, now: Moment, until: Moment) -> Result<Option<Revision>, StoreError> {
        let mut facts = self.lock();
        let due = facts.open().find(|e| e.revision.id == id && e.due <= now);
        Ok(due.map(|entry| entry.claim(now, until)))
    }

    fn beat(&self, id: RevisionId, lease: i64, until: Moment) -> Result<bool, StoreError> {
        let mut facts = self.lock();
        Ok(facts.held(id, lease).map(|entry| entry.due = until).is_some())
    }

    fn finish(&self, id: RevisionId, lease: i64, outcome: &Outcome) -> Result<bool, StoreError> {
        let mut facts = self.lock();
        let kept: BTreeSet<String> = facts.blobs.keys().cloned().collect();
        let Some(entry) = facts.held(id, lease) else {
            return Ok(false);
        };
        let complete = entry.uses.is_subset(&kept);
        let (state, error, due) = match outcome {
            Outcome::Ready if complete => (State::Ready, None, 0),
            Outcome::NeedsReview(reason) if complete => (State::NeedsReview, Some(reason.clone()), 0),
            Outcome::Ready | Outcome::NeedsReview(_) | Outcome::Stored => (State::Stored, None, 0),
            Outcome::Failed(error) => (State::Failed, Some(error.clone()), 0),
            Outcome::Later { due, .. } => (State::Queued, None, *due),
        };
        entry.whole |= state == State::Ready;
        let uncounted = matches!(outcome, Outcome::Later { counts: false, .. });
        entry.revision.attempts -= u32::from(uncounted);
        (entry.revision.state, entry.revision.error, entry.due) = (state, error, due);
        facts.turned(id, State::Rendering);
        Ok(true)
    }

    fn cancel(&self, article: &str) -> Result<usize, StoreError> {
        let mut facts = self.lock();
        let open = facts.open().filter(|e| e.revision.article == article);
        Ok(open.map(|e| e.revision.state = State::Stored).count())
    }

    fn release(&self) -> Result<usize, StoreError> {
        Ok(self.lock().open().map(|e| e.due = 0).count())
    }

    fn next_due(&self) -> Result<Option<Moment>, StoreError> {
        Ok(self.lock().open().map(|e| e.due).min())
    }
}
