//! How often readers listen: counted by the hour, and nothing kept of who does.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::{Library, lock, now};
use crate::store::Moment;

const HOUR: Moment = 60 * 60 * 1000;

/// Listens by the hour, as far as they are not written down yet.
#[derive(Default)]
pub(super) struct Tally(Mutex<BTreeMap<Moment, u64>>);

impl Tally {
    fn add(&self, counts: impl IntoIterator<Item = (Moment, u64)>) {
        let mut listens = lock(&self.0);
        for (hour, count) in counts {
            *listens.entry(hour).or_default() += count;
        }
    }
}

impl Library {
    /// Counts that a reader began to listen; written down when the house is kept.
    pub fn note_listen(&self) {
        self.listens.add([(now() / HOUR * HOUR, 1)]);
    }

    pub(super) fn note_all_listens(&self) {
        let counts: Vec<_> = std::mem::take(&mut *lock(&self.listens.0)).into_iter().collect();
        if counts.is_empty() {
            return;
        }
        if let Err(error) = self.store.ledger.listened(&counts) {
            tracing::warn!(%error, "listens are counted later");
            self.listens.add(counts);
        }
    }
}
