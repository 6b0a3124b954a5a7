//! Numbers with and without what they count.

use super::dates::between;
use super::numbers::{cardinal, counting, denominator, year};
use super::words::{MONTHS, WORDS};
use crate::text::normalise::Reading;
use crate::text::normalise::abbreviation::is_last;
use crate::text::normalise::amount::{self, Amount, Counted, Noun};
use crate::text::normalise::fraction;
use crate::text::normalise::numeral::{Numeral, dotted_number, numeral};
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
    let start = scan;
    let amount = amount::amount(&mut scan, &WORDS)?;
    (!is_file(start, scan)).then_some(())?;
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

/// Of "Az. 5 L 3799/24" the letter is a court's register.
fn is_file(start: Scan<'_>, end: Scan<'_>) -> bool {
    let mut next = end;
    let number =
        next.space() && next.digits_of(1, 5).is_some() && next.eat("/") && next.digits_of(2, 2).is_some();
    let letter = end.since(start).ends_with([' ', 'L', 'W', 'V', 'g', 'm', 's', 't', 'h', 'l']);
    letter && (number || matches!(start.word_before().trim_end_matches(':'), "Az." | "Aktenzeichen"))
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
    let mut said = measure(&amount.first, one);
    if let Some(last) = &amount.last {
        said = format!("{} bis {}", measure(&amount.first, "eins"), measure(last, one));
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

/// What is counted or measured has a comma, however it is written: "1.1 Mio.".
fn measure(number: &Numeral<'_>, one: &str) -> String {
    say(&Numeral { mark: number.mark.map(|_| ','), ..*number }, one)
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

pub(super) fn digits(written: &str) -> String {
    let said = written.chars().filter_map(|c| c.to_digit(10)).map(|digit| cardinal(digit.into()));
    said.collect::<Vec<_>>().join(" ")
}

/// "drei viertel", "ein ein halb".
pub(super) fn fraction(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let minus = if amount::minus(&mut scan) { "minus " } else { "" };
    let found = fraction::fraction(&mut scan).filter(|found| is_said_as_parts(found.count, found.of))?;
    let part = match (found.count, found.of) {
        (1, 2) => "ein halb".to_owned(),
        (count, of) => format!("{} {}", counting(count, "ein"), denominator(of)),
    };
    let whole = found.whole.map_or(String::new(), |whole| format!("{} ", counting(whole, "ein")));
    scan.says("fraction", format!("{minus}{whole}{part}"))
}

/// "zwei drittel", "ein siebzigstel"; the "48/49" of a row of numbers is none.
fn is_said_as_parts(count: u64, of: u64) -> bool {
    of <= 20 || of == 100 || of == 1000 || count == 1 && of < 100
}

/// "zehn bis zwölf".
pub(super) fn range(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let and = between(scan);
    let first = numeral(&mut scan)?;
    let last = amount::range_end(&mut scan, &first, &WORDS)?;
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

/// "zwei Punkt eins Punkt zehn", for a version or a section.
pub(super) fn dotted(scan: Scan<'_>) -> Option<Reading> {
    dotted_number(scan, "Punkt", cardinal, digits)
}

/// "Große Straße 1, 26721 Emden", "D-53179 Bonn", "PLZ 50969": digit by digit.
pub(super) fn postcode(mut scan: Scan<'_>) -> Option<Reading> {
    const COUNTRIES: [&str; 5] = ["D-", "DE-", "A-", "AT-", "CH-"];
    let start = scan;
    let back = start.back();
    let abroad = COUNTRIES
        .iter()
        .any(|code| back.strip_suffix(code).is_some_and(|before| !before.ends_with(char::is_alphanumeric)));
    let least = if abroad || is_after_house(back) { 4 } else { 5 };
    let written = scan.digits_of(least, 5)?;
    let mut next = scan;
    let town = next.space()
        && next.letters().chars().count() > 2
        && start.rest()[written.len() + 1..].starts_with(char::is_uppercase);
    let cued = matches!(start.word_before(), "PLZ" | "PLZ:" | "Postleitzahl");
    let fits = abroad || cued || town && is_after_house(back) && !is_count(written, start);
    (fits && scan.at_end_of_word()).then(|| scan.says("digits", digits(written)))?
}

/// Whether it counts what follows: "Hafenstraße 8, 12500 Quadratmeter". Towns have no round codes of
/// five digits.
fn is_count(written: &str, start: Scan<'_>) -> bool {
    const COUNTED: &str = "arbeiter beschäftigte besucher betten bewohner bücher bürger dollar einwohner euro \
        exemplare fans franken frauen gäste hektar häuser jahre kinder kilogramm leser leute \
        liter menschen meter mitglieder männer nehmer personen plätze prozent schüler soldaten \
        studenten studierende stück stunden tage tiere tonnen wohnungen zuschauer";
    let noun = start.rest()[written.len()..].trim_start().split(|c: char| !c.is_alphabetic()).next();
    let noun = noun.unwrap_or_default().to_lowercase();
    written.len() == 5 && written.ends_with("00") || COUNTED.split(' ').any(|ending| noun.ends_with(ending))
}

/// Whether a street and a house's number stand before, and a comma.
fn is_after_house(back: &str) -> bool {
    const STREETS: [&str; 18] = [
        "str.",
        "straße",
        "strasse",
        "weg",
        "platz",
        "allee",
        "gasse",
        "ring",
        "damm",
        "ufer",
        "markt",
        "chaussee",
        "steig",
        "hof",
        "berg",
        "graben",
        "promenade",
        "tor",
    ];
    let Some(before) = back.strip_suffix(", ") else { return false };
    let mut words = before.rsplit(' ');
    let house = words.next().unwrap_or_default();
    let number = house.starts_with(|c: char| c.is_ascii_digit())
        && house.len() <= 8
        && house.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '–' | '/'));
    let street = words.next().unwrap_or_default().to_lowercase();
    number && STREETS.iter().any(|ending| street.ends_with(ending))
}

/// "8 Zoll", for "8″" and "27\"-Monitor"; after minutes the first are seconds, in a quotation the
/// second ends it.
pub(super) fn inches(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    let number = numeral(&mut scan)?;
    let sign = scan.one_of("″\"")?;
    let angle =
        || start.word_before().ends_with(['′', '\'', '’']) || start.back().ends_with(['′', '\'', '’']);
    let quoted = || start.in_quotation() || number.whole > 120 || scan.rest().contains('"');
    let fits = if sign == '"' { !quoted() } else { !angle() };
    (fits && scan.at_end_of_word())
        .then(|| scan.says("measure", format!("{} Zoll", measure(&number, "ein"))))?
}

/// "100%ige", "25 %iger".
pub(super) fn percentual(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let number = numeral(&mut scan)?;
    scan.eat_any(&["%", " %", "-%"])?;
    scan.eat("-");
    let ending = scan.letters().strip_prefix("ig")?;
    let said = if number.is_whole() && number.whole == 100 {
        "hundert".to_owned()
    } else {
        measure(&number, "ein") + "-"
    };
    scan.says("measure", format!("{said}prozentig{ending}"))
}

/// "S. 136f.", "§§ 70ff.": and what follows. The letter of "§ 630f" belongs to the number.
pub(super) fn following(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let word = scan.word_before();
    let number = numeral(&mut scan).filter(|number| number.is_whole() && names(word))?;
    let page = matches!(word.trim_start_matches('('), "S." | "Seite" | "Rn." | "Rdnr.");
    let spaced = scan.space();
    let said = match scan.eat_any(&["ff.", "ff", "f.", "f"])? {
        "ff." | "ff" => "fortfolgende",
        _ if spaced || page => "folgende",
        _ => return None,
    };
    let stop = if scan.before() == Some('.') && is_last(scan) { "." } else { "" };
    scan.at_end_of_word()
        .then(|| scan.says("abbreviation", format!("{} {said}{stop}", cardinal(number.whole))))?
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
    // "Formel-1-Saison", but "1-Liter-Flasche".
    let one =
        if start.before() == Some('-') || is_name(start, scan) { "eins" } else { one_before(scan, &number) };
    scan.says("number", format!("{minus}{}", say(&number, one)))
}

/// Whether the number is a name: "Abs. 1 Satz 2", "die S 1 Richtung Bernau". "Im Zimmer 1 Bett" counts.
fn is_name(start: Scan<'_>, end: Scan<'_>) -> bool {
    const LOOSE: [&str; 5] = ["Gleis", "Halle", "Linie", "Typ", "Zimmer"];
    const PLACES: [&str; 8] = ["Richtung", "Nord", "Süd", "Ost", "West", "Stand", "Etage", "Ebene"];
    let word = start.word_before();
    let letter = word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase());
    let mut next = end;
    let noun = if next.space() { next.letters() } else { "" };
    let counts = noun.starts_with(char::is_uppercase) && !PLACES.contains(&noun);
    if letter || LOOSE.contains(&word) { !counts } else { names(word) }
}

/// Whether the number after that word is a name and counts nothing: "Abs. 1 Satz 2".
fn names(word: &str) -> bool {
    const WORDS: [&str; 32] = [
        "§", "§§", "Paragraf", "Art.", "Artikel", "Abs.", "Absatz", "Nr.", "No.", "#", "Nummer", "Satz",
        "S.", "Seite", "Kapitel", "Teil", "Platz", "Rang", "Stufe", "Phase", "Gruppe", "Formel", "Typ",
        "Gleis", "Linie", "Halle", "Rn.", "Rdnr.", "Zimmer", "Staffel", "Folge", "Band",
    ];
    WORDS.contains(&word.trim_start_matches('('))
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
    const CUES: [&str; 22] = [
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
        "tsv",
        "sv",
        "tus",
        "vfl",
        "tv",
    ];
    let before = start.word_before();
    let cued = || CUES.contains(&before.to_lowercase().as_str()) || MONTHS.contains(&before);
    let mut next = end;
    let noun_follows = next.space() && next.peek().is_some_and(char::is_uppercase);
    number.is_year() && number.whole >= 1100 && (!noun_follows || cued())
}
