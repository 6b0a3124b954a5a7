//! What is known of the house's lexicon: every version of it, and which revision was read by which.

use super::{Moment, Revision, StoreError};

/// Number of a version of the lexicon; the first change makes 1, and before it there is nothing.
pub type LexiconVersion = i64;

/// A change of the lexicon. Entries are named by the caller, and kept as they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LexiconChange {
    /// Who changes it.
    pub author: String,
    /// When.
    pub at: Moment,
    /// New entries, and new content of entries that are there: name and content.
    pub put: Vec<(String, String)>,
    /// Names of entries that go.
    pub removed: Vec<String>,
}

/// An article's newest revision read by another version of the lexicon.
#[derive(Clone, Debug)]
pub struct Reread<'a> {
    /// The revision, as it was found.
    pub old: &'a Revision,
    /// The version.
    pub lexicon: LexiconVersion,
    /// What it sounds like now, where that is something else: the recording's name, and its blobs.
    pub changed: Option<(&'a str, &'a [String])>,
    /// When.
    pub now: Moment,
}

/// Where the versions of the lexicon are kept. Each call is one transaction.
///
/// # Errors
/// Every call fails where the ledger can't be read or written.
#[allow(clippy::missing_errors_doc)] // They are the same for all of them.
pub trait Lexicons: Send + Sync {
    /// The newest version.
    fn lexicon_version(&self) -> Result<LexiconVersion, StoreError>;

    /// The entries of a version, names and contents, in the order of the names.
    fn lexicon(&self, version: LexiconVersion) -> Result<Vec<(String, String)>, StoreError>;

    /// Makes a version from the one it was thought of on; none where there is a newer one by now.
    fn change_lexicon(
        &self,
        base: LexiconVersion,
        change: &LexiconChange,
    ) -> Result<Option<LexiconVersion>, StoreError>;

    /// The last versions before one and what each changed, the newest first.
    fn lexicon_changes(
        &self,
        before: LexiconVersion,
        limit: usize,
    ) -> Result<Vec<(LexiconVersion, LexiconChange)>, StoreError>;

    /// Newest revisions of articles that were read by an earlier version, the newest first.
    fn read_before(&self, version: LexiconVersion, limit: usize) -> Result<Vec<Revision>, StoreError>;

    /// How many there are of these.
    fn count_read_before(&self, version: LexiconVersion) -> Result<usize, StoreError>;

    /// Notes by which version a revision was read; where it sounds otherwise now, a new revision of
    /// the same content follows it, queued unless it was only stored. Nothing, where it is not as
    /// it was found any more. Returns the newest revision then.
    fn reread(&self, reread: &Reread<'_>) -> Result<Option<Revision>, StoreError>;
}
