//! What clips sound like, in SQLite.

use rusqlite::{OptionalExtension, Row, params};

use super::Sqlite;
use super::inventory::LACKING;
use crate::store::{Measured, Reviews, RevisionId, StoreError};

pub(super) const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS measures (
        clip TEXT PRIMARY KEY,
        quality TEXT NOT NULL,
        approved INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER IF NOT EXISTS clip_forgotten AFTER DELETE ON clips
        BEGIN DELETE FROM measures WHERE clip = old.name; END;
";

impl Reviews for Sqlite {
    fn measured(&self, clip: &str, quality: &str) -> Result<(), StoreError> {
        let note = "INSERT OR IGNORE INTO measures (clip, quality) VALUES (?1, ?2)";
        self.change(note, [clip, quality]).map(drop)
    }

    fn measures(&self, clips: &[String]) -> Result<Vec<Option<Measured>>, StoreError> {
        self.with(|c| {
            let mut query = c.prepare_cached("SELECT quality, approved FROM measures WHERE clip = ?1")?;
            let measured = |row: &Row<'_>| Ok(Measured { quality: row.get(0)?, approved: row.get(1)? });
            clips.iter().map(|clip| query.query_row([clip], measured).optional()).collect()
        })
    }

    fn approve(&self, id: RevisionId) -> Result<bool, StoreError> {
        self.writing(|write| {
            let ready = format!(
                "UPDATE revisions SET error = NULL, attempts = 0, due = 0,
                     state = CASE WHEN {LACKING} THEN 'queued' ELSE 'ready' END,
                     whole = whole OR NOT {LACKING}
                 WHERE id = ?1 AND state = 'needs_review'"
            );
            let reviewed = write.execute(&ready, [id])? > 0;
            write.execute(
                "UPDATE measures SET approved = 1
                 WHERE ?2 AND clip IN (SELECT blob FROM uses WHERE revision = ?1)",
                params![id, reviewed],
            )?;
            Ok(reviewed)
        })
    }
}
