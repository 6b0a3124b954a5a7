//! Dates, weekdays, decades and seasons.

use super::endings::{ending, is_expected};
use super::numbers::{cardinal, ordinal, year};
use super::times::is_clock;
use super::words::MONTHS;
use crate::text::normalise::Reading;
use crate::text::normalise::moment::{day_and_month, full_day, season, value};
use crate::text::normalise::scan::Scan;

/// "02.03.2003", "am 2.3."
pub(super) fn date(scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    days(scan).or_else(|| between_days(scan)).or_else(|| after_weekday(scan)).or_else(|| one_date(scan))
}

/// "1.5.-3.5.2024": both have the ending that the first asks for.
fn between_days(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let first = one_date(scan)?;
    scan.jump(first.end);
    scan.eat_any(&[" - ", " – ", "-", "–"])?;
    let (number, month, year) = day_in_digits(&mut scan)?;
    let month = MONTHS.get((month as usize).checked_sub(1)?)?;
    let last = ordinal(number, ending(start, month));
    scan.says("date", format!("{} bis {last} {month}{year}", first.said))
}

/// "3.5.2024", "3.5.": and the year in words.
fn day_in_digits(scan: &mut Scan<'_>) -> Option<(u64, u64, String)> {
    if let Some(date) = full_day(scan) {
        return Some((date.day, date.month, date.year.map_or(String::new(), |n| format!(" {}", year(n)))));
    }
    let (number, month, mark) = day_and_month(scan)?;
    (mark == '.' && scan.eat(".") && scan.at_end_of_word()).then_some((number, month, String::new()))
}

fn one_date(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    if let Some(date) = full_day(&mut scan) {
        let year = date.year.map_or(String::new(), |n| format!(" {}", year(n)));
        return scan.says("date", format!("{}{year}", day(start, date.day, date.month)?));
    }
    (!is_clock(scan)).then_some(())?;
    let (number, month, mark) = day_and_month(&mut scan)?;
    let two_digits = scan.since(start).len() == 5 && scan.since(start).contains('0');
    let stop = mark == '.' && scan.eat(".") && scan.at_end_of_word();
    // What goes on after its stop has not ended there: "5.5., 19 Uhr".
    let goes_on = stop && !scan.rest().trim_start_matches([')', '"', '“']).is_empty();
    let fits = goes_on || stop && is_expected(start) || two_digits;
    let dated = mark == '.' && scan.at_end_of_word() && fits;
    dated.then(|| scan.says("date", day(start, number, month)?))?
}

/// "23.-26.8.2017": the first day of a range shares the month of the last.
fn days(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let first = value(scan.digits_of(1, 2)?).filter(|day| (1..=31).contains(day))?;
    scan.eat(".").then_some(())?;
    scan.eat_any(&[" - ", " – ", "-", "–"])?;
    let (last, month, year) = day_in_digits(&mut scan)?;
    let ending = ending(start, "");
    let month = MONTHS.get((month as usize).checked_sub(1)?)?;
    (first < last).then(|| {
        let (first, last) = (ordinal(first, ending), ordinal(last, ending));
        scan.says("date", format!("{first} bis {last} {month}{year}"))
    })?
}

/// "Donnerstag, 18. 7.": without a year a date with a space is one after a weekday, "am" and the
/// like, unless what is counted follows, or another number: "Am 3. 5. Platz".
fn after_weekday(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let before = start.word_before().trim_end_matches(',');
    let cued =
        is_weekday(before) || matches!(before.to_lowercase().as_str(), "am" | "vom" | "zum" | "bis" | "ab");
    let number =
        cued.then(|| scan.digits_of(1, 2)).flatten().and_then(value).filter(|day| (1..=31).contains(day))?;
    let month = scan.eat(". ").then(|| scan.digits_of(1, 2)).flatten().and_then(value)?;
    let next = scan.rest().trim_start_matches(['.', ' ']);
    let next = next.strip_prefix("und ").or(next.strip_prefix("oder ")).unwrap_or(next);
    let goes_on = next.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase());
    (scan.eat(".") && !goes_on).then(|| scan.says("date", day(start, number, month)?))?
}

fn day(start: Scan<'_>, day: u64, month: u64) -> Option<String> {
    let month = MONTHS.get((month as usize).checked_sub(1)?)?;
    Some(format!("{} {month}", ordinal(day, ending(start, month))))
}

/// "die 1980er", "80er-Jahre", "die 68er".
pub(super) fn decade(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let number = value(scan.digits_of(2, 4)?)?;
    let suffix = scan.eat_any(&["ern", "er"])?;
    scan.at_end_of_word()
        .then(|| scan.says("decade", format!("{}{suffix}", year(number).trim_end_matches("en"))))?
}

/// "Mo–Fr", "Di - So".
pub(super) fn weekdays(mut scan: Scan<'_>) -> Option<Reading> {
    let mut day = |marks: &[&str]| {
        let name = DAYS.iter().find(|(short, _)| scan.eat(short)).map(|(_, name)| *name)?;
        scan.eat(".");
        (marks.is_empty() || scan.eat_any(marks).is_some()).then_some(name)
    };
    let (first, last) = (day(&["-", "–", " - ", " – "])?, day(&[])?);
    (scan.at_end_of_word()).then(|| scan.says("weekday", format!("{first} bis {last}")))?
}

const DAYS: [(&str, &str); 7] = [
    ("Mo", "Montag"),
    ("Di", "Dienstag"),
    ("Mi", "Mittwoch"),
    ("Do", "Donnerstag"),
    ("Fr", "Freitag"),
    ("Sa", "Samstag"),
    ("So", "Sonntag"),
];

/// Whether it is a weekday, in full or in short.
pub(super) fn is_weekday(word: &str) -> bool {
    DAYS.iter().any(|(short, name)| word == *short || word == *name)
}

/// What is said for the dash of a range.
pub(super) fn between(start: Scan<'_>) -> &'static str {
    if start.word_before().eq_ignore_ascii_case("zwischen") { "und" } else { "bis" }
}

/// "1914–1918", "2017/18".
pub(super) fn span(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    if let Some((first, last)) = season(&mut scan) {
        return scan.says("years", format!("{} {}", year(first), year(last)));
    }
    let is_year = |n: &u64| (1100..2100).contains(n);
    let and = between(scan);
    let first = value(scan.digits_of(4, 4)?).filter(is_year)?;
    let spaced = scan.space();
    scan.one_of("-–")?;
    let digits =
        (scan.space() == spaced).then(|| scan.digits_of(2, 4).filter(|digits| digits.len() != 3))??;
    // "1200 - 1500 Besucher" are counted.
    let counted = spaced && scan.rest().trim_start().starts_with(char::is_uppercase);
    (!(counted || spaced && digits.len() == 2)).then_some(())?;
    let ends = scan.at_end_of_word() && !matches!(scan.peek(), Some('-' | '–' | '/'));
    if digits.len() == 2 {
        let last = value(digits).filter(|last| *last > first % 100)?;
        return ends.then(|| scan.says("range", format!("{} {and} {}", year(first), cardinal(last))))?;
    }
    let last = value(digits).filter(is_year)?;
    (first < last && ends).then(|| scan.says("range", format!("{} {and} {}", year(first), year(last))))?
}
