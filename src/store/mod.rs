//! Bytes and facts, each behind a trait: [`Blobs`] are named by what determines them, the
//! [`Ledger`] knows articles, their revisions, and what has been made.
//!
//! Both are called from threads that may wait. On one machine they are [`Disk`] and [`Sqlite`];
//! [`Memory`] is both, for tests, and keeps the same promises.

mod blobs;
mod disk;
mod error;
mod folder;
mod inventory;
mod ledger;
mod lexicon;
mod memory;
mod outbox;
mod queue;
mod reports;
mod reviews;
mod revisions;
mod sqlite;
mod uploads;
mod visits;

use std::fs::File;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use tempfile::NamedTempFile;

pub use blobs::{Blob, BlobName, Blobs, digest, digest_of, digest_of_file};
pub use disk::Disk;
pub use error::StoreError;
pub use inventory::{BlobFacts, ClipFacts, Inventory};
pub use ledger::{Ledger, Moment};
pub use lexicon::{LexiconChange, LexiconVersion, Lexicons, Reread};
pub use memory::Memory;
pub use outbox::{Delivery, DeliveryState, Event, EventKind, Outbox, Tried, Wanted};
pub use queue::{Outcome, Queue};
pub use reports::{Made, Reports, Totals};
pub use reviews::{Measured, Reviews};
pub use revisions::{Revision, RevisionId, Revisions, Save, State, Summary};
pub use sqlite::Sqlite;
pub use uploads::{Upload, Uploads};
pub use visits::Visits;

/// What is kept: bytes and facts that belong together.
pub struct Store {
    /// Audio.
    pub blobs: Arc<dyn Blobs>,
    /// Articles, revisions, clips.
    pub ledger: Arc<dyn Ledger>,
    /// Known to nobody else; previews are signed with it.
    pub secret: [u8; 32],
    /// Shared by those who keep, and had alone by who removes: what is made again is not removed
    /// for what was there before it.
    keeping: RwLock<()>,
    /// Held for as long as the process uses a data folder.
    _lock: Option<File>,
}

impl Store {
    /// Puts a store together from engines that nobody else uses.
    pub fn with(blobs: Arc<dyn Blobs>, ledger: Arc<dyn Ledger>, secret: [u8; 32]) -> Self {
        Self { blobs, ledger, secret, keeping: RwLock::default(), _lock: None }
    }

    /// Opens a data folder, making what is not there yet.
    ///
    /// # Errors
    /// It can't be written, another process has it, or its ledger is damaged.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let scratch = folder.join("tmp");
        folder::ours(folder, &[&scratch, &folder.join("audio")])?;
        let lock = folder::lock(folder)?;
        // What a crash left half-written was never acknowledged.
        let _ = std::fs::remove_dir_all(&scratch);
        let blobs = Arc::new(Disk::open(folder.join("audio"), scratch.clone())?);
        let ledger = Arc::new(Sqlite::open(&folder.join("lectern.db"))?);
        let secret = folder::secret(&folder.join("secret"), &scratch)?;
        Ok(Self { _lock: Some(lock), ..Self::with(blobs, ledger, secret) })
    }

    /// Whether a data folder could be opened, or made; nothing is changed or left behind.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn would_open(folder: &Path) -> Result<(), StoreError> {
        let (scratch, audio, ledger) = (folder.join("tmp"), folder.join("audio"), folder.join("lectern.db"));
        folder::ours(folder, &[&scratch, &audio])?;
        folder::unlocked(folder)?;
        for path in [folder, &scratch, &audio] {
            folder::takes_files(path)?;
        }
        folder::known_secret(&folder.join("secret"))?;
        folder::writable(&folder.join("lock"))?;
        folder::writable(&ledger)?;
        if ledger.exists() { Sqlite::would_open(&ledger) } else { Ok(()) }
    }

    /// Opens a data folder to look at it, also where it can't be written, as a backup may be.
    ///
    /// # Errors
    /// There is none, another process has it, or its ledger is damaged or an earlier version's.
    pub fn look(folder: &Path) -> Result<Self, StoreError> {
        match Self::open_existing(folder) {
            Err(StoreError::Write { .. }) => {
                folder::unlocked(folder)?;
                let blobs = Disk::reading(folder.join("audio"), folder.join("tmp"));
                let ledger = Sqlite::reading(&folder.join("lectern.db"))?;
                // Nothing is signed by who only looks.
                Ok(Self::with(Arc::new(blobs), Arc::new(ledger), [0; 32]))
            }
            opened => opened,
        }
    }

    /// Opens a data folder that is there already.
    ///
    /// # Errors
    /// There is none, or as [`Store::open`].
    pub fn open_existing(folder: &Path) -> Result<Self, StoreError> {
        if folder.join("lectern.db").is_file() {
            Self::open(folder)
        } else {
            Err(StoreError::None(folder.into()))
        }
    }

    /// The facts of a data folder, only to be read: whoever has the folder keeps it, and nothing is made.
    ///
    /// # Errors
    /// There is no such folder, or its ledger can't be read.
    pub fn facts(folder: &Path) -> Result<Sqlite, StoreError> {
        let path = folder.join("lectern.db");
        if path.is_file() { Sqlite::beside(&path) } else { Err(StoreError::None(folder.into())) }
    }

    /// Keeps bytes as a blob, and notes it.
    ///
    /// # Errors
    /// There is no room, or they can't be written.
    pub fn keep(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let _shared = self.keeping.read().unwrap_or_else(PoisonError::into_inner);
        self.blobs.put(name, bytes)?;
        self.ledger.kept(name, &BlobFacts { bytes: bytes.len() as u64, digest: digest(bytes) })
    }

    /// Keeps a [scratch](Blobs::scratch) file as a blob, notes it, and opens it before it can be removed.
    ///
    /// # Errors
    /// There is no room, or it can't be written.
    pub fn keep_file(
        &self,
        name: &str,
        file: NamedTempFile,
        facts: &BlobFacts,
    ) -> Result<Option<Arc<dyn Blob>>, StoreError> {
        let _shared = self.keeping.read().unwrap_or_else(PoisonError::into_inner);
        self.blobs.put_file(name, file)?;
        self.ledger.kept(name, facts)?;
        Ok(self.blobs.open(name))
    }

    /// Keeps the files of a recording by people as blobs, and notes whose it is, as one: nobody
    /// takes them for left over in between. False if there is no such article: then they are left over.
    ///
    /// # Errors
    /// There is no room, or they can't be written.
    pub fn keep_upload(
        &self,
        upload: &Upload,
        files: [(NamedTempFile, BlobFacts); 3],
    ) -> Result<bool, StoreError> {
        let _shared = self.keeping.read().unwrap_or_else(PoisonError::into_inner);
        for (name, (file, facts)) in upload.blobs().into_iter().zip(files) {
            self.blobs.put_file(&name, file)?;
            self.ledger.kept(&name, &facts)?;
        }
        self.ledger.upload(upload)
    }

    /// Removes what is left of recordings by people that no article has any more.
    ///
    /// # Errors
    /// As [`remove`](Self::remove).
    pub fn clear_uploads(&self) -> Result<(), StoreError> {
        let _alone = self.keeping.write().unwrap_or_else(PoisonError::into_inner);
        self.remove_alone(&self.ledger.left_over()?)
    }

    /// Removes blobs. One that can't be removed holds up no other.
    ///
    /// # Errors
    /// The ledger can't be written, or one of them can't be removed.
    pub fn remove(&self, names: &[String]) -> Result<(), StoreError> {
        let _alone = self.keeping.write().unwrap_or_else(PoisonError::into_inner);
        self.remove_alone(names)
    }

    fn remove_alone(&self, names: &[String]) -> Result<(), StoreError> {
        // The facts first: bytes without facts are swept, facts without bytes would be a lie.
        self.ledger.gone(names)?;
        self.remove_bytes(names)
    }

    /// Removes those of these blobs that no revision uses by now, and what was planned of them;
    /// tells how many were noted.
    ///
    /// # Errors
    /// The ledger can't be written, or one of them can't be removed.
    pub fn remove_unused(&self, names: &[String]) -> Result<usize, StoreError> {
        let _alone = self.keeping.write().unwrap_or_else(PoisonError::into_inner);
        let unused = self.ledger.forget_unused(names)?;
        self.remove_bytes(&unused).map(|()| unused.len())
    }

    fn remove_bytes(&self, names: &[String]) -> Result<(), StoreError> {
        let failed = names.iter().filter_map(|name| self.blobs.remove(name).err());
        failed.last().map_or(Ok(()), Err)
    }

    /// Removes a blob if nothing is known of it; tells whether it did.
    ///
    /// # Errors
    /// The ledger can't be read, or the blob can't be removed.
    pub fn remove_unknown(&self, name: &str) -> Result<bool, StoreError> {
        let _alone = self.keeping.write().unwrap_or_else(PoisonError::into_inner);
        let unknown = self.ledger.blob(name)?.is_none();
        if unknown {
            self.blobs.remove(name)?;
        }
        Ok(unknown)
    }
}
