//! The words that are said in two ways, each way's sound, and what tells them apart.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::neighbours::Kind;
use crate::text::lexicon::ipa_with_s;

/// A word, and a sound for each of its two senses.
#[derive(Clone, Debug)]
pub(super) struct Heteronym {
    pub(super) sounds: [String; 2],
    pub(super) own: Own,
    pub(super) told: By,
    /// Whether this is a word's form in -s.
    pub(super) in_s: bool,
    /// The first that fits wins.
    pub(super) clues: Vec<&'static Clue>,
}

/// Which sense espeak-ng says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Own {
    Always(usize),
    /// Unless it expects another part of speech.
    Usually(usize),
    Never,
}

/// What tells the senses apart where no clue fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// Noun or adjective against verb; and which it usually is.
    Part { usual: usize },
    /// Present against past.
    Tense,
    /// Nothing: it is the first.
    Sense,
}

/// What must stand in each of these places for a sense.
#[derive(Clone, Debug)]
pub(super) struct Clue {
    word: &'static str,
    pub(super) sense: usize,
    pub(super) places: Vec<Place>,
}

/// A place, and what may stand there.
#[derive(Clone, Debug)]
pub(super) enum Place {
    Before(Words),
    After(Words),
    Near(Words),
    /// The heteronym itself, written so.
    As(&'static str),
    /// Right after a word in small letters: a capital here is a name's.
    Inside,
    /// Whether it must be a verb.
    Verb(bool),
}

/// Words by themselves or by their kind.
#[derive(Clone, Debug)]
pub(super) struct Words {
    words: Vec<&'static str>,
    kinds: Vec<Kind>,
}

static CLUES: LazyLock<Vec<Clue>> =
    LazyLock::new(|| lines(include_str!("clues.txt")).filter_map(Clue::read).collect());

static HETERONYMS: LazyLock<HashMap<String, Heteronym>> =
    LazyLock::new(|| lines(include_str!("words.txt")).flat_map(read).flatten().collect());

/// The heteronym that is written so, in letters of any size.
pub(super) fn find(word: &str) -> Option<&'static Heteronym> {
    let short = (3..=16).contains(&word.len());
    short.then(|| HETERONYMS.get(word.to_ascii_lowercase().as_str()))?
}

/// What a table says, without its comments.
pub(super) fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// A line of the words: the word, and its form in -s unless that is not of the same two sounds.
fn read(line: &'static str) -> Option<Vec<(String, Heteronym)>> {
    let mut fields = line.split_whitespace();
    let (word, first, second) = (fields.next()?, fields.next()?, fields.next()?);
    let own = Own::named(fields.next()?)?;
    let told = By::named(fields.next()?)?;
    let alone = fields.next() == Some("alone");
    let plural = format!("{word}s");
    let heteronym = |word: &str, sounds, in_s| {
        let clues = CLUES.iter().filter(|clue| clue.word == word).collect();
        (word.to_owned(), Heteronym { sounds, own, told, in_s, clues })
    };
    let mut forms = vec![heteronym(word, [first.into(), second.into()], alone && word.ends_with('s'))];
    if !alone {
        forms.push(heteronym(&plural, [ipa_with_s(first), ipa_with_s(second)], true));
    }
    Some(forms)
}

impl Own {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "1" => Self::Always(0),
            "2" => Self::Always(1),
            "1~" => Self::Usually(0),
            "2~" => Self::Usually(1),
            "-" => Self::Never,
            _ => return None,
        })
    }
}

impl By {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "noun" => Self::Part { usual: 0 },
            "verb" => Self::Part { usual: 1 },
            "tense" => Self::Tense,
            "sense" => Self::Sense,
            _ => return None,
        })
    }
}

impl Clue {
    /// A line of the clues: the word, the sense, and the places, "+" between each two.
    fn read(line: &'static str) -> Option<Self> {
        let (word, rest) = line.split_once(' ')?;
        let (sense, places) = rest.split_once(' ')?;
        let sense = usize::from(sense == "2");
        let places = places.split(" + ").map(Place::read).collect::<Option<_>>()?;
        Some(Self { word, sense, places })
    }
}

impl Place {
    fn read(text: &'static str) -> Option<Self> {
        let (place, words) = text.split_once(' ').unwrap_or((text, ""));
        Some(match place {
            "before" => Self::Before(Words::read(words)),
            "after" => Self::After(Words::read(words)),
            "near" => Self::Near(Words::read(words)),
            "as" => Self::As(words),
            "inside" => Self::Inside,
            "part" => Self::Verb(words == "verb"),
            _ => return None,
        })
    }
}

impl Words {
    fn read(text: &'static str) -> Self {
        let named = |word: &&str| word.starts_with('@');
        let (kinds, words) = text.split(' ').partition::<Vec<_>, _>(named);
        Self { words, kinds: kinds.iter().filter_map(|kind| Kind::named(&kind[1..])).collect() }
    }

    /// Whether a word, or its kind, is one of these.
    pub(super) fn have(&self, word: &str, kind: Kind) -> bool {
        self.words.iter().any(|listed| listed.eq_ignore_ascii_case(word)) || self.kinds.contains(&kind)
    }
}
