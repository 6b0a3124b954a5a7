//! Blobs and ledger in memory, for tests: forgets when it is dropped, and keeps every other promise.

mod blobs;
mod inventory;
mod lexicon;
mod outbox;
mod queue;
mod reports;
mod reviews;
mod revisions;
mod uploads;
mod visits;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{BlobFacts, ClipFacts, Ledger, LexiconChange, Measured, Moment, Revision, RevisionId, Upload};

/// A store that lives as long as its value.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Facts>);

impl Ledger for Memory {}

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
