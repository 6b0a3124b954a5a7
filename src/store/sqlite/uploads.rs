//! Recordings by people in SQLite.

use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::super::{StoreError, Upload, Uploads};
use super::Sqlite;
use super::outbox::ANOTHER_READING;

pub(super) const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS uploads (
        article TEXT PRIMARY KEY,
        recording TEXT NOT NULL,
        frames INTEGER NOT NULL,
        kbps INTEGER NOT NULL,
        original TEXT NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS uploads_by_recording ON uploads (recording);
    CREATE TABLE IF NOT EXISTS holds (
        blob TEXT NOT NULL,
        article TEXT NOT NULL REFERENCES uploads (article) ON DELETE CASCADE,
        PRIMARY KEY (blob, article)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS holds_of_article ON holds (article);
";

const COLUMNS: &str = "article, recording, frames, kbps, original, kind, text, at";

impl Uploads for Sqlite {
    fn upload(&self, upload: &Upload) -> Result<bool, StoreError> {
        self.writing(|write| {
            let known = "SELECT EXISTS (SELECT 1 FROM revisions WHERE article = ?1)";
            let known = write.query_row(known, [&upload.article], |row| row.get(0))?;
            if known {
                put(write, upload)?;
            }
            Ok(known)
        })
    }

    fn uploaded(&self, article: &str) -> Result<Option<Upload>, StoreError> {
        let query = format!("SELECT {COLUMNS} FROM uploads WHERE article = ?1");
        self.with(|c| c.prepare_cached(&query)?.query_row([article], row).optional())
    }

    fn uploads_named(&self, recording: &str) -> Result<Vec<Upload>, StoreError> {
        let query = format!("SELECT {COLUMNS} FROM uploads WHERE recording = ?1 ORDER BY article");
        self.with(|c| c.prepare_cached(&query)?.query_map([recording], row)?.collect())
    }

    fn withdraw(&self, article: &str) -> Result<bool, StoreError> {
        self.writing(|write| {
            let gone = write.execute("DELETE FROM uploads WHERE article = ?1", [article])? > 0;
            // What the voice has not made, or has to make again, is told of when it has.
            let made = "SELECT state = 'ready' FROM revisions WHERE article = ?1 ORDER BY id DESC LIMIT 1";
            let untold =
                "DELETE FROM told WHERE revision = (SELECT MAX(id) FROM revisions WHERE article = ?1)";
            if gone {
                let made = write.query_row(made, [article], |row| row.get(0))?;
                write.execute(if made { ANOTHER_READING } else { untold }, [article])?;
            }
            Ok(gone)
        })
    }

    fn left_over(&self) -> Result<Vec<String>, StoreError> {
        // All names from the folder's on, up to the next that begins otherwise.
        let query = "SELECT name FROM blobs WHERE name >= 'uploads/' AND name < 'uploads0'
             AND name NOT IN (SELECT blob FROM holds)";
        self.with(|c| c.prepare_cached(query)?.query_map([], |row| row.get(0))?.collect())
    }
}

fn put(write: &Transaction<'_>, upload: &Upload) -> rusqlite::Result<()> {
    let same = "SELECT EXISTS (SELECT 1 FROM uploads WHERE article = ?1 AND recording = ?2)";
    if !write.query_row(same, [&upload.article, &upload.recording], |row| row.get(0))? {
        write.execute(ANOTHER_READING, [&upload.article])?;
    }
    write.execute("DELETE FROM uploads WHERE article = ?1", [&upload.article])?;
    let Upload { article, recording, frames, kbps, original, kind, text, at } = upload;
    write.execute(
        &format!("INSERT INTO uploads ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
        params![article, recording, frames, kbps, original, kind, text, at],
    )?;
    let mut hold = write.prepare_cached("INSERT INTO holds (blob, article) VALUES (?1, ?2)")?;
    upload.blobs().iter().try_for_each(|blob| hold.execute(params![blob, article]).map(drop))
}

fn row(row: &Row<'_>) -> rusqlite::Result<Upload> {
    Ok(Upload {
        article: row.get(0)?,
        recording: row.get(1)?,
        frames: row.get(2)?,
        kbps: row.get(3)?,
        original: row.get(4)?,
        kind: row.get(5)?,
        text: row.get(6)?,
        at: row.get(7)?,
    })
}
