//! Articles and their revisions in memory.

use std::collections::BTreeMap;

use super::{Entry, Facts, Memory};
use crate::store::{Moment, Revision, RevisionId, Revisions, Save, State, StoreError, Summary};

impl Facts {
    fn of<'a>(&'a self, article: &'a str) -> impl DoubleEndedIterator<Item = &'a Entry> {
        self.revisions.values().filter(move |e| e.revision.article == article)
    }

    pub(super) fn newest<'a>(&'a self, article: &'a str) -> Option<&'a Entry> {
        self.of(article).next_back()
    }

    /// The newest revision of each article.
    pub(super) fn articles(&self) -> BTreeMap<&str, &Entry> {
        self.revisions.values().map(|e| (e.revision.article.as_str(), e)).collect()
    }

    /// The last revision that was whole once.
    fn whole<'a>(&'a self, article: &'a str) -> Option<&'a Entry> {
        self.of(article).rfind(|e| e.plays())
    }

    /// What plays by a time.
    fn current<'a>(&'a self, article: &'a str, by: Moment) -> Option<&'a Entry> {
        let live = || self.of(article).filter(|e| e.revision.live <= by);
        live().rfind(|e| e.plays()).or(live().next_back())
    }

    /// Keeps a revision under the next number.
    pub(super) fn add(&mut self, mut entry: Entry) -> Revision {
        self.last += 1;
        entry.revision.id = self.last;
        let revision = entry.revision.clone();
        self.revisions.insert(self.last, entry);
        revision
    }
}

impl Entry {
    /// To be [added](Facts::add), which gives it its number.
    fn new(save: &Save<'_>) -> Self {
        let revision = Revision {
            id: 0,
            article: save.article.into(),
            content: save.content.into(),
            recording: save.recording.into(),
            state: save.state,
            error: None,
            pinned: save.state == State::Queued,
            attempts: 0,
            lease: 0,
            created: save.now,
            live: save.live,
            lexicon: save.lexicon,
        };
        let uses = save.blobs.iter().cloned().collect();
        let (title, url) = (save.title.map(Into::into), save.url.map(Into::into));
        Self { revision, title, url, uses, whole: false, heard: save.now, due: 0 }
    }

    fn save_again(&mut self, save: &Save<'_>) -> Revision {
        (self.title, self.url) = (save.title.map(Into::into), save.url.map(Into::into));
        let pinned = save.state == State::Queued;
        let ahead = !matches!(self.revision.state, State::Stored | State::Failed);
        if !ahead && pinned {
            self.queue();
        }
        let revision = &mut self.revision;
        revision.state = if ahead { revision.state } else { save.state };
        let review = revision.state == State::NeedsReview;
        revision.error = revision.error.take().filter(|_| review);
        (revision.content, revision.live) = (save.content.into(), save.live);
        revision.pinned |= pinned;
        revision.lexicon = save.lexicon;
        revision.clone()
    }

    fn plays(&self) -> bool {
        self.whole && !matches!(self.revision.state, State::Failed | State::NeedsReview)
    }

    fn summary(&self) -> Summary {
        let Revision { id, article, state, error, attempts, created, live, .. } = self.revision.clone();
        let (title, url) = (self.title.clone(), self.url.clone());
        Summary { id, article, title, url, state, error, attempts, created, live }
    }
}

impl Revisions for Memory {
    fn save(&self, save: &Save<'_>) -> Result<(Revision, Option<Revision>), StoreError> {
        let mut facts = self.lock();
        let newest = facts.newest(save.article).map(|e| e.revision.clone());
        let same = newest.as_ref().filter(|r| r.recording == save.recording).map(|r| r.id);
        let saved = match same.and_then(|id| facts.revisions.get_mut(&id)) {
            Some(entry) => entry.save_again(save),
            None => facts.add(Entry::new(save)),
        };
        Ok((saved, newest))
    }

    fn current(&self, article: &str, by: Moment) -> Result<Option<Revision>, StoreError> {
        Ok(self.lock().current(article, by).map(|e| e.revision.clone()))
    }

    fn newest(&self, article: &str) -> Result<Option<Revision>, StoreError> {
        Ok(self.lock().newest(article).map(|e| e.revision.clone()))
    }

    fn revision(&self, id: RevisionId) -> Result<Option<Revision>, StoreError> {
        Ok(self.lock().revisions.get(&id).map(|e| e.revision.clone()))
    }

    fn with_recording(&self, name: &str) -> Result<Vec<Revision>, StoreError> {
        let facts = self.lock();
        let found = facts.revisions.values().rev().map(|e| &e.revision).filter(|r| r.recording == name);
        Ok(found.cloned().collect())
    }

    fn list(&self, after: &str, state: Option<State>, limit: usize) -> Result<Vec<Summary>, StoreError> {
        let facts = self.lock();
        let wanted =
            facts.articles().into_iter().filter(|(article, _)| *article > after).map(|(_, e)| e.summary());
        Ok(wanted.filter(|s| state.is_none_or(|state| s.state == state)).take(limit).collect())
    }

    fn rename(&self, id: RevisionId, recording: &str, blobs: &[String]) -> Result<(), StoreError> {
        if let Some(entry) = self.lock().revisions.get_mut(&id) {
            entry.uses = blobs.iter().cloned().collect();
            entry.due = 0;
            entry.revision.recording = recording.into();
            if matches!(entry.revision.state, State::Ready | State::Rendering | State::NeedsReview) {
                entry.revision.state = State::Queued;
            }
        }
        Ok(())
    }

    fn forget(&self, article: &str) -> Result<bool, StoreError> {
        let mut facts = self.lock();
        let before = facts.revisions.len();
        facts.forgotten(article);
        facts.revisions.retain(|_, e| e.revision.article != article);
        facts.uploads.remove(article);
        Ok(facts.revisions.len() < before)
    }

    fn forget_history(&self, before: Moment, now: Moment) -> Result<usize, StoreError> {
        let mut facts = self.lock();
        let plays = |e: &Entry| {
            let article = &e.revision.article;
            let kept = [facts.newest(article), facts.whole(article), facts.current(article, now)];
            kept.into_iter().flatten().any(|k| k.revision.id == e.revision.id)
        };
        let old = facts.revisions.values().filter(|e| e.revision.created < before && !e.is_open());
        let old: Vec<_> = old.filter(|e| !plays(e)).map(|e| e.revision.id).collect();
        old.iter().for_each(|id| drop(facts.revisions.remove(id)));
        Ok(old.len())
    }

    fn heard(&self, revisions: &[(RevisionId, Moment)]) -> Result<(), StoreError> {
        let mut facts = self.lock();
        for (id, when) in revisions {
            if let Some(entry) = facts.revisions.get_mut(id) {
                entry.heard = entry.heard.max(*when);
            }
        }
        Ok(())
    }
}
