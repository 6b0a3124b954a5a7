//! The house's own lexicon: asked at every word, in every language, before anything else is.
//!
//! The longest entry that stands in the text is said; of equally long ones that for the voice, then
//! that for the language, then that for the site.

mod ending;
mod entry;
mod trial;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::extract::is_of;
use super::super::language::primary;
use super::{Found, fold, plural};
pub use entry::{EntryError, HouseEntry};

/// One version of a house's lexicon, ready to be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct House {
    /// By their first word or mark, folded; the first that fits is the one.
    entries: HashMap<String, Vec<HouseEntry>>,
}

impl FromIterator<HouseEntry> for House {
    fn from_iter<T: IntoIterator<Item = HouseEntry>>(new: T) -> Self {
        let mut entries: HashMap<String, Vec<HouseEntry>> = HashMap::new();
        for entry in new {
            entries.entry(first(&entry.written)).or_default().push(entry);
        }
        let rank = |entry: &HouseEntry| {
            let HouseEntry { voice, language, site, .. } = entry;
            let tags = language.as_ref().map(String::len);
            let scope = (voice.is_some(), tags, site.as_ref().map(String::len));
            Reverse((entry.written.chars().count(), scope, entry.case))
        };
        entries.values_mut().for_each(|same| same.sort_by_key(rank));
        Self { entries }
    }
}

impl House {
    /// One that says nothing.
    pub fn empty() -> &'static Self {
        static EMPTY: LazyLock<House> = LazyLock::new(House::default);
        &EMPTY
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Under what an entry is found: its first letters, its first digits, or its first mark.
fn first(text: &str) -> String {
    match text.chars().next() {
        Some(c) if c.is_ascii_digit() => text.chars().take_while(char::is_ascii_digit).collect(),
        Some(c) if !c.is_alphabetic() => fold::fold(c).to_string(),
        _ => fold::first_word(text),
    }
}

/// Who reads a block, and for whom.
pub(in crate::text) struct Reader<'a> {
    /// BCP 47 tag of the language.
    pub(in crate::text) language: &'a str,
    /// The language alone, in lower case.
    primary: String,
    voice: &'a str,
    site: &'a str,
    house: &'a House,
}

impl<'a> Reader<'a> {
    /// A voice (its id, with its speaker's name if one is named) that reads a language for the
    /// articles of a host.
    pub(in crate::text) fn new(language: &'a str, voice: &'a str, site: &'a str, house: &'a House) -> Self {
        Self { language, primary: primary(language), voice, site, house }
    }

    /// The same reader of words in another language.
    pub(in crate::text) fn in_language<'b>(&self, language: &'b str) -> Reader<'b>
    where
        'a: 'b,
    {
        Reader::new(language, self.voice, self.site, self.house)
    }

    /// A reader of a language without a house.
    #[cfg(test)]
    pub(in crate::text) fn plain(language: &'a str) -> Self {
        Self::new(language, "", "", House::empty())
    }

    /// What the house says of what the text begins with, after a character and the word `before`.
    pub(in crate::text) fn find<'t>(
        &self,
        text: &str,
        after: Option<char>,
        before: impl Fn() -> &'t str,
    ) -> Option<Found> {
        if self.house.is_empty() || after.is_some_and(char::is_alphanumeric) && starts_a_word(text) {
            return None;
        }
        let whole = self.known(text, before());
        whole.or_else(|| {
            let (prefix, rest) = ending::elided(text, &self.primary)?;
            let Found { length, sound, rule } = self.known(rest, prefix)?;
            Some(Found {
                length: text.len() - rest.len() + length,
                sound: ending::after(prefix, sound),
                rule,
            })
        })
    }

    fn known(&self, text: &str, before: &str) -> Option<Found> {
        let word = first(text);
        let fits = |entry: &&HouseEntry| self.is_for(entry);
        let known = |word: &str| {
            let entries = self.house.entries.get(word)?.iter().filter(fits);
            entries.into_iter().find_map(|entry| read(entry, text, &self.primary, before))
        };
        known(&word).or_else(|| known(plural(&word)?))
    }

    fn is_for(&self, entry: &HouseEntry) -> bool {
        let site = entry.site.as_ref().is_none_or(|site| is_of(self.site, site));
        let language = entry.language.as_ref().is_none_or(|language| {
            let rest = self.language.get(language.len()..).filter(|_| {
                self.language.get(..language.len()).is_some_and(|head| head.eq_ignore_ascii_case(language))
            });
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
        });
        let voice = entry.voice.as_ref().is_none_or(|voice| {
            let rest = self.voice.strip_prefix(voice.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('#'))
        });
        site && language && voice
    }
}

fn starts_a_word(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric)
}

/// How much of the text is the entry, with its ending, and how that sounds.
fn read(entry: &HouseEntry, text: &str, primary: &str, before: &str) -> Option<Found> {
    let length = entry.case.length_of(&entry.written, text, before)?;
    let (written, rest) = text.split_at(length);
    let (ending, heard) = ending::of(written, rest, primary)?;
    let sound = entry.sound(primary);
    let sound = if heard { ending::with_s(&sound, primary) } else { sound };
    // Names of letters are ours, and have each voice's accent; IPA is the house's own.
    let rule = if entry.letters { "house-letters" } else { "house" };
    Some(Found { length: length + ending, sound, rule })
}

#[cfg(test)]
mod tests;
