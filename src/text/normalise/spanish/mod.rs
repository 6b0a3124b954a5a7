//! Spanish: numbers, dates, times, money and measures, ordinals, abbreviations.

mod agreement;
mod amounts;
mod dates;
mod numbers;
mod ordinals;
mod thousands;
mod words;

use super::abbreviation::abbreviation;
use super::address::{Marks, address};
use super::footnote::footnote;
use super::identifier;
use super::scan::Scan;
use super::symbol::{side, slash, symbol, ticker, times};
use super::tag::{number_sign, tag};
use super::{Reading, Rule, first};

/// What is said for what stands here, if it is not said as it is written.
pub(super) fn reading(scan: Scan<'_>) -> Option<Reading> {
    match scan.peek()? {
        c if c.is_alphabetic() => first(&LETTERS, scan),
        _ => first(&DIGITS, scan),
    }
}

const LETTERS: [Rule; 9] = [
    |scan| side(scan, &SIDES),
    |scan| identifier::account(scan, amounts::digits),
    |scan| address(scan, &MARKS),
    amounts::min,
    |scan| abbreviation(scan, words::ABBREVIATIONS),
    ordinals::roman,
    dates::month_first,
    amounts::money,
    |scan| times(scan, "por"),
];

const DIGITS: [Rule; 20] = [
    footnote,
    |scan| identifier::identifier(scan, amounts::digits),
    amounts::dotted,
    dates::seasons,
    dates::date,
    amounts::telephone,
    dates::laps,
    dates::time,
    dates::hour,
    amounts::amount,
    amounts::fraction,
    ordinals::ordinal,
    amounts::range,
    amounts::times,
    amounts::number,
    ticker,
    |scan| number_sign(scan, "número"),
    |scan| symbol(scan, &SYMBOLS),
    |scan| tag(scan, "hashtag", "arroba", str::to_owned),
    slash,
];

const SIDES: [(char, &str); 5] =
    [('N', "norte"), ('S', "sur"), ('E', "este"), ('O', "oeste"), ('W', "oeste")];

const MARKS: Marks =
    Marks { dot: "punto", at: "arroba", slash: "barra", hyphen: "guion", underscore: "guion bajo" };

const SYMBOLS: [(char, &str); 17] = [
    ('±', "más menos"),
    ('~', "unos"),
    ('≈', "unos"),
    ('<', "menos de"),
    ('>', "más de"),
    ('≤', "como máximo"),
    ('≥', "al menos"),
    ('°', "grados"),
    ('&', "y"),
    ('§', "párrafo"),
    ('%', "por ciento"),
    ('+', "más"),
    ('=', "igual a"),
    ('×', "por"),
    ('€', "euros"),
    ('$', "dólares"),
    ('£', "libras"),
];

#[cfg(test)]
mod tests;
