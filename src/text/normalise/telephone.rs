//! Telephone numbers, in the groups they are written in.

use super::Reading;
use super::moment::full_day;
use super::scan::Scan;

/// Words before a number that make it one, in any of the languages.
const CUES: [&str; 17] = [
    "tel",
    "tél",
    "telefon",
    "telefonnummer",
    "téléphone",
    "teléfono",
    "tlf",
    "tfno",
    "fax",
    "hotline",
    "handy",
    "mobil",
    "móvil",
    "portable",
    "rufnummer",
    "faxnummer",
    "handynummer",
];

/// Most groups that are looked at.
const MOST_GROUPS: usize = 8;

/// Reads "+49 30 123456", "0171/1234567", "tél. 01 23 45 67 89": the code of a country by the
/// language's `code`, every other group by its `group`, with rests between.
pub(super) fn telephone(
    mut scan: Scan<'_>,
    plus: &str,
    code: fn(&str) -> String,
    group: fn(&str) -> String,
) -> Option<Reading> {
    let start = scan;
    let apart = start.before().is_none_or(|c| matches!(c, ' ' | '(' | ':'));
    (apart && full_day(&mut { scan }).is_none()).then_some(())?;
    let abroad = scan.eat("+");
    let mut groups = groups(&mut scan, abroad || is_cued(start));
    let total: usize = groups.iter().map(|group| group.len()).sum();
    let trunk = || groups.len() > 1 && groups[0].starts_with('0') && groups[0].len() > 1;
    let called = || groups.len() > 2 && total == 9 && is_called(start);
    let known = (abroad || is_cued(start)) && (6..=15).contains(&total);
    let fits = known || (9..=13).contains(&total) && trunk() || is_local(&groups) || called();
    let goes_on = !scan.at_end_of_word()
        || matches!(scan.peek(), Some('.' | ',' | ':' | '-' | '/'))
            && scan.peek_second().is_some_and(|c| c.is_ascii_digit());
    (fits && !goes_on).then_some(())?;
    if abroad {
        groups = apart_from_code(groups);
    }
    let said = |(i, digits): (usize, &&str)| if abroad && i == 0 { code(digits) } else { group(digits) };
    let said: Vec<String> = groups.iter().enumerate().map(said).collect();
    let plus = if abroad { format!("{plus} ") } else { String::new() };
    scan.says("telephone", format!("{plus}{}", said.join(", ")))
}

/// A number in one piece has its country's code set apart, and the rest in threes.
fn apart_from_code(groups: Vec<&str>) -> Vec<&str> {
    let Some((first, rest)) = groups.split_first().filter(|(first, _)| first.len() > 4) else {
        return groups;
    };
    let (code, mut number) = first.split_at(code_length(first));
    let mut parts = vec![code];
    while number.len() > 4 {
        let (part, after) = number.split_at(3);
        (parts, number) = ([parts, vec![part]].concat(), after);
    }
    [parts, vec![number], rest.to_vec()].concat()
}

/// Digits of the code of a country that the number begins with (ITU-T E.164).
fn code_length(number: &str) -> usize {
    const TWO: [&str; 44] = [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48",
        "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81",
        "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ];
    match number {
        _ if number.starts_with(['1', '7']) => 1,
        _ if TWO.iter().any(|code| number.starts_with(code)) => 2,
        _ => 3,
    }
}

/// Groups of digits, set apart by spaces, hyphens or points, with a slash after the first at most.
/// Where a number is sure to be one, or has a trunk's prefix, spaces may stand around those:
/// "030 / 2325 786 -122".
fn groups<'a>(scan: &mut Scan<'a>, sure: bool) -> Vec<&'a str> {
    let mut groups = Vec::new();
    let mut ahead = *scan;
    while groups.len() < MOST_GROUPS {
        let open = ahead.eat("(");
        let group = ahead.digits();
        if group.is_empty() || open && !ahead.eat(")") {
            break;
        }
        *scan = ahead;
        groups.push(group);
        let marks = if groups.len() == 1 { "-./" } else { "-." };
        let loose = sure || groups[0].starts_with('0') && groups[0].len() > 2;
        let spaced = ahead.space();
        let divided =
            (loose || !spaced) && ahead.one_of(marks).is_some() || loose && spaced && ahead.eat("–");
        if loose && divided {
            ahead.space();
        }
    }
    groups
}

/// "1234-5678": two groups of four that are not both years; "123-123-5678"; "91 123 45 67"; "0 800 123 456".
fn is_local(groups: &[&str]) -> bool {
    let year = |group: &str| ("1100".."2100").contains(&group);
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    match (groups, lengths.as_slice()) {
        ([a, b], [4, 4]) => !(year(a) && year(b)),
        (_, [3, 3, 4]) => true,
        ([a, ..], [2, 3, 2, 2] | [3, 2, 2, 2]) => a.starts_with(['6', '7', '8', '9']),
        ([a, ..], [1, 3, 3, 3]) => *a == "0",
        _ => false,
    }
}

/// "Llame al 91 123 45 67".
fn is_called(scan: Scan<'_>) -> bool {
    const CALLS: [&str; 6] = ["llame", "llamen", "llamar", "llamando", "marque", "marcar"];
    let words = scan.words_before(4).to_lowercase();
    words.split(' ').any(|word| CALLS.contains(&word))
}

fn is_cued(scan: Scan<'_>) -> bool {
    let word = scan.word_before().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    CUES.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephones() {
        let table = [
            ("+49 30 123456", Some("plus <49>, 30, 123456")),
            ("0171/1234567", Some("0171, 1234567")),
            ("01 23 45 67 89", Some("01, 23, 45, 67, 89")),
            ("(030) 123 456 78", Some("030, 123, 456, 78")),
            ("1234-5678", Some("1234, 5678")),
            ("91 123 45 67", Some("91, 123, 45, 67")),
            ("0 800 123 456", Some("0, 800, 123, 456")),
            ("11 123 45 67", None),
            ("030 / 2325 786 -122", Some("030, 2325, 786, 122")),
            ("05723 / 955-440", Some("05723, 955, 440")),
            ("+4915208649244", Some("plus <49>, 152, 086, 492, 44")),
            ("+14155550132", Some("plus <1>, 415, 555, 0132")),
            ("1234 - 5678 Euro", None),
            ("1998-2004", None),
            ("05.11.2023 20.30", None),
            ("1 234 567", None),
            ("08.00-16.00", None),
            ("+3,2", None),
        ];
        for (text, said) in table {
            let read = telephone(Scan::new(text), "plus", |code| format!("<{code}>"), str::to_owned);
            assert_eq!(read.map(|r| r.said).as_deref(), said, "{text}");
        }
    }
}
