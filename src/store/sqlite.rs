//! The ledger in SQLite: one file, transactions, no server.

mod lexicon;
mod outbox;
mod reports;
mod reviews;
mod uploads;
mod visits;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{
    BlobFacts, ClipFacts, Ledger, Moment, Outcome, Revision, RevisionId, Save, State, StoreError, Summary,
};

/// The database.
#[derive(Debug)]
pub struct Sqlite {
    connection: Mutex<Connection>,
    /// For questions that take long, which nobody who listens should wait behind.
    looking: Mutex<Connection>,
    path: PathBuf,
}

/// Which schema the file has, in its `user_version`.
const VERSION: i64 = 3;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS revisions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article TEXT NOT NULL,
        title TEXT,
        url TEXT,
        recording TEXT NOT NULL,
        state TEXT NOT NULL,
        error TEXT,
        pinned INTEGER NOT NULL DEFAULT 0,
        attempts INTEGER NOT NULL DEFAULT 0,
        lease INTEGER NOT NULL DEFAULT 0,
        whole INTEGER NOT NULL DEFAULT 0,
        created INTEGER NOT NULL DEFAULT 0,
        heard INTEGER NOT NULL DEFAULT 0,
        due INTEGER NOT NULL DEFAULT 0,
        live INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE IF NOT EXISTS contents (
        revision INTEGER PRIMARY KEY REFERENCES revisions (id) ON DELETE CASCADE,
        content TEXT NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS revisions_of_article ON revisions (article, id);
    CREATE INDEX IF NOT EXISTS revisions_by_recording ON revisions (recording);
    CREATE INDEX IF NOT EXISTS revisions_by_state ON revisions (state, due);
    CREATE TABLE IF NOT EXISTS clips (
        name TEXT PRIMARY KEY,
        frames INTEGER NOT NULL,
        words TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS blobs (
        name TEXT PRIMARY KEY,
        bytes INTEGER NOT NULL,
        digest TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS uses (
        blob TEXT NOT NULL,
        revision INTEGER NOT NULL REFERENCES revisions (id) ON DELETE CASCADE,
        PRIMARY KEY (blob, revision)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS uses_of_revision ON uses (revision);
    CREATE TABLE IF NOT EXISTS total (bytes INTEGER NOT NULL) STRICT;
    INSERT INTO total SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM total);
    CREATE TRIGGER IF NOT EXISTS blob_kept AFTER INSERT ON blobs
        BEGIN UPDATE total SET bytes = bytes + new.bytes; END;
    CREATE TRIGGER IF NOT EXISTS blob_kept_again AFTER UPDATE ON blobs
        BEGIN UPDATE total SET bytes = bytes + new.bytes - old.bytes; END;
    CREATE TRIGGER IF NOT EXISTS blob_gone AFTER DELETE ON blobs
        BEGIN UPDATE total SET bytes = bytes - old.bytes; END;
";

/// From the first schema: articles stay, and what was made of them is made again.
const FROM_FIRST: &str = "
    DROP TABLE clips;
    DROP INDEX revisions_by_state;
    ALTER TABLE revisions RENAME TO first_revisions;
";
const AFTER_FIRST: &str = "
    INSERT INTO revisions (id, article, recording, state, error)
        SELECT id, article, recording,
            CASE state WHEN 'ready' THEN 'stored' WHEN 'rendering' THEN 'queued' ELSE state END, error
        FROM first_revisions;
    INSERT INTO contents SELECT id, content FROM first_revisions;
    DROP TABLE first_revisions;
";

/// From the second schema: lists no longer read what articles say.
const AFTER_SECOND: &str = "
    INSERT INTO contents SELECT id, content FROM revisions;
    ALTER TABLE revisions DROP COLUMN content;
    ALTER TABLE revisions ADD COLUMN title TEXT;
    ALTER TABLE revisions ADD COLUMN url TEXT;
";
const TITLES: &str = "
    UPDATE revisions SET (title, url) = (SELECT content ->> 'title', content ->> 'url' FROM contents
        WHERE revision = id AND json_valid(content));
";

const COLUMNS: &str =
    "id, article, (SELECT content FROM contents WHERE revision = id), recording, state, error,
    pinned, attempts, lease, created, live, lexicon";

/// Which of an article's revisions plays by the time that is the second parameter.
const PLAYS_BY: &str = "live <= ?2
    ORDER BY whole AND state NOT IN ('failed', 'needs_review') DESC, id DESC LIMIT 1";

impl Sqlite {
    /// Opens the file, making it where it is not there yet.
    ///
    /// # Errors
    /// It can't be written, is damaged, or was written by a newer program.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut connection = Connection::open(path).map_err(|e| error(path, &e))?;
        let version = |c: &Connection| c.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
        let version = version(&connection).map_err(|e| error(path, &e))?;
        if version > VERSION {
            let cause = "written by a newer lectern; run that one".into();
            return Err(StoreError::Ledger { path: path.into(), cause });
        }
        set_up(&mut connection, version).map_err(|e| error(path, &e))?;
        if (1..VERSION).contains(&version) {
            // The rows that are left lie apart, one a page; on a full disk they may.
            let _ = connection.execute_batch("VACUUM");
        }
        let looking = Connection::open(path).map_err(|e| error(path, &e))?;
        let (connection, looking) = (Mutex::new(connection), Mutex::new(looking));
        Ok(Self { connection, looking, path: path.into() })
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

fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    // An unfinished transaction is rolled back when it is dropped, also by a panic.
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

fn set_up(connection: &mut Connection, version: i64) -> rusqlite::Result<()> {
    // FULL: a commit is on disk before it is acknowledged, also after a power cut.
    connection
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
    let write = connection.transaction()?;
    if version == 1 {
        write.execute_batch(FROM_FIRST)?;
    }
    write.execute_batch(SCHEMA)?;
    write.execute_batch(outbox::SCHEMA)?;
    write.execute_batch(reviews::SCHEMA)?;
    write.execute_batch(uploads::SCHEMA)?;
    write.execute_batch(reports::SCHEMA)?;
    write.execute_batch(visits::SCHEMA)?;
    match version {
        1 => write.execute_batch(&[AFTER_FIRST, TITLES].concat())?,
        2 => write.execute_batch(&[AFTER_SECOND, TITLES].concat())?,
        _ => {}
    }
    lexicon::set_up(&write)?;
    write.pragma_update(None, "user_version", VERSION)?;
    write.commit()
}

impl Ledger for Sqlite {
    fn save(&self, save: &Save<'_>) -> Result<Revision, StoreError> {
        self.writing(|write| {
            let newest = newest(write, save.article)?.filter(|r| r.recording == save.recording);
            let id = match newest {
                Some(same) => save_again(write, &same, save)?,
                None => save_new(write, save)?,
            };
            let listed = "UPDATE revisions SET title = ?2, url = ?3 WHERE id = ?1";
            write.execute(listed, params![id, save.title, save.url])?;
            write.execute("INSERT OR REPLACE INTO contents VALUES (?1, ?2)", params![id, save.content])?;
            write.query_row(&format!("SELECT {COLUMNS} FROM revisions WHERE id = ?1"), [id], revision)
        })
    }

    fn current(&self, article: &str, by: Moment) -> Result<Option<Revision>, StoreError> {
        self.with(|c| one(c, &format!("article = ?1 AND {PLAYS_BY}"), params![article, by]))
    }

    fn newest(&self, article: &str) -> Result<Option<Revision>, StoreError> {
        self.with(|c| newest(c, article))
    }

    fn revision(&self, id: RevisionId) -> Result<Option<Revision>, StoreError> {
        self.with(|c| one(c, "id = ?1", [id]))
    }

    fn with_recording(&self, name: &str) -> Result<Vec<Revision>, StoreError> {
        let query = format!("SELECT {COLUMNS} FROM revisions WHERE recording = ?1 ORDER BY id DESC");
        self.with(|c| c.prepare_cached(&query)?.query_map([name], revision)?.collect())
    }

    fn list(&self, after: &str, state: Option<State>, limit: usize) -> Result<Vec<Summary>, StoreError> {
        let query = "SELECT id, article, title, url, state, error, attempts, created, live
             FROM revisions AS newest
             WHERE article > ?1 AND (?2 IS NULL OR state = ?2)
                 AND id = (SELECT MAX(id) FROM revisions WHERE article = newest.article)
             ORDER BY article LIMIT ?3";
        let values = params![after, state.map(State::name), limit];
        self.with(|c| c.prepare_cached(query)?.query_map(values, summary)?.collect())
    }

    fn rename(&self, id: RevisionId, recording: &str, blobs: &[String]) -> Result<(), StoreError> {
        self.writing(|write| {
            write.execute(
                "UPDATE revisions SET recording = ?2, due = 0,
                     state = CASE WHEN state IN ('ready', 'rendering', 'needs_review') THEN 'queued' ELSE state END
                 WHERE id = ?1",
                params![id, recording],
            )?;
            write.execute("DELETE FROM uses WHERE revision = ?1", [id])?;
            uses(write, id, blobs)
        })
    }

    fn forget(&self, article: &str) -> Result<bool, StoreError> {
        self.writing(|write| {
            write.execute(outbox::FORGOTTEN, [article])?;
            write.execute("DELETE FROM uploads WHERE article = ?1", [article])?;
            Ok(write.execute("DELETE FROM revisions WHERE article = ?1", [article])? > 0)
        })
    }

    fn forget_history(&self, before: Moment, now: Moment) -> Result<usize, StoreError> {
        let forget = format!(
            "DELETE FROM revisions AS old WHERE created < ?1
                 AND state NOT IN ('queued', 'rendering')
                 AND id < (SELECT MAX(id) FROM revisions WHERE article = old.article)
                 AND id IS NOT (SELECT id FROM revisions WHERE article = old.article AND {PLAYS_BY})
                 AND NOT (whole AND id = (SELECT MAX(id) FROM revisions
                     WHERE article = old.article AND whole AND state NOT IN ('failed', 'needs_review')))"
        );
        self.change(&forget, [before, now])
    }

    fn heard(&self, revisions: &[(RevisionId, Moment)]) -> Result<(), StoreError> {
        self.writing(|write| {
            let mut note =
                write.prepare_cached("UPDATE revisions SET heard = MAX(heard, ?2) WHERE id = ?1")?;
            revisions.iter().try_for_each(|heard| note.execute(*heard).map(drop))
        })
    }

    fn queue(&self, id: RevisionId) -> Result<bool, StoreError> {
        let queued = "UPDATE revisions SET state = 'queued', due = 0, attempts = 0, error = NULL
             WHERE id = ?1 AND state = 'stored'";
        Ok(self.change(queued, [id])? > 0)
    }

    fn want(&self, id: RevisionId) -> Result<bool, StoreError> {
        self.writing(|write| {
            write.execute("UPDATE revisions SET pinned = 1 WHERE id = ?1", [id])?;
            let queued = "UPDATE revisions SET state = 'queued', due = 0, attempts = 0, error = NULL
                 WHERE id = ?1 AND state IN ('stored', 'failed', 'needs_review')";
            Ok(write.execute(queued, [id])? > 0)
        })
    }

    fn claim(&self, now: Moment, until: Moment) -> Result<Option<Revision>, StoreError> {
        let oldest = format!("(SELECT id FROM revisions WHERE {DUE} ORDER BY id LIMIT 1)");
        self.with(|c| c.prepare_cached(&claim(&oldest))?.query_row([now, until], revision).optional())
    }

    fn claim_one(&self, id: RevisionId, now: Moment, until: Moment) -> Result<Option<Revision>, StoreError> {
        let claim = claim(&format!("?3 AND {DUE}"));
        self.with(|c| c.prepare_cached(&claim)?.query_row([now, until, id], revision).optional())
    }

    fn beat(&self, id: RevisionId, lease: i64, until: Moment) -> Result<bool, StoreError> {
        let beat = format!("UPDATE revisions SET due = ?3 WHERE {HELD}");
        Ok(self.change(&beat, params![id, lease, until])? > 0)
    }

    fn finish(&self, id: RevisionId, lease: i64, outcome: &Outcome) -> Result<bool, StoreError> {
        let (state, error, due, uncounted) = match outcome {
            Outcome::Ready => (State::Ready, None, 0, 0),
            Outcome::NeedsReview(reason) => (State::NeedsReview, Some(reason), 0, 0),
            Outcome::Stored => (State::Stored, None, 0, 0),
            Outcome::Failed(error) => (State::Failed, Some(error), 0, 0),
            Outcome::Later { due, counts } => (State::Queued, None, *due, i64::from(!counts)),
        };
        let finish = format!(
            "UPDATE revisions SET due = ?5,
                 error = CASE WHEN ?3 = 'needs_review' AND {LACKING} THEN NULL ELSE ?4 END,
                 attempts = attempts - ?6,
                 state = CASE WHEN ?3 IN ('ready', 'needs_review') AND {LACKING} THEN 'stored' ELSE ?3 END,
                 whole = whole OR (?3 = 'ready' AND NOT {LACKING})
             WHERE {HELD}"
        );
        Ok(self.change(&finish, params![id, lease, state.name(), error, due, uncounted])? > 0)
    }

    fn cancel(&self, article: &str) -> Result<usize, StoreError> {
        self.change(
            "UPDATE revisions SET state = 'stored' WHERE article = ?1 AND state IN ('queued', 'rendering')",
            [article],
        )
    }

    fn release(&self) -> Result<usize, StoreError> {
        self.change("UPDATE revisions SET due = 0 WHERE state IN ('queued', 'rendering')", [])
    }

    fn next_due(&self) -> Result<Option<Moment>, StoreError> {
        let query = "SELECT MIN(due) FROM revisions WHERE state IN ('queued', 'rendering')";
        self.with(|c| c.prepare_cached(query)?.query_row([], |row| row.get(0)))
    }

    fn clips(&self, names: &[String]) -> Result<Vec<Option<ClipFacts>>, StoreError> {
        self.with(|c| {
            let mut query = c.prepare_cached("SELECT frames, words FROM clips WHERE name = ?1")?;
            let facts = |row: &Row<'_>| Ok(ClipFacts { frames: row.get(0)?, words: row.get(1)? });
            names.iter().map(|name| query.query_row([name], facts).optional()).collect()
        })
    }

    fn planned(&self, clips: &[(String, ClipFacts)]) -> Result<(), StoreError> {
        self.writing(|write| {
            let mut note = write
                .prepare_cached("INSERT OR IGNORE INTO clips (name, frames, words) VALUES (?1, ?2, ?3)")?;
            let mut one = |(name, ClipFacts { frames, words }): &(String, ClipFacts)| {
                note.execute(params![name, frames, words]).map(drop)
            };
            clips.iter().try_for_each(&mut one)
        })
    }

    fn kept(&self, name: &str, facts: &BlobFacts) -> Result<(), StoreError> {
        let kept = "INSERT INTO blobs (name, bytes, digest) VALUES (?1, ?2, ?3)
             ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes, digest = excluded.digest";
        self.change(kept, params![name, facts.bytes, facts.digest]).map(drop)
    }

    fn blob(&self, name: &str) -> Result<Option<BlobFacts>, StoreError> {
        let query = "SELECT bytes, digest FROM blobs WHERE name = ?1";
        let facts = |row: &Row<'_>| Ok(BlobFacts { bytes: row.get(0)?, digest: row.get(1)? });
        self.with(|c| c.prepare_cached(query)?.query_row([name], facts).optional())
    }

    fn blobs(&self, after: &str, limit: usize) -> Result<Vec<(String, BlobFacts)>, StoreError> {
        let query = "SELECT name, bytes, digest FROM blobs WHERE name > ?1 ORDER BY name LIMIT ?2";
        let row = |row: &Row<'_>| Ok((row.get(0)?, BlobFacts { bytes: row.get(1)?, digest: row.get(2)? }));
        self.with(|c| c.prepare_cached(query)?.query_map(params![after, limit], row)?.collect())
    }

    fn used(&self) -> Result<u64, StoreError> {
        let query = "SELECT bytes - (SELECT COALESCE(SUM(bytes), 0) FROM blobs
                 WHERE name IN (SELECT blob FROM holds)) FROM total";
        self.with(|c| c.prepare_cached(query)?.query_row([], |row| row.get(0)))
    }

    fn coldest(&self, limit: usize) -> Result<Vec<(String, u64)>, StoreError> {
        // NULL, of blobs that no revision uses, is first.
        let query = "SELECT name, bytes FROM blobs
             LEFT JOIN uses ON uses.blob = blobs.name LEFT JOIN revisions ON revisions.id = uses.revision
             WHERE name NOT IN (SELECT blob FROM holds)
             GROUP BY name ORDER BY MAX(pinned), MAX(heard), MAX(revision), name LIMIT ?1";
        let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        self.looking(|c| c.prepare_cached(query)?.query_map([limit], row)?.collect())
    }

    fn unused(&self, after: &str, limit: usize) -> Result<Vec<String>, StoreError> {
        let query = "SELECT name FROM blobs WHERE name > ?1
                 AND NOT EXISTS (SELECT 1 FROM uses WHERE blob = name)
                 AND NOT EXISTS (SELECT 1 FROM holds WHERE blob = name)
             UNION SELECT name FROM clips WHERE name > ?1
                 AND NOT EXISTS (SELECT 1 FROM uses WHERE blob = name)
             ORDER BY name LIMIT ?2";
        self.looking(|c| {
            c.prepare_cached(query)?.query_map(params![after, limit], |row| row.get(0))?.collect()
        })
    }

    fn forget_unused(&self, names: &[String]) -> Result<Vec<String>, StoreError> {
        self.writing(|write| {
            let mut used = write.prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM uses WHERE blob = ?1)
                     OR EXISTS (SELECT 1 FROM holds WHERE blob = ?1)",
            )?;
            let mut blob = write.prepare_cached("DELETE FROM blobs WHERE name = ?1")?;
            let mut clip = write.prepare_cached("DELETE FROM clips WHERE name = ?1")?;
            let mut unused = Vec::new();
            for name in names {
                if !used.query_row([name], |row| row.get(0))? {
                    blob.execute([name])?;
                    clip.execute([name])?;
                    unused.push(name.clone());
                }
            }
            Ok(unused)
        })
    }

    fn gone(&self, names: &[String]) -> Result<(), StoreError> {
        self.writing(|write| {
            let mut unready = write.prepare_cached(
                "UPDATE revisions SET state = 'stored' WHERE state = 'ready'
                     AND id IN (SELECT revision FROM uses WHERE blob = ?1)",
            )?;
            let mut gone = write.prepare_cached("DELETE FROM blobs WHERE name = ?1")?;
            names.iter().try_for_each(|name| {
                unready.execute([name])?;
                gone.execute([name]).map(drop)
            })
        })
    }
}

/// Whether a revision is to be made, and nobody has it.
const DUE: &str = "state IN ('queued', 'rendering') AND due <= ?1";

/// Takes the revision of this id on a lease.
fn claim(id: &str) -> String {
    format!(
        "UPDATE revisions SET state = 'rendering', attempts = attempts + 1, lease = lease + 1,
             due = ?2, heard = MAX(heard, ?1)
         WHERE id = {id} RETURNING {COLUMNS}"
    )
}

/// Whether a lease is still its holder's.
const HELD: &str = "id = ?1 AND lease = ?2 AND state = 'rendering'";

/// Whether a revision uses a blob that is not there.
const LACKING: &str = "EXISTS (SELECT 1 FROM uses WHERE revision = ?1
    AND NOT EXISTS (SELECT 1 FROM blobs WHERE name = uses.blob))";

fn save_again(write: &Transaction<'_>, same: &Revision, save: &Save<'_>) -> rusqlite::Result<RevisionId> {
    let ahead = !matches!(same.state, State::Stored | State::Failed);
    let state = if ahead { same.state } else { save.state };
    let anew = !ahead && state == State::Queued;
    write.execute(
        "UPDATE revisions SET state = ?2, error = CASE WHEN ?2 = 'needs_review' THEN error END,
             attempts = CASE WHEN ?5 THEN 0 ELSE attempts END, due = CASE WHEN ?5 THEN 0 ELSE due END,
             pinned = MAX(pinned, ?3), live = ?4, lexicon = ?6
         WHERE id = ?1",
        params![same.id, state.name(), save.state == State::Queued, save.live, anew, save.lexicon],
    )?;
    Ok(same.id)
}

fn save_new(write: &Transaction<'_>, save: &Save<'_>) -> rusqlite::Result<RevisionId> {
    write.execute(
        "INSERT INTO revisions (article, recording, state, pinned, created, heard, live, lexicon)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7)",
        params![
            save.article,
            save.recording,
            save.state.name(),
            save.state == State::Queued,
            save.now,
            save.live,
            save.lexicon
        ],
    )?;
    let id = write.last_insert_rowid();
    uses(write, id, save.blobs)?;
    Ok(id)
}

fn uses(write: &Transaction<'_>, id: RevisionId, blobs: &[String]) -> rusqlite::Result<()> {
    let mut note = write.prepare_cached("INSERT OR IGNORE INTO uses (blob, revision) VALUES (?1, ?2)")?;
    blobs.iter().try_for_each(|blob| note.execute(params![blob, id]).map(drop))
}

fn newest(connection: &Connection, article: &str) -> rusqlite::Result<Option<Revision>> {
    one(connection, "article = ?1 ORDER BY id DESC LIMIT 1", [article])
}

fn one(
    connection: &Connection,
    condition: &str,
    values: impl rusqlite::Params,
) -> rusqlite::Result<Option<Revision>> {
    let query = format!("SELECT {COLUMNS} FROM revisions WHERE {condition}");
    connection.prepare_cached(&query)?.query_row(values, revision).optional()
}

fn summary(row: &Row<'_>) -> rusqlite::Result<Summary> {
    Ok(Summary {
        id: row.get(0)?,
        article: row.get(1)?,
        title: row.get(2)?,
        url: row.get(3)?,
        state: state(row, 4)?,
        error: row.get(5)?,
        attempts: row.get(6)?,
        created: row.get(7)?,
        live: row.get(8)?,
    })
}

fn state(row: &Row<'_>, column: usize) -> rusqlite::Result<State> {
    let name: String = row.get(column)?;
    Ok(State::from_name(&name).unwrap_or(State::Failed))
}

fn revision(row: &Row<'_>) -> rusqlite::Result<Revision> {
    Ok(Revision {
        id: row.get(0)?,
        article: row.get(1)?,
        content: row.get(2)?,
        recording: row.get(3)?,
        state: state(row, 4)?,
        error: row.get(5)?,
        pinned: row.get(6)?,
        attempts: row.get(7)?,
        lease: row.get(8)?,
        created: row.get(9)?,
        live: row.get(10)?,
        lexicon: row.get(11)?,
    })
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
