//! A file that is there as a whole, and sent piece by piece.

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, stream};

use super::LibraryError;
use crate::store::Blob;

/// Bytes sent at a time.
const PIECE: u64 = 256 << 10;

/// A blob that is opened. Whoever is in the middle of it does not notice when it is removed.
#[derive(Clone)]
pub struct Whole(pub(super) Arc<dyn Blob>);

impl Whole {
    /// Some of its bytes, a piece at a time.
    pub fn pieces(
        self,
        part: Range<u64>,
    ) -> impl Stream<Item = Result<Bytes, LibraryError>> + Send + 'static {
        stream::try_unfold((self, part), async |(whole, part)| {
            if part.is_empty() {
                return Ok(None);
            }
            let piece = part.start..part.end.min(part.start + PIECE);
            let rest = piece.end..part.end;
            let bytes = whole.read(piece).await?;
            Ok(Some((bytes, (whole, rest))))
        })
    }

    async fn read(&self, part: Range<u64>) -> Result<Bytes, LibraryError> {
        let blob = self.0.clone();
        let read = tokio::task::spawn_blocking(move || blob.read(part)).await?;
        let bytes = read.ok_or_else(|| LibraryError::Damaged("a whole file".into()))?;
        Ok(bytes.into())
    }
}
