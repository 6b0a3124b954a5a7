//! Dates and times.

use super::numbers::{Before, cardinal};
use super::words::MONTHS;
use crate::text::normalise::Reading;
use crate::text::normalise::moment::{Clock, Lap, clock, full_day, primes, season, value};
use crate::text::normalise::scan::Scan;

fn plain(n: u64) -> String {
    cardinal(n, Before::Nothing)
}

/// "10/10/1989", "1 de mayo", "30 julio".
pub(super) fn date(scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    in_digits(scan).or_else(|| before_month(scan))
}

fn in_digits(mut scan: Scan<'_>) -> Option<Reading> {
    let date = full_day(&mut scan)?;
    let month = MONTHS.get((date.month as usize).checked_sub(1)?)?;
    let year = date.year.map_or(String::new(), |n| format!(" de {}", plain(n)));
    scan.says("date", format!("{} de {month}{year}", day(date.day)))
}

fn before_month(mut scan: Scan<'_>) -> Option<Reading> {
    let number = one_day(&mut scan)?;
    let mut next = scan;
    next.space().then_some(())?;
    if next.eat("de ") {
        return is_month(next.letters()).then(|| scan.says("date", day(number)))?;
    }
    is_month(next.letters()).then(|| scan.says("date", format!("{} de", day(number))))?
}

/// "junio 11 2000" is said in the usual order; "en junio 11 personas" is no date.
pub(super) fn month_first(mut scan: Scan<'_>) -> Option<Reading> {
    (scan.at_start_of_word() && matches!(scan.peek(), Some('a'..='z' | 'A'..='Z'))).then_some(())?;
    let month = Some(scan.letters()).filter(|word| is_month(word))?;
    scan.space().then_some(())?;
    let number = one_day(&mut scan)?;
    let mut ahead = scan;
    let _ = ahead.eat(",");
    let year = ahead.space().then(|| ahead.digits_of(4, 4)).flatten().and_then(value);
    if let Some(year) = year.filter(|_| ahead.at_end_of_word()) {
        return ahead.says("date", format!("{} de {month} de {}", day(number), plain(year)));
    }
    let ends = scan.rest().is_empty() || scan.rest().starts_with([',', '.', ';', ')']);
    ends.then(|| scan.says("date", format!("{} de {month}", day(number))))?
}

fn one_day(scan: &mut Scan<'_>) -> Option<u64> {
    value(scan.digits_of(1, 2)?).filter(|day| (1..=31).contains(day))
}

fn is_month(word: &str) -> bool {
    let word = word.to_lowercase();
    MONTHS.contains(&word.as_str()) || word == "setiembre"
}

fn day(n: u64) -> String {
    if n == 1 { "primero".to_owned() } else { plain(n) }
}

/// "01:00", "a las 20.30", "1.05 h", "12h02m", "1:00 p. m.".
pub(super) fn time(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    let time = clock(&mut scan, ":.").or_else(|| with_letters(&mut scan))?;
    let colon = !scan.since(start).contains('.');
    let mut ahead = scan;
    if let Some(last) = ahead.one_of("-–").and_then(|_| clock(&mut ahead, ":")).filter(|_| colon) {
        return ahead.says("time", format!("{} a {}", hours(time), hours(last)));
    }
    let cued = matches!(start.word_before(), "las" | "Las" | "la" | "La");
    let alone = start.at() == 0 && scan.rest().is_empty();
    if let Some(part) = part_of_day(&mut scan, time.hour) {
        return scan.says("time", format!("{} {part}", hours(time)));
    }
    let mut noun = scan;
    let hours_follow =
        noun.eat_any(&[" horas", " hrs.", " hrs", " h", "h"]).is_some() && noun.at_end_of_word();
    if hours_follow {
        scan = noun;
    }
    let full = hours_follow && time.minute == 0 && time.second == 0 && time.hour != 1;
    let noun = if full { " horas" } else { "" };
    (colon || cued || alone || hours_follow).then(|| scan.says("time", format!("{}{noun}", hours(time))))?
}

/// "12h02", "12h02m00s".
fn with_letters(scan: &mut Scan<'_>) -> Option<Clock> {
    let mut ahead = *scan;
    let hour = value(ahead.digits_of(1, 2)?).filter(|hour| *hour <= 24)?;
    ahead.eat("h").then_some(())?;
    let minute = value(ahead.digits_of(2, 2)?).filter(|minute| *minute < 60)?;
    let mut second = 0;
    if ahead.eat("m") {
        second = ahead.digits_of(2, 2).and_then(value).filter(|_| ahead.eat("s")).unwrap_or(0);
    }
    ahead.at_end_of_word().then(|| *scan = ahead)?;
    Some(Clock { hour, minute, second })
}

/// "1'46\"", "2h 35m 07s".
pub(super) fn laps(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let lap = primes(&mut scan).or_else(|| with_units(&mut scan))?;
    let hours = |n: u64| format!("{} hora{}", cardinal(n, Before::Feminine), if n == 1 { "" } else { "s" });
    let mut said: Vec<String> = (lap.hours > 0).then(|| hours(lap.hours)).into_iter().collect();
    said.extend((lap.minutes > 0).then(|| parts(lap.minutes, "minuto")));
    match lap.parts.parse().ok() {
        Some(rest) => said.push(format!("{} coma {} segundos", plain(lap.seconds), plain(rest))),
        None => said.extend((lap.seconds > 0).then(|| parts(lap.seconds, "segundo"))),
    }
    scan.says("duration", said.join(" "))
}

fn with_units<'a>(scan: &mut Scan<'a>) -> Option<Lap<'a>> {
    let mut ahead = *scan;
    let hours = value(ahead.digits_of(1, 2)?)?;
    ahead.eat("h ").then_some(())?;
    let minutes = value(ahead.digits_of(1, 2)?)?;
    (ahead.eat("m") && ahead.at_end_of_word()).then_some(())?;
    let mut further = ahead;
    let seconds = further.space().then(|| further.digits_of(1, 2)).flatten().and_then(value);
    let seconds = seconds.filter(|_| further.eat("s") && further.at_end_of_word());
    *scan = if seconds.is_some() { further } else { ahead };
    Some(Lap { hours, minutes, seconds: seconds.unwrap_or(0), parts: "" })
}

/// "3 p. m.": the hour alone.
pub(super) fn hour(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let hour = value(scan.digits_of(1, 2)?).filter(|hour| (1..=12).contains(hour))?;
    let part = part_of_day(&mut scan, hour)?;
    scan.says("time", format!("{} {part}", cardinal(hour, Before::Feminine)))
}

/// "a. m." and "p. m." are said as parts of the day.
fn part_of_day(scan: &mut Scan<'_>, hour: u64) -> Option<&'static str> {
    let mut ahead = *scan;
    ahead.space();
    let half = ahead.eat_any(&["a. m.", "p. m.", "a.m.", "p.m.", "a.m", "p.m", "am", "pm"])?;
    ahead.at_end_of_word().then(|| *scan = ahead)?;
    Some(match (half.starts_with('a'), hour) {
        (true, 12) => "de la noche",
        (true, _) => "de la mañana",
        (false, 12) => "del mediodía",
        (false, ..8) => "de la tarde",
        (false, _) => "de la noche",
    })
}

fn hours(time: Clock) -> String {
    let hour = cardinal(time.hour, Before::Feminine);
    let minutes = match time.minute {
        0 if time.second == 0 => return hour,
        15 if time.hour <= 12 => "cuarto".to_owned(),
        30 if time.hour <= 12 => "media".to_owned(),
        minute => plain(minute),
    };
    match time.second {
        0 => format!("{hour} y {minutes}"),
        second => format!("{hour} horas {} y {}", parts(time.minute, "minuto"), parts(second, "segundo")),
    }
}

fn parts(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", cardinal(n, Before::Masculine), if n == 1 { "" } else { "s" })
}

/// "2017/18", "2017/2018".
pub(super) fn seasons(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let (first, last) = season(&mut scan)?;
    scan.says("years", format!("{} {}", plain(first), plain(last)))
}
