//! Script → lines: what is said sentence by sentence, by whom, and what is heard between.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::cast::Speaker;
use crate::audio::{self, AudioConfig, Jingle};
use crate::speech::{PIPELINE_VERSION, Phonemizer, SentenceKey, Settings, SpeechError, Utterance, Voice};
use crate::text::{Block, Bytes, Note, Pause, Role, Sentence, Span, Token};

/// One sentence on its way to sound.
#[derive(Clone, Debug)]
pub struct Line {
    /// The name of its take.
    pub key: SentenceKey,
    /// Who speaks it.
    pub voice: Arc<Voice>,
    /// Which of the voice's speakers.
    pub speaker: i64,
    /// What is written.
    pub text: Arc<str>,
    /// What is said.
    pub spoken: Arc<str>,
    /// What its parts stand for.
    pub tokens: Arc<[Token]>,
    /// Frames of silence after its clip.
    pub pause: usize,
    /// Index of its block in the script.
    pub block: usize,
    /// What its block is.
    pub role: Role,
    /// What was left out or unusual in it.
    pub notes: Arc<[Note]>,
    /// What is heard, where no voice speaks: a recording of the site's.
    pub jingle: Option<Arc<Jingle>>,
    /// Where it stands in the reader's text.
    pub span: Span,
    /// The same in bytes.
    pub bytes: Bytes,
    /// Where it begins and ends in the markup, if there is any.
    pub path: Option<Arc<[String; 2]>>,
}

impl Line {
    pub(super) fn utterance(&self, phonemizer: Phonemizer) -> Result<Utterance, SpeechError> {
        phonemizer.utterance(&self.spoken, &self.tokens, &self.voice.espeak, &self.voice.alphabet)
    }
}

/// The sites' recordings, by their files.
pub type Jingles = HashMap<PathBuf, Arc<Jingle>>;

/// A block of the script, and who speaks it.
pub(super) struct Part<'a> {
    number: usize,
    block: &'a Block,
    speaker: Speaker,
    fingerprint: [u8; 32],
}

impl<'a> Part<'a> {
    pub(super) fn new(number: usize, block: &'a Block, speaker: Speaker) -> Result<Self, SpeechError> {
        let fingerprint = speaker.voice.fingerprint()?;
        Ok(Self { number, block, speaker, fingerprint })
    }

    /// All that is heard of it.
    pub(super) fn lines(&self, jingles: &Jingles, settings: &Settings) -> impl Iterator<Item = Line> {
        let speakable = self.block.sentences.iter().filter(|sentence| !sentence.spoken.is_empty());
        self.played(jingles).into_iter().chain(speakable.map(|sentence| self.said(sentence, settings)))
    }

    fn said(&self, sentence: &Sentence, settings: &Settings) -> Line {
        let Speaker { voice, number } = &self.speaker;
        Line {
            key: SentenceKey::new(&sentence.spoken, &sentence.tokens, &self.fingerprint, *number, settings),
            voice: voice.clone(),
            speaker: *number,
            text: sentence.source.as_str().into(),
            spoken: sentence.spoken.as_str().into(),
            tokens: sentence.tokens.as_slice().into(),
            pause: audio::pause_frames(sentence.pause),
            block: self.number,
            role: self.block.role,
            notes: sentence.notes.as_slice().into(),
            jingle: None,
            span: sentence.span,
            bytes: sentence.bytes,
            path: sentence.path.clone().map(Arc::new),
        }
    }

    /// What is heard in the block's place. It has a voice as all lines do, which is not used.
    fn played(&self, jingles: &Jingles) -> Option<Line> {
        let jingle = jingles.get(self.block.recording.as_ref()?)?;
        Some(Line {
            key: SentenceKey(jingle.digest),
            voice: self.speaker.voice.clone(),
            speaker: 0,
            text: "".into(),
            spoken: "".into(),
            tokens: Arc::default(),
            pause: audio::pause_frames(Pause::Paragraph),
            block: self.number,
            role: self.block.role,
            notes: Arc::default(),
            jingle: Some(jingle.clone()),
            span: Span(0, 0),
            bytes: Bytes(0, 0),
            path: None,
        })
    }
}

/// The name of a recording: a digest of all that determines its bytes.
pub fn recording_name(lines: &[Line], audio: &AudioConfig) -> String {
    let mut hash = Sha256::new();
    hash.update(PIPELINE_VERSION.to_le_bytes());
    hash.update(audio.mp3_kbps.to_le_bytes());
    for line in lines {
        hash.update(line.key.0);
        hash.update((line.pause as u64).to_le_bytes());
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
