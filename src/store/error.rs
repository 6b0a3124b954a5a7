//! Why something was not kept or not found again.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

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
    /// The ledger is whole, and can't be used as it is.
    #[error("the ledger {} {why}", path.display())]
    Unfit {
        /// The database file.
        path: PathBuf,
        /// Why, and what to do.
        why: &'static str,
    },
    /// Nothing was ever kept there.
    #[error("{} is no data folder of lectern; name the right one with --data", .0.display())]
    None(PathBuf),
    /// Somebody else's files are where ours would be.
    #[error("{} has files of somebody else in its tmp or audio; name an empty folder with --data", .0.display())]
    Foreign(PathBuf),
    /// Another process has this data folder.
    #[error("{} is in use by another lectern; stop that one, work through it with --server where a command has that, or name another folder with --data", .0.display())]
    Locked(PathBuf),
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
