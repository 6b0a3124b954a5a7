//! Numbers that name and count nothing, so are said digit by digit: of books, of accounts, and
//! whatever is too long to be an amount.

use super::Reading;
use super::scan::Scan;

/// More digits in a row are no amount that anybody says.
const LONGEST_AMOUNT: usize = 12;

/// Shortest and longest number of an account, without its country (ISO 13616).
const ACCOUNT: std::ops::RangeInclusive<usize> = 13..=32;

/// Reads "978-3-16-148410-0", whether or not ISBN stands before, "ISSN 1234-567X", and a number of
/// more than twelve digits.
pub(super) fn identifier(mut scan: Scan<'_>, digits: fn(&str) -> String) -> Option<Reading> {
    let starts = scan.at_start_of_word() && !matches!(scan.before(), Some('.' | ',' | '+' | '/' | '-'));
    (starts && scan.peek().is_some_and(|c| c.is_ascii_digit())).then_some(())?;
    if let Some(book) = book(scan, digits) {
        return Some(book);
    }
    let written = scan.digits();
    let goes_on =
        matches!(scan.peek(), Some('.' | ',')) && scan.peek_second().is_some_and(|c| c.is_ascii_digit());
    let long = written.len() > LONGEST_AMOUNT && scan.at_end_of_word() && !goes_on;
    long.then(|| scan.says("digits", digits(written)))?
}

/// "ISBN 978-3-16-148410-0", "ISBN-13: 9783161484100".
fn book(mut scan: Scan<'_>, digits: fn(&str) -> String) -> Option<Reading> {
    let cue = |word: &str| word.trim_start_matches('(').starts_with("ISBN") || word.starts_with("ISSN");
    let cued = cue(scan.word_before());
    let written = scan.run(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | 'X'));
    let count = written.chars().filter(|c| !matches!(c, '-' | '–')).count();
    let known = cued && matches!(count, 8 | 10 | 13);
    let shaped = count == 13 && (written.starts_with("978-") || written.starts_with("979-"));
    let said = |group: &str| format!("{}{}", digits(group), if group.ends_with('X') { " X" } else { "" });
    let groups = written.split(['-', '–']).filter(|group| !group.is_empty()).map(said);
    (known || shaped).then(|| {
        scan.says("digits", groups.map(|group| group.trim().to_owned()).collect::<Vec<_>>().join(", "))
    })?
}

/// Reads "DE22 1005 0000 0190 0947 29", an account's number, in its groups.
pub(super) fn account(mut scan: Scan<'_>, digits: fn(&str) -> String) -> Option<Reading> {
    let is_code = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    (scan.at_start_of_word() && scan.peek().is_some_and(|c| c.is_ascii_uppercase())).then_some(())?;
    let country = scan.run(|c| c.is_ascii_uppercase());
    let first = scan.run(is_code);
    let check =
        first.get(..2).filter(|check| country.len() == 2 && check.bytes().all(|b| b.is_ascii_digit()))?;
    let mut groups: Vec<&str> = in_fours(first.get(2..)?);
    let whole = groups.is_empty();
    while whole && groups.last().is_none_or(|group| group.len() == 4) {
        let mut ahead = scan;
        let group = if ahead.space() { ahead.run(is_code) } else { "" };
        if group.is_empty()
            || group.len() > 4
            || !group.bytes().any(|b| b.is_ascii_digit()) && group.len() < 4
        {
            break;
        }
        groups.push(group);
        scan = ahead;
    }
    let fits = ACCOUNT.contains(&(2 + groups.iter().map(|group| group.len()).sum::<usize>()));
    let said: Vec<String> = groups.into_iter().map(|group| spelt(group, digits)).collect();
    let country: Vec<String> = country.chars().map(String::from).collect();
    (fits && scan.at_end_of_word()).then(|| {
        scan.says("digits", format!("{} {}, {}", country.join(" "), digits(check), said.join(", ")))
    })?
}

fn in_fours(written: &str) -> Vec<&str> {
    (0..written.len()).step_by(4).filter_map(|i| written.get(i..written.len().min(i + 4))).collect()
}

/// Letters stand for themselves between the digits: "NWBK".
fn spelt(group: &str, digits: fn(&str) -> String) -> String {
    let said = group.chars().map(|c| if c.is_ascii_digit() { digits(&c.to_string()) } else { c.to_string() });
    said.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn books_and_long_numbers() {
        let table = [
            ("978-3-16-148410-0", Some("978, 3, 16, 148410, 0")),
            ("9783161484100", Some("9783161484100")),
            ("12345678901234567890", Some("12345678901234567890")),
            ("123456789012", None),
            ("978-3 Tage", None),
            ("1234567890123.5", None),
        ];
        for (text, said) in table {
            let read = identifier(Scan::new(text), str::to_owned);
            assert_eq!(read.map(|r| r.said).as_deref(), said, "{text}");
        }
    }

    #[test]
    fn accounts() {
        let table = [
            ("DE22 1005 0000 0190 0947 29", Some("D E 22, 1 0 0 5, 0 0 0 0, 0 1 9 0, 0 9 4 7, 2 9")),
            ("DE22100500000190094729", Some("D E 22, 1 0 0 5, 0 0 0 0, 0 1 9 0, 0 9 4 7, 2 9")),
            ("GB29 NWBK 6016 1331 9268 19", Some("G B 29, N W B K, 6 0 1 6, 1 3 3 1, 9 2 6 8, 1 9")),
            ("WM22 2026", None),
            ("DE22 1005 0000", None),
            ("EU27", None),
        ];
        for (text, said) in table {
            let read = account(Scan::new(text), str::to_owned);
            assert_eq!(read.map(|r| r.said).as_deref(), said, "{text}");
        }
    }
}
