//! One line of a paste, and what its shape says.

use super::furniture::{self, Furniture};
use crate::text::extract::Anchors;
use crate::text::extract::Piece;
use crate::text::lines;
use crate::text::offset::Offset;
use crate::text::script::Role;

/// A sentence of at least this many words is prose and no button, label or teaser.
const PROSE_WORDS: usize = 7;

/// A question of fewer words may as well be a headline.
const QUESTION_WORDS: usize = 15;

/// So many words are prose even where the stop at their end is missing.
const LONG_WORDS: usize = 20;

/// A line, or the lines of one hard-wrapped paragraph.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    start: Offset,
    pub(super) words: usize,
    pub(super) kind: Kind,
}

/// What a line looks like by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Whole sentences.
    Prose,
    /// A heading, list item, menu entry, name: its neighbours must tell.
    Short,
    /// Nothing to say.
    Blank,
    Furniture(Furniture),
}

impl<'a> Line<'a> {
    pub(super) fn new(start: Offset, text: &'a str) -> Self {
        let words = words(text);
        Self { text, start, words, kind: kind(text, words) }
    }

    pub(super) fn is(&self, furniture: Furniture) -> bool {
        self.kind == Kind::Furniture(furniture)
    }

    pub(super) fn is_prose(&self) -> bool {
        self.kind == Kind::Prose
    }

    pub(super) fn piece(&self, role: Role) -> Piece {
        Piece {
            role,
            text: self.text.to_owned(),
            start: self.start,
            language: None,
            foreign: Vec::new(),
            anchors: Anchors::default(),
        }
    }
}

fn kind(text: &str, words: usize) -> Kind {
    if words == 0 {
        return Kind::Blank;
    }
    match furniture::of(text, words) {
        Some(furniture) => Kind::Furniture(furniture),
        None if is_prose(text, words) => Kind::Prose,
        None => Kind::Short,
    }
}

fn is_prose(text: &str, words: usize) -> bool {
    let text = lines::without_closers(text);
    // Cut short, as teasers of other articles are; with a fourth dot it is a sentence that ends.
    let cut = (text.ends_with("...") && !text.ends_with("....")) || text.ends_with('…');
    let stop = text.ends_with(['.', '!', '?', '。', '！', '？', '؟', '।']);
    let asks = text.ends_with(['?', '？']) && words < QUESTION_WORDS;
    !cut && !asks && ((words >= PROSE_WORDS && stop) || (words >= LONG_WORDS && is_running(text)))
}

/// Whether the words run on as in a sentence, and not as in a headline or a list of names.
fn is_running(text: &str) -> bool {
    let words = text.split_whitespace().filter_map(|word| word.chars().next());
    let (lower, all) = words.fold((0, 0), |(lower, all), c| (lower + usize::from(c.is_lowercase()), all + 1));
    2 * lower >= all || (3 * lower >= all && text.contains(". "))
}

/// Words; where they are not told apart by spaces, two letters count as one.
fn words(text: &str) -> usize {
    let spaced = text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count();
    let unspaced =
        text.chars().filter(|c| matches!(c, '\u{E00}'..='\u{E7F}' | '\u{3040}'..='\u{9FFF}')).count();
    spaced.max(unspaced / 2)
}
