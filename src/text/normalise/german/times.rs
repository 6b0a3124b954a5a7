//! Times of day, how long something took, and the scores that look like either.

use super::amounts::digits;
use super::dates::is_weekday;
use super::numbers::{cardinal, counting};
use super::words::MONTHS;
use crate::text::normalise::Reading;
use crate::text::normalise::moment::{Clock, clock, day_and_month, primes, value};
use crate::text::normalise::numeral::numeral;
use crate::text::normalise::scan::Scan;

/// Most scores in a row that are looked at.
const MOST_SCORES: usize = 8;

/// "20.15 Uhr", "8:05"; a score has no two-digit second half, or no hour's first.
pub(super) fn time(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    if let Some(said) = times(scan).or_else(|| lap(scan)).or_else(|| duration(scan)).or_else(|| race(scan)) {
        return Some(said);
    }
    if let Some(time) = clock(&mut scan, ":.") {
        let colon = scan.since(start).contains(':');
        let mut named = scan;
        let hours = named.eat_any(&[" Uhr", " h", "h"]).is_some() && named.at_end_of_word();
        if hours {
            scan = named;
        }
        let timed = hours || goes_on_to_clock(scan) || colon && !is_score(start, scan);
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

/// Whether a day in digits is a time: "11.08 Uhr".
pub(super) fn is_clock(mut scan: Scan<'_>) -> bool {
    clock(&mut scan, ".").is_some() && (is_named(scan) || goes_on_to_clock(scan))
}

fn is_named(mut scan: Scan<'_>) -> bool {
    scan.eat(" Uhr") && scan.at_end_of_word()
}

/// What leads to the second of two times whose hours are named once: "10.00 bis 13 Uhr".
const LINKS: [&str; 8] = [" bis ", " und ", " oder ", " - ", " – ", "-", "–", " / "];

fn goes_on_to_clock(mut scan: Scan<'_>) -> bool {
    let linked = scan.eat_any(&LINKS).is_some();
    linked && (clock(&mut scan, ":.").is_some() || hour(&mut scan).is_some()) && is_named(scan)
}

fn hour(scan: &mut Scan<'_>) -> Option<u64> {
    scan.digits_of(1, 2).and_then(value).filter(|hour| *hour <= 24)
}

/// "8.00–16.30 Uhr", "Zeit: 15.00 – 16.45": the hours are named once, or not at all.
fn times(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let first = clock(&mut scan, ":.")?;
    let after_first = scan;
    scan.space();
    scan.one_of("-–")?;
    scan.space();
    let second = scan;
    let last = clock(&mut scan, ":.").or_else(|| {
        let hour = hour(&mut scan).filter(|_| is_named(scan))?;
        Some(Clock { hour, minute: 0, second: 0 })
    })?;
    let fits = if is_named(scan) {
        scan.eat(" Uhr")
    } else {
        let points = after_first.since(start).contains('.') && scan.since(second).contains('.');
        let colons = !after_first.since(start).contains('.') && !scan.since(second).contains('.');
        let planned =
            points && is_opening(start, first, last) && !are_days(start, second) && ends_plainly(scan);
        planned || colons && rises(first, last)
    };
    fits.then(|| scan.says("time", format!("{} bis {}", say(first), say(last))))?
}

/// From one time to a later one, as people plan them: in quarters of an hour, or in steps of five
/// minutes where a weekday or the like stands before. Prices and chapters have points, too.
fn is_opening(start: Scan<'_>, first: Clock, last: Clock) -> bool {
    const NOUNS: [&str; 8] = ["preis", "lohn", "miete", "kapitel", "abschnitt", "seite", "seiten", "version"];
    let words =
        start.words_before(2).split([' ', '-', '–']).map(|word| word.trim_matches([':', ',', '.', '(']));
    let cued = words.clone().any(|word| is_weekday(word) || matches!(word, "Zeit" | "Uhrzeit" | "Uhr"));
    let other = words.map(str::to_lowercase).any(|word| {
        matches!(word.as_str(), "von" | "vom" | "zwischen" | "um" | "auf")
            || NOUNS.iter().any(|ending| word.ends_with(ending))
    });
    let step = if cued { 5 } else { 15 };
    let even = first.minute.is_multiple_of(step) && last.minute.is_multiple_of(step);
    rises(first, last) && even && (cued || !other)
}

fn rises(first: Clock, last: Clock) -> bool {
    (first.hour, first.minute) < (last.hour, last.minute)
}

fn are_days(mut first: Scan<'_>, mut last: Scan<'_>) -> bool {
    day_and_month(&mut first).is_some() && day_and_month(&mut last).is_some()
}

/// Nothing that is counted follows.
fn ends_plainly(scan: Scan<'_>) -> bool {
    let rest = scan.rest();
    let next = rest.trim_start().chars().next();
    next.is_none_or(|c| matches!(c, ',' | ';' | ')' | '|') || c.is_lowercase() && rest.starts_with(' '))
        || rest.starts_with('.') && !scan.peek_second().is_some_and(|c| c.is_ascii_digit())
}

/// "1:30 Stunden", "2:03:05 Stunden", "72:53 Minuten".
fn duration(mut scan: Scan<'_>) -> Option<Reading> {
    let first = value(scan.digits_of(1, 3)?)?;
    let mark = scan.one_of(":.")?;
    let second = value(scan.digits_of(2, 2)?).filter(|n| *n < 60)?;
    let mut third = scan;
    let seconds = third.one_of(":.").filter(|c| *c == mark).and_then(|_| value(third.digits_of(2, 2)?));
    if seconds.is_some() {
        scan = third;
    }
    let unit = scan.eat_any(&[" Stunden", " Std.", " h", " Minuten", " Min.", " min"])?;
    let minutes = unit.trim_start().starts_with(['M', 'm']) && seconds.is_none();
    // "18.30 h" is a time of day.
    let pointed = mark == '.' && (minutes || unit == " h" || first > 24);
    (scan.at_end_of_word() && !pointed).then_some(())?;
    let said = match minutes {
        true => lasting([0, first, second]),
        false => lasting([first, second, seconds.unwrap_or(0)]),
    };
    scan.says("duration", said)
}

/// "2:35:07" is how long it took, unless hours of the day are named; nobody runs for ten hours
/// without a word that says so.
fn race(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let hours = value(scan.digits_of(1, 2)?)?;
    let minutes = scan.eat(":").then(|| value(scan.digits_of(2, 2)?))?.filter(|n| *n < 60)?;
    let seconds = scan.eat(":").then(|| value(scan.digits_of(2, 2)?))?.filter(|n| *n < 60)?;
    let goes_on = matches!(scan.peek(), Some(':' | ',' | '.'))
        && scan.peek_second().is_some_and(|c| c.is_ascii_digit());
    let long = hours < 10 || took(start);
    let fits = scan.at_end_of_word() && !goes_on && !is_named(scan) && !is_clock_due(start) && long;
    fits.then(|| scan.says("duration", lasting([hours, minutes, seconds])))?
}

/// Whether a time of day follows: "um genau", "seit", "Am 3. Mai,".
fn is_clock_due(scan: Scan<'_>) -> bool {
    const CUES: [&str; 9] = ["um", "gegen", "seit", "ab", "bis", "kurz", "uhrzeit:", "ortszeit:", "uhr:"];
    let date = scan.word_before().trim_end_matches(',');
    let dated = MONTHS.contains(&date) || date.len() == 4 && date.bytes().all(|b| b.is_ascii_digit());
    dated || scan.words_before(2).to_lowercase().split(' ').any(|word| CUES.contains(&word))
}

/// Whether the words before tell how long something took: "in", "mit einer Zeit von".
fn took(scan: Scan<'_>) -> bool {
    const CUES: [&str; 13] = [
        "in",
        "nach",
        "zeit",
        "siegerzeit",
        "gesamtzeit",
        "endzeit",
        "laufzeit",
        "bestzeit",
        "gewann",
        "siegte",
        "dauerte",
        "brauchte",
        "benötigte",
    ];
    let words = scan.words_before(2).to_lowercase();
    let last = words
        .strip_suffix(" von")
        .map_or(scan.word_before(), |_| words.split(' ').next().unwrap_or_default());
    CUES.contains(&last.trim_end_matches(':').to_lowercase().as_str())
}

/// "3:38,72 Minuten", "in 1:46,47": minutes and parts of seconds, in which nobody says what they
/// are twice. Odds, scales and verses look the same.
fn lap(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let minutes = value(scan.digits_of(1, 3)?)?;
    let seconds = scan.eat(":").then(|| value(scan.digits_of(2, 2)?))?.filter(|n| *n < 60)?;
    let mark = scan.one_of(",.")?;
    let parts = scan.digits_of(1, 3)?;
    // A map's scale is "1:25.000".
    (mark == ',' || !parts.ends_with("00")).then_some(())?;
    scan.at_end_of_word().then_some(())?;
    let mut unit = scan;
    if unit.eat_any(&[" Minuten", " Min.", " min.", " min"]).is_some() && unit.at_end_of_word() {
        scan = unit;
    } else if !took(start) || mark == ',' && parts.len() != 2 {
        return None;
    }
    let whole = if minutes > 0 { part(minutes, "Minute") + " " } else { String::new() };
    scan.says("duration", format!("{whole}{} Komma {} Sekunden", cardinal(seconds), digits(parts)))
}

/// "1‘06‘‘", "3.14‘47‘‘", "18‘‘": minutes and seconds as cycling writes them.
pub(super) fn laps(mut scan: Scan<'_>) -> Option<Reading> {
    let fits = scan.at_start_of_word() && !scan.back().contains('‚');
    let lap = fits.then(|| primes(&mut scan)).flatten()?;
    let whole = lasting([lap.hours, lap.minutes, 0]);
    let whole = if lap.hours + lap.minutes > 0 { whole + " " } else { String::new() };
    let seconds = if lap.parts.is_empty() {
        part(lap.seconds, "Sekunde")
    } else {
        format!("{} Komma {} Sekunden", cardinal(lap.seconds), digits(lap.parts))
    };
    scan.says("duration", whole + &seconds)
}

/// Hours, minutes and seconds, without those there are none of.
fn lasting(counts: [u64; 3]) -> String {
    let said = counts.into_iter().zip(["Stunde", "Minute", "Sekunde"]).filter(|(n, _)| *n > 0);
    let said: Vec<String> = said.map(|(n, noun)| part(n, noun)).collect();
    if said.is_empty() { part(0, "Sekunde") } else { said.join(" ") }
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

/// "2:1", "30:28", "1:100.000".
pub(super) fn score(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    let first = value(scan.digits_of(1, 3)?)?;
    scan.eat(":").then_some(())?;
    let listed = start.before() == Some('(') || start.word_before().starts_with('(');
    let second =
        numeral(&mut scan).filter(|second| second.is_whole() && (listed || !second.is_code()))?.whole;
    let ends = scan.at_end_of_word() && scan.peek() != Some(':');
    ends.then(|| scan.says("score", format!("{} zu {}", cardinal(first), cardinal(second))))?
}

/// Whether two numbers that could be a time are a score, by the words and the scores beside them.
fn is_score(start: Scan<'_>, end: Scan<'_>) -> bool {
    const BEFORE: [&str; 6] = ["mit", "beim", "Beim", "zum", "klaren", "klares"];
    const AFTER: [&str; 12] = [
        "sieg",
        "erfolg",
        "niederlage",
        "führung",
        "rückstand",
        "pleite",
        "triumph",
        "vorsprung",
        "punkten",
        "sätzen",
        "toren",
        "treffern",
    ];
    let mut next = end;
    let noun = next.one_of("- ").map(|_| next.letters()).unwrap_or_default();
    // "beim 20:15 Krimi"
    let named = noun.starts_with(char::is_uppercase);
    BEFORE.contains(&start.word_before()) && !named
        || AFTER.iter().any(|ending| noun.to_lowercase().ends_with(ending))
        || has_half_time(start)
        || is_half_time(start)
        || beside(start, end).any(|score| !is_time(score))
}

/// The "22:12" of "38:22 (22:12)".
fn is_half_time(scan: Scan<'_>) -> bool {
    let Some(before) = scan.back().strip_suffix(" (") else { return false };
    let whole = before.rsplit([' ', '(']).next().unwrap_or_default();
    let mut start = scan;
    start.jump(scan.at() - " (".len() - whole.len());
    has_half_time(start)
}

/// The "38:22" of "38:22 (22:12)": no half is greater than the whole, and nobody names the hours.
fn has_half_time(mut scan: Scan<'_>) -> bool {
    let timed = matches!(scan.word_before().to_lowercase().as_str(), "um" | "gegen" | "ab" | "bis" | "seit");
    let whole = pair(&mut scan);
    let half = scan.eat(" (").then(|| pair(&mut scan)).flatten();
    let falls = whole.zip(half).is_some_and(|(whole, half)| half.0 <= whole.0 && half.1 <= whole.1);
    falls && scan.eat(")") && !timed
}

fn pair(scan: &mut Scan<'_>) -> Option<(u64, u64)> {
    let first = value(scan.digits_of(1, 3)?)?;
    let second = scan.eat(":").then(|| scan.digits_of(1, 3)).flatten()?;
    Some((first, value(second)?))
}

/// The pairs of numbers in a row with the one between these places: "15:6, 7:14, 13:4".
fn beside<'a>(start: Scan<'a>, end: Scan<'a>) -> impl Iterator<Item = &'a str> {
    let bare = |word: &'a str| word.trim_matches(['(', ')', ',', ';', '.']);
    let row = move |words: &mut dyn Iterator<Item = &'a str>| -> Vec<&'a str> {
        words
            .map(bare)
            .filter(|w| !matches!(*w, "" | "und" | "/"))
            .take(MOST_SCORES)
            .take_while(|w| is_pair(w))
            .collect()
    };
    let before = row(&mut start.back().split(' ').rev());
    let after = row(&mut end.rest().split(' '));
    before.into_iter().chain(after)
}

fn is_pair(word: &str) -> bool {
    let mut scan = Scan::new(word);
    pair(&mut scan).is_some() && scan.rest().is_empty()
}

fn is_time(pair: &str) -> bool {
    let mut scan = Scan::new(pair);
    clock(&mut scan, ":").is_some() && scan.rest().is_empty()
}
