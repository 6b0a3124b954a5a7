//! French: numbers, dates, times, money and measures, ordinals, abbreviations.

mod amounts;
mod dates;
mod numbers;
mod ordinals;
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
        'M' if is_lawyer(scan) => lawyer(scan),
        c if c.is_alphabetic() => first(&LETTERS, scan),
        _ => first(&DIGITS, scan),
    }
}

const LETTERS: [Rule; 7] = [
    |scan| side(scan, &SIDES),
    |scan| identifier::account(scan, amounts::digits),
    |scan| address(scan, &MARKS),
    |scan| abbreviation(scan, words::ABBREVIATIONS),
    ordinals::roman,
    amounts::money,
    |scan| times(scan, "sur"),
];

const DIGITS: [Rule; 20] = [
    footnote,
    |scan| identifier::identifier(scan, amounts::digits),
    amounts::dotted,
    dates::seasons,
    dates::laps,
    dates::set_forms,
    dates::time,
    amounts::telephone,
    amounts::amount,
    dates::date,
    amounts::fraction,
    ordinals::ordinal,
    amounts::range,
    amounts::times,
    amounts::number,
    ticker,
    |scan| number_sign(scan, "numéro"),
    |scan| symbol(scan, &SYMBOLS),
    |scan| tag(scan, "hashtag", "arobase", str::to_owned),
    slash,
];

const SIDES: [(char, &str); 5] = [('N', "nord"), ('S', "sud"), ('E', "est"), ('O', "ouest"), ('W', "ouest")];

const MARKS: Marks =
    Marks { dot: "point", at: "arobase", slash: "barre", hyphen: "tiret", underscore: "tiret bas" };

const SYMBOLS: [(char, &str); 17] = [
    ('±', "plus ou moins"),
    ('~', "environ"),
    ('≈', "environ"),
    ('<', "moins de"),
    ('>', "plus de"),
    ('≤', "au plus"),
    ('≥', "au moins"),
    ('°', "degrés"),
    ('&', "et"),
    ('§', "paragraphe"),
    ('%', "pour cent"),
    ('+', "plus"),
    ('=', "égale"),
    ('×', "fois"),
    ('€', "euros"),
    ('$', "dollars"),
    ('£', "livres"),
];

/// "Me" before a name, but not where it may be the pronoun: at a sentence's start, in a title.
fn is_lawyer(mut scan: Scan<'_>) -> bool {
    let begins = scan.at_start_of_word() && scan.word_before().starts_with(char::is_lowercase);
    begins && scan.eat("Me ") && scan.peek().is_some_and(char::is_uppercase)
}

fn lawyer(mut scan: Scan<'_>) -> Option<Reading> {
    scan.eat("Me").then(|| scan.says("abbreviation", "maître"))?
}

#[cfg(test)]
mod tests;
