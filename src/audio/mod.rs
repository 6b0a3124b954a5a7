//! Samples → frames and files.
//!
//! Everything is 24 kHz mono, counted in frames of 576 samples: 24 ms, which one MPEG-2 Layer
//! III frame holds (ISO 13818-3). A sentence becomes a clip of whole frames that begins and
//! ends in silence and is encoded by itself, so an article is the concatenation of its clips
//! and pauses, and byte, time and sentence are a formula apart.

mod clip;
pub mod decode;
mod jingle;
mod level;
mod limit;
mod marks;
pub mod mp3;
mod quality;
mod resample;
pub mod wav;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use clip::{ClipMaker, Sink, planned_frames};
pub use jingle::Jingle;
pub use level::{Level, TARGET_LUFS};
pub use marks::{Mark, marks};
pub use quality::{Expected, Quality, QualityConfig};

use crate::text::Pause;

/// Samples a second of all we make.
pub const SAMPLE_RATE: u32 = 24_000;
/// Samples in a frame: 24 ms.
pub const FRAME: usize = 576;
const FRAME_MS: usize = 1000 * FRAME / SAMPLE_RATE as usize;

/// How long frames last, in seconds: whole milliseconds, so that no digits follow that are noise.
pub fn seconds(frames: usize) -> f64 {
    (frames * FRAME_MS) as f64 / 1000.0
}

/// How audio is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AudioConfig {
    /// Bits a second of the MP3, in thousands: 32, 40, 48, 56, 64, 80, 96, 112, 128 or 160.
    pub mp3_kbps: u32,
}

impl Default for AudioConfig {
    fn default() -> Self {
        Self { mp3_kbps: 64 }
    }
}

/// What can go wrong with samples.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum AudioError {
    /// No converter for the voice's rate.
    #[error("can't bring {0} samples a second to {SAMPLE_RATE}")]
    Rate(u32),
    /// A voice from which nothing is heard.
    #[error("the voice is silent")]
    Silent,
    /// The encoder refused.
    #[error("the encoder refused: {0}")]
    Encoder(String),
    /// A bitrate MPEG-2 Layer III has not.
    #[error("{0} kbit/s is no bitrate of 24 kHz MP3; choose one of {list}", list = mp3::BITRATES.map(|b| b.to_string()).join(", "))]
    Bitrate(u32),
}

/// Frames of silence to put between two clips, on top of the silence they end and begin with:
/// about 150 ms within a sentence, 300 between sentences, 600 between paragraphs and 900 before a heading.
pub fn pause_frames(pause: Pause) -> usize {
    let milliseconds = match pause {
        Pause::Clause => 150,
        Pause::Sentence => 300,
        Pause::Paragraph => 600,
        Pause::Heading => 900,
    };
    milliseconds / FRAME_MS - clip::LEAD - clip::TAIL
}

#[cfg(test)]
mod tests {
    #[test]
    fn seconds_have_no_digits_that_are_noise() {
        assert_eq!((super::seconds(0), super::seconds(550)), (0.0, 13.2));
        for frames in 0..200_000 {
            let shown = super::seconds(frames).to_string();
            assert!(shown.split_once('.').is_none_or(|(_, digits)| digits.len() <= 3), "{frames}: {shown}");
        }
    }
}
