//! Numbers with and without what they count.

use super::agreement::before;
use super::numbers::{Before, cardinal, denominator};
use super::thousands::numeral;
use super::words::WORDS;
use crate::text::normalise::Reading;
use crate::text::normalise::amount::{self, Amount, Counted, Noun};
use crate::text::normalise::fraction::{self, Fraction};
use crate::text::normalise::numeral::{Numeral, dotted_number, follows_year};
use crate::text::normalise::scan::Scan;
use crate::text::normalise::symbol::{Cross, cross};
use crate::text::normalise::telephone;

/// A currency's code before its number: "CHF 2".
pub(super) fn money(scan: Scan<'_>) -> Option<Reading> {
    let near_digit = scan.rest().bytes().take(6).any(|byte| byte.is_ascii_digit());
    near_digit.then(|| amount(scan))?
}

/// "2,5 millones €", "10-12 %", "-8 °C".
pub(super) fn amount(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    let amount = amount::amount(&mut scan, &WORDS)?;
    (!is_verb(start, scan, &amount) && !is_initial(start, &amount)).then_some(())?;
    let sign = if amount.negative { "menos " } else { "" };
    let (rule, said) = match amount.counted {
        Counted::Money(unit, part) => {
            ("money", cents(&amount, unit, part).unwrap_or_else(|| quantity(&amount, Some(unit))))
        }
        Counted::Unit(unit) => ("measure", quantity(&amount, Some(unit))),
        Counted::Nothing => ("number", quantity(&amount, None)),
    };
    let per = amount::per(&mut scan, &WORDS).map_or(String::new(), |unit| format!(" por {unit}"));
    scan.says(rule, format!("{sign}{said}{per}").trim_end())
}

/// The "ha" of "Mundial 2024 ha querido" is no area.
fn is_verb(start: Scan<'_>, end: Scan<'_>, amount: &Amount<'_>) -> bool {
    let after = end.rest().trim_start();
    let word = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let participle = ["ado", "ido", "ído", "sto", "cho", "rto", "elto", "rito"]
        .iter()
        .any(|ending| word.ends_with(ending));
    let of_what = after
        .strip_prefix("de ")
        .map(|what| what.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default());
    let area = of_what.is_some_and(|what| !what.ends_with('r')) || word.is_empty();
    end.since(start).ends_with("ha") && (participle || amount.first.is_year() && !area)
}

/// Guaraníes come by the thousand: the "G." of "Ana G. 1500 metros" is a name's.
fn is_initial(start: Scan<'_>, amount: &Amount<'_>) -> bool {
    let thousands = amount.first.whole >= 1000 && amount.first.written.contains('.');
    start.rest().starts_with("G.") && !thousands && amount.scale.is_none()
}

/// "en el min. 6", "(1-0, min. 16)": a minute of a match. "min. 5 °C" is the least there may be.
pub(super) fn min(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    (start.at_start_of_word() && scan.eat("min")).then_some(())?;
    let stop = scan.eat(".");
    let mut next = scan;
    let measured = next.space() && amount::amount(&mut next, &WORDS).is_some();
    let number = next.digits_of(1, 3).is_some() && next.at_end_of_word();
    let counted = start.word_before().ends_with(|c: char| c.is_ascii_digit());
    let article = matches!(start.word_before().to_lowercase().as_str(), "el" | "al" | "del");
    match (measured, number && (article || has_score(start.back()))) {
        (true, _) if stop && !counted => scan.says("abbreviation", "mínimo"),
        (false, true) => scan.says("abbreviation", "minuto"),
        _ => None,
    }
}

/// Whether brackets are open, and a score stands before: "1-0 (", "(1-0, ".
fn has_score(back: &str) -> bool {
    let score = |word: &str| {
        let goals = word.trim_matches(['(', ',']).split_once(['-', '–']);
        let number = |goals: &str| (1..3).contains(&goals.len()) && goals.bytes().all(|b| b.is_ascii_digit());
        goals.is_some_and(|(ours, theirs)| number(ours) && number(theirs))
    };
    back.rfind('(') > back.rfind(')') && back.split(' ').any(score)
}

/// "cinco euros cincuenta céntimos", "un centavo".
fn cents(amount: &Amount<'_>, unit: Noun, part: Option<Noun>) -> Option<String> {
    let part = part.filter(|_| amount.scale.is_none() && amount.last.is_none())?;
    let hundredths = amount.first.hundredths()?;
    Some(match (amount.first.whole, hundredths) {
        (0, 1..) => counted(hundredths, part),
        (whole, 0) => counted(whole, unit),
        (whole, _) => format!("{} {}", counted(whole, unit), counted(hundredths, part)),
    })
}

fn counted(n: u64, noun: Noun) -> String {
    let link = if n > 0 && n.is_multiple_of(1_000_000) { "de " } else { "" };
    format!("{} {link}{}", cardinal(n, gender(noun)), if n == 1 { noun.one } else { noun.many })
}

fn gender(noun: Noun) -> Before {
    match noun.feminine {
        true => Before::Feminine,
        false if noun.one.starts_with("por ") => Before::Nothing,
        false => Before::Masculine,
    }
}

fn quantity(amount: &Amount<'_>, unit: Option<Noun>) -> String {
    let before = amount.scale.or(unit).map_or(Before::Nothing, gender);
    let mut said = say(&amount.first, before);
    if let Some(last) = &amount.last {
        said = format!("{said} a {}", say(last, before));
    }
    let single = amount.count().is_one();
    match (amount.scale, unit) {
        (Some(scale), None) => format!("{said} {}", scale.many),
        (Some(scale), Some(unit)) => format!("{said} {} de {}", scale.many, unit.many),
        (None, Some(unit)) => format!("{said} {}", if single { unit.one } else { unit.many }),
        (None, None) => said,
    }
}

/// A number before what it counts.
pub(super) fn say(number: &Numeral<'_>, before: Before) -> String {
    match number.mark {
        _ if number.is_code() => digits(number.written),
        None => cardinal(number.whole, before),
        Some(mark) => {
            let mark = if mark == ',' { "coma" } else { "punto" };
            // "veintiuno coma un millones": what is counted shapes the last word alone.
            let whole = if before == Before::Feminine { before } else { Before::Nothing };
            format!("{} {mark} {}", cardinal(number.whole, whole), decimals(number.decimals, before))
        }
    }
}

/// Up to three digits are read as a number, more of them in pairs.
fn decimals(written: &str, before: Before) -> String {
    let step = if written.len() <= 3 && !written.starts_with('0') { 3 } else { 2 };
    let chunks: Vec<&str> = (0..written.len())
        .step_by(step)
        .filter_map(|i| written.get(i..written.len().min(i + step)))
        .collect();
    let last = chunks.len().saturating_sub(1);
    let form = |i| if i == last || before == Before::Feminine { before } else { Before::Nothing };
    chunks.iter().enumerate().map(|(i, chunk)| pair(chunk, form(i))).collect::<Vec<_>>().join(" ")
}

/// "cero dos", "veinticinco".
fn pair(written: &str, before: Before) -> String {
    let rest = written.trim_start_matches('0');
    let zeros = std::iter::repeat_n("cero".to_owned(), written.len() - rest.len());
    zeros.chain(rest.parse().ok().map(|n| cardinal(n, before))).collect::<Vec<_>>().join(" ")
}

pub(super) fn digits(written: &str) -> String {
    let said =
        written.chars().filter_map(|c| c.to_digit(10)).map(|digit| cardinal(digit.into(), Before::Nothing));
    said.collect::<Vec<_>>().join(" ")
}

/// "tres cuartos", "uno y medio", "tres quintos de milla por hora".
pub(super) fn fraction(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let minus = if amount::minus(&mut scan) { "menos " } else { "" };
    let found = fraction::fraction(&mut scan)?;
    let said = match amount::counted(&mut scan, &WORDS, false) {
        Some(Counted::Unit(unit)) => part_of(found, unit),
        Some(Counted::Money(unit, _)) => part_of(found, unit),
        _ => mixed(found, Before::Nothing),
    };
    scan.says("fraction", format!("{minus}{said}"))
}

fn part_of(fraction: Fraction, unit: Noun) -> String {
    let said = mixed(fraction, gender(unit));
    match (fraction.count, fraction.of) {
        (1, 2) => format!("{said} {}", unit.one),
        _ => format!("{said} de {}", unit.one),
    }
}

fn mixed(fraction: Fraction, before: Before) -> String {
    let part = part(fraction, before);
    fraction.whole.map_or(part.clone(), |whole| format!("{} y {part}", cardinal(whole, before)))
}

fn part(Fraction { count, of, .. }: Fraction, before: Before) -> String {
    let said_as_parts = count == 1 || of <= 10 || matches!(of, 100 | 1000);
    match denominator(of).filter(|_| said_as_parts) {
        _ if (count, of) == (1, 2) => if before == Before::Feminine { "media" } else { "medio" }.to_owned(),
        Some(name) => {
            format!("{} {name}{}", cardinal(count, Before::Masculine), if count == 1 { "" } else { "s" })
        }
        None => format!("{} sobre {}", cardinal(count, Before::Nothing), cardinal(of, Before::Nothing)),
    }
}

/// "diez a doce", and a score: "tres a cero".
pub(super) fn range(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    let first = numeral(&mut scan)?;
    let last = amount::range_end(&mut scan, &first, &WORDS)?;
    let score = !scan.since(start).contains(' ') && first.whole.max(last.whole) < 100;
    let grows = first.whole < last.whole && last.whole < 10 * first.whole.max(10);
    let rises = grows || follows_year(&first, &last);
    let fits = (rises || score) && first.is_bound() && last.is_bound();
    let ends = scan.at_end_of_word() && !matches!(scan.peek(), Some('-' | '–' | '/'));
    let and = if start.word_before().eq_ignore_ascii_case("entre") { "y" } else { "a" };
    let said = || format!("{} {and} {}", say(&first, Before::Nothing), say(&last, before(scan, false)));
    (fits && ends).then(|| scan.says("range", said()))?
}

/// "más treinta y cuatro, nueve uno, uno dos tres"
pub(super) fn telephone(scan: Scan<'_>) -> Option<Reading> {
    telephone::telephone(
        scan,
        "más",
        |code| code.parse().map_or_else(|_| digits(code), |n| cardinal(n, Before::Nothing)),
        digits,
    )
}

/// "diez veces más", for "10x".
pub(super) fn times(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let number = numeral(&mut scan)?;
    let noun = if number.is_one() { "vez" } else { "veces" };
    match cross(&mut scan)? {
        Cross::Word => scan.says("times", format!("{} {noun}", say(&number, Before::Feminine))),
        Cross::Number => scan.says("times", format!("{} por", say(&number, Before::Nothing))),
    }
}

/// "uno punto uno punto doce", for a version or a section.
pub(super) fn dotted(scan: Scan<'_>) -> Option<Reading> {
    dotted_number(scan, "punto", |n| cardinal(n, Before::Nothing), digits)
}

/// A number by itself.
pub(super) fn number(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    let minus = if amount::minus(&mut scan) { "menos " } else { "" };
    let number = numeral(&mut scan)?;
    scan.at_end_of_word().then_some(())?;
    if number.is_part_of_code(start, scan) {
        return scan.says("digits", digits(number.written));
    }
    let hour = number.is_one() && matches!(start.words_before(2), "a la" | "A la");
    let form = if hour { Before::Feminine } else { before(scan, number.is_one()) };
    scan.says("number", format!("{minus}{}", say(&number, form)))
}
