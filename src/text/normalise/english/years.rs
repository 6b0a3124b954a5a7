//! Years, decades, seasons and quarters.

use super::super::Reading;
use super::super::scan::Scan;
use super::amount::dash;
use super::context::{self, among, before, right_before};
use super::numerals::{number, ordinal, plural, year};

/// Words after which a number of four digits is a year, whatever follows.
const LEADS: &str = "\
    in since by until till from before after during between the of early late mid year spring summer \
    autumn winter fall for back january february march april may june july august september october \
    november december jan feb mar apr jun jul aug sep sept oct nov dec";

/// "2017–2021", "1960-80", "2023/24".
pub(super) fn spans(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let first = scan.digits_of(4, 4)?.parse().ok().filter(|y| is_year(start, *y))?;
    if !ends(scan) {
        return None;
    }
    let (end, second) = upto(scan, first)?;
    let between = matches!(right_before(start), "between" | "Between");
    let second = if between { second.replacen("to ", "and ", 1) } else { second };
    end.says("years", format!("{} {second}", year(first)))
}

/// "1997".
pub(super) fn years(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let first = scan.digits_of(4, 4)?.parse().ok().filter(|y| is_year(start, *y)).filter(|_| ends(scan))?;
    let led = among(&right_before(start).to_lowercase(), LEADS);
    if !start.at_start_of_word() || context::counted(scan) && !led {
        return None;
    }
    scan.says("year", year(first))
}

/// Later centuries and the first of the last millennium only where the word before says so.
fn is_year(scan: Scan<'_>, value: usize) -> bool {
    let mut lead = scan.words_before(2).rsplit(' ').map(str::to_lowercase);
    let lead = lead.find(|word| !matches!(word.as_str(), "about" | "around" | "roughly")).unwrap_or_default();
    let led = matches!(lead.as_str(), "in" | "since" | "by" | "until" | "before" | "year");
    (1100..2100).contains(&value) || led && (1000..2500).contains(&value)
}

fn ends(scan: Scan<'_>) -> bool {
    match scan.peek() {
        Some('%' | '‰' | '°' | '$' | '€' | '£') => false,
        Some('.' | ',' | ':') => !scan.peek_second().is_some_and(|c| c.is_ascii_digit()),
        _ => scan.at_end_of_word(),
    }
}

/// The end of a span of years: "–2021" is "to twenty twenty-one", "/24" is "twenty-four".
fn upto(scan: Scan<'_>, first: usize) -> Option<(Scan<'_>, String)> {
    let mut ahead = scan;
    let slash = ahead.eat("/");
    if !slash {
        dash(&mut ahead)?;
    }
    let written = ahead.digits();
    let second: usize = written.parse().ok()?;
    let fits = match written.len() {
        4 => (first..2200).contains(&second),
        2 => second > first % 100 || second == (first + 1) % 100,
        _ => false,
    };
    let short = if written.len() == 2 && second < 10 {
        format!("oh {}", number(second as u64))
    } else {
        year(second)
    };
    let said =
        if slash { short } else { format!("to {}", if written.len() == 4 { year(second) } else { short }) };
    (fits && ahead.at_end_of_word()).then_some((ahead, said))
}

/// "the 1990s", "the '90s", "in her 30s".
pub(super) fn decades(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let apostrophe = scan.one_of("'’‘").is_some();
    if apostrophe && !start.at_start_of_word() {
        return None;
    }
    let written = scan.digits();
    let value: usize = written.parse().ok()?;
    let fits = written.len() == 4 && (1100..2200).contains(&value) && !apostrophe || written.len() == 2;
    scan.one_of("'’");
    let ends = scan.eat("s") && scan.at_end_of_word();
    let fits = fits && value.is_multiple_of(10) && ends;
    (fits && (value >= 20 || apostrophe)).then(|| scan.says("decade", plural(&year(value))))?
}

/// "44 BC", "340 A.D.".
pub(super) fn eras(mut scan: Scan<'_>) -> Option<Reading> {
    let written = scan.digits_of(1, 4)?;
    scan.space();
    let eras = ["BCE", "B.C.E.", "BC", "B.C.", "B.C", "AD", "A.D.", "A.D", "CE", "C.E."];
    let era = scan.eat_longest(&eras).filter(|_| scan.at_end_of_word())?;
    let letters = era.replace('.', "");
    let said = format!("{} {letters}", year(written.parse().ok()?));
    scan.says("era", context::with_stop(scan, said))
}

/// "3Q22".
pub(super) fn quarters(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let quarter = scan.digits_of(1, 1).filter(|q| matches!(*q, "1" | "2" | "3" | "4"))?;
    let written = scan.eat("Q").then(|| scan.digits())?;
    let fits = matches!(written.len(), 2 | 4) && scan.at_end_of_word();
    let article = if before(start) == "the" { "" } else { "the " };
    let said = || format!("{article}{} quarter of {}", ordinal(quarter), year(written.parse().unwrap_or(0)));
    fits.then(|| scan.says("quarter", said()))?
}
