//! The gate between what is made and what readers hear: what sounds wrong is an editor's to judge.

use std::sync::Arc;

use super::{Library, LibraryError};
use crate::audio::Quality;
use crate::render::Line;
use crate::store::{Measured, Outcome, Revision, State, Store};

/// Sentences whose faults are told of; the first few say enough.
const TOLD: usize = 5;

impl Library {
    /// How the making of these lines ends, once each has its clip: ready, or with a reason to have
    /// an editor hear it first. What was measured when a clip was made is enough, so clips that were
    /// there already cost nothing; of those made before anything was measured, nothing is known.
    pub(super) async fn judged(self: &Arc<Self>, lines: Vec<Line>) -> Result<Outcome, LibraryError> {
        if !self.config.quality.on {
            return Ok(Outcome::Ready);
        }
        let names = self.blob_names(&lines);
        let measures = self.blocking(move |library| Ok(library.store.ledger.measures(&names)?)).await?;
        let measures = lines.iter().zip(measures).enumerate();
        let faults = measures.filter_map(|(nth, (line, measured))| {
            let faults = read(&measured?)?.faults(&self.config.quality);
            (!faults.is_empty()).then(|| told(nth, line, &faults))
        });
        Ok(match reason(&faults.collect::<Vec<_>>()) {
            Some(reason) => Outcome::NeedsReview(reason),
            None => Outcome::Ready,
        })
    }

    /// Whether a reader must not hear a revision yet.
    pub(super) fn held_back(&self, revision: &Revision, opens: bool) -> bool {
        revision.state == State::NeedsReview && !self.config.quality.play_unreviewed && !opens
    }

    /// Has readers hear an article that needs review as it is, and its sentences wherever else they
    /// are said.
    ///
    /// # Errors
    /// There is no such article, it needs no review, or the ledger can't be written.
    pub async fn approve(self: &Arc<Self>, id: &str) -> Result<(), LibraryError> {
        let id = id.to_owned();
        self.blocking(move |library| approve(&library.store, &id)).await?;
        // Where clips of it made room, it is made again.
        self.queued.notify_waiters();
        self.happened.notify_waiters();
        Ok(())
    }
}

/// Has readers of a store hear an article that needs review as it is, and its sentences wherever
/// else they are said.
///
/// # Errors
/// There is no such article, it needs no review, or the ledger can't be written.
pub fn approve(store: &Store, id: &str) -> Result<(), LibraryError> {
    let newest = store.ledger.newest(id)?.ok_or(LibraryError::NoArticle)?;
    if store.ledger.approve(newest.id)? { Ok(()) } else { Err(LibraryError::NothingToReview) }
}

/// As the ledger keeps it.
pub(super) fn written(quality: &Quality) -> String {
    // Numbers always serialise.
    serde_json::to_string(quality).unwrap_or_default()
}

/// None where it is approved, or as good as never measured.
fn read(measured: &Measured) -> Option<Quality> {
    if measured.approved { None } else { serde_json::from_str(&measured.quality).ok() }
}

/// By number and place: the reason is logged, and sent to others.
fn told(nth: usize, line: &Line, faults: &[String]) -> String {
    format!("sentence {} (at {}–{}): {}", nth + 1, line.span.0, line.span.1, faults.join(", "))
}

fn reason(faults: &[String]) -> Option<String> {
    let more = faults.len().saturating_sub(TOLD);
    let told = faults.iter().take(TOLD).cloned().collect::<Vec<_>>().join("; ");
    let more = if more == 0 { String::new() } else { format!("; and {more} more") };
    (!faults.is_empty()).then(|| told + &more)
}
