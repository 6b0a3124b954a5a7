//! Spoken form → phonemes → the ids a Piper voice was trained on.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use super::error::SpeechError;
use super::espeak;
use crate::text::{Sound, Token};

/// Which ids stand for a phoneme, as a voice's JSON tells.
pub(super) type IdMap = HashMap<char, Vec<i64>>;

/// One sentence, ready for the voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// IPA in NFD, with the punctuation that shapes the melody.
    pub phonemes: String,
    /// `BOS PAD (ids PAD)* EOS`.
    pub ids: Vec<i64>,
    /// Its words, in order.
    pub words: Vec<Word>,
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

/// Proof that espeak-ng is ready.
#[derive(Clone, Copy, Debug)]
pub struct Phonemizer(());

impl Phonemizer {
    /// Readies espeak-ng with the data in `folder`, which holds `espeak-ng-data`.
    ///
    /// # Errors
    /// The data is missing or damaged.
    pub fn start(folder: &Path) -> Result<Self, SpeechError> {
        espeak::start(folder).map(|()| Self(()))
    }

    /// IPA of one sentence in one of espeak-ng's voices ("en-us", "de"), those of its tokens that
    /// say how they sound sounding so.
    ///
    /// # Errors
    /// espeak-ng has no such voice.
    pub fn phonemes(&self, spoken: &str, tokens: &[Token], voice: &str) -> Result<String, SpeechError> {
        Ok(joined(&sounding(spoken, tokens, voice)?))
    }

    /// One sentence for a voice with these ids.
    ///
    /// # Errors
    /// espeak-ng has no such voice.
    pub fn utterance(
        &self,
        spoken: &str,
        tokens: &[Token],
        voice: &str,
        map: &IdMap,
    ) -> Result<Utterance, SpeechError> {
        let words = sounding(spoken, tokens, voice)?;
        let mut ids = Ids::new(map);
        let places = words.iter().enumerate().filter_map(|(i, word)| {
            if i > 0 {
                ids.push(' ');
            }
            let start = ids.ids.len();
            word.ipa.chars().for_each(|phoneme| ids.push(phoneme));
            Some(Word { at: word.at?, ids: start..ids.ids.len() })
        });
        let places = places.collect();
        let (ids, unknown) = ids.finish();
        Ok(Utterance { phonemes: joined(&words), ids, words: places, unknown })
    }
}

/// A word's sound, and where it begins in the text if that is known.
struct Pronounced {
    ipa: String,
    at: Option<usize>,
}

impl Pronounced {
    /// The punctuation it ends with.
    fn marks(&self) -> &str {
        &self.ipa[self.ipa.trim_end_matches(['.', ',', '?', '!', ':', ';']).len()..]
    }
}

fn joined(words: &[Pronounced]) -> String {
    words.iter().map(|word| word.ipa.as_str()).collect::<Vec<_>>().join(" ")
}

/// As espeak-ng pronounces it, but for the tokens that say how they sound.
fn sounding(spoken: &str, tokens: &[Token], voice: &str) -> Result<Vec<Pronounced>, SpeechError> {
    let mut words = pronounced(spoken, voice)?;
    for (i, token) in tokens.iter().enumerate() {
        let Some(sound) = &token.sound else { continue };
        let end = tokens.get(i + 1).map_or(usize::MAX, |next| next.at);
        let inside = |word: &Pronounced| word.at.is_some_and(|at| (token.at..end).contains(&at));
        let Some(first) = words.iter().position(inside) else { continue };
        let count = words[first..].iter().take_while(|word| inside(word)).count();
        let marks = words[first + count - 1].marks().to_owned();
        let ipa: String = match sound {
            Sound::Ipa(ipa) => ipa.nfd().collect(),
            Sound::Like(spelling) => joined(&pronounced(spelling, voice)?),
        };
        let at = words[first].at;
        words.splice(first..first + count, [Pronounced { ipa: ipa + &marks, at }]);
    }
    Ok(words)
}

fn pronounced(spoken: &str, voice: &str) -> Result<Vec<Pronounced>, SpeechError> {
    let clauses = espeak::clauses(spoken, voice)?;
    let mut words = Vec::new();
    for clause in clauses.iter().filter(|c| !c.phonemes.is_empty() || c.mark.is_some()) {
        words.extend(clause.phonemes.split(' ').enumerate().map(|(i, ipa)| {
            let ipa = without_flags(ipa);
            let ipa = if voice.starts_with("en") { corrected(&ipa) } else { ipa };
            Pronounced { ipa: ipa.nfd().collect(), at: clause.words.get(i).copied() }
        }));
        if let (Some(last), Some(mark)) = (words.last_mut(), clause.mark) {
            last.ipa.push(mark);
        }
    }
    Ok(words)
}

/// "Has been" is not stressed in running speech; espeak-ng's own dictionary says so since 1.52.
fn corrected(ipa: &str) -> String {
    ipa.replace("hˈæzbiːn", "hɐzbɪn")
}

/// Without the "(en)" that espeak-ng puts where it changes its language.
fn without_flags(ipa: &str) -> String {
    let mut kept = String::with_capacity(ipa.len());
    let mut rest = ipa;
    while let Some(open) = rest.find('(') {
        let Some(close) = rest[open..].find(')') else {
            break;
        };
        kept.push_str(&rest[..open]);
        rest = &rest[open + close + 1..];
    }
    kept + rest
}

/// Phonemes on their way to ids.
struct Ids<'a> {
    map: &'a IdMap,
    ids: Vec<i64>,
    unknown: Vec<char>,
}

impl<'a> Ids<'a> {
    fn new(map: &'a IdMap) -> Self {
        let mut new = Self { map, ids: Vec::new(), unknown: Vec::new() };
        new.push('^');
        new
    }

    fn get(&self, phoneme: char) -> &'a [i64] {
        self.map.get(&phoneme).map(Vec::as_slice).unwrap_or_default()
    }

    fn push(&mut self, phoneme: char) {
        match self.get(phoneme) {
            [] if self.unknown.contains(&phoneme) => {}
            [] => self.unknown.push(phoneme),
            known => {
                self.ids.extend_from_slice(known);
                self.ids.extend_from_slice(self.get('_'));
            }
        }
    }

    fn finish(mut self) -> (Vec<i64>, Vec<char>) {
        self.ids.extend_from_slice(self.get('$'));
        (self.ids, self.unknown)
    }
}
