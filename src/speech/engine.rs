//! The only caller of ONNX Runtime: a voice's three parts, each in a session of its own.

use std::borrow::Cow;
use std::fs;
use std::ops::Range;
use std::sync::Arc;

use ort::session::builder::GraphOptimizationLevel;
use ort::session::{Session, SessionInputValue, SessionOutputs};
use ort::value::Tensor;

use super::cut::{Cut, Names, Part, cut};
use super::error::SpeechError;
use super::key::{SentenceKey, Settings};
use super::noise::{self, Use};
use super::phonemes::{Utterance, Word};
use super::reach::Reach;
use super::runtime::Runtime;
use super::voice::Voice;

/// Mono, −1 to 1, at the voice's sample rate.
pub type Samples = Vec<f32>;

/// Longest sentence made in one piece, in frames: under three seconds of sound, which are there in
/// an eighth of one.
const ONE_PIECE: usize = 240;
/// Frames of a longer sentence's first chunk: about half a second, so that sound starts soon.
const FIRST_CHUNK: usize = 40;
/// Most frames of the others: the context around each costs little time, their length memory.
const CHUNK: usize = 320;
/// Longest sentence that the flow shapes in one piece: seven seconds, for which it takes a
/// twentieth of one. Of longer ones the first chunk's frames are shaped by themselves.
const SHAPED_AT_ONCE: usize = 600;

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
    latents: Floats,
    crossing: Vec<Floats>,
    shaped: Shaped,
}

/// What the flow has made of a sentence's latents so far.
#[derive(Clone, Debug, Default)]
struct Shaped {
    frames: Range<usize>,
    values: Floats,
}

/// When a word is heard, in samples at the voice's rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordTime {
    /// Where it begins in the spoken form, in characters.
    pub at: usize,
    /// The samples it takes.
    pub samples: Range<usize>,
}

/// A tensor of f32.
#[derive(Clone, Debug, Default)]
struct Floats {
    shape: Vec<i64>,
    data: Vec<f32>,
}

/// A voice, ready to speak; one thread's own.
#[derive(Debug)]
pub struct Engine {
    voice: Arc<Voice>,
    names: Names,
    text: Session,
    flow: Side,
    decoder: Side,
}

/// A part of the sound side, loaded.
#[derive(Debug)]
struct Side {
    session: Session,
    frames: String,
    /// Which of the plan's crossing tensors it reads, and their names.
    crossing: Vec<(usize, String)>,
    reach: Reach,
}

impl Engine {
    /// Loads a voice and speaks a syllable, so that the first sentence does not wait.
    ///
    /// # Errors
    /// The model can't be read, is not a Piper voice, or ONNX Runtime refuses it.
    pub fn load(_: Runtime, voice: &Arc<Voice>) -> Result<Self, SpeechError> {
        let error = |cause: String| SpeechError::Voice { path: voice.model.clone(), cause };
        let model = fs::read(&voice.model).map_err(|e| error(e.to_string()))?;
        let Cut { text, flow, decoder, names } = cut(&model).map_err(|e| error(e.into()))?;
        drop(model);
        let text = session(&text).map_err(error)?;
        let flow = Side::load(flow, &names).map_err(error)?;
        let decoder = Side::load(decoder, &names).map_err(error)?;
        let mut engine = Self { voice: voice.clone(), names, text, flow, decoder };
        engine.warm_up().map_err(|e| error(e.to_string()))?;
        Ok(engine)
    }

    /// The voice that speaks.
    pub fn voice(&self) -> &Arc<Voice> {
        &self.voice
    }

    /// Speaks a syllable, as the first run of a session is slow; and hears whether a frame has as
    /// many samples as its convolutions say.
    fn warm_up(&mut self) -> Result<(), SpeechError> {
        let marks = ['^', '_', 'a', '_', '$'].into_iter();
        let utterance = Utterance {
            phonemes: String::new(),
            ids: marks.filter_map(|c| self.voice.ids.get(&c)?.first().copied()).collect(),
            words: Vec::new(),
            unknown: Vec::new(),
        };
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
        let inputs = self.text_inputs(utterance, key, speaker, settings)?;
        let outputs = self.text.run(inputs).map_err(inference)?;
        let durations = floats(&outputs, &self.names.durations)?;
        let durations: Vec<u32> = durations.data.iter().map(|&d| d as u32).collect();
        let frames = durations.iter().map(|&d| d as usize).sum();
        let mut latents = floats(&outputs, &self.names.mean)?;
        if frames == 0 || latents.shape.last() != Some(&(frames as i64)) {
            return Err(SpeechError::Inference("durations and latents disagree".into()));
        }
        let mut noise = noise::normal(key, Use::Latents, latents.data.len());
        for name in &self.names.factors {
            scale(&mut noise, &floats(&outputs, name)?.data)?;
        }
        latents.data.iter_mut().zip(&noise).for_each(|(mean, noise)| *mean += noise);
        let crossing = self.names.crossing.iter().map(|name| floats(&outputs, name));
        Ok(Plan {
            frames,
            samples: frames * self.decoder.reach.hop,
            // Each has an id and a pad.
            phonemes: utterance.words.iter().map(|word| word.ids.len() / 2).sum(),
            words: word_times(&utterance.words, &durations, self.decoder.reach.hop),
            durations,
            latents,
            crossing: crossing.collect::<Result<_, _>>()?,
            shaped: Shaped::default(),
        })
    }

    fn text_inputs(
        &self,
        utterance: &Utterance,
        key: &SentenceKey,
        speaker: i64,
        settings: &Settings,
    ) -> Result<Vec<(Cow<'static, str>, SessionInputValue<'static>)>, SpeechError> {
        let ids = utterance.ids.len();
        let [noise, length, noise_w] = self.voice.scales;
        let scales = vec![
            settings.noise.unwrap_or(noise),
            length / settings.speed,
            settings.noise_w.unwrap_or(noise_w),
        ];
        let mut values: Vec<SessionInputValue<'static>> = vec![
            tensor(vec![1, ids as i64], utterance.ids.clone())?,
            tensor(vec![1], vec![ids as i64])?,
            tensor(vec![3], scales)?,
            tensor(vec![1], vec![speaker])?,
        ];
        // Voices with one speaker take three inputs.
        values.truncate(self.names.inputs.len());
        let names = self.names.inputs.iter().map(|n| Cow::Owned(n.clone()));
        let mut inputs: Vec<_> = names.zip(values).collect();
        if let Some(name) = &self.names.duration_noise {
            let noise = noise::normal(key, Use::Durations, 2 * ids);
            inputs.push((name.clone().into(), tensor(vec![1, 2, ids as i64], noise)?));
        }
        Ok(inputs)
    }

    /// Makes the samples of some of a plan's frames.
    ///
    /// # Errors
    /// ONNX Runtime fails.
    pub fn sound(&mut self, plan: &mut Plan, frames: Range<usize>) -> Result<Samples, SpeechError> {
        let frames = frames.start.min(plan.frames)..frames.end.min(plan.frames);
        if frames.is_empty() {
            return Ok(Samples::new());
        }
        let window = self.decoder.reach.around(&frames, plan.frames);
        self.shape(plan, &window)?;
        let from = window.start - plan.shaped.frames.start;
        let input = plan.shaped.values.frames(&(from..from + window.len()), plan.shaped.frames.len());
        let samples = self.decoder.run(input, plan, &window)?.data;
        part_of(&samples, &frames, &window, self.decoder.reach.hop)
    }

    /// Has the flow shape these frames, unless it has: of a long sentence what its first chunk needs,
    /// so that it sounds soon; then all the rest, in one piece.
    fn shape(&mut self, plan: &mut Plan, wanted: &Range<usize>) -> Result<(), SpeechError> {
        let have = &plan.shaped.frames;
        if have.start <= wanted.start && wanted.end <= have.end {
            return Ok(());
        }
        let first = wanted.end <= FIRST_CHUNK + self.decoder.reach.behind;
        let alone = first && plan.frames > SHAPED_AT_ONCE;
        let frames = wanted.start..if alone { wanted.end } else { plan.frames };
        let window = self.flow.reach.around(&frames, plan.frames);
        let shaped = self.flow.run(plan.latents.frames(&window, plan.frames), plan, &window)?;
        let from = frames.start - window.start;
        let values = shaped.frames(&(from..from + frames.len()), window.len());
        plan.shaped = Shaped { frames, values };
        Ok(())
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

impl Side {
    fn load(part: Part, names: &Names) -> Result<Self, String> {
        let place = |name: &String| names.crossing.iter().position(|n| n == name);
        let crossing = part.crossing.into_iter().filter_map(|name| Some((place(&name)?, name)));
        Ok(Self {
            session: session(&part.model)?,
            frames: part.frames,
            crossing: crossing.collect(),
            reach: part.reach,
        })
    }

    /// What it makes of `input`, which has the values of a plan's frames in `window`.
    fn run(&mut self, input: Floats, plan: &Plan, window: &Range<usize>) -> Result<Floats, SpeechError> {
        let mut inputs = vec![(Cow::Borrowed(self.frames.as_str()), input.tensor()?)];
        for (place, name) in &self.crossing {
            let value = plan.crossing.get(*place).map(|value| value.frames(window, plan.frames));
            inputs.push((name.into(), value.unwrap_or_default().tensor()?));
        }
        let outputs = self.session.run(inputs).map_err(inference)?;
        let (shape, data) = outputs[0].try_extract_tensor::<f32>().map_err(inference)?;
        Ok(Floats { shape: shape.to_vec(), data: data.to_vec() })
    }
}

/// The samples of `frames` out of those of `window`.
fn part_of(
    samples: &[f32],
    frames: &Range<usize>,
    window: &Range<usize>,
    hop: usize,
) -> Result<Samples, SpeechError> {
    let from = (frames.start - window.start) * hop;
    let wanted = samples.get(from..from + frames.len() * hop).map(<[f32]>::to_vec);
    wanted.ok_or_else(|| SpeechError::Inference("fewer samples than planned".into()))
}

impl Plan {
    /// The chunks a sentence is made in, fixed by its length alone: a short sentence in one piece;
    /// of a long one a short chunk, so that sound starts soon, then as few as may be, of like length.
    pub fn chunks(&self) -> impl Iterator<Item = Range<usize>> + use<> {
        let first = if self.frames <= ONE_PIECE { self.frames } else { FIRST_CHUNK };
        let (rest, count) = (self.frames - first, (self.frames - first).div_ceil(CHUNK));
        let bound = move |i: usize| first + rest * i / count.max(1);
        let others = (0..count).map(move |i| bound(i)..bound(i + 1));
        std::iter::once(0..first).filter(|chunk| !chunk.is_empty()).chain(others)
    }
}

impl Floats {
    fn tensor(self) -> Result<SessionInputValue<'static>, SpeechError> {
        tensor(self.shape, self.data)
    }

    /// Some frames of what has `frames` of them; all of what has not (a speaker's embedding).
    fn frames(&self, window: &Range<usize>, frames: usize) -> Self {
        if self.shape.last() != Some(&(frames as i64)) {
            return self.clone();
        }
        let mut shape = self.shape.clone();
        if let Some(last) = shape.last_mut() {
            *last = window.len() as i64;
        }
        let rows = self.data.chunks_exact(frames);
        let data = rows.flat_map(|row| &row[window.clone()]).copied().collect();
        Self { shape, data }
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

fn session(model: &[u8]) -> Result<Session, String> {
    let builder = Session::builder().map_err(|e| e.to_string())?;
    let builder =
        builder.with_optimization_level(GraphOptimizationLevel::Level3).map_err(|e| e.to_string())?;
    let builder = builder.with_intra_threads(1).map_err(|e| e.to_string())?;
    // Without memory patterns: same speed and a third less memory, as lengths never repeat.
    let mut builder = builder.with_memory_pattern(false).map_err(|e| e.to_string())?;
    builder.commit_from_memory(model).map_err(|e| e.to_string())
}

fn tensor<T: ort::value::PrimitiveTensorElementType + std::fmt::Debug + Clone + 'static>(
    shape: Vec<i64>,
    data: Vec<T>,
) -> Result<SessionInputValue<'static>, SpeechError> {
    Ok(Tensor::from_array((shape, data)).map_err(inference)?.into())
}

fn floats(outputs: &SessionOutputs<'_>, name: &str) -> Result<Floats, SpeechError> {
    let value = outputs.get(name).ok_or_else(|| SpeechError::Inference(format!("no {name}")))?;
    let (shape, data) = value.try_extract_tensor::<f32>().map_err(inference)?;
    Ok(Floats { shape: shape.to_vec(), data: data.to_vec() })
}

/// Multiplies by a tensor of the same shape, or by a single number.
fn scale(noise: &mut [f32], factor: &[f32]) -> Result<(), SpeechError> {
    match factor {
        [only] => noise.iter_mut().for_each(|n| *n *= only),
        _ if factor.len() == noise.len() => {
            noise.iter_mut().zip(factor).for_each(|(n, f)| *n *= f);
        }
        _ => return Err(SpeechError::Inference("a factor of another shape".into())),
    }
    Ok(())
}

fn inference(error: ort::Error) -> SpeechError {
    SpeechError::Inference(error.to_string())
}
