//! Reports out of SQLite.

use rusqlite::{Connection, params};

use super::Sqlite;
use super::revisions::NEWEST;
use crate::store::reports::hour;
use crate::store::{Made, Moment, Reports, RevisionId, State, StoreError, Totals};

pub(super) const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS listens (hour INTEGER PRIMARY KEY, count INTEGER NOT NULL) STRICT;
";

const LACKING: &str = "SELECT COUNT(DISTINCT blob) FROM uses JOIN revisions ON id = revision
    WHERE state IN ('queued', 'rendering') AND NOT EXISTS (SELECT 1 FROM blobs WHERE name = blob)";
/// The zero comes after the slash.
const CLIP_BYTES: &str =
    "SELECT COALESCE(SUM(bytes), 0) FROM blobs WHERE name >= 'clips/' AND name < 'clips0'";
const LISTENS: &str = "SELECT COALESCE(SUM(count), 0) FROM listens WHERE hour >= ?1";

fn drafts() -> String {
    format!("SELECT COUNT(*) FROM revisions WHERE live > ?1 AND {NEWEST}")
}

impl Reports for Sqlite {
    fn made(&self, id: RevisionId) -> Result<Made, StoreError> {
        let query = "SELECT COUNT(*), COUNT(blobs.name),
                 COALESCE(SUM(frames) FILTER (WHERE blobs.name IS NOT NULL), 0)
             FROM uses LEFT JOIN blobs ON blobs.name = blob LEFT JOIN clips ON clips.name = blob
             WHERE revision = ?1";
        self.with(|c| {
            c.prepare_cached(query)?.query_row([id], |row| {
                Ok(Made { clips: row.get(0)?, kept: row.get(1)?, frames: row.get(2)? })
            })
        })
    }

    fn totals(&self, now: Moment, since: Moment) -> Result<Totals, StoreError> {
        self.looking(|c| {
            Ok(Totals {
                articles: articles(c)?,
                drafts: c.query_row(&drafts(), [now], |row| row.get(0))?,
                lacking: c.query_row(LACKING, [], |row| row.get(0))?,
                clip_bytes: c.query_row(CLIP_BYTES, [], |row| row.get(0))?,
                listens: c.query_row(LISTENS, [hour(since)], |row| row.get(0))?,
            })
        })
    }

    fn listened(&self, listens: &[(Moment, u64)]) -> Result<(), StoreError> {
        self.writing(|write| {
            let mut add = write.prepare_cached(
                "INSERT INTO listens (hour, count) VALUES (?1, ?2)
                 ON CONFLICT (hour) DO UPDATE SET count = count + excluded.count",
            )?;
            listens.iter().try_for_each(|(when, count)| add.execute(params![hour(*when), count]).map(drop))
        })
    }
}

fn articles(connection: &Connection) -> rusqlite::Result<Vec<(State, usize)>> {
    let query = format!("SELECT state, COUNT(*) FROM revisions WHERE {NEWEST} GROUP BY state");
    let mut query = connection.prepare_cached(&query)?;
    query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}
