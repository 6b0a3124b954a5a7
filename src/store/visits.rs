//! What is known of documents of other servers, so that they are not fetched for nothing.

use super::StoreError;

/// Notes on documents, by their addresses, in the form of the stage that fetches them.
///
/// # Errors
/// Every call fails where the ledger can't be read or written.
#[allow(clippy::missing_errors_doc)] // They are the same for both of them.
pub trait Visits {
    /// What was noted of a document.
    fn visit(&self, url: &str) -> Result<Option<String>, StoreError>;

    /// Notes it, in place of what was noted before.
    fn visited(&self, url: &str, note: &str) -> Result<(), StoreError>;
}
