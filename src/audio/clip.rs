//! A sentence's samples → whole frames of levelled sound between two stretches of silence.

use super::resample::{self, Converter};
use super::{AudioError, FRAME, Level};

/// Frames of silence before the sound: longer than the codec's delay, which is taken out of it.
pub(super) const LEAD: usize = 2;
/// Frames of silence after the sound, at least; so that clips meet in silence.
pub(super) const TAIL: usize = 2;
/// Samples over which the sound comes in and goes out (2 and 10 ms): no click, no lost onset.
const FADE_IN: usize = 48;
const FADE_OUT: usize = 240;
/// Samples kept back until it is known what follows: the fade and the limiter look so far ahead.
const AHEAD: usize = if FADE_OUT > Level::REACH { FADE_OUT } else { Level::REACH };

/// Takes a clip's finished samples, 24 kHz mono, as they come.
pub trait Sink {
    /// Takes the next ones.
    ///
    /// # Errors
    /// They can't be taken.
    fn push(&mut self, samples: &[f32]) -> Result<(), AudioError>;
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

/// Makes a clip of a voice's samples, piece by piece: lead, sound, tail, a whole number of frames.
pub struct ClipMaker<S> {
    sink: S,
    converter: Converter,
    level: Level,
    /// Samples in 24 kHz, not levelled yet, and before them some that were, to look back at.
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
            level,
            window: Vec::new(),
            finished: 0,
            given: 0,
            frames: planned_frames(samples, rate),
        })
    }

    /// Takes the voice's next samples.
    ///
    /// # Errors
    /// The sink or the converter fails.
    pub fn push(&mut self, samples: &[f32]) -> Result<(), AudioError> {
        let more = self.converter.push(samples)?;
        self.window.extend(more);
        self.finish(self.window.len().saturating_sub(AHEAD).max(self.finished), 0)
    }

    /// Ends the clip.
    ///
    /// # Errors
    /// The sink or the converter fails.
    pub fn end(mut self) -> Result<S, AudioError> {
        let more = self.converter.end()?;
        self.window.extend(more);
        self.finish(self.window.len(), FADE_OUT)?;
        let silence = ((self.frames - LEAD) * FRAME).saturating_sub(self.given);
        self.sink.push(&vec![0.0; silence])?;
        Ok(self.sink)
    }

    /// Levels and fades the window's samples up to `end`, gives them away, and forgets those that
    /// nothing to come looks back at.
    fn finish(&mut self, end: usize, fade_out: usize) -> Result<(), AudioError> {
        let mut sound = self.window.clone();
        self.level.apply(&mut sound);
        let mut sound = sound[self.finished..end].to_vec();
        fade_in(&mut sound, self.given);
        let last = fade_out.min(sound.len());
        let from = sound.len() - last;
        fade_out_all(&mut sound[from..], fade_out);
        self.sink.push(&sound)?;
        self.given += sound.len();
        let forget = end.saturating_sub(Level::REACH);
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

    fn made(pieces: &[&[f32]]) -> Vec<f32> {
        let count = pieces.iter().map(|p| p.len()).sum();
        let mut maker = ClipMaker::new(count, 22_050, Level::from_db(6.0), Vec::new()).unwrap();
        pieces.iter().for_each(|piece| maker.push(piece).unwrap());
        maker.end().unwrap()
    }

    proptest! {
        #[test]
        fn pieces_make_the_clip_that_the_whole_makes(count in 0usize..20_000, cut in 0.0f64..1.0, loud in 0.1f32..2.0) {
            let sound: Vec<f32> = (0..count).map(|i| loud * (i as f32 * i as f32 * 1e-5).sin()).collect();
            let (a, b) = sound.split_at((count as f64 * cut) as usize);
            let (whole, pieces) = (made(&[&sound]), made(&[a, b]));
            prop_assert_eq!(whole.len(), planned_frames(count, 22_050) * FRAME);
            prop_assert_eq!(pieces.len(), whole.len());
            // Sums of floats differ in their last bits where they begin elsewhere.
            prop_assert!(whole.iter().zip(&pieces).all(|(a, b)| (a - b).abs() < 1e-5));
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
