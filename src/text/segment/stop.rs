//! A stop, and whether the sentence ends there.

use super::lexicon::{Kind, Lexicon, STOPS};
use super::next::{Begins, Next};

/// How far a word is looked for, in bytes.
const LOOK: usize = 64;

/// Most dots of one ellipsis with spaces.
const MOST_DOTS: usize = 8;

/// Stops after which no space is needed: scripts without spaces use them.
const WIDE: &str = "。｡！？．።፧፨။";

/// What closes after a stop, where no word begins right behind it.
const CLOSING: &str = "\"'”’“‘»«›‹」』》〉）)]}*_⁰¹²³⁴⁵⁶⁷⁸⁹";

/// Those of them that open right before a word.
const EITHER: [char; 10] = ['"', '\'', '“', '‘', '»', '«', '›', '‹', '*', '_'];

/// What closes even after a space: « Oui ! »
const CLOSING_APART: &str = "\"”»)]";

/// One stop or more in a row, in the sentence from `start`, and what closes after them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop<'a> {
    before: &'a str,
    mark: &'a str,
    closing: &'a str,
    after: &'a str,
}

impl<'a> Stop<'a> {
    pub(super) fn at(text: &'a str, start: usize, at: usize) -> Self {
        let (before, here) = text.split_at(at);
        let (mark, rest) = here.split_at(mark_length(before, here));
        let (closing, after) = rest.split_at(closing_length(rest));
        Self { before: &before[start..], mark, closing, after }
    }

    /// Bytes of it.
    pub(super) fn len(self) -> usize {
        self.mark.len() + self.closing.len()
    }

    /// Whether the sentence ends after it.
    pub(super) fn ends(self, lexicon: &Lexicon) -> bool {
        if self.mark.ends_with(|c| WIDE.contains(c)) {
            return !self.goes_on_wide();
        }
        if !self.after.starts_with(char::is_whitespace) {
            return self.after.is_empty() || self.is_glued(lexicon);
        }
        let next = Next::after(self.after);
        match next.begins() {
            Begins::End => true,
            Begins::Onward => false,
            Begins::Number => self.mark != "." || self.ends_before_number(next, lexicon),
            Begins::Sentence => !next.is_source() && self.ends_before_capital(next, lexicon),
        }
    }

    /// A quotation of which is told, or a number written wide.
    fn goes_on_wide(self) -> bool {
        let number = self.mark == "．" && self.after.starts_with(char::is_numeric);
        number || self.after.starts_with(['と', 'っ', '、', '，']) || self.after.starts_with(is_stop)
    }

    fn ends_before_number(self, next: Next<'_>, lexicon: &Lexicon) -> bool {
        let word = self.word();
        match lexicon.kind(word, self.word_before(word)) {
            Kind::Word | Kind::Time => true,
            Kind::Name | Kind::Numbered | Kind::Short => false,
            Kind::Ordinal => {
                let before = self.word_before(word);
                // "am 3. 1. 2026"
                let dated =
                    before.strip_suffix('.').is_some_and(|day| day.bytes().all(|b| b.is_ascii_digit()));
                next.word().len() > 2 && !lexicon.before_ordinal(before) && !dated
            }
        }
    }

    fn ends_before_capital(self, next: Next<'_>, lexicon: &Lexicon) -> bool {
        match self.mark {
            "." => self.ends_after_word(next, lexicon),
            "..." | "…" | ". . ." => self.ends_after_ellipsis(next, lexicon),
            _ if self.closing.is_empty() => !lexicon.is_exclaimed(self.word()),
            _ => !lexicon.names_speaker(next),
        }
    }

    fn ends_after_word(self, next: Next<'_>, lexicon: &Lexicon) -> bool {
        let word = self.word();
        let before = self.word_before(word);
        match lexicon.kind(word, before) {
            Kind::Word => true,
            Kind::Name => false,
            Kind::Numbered => !next.is_label(lexicon),
            Kind::Short => !self.closing.is_empty() || lexicon.opens(next),
            Kind::Time => !next.is_of_time() && !self.is_fronted(),
            Kind::Ordinal => lexicon.ends_after_ordinal(before, next),
        }
    }

    /// At a word's end it ends the sentence, too, unless the speaker only hesitates ("I'd say... I
    /// mean"); alone it may stand for what was left out.
    fn ends_after_ellipsis(self, next: Next<'_>, lexicon: &Lexicon) -> bool {
        let alone = self.before.is_empty() || self.before.ends_with(char::is_whitespace);
        next.word() != "I" && (!alone || !self.before.is_empty() && lexicon.opens(next))
    }

    /// Whether a space was forgotten: "the end.The next".
    fn is_glued(self, lexicon: &Lexicon) -> bool {
        let (word, mut next) = (self.word(), self.after.chars());
        let capital =
            next.next().is_some_and(char::is_uppercase) && next.next().is_some_and(char::is_lowercase);
        let plain = |c: char| c.is_lowercase() || c.is_ascii_digit() || matches!(c, ',' | '-' | '’' | '\'');
        let letters = word.strip_prefix(char::is_uppercase).unwrap_or(word);
        capital
            && matches!(self.mark, "." | "!" | "?")
            && self.closing.is_empty()
            && letters.chars().nth(1).is_some()
            && letters.chars().all(plain)
            && lexicon.kind(word, "") == Kind::Word
            && !self.is_address()
    }

    fn is_address(self) -> bool {
        let near = &self.after[..self.after.floor_char_boundary(LOOK)];
        near.split_whitespace().next().is_some_and(|word| word.contains(['/', '@', '=']))
    }

    /// Whether the sentence has only said when so far: "At 5 p.m. Ms Weber left."
    fn is_fronted(self) -> bool {
        const WHEN: [&str; 9] = ["At", "By", "On", "From", "Until", "After", "Before", "Around", "Since"];
        let short = self.before.trim().len() < 24;
        short && self.before.split_whitespace().next().is_some_and(|first| WHEN.contains(&first))
    }

    /// The word that the stop closes, and the letters before it that have one too: "z. B".
    fn word(self) -> &'a str {
        let near = self.near(self.before.len()).trim_end();
        let mut from = last_word(near);
        loop {
            let earlier = near[..from].trim_end();
            let begin = last_word(earlier);
            let initial = earlier.ends_with('.') && earlier[begin..].chars().count() == 2;
            if !initial {
                return near[from..].trim_start_matches(|c: char| !c.is_alphanumeric());
            }
            from = begin;
        }
    }

    /// The word before the one that the stop closes.
    fn word_before(self, word: &str) -> &'a str {
        let end = self.before.trim_end().len().saturating_sub(word.len());
        let near = self.near(end).trim_end();
        &near[last_word(near)..]
    }

    fn near(self, end: usize) -> &'a str {
        let floor = self.before.floor_char_boundary(end.saturating_sub(LOOK));
        self.before.get(floor..end).unwrap_or_default()
    }
}

/// All stops in a row; of dots also those with spaces between.
fn mark_length(before: &str, here: &str) -> usize {
    let first = here.chars().next().map_or(0, char::len_utf8);
    let run = here.find(|c| !is_stop(c)).unwrap_or(here.len()).max(first);
    if &here[..run] == "." { run + spaced_length(before, &here[run..]) } else { run }
}

/// The length of the other dots of ". . .", after the first.
fn spaced_length(before: &str, rest: &str) -> usize {
    let more = rest.as_bytes().chunks_exact(2).take(MOST_DOTS).take_while(|pair| pair == b" .").count();
    let after = &rest[2 * more..];
    let next = Next::after(after);
    let opens = next.opening.is_empty() && next.begins() == Begins::Sentence;
    // What is left out after a whole sentence belongs to the next: "He went. . . . He came".
    let next_has_them = more == 3 && opens && !before.ends_with(char::is_whitespace);
    if more == 1 || next_has_them || after.starts_with(is_stop) { 0 } else { 2 * more }
}

/// The length of the quotation marks, brackets and notes that close after a stop.
fn closing_length(rest: &str) -> usize {
    let mut length = rest.find(|c| !CLOSING.contains(c)).unwrap_or(rest.len());
    length += note_length(&rest[length..]);
    if rest[length..].starts_with(char::is_alphanumeric) {
        return rest[..length].trim_end_matches(EITHER).len();
    }
    let apart = rest[length..].trim_start_matches(char::is_whitespace);
    let mark = apart.chars().next().filter(|c| CLOSING_APART.contains(*c)).map_or(0, char::len_utf8);
    let closed = mark > 0 && !apart[mark..].starts_with(|c: char| c.is_alphanumeric() || CLOSING.contains(c));
    if closed { rest.len() - apart.len() + mark } else { length }
}

/// The length of marks of notes: "[12][13]".
fn note_length(rest: &str) -> usize {
    let note = |rest: &str| {
        let digits = rest.strip_prefix('[')?.bytes().take(4).take_while(u8::is_ascii_digit).count();
        (digits > 0 && rest[digits + 1..].starts_with(']')).then_some(digits + 2)
    };
    let mut length = 0;
    while let Some(more) = note(&rest[length..]) {
        length += more;
    }
    length
}

fn is_stop(c: char) -> bool {
    STOPS.contains(c)
}

/// Where the last word of a text begins.
fn last_word(text: &str) -> usize {
    text.len() - text.rsplit(char::is_whitespace).next().map_or(0, str::len)
}
