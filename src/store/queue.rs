//! The queue: which revisions are to be made, and who makes them until when.

use super::{Moment, Revision, RevisionId, StoreError};

/// How the making of a revision ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All its clips are there.
    Ready,
    /// All its clips are there, and this is why an editor should hear them first.
    NeedsReview(String),
    /// Nobody needs it now.
    Stored,
    /// It can't be made, and why.
    Failed(String),
    /// To be tried again from this time on; for no fault of its own where the attempt does not count.
    Later {
        /// When.
        due: Moment,
        /// Whether the attempt counts.
        counts: bool,
    },
}

/// The revisions that are to be made, each on a lease once it is begun.
///
/// # Errors
/// Every call fails where the ledger can't be read or written.
#[allow(clippy::missing_errors_doc)] // They are the same for all of them.
pub trait Queue: Send + Sync {
    /// Queues a stored revision; false if it is not stored.
    fn queue(&self, id: RevisionId) -> Result<bool, StoreError>;

    /// Pins a revision for editors who want its audio, and queues it unless it is queued, made or
    /// ready; tells whether it did.
    fn want(&self, id: RevisionId) -> Result<bool, StoreError>;

    /// Takes the oldest revision that is due, or whose lease has ended, on a lease until a time.
    fn claim(&self, now: Moment, until: Moment) -> Result<Option<Revision>, StoreError>;

    /// Takes a revision, as [`claim`](Self::claim) does, before others that are due.
    fn claim_one(&self, id: RevisionId, now: Moment, until: Moment) -> Result<Option<Revision>, StoreError>;

    /// Makes a lease longer; false if the revision is no longer its holder's to make.
    fn beat(&self, id: RevisionId, lease: i64, until: Moment) -> Result<bool, StoreError>;

    /// Ends a lease; false if the revision was no longer its holder's. Ready becomes only what has
    /// all its blobs; what has lost some meanwhile is stored.
    fn finish(&self, id: RevisionId, lease: i64, outcome: &Outcome) -> Result<bool, StoreError>;

    /// Takes what is queued or being made of an article out of the queue; tells how many.
    fn cancel(&self, article: &str) -> Result<usize, StoreError>;

    /// Ends all leases, as nobody holds one; tells how many revisions are to be made.
    fn release(&self) -> Result<usize, StoreError>;

    /// When the next revision is due, or the next lease ends.
    fn next_due(&self) -> Result<Option<Moment>, StoreError>;
}
