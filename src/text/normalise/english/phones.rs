//! Telephone numbers and others that are said digit by digit in groups.

use super::super::Reading;
use super::super::identifier;
use super::super::scan::Scan;
use super::abbreviations::STATES;
use super::context;
use super::numerals::digits;

/// "+1 (123) 123-5678", "0800 123 456", "123-123-5678", "111-11-1111".
pub(super) fn phones(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    if start.before().is_some_and(|c| c.is_alphanumeric() || ".,/-".contains(c)) {
        return None;
    }
    let plus = scan.eat("+");
    let (groups, hyphens) = groups(&mut scan);
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let total: usize = lengths.iter().sum();
    let trunk = groups.first().is_some_and(|group| group.starts_with('0') && group.len() > 2);
    let fits = match lengths.as_slice() {
        _ if plus => (8..=17).contains(&total),
        [3, 3, 4] | [3, 3, 4, _] => true,
        [1, 3, 3, 4] => hyphens,
        _ if trunk && groups.first().is_some_and(|g| g.starts_with("00")) => (10..=15).contains(&total),
        [3, 2, 4] => hyphens,
        _ => trunk && groups.len() > 1 && (9..=12).contains(&total),
    };
    let said: Vec<String> = groups.iter().map(|group| digits(group)).collect();
    let plus = if plus { "plus " } else { "" };
    (fits && scan.at_end_of_word()).then(|| scan.says("telephone", format!("{plus}{}", said.join(", "))))?
}

/// "Call 999", "a 911 call": said digit by digit as telephone numbers.
pub(super) fn emergencies(mut scan: Scan<'_>) -> Option<Reading> {
    const CALLING: &str = "call called calling dial dialled dialling phone phoned ring rang";
    const CALLS: &str = "call calls caller callers operator operators";
    let start = scan;
    let written = scan.digits_of(3, 3)?;
    let known = matches!(written, "101" | "111" | "112" | "911" | "999");
    let listed = |word: &&str| {
        matches!(word.trim_end_matches(','), "101" | "111" | "112" | "911" | "999" | "or" | "and")
    };
    let calling = || {
        let before = start.words_before(5).split(' ').rev().find(|word| !listed(word));
        before.is_some_and(|word| context::among_any_case(word, CALLING))
    };
    let called = || {
        let many = context::counted(scan) && !matches!(written, "911" | "999");
        !many && context::among(context::after(scan), CALLS)
    };
    let service = || context::right_before(start) == "NHS";
    let meant = known && start.at_start_of_word() && scan.at_end_of_word();
    (meant && (called() || !context::counted(scan) && (calling() || service())))
        .then(|| scan.says("telephone", digits(written)))?
}

/// "#559393", "PO Box 69440", "CA 90069": numbers that count nothing.
pub(super) fn codes(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let written = scan.digits_of(4, 9)?;
    let state = || {
        let state = start.word_before();
        let town = start.words_before(2).strip_suffix(state).unwrap_or_default();
        let known = STATES.iter().any(|(code, _)| *code == state);
        known && town.trim_end().ends_with(',') && written.len() == 5
    };
    let letter_box = || context::among(start.words_before(2).trim_end_matches(" Box"), "PO P.O.");
    let number = start.before() == Some('#') && written.len() > 4;
    let meant = number || letter_box() || state();
    let goes_on = matches!(scan.peek(), Some('.' | ',')) && is_number_ahead(scan);
    (meant && scan.at_end_of_word() && !goes_on).then(|| scan.says("digits", digits(written)))?
}

fn is_number_ahead(scan: Scan<'_>) -> bool {
    scan.peek_second().is_some_and(|c| c.is_ascii_digit())
}

/// "ISBN 978-3-16-148410-0", "ISSN 1234-567X".
pub(super) fn books(scan: Scan<'_>) -> Option<Reading> {
    identifier::identifier(scan, digits)
}

/// "GB29 NWBK 6016 1331 9268 19".
pub(super) fn accounts(scan: Scan<'_>) -> Option<Reading> {
    identifier::account(scan, digits)
}

/// Groups of digits, and whether hyphens alone divide them.
fn groups<'a>(scan: &mut Scan<'a>) -> (Vec<&'a str>, bool) {
    let mut groups = Vec::new();
    let mut hyphens = true;
    let mut ahead = *scan;
    while groups.len() < 7 {
        ahead.eat_any(&[" (", "("]);
        let group = ahead.digits();
        if group.is_empty() {
            break;
        }
        groups.push(group);
        ahead.eat(")");
        *scan = ahead;
        match ahead.one_of(" -.") {
            Some('-') => {}
            _ => hyphens = ahead.peek().is_none_or(|c| !c.is_ascii_digit()) && hyphens,
        }
    }
    (groups, hyphens)
}
