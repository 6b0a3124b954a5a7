//! How far the making of an article is, and what it would take.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::manifest::{ReadBy, written};
use super::{Library, LibraryError, damaged};
use crate::article::Article;
use crate::audio::seconds;
use crate::render;
use crate::speech::Priority;
use crate::store::{Revision, RevisionId, State};

/// How far an article's newest revision is. What it says twice counts once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// The article's id.
    pub id: String,
    /// Number of its newest revision.
    pub revision: RevisionId,
    /// Where that stands.
    pub state: State,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// How many sentences it has.
    pub sentences: usize,
    /// How many of them are made.
    pub made: usize,
    /// How far that is, from 0 to 1; 1 once it is ready.
    #[serde(default)]
    pub progress: f64,
    /// Seconds that these last, without the pauses.
    pub seconds: f64,
    /// Exact length in seconds, once it is ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
}

/// What an article said until it was saved with other text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// Number of the revision.
    pub revision: RevisionId,
    /// Where it stood.
    pub state: State,
    /// When it was saved (RFC 3339).
    pub saved: String,
}

impl Replaced {
    /// The newest revision, where an article with this content and recording is another.
    pub(super) fn by(content: &str, recording: &str, newest: &Revision) -> Option<Self> {
        let Revision { id, state, created, .. } = *newest;
        let other = newest.content != content && newest.recording != recording;
        other.then(|| Self { revision: id, state, saved: written(created) })
    }
}

/// What making an article would take. What it says twice counts once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// How many words it has.
    pub words: usize,
    /// How many sentences it has.
    pub sentences: usize,
    /// How many of them are made already.
    pub made: usize,
    /// Where its newest revision stands, if nothing that is heard changed since.
    pub state: Option<State>,
    /// What would not be what is written any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Replaced>,
    /// What people read of it, which is heard all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<ReadBy>,
}

impl Library {
    /// How far an article's newest revision is.
    ///
    /// # Errors
    /// There is no such article, or the ledger can't be read.
    pub async fn standing(self: &Arc<Self>, id: &str) -> Result<Standing, LibraryError> {
        let newest = self.newest(id).await?;
        let revision = newest.id;
        let made = self.blocking(move |library| Ok(library.store.ledger.made(revision)?)).await?;
        let duration = match newest.state {
            State::Ready => {
                Some(self.opened(&newest, Priority::Batch).await?.planned_at_leisure().await?.seconds())
            }
            _ => None,
        };
        let progress = match newest.state {
            State::Ready => 1.0,
            _ => made.kept as f64 / made.clips.max(1) as f64,
        };
        Ok(Standing {
            progress,
            id: newest.article,
            revision,
            state: newest.state,
            error: newest.error,
            sentences: made.clips,
            made: made.kept,
            seconds: seconds(made.frames),
            duration,
        })
    }

    /// What saving and making an article would take; nothing is saved.
    ///
    /// # Errors
    /// There is nothing to read in it, nobody to read it, or the ledger can't be read.
    pub async fn estimate(self: &Arc<Self>, article: Article) -> Result<Estimate, LibraryError> {
        self.blocking(move |library| {
            let ledger = &library.store.ledger;
            let house = library.house(ledger.lexicon_version()?)?;
            let (script, lines) = library.renderer.lines_in(&article, &house)?;
            let name = render::recording_name(&lines, &library.renderer.config().audio);
            let content = serde_json::to_string(&article).map_err(|e| damaged(&e))?;
            let newest = ledger.newest(&article.id)?;
            let replaces = newest.as_ref().and_then(|newest| Replaced::by(&content, &name, newest));
            let recorded = library.read_so_far(&article.id, &content)?;
            let state = newest.filter(|newest| newest.recording == name).map(|newest| newest.state);
            let clips: BTreeSet<String> = library.blob_names(&lines).into_iter().collect();
            let mut made = 0;
            for clip in &clips {
                made += usize::from(ledger.blob(clip)?.is_some());
            }
            let (words, sentences) = (script.words(), clips.len());
            Ok(Estimate { words, sentences, made, state, replaces, recorded })
        })
        .await
    }
}
