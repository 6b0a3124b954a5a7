//! How loud a voice is made, and each of its sentences.
//!
//! Loudness is that of ITU-R BS.1770-4. A mono file is heard from two loudspeakers, so −16 LUFS
//! as heard is −19 on its one channel.

use ebur128::{Channel, EbuR128, Mode};

use super::limit::limit;
use super::{AudioError, SAMPLE_RATE, resample};

/// Loudness as heard that voices and their sentences are brought to, in LUFS.
pub const TARGET_LUFS: f64 = -16.0;
/// Most that a sentence's level differs from its voice's, in decibels: a whisper stays one.
const RANGE: f64 = 3.0;
/// Samples that tell how loud a sentence is when it is not whole: a second. Fewer do not.
const ENOUGH: usize = SAMPLE_RATE as usize;
/// Samples of the rest before a sentence that it is measured with: BS.1770 measures 400 ms at a
/// time, and "No!" is shorter.
const REST: usize = SAMPLE_RATE as usize / 5;
/// Most that the level changes from one sample to the next, as a factor: 2 dB a second, which
/// nobody hears.
const GLIDE: f64 = 1.000_009_594;

/// How loud a voice is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// Factor on every sample.
    gain: f32,
}

impl Level {
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
            limit(&mut levelled);
            gain += TARGET_LUFS - loudness(&levelled)?;
        }
        Ok(tenth(gain) as f32)
    }

    fn apply(self, samples: &mut [f32]) {
        samples.iter_mut().for_each(|s| *s *= self.gain);
    }
}

/// Brings one sentence to its voice's level and, as far as it is known how loud it is, to its own.
///
/// A voice says short sentences up to 4 LU louder or quieter than long ones. They are made in one
/// piece, so they are measured before they sound, and each keeps one level. A long one begins at
/// its voice's level and glides to what its chunks so far call for.
pub(super) struct Leveller {
    voice: Level,
    meter: EbuR128,
    heard: usize,
    /// The sentence's own factor, so far.
    own: f64,
}

impl Leveller {
    pub(super) fn new(voice: Level) -> Result<Self, AudioError> {
        let mut meter = meter()?;
        meter.add_frames_f32(&[0.0; REST]).map_err(|_| AudioError::Silent)?;
        Ok(Self { voice, meter, heard: 0, own: 1.0 })
    }

    /// Levels a sentence's next samples in place; `whole` if they are its last.
    pub(super) fn level(&mut self, samples: &mut [f32], whole: bool) -> Result<(), AudioError> {
        self.voice.apply(samples);
        self.measure(samples)?;
        let first = self.heard == 0;
        self.heard += samples.len();
        let goal = if whole || self.heard >= ENOUGH { self.goal()? } else { 1.0 };
        if first {
            self.own = goal;
        }
        for sample in samples {
            self.own = goal.clamp(self.own / GLIDE, self.own * GLIDE);
            *sample *= self.own as f32;
        }
        Ok(())
    }

    /// Measures them as they would be heard: the limiter takes away more of some than of others.
    fn measure(&mut self, samples: &[f32]) -> Result<(), AudioError> {
        let mut limited = samples.to_vec();
        limit(&mut limited);
        self.meter.add_frames_f32(&limited).map_err(|_| AudioError::Silent)
    }

    /// The factor that brings what was heard to the target, to a tenth of a decibel; 1 for silence.
    fn goal(&self) -> Result<f64, AudioError> {
        let loudness = self.meter.loudness_global().map_err(|_| AudioError::Silent)?;
        let own = if loudness.is_finite() { TARGET_LUFS - loudness } else { 0.0 };
        Ok(10f64.powf(tenth(own.clamp(-RANGE, RANGE)) / 20.0))
    }
}

/// Rounded, so that the last bit of a sample does not change a level from machine to machine.
fn tenth(decibels: f64) -> f64 {
    (decibels * 10.0).round() / 10.0
}

/// Integrated loudness as heard, in LUFS.
fn loudness(samples: &[f32]) -> Result<f64, AudioError> {
    let mut meter = meter()?;
    meter.add_frames_f32(samples).map_err(|_| AudioError::Silent)?;
    let loudness = meter.loudness_global().map_err(|_| AudioError::Silent)?;
    if loudness.is_finite() { Ok(loudness) } else { Err(AudioError::Silent) }
}

/// Measures loudness as heard.
pub(super) fn meter() -> Result<EbuR128, AudioError> {
    let mut meter = EbuR128::new(1, SAMPLE_RATE, Mode::I).map_err(|_| AudioError::Silent)?;
    meter.set_channel(0, Channel::DualMono).map_err(|_| AudioError::Silent)?;
    Ok(meter)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn tone(samples: usize, loud: f32) -> Vec<f32> {
        (0..samples).map(|i| loud * (i as f32 * 0.26).sin()).collect()
    }

    /// A sentence that comes in these pieces, levelled.
    fn levelled(pieces: &[Vec<f32>]) -> Vec<f32> {
        let mut leveller = Leveller::new(Level::from_db(0.0)).unwrap();
        let last = pieces.len() - 1;
        let level = |(i, piece): (usize, &Vec<f32>)| {
            let mut piece = piece.clone();
            leveller.level(&mut piece, i == last).unwrap();
            piece
        };
        pieces.iter().enumerate().flat_map(level).collect()
    }

    #[test]
    fn a_tone_is_brought_to_the_target() {
        let tone = tone(96_000, 0.05);
        let gain = Level::calibrate(&tone, SAMPLE_RATE).unwrap();
        let mut levelled = tone;
        Level::from_db(gain).apply(&mut levelled);
        assert!((loudness(&levelled).unwrap() - TARGET_LUFS).abs() < 0.06);
    }

    #[test]
    fn silence_can_not_be_calibrated() {
        assert_eq!(Level::calibrate(&[0.0; 48_000], SAMPLE_RATE), Err(AudioError::Silent));
    }

    #[test]
    fn what_is_known_whole_is_brought_to_the_target_at_once() {
        for loud in [0.13, 0.17, 0.21] {
            let tone = tone(48_000, loud);
            let levelled = levelled(std::slice::from_ref(&tone));
            assert!((loudness(&levelled).unwrap() - TARGET_LUFS).abs() < 0.3, "{loud}");
            let factors: Vec<f32> = levelled.iter().zip(&tone).skip(1).map(|(l, t)| l / t).collect();
            assert!(factors.iter().all(|f| (f / factors[0] - 1.0).abs() < 1e-4), "{loud} is bent");
        }
    }

    #[test]
    fn a_long_sentence_begins_at_its_voice_s_level_and_glides() {
        let pieces = [tone(12_000, 0.2), tone(72_000, 0.2)];
        let levelled = levelled(&pieces);
        assert_eq!(levelled[..12_000], pieces[0]);
        let decibels = |at: usize| 20.0 * (levelled[at] / pieces[1][at - 12_000]).log10();
        let passed: Vec<f32> = (12_001..84_000).step_by(2_400).map(decibels).collect();
        assert!(passed.windows(2).all(|two| (-0.201..=0.001).contains(&(two[1] - two[0]))), "{passed:?}");
        assert!((loudness(&levelled[48_000..]).unwrap() - TARGET_LUFS).abs() < 0.2);
    }

    #[test]
    fn a_whisper_stays_one_and_silence_is_left_alone() {
        let whisper = levelled(&[tone(48_000, 0.01)]);
        let raised = whisper[1_000] / tone(48_000, 0.01)[1_000];
        assert!((f64::from(20.0 * raised.log10()) - RANGE).abs() < 0.01);
        assert_eq!(levelled(&[vec![0.0; 48_000]]), vec![0.0; 48_000]);
    }
}
