//! What a command tells when it fails: the cause, and what to do.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use thiserror::Error;

use super::generate::INTERRUPTED;
use crate::article::ArticleError;
use crate::config::ConfigError;
use crate::library::{LibraryError, SpeakError};
use crate::render::RenderError;
use crate::source::SourceError;
use crate::speech::SpeechError;
use crate::store::StoreError;
use crate::webhook::HookError;

#[derive(Debug, Error)]
pub(super) enum CliError {
    #[error("{0}")]
    Usage(String),
    #[error("{0}")]
    Failed(String),
    #[error("{0}")]
    Interrupted(String),
    #[error("can't read {}: {cause}", path.display())]
    Read { path: PathBuf, cause: String },
    #[error("can't write: {0}")]
    Write(#[from] io::Error),
    #[error(transparent)]
    Article(#[from] ArticleError),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Hook(#[from] HookError),
    #[error(transparent)]
    Library(#[from] LibraryError),
    #[error(transparent)]
    Render(#[from] RenderError),
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error(transparent)]
    Speak(#[from] SpeakError),
    #[error(transparent)]
    Speech(#[from] SpeechError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl CliError {
    /// What is told beside the name of what it is about.
    pub(super) fn told_of(&self, name: &str) -> String {
        let told = self.told();
        let named = [format!("{name}: "), format!("can't read {name}: ")];
        named.iter().find_map(|named| told.strip_prefix(named)).map_or(told.clone(), str::to_owned)
    }

    pub(super) fn told(&self) -> String {
        let more = if self.lacks_a_voice() { "; `lectern voices add NAME` brings more" } else { "" };
        self.cause() + more
    }

    fn lacks_a_voice(&self) -> bool {
        let error = match self {
            Self::Speech(error)
            | Self::Render(RenderError::Speech(error))
            | Self::Library(LibraryError::Render(RenderError::Speech(error)))
            | Self::Speak(SpeakError::Render(RenderError::Speech(error))) => error,
            _ => return false,
        };
        matches!(error, SpeechError::NoVoiceFor { .. } | SpeechError::UnknownVoice { .. })
    }

    fn cause(&self) -> String {
        match self {
            Self::Render(error)
            | Self::Library(LibraryError::Render(error))
            | Self::Speak(SpeakError::Render(error)) => error.told(),
            other => other.to_string(),
        }
    }

    pub(super) fn report(&self) -> ExitCode {
        // A reader that closed the pipe has seen what it wanted (`lectern script … | head`).
        if matches!(self, Self::Write(e) if e.kind() == io::ErrorKind::BrokenPipe) {
            return ExitCode::SUCCESS;
        }
        // Nothing is left to tell if stderr is gone.
        let _ = writeln!(io::stderr(), "lectern: {}", self.told());
        match self {
            Self::Usage(_) | Self::Config(ConfigError::Value { .. } | ConfigError::Syntax { .. }) => {
                ExitCode::from(2)
            }
            Self::Interrupted(_) => ExitCode::from(INTERRUPTED),
            _ => ExitCode::FAILURE,
        }
    }
}
