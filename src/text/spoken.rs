//! Sentence → spoken form. Plain for now: what is written is said.

use std::borrow::Cow;
use std::ops::Range;

use super::script::{Note, Pause, Sentence, Span, Token};

/// A run of characters longer than this is no word: a link, a key, damage.
const MAX_WORD: usize = 100;

/// Sentences of a block that begins at `start` (UTF-16 units) in the reader's text.
pub(super) fn sentences(text: &str, ranges: Vec<Range<usize>>, start: usize) -> Vec<Sentence> {
    let (mut byte, mut utf16) = (0, start);
    let mut width = |to: usize| {
        utf16 += text[byte..to].encode_utf16().count();
        byte = to;
        utf16
    };
    ranges
        .into_iter()
        .map(|range| {
            let span = Span(width(range.start), width(range.end));
            sentence(&text[range], span)
        })
        .collect()
}

fn sentence(source: &str, span: Span) -> Sentence {
    let text = source.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut form = SpokenForm::default();
    let (mut byte, mut utf16) = (0, span.0);
    for word in source.split_whitespace() {
        let start = word.as_ptr() as usize - source.as_ptr() as usize;
        utf16 += source[byte..start].encode_utf16().count();
        let end = utf16 + word.encode_utf16().count();
        form.push(word, Span(utf16, end));
        (byte, utf16) = (start + word.len(), end);
    }
    let (spoken, tokens, notes) = form.finish();
    Sentence { text, spoken, span, tokens, pause: Pause::default(), notes }
}

/// What is said, growing word by word.
#[derive(Default)]
struct SpokenForm {
    spoken: String,
    characters: usize,
    tokens: Vec<Token>,
    notes: Vec<Note>,
}

impl SpokenForm {
    fn push(&mut self, word: &str, span: Span) {
        let said = clean(word);
        if said.is_empty() {
            return;
        }
        if !self.spoken.is_empty() {
            self.spoken.push(' ');
            self.characters += 1;
        }
        self.tokens.push(Token { at: self.characters, span, rule: None, sound: None });
        self.characters += said.chars().count();
        self.spoken.push_str(&said);
    }

    fn finish(mut self) -> (String, Vec<Token>, Vec<Note>) {
        if self.spoken.chars().any(char::is_alphanumeric) {
            return (self.spoken, self.tokens, self.notes);
        }
        self.notes.push(Note::new("nothing-to-say", "no letters or digits"));
        (String::new(), Vec::new(), self.notes)
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
        kept.extend(std::iter::repeat_n(' ', word.len()));
        done = start + word.len();
    }
    kept.push_str(&text[done..]);
    (kept.into(), long.into_iter().map(long_word).collect())
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

/// Without characters that carry no sound and would upset a pronouncer.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}'))
        .collect()
}
