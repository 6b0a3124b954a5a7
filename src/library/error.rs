//! What can go wrong in a use-case.

use thiserror::Error;
use tokio::task::JoinError;

use crate::article::ArticleError;
use crate::audio::decode::Refusal;
use crate::render::RenderError;
use crate::speech::SpeechError;
use crate::store::StoreError;
use crate::text::EntryError;

/// Why the library can't do what it was asked for.
#[derive(Clone, Debug, Error)]
pub enum LibraryError {
    /// Nothing was saved under this id.
    #[error("there is no article with this id")]
    NoArticle,
    /// Nobody has recorded this article.
    #[error("this article has no recording by people")]
    NotRecorded,
    /// No article has this recording any more.
    #[error("there is no recording with this name")]
    NoRecording,
    /// The signature of a preview's address does not fit, or has run out.
    #[error("this preview has run out; ask an editor for a new address")]
    PreviewEnded,
    /// The article could not be made.
    #[error("this article could not be made: {0}")]
    Failed(String),
    /// What was sent is no article.
    #[error(transparent)]
    Article(#[from] ArticleError),
    /// A text too long to be explained.
    #[error(
        "the text has {characters} characters; at most {max} are explained (setting library.explained_characters)"
    )]
    TooLongToExplain {
        /// How many it has.
        characters: usize,
        /// How many it may have.
        max: usize,
    },
    /// An entry of the lexicon is wrong.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// An entry of the lexicon has a sound that its voice does not.
    #[error(
        "the lexicon entry {written:?} has the phoneme {phoneme} (U+{:04X}) in ipa, which the voice {voice} does not know",
        u32::from(*phoneme)
    )]
    UnknownPhoneme {
        /// The entry.
        written: String,
        /// The sound.
        phoneme: char,
        /// The voice.
        voice: String,
    },
    /// Two entries of one name were sent at once.
    #[error("the lexicon entry {0:?} is given twice, and not the same; send one of them")]
    EntryTwice(String),
    /// Two entries for the same places of the same texts.
    #[error(
        "the lexicon entries {one:?} and {other:?} are found in the same places, accents aside, and only one of \
         them would be read; change or remove the one that is there, or ask for case exact"
    )]
    EntryTwins {
        /// The one that would be read.
        one: String,
        /// The one in its shadow.
        other: String,
    },
    /// The lexicon has no entry of this name.
    #[error("the lexicon has no entry {0:?}")]
    NoEntry(String),
    /// More entries than the setting allows.
    #[error("the lexicon may have at most {max} entries (setting library.lexicon_entries)")]
    LexiconFull {
        /// How many there may be.
        max: usize,
    },
    /// An editor has to hear the article first.
    #[error("this article waits for an editor to hear it first")]
    NeedsReview,
    /// Nobody need hear it first.
    #[error("this article does not need review")]
    NothingToReview,
    /// A recording that somebody sent can't be taken.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A recording that somebody sent has too many bytes.
    #[error("the recording has more than {0} bytes (setting library.recordings.max_bytes)")]
    TooLarge(u64),
    /// A recording of what is not live yet would be heard in place of what is.
    #[error("this article plays, and its next revision goes live later: send the recording then")]
    RecordedEarly,
    /// Whoever sent a recording stopped in the middle.
    #[error("the recording broke off while it was sent; send it again")]
    BrokenOff,
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
