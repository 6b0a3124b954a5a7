//! What is said of a text and why, and its sound: for editors who try things, kept nowhere.

use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};

use super::{Library, LibraryError};
use crate::article::{Draft, Limits};
use crate::audio::{AudioError, Sink, mp3, seconds};
use crate::render::{Line, RenderError, Renderer};
use crate::speech::{Priority, Utterance};
use crate::text::{self, Change, House, HouseEntry, Note, Role, Script, Span};

/// A text to be explained, and for whom it is read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Asked {
    /// The text; every line of it is read.
    pub text: String,
    /// BCP 47 tag; guessed where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Id of the voice; the language's where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<String>,
    /// Address whose site's entries are asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Entries of the lexicon that are not saved yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<HouseEntry>,
}

/// How a text is said.
#[derive(Clone, Debug, Serialize)]
pub struct Explained {
    /// BCP 47 tag of the language.
    pub language: String,
    /// Seconds, pauses included.
    pub duration: f64,
    /// Its sentences.
    pub sentences: Vec<ExplainedSentence>,
    /// What was unusual in the text as a whole.
    pub notes: Vec<Note>,
}

/// How a sentence is said.
#[derive(Clone, Debug, Serialize)]
pub struct ExplainedSentence {
    /// As it is written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// As it is said.
    pub spoken: String,
    /// What is said otherwise than it is written, and by which rule.
    pub changes: Vec<Change>,
    /// Id of the voice.
    pub voice: String,
    /// IPA, with the marks that shape the melody.
    pub phonemes: String,
    /// Phonemes that the voice does not know and leaves out.
    pub unknown: Vec<char>,
    /// Seconds, the pause after it not counted.
    pub duration: f64,
    /// What was left out or unusual in it.
    pub notes: Vec<Note>,
}

/// Explains a text and makes its sound, an MP3.
///
/// # Errors
/// There is nothing to read in it, nobody to read it, or the voice fails.
pub async fn explain(
    renderer: &Renderer,
    asked: Asked,
    house: &House,
) -> Result<(Explained, Vec<u8>), LibraryError> {
    Ok(read(renderer, asked, house)?.heard(renderer).await?)
}

/// A text that was read and not spoken yet.
struct Read {
    script: Script,
    lines: Vec<(Line, Utterance)>,
}

fn read(renderer: &Renderer, asked: Asked, house: &House) -> Result<Read, LibraryError> {
    let Asked { text, language, voice, url, .. } = asked;
    let limits = Limits { max_bytes: text.len() };
    let draft =
        Draft { id: Some("preview".into()), text: Some(text), language, voice, url, ..Draft::default() };
    let (script, lines) = renderer.lines_in(&draft.check(&limits)?, house)?;
    // What a site has around its articles is not what was asked about.
    let asked = |line: &Line| !matches!(line.role, Role::Intro | Role::Outro | Role::Notice);
    let pronounced =
        lines.into_iter().filter(asked).map(|line| Ok((line.clone(), renderer.utterance(&line)?)));
    Ok(Read { script, lines: pronounced.collect::<Result<_, RenderError>>()? })
}

impl Read {
    async fn heard(self, renderer: &Renderer) -> Result<(Explained, Vec<u8>), RenderError> {
        let kbps = renderer.config().audio.mp3_kbps;
        let make = async |(line, utterance): (Line, Utterance)| {
            let clip = Clip { encoder: mp3::Encoder::new(kbps)?, bytes: Vec::new() };
            let (planned, _, clip) = renderer.make(&line, &Priority::Preview.into(), clip).await?;
            let bytes = [clip.bytes, mp3::silence(line.pause, kbps)?].concat();
            Ok::<_, RenderError>((
                planned.frames + line.pause,
                sentence(line, utterance, planned.frames),
                bytes,
            ))
        };
        let clips = stream::iter(self.lines).map(make).buffered(2 * renderer.pool().workers());
        let made: Vec<(usize, ExplainedSentence, Vec<u8>)> = clips.try_collect().await?;
        let frames: usize = made.iter().map(|(frames, ..)| frames).sum();
        let (mut sentences, mut bytes) = (Vec::new(), Vec::new());
        for (_, sentence, clip) in made {
            sentences.push(sentence);
            bytes.extend(clip);
        }
        let (duration, Script { language, notes, .. }) = (seconds(frames), self.script);
        Ok((Explained { language, duration, sentences, notes }, bytes))
    }
}

/// Encodes a clip as it is made.
struct Clip {
    encoder: mp3::Encoder,
    bytes: Vec<u8>,
}

impl Sink for Clip {
    fn push(&mut self, samples: &[f32]) -> Result<(), AudioError> {
        let bytes = self.encoder.push(samples)?;
        self.bytes.extend(bytes);
        Ok(())
    }

    fn end(&mut self) -> Result<(), AudioError> {
        let last = self.encoder.end()?;
        self.bytes.extend(last);
        Ok(())
    }
}

fn sentence(line: Line, utterance: Utterance, frames: usize) -> ExplainedSentence {
    ExplainedSentence {
        text: line.text.to_string(),
        span: line.span,
        spoken: line.spoken.to_string(),
        changes: text::changes(&line.text, line.span, &line.spoken, &line.tokens),
        voice: line.voice.id.clone(),
        phonemes: utterance.phonemes,
        unknown: utterance.unknown,
        duration: seconds(frames),
        notes: line.notes.to_vec(),
    }
}

impl Library {
    /// Explains a text by the lexicon as it is, with entries that are not saved.
    ///
    /// # Errors
    /// It is too long, an entry is wrong, or as [`explain`].
    pub async fn explain(self: &Arc<Self>, asked: Asked) -> Result<(Explained, Vec<u8>), LibraryError> {
        let (characters, max) = (asked.text.chars().count(), self.config.explained_characters);
        if characters > max {
            return Err(LibraryError::TooLongToExplain { characters, max });
        }
        let read = self.blocking(move |library| {
            let house = library.house_with(asked.entries.clone())?;
            read(&library.renderer, asked, &house)
        });
        Ok(read.await?.heard(&self.renderer).await?)
    }
}
