//! A hibari voice, loaded: a small student of Kokoro-82M that yields spectra by frame, of which a
//! vocoder makes sound.
//!
//! The package `hibari-tts` (Apache-2.0) documents the model's interface and the formulas.

mod integers;
mod math;
mod normalisation;
mod prosody;
mod pulses;
mod split;
mod vocoder;

use std::borrow::Cow;
use std::iter;
use std::ops::Range;
use std::sync::Arc;

use ort::session::{Session, SessionInputValue};

use super::chunk::{Chunking, Samples};
use super::error::SpeechError;
use super::key::SentenceKey;
use super::misaki;
use super::onnx::Model;
use super::reach::Reach;
use super::session::{Floats, floats, inference, session, tensor, whole_numbers};
use super::utterance::Utterance;

use normalisation::by_matrices;
use pulses::Pulses;
use split::{Names, Split, split};
use vocoder::Vocoder;

pub(super) use vocoder::{HOP, SAMPLE_RATE};

/// How a sentence is parted, in frames of 12.5 ms. Up to four seconds are made in one piece, in a
/// hundredth of the time they last; the context around a chunk is two thirds of a second.
pub(super) const CHUNKING: Chunking = Chunking { one_piece: 320, first: 64, most: 400 };
/// Most ids of one sentence; the text stage parts sentences long before.
const MAX_IDS: usize = 1_000;
/// Most frames of one sentence, ten minutes: more is a slip of a damaged model.
const MAX_FRAMES: usize = 48_000;
/// Frames that are kept before the first phoneme is due: consonants begin up to 110 ms early.
const KEPT_BEFORE: u32 = 10;
/// Frames that are kept of the last phoneme: of 184 sentences none is heard for longer than 14, and
/// what follows is up to a third of a second of silence.
const KEPT_OF_LAST: f32 = 16.0;
/// Frames that phonemes sound before they are due: 38 ms, as measured where words follow a rest.
const EARLY: u32 = 3;

/// A hibari model; one thread's own.
#[derive(Debug)]
pub(super) struct Hibari {
    names: Names,
    text: Session,
    prosody: Session,
    decoder: Session,
    reach: Reach,
    vocoder: Vocoder,
}

/// A planned sentence on its way to sound.
#[derive(Clone, Debug)]
pub(super) struct Take {
    key: SentenceKey,
    /// Steps of each id; a step is [`FRAMES_A_STEP`] frames.
    steps: Vec<usize>,
    /// What the text side says of each id, to the prosody and to the decoder.
    encodings: [Floats; 2],
    /// Frames of silence before the sound, which are left out.
    skipped: usize,
    /// The frames in which its questions rise.
    questions: Vec<Range<usize>>,
    /// Pitch and energy, once the sentence begins to sound.
    voicing: Option<Arc<Voicing>>,
}

#[derive(Debug)]
struct Voicing {
    pulses: Pulses,
    energy: Vec<f32>,
}

/// Frames that a step of a duration lasts: 25 ms.
const FRAMES_A_STEP: usize = 2;

/// Whether a model file's inputs and outputs are those of a hibari voice.
pub(super) fn is_hibari(bytes: &[u8]) -> bool {
    Model::parse(bytes).is_ok_and(|model| split::is_hibari(&model))
}

impl Hibari {
    /// Takes a model apart and loads its parts.
    ///
    /// # Errors
    /// It is no hibari voice, or ONNX Runtime refuses it.
    pub(super) fn load(model: &[u8]) -> Result<Self, String> {
        let model = integers::exact_on_this_processor(model)?;
        let Split { text, prosody, decoder, reach, names } = split(&model)?;
        Ok(Self {
            names,
            text: session(&by_matrices(&text)?)?,
            prosody: session(&by_matrices(&prosody)?)?,
            decoder: session(&by_matrices(&decoder)?)?,
            reach,
            vocoder: Vocoder::new(),
        })
    }

    /// Works out how many frames every id of an utterance lasts.
    pub(super) fn plan(
        &mut self,
        utterance: &Utterance,
        key: &SentenceKey,
        speed: f32,
    ) -> Result<(Vec<u32>, Take), SpeechError> {
        let ids = utterance.ids.len();
        if ids > MAX_IDS {
            let cause = format!("{ids} phonemes in one sentence; this voice says at most {MAX_IDS}");
            return Err(SpeechError::Inference(cause));
        }
        let inputs: [(Cow<'_, str>, _); 2] = [
            (split::IDS.into(), tensor(vec![1, ids as i64], utterance.ids.clone())?),
            (split::SPEED.into(), tensor(vec![1], vec![speed])?),
        ];
        let outputs = self.text.run(Vec::from(inputs)).map_err(inference)?;
        let steps = believable(whole_numbers(&outputs, &self.names.durations)?)?;
        let encodings = [floats(&outputs, &self.names.prosody)?, floats(&outputs, &self.names.decoder)?];
        if steps.len() != ids || encodings.iter().any(|e| e.shape.last() != Some(&(ids as i64))) {
            return Err(SpeechError::Inference("durations and encodings disagree".into()));
        }
        let (durations, skipped) = without_silence(&steps, &utterance.ids, speed);
        let frame = |id: usize| FRAMES_A_STEP * steps[..id].iter().sum::<usize>();
        let questions = prosody::questions(&utterance.ids).into_iter();
        let questions = questions.map(|ids| frame(ids.start)..frame(ids.end)).collect();
        Ok((durations, Take { key: *key, steps, encodings, skipped, questions, voicing: None }))
    }

    /// Makes the samples of some of a sentence's frames.
    pub(super) fn sound(&mut self, take: &mut Take, frames: &Range<usize>) -> Result<Samples, SpeechError> {
        let all = FRAMES_A_STEP * take.steps.iter().sum::<usize>();
        let voicing = match &take.voicing {
            Some(voicing) => voicing.clone(),
            None => take.voicing.insert(Arc::new(self.voicing(take, all)?)).clone(),
        };
        let frames = frames.start + take.skipped..frames.end + take.skipped;
        let heard = vocoder::around(&frames, all);
        let window = self.reach.around(&heard, all);
        let spectra = self.spectra(take, &voicing, &window)?;
        let from = heard.start - window.start;
        let bins = spectra.data.len() / window.len();
        let spectra = spectra.data.get(from * bins..(from + heard.len()) * bins).unwrap_or_default();
        self.vocoder.sound(spectra, &heard, &voicing.pulses, &take.key, &frames).ok_or_else(unexpected)
    }

    /// Pitch and energy of a whole sentence, which cost a tenth of its sound.
    fn voicing(&mut self, take: &Take, frames: usize) -> Result<Voicing, SpeechError> {
        let ids: Vec<usize> = repeated(&take.steps, 1).collect();
        let inputs = [(Cow::from(&self.names.steps), columns(&take.encodings[0], &ids)?)];
        let outputs = self.prosody.run(Vec::from(inputs)).map_err(inference)?;
        let mut pitch = floats(&outputs, split::PITCH)?.data;
        let energy = floats(&outputs, &self.names.energy)?.data;
        if [pitch.len(), energy.len()] != [frames; 2] {
            return Err(unexpected());
        }
        prosody::raise(&mut pitch, &take.questions);
        Ok(Voicing { pulses: Pulses::new(pitch), energy })
    }

    /// What the decoder yields for some frames, frame by frame.
    fn spectra(
        &mut self,
        take: &Take,
        voicing: &Voicing,
        window: &Range<usize>,
    ) -> Result<Floats, SpeechError> {
        let ids: Vec<usize> =
            repeated(&take.steps, FRAMES_A_STEP).skip(window.start).take(window.len()).collect();
        let part = |values: &[f32]| tensor(vec![1, window.len() as i64], values[window.clone()].to_vec());
        let inputs: [(Cow<'_, str>, _); 3] = [
            ((&self.names.frames).into(), columns(&take.encodings[1], &ids)?),
            (split::PITCH.into(), part(voicing.pulses.pitch())?),
            ((&self.names.energy).into(), part(&voicing.energy)?),
        ];
        let outputs = self.decoder.run(Vec::from(inputs)).map_err(inference)?;
        floats(&outputs, &self.names.spectra)
    }
}

/// Durations in steps, if the sentence is as long as one can be.
fn believable(steps: Vec<i64>) -> Result<Vec<usize>, SpeechError> {
    let steps: Vec<usize> = steps.into_iter().map(|steps| usize::try_from(steps).unwrap_or(0)).collect();
    let all = steps.iter().fold(0, |sum: usize, steps| sum.saturating_add(*steps));
    match (1..=MAX_FRAMES / FRAMES_A_STEP).contains(&all) {
        true => Ok(steps),
        false => Err(SpeechError::Inference(format!("a sentence of {all} steps of 25 ms"))),
    }
}

fn unexpected() -> SpeechError {
    SpeechError::Inference("frames and durations disagree".into())
}

/// Each id as often as it has frames.
fn repeated(steps: &[usize], frames: usize) -> impl Iterator<Item = usize> {
    steps.iter().enumerate().flat_map(move |(id, steps)| iter::repeat_n(id, steps * frames))
}

/// The columns of [1, channels, ids] that belong to these ids.
fn columns(values: &Floats, ids: &[usize]) -> Result<SessionInputValue<'static>, SpeechError> {
    let [_, channels, count] = values.shape[..] else { return Err(unexpected()) };
    let rows = values.data.chunks_exact(usize::try_from(count).unwrap_or(1).max(1));
    let data = rows.flat_map(|row| ids.iter().map(|id| row[*id])).collect();
    tensor(vec![1, channels, ids.len() as i64], data)
}

/// Frames of each id without the silence around a sentence, and how many are left out before it.
/// The model puts a third of a second before the first phoneme; the mark that ends a sentence, and
/// the edge behind it, are silent, and so is most of the last phoneme.
fn without_silence(steps: &[usize], ids: &[i64], speed: f32) -> (Vec<u32>, usize) {
    let mut frames: Vec<u32> = steps.iter().map(|steps| (steps * FRAMES_A_STEP) as u32).collect();
    let is_silent = |id: &i64| *id == misaki::EDGE || misaki::is_mark(*id);
    let last = ids.iter().rposition(|id| !is_silent(id)).unwrap_or(0);
    frames[last + 1..].iter_mut().for_each(|frames| *frames = 0);
    frames[last] = frames[last].min((KEPT_OF_LAST / speed).ceil() as u32);
    let before = frames[0].saturating_sub(KEPT_BEFORE);
    frames[0] -= before;
    let early = EARLY.min(frames[0]);
    frames[0] -= early;
    frames[last] += early;
    (frames, before as usize)
}
