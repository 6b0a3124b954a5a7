//! What is known, all of it: a trait for each kind of fact, and one for all of them.

use super::{Inventory, Lexicons, Outbox, Queue, Reports, Reviews, Revisions, StoreError, Uploads, Visits};

/// Milliseconds since 1970, as the caller's clock has it.
pub type Moment = i64;

/// Where facts are kept. Each call is one transaction, on disk before it returns; of many who
/// change the same thing at once, one is first.
pub trait Ledger:
    Revisions + Queue + Inventory + Lexicons + Outbox + Reports + Reviews + Uploads + Visits
{
    /// Puts all that is kept where a copy is taken of; nothing to do for who has it there anyway.
    ///
    /// # Errors
    /// The ledger can't be written, or is being read by another process.
    fn settle(&self) -> Result<(), StoreError> {
        Ok(())
    }
}
