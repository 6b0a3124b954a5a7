//! The ledger in SQLite: one file, transactions, no server.

mod inventory;
mod lexicon;
mod outbox;
mod queue;
mod reports;
mod reviews;
mod revisions;
mod schema;
mod uploads;
mod visits;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags, Transaction};

use super::{Ledger, StoreError};

/// The database.
#[derive(Debug)]
pub struct Sqlite {
    connection: Mutex<Connection>,
    /// For questions that take long, which nobody who listens should wait behind.
    looking: Mutex<Connection>,
    path: PathBuf,
}

impl Ledger for Sqlite {
    /// Threads that still have the file keep it from being closed, and its log from being written into it.
    fn settle(&self) -> Result<(), StoreError> {
        let busy = self.with(|c| c.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)))?;
        let why = "is being read by another process, so a part of it is in its -wal file; copy that with it";
        if busy { Err(unfit(&self.path, why)) } else { Ok(()) }
    }
}

impl Sqlite {
    /// Opens the file, making it where it is not there yet.
    ///
    /// # Errors
    /// It can't be written, is damaged, or was written by a newer program.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut connection = Connection::open(path).map_err(|e| error(path, &e))?;
        let version = known_version(&connection, path)?;
        schema::set_up(&mut connection, version).map_err(|e| error(path, &e))?;
        if (1..schema::VERSION).contains(&version) {
            // The rows that are left lie apart, one a page; on a full disk they may.
            let _ = connection.execute_batch("VACUUM");
        }
        let looking = Connection::open(path).map_err(|e| error(path, &e))?;
        Ok(Self::of(path, connection, looking))
    }

    /// Opens the file only to read it, also while another process has it.
    pub(super) fn beside(path: &Path) -> Result<Self, StoreError> {
        // Where there is no log nobody is writing, and none is to be begun beside the file.
        let open = || if has_log(path) { read_only(path, "") } else { untouched(path) };
        let connection = open()?;
        current(&connection, path, "was written by an earlier lectern; start the service on it once")?;
        Ok(Self::of(path, connection, open()?))
    }

    fn of(path: &Path, connection: Connection, looking: Connection) -> Self {
        Self { connection: Mutex::new(connection), looking: Mutex::new(looking), path: path.into() }
    }

    /// Whether the file could be opened, which is not touched.
    pub(super) fn would_open(path: &Path) -> Result<(), StoreError> {
        known_version(&untouched(path)?, path).map(drop)
    }

    /// Opens the file where nothing can be written: it must be whole without its log, and of this version.
    pub(super) fn reading(path: &Path) -> Result<Self, StoreError> {
        let connection = untouched(path)?;
        if has_log(path) {
            let why = "was copied before it was closed, and can't be put in order where nothing can be written; \
                       copy the folder elsewhere";
            return Err(unfit(path, why));
        }
        let why = "was written by an earlier lectern, and can't be brought up to date where nothing can be \
                   written; copy the folder elsewhere";
        current(&connection, path, why)?;
        Ok(Self::of(path, connection, untouched(path)?))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        work(&mut lock(&self.connection)).map_err(|e| error(&self.path, &e))
    }

    /// Questions about what was committed last, asked beside all other work.
    fn looking<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        work(&lock(&self.looking)).map_err(|e| error(&self.path, &e))
    }

    /// Work that is done whole or not at all.
    fn writing<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.with(|connection| {
            let write = connection.transaction()?;
            let result = work(&write)?;
            write.commit()?;
            Ok(result)
        })
    }

    /// Runs one statement; tells how many rows it changed.
    fn change(&self, statement: &str, values: impl rusqlite::Params) -> Result<usize, StoreError> {
        self.with(|c| c.prepare_cached(statement)?.execute(values))
    }
}

fn known_version(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    let version = schema::version(connection).map_err(|e| error(path, &e))?;
    if version > schema::VERSION {
        return Err(unfit(path, "was written by a newer lectern; run that one"));
    }
    Ok(version)
}

/// Refuses the ledger of an earlier version, which who only reads can't bring up to date.
fn current(connection: &Connection, path: &Path, why: &'static str) -> Result<(), StoreError> {
    let earlier = known_version(connection, path)? < schema::VERSION;
    if earlier { Err(unfit(path, why)) } else { Ok(()) }
}

fn unfit(path: &Path, why: &'static str) -> StoreError {
    StoreError::Unfit { path: path.into(), why }
}

/// Whether something of it is in its write-ahead log alone.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// The file as it lies there: without its log, locks, or any file beside it (<https://sqlite.org/uri.html>).
fn untouched(path: &Path) -> Result<Connection, StoreError> {
    read_only(path, "?immutable=1")
}

fn read_only(path: &Path, how: &str) -> Result<Connection, StoreError> {
    let mut address = url::Url::from_file_path(std::path::absolute(path).unwrap_or_else(|_| path.into()))
        .map_or_else(|()| String::new(), String::from);
    address.push_str(how);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(address, flags).map_err(|e| error(path, &e))
}

fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    // An unfinished transaction is rolled back when it is dropped, also by a panic.
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

fn error(path: &Path, error: &rusqlite::Error) -> StoreError {
    // The second is said where there is no room for the index of the write-ahead log.
    let full = [rusqlite::ffi::SQLITE_FULL, rusqlite::ffi::SQLITE_IOERR_SHMSIZE];
    let failing = |code: i32| code & 0xff == rusqlite::ffi::SQLITE_IOERR;
    match error.sqlite_error() {
        Some(e) if full.contains(&e.extended_code) => StoreError::Full(path.into()),
        Some(e) if failing(e.extended_code) => {
            StoreError::Write { path: path.into(), cause: error.to_string() }
        }
        _ => StoreError::Ledger { path: path.into(), cause: error.to_string() },
    }
}
