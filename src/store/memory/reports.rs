//! Reports out of memory.

use std::collections::{BTreeMap, BTreeSet};

use super::Memory;
use crate::store::reports::hour;
use crate::store::{Made, Moment, Reports, RevisionId, State, StoreError, Totals};

impl Reports for Memory {
    fn made(&self, id: RevisionId) -> Result<Made, StoreError> {
        let facts = self.lock();
        let uses = || facts.revisions.get(&id).into_iter().flat_map(|e| &e.uses);
        let kept = || uses().filter(|name| facts.blobs.contains_key(*name));
        let frames = kept().filter_map(|name| facts.clips.get(name)).map(|clip| clip.frames).sum();
        Ok(Made { clips: uses().count(), kept: kept().count(), frames })
    }

    fn totals(&self, now: Moment, since: Moment) -> Result<Totals, StoreError> {
        let facts = self.lock();
        let newest = facts.articles();
        let mut articles = BTreeMap::<&str, (State, usize)>::new();
        for state in newest.values().map(|e| e.revision.state) {
            articles.entry(state.name()).or_insert((state, 0)).1 += 1;
        }
        let queued = facts.revisions.values().filter(|e| e.is_open()).flat_map(|e| &e.uses);
        let lacking: BTreeSet<_> = queued.filter(|name| !facts.blobs.contains_key(*name)).collect();
        let clips = facts.blobs.iter().filter(|(name, _)| name.starts_with("clips/"));
        Ok(Totals {
            articles: articles.into_values().collect(),
            drafts: newest.values().filter(|e| e.revision.live > now).count(),
            lacking: lacking.len(),
            clip_bytes: clips.map(|(_, blob)| blob.bytes).sum(),
            listens: facts.listens.range(hour(since)..).map(|(_, count)| count).sum(),
        })
    }

    fn listened(&self, listens: &[(Moment, u64)]) -> Result<(), StoreError> {
        let mut facts = self.lock();
        for (when, count) in listens {
            *facts.listens.entry(hour(*when)).or_default() += count;
        }
        Ok(())
    }
}
