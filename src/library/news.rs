//! What other programs are told of an article when something happens to it.

use std::sync::Arc;

use serde::Serialize;
use tokio::sync::futures::Notified;

use super::manifest::{article_address, query, recording_at, written};
use super::{Library, LibraryError, now};
use crate::speech::Priority;
use crate::store::{Event, EventKind, Revision, RevisionId, State};

/// A message about an event, as the Standard Webhooks specification has it.
#[derive(Debug, Serialize)]
pub struct News {
    /// What happened.
    #[serde(rename = "type")]
    pub kind: EventKind,
    /// When (RFC 3339).
    pub timestamp: String,
    /// To what.
    pub data: NewsData,
}

/// The article something happened to. What is not known, or not so, is left out.
#[derive(Debug, Serialize)]
pub struct NewsData {
    /// The article's id.
    pub id: String,
    /// Number of the revision.
    pub revision: RevisionId,
    /// Where that stood then.
    pub state: &'static str,
    /// Exact length in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    /// Address of just this recording, for ever; of what readers do not hear yet, a preview's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mp3: Option<String>,
    /// Address of the article's manifest; of what readers do not hear yet, a preview's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manifest: Option<String>,
    /// From when on readers may hear it, where that is still to come (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live: Option<String>,
    /// Why it failed, or needs review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Library {
    /// Ends when something happens that others may be told of; ask for it before looking.
    pub fn happens(&self) -> Notified<'_> {
        self.happened.notified()
    }

    /// What others are told of an event, in a message that may be `hours` on its way. Addresses begin
    /// with `base`, which may be empty.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub async fn news(self: &Arc<Self>, event: &Event, base: &str, hours: u32) -> Result<News, LibraryError> {
        let id = event.revision;
        let revision = self.blocking(move |library| Ok(library.store.ledger.revision(id)?)).await?;
        // It may have been forgotten since: that is the next event's to tell.
        let revision = revision.filter(|_| event.kind != EventKind::Deleted);
        let audible = matches!(event.kind, EventKind::Ready | EventKind::NeedsReview);
        let (recording, duration) = match revision.as_ref().filter(|_| audible) {
            Some(revision) => self.heard_of(revision).await?,
            None => (None, None),
        };
        let unheard = |r: &Revision| event.kind == EventKind::NeedsReview || r.live > now();
        let signed = |r: &Revision| self.preview_after(&r.article, hours);
        let preview = revision.as_ref().filter(|r| unheard(r)).map(signed);
        let query = query(preview.as_deref());
        let data = NewsData {
            id: event.article.clone(),
            revision: id,
            state: state(event.kind),
            duration,
            mp3: recording.map(|name| format!("{base}{}.mp3{query}", recording_at(&name))),
            manifest: revision.as_ref().map(|r| format!("{base}{}{query}", article_address(&r.article))),
            live: revision.filter(|r| r.live > now()).map(|r| written(r.live)),
            reason: event.reason.clone(),
        };
        Ok(News { kind: event.kind, timestamp: written(event.at), data })
    }

    /// The recording that readers hear, by people or by the voice, and its length in seconds; none
    /// where it can't be planned any more, for its voice is gone.
    async fn heard_of(
        self: &Arc<Self>,
        revision: &Revision,
    ) -> Result<(Option<String>, Option<f64>), LibraryError> {
        let opened = match self.recorded(revision).await? {
            Some(people) => Ok(people),
            None => self.opened(revision, Priority::Batch).await,
        };
        let recording = match opened {
            Ok(opened) => opened.planned_at_leisure().await.ok(),
            Err(_) => None,
        };
        let name = recording.as_ref().map_or(&revision.recording, |recording| &recording.name);
        Ok((Some(name.clone()), recording.as_ref().map(|recording| recording.seconds())))
    }
}

fn state(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Ready => State::Ready.name(),
        EventKind::Failed => State::Failed.name(),
        EventKind::NeedsReview => State::NeedsReview.name(),
        EventKind::Deleted => "deleted",
    }
}
