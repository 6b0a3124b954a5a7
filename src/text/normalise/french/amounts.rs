//! Numbers with and without what they count.

use super::numbers::{cardinal, denominator, feminine};
use super::words::WORDS;
use crate::text::normalise::Reading;
use crate::text::normalise::amount::{self, Amount, Counted, Noun};
use crate::text::normalise::fraction;
use crate::text::normalise::numeral::{Numeral, dotted_number, follows_year, numeral};
use crate::text::normalise::scan::Scan;
use crate::text::normalise::symbol::{Cross, cross};
use crate::text::normalise::telephone;

/// A currency's code before its number: "CHF 2".
pub(super) fn money(scan: Scan<'_>) -> Option<Reading> {
    let near_digit = scan.rest().bytes().take(6).any(|byte| byte.is_ascii_digit());
    near_digit.then(|| amount(scan))?
}

/// "2,5 millions €", "10-12 %", "-8 °C".
pub(super) fn amount(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let amount = amount::amount(&mut scan, &WORDS)?;
    let sign = if amount.negative { "moins " } else { "" };
    let (rule, said) = match amount.counted {
        Counted::Money(unit, part) => {
            ("money", cents(&amount, unit, part).unwrap_or_else(|| quantity(&amount, Some(unit))))
        }
        Counted::Unit(unit) => ("measure", quantity(&amount, Some(unit))),
        Counted::Nothing => ("number", quantity(&amount, None)),
    };
    let per = amount::per(&mut scan, &WORDS).map_or(String::new(), |unit| format!(" par {unit}"));
    scan.says(rule, format!("{sign}{said}{per}").trim_end())
}

/// "cinq euros cinquante", "vingt centimes".
fn cents(amount: &Amount<'_>, unit: Noun, part: Option<Noun>) -> Option<String> {
    let part = part.filter(|_| amount.scale.is_none() && amount.last.is_none())?;
    let hundredths = amount.first.hundredths()?;
    Some(match (amount.first.whole, hundredths) {
        (0, 1..) => counted(hundredths, part),
        (whole, 0) => counted(whole, unit),
        (whole, _) => format!("{} {}", counted(whole, unit), cardinal(hundredths)),
    })
}

fn counted(n: u64, noun: Noun) -> String {
    format!("{} {}", gendered(n, noun.feminine), if n < 2 { noun.one } else { noun.many })
}

fn gendered(n: u64, is_feminine: bool) -> String {
    if is_feminine { feminine(n) } else { cardinal(n) }
}

fn quantity(amount: &Amount<'_>, unit: Option<Noun>) -> String {
    let is_feminine = amount.scale.or(unit).is_some_and(|noun| noun.feminine);
    let mut said = say(&amount.first, is_feminine);
    if let Some(last) = &amount.last {
        said = format!("{said} à {}", say(last, is_feminine));
    }
    // "cinq cent mille": before "mille" hundreds have no plural.
    if unit.is_some_and(|unit| unit.many.starts_with("mille ")) {
        said.truncate(said.trim_end_matches('s').len());
    }
    let single = amount.count().whole < 2;
    match (amount.scale, unit) {
        (Some(scale), None) => format!("{said} {}", if single { scale.one } else { scale.many }),
        (Some(scale), Some(unit)) => {
            format!("{said} {} {}{}", if single { scale.one } else { scale.many }, of(unit.many), unit.many)
        }
        (None, Some(unit)) => format!("{said} {}", if single { unit.one } else { unit.many }),
        (None, None) => said,
    }
}

fn of(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u', 'h', 'é']) { "d'" } else { "de " }
}

/// A number, before a noun of that gender.
pub(super) fn say(number: &Numeral<'_>, is_feminine: bool) -> String {
    match number.mark {
        _ if number.is_code() => digits(number.written),
        None => gendered(number.whole, is_feminine),
        Some(_) => {
            format!("{} virgule {}", gendered(number.whole, is_feminine), decimals(number.decimals))
        }
    }
}

/// "zéro cinq", "trois cent trois": up to three digits are read as a number.
fn decimals(written: &str) -> String {
    let rest = written.trim_start_matches('0');
    let zeros = std::iter::repeat_n("zéro".to_owned(), written.len() - rest.len());
    let rest = match rest.len() {
        0 => None,
        1..=3 => rest.parse().ok().map(cardinal),
        _ => Some(digits(rest)),
    };
    zeros.chain(rest).collect::<Vec<_>>().join(" ")
}

pub(super) fn digits(written: &str) -> String {
    let said = written.chars().filter_map(|c| c.to_digit(10)).map(|digit| cardinal(digit.into()));
    said.collect::<Vec<_>>().join(" ")
}

/// "un huitième", for "1/8e".
fn part(mut scan: Scan<'_>) -> Option<Reading> {
    let count = scan.digits_of(1, 2)?.parse().ok()?;
    let of = scan.eat("/").then(|| scan.digits_of(1, 3))??.parse().ok().filter(|of| *of > 1)?;
    scan.eat_any(&["èmes", "ème", "es", "e"])?;
    scan.at_end_of_word()
        .then(|| scan.says("fraction", format!("{} {}", cardinal(count), denominator(of, count))))?
}

/// "trois quarts", "un et demi".
pub(super) fn fraction(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    if let Some(part) = part(scan) {
        return Some(part);
    }
    let minus = if amount::minus(&mut scan) { "moins " } else { "" };
    let found = fraction::fraction(&mut scan)?;
    if found.whole.is_none() && !is_said_as_parts(found.count, found.of) {
        let said = format!("{minus}{} sur {}", cardinal(found.count), cardinal(found.of));
        return scan.says("fraction", said);
    }
    let whole = found.whole.map(cardinal);
    let said = match (whole, found.count, found.of) {
        (Some(whole), 1, 2) => format!("{whole} et demi"),
        (Some(whole), count, of) => format!("{whole} et {} {}", cardinal(count), denominator(of, count)),
        (None, count, of) => format!("{} {}", cardinal(count), denominator(of, count)),
    };
    scan.says("fraction", format!("{minus}{said}"))
}

/// Thirds and fifths are; "15/20" is a mark and "23/43" so many of so many.
fn is_said_as_parts(count: u64, of: u64) -> bool {
    of < 10 || count == 1 && matches!(of, 10 | 12 | 20 | 100 | 1000)
}

/// "dix à douze", and a score: "trois à zéro".
pub(super) fn range(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    let first = numeral(&mut scan)?;
    let last = amount::range_end(&mut scan, &first, &WORDS)?;
    let score = !scan.since(start).contains(' ') && first.whole.max(last.whole) < 100;
    let law = matches!(start.word_before(), "loi" | "décret" | "n°" | "numéro" | "L." | "R." | "D.")
        && !last.is_code();
    let rises = first.whole < last.whole || follows_year(&first, &last);
    let fits = (rises || score) && first.is_bound() && last.is_bound() || law;
    let ends = scan.at_end_of_word() && !matches!(scan.peek(), Some('-' | '–' | '/'));
    // Of a law: "l'article 49-3", "la loi 78-17".
    const LAWS: [&str; 10] =
        ["article", "l'article", "l’article", "le", "du", "au", "loi", "décret", "n°", "numéro"];
    let article = law || score && LAWS.contains(&start.word_before());
    let between = match start.word_before() {
        _ if article => "",
        "entre" | "Entre" => "et ",
        _ => "à ",
    };
    let last = say(&last, precedes_feminine(scan));
    (fits && ends).then(|| scan.says("range", format!("{} {between}{last}", say(&first, false))))?
}

/// "zéro un, vingt-trois, quarante-cinq"
pub(super) fn telephone(scan: Scan<'_>) -> Option<Reading> {
    telephone::telephone(scan, "plus", short, short)
}

/// Groups of two and three digits are read as numbers.
fn short(written: &str) -> String {
    let number = written.parse().ok().filter(|_| written.len() < 4 && !written.starts_with('0'));
    number.map_or_else(|| digits(written), cardinal)
}

/// "dix fois plus", for "10x".
pub(super) fn times(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let number = numeral(&mut scan)?;
    // A relay is run so many times, a photograph is so wide by so high.
    let relay = |mut scan: Scan<'_>| number.whole < 10 && scan.digits_of(3, 4).is_some();
    match cross(&mut scan)? {
        Cross::Number if !relay(scan) => scan.says("times", format!("{} sur", say(&number, false))),
        _ => scan.says("times", format!("{} fois", say(&number, true))),
    }
}

/// "un point un point douze", for a version or a section.
pub(super) fn dotted(scan: Scan<'_>) -> Option<Reading> {
    dotted_number(scan, "point", cardinal, digits)
}

/// "le 49.3", "l'article 49.3"; "Android 6.0", "l'industrie 4.0".
fn pointed(start: Scan<'_>, number: &Numeral<'_>) -> Option<String> {
    let measured = matches!(start.word_before(), "magnitude" | "de" | "à");
    let mark = match number.mark? {
        '.' if number.written == "49.3" || start.word_before().ends_with("article") => "",
        '.' if is_version(start) || number.decimals == "0" && !measured => "point ",
        _ => return None,
    };
    Some(format!("{} {mark}{}", cardinal(number.whole), decimals(number.decimals)))
}

/// Whether the number after that word is a version's: "Android 6.0".
fn is_version(start: Scan<'_>) -> bool {
    let word = start.word_before();
    let plain = word.ends_with(char::is_alphanumeric);
    let named = word.chars().skip(1).any(char::is_uppercase)
        || word.starts_with(char::is_uppercase) && word.len() < start.back().trim_end().len();
    plain && named || matches!(word.to_lowercase().as_str(), "version" | "versions" | "v" | "v.")
}

/// A number by itself.
pub(super) fn number(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    let minus = if amount::minus(&mut scan) { "moins " } else { "" };
    let number = numeral(&mut scan)?;
    scan.at_end_of_word().then_some(())?;
    if number.is_part_of_code(start, scan) {
        return scan.says("digits", digits(number.written));
    }
    if let Some(said) = pointed(start, &number).filter(|_| minus.is_empty()) {
        return scan.says("number", said);
    }
    scan.says("number", format!("{minus}{}", say(&number, precedes_feminine(scan))))
}

/// Whether the word that follows is a feminine noun, as far as its ending tells.
fn precedes_feminine(mut scan: Scan<'_>) -> bool {
    const NOUNS: [&str; 22] = [
        "personne",
        "heure",
        "minute",
        "seconde",
        "fois",
        "victime",
        "tonne",
        "commune",
        "femme",
        "fille",
        "entreprise",
        "école",
        "place",
        "semaine",
        "famille",
        "page",
        "voiture",
        "maison",
        "voix",
        "ville",
        "région",
        "équipe",
    ];
    const ENDINGS: [&str; 8] = ["tion", "sion", "té", "ance", "ence", "ée", "ette", "aine"];
    let word = if scan.space() { scan.letters() } else { "" };
    let single = word.strip_suffix('s').unwrap_or(word);
    NOUNS.contains(&word) || NOUNS.contains(&single) || ENDINGS.iter().any(|ending| single.ends_with(ending))
}
