//! What editors are told of how things stand.

use super::{Moment, RevisionId, State, StoreError};

/// How much of a revision's audio is there. Clips that it has twice count once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Clips that it is made of.
    pub clips: usize,
    /// Those that are kept.
    pub kept: usize,
    /// Frames of those.
    pub frames: usize,
}

/// What there is in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Articles by the state of their newest revision; states that none is in may be left out.
    pub articles: Vec<(State, usize)>,
    /// Those that go live later.
    pub drafts: usize,
    /// Clips that queued articles are made of and that are not kept yet.
    pub lacking: usize,
    /// Bytes of all clips.
    pub clip_bytes: u64,
    /// How often readers began to listen.
    pub listens: u64,
}

/// The hour that a time is in.
pub(super) fn hour(time: Moment) -> i64 {
    time.div_euclid(60 * 60 * 1000)
}

/// What is counted in a ledger, for reports.
///
/// # Errors
/// Every call fails where the ledger can't be read or written.
#[allow(clippy::missing_errors_doc)] // They are the same for all of them.
pub trait Reports {
    /// How much of a revision is there.
    fn made(&self, id: RevisionId) -> Result<Made, StoreError>;

    /// What there is at a time, with the listens counted since the hour that another is in.
    fn totals(&self, now: Moment, since: Moment) -> Result<Totals, StoreError>;

    /// Counts listens by the hour: so many at a time.
    fn listened(&self, listens: &[(Moment, u64)]) -> Result<(), StoreError>;
}
