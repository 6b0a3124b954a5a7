//! What a player is told of an article.

use serde::Serialize;

use super::recording::{About, Recording, Segment};
use crate::audio::FRAME_SECONDS;
use crate::store::{Revision, RevisionId, State};
use crate::text::{Note, Role, Span};

/// What a player needs to know of an article.
#[derive(Clone, Debug, Serialize)]
pub struct Manifest {
    /// The article's id.
    pub id: String,
    /// Headline, address, language, voice, number of words.
    #[serde(flatten)]
    pub about: About,
    /// Number of the revision that plays.
    pub revision: RevisionId,
    /// Where that revision stands.
    pub state: State,
    /// State of the newest revision, where that is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<State>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Exact length in seconds.
    pub duration: Option<f64>,
    /// Addresses that follow the article through its revisions.
    pub audio: Addresses,
    /// Addresses of just this recording, for ever; absent where there is none to hear.
    pub immutable: Option<Addresses>,
    /// Every sentence in order, in time and in the reader's text.
    pub sentences: Vec<SentenceMark>,
}

/// Where the audio is, by format.
#[derive(Clone, Debug, Serialize)]
pub struct Addresses {
    /// The MP3.
    pub mp3: String,
    /// The WAV.
    pub wav: String,
}

/// When a sentence is heard, and where it stands.
#[derive(Clone, Debug, Serialize)]
pub struct SentenceMark {
    /// Seconds from the beginning.
    pub start: f64,
    /// Seconds from the beginning, the pause after it not counted.
    pub end: f64,
    /// Length in frames of 24 ms, the pause not counted.
    pub frames: usize,
    /// Half-open range in UTF-16 units of the reader's text.
    pub span: Span,
    /// Number of its block.
    pub block: usize,
    /// What its block is.
    pub role: Role,
    /// What was left out or unusual in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

impl Manifest {
    pub(super) fn new(revision: &Revision, about: About, recording: Option<&Recording>) -> Self {
        let id = percent_encoded(&revision.article);
        let name = recording.map_or(&revision.recording, |r| &r.name);
        Self {
            id: revision.article.clone(),
            about,
            revision: revision.id,
            state: revision.state,
            next: None,
            error: revision.error.clone(),
            duration: recording.map(Recording::seconds),
            audio: Addresses::new(&format!("/v1/articles/{id}/audio")),
            immutable: (revision.state != State::Failed).then(|| Addresses::new(&format!("/audio/{name}"))),
            sentences: recording.map(sentence_marks).unwrap_or_default(),
        }
    }
}

impl Addresses {
    fn new(base: &str) -> Self {
        Self { mp3: format!("{base}.mp3"), wav: format!("{base}.wav") }
    }
}

fn sentence_marks(recording: &Recording) -> Vec<SentenceMark> {
    let seconds = |frame: usize| (frame as f64 * FRAME_SECONDS * 1000.0).round() / 1000.0;
    let mark = |segment: &Segment| SentenceMark {
        start: seconds(segment.start),
        end: seconds(segment.start + segment.frames),
        frames: segment.frames,
        span: segment.line.span,
        block: segment.line.block,
        role: segment.line.role,
        notes: segment.line.notes.to_vec(),
    };
    recording.segments.iter().map(mark).collect()
}

/// A path segment of RFC 3986: everything but its unreserved characters is escaped.
fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect()
}
