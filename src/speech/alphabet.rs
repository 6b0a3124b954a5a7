//! The alphabets that voices read: how a sentence's IPA becomes the ids that a model was trained on.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::misaki;
use super::utterance::{Utterance, Word};

/// What a voice reads.
#[derive(Clone, Debug)]
pub enum Alphabet {
    /// A Piper voice: espeak-ng's IPA in NFD; the ids of each character, as the voice's JSON lists
    /// them.
    Espeak(HashMap<char, Vec<i64>>),
    /// A hibari voice: misaki's alphabet, for American or British English.
    Misaki {
        /// Whether it is British.
        british: bool,
    },
}

/// A word as it is pronounced.
pub(super) struct SaidWord<'a> {
    /// Its IPA in NFD, and the punctuation behind it.
    pub(super) ipa: &'a str,
    /// Where it begins in the spoken form, in characters, if that is known.
    pub(super) at: Option<usize>,
    /// The spoken form from there to the next word.
    pub(super) written: &'a str,
}

impl Alphabet {
    /// Whether a character of IPA is heard.
    pub fn knows(&self, c: char) -> bool {
        match self {
            Self::Espeak(ids) => ids.contains_key(&c),
            Self::Misaki { british } => misaki::knows(c, *british),
        }
    }

    /// Phonemes of a text in IPA that are not heard, each once, in order of code points.
    pub fn unknown(&self, ipa: &str) -> Vec<char> {
        let mut unknown: Vec<char> = ipa.nfd().filter(|c| !self.knows(*c)).collect();
        unknown.sort_unstable();
        unknown.dedup();
        unknown
    }

    /// The sentence of these words.
    pub(super) fn utterance<'a>(&self, words: impl Iterator<Item = SaidWord<'a>>) -> Utterance {
        let mut said = Utterance { ids: self.begin(), ..Utterance::default() };
        for (i, word) in words.enumerate() {
            if i > 0 {
                self.push(" ", &mut said);
                said.phonemes.push(' ');
            }
            said.phonemes.push_str(word.ipa);
            match self {
                Self::Espeak(_) => self.add(&word, &mut said),
                Self::Misaki { .. } => self.add_apart(&word, &mut said),
            }
        }
        let heard: usize = said.words.iter().map(|word| word.ids.len()).sum();
        said.count = heard / self.ids_a_phoneme();
        said.ids.extend(self.end());
        said
    }

    fn add(&self, word: &SaidWord<'_>, said: &mut Utterance) {
        let start = said.ids.len();
        self.push(word.ipa, said);
        let ids = start..said.ids.len();
        said.words.extend(word.at.map(|at| Word { at, ids }));
    }

    /// Adds a word that may be several, with a space between them.
    fn add_apart(&self, word: &SaidWord<'_>, said: &mut Utterance) {
        for (i, (after, ipa)) in misaki::apart(word.ipa, word.written).into_iter().enumerate() {
            if i > 0 {
                self.push(" ", said);
            }
            self.add(&SaidWord { ipa, at: word.at.map(|at| at + after), written: "" }, said);
        }
    }

    /// Ids that every voice of this alphabet must know, for a first trial.
    pub(super) fn warm_up(&self) -> Vec<i64> {
        let mut said = Utterance { ids: self.begin(), ..Utterance::default() };
        match self {
            Self::Espeak(_) => self.push("a", &mut said),
            Self::Misaki { .. } => said.ids.extend(misaki::ids()),
        }
        said.ids.extend(self.end());
        said.ids
    }

    fn push(&self, ipa: &str, said: &mut Utterance) {
        match self {
            Self::Espeak(ids) => ipa.chars().for_each(|c| push_padded(ids, c, said)),
            Self::Misaki { british } => misaki::push(ipa, *british, said),
        }
    }

    fn begin(&self) -> Vec<i64> {
        match self {
            Self::Espeak(ids) => ['^', '_'].iter().flat_map(|c| of(ids, *c)).copied().collect(),
            Self::Misaki { .. } => vec![misaki::EDGE],
        }
    }

    fn end(&self) -> Vec<i64> {
        match self {
            Self::Espeak(ids) => of(ids, '$').to_vec(),
            Self::Misaki { .. } => vec![misaki::EDGE],
        }
    }

    /// Piper voices have a pad after each id.
    fn ids_a_phoneme(&self) -> usize {
        match self {
            Self::Espeak(_) => 2,
            Self::Misaki { .. } => 1,
        }
    }
}

fn of(ids: &HashMap<char, Vec<i64>>, c: char) -> &[i64] {
    ids.get(&c).map(Vec::as_slice).unwrap_or_default()
}

fn push_padded(ids: &HashMap<char, Vec<i64>>, phoneme: char, said: &mut Utterance) {
    match of(ids, phoneme) {
        [] if said.unknown.contains(&phoneme) => {}
        [] => said.unknown.push(phoneme),
        known => {
            said.ids.extend_from_slice(known);
            said.ids.extend_from_slice(of(ids, '_'));
        }
    }
}
