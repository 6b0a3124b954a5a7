//! One entry of a house lexicon, as editors write it.

use std::fmt::Write;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::super::super::extract::host;
use super::super::super::normalise::cleaned;
use super::super::super::script::Sound;
use super::super::entry::Case;
use super::super::fold::fold;
use super::super::letters;

/// Longest field of an entry, in bytes.
const MAX_FIELD: usize = 300;

/// How a word or a name of several is said, where, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HouseEntry {
    /// As it is written: "Zelenskyy", "F-35", "Real Sociedad".
    pub written: String,
    /// Another spelling that is said as this should be; "zeh-LEN-skee" tells where the stress is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub respell: Option<String>,
    /// How it sounds in IPA, as espeak-ng writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ipa: Option<String>,
    /// Whether it is spelled out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub letters: bool,
    /// Whether it is a word, and not spelled out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub word: bool,
    /// Which capitals it asks for.
    #[serde(skip_serializing_if = "is_usual")]
    pub case: Case,
    /// The host whose articles it is for, its subdomains too; all where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// The language it is for ("de", or "de-AT" alone); all where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The voice it is for; all where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<String>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

fn is_usual(case: &Case) -> bool {
    *case == Case::default()
}

/// What is wrong with an entry.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum EntryError {
    /// Nothing that could stand in a text.
    #[error("the lexicon entry {0:?} has no letter or digit in `written`")]
    Written(String),
    /// None or several ways to say it.
    #[error(
        "the lexicon entry {written:?} needs exactly one of respell, ipa, letters and word; it has {ways}"
    )]
    Ways {
        /// The entry.
        written: String,
        /// How many it has.
        ways: usize,
    },
    /// Letters that can't be named.
    #[error("the lexicon entry {0:?} has nothing in {1} that can be said")]
    Silent(String, &'static str),
    /// A character that stands for no sound.
    #[error(
        "the lexicon entry {written:?} has {character:?} as character {at} of {field}, which is no sound and no \
         stress; {advice}"
    )]
    NoSound {
        /// The entry.
        written: String,
        /// Which field.
        field: &'static str,
        /// The character.
        character: char,
        /// Where it stands in the field, from 1 on.
        at: usize,
        /// What may have been meant.
        advice: &'static str,
    },
    /// A scope in which no article is.
    #[error("the lexicon entry {written:?} is for the {field} {value:?}, which is none; write {example}")]
    Scope {
        /// The entry.
        written: String,
        /// Site or language.
        field: &'static str,
        /// What is given.
        value: String,
        /// What one looks like.
        example: &'static str,
    },
    /// A word that is never found as a whole.
    #[error(
        "the lexicon entry {0:?} would never be read: a sentence ends in the middle of it, or it is a part of a \
         word; write it as it stands in articles"
    )]
    NeverRead(String),
    /// A field too long.
    #[error("the lexicon entry {written:?} has more than {MAX_FIELD} bytes in {field}")]
    TooLong {
        /// The entry.
        written: String,
        /// Which field.
        field: &'static str,
    },
}

impl HouseEntry {
    /// The entry as it is kept: its text cleaned, blank fields left out, slashes around IPA and its
    /// syllables' points too.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check(self) -> Result<Self, EntryError> {
        let filled = |field: Option<String>| field.map(|text| cleaned(&text)).filter(|text| !text.is_empty());
        // The g of keyboards is not that of the alphabet; a point between syllables has no sound.
        let bare = |ipa: String| ipa.trim_matches(['/', '[', ']']).trim().replace('g', "ɡ").replace('.', "");
        let entry = Self {
            written: cleaned(&self.written),
            respell: filled(self.respell),
            ipa: filled(self.ipa).map(bare),
            site: filled(self.site).map(|site| host(&site)),
            language: filled(self.language).map(|tag| tag.replace('_', "-")),
            voice: filled(self.voice),
            author: filled(self.author),
            note: filled(self.note),
            ..self
        };
        entry.checked().map(|()| entry)
    }

    fn checked(&self) -> Result<(), EntryError> {
        let written = || self.start();
        let long = |(field, text): &(&'static str, Option<&str>)| {
            text.is_some_and(|text| text.len() > MAX_FIELD).then_some(*field)
        };
        if let Some(field) = self.fields().iter().find_map(long) {
            return Err(EntryError::TooLong { written: written(), field });
        }
        let said = |text: &str| text.chars().any(char::is_alphanumeric);
        if !said(&self.written) {
            return Err(EntryError::Written(written()));
        }
        let ways = [self.respell.is_some(), self.ipa.is_some(), self.letters, self.word];
        let ways = ways.into_iter().filter(|way| *way).count();
        if ways != 1 {
            return Err(EntryError::Ways { written: written(), ways });
        }
        let (field, text) = match (&self.respell, &self.ipa) {
            (Some(respell), _) => ("respell", respell),
            (_, Some(ipa)) => ("ipa", ipa),
            _ => return self.is_somewhere(),
        };
        if !said(text) {
            return Err(EntryError::Silent(written(), field));
        }
        self.is_sound(field, text)?;
        self.is_somewhere()
    }

    /// What errors tell of the word.
    fn start(&self) -> String {
        self.written.chars().take(60).collect()
    }

    /// Punctuation would be heard as a pause.
    fn is_sound(&self, field: &'static str, text: &str) -> Result<(), EntryError> {
        let sounds = if field == "ipa" { is_ipa } else { is_spelling };
        let Some((at, character)) = text.chars().enumerate().find(|(_, c)| !sounds(*c)) else {
            return Ok(());
        };
        let advice = match character {
            ',' if field == "ipa" => "write ˌ before a syllable of lighter stress",
            ':' if field == "ipa" => "write ː after a long vowel",
            '\'' | '’' => "write ˈ before the stressed syllable",
            _ => "leave it out",
        };
        Err(EntryError::NoSound { written: self.start(), field, character, at: at + 1, advice })
    }

    /// Whether articles may be of its site and in its language.
    fn is_somewhere(&self) -> Result<(), EntryError> {
        let named = |c: char| c.is_alphanumeric() || "-._".contains(c);
        let part = |(i, part): (usize, &str)| {
            let length = if i == 0 { 2..=3 } else { 1..=8 };
            length.contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
        };
        let (site, language) = (self.site.as_deref(), self.language.as_deref());
        let wrong = match (site, language) {
            (Some(site), _) if !site.chars().all(named) => ("site", site, "a host, as news.example.org"),
            (_, Some(tag)) if !tag.split('-').enumerate().all(part) => {
                ("language", tag, "a tag, as en or en-GB")
            }
            _ => return Ok(()),
        };
        let (field, value, example) = (wrong.0, wrong.1.to_owned(), wrong.2);
        Err(EntryError::Scope { written: self.start(), field, value, example })
    }

    fn fields(&self) -> [(&'static str, Option<&str>); 8] {
        [
            ("written", Some(&self.written)),
            ("respell", self.respell.as_deref()),
            ("ipa", self.ipa.as_deref()),
            ("site", self.site.as_deref()),
            ("language", self.language.as_deref()),
            ("voice", self.voice.as_deref()),
            ("author", self.author.as_deref()),
            ("note", self.note.as_deref()),
        ]
    }

    /// What the entry is called: the word and what it is for, as in "Reading;language=en". An entry
    /// of the same name replaces it.
    pub fn id(&self) -> String {
        let mut id = self.written.clone();
        let scopes = [("site", &self.site), ("language", &self.language), ("voice", &self.voice)];
        for (scope, value) in scopes.iter().filter_map(|(scope, value)| Some((scope, value.as_ref()?))) {
            // Writing to a string can't fail.
            let _ = write!(id, ";{scope}={value}");
        }
        id
    }

    /// What texts it fits and for whom: of two entries that have this in common only one is ever read.
    pub fn fits(&self) -> String {
        let Self { case, site, language, voice, .. } = self;
        let letter = |c: char| match *case != Case::Any && c.is_uppercase() {
            true => [Some('^'), Some(fold(c))],
            false => [Some(fold(c)), None],
        };
        let letters: String = self.written.chars().flat_map(letter).flatten().collect();
        format!("{letters} {case:?} {site:?} {:?} {voice:?}", language.as_ref().map(|tag| tag.to_lowercase()))
    }

    /// How it sounds in a language.
    pub(super) fn sound(&self, language: &str) -> Sound {
        match (&self.respell, &self.ipa) {
            (Some(respell), _) => Sound::Like(respell.clone()),
            (_, Some(ipa)) => Sound::Ipa(ipa.clone()),
            _ if self.letters => spelled(&self.written, language),
            _ => Sound::Like(self.written.to_lowercase()),
        }
    }
}

/// A sound, its marks, stress, a tone, or what stands between words.
fn is_ipa(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ' ' | '\u{300}'..='\u{36F}' | '˞' | '˥'..='˩')
}

fn is_spelling(c: char) -> bool {
    !".,:;!?…()[]{}\"“”„«»–—/¡¿".contains(c)
}

/// Letter by letter, digit by digit.
fn spelled(written: &str, language: &str) -> Sound {
    let english = language == "en";
    if let Some(ipa) = letters::spelled(written).filter(|_| english) {
        return Sound::Ipa(ipa);
    }
    // An English A alone is the article.
    let name = |c: char| if english && c == 'A' { "ay".to_owned() } else { c.to_string() };
    let letters = written.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase);
    Sound::Like(letters.map(name).collect::<Vec<_>>().join(" "))
}
