//! The voice's rate → 24 kHz, piece by piece.

use rubato::audioadapter_buffers::owned::InterleavedOwned;
use rubato::{Fft, FixedSync, Resampler};

use super::{AudioError, SAMPLE_RATE};

/// Samples the converter works on at a time, about; fewer are sooner heard.
const BLOCK: usize = 1024;

/// Samples in 24 kHz for `samples` at `rate`.
pub(super) fn length(samples: usize, rate: u32) -> usize {
    (samples as u64 * u64::from(SAMPLE_RATE)).div_ceil(u64::from(rate)) as usize
}

/// Brings samples to 24 kHz as they come. It works in blocks of its own, so it gives the same
/// whatever pieces they come in.
pub(super) struct Converter {
    rate: u32,
    /// None where there is nothing to convert.
    fft: Option<Fft<f32>>,
    /// Samples that wait for a block to be full.
    waiting: Vec<f32>,
    taken: usize,
    given: usize,
    /// Samples of the converter's own delay that are still to be dropped.
    delay: usize,
}

impl Converter {
    pub(super) fn new(rate: u32) -> Result<Self, AudioError> {
        let new = || Fft::new(rate as usize, SAMPLE_RATE as usize, BLOCK, 1, FixedSync::Both);
        let fft = (rate != SAMPLE_RATE).then(new).transpose().map_err(|_| AudioError::Rate(rate))?;
        let delay = fft.as_ref().map_or(0, Resampler::output_delay);
        Ok(Self { rate, fft, waiting: Vec::new(), taken: 0, given: 0, delay })
    }

    /// Takes samples; gives what they complete.
    pub(super) fn push(&mut self, samples: &[f32]) -> Result<Vec<f32>, AudioError> {
        self.taken += samples.len();
        let Some(block) = self.fft.as_ref().map(Resampler::input_frames_next) else {
            return Ok(samples.to_vec());
        };
        self.waiting.extend_from_slice(samples);
        let mut out = Vec::new();
        let mut rest = std::mem::take(&mut self.waiting);
        while rest.len() >= block {
            let after = rest.split_off(block);
            out.extend(self.convert(rest)?);
            rest = after;
        }
        self.waiting = rest;
        Ok(out)
    }

    /// Gives the rest: [`length`] samples in all.
    pub(super) fn end(&mut self) -> Result<Vec<f32>, AudioError> {
        let wanted = length(self.taken, self.rate);
        let Some(block) = self.fft.as_ref().map(Resampler::input_frames_next) else {
            return Ok(Vec::new());
        };
        let mut out = Vec::new();
        while self.given < wanted {
            let mut last = std::mem::take(&mut self.waiting);
            last.resize(block, 0.0);
            let before = self.given;
            let mut more = self.convert(last)?;
            more.truncate(wanted - before);
            self.given = self.given.min(wanted);
            out.extend(more);
        }
        Ok(out)
    }

    fn convert(&mut self, block: Vec<f32>) -> Result<Vec<f32>, AudioError> {
        let error = || AudioError::Rate(self.rate);
        let length = block.len();
        let input = InterleavedOwned::new_from(block, 1, length).map_err(|_| error())?;
        let Some(fft) = &mut self.fft else {
            return Ok(Vec::new());
        };
        let mut output = fft.process(&input, None).map_err(|_| error())?.take_data();
        let late = self.delay.min(output.len());
        output.drain(..late);
        self.delay -= late;
        self.given += output.len();
        Ok(output)
    }
}

/// Brings samples to 24 kHz, exactly [`length`] of them.
pub(super) fn resample(samples: &[f32], rate: u32) -> Result<Vec<f32>, AudioError> {
    let mut converter = Converter::new(rate)?;
    let mut out = converter.push(samples)?;
    out.extend(converter.end()?);
    Ok(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pieces_make_the_same_as_the_whole(cuts in prop::collection::vec(0usize..3000, 0..8), rate in prop::sample::select(vec![16_000u32, 22_050, 24_000, 48_000])) {
            let samples: Vec<f32> = (0..cuts.iter().sum()).map(|i| (i as f32 * 0.05).sin()).collect();
            let mut converter = Converter::new(rate).unwrap();
            let (mut pieces, mut rest) = (Vec::new(), samples.as_slice());
            for cut in cuts {
                let (piece, after) = rest.split_at(cut);
                pieces.extend(converter.push(piece).unwrap());
                rest = after;
            }
            pieces.extend(converter.end().unwrap());
            prop_assert_eq!(pieces.len(), length(samples.len(), rate));
            prop_assert!(pieces == resample(&samples, rate).unwrap());
        }
    }

    #[test]
    fn a_tone_stays_where_it_is() {
        let tone = |rate: f32| (0..).map(move |i| (i as f32 / rate * 100.0 * std::f32::consts::TAU).sin());
        let at_22: Vec<f32> = tone(22_050.0).take(22_050).collect();
        let found = resample(&at_22, 22_050).unwrap();
        let wanted = tone(24_000.0).take(found.len());
        let middle = found.iter().zip(wanted).skip(1000).take(20_000);
        // The converter's delay is no whole number of samples; half a one is as near as it gets.
        assert!(middle.into_iter().all(|(a, b)| (a - b).abs() < 0.02));
    }
}
