//! Fractions: "1/2", "2 1/2", "½".

use super::super::Reading;
use super::super::scan::Scan;
use super::numerals::{cardinal, ordinal, plural, year};

/// "3/4", "2 1/2", "50/50", "24/7".
pub(super) fn fractions(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    if matches!(start.before(), Some('/' | '.' | '-' | ':')) {
        return None;
    }
    let first = scan.digits_of(1, 4)?;
    let mut ahead = scan;
    if ahead.space()
        && let Some(part) = part(&mut ahead).or_else(|| sign(&mut ahead))
    {
        return ahead.says("fraction", mixed(first, &part));
    }
    if let Some(part) = sign(&mut scan) {
        return scan.says("fraction", mixed(first, &part));
    }
    scan = start;
    let said = part(&mut scan)?;
    scan.says("fraction", said)
}

/// "½" by itself.
pub(super) fn signs(mut scan: Scan<'_>) -> Option<Reading> {
    let said = sign(&mut scan)?;
    scan.says("fraction", said)
}

fn mixed(whole: &str, part: &str) -> String {
    let part = if part == "one half" { "a half" } else { part };
    format!("{} and {part}", cardinal(whole))
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
