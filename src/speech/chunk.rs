//! How models part a sentence, so that sound starts soon and memory stays bounded.

use std::ops::Range;

use super::error::SpeechError;

/// Mono, −1 to 1, at the voice's sample rate.
pub type Samples = Vec<f32>;

/// How a model parts sentences, in frames: as fits its speed and what a chunk's context costs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chunking {
    /// Longest sentence made in one piece.
    pub(super) one_piece: usize,
    /// The first chunk of a longer one.
    pub(super) first: usize,
    /// Most frames of the others.
    pub(super) most: usize,
}

impl Chunking {
    /// The chunks of so many frames, fixed by their number alone: all in one piece where that is
    /// short; else a short one, so that sound starts soon, then as few as may be, of like length.
    pub(super) fn of(self, frames: usize) -> impl Iterator<Item = Range<usize>> + use<> {
        let first = if frames <= self.one_piece { frames } else { self.first };
        let (rest, count) = (frames - first, (frames - first).div_ceil(self.most));
        let bound = move |i: usize| first + rest * i / count.max(1);
        let others = (0..count).map(move |i| bound(i)..bound(i + 1));
        std::iter::once(0..first).filter(|chunk| !chunk.is_empty()).chain(others)
    }
}

/// The samples of `frames` out of those of `window`, `hop` a frame.
pub(super) fn part_of(
    samples: &[f32],
    frames: &Range<usize>,
    window: &Range<usize>,
    hop: usize,
) -> Result<Samples, SpeechError> {
    let from = (frames.start - window.start) * hop;
    let wanted = samples.get(from..from + frames.len() * hop).map(<[f32]>::to_vec);
    wanted.ok_or_else(|| SpeechError::Inference("fewer samples than planned".into()))
}
