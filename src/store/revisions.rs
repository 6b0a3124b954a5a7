//! Articles and their revisions: what was saved, what plays, and where each stands.

use serde::{Deserialize, Serialize};

use super::{LexiconVersion, Moment, StoreError};

/// Number of a revision, rising with every save.
pub type RevisionId = i64;

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

/// What is known of articles and their revisions.
///
/// # Errors
/// Every call fails where the ledger can't be read or written.
#[allow(clippy::missing_errors_doc)] // They are the same for all of them.
pub trait Revisions: Send + Sync {
    /// Saves an article: a new revision, or the newest one again if nothing that is heard changed.
    /// Tells it, and the newest as it was before.
    fn save(&self, save: &Save<'_>) -> Result<(Revision, Option<Revision>), StoreError>;

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
}
