//! Names of months and days, whole or short.

use super::super::scan::Scan;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The name of a month by its number.
pub(super) fn month_name(number: usize) -> Option<&'static str> {
    MONTHS.get(number.checked_sub(1)?).copied()
}

/// Steps over a month, short ones with their stop. Words that are also other words need a capital.
pub(super) fn month(scan: &mut Scan<'_>) -> Option<&'static str> {
    let mut ahead = *scan;
    let written = ahead.letters();
    let name = named(&MONTHS, written, 4)?;
    let common = matches!(written, "may" | "march" | "mar" | "dec" | "sept" | "sep");
    if written.len() < name.len() {
        ahead.eat(".");
    }
    (!common && ahead.at_end_of_word()).then(|| *scan = ahead)?;
    Some(name)
}

/// Steps over a short name of a day ("Mon.", "Tues").
pub(super) fn short_day(scan: &mut Scan<'_>) -> Option<&'static str> {
    let written = scan.letters();
    let name = if written == "Weds" { Some("Wednesday") } else { named(&DAYS, written, 5) };
    let name = name.filter(|_| written.starts_with(char::is_uppercase))?;
    scan.eat(".");
    (written.len() < name.len()).then_some(name)
}

fn named(names: &[&'static str], written: &str, longest: usize) -> Option<&'static str> {
    let whole = |name: &&&str| name.eq_ignore_ascii_case(written);
    let short = |name: &&&str| {
        let head = name.get(..written.len()).unwrap_or_default();
        (3..=longest).contains(&written.len()) && head.eq_ignore_ascii_case(written)
    };
    names.iter().find(whole).or_else(|| names.iter().find(short)).copied()
}
