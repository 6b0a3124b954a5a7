//! What follows a stop.

/// The first word after white space, and what opens before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Next<'a> {
    /// Quotation marks, brackets, dashes and the like.
    pub(super) opening: &'a str,
    /// Everything from the first word on.
    pub(super) rest: &'a str,
}

/// What may stand before a word that begins a sentence.
const OPENING: &str = "\"'“”„‟‘‚‛«»‹›「『《〈（([{¿¡-–—―*_•⁃·.…,";

/// How many of them are looked at.
const MOST_OPENING: usize = 32;

/// How a word begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    /// Nothing is left.
    End,
    /// With a capital, or a letter of a script that has none, or as a name: "iPhone", "#Tag".
    Sentence,
    /// With a digit, or a sign before one.
    Number,
    /// In lower case, or with a mark that closes.
    Onward,
}

impl<'a> Next<'a> {
    pub(super) fn after(text: &'a str) -> Self {
        let text = text.trim_start();
        let opening = text.chars().take(MOST_OPENING).take_while(|c| opens(*c)).map(char::len_utf8).sum();
        let (opening, rest) = text.split_at(opening);
        Self { opening, rest }
    }

    pub(super) fn begins(self) -> Begins {
        let mut letters = self.rest.chars();
        match letters.next() {
            None => Begins::End,
            Some(c) if c.is_lowercase() => {
                let name = self.word().chars().any(char::is_uppercase);
                let trails_off = self.opening.ends_with(['.', '…']);
                if name || trails_off { Begins::Sentence } else { Begins::Onward }
            }
            Some(c) if c.is_alphabetic() || matches!(c, '#' | '@') => Begins::Sentence,
            Some(c) if c.is_numeric() => Begins::Number,
            Some('$' | '€' | '£' | '¥' | '+' | '−') if letters.next().is_some_and(char::is_numeric) => {
                Begins::Number
            }
            // A sign from beyond the alphabet, such as an emoji.
            Some(c) if !c.is_ascii() && !c.is_alphanumeric() && c > '\u{2100}' => Begins::Sentence,
            Some(_) => Begins::Onward,
        }
    }

    /// The first word, up to a mark.
    pub(super) fn word(self) -> &'a str {
        word(self.rest)
    }

    /// Whether a stop follows the first word, as after an initial or before a number ("No. 5").
    pub(super) fn is_short(self) -> bool {
        let Some(rest) = self.rest[self.word().len()..].strip_prefix('.') else {
            return false;
        };
        let numbered = || rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
        self.word().chars().nth(1).is_none() || numbered()
    }

    /// Whether in brackets a source is named, and no sentence said: "(Weber 1920)."
    pub(super) fn is_source(self) -> bool {
        const MOST: usize = 120;
        let near = &self.rest[..self.rest.floor_char_boundary(MOST)];
        self.opening.ends_with('(')
            && near.find(')').is_some_and(|close| near[close + 1..].starts_with(['.', ',', ';', ':']))
    }
}

/// The word that stands here, up to a mark.
pub(super) fn word(text: &str) -> &str {
    const MOST: usize = 64;
    let near = &text[..text.floor_char_boundary(MOST)];
    let within = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '@' | '#');
    &near[..near.find(|c| !within(c)).unwrap_or(near.len())]
}

fn opens(c: char) -> bool {
    c.is_whitespace() || OPENING.contains(c)
}
