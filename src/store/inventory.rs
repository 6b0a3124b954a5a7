//! The inventory: how long clips will be, which blobs there are, and which can be done without.

use super::StoreError;

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

/// What is known of clips and blobs.
///
/// # Errors
/// Every call fails where the ledger can't be read or written.
#[allow(clippy::missing_errors_doc)] // They are the same for all of them.
pub trait Inventory: Send + Sync {
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
