//! Fractions: "1/2", "2 1/2", "½".

use super::super::Reading;
use super::super::scan::Scan;
use super::amount::{Number, dash};
use super::calendar::month;
use super::context::{among, right_before};
use super::measures::named;
use super::numerals::{cardinal, ordinal, plural, year};

/// "3/4", "2 1/2", "50/50", "24/7".
pub(super) fn fractions(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let date = start.rest().starts_with("9/11") && start.word_before().ends_with('-');
    if matches!(start.before(), Some('/' | '.' | '-' | ':')) && !date {
        return None;
    }
    if let Some(reading) = marks(start).or_else(|| from_whole(start)) {
        return Some(reading);
    }
    if let Some(said) = mixed(&mut scan) {
        return upto(scan, said);
    }
    let said = part(&mut scan)?;
    let of = unit(&mut scan).map(|(one, _)| format!(" of {} {one}", article(&one)));
    scan.says("fraction", said + &of.unwrap_or_default())
}

/// The unit of "1/8 tsp".
fn unit(scan: &mut Scan<'_>) -> Option<(String, String)> {
    let mut ahead = *scan;
    let unit = named(&mut ahead)?;
    *scan = ahead;
    Some(unit)
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'i', 'o']) || word == "hour" { "an" } else { "a" }
}

/// "8/10", "4.5/5": marks that something gets. "3/10 of a mile" is none.
fn marks(mut scan: Scan<'_>) -> Option<Reading> {
    const DATED: &str = "by from on since until On From Since Until";
    let dated = among(right_before(scan), DATED);
    let given = Number::read(&mut scan)?;
    let most = scan.eat("/").then(|| scan.digits_of(1, 3))??;
    let tenths = most == "10" && given.whole.len() < 2 && !scan.rest().starts_with(" of a");
    let meant = tenths || given.fraction.is_some() && matches!(most, "5" | "6" | "10" | "20" | "100");
    let ends = scan.at_end_of_word() && scan.peek() != Some('/');
    let dated = dated || scan.space() && month(&mut { scan }).is_some();
    (meant && ends && !dated)
        .then(|| scan.says("marks", format!("{} out of {}", given.said(), cardinal(most))))?
}

/// The "1" of "1–1½": what it goes up to is read by itself.
fn from_whole(mut scan: Scan<'_>) -> Option<Reading> {
    let whole = scan.digits_of(1, 2)?;
    dash(&mut scan)?;
    mixed(&mut { scan })?;
    scan.says("fraction", format!("{} to", cardinal(whole)))
}

/// "1½–2": a number goes on after the dash.
fn upto(mut scan: Scan<'_>, said: String) -> Option<Reading> {
    let mut end = scan;
    let mut last = dash(&mut end).map(|()| end);
    if last.as_mut().is_some_and(|last| last.digits_of(1, 2).is_some() && last.at_end_of_word()) {
        return end.says("fraction", format!("{said} to"));
    }
    let many = unit(&mut scan).map(|(_, many)| format!(" {many}"));
    scan.says("fraction", said + &many.unwrap_or_default())
}

/// "2 1/2", "2½".
fn mixed(scan: &mut Scan<'_>) -> Option<String> {
    let mut ahead = *scan;
    let whole = ahead.digits_of(1, 4)?;
    let part = if ahead.space() { part(&mut ahead).or_else(|| sign(&mut ahead)) } else { sign(&mut ahead) }?;
    *scan = ahead;
    let part = if part == "one half" { "a half" } else { &part };
    Some(format!("{} and {part}", cardinal(whole)))
}

/// "½" by itself.
pub(super) fn signs(mut scan: Scan<'_>) -> Option<Reading> {
    let said = sign(&mut scan)?;
    scan.says("fraction", said)
}

fn part(scan: &mut Scan<'_>) -> Option<String> {
    let mut ahead = *scan;
    let above = ahead.digits_of(1, 4)?;
    let spaced = ahead.eat(" / ");
    if !spaced && !ahead.eat("/") && !ahead.eat("⁄") {
        return None;
    }
    let below = ahead.digits_of(1, 4)?;
    let suffix = ahead.eat_any(&["ths", "th", "TH", "rds", "rd", "RD", "nds", "nd", "s"]).is_some();
    let goes_on = matches!(ahead.peek(), Some('/')) || !ahead.at_end_of_word();
    if goes_on || spaced && below.len() < 3 && !suffix {
        return None;
    }
    *scan = ahead;
    Some(said(above, below))
}

fn said(above: &str, below: &str) -> String {
    let (a, b): (usize, usize) = (above.parse().unwrap_or(0), below.parse().unwrap_or(0));
    match (a, b) {
        (24, 7) | (9, 11) => format!("{} {}", cardinal(above), cardinal(below)),
        (5 | 10, _) if a == b => format!("{} out of {}", cardinal(above), cardinal(below)),
        _ if a == b => format!("{} {}", cardinal(above), cardinal(below)),
        // "Directive 2016/679": numbered within a year.
        (1900..2100, _) => format!("{} slash {}", year(a), cardinal(below)),
        _ if b < 2 || a > b || a == 0 => format!("{} over {}", cardinal(above), cardinal(below)),
        (1, 2) => "one half".into(),
        (1, 4) => "one quarter".into(),
        (_, 2) => format!("{} halves", cardinal(above)),
        (_, 4) => format!("{} quarters", cardinal(above)),
        (1, _) => format!("one {}", ordinal(below)),
        _ => format!("{} {}", cardinal(above), plural(&ordinal(below))),
    }
}

fn sign(scan: &mut Scan<'_>) -> Option<String> {
    let (above, below) = match scan.peek()? {
        '½' => ("1", "2"),
        '⅓' => ("1", "3"),
        '⅔' => ("2", "3"),
        '¼' => ("1", "4"),
        '¾' => ("3", "4"),
        '⅕' => ("1", "5"),
        '⅖' => ("2", "5"),
        '⅗' => ("3", "5"),
        '⅘' => ("4", "5"),
        '⅙' => ("1", "6"),
        '⅛' => ("1", "8"),
        '⅜' => ("3", "8"),
        '⅝' => ("5", "8"),
        '⅞' => ("7", "8"),
        _ => return None,
    };
    scan.skip();
    Some(said(above, below))
}
