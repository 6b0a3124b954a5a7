//! The voice's source: a train of pulses with all harmonics of the pitch up to 11 kHz.
//!
//! The pitch runs straight from the middle of one frame to the middle of the next. Where it is t
//! radians into its period, the sum of cos(h·t) for h = 1 … H is sin((H + ½)·t) / (2·sin(t/2)) − ½
//! (Dirichlet's kernel). Below 40 Hz there is no voice, and no pulse.

use std::f32::consts::TAU;

use wide::f32x8;

use super::vocoder::{HOP, SAMPLE_RATE};

/// Lowest pitch of a voiced sound, in hertz.
const LOWEST: f32 = 40.0;
/// Highest harmonic, in hertz.
const HIGHEST: f32 = 11_000.0;
/// |2·sin(t/2)| below which the kernel is its limit, H.
const NEAR_ZERO: f32 = 2e-3;
/// Numbers that are worked on at once.
const LANES: usize = 8;

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
        let (mut hertz, mut phase) = ([LOWEST; PADDED], [0.0; PADDED]);
        let mut passed = self.passed[frame];
        for (i, now) in self.hertz(frame).enumerate() {
            passed += f64::from(now.max(LOWEST)) / f64::from(SAMPLE_RATE);
            (hertz[i], phase[i]) = (now, (passed.fract() * std::f64::consts::TAU) as f32);
        }
        let lanes = hertz.chunks_exact(LANES).zip(phase.chunks_exact(LANES));
        let pulses = lanes.flat_map(|(hertz, phase)| kernel(lane(hertz), lane(phase)).to_array());
        sound.extend(pulses.take(HOP));
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

/// A frame's samples, and some more to make whole lanes.
const PADDED: usize = HOP.next_multiple_of(LANES);

fn lane(numbers: &[f32]) -> f32x8 {
    let mut lane = [0.0; LANES];
    lane[..numbers.len()].copy_from_slice(numbers);
    lane.into()
}

/// The sum of all harmonics; `phase` is 0 to 2π.
fn kernel(hertz: f32x8, phase: f32x8) -> f32x8 {
    let voiced = hertz.simd_gt(f32x8::splat(LOWEST));
    let order = (f32x8::splat(HIGHEST) / hertz.max(f32x8::splat(LOWEST))).floor() + 0.5;
    let (sine, _) = (phase * 0.5).sin_cos();
    let below = sine * 2.0;
    let at_limit = below.abs().simd_le(f32x8::splat(NEAR_ZERO));
    // In parts of a turn first: sines of large angles lose digits.
    let turns = order * (phase / TAU);
    let (above, _) = ((turns - turns.floor()) * TAU).sin_cos();
    let sum = at_limit.select(order, above / at_limit.select(f32x8::ONE, below)) - 0.5;
    voiced.select(sum, f32x8::ZERO)
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
