//! Immutable files, named by what determines their bytes.
//!
//! A file is whole or not there: it is written beside its place, synced, renamed, and the
//! folder synced. A file that is missing or damaged is a miss, never an error.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::StoreError;

/// What a file holds; decides its path, so no kind can forget to have one.
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

/// Spreads files over 256 folders.
fn prefix(name: &str) -> &str {
    name.get(..2).unwrap_or(name)
}

/// SHA-256 of bytes, in hex.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// The folder of files.
#[derive(Debug)]
pub struct Blobs {
    folder: PathBuf,
    temporary: PathBuf,
}

impl Blobs {
    pub(super) fn open(folder: &Path) -> Result<Self, StoreError> {
        let blobs = Self { folder: folder.join("audio"), temporary: folder.join("tmp") };
        // What a crash left half-written was never acknowledged.
        let _ = fs::remove_dir_all(&blobs.temporary);
        for path in [&blobs.folder, &blobs.temporary] {
            fs::create_dir_all(path).map_err(|e| StoreError::write(path, &e))?;
        }
        Ok(blobs)
    }

    fn path(&self, name: &BlobName) -> PathBuf {
        self.folder.join(name.to_string())
    }

    /// A file to write to, which becomes a blob through [`Blobs::keep`].
    ///
    /// # Errors
    /// The data folder can't be written.
    pub fn begin(&self) -> Result<NamedTempFile, StoreError> {
        NamedTempFile::new_in(&self.temporary).map_err(|e| StoreError::write(&self.temporary, &e))
    }

    /// Puts a written file in its place, for good.
    ///
    /// # Errors
    /// The data folder can't be written.
    pub fn keep(&self, file: NamedTempFile, name: &BlobName) -> Result<(), StoreError> {
        let path = self.path(name);
        let keep = || -> io::Result<()> {
            file.as_file().sync_all()?;
            let folder = path.parent().unwrap_or(&self.folder);
            if !folder.is_dir() {
                fs::create_dir_all(folder)?;
                // The new folders' own entries must survive too.
                File::open(folder.parent().unwrap_or(folder))?.sync_all()?;
                File::open(&self.folder)?.sync_all()?;
            }
            file.persist(&path).map_err(|e| e.error)?;
            File::open(folder)?.sync_all()
        };
        keep().map_err(|e| StoreError::write(&path, &e))
    }

    /// Keeps bytes.
    ///
    /// # Errors
    /// The data folder can't be written.
    pub fn put(&self, name: &BlobName, bytes: &[u8]) -> Result<(), StoreError> {
        let mut file = self.begin()?;
        file.write_all(bytes).map_err(|e| StoreError::write(file.path(), &e))?;
        self.keep(file, name)
    }

    /// The bytes under a name, if they are there and have this digest.
    pub fn get(&self, name: &BlobName, expected: &str) -> Option<Vec<u8>> {
        let bytes = fs::read(self.path(name)).ok()?;
        if digest(&bytes) == expected {
            return Some(bytes);
        }
        tracing::warn!(%name, "a stored file is damaged and will be made again");
        None
    }

    /// A file to read parts of.
    pub fn file(&self, name: &BlobName) -> Option<File> {
        File::open(self.path(name)).ok()
    }
}
