//! What clips sound like, and which of them an editor has approved.

use super::{RevisionId, StoreError};

/// What was measured of a clip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// In the form of the stage that measured it.
    pub quality: String,
    /// Whether an editor has approved it: in this article or another one, in this revision or an
    /// earlier one.
    pub approved: bool,
}

/// What is known of clips' sound.
///
/// # Errors
/// Every call fails where the ledger can't be read or written.
#[allow(clippy::missing_errors_doc)] // They are the same for all of them.
pub trait Reviews: Send + Sync {
    /// Notes what was measured of a planned clip; what is known already stays, until its plan goes.
    fn measured(&self, clip: &str, quality: &str) -> Result<(), StoreError>;

    /// What was measured of clips, in the order of their names.
    fn measures(&self, clips: &[String]) -> Result<Vec<Option<Measured>>, StoreError>;

    /// Makes a revision that needs review ready, or queues it where clips of it made room, and
    /// approves each of its clips; false if it does not need review.
    fn approve(&self, id: RevisionId) -> Result<bool, StoreError>;
}
