//! Who speaks: which voice an article has, and which a block of it.

use std::sync::Arc;

use crate::article::Article;
use crate::speech::{Catalogue, Phonemizer, SpeechError, Voice, Voices};

/// A voice, and which of its speakers.
#[derive(Clone)]
pub(super) struct Speaker {
    pub(super) voice: Arc<Voice>,
    pub(super) number: i64,
}

/// All voices, and what is known of them.
pub(super) struct Cast {
    pub(super) phonemizer: Phonemizer,
    pub(super) voices: Voices,
    catalogue: Catalogue,
}

impl Cast {
    pub(super) fn new(phonemizer: Phonemizer, voices: Voices) -> Self {
        Self { phonemizer, voices, catalogue: Catalogue::built_in() }
    }

    /// Who speaks an article in this language.
    pub(super) fn of_article(&self, article: &Article, language: &str) -> Result<Speaker, SpeechError> {
        let (voice, speaker) = match article.voice.as_deref().map(|id| id.split_once('#')) {
            None => (self.voices.for_language(language)?, None),
            Some(Some((id, speaker))) => (self.voices.get(id)?, Some(speaker)),
            Some(None) => (self.voices.get(article.voice.as_deref().unwrap_or_default())?, None),
        };
        voice.verify(&self.catalogue)?;
        // Told now and not when it is to speak: a language that espeak-ng does not know.
        self.phonemizer.phonemes("a", &[], &voice.espeak)?;
        let number = voice.speaker(speaker)?;
        Ok(Speaker { voice, number })
    }

    /// A block in another language than its article has that language's voice, if there is one and
    /// the article does not ask for its own.
    pub(super) fn of_block(&self, language: Option<&str>, article: &Article) -> Option<Speaker> {
        let own = language.filter(|_| article.voice.is_none())?;
        Some(Speaker { voice: voice_of(&self.voices, &self.catalogue, own)?, number: 0 })
    }

    /// As [`voice_name`] has it.
    pub(super) fn name(&self, article: &Article, language: &str, own: Option<&str>) -> String {
        voice_name((&self.voices, &self.catalogue), article, language, own)
    }

    /// The gain in decibels that the catalogue has for a voice.
    pub(super) fn gain(&self, voice: &Voice) -> Option<f32> {
        self.catalogue.voice.iter().find(|entry| entry.id == voice.id)?.gain_db
    }
}

/// Id of the voice that speaks a block of an article whose language is this, or its `own` where it is
/// not its article's, as the lexicon names it; empty where there is none.
pub fn voice_name(
    (voices, catalogue): (&Voices, &Catalogue),
    article: &Article,
    language: &str,
    own: Option<&str>,
) -> String {
    if let Some(named) = &article.voice {
        return named.clone();
    }
    let own = own.and_then(|own| voice_of(voices, catalogue, own));
    let voice = own.or_else(|| voices.for_language(language).ok());
    voice.map_or_else(String::new, |voice| voice.id.clone())
}

/// The voice of a language, where it is whole.
fn voice_of(voices: &Voices, catalogue: &Catalogue, language: &str) -> Option<Arc<Voice>> {
    let voice = voices.for_language(language).ok()?;
    voice.verify(catalogue).is_ok().then_some(voice)
}
