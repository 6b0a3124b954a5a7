//! Dates and times in digits, in the shapes the continent writes them.

use super::scan::Scan;

/// A day in digits, day first or year first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) day: u64,
    /// From 1 to 12.
    pub(super) month: u64,
    pub(super) year: Option<u64>,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u64,
    pub(super) minute: u64,
    pub(super) second: u64,
}

/// Steps over "02.03.2003", "2/3/03", "02-03-2003" or "2003-03-02".
pub(super) fn full_day(scan: &mut Scan<'_>) -> Option<Day> {
    let mut ahead = *scan;
    let day = year_first(&mut ahead).or_else(|| {
        ahead = *scan;
        day_first(&mut ahead).or_else(|| {
            ahead = *scan;
            day_apart(&mut ahead)
        })
    })?;
    // What was glued to a day in full by a slip: "06.03.2016Werden".
    let glued =
        ahead.since(*scan).len() == "02.03.2003".len() && ahead.peek().is_some_and(char::is_uppercase);
    let ends = (ahead.at_end_of_word() || glued) && !matches!(ahead.peek(), Some('-' | '/'));
    ends.then(|| *scan = ahead)?;
    Some(day)
}

fn year_first(scan: &mut Scan<'_>) -> Option<Day> {
    let year = value(scan.digits_of(4, 4)?)?;
    let mark = scan.one_of("-/.")?;
    let month = value(scan.digits_of(1, 2)?)?;
    scan.one_of("-/.").filter(|c| *c == mark)?;
    let day = value(scan.digits_of(1, 2)?)?;
    checked(day, month, Some(year))
}

fn day_first(scan: &mut Scan<'_>) -> Option<Day> {
    let (day, month, mark) = day_and_month(scan)?;
    scan.one_of("-/.").filter(|c| *c == mark)?;
    let year = scan.digits_of(2, 4).filter(|digits| digits.len() != 3)?;
    checked(day, month, Some(full_year(year)?))
}

/// "3. 1. 2026".
fn day_apart(scan: &mut Scan<'_>) -> Option<Day> {
    let day = value(scan.digits_of(1, 2)?)?;
    let month = scan.eat(". ").then(|| scan.digits_of(1, 2)).flatten().and_then(value)?;
    let year = scan.eat(". ").then(|| scan.digits_of(4, 4)).flatten().and_then(value)?;
    checked(day, month, Some(year))
}

/// "2.3", "02/03": and the mark between them.
pub(super) fn day_and_month(scan: &mut Scan<'_>) -> Option<(u64, u64, char)> {
    let mut ahead = *scan;
    let day = value(ahead.digits_of(1, 2)?)?;
    let mark = ahead.one_of("-/.")?;
    let month = value(ahead.digits_of(1, 2)?)?;
    checked(day, month, None)?;
    *scan = ahead;
    Some((day, month, mark))
}

/// Two digits are of this century, or of the last if that lies nearer.
pub(super) fn full_year(digits: &str) -> Option<u64> {
    let year = value(digits)?;
    Some(match (digits.len(), year) {
        (2, 0..50) => 2000 + year,
        (2, _) => 1900 + year,
        _ => year,
    })
}

fn checked(day: u64, month: u64, year: Option<u64>) -> Option<Day> {
    ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some(Day { day, month, year })
}

/// Steps over "8:05", "20.15" or "02:02:23"; minutes always have two digits.
pub(super) fn clock(scan: &mut Scan<'_>, marks: &str) -> Option<Clock> {
    let mut ahead = *scan;
    let hour = value(ahead.digits_of(1, 2)?)?;
    let mark = ahead.one_of(marks)?;
    let minute = value(ahead.digits_of(2, 2)?)?;
    let mut further = ahead;
    let second = further.one_of(marks).filter(|c| *c == mark).and_then(|_| further.digits_of(2, 2));
    let second = second.and_then(value);
    if second.is_some() {
        ahead = further;
    }
    let clock = Clock { hour, minute, second: second.unwrap_or(0) };
    // "20:15h"
    let ends = ahead.at_end_of_word()
        || ahead.peek() == Some('h') && !ahead.peek_second().is_some_and(char::is_alphanumeric);
    let goes_on =
        matches!(ahead.peek(), Some('.' | ',')) && ahead.peek_second().is_some_and(|c| c.is_ascii_digit());
    let fits = hour <= 24 && minute < 60 && clock.second < 60 && ends && !goes_on;
    fits.then(|| *scan = ahead)?;
    Some(clock)
}

/// How long something took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lap<'a> {
    pub(super) hours: u64,
    pub(super) minutes: u64,
    pub(super) seconds: u64,
    /// Digits after the seconds; empty if there are none.
    pub(super) parts: &'a str,
}

/// Steps over "1‘06‘‘", "3.14‘47‘‘", "2h35'07''", "1'46''47" or "18‘‘": minutes and seconds by
/// their marks.
pub(super) fn primes<'a>(scan: &mut Scan<'a>) -> Option<Lap<'a>> {
    let mut ahead = *scan;
    let twice = |scan: &mut Scan<'_>| scan.eat_any(&["‘‘", "’’", "''", "′′"]).is_some();
    let (mut hours, mut minutes) = (0, value(ahead.digits_of(1, 2)?)?);
    let seconds = if twice(&mut ahead) {
        std::mem::take(&mut minutes)
    } else {
        if ahead.one_of(".h").is_some() {
            (hours, minutes) = (minutes, value(ahead.digits_of(2, 2)?)?);
        }
        ahead.one_of("‘’'′")?;
        let seconds = value(ahead.digits_of(1, 2)?).filter(|n| *n < 60)?;
        (twice(&mut ahead) || ahead.one_of("″\"").is_some()).then_some(seconds)?
    };
    let parts = ahead.digits();
    (parts.len() < 3 && ahead.at_end_of_word()).then(|| *scan = ahead)?;
    Some(Lap { hours, minutes, seconds, parts })
}

/// Two years in a row: "2017/18", "2017/2018", "2017-18".
pub(super) fn season(scan: &mut Scan<'_>) -> Option<(u64, u64)> {
    let mut ahead = *scan;
    let first = value(ahead.digits_of(4, 4)?).filter(|year| (1100..2100).contains(year))?;
    let mark = ahead.one_of("/-–")?;
    let digits = ahead.digits_of(2, 4)?;
    let last = value(digits)?;
    let short = digits.len() == 2 && last == (first + 1) % 100;
    let long = mark == '/' && last == first + 1;
    let ends = ahead.at_end_of_word() && !matches!(ahead.peek(), Some('-' | '–' | '/'));
    (ends && (short || long)).then(|| *scan = ahead)?;
    Some((first, last))
}

pub(super) fn value(digits: &str) -> Option<u64> {
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        let day = |day, month, year| Some(Day { day, month, year: Some(year) });
        let table = [
            ("02.03.2003", day(2, 3, 2003)),
            ("2/3/98", day(2, 3, 1998)),
            ("31-12-2024.", day(31, 12, 2024)),
            ("2003-3-2", day(2, 3, 2003)),
            ("06.03.2016Werden", day(6, 3, 2016)),
            ("6.3.16Uhr", None),
            ("31.13.2024", None),
            ("1.2.3", None),
            ("2003-03-02-1", None),
            ("12/2024", None),
        ];
        for (text, found) in table {
            assert_eq!(full_day(&mut Scan::new(text)), found, "{text}");
        }
    }

    #[test]
    fn seasons() {
        let table = [
            ("2017/18", Some((2017, 18))),
            ("1999-00", Some((1999, 0))),
            ("2017/2018", Some((2017, 2018))),
            ("2017-2018", None),
            ("2017/25", None),
            ("2017/18/19", None),
        ];
        for (text, found) in table {
            assert_eq!(season(&mut Scan::new(text)), found, "{text}");
        }
    }

    #[test]
    fn laps() {
        let table = [
            ("1‘06‘‘", Some((0, 1, 6, ""))),
            ("3.14‘47‘‘", Some((3, 14, 47, ""))),
            ("2h35'07''", Some((2, 35, 7, ""))),
            ("1'46''47 dort", Some((0, 1, 46, "47"))),
            ("18’’", Some((0, 0, 18, ""))),
            ("1'46\"", Some((0, 1, 46, ""))),
            ("12‘ gespielt", None),
            ("8″", None),
            ("5'000", None),
            ("1'75''", None),
        ];
        for (text, found) in table {
            let lap = primes(&mut Scan::new(text)).map(|l| (l.hours, l.minutes, l.seconds, l.parts));
            assert_eq!(lap, found, "{text}");
        }
    }

    #[test]
    fn clocks() {
        let clock_at = |hour, minute, second| Some(Clock { hour, minute, second });
        let table = [
            ("8:05", clock_at(8, 5, 0)),
            ("20.15 Uhr", clock_at(20, 15, 0)),
            ("02:02:23", clock_at(2, 2, 23)),
            ("24:00", clock_at(24, 0, 0)),
            ("20:15h", clock_at(20, 15, 0)),
            ("20:15hier", None),
            ("1:25.000", None),
            ("25:00", None),
            ("2:1", None),
            ("3:60", None),
            ("3:150", None),
        ];
        for (text, found) in table {
            assert_eq!(clock(&mut Scan::new(text), ":."), found, "{text}");
        }
    }
}
