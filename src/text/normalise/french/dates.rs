//! Dates, times and decades.

use super::numbers::{cardinal, feminine};
use super::words::MONTHS;
use crate::text::normalise::Reading;
use crate::text::normalise::moment::{Clock, clock, day_and_month, full_day, primes, season, value};
use crate::text::normalise::scan::Scan;

/// "02/03/2003", "le 17.06", "les 17-18 juin", "1 mars".
pub(super) fn date(scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    in_digits(scan).or_else(|| days(scan))
}

fn in_digits(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    if let Some(date) = full_day(&mut scan) {
        let year = date.year.map_or(String::new(), |n| format!(" {}", cardinal(n)));
        return scan.says("date", format!("{} {}{year}", day(date.day), month(date.month)?));
    }
    let (number, of, mark) = day_and_month(&mut scan)?;
    let written = scan.since(start);
    let cued = matches!(start.word_before(), "le" | "Le" | "du" | "au" | "dès") && mark == '/';
    let padded = written.len() == 5 && (written.starts_with('0') || written.contains(&format!("{mark}0")));
    let ends = scan.at_end_of_word() && !matches!(scan.peek(), Some('/' | '-'));
    (ends && mark != '-' && (padded || cued))
        .then(|| scan.says("date", format!("{} {}", day(number), month(of)?)))?
}

/// One or several days before a month's name.
fn days(mut scan: Scan<'_>) -> Option<Reading> {
    let mut last = one_day(&mut scan)?;
    let mut said = vec![day(last)];
    while said.len() < 10
        && let Some(mark) = scan.one_of("/-–")
    {
        let next = one_day(&mut scan)?;
        // "17-18 juin" are two days, "17-20 juin" four.
        said.extend((mark != '/' && next > last + 1).then(|| "à".to_owned()));
        said.push(day(next));
        last = next;
    }
    let mut next = scan;
    let dated = next.space() && MONTHS.contains(&next.letters().to_lowercase().as_str());
    dated.then(|| scan.says("date", said.join(" ")))?
}

fn one_day(scan: &mut Scan<'_>) -> Option<u64> {
    value(scan.digits_of(1, 2)?).filter(|day| (1..=31).contains(day))
}

fn day(n: u64) -> String {
    if n == 1 { "premier".to_owned() } else { cardinal(n) }
}

fn month(n: u64) -> Option<&'static str> {
    MONTHS.get((n as usize).checked_sub(1)?).copied()
}

/// "20h30", "8 h", "20:30".
pub(super) fn time(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let first = one_time(scan)?;
    scan.jump(first.end);
    let last = scan.eat_any(&["-", "–", " - ", " – "]).and_then(|_| one_time(scan));
    let Some(last) = last.filter(|_| !first.said.contains(" sur ")) else {
        return Some(first);
    };
    scan.jump(last.end);
    scan.says("time", format!("{} à {}", first.said, last.said))
}

fn one_time(mut scan: Scan<'_>) -> Option<Reading> {
    if let Some(time) = clock(&mut scan, ":") {
        scan.eat("h");
        return scan.says("time", to_the_second(time));
    }
    let hour = value(scan.digits_of(1, 2)?).filter(|hour| *hour <= 24)?;
    scan.space();
    scan.one_of("hH")?;
    let minute = part(&mut scan, &[" min", " mn", "min", "mn", ""]).unwrap_or(0);
    if let Some(second) = part(&mut scan, &[" s", "s", " sec"]) {
        return scan.says("time", to_the_second(Clock { hour, minute, second }));
    }
    let around = if scan.eat("/24") { " sur vingt-quatre" } else { "" };
    scan.at_end_of_word().then(|| scan.says("time", format!("{}{around}", hours(hour, minute))))?
}

/// Steps over the "58 min" or "30 s" that follows an hour.
fn part(scan: &mut Scan<'_>, units: &[&str]) -> Option<u64> {
    let mut ahead = *scan;
    ahead.space();
    let count = value(ahead.digits_of(2, 2)?).filter(|count| *count < 60)?;
    let end = units.iter().find_map(|unit| {
        let mut end = ahead;
        (end.eat(unit) && end.at_end_of_word()).then_some(end)
    })?;
    *scan = end;
    Some(count)
}

/// "1'46''47", "2h35'07''".
pub(super) fn laps(mut scan: Scan<'_>) -> Option<Reading> {
    let lap = scan.at_start_of_word().then(|| primes(&mut scan)).flatten()?;
    let parts = [(lap.hours, "heure"), (lap.minutes, "minute"), (lap.seconds, "seconde")];
    let counted = parts.into_iter().filter(|(n, noun)| *n > 0 || *noun == "seconde");
    let said: Vec<String> = counted.map(|(n, noun)| several(n, noun)).collect();
    let rest = lap.parts.parse().ok().map_or(String::new(), |n| format!(" {}", cardinal(n)));
    scan.says("duration", format!("{}{rest}", said.join(" ")))
}

fn several(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", feminine(n), if n < 2 { "" } else { "s" })
}

/// "deux heures trente-cinq minutes sept secondes".
fn to_the_second(time: Clock) -> String {
    let minutes = several(time.minute, "minute");
    let seconds = several(time.second, "seconde");
    match (time.minute, time.second) {
        (minute, 0) => hours(time.hour, minute),
        (0, _) => format!("{} {seconds}", hours(time.hour, 0)),
        _ => format!("{} {minutes} {seconds}", hours(time.hour, 0)),
    }
}

fn hours(hour: u64, minute: u64) -> String {
    let hours = format!("{} {}", feminine(hour), if hour < 2 { "heure" } else { "heures" });
    if minute == 0 { hours } else { format!("{hours} {}", feminine(minute)) }
}

/// "les 80s" are said in English; "7j/7".
pub(super) fn set_forms(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    const DECADES: [(&str, &str); 4] =
        [("60s", "sixties"), ("70s", "seventies"), ("80s", "eighties"), ("90s", "nineties")];
    if let Some((_, said)) = DECADES.iter().find(|(written, _)| scan.eat(written)) {
        return scan.at_end_of_word().then(|| scan.says("decade", *said))?;
    }
    scan.eat_any(&["7j/7", "7 j/7", "7 jours/7"])?;
    scan.says("set-form", "sept jours sur sept")
}

/// "2017/18", "2017/2018".
pub(super) fn seasons(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let (first, last) = season(&mut scan)?;
    scan.says("years", format!("{} {}", cardinal(first), cardinal(last)))
}
