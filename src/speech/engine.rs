//! A voice, ready to speak: the seam between what is said and the model that says it.
//!
//! A model, of whichever kind, plans an utterance (how long each of its ids lasts) and makes the
//! samples of any of the plan's chunks. Everything above sees plans and samples only.

use std::fs;
use std::ops::Range;
use std::sync::Arc;

use super::chunk::{Chunking, Samples};
use super::error::SpeechError;
use super::hibari::{self, Hibari};
use super::key::{SentenceKey, Settings};
use super::piper::{self, Piper};
use super::runtime::Runtime;
use super::utterance::{Utterance, Word};
use super::voice::{Kind, Voice};

/// What is known of a sentence before it sounds.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Frames each phoneme id lasts.
    pub durations: Vec<u32>,
    /// Frames in all.
    pub frames: usize,
    /// Samples in all, at the voice's rate.
    pub samples: usize,
    /// When each word is heard, in order.
    pub words: Vec<WordTime>,
    /// Phonemes that its words have.
    pub phonemes: usize,
    chunking: Chunking,
    take: Take,
}

/// When a word is heard, in samples at the voice's rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordTime {
    /// Where it begins in the spoken form, in characters.
    pub at: usize,
    /// The samples it takes.
    pub samples: Range<usize>,
}

/// What a model keeps of a sentence between plan and sound.
#[derive(Clone, Debug)]
pub(super) enum Take {
    Piper(piper::Take),
    Hibari(hibari::Take),
}

/// A voice, ready to speak; one thread's own.
#[derive(Debug)]
pub struct Engine {
    voice: Arc<Voice>,
    model: Model,
}

#[derive(Debug)]
enum Model {
    Piper(Piper),
    Hibari(Hibari),
}

impl Engine {
    /// Loads a voice and has it speak, as the first run of a session is slow.
    ///
    /// # Errors
    /// The model can't be read, is of another kind than its voice, or ONNX Runtime refuses it.
    pub fn load(_: Runtime, voice: &Arc<Voice>) -> Result<Self, SpeechError> {
        let error = |cause: String| SpeechError::Voice { path: voice.model.clone(), cause };
        let bytes = fs::read(&voice.model).map_err(|e| error(e.to_string()))?;
        let model = match voice.kind {
            Kind::Piper { .. } => Piper::load(&bytes).map(Model::Piper),
            Kind::Hibari => Hibari::load(&bytes).map(Model::Hibari),
        };
        drop(bytes);
        let mut engine = Self { voice: voice.clone(), model: model.map_err(error)? };
        engine.warm_up().map_err(|e| error(e.to_string()))?;
        Ok(engine)
    }

    /// The voice that speaks.
    pub fn voice(&self) -> &Arc<Voice> {
        &self.voice
    }

    /// Speaks a few phonemes, and checks that a frame has as many samples as it is planned to have.
    fn warm_up(&mut self) -> Result<(), SpeechError> {
        let utterance = Utterance { ids: self.voice.alphabet.warm_up(), ..Utterance::default() };
        let mut plan = self.plan(&utterance, &SentenceKey([0; 32]), 0, &Settings::default())?;
        let all = 0..plan.frames;
        match self.sound(&mut plan, all)?.len() {
            samples if samples == plan.samples => Ok(()),
            _ => Err(SpeechError::Inference("fewer samples than planned".into())),
        }
    }

    /// Works out how long every phoneme of an utterance lasts.
    ///
    /// # Errors
    /// ONNX Runtime fails, or the voice yields something no voice should.
    pub fn plan(
        &mut self,
        utterance: &Utterance,
        key: &SentenceKey,
        speaker: i64,
        settings: &Settings,
    ) -> Result<Plan, SpeechError> {
        let (durations, hop, chunking, take) = match &mut self.model {
            Model::Piper(model) => {
                let (durations, take) =
                    model.plan(utterance, (key, speaker), &self.voice.scales(settings))?;
                (durations, model.hop(), piper::CHUNKING, Take::Piper(take))
            }
            Model::Hibari(model) => {
                let (durations, take) = model.plan(utterance, key, settings.speed)?;
                (durations, hibari::HOP, hibari::CHUNKING, Take::Hibari(take))
            }
        };
        let frames = durations.iter().map(|&d| d as usize).sum();
        let words = word_times(&utterance.words, &durations, hop);
        let phonemes = utterance.count;
        Ok(Plan { durations, frames, samples: frames * hop, words, phonemes, chunking, take })
    }

    /// Makes the samples of some of a plan's frames. A model may round otherwise where the frames
    /// are other ones than [`Plan::chunks`] gives, so a clip is made of those.
    ///
    /// # Errors
    /// ONNX Runtime fails, or another kind of voice made the plan.
    pub fn sound(&mut self, plan: &mut Plan, frames: Range<usize>) -> Result<Samples, SpeechError> {
        let frames = frames.start.min(plan.frames)..frames.end.min(plan.frames);
        if frames.is_empty() {
            return Ok(Samples::new());
        }
        match (&mut self.model, &mut plan.take) {
            (Model::Piper(model), Take::Piper(take)) => model.sound(take, &frames),
            (Model::Hibari(model), Take::Hibari(take)) => model.sound(take, &frames),
            _ => Err(other_kind()),
        }
    }

    /// Makes all samples of a plan, chunk by chunk.
    ///
    /// # Errors
    /// ONNX Runtime fails.
    pub fn all_sound(&mut self, plan: &mut Plan) -> Result<Samples, SpeechError> {
        let mut samples = Samples::with_capacity(plan.samples);
        for chunk in plan.chunks() {
            samples.extend(self.sound(plan, chunk)?);
        }
        Ok(samples)
    }
}

fn other_kind() -> SpeechError {
    SpeechError::Inference("a plan or a model of another kind of voice".into())
}

impl Plan {
    /// The chunks that the sentence is made in, fixed by its length alone.
    pub fn chunks(&self) -> impl Iterator<Item = Range<usize>> + use<> {
        self.chunking.of(self.frames)
    }
}

fn word_times(words: &[Word], durations: &[u32], hop: usize) -> Vec<WordTime> {
    let mut ends = vec![0];
    for duration in durations {
        ends.push(ends[ends.len() - 1] + *duration as usize * hop);
    }
    let at = |id: usize| ends.get(id).or(ends.last()).copied().unwrap_or(0);
    let time = |word: &Word| WordTime { at: word.at, samples: at(word.ids.start)..at(word.ids.end) };
    words.iter().map(time).collect()
}
