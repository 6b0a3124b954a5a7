//! A sentence without what typography puts between its letters, and the way back to the source.

use std::ops::Range;

use super::emoji;
use unicode_normalization::char::{compose, decompose_compatible};

/// A cleaned sentence: single spaces, composed letters, no invisible characters.
pub(super) struct Clean {
    pub(super) text: String,
    /// For every byte of the text, the source's bytes that its character came from.
    origins: Vec<(usize, usize)>,
}

impl Clean {
    pub(super) fn new(source: &str) -> Self {
        let capacity = source.len();
        let mut clean = Self { text: String::with_capacity(capacity), origins: Vec::with_capacity(capacity) };
        for (start, c) in source.char_indices() {
            clean.add(c, (start, start + c.len_utf8()));
        }
        clean
    }

    fn add(&mut self, c: char, origin: (usize, usize)) {
        match c {
            _ if c.is_whitespace() => self.space(origin),
            emoji::JOINER if self.text.ends_with(emoji::is_picture) => self.push(c, origin),
            _ if is_invisible(c) => {}
            '\u{2010}' | '\u{2011}' => self.push('-', origin),
            '\u{300}'..='\u{36F}' => self.combine(c, origin),
            // Typed for an apostrophe: "don`t".
            '`' | '´' if self.text.ends_with(char::is_alphabetic) => self.push('\'', origin),
            _ if is_lettershape(c) => decompose_compatible(c, |part| self.push(part, origin)),
            _ => self.push(c, origin),
        }
    }

    fn push(&mut self, c: char, origin: (usize, usize)) {
        self.text.push(c);
        self.origins.resize(self.text.len(), origin);
    }

    fn space(&mut self, origin: (usize, usize)) {
        if !self.text.ends_with(' ') {
            self.push(' ', origin);
        }
    }

    /// A letter and its accent become one character where there is one.
    fn combine(&mut self, mark: char, origin: (usize, usize)) {
        let base = self.text.chars().next_back();
        let Some(composed) = base.and_then(|base| compose(base, mark)) else {
            return self.push(mark, origin);
        };
        let start = self.origins.last().map_or(origin.0, |base| base.0);
        self.text.pop();
        self.origins.truncate(self.text.len());
        self.push(composed, (start, origin.1));
    }

    /// Where a part of the text stands in the source.
    pub(super) fn span(&self, part: Range<usize>) -> Range<usize> {
        let start = self.origins.get(part.start).map_or(0, |origin| origin.0);
        let last = part.end.checked_sub(1).and_then(|last| self.origins.get(last));
        start..last.map_or(start, |origin| origin.1.max(start))
    }
}

/// Without sound or width: soft hyphens, joiners, direction marks, variation selectors.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(c, '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Ligatures, lowered digits, full-width and mathematical letters: the same letters in other clothes.
fn is_lettershape(c: char) -> bool {
    matches!(c, '\u{FB00}'..='\u{FB06}' | '\u{2080}'..='\u{2089}' | '\u{FF01}'..='\u{FF5E}' | '\u{1D400}'..='\u{1D7FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_is_taken_off_and_the_way_back_kept() {
        let cases = [
            ("plain words", "plain words", 6..11, 6..11),
            ("a\u{A0}\u{202F}b", "a b", 2..3, 6..7),
            ("Zu\u{AD}sam\u{AD}men", "Zusammen", 0..8, 0..12),
            ("cafe\u{301} noir", "café noir", 0..5, 0..6),
            ("o\u{FB03}ce now", "office now", 7..10, 7..10),
            ("Covid\u{2011}19", "Covid-19", 0..8, 0..10),
            ("\u{1D7E0} \u{FF21}", "8 A", 2..3, 5..8),
        ];
        for (source, text, part, span) in cases {
            let clean = Clean::new(source);
            assert_eq!(clean.text, text);
            assert_eq!(clean.span(part), span, "{source:?}");
        }
    }
}
