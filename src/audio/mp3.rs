//! Clips → MPEG-2 Layer III at a constant rate, every frame the same size and self-contained
//! (no bit reservoir, no padding: at 24 kHz none is ever due).

use rusty_mp3::Mp3Encode;
use rusty_mp3::encode::lametag::{DECODER_DELAY, ENCODER_DELAY};

use super::clip::LEAD;
use super::{AudioError, Clip, FRAME, SAMPLE_RATE};

/// Bitrates of MPEG-2 Layer III that are worth listening to, in kbit/s.
pub const BITRATES: [u32; 10] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160];

/// Samples by which coding and decoding shift the sound. The encoder is fed from here on, out
/// of the silence a clip begins with, so that the decoded sound lies where the clip has it.
const DELAY: usize = ENCODER_DELAY + DECODER_DELAY;
const _: () = assert!(DELAY <= LEAD * FRAME);

/// Bytes of a frame: 192 at 64 kbit/s.
pub fn frame_bytes(kbps: u32) -> usize {
    kbps as usize * 1000 / 8 * FRAME / SAMPLE_RATE as usize
}

/// Encodes one clip, `clip.frames()` frames of [`frame_bytes`] each.
///
/// # Errors
/// The bitrate is none of [`BITRATES`], or the encoder fails.
pub fn encode(clip: &Clip, kbps: u32) -> Result<Vec<u8>, AudioError> {
    let mut samples = clip.samples.get(DELAY..).unwrap_or_default().to_vec();
    samples.resize(clip.samples.len(), 0.0);
    frames(&samples, kbps)
}

/// Frames of silence.
///
/// # Errors
/// As [`encode`].
pub fn silence(frames: usize, kbps: u32) -> Result<Vec<u8>, AudioError> {
    let one = self::frames(&[0.0; FRAME], kbps)?;
    Ok(one.repeat(frames))
}

fn frames(samples: &[f32], kbps: u32) -> Result<Vec<u8>, AudioError> {
    if !BITRATES.contains(&kbps) {
        return Err(AudioError::Bitrate(kbps));
    }
    let refused = |e: rusty_mp3::Error| AudioError::Encoder(e.to_string());
    let header = rusty_mp3::encoder_header(SAMPLE_RATE, 1, kbps).map_err(refused)?;
    let mut encoder = Mp3Encode::new();
    let mut bytes = Vec::with_capacity(samples.len() / FRAME * frame_bytes(kbps));
    for frame in samples.chunks_exact(FRAME) {
        let encoded = encoder.encode_frame(&header, &[frame], None).map_err(refused)?;
        if encoded.len() != frame_bytes(kbps) {
            return Err(AudioError::Encoder(format!("a frame of {} bytes", encoded.len())));
        }
        bytes.extend(encoded);
    }
    Ok(bytes)
}
