//! A Piper voice (VITS), loaded: its text side, its flow and its decoder.

use std::borrow::Cow;
use std::ops::Range;

use ort::session::Session;

use super::chunk::{Chunking, Samples, part_of};
use super::conv2d::in_two_dimensions;
use super::cut::{Cut, Names, Part, cut};
use super::error::SpeechError;
use super::key::SentenceKey;
use super::noise::{self, Use};
use super::reach::Reach;
use super::session::{Floats, Inputs, floats, inference, session, tensor};
use super::utterance::Utterance;

/// How a sentence is parted, in frames of a 90th of a second or so. In one piece up to under three
/// seconds, which are there in an eighth of one; else a first chunk of about half a second, so that
/// sound starts soon. The context around each chunk costs little time, its length memory.
pub(super) const CHUNKING: Chunking = Chunking { one_piece: 240, first: 40, most: 200 };
/// Longest sentence that the flow shapes in one piece: seven seconds, for which it takes a
/// twentieth of one. Of longer ones the first chunk's frames are shaped by themselves.
const SHAPED_AT_ONCE: usize = 600;

/// A part of the sound side, loaded.
#[derive(Debug)]
struct Side {
    session: Session,
    frames: String,
    /// Which of the plan's crossing tensors it reads, and their names.
    crossing: Vec<(usize, String)>,
    reach: Reach,
}

/// A Piper model; one thread's own.
#[derive(Debug)]
pub(super) struct Piper {
    names: Names,
    text: Session,
    flow: Side,
    decoder: Side,
}

/// A planned sentence on its way to sound.
#[derive(Clone, Debug)]
pub(super) struct Take {
    /// Frames in all.
    frames: usize,
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

impl Piper {
    /// Takes a model apart and loads its parts.
    ///
    /// # Errors
    /// It is no Piper voice, or ONNX Runtime refuses it.
    pub(super) fn load(model: &[u8]) -> Result<Self, String> {
        let Cut { text, flow, decoder, names } = cut(model)?;
        let text = session(&text)?;
        let flow = Side::load(flow, &names)?;
        let decoder = Side::load(decoder, &names)?;
        Ok(Self { names, text, flow, decoder })
    }

    /// Samples a frame.
    pub(super) fn hop(&self) -> usize {
        self.decoder.reach.hop
    }

    /// Works out how many frames every phoneme of an utterance lasts; `scales` are those of noise,
    /// length and the durations' noise.
    pub(super) fn plan(
        &mut self,
        utterance: &Utterance,
        (key, speaker): (&SentenceKey, i64),
        scales: &[f32; 3],
    ) -> Result<(Vec<u32>, Take), SpeechError> {
        let inputs = self.text_inputs(utterance, (key, speaker), scales)?;
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
        let crossing = crossing.collect::<Result<_, _>>()?;
        Ok((durations, Take { frames, latents, crossing, shaped: Shaped::default() }))
    }

    fn text_inputs(
        &self,
        utterance: &Utterance,
        (key, speaker): (&SentenceKey, i64),
        scales: &[f32; 3],
    ) -> Result<Inputs<'static>, SpeechError> {
        let ids = utterance.ids.len();
        let mut values = vec![
            tensor(vec![1, ids as i64], utterance.ids.clone())?,
            tensor(vec![1], vec![ids as i64])?,
            tensor(vec![3], scales.to_vec())?,
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

    /// Makes the samples of some of a sentence's frames.
    pub(super) fn sound(&mut self, take: &mut Take, frames: &Range<usize>) -> Result<Samples, SpeechError> {
        let window = self.decoder.reach.around(frames, take.frames);
        self.shape(take, &window)?;
        let from = window.start - take.shaped.frames.start;
        let input = take.shaped.values.frames(&(from..from + window.len()), take.shaped.frames.len());
        let samples = self.decoder.run(input, take, &window)?.data;
        part_of(&samples, frames, &window, self.decoder.reach.hop)
    }

    /// Has the flow shape these frames, unless it has: of a long sentence what its first chunk needs,
    /// so that it sounds soon; then all the rest, in one piece.
    fn shape(&mut self, take: &mut Take, wanted: &Range<usize>) -> Result<(), SpeechError> {
        let have = &take.shaped.frames;
        if have.start <= wanted.start && wanted.end <= have.end {
            return Ok(());
        }
        let first = wanted.end <= CHUNKING.first + self.decoder.reach.behind;
        let alone = first && take.frames > SHAPED_AT_ONCE;
        let frames = wanted.start..if alone { wanted.end } else { take.frames };
        let window = self.flow.reach.around(&frames, take.frames);
        let shaped = self.flow.run(take.latents.frames(&window, take.frames), take, &window)?;
        let from = frames.start - window.start;
        let values = shaped.frames(&(from..from + frames.len()), window.len());
        take.shaped = Shaped { frames, values };
        Ok(())
    }
}

impl Side {
    fn load(part: Part, names: &Names) -> Result<Self, String> {
        let place = |name: &String| names.crossing.iter().position(|n| n == name);
        let crossing = part.crossing.into_iter().filter_map(|name| Some((place(&name)?, name)));
        Ok(Self {
            session: session(&in_two_dimensions(&part.model)?.unwrap_or(part.model))?,
            frames: part.frames,
            crossing: crossing.collect(),
            reach: part.reach,
        })
    }

    /// What it makes of `input`, which has the values of a plan's frames in `window`.
    fn run(&mut self, input: Floats, take: &Take, window: &Range<usize>) -> Result<Floats, SpeechError> {
        let mut inputs = vec![(Cow::Borrowed(self.frames.as_str()), input.tensor()?)];
        for (place, name) in &self.crossing {
            let value = take.crossing.get(*place).map(|value| value.frames(window, take.frames));
            inputs.push((name.into(), value.unwrap_or_default().tensor()?));
        }
        let outputs = self.session.run(inputs).map_err(inference)?;
        let (shape, data) = outputs[0].try_extract_tensor::<f32>().map_err(inference)?;
        Ok(Floats { shape: shape.to_vec(), data: data.to_vec() })
    }
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::Path;

    use super::super::onnx::Model;
    use super::super::runtime::Runtime;
    use super::*;

    const VOICES: [&str; 6] = ["multi", "low16k", "high", "newer", "plain", "dynamo"];

    fn model(voice: &str) -> Vec<u8> {
        std::fs::read(format!("tests/fixtures/voices/{voice}/{voice}.onnx")).unwrap()
    }

    /// Some ids as a voice's JSON would give them.
    fn said(piper: &mut Piper) -> Samples {
        let utterance = Utterance { ids: vec![1, 0, 14, 0, 20, 0, 33, 0, 14, 0, 2], ..Utterance::default() };
        let key = SentenceKey([5; 32]);
        let (durations, mut take) = piper.plan(&utterance, (&key, 0), &[0.667, 1.0, 0.8]).unwrap();
        let frames = durations.iter().sum::<u32>() as usize;
        piper.sound(&mut take, &(0..frames)).unwrap()
    }

    #[test]
    fn the_decoder_of_every_shape_of_voice_is_two_dimensional() {
        for voice in VOICES {
            let cut = cut(&model(voice)).unwrap();
            let decoder = in_two_dimensions(&cut.decoder.model).unwrap();
            let decoder = decoder.unwrap_or_else(|| unreachable!("{voice}: its decoder stays as it is"));
            for node in &Model::parse(&decoder).unwrap().nodes {
                let kernel = node.ints("kernel_shape").unwrap();
                assert!(kernel.is_none_or(|kernel| kernel.len() == 2), "{voice}: {}", node.op);
            }
        }
    }

    #[test]
    fn two_dimensions_sound_as_one() {
        let parts = std::env::var("LECTERN_PARTS").unwrap_or_else(|_| "parts".into());
        Runtime::load(&Path::new(&parts).join("libonnxruntime.so")).unwrap();
        for voice in VOICES {
            let model = model(voice);
            let mut piper = Piper::load(&model).unwrap();
            let two = said(&mut piper);
            let plain = cut(&model).unwrap();
            piper.flow.session = session(&plain.flow.model).unwrap();
            piper.decoder.session = session(&plain.decoder.model).unwrap();
            let one = said(&mut piper);
            assert_eq!(one.len(), two.len(), "{voice}");
            let apart = one.iter().zip(&two).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(apart <= 1e-5, "{voice}: {apart}");
            assert!(two.iter().any(|sample| sample.abs() > 0.01), "{voice} is silent");
        }
    }
}
