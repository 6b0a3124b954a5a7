//! Articles and their revisions in SQLite.

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::inventory::uses;
use super::{Sqlite, outbox};
use crate::store::{Moment, Revision, RevisionId, Revisions, Save, State, StoreError, Summary};

pub(super) const SCHEMA: &str = "
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
";

pub(super) const COLUMNS: &str =
    "id, article, (SELECT content FROM contents WHERE revision = id), recording, state, error,
    pinned, attempts, lease, created, live, lexicon";

/// Which revisions are their articles' newest.
pub(super) const NEWEST: &str = "id IN (SELECT MAX(id) FROM revisions GROUP BY article)";

/// Which of an article's revisions plays by the time that is the second parameter.
const PLAYS_BY: &str = "live <= ?2
    ORDER BY whole AND state NOT IN ('failed', 'needs_review') DESC, id DESC LIMIT 1";

impl Revisions for Sqlite {
    fn save(&self, save: &Save<'_>) -> Result<(Revision, Option<Revision>), StoreError> {
        self.writing(|write| {
            let newest = newest(write, save.article)?;
            let id = match newest.as_ref().filter(|r| r.recording == save.recording) {
                Some(same) => save_again(write, same, save)?,
                None => save_new(write, save)?,
            };
            let listed = "UPDATE revisions SET title = ?2, url = ?3 WHERE id = ?1";
            write.execute(listed, params![id, save.title, save.url])?;
            write.execute("INSERT OR REPLACE INTO contents VALUES (?1, ?2)", params![id, save.content])?;
            let saved = format!("SELECT {COLUMNS} FROM revisions WHERE id = ?1");
            Ok((write.query_row(&saved, [id], revision)?, newest))
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
        let values = params![after, state, limit];
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
}

fn save_again(write: &Transaction<'_>, same: &Revision, save: &Save<'_>) -> rusqlite::Result<RevisionId> {
    let ahead = !matches!(same.state, State::Stored | State::Failed);
    let state = if ahead { same.state } else { save.state };
    let anew = !ahead && state == State::Queued;
    write.execute(
        "UPDATE revisions SET state = ?2, error = CASE WHEN ?2 = 'needs_review' THEN error END,
             attempts = CASE WHEN ?5 THEN 0 ELSE attempts END, due = CASE WHEN ?5 THEN 0 ELSE due END,
             pinned = MAX(pinned, ?3), live = ?4, lexicon = ?6
         WHERE id = ?1",
        params![same.id, state, save.state == State::Queued, save.live, anew, save.lexicon],
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
            save.state,
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

pub(super) fn newest(connection: &Connection, article: &str) -> rusqlite::Result<Option<Revision>> {
    one(connection, "article = ?1 ORDER BY id DESC LIMIT 1", [article])
}

pub(super) fn one(
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
        state: row.get(4)?,
        error: row.get(5)?,
        attempts: row.get(6)?,
        created: row.get(7)?,
        live: row.get(8)?,
    })
}

pub(super) fn revision(row: &Row<'_>) -> rusqlite::Result<Revision> {
    Ok(Revision {
        id: row.get(0)?,
        article: row.get(1)?,
        content: row.get(2)?,
        recording: row.get(3)?,
        state: row.get(4)?,
        error: row.get(5)?,
        pinned: row.get(6)?,
        attempts: row.get(7)?,
        lease: row.get(8)?,
        created: row.get(9)?,
        live: row.get(10)?,
        lexicon: row.get(11)?,
    })
}

impl ToSql for State {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.name().into())
    }
}

impl FromSql for State {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(Self::from_name(value.as_str()?).unwrap_or(Self::Failed))
    }
}
