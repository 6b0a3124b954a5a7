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
    if tokens.iter().all(|token| token.sound.is_none()) {
        return pronounced(spoken, voice);
    }
    let spoken: Vec<char> = spoken.chars().collect();
    let sounds = sounds(&spoken, tokens, voice)?;
    let words = pronounced(&masked(spoken, &sounds), voice)?;
    let mut sounds = sounds.into_iter().peekable();
    let mut said: Vec<Pronounced> = Vec::with_capacity(words.len());
    for mut word in words {
        let at = word.at.unwrap_or(0);
        while sounds.next_if(|sound| sound.place.end <= at).is_some() {}
        if let Some(sound) = sounds.next_if(|sound| sound.place.contains(&at)) {
            word.ipa = sound.ipa + word.marks();
        }
        said.push(word);
    }
    Ok(said)
}

/// How a part of the spoken form sounds, whatever its spelling says.
struct Sounding {
    /// In characters, without what stands after its last letter.
    place: Range<usize>,
    ipa: String,
}

fn sounds(spoken: &[char], tokens: &[Token], voice: &str) -> Result<Vec<Sounding>, SpeechError> {
    let ends = tokens.iter().skip(1).map(|next| next.at).chain([spoken.len()]);
    let sounding = tokens.iter().zip(ends).filter_map(|(token, end)| {
        let sound = token.sound.as_ref()?;
        let last = spoken.get(token.at..end)?.iter().rposition(|c| c.is_alphanumeric())?;
        Some((token.at..token.at + last + 1, sound))
    });
    sounding.map(|(place, sound)| Ok(Sounding { place, ipa: ipa(sound, voice)? })).collect()
}

fn ipa(sound: &Sound, voice: &str) -> Result<String, SpeechError> {
    Ok(match sound {
        Sound::Ipa(ipa) => ipa.nfd().collect(),
        Sound::Like(spelling) => joined(&pronounced(spelling, voice)?),
    })
}

/// The spoken form with a plain word in place of each part whose sound is known, every other character
/// in its place: espeak-ng loses words near some that it does not know ("NATO's"), runs together what
/// hyphens join ("pro-Kyiv"), and says "the" by what follows.
fn masked(mut chars: Vec<char>, sounds: &[Sounding]) -> String {
    for Sounding { place, ipa } in sounds {
        for border in [place.start.wrapping_sub(1), place.end] {
            if let Some(hyphen) = chars.get_mut(border).filter(|c| **c == '-') {
                *hyphen = ' ';
            }
        }
        let vowel = ipa.trim_start_matches(['ˈ', 'ˌ']).starts_with(|c| "aeiouæɐɑɒɔəɚɛɜɪʊʌᵻ".contains(c));
        let letters = if vowel { ['o', 'b'] } else { ['b', 'o'] };
        let hidden = chars.get_mut(place.clone()).unwrap_or_default();
        hidden.iter_mut().zip(letters.iter().cycle()).for_each(|(c, letter)| *c = *letter);
    }
    chars.into_iter().collect()
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
