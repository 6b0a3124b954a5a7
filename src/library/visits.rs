//! Notes on documents of other servers.

use std::sync::Arc;

use super::{Library, LibraryError};

impl Library {
    /// What was noted of a document when it was fetched last.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub async fn visit(self: &Arc<Self>, url: String) -> Result<Option<String>, LibraryError> {
        self.blocking(move |library| Ok(library.store.ledger.visit(&url)?)).await
    }

    /// Notes something of a document.
    ///
    /// # Errors
    /// The ledger can't be written.
    pub async fn visited(self: &Arc<Self>, url: String, note: String) -> Result<(), LibraryError> {
        self.blocking(move |library| Ok(library.store.ledger.visited(&url, &note)?)).await
    }
}
