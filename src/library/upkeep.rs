//! Keeping house: room for new audio, no more history than wanted, and every row with its bytes.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde::Serialize;

use super::{DAY, Library, LibraryConfig, lock, now};
use crate::store::{BlobName, Moment, Store, StoreError, digest_of};

/// How often the house is kept.
const ROUND: Duration = Duration::from_secs(60);
/// Rows looked at in one go.
const PAGE: usize = 500;
/// Rows listed to choose from for making room, as putting them in order takes longer than to read them.
const LISTED: usize = 20_000;
const MINUTE: Moment = 60 * 1000;

/// What was removed to make room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pruned {
    /// Earlier revisions forgotten.
    pub revisions: usize,
    /// Clips and files removed.
    pub removed: usize,
    /// Bytes they had.
    pub bytes: u64,
    /// Bytes that are left.
    pub left: u64,
}

/// What was found wrong with a store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Blobs looked at.
    pub blobs: usize,
    /// Blobs that should be there and are not.
    pub missing: Vec<String>,
    /// Blobs whose bytes are not those that were kept.
    pub damaged: Vec<String>,
    /// Files that nothing is known of.
    pub unknown: Vec<String>,
}

impl Checked {
    /// Whether nothing is lost. What is left over, as by a crash, harms nobody.
    pub fn is_sound(&self) -> bool {
        self.missing.is_empty() && self.damaged.is_empty()
    }
}

impl Library {
    /// Notes that a revision is listened to; written down when the house is kept.
    pub(super) fn note_heard(&self, revision: i64) {
        lock(&self.heard).insert(revision, now());
    }

    pub(super) async fn keep_house(self: Arc<Self>) {
        let swept = self.blocking(|library| {
            library.clear_uploads();
            Ok(sweep(&library.store)?)
        });
        if let Err(error) = swept.await {
            tracing::warn!(%error, "files that nothing is known of could not be removed");
        }
        let mut unused = Unused::default();
        loop {
            let kept = self.blocking(move |library| {
                library.note_all_heard();
                forget_history(&library.store, &library.config)?;
                let given_back = unused.give_back(&library.store, library.config.unused_minutes);
                trim(&library.store, &library.config)?;
                Ok(given_back.map(|(_, left)| left)?)
            });
            unused = kept.await.unwrap_or_else(|error| {
                tracing::warn!(%error, "the house could not be kept");
                Unused::default()
            });
            tokio::time::sleep(ROUND).await;
        }
    }

    /// Writes down what only this process knows. To be called before it ends.
    pub async fn stop(self: &Arc<Self>) {
        let noted = self.blocking(|library| {
            library.note_all_heard();
            Ok(library.store.ledger.settle()?)
        });
        if let Err(error) = noted.await {
            tracing::warn!(%error, "the last notes are not in the ledger's own file");
        }
    }

    /// Makes room in the background if there is too little; one does it for all.
    pub(super) fn make_room(self: &Arc<Self>) {
        if self.config.max_audio_bytes == 0 || self.making_room.swap(true, Ordering::AcqRel) {
            return;
        }
        let library = self.clone();
        tokio::task::spawn_blocking(move || {
            library.note_all_heard();
            let made = trim(&library.store, &library.config);
            library.making_room.store(false, Ordering::Release);
            if let Err(error) = made {
                tracing::warn!(%error, "no room could be made");
            }
        });
    }

    /// Room is made also where this can't be written down for now.
    pub(super) fn note_all_heard(&self) {
        self.note_all_listens();
        let heard: Vec<_> = lock(&self.heard).drain().collect();
        if heard.is_empty() {
            return;
        }
        if let Err(error) = self.store.ledger.heard(&heard) {
            tracing::warn!(%error, "what was heard is noted later");
            let mut waiting = lock(&self.heard);
            for (revision, when) in heard {
                let known = waiting.entry(revision).or_insert(when);
                *known = when.max(*known);
            }
        }
    }
}

/// Forgets old revisions, removes what no article uses, and makes room.
///
/// # Errors
/// The store can't be written.
pub fn prune(store: &Store, config: &LibraryConfig) -> Result<Pruned, StoreError> {
    let before = store.ledger.used()?;
    let revisions = forget_history(store, config)?;
    let (given_back, _) = Unused::default().give_back(store, 0)?;
    let Pruned { removed, left, .. } = trim(store, config)?;
    Ok(Pruned { revisions, removed: given_back + removed, bytes: before.saturating_sub(left), left })
}

fn forget_history(store: &Store, config: &LibraryConfig) -> Result<usize, StoreError> {
    store.ledger.forget_history(now() - Moment::from(config.history_days) * DAY, now())
}

/// What no article used when it was last looked for. Only what is found twice is removed: an
/// article that was forgotten may be saved again, and somebody may be in the middle of it.
#[derive(Default)]
struct Unused {
    names: HashSet<String>,
    since: Moment,
}

impl Unused {
    /// Removes what has been unused for so long; tells how much that was, and what may be next.
    fn give_back(self, store: &Store, minutes: u32) -> Result<(usize, Self), StoreError> {
        if now() - self.since < Moment::from(minutes) * MINUTE {
            return Ok((0, self));
        }
        let goes = |name: &String| minutes == 0 || self.names.contains(name);
        let (going, staying): (Vec<_>, _) = unused(store)?.into_iter().partition(goes);
        let (mut removed, mut names) = (0, going.chunks(PAGE));
        names.try_for_each(|some| store.remove_unused(some).map(|gone| removed += gone))?;
        if removed > 0 {
            tracing::info!(removed, "gave back what no article uses");
        }
        Ok((removed, Self { names: staying.into_iter().collect(), since: now() }))
    }
}

/// What no article uses; no more than can be removed in one go.
fn unused(store: &Store) -> Result<Vec<String>, StoreError> {
    let (mut found, mut after) = (Vec::new(), String::new());
    while found.len() < LISTED {
        let page = store.ledger.unused(&after, PAGE)?;
        let Some(last) = page.last() else {
            break;
        };
        after.clone_from(last);
        for name in page {
            // A WAV goes with the last article that sounds like it.
            let recording = BlobName::recording_of(&name);
            if recording.map_or(Ok(true), |of| store.ledger.with_recording(of).map(|r| r.is_empty()))? {
                found.push(name);
            }
        }
    }
    Ok(found)
}

/// Once there is more audio than allowed, removes what can best be done without until there is
/// clearly less. A listener in the middle of it does not notice: what he still needs is made again.
fn trim(store: &Store, config: &LibraryConfig) -> Result<Pruned, StoreError> {
    let (mut pruned, limit) =
        (Pruned { left: store.ledger.used()?, ..Pruned::default() }, config.max_audio_bytes);
    if limit == 0 || pruned.left <= limit {
        return Ok(pruned);
    }
    let low = limit / 100 * config.trim_to_percent.min(100);
    while pruned.left > low {
        let coldest = store.ledger.coldest(LISTED)?;
        let mut left = pruned.left;
        let mut more = |bytes: &u64| {
            let go_on = left > low;
            left = left.saturating_sub(*bytes);
            go_on
        };
        let going: Vec<_> = coldest.into_iter().take_while(|(_, bytes)| more(bytes)).collect();
        if going.is_empty() {
            break;
        }
        let names: Vec<String> = going.iter().map(|(name, _)| name.clone()).collect();
        // Nobody can keep anything meanwhile, so not all at once.
        names.chunks(PAGE).try_for_each(|some| store.remove(some))?;
        pruned.removed += going.len();
        pruned.bytes += going.iter().map(|(_, bytes)| bytes).sum::<u64>();
        pruned.left = store.ledger.used()?;
    }
    tracing::info!(removed = pruned.removed, bytes = pruned.bytes, left = pruned.left, "made room");
    Ok(pruned)
}

/// Removes files that nothing is known of: a crash came between them and their note.
fn sweep(store: &Store) -> Result<(), StoreError> {
    for name in unknown(store)? {
        if store.remove_unknown(&name)? {
            tracing::info!(name, "removed a file that nothing is known of");
        }
    }
    Ok(())
}

fn unknown(store: &Store) -> Result<Vec<String>, StoreError> {
    // The files first: what is noted meanwhile is then known.
    let files = store.blobs.names()?;
    let mut known = HashSet::new();
    each_blob(store, |name, _, _| {
        known.insert(name.to_owned());
        Ok(())
    })?;
    Ok(files.into_iter().filter(|name| !known.contains(name)).collect())
}

/// Looks at every blob; with `repair`, forgets what is missing or damaged, so that it is made
/// again when it is needed, and removes files that nothing is known of.
///
/// # Errors
/// The store can't be read, or not written.
pub fn check(store: &Store, repair: bool) -> Result<Checked, StoreError> {
    let mut checked = Checked::default();
    each_blob(store, |name, bytes, kept| {
        checked.blobs += 1;
        match store.blobs.length(name) {
            None => checked.missing.push(name.to_owned()),
            Some(length) if length != bytes || !is_whole(store, name, kept) => {
                checked.damaged.push(name.to_owned());
            }
            Some(_) => {}
        }
        Ok(())
    })?;
    checked.unknown = unknown(store)?;
    if repair {
        let mut wrong = [&checked.missing[..], &checked.damaged, &checked.unknown].concat();
        // A recording by people is worth more with a scratch than not at all.
        wrong.retain(|name| !(BlobName::is_by_people(name) && checked.damaged.contains(name)));
        store.remove(&wrong)?;
    }
    Ok(checked)
}

fn is_whole(store: &Store, name: &str, kept: &str) -> bool {
    let blob = store.blobs.open(name);
    blob.and_then(|blob| digest_of(&*blob)).is_some_and(|found| found == kept)
}

fn each_blob(
    store: &Store,
    mut work: impl FnMut(&str, u64, &str) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut after = String::new();
    loop {
        let page = store.ledger.blobs(&after, PAGE)?;
        let Some((last, _)) = page.last() else {
            return Ok(());
        };
        after.clone_from(last);
        for (name, facts) in &page {
            work(name, facts.bytes, &facts.digest)?;
        }
    }
}
