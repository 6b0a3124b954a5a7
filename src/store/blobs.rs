//! Immutable bytes, named by what determines them.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::ops::Range;

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::StoreError;

/// What a blob holds; decides its place, so no kind can forget to have one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum BlobName {
    /// A sentence's MP3 frames: its key and the bitrate in kbit/s.
    Clip(String, u32),
    /// A whole recording as WAV: the recording's name.
    Wav(String),
}

impl fmt::Display for BlobName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clip(key, kbps) => write!(f, "clips/{}/{key}-{kbps}.mp3", prefix(key)),
            Self::Wav(name) => write!(f, "recordings/{}/{name}.wav", prefix(name)),
        }
    }
}

/// Spreads blobs over 256 folders.
fn prefix(name: &str) -> &str {
    name.get(..2).unwrap_or(name)
}

/// SHA-256 of bytes, in hex.
pub fn digest(bytes: &[u8]) -> String {
    hex(Sha256::digest(bytes))
}

/// SHA-256 of a file's bytes, in hex.
///
/// # Errors
/// It can't be read.
pub fn digest_of_file(file: &mut File) -> std::io::Result<String> {
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(hash.finalize())),
            n => hash.update(&buffer[..n]),
        }
    }
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|b| format!("{b:02x}")).collect()
}

/// Where bytes are kept. Names are those that [`BlobName`] writes. A blob is whole or not there;
/// one that is missing is a miss, never an error.
pub trait Blobs: Send + Sync {
    /// Keeps bytes for good before it returns.
    ///
    /// # Errors
    /// There is no room, or they can't be written.
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError>;

    /// Keeps what was written to a [scratch](super::Store::scratch) file, as [`put`](Self::put) does.
    ///
    /// # Errors
    /// There is no room, or it can't be written.
    fn put_file(&self, name: &str, file: NamedTempFile) -> Result<(), StoreError>;

    /// Length in bytes of what is kept under a name.
    fn length(&self, name: &str) -> Option<u64>;

    /// Some of the bytes under a name; none where they end earlier.
    fn read(&self, name: &str, part: Range<u64>) -> Option<Vec<u8>>;

    /// Forgets what is kept under a name, if anything is.
    ///
    /// # Errors
    /// It is there and can't be removed.
    fn remove(&self, name: &str) -> Result<(), StoreError>;

    /// Names of all that is kept, in no order.
    ///
    /// # Errors
    /// They can't be listed.
    fn names(&self) -> Result<Vec<String>, StoreError>;
}
