//! The voice's rate → 24 kHz.

use rubato::audioadapter_buffers::owned::InterleavedOwned;
use rubato::{Fft, FixedSync, Resampler};

use super::{AudioError, SAMPLE_RATE};

/// Samples in 24 kHz for `samples` at `rate`.
pub(super) fn length(samples: usize, rate: u32) -> usize {
    (samples as u64 * u64::from(SAMPLE_RATE)).div_ceil(u64::from(rate)) as usize
}

/// Brings samples to 24 kHz, exactly [`length`] of them.
pub(super) fn resample(samples: Vec<f32>, rate: u32) -> Result<Vec<f32>, AudioError> {
    let count = samples.len();
    if rate == SAMPLE_RATE || count == 0 {
        return Ok(samples);
    }
    let error = || AudioError::Rate(rate);
    let input = InterleavedOwned::new_from(samples, 1, count).map_err(|_| error())?;
    let mut converter = Fft::<f32>::new(rate as usize, SAMPLE_RATE as usize, 1024, 1, FixedSync::Both)
        .map_err(|_| error())?;
    let output = converter.process_all(&input, count, None).map_err(|_| error())?;
    let mut output = output.take_data();
    output.resize(length(count, rate), 0.0);
    Ok(output)
}
