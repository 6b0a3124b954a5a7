//! Contractions that have lost their apostrophe: "dont", "youre".

use super::super::Reading;
use super::super::scan::Scan;

/// None of these is a word or a name of its own.
const SLIPS: &[(&str, &str)] = &[
    ("arent", "aren't"),
    ("couldnt", "couldn't"),
    ("didnt", "didn't"),
    ("doesnt", "doesn't"),
    ("dont", "don't"),
    ("hadnt", "hadn't"),
    ("hasnt", "hasn't"),
    ("havent", "haven't"),
    ("howre", "how are"),
    ("isnt", "isn't"),
    ("shouldnt", "shouldn't"),
    ("theyre", "they are"),
    ("theyve", "they've"),
    ("wasnt", "wasn't"),
    ("werent", "weren't"),
    ("whatre", "what are"),
    ("whos", "who's"),
    ("wouldnt", "wouldn't"),
    ("youre", "you are"),
    ("youve", "you've"),
];

/// The contraction that was meant.
pub(super) fn apostrophes(mut scan: Scan<'_>) -> Option<Reading> {
    let written = scan.letters();
    if !(4..=8).contains(&written.len()) || !written.is_ascii() {
        return None;
    }
    let tail = written.get(1..).unwrap_or_default();
    let meant = |row: &&(&str, &str)| {
        row.0.get(1..) == Some(tail)
            && row.0.as_bytes().first() == written.to_ascii_lowercase().as_bytes().first()
    };
    let row = SLIPS.iter().find(meant).filter(|_| scan.at_end_of_word())?;
    let first = written.get(..1).unwrap_or_default();
    scan.says("apostrophe", format!("{first}{}", row.1.get(1..).unwrap_or_default()))
}
