//! Sentence → spoken form: its pieces put together, and where each stands in the reader's text.

use std::borrow::Cow;

use super::normalise::{self, Piece};
use super::script::{Note, Pause, Sentence, Span, Token};
use super::segment::Part;

/// A run of characters longer than this is no word: a link, a key, damage.
const MAX_WORD: usize = 100;

/// Sentences of a block that begins at `start` (UTF-16 units) in the reader's text.
pub(super) fn sentences(text: &str, parts: Vec<Part>, start: usize, language: &str) -> Vec<Sentence> {
    let mut place = Place { text, byte: 0, utf16: start };
    let sentence = |Part { range, pause }| {
        let span = Span(place.utf16_at(range.start), place.utf16_at(range.end));
        Sentence { pause, ..sentence(&text[range], span, language) }
    };
    parts.into_iter().map(sentence).collect()
}

fn sentence(source: &str, span: Span, language: &str) -> Sentence {
    let text = source.split_whitespace().collect::<Vec<_>>().join(" ");
    let normalise::Spoken { pieces, mut notes } = normalise::normalise(source, language);
    let mut form = SpokenForm::default();
    let mut place = Place { text: source, byte: 0, utf16: span.0 };
    for piece in pieces {
        let span = Span(place.utf16_at(piece.span.start), place.utf16_at(piece.span.end));
        form.push(piece, span);
    }
    if !form.spoken.chars().any(char::is_alphanumeric) {
        if notes.is_empty() {
            notes.push(Note::new("nothing-to-say", "no letters or digits"));
        }
        form = SpokenForm::default();
    }
    let source = source.to_owned();
    Sentence {
        text,
        source,
        spoken: form.spoken,
        span,
        path: None,
        tokens: form.tokens,
        pause: Pause::default(),
        notes,
    }
}

/// Counts UTF-16 units as it goes; asked for ever later bytes, so that all is counted once.
struct Place<'a> {
    text: &'a str,
    byte: usize,
    utf16: usize,
}

impl Place<'_> {
    fn utf16_at(&mut self, byte: usize) -> usize {
        let passed = self.text.get(self.byte..byte).unwrap_or_default();
        self.utf16 += passed.encode_utf16().count();
        self.byte = self.byte.max(byte);
        self.utf16
    }
}

/// What is said, growing piece by piece.
#[derive(Default)]
struct SpokenForm {
    spoken: String,
    characters: usize,
    tokens: Vec<Token>,
    /// Whether a rest is due before the next word.
    rest: bool,
    /// Whether white space was seen since the last piece that was said.
    spaced: bool,
    /// Whether the last piece was changed by a rule, so that its end may need a space.
    changed: bool,
}

impl SpokenForm {
    fn push(&mut self, piece: Piece, span: Span) {
        self.spaced |= piece.spaced;
        if piece.said == normalise::PAUSE {
            self.rest = true;
        } else if !piece.said.is_empty() {
            self.join(&piece);
            if piece.said.chars().any(char::is_alphanumeric) {
                let Piece { rule, sound, .. } = piece;
                self.tokens.push(Token { at: self.characters, span, rule, sound });
            }
            self.write(&piece.said);
            self.changed = piece.rule.is_some();
        }
    }

    /// What stands between the last piece and this one.
    fn join(&mut self, piece: &Piece) {
        let first = piece.said.chars().next().unwrap_or(' ');
        let last = self.spoken.chars().next_back();
        let closes = |c: char| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '…' | ')' | '”' | '»');
        let rests = |c: char| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '…' | '(' | '—' | '–');
        // A quotation mark is no rest, but what stands before it may be one.
        let quotes = |c: char| matches!(c, '"' | '“' | '”' | '‘' | '«' | '»');
        let heard = self.spoken.trim_end_matches(quotes).chars().next_back();
        let heard = heard.is_some_and(|c| !rests(c) && c != ' ');
        if std::mem::take(&mut self.rest) && !closes(first) && heard {
            self.write(",");
            self.spaced = true;
        }
        let seam = self.changed || piece.rule.is_some();
        let apart = |c: char| c.is_alphanumeric() || rests(c) && c != '(';
        let touching = seam && last.is_some_and(apart) && first.is_alphanumeric();
        if last.is_some() && (std::mem::take(&mut self.spaced) || touching) {
            self.write(" ");
        }
        self.spaced = false;
    }

    fn write(&mut self, text: &str) {
        self.characters += text.chars().count();
        self.spoken.push_str(text);
    }
}

/// The text with what is too long for a word blanked out, every other byte in its place; and a
/// note for each. Done before anything looks for sentences, which takes words to be short.
pub(super) fn without_long_words(text: &str) -> (Cow<'_, str>, Vec<Note>) {
    let long: Vec<&str> = text.split_whitespace().filter(|word| is_too_long(word)).collect();
    if long.is_empty() {
        return (text.into(), Vec::new());
    }
    let mut kept = String::with_capacity(text.len());
    let mut done = 0;
    for word in &long {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        kept.push_str(&text[done..start]);
        kept.extend(word.chars().map(blank));
        done = start + word.len();
    }
    kept.push_str(&text[done..]);
    (kept.into(), long.into_iter().map(long_word).collect())
}

/// White space of as many bytes and UTF-16 units as a character has.
fn blank(c: char) -> &'static str {
    match c.len_utf8() {
        1 => " ",
        2 => "\u{A0}",
        3 => "\u{2003}",
        _ => "\u{A0}\u{A0}",
    }
}

/// Scripts without spaces (Chinese, Japanese, Thai …) have no words by this measure.
fn is_too_long(word: &str) -> bool {
    let spaced = |c: char| !matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..);
    word.len() > MAX_WORD && word.chars().filter(|c| spaced(*c)).nth(MAX_WORD).is_some()
}

fn long_word(word: &str) -> Note {
    let head: String = word.chars().take(20).collect();
    let length = word.chars().count();
    Note::new("long-word-skipped", format!("{head}… ({length} characters)"))
}
