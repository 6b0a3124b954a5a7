//! The name of a take: everything that determines its bytes, hashed.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::respelling::tells_stress;
use crate::text::{Sound, Token};

/// Raised whenever the same sentence would give other bytes than before.
pub const PIPELINE_VERSION: u32 = 8;

/// How a voice is asked to speak.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Speaking rate, 0.5 (half) to 2.0 (double).
    pub speed: f32,
    /// Liveliness of the voice, 0 to 1; the voice's own where absent.
    pub noise: Option<f32>,
    /// Liveliness of the rhythm, 0 to 1; the voice's own where absent.
    pub noise_w: Option<f32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { speed: 1.0, noise: None, noise_w: None }
    }
}

/// SHA-256 over the spoken form and how its words sound, the voice's fingerprint, the speaker, the
/// settings and [`PIPELINE_VERSION`]: the cache key of a sentence, and the seed of its noise.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SentenceKey(pub [u8; 32]);

impl SentenceKey {
    /// The key of a spoken form in a voice.
    pub fn new(
        spoken: &str,
        tokens: &[Token],
        fingerprint: &[u8; 32],
        speaker: i64,
        settings: &Settings,
    ) -> Self {
        let mut hash = Sha256::new();
        hash.update(PIPELINE_VERSION.to_le_bytes());
        hash.update(fingerprint);
        hash.update(speaker.to_le_bytes());
        hash.update(settings.speed.to_le_bytes());
        for scale in [settings.noise, settings.noise_w] {
            hash.update(scale.unwrap_or(-1.0).to_le_bytes());
        }
        hash.update(spoken.as_bytes());
        for token in tokens {
            let (kind, sound) = match (&token.sound, &token.language) {
                (Some(Sound::Ipa(ipa)), _) => (0, ipa),
                (Some(Sound::Like(spelling)), _) if tells_stress(spelling) => (3, spelling),
                (Some(Sound::Like(spelling)), _) => (1, spelling),
                (None, Some(language)) => (2, language),
                (None, None) => continue,
            };
            // 0xFF is in no UTF-8, so no two lists of sounds are written alike.
            hash.update([0xff, kind]);
            hash.update((token.at as u64).to_le_bytes());
            hash.update(sound.as_bytes());
        }
        Self(hash.finalize().into())
    }
}

impl fmt::Display for SentenceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for SentenceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
