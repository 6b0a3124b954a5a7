//! What is known: articles, their revisions, and the clips that were planned and made.

use serde::{Deserialize, Serialize};

use super::{LexiconVersion, Lexicons, Outbox, Reports, Reviews, StoreError, Uploads, Visits};

/// Number of a revision, rising with every save.
pub type RevisionId = i64;

/// Milliseconds since 1970, as the caller's clock has it.
pub type Moment = i64;

/// Where a revision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Kept; made at the first press.
    Stored,
    /// To be made.
    Queued,
    /// Being made.
    Rendering,
    /// All its clips are there.
    Ready,
    /// All its clips are there, and an editor should hear them before readers do.
    NeedsReview,
    /// It can't be made.
    Failed,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Stored, Self::Queued, Self::Rendering, Self::Ready, Self::NeedsReview, Self::Failed];

    /// As it is written in the ledger and in manifests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Queued => "queued",
            Self::Rendering => "rendering",
            Self::Ready => "ready",
            Self::NeedsReview => "needs_review",
            Self::Failed => "failed",
        }
    }

    /// The state of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// An article's content at one save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its number.
    pub id: RevisionId,
    /// The article it is of.
    pub article: String,
    /// The article as JSON.
    pub content: String,
    /// Name of its recording.
    pub recording: String,
    /// Where it stands.
    pub state: State,
    /// Why it failed, or needs review.
    pub error: Option<String>,
    /// Whether editors asked for its audio, so that it is kept longest.
    pub pinned: bool,
    /// How often it was begun since it was put into the queue.
    pub attempts: u32,
    /// Which of its leases is the last one; rises with every claim.
    pub lease: i64,
    /// When it was saved.
    pub created: Moment,
    /// From when on readers may hear it.
    pub live: Moment,
    /// Version of the lexicon that it was read by.
    pub lexicon: LexiconVersion,
}

/// A revision as it stands in a list: all but what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Its number.
    pub id: RevisionId,
    /// The article it is of.
    pub article: String,
    /// The headline, where the site sent one.
    pub title: Option<String>,
    /// The article's address at the site.
    pub url: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Why it failed.
    pub error: Option<String>,
    /// How often it was begun since it was put into the queue.
    pub attempts: u32,
    /// When it was saved.
    pub created: Moment,
    /// From when on readers may hear it.
    pub live: Moment,
}

/// What a save brings.
#[derive(Clone, Debug)]
pub struct Save<'a> {
    /// The article.
    pub article: &'a str,
    /// Its headline, for lists.
    pub title: Option<&'a str>,
    /// Its address at the site, for lists.
    pub url: Option<&'a str>,
    /// It as JSON.
    pub content: &'a str,
    /// Name of its recording.
    pub recording: &'a str,
    /// Names of the blobs its recording is made of.
    pub blobs: &'a [String],
    /// Queued where editors want its audio now, stored where the first press makes it.
    pub state: State,
    /// When it is saved.
    pub now: Moment,
    /// From when on readers may hear it.
    pub live: Moment,
    /// Version of the lexicon that it was read by.
    pub lexicon: LexiconVersion,
}

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

/// How long a clip is, and when its words are heard; known before it sounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClipFacts {
    /// Its length in frames of 24 ms.
    pub frames: usize,
    /// Times of its words, in the form of the stage that made them.
    pub words: String,
}

/// A blob that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlobFacts {
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hex.
    pub digest: String,
}

/// Where facts are kept. Each call is one transaction, on disk before it returns; of many who
/// change the same thing at once, one is first.
///
/// # Errors
/// Every call fails where the ledger can't be read or written.
#[allow(clippy::missing_errors_doc)] // They are the same for all of them.
pub trait Ledger: Lexicons + Outbox + Reports + Reviews + Uploads + Visits + Send + Sync {
    /// Saves an article: a new revision, or the newest one again if nothing that is heard changed.
    fn save(&self, save: &Save<'_>) -> Result<Revision, StoreError>;

    /// The revision to play of those that are live by a time: the last that was whole once, though
    /// some of it may have made room since; before there is one, the newest.
    fn current(&self, article: &str, by: Moment) -> Result<Option<Revision>, StoreError>;

    /// The newest revision, whatever its state.
    fn newest(&self, article: &str) -> Result<Option<Revision>, StoreError>;

    /// A revision by its number.
    fn revision(&self, id: RevisionId) -> Result<Option<Revision>, StoreError>;

    /// All revisions with this recording, the newest first: several articles may say the same.
    fn with_recording(&self, name: &str) -> Result<Vec<Revision>, StoreError>;

    /// The newest revisions of articles whose ids come after one, in the order of the ids.
    fn list(&self, after: &str, state: Option<State>, limit: usize) -> Result<Vec<Summary>, StoreError>;

    /// Gives a revision the name of another recording, made of other blobs; what was made or
    /// being made is queued again.
    fn rename(&self, id: RevisionId, recording: &str, blobs: &[String]) -> Result<(), StoreError>;

    /// Forgets an article; false if there was none.
    fn forget(&self, article: &str) -> Result<bool, StoreError>;

    /// Forgets revisions saved before a time that neither play now nor will; tells how many.
    fn forget_history(&self, before: Moment, now: Moment) -> Result<usize, StoreError>;

    /// Notes when revisions were last listened to.
    fn heard(&self, revisions: &[(RevisionId, Moment)]) -> Result<(), StoreError>;

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

    /// What is known of clips, in the order of their names.
    fn clips(&self, names: &[String]) -> Result<Vec<Option<ClipFacts>>, StoreError>;

    /// Notes how long clips will be; what is known already stays.
    fn planned(&self, clips: &[(String, ClipFacts)]) -> Result<(), StoreError>;

    /// Notes that a blob was kept.
    fn kept(&self, name: &str, facts: &BlobFacts) -> Result<(), StoreError>;

    /// What is known of a blob.
    fn blob(&self, name: &str) -> Result<Option<BlobFacts>, StoreError>;

    /// Some blobs whose names come after one, in the order of the names.
    fn blobs(&self, after: &str, limit: usize) -> Result<Vec<(String, BlobFacts)>, StoreError>;

    /// Bytes of all blobs that can be done without.
    fn used(&self) -> Result<u64, StoreError>;

    /// The first blobs to do without, with their lengths: those of no revision, then those of the
    /// articles not heard for longest, and then those that editors asked for.
    fn coldest(&self, limit: usize) -> Result<Vec<(String, u64)>, StoreError>;

    /// Some names after one, in their order, of blobs and planned clips that no revision uses.
    fn unused(&self, after: &str, limit: usize) -> Result<Vec<String>, StoreError>;

    /// Forgets those of these blobs and planned clips that no revision uses; tells which they were.
    fn forget_unused(&self, names: &[String]) -> Result<Vec<String>, StoreError>;

    /// Notes that blobs are gone; ready revisions that need them are stored ones again.
    fn gone(&self, names: &[String]) -> Result<(), StoreError>;
}
