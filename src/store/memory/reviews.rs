//! What clips sound like, in memory.

use std::collections::BTreeSet;

use super::Memory;
use crate::store::{Measured, Reviews, RevisionId, State, StoreError};

impl Reviews for Memory {
    fn measured(&self, clip: &str, quality: &str) -> Result<(), StoreError> {
        let new = || Measured { quality: quality.into(), approved: false };
        self.lock().measures.entry(clip.into()).or_insert_with(new);
        Ok(())
    }

    fn measures(&self, clips: &[String]) -> Result<Vec<Option<Measured>>, StoreError> {
        let facts = self.lock();
        Ok(clips.iter().map(|clip| facts.measures.get(clip).cloned()).collect())
    }

    fn approve(&self, id: RevisionId) -> Result<bool, StoreError> {
        let mut facts = self.lock();
        let kept: BTreeSet<String> = facts.blobs.keys().cloned().collect();
        let reviewed = facts.revisions.get_mut(&id).filter(|e| e.revision.state == State::NeedsReview);
        let Some(entry) = reviewed else {
            return Ok(false);
        };
        let (clips, complete) = (entry.uses.clone(), entry.uses.is_subset(&kept));
        entry.queue();
        if complete {
            (entry.revision.state, entry.whole) = (State::Ready, true);
        }
        for clip in clips {
            facts.measures.entry(clip).and_modify(|measured| measured.approved = true);
        }
        facts.turned(id, State::NeedsReview);
        Ok(true)
    }
}
