//! The house's lexicon: its versions, what a change of it would touch, and what a change makes anew.
//!
//! A revision remembers the version that it was read by, so what plays stays what it was until
//! what follows it is whole.

mod format;
mod sweep;
mod touched;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use format::{FormatError, LexiconFormat};
pub use touched::{Sample, Touched};

use super::manifest::written;
use super::{Library, LibraryError, damaged, lock, now};
use crate::render::Renderer;
use crate::store::{LexiconChange, LexiconVersion, Lexicons};
use crate::text::{EntryError, House, HouseEntry};

/// Versions kept at hand; all revisions but a few are of the newest.
const HOUSES_AT_HAND: usize = 8;

/// A version of the lexicon.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Lexicon {
    /// Its number; 0 where nothing was ever entered.
    pub version: LexiconVersion,
    /// Articles that are still read by an earlier one, and are read again one after the other.
    pub behind: usize,
    /// Articles that could not be read by it since the service started, and stay as they are; unknown
    /// of a service that does not run.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unreadable: Option<usize>,
    /// Its entries, in the order of their names.
    pub entries: Vec<NamedEntry>,
}

/// An entry and its name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NamedEntry {
    /// What it is called in addresses.
    pub id: String,
    /// The entry.
    #[serde(flatten)]
    pub entry: HouseEntry,
}

/// What a version changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LexiconNews {
    /// Its number.
    pub version: LexiconVersion,
    /// Who made it.
    pub author: String,
    /// When (RFC 3339).
    pub at: String,
    /// Entries that are new or otherwise since.
    pub put: Vec<HouseEntry>,
    /// Names of entries that are gone since.
    pub removed: Vec<String>,
}

/// What an editor wants to change.
#[derive(Clone, Debug, Default)]
pub struct LexiconEdit {
    /// Who it is.
    pub author: String,
    /// Entries to add, or to put in the place of those with their names.
    pub put: Vec<HouseEntry>,
    /// Names of entries to remove.
    pub remove: Vec<String>,
    /// Whether all entries that are not put are removed.
    pub replace: bool,
}

/// What an edit did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LexiconSaved {
    /// The version that is the newest now; the same as before where nothing changed.
    pub version: LexiconVersion,
    /// Entries that are new or otherwise.
    pub put: usize,
    /// Entries that are gone.
    pub removed: usize,
}

type Entries = BTreeMap<String, HouseEntry>;

/// The newest version of the lexicon.
///
/// # Errors
/// The ledger can't be read.
pub fn lexicon(ledger: &dyn Lexicons) -> Result<Lexicon, LibraryError> {
    let version = ledger.lexicon_version()?;
    let entries = entries(ledger, version)?;
    let entries = entries.into_iter().map(|(id, entry)| NamedEntry { id, entry }).collect();
    let behind = ledger.count_read_before(version)?;
    Ok(Lexicon { version, behind, unreadable: None, entries })
}

/// What the last versions before one changed, the newest first.
///
/// # Errors
/// The ledger can't be read.
pub fn lexicon_news(
    ledger: &dyn Lexicons,
    before: LexiconVersion,
    limit: usize,
) -> Result<Vec<LexiconNews>, LibraryError> {
    let changes = ledger.lexicon_changes(before, limit)?;
    let news = changes.into_iter().map(|(version, change)| {
        let put = change.put.iter().map(|(_, content)| parsed(content)).collect::<Result<_, _>>()?;
        let LexiconChange { author, at, removed, .. } = change;
        Ok(LexiconNews { version, author, at: written(at), put, removed })
    });
    news.collect()
}

fn entries(ledger: &dyn Lexicons, version: LexiconVersion) -> Result<Entries, LibraryError> {
    let entries = ledger.lexicon(version)?;
    entries.into_iter().map(|(name, content)| Ok((name, parsed(&content)?))).collect()
}

fn parsed(content: &str) -> Result<HouseEntry, LibraryError> {
    serde_json::from_str(content).map_err(|e| damaged(&e))
}

/// Checks entries: each by itself, that it is ever read, and its phonemes by the voice it is for.
fn checked(renderer: &Renderer, new: Vec<HouseEntry>) -> Result<Vec<HouseEntry>, LibraryError> {
    let check = |entry: HouseEntry| {
        let entry = entry.check()?;
        let (unknown, voice) = renderer.unknown_in(&entry)?;
        match unknown.first() {
            Some(&phoneme) => Err(LibraryError::UnknownPhoneme { written: entry.written, phoneme, voice }),
            None if entry.is_ever_read() => Ok(entry),
            None => Err(EntryError::NeverRead(entry.written).into()),
        }
    };
    new.into_iter().map(check).collect()
}

/// What an edit comes to, and the entries after it.
struct Resolved {
    base: LexiconVersion,
    change: LexiconChange,
    after: Entries,
}

impl Library {
    /// The newest version of the lexicon.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub async fn lexicon(self: &Arc<Self>) -> Result<Lexicon, LibraryError> {
        self.blocking(|library| {
            let lexicon = lexicon(&*library.store.ledger)?;
            let (version, count) = *lock(&library.unreadable);
            let unreadable = if version == lexicon.version { count } else { 0 };
            Ok(Lexicon { unreadable: Some(unreadable), ..lexicon })
        })
        .await
    }

    /// What the last versions before one changed, the newest first.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub async fn lexicon_news(
        self: &Arc<Self>,
        before: LexiconVersion,
        limit: usize,
    ) -> Result<Vec<LexiconNews>, LibraryError> {
        self.blocking(move |library| lexicon_news(&*library.store.ledger, before, limit)).await
    }

    /// Changes the lexicon: one version, or none where nothing is otherwise. What sounds otherwise
    /// by it is made anew in the background.
    ///
    /// # Errors
    /// An entry is wrong or not there, there are too many, or the ledger can't be written.
    pub async fn edit_lexicon(self: &Arc<Self>, edit: LexiconEdit) -> Result<LexiconSaved, LibraryError> {
        let saved = self.blocking(move |library| library.save_lexicon(edit)).await?;
        self.relexed.notify_one();
        Ok(saved)
    }

    fn save_lexicon(&self, edit: LexiconEdit) -> Result<LexiconSaved, LibraryError> {
        let edit = LexiconEdit { put: checked(&self.renderer, edit.put)?, ..edit };
        loop {
            let Resolved { base, change, .. } = self.resolved(&edit)?;
            let (put, removed) = (change.put.len(), change.removed.len());
            if put + removed == 0 {
                return Ok(LexiconSaved { version: base, put, removed });
            }
            // Somebody else may have been first; then it is looked at again.
            if let Some(version) = self.store.ledger.change_lexicon(base, &change)? {
                tracing::info!(version, put, removed, "the lexicon was changed");
                return Ok(LexiconSaved { version, put, removed });
            }
        }
    }

    /// What an edit would touch, were it saved. It is given up when nobody waits for it any more.
    ///
    /// # Errors
    /// As for saving it.
    pub async fn try_lexicon(self: &Arc<Self>, edit: LexiconEdit) -> Result<Touched, LibraryError> {
        // Gone with who asked.
        let asked = Arc::new(());
        let wanted = Arc::downgrade(&asked);
        let touched = move |library: &Self| {
            let edit = LexiconEdit { put: checked(&library.renderer, edit.put)?, ..edit };
            let Resolved { base, after, .. } = library.resolved(&edit)?;
            library.touched(base, &after.into_values().collect(), &wanted)
        };
        self.at_length(touched).await
    }

    /// What an edit of checked entries comes to on the newest version.
    fn resolved(&self, edit: &LexiconEdit) -> Result<Resolved, LibraryError> {
        let base = self.store.ledger.lexicon_version()?;
        let before = entries(&*self.store.ledger, base)?;
        if let Some(unknown) = edit.remove.iter().find(|name| !before.contains_key(*name)) {
            return Err(LibraryError::NoEntry(unknown.clone()));
        }
        let mut removed: BTreeSet<String> = edit.remove.iter().cloned().collect();
        if edit.replace {
            removed.extend(before.keys().cloned());
        }
        let mut after = before.clone();
        after.retain(|name, _| !removed.contains(name));
        let mut change = LexiconChange { author: edit.author.clone(), at: now(), ..Default::default() };
        let mut put = BTreeMap::new();
        for entry in &edit.put {
            let name = entry.id();
            if put.insert(name.clone(), entry).is_some_and(|other| other != entry) {
                return Err(LibraryError::EntryTwice(name));
            }
            removed.remove(&name);
            let known = before.get(&name).filter(|known| is_same(known, entry));
            let author =
                entry.author.clone().or(Some(edit.author.clone()).filter(|author| !author.is_empty()));
            let entry = known.cloned().unwrap_or(HouseEntry { author, ..entry.clone() });
            after.insert(name, entry);
        }
        for (name, entry) in after.iter().filter(|(name, entry)| before.get(*name) != Some(entry)) {
            let content = serde_json::to_string(entry).map_err(|e| damaged(&e))?;
            change.put.push((name.clone(), content));
        }
        one_each(&after, &change)?;
        let max = self.config.lexicon_entries;
        if after.len() > max.max(before.len()) {
            return Err(LibraryError::LexiconFull { max });
        }
        change.removed = removed.into_iter().collect();
        Ok(Resolved { base, change, after })
    }

    /// A version of the lexicon, ready to be asked.
    pub(super) fn house(&self, version: LexiconVersion) -> Result<Arc<House>, LibraryError> {
        if version == 0 {
            return Ok(Arc::default());
        }
        if let Some(known) = lock(&self.houses).get(&version) {
            return Ok(known.clone());
        }
        let house: Arc<House> = Arc::new(entries(&*self.store.ledger, version)?.into_values().collect());
        let mut houses = lock(&self.houses);
        if houses.len() >= HOUSES_AT_HAND {
            houses.clear();
        }
        houses.insert(version, house.clone());
        Ok(house)
    }

    /// The newest version with entries that are not saved.
    pub(super) fn house_with(&self, new: Vec<HouseEntry>) -> Result<Arc<House>, LibraryError> {
        if new.is_empty() {
            return self.house(self.store.ledger.lexicon_version()?);
        }
        let put = new.into_iter().map(HouseEntry::check).collect::<Result<_, _>>()?;
        let after = self.resolved(&LexiconEdit { put, ..LexiconEdit::default() })?.after;
        Ok(Arc::new(after.into_values().collect()))
    }
}

/// Of what is changed nothing may be in the shadow of another entry.
fn one_each(after: &Entries, change: &LexiconChange) -> Result<(), LibraryError> {
    let mut known = BTreeMap::new();
    for (name, entry) in after {
        known.entry(entry.fits()).or_insert_with(Vec::new).push(name);
    }
    let changed: BTreeSet<&String> = change.put.iter().map(|(name, _)| name).collect();
    let twins =
        known.values().find(|names| names.len() > 1 && names.iter().any(|name| changed.contains(name)));
    match twins.map(Vec::as_slice) {
        Some([one, other, ..]) => {
            Err(LibraryError::EntryTwins { one: (*one).clone(), other: (*other).clone() })
        }
        _ => Ok(()),
    }
}

/// Whether two entries differ in their author at most.
fn is_same(known: &HouseEntry, new: &HouseEntry) -> bool {
    *known == HouseEntry { author: known.author.clone(), ..new.clone() }
}
