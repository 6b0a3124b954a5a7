//! Spoken form → phonemes → the ids a Piper voice was trained on.

use std::collections::HashMap;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use super::error::SpeechError;
use super::espeak;

/// Which ids stand for a phoneme, as a voice's JSON tells.
pub(super) type IdMap = HashMap<char, Vec<i64>>;

/// One sentence, ready for the voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// IPA in NFD, with the punctuation that shapes the melody.
    pub phonemes: String,
    /// `BOS PAD (ids PAD)* EOS`.
    pub ids: Vec<i64>,
    /// Phonemes the voice does not know, each once.
    pub unknown: Vec<char>,
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

    /// IPA of one sentence in one of espeak-ng's voices ("en-us", "de").
    ///
    /// # Errors
    /// espeak-ng has no such voice.
    pub fn phonemes(&self, spoken: &str, voice: &str) -> Result<String, SpeechError> {
        let clauses = espeak::clauses(spoken, voice)?;
        let parts = clauses.iter().map(|clause| {
            let mark = clause.mark.map_or(String::new(), String::from);
            without_flags(&clause.phonemes) + &mark
        });
        let ipa = parts.filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ");
        let ipa = if voice.starts_with("en") { corrected(&ipa) } else { ipa };
        Ok(ipa.trim_end().nfd().collect())
    }

    /// One sentence for a voice with these ids.
    ///
    /// # Errors
    /// espeak-ng has no such voice.
    pub fn utterance(&self, spoken: &str, voice: &str, ids: &IdMap) -> Result<Utterance, SpeechError> {
        let phonemes = self.phonemes(spoken, voice)?;
        let (ids, unknown) = to_ids(&phonemes, ids);
        Ok(Utterance { phonemes, ids, unknown })
    }
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

fn to_ids(phonemes: &str, map: &IdMap) -> (Vec<i64>, Vec<char>) {
    let get = |c: char| map.get(&c).map(Vec::as_slice).unwrap_or_default();
    let (bos, pad, eos) = (get('^'), get('_'), get('$'));
    let mut unknown = Vec::new();
    let mut ids = [bos, pad].concat();
    for phoneme in phonemes.chars() {
        match get(phoneme) {
            [] if unknown.contains(&phoneme) => {}
            [] => unknown.push(phoneme),
            known => ids.extend_from_slice(&[known, pad].concat()),
        }
    }
    ids.extend_from_slice(eos);
    (ids, unknown)
}
