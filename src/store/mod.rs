//! Bytes and facts, each behind a trait: [`Blobs`] are named by what determines them, the
//! [`Ledger`] knows articles, their revisions, and what has been made.
//!
//! Both are called from threads that may wait. On one machine they are [`Disk`] and [`Sqlite`];
//! [`Memory`] is both, for tests, and keeps the same promises.

mod blobs;
mod disk;
mod ledger;
mod memory;
mod sqlite;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::NamedTempFile;
use thiserror::Error;

pub use blobs::{BlobName, Blobs, digest, digest_of_file};
pub use disk::Disk;
pub use ledger::{BlobFacts, ClipFacts, Ledger, Outcome, Revision, RevisionId, Save, State, Timing};
pub use memory::Memory;
pub use sqlite::Sqlite;

/// Why something was not kept or not found again.
#[derive(Clone, Debug, Error)]
pub enum StoreError {
    /// The disk is full.
    #[error("the disk is full; free some space under {}", .0.display())]
    Full(PathBuf),
    /// The data folder can't be written.
    #[error("can't write to {}: {cause}; name another folder with --data", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        cause: String,
    },
    /// The ledger fails.
    #[error("the ledger {}: {cause}; if it is damaged, put a copy in its place", path.display())]
    Ledger {
        /// The database file.
        path: PathBuf,
        /// What SQLite says.
        cause: String,
    },
    /// Nothing was ever kept there.
    #[error("{} is no data folder of lectern; name the right one with --data", .0.display())]
    None(PathBuf),
    /// Another process has this data folder.
    #[error("{} is in use by another lectern; stop that one, or name another folder with --data", .0.display())]
    Locked(PathBuf),
}

/// One data folder.
pub struct Store {
    /// Audio.
    pub blobs: Arc<dyn Blobs>,
    /// Articles, revisions, clips.
    pub ledger: Arc<dyn Ledger>,
    /// Known to nobody else; previews are signed with it.
    pub secret: [u8; 32],
    /// Files that are being written, and gone when the process is.
    scratch: PathBuf,
    /// Held for as long as the process uses the folder.
    _lock: std::fs::File,
}

impl Store {
    /// Opens a data folder, making what is not there yet.
    ///
    /// # Errors
    /// It can't be written, another process has it, or its ledger is damaged.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let lock = lock(folder)?;
        let scratch = folder.join("tmp");
        // What a crash left half-written was never acknowledged.
        let _ = std::fs::remove_dir_all(&scratch);
        Ok(Self {
            blobs: Arc::new(Disk::open(folder.join("audio"), scratch.clone())?),
            ledger: Arc::new(Sqlite::open(&folder.join("lectern.db"))?),
            secret: secret(&folder.join("secret"))?,
            scratch,
            _lock: lock,
        })
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

    /// A file to write to, which becomes a blob through [`Blobs::put_file`].
    ///
    /// # Errors
    /// The data folder can't be written.
    pub fn scratch(&self) -> Result<NamedTempFile, StoreError> {
        NamedTempFile::new_in(&self.scratch).map_err(|e| StoreError::write(&self.scratch, &e))
    }
}

/// Drawn when a data folder is first used, and for its owner alone to read.
fn secret(path: &Path) -> Result<[u8; 32], StoreError> {
    if let Some(known) = std::fs::read(path).ok().and_then(|bytes| bytes.try_into().ok()) {
        return Ok(known);
    }
    let failed = |e: &io::Error| StoreError::write(path, e);
    let mut drawn = [0; 32];
    getrandom::fill(&mut drawn).map_err(|e| failed(&io::Error::other(e.to_string())))?;
    // A temporary file is its owner's alone.
    let mut file = NamedTempFile::new_in(path.parent().unwrap_or(path)).map_err(|e| failed(&e))?;
    file.write_all(&drawn).and_then(|()| file.as_file().sync_all()).map_err(|e| failed(&e))?;
    file.persist(path).map_err(|e| failed(&e.error))?;
    Ok(drawn)
}

fn lock(folder: &Path) -> Result<std::fs::File, StoreError> {
    std::fs::create_dir_all(folder).map_err(|e| StoreError::write(folder, &e))?;
    let path = folder.join("lock");
    let file = std::fs::File::create(&path).map_err(|e| StoreError::write(&path, &e))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::Locked(folder.into())),
        Err(std::fs::TryLockError::Error(e)) => Err(StoreError::write(&path, &e)),
    }
}

impl StoreError {
    /// Names the cause that an operator can do something about.
    pub fn write(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full(path.into()),
            _ => Self::Write { path: path.into(), cause: error.to_string() },
        }
    }
}
