//! What can go wrong in a use-case.

use thiserror::Error;
use tokio::task::JoinError;

use crate::render::RenderError;
use crate::speech::SpeechError;
use crate::store::StoreError;

/// Why the library can't do what it was asked for.
#[derive(Clone, Debug, Error)]
pub enum LibraryError {
    /// Nothing was saved under this id.
    #[error("there is no article with this id")]
    NoArticle,
    /// No article has this recording any more.
    #[error("there is no recording with this name")]
    NoRecording,
    /// The signature of a preview's address does not fit, or has run out.
    #[error("this preview has run out; ask an editor for a new address")]
    PreviewEnded,
    /// The article could not be made.
    #[error("this article could not be made: {0}")]
    Failed(String),
    /// The process is about to end.
    #[error("the service is stopping")]
    Stopping,
    /// What it was to be done by panicked, which is a mistake in the program.
    #[error("a task panicked; what it said is on the service's standard error")]
    Panicked,
    /// Something stored can't be read back.
    #[error("stored data can't be read: {0}")]
    Damaged(String),
    /// The flow from article to clip.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The data folder.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<JoinError> for LibraryError {
    /// A panic's message may quote an article, so it is not passed on.
    fn from(error: JoinError) -> Self {
        if error.is_panic() { Self::Panicked } else { Self::Stopping }
    }
}

impl LibraryError {
    /// Whether the same may well succeed a little later.
    pub fn passes(&self) -> bool {
        self.is_overload() || matches!(self, Self::Store(_))
    }

    /// Whether the same may perhaps succeed if it is tried again.
    pub fn may_pass(&self) -> bool {
        !matches!(
            self,
            Self::Render(
                RenderError::NothingToRead(_)
                    | RenderError::TooLong { .. }
                    | RenderError::Speech(SpeechError::UnknownVoice { .. } | SpeechError::NoVoiceFor { .. })
            )
        )
    }

    /// Whether too much was waiting to be spoken.
    pub fn is_overload(&self) -> bool {
        matches!(self, Self::Render(RenderError::Speech(SpeechError::Overloaded)))
    }
}
