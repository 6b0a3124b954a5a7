//! What editors do: save an article, see where all of them stand, forget one.

use std::sync::Arc;

use super::manifest::{Listed, Manifest};
use super::recording::About;
use super::standing::Replaced;
use super::{Library, LibraryError, damaged, now};
use crate::article::Article;
use crate::render;
use crate::store::{Moment, Revision, Save, State};

impl Library {
    /// Saves an article, and makes its audio now if wanted. Once this returns it is not lost.
    ///
    /// # Errors
    /// There is nothing to read in it, nobody to read it, or it can't be kept.
    pub async fn save(self: &Arc<Self>, article: Article, render: bool) -> Result<Manifest, LibraryError> {
        let state = if render { State::Queued } else { State::Stored };
        let (saved, about, replaces) = self.blocking(move |library| library.keep(&article, state)).await?;
        if saved.state == State::Queued {
            self.queued.notify_waiters();
        }
        if self.recorded(&saved).await?.is_some() {
            return Ok(Manifest { replaces, ..self.shown(&saved).await? });
        }
        if saved.state != State::Ready && about.words >= self.config.plan_ahead_words {
            self.plan_ahead(saved.clone());
        }
        let preview = (saved.live > now()).then(|| self.preview_of(&saved.article));
        Ok(Manifest { replaces, ..Manifest::new(&saved, about, None, preview.as_deref()) })
    }

    fn keep(
        &self,
        article: &Article,
        state: State,
    ) -> Result<(Revision, About, Option<Replaced>), LibraryError> {
        let content = serde_json::to_string(article).map_err(|e| damaged(&e))?;
        let lexicon = self.store.ledger.lexicon_version()?;
        let (about, lines) = self.lines(&content, lexicon)?;
        let undated = if self.config.undated_is_draft { Moment::MAX } else { 0 };
        let recording = render::recording_name(&lines, &self.renderer.config().audio);
        let (saved, before) = self.store.ledger.save(&Save {
            article: &article.id,
            title: article.title.as_deref(),
            url: article.url.as_deref(),
            content: &content,
            recording: &recording,
            blobs: &self.blob_names(&lines),
            state,
            now: now(),
            live: article.goes_live().unwrap_or(undated),
            lexicon,
        })?;
        if self.store.ledger.lexicon_version()? != lexicon {
            // Whoever reads articles again may have been past this one.
            self.relexed.notify_one();
        }
        let replaces = before.and_then(|before| Replaced::by(&content, &recording, &before));
        Ok((saved, about, replaces))
    }

    /// Articles whose ids come after one, in the order of the ids, as their newest revisions stand.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub async fn list(
        self: &Arc<Self>,
        after: &str,
        state: Option<State>,
        limit: usize,
    ) -> Result<Vec<Listed>, LibraryError> {
        let after = after.to_owned();
        let found = self
            .blocking(move |library| {
                let found = library.store.ledger.list(&after, state, limit)?;
                Ok(found.into_iter().map(|summary| Listed::new(summary, now())).collect())
            })
            .await?;
        Ok(found)
    }

    /// An address from which an article can be heard before it goes live, for a while.
    ///
    /// # Errors
    /// There is no such article.
    pub async fn preview(self: &Arc<Self>, id: &str) -> Result<Manifest, LibraryError> {
        let article = self.newest(id).await?.article;
        let preview = self.preview_of(&article);
        self.manifest(id, Some(&preview)).await
    }

    /// Forgets an article and what people read of it; clips that no other article says go when the house
    /// is kept.
    ///
    /// # Errors
    /// There is no such article.
    pub async fn forget(self: &Arc<Self>, id: &str) -> Result<(), LibraryError> {
        let id = id.to_owned();
        let gone = self.blocking(move |library| {
            let gone = library.store.ledger.forget(&id)?;
            library.clear_uploads();
            Ok(gone)
        });
        let gone = gone.await?;
        self.withdrawn.notify_waiters();
        self.happened.notify_waiters();
        if gone { Ok(()) } else { Err(LibraryError::NoArticle) }
    }
}
