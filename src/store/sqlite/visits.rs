//! Notes on fetched documents, in SQLite.

use rusqlite::OptionalExtension;

use super::Sqlite;
use crate::store::{StoreError, Visits};

pub(super) const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS visits (url TEXT PRIMARY KEY, note TEXT NOT NULL) STRICT, WITHOUT ROWID;
";

impl Visits for Sqlite {
    fn visit(&self, url: &str) -> Result<Option<String>, StoreError> {
        let query = "SELECT note FROM visits WHERE url = ?1";
        self.with(|c| c.prepare_cached(query)?.query_row([url], |row| row.get(0)).optional())
    }

    fn visited(&self, url: &str, note: &str) -> Result<(), StoreError> {
        self.change("INSERT OR REPLACE INTO visits (url, note) VALUES (?1, ?2)", [url, note]).map(drop)
    }
}
