//! Clips and blobs in SQLite, and which revisions use them.

use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::Sqlite;
use crate::store::{BlobFacts, ClipFacts, Inventory, RevisionId, StoreError};

pub(super) const SCHEMA: &str = "
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

/// Whether a revision uses a blob that is not there.
pub(super) const LACKING: &str = "EXISTS (SELECT 1 FROM uses WHERE revision = ?1
    AND NOT EXISTS (SELECT 1 FROM blobs WHERE name = uses.blob))";

impl Inventory for Sqlite {
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

/// Notes which blobs a revision is made of.
pub(super) fn uses(write: &Transaction<'_>, id: RevisionId, blobs: &[String]) -> rusqlite::Result<()> {
    let mut note = write.prepare_cached("INSERT OR IGNORE INTO uses (blob, revision) VALUES (?1, ?2)")?;
    blobs.iter().try_for_each(|blob| note.execute(params![blob, id]).map(drop))
}
