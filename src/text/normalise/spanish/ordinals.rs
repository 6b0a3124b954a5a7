//! Ordinals, in digits and in Roman letters.

use super::numbers::{Before, Ending, cardinal, ordinal as say};
use super::words::{KINGS, QUEENS};
use crate::text::normalise::Reading;
use crate::text::normalise::abbreviation::lowered;
use crate::text::normalise::amount::minus;
use crate::text::normalise::numeral::{numeral, roman as roman_value};
use crate::text::normalise::scan::Scan;

/// "1.º", "2ª", "3.er", "28°", "1ra".
pub(super) fn ordinal(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    let cold = minus(&mut scan);
    let number = numeral(&mut scan).filter(|n| n.is_whole())?.whole;
    if cold {
        let degrees = if number == 1 { "grado" } else { "grados" };
        let said = || format!("menos {} {degrees}", cardinal(number, Before::Masculine));
        return scan.eat_any(&["°", "º"]).and_then(|_| scan.says("measure", said()));
    }
    if scan.eat("°") {
        return if is_degree(start, scan) {
            degrees(scan, number)
        } else {
            scan.says("ordinal", say(number, Ending::O)?)
        };
    }
    let stop = scan.eat(".");
    let letters: String = scan.letters().chars().map(lowered).collect();
    let ending =
        ending(number, &letters).filter(|_| scan.at_end_of_word() && !(stop && letters.len() > 2))?;
    scan.says("ordinal", say(number, ending)?)
}

fn ending(number: u64, letters: &str) -> Option<Ending> {
    Some(match (letters, number % 10) {
        ("º" | "o", _) => Ending::O,
        ("ª" | "a", _) => Ending::A,
        ("er", 1 | 3) => Ending::Short,
        ("ro", 1 | 3) | ("do", 2) | ("to", 4..=6) | ("mo", 0 | 7) | ("vo", 8) | ("no", 9) => Ending::O,
        ("ra", 1 | 3) | ("da", 2) | ("ta", 4..=6) | ("ma", 0 | 7) | ("va", 8) | ("na", 9) => Ending::A,
        _ => return None,
    })
}

/// Weather, angles and places have degrees; what has a noun after it is counted out.
fn is_degree(start: Scan<'_>, end: Scan<'_>) -> bool {
    const BEFORE: [&str; 10] = ["a", "de", "los", "menos", "hasta", "unos", "con", "y", "supera", "entre"];
    const AFTER: [&str; 10] = ["a", "de", "en", "y", "o", "bajo", "sobre", "al", "este", "por"];
    let mut next = end;
    let spaced = next.space();
    let word = next.letters();
    let alone = start.at() == 0 && end.rest().is_empty();
    let noun = spaced && word.chars().count() > 1 && !AFTER.contains(&word);
    !alone && (!noun || BEFORE.contains(&start.word_before()))
}

fn degrees(scan: Scan<'_>, number: u64) -> Option<Reading> {
    let said = cardinal(number, Before::Masculine);
    scan.says("measure", format!("{said} grado{}", if number == 1 { "" } else { "s" }))
}

/// "siglo XXI", "Felipe VI", "Isabel II", "la XXIV Cumbre".
pub(super) fn roman(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    (scan.at_start_of_word() && matches!(scan.peek(), Some('I' | 'V' | 'X' | 'i' | 'v' | 'x')))
        .then_some(())?;
    let letters = scan.run(|c| matches!(c, 'I' | 'V' | 'X' | 'i' | 'v' | 'x'));
    let upper = letters.to_uppercase();
    let number = roman_value(&upper)
        .filter(|_| scan.at_end_of_word() && !matches!(scan.peek(), Some('-' | '\'' | '’')))?;
    let before = start.word_before();
    if is_century(start, before) {
        let era =
            scan.eat_any(&[" ec", " EC"]).filter(|_| scan.at_end_of_word()).map_or("", |_| " era común");
        return scan.says("roman-numeral", format!("{}{era}", cardinal(number, Before::Nothing)));
    }
    let capitals = letters == upper;
    let known = KINGS.contains(&before) || QUEENS.contains(&before);
    if capitals && (known || letters.len() > 1 && is_name(before)) {
        return scan.says("roman-numeral", ruler(number, QUEENS.contains(&before))?);
    }
    let part = capitals && is_part(before);
    if part {
        return scan.says("roman-numeral", cardinal(number, Before::Nothing));
    }
    let event = capitals && letters.len() > 1 && may_precede_event(before);
    let noun = event.then(|| event_name(scan)).flatten()?;
    scan.says("roman-numeral", say(number, event_ending(noun, number))?)
}

/// "siglo XX", "los siglos XIX y XX".
fn is_century(start: Scan<'_>, before: &str) -> bool {
    let is_word = |word: &str| matches!(word, "siglo" | "siglos" | "Siglo" | "Siglos" | "s." | "ss.");
    let second = matches!(before, "y" | "al" | "o" | "a") && start.back().split(' ').any(is_word);
    is_word(before) || second
}

/// Up to the tenth they are counted out.
fn ruler(number: u64, queen: bool) -> Option<String> {
    let ending = if queen { Ending::A } else { Ending::O };
    if number <= 10 { say(number, ending) } else { Some(cardinal(number, Before::Nothing)) }
}

fn is_name(word: &str) -> bool {
    word.chars().all(char::is_alphabetic) && word.chars().count() > 2 && word.starts_with(char::is_uppercase)
}

fn is_part(word: &str) -> bool {
    let known = [
        "capítulo",
        "cap.",
        "vol.",
        "art.",
        "tomo",
        "acto",
        "título",
        "libro",
        "parte",
        "fase",
        "tipo",
        "clase",
        "anexo",
        "nivel",
    ];
    known.contains(&word.to_lowercase().as_str())
}

fn may_precede_event(word: &str) -> bool {
    word.is_empty()
        || matches!(word.to_lowercase().as_str(), "y" | "el" | "la" | "del" | "al" | "los" | "las")
}

fn event_name<'a>(mut scan: Scan<'a>) -> Option<&'a str> {
    let name = scan.space().then(|| scan.letters())?;
    name.starts_with(char::is_uppercase).then_some(name)
}

fn event_ending(noun: &str, number: u64) -> Ending {
    let feminine = ["a", "as", "ción", "sión", "dad", "bre"].iter().any(|ending| noun.ends_with(ending));
    match (feminine, number % 10) {
        (true, _) => Ending::A,
        (false, 1 | 3) if !noun.ends_with('s') => Ending::Short,
        _ => Ending::O,
    }
}
