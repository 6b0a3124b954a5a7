//! Blobs and ledger in memory, for tests: forgets when it is dropped, and keeps every other promise.

mod lexicon;
mod outbox;
mod reviews;
mod uploads;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

use super::{
    Blob, BlobFacts, Blobs, ClipFacts, Ledger, LexiconChange, Made, Measured, Moment, Outcome, Reports,
    Revision, RevisionId, Save, State, StoreError, Summary, Totals, Upload, Visits, reports::hour,
};

/// A store that lives as long as its value.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Facts>);

#[derive(Debug, Default)]
struct Facts {
    bytes: BTreeMap<String, Arc<Vec<u8>>>,
    revisions: BTreeMap<RevisionId, Entry>,
    clips: BTreeMap<String, ClipFacts>,
    blobs: BTreeMap<String, BlobFacts>,
    uploads: BTreeMap<String, Upload>,
    visits: BTreeMap<String, String>,
    listens: BTreeMap<i64, u64>,
    last: RevisionId,
    lexicon: Vec<LexiconChange>,
    measures: BTreeMap<String, Measured>,
    letters: outbox::Letters,
}

#[derive(Debug)]
struct Entry {
    revision: Revision,
    title: Option<String>,
    url: Option<String>,
    uses: BTreeSet<String>,
    /// Whether it once had all of them.
    whole: bool,
    heard: Moment,
    due: Moment,
}

impl Memory {
    fn lock(&self) -> MutexGuard<'_, Facts> {
        // Nothing panics while holding it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Facts {
    fn of<'a>(&'a self, article: &'a str) -> impl DoubleEndedIterator<Item = &'a Entry> {
        self.revisions.values().filter(move |e| e.revision.article == article)
    }

    fn newest<'a>(&'a self, article: &'a str) -> Option<&'a Entry> {
        self.of(article).next_back()
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

    /// A revision that is made on this lease.
    fn held(&mut self, id: RevisionId, lease: i64) -> Option<&mut Entry> {
        let entry = self.revisions.get_mut(&id)?;
        let held = entry.revision.state == State::Rendering && entry.revision.lease == lease;
        held.then_some(entry)
    }

    fn uses(&self, blob: &str) -> bool {
        let by_people = || self.uploads.values().any(|upload| upload.blobs().iter().any(|b| b == blob));
        self.revisions.values().any(|e| e.uses.contains(blob)) || by_people()
    }

    fn open(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.revisions.values_mut().filter(|e| e.is_open())
    }
}

impl Entry {
    fn plays(&self) -> bool {
        self.whole && !matches!(self.revision.state, State::Failed | State::NeedsReview)
    }

    fn queue(&mut self) {
        self.due = 0;
        let revision = &mut self.revision;
        (revision.state, revision.attempts, revision.error) = (State::Queued, 0, None);
    }

    fn summary(&self) -> Summary {
        let Revision { id, article, state, error, attempts, created, live, .. } = self.revision.clone();
        let (title, url) = (self.title.clone(), self.url.clone());
        Summary { id, article, title, url, state, error, attempts, created, live }
    }

    fn claim(&mut self, now: Moment, until: Moment) -> Revision {
        (self.due, self.heard) = (until, self.heard.max(now));
        self.revision.state = State::Rendering;
        self.revision.attempts += 1;
        self.revision.lease += 1;
        self.revision.clone()
    }

    fn is_open(&self) -> bool {
        matches!(self.revision.state, State::Queued | State::Rendering)
    }
}

impl Blob for Vec<u8> {
    fn length(&self) -> Option<u64> {
        Some(self.len() as u64)
    }

    fn read(&self, part: Range<u64>) -> Option<Vec<u8>> {
        let part = usize::try_from(part.start).ok()?..usize::try_from(part.end).ok()?;
        Some(self.get(part)?.to_vec())
    }
}

impl Blobs for Memory {
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.lock().bytes.insert(name.into(), Arc::new(bytes.into()));
        Ok(())
    }

    fn scratch(&self) -> Result<NamedTempFile, StoreError> {
        NamedTempFile::new().map_err(|e| StoreError::write(&std::env::temp_dir(), &e))
    }

    fn put_file(&self, name: &str, mut file: NamedTempFile) -> Result<(), StoreError> {
        let mut bytes = Vec::new();
        let read = file.rewind().and_then(|()| file.read_to_end(&mut bytes));
        read.map_err(|e| StoreError::write(file.path(), &e))?;
        self.put(name, &bytes)
    }

    fn open(&self, name: &str) -> Option<Arc<dyn Blob>> {
        self.lock().bytes.get(name).cloned().map(|bytes| bytes as Arc<dyn Blob>)
    }

    fn remove(&self, name: &str) -> Result<(), StoreError> {
        self.lock().bytes.remove(name);
        Ok(())
    }

    fn names(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.lock().bytes.keys().cloned().collect())
    }
}

impl Visits for Memory {
    fn visit(&self, url: &str) -> Result<Option<String>, StoreError> {
        Ok(self.lock().visits.get(url).cloned())
    }

    fn visited(&self, url: &str, note: &str) -> Result<(), StoreError> {
        self.lock().visits.insert(url.into(), note.into());
        Ok(())
    }
}

impl Ledger for Memory {
    fn save(&self, save: &Save<'_>) -> Result<Revision, StoreError> {
        let mut facts = self.lock();
        let pinned = save.state == State::Queued;
        let same = facts.newest(save.article).filter(|e| e.revision.recording == save.recording);
        if let Some(id) = same.map(|e| e.revision.id)
            && let Some(entry) = facts.revisions.get_mut(&id)
        {
            (entry.title, entry.url) = (save.title.map(Into::into), save.url.map(Into::into));
            let ahead = !matches!(entry.revision.state, State::Stored | State::Failed);
            if !ahead && pinned {
                entry.queue();
            }
            let revision = &mut entry.revision;
            revision.state = if ahead { revision.state } else { save.state };
            let review = revision.state == State::NeedsReview;
            revision.error = revision.error.take().filter(|_| review);
            (revision.content, revision.live) = (save.content.into(), save.live);
            revision.pinned |= pinned;
            revision.lexicon = save.lexicon;
            return Ok(revision.clone());
        }
        facts.last += 1;
        let revision = Revision {
            id: facts.last,
            article: save.article.into(),
            content: save.content.into(),
            recording: save.recording.into(),
            state: save.state,
            error: None,
            pinned,
            attempts: 0,
            lease: 0,
            created: save.now,
            live: save.live,
            lexicon: save.lexicon,
        };
        let uses = save.blobs.iter().cloned().collect();
        let (title, url) = (save.title.map(Into::into), save.url.map(Into::into));
        let entry =
            Entry { revision: revision.clone(), title, url, uses, whole: false, heard: save.now, due: 0 };
        facts.revisions.insert(revision.id, entry);
        Ok(revision)
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
        let newest: BTreeMap<&str, &Entry> =
            facts.revisions.values().map(|e| (e.revision.article.as_str(), e)).collect();
        let wanted = newest.into_iter().filter(|(article, _)| *article > after).map(|(_, e)| e.summary());
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
        let all = facts.revisions.values().map(|e| (e.revision.article.as_str(), e));
        let newest: BTreeMap<&str, &Entry> = all.collect();
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
