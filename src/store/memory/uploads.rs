//! Recordings by people in memory.

use std::collections::BTreeSet;

use super::super::{State, StoreError, Upload, Uploads};
use super::{Facts, Memory};

impl Facts {
    /// Names of the blobs that recordings by people are made of.
    pub(super) fn by_people(&self) -> BTreeSet<String> {
        self.uploads.values().flat_map(Upload::blobs).collect()
    }
}

impl Uploads for Memory {
    fn upload(&self, upload: &Upload) -> Result<bool, StoreError> {
        let mut facts = self.lock();
        let known = facts.newest(&upload.article).is_some();
        if known {
            let before = facts.uploads.insert(upload.article.clone(), upload.clone());
            if before.is_none_or(|before| before.recording != upload.recording) {
                facts.heard_anew(&upload.article);
            }
        }
        Ok(known)
    }

    fn uploaded(&self, article: &str) -> Result<Option<Upload>, StoreError> {
        Ok(self.lock().uploads.get(article).cloned())
    }

    fn uploads_named(&self, recording: &str) -> Result<Vec<Upload>, StoreError> {
        let facts = self.lock();
        Ok(facts.uploads.values().filter(|u| u.recording == recording).cloned().collect())
    }

    fn withdraw(&self, article: &str) -> Result<bool, StoreError> {
        let mut facts = self.lock();
        let gone = facts.uploads.remove(article).is_some();
        // What the voice has not made, or has to make again, is told of when it has.
        let newest = facts.newest(article).map(|entry| (entry.revision.id, entry.revision.state));
        match newest.filter(|_| gone) {
            Some((_, State::Ready)) => facts.heard_anew(article),
            Some((id, _)) => facts.untold(id),
            None => {}
        }
        Ok(gone)
    }

    fn left_over(&self) -> Result<Vec<String>, StoreError> {
        let facts = self.lock();
        let held = facts.by_people();
        let names = facts.blobs.keys().filter(|name| name.starts_with("uploads/") && !held.contains(*name));
        Ok(names.cloned().collect())
    }
}
