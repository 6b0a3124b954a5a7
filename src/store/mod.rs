//! Bytes and facts: [`blobs`] are files named by what determines them, [`ledger`] is SQLite.

pub mod blobs;
pub mod ledger;

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

pub use blobs::{BlobName, Blobs};
pub use ledger::{Ledger, Revision, RevisionId, State};

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
    /// Another process has this data folder.
    #[error("{} is in use by another lectern; stop that one, or name another folder with --data", .0.display())]
    Locked(PathBuf),
}

/// One data folder.
pub struct Store {
    /// Audio.
    pub blobs: Blobs,
    /// Articles, revisions, clips.
    pub ledger: Ledger,
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
        Ok(Self {
            blobs: Blobs::open(folder)?,
            ledger: Ledger::open(&folder.join("lectern.db"))?,
            _lock: lock,
        })
    }
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
