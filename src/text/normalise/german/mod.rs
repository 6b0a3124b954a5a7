//! German: numbers, dates, times, money and measures, ordinals, abbreviations.

mod amounts;
mod dates;
mod endings;
mod numbers;
mod ordinals;
mod times;
mod words;

use super::abbreviation::{abbreviation, is_last};
use super::address::{Marks, address};
use super::footnote::footnote;
use super::identifier;
use super::scan::Scan;
use super::symbol::{self, side, slash, symbol, ticker};
use super::tag::{number_sign, tag};
use super::{Reading, Rule, first};

/// What is said for what stands here, if it is not said as it is written.
pub(super) fn reading(scan: Scan<'_>) -> Option<Reading> {
    match scan.peek()? {
        c if c.is_alphabetic() => first(&LETTERS, scan),
        _ => first(&DIGITS, scan),
    }
}

const LETTERS: [Rule; 11] = [
    |scan| side(scan, &SIDES),
    dates::weekdays,
    |scan| identifier::account(scan, amounts::digits),
    |scan| address(scan, &MARKS),
    street,
    ordinals::saint,
    sentence_of_law,
    |scan| abbreviation(scan, words::ABBREVIATIONS),
    ordinals::roman,
    amounts::money,
    |scan| symbol::times(scan, "mal"),
];

const DIGITS: [Rule; 27] = [
    footnote,
    |scan| identifier::identifier(scan, amounts::digits),
    amounts::dotted,
    amounts::postcode,
    ordinals::minute,
    ordinals::glued,
    dates::date,
    amounts::telephone,
    times::laps,
    times::time,
    amounts::inches,
    amounts::percentual,
    amounts::fraction,
    amounts::amount,
    ordinals::ordinal,
    dates::decade,
    times::score,
    dates::span,
    amounts::range,
    amounts::times,
    amounts::following,
    amounts::number,
    ticker,
    |scan| number_sign(scan, "Nummer"),
    |scan| symbol(scan, &SYMBOLS),
    |scan| tag(scan, "Hashtag", "at", str::to_owned),
    slash,
];

/// "Hauptstr. 5".
fn street(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let name = scan.letters().strip_suffix("str").filter(|name| name.len() > 2)?;
    scan.eat(".").then_some(())?;
    let stop = if is_last(scan) { "." } else { "" };
    scan.says("abbreviation", format!("{name}straße{stop}"))
}

/// The "S." of "Art. 2 Abs. 2 S. 1" is a sentence of the law, no page.
fn sentence_of_law(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let (part, number) = scan.words_before(2).split_once(' ')?;
    let law = matches!(part.trim_start_matches('('), "Abs." | "Absatz" | "Art." | "Artikel" | "§");
    let numbered = number.trim_end().trim_end_matches(char::is_lowercase).bytes().all(|b| b.is_ascii_digit());
    (law && numbered && scan.eat("S.")).then_some(())?;
    let mut next = scan;
    next.space();
    next.peek().is_some_and(|c| c.is_ascii_digit()).then(|| scan.says("abbreviation", "Satz"))?
}

const SIDES: [(char, &str); 5] = [('N', "Nord"), ('S', "Süd"), ('O', "Ost"), ('E', "Ost"), ('W', "West")];

const MARKS: Marks =
    Marks {
        dot: "Punkt", at: "at", slash: "Schrägstrich", hyphen: "Bindestrich", underscore: "Unterstrich"
    };

const SYMBOLS: [(char, &str); 18] = [
    ('±', "plus minus"),
    ('~', "etwa"),
    ('≈', "etwa"),
    ('<', "weniger als"),
    ('>', "mehr als"),
    ('≤', "höchstens"),
    ('≥', "mindestens"),
    ('&', "und"),
    ('§', "Paragraf"),
    ('%', "Prozent"),
    ('+', "plus"),
    ('=', "gleich"),
    ('×', "mal"),
    ('€', "Euro"),
    ('$', "Dollar"),
    ('£', "Pfund"),
    ('°', "Grad"),
    ('→', "zu"),
];

#[cfg(test)]
mod tests;
