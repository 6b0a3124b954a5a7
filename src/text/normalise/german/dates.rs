//! Dates, times, decades, seasons, and the scores that look like times.

use super::endings::{ending, is_expected};
use super::numbers::{cardinal, counting, ordinal, year};
use super::words::MONTHS;
use crate::text::normalise::Reading;
use crate::text::normalise::moment::{Clock, clock, day_and_month, full_day, season, value};
use crate::text::normalise::numeral::numeral;
use crate::text::normalise::scan::Scan;

/// "02.03.2003", "am 2.3."
pub(super) fn date(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    if let Some(date) = full_day(&mut scan) {
        let year = date.year.map_or(String::new(), |n| format!(" {}", year(n)));
        return scan.says("date", format!("{}{year}", day(start, date.day, date.month)?));
    }
    let (number, month, mark) = day_and_month(&mut scan)?;
    let two_digits = scan.since(start).len() == 5 && scan.since(start).contains('0');
    let stop = mark == '.' && scan.eat(".") && scan.at_end_of_word();
    // What goes on after its stop has not ended there: "5.5., 19 Uhr".
    let goes_on = stop && !scan.rest().trim_start_matches([')', '"', '“']).is_empty();
    let fits = goes_on || stop && is_expected(start) || two_digits;
    let dated = mark == '.' && scan.at_end_of_word() && fits;
    dated.then(|| scan.says("date", day(start, number, month)?))?
}

fn day(start: Scan<'_>, day: u64, month: u64) -> Option<String> {
    let month = MONTHS.get((month as usize).checked_sub(1)?)?;
    Some(format!("{} {month}", ordinal(day, ending(start, month))))
}

/// "20.15 Uhr", "8:05"; a score has no two-digit second half, or no hour's first.
pub(super) fn time(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    if let Some(said) = times(scan).or_else(|| duration(scan)) {
        return Some(said);
    }
    if let Some(time) = clock(&mut scan, ":.") {
        let colon = scan.since(start).contains(':');
        let hours = scan.eat_any(&[" Uhr", " h", "h"]).is_some() && scan.at_end_of_word();
        let timed = hours || colon && start.word_before() != "mit";
        return timed.then(|| scan.says("time", say(time)))?;
    }
    let hour = hour(&mut scan)?;
    let mut ahead = scan;
    let last = ahead.one_of("-–").and_then(|_| self::hour(&mut ahead));
    let said = match last {
        Some(last) => {
            scan = ahead;
            format!("{} bis {} Uhr", cardinal(hour), counting(last, "ein"))
        }
        None => format!("{} Uhr", counting(hour, "ein")),
    };
    (scan.eat(" Uhr") && scan.at_end_of_word()).then(|| scan.says("time", said))?
}

fn hour(scan: &mut Scan<'_>) -> Option<u64> {
    scan.digits_of(1, 2).and_then(value).filter(|hour| *hour <= 24)
}

/// "8.00–16.30 Uhr": the hours are named once.
fn times(mut scan: Scan<'_>) -> Option<Reading> {
    let first = clock(&mut scan, ":.")?;
    scan.space();
    scan.one_of("-–")?;
    scan.space();
    let last = clock(&mut scan, ":.")?;
    let ends = scan.eat(" Uhr") && scan.at_end_of_word();
    ends.then(|| scan.says("time", format!("{} bis {}", say(first), say(last))))?
}

/// "1:30 Stunden", "2:03:05 Stunden", "1:45 Minuten".
fn duration(mut scan: Scan<'_>) -> Option<Reading> {
    let time = clock(&mut scan, ":.")?;
    let unit = scan.eat_any(&[" Stunden", " Std.", " h", " Minuten", " Min."])?;
    scan.at_end_of_word().then_some(())?;
    let (hours, minutes, seconds) = match unit.trim_start().starts_with('M') {
        true => (0, time.hour, time.minute),
        false => (time.hour, time.minute, time.second),
    };
    let parts = [(hours, "Stunde"), (minutes, "Minute"), (seconds, "Sekunde")];
    let said = parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, noun)| part(n, noun));
    scan.says("duration", said.collect::<Vec<_>>().join(" "))
}

fn part(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", counting(n, "eine"), if n == 1 { "" } else { "n" })
}

fn say(time: Clock) -> String {
    let hour = format!("{} Uhr", counting(time.hour, "ein"));
    match (time.minute, time.second) {
        (0, 0) => hour,
        (m, 0) => format!("{hour} {}", cardinal(m)),
        (0, s) => format!("{hour} {}", part(s, "Sekunde")),
        (m, s) => format!("{hour} {} {}", part(m, "Minute"), part(s, "Sekunde")),
    }
}

/// "die 1980er", "80er-Jahre", "die 68er".
pub(super) fn decade(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let number = value(scan.digits_of(2, 4)?)?;
    let suffix = scan.eat_any(&["ern", "er"])?;
    scan.at_end_of_word()
        .then(|| scan.says("decade", format!("{}{suffix}", year(number).trim_end_matches("en"))))?
}

/// "2:1", "30:28", "1:100.000".
pub(super) fn score(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let first = value(scan.digits_of(1, 3)?)?;
    scan.eat(":").then_some(())?;
    let second = numeral(&mut scan).filter(|second| second.is_whole() && !second.is_code())?.whole;
    let ends = scan.at_end_of_word() && scan.peek() != Some(':');
    ends.then(|| scan.says("score", format!("{} zu {}", cardinal(first), cardinal(second))))?
}

/// "Mo–Fr", "Sa-So".
pub(super) fn weekdays(mut scan: Scan<'_>) -> Option<Reading> {
    let mut day = |mark: &str| {
        let name = DAYS.iter().find(|(short, _)| scan.eat(short)).map(|(_, name)| *name)?;
        scan.eat(".");
        (mark.is_empty() || scan.one_of(mark).is_some()).then_some(name)
    };
    let (first, last) = (day("-–")?, day("")?);
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
    scan.one_of("-–")?;
    let digits = scan.digits_of(2, 4).filter(|digits| digits.len() != 3)?;
    let ends = scan.at_end_of_word() && !matches!(scan.peek(), Some('-' | '–' | '/'));
    if digits.len() == 2 {
        let last = value(digits).filter(|last| *last > first % 100)?;
        return ends.then(|| scan.says("range", format!("{} {and} {}", year(first), cardinal(last))))?;
    }
    let last = value(digits).filter(is_year)?;
    (first < last && ends).then(|| scan.says("range", format!("{} {and} {}", year(first), year(last))))?
}
