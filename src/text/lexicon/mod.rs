//! How words and names sound that their spelling does not tell.
//!
//! A lexicon is asked once a word, under that word folded (no case, no accents); what it knows
//! under it is tried longest first. So its size costs a text nothing.

mod endings;
mod entry;
mod fold;
mod house;
mod letters;

use std::collections::HashMap;
use std::sync::LazyLock;

use super::script::Sound;
pub use endings::ipa_with_s;
pub(super) use endings::{ending, with_s};
pub use entry::Case;
use entry::Entry;
pub(super) use fold::plain;
pub(super) use house::Reader;
pub use house::{EntryError, House, HouseEntry};
pub(super) use letters::spelled;

/// Words and names by their first word, folded.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    entries: HashMap<String, Vec<Entry>>,
}

/// What a lexicon knows of the text at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// How much of the text it is, in bytes.
    pub(super) length: usize,
    /// How it sounds.
    pub(super) sound: Sound,
    /// Who knows it.
    pub(super) rule: &'static str,
}

/// The lexicon that is shipped; `names.tsv` says how it is written.
pub(super) fn shipped() -> &'static Lexicon {
    static SHIPPED: LazyLock<Lexicon> =
        LazyLock::new(|| include_str!("names.tsv").lines().filter_map(row).collect());
    &SHIPPED
}

fn row(line: &str) -> Option<Entry> {
    let mut columns = line.split('\t');
    let (name, said) = (columns.next()?, columns.next()?);
    let case = match columns.nth(2) {
        Some("exact") => Case::Exact,
        Some("any") => Case::Any,
        Some("inside") => Case::Inside,
        _ => Case::Capitals,
    };
    (!name.starts_with('#')).then(|| Entry::new(name, said, case))
}

/// The word that this is the plural of, if it is so long that this is no other word.
fn plural(word: &str) -> Option<&str> {
    word.strip_suffix('s').filter(|word| word.len() > 2)
}

impl FromIterator<Entry> for Lexicon {
    fn from_iter<T: IntoIterator<Item = Entry>>(new: T) -> Self {
        let mut entries: HashMap<String, Vec<Entry>> = HashMap::new();
        for entry in new {
            entries.entry(fold::first_word(&entry.name)).or_default().push(entry);
        }
        entries.values_mut().for_each(|same| same.sort_by_key(|entry| std::cmp::Reverse(entry.name.len())));
        Self { entries }
    }
}

impl Lexicon {
    /// What the text begins with, after the word that `before` tells.
    pub(super) fn find<'a>(&self, text: &str, before: impl Fn() -> &'a str) -> Option<Found> {
        let word = fold::first_word(text);
        let known = |word: &str| self.entries.get(word)?.iter().find_map(|entry| entry.read(text, before()));
        let (length, sound) = known(&word).or_else(|| known(plural(&word)?))?;
        Some(Found { length, sound, rule: "name" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, before: &str) -> Option<(usize, String)> {
        let found = shipped().find(text, || before)?;
        Some((found.length, found.sound.as_written().to_owned()))
    }

    #[test]
    fn names_are_found_as_they_are_written() {
        for (text, before, written, sound) in [
            ("Putin’s war", "", "Putin’s", "pˈuːtɪnz"),
            ("PUTIN’S WAR", "", "PUTIN’S", "pˈuːtɪnz"),
            ("Macrons and", "the", "Macrons", "mækɹˈɔnz"),
            ("Orban, Viktor", "", "Orban", "ˈɔːɹbɑːn"),
            ("Xi Jinping said", "", "Xi Jinping", "ʃˈiː dʒɪnpˈɪŋ"),
            ("Xi said", "", "Xi", "ʃˈiː"),
            ("Von der Leyen’s", "", "Von der Leyen’s", "fɔn dɛɹ lˈaɪənz"),
            ("Baden-Wurttemberg", "", "Baden-Wurttemberg", "bˈɑːdən vˈʊɹtəmbɛɹɡ"),
            ("Tours won", "in", "Tours", "tˈʊɹ"),
            ("Tours won", "In", "Tours", "tˈʊɹ"),
            ("odihr said", "the", "odihr", "ˈoʊdɪɹ"),
            ("OSCE's", "the", "OSCE's", "ˌoʊˌɛssˌiːˈiːz"),
        ] {
            assert_eq!(found(text, before), Some((written.len(), sound.to_owned())), "{text}");
        }
    }

    #[test]
    fn what_is_no_name_is_not_found() {
        for (text, before) in [
            ("putin", ""),
            ("Putinism", ""),
            ("tours", "in"),
            ("Tours begin", ""),
            ("Xis", ""),
            ("pis", ""),
            ("", ""),
        ] {
            assert_eq!(found(text, before), None, "{text}");
        }
    }

    #[test]
    fn every_row_is_an_entry_and_no_name_is_there_twice() {
        let rows: Vec<&str> = include_str!("names.tsv")
            .lines()
            .filter(|row| !row.is_empty() && !row.starts_with('#'))
            .collect();
        assert!(rows.len() >= 400);
        assert!(rows.iter().all(|row| matches!(row.split('\t').count(), 4 | 5)));
        let names: std::collections::HashSet<_> =
            rows.iter().filter_map(|row| row.split('\t').next()).collect();
        assert_eq!(names.len(), rows.len());
        assert_eq!(shipped().entries.values().map(Vec::len).sum::<usize>(), rows.len());
    }
}
