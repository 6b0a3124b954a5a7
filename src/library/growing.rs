//! Clips on their way: made once, heard as they come by whoever asks meanwhile.
//!
//! Each is a task of its own, so nobody who waits, however slowly he reads, holds up the others.
//! It is registered before any work is done; when the last who waits has left, it is ended.

use std::collections::HashMap;
use std::ops::Range;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, OnceLock, Weak};

use bytes::Bytes;
use futures_util::FutureExt;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{LibraryError, lock};
use crate::speech::{Priority, Urgency};
use crate::store::BlobName;

/// What there is of a clip so far.
#[derive(Clone, Debug, Default)]
struct Progress {
    pieces: Vec<Bytes>,
    /// Whether these are all.
    complete: bool,
    /// How it ended: with its bytes kept, or why not.
    end: Option<Result<(), LibraryError>>,
}

/// A clip on its way.
pub(super) struct Growing {
    progress: watch::Receiver<Progress>,
    urgency: Urgency,
    task: JoinHandle<()>,
}

/// Where its maker puts its bytes.
#[derive(Clone)]
pub(super) struct Feed(Arc<Source>);

struct Source {
    progress: watch::Sender<Progress>,
    clip: OnceLock<Weak<Growing>>,
    /// The clip itself from when it is complete until it is kept, so that whoever comes meanwhile
    /// finds it here: it is not in the store yet.
    held: Mutex<Option<Arc<Growing>>>,
}

impl Feed {
    pub(super) fn push(&self, bytes: Bytes) {
        if !bytes.is_empty() {
            self.0.progress.send_modify(|progress| progress.pieces.push(bytes));
        }
    }

    /// Says that all bytes are there, before they are kept.
    pub(super) fn complete(&self) {
        *lock(&self.0.held) = self.0.clip.get().and_then(Weak::upgrade);
        self.0.progress.send_modify(|progress| progress.complete = true);
    }

    fn end(&self, result: Result<(), LibraryError>) {
        self.0.progress.send_modify(|progress| {
            progress.complete |= result.is_ok();
            progress.end = Some(result);
        });
        lock(&self.0.held).take();
    }
}

impl Growing {
    fn start<W>(priority: Priority, work: impl FnOnce(Feed, Urgency) -> W) -> Arc<Self>
    where
        W: Future<Output = Result<(), LibraryError>> + Send + 'static,
    {
        let (sender, progress) = watch::channel(Progress::default());
        let source = Source { progress: sender, clip: OnceLock::new(), held: Mutex::new(None) };
        let (feed, urgency) = (Feed(Arc::new(source)), Urgency::from(priority));
        let (work, ended) = (work(feed.clone(), urgency.clone()), feed.clone());
        // Nobody looks at what the work left behind, only at how it ended.
        let work = AssertUnwindSafe(work).catch_unwind();
        let task = tokio::spawn(async move { ended.end(work.await.unwrap_or(Err(LibraryError::Panicked))) });
        let clip = Arc::new(Self { progress, urgency, task });
        // It is complete much later, and set but once.
        let _ = feed.0.clip.set(Arc::downgrade(&clip));
        clip
    }

    fn has_failed(&self) -> bool {
        let progress = self.progress.borrow();
        matches!(progress.end, Some(Err(_))) || self.task.is_finished() && progress.end.is_none()
    }

    /// Makes it at least this urgent.
    pub(super) fn raise(&self, priority: Priority) {
        self.urgency.raise(priority);
    }

    /// Waits until something holds of it, or it has ended.
    async fn wait(&self, holds: impl Fn(&Progress) -> bool) -> Progress {
        let mut progress = self.progress.clone();
        let found = progress.wait_for(|now| holds(now) || now.end.is_some()).await;
        // The service stops.
        let stopped =
            |_| Progress { end: Some(Err(LibraryError::Stopping)), ..self.progress.borrow().clone() };
        found.map(|now| now.clone()).unwrap_or_else(stopped)
    }

    /// Waits until it has been kept.
    pub(super) async fn kept(&self) -> Result<(), LibraryError> {
        self.wait(|_| false).await.end.unwrap_or(Err(LibraryError::Stopping))
    }

    /// What there is of some of its bytes, once there is something, and how many it has in all once
    /// that is known. Nothing, where the part lies behind the end.
    pub(super) async fn from(&self, part: Range<usize>) -> Result<(Bytes, Option<usize>), LibraryError> {
        let length = |progress: &Progress| progress.pieces.iter().map(Bytes::len).sum::<usize>();
        let progress = self.wait(|now| now.complete || length(now) > part.start).await;
        let bytes = slice(&progress.pieces, part);
        match progress.end {
            Some(Err(error)) if !progress.complete && bytes.is_empty() => Err(error),
            _ => Ok((bytes, progress.complete.then(|| length(&progress)))),
        }
    }
}

impl Drop for Growing {
    fn drop(&mut self) {
        // What is complete is still to be kept.
        if !self.progress.borrow().complete {
            self.task.abort();
        }
    }
}

/// Some of the bytes of pieces that follow each other.
fn slice(pieces: &[Bytes], part: Range<usize>) -> Bytes {
    let mut at = 0;
    let parts = pieces.iter().map(|piece| {
        let within = |n: usize| n.saturating_sub(at).min(piece.len());
        let found = piece.slice(within(part.start)..within(part.end));
        at += piece.len();
        found
    });
    let parts: Vec<Bytes> = parts.filter(|part| !part.is_empty()).collect();
    match &parts[..] {
        [only] => only.clone(),
        _ => parts.concat().into(),
    }
}

/// The clips on their way, by name.
#[derive(Default)]
pub(super) struct OnTheirWay(Mutex<HashMap<BlobName, Weak<Growing>>>);

impl OnTheirWay {
    /// Joins a clip where it is, and makes it as urgent as need be; or begins it.
    pub(super) fn join<W>(
        &self,
        name: &BlobName,
        priority: Priority,
        work: impl FnOnce(Feed, Urgency) -> W,
    ) -> Arc<Growing>
    where
        W: Future<Output = Result<(), LibraryError>> + Send + 'static,
    {
        let mut clips = lock(&self.0);
        // What failed is not an answer for those who come later.
        let under_way = clips.get(name).and_then(Weak::upgrade).filter(|clip| !clip.has_failed());
        if let Some(clip) = under_way {
            clip.urgency.raise(priority);
            return clip;
        }
        if clips.len() >= 256 {
            clips.retain(|_, clip| clip.strong_count() > 0);
        }
        let clip = Growing::start(priority, work);
        clips.insert(name.clone(), Arc::downgrade(&clip));
        clip
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    #[allow(clippy::panic)]
    async fn a_panic_is_told_as_one() {
        let clips = OnTheirWay::default();
        let name = BlobName::Wav("a".into());
        let clip = clips.join(&name, Priority::Next, |_, _| async { panic!("on purpose") });
        assert!(matches!(clip.kept().await, Err(LibraryError::Panicked)));
        assert!(matches!(clip.from(0..1).await, Err(LibraryError::Panicked)));
        let blocked = tokio::task::spawn_blocking(|| -> () { panic!("on purpose") }).await;
        assert!(matches!(blocked.map_err(LibraryError::from), Err(LibraryError::Panicked)));
    }
}
