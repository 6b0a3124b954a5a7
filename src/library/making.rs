//! Articles made before anybody presses: one revision at a time, taken up again after a crash.

use std::sync::Arc;
use std::time::Duration;

use super::{Library, LibraryError};
use crate::store::{Revision, RevisionId, State};

/// Articles made at the same time; more would only share the same threads.
pub(super) const RENDERED_AT_ONCE: usize = 2;
/// How long an article waits that could not be made for now: twice as long each time.
pub(super) const FIRST_RETRY: Duration = Duration::from_millis(500);
const LAST_RETRY: Duration = Duration::from_secs(30);
/// All that is told of an article that can't be made.
const LOG_KNOWS: &str = "something went wrong here; the operator's log says what";

impl Library {
    /// Takes up what an earlier process acknowledged and did not finish.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub async fn resume(self: &Arc<Self>) -> Result<usize, LibraryError> {
        let open = self.blocking(|library| Ok(library.store.ledger.requeue()?)).await?;
        open.iter().for_each(|id| self.make_later(*id));
        Ok(open.len())
    }

    /// A listener is a wish to have it made; a second one changes nothing.
    pub(super) async fn wanted(self: &Arc<Self>, revision: &Revision) -> Result<(), LibraryError> {
        let id = revision.id;
        if revision.state == State::Stored && self.claim(id, State::Stored, State::Queued).await? {
            self.make_later(id);
        }
        Ok(())
    }

    pub(super) fn make_later(self: &Arc<Self>, id: RevisionId) {
        let library = self.clone();
        tokio::spawn(async move {
            if let Err(error) = library.make(id).await {
                tracing::error!(revision = id, %error, "an article could not be made");
            }
        });
    }

    /// Makes every clip of a revision, then says so.
    async fn make(self: &Arc<Self>, id: RevisionId) -> Result<(), LibraryError> {
        let _turn = self.rendering.acquire().await.map_err(|_| LibraryError::Stopping)?;
        // It may have been forgotten meanwhile, or be in other hands.
        if !self.claim(id, State::Queued, State::Rendering).await? {
            return Ok(());
        }
        match self.make_patiently(id).await {
            Ok(made) => self.set_state(id, if made { State::Ready } else { State::Stored }, None).await,
            Err(error) => {
                self.set_state(id, State::Failed, Some(LOG_KNOWS.into())).await?;
                Err(error)
            }
        }
    }

    /// A full disk or a full queue costs time, not the article.
    async fn make_patiently(self: &Arc<Self>, id: RevisionId) -> Result<bool, LibraryError> {
        let mut pause = FIRST_RETRY;
        loop {
            match self.make_clips(id).await {
                Err(error) if error.passes() => {
                    tracing::warn!(revision = id, %error, "an article waits");
                    tokio::time::sleep(pause).await;
                    pause = (2 * pause).min(LAST_RETRY);
                }
                result => return result,
            }
        }
    }

    /// False if a newer revision has taken its place, or it was forgotten.
    async fn make_clips(self: &Arc<Self>, id: RevisionId) -> Result<bool, LibraryError> {
        let lines = self
            .blocking(move |library| {
                let ledger = &library.store.ledger;
                let Some(revision) = ledger.revision(id)? else {
                    return Ok(None);
                };
                let newest = ledger.newest(&revision.article)?.is_some_and(|newest| newest.id == id);
                let lines = newest.then(|| library.lines(&revision.content));
                Ok(lines.transpose()?.map(|(_, lines)| lines))
            })
            .await?;
        match lines {
            Some(lines) => self.make_all(&lines).await.map(|()| true),
            None => Ok(false),
        }
    }

    async fn set_state(
        self: &Arc<Self>,
        id: RevisionId,
        state: State,
        error: Option<String>,
    ) -> Result<(), LibraryError> {
        self.blocking(move |l| Ok(l.store.ledger.set_state(id, state, error.as_deref())?)).await
    }

    async fn claim(self: &Arc<Self>, id: RevisionId, from: State, to: State) -> Result<bool, LibraryError> {
        self.blocking(move |l| Ok(l.store.ledger.claim(id, from, to)?)).await
    }
}
