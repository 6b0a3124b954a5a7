//! What is known: articles, their revisions, and the clips that were planned and made.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use super::StoreError;

/// Number of a revision, rising with every save.
pub type RevisionId = i64;

/// Where a revision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Kept; made at the first press.
    Stored,
    /// To be made.
    Queued,
    /// Being made.
    Rendering,
    /// All its clips are there.
    Ready,
    /// It can't be made.
    Failed,
}

impl State {
    const ALL: [Self; 5] = [Self::Stored, Self::Queued, Self::Rendering, Self::Ready, Self::Failed];

    fn name(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Queued => "queued",
            Self::Rendering => "rendering",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }

    fn from_name(name: &str) -> Self {
        let known = Self::ALL.into_iter().find(|s| s.name() == name);
        known.unwrap_or(Self::Failed)
    }
}

/// An article's content at one save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its number.
    pub id: RevisionId,
    /// The article it is of.
    pub article: String,
    /// The article as JSON.
    pub content: String,
    /// Name of its recording.
    pub recording: String,
    /// Where it stands.
    pub state: State,
    /// Why it failed.
    pub error: Option<String>,
}

/// A clip that was planned, and perhaps made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClipFacts {
    /// Its length.
    pub frames: usize,
    /// SHA-256 of its bytes, once made.
    pub digest: Option<String>,
}

/// The database.
#[derive(Debug)]
pub struct Ledger {
    connection: Mutex<Connection>,
    path: PathBuf,
}

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS revisions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article TEXT NOT NULL,
        content TEXT NOT NULL,
        recording TEXT NOT NULL,
        state TEXT NOT NULL,
        error TEXT,
        created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
    ) STRICT;
    CREATE INDEX IF NOT EXISTS revisions_of_article ON revisions (article, id);
    CREATE INDEX IF NOT EXISTS revisions_by_recording ON revisions (recording);
    CREATE INDEX IF NOT EXISTS revisions_by_state ON revisions (state);
    CREATE TABLE IF NOT EXISTS clips (
        name TEXT PRIMARY KEY,
        frames INTEGER NOT NULL,
        digest TEXT
    ) STRICT, WITHOUT ROWID;
    PRAGMA user_version = 1;
";

const COLUMNS: &str = "id, article, content, recording, state, error";

impl Ledger {
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let ledger_error = |e: rusqlite::Error| error(path, &e);
        let connection = Connection::open(path).map_err(ledger_error)?;
        let version: i64 =
            connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(ledger_error)?;
        if version > 1 {
            let cause = "written by a newer lectern; run that one".into();
            return Err(StoreError::Ledger { path: path.into(), cause });
        }
        // FULL: a commit is on disk before it is acknowledged, also after a power cut.
        connection
            .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
            .and_then(|()| connection.execute_batch(SCHEMA))
            .map_err(ledger_error)?;
        Ok(Self { connection: Mutex::new(connection), path: path.into() })
    }

    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        work(&mut self.lock()).map_err(|e| error(&self.path, &e))
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // An unfinished transaction is rolled back when it is dropped, also by a panic.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Saves an article: a new revision, or the newest one again if nothing that is heard changed.
    ///
    /// # Errors
    /// The ledger can't be written.
    pub fn save(
        &self,
        article: &str,
        content: &str,
        recording: &str,
        state: State,
    ) -> Result<Revision, StoreError> {
        self.with(|connection| {
            let write = connection.transaction()?;
            let newest = newest(&write, article)?.filter(|r| r.recording == recording);
            let id = match newest {
                Some(same) => {
                    let ahead = matches!(same.state, State::Queued | State::Rendering | State::Ready);
                    let state = if ahead { same.state } else { state };
                    write.execute(
                        "UPDATE revisions SET content = ?2, state = ?3, error = NULL WHERE id = ?1",
                        params![same.id, content, state.name()],
                    )?;
                    same.id
                }
                None => {
                    write.execute(
                        "INSERT INTO revisions (article, content, recording, state) VALUES (?1, ?2, ?3, ?4)",
                        params![article, content, recording, state.name()],
                    )?;
                    write.last_insert_rowid()
                }
            };
            let saved =
                write.query_row(&format!("SELECT {COLUMNS} FROM revisions WHERE id = ?1"), [id], revision)?;
            write.commit()?;
            Ok(saved)
        })
    }

    /// The revision to play: the last ready one; before there is one, the newest.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub fn current(&self, article: &str) -> Result<Option<Revision>, StoreError> {
        self.one("article = ?1 ORDER BY state = 'ready' DESC, id DESC LIMIT 1", article)
    }

    /// The newest revision, whatever its state.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub fn newest(&self, article: &str) -> Result<Option<Revision>, StoreError> {
        self.with(|connection| newest(connection, article))
    }

    /// A revision by its number.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub fn revision(&self, id: RevisionId) -> Result<Option<Revision>, StoreError> {
        self.one("id = ?1", id)
    }

    /// The newest revision with this recording.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub fn with_recording(&self, name: &str) -> Result<Option<Revision>, StoreError> {
        self.one("recording = ?1 ORDER BY id DESC LIMIT 1", name)
    }

    fn one(&self, condition: &str, value: impl rusqlite::ToSql) -> Result<Option<Revision>, StoreError> {
        let query = format!("SELECT {COLUMNS} FROM revisions WHERE {condition}");
        self.with(|c| c.prepare_cached(&query)?.query_row([value], revision).optional())
    }

    /// Puts what was being made when an earlier process ended back into the queue, and returns
    /// the queue, oldest first.
    ///
    /// # Errors
    /// The ledger can't be written.
    pub fn requeue(&self) -> Result<Vec<RevisionId>, StoreError> {
        self.with(|c| {
            c.execute("UPDATE revisions SET state = 'queued' WHERE state = 'rendering'", [])?;
            let query = "SELECT id FROM revisions WHERE state = 'queued' ORDER BY id";
            c.prepare(query)?.query_map([], |row| row.get(0))?.collect()
        })
    }

    /// Moves a revision from one state to the next; false if it is not in the first, so that
    /// only one of many who try goes on.
    ///
    /// # Errors
    /// The ledger can't be written.
    pub fn claim(&self, id: RevisionId, from: State, to: State) -> Result<bool, StoreError> {
        let claimed = self.with(|c| {
            c.execute(
                "UPDATE revisions SET state = ?3 WHERE id = ?1 AND state = ?2",
                params![id, from.name(), to.name()],
            )
        })?;
        Ok(claimed > 0)
    }

    /// Gives a revision the name of another recording, and queues it unless nobody wanted it yet;
    /// true if it is queued now.
    ///
    /// # Errors
    /// The ledger can't be written.
    pub fn rename(&self, id: RevisionId, recording: &str) -> Result<bool, StoreError> {
        let queued = self.with(|c| {
            let write = c.transaction()?;
            write.execute("UPDATE revisions SET recording = ?2 WHERE id = ?1", params![id, recording])?;
            let queued = write.execute(
                "UPDATE revisions SET state = 'queued' WHERE id = ?1 AND state IN ('ready', 'rendering')",
                [id],
            )?;
            write.commit()?;
            Ok(queued)
        })?;
        Ok(queued > 0)
    }

    /// Moves a revision on.
    ///
    /// # Errors
    /// The ledger can't be written.
    pub fn set_state(&self, id: RevisionId, state: State, error: Option<&str>) -> Result<(), StoreError> {
        self.with(|c| {
            c.execute(
                "UPDATE revisions SET state = ?2, error = ?3 WHERE id = ?1",
                params![id, state.name(), error],
            )
        })?;
        Ok(())
    }

    /// Forgets an article; false if there was none.
    ///
    /// # Errors
    /// The ledger can't be written.
    pub fn forget(&self, article: &str) -> Result<bool, StoreError> {
        let gone = self.with(|c| c.execute("DELETE FROM revisions WHERE article = ?1", [article]))?;
        Ok(gone > 0)
    }

    /// What is known of a clip.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub fn clip(&self, name: &str) -> Result<Option<ClipFacts>, StoreError> {
        self.with(|c| {
            c.prepare_cached("SELECT frames, digest FROM clips WHERE name = ?1")?
                .query_row([name], |row| Ok(ClipFacts { frames: row.get(0)?, digest: row.get(1)? }))
                .optional()
        })
    }

    /// Notes how long clips will be; what is known already stays.
    ///
    /// # Errors
    /// The ledger can't be written.
    pub fn planned(&self, clips: &[(String, usize)]) -> Result<(), StoreError> {
        self.with(|c| {
            let write = c.transaction()?;
            for (name, frames) in clips {
                write
                    .prepare_cached("INSERT OR IGNORE INTO clips (name, frames) VALUES (?1, ?2)")?
                    .execute(params![name, frames])?;
            }
            write.commit()
        })
    }

    /// Notes that a clip was made.
    ///
    /// # Errors
    /// The ledger can't be written.
    pub fn made(&self, name: &str, frames: usize, digest: &str) -> Result<(), StoreError> {
        self.with(|c| {
            c.prepare_cached("INSERT OR REPLACE INTO clips (name, frames, digest) VALUES (?1, ?2, ?3)")?
                .execute(params![name, frames, digest])
        })?;
        Ok(())
    }
}

fn newest(connection: &Connection, article: &str) -> rusqlite::Result<Option<Revision>> {
    let query = format!("SELECT {COLUMNS} FROM revisions WHERE article = ?1 ORDER BY id DESC LIMIT 1");
    connection.prepare_cached(&query)?.query_row([article], revision).optional()
}

fn revision(row: &Row<'_>) -> rusqlite::Result<Revision> {
    let state: String = row.get(4)?;
    Ok(Revision {
        id: row.get(0)?,
        article: row.get(1)?,
        content: row.get(2)?,
        recording: row.get(3)?,
        state: State::from_name(&state),
        error: row.get(5)?,
    })
}

fn error(path: &Path, error: &rusqlite::Error) -> StoreError {
    // The second is said where there is no room for the index of the write-ahead log.
    let full = [rusqlite::ffi::SQLITE_FULL, rusqlite::ffi::SQLITE_IOERR_SHMSIZE];
    match error.sqlite_error() {
        Some(e) if full.contains(&e.extended_code) => StoreError::Full(path.into()),
        _ => StoreError::Ledger { path: path.into(), cause: error.to_string() },
    }
}
