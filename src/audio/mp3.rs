//! Clips → MPEG-2 Layer III at a constant rate, every frame the same size and self-contained
//! (no bit reservoir, no padding: at 24 kHz none is ever due).

use std::sync::OnceLock;

use rusty_mp3::Mp3Encode;
use rusty_mp3::encode::lametag::{DECODER_DELAY, ENCODER_DELAY};
use rusty_mp3::header::FrameHeader;

use super::clip::LEAD;
use super::{AudioError, FRAME, SAMPLE_RATE};

/// Bitrates of MPEG-2 Layer III that are worth listening to, in kbit/s.
pub const BITRATES: [u32; 10] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160];

/// Samples by which coding and decoding shift the sound. The encoder is fed from here on, out
/// of the silence a clip begins with, so that the decoded sound lies where the clip has it.
const DELAY: usize = ENCODER_DELAY + DECODER_DELAY;
const _: () = assert!(DELAY <= LEAD * FRAME);
/// Whole frames that hold the delay.
const SKIP: usize = DELAY.div_ceil(FRAME);

/// Bytes of a frame: 192 at 64 kbit/s.
pub fn frame_bytes(kbps: u32) -> usize {
    kbps as usize * 1000 / 8 * FRAME / SAMPLE_RATE as usize
}

/// Encodes one clip as it comes.
pub struct Encoder {
    encoder: Mp3Encode,
    header: FrameHeader,
    frame: usize,
    /// Samples of the lead that make up for the codec's delay and are not fed to it.
    late: usize,
    /// First frames that are not given away.
    skip: usize,
    waiting: Vec<f32>,
}

impl Encoder {
    /// Begins a clip.
    ///
    /// # Errors
    /// The bitrate is none of [`BITRATES`].
    pub fn new(kbps: u32) -> Result<Self, AudioError> {
        if !BITRATES.contains(&kbps) {
            return Err(AudioError::Bitrate(kbps));
        }
        let header = rusty_mp3::encoder_header(SAMPLE_RATE, 1, kbps).map_err(refused)?;
        let (encoder, frame) = (Mp3Encode::new(), frame_bytes(kbps));
        Ok(Self { encoder, header, frame, late: DELAY, skip: 0, waiting: Vec::new() })
    }

    /// Begins what has no silence to begin with. The codec's delay is filled up to two frames, which
    /// are thrown away: the sound lies where it was, and comes in over its first 24 ms.
    ///
    /// # Errors
    /// As [`Encoder::new`].
    pub fn bare(kbps: u32) -> Result<Self, AudioError> {
        let mut encoder = Self::new(kbps)?;
        (encoder.late, encoder.skip) = (0, SKIP);
        encoder.waiting = vec![0.0; SKIP * FRAME - DELAY];
        Ok(encoder)
    }

    /// Takes the next samples; gives the frames they fill, each of [`frame_bytes`].
    ///
    /// # Errors
    /// The encoder fails.
    pub fn push(&mut self, samples: &[f32]) -> Result<Vec<u8>, AudioError> {
        let late = self.late.min(samples.len());
        self.late -= late;
        self.waiting.extend_from_slice(&samples[late..]);
        let whole = self.waiting.len() / FRAME * FRAME;
        let ready: Vec<f32> = self.waiting.drain(..whole).collect();
        let mut bytes = Vec::with_capacity(ready.len() / FRAME * self.frame);
        for frame in ready.chunks_exact(FRAME) {
            let encoded = self.encoder.encode_frame(&self.header, &[frame], None).map_err(refused)?;
            if encoded.len() != self.frame {
                return Err(AudioError::Encoder(format!("a frame of {} bytes", encoded.len())));
            }
            match self.skip {
                0 => bytes.extend(encoded),
                _ => self.skip -= 1,
            }
        }
        Ok(bytes)
    }

    /// Gives the frames that the clip's delayed end fills.
    ///
    /// # Errors
    /// The encoder fails.
    pub fn end(&mut self) -> Result<Vec<u8>, AudioError> {
        self.push(&[0.0; DELAY])
    }
}

fn refused(error: rusty_mp3::Error) -> AudioError {
    AudioError::Encoder(error.to_string())
}

/// Encodes a clip's samples, a whole number of frames.
///
/// # Errors
/// As [`Encoder`].
pub fn encode(samples: &[f32], kbps: u32) -> Result<Vec<u8>, AudioError> {
    let mut encoder = Encoder::new(kbps)?;
    let mut bytes = encoder.push(samples)?;
    bytes.extend(encoder.end()?);
    Ok(bytes)
}

/// Frames of silence.
///
/// # Errors
/// As [`Encoder::new`].
pub fn silence(frames: usize, kbps: u32) -> Result<Vec<u8>, AudioError> {
    // Every listener comes to every pause, and a silent frame costs as much to encode as any.
    static SILENT: [OnceLock<Vec<u8>>; BITRATES.len()] = [const { OnceLock::new() }; BITRATES.len()];
    let kept = BITRATES.iter().zip(&SILENT).find(|(of, _)| **of == kbps);
    let (_, kept) = kept.ok_or(AudioError::Bitrate(kbps))?;
    if let Some(frame) = kept.get() {
        return Ok(frame.repeat(frames));
    }
    let mut encoder = Encoder::new(kbps)?;
    encoder.late = 0;
    let frame = encoder.push(&[0.0; FRAME])?;
    Ok(kept.get_or_init(|| frame).repeat(frames))
}
