//! Sentence → spoken form. Plain for now: what is written is said.

use std::ops::Range;

use super::script::{Note, Pause, Sentence, Span};

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
    let (spoken, notes) = spoken_form(&text);
    Sentence { text, spoken, span, pause: Pause::default(), notes }
}

fn spoken_form(text: &str) -> (String, Vec<Note>) {
    let (words, long): (Vec<&str>, Vec<&str>) =
        text.split(' ').partition(|word| word.chars().nth(MAX_WORD).is_none());
    let mut notes: Vec<Note> = long.into_iter().map(long_word).collect();
    let spoken = clean(&words.join(" "));
    if spoken.chars().any(char::is_alphanumeric) {
        return (spoken, notes);
    }
    notes.push(Note::new("nothing-to-say", "no letters or digits"));
    (String::new(), notes)
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
