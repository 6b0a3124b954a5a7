//! Notes on fetched documents, in memory.

use super::Memory;
use crate::store::{StoreError, Visits};

impl Visits for Memory {
    fn visit(&self, url: &str) -> Result<Option<String>, StoreError> {
        Ok(self.lock().visits.get(url).cloned())
    }

    fn visited(&self, url: &str, note: &str) -> Result<(), StoreError> {
        self.lock().visits.insert(url.into(), note.into());
        Ok(())
    }
}
