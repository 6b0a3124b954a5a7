//! Immutable bytes, named by what determines them.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

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
    /// A recording by people as it was sent: the digest of its bytes.
    Original(String),
    /// A recording by people as MP3: its name.
    Read(String),
    /// A recording by people as WAV: its name.
    ReadWav(String),
}

impl BlobName {
    /// The recording that a blob of this name is the WAV of.
    pub fn recording_of(name: &str) -> Option<&str> {
        let (_, file) = name.strip_prefix("recordings/")?.split_once('/')?;
        file.strip_suffix(".wav")
    }
}

impl fmt::Display for BlobName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clip(key, kbps) => write!(f, "clips/{}/{key}-{kbps}.mp3", prefix(key)),
            Self::Wav(name) => write!(f, "recordings/{}/{name}.wav", prefix(name)),
            Self::Original(digest) => write!(f, "uploads/{}/{digest}.original", prefix(digest)),
            Self::Read(name) => write!(f, "uploads/{}/{name}.mp3", prefix(name)),
            Self::ReadWav(name) => write!(f, "uploads/{}/{name}.wav", prefix(name)),
        }
    }
}

impl BlobName {
    /// Whether a name is of a recording by people, which can't be made again.
    pub fn is_by_people(name: &str) -> bool {
        name.starts_with("uploads/")
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

/// SHA-256 of a blob's bytes, in hex; none where they can't be read.
pub fn digest_of(blob: &dyn Blob) -> Option<String> {
    const PIECE: u64 = 1 << 20;
    let (mut hash, mut at, length) = (Sha256::new(), 0, blob.length()?);
    while at < length {
        let end = length.min(at + PIECE);
        hash.update(blob.read(at..end)?);
        at = end;
    }
    Some(hex(hash.finalize()))
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|b| format!("{b:02x}")).collect()
}

/// A blob opened to be read; all of it can be, also once it is removed.
pub trait Blob: Send + Sync {
    /// Its length in bytes.
    fn length(&self) -> Option<u64>;

    /// Some of its bytes; none where they end earlier.
    fn read(&self, part: Range<u64>) -> Option<Vec<u8>>;
}

impl Blob for File {
    fn length(&self) -> Option<u64> {
        self.metadata().ok().map(|metadata| metadata.len())
    }

    fn read(&self, part: Range<u64>) -> Option<Vec<u8>> {
        // A damaged ledger must not have us take more memory than there are bytes.
        let length = part.end.checked_sub(part.start).filter(|_| Some(part.end) <= Blob::length(self))?;
        let mut bytes = vec![0; usize::try_from(length).ok()?];
        self.read_exact_at(&mut bytes, part.start).ok()?;
        Some(bytes)
    }
}

/// Where bytes are kept. Names are those that [`BlobName`] writes. A blob is whole or not there;
/// one that is missing is a miss, never an error.
pub trait Blobs: Send + Sync {
    /// Keeps bytes for good before it returns.
    ///
    /// # Errors
    /// There is no room, or they can't be written.
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError>;

    /// A file to write to, which becomes a blob through [`put_file`](Self::put_file).
    ///
    /// # Errors
    /// It can't be made.
    fn scratch(&self) -> Result<NamedTempFile, StoreError>;

    /// Keeps what was written to a [scratch](Self::scratch) file, as [`put`](Self::put) does.
    ///
    /// # Errors
    /// There is no room, or it can't be written.
    fn put_file(&self, name: &str, file: NamedTempFile) -> Result<(), StoreError>;

    /// Opens what is kept under a name.
    fn open(&self, name: &str) -> Option<Arc<dyn Blob>>;

    /// Length in bytes of what is kept under a name.
    fn length(&self, name: &str) -> Option<u64> {
        self.open(name)?.length()
    }

    /// Some of the bytes under a name; none where they end earlier.
    fn read(&self, name: &str, part: Range<u64>) -> Option<Vec<u8>> {
        self.open(name)?.read(part)
    }

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
