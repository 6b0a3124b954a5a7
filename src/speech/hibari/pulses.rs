//! The voice's source: a train of pulses with all harmonics of the pitch up to 11 kHz.
//!
//! The pitch runs straight from the middle of one frame to the middle of the next. Where it is t
//! radians into its period, the sum of cos(h·t) for h = 1 … H is sin((H + ½)·t) / (2·sin(t/2)) − ½
//! (Dirichlet's kernel). Below 40 Hz there is no voice, and no pulse.

use std::f32::consts::TAU;

use super::math::{floor, sin_cos};
use super::vocoder::{HOP, SAMPLE_RATE};

/// Lowest pitch of a voiced sound, in hertz.
const LOWEST: f32 = 40.0;
/// Highest harmonic, in hertz.
const HIGHEST: f32 = 11_000.0;
/// |2·sin(t/2)| below which the kernel is its limit, H.
const NEAR_ZERO: f32 = 2e-3;

/// A sentence's pulses.
#[derive(Debug)]
pub(super) struct Pulses {
    /// Hertz by frame.
    pitch: Vec<f32>,
    /// Periods that have passed before each frame; only their fraction counts.
    passed: Vec<f64>,
}

impl Pulses {
    /// The pulses of a pitch in hertz by frame.
    pub(super) fn new(pitch: Vec<f32>) -> Self {
        let mut pulses = Self { passed: Vec::with_capacity(pitch.len()), pitch };
        let mut passed = 0.0;
        for frame in 0..pulses.pitch.len() {
            pulses.passed.push(passed);
            let hertz: f64 = pulses.hertz(frame).map(|hertz| f64::from(hertz.max(LOWEST))).sum();
            passed = (passed + hertz / f64::from(SAMPLE_RATE)).fract();
        }
        pulses
    }

    pub(super) fn pitch(&self) -> &[f32] {
        &self.pitch
    }

    pub(super) fn frames(&self) -> usize {
        self.pitch.len()
    }

    /// Adds a frame's samples to `sound`.
    pub(super) fn extend(&self, frame: usize, sound: &mut Vec<f32>) {
        let (mut hertz, mut phase) = ([LOWEST; HOP], [0.0; HOP]);
        let mut passed = self.passed[frame];
        for ((hertz, phase), now) in hertz.iter_mut().zip(&mut phase).zip(self.hertz(frame)) {
            passed += f64::from(now.max(LOWEST)) / f64::from(SAMPLE_RATE);
            // Less than two periods a frame's sample: the whole ones are few.
            passed = if passed >= 1.0 { passed - 1.0 } else { passed };
            (*hertz, *phase) = (now, passed as f32);
        }
        sound.extend(hertz.iter().zip(&phase).map(|(hertz, phase)| kernel(*hertz, *phase)));
    }

    /// The pitch at each sample of a frame.
    fn hertz(&self, frame: usize) -> impl Iterator<Item = f32> {
        let at = |frame: usize| self.pitch[frame.min(self.pitch.len() - 1)];
        let (before, now, after) = (at(frame.saturating_sub(1)), at(frame), at(frame + 1));
        (0..HOP).map(move |i| {
            // From the middle of the frame before to the middle of this one, and on to the next.
            let place = (i as f32 + 0.5) / HOP as f32;
            if i < HOP / 2 {
                before * (0.5 - place) + now * (0.5 + place)
            } else {
                now * (1.5 - place) + after * (place - 0.5)
            }
        })
    }
}

/// The sum of all harmonics; `phase` is a part of a period, 0 to 1.
fn kernel(hertz: f32, phase: f32) -> f32 {
    let pitch = if hertz > LOWEST { hertz } else { LOWEST };
    let order = floor(HIGHEST / pitch) + 0.5;
    let below = 2.0 * sin_cos(phase * (0.5 * TAU)).0;
    let turns = order * phase;
    // In parts of a turn: sines of large angles lose digits.
    let above = sin_cos((turns - floor(turns)) * TAU).0;
    let is_limit = below.abs() <= NEAR_ZERO;
    let sum = if is_limit { order } else { above / below };
    if hertz > LOWEST { sum - 0.5 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pulses_are_the_sum_of_their_harmonics() {
        let (hertz, count) = (210.0_f32, 4);
        let pulses = Pulses::new(vec![hertz; count]);
        let mut sound = Vec::new();
        (0..count).for_each(|frame| pulses.extend(frame, &mut sound));
        assert_eq!(sound.len(), count * HOP);
        for (i, pulse) in sound.iter().enumerate() {
            let phase = std::f64::consts::TAU * f64::from(hertz) * (i + 1) as f64 / f64::from(SAMPLE_RATE);
            let highest = (HIGHEST / hertz).floor() as usize;
            let sum: f64 = (1..=highest).map(|harmonic| (harmonic as f64 * phase).cos()).sum();
            assert!((f64::from(*pulse) - sum).abs() < 0.02, "{i}: {pulse} for {sum}");
        }
    }

    #[test]
    fn there_is_no_pulse_where_there_is_no_voice() {
        let pulses = Pulses::new(vec![0.0, 0.0, 39.0]);
        let mut sound = Vec::new();
        (0..3).for_each(|frame| pulses.extend(frame, &mut sound));
        assert!(sound.iter().all(|sample| *sample == 0.0));
    }
}
