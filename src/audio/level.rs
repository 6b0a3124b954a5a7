//! One gain for a voice, and a limiter that sees peaks coming.

use serde::{Deserialize, Serialize};

/// Samples the limiter looks ahead and behind: 5 ms.
const REACH: usize = 120;

/// How loud a voice is made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// Factor on every sample.
    pub gain: f32,
    /// Largest magnitude that leaves the limiter.
    pub ceiling: f32,
}

impl Default for Level {
    /// Brings the default voice to −16 LUFS as heard (−19 on one channel, ITU-R BS.1770), with
    /// 2 dB of room for what happens between samples and in the codec.
    fn default() -> Self {
        Self { gain: 2.1, ceiling: 0.794 }
    }
}

impl Level {
    /// Sets the level in place; the same for every sentence, whatever its own loudness.
    pub(super) fn apply(&self, samples: &mut [f32]) {
        samples.iter_mut().for_each(|s| *s *= self.gain);
        if samples.iter().all(|s| s.abs() <= self.ceiling) {
            return;
        }
        let needed: Vec<f32> =
            (samples.iter()).map(|s| (self.ceiling / s.abs().max(self.ceiling)).min(1.0)).collect();
        for (sample, factor) in samples.iter_mut().zip(smooth(&lowest(&needed))) {
            *sample *= factor;
        }
    }
}

/// The least value within reach of each.
fn lowest(values: &[f32]) -> Vec<f32> {
    let mut kept = std::collections::VecDeque::new();
    let mut next = 0;
    (0..values.len())
        .map(|i| {
            while next < (i + REACH + 1).min(values.len()) {
                while kept.back().is_some_and(|&k: &usize| values[k] >= values[next]) {
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
