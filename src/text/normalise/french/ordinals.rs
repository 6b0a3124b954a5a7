//! Ordinals, in digits and in Roman letters.

use super::numbers::{cardinal, ordinal as say};
use super::words::RULERS;
use crate::text::normalise::Reading;
use crate::text::normalise::abbreviation::lowered;
use crate::text::normalise::numeral::{numeral, roman as roman_value};
use crate::text::normalise::scan::Scan;

/// "1er", "2e", "3ème", "4ᵉ", "6°".
pub(super) fn ordinal(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    let number = numeral(&mut scan).filter(|n| n.is_whole() && n.whole > 0)?.whole;
    if scan.eat("°") {
        return if is_degree(start, scan) {
            degrees(scan, number)
        } else {
            scan.says("ordinal", say(number, false))
        };
    }
    let said = suffixed(number, &mut scan)?;
    scan.says("ordinal", said)
}

/// Weather, angles and places have degrees; what has a noun after it is counted out.
fn is_degree(start: Scan<'_>, end: Scan<'_>) -> bool {
    const BEFORE: [&str; 13] = [
        "à",
        "de",
        "fait",
        "moins",
        "plus",
        "environ",
        "et",
        "ou",
        "avec",
        "jusqu'à",
        "jusqu’à",
        "dépasse",
        "atteint",
    ];
    const AFTER: [&str; 10] = ["à", "de", "dans", "en", "sur", "au", "et", "ou", "ce", "pour"];
    let mut next = end;
    let spaced = next.space();
    let word = next.letters();
    let alone = start.at() == 0 && end.rest().is_empty();
    let noun = spaced && !word.is_empty() && !AFTER.contains(&word) && word.chars().count() > 1;
    !alone && (!noun || BEFORE.contains(&start.word_before()))
}

fn degrees(scan: Scan<'_>, number: u64) -> Option<Reading> {
    scan.says("measure", format!("{} degré{}", cardinal(number), if number > 1 { "s" } else { "" }))
}

/// The ordinal that the letters after a number make of it.
fn suffixed(number: u64, scan: &mut Scan<'_>) -> Option<String> {
    let letters: String = scan.letters().chars().map(lowered).collect();
    let single = letters.strip_suffix('s').unwrap_or(&letters);
    let said = match (number, single) {
        (1, "er") => say(1, false),
        (1, "re" | "ère" | "ere") => say(1, true),
        (2, "nd") => "second".to_owned(),
        (2, "nde") => "seconde".to_owned(),
        (2.., "e" | "ème" | "eme" | "ième" | "è" | "me") => say(number, false),
        _ => return None,
    };
    scan.at_end_of_word().then(|| if single.len() < letters.len() { said + "s" } else { said })
}

/// "XXe siècle", "Louis XIV", "François Ier", "chapitre IV".
pub(super) fn roman(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    (scan.at_start_of_word() && matches!(scan.peek(), Some('I' | 'V' | 'X'))).then_some(())?;
    let letters = scan.run(|c| matches!(c, 'I' | 'V' | 'X'));
    let number = roman_value(letters)?;
    if let Some(said) = suffixed(number, &mut { scan }) {
        let _ = scan.letters();
        return scan.says("roman-numeral", said);
    }
    let name = start.word_before();
    let counted = RULERS.contains(&name) || is_part(name) || letters.len() > 1 && is_name(name);
    let ends = scan.at_end_of_word() && !matches!(scan.peek(), Some('-' | '’' | '\''));
    (counted && ends).then(|| scan.says("roman-numeral", cardinal(number)))?
}

fn is_name(word: &str) -> bool {
    let letters = word.chars().all(|c| c.is_alphabetic() || c == '-');
    letters && word.chars().count() > 2 && word.starts_with(char::is_uppercase)
}

fn is_part(word: &str) -> bool {
    let known = [
        "chapitre", "tome", "acte", "titre", "livre", "partie", "phase", "type", "classe", "annexe",
        "niveau", "scène", "volume", "chap.", "t.", "vol.", "art.",
    ];
    known.contains(&word.to_lowercase().as_str())
}
