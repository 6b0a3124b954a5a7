//! Why a recording is not taken.

use std::io;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a recording is not taken, for the editor who sent it.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// Something else, by its first bytes.
    #[error("this is {0}; send MP3, M4A, AAC, OGG Vorbis, FLAC or WAV")]
    NotAudio(String),
    /// A codec or a variety of one that is not read here.
    #[error("its sound can't be read here ({0}); send MP3, M4A, AAC, OGG Vorbis, FLAC or WAV")]
    Unsupported(String),
    /// A container with pictures, subtitles or nothing in it.
    #[error("there is no sound in this file")]
    NoSound,
    /// It ends before its end.
    #[error("the file breaks off: {0}; upload it again, whole")]
    CutOff(String),
    /// It is not what it says it is.
    #[error("the file is damaged: {0}; export it again")]
    Damaged(String),
    /// One recording behind the other in one file.
    #[error("the file holds several recordings one after the other; export it as one")]
    Several,
    /// Longer than is allowed.
    #[error("it lasts more than {0} minutes (setting library.recordings.max_minutes)")]
    TooLong(u32),
    /// Hardly anything.
    #[error("it lasts less than a second")]
    TooShort,
    /// Nothing is heard.
    #[error("nothing is heard in it")]
    Silent,
    /// Clicks, for example.
    #[error("it can't be made as loud as the other articles: there are only moments of sound in it")]
    Level,
    /// To read it takes more memory than is allowed.
    #[error("reading it takes more memory than allowed (setting library.recordings.max_memory_bytes)")]
    Memory,
    /// To read it takes longer than is allowed.
    #[error("reading it takes longer than {0} seconds (setting library.recordings.seconds)")]
    Time(u32),
    /// There is no room for what is needed meanwhile.
    #[error("the disk is full; free some space and send it again")]
    Full,
    /// The work itself failed: the disk, or a fault of ours.
    #[error("it could not be read: {0}")]
    Broken(String),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Broken(error.to_string()),
        }
    }
}

impl Refusal {
    /// A stable name in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAudio(_) => "not-audio",
            Self::Unsupported(_) => "unsupported-audio",
            Self::NoSound => "no-sound",
            Self::CutOff(_) => "cut-off",
            Self::Damaged(_) => "damaged-audio",
            Self::Several => "several-recordings",
            Self::TooLong(_) => "recording-too-long",
            Self::TooShort => "recording-too-short",
            Self::Silent => "silent",
            Self::Level => "not-to-be-levelled",
            Self::Memory | Self::Time(_) => "too-costly",
            Self::Full => "disk-full",
            Self::Broken(_) => "unreadable-audio",
        }
    }
}
