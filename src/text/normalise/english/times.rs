//! Times of day and durations: "10:30", "7.30am", "5pm", "14:00 GMT", "1:02:03".

use super::super::Reading;
use super::super::scan::Scan;
use super::amount::dash;
use super::context::{self, among};
use super::numerals::{decimal, number, ordinal};

/// After these a number with a dot is a time: "11.30 GMT".
const ZONES: &str = "GMT BST CET CEST EST EDT ET UTC PST PDT PT EET EEST MSK local";

struct Time {
    hour: u64,
    minute: Option<u64>,
    /// "AM" or "PM".
    half: Option<&'static str>,
}

/// A time of day, or two with a dash between.
pub(super) fn times(mut scan: Scan<'_>) -> Option<Reading> {
    if matches!(scan.before(), Some('.' | ':' | '/' | '-'))
        && !scan.word_before().ends_with(char::is_alphabetic)
    {
        return None;
    }
    let first = time(&mut scan)?;
    let mut ahead = scan;
    let second = dash(&mut ahead).and_then(|()| time(&mut ahead));
    let said = match second {
        Some(second) if first.is_clear() || second.is_clear() => {
            scan = ahead;
            format!("{} to {}", first.said_before(&second), second.said())
        }
        _ if first.is_clear() => first.said(),
        _ => return None,
    };
    scan.says("time", context::with_stop(scan, said))
}

/// "1:02:03".
pub(super) fn durations(mut scan: Scan<'_>) -> Option<Reading> {
    let hours = scan.digits_of(1, 2)?;
    let minutes = scan.eat(":").then(|| scan.digits_of(2, 2))??;
    let seconds = scan.eat(":").then(|| scan.digits_of(2, 2))??;
    let said = format!("{} {} and {}", part(hours, "hour"), part(minutes, "minute"), part(seconds, "second"));
    scan.at_end_of_word().then(|| scan.says("duration", said))?
}

/// "at 0645": a time in four digits; from 1000 on it is said as the number is.
pub(super) fn military(mut scan: Scan<'_>) -> Option<Reading> {
    const BEFORE: &str = "after around at before by from since till until At By From";
    among(context::right_before(scan), BEFORE).then_some(())?;
    let digits = scan.digits_of(4, 4).filter(|d| d.starts_with('0') && !d.starts_with("00"))?;
    let (hour, minutes) = digits.split_at(2);
    let minute: u64 = minutes.parse().ok().filter(|m| *m < 60)?;
    let hour = format!("oh {}", number(hour.parse().ok()?));
    let said = match minute {
        0 => format!("{hour} hundred"),
        1..=9 => format!("{hour} oh {}", number(minute)),
        _ => format!("{hour} {}", number(minute)),
    };
    let phone = scan.peek() == Some(' ') && scan.peek_second().is_some_and(|c| c.is_ascii_digit())
        || context::after(scan).starts_with("number");
    (scan.at_end_of_word() && !phone && !matches!(scan.peek(), Some('-' | '/')))
        .then(|| scan.says("time", said))?
}

/// "1:45.32": a lap's time.
pub(super) fn laps(mut scan: Scan<'_>) -> Option<Reading> {
    let minutes = scan.digits_of(1, 2)?;
    let seconds = scan.eat(":").then(|| scan.digits_of(2, 2))??;
    let parts = scan.eat(".").then(|| scan.digits_of(1, 3))??;
    let said = format!("{} {} seconds", part(minutes, "minute"), decimal(seconds, parts));
    scan.at_end_of_word().then(|| scan.says("duration", said))?
}

/// "1m 45.2s", "2h15m", "2h 15m 3s": the "m" beside an hour or a second is a minute.
pub(super) fn splits(mut scan: Scan<'_>) -> Option<Reading> {
    (scan.at_start_of_word() && scan.before() != Some('.')).then_some(())?;
    let hours = split(&mut scan, "h").map(|hours| part(hours, "hour"));
    let minutes = split(&mut scan, "m").map(|minutes| part(minutes, "minute"));
    let seconds = seconds(&mut scan);
    let parts: Vec<String> = [hours, minutes.clone(), seconds].into_iter().flatten().collect();
    let several = parts.len() > 1 && minutes.is_some() && scan.at_end_of_word();
    several.then(|| scan.says("duration", parts.join(" ")))?
}

fn split<'a>(scan: &mut Scan<'a>, unit: &str) -> Option<&'a str> {
    let mut ahead = *scan;
    spaced(&mut ahead);
    let digits = ahead
        .digits_of(1, 2)
        .filter(|_| ahead.eat(unit) && !ahead.peek().is_some_and(char::is_alphabetic))?;
    *scan = ahead;
    Some(digits)
}

fn seconds(scan: &mut Scan<'_>) -> Option<String> {
    let mut ahead = *scan;
    spaced(&mut ahead);
    let whole = ahead.digits_of(1, 2)?;
    let parts = ahead.eat(".").then(|| ahead.digits_of(1, 3)).flatten();
    (ahead.eat("s") && ahead.at_end_of_word()).then(|| *scan = ahead)?;
    Some(parts.map_or_else(|| part(whole, "second"), |parts| format!("{} seconds", decimal(whole, parts))))
}

/// Between two parts, not before the first.
fn spaced(scan: &mut Scan<'_>) {
    if scan.before().is_some_and(char::is_alphabetic) {
        scan.space();
    }
}

fn part(written: &str, unit: &str) -> String {
    let value: u64 = written.parse().unwrap_or(0);
    format!("{} {unit}{}", number(value), if value == 1 { "" } else { "s" })
}

fn time(scan: &mut Scan<'_>) -> Option<Time> {
    let mut ahead = *scan;
    let hour = ahead.digits_of(1, 2)?.parse().ok().filter(|hour| *hour < 25)?;
    let mut after = ahead;
    let mark = after.one_of(":.");
    let minute = mark.and_then(|_| after.digits_of(2, 2)).and_then(|m| m.parse().ok()).filter(|m| *m < 60);
    if minute.is_some() {
        ahead = after;
    }
    let half = half(&mut ahead);
    // With a dot alone it may be any number.
    let clear =
        half.is_some() || minute.is_some() && (mark == Some(':') || among(context::after(ahead), ZONES));
    let plain = minute.is_none() || clear || mark == Some('.');
    // A live blog's "21:00Jon Smith" has no space where the page has a margin.
    let glued = mark == Some(':') && minute.is_some() && ahead.peek().is_some_and(char::is_uppercase);
    (plain && (ahead.at_end_of_word() || glued)).then(|| *scan = ahead)?;
    Some(Time { hour, minute: if clear || minute.is_none() { minute } else { Some(60) }, half })
        .filter(|t| t.half.is_some() || t.minute.is_some_and(|m| m < 60) || minute.is_none())
}

/// "am", "p.m.".
fn half(scan: &mut Scan<'_>) -> Option<&'static str> {
    let mut ahead = *scan;
    ahead.space();
    let half = match ahead.skip()? {
        'a' | 'A' => "AM",
        'p' | 'P' => "PM",
        _ => return None,
    };
    let dotted = ahead.eat(".");
    ahead.one_of("mM")?;
    if dotted {
        ahead.eat(".");
    }
    ahead.at_end_of_word().then(|| *scan = ahead)?;
    Some(half)
}

impl Time {
    /// Whether it can be nothing but a time.
    fn is_clear(&self) -> bool {
        self.half.is_some() || self.minute.is_some()
    }

    /// Before another time that settles the half of the day for both.
    fn said_before(&self, other: &Self) -> String {
        let bare = self.half.is_none() && self.minute.unwrap_or(0) == 0;
        if bare && other.half.is_some() { number(self.hour) } else { self.said() }
    }

    fn said(&self) -> String {
        let hour = number(self.hour);
        let clock = match self.minute {
            None if self.half.is_none() => hour,
            None | Some(0) if self.half.is_some() => hour,
            Some(0) | None if self.hour > 12 => format!("{hour} hundred"),
            Some(0) | None if self.hour == 0 => "midnight".into(),
            Some(0) | None => format!("{hour} o'clock"),
            Some(minute @ 1..=9) => format!("{hour} oh {}", number(minute)),
            Some(minute) => format!("{hour} {}", number(minute)),
        };
        self.half.map_or(clock.clone(), |half| format!("{clock} {half}"))
    }
}

/// "Kane (23', 45')": when goals were scored.
pub(super) fn goals(mut scan: Scan<'_>) -> Option<Reading> {
    let named = |before: &str| before.rsplit(' ').next().is_some_and(context::capital);
    let first = scan.back().strip_suffix(" (").is_some_and(named);
    let next = ["', ", "’, ", "′, "].iter().any(|mark| scan.back().ends_with(mark));
    let minute = scan.digits_of(1, 3).filter(|_| first || next && scan.back().contains('('))?;
    scan.one_of("'’′")?;
    matches!(scan.peek(), Some(')' | ','))
        .then(|| scan.says("time", format!("{} minute", ordinal(minute))))?
}
