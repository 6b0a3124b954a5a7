//! A limiter that sees peaks coming.
//!
//! True peak is that of ITU-R BS.1770-4.

use std::collections::VecDeque;

/// Largest true peak before encoding, −1.5 dBTP; a lossy codec adds up to half a decibel.
const CEILING: f32 = 0.841;
/// Samples that the limiter looks ahead and behind: 5 ms.
const LOOK: usize = 120;
/// Samples that a true peak is measured from, to either side.
const TAPS: usize = 6;

/// Samples to either side that a limited sample depends on.
pub(super) const REACH: usize = LOOK + LOOK / 2 + TAPS;

/// Holds samples below the ceiling, in place.
pub(super) fn limit(samples: &mut [f32]) {
    let needed: Vec<f32> = true_peaks(samples).map(|peak| CEILING / peak.max(CEILING)).collect();
    for (sample, factor) in samples.iter_mut().zip(smooth(&lowest(&needed))) {
        *sample *= factor;
    }
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
            while next < (i + LOOK + 1).min(values.len()) {
                while kept.back().is_some_and(|&k| values[k] >= values[next]) {
                    kept.pop_back();
                }
                kept.push_back(next);
                next += 1;
            }
            while kept.front().is_some_and(|&k| k + LOOK < i) {
                kept.pop_front();
            }
            kept.front().map_or(1.0, |&k| values[k])
        })
        .collect()
}

/// The mean within half the reach of each, which never lies above the need of any in it.
fn smooth(values: &[f32]) -> impl Iterator<Item = f32> + '_ {
    let half = LOOK / 2;
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_leaves_above_the_ceiling(samples in prop::collection::vec(-16.0f32..16.0, 0..3000)) {
            let mut limited = samples.clone();
            limit(&mut limited);
            prop_assert!(limited.iter().all(|s| s.abs() <= CEILING + 1e-4));
            // What was positive stays positive: a limiter scales, it does not bend.
            prop_assert!(samples.iter().zip(&limited).all(|(a, b)| a * b >= 0.0));
        }
    }
}
