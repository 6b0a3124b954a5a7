//! What a player is told of an article.

use serde::{Deserialize, Serialize};

use super::recording::{About, Recording, Segment};
use super::standing::Replaced;
use crate::audio::seconds;
use crate::store::{Moment, Revision, RevisionId, State, Summary};
use crate::text::{Note, Role, Span};

/// What a player needs to know of an article.
#[derive(Clone, Debug, Serialize)]
pub struct Manifest {
    /// The article's id.
    pub id: String,
    /// Headline, address, language, voice, number of words.
    #[serde(flatten)]
    pub about: About,
    /// Who reads.
    pub by: By,
    /// When people read it, and whether that still is what is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<ReadBy>,
    /// Number of the revision that plays.
    pub revision: RevisionId,
    /// Where that revision stands.
    pub state: State,
    /// What the article said until then, to whoever has just saved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Replaced>,
    /// State of the newest revision, where that is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<State>,
    /// Why it failed, or needs review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Exact length in seconds.
    pub duration: Option<f64>,
    /// Addresses that follow the article through its revisions.
    pub audio: Addresses,
    /// Addresses of what tells when what is heard.
    pub marks: Documents,
    /// Addresses of just this recording, for ever; absent where there is none to hear.
    pub immutable: Option<Addresses>,
    /// From when on readers may hear it, where that is still to come (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live: Option<String>,
    /// How many of the sentences are made; absent where there is no plan yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made: Option<usize>,
    /// Every sentence in order, in time and in the reader's text.
    pub sentences: Vec<SentenceMark>,
}

/// Who reads an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // The names say it.
pub enum By {
    Human,
    Voice,
}

/// What is told of a recording by people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadBy {
    /// When it came (RFC 3339).
    pub at: String,
    /// Whether the article says something else since.
    pub text_changed: bool,
}

/// An article in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    /// The article's id.
    pub id: String,
    /// The headline, where the site sent one.
    pub title: Option<String>,
    /// Its address at the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Number of its newest revision.
    pub revision: RevisionId,
    /// Where that stands.
    pub state: State,
    /// Why it failed, or needs review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// How often its making was begun.
    pub attempts: u32,
    /// When it was saved (RFC 3339).
    pub saved: String,
    /// From when on readers may hear it, where that is still to come (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live: Option<String>,
}

impl Listed {
    pub(super) fn new(found: Summary, now: Moment) -> Self {
        Self {
            id: found.article,
            title: found.title,
            url: found.url,
            revision: found.id,
            state: found.state,
            error: found.error,
            attempts: found.attempts,
            saved: written(found.created),
            live: (found.live > now).then(|| written(found.live)),
        }
    }
}

/// A time in RFC 3339; "never" where it never comes.
pub(super) fn written(time: Moment) -> String {
    jiff::Timestamp::from_millisecond(time).map_or_else(|_| "never".into(), |time| time.to_string())
}

/// Where the audio is, by format.
#[derive(Clone, Debug, Serialize)]
pub struct Addresses {
    /// The MP3.
    pub mp3: String,
    /// The WAV.
    pub wav: String,
}

/// Where it is told when what is heard.
#[derive(Clone, Debug, Serialize)]
pub struct Documents {
    /// Words, sentences and blocks, as JSON.
    pub json: String,
    /// Sentences, as WebVTT.
    pub sentences: String,
    /// Words, as WebVTT.
    pub words: String,
    /// Headings, as chapters in JSON.
    pub chapters: String,
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
    /// Length in frames of the pause after it.
    pub pause: usize,
    /// Address of its MP3 frames and its pause's, for ever.
    pub mp3: String,
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
    pub(super) fn new(
        revision: &Revision,
        about: About,
        recording: Option<&Recording>,
        preview: Option<&str>,
    ) -> Self {
        let (address, query) = (article_address(&revision.article), query(preview));
        let name = recording.map_or(&revision.recording, |r| &r.name);
        let immutable = || Addresses::new(&recording_at(name), &query);
        let recorded = recording.and_then(|r| r.recorded);
        // What people read is there, whatever became of the voice's reading.
        let (state, error) = match recorded {
            Some(_) => (State::Ready, None),
            None => (revision.state, revision.error.clone()),
        };
        Self {
            id: revision.article.clone(),
            about,
            by: if recorded.is_some() { By::Human } else { By::Voice },
            recorded: recorded.map(|r| ReadBy { at: written(r.at), text_changed: r.text_changed }),
            revision: revision.id,
            state,
            replaces: None,
            next: None,
            error,
            duration: recording.map(Recording::seconds),
            audio: Addresses::new(&format!("{address}/audio"), &query),
            marks: Documents::new(&address, &query),
            immutable: (state != State::Failed).then(immutable),
            live: (revision.live > super::now()).then(|| written(revision.live)),
            made: None,
            sentences: recording.map(|r| sentence_marks(r, &query)).unwrap_or_default(),
        }
    }
}

/// Address of a recording, the format's name left out.
pub(super) fn recording_at(name: &str) -> String {
    format!("/audio/{name}")
}

pub(super) fn query(preview: Option<&str>) -> String {
    preview.map(|preview| format!("?preview={}", percent_encoded(preview))).unwrap_or_default()
}

impl Addresses {
    fn new(base: &str, query: &str) -> Self {
        Self { mp3: format!("{base}.mp3{query}"), wav: format!("{base}.wav{query}") }
    }
}

impl Documents {
    fn new(base: &str, query: &str) -> Self {
        let address = |name| format!("{base}/{name}{query}");
        Self {
            json: address("marks.json"),
            sentences: address("sentences.vtt"),
            words: address("words.vtt"),
            chapters: address("chapters.json"),
        }
    }
}

fn sentence_marks(recording: &Recording, query: &str) -> Vec<SentenceMark> {
    let mark = |(number, segment): (usize, &Segment)| SentenceMark {
        start: seconds(segment.start),
        end: seconds(segment.start + segment.frames),
        frames: segment.frames,
        pause: segment.line.pause,
        mp3: format!("/audio/{}/{number}.mp3{query}", recording.name),
        span: segment.line.span,
        block: segment.line.block,
        role: segment.line.role,
        notes: segment.line.notes.to_vec(),
    };
    recording.segments.iter().enumerate().map(mark).collect()
}

/// Where an article is, whatever characters its id has.
pub fn article_address(id: &str) -> String {
    format!("/v1/articles/{}", percent_encoded(id))
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
