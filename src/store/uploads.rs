//! Recordings by people, as the ledger knows them.

use super::{Moment, StoreError};

/// A recording that somebody made of an article.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Upload {
    /// The article.
    pub article: String,
    /// Name of what is heard.
    pub recording: String,
    /// Its length in frames of 24 ms.
    pub frames: usize,
    /// Bitrate of its MP3 in kbit/s.
    pub kbps: u32,
    /// SHA-256 of the file that was sent, in hex.
    pub original: String,
    /// Media type of that.
    pub kind: String,
    /// What the article said when it came: a digest.
    pub text: String,
    /// When it came.
    pub at: Moment,
}

impl Upload {
    /// Names of the blobs it is made of: none of them can be made again.
    pub fn blobs(&self) -> [String; 3] {
        use super::BlobName::{Original, Read, ReadWav};
        let name = &self.recording;
        [Original(self.original.clone()), Read(name.clone()), ReadWav(name.clone())].map(|b| b.to_string())
    }
}

/// The ledger of recordings by people: at most one an article, which goes when the article is
/// forgotten. Its blobs are not among those that can be done without.
#[allow(clippy::missing_errors_doc)] // They fail where the ledger can't be read or written.
pub trait Uploads: Send + Sync {
    /// Puts a recording in the place of the one that the article has, if it has any. False if there
    /// is no such article.
    fn upload(&self, upload: &Upload) -> Result<bool, StoreError>;

    /// The recording of an article.
    fn uploaded(&self, article: &str) -> Result<Option<Upload>, StoreError>;

    /// All with this name: one file may be sent for several articles.
    fn uploads_named(&self, recording: &str) -> Result<Vec<Upload>, StoreError>;

    /// Withdraws an article's recording; false if there was none.
    fn withdraw(&self, article: &str) -> Result<bool, StoreError>;

    /// Names of blobs of recordings that no article has any more.
    fn left_over(&self) -> Result<Vec<String>, StoreError>;
}
