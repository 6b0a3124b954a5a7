//! A recording that somebody sends → 24 kHz mono at our level, or why not.
//!
//! Whoever calls this does it in a process of its own with limits on memory and time, for what is
//! read here was made by anybody.

mod edits;
mod elementary;
mod kind;
mod level;
mod read;
mod refusal;

use std::fs::File;
use std::path::Path;

use serde::{Deserialize, Serialize};

pub use kind::Kind;
pub use refusal::Refusal;

/// A recording that could be read, levelled and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decoded {
    /// What it was sent as.
    pub kind: Kind,
    /// Length of what was written, in frames of 24 ms.
    pub frames: usize,
}

/// Reads a recording and writes it as a WAV file of whole frames, at [`TARGET_LUFS`](super::TARGET_LUFS)
/// as heard. What it needs meanwhile is kept in a nameless file in `scratch`.
///
/// # Errors
/// Why it can't be taken, for whoever sent it.
pub fn decode(input: &Path, output: &Path, scratch: &Path, max_minutes: u32) -> Result<Decoded, Refusal> {
    let mut file = File::open(input)?;
    let (kind, start) = kind::find(&mut file)?;
    let mut samples = level::Samples::new(scratch)?;
    let max = u64::from(max_minutes) * 60 * u64::from(super::SAMPLE_RATE);
    let source = read::Source { path: input, kind, start, max_minutes, max };
    read::read(&source, read::Mix::All, &mut samples)?;
    if let Some(loudest) = samples.cancelled_out() {
        // Two channels of which one is the other upside down: mixed, they are silence.
        samples = level::Samples::new(scratch)?;
        read::read(&source, read::Mix::Only(loudest), &mut samples)?;
    }
    Ok(Decoded { kind, frames: samples.level(File::create(output)?)? })
}
