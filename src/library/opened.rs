//! An article opened to be heard: its name and its lines at once, its plan soon after.

use std::sync::Arc;
use std::time::Instant;

use futures_util::FutureExt;
use futures_util::future::ready;
use prometheus_client::metrics::histogram::Histogram;
use tokio::sync::OnceCell;

use super::flight::{self, Flight};
use super::recording::Recording;
use super::{Library, LibraryError};
use crate::render::{self, Line};
use crate::speech::{Priority, Urgency};
use crate::store::{Revision, RevisionId};
use crate::text::Note;

/// An article's audio, of which nothing need exist yet.
pub struct Opened {
    /// Name of its recording.
    pub name: String,
    /// Number of the revision it is of.
    pub revision: RevisionId,
    pub(super) lines: Arc<[Line]>,
    plan: Flight<Arc<Recording>>,
    /// Of the plan: as of the most urgent who wants it.
    pub(super) urgency: Urgency,
    waited: Histogram,
    unknown: OnceCell<Vec<Note>>,
}

impl Opened {
    /// Its plan, which a client waits for: how long it is, and when what is heard.
    ///
    /// # Errors
    /// It can't be planned.
    pub async fn planned(&self) -> Result<Arc<Recording>, LibraryError> {
        self.urgency.raise(Priority::Plan);
        self.planned_at_leisure().await
    }

    /// Its plan, which goes on as urgently as its most urgent client asks for it.
    pub(super) async fn planned_at_leisure(&self) -> Result<Arc<Recording>, LibraryError> {
        let started = Instant::now();
        let plan = self.plan.clone().await;
        self.waited.observe(started.elapsed().as_secs_f64());
        plan
    }

    /// Its plan, if it is there already.
    pub fn planned_already(&self) -> Option<Arc<Recording>> {
        self.plan.peek().and_then(|result| result.as_ref().ok()).cloned()
    }

    /// What people read; its plan is known.
    pub(super) async fn by_people(revision: RevisionId, recording: Recording, waited: Histogram) -> Self {
        let (name, plan) = (recording.name.clone(), ready(Ok(Arc::new(recording))).boxed().shared());
        // Only what was waited for once can be looked at.
        let _ = plan.clone().await;
        let (urgency, unknown) = (Urgency::from(Priority::Next), OnceCell::new());
        Self { name, revision, lines: Arc::default(), plan, urgency, waited, unknown }
    }

    pub(super) fn has_failed(&self) -> bool {
        matches!(self.plan.peek(), Some(Err(_)))
    }
}

impl Library {
    /// Plans what was saved, so that nobody has to wait for it; one article after the other.
    pub(super) fn plan_ahead(self: &Arc<Self>, revision: Revision) {
        let library = self.clone();
        tokio::spawn(async move {
            let _turn = library.planning.acquire().await;
            let planned = async { library.opened(&revision, Priority::Batch).await?.plan.clone().await };
            if let Err(error) = planned.await {
                tracing::warn!(revision = revision.id, %error, "an article is planned when it is wanted");
            }
        });
    }

    /// Reads a revision's article and begins to plan it.
    pub(super) async fn open_revision(
        self: &Arc<Self>,
        revision: &Revision,
        priority: Priority,
    ) -> Result<Arc<Opened>, LibraryError> {
        let (content, lexicon) = (revision.content.clone(), revision.lexicon);
        let (about, lines) = self.blocking(move |library| library.lines(&content, lexicon)).await?;
        let name = render::recording_name(&lines, &self.renderer.config().audio);
        if name != revision.recording {
            self.rename(revision.id, name.clone(), self.blob_names(&lines)).await?;
        }
        let lines: Arc<[Line]> = lines.into();
        let (library, planned, named) = (self.clone(), lines.clone(), name.clone());
        let (urgency, waited) = (Urgency::from(priority), self.waits.plan.clone());
        let wanted = urgency.clone();
        let plan = flight::start(async move {
            let clips = library.plan(&planned, &wanted).await?;
            let kbps = library.renderer.config().audio.mp3_kbps;
            Ok(Arc::new(Recording::new(about, named, planned.to_vec(), clips, kbps)))
        });
        Ok(Arc::new(Opened {
            name,
            revision: revision.id,
            lines,
            plan,
            urgency,
            waited,
            unknown: OnceCell::new(),
        }))
    }

    /// A note for each phoneme that its voices leave out. Every line is pronounced for it, so it is
    /// looked for when it is first shown, and nobody who listens waits for it.
    pub(super) async fn unknown_phonemes<'a>(
        self: &Arc<Self>,
        opened: &'a Opened,
    ) -> Result<&'a [Note], LibraryError> {
        let lines = opened.lines.clone();
        let notes = self.blocking(move |library| Ok(library.renderer.unknown_phonemes(&lines)?));
        Ok(opened.unknown.get_or_try_init(|| notes).await?)
    }

    /// Names of the blobs that a recording is made of.
    pub(super) fn blob_names(&self, lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| self.clip_name(line).to_string()).collect()
    }
}
