//! Words that are written alike and said in two ways ("read", "lead", "record"): which is meant.
//!
//! `words.txt` has each word's two sounds. The words around decide: a clue of `clues.txt` if one
//! fits, else a small guess at the part of speech.

mod choose;
mod grammar;
mod neighbours;
mod table;

use super::super::Reading;
use super::super::scan::Scan;
use crate::text::lexicon::ipa_with_s;
use crate::text::script::Sound;
use neighbours::{Neighbours, WINDOW};

/// The sound of a heteronym, where espeak-ng would not say it by itself.
pub(super) fn heteronyms(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let written = scan.letters();
    let heteronym = table::find(written).filter(|_| is_alone(start, scan))?;
    let around = Neighbours::new(before(start), after(scan));
    let sense = choose::sense(heteronym, written, &around);
    let sound = heteronym.sounds.get(sense)?.clone();
    let owned = scan.eat_any(&["'s", "’s"]).is_some();
    let sound = if owned { ipa_with_s(&sound) } else { sound };
    let said = scan.since(start);
    (!choose::is_own(heteronym, sense, &around)).then(|| scan.sounds("heteronym", said, Sound::Ipa(sound)))?
}

/// Whether nothing is joined to the word but an owner's s: espeak-ng says what has a hyphen as one word.
fn is_alone(start: Scan<'_>, mut end: Scan<'_>) -> bool {
    let joins = |c: Option<char>| matches!(c, Some('-' | '\'' | '’' | '_' | '@' | '#'));
    let before = start.before() != Some('-') && start.before() != Some('@') && start.before() != Some('#');
    end.eat_any(&["'s", "’s"]);
    let inside = joins(end.peek()) && end.peek_second().is_some_and(char::is_alphanumeric);
    before && end.at_end_of_word() && !inside
}

/// Whole words before.
fn before(scan: Scan<'_>) -> &str {
    let back = scan.back();
    if back.len() < scan.at() { back.split_once(' ').map_or("", |(_, whole)| whole) } else { back }
}

/// Whole words after.
fn after(scan: Scan<'_>) -> &str {
    let rest = scan.rest();
    let ahead = &rest[..rest.floor_char_boundary(WINDOW)];
    if ahead.len() < rest.len() { ahead.rsplit_once(' ').map_or("", |(whole, _)| whole) } else { ahead }
}

#[cfg(test)]
mod tests;
