//! Why an article can't be heard.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::audio::AudioError;
use crate::speech::SpeechError;
use crate::text::Note;

const NOTHING_TO_READ: &str = "there is nothing to read in it: no sentence with a letter or a digit";

/// Why an article can't be heard. As text it quotes nothing of the article, for it may be logged.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum RenderError {
    /// No sentence has anything to say.
    #[error("{NOTHING_TO_READ}{}", codes(.0))]
    NothingToRead(Vec<Note>),
    /// More words than the setting allows.
    #[error("the article has {words} words; at most {max} are read (setting max_words)")]
    TooLong {
        /// How many there are.
        words: usize,
        /// How many there may be.
        max: usize,
    },
    /// Between a sentence and its samples.
    #[error(transparent)]
    Speech(#[from] SpeechError),
    /// Between samples and files.
    #[error(transparent)]
    Audio(#[from] AudioError),
}

fn codes(notes: &[Note]) -> String {
    let codes: BTreeSet<&str> = notes.iter().map(|note| note.code).collect();
    codes.into_iter().map(|code| format!("; {code}")).collect()
}

impl RenderError {
    /// The whole of it, for whoever sent the article: notes may quote it.
    pub fn told(&self) -> String {
        match self {
            Self::NothingToRead(notes) => {
                let notes = notes.iter().map(|note| format!("; {}: {}", note.code, note.detail));
                format!("{NOTHING_TO_READ}{}", notes.collect::<String>())
            }
            other => other.to_string(),
        }
    }
}
