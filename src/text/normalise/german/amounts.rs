//! Numbers with and without what they count.

use super::dates::between;
use super::numbers::{cardinal, counting, denominator, year};
use super::words::{MONTHS, WORDS};
use crate::text::normalise::Reading;
use crate::text::normalise::amount::{self, Amount, Counted, Noun};
use crate::text::normalise::fraction;
use crate::text::normalise::numeral::{Numeral, numeral};
use crate::text::normalise::scan::Scan;
use crate::text::normalise::symbol::cross;
use crate::text::normalise::telephone;

/// A currency's code before its number: "CHF 2 Mio.".
pub(super) fn money(scan: Scan<'_>) -> Option<Reading> {
    let near_digit = scan.rest().bytes().take(6).any(|byte| byte.is_ascii_digit());
    near_digit.then(|| amount(scan))?
}

/// "2,5 Mio. €", "10–12 %", "-8 °C".
pub(super) fn amount(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let amount = amount::amount(&mut scan, &WORDS)?;
    let sign = if amount.negative { "minus " } else { "" };
    let (rule, said) = match amount.counted {
        Counted::Money(unit, part) => {
            ("money", cents(&amount, unit, part).unwrap_or_else(|| quantity(&amount, Some(unit))))
        }
        Counted::Unit(unit) => ("measure", quantity(&amount, Some(unit))),
        Counted::Nothing => ("number", quantity(&amount, None)),
    };
    let per = amount::per(&mut scan, &WORDS).map_or(String::new(), |unit| format!(" pro {unit}"));
    scan.says(rule, format!("{sign}{said}{per}").trim_end())
}

/// "fünf Euro zwanzig Cent".
fn cents(amount: &Amount<'_>, unit: Noun, part: Option<Noun>) -> Option<String> {
    let part = part.filter(|_| amount.scale.is_none() && amount.last.is_none())?;
    let hundredths = amount.first.hundredths()?;
    let coins = || counted(hundredths, part);
    Some(match (amount.first.whole, hundredths) {
        (0, 1..) => coins(),
        (whole, 0) => counted(whole, unit),
        (whole, _) => format!("{} {}", counted(whole, unit), coins()),
    })
}

fn counted(n: u64, noun: Noun) -> String {
    format!("{} {}", counting(n, one(noun)), if n == 1 { noun.one } else { noun.many })
}

fn one(noun: Noun) -> &'static str {
    if noun.feminine { "eine" } else { "ein" }
}

fn quantity(amount: &Amount<'_>, unit: Option<Noun>) -> String {
    let nearest = amount.scale.or(unit);
    let one = nearest.map_or("eins", one);
    let mut said = say(&amount.first, one);
    if let Some(last) = &amount.last {
        said = format!("{} bis {}", say(&amount.first, "eins"), say(last, one));
    }
    let single = amount.count().is_one();
    if let Some(scale) = amount.scale {
        said = format!("{said} {}", if single { scale.one } else { scale.many });
    }
    match unit {
        Some(unit) => {
            format!("{said} {}", if single && amount.scale.is_none() { unit.one } else { unit.many })
        }
        None => said,
    }
}

/// A number; `one` is what its last one becomes.
pub(super) fn say(number: &Numeral<'_>, one: &str) -> String {
    match number.mark {
        _ if number.is_code() => digits(number.written),
        None => counting(number.whole, one),
        Some(mark) => {
            let mark = if mark == ',' { "Komma" } else { "Punkt" };
            format!("{} {mark} {}", cardinal(number.whole), digits(number.decimals))
        }
    }
}

fn digits(written: &str) -> String {
    let said = written.chars().filter_map(|c| c.to_digit(10)).map(|digit| cardinal(digit.into()));
    said.collect::<Vec<_>>().join(" ")
}

/// "drei viertel", "ein ein halb".
pub(super) fn fraction(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let minus = if amount::minus(&mut scan) { "minus " } else { "" };
    let found = fraction::fraction(&mut scan).filter(|found| found.of <= 100 || found.of == 1000)?;
    let part = match (found.count, found.of) {
        (1, 2) => "ein halb".to_owned(),
        (count, of) => format!("{} {}", counting(count, "ein"), denominator(of)),
    };
    let whole = found.whole.map_or(String::new(), |whole| format!("{} ", counting(whole, "ein")));
    scan.says("fraction", format!("{minus}{whole}{part}"))
}

/// "zehn bis zwölf".
pub(super) fn range(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let and = between(scan);
    let first = numeral(&mut scan)?;
    let last = amount::range_end(&mut scan)?;
    let rises = first.whole < last.whole && first.is_bound() && last.is_bound();
    let ends = scan.at_end_of_word() && !matches!(scan.peek(), Some('-' | '–' | '/'));
    let one = one_before(scan, &last);
    (rises && ends)
        .then(|| scan.says("range", format!("{} {and} {}", say(&first, "eins"), say(&last, one))))?
}

/// "plus neun und vierzig, drei null, eins zwei drei vier"
pub(super) fn telephone(scan: Scan<'_>) -> Option<Reading> {
    telephone::telephone(scan, "plus", |code| code.parse().map_or_else(|_| digits(code), cardinal), digits)
}

/// "zehn mal schneller", for "10x".
pub(super) fn times(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let number = numeral(&mut scan)?;
    cross(&mut scan)?;
    scan.says("times", format!("{} mal", say(&number, "ein")))
}

/// A number by itself.
pub(super) fn number(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    let minus = if amount::minus(&mut scan) { "minus " } else { "" };
    let number = numeral(&mut scan)?;
    // "3D", "10fach": the letters belong to it.
    scan.at_end_of_word().then_some(())?;
    if number.is_part_of_code(start, scan) {
        return scan.says("digits", digits(number.written));
    }
    if minus.is_empty() && is_year(start, scan, &number) {
        return scan.says("year", year(number.whole));
    }
    let one = if names(start.word_before()) { "eins" } else { one_before(scan, &number) };
    scan.says("number", format!("{minus}{}", say(&number, one)))
}

/// Whether the number after that word is a name and counts nothing: "Abs. 1 Satz 2".
fn names(word: &str) -> bool {
    const WORDS: [&str; 18] = [
        "§", "Paragraf", "Art.", "Artikel", "Abs.", "Absatz", "Nr.", "Nummer", "Satz", "S.", "Seite",
        "Kapitel", "Teil", "Platz", "Rang", "Stufe", "Phase", "Gruppe",
    ];
    WORDS.contains(&word)
}

/// What one becomes before the word that follows: nouns have capitals.
fn one_before(scan: Scan<'_>, number: &Numeral<'_>) -> &'static str {
    let mut next = scan;
    let hyphen = next.eat("-");
    let spaced = next.space();
    let noun = next.letters();
    if !(hyphen || spaced) || noun.is_empty() || spaced && !noun.starts_with(char::is_uppercase) {
        return "eins";
    }
    let feminine =
        ["ung", "heit", "keit", "schaft", "ion", "tät", "e", "Frau", "Nacht", "Person", "Stadt", "Stimme"];
    if number.is_one() && spaced && feminine.iter().any(|ending| noun.ends_with(ending)) {
        "eine"
    } else {
        "ein"
    }
}

/// "1945 endete der Krieg", but "1945 Soldaten".
fn is_year(start: Scan<'_>, end: Scan<'_>, number: &Numeral<'_>) -> bool {
    const CUES: [&str; 17] = [
        "jahr",
        "jahre",
        "jahres",
        "jahren",
        "seit",
        "bis",
        "von",
        "ab",
        "vor",
        "anno",
        "sommer",
        "winter",
        "frühjahr",
        "herbst",
        "anfang",
        "ende",
        "mitte",
    ];
    let before = start.word_before();
    let cued = || CUES.contains(&before.to_lowercase().as_str()) || MONTHS.contains(&before);
    let mut next = end;
    let noun_follows = next.space() && next.peek().is_some_and(char::is_uppercase);
    number.is_year() && number.whole >= 1100 && (!noun_follows || cued())
}
