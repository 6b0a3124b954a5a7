//! The queue in SQLite.

use rusqlite::{OptionalExtension, params};

use super::Sqlite;
use super::inventory::LACKING;
use super::revisions::{COLUMNS, revision};
use crate::store::{Moment, Outcome, Queue, Revision, RevisionId, State, StoreError};

/// Whether a revision is to be made, and nobody has it.
const DUE: &str = "state IN ('queued', 'rendering') AND due <= ?1";

/// Whether a lease is still its holder's.
const HELD: &str = "id = ?1 AND lease = ?2 AND state = 'rendering'";

impl Queue for Sqlite {
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
        Ok(self.change(&finish, params![id, lease, state, error, due, uncounted])? > 0)
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
}

/// Takes the revision of this id on a lease.
fn claim(id: &str) -> String {
    format!(
        "UPDATE revisions SET state = 'rendering', attempts = attempts + 1, lease = lease + 1,
             due = ?2, heard = MAX(heard, ?1)
         WHERE id = {id} RETURNING {COLUMNS}"
    )
}
