//! A recording that is heard before or after articles: a clip that no voice makes.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

use super::clip::{LEAD, TAIL};
use super::{FRAME, wav};

/// A recording as a clip.
#[derive(Clone, Debug, PartialEq)]
pub struct Jingle {
    /// Digest of its samples.
    pub digest: [u8; 32],
    /// Its samples with the silence around them, a whole number of frames.
    pub samples: Vec<f32>,
}

impl Jingle {
    /// Reads a WAV file of ours, as [`decode`](super::decode::decode()) writes it.
    ///
    /// # Errors
    /// It can't be read.
    pub fn read(mut file: impl Read) -> io::Result<Self> {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let sound = wav::samples(bytes.get(wav::HEADER_BYTES..).unwrap_or_default());
        let (lead, tail) = (vec![0.0; LEAD * FRAME], vec![0.0; TAIL * FRAME]);
        Ok(Self { digest: Sha256::digest(&bytes).into(), samples: [lead, sound, tail].concat() })
    }

    /// Its length in frames.
    pub fn frames(&self) -> usize {
        self.samples.len() / FRAME
    }
}
