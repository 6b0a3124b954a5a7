//! A sentence's samples → whole frames of levelled sound between two stretches of silence.

use super::{AudioError, FRAME, Level, Mark, resample};

/// Frames of silence before the sound: longer than the codec's delay, which is taken out of it.
pub(super) const LEAD: usize = 2;
/// Frames of silence after the sound, at least; so that clips meet in silence.
pub(super) const TAIL: usize = 2;
/// Samples over which the sound comes in and goes out (2 and 10 ms): no click, no lost onset.
const FADE_IN: usize = 48;
const FADE_OUT: usize = 240;

/// One sentence's sound: 24 kHz mono, a whole number of frames.
#[derive(Clone, Debug, PartialEq)]
pub struct Clip {
    /// Samples, −1 to 1.
    pub samples: Vec<f32>,
    /// When each word is heard, from the clip's beginning.
    pub words: Vec<Mark>,
}

impl Clip {
    /// Length in frames.
    pub fn frames(&self) -> usize {
        self.samples.len() / FRAME
    }
}

/// Frames of the clip that a voice's samples will make.
pub fn planned_frames(samples: usize, rate: u32) -> usize {
    LEAD + resample::length(samples, rate).div_ceil(FRAME) + TAIL
}

/// Makes a clip of a voice's samples and the marks of its words.
///
/// # Errors
/// There is no converter for the voice's rate.
pub fn clip(samples: Vec<f32>, words: Vec<Mark>, rate: u32, level: &Level) -> Result<Clip, AudioError> {
    let frames = planned_frames(samples.len(), rate);
    let mut sound = resample::resample(samples, rate)?;
    level.apply(&mut sound);
    fade(&mut sound);
    let mut samples = vec![0.0; LEAD * FRAME];
    samples.append(&mut sound);
    samples.resize(frames * FRAME, 0.0);
    Ok(Clip { samples, words })
}

/// Raised-cosine fades at both ends.
fn fade(sound: &mut [f32]) {
    let ramp = |i: usize, n: usize| 0.5 - 0.5 * (std::f32::consts::PI * (i as f32 + 0.5) / n as f32).cos();
    let (rise, fall) = (FADE_IN.min(sound.len()), FADE_OUT.min(sound.len()));
    for (i, sample) in sound[..rise].iter_mut().enumerate() {
        *sample *= ramp(i, rise);
    }
    for (i, sample) in sound.iter_mut().rev().take(fall).enumerate() {
        *sample *= ramp(i, fall);
    }
}
