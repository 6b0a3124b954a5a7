//! One sentence as a voice reads it.

use std::ops::Range;

/// One sentence, ready for the voice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Utterance {
    /// IPA in NFD, with the punctuation that shapes the melody.
    pub phonemes: String,
    /// What the voice's model reads.
    pub ids: Vec<i64>,
    /// Its words, in order.
    pub words: Vec<Word>,
    /// Ids of its words that are heard, pads aside.
    pub count: usize,
    /// Phonemes the voice does not know, each once.
    pub unknown: Vec<char>,
}

/// A word as it is pronounced: part of a written one, one, or several run together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it begins in the spoken form, in characters.
    pub at: usize,
    /// Its ids.
    pub ids: Range<usize>,
}
