//! A sentence's samples → whole frames of levelled sound between two stretches of silence.

use super::level::Leveller;
use super::limit;
use super::quality::Meter;
use super::resample::{self, Converter};
use super::{AudioError, Expected, FRAME, Level, Quality};

/// Frames of silence before the sound: longer than the codec's delay, which is taken out of it.
pub(super) const LEAD: usize = 2;
/// Frames of silence after the sound, at least; so that clips meet in silence.
pub(super) const TAIL: usize = 2;
/// Samples over which the sound comes in and goes out (2 and 10 ms): no click, no lost onset.
const FADE_IN: usize = 48;
const FADE_OUT: usize = 240;
/// Samples kept back until it is known what follows: the fade and the limiter look so far ahead.
const AHEAD: usize = if FADE_OUT > limit::REACH { FADE_OUT } else { limit::REACH };

/// Takes a clip's finished samples, 24 kHz mono, as they come.
pub trait Sink {
    /// Takes the next ones.
    ///
    /// # Errors
    /// They can't be taken.
    fn push(&mut self, samples: &[f32]) -> Result<(), AudioError>;

    /// These were all.
    ///
    /// # Errors
    /// They can't be taken.
    fn end(&mut self) -> Result<(), AudioError> {
        Ok(())
    }
}

impl Sink for Vec<f32> {
    fn push(&mut self, samples: &[f32]) -> Result<(), AudioError> {
        self.extend_from_slice(samples);
        Ok(())
    }
}

/// Frames of the clip that a voice's samples will make.
pub fn planned_frames(samples: usize, rate: u32) -> usize {
    LEAD + resample::length(samples, rate).div_ceil(FRAME) + TAIL
}

/// Makes a clip of a voice's samples, chunk by chunk: lead, sound, tail, a whole number of frames.
pub struct ClipMaker<S> {
    sink: S,
    converter: Converter,
    leveller: Leveller,
    /// Samples of the voice that are still to come.
    awaited: usize,
    meter: Meter,
    /// Samples in 24 kHz, not limited yet, and before them some that were, to look back at.
    window: Vec<f32>,
    /// How many of these were finished.
    finished: usize,
    given: usize,
    frames: usize,
}

impl<S: Sink> ClipMaker<S> {
    /// Begins a clip of so many samples at a voice's rate.
    ///
    /// # Errors
    /// There is no converter for the rate.
    pub fn new(samples: usize, rate: u32, level: Level, mut sink: S) -> Result<Self, AudioError> {
        sink.push(&[0.0; LEAD * FRAME])?;
        Ok(Self {
            sink,
            converter: Converter::new(rate)?,
            leveller: Leveller::new(level)?,
            awaited: samples,
            meter: Meter::new()?,
            window: Vec::new(),
            finished: 0,
            given: 0,
            frames: planned_frames(samples, rate),
        })
    }

    /// Takes the next chunk of a plan. The level follows what was said so far, so a sentence in
    /// other chunks would be another clip; a plan's are always the same.
    ///
    /// # Errors
    /// The sink or the converter fails.
    pub fn push(&mut self, samples: &[f32]) -> Result<(), AudioError> {
        self.awaited = self.awaited.saturating_sub(samples.len());
        self.meter.voice(samples);
        // What is no number would spread; it is told of, and silent.
        let sound: Vec<f32> = samples.iter().map(|s| if s.is_finite() { *s } else { 0.0 }).collect();
        let more = self.converter.push(&sound)?;
        self.take(more, self.awaited == 0)?;
        self.finish(self.window.len().saturating_sub(AHEAD).max(self.finished), 0)
    }

    /// Ends the clip, and tells how it is beside what its plan leads one to expect.
    ///
    /// # Errors
    /// The sink or the converter fails.
    pub fn end(mut self, expected: &Expected) -> Result<(S, Quality), AudioError> {
        let more = self.converter.end()?;
        self.take(more, true)?;
        self.finish(self.window.len(), FADE_OUT)?;
        let silence = ((self.frames - LEAD) * FRAME).saturating_sub(self.given);
        self.sink.push(&vec![0.0; silence])?;
        Ok((self.sink, self.meter.end(expected)))
    }

    fn take(&mut self, mut samples: Vec<f32>, whole: bool) -> Result<(), AudioError> {
        self.leveller.level(&mut samples, whole)?;
        self.window.extend(samples);
        Ok(())
    }

    /// Limits and fades the window's samples up to `end`, gives them away, and forgets those that
    /// nothing to come looks back at.
    fn finish(&mut self, end: usize, fade_out: usize) -> Result<(), AudioError> {
        let mut sound = self.window.clone();
        limit::limit(&mut sound);
        let mut sound = sound[self.finished..end].to_vec();
        self.meter.limited(&self.window[self.finished..end], &sound);
        fade_in(&mut sound, self.given);
        let last = fade_out.min(sound.len());
        let from = sound.len() - last;
        fade_out_all(&mut sound[from..], fade_out);
        self.sink.push(&sound)?;
        self.given += sound.len();
        let forget = end.saturating_sub(limit::REACH);
        self.window.drain(..forget);
        self.finished = end - forget;
        Ok(())
    }
}

/// Raised cosine, of a clip's sound from its `nth` sample on.
fn fade_in(sound: &mut [f32], nth: usize) {
    for (i, sample) in (nth..FADE_IN).zip(sound) {
        *sample *= ramp(i, FADE_IN);
    }
}

fn fade_out_all(sound: &mut [f32], length: usize) {
    for (i, sample) in sound.iter_mut().rev().enumerate() {
        *sample *= ramp(i, length);
    }
}

fn ramp(i: usize, n: usize) -> f32 {
    0.5 - 0.5 * (std::f32::consts::PI * (i as f32 + 0.5) / n as f32).cos()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RATE: u32 = 22_050;

    fn made(pieces: &[&[f32]]) -> Vec<f32> {
        let count = pieces.iter().map(|p| p.len()).sum();
        let mut maker = ClipMaker::new(count, RATE, Level::from_db(6.0), Vec::new()).unwrap();
        pieces.iter().for_each(|piece| maker.push(piece).unwrap());
        maker.end(&Expected { pause: 0.0, phoneme: None }).unwrap().0
    }

    /// The sound of two chunks, limited and faded in one pass.
    fn in_one_pass(a: &[f32], b: &[f32]) -> Vec<f32> {
        let mut converter = Converter::new(RATE).unwrap();
        let mut leveller = Leveller::new(Level::from_db(6.0)).unwrap();
        let [mut a, mut b, mut rest] =
            [converter.push(a).unwrap(), converter.push(b).unwrap(), converter.end().unwrap()];
        leveller.level(&mut a, false).unwrap();
        leveller.level(&mut b, true).unwrap();
        leveller.level(&mut rest, true).unwrap();
        let mut sound = [a, b, rest].concat();
        limit::limit(&mut sound);
        fade_in(&mut sound, 0);
        let from = sound.len() - FADE_OUT.min(sound.len());
        fade_out_all(&mut sound[from..], FADE_OUT);
        sound
    }

    proptest! {
        #[test]
        fn chunks_are_finished_as_in_one_pass(count in 1usize..20_000, cut in 0.0f64..1.0, loud in 0.1f32..2.0) {
            let sound: Vec<f32> = (0..count).map(|i| loud * (i as f32 * i as f32 * 1e-5).sin()).collect();
            let (a, b) = sound.split_at((count as f64 * cut) as usize);
            let (whole, chunks) = (in_one_pass(a, b), made(&[a, b]));
            prop_assert_eq!(chunks.len(), planned_frames(count, RATE) * FRAME);
            // Sums of floats differ in their last bits where they begin elsewhere.
            prop_assert!(whole.iter().zip(&chunks[LEAD * FRAME..]).all(|(a, b)| (a - b).abs() < 1e-5));
        }
    }

    #[test]
    fn a_clip_comes_in_and_goes_out_softly() {
        let clip = made(&[&[0.5; 22_050]]);
        let (lead, end) = (LEAD * FRAME, LEAD * FRAME + 24_000);
        assert!(clip[..lead].iter().chain(&clip[end..]).all(|s| *s == 0.0));
        assert!(clip[lead].abs() < 0.01 && clip[end - 1].abs() < 0.01);
        assert!(clip[lead + FADE_IN..end - FADE_OUT].iter().all(|s| *s > 0.2));
    }
}
