//! Written → spoken: numbers, dates, money, abbreviations and the like, one language a module.
//!
//! A sentence is [cleaned](clean), then walked once from left to right. At each word the language's
//! rules are asked; the first that knows the place gives a [`Reading`] for as much as it has
//! recognised. What no rule knows is said as it is written.

mod abbreviation;
mod address;
mod amount;
mod clean;
mod emoji;
mod english;
mod footnote;
mod fraction;
mod french;
mod german;
mod identifier;
mod moment;
mod numeral;
mod scan;
mod spanish;
mod symbol;
mod tag;
mod telephone;

use std::ops::Range;

use super::language::primary;
use super::lexicon::Reader;
use super::script::{Note, Sound};
use clean::Clean;
pub(super) use emoji::RULE as EMOJI;
use scan::Scan;

/// What a rule makes of the text from its place on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Reading {
    /// Where what it has read ends, in bytes of the cleaned sentence.
    end: usize,
    /// What is said: words, [`PAUSE`], or nothing.
    said: String,
    rule: &'static str,
    sound: Option<Sound>,
    note: Option<Note>,
}

/// Said for a dash, a bracket or the like: a rest, unless other punctuation already makes one.
pub(super) const PAUSE: &str = ",";

/// Looks at the text from a place on; must not look further than it needs, or time is quadratic.
type Rule = fn(Scan<'_>) -> Option<Reading>;

/// The first reading that one of the rules gives.
fn first(rules: &[Rule], scan: Scan<'_>) -> Option<Reading> {
    rules.iter().find_map(|rule| rule(scan))
}

/// A part of the spoken form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// What is written, in bytes of the sentence.
    pub(super) span: Range<usize>,
    /// What is said; with the punctuation around it where it is said as written.
    pub(super) said: String,
    /// Which rule changed it.
    pub(super) rule: Option<&'static str>,
    /// How it sounds, where that is not what its spelling says.
    pub(super) sound: Option<Sound>,
    /// Its language, where that is not its block's.
    pub(super) language: Option<String>,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
    /// What is to be told about it, as that it is left out.
    pub(super) note: Option<Note>,
}

/// The spoken form of one sentence.
pub(super) fn normalise(sentence: &str, reader: &Reader<'_>) -> Vec<Piece> {
    let clean = Clean::new(sentence);
    let rule = rules(reader.language);
    let mut pieces = Vec::new();
    let mut scan = Scan::new(&clean.text);
    let mut plain: Option<Piece> = None;
    let mut spaced = false;
    while let Some(next) = scan.peek() {
        let start = scan.at();
        if next == ' ' {
            scan.skip();
            pieces.extend(plain.take());
            spaced = true;
            continue;
        }
        let reading = house(scan, reader).or_else(|| rule(scan));
        let reading = reading.or_else(|| emoji::emoji(scan, reader.language));
        if let Some(reading) = reading.filter(|reading| reading.end > start) {
            scan.jump(reading.end);
            pieces.extend(plain.take());
            pieces.push(Piece::read(reading, clean.span(start..scan.at()), spaced));
        } else {
            let written = scan.atom();
            let span = clean.span(start..scan.at());
            match &mut plain {
                Some(piece) => piece.grow(written, span.end),
                None => plain = Some(Piece::plain(written, span, spaced)),
            }
        }
        spaced = false;
    }
    pieces.extend(plain);
    pieces
}

/// What the house says of the text here, before any rule of the language.
fn house(mut scan: Scan<'_>, reader: &Reader<'_>) -> Option<Reading> {
    let start = scan;
    let found = reader.find(scan.rest(), scan.before(), || start.word_before())?;
    scan.jump(start.at() + found.length);
    scan.sounds(found.rule, scan.since(start), found.sound)
}

/// A text without what typography puts between its letters.
pub(super) fn cleaned(text: &str) -> String {
    Clean::new(text).text.trim().to_owned()
}

fn rules(language: &str) -> Rule {
    match primary(language).as_str() {
        "de" => german::reading,
        "en" => english::reading,
        "es" => spanish::reading,
        "fr" => french::reading,
        _ => |_| None,
    }
}

impl Piece {
    fn plain(written: &str, span: Range<usize>, spaced: bool) -> Self {
        Self { span, said: written.to_owned(), rule: None, sound: None, language: None, spaced, note: None }
    }

    fn read(reading: Reading, span: Range<usize>, spaced: bool) -> Self {
        let Reading { said, rule, sound, note, .. } = reading;
        Self { span, said, rule: Some(rule), sound, language: None, spaced, note }
    }

    fn grow(&mut self, written: &str, end: usize) {
        self.said.push_str(written);
        self.span.end = end;
    }
}

/// The spoken form of a text that is one sentence.
#[cfg(test)]
fn say(written: &str, language: &str) -> String {
    let whole = super::segment::Part { range: 0..written.len(), pause: super::script::Pause::Sentence };
    let reader = super::lexicon::Reader::plain(language);
    super::spoken::sentences(written, vec![whole], Default::default(), &reader, &[], super::Emoji::Skipped)
        .into_iter()
        .map(|s| s.spoken)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LANGUAGES: [&str; 3] = ["de", "es", "fr"];

    proptest! {
        #[test]
        fn numbers_are_said_in_words(n in 0..1_000_000_000_000_000_000_u64) {
            for language in LANGUAGES {
                let said = say(&n.to_string(), language);
                prop_assert!(said.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-'), "{said}");
            }
        }

        #[test]
        fn any_text_is_read(text in "[-0-9a-zé.,:/%€$°ºª½ ᵉIVX–]{0,24}|\\PC{0,24}") {
            for language in LANGUAGES {
                let pieces = normalise(&text, &Reader::plain(language));
                let ends = pieces.iter().map(|piece| piece.span.end);
                prop_assert!(ends.clone().is_sorted() && ends.max().unwrap_or(0) <= text.len());
            }
        }

        #[test]
        fn what_was_said_is_said_again(text in "([0-9]{1,5}(,[0-9]{1,3})?( ?(%|€|km|°C|Uhr|h))? ){1,4}") {
            for language in LANGUAGES {
                let said = say(&text, language);
                prop_assert_eq!(said.clone(), say(&said, language), "{} in {}", text, language);
            }
        }
    }
}
