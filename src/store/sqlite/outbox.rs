//! Events and deliveries in SQLite.

use rusqlite::{OptionalExtension, Row, params};

use super::Sqlite;
use crate::store::{
    Delivery, DeliveryState, Event, EventKind, Moment, Outbox, RevisionId, StoreError, Tried, Wanted,
};

/// A trigger notes what a revision becomes, so no change of state can forget to; what makes room
/// and is made again is no news.
pub(super) const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS events (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE DEFAULT ('evt_' || lower(hex(randomblob(16)))),
        kind TEXT NOT NULL,
        article TEXT NOT NULL,
        revision INTEGER NOT NULL,
        reason TEXT,
        at INTEGER NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER))
    ) STRICT;
    CREATE TABLE IF NOT EXISTS told (
        revision INTEGER PRIMARY KEY REFERENCES revisions (id) ON DELETE CASCADE,
        recording TEXT NOT NULL
    ) STRICT;
    -- What was ready before there were events is no news either.
    INSERT INTO told SELECT id, recording FROM revisions
        WHERE state = 'ready' AND NOT EXISTS (SELECT 1 FROM told);
    CREATE TRIGGER IF NOT EXISTS revision_turned AFTER UPDATE OF state ON revisions
        WHEN new.state IN ('ready', 'failed', 'needs_review') AND new.state <> old.state
        BEGIN
            INSERT INTO events (kind, article, revision, reason)
                SELECT 'audio.' || new.state, new.article, new.id, new.error
                WHERE new.state <> 'ready'
                    OR new.recording IS NOT (SELECT recording FROM told WHERE revision = new.id);
            INSERT OR REPLACE INTO told SELECT new.id, new.recording WHERE new.state = 'ready';
        END;
    CREATE TABLE IF NOT EXISTS deliveries (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        hook TEXT NOT NULL,
        event TEXT NOT NULL,
        kind TEXT NOT NULL,
        article TEXT NOT NULL,
        revision INTEGER NOT NULL,
        body TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting',
        attempts INTEGER NOT NULL DEFAULT 0,
        replay INTEGER NOT NULL DEFAULT 0,
        error TEXT,
        since INTEGER NOT NULL,
        due INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX IF NOT EXISTS deliveries_waiting ON deliveries (hook, due) WHERE state = 'waiting';
    CREATE INDEX IF NOT EXISTS deliveries_in_turn ON deliveries (hook, article, id) WHERE state = 'waiting';
    CREATE INDEX IF NOT EXISTS deliveries_by_age ON deliveries (since);
";

pub(super) const FORGOTTEN: &str = "
    INSERT INTO events (kind, article, revision)
        SELECT 'audio.deleted', article, MAX(id) FROM revisions WHERE article = ?1 GROUP BY article";

/// Readers hear another recording of an article from now on, whatever its revision's is: somebody's reading
/// came, or went.
pub(super) const ANOTHER_READING: &str = "
    INSERT INTO events (kind, article, revision)
        SELECT 'audio.ready', article, MAX(id) FROM revisions WHERE article = ?1 GROUP BY article";

const COLUMNS: &str =
    "id, hook, event, kind, article, revision, body, state, attempts, replay, error, since, due";

/// Deliveries whose turn it is.
const IN_TURN: &str = "hook = ?1 AND state = 'waiting' AND (replay OR NOT EXISTS (
    SELECT 1 FROM deliveries AS earlier WHERE earlier.hook = turn.hook AND earlier.state = 'waiting'
        AND earlier.article = turn.article AND earlier.id < turn.id AND NOT earlier.replay))";

impl Outbox for Sqlite {
    fn events(&self, limit: usize) -> Result<Vec<Event>, StoreError> {
        let query = "SELECT id, kind, article, revision, reason, at FROM events ORDER BY number LIMIT ?1";
        self.with(|c| c.prepare_cached(query)?.query_map([limit], event)?.collect())
    }

    fn address(&self, event: &str, body: &str, hooks: &[&str]) -> Result<(), StoreError> {
        self.writing(|write| {
            let mut deliver = write.prepare_cached(
                "INSERT INTO deliveries (hook, event, kind, article, revision, body, since)
                     SELECT ?3, id, kind, article, revision, ?2, at FROM events WHERE id = ?1",
            )?;
            hooks.iter().try_for_each(|hook| deliver.execute([event, body, *hook]).map(drop))?;
            write.execute("DELETE FROM events WHERE id = ?1", [event]).map(drop)
        })
    }

    fn take(&self, hook: &str, now: Moment) -> Result<Option<Delivery>, StoreError> {
        let take = format!(
            "UPDATE deliveries SET attempts = attempts + 1
             WHERE id = (SELECT id FROM deliveries AS turn WHERE {IN_TURN} AND due <= ?2
                 ORDER BY due, id LIMIT 1)
             RETURNING {COLUMNS}"
        );
        self.with(|c| c.prepare_cached(&take)?.query_row(params![hook, now], delivery).optional())
    }

    fn next_try(&self, hook: &str) -> Result<Option<Moment>, StoreError> {
        let query = format!("SELECT MIN(due) FROM deliveries AS turn WHERE {IN_TURN}");
        self.with(|c| c.prepare_cached(&query)?.query_row([hook], |row| row.get(0)))
    }

    fn tried(&self, taken: &Delivery, tried: &Tried, now: Moment) -> Result<(), StoreError> {
        let (state, due, error) = match tried {
            Tried::Delivered => (DeliveryState::Delivered, now, None),
            Tried::Later(due, error) => (DeliveryState::Waiting, *due, Some(error)),
            Tried::Failed(error) => (DeliveryState::Failed, now, Some(error)),
        };
        let ended = "UPDATE deliveries SET state = ?3, due = ?4, error = ?5 WHERE id = ?1 AND replay <= ?2";
        self.change(ended, params![taken.id, taken.attempts, state.name(), due, error]).map(drop)
    }

    fn deliveries(&self, wanted: &Wanted) -> Result<Vec<Delivery>, StoreError> {
        let query = format!(
            "SELECT {COLUMNS} FROM deliveries
             WHERE (?1 IS NULL OR hook = ?1) AND (?2 IS NULL OR state = ?2) AND (?3 IS NULL OR id < ?3)
             ORDER BY id DESC LIMIT ?4"
        );
        let state = wanted.state.map(DeliveryState::name);
        let values = params![wanted.hook, state, wanted.before, wanted.limit];
        self.with(|c| c.prepare_cached(&query)?.query_map(values, delivery)?.collect())
    }

    fn replay(&self, id: i64, now: Moment) -> Result<bool, StoreError> {
        let again = "UPDATE deliveries SET state = 'waiting', replay = attempts + 1, since = ?2, due = ?2
             WHERE id = ?1";
        Ok(self.change(again, [id, now])? > 0)
    }

    fn forget_deliveries(&self, before: Moment) -> Result<usize, StoreError> {
        self.change("DELETE FROM deliveries WHERE since < ?1", [before])
    }
}

fn event(row: &Row<'_>) -> rusqlite::Result<Event> {
    Ok(Event {
        id: row.get(0)?,
        kind: kind(row, 1)?,
        article: row.get(2)?,
        revision: row.get::<_, RevisionId>(3)?,
        reason: row.get(4)?,
        at: row.get(5)?,
    })
}

fn delivery(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    let state: String = row.get(7)?;
    Ok(Delivery {
        id: row.get(0)?,
        hook: row.get(1)?,
        event: row.get(2)?,
        kind: kind(row, 3)?,
        article: row.get(4)?,
        revision: row.get(5)?,
        body: row.get(6)?,
        state: DeliveryState::from_name(&state).unwrap_or(DeliveryState::Failed),
        attempts: row.get(8)?,
        asked_for: row.get(9)?,
        error: row.get(10)?,
        since: row.get(11)?,
        due: row.get(12)?,
    })
}

fn kind(row: &Row<'_>, column: usize) -> rusqlite::Result<EventKind> {
    let name: String = row.get(column)?;
    EventKind::from_name(&name).ok_or(rusqlite::Error::InvalidQuery)
}
