//! The lexicon's versions in SQLite: an entry's content holds from one version until another.

use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::Sqlite;
use super::inventory::uses;
use super::revisions::{COLUMNS, NEWEST, newest, one, revision};
use crate::store::{LexiconChange, LexiconVersion, Lexicons, Reread, Revision, StoreError};

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS lexicon_versions (
        version INTEGER PRIMARY KEY,
        author TEXT NOT NULL,
        at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS lexicon_entries (
        name TEXT NOT NULL,
        since INTEGER NOT NULL,
        until INTEGER,
        content TEXT NOT NULL,
        PRIMARY KEY (name, since)
    ) STRICT, WITHOUT ROWID;
";

pub(super) fn set_up(write: &Transaction<'_>) -> rusqlite::Result<()> {
    write.execute_batch(SCHEMA)?;
    let known = "SELECT 1 FROM pragma_table_info('revisions') WHERE name = 'lexicon'";
    if write.query_row(known, [], |_| Ok(())).optional()?.is_none() {
        write.execute_batch("ALTER TABLE revisions ADD COLUMN lexicon INTEGER NOT NULL DEFAULT 0")?;
    }
    Ok(())
}

impl Lexicons for Sqlite {
    fn lexicon_version(&self) -> Result<LexiconVersion, StoreError> {
        let query = "SELECT IFNULL(MAX(version), 0) FROM lexicon_versions";
        self.with(|c| c.prepare_cached(query)?.query_row([], |row| row.get(0)))
    }

    fn lexicon(&self, version: LexiconVersion) -> Result<Vec<(String, String)>, StoreError> {
        let query = "SELECT name, content FROM lexicon_entries
             WHERE since <= ?1 AND (until IS NULL OR until > ?1) ORDER BY name";
        self.with(|c| c.prepare_cached(query)?.query_map([version], pair)?.collect())
    }

    fn change_lexicon(
        &self,
        base: LexiconVersion,
        change: &LexiconChange,
    ) -> Result<Option<LexiconVersion>, StoreError> {
        self.writing(|write| {
            let made = write.execute(
                "INSERT INTO lexicon_versions SELECT ?1 + 1, ?2, ?3
                 WHERE (SELECT IFNULL(MAX(version), 0) FROM lexicon_versions) = ?1",
                params![base, change.author, change.at],
            )?;
            if made == 0 {
                return Ok(None);
            }
            let ended = change.put.iter().map(|(name, _)| name).chain(&change.removed);
            for name in ended {
                let end = "UPDATE lexicon_entries SET until = ?2 WHERE name = ?1 AND until IS NULL";
                write.execute(end, params![name, base + 1])?;
            }
            for (name, content) in &change.put {
                let put = "INSERT INTO lexicon_entries (name, since, content) VALUES (?1, ?2, ?3)";
                write.execute(put, params![name, base + 1, content])?;
            }
            Ok(Some(base + 1))
        })
    }

    fn lexicon_changes(
        &self,
        before: LexiconVersion,
        limit: usize,
    ) -> Result<Vec<(LexiconVersion, LexiconChange)>, StoreError> {
        let query = "SELECT version, author, at FROM lexicon_versions
             WHERE version < ?1 ORDER BY version DESC LIMIT ?2";
        let put = "SELECT name, content FROM lexicon_entries WHERE since = ?1 ORDER BY name";
        let removed = "SELECT name FROM lexicon_entries AS old WHERE until = ?1
             AND NOT EXISTS (SELECT 1 FROM lexicon_entries WHERE name = old.name AND since = ?1) ORDER BY name";
        self.with(|c| {
            let (mut versions, mut put, mut removed) =
                (c.prepare_cached(query)?, c.prepare_cached(put)?, c.prepare_cached(removed)?);
            let version = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
            let versions: Vec<(LexiconVersion, String, i64)> =
                versions.query_map(params![before, limit], version)?.collect::<Result<_, _>>()?;
            let mut change = |(version, author, at)| {
                let put = put.query_map([version], pair)?.collect::<Result<_, _>>()?;
                let removed = removed.query_map([version], |row| row.get(0))?.collect::<Result<_, _>>()?;
                Ok((version, LexiconChange { author, at, put, removed }))
            };
            versions.into_iter().map(&mut change).collect()
        })
    }

    fn read_before(&self, version: LexiconVersion, limit: usize) -> Result<Vec<Revision>, StoreError> {
        let query = format!(
            "SELECT {COLUMNS} FROM revisions WHERE lexicon < ?1 AND {NEWEST} ORDER BY id DESC LIMIT ?2"
        );
        self.looking(|c| c.prepare_cached(&query)?.query_map(params![version, limit], revision)?.collect())
    }

    fn count_read_before(&self, version: LexiconVersion) -> Result<usize, StoreError> {
        let query = format!("SELECT COUNT(*) FROM revisions WHERE lexicon < ?1 AND {NEWEST}");
        self.looking(|c| c.prepare_cached(&query)?.query_row([version], |row| row.get(0)))
    }

    fn reread(&self, reread: &Reread<'_>) -> Result<Option<Revision>, StoreError> {
        let Reread { old, lexicon, changed, now } = reread;
        self.writing(|write| {
            let newest = newest(write, &old.article)?;
            if newest.is_none_or(|newest| newest.id != old.id || newest.content != old.content) {
                return Ok(None);
            }
            let Some((recording, blobs)) = changed else {
                write.execute("UPDATE revisions SET lexicon = ?2 WHERE id = ?1", params![old.id, lexicon])?;
                return one(write, "id = ?1", [old.id]);
            };
            write.execute(
                "INSERT INTO revisions (article, title, url, live, pinned, heard, state, recording, lexicon, created)
                 SELECT article, title, url, live, pinned, heard,
                     CASE state WHEN 'stored' THEN 'stored' ELSE 'queued' END, ?2, ?3, ?4
                 FROM revisions WHERE id = ?1",
                params![old.id, recording, lexicon, now],
            )?;
            let id = write.last_insert_rowid();
            write.execute("INSERT INTO contents VALUES (?1, ?2)", params![id, old.content])?;
            uses(write, id, blobs)?;
            one(write, "id = ?1", [id])
        })
    }
}

fn pair(row: &Row<'_>) -> rusqlite::Result<(String, String)> {
    Ok((row.get(0)?, row.get(1)?))
}
