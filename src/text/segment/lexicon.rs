//! What a language's words say about where its sentences end.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::super::language::primary;
use super::next::{Next, word};
use super::words::{COMMON, LANGUAGES, Words};

/// Marks that end sentences, in any script.
pub(super) const STOPS: &str = ".!?…。｡．！？‼⁇⁈⁉‽।॥؟۔።፧፨။։";

/// What a word before a full stop is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing special: the stop ends a sentence.
    Word,
    /// An abbreviation that something always follows: a title before a name, "e.g.".
    Name,
    /// An abbreviation before a number.
    Numbered,
    /// One that may stand anywhere.
    Short,
    /// "a.m." or "p.m.".
    Time,
    /// A number where a stop makes it an ordinal.
    Ordinal,
}

/// A language's words, by what they do.
#[derive(Debug)]
pub(super) struct Lexicon {
    kinds: HashMap<&'static str, Kind>,
    openers: HashSet<&'static str>,
    before_ordinals: HashSet<&'static str>,
    after_ordinals: HashSet<&'static str>,
    stops: &'static str,
    /// Whether a number with a stop is an ordinal.
    ordinals: bool,
    /// Whether "r" and "l" make syllables.
    liquid: bool,
}

static LEXICONS: LazyLock<Vec<Lexicon>> = LazyLock::new(|| LANGUAGES.iter().map(Lexicon::new).collect());

impl Lexicon {
    /// The lexicon for a BCP 47 tag; what all languages share where there is none.
    pub(super) fn of(language: &str) -> &'static Self {
        static SHARED: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&COMMON));
        let primary = primary(language);
        let known = |words: &Words| words.codes.split(' ').any(|code| code == primary);
        LANGUAGES.iter().position(known).and_then(|i| LEXICONS.get(i)).unwrap_or(&SHARED)
    }

    fn new(words: &Words) -> Self {
        let of = |list: &'static str| list.split_ascii_whitespace();
        let mut kinds = HashMap::new();
        for words in [&COMMON, words] {
            kinds.extend(of(words.short).map(|word| (word, Kind::Short)));
            kinds.extend(of(words.numbered).map(|word| (word, Kind::Numbered)));
            kinds.extend(of(words.names).map(|word| (word, Kind::Name)));
        }
        Self {
            kinds,
            openers: of(words.openers).collect(),
            before_ordinals: of(words.before_ordinals).collect(),
            after_ordinals: of(words.after_ordinals).collect(),
            stops: words.stops,
            ordinals: words.ordinals,
            liquid: words.liquid,
        }
    }

    /// Whether this mark may end a sentence.
    pub(super) fn is_stop(&self, mark: char) -> bool {
        !mark.is_alphanumeric() && (STOPS.contains(mark) || self.stops.contains(mark))
    }

    /// What a word is that a full stop closes; `before` is the word before it.
    pub(super) fn kind(&self, written: &str, before: &str) -> Kind {
        // "3. Oktober", "27.-29. Februar", "1./2. Mai"
        let number = written
            .rsplit_once(['-', '–', '/'])
            .filter(|(first, _)| is_day(first))
            .map_or(written, |(_, last)| last);
        if self.ordinals && (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()) {
            return Kind::Ordinal;
        }
        // "am 3. 1. 2026"
        if self.ordinals
            && written.contains('.')
            && written.bytes().all(|b| b.is_ascii_digit() || b". ".contains(&b))
        {
            return Kind::Numbered;
        }
        let packed: String = written.split_whitespace().collect();
        let word = without_article(&packed);
        let last = packed.rsplit(['-', '–', '/', '\'', '’', '(']).next().unwrap_or(word);
        let known = self.known(&packed).or_else(|| self.known(word)).or_else(|| self.known(last));
        known.unwrap_or_else(|| self.guess(word, before))
    }

    fn known(&self, word: &str) -> Option<Kind> {
        let kind = |word: &str| self.kinds.get(word).copied();
        // A single capital is an initial.
        kind(word).or_else(|| kind(&lowered(word).filter(|small| small.chars().nth(1).is_some())?))
    }

    /// Initials, letters with stops between them, and words that can't be pronounced.
    fn guess(&self, word: &str, before: &str) -> Kind {
        let measured = before.ends_with(|c: char| c.is_ascii_digit());
        if matches!(word.to_ascii_lowercase().as_str(), "a.m" | "p.m") {
            Kind::Time
        } else if word == "D.C" && !matches!(before, "the" | "The") {
            // A place, and not "the D.C. Council".
            Kind::Word
        } else if word.ends_with("str") {
            // "Hauptstr. 5"
            Kind::Numbered
        } else if is_initials(word) || self.ordinals && is_roman(word) || self.is_clipped(word) && !measured {
            Kind::Short
        } else {
            Kind::Word
        }
    }

    fn is_clipped(&self, word: &str) -> bool {
        let consonant = |c: char| {
            "bcdfghjkmnpqstvwxzбвгджзкмнпстфхцчшщ".contains(c) || !self.liquid && "lrлр".contains(c)
        };
        let small = lowered(word);
        let small = small.as_deref().unwrap_or(word);
        (2..=5).contains(&small.chars().count()) && small.chars().all(consonant)
    }

    /// Whether the next word usually begins a sentence.
    pub(super) fn opens(&self, next: Next<'_>) -> bool {
        let stem = next.word().split(['\'', '’']).next().unwrap_or_default();
        self.openers.contains(stem) && !next.is_short()
    }

    /// Whether an ordinal may follow the word: an article or the like.
    pub(super) fn before_ordinal(&self, word: &str) -> bool {
        self.before_ordinals.contains(lowered(word).as_deref().unwrap_or(word))
    }

    /// Whether a number before a capital ends the sentence, and is no ordinal.
    pub(super) fn ends_after_ordinal(&self, before: &str, next: Next<'_>) -> bool {
        !self.after_ordinals.contains(next.word()) && (!self.before_ordinal(before) || self.opens(next))
    }

    /// Whether a name ends in this word's exclamation mark.
    pub(super) fn is_exclaimed(&self, word: &str) -> bool {
        EXCLAIMED.contains(&word)
    }

    /// Whether it is told next who said what was quoted: “Why?” Weber asked.
    pub(super) fn names_speaker(&self, next: Next<'_>) -> bool {
        const MOST: usize = 5;
        let mut words = next.rest.split_whitespace().take(MOST);
        let verb = words.find(|word| !word.starts_with(char::is_uppercase)).map(word);
        !self.opens(next) && verb.is_some_and(|verb| SPEECH.split(' ').any(|v| v == verb))
    }
}

impl Next<'_> {
    /// Whether it is what follows "No." or "Art.": a Roman number, a letter, a code.
    pub(super) fn is_label(self, lexicon: &Lexicon) -> bool {
        let word = self.word();
        let single = word.chars().nth(1).is_none();
        let code = word.ends_with(|c: char| c.is_ascii_digit());
        !lexicon.opens(self) && (single || code || is_roman(word))
    }

    /// Whether a day or a zone follows the time: "Monday", "GMT", "Eastern", "London time".
    pub(super) fn is_of_time(self) -> bool {
        let word = self.word();
        let zone = word.len() > 1 && word.chars().all(char::is_uppercase);
        let place = self.rest[word.len()..].trim_start().starts_with("time");
        word.ends_with("day") || zone || place || ZONES.contains(&word)
    }
}

const ZONES: [&str; 6] = ["Eastern", "Pacific", "Central", "Mountain", "Greenwich", "Moscow"];
const EXCLAIMED: [&str; 5] = ["Yahoo", "Jeopardy", "Joomla", "Kahoot", "Yum"];
const SPEECH: &str = "said says asked asks wrote writes told added replied wondered shouted tweeted cried \
                      exclaimed answered joked";

/// With a small first letter, where it has a capital one.
fn lowered(word: &str) -> Option<String> {
    let first = word.chars().next().filter(|c| c.is_uppercase())?;
    Some(first.to_lowercase().chain(word.chars().skip(1)).collect())
}

/// What stands after an elided article: "l'Ing" is "Ing", but "it's" is itself.
fn without_article(word: &str) -> &str {
    let after = word.rsplit(['\'', '’', '(']).next().unwrap_or(word);
    if after.starts_with(char::is_uppercase) { after } else { word }
}

/// One letter, or few between stops: "J", "U.S", "J.-C", "Ph.D", "т.б".
fn is_initials(word: &str) -> bool {
    let short = |part: &str| part.chars().count() <= 3 && part.chars().all(char::is_alphabetic);
    match word.contains('.') {
        true => word.split(['.', '-']).all(short),
        false => word.chars().nth(1).is_none() && word.starts_with(char::is_alphabetic),
    }
}

/// "27."
fn is_day(word: &str) -> bool {
    let number = word.strip_suffix('.').unwrap_or_default();
    (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b"IVXLCDM".contains(&b))
}
