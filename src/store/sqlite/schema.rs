//! The schema, and how files with an earlier one are brought to it.

use rusqlite::Connection;

use super::{inventory, lexicon, outbox, reports, reviews, revisions, uploads, visits};

/// Which schema the file has, in its `user_version`.
pub(super) const VERSION: i64 = 3;

/// The tables of each kind of fact, after those that it has triggers on.
const TABLES: [&str; 7] = [
    revisions::SCHEMA,
    inventory::SCHEMA,
    outbox::SCHEMA,
    reviews::SCHEMA,
    uploads::SCHEMA,
    reports::SCHEMA,
    visits::SCHEMA,
];

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

pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Brings a file of some version to this one, or a new one.
pub(super) fn set_up(connection: &mut Connection, version: i64) -> rusqlite::Result<()> {
    // FULL: a commit is on disk before it is acknowledged, also after a power cut.
    connection
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
    let write = connection.transaction()?;
    if version == 1 {
        write.execute_batch(FROM_FIRST)?;
    }
    TABLES.iter().try_for_each(|tables| write.execute_batch(tables))?;
    match version {
        1 => write.execute_batch(&[AFTER_FIRST, TITLES].concat())?,
        2 => write.execute_batch(&[AFTER_SECOND, TITLES].concat())?,
        _ => {}
    }
    lexicon::set_up(&write)?;
    write.pragma_update(None, "user_version", VERSION)?;
    write.commit()
}
