//! What can go wrong between a sentence and its samples.

use std::path::PathBuf;

use thiserror::Error;

/// Why something could not be spoken.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum SpeechError {
    /// ONNX Runtime is not where it was looked for, or is not what it should be.
    #[error("ONNX Runtime {path}: {cause}; run `make setup`, or name the file with --onnxruntime")]
    Runtime {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// espeak-ng's data folder is missing or damaged.
    #[error("espeak-ng data {path}: {cause}; run `make setup`, or name the parts folder with --parts")]
    Espeak {
        /// The folder.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// No voice has this id.
    #[error("there is no voice {id:?}; these are here: {known}")]
    UnknownVoice {
        /// The id asked for.
        id: String,
        /// The ids there are.
        known: String,
    },
    /// No voice speaks this language.
    #[error("no voice for the language {language:?}; these are here: {known}")]
    NoVoiceFor {
        /// The language asked for.
        language: String,
        /// The ids there are.
        known: String,
    },
    /// A voice's file is missing, damaged or of an unknown shape.
    #[error("voice file {path}: {cause}; `make setup` fetches voices, --voices names another folder")]
    Voice {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// espeak-ng does not know the language of a voice.
    #[error("espeak-ng has no voice {0:?}")]
    Language(String),
    /// The model failed on one sentence.
    #[error("the voice failed on a sentence: {0}")]
    Inference(String),
    /// Too much is waiting already.
    #[error("too many sentences are waiting to be spoken")]
    Overloaded,
    /// The worker stopped before it answered.
    #[error("the worker stopped before it answered")]
    Stopped,
}
