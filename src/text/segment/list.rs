//! Lists in running text: "1. Bread 2. Milk", "a) north b) south", "• Tea • Coffee".

use super::lexicon::Lexicon;

const BULLETS: [char; 7] = ['•', '⁃', '‣', '◦', '▪', '●', '■'];

/// The item that would come next.
#[derive(Debug, Default)]
pub(super) struct List {
    expected: Option<String>,
}

impl List {
    /// The end of the mark that begins the sentence from `start`, if there is one: its stop ends nothing.
    pub(super) fn marker(&mut self, text: &str, start: usize) -> usize {
        let item = text[start..].trim_start().trim_start_matches(BULLETS).trim_start();
        let Some((label, tail)) = marker(item) else {
            return text.len() - item.len();
        };
        let continued = self.expected.as_ref().is_some_and(|e| item.starts_with(e.as_str()));
        if continued || matches!(label, "1" | "a") {
            self.expected = successor(label).map(|next| next + tail);
        }
        text.len() - item.len() + label.len() + tail.len()
    }

    /// Whether another item begins here.
    pub(super) fn goes_on(&self, before: &str, item: &str, lexicon: &Lexicon) -> bool {
        before.ends_with(char::is_whitespace)
            && (item.starts_with(BULLETS) || self.expected_here(before, item, lexicon))
    }

    fn expected_here(&self, before: &str, item: &str, lexicon: &Lexicon) -> bool {
        let rest = self.expected.as_ref().and_then(|e| item.strip_prefix(e.as_str()));
        rest.is_some_and(|rest| rest.starts_with(char::is_whitespace))
            && !before.split_whitespace().next_back().is_some_and(|word| lexicon.before_ordinal(word))
    }
}

/// A number or letter and what closes it.
fn marker(item: &str) -> Option<(&str, &'static str)> {
    let digits = item.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let letter = usize::from(item.starts_with(|c: char| c.is_ascii_lowercase()));
    let (label, rest) = item.split_at(digits.max(letter));
    let tail = [".)", ".", ")"].into_iter().find(|tail| rest.starts_with(tail))?;
    let spaced = rest[tail.len()..].starts_with(char::is_whitespace);
    (!label.is_empty() && spaced).then_some((label, tail))
}

fn successor(label: &str) -> Option<String> {
    match label.parse::<u16>() {
        Ok(number) => Some((number + 1).to_string()),
        Err(_) => label.bytes().next().filter(|b| *b < b'z').map(|b| char::from(b + 1).to_string()),
    }
}
