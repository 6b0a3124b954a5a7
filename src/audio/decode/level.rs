//! Samples kept aside while they come, and brought to our level once all are there.

use std::fs::File;
use std::io::{BufWriter, IntoInnerError, Read, Seek, SeekFrom, Write};
use std::path::Path;

use ebur128::EbuR128;

use super::Refusal;
use crate::audio::level::{TARGET_LUFS, meter};
use crate::audio::{FRAME, SAMPLE_RATE, limit, wav};

/// Samples worked on at a time.
const BLOCK: usize = 1 << 15;
/// Quieter than this, in LUFS, is noise with nothing in it.
const QUIETEST: f64 = -60.0;
/// How often the gain is set anew: the limiter takes away from what was given.
const TRIES: usize = 10;
/// Loudness that is near enough, and that is still ours, to either side of the target.
const NEAR: f64 = 0.1;
const WITHIN: f64 = 0.9;
/// A mix quieter than its loudest channel by this factor in power has cancelled itself out.
const CANCELLED: f64 = 0.05;

/// A recording at 24 kHz, not levelled yet.
pub(super) struct Samples {
    file: BufWriter<File>,
    meter: EbuR128,
    count: u64,
    /// Power of the mix, and of each channel.
    mix: f64,
    channels: Vec<f64>,
}

impl Samples {
    pub(super) fn new(scratch: &Path) -> Result<Self, Refusal> {
        let file = tempfile::tempfile_in(scratch)?;
        let meter = meter().map_err(|e| broken(&e))?;
        Ok(Self { file: BufWriter::new(file), meter, count: 0, mix: 0.0, channels: Vec::new() })
    }

    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// Notes how loud each channel is.
    pub(super) fn note(&mut self, frame: &[f32]) {
        self.channels.resize(frame.len(), 0.0);
        self.channels.iter_mut().zip(frame).for_each(|(sum, s)| *sum += f64::from(*s) * f64::from(*s));
        let mean = f64::from(frame.iter().sum::<f32>()) / frame.len() as f64;
        self.mix += mean * mean;
    }

    /// The loudest channel, where the mean of all is next to nothing beside it.
    pub(super) fn cancelled_out(&self) -> Option<usize> {
        let loudest = self.channels.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
        (self.channels.len() > 1 && self.mix < CANCELLED * loudest.1).then_some(loudest.0)
    }

    pub(super) fn push(&mut self, samples: &[f32]) -> Result<(), Refusal> {
        self.meter.add_frames_f32(samples).map_err(|e| broken(&e))?;
        self.count += samples.len() as u64;
        let bytes: Vec<u8> = samples.iter().flat_map(|s| s.to_le_bytes()).collect();
        Ok(self.file.write_all(&bytes)?)
    }

    /// Writes all of it at our level; tells how many frames that makes.
    pub(super) fn level(self, output: File) -> Result<usize, Refusal> {
        if self.count < u64::from(SAMPLE_RATE) {
            return Err(Refusal::TooShort);
        }
        let loudness = lufs(&self.meter).filter(|lufs| *lufs >= QUIETEST).ok_or(Refusal::Silent)?;
        let mut file = self.file.into_inner().map_err(IntoInnerError::into_error)?;
        let count = usize::try_from(self.count).map_err(|e| broken(&e))?;
        let gain = find(&mut file, count, loudness)?;
        let mut wav = wav::Writer::new(BufWriter::new(output))?;
        each_block(&mut file, count, gain, |samples| Ok(wav.push(samples, 0)?))?;
        let silence = vec![0.0; count.next_multiple_of(FRAME) - count];
        wav.push(&silence, 0)?;
        wav.finish()?;
        Ok(count.div_ceil(FRAME))
    }
}

/// The factor that brings a recording to the target, limiter included.
fn find(file: &mut File, count: usize, loudness: f64) -> Result<f32, Refusal> {
    let (mut decibels, mut off) = (TARGET_LUFS - loudness, f64::INFINITY);
    for _ in 0..TRIES {
        let gain = 10f64.powf(decibels / 20.0) as f32;
        let mut meter = meter().map_err(|e| broken(&e))?;
        each_block(file, count, gain, |samples| meter.add_frames_f32(samples).map_err(|e| broken(&e)))?;
        off = TARGET_LUFS - lufs(&meter).ok_or(Refusal::Silent)?;
        if off.abs() < NEAR {
            return Ok(gain);
        }
        decibels += off;
    }
    match off.abs() < WITHIN {
        true => Ok(10f64.powf((decibels - off) / 20.0) as f32),
        false => Err(Refusal::Level),
    }
}

fn lufs(meter: &EbuR128) -> Option<f64> {
    meter.loudness_global().ok().filter(|lufs| lufs.is_finite())
}

/// Gives all samples at their level, block by block; the limiter sees what is around each.
fn each_block(
    file: &mut File,
    count: usize,
    gain: f32,
    mut take: impl FnMut(&[f32]) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    for start in (0..count).step_by(BLOCK) {
        let end = (start + BLOCK).min(count);
        let (from, to) = (start.saturating_sub(limit::REACH), (end + limit::REACH).min(count));
        let mut bytes = vec![0; 4 * (to - from)];
        file.seek(SeekFrom::Start(4 * from as u64))?;
        file.read_exact(&mut bytes)?;
        let samples = bytes.chunks_exact(4).map(|b| gain * f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        let mut samples: Vec<f32> = samples.collect();
        limit::limit(&mut samples);
        take(&samples[start - from..end - from])?;
    }
    Ok(())
}

fn broken(error: &dyn std::fmt::Display) -> Refusal {
    Refusal::Broken(error.to_string())
}
