//! Signs that are said by their name.

use super::scan::Scan;
use super::{PAUSE, Reading};

/// Reads a sign of the table that stands by itself, or before a number.
pub(super) fn symbol(mut scan: Scan<'_>, table: &[(char, &str)]) -> Option<Reading> {
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphabetic() && !matches!(c, '-' | '/' | '='));
    let before = scan.before();
    let sign = scan.skip()?;
    // "§§ 3–5": written twice for the plural, said once.
    let _ = sign == '§' && scan.eat("§");
    let (_, name) = table.iter().find(|(symbol, _)| *symbol == sign)?;
    let mut next = scan;
    next.space();
    let number = matches!(next.peek(), Some('0'..='9' | '€' | '$' | '£'));
    let fits = (number || !matches!(sign, '<' | '>' | '~')) && before.is_none_or(|c| c != '+');
    (fits && apart(before) && apart(scan.peek())).then(|| scan.says("symbol", *name))?
}

/// The "+++" between the news of a ticker is a rest.
pub(super) fn ticker(mut scan: Scan<'_>) -> Option<Reading> {
    let apart = scan.before().is_none_or(|c| c == ' ');
    let signs = scan.run(|c| c == '+').len();
    (apart && signs > 1 && scan.peek().is_none_or(|c| c == ' ')).then(|| scan.says("rest", PAUSE))?
}

/// A slash between two words ("CDU/CSU") or numbers ("24/7") is a rest; after a single letter it may
/// be a unit's.
pub(super) fn slash(mut scan: Scan<'_>) -> Option<Reading> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    // "24/7", "am 1./2. Mai"
    let numbered = digit(scan.back().trim_end_matches('.').chars().next_back());
    if numbered && digit(scan.peek_second()) && scan.eat("/") {
        return scan.says("slash", PAUSE);
    }
    let word = |letters: usize| letters > 1;
    let after_number = digit(scan.before()) || scan.back().ends_with("°C");
    let before = scan.word_before().chars().rev().take_while(|c| c.is_alphabetic()).take(2).count();
    scan.eat("/").then_some(())?;
    let after = scan.rest().chars().take_while(|c| c.is_alphabetic()).take(2).count();
    // "Bündnis 90/Die Grünen"
    let named = after_number && scan.peek().is_some_and(char::is_uppercase);
    // "Lidl/18‘‘"
    let numbered = before.max(after) > 1 && after == 0 && digit(scan.peek());
    ((word(before) || named) && word(after) || numbered).then(|| scan.says("slash", PAUSE))?
}

/// The side of the world after a degree or a part of one: the "N" of "48° N".
pub(super) fn side(mut scan: Scan<'_>, sides: &[(char, &str)]) -> Option<Reading> {
    scan.back().trim_end().ends_with(['°', '′', '″']).then_some(())?;
    let letter = scan.skip()?;
    let (_, said) = sides.iter().find(|(side, _)| *side == letter)?;
    scan.at_end_of_word().then(|| scan.says("side", *said))?
}

/// What the x right after a number stands before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cross {
    /// "10x schneller".
    Word,
    /// "4x100".
    Number,
}

/// Steps over the x after a number.
pub(super) fn cross(scan: &mut Scan<'_>) -> Option<Cross> {
    let mut ahead = *scan;
    ahead.one_of("x×")?;
    let found = match ahead.peek()? {
        c if c.is_ascii_digit() => Cross::Number,
        ' ' if ahead.peek_second().is_some_and(char::is_alphabetic) => Cross::Word,
        _ => return None,
    };
    *scan = ahead;
    Some(found)
}

/// Reads the x of "25 x 7" and "25x7".
pub(super) fn times(mut scan: Scan<'_>, name: &str) -> Option<Reading> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let before = scan.back().trim_end().chars().next_back();
    scan.one_of("x×")?;
    let mut next = scan;
    next.space();
    (digit(before) && digit(next.peek())).then(|| scan.says("symbol", name))?
}
