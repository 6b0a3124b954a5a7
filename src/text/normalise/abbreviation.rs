//! Abbreviations with a full stop, from a language's table.

use super::Reading;
use super::numeral::roman;
use super::scan::Scan;

/// Where an abbreviation is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// Everywhere.
    Any,
    /// Before a word with a capital: "Dr. Weber".
    Name,
    /// Before a number, in digits or Roman: "S. 5".
    Number,
    /// After a number: "3 janv.".
    Counted,
    /// With a capital at the beginning alone: the "Max." of "avec Max. 12 ans après" is a man.
    Small,
}

/// What is written, without spaces; what is said; and where.
pub(super) type Abbreviation = (&'static str, &'static str, Where);

/// Reads the first abbreviation of the table that stands here. At a sentence's end its stop is
/// the sentence's, too.
pub(super) fn abbreviation(scan: Scan<'_>, table: &[Abbreviation]) -> Option<Reading> {
    let first = scan.peek().filter(|first| scan.at_start_of_word() && first.is_alphabetic())?;
    (!is_within_initials(scan)).then_some(())?;
    let likely = table.iter().filter(|(written, ..)| begins(written, first));
    likely.into_iter().find_map(|(written, said, place)| {
        let end = eat(scan, written)?;
        let stop = if written.ends_with('.') && is_last(end) { "." } else { "" };
        fits(scan, end, *place).then(|| end.says("abbreviation", format!("{said}{stop}")))?
    })
}

/// The "A.M." of "C.A.M.P." is none.
fn is_within_initials(scan: Scan<'_>) -> bool {
    let mut before = scan.back().chars().rev();
    before.next() == Some('.')
        && before.next().is_some_and(char::is_alphabetic)
        && !before.next().is_some_and(char::is_alphanumeric)
}

/// Steps over it if it stands here, with or without spaces after its stops, and with a capital
/// where a sentence begins.
fn eat<'a>(mut scan: Scan<'a>, written: &str) -> Option<Scan<'a>> {
    let mut last = ' ';
    for (i, letter) in written.chars().enumerate() {
        if last == '.' {
            scan.space();
        }
        let next = lowered(scan.skip()?);
        (next == letter || i == 0 && begins(written, next)).then_some(())?;
        last = letter;
    }
    (!last.is_alphabetic() || last == 'º' || scan.at_end_of_word()).then_some(scan)
}

/// Whether what the table writes so may begin with that letter. A capital before a stop is one:
/// "M." is not "m.".
fn begins(written: &str, found: char) -> bool {
    let mut letters = written.chars();
    let Some(letter) = letters.next() else { return false };
    if letter == found || !same_letter(letter, found) {
        return letter == found;
    }
    letter.is_lowercase() || written.ends_with('.') && letters.next().is_some_and(char::is_alphabetic)
}

/// Asked for every row of a table at every word, so what is plain is seen first.
fn same_letter(a: char, b: char) -> bool {
    match a.is_ascii() || b.is_ascii() {
        true => a.eq_ignore_ascii_case(&b),
        false => a.to_lowercase().eq(b.to_lowercase()),
    }
}

/// The letter that a raised one is: "Mᵐᵉ" is "Mme".
pub(super) fn lowered(letter: char) -> char {
    const RAISED: &str = "ᵃᵈᵉᵍˡᵐⁿᵒʳˢᵗᵛ";
    const PLAIN: &str = "adeglmnorstv";
    if letter.is_ascii() {
        return letter;
    }
    RAISED.chars().position(|c| c == letter).and_then(|i| PLAIN.chars().nth(i)).unwrap_or(letter)
}

fn fits(start: Scan<'_>, end: Scan<'_>, place: Where) -> bool {
    let after = end.rest().trim_start();
    let next = after.chars().next();
    match place {
        Where::Any => true,
        Where::Name => next.is_some_and(char::is_uppercase),
        Where::Small => {
            start.peek().is_some_and(char::is_lowercase)
                || !start.word_before().ends_with(char::is_alphabetic)
        }
        Where::Counted => start.word_before().ends_with(|c: char| c.is_ascii_digit()),
        Where::Number => {
            let mut word = Scan::new(after);
            let letters = word.letters();
            // Of "S. M. el Rey" it is an initial.
            let initial = start.peek() == Some('S') && letters == "M" && word.peek() == Some('.');
            next.is_some_and(|c| c.is_ascii_digit()) || roman(letters).is_some() && !initial
        }
    }
}

/// Whether nothing but closing marks follows: the stop is the sentence's, too.
pub(super) fn is_last(scan: Scan<'_>) -> bool {
    scan.rest().trim_start_matches([')', '"', '”', '“', '»', '’', ' ']).is_empty()
}
