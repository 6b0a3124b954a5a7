//! A place in a sentence, and the small steps by which rules recognise what stands there.

use super::Reading;
use crate::text::script::{Note, Sound};

/// How far back a rule may look for the word before, in bytes.
const LOOK_BACK: usize = 48;

/// Longest run of letters or digits that a rule looks at, in bytes.
const MAX_RUN: usize = 256;

/// How much of a sentence is searched for the beginning of a quotation, in bytes.
const MAX_QUOTATION: usize = 1000;

/// A place in a cleaned sentence. Copying it is how a rule tries one thing and then another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Bytes from the sentence's start.
    pub(super) fn at(self) -> usize {
        self.at
    }

    /// Goes to a place that another scan of the same sentence has reached.
    pub(super) fn jump(&mut self, to: usize) {
        self.at = to.min(self.text.len());
    }

    /// Everything from here on.
    pub(super) fn rest(self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next character.
    pub(super) fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The character after the next.
    pub(super) fn peek_second(self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    /// The character before.
    pub(super) fn before(self) -> Option<char> {
        self.text.get(..self.at)?.chars().next_back()
    }

    /// What stands between here and a later place.
    pub(super) fn since(self, start: Scan<'a>) -> &'a str {
        self.text.get(start.at..self.at).unwrap_or_default()
    }

    /// The word before the one that begins here, with its punctuation; empty at the start.
    pub(super) fn word_before(self) -> &'a str {
        self.back().trim_end().rsplit(' ').next().unwrap_or_default()
    }

    /// What stands before, as far back as a rule may look.
    pub(super) fn back(self) -> &'a str {
        let floor = self.text.floor_char_boundary(self.at.saturating_sub(LOOK_BACK));
        self.text.get(floor..self.at).unwrap_or_default()
    }

    /// The last words before here, as far as a rule may look.
    pub(super) fn words_before(self, count: usize) -> &'a str {
        let floor = self.text.floor_char_boundary(self.at.saturating_sub(LOOK_BACK));
        let back = self.text.get(floor..self.at).unwrap_or_default().trim_end();
        let start = back.rmatch_indices(' ').nth(count.saturating_sub(1)).map_or(0, |(i, _)| i + 1);
        back.get(start..).unwrap_or_default()
    }

    /// Whether a quotation is open here, as far as its marks in the sentence tell.
    pub(super) fn in_quotation(self) -> bool {
        let floor = self.text.floor_char_boundary(self.at.saturating_sub(MAX_QUOTATION));
        let before = self.text.get(floor..self.at).unwrap_or_default();
        let (mut open, mut straight) = (0, false);
        for c in before.chars() {
            match c {
                '"' if open > 0 => open -= 1,
                '"' => straight = !straight,
                '„' | '«' | '»' => open += 1,
                '“' | '”' => open = (open - 1i32).max(0),
                _ => {}
            }
        }
        floor > 0 || open > 0 || straight
    }

    /// Steps over one character.
    pub(super) fn skip(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Steps over this text if it stands here.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        self.at += if found { text.len() } else { 0 };
        found
    }

    /// Steps over the first of these texts that stands here.
    pub(super) fn eat_any<'t>(&mut self, texts: &[&'t str]) -> Option<&'t str> {
        texts.iter().copied().find(|text| self.eat(text))
    }

    /// Steps over the longest of these texts that stands here.
    pub(super) fn eat_longest<'t>(&mut self, texts: &[&'t str]) -> Option<&'t str> {
        let here = texts.iter().copied().filter(|text| self.rest().starts_with(text));
        let longest = here.max_by_key(|text| text.len())?;
        self.at += longest.len();
        Some(longest)
    }

    /// Steps over one of these characters.
    pub(super) fn one_of(&mut self, set: &str) -> Option<char> {
        let next = self.peek().filter(|c| set.contains(*c))?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Steps over a space if there is one.
    pub(super) fn space(&mut self) -> bool {
        self.eat(" ")
    }

    /// Steps over ASCII digits, as many as there are.
    pub(super) fn digits(&mut self) -> &'a str {
        self.run(|c| c.is_ascii_digit())
    }

    /// Steps over a number of digits within these bounds, with no digit after it.
    pub(super) fn digits_of(&mut self, least: usize, most: usize) -> Option<&'a str> {
        let mut ahead = *self;
        let digits = ahead.digits();
        (least..=most).contains(&digits.len()).then(|| self.at = ahead.at)?;
        Some(digits)
    }

    /// Steps over letters, as many as there are.
    pub(super) fn letters(&mut self) -> &'a str {
        self.run(char::is_alphabetic)
    }

    /// Steps over characters of a kind, as many as there are but no more than a word can have.
    pub(super) fn run(&mut self, kind: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let reach = rest.floor_char_boundary(MAX_RUN);
        let rest = rest.get(..reach).unwrap_or(rest);
        let end = rest.find(|c| !kind(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Whether no word goes on here: neither letter nor digit follows.
    pub(super) fn at_end_of_word(self) -> bool {
        !self.peek().is_some_and(char::is_alphanumeric)
    }

    /// Whether a number goes on after a cross: the "100" of "4x100".
    fn is_crossed(self) -> bool {
        let before = self.back().strip_suffix('x').unwrap_or_default();
        before.ends_with(|c: char| c.is_ascii_digit()) && self.peek().is_some_and(|c| c.is_ascii_digit())
    }

    /// Whether what stands before is no word of its own: the "l" of "En 2019 l'Europe", the "t" of "t.a.b.".
    pub(super) fn is_elided(self) -> bool {
        matches!(self.peek(), Some('\'' | '’' | '.')) && self.peek_second().is_some_and(char::is_alphabetic)
    }

    /// Whether a word may begin here: neither letter nor digit goes before.
    pub(super) fn at_start_of_word(self) -> bool {
        !self.before().is_some_and(char::is_alphanumeric) || self.is_crossed()
    }

    /// Steps over the smallest part that is said as it is written: a word, a number, or a mark.
    pub(super) fn atom(&mut self) -> &'a str {
        let start = *self;
        match self.peek() {
            Some(c) if c.is_ascii_digit() => self.digits(),
            Some(c) if c.is_alphabetic() => {
                self.letters();
                while self.goes_on_after_apostrophe() {
                    self.skip();
                    self.letters();
                }
                self.since(start)
            }
            _ => {
                self.skip();
                self.since(start)
            }
        }
    }

    /// A letter after an apostrophe, or a combining mark.
    fn goes_on_after_apostrophe(self) -> bool {
        match self.peek() {
            Some('\'' | '’') => self.peek_second().is_some_and(char::is_alphabetic),
            Some('\u{300}'..='\u{36F}') => true,
            _ => false,
        }
    }

    /// A reading of everything from where the rule began up to here.
    pub(super) fn says(self, rule: &'static str, said: impl Into<String>) -> Option<Reading> {
        Some(Reading { end: self.at, said: said.into(), rule, sound: None, note: None })
    }

    /// A reading of everything from where the rule began up to here that has its own sound.
    pub(super) fn sounds(self, rule: &'static str, said: impl Into<String>, sound: Sound) -> Option<Reading> {
        Some(Reading { end: self.at, said: said.into(), rule, sound: Some(sound), note: None })
    }

    /// Leaves out everything from where the rule began up to here, and tells so.
    pub(super) fn skips(self, rule: &'static str, note: Note) -> Option<Reading> {
        Some(Reading { end: self.at, said: String::new(), rule, sound: None, note: Some(note) })
    }
}
