//! Clips → WAV, 16 bits, by hound.

use std::io::{self, Seek, Write};

use hound::{SampleFormat, WavSpec, WavWriter};

use super::{FRAME, SAMPLE_RATE};

/// Bytes before the samples in a file of ours.
pub const HEADER_BYTES: usize = 44;
/// Bytes of a frame.
pub const FRAME_BYTES: usize = 2 * FRAME;

/// A WAV file being written, clip by clip.
pub struct Writer<W: Write + Seek>(WavWriter<W>);

impl<W: Write + Seek> Writer<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn new(out: W) -> io::Result<Self> {
        let spec = WavSpec {
            channels: 1,
            sample_rate: SAMPLE_RATE,
            bits_per_sample: 16,
            sample_format: SampleFormat::Int,
        };
        Ok(Self(WavWriter::new(out, spec).map_err(io_error)?))
    }

    /// Adds a clip's samples and frames of silence after it.
    ///
    /// # Errors
    /// The file can't be written, or grew past 4 GiB.
    pub fn push(&mut self, clip: &[f32], pause: usize) -> io::Result<()> {
        let samples = clip.iter().map(|s| to_i16(*s));
        let silence = std::iter::repeat_n(0, pause * FRAME);
        for sample in samples.chain(silence) {
            self.0.write_sample(sample).map_err(io_error)?;
        }
        Ok(())
    }

    /// Writes the lengths into the header.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn finish(self) -> io::Result<()> {
        self.0.finalize().map_err(io_error)
    }
}

/// Samples of a file of ours, behind its header.
pub fn samples(bytes: &[u8]) -> Vec<f32> {
    let sample = |b: &[u8]| f32::from(i16::from_le_bytes([b[0], b[1]])) / f32::from(i16::MAX);
    bytes.chunks_exact(2).map(sample).collect()
}

fn to_i16(sample: f32) -> i16 {
    (sample * f32::from(i16::MAX)).round() as i16
}

fn io_error(error: hound::Error) -> io::Error {
    match error {
        hound::Error::IoError(e) => e,
        other => io::Error::other(other),
    }
}
