//! The lexicon's versions in memory.

use std::collections::BTreeMap;

use super::{Entry, Facts, Memory};
use crate::store::{
    LexiconChange, LexiconVersion, Lexicons, Reread, Revision, RevisionId, State, StoreError,
};

impl Facts {
    fn lexicon_version(&self) -> LexiconVersion {
        self.lexicon.len() as LexiconVersion
    }

    fn read_before(&self, version: LexiconVersion) -> impl Iterator<Item = &Revision> {
        let newest = self.articles().into_values().map(|e| (e.revision.id, &e.revision));
        let newest: BTreeMap<RevisionId, &Revision> = newest.collect();
        newest.into_values().rev().filter(move |r| r.lexicon < version)
    }
}

impl Lexicons for Memory {
    fn lexicon_version(&self) -> Result<LexiconVersion, StoreError> {
        Ok(self.lock().lexicon_version())
    }

    fn lexicon(&self, version: LexiconVersion) -> Result<Vec<(String, String)>, StoreError> {
        let mut entries = BTreeMap::new();
        for (_, change) in (1..=version).zip(&self.lock().lexicon) {
            change.removed.iter().for_each(|name| drop(entries.remove(name)));
            entries.extend(change.put.iter().cloned());
        }
        Ok(entries.into_iter().collect())
    }

    fn change_lexicon(
        &self,
        base: LexiconVersion,
        change: &LexiconChange,
    ) -> Result<Option<LexiconVersion>, StoreError> {
        let mut facts = self.lock();
        if facts.lexicon_version() != base {
            return Ok(None);
        }
        facts.lexicon.push(change.clone());
        Ok(Some(base + 1))
    }

    fn lexicon_changes(
        &self,
        before: LexiconVersion,
        limit: usize,
    ) -> Result<Vec<(LexiconVersion, LexiconChange)>, StoreError> {
        let facts = self.lock();
        let changes = (1..before).zip(facts.lexicon.iter().cloned()).collect::<Vec<_>>();
        Ok(changes.into_iter().rev().take(limit).collect())
    }

    fn read_before(&self, version: LexiconVersion, limit: usize) -> Result<Vec<Revision>, StoreError> {
        Ok(self.lock().read_before(version).take(limit).cloned().collect())
    }

    fn count_read_before(&self, version: LexiconVersion) -> Result<usize, StoreError> {
        Ok(self.lock().read_before(version).count())
    }

    fn reread(&self, reread: &Reread<'_>) -> Result<Option<Revision>, StoreError> {
        let mut facts = self.lock();
        let newest = facts.newest(&reread.old.article).map(|e| e.revision.id);
        let entry = newest.and_then(|id| facts.revisions.get_mut(&id));
        let same =
            |e: &&mut Entry| e.revision.id == reread.old.id && e.revision.content == reread.old.content;
        let Some(entry) = entry.filter(same) else {
            return Ok(None);
        };
        let Some((recording, blobs)) = reread.changed else {
            entry.revision.lexicon = reread.lexicon;
            return Ok(Some(entry.revision.clone()));
        };
        let state = if entry.revision.state == State::Stored { State::Stored } else { State::Queued };
        let revision = Revision {
            recording: recording.into(),
            state,
            error: None,
            attempts: 0,
            lease: 0,
            created: reread.now,
            lexicon: reread.lexicon,
            ..entry.revision.clone()
        };
        let uses = blobs.iter().cloned().collect();
        let (title, url) = (entry.title.clone(), entry.url.clone());
        let entry = Entry { revision, title, url, uses, whole: false, heard: entry.heard, due: 0 };
        Ok(Some(facts.add(entry)))
    }
}
