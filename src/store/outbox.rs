//! What receivers are to be told: noted with the change itself, then sent until it arrives.

use serde::{Deserialize, Serialize};

use super::{Moment, RevisionId, StoreError};

/// What happened to an article's audio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventKind {
    /// A revision's recording is ready: for the first time, or approved.
    #[serde(rename = "audio.ready")]
    Ready,
    /// A revision can't be made.
    #[serde(rename = "audio.failed")]
    Failed,
    /// A revision needs an editor's ears.
    #[serde(rename = "audio.needs_review")]
    NeedsReview,
    /// An article was forgotten.
    #[serde(rename = "audio.deleted")]
    Deleted,
}

impl EventKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Ready, Self::Failed, Self::NeedsReview, Self::Deleted];

    /// As it is written in the ledger and in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ready => "audio.ready",
            Self::Failed => "audio.failed",
            Self::NeedsReview => "audio.needs_review",
            Self::Deleted => "audio.deleted",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Something that happened, noted in the transaction that made it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Unlike any other's, in any ledger.
    pub id: String,
    /// What happened.
    pub kind: EventKind,
    /// The article.
    pub article: String,
    /// The revision; of a forgotten article its last.
    pub revision: RevisionId,
    /// Why it failed, or needs review.
    pub reason: Option<String>,
    /// When, as the ledger's clock has it.
    pub at: Moment,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeliveryState {
    /// To be sent, perhaps not for the first time.
    Waiting,
    /// Taken by its receiver.
    Delivered,
    /// Given up.
    Failed,
}

impl DeliveryState {
    /// As it is written in the ledger and in lists.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    /// The state of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Waiting, Self::Delivered, Self::Failed].into_iter().find(|state| state.name() == name)
    }
}

/// An event on its way to one receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its number.
    pub id: i64,
    /// Name of the receiver.
    pub hook: String,
    /// The event.
    pub event: String,
    /// What happened.
    pub kind: EventKind,
    /// The article it happened to.
    pub article: String,
    /// The revision.
    pub revision: RevisionId,
    /// What is sent, the same at each attempt.
    pub body: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was sent, or begun to be.
    pub attempts: u32,
    /// Number of the attempt that somebody last asked for by hand; 0 where nobody did. What comes of an
    /// earlier one counts no more.
    pub asked_for: u32,
    /// What was wrong with the last attempt.
    pub error: Option<String>,
    /// Since when it is tried.
    pub since: Moment,
    /// When it is tried next, or its last attempt ended.
    pub due: Moment,
}

impl Delivery {
    /// How often it was sent, or begun to be, since somebody last asked for it.
    pub fn attempts_in_turn(&self) -> u32 {
        self.attempts.saturating_sub(self.asked_for.saturating_sub(1))
    }
}

/// How an attempt at a delivery ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tried {
    /// It was taken.
    Delivered,
    /// To be tried again from this time on, and what was wrong.
    Later(Moment, String),
    /// Given up, and what was wrong.
    Failed(String),
}

/// Which deliveries are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Those to this receiver.
    pub hook: Option<String>,
    /// Those that stand so.
    pub state: Option<DeliveryState>,
    /// Those with smaller numbers than this.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: usize,
}

/// Events and their deliveries. As with the rest of the ledger, each call is one transaction.
///
/// # Errors
/// Every call fails where the ledger can't be read or written.
#[allow(clippy::missing_errors_doc)] // They are the same for all of them.
pub trait Outbox: Send + Sync {
    /// Events that no delivery was made of yet, the oldest first.
    fn events(&self, limit: usize) -> Result<Vec<Event>, StoreError>;

    /// Makes an event a delivery to each of these receivers, due at once; nothing if it was already.
    fn address(&self, event: &str, body: &str, hooks: &[&str]) -> Result<(), StoreError>;

    /// Takes a receiver's next delivery that is due, and counts the attempt before it is made: what
    /// breaks off was one too. No delivery of an article is due before an earlier one has ended.
    fn take(&self, hook: &str, now: Moment) -> Result<Option<Delivery>, StoreError>;

    /// When a receiver's next delivery is due.
    fn next_try(&self, hook: &str) -> Result<Option<Moment>, StoreError>;

    /// Ends an attempt at a delivery, as it was taken; nothing if it is to be sent again meanwhile.
    fn tried(&self, taken: &Delivery, tried: &Tried, now: Moment) -> Result<(), StoreError>;

    /// Deliveries, the newest first.
    fn deliveries(&self, wanted: &Wanted) -> Result<Vec<Delivery>, StoreError>;

    /// Has a delivery sent again, marked so, whatever came of it or will come of an attempt under way;
    /// false if there is none. It holds up no other.
    fn replay(&self, id: i64, now: Moment) -> Result<bool, StoreError>;

    /// Forgets deliveries that were begun before this time; tells how many.
    fn forget_deliveries(&self, before: Moment) -> Result<usize, StoreError>;
}
