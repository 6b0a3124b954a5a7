//! One gain for a voice, and a limiter that sees peaks coming.
//!
//! Loudness and true peak are those of ITU-R BS.1770-4. A mono file is heard from two
//! loudspeakers, so −16 LUFS as heard is −19 on its one channel.

use std::collections::VecDeque;

use ebur128::{Channel, EbuR128, Mode};

use super::{AudioError, SAMPLE_RATE, resample};

/// Loudness as heard that voices are brought to, in LUFS.
pub const TARGET_LUFS: f64 = -16.0;
/// Largest true peak before encoding, −1.5 dBTP; a lossy codec adds up to half a decibel.
const CEILING: f32 = 0.841;
/// Samples that the limiter looks ahead and behind: 5 ms.
const REACH: usize = 120;
/// Samples that a true peak is measured from, to either side.
const TAPS: usize = 6;

/// How loud a voice is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// Factor on every sample.
    gain: f32,
}

impl Level {
    /// Samples to either side that a levelled sample depends on.
    pub(super) const REACH: usize = REACH + REACH / 2 + TAPS;

    /// A known gain in decibels.
    pub fn from_db(gain: f32) -> Self {
        Self { gain: 10f32.powf(gain / 20.0) }
    }

    /// The gain that brings a voice's samples to [`TARGET_LUFS`], limiter included, to a tenth of
    /// a decibel, in decibels.
    ///
    /// # Errors
    /// The samples are silent, or there is no converter for their rate.
    pub fn calibrate(samples: &[f32], rate: u32) -> Result<f32, AudioError> {
        let sound = resample::resample(samples, rate)?;
        let mut gain = TARGET_LUFS - loudness(&sound)?;
        // The limiter takes a little away, so the gain is found in a few steps.
        for _ in 0..4 {
            let mut levelled = sound.clone();
            Self::from_db(gain as f32).apply(&mut levelled);
            gain += TARGET_LUFS - loudness(&levelled)?;
        }
        Ok(((gain * 10.0).round() / 10.0) as f32)
    }

    /// Sets the level in place; the same for every sentence, whatever its own loudness.
    pub(super) fn apply(&self, samples: &mut [f32]) {
        samples.iter_mut().for_each(|s| *s *= self.gain);
        let needed: Vec<f32> = true_peaks(samples).map(|peak| CEILING / peak.max(CEILING)).collect();
        for (sample, factor) in samples.iter_mut().zip(smooth(&lowest(&needed))) {
            *sample *= factor;
        }
    }
}

/// Integrated loudness as heard, in LUFS.
fn loudness(samples: &[f32]) -> Result<f64, AudioError> {
    let silent = |_| AudioError::Silent;
    let mut meter = EbuR128::new(1, SAMPLE_RATE, Mode::I).map_err(silent)?;
    meter.set_channel(0, Channel::DualMono).map_err(silent)?;
    meter.add_frames_f32(samples).map_err(silent)?;
    let loudness = meter.loudness_global().map_err(silent)?;
    if loudness.is_finite() { Ok(loudness) } else { Err(AudioError::Silent) }
}

/// The largest magnitude at and around each sample, four points a sample (BS.1770-4, Annex 2);
/// nought where it can't come near the ceiling.
fn true_peaks(samples: &[f32]) -> impl Iterator<Item = f32> + '_ {
    const HALF: [[f32; 12]; 2] = [
        [
            0.001_708_984_4,
            0.010_986_328,
            -0.019_653_32,
            0.033_203_125,
            -0.059_448_242,
            0.137_329_1,
            0.972_167_97,
            -0.102_294_92,
            0.047_607_422,
            -0.026_611_328,
            0.014_892_578,
            -0.008_300_781,
        ],
        [
            -0.029_174_805,
            0.029_296_875,
            -0.051_757_812,
            0.089_111_33,
            -0.166_503_9,
            0.465_087_9,
            0.779_785_16,
            -0.200_317_38,
            0.101_562_5,
            -0.058_227_54,
            0.033_081_055,
            -0.018_920_898,
        ],
    ];
    let peak = move |i: usize| {
        let at = |k: usize| (i + k).checked_sub(TAPS).and_then(|j| samples.get(j)).copied().unwrap_or(0.0);
        let around: [f32; 12] = std::array::from_fn(at);
        // True peaks lie less than 6 dB above the samples around them; most of speech is quiet.
        if around.iter().all(|s| s.abs() <= CEILING / 2.0) {
            return 0.0;
        }
        let sum = |taps: &mut dyn Iterator<Item = &f32>| taps.zip(&around).map(|(c, s)| c * s).sum::<f32>();
        let phases = HALF.iter().flat_map(|taps| [sum(&mut taps.iter()), sum(&mut taps.iter().rev())]);
        phases.fold(samples[i].abs(), |peak, value| peak.max(value.abs()))
    };
    (0..samples.len()).map(peak)
}

/// The least value within reach of each.
fn lowest(values: &[f32]) -> Vec<f32> {
    let mut kept: VecDeque<usize> = VecDeque::new();
    let mut next = 0;
    (0..values.len())
        .map(|i| {
            while next < (i + REACH + 1).min(values.len()) {
                while kept.back().is_some_and(|&k| values[k] >= values[next]) {
                    kept.pop_back();
                }
                kept.push_back(next);
                next += 1;
            }
            while kept.front().is_some_and(|&k| k + REACH < i) {
                kept.pop_front();
            }
            kept.front().map_or(1.0, |&k| values[k])
        })
        .collect()
}

/// The mean within half the reach of each, which never lies above the need of any in it.
fn smooth(values: &[f32]) -> impl Iterator<Item = f32> + '_ {
    let half = REACH / 2;
    let mut sums = Vec::with_capacity(values.len() + 1);
    sums.push(0.0f64);
    for value in values {
        sums.push(sums[sums.len() - 1] + f64::from(*value));
    }
    (0..values.len()).map(move |i| {
        let (from, to) = (i.saturating_sub(half), (i + half + 1).min(values.len()));
        ((sums[to] - sums[from]) / (to - from) as f64) as f32
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_leaves_above_the_ceiling(samples in prop::collection::vec(-4.0f32..4.0, 0..3000), gain in -20.0f32..20.0) {
            let mut levelled = samples.clone();
            Level::from_db(gain).apply(&mut levelled);
            prop_assert!(levelled.iter().all(|s| s.abs() <= CEILING + 1e-4));
            // What was positive stays positive: a limiter scales, it does not bend.
            prop_assert!(samples.iter().zip(&levelled).all(|(a, b)| a * b >= 0.0));
        }
    }

    #[test]
    fn a_tone_is_brought_to_the_target() {
        let tone: Vec<f32> = (0..96_000).map(|i| 0.05 * (i as f32 * 0.26).sin()).collect();
        let gain = Level::calibrate(&tone, SAMPLE_RATE).unwrap();
        let mut levelled = tone;
        Level::from_db(gain).apply(&mut levelled);
        assert!((loudness(&levelled).unwrap() - TARGET_LUFS).abs() < 0.06);
    }

    #[test]
    fn silence_can_not_be_calibrated() {
        assert_eq!(Level::calibrate(&[0.0; 48_000], SAMPLE_RATE), Err(AudioError::Silent));
    }
}
