//! What can be told of a clip without ears: measured while it is made, judged when all of an
//! article is.

use ebur128::EbuR128;
use serde::{Deserialize, Serialize};

use super::{AudioError, SAMPLE_RATE, TARGET_LUFS, level};

/// Samples that are silent or not together: 10 ms.
const STEP: usize = 240;
/// Below this peak a step is silent: −54 dBFS, where a voice at its level still breathes.
const SILENT: f32 = 0.002;
/// From here on a voice's sample lies at the end of its range.
const FULL: f32 = 0.999;
/// Milliseconds of sound below which its loudness says nothing: two of the blocks of BS.1770.
const HEARD_MS: f32 = 800.0;

/// What was measured of a clip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// Samples of the voice that are no numbers.
    pub broken: usize,
    /// Whether nothing is heard where something is said.
    pub mute: bool,
    /// Thousandths of the voice's samples that lie at the ends of their range.
    pub clipped: f32,
    /// Decibels that the limiter took off the whole.
    pub limited: f32,
    /// Loudness as heard in LUFS; none where there is too little to tell.
    pub loudness: Option<f32>,
    /// Longest silence in milliseconds, beyond the longest pause that was planned.
    pub silence: f32,
    /// Milliseconds that a phoneme lasts on average, at normal speed; none where there is none.
    pub phoneme: Option<f32>,
}

/// What a clip's plan leads one to expect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// Milliseconds of the longest pause.
    pub pause: f32,
    /// Milliseconds that a phoneme lasts on average, at normal speed.
    pub phoneme: Option<f32>,
}

/// When a revision needs an editor's ears. Each default lies at about twice what the worst of some
/// 250 sentences, short ones among them, came to in a sound voice: 530 ms of silence, nothing
/// clipped, 1.9 dB limited, 42 to 98 ms a phoneme, 1.2 LU from the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QualityConfig {
    /// Whether revisions are judged at all.
    pub on: bool,
    /// Whether readers hear a revision that needs review where there is no earlier one to hear.
    pub play_unreviewed: bool,
    /// Most milliseconds of silence within a sentence, beyond its longest planned pause.
    pub silence_ms: u32,
    /// Most thousandths of a sentence's samples at the ends of their range.
    pub clipped_permille: u32,
    /// Most decibels that the limiter may take off a sentence.
    pub limited_db: u32,
    /// Fewest milliseconds of a phoneme, on average over a sentence at normal speed.
    pub shortest_phoneme_ms: u32,
    /// Most milliseconds of a phoneme.
    pub longest_phoneme_ms: u32,
    /// Most that a sentence's loudness may lie from −16 LUFS, in LU.
    pub loudness_lu: u32,
}

impl Default for QualityConfig {
    fn default() -> Self {
        Self {
            on: true,
            play_unreviewed: false,
            silence_ms: 1000,
            clipped_permille: 5,
            limited_db: 4,
            shortest_phoneme_ms: 30,
            longest_phoneme_ms: 250,
            loudness_lu: 6,
        }
    }
}

impl Quality {
    /// What an editor should listen to, in words.
    pub fn faults(&self, limits: &QualityConfig) -> Vec<String> {
        let over = |value: f32, most: u32| value > most as f32;
        let phoneme = self.phoneme.unwrap_or(limits.longest_phoneme_ms as f32);
        let off = self.loudness.map_or(0.0, |loudness| loudness - TARGET_LUFS as f32);
        let table = [
            (self.broken > 0, format!("{} samples are no numbers", self.broken)),
            (self.mute, "nothing is heard".into()),
            (over(self.silence, limits.silence_ms), format!("{:.0} ms of silence too much", self.silence)),
            (over(self.clipped, limits.clipped_permille), format!("{:.0} ‰ of it clipped", self.clipped)),
            (over(self.limited, limits.limited_db), format!("{:.1} dB limited", self.limited)),
            (phoneme < limits.shortest_phoneme_ms as f32, format!("too fast: {phoneme:.0} ms a phoneme")),
            (over(phoneme, limits.longest_phoneme_ms), format!("too slow: {phoneme:.0} ms a phoneme")),
            (over(off.abs(), limits.loudness_lu), format!("{off:+.1} LU from its level")),
        ];
        table.into_iter().filter(|(holds, _)| *holds).map(|(_, told)| told).collect()
    }
}

/// Measures a clip as it is made.
pub(super) struct Meter {
    voice: usize,
    broken: usize,
    full: usize,
    /// Energy before the limiter and after it.
    energy: [f64; 2],
    loudness: EbuR128,
    heard: usize,
    peak: f32,
    /// Samples of the silence so far, and of the longest.
    silence: [usize; 2],
    /// Samples in the step that is not over, and its peak.
    step: (usize, f32),
}

impl Meter {
    pub(super) fn new() -> Result<Self, AudioError> {
        Ok(Self {
            voice: 0,
            broken: 0,
            full: 0,
            energy: [0.0; 2],
            loudness: level::meter()?,
            heard: 0,
            peak: 0.0,
            silence: [0; 2],
            step: (0, 0.0),
        })
    }

    /// The voice's own samples.
    pub(super) fn voice(&mut self, samples: &[f32]) {
        self.voice += samples.len();
        self.broken += samples.iter().filter(|s| !s.is_finite()).count();
        self.full += samples.iter().filter(|s| s.abs() >= FULL).count();
    }

    /// Samples at their level, before the limiter and after it.
    pub(super) fn limited(&mut self, before: &[f32], after: &[f32]) {
        let energy = |sound: &[f32]| sound.iter().map(|s| f64::from(*s) * f64::from(*s)).sum::<f64>();
        self.energy[0] += energy(before);
        self.energy[1] += energy(after);
        // It refuses nothing but another number of channels.
        let _ = self.loudness.add_frames_f32(after);
        self.heard += after.len();
        after.iter().for_each(|sample| self.step(*sample));
    }

    fn step(&mut self, sample: f32) {
        let (length, peak) = (self.step.0 + 1, self.step.1.max(sample.abs()));
        self.step = (length, peak);
        self.peak = self.peak.max(peak);
        if length == STEP {
            self.step = (0, 0.0);
            self.silence[0] = if peak < SILENT { self.silence[0] + STEP } else { 0 };
            self.silence[1] = self.silence[1].max(self.silence[0]);
        }
    }

    pub(super) fn end(self, expected: &Expected) -> Quality {
        let milliseconds = |samples: usize| samples as f32 * 1000.0 / SAMPLE_RATE as f32;
        let loudness = self.loudness.loudness_global().ok();
        let long_enough = milliseconds(self.heard) >= HEARD_MS;
        let [before, after] = self.energy;
        let limited = if after > 0.0 { 10.0 * (before / after).log10() } else { 0.0 };
        Quality {
            broken: self.broken,
            mute: self.peak < SILENT && expected.phoneme.is_some(),
            clipped: self.full as f32 * 1000.0 / self.voice.max(1) as f32,
            limited: limited as f32,
            loudness: loudness.map(|l| l as f32).filter(|l| long_enough && l.is_finite()),
            silence: (milliseconds(self.silence[1]) - expected.pause).max(0.0),
            phoneme: expected.phoneme,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::audio::{ClipMaker, Level};

    const SECOND: usize = SAMPLE_RATE as usize;
    const AS_PLANNED: Expected = Expected { pause: 100.0, phoneme: Some(80.0) };

    /// What is found wrong with a clip of this sound.
    fn faults(sound: &[f32], expected: &Expected) -> String {
        let mut maker = ClipMaker::new(sound.len(), SAMPLE_RATE, Level::from_db(0.0), Vec::new()).unwrap();
        sound.chunks(7_000).for_each(|chunk| maker.push(chunk).unwrap());
        let (_, quality) = maker.end(expected).unwrap();
        let kept: Quality = serde_json::from_str(&serde_json::to_string(&quality).unwrap()).unwrap();
        kept.faults(&QualityConfig::default()).join(", ")
    }

    fn tone(samples: usize, loud: f32) -> Vec<f32> {
        (0..samples).map(|i| loud * (i as f32 * 0.05).sin()).collect()
    }

    #[test]
    fn what_sounds_as_planned_has_no_fault() {
        for seconds in [0, 1, 3, 20] {
            assert_eq!(faults(&tone(seconds * SECOND + 3_000, 0.2), &AS_PLANNED), "", "{seconds} s");
        }
        assert_eq!(faults(&[], &Expected { pause: 0.0, phoneme: None }), "");
    }

    #[test]
    fn silence_counts_where_no_pause_was_planned() {
        let with_hole = [tone(SECOND, 0.2), vec![0.0; 2 * SECOND], tone(SECOND, 0.2)].concat();
        assert_eq!(faults(&with_hole, &AS_PLANNED), "1900 ms of silence too much");
        assert_eq!(faults(&with_hole, &Expected { pause: 1900.0, ..AS_PLANNED }), "");
        assert_eq!(faults(&vec![0.0; SECOND / 2], &AS_PLANNED), "nothing is heard");
    }

    #[test]
    fn what_a_broken_voice_does_is_told() {
        let mut broken = tone(2 * SECOND, 0.2);
        broken[SECOND..SECOND + 7].fill(f32::NAN);
        broken[SECOND + 7] = f32::INFINITY;
        let screams: Vec<f32> = tone(2 * SECOND, 1.0).iter().map(|s| s.signum()).collect();
        let table = [
            (broken, AS_PLANNED, "8 samples are no numbers"),
            (screams, AS_PLANNED, "‰ of it clipped"),
            (tone(2 * SECOND, 8.0), AS_PLANNED, "dB limited"),
            (tone(2 * SECOND, 0.01), AS_PLANNED, "LU from its level"),
            (tone(SECOND, 0.2), Expected { phoneme: Some(9.0), ..AS_PLANNED }, "too fast: 9 ms a phoneme"),
            (
                tone(SECOND, 0.2),
                Expected { phoneme: Some(400.0), ..AS_PLANNED },
                "too slow: 400 ms a phoneme",
            ),
        ];
        for (sound, expected, fault) in table {
            let found = faults(&sound, &expected);
            assert!(found.contains(fault), "{fault}: {found:?}");
        }
    }
}
