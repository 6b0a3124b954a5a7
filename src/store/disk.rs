//! Blobs as files: written beside their place, synced, renamed, and the folder synced.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::NamedTempFile;

use super::{Blob, Blobs, StoreError};

/// A folder of files.
#[derive(Debug)]
pub struct Disk {
    folder: PathBuf,
    /// On the same disk, so that renaming is one step.
    temporary: PathBuf,
}

impl Disk {
    /// Opens a folder, making it where it is not there yet.
    ///
    /// # Errors
    /// It can't be written.
    pub fn open(folder: PathBuf, temporary: PathBuf) -> Result<Self, StoreError> {
        for path in [&folder, &temporary] {
            fs::create_dir_all(path).map_err(|e| StoreError::write(path, &e))?;
        }
        Ok(Self { folder, temporary })
    }

    /// A folder that is only read.
    pub(super) fn reading(folder: PathBuf, temporary: PathBuf) -> Self {
        Self { folder, temporary }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn keep(&self, file: NamedTempFile, path: &Path) -> io::Result<()> {
        file.as_file().sync_all()?;
        let folder = path.parent().unwrap_or(&self.folder);
        if !folder.is_dir() {
            fs::create_dir_all(folder)?;
            // The new folders' own entries must survive too.
            File::open(folder.parent().unwrap_or(folder))?.sync_all()?;
            File::open(&self.folder)?.sync_all()?;
        }
        file.persist(path).map_err(|e| e.error)?;
        File::open(folder)?.sync_all()
    }
}

impl Blobs for Disk {
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let mut file = self.scratch()?;
        file.write_all(bytes).map_err(|e| StoreError::write(&self.temporary, &e))?;
        self.put_file(name, file)
    }

    fn scratch(&self) -> Result<NamedTempFile, StoreError> {
        NamedTempFile::new_in(&self.temporary).map_err(|e| StoreError::write(&self.temporary, &e))
    }

    fn put_file(&self, name: &str, file: NamedTempFile) -> Result<(), StoreError> {
        let path = self.path(name);
        self.keep(file, &path).map_err(|e| StoreError::write(&path, &e))
    }

    fn open(&self, name: &str) -> Option<Arc<dyn Blob>> {
        let file = File::open(self.path(name)).ok()?;
        file.metadata().ok()?.is_file().then(|| Arc::new(file) as Arc<dyn Blob>)
    }

    fn remove(&self, name: &str) -> Result<(), StoreError> {
        let path = self.path(name);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(StoreError::write(&path, &e)),
            _ => Ok(()),
        }
    }

    fn names(&self) -> Result<Vec<String>, StoreError> {
        let mut names = Vec::new();
        collect(&self.folder, &self.folder, &mut names).map_err(|e| StoreError::write(&self.folder, &e))?;
        Ok(names)
    }
}

fn collect(root: &Path, folder: &Path, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        // Links are not followed: what they lead to is not ours.
        if entry.file_type()?.is_dir() {
            collect(root, &path, names)?;
        } else if let Some(name) = path.strip_prefix(root).ok().and_then(Path::to_str) {
            names.push(name.to_owned());
        }
    }
    Ok(())
}
