//! What a voice can't say, for editors to know.

use std::collections::BTreeSet;

use super::{Line, RenderError, Renderer};
use crate::speech::Phonemizer;
use crate::text::{self, HouseEntry, Note, Token};

impl Renderer {
    /// The phonemes in a lexicon's entry that the voice it is for leaves out, and that voice's id.
    /// An entry for no voice and no language is tried with the default voice.
    ///
    /// # Errors
    /// There is no voice of the name that it asks for.
    pub fn unknown_in(&self, entry: &HouseEntry) -> Result<(Vec<char>, String), RenderError> {
        let voices = &self.cast.voices;
        let named = entry.voice.as_deref().map(|id| id.split('#').next().unwrap_or(id));
        let voice = match (named, &entry.language) {
            (Some(id), _) => Some(voices.get(id)?),
            (None, Some(language)) => voices.for_language(language).ok(),
            (None, None) => voices.for_language(text::DEFAULT_LANGUAGE).ok(),
        };
        let ipa = entry.ipa.as_deref().unwrap_or_default();
        Ok(voice.map(|voice| (voice.unknown(ipa), voice.id.clone())).unwrap_or_default())
    }

    /// A note for each phoneme that a voice does not know and so leaves out, and for each language of some words
    /// that can't be pronounced.
    ///
    /// # Errors
    /// espeak-ng does not know the voice's language.
    pub fn unknown_phonemes(&self, lines: &[Line]) -> Result<Vec<Note>, RenderError> {
        let mut unknown = BTreeSet::new();
        for line in lines.iter().filter(|line| line.jingle.is_none()) {
            unknown.extend(self.utterance(line)?.unknown);
        }
        let tokens = lines.iter().flat_map(|line| line.tokens.iter());
        let languages = unknown_languages(self.cast.phonemizer, tokens);
        Ok(unknown.into_iter().map(unknown_phoneme).chain(languages).collect())
    }
}

/// Tells an editor which sound is missing.
pub fn unknown_phoneme(phoneme: char) -> Note {
    Note::new("unknown-phoneme", format!("{phoneme} (U+{:04X})", phoneme as u32))
}

/// Tells an editor of words in a language that nobody here can pronounce: they are said as if they were in the
/// language of their sentence.
pub fn unknown_languages<'a>(
    phonemizer: Phonemizer,
    tokens: impl Iterator<Item = &'a Token>,
) -> impl Iterator<Item = Note> {
    let languages: BTreeSet<&str> = tokens.filter_map(|token| token.language.as_deref()).collect();
    let unknown: Vec<&str> = languages.into_iter().filter(|language| !phonemizer.knows(language)).collect();
    unknown.into_iter().map(|language| Note::new("unknown-language", language))
}
