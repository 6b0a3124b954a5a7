//! Bytes in memory.

use std::io::{Read, Seek};
use std::ops::Range;
use std::sync::Arc;

use tempfile::NamedTempFile;

use super::Memory;
use crate::store::{Blob, Blobs, StoreError};

impl Blob for Vec<u8> {
    fn length(&self) -> Option<u64> {
        Some(self.len() as u64)
    }

    fn read(&self, part: Range<u64>) -> Option<Vec<u8>> {
        let part = usize::try_from(part.start).ok()?..usize::try_from(part.end).ok()?;
        Some(self.get(part)?.to_vec())
    }
}

impl Blobs for Memory {
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.lock().bytes.insert(name.into(), Arc::new(bytes.into()));
        Ok(())
    }

    fn scratch(&self) -> Result<NamedTempFile, StoreError> {
        NamedTempFile::new().map_err(|e| StoreError::write(&std::env::temp_dir(), &e))
    }

    fn put_file(&self, name: &str, mut file: NamedTempFile) -> Result<(), StoreError> {
        let mut bytes = Vec::new();
        let read = file.rewind().and_then(|()| file.read_to_end(&mut bytes));
        read.map_err(|e| StoreError::write(file.path(), &e))?;
        self.put(name, &bytes)
    }

    fn open(&self, name: &str) -> Option<Arc<dyn Blob>> {
        self.lock().bytes.get(name).cloned().map(|bytes| bytes as Arc<dyn Blob>)
    }

    fn remove(&self, name: &str) -> Result<(), StoreError> {
        self.lock().bytes.remove(name);
        Ok(())
    }

    fn names(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.lock().bytes.keys().cloned().collect())
    }
}
