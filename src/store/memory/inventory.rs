//! Clips and blobs in memory, and which of them are used.

use std::collections::BTreeSet;

use super::{Facts, Memory};
use crate::store::{BlobFacts, ClipFacts, Inventory, State, StoreError};

impl Facts {
    fn uses(&self, blob: &str) -> bool {
        self.revisions.values().any(|e| e.uses.contains(blob)) || self.by_people().contains(blob)
    }
}

impl Inventory for Memory {
    fn clips(&self, names: &[String]) -> Result<Vec<Option<ClipFacts>>, StoreError> {
        let facts = self.lock();
        Ok(names.iter().map(|name| facts.clips.get(name).cloned()).collect())
    }

    fn planned(&self, clips: &[(String, ClipFacts)]) -> Result<(), StoreError> {
        let mut facts = self.lock();
        for (name, clip) in clips {
            facts.clips.entry(name.clone()).or_insert_with(|| clip.clone());
        }
        Ok(())
    }

    fn kept(&self, name: &str, facts: &BlobFacts) -> Result<(), StoreError> {
        self.lock().blobs.insert(name.into(), facts.clone());
        Ok(())
    }

    fn blob(&self, name: &str) -> Result<Option<BlobFacts>, StoreError> {
        Ok(self.lock().blobs.get(name).cloned())
    }

    fn blobs(&self, after: &str, limit: usize) -> Result<Vec<(String, BlobFacts)>, StoreError> {
        let facts = self.lock();
        let rest = facts.blobs.iter().filter(|(name, _)| name.as_str() > after);
        Ok(rest.take(limit).map(|(name, facts)| (name.clone(), facts.clone())).collect())
    }

    fn used(&self) -> Result<u64, StoreError> {
        let facts = self.lock();
        let held = facts.by_people();
        let others = facts.blobs.iter().filter(|(name, _)| !held.contains(*name));
        Ok(others.map(|(_, b)| b.bytes).sum())
    }

    fn coldest(&self, limit: usize) -> Result<Vec<(String, u64)>, StoreError> {
        let facts = self.lock();
        // None, of blobs that no revision uses, is first.
        let warmth = |name: &str| {
            let users = || facts.revisions.values().filter(|e| e.uses.contains(name));
            let pinned = users().map(|e| e.revision.pinned).max();
            (pinned, users().map(|e| e.heard).max(), users().map(|e| e.revision.id).max())
        };
        let held = facts.by_people();
        let blobs = facts.blobs.iter().filter(|(name, _)| !held.contains(*name));
        let mut blobs: Vec<_> = blobs.map(|(name, b)| (warmth(name), name, b.bytes)).collect();
        blobs.sort();
        Ok(blobs.into_iter().take(limit).map(|(_, name, bytes)| (name.clone(), bytes)).collect())
    }

    fn unused(&self, after: &str, limit: usize) -> Result<Vec<String>, StoreError> {
        let facts = self.lock();
        let names: BTreeSet<&String> = facts.blobs.keys().chain(facts.clips.keys()).collect();
        let unused = names.into_iter().filter(|name| name.as_str() > after && !facts.uses(name));
        Ok(unused.take(limit).cloned().collect())
    }

    fn forget_unused(&self, names: &[String]) -> Result<Vec<String>, StoreError> {
        let mut facts = self.lock();
        let unused: Vec<String> = names.iter().filter(|name| !facts.uses(name)).cloned().collect();
        for name in &unused {
            facts.blobs.remove(name);
            facts.clips.remove(name);
            facts.measures.remove(name);
        }
        Ok(unused)
    }

    fn gone(&self, names: &[String]) -> Result<(), StoreError> {
        let mut facts = self.lock();
        for name in names {
            facts.blobs.remove(name);
            let users = facts.revisions.values_mut().filter(|e| e.uses.contains(name));
            for entry in users.filter(|e| e.revision.state == State::Ready) {
                entry.revision.state = State::Stored;
            }
        }
        Ok(())
    }
}
