//! Articles made before anybody presses, off a queue that outlives the process.
//!
//! Whoever makes an article holds a lease on it and makes it longer while he works; when he is
//! not heard of any more, the article is another's to make. What was made of it stays made.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::{Library, LibraryError, now};
use crate::render;
use crate::store::{Outcome, Revision, RevisionId, State};

/// How long an article waits that could not be made for now: twice as long each time.
pub(super) const FIRST_RETRY: Duration = Duration::from_millis(500);
const LAST_RETRY: Duration = Duration::from_secs(30);
/// All that is told of an article that can't be made.
const LOG_KNOWS: &str = "something went wrong here; the operator's log says what";
/// An article begun so often is taken to end the process that makes it.
const BROKEN_OFF: u32 = 100;
/// How often it is looked whether anybody listens to what readers alone want.
const LISTENERS_LOOKED_FOR: Duration = Duration::from_secs(1);
/// The queue is looked at so often at least, as another process may have put something in.
pub(super) const GLANCE: Duration = Duration::from_secs(30);

impl Library {
    /// Starts to make what is queued, with what an earlier process acknowledged and did not finish.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub async fn start(self: &Arc<Self>) -> Result<usize, LibraryError> {
        let open = self.blocking(|library| Ok(library.store.ledger.release()?)).await?;
        for _ in 0..self.config.rendered_at_once.max(1) {
            tokio::spawn(self.clone().work_off());
        }
        tokio::spawn(self.clone().sweep());
        tokio::spawn(self.clone().keep_house());
        Ok(open)
    }

    /// A listener is a wish to have it made; a second one changes nothing.
    pub(super) fn wanted(&self, revision: &Revision) -> Result<(), LibraryError> {
        if revision.state == State::Stored && self.store.ledger.queue(revision.id)? {
            self.queued.notify_waiters();
        }
        Ok(())
    }

    /// Has an article made before anybody presses.
    ///
    /// # Errors
    /// There is no such article, or the ledger can't be written.
    pub async fn render(self: &Arc<Self>, id: &str) -> Result<(), LibraryError> {
        let revision = self.newest(id).await?;
        let again = self.blocking(move |l| Ok(l.store.ledger.want(revision.id)?));
        if again.await? {
            self.queued.notify_waiters();
        }
        Ok(())
    }

    /// Takes an article that waits to be made, or is being made, out of the queue. It is made at
    /// the first press.
    ///
    /// # Errors
    /// There is no such article, or the ledger can't be written.
    pub async fn cancel(self: &Arc<Self>, id: &str) -> Result<(), LibraryError> {
        let revision = self.newest(id).await?;
        self.blocking(move |library| Ok(library.store.ledger.cancel(&revision.article)?)).await?;
        self.withdrawn.notify_waiters();
        Ok(())
    }

    /// Makes a revision before what else is queued; returns once it is made or can't be, or the
    /// library stops.
    ///
    /// # Errors
    /// The ledger can't be read or written.
    pub async fn make_now(self: &Arc<Self>, id: RevisionId) -> Result<(), LibraryError> {
        loop {
            let lease = self.lease();
            let taken = self.blocking(move |l| Ok(l.store.ledger.claim_one(id, now(), after(lease))?));
            match taken.await? {
                Some(revision) => self.make(revision).await,
                None => tokio::time::sleep(FIRST_RETRY).await,
            }
            let stands = self.blocking(move |library| Ok(library.store.ledger.revision(id)?)).await?;
            let open = stands.is_some_and(|r| matches!(r.state, State::Queued | State::Rendering));
            if !open || self.is_stopping() {
                return Ok(());
            }
        }
    }

    /// Begins no more sentences. What is being made is kept, and what is queued stays so.
    pub fn begin_no_more(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    async fn work_off(self: Arc<Self>) {
        while !self.is_stopping() {
            // Asked for before it is looked, so that nothing slips through between.
            let queued = self.queued.notified();
            match patiently("the queue can't be read", || self.claim()).await {
                Some(revision) => {
                    self.make(revision).await;
                    self.made.notify_waiters();
                }
                None => drop(tokio::time::timeout(self.until_due().await, queued).await),
            }
        }
    }

    fn lease(&self) -> Duration {
        Duration::from_secs(u64::from(self.config.lease_seconds.max(1)))
    }

    async fn claim(self: &Arc<Self>) -> Result<Option<Revision>, LibraryError> {
        let lease = self.lease();
        self.blocking(move |library| Ok(library.store.ledger.claim(now(), after(lease))?)).await
    }

    async fn until_due(self: &Arc<Self>) -> Duration {
        let due = self.blocking(|library| Ok(library.store.ledger.next_due()?)).await.ok().flatten();
        let wait = due.map_or(GLANCE, |due| Duration::from_millis((due - now()).max(1).unsigned_abs()));
        wait.min(GLANCE)
    }

    /// Makes every clip of a revision, then says so, unless it is another's to make by then.
    async fn make(self: &Arc<Self>, revision: Revision) {
        let (id, lease, attempt) = (revision.id, revision.lease, revision.attempts);
        if attempt > BROKEN_OFF {
            tracing::error!(revision = id, attempt, "an article was begun too often and never ended");
            let outcome = Outcome::Failed(LOG_KNOWS.into());
            return patiently("an article waits", || self.finish(id, lease, outcome.clone())).await;
        }
        let made = tokio::select! {
            made = self.make_clips(&revision) => made,
            () = self.hold(id, lease) => return,
            () = self.deserted(&revision) => Ok(Outcome::Stored),
        };
        let outcome = self.outcome(id, attempt, made);
        // A full disk can't take even this note.
        patiently("an article waits", || self.finish(id, lease, outcome.clone())).await;
    }

    /// Ends when the lease is lost: the article was changed, forgotten or cancelled.
    async fn hold(self: &Arc<Self>, id: RevisionId, lease: i64) {
        let mut withdrawn = self.withdrawn.notified();
        loop {
            let _ = tokio::time::timeout(self.lease() / 3, withdrawn).await;
            // Asked for again before it is looked, as above.
            withdrawn = self.withdrawn.notified();
            let until = after(self.lease());
            let beat = self.blocking(move |library| Ok(library.store.ledger.beat(id, lease, until)?));
            if matches!(beat.await, Ok(false)) {
                return;
            }
        }
    }

    /// Ends when what a reader began has had no listener for as long as it is made on without. What
    /// editors want never ends so, nor does what is to take the place of what plays.
    async fn deserted(self: &Arc<Self>, revision: &Revision) {
        let (id, article) = (revision.id, revision.article.clone());
        let current = self.blocking(move |library| Ok(library.store.ledger.current(&article, now())?));
        let plays = current.await.is_ok_and(|current| current.is_some_and(|current| current.id == id));
        let Some(seconds) = self.config.finish_seconds.filter(|_| plays && !revision.pinned) else {
            return std::future::pending().await;
        };
        let (patience, mut heard) = (Duration::from_secs(seconds.into()), Instant::now());
        loop {
            tokio::time::sleep(LISTENERS_LOOKED_FOR).await;
            if self.listeners.any(&revision.recording) {
                heard = Instant::now();
            } else if heard.elapsed() > patience {
                return;
            }
        }
    }

    fn outcome(&self, id: RevisionId, attempt: u32, made: Result<Outcome, LibraryError>) -> Outcome {
        let wait = (FIRST_RETRY * 2u32.saturating_pow(attempt.saturating_sub(1).min(10))).min(LAST_RETRY);
        match made {
            Ok(outcome) => outcome,
            Err(LibraryError::Stopping) => Outcome::Later { due: now(), counts: false },
            // A disk that is full or fails, or a full queue, costs time, not the article.
            Err(error) if error.passes() => {
                tracing::warn!(revision = id, %error, "an article waits");
                Outcome::Later { due: after(wait), counts: false }
            }
            Err(error) if error.may_pass() && attempt < self.config.attempts => {
                tracing::warn!(revision = id, attempt, %error, "an article is tried again");
                Outcome::Later { due: after(wait), counts: true }
            }
            Err(error) => {
                tracing::error!(revision = id, attempt, %error, "an article could not be made");
                Outcome::Failed(LOG_KNOWS.into())
            }
        }
    }

    async fn finish(
        self: &Arc<Self>,
        id: RevisionId,
        lease: i64,
        outcome: Outcome,
    ) -> Result<(), LibraryError> {
        if let Outcome::NeedsReview(why) = &outcome {
            tracing::warn!(revision = id, why, "an article needs review");
        }
        self.blocking(move |library| Ok(library.store.ledger.finish(id, lease, &outcome)?)).await?;
        self.happened.notify_waiters();
        Ok(())
    }

    /// It stays stored if a newer revision has taken its place, or it was forgotten, or is another
    /// recording since the voice or the settings changed.
    async fn make_clips(self: &Arc<Self>, revision: &Revision) -> Result<Outcome, LibraryError> {
        let (id, lexicon, content) = (revision.id, revision.lexicon, revision.content.clone());
        let (article, recording) = (revision.article.clone(), revision.recording.clone());
        let lines = self
            .blocking(move |library| {
                let ledger = &library.store.ledger;
                let newest = ledger.newest(&article)?.is_some_and(|newest| newest.id == id);
                let Some((_, lines)) = newest.then(|| library.lines(&content, lexicon)).transpose()? else {
                    return Ok(None);
                };
                let name = render::recording_name(&lines, &library.renderer.config().audio);
                if name != recording {
                    // It goes back into the queue under its new name.
                    ledger.rename(id, &name, &library.blob_names(&lines))?;
                    return Ok(None);
                }
                Ok(Some(lines))
            })
            .await?;
        match lines {
            Some(lines) => {
                self.make_all(&lines).await?;
                self.judged(lines).await
            }
            None => Ok(Outcome::Stored),
        }
    }
}

/// Tries until it succeeds: at once, and then after pauses each twice as long as the last.
pub(super) async fn patiently<T, F>(waiting: &str, work: impl Fn() -> F) -> T
where
    F: Future<Output = Result<T, LibraryError>>,
{
    let mut pause = FIRST_RETRY;
    loop {
        match work().await {
            Ok(done) => return done,
            Err(error) => tracing::warn!(%error, "{waiting}"),
        }
        tokio::time::sleep(pause).await;
        pause = (2 * pause).min(LAST_RETRY);
    }
}

fn after(wait: Duration) -> i64 {
    now() + i64::try_from(wait.as_millis()).unwrap_or(i64::MAX / 2)
}
