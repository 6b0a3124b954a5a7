//! The words around a heteronym, and what kind of word each is.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::lines;

/// How many words to either side are looked at.
const REACH: usize = 6;

/// Longest stretch of text to either side that is looked at, in bytes.
pub(super) const WINDOW: usize = 48;

/// Words to either side, the nearest first; a mark that parts clauses counts as one.
#[derive(Debug)]
pub(super) struct Neighbours<'a> {
    pub(super) before: Vec<Neighbour<'a>>,
    pub(super) after: Vec<Neighbour<'a>>,
}

/// A word beside a heteronym.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Neighbour<'a> {
    pub(super) word: &'a str,
    pub(super) kind: Kind,
}

/// What a word is by itself: `kinds.txt` has the words and endings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing, or a mark that parts clauses.
    Break,
    /// "the", "her", "two", "Europe's"
    Determiner,
    /// "300"
    Number,
    /// "these", "all": before a noun, or the subject of a bare verb
    Demonstrative,
    To,
    /// "will", "didn't", "help": a bare verb follows
    Modal,
    /// "we": the subject of a bare verb
    Subject,
    /// "she": the subject of a verb in -s
    ThirdPerson,
    /// "who", "which": of either
    Relative,
    That,
    /// "him": after a verb
    Object,
    Preposition,
    Be,
    Have,
    /// "and", "if"
    And,
    Adverb,
    /// "how"
    Question,
    Adjective,
    /// In -ed or -ing
    Participle,
    /// "let", "saw": a bare verb may follow the next word
    Perception,
    /// "shows": a verb though it ends in -s
    Verb,
    /// Another word in -s, or "people"
    Plural,
    Other,
}

/// The names of kinds in the tables.
const NAMES: [(&str, Kind); 23] = [
    ("break", Kind::Break),
    ("determiner", Kind::Determiner),
    ("number", Kind::Number),
    ("demonstrative", Kind::Demonstrative),
    ("to", Kind::To),
    ("modal", Kind::Modal),
    ("subject", Kind::Subject),
    ("third-person", Kind::ThirdPerson),
    ("relative", Kind::Relative),
    ("that", Kind::That),
    ("object", Kind::Object),
    ("preposition", Kind::Preposition),
    ("be", Kind::Be),
    ("have", Kind::Have),
    ("and", Kind::And),
    ("adverb", Kind::Adverb),
    ("question", Kind::Question),
    ("adjective", Kind::Adjective),
    ("participle", Kind::Participle),
    ("perception", Kind::Perception),
    ("verb", Kind::Verb),
    ("plural", Kind::Plural),
    ("other", Kind::Other),
];

/// Words and, with a hyphen before them, endings: in the order of the table.
static LISTED: LazyLock<Vec<(&str, Kind)>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let mut words = line.split(' ');
        let kind = words.next().and_then(Kind::named).unwrap_or(Kind::Other);
        words.map(move |word| (word, kind))
    };
    lines(include_str!("kinds.txt")).flat_map(row).collect()
});

static WORDS: LazyLock<HashMap<&str, Kind>> = LazyLock::new(|| LISTED.iter().copied().collect());

static ENDINGS: LazyLock<Vec<(&str, Kind)>> = LazyLock::new(|| {
    LISTED.iter().filter_map(|(ending, kind)| Some((ending.strip_prefix('-')?, *kind))).collect()
});

impl<'a> Neighbours<'a> {
    pub(super) fn new(before: &'a str, after: &'a str) -> Self {
        let mut before: Vec<_> = neighbours(before).collect();
        before.reverse();
        before.truncate(REACH);
        Self { before, after: neighbours(after).take(REACH).collect() }
    }

    /// What stands so many words before, counted from 0.
    pub(super) fn back(&self, count: usize) -> Kind {
        self.before.get(count).map_or(Kind::Break, |neighbour| neighbour.kind)
    }

    /// The word so many words before.
    pub(super) fn word_back(&self, count: usize) -> &'a str {
        self.before.get(count).map_or("", |neighbour| neighbour.word)
    }

    /// What follows.
    pub(super) fn next(&self) -> Kind {
        self.after.first().map_or(Kind::Break, |neighbour| neighbour.kind)
    }

    /// The word that follows.
    pub(super) fn next_word(&self) -> &'a str {
        self.after.first().map_or("", |neighbour| neighbour.word)
    }

    /// Every word there is on either side.
    pub(super) fn words(&self) -> impl Iterator<Item = &'a str> {
        self.before.iter().chain(&self.after).map(|neighbour| neighbour.word)
    }
}

/// Words, and the marks that part clauses.
fn neighbours(text: &str) -> impl Iterator<Item = Neighbour<'_>> {
    text.split(' ').flat_map(|chunk| {
        let word = chunk.trim_matches(|c: char| !c.is_alphanumeric());
        let (open, close) = chunk.split_once(word).unwrap_or((chunk, ""));
        let owners = word.ends_with('s') && close.starts_with(['\'', '’']);
        let kind = if owners { Kind::Determiner } else { Kind::of(word) };
        let word = (!word.is_empty()).then_some(Neighbour { word, kind });
        mark(open).into_iter().chain(word).chain(mark(close))
    })
}

fn mark(marks: &str) -> Option<Neighbour<'_>> {
    let parts = marks.contains([',', '.', ';', ':', '?', '!', '(', ')', '—', '–', '…']);
    parts.then_some(Neighbour { word: "", kind: Kind::Break })
}

impl Kind {
    fn of(word: &str) -> Self {
        let word = word.to_ascii_lowercase().replace('’', "'");
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return Self::Number;
        }
        let listed = WORDS.get(word.as_str()).copied();
        let owner = || word.ends_with("'s").then_some(Self::Determiner);
        let fits = |ending: &str| word.len() > ending.len() + 2 && word.ends_with(ending);
        let ending = || ENDINGS.iter().find(|(ending, _)| fits(ending)).map(|(_, kind)| *kind);
        listed.or_else(owner).or_else(ending).unwrap_or(Self::Other)
    }

    /// The kind of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(listed, _)| *listed == name).map(|(_, kind)| *kind)
    }
}
