//! Hashtags and handles, taken apart into their words.

use super::Reading;
use super::scan::Scan;

/// Reads "#StandWithUkraine" and "@EUCommission": what the sign is called, then the words.
pub(super) fn tag(mut scan: Scan<'_>, hash: &str, at: &str, word: fn(&str) -> String) -> Option<Reading> {
    let start = scan;
    let is_hash = scan.one_of("@#＃")? != '@';
    let name = scan.run(|c| c.is_alphanumeric() || c == '_');
    let named = name.chars().any(char::is_alphabetic) && start.at_start_of_word();
    let (rule, lead) = if is_hash { ("hashtag", hash) } else { ("handle", at) };
    named.then(|| scan.says(rule, format!("{lead} {}", said(name, word))))?
}

/// Reads the sign of "#27"; of "Nummer #27" it is said already.
pub(super) fn number_sign(mut scan: Scan<'_>, name: &str) -> Option<Reading> {
    let said = scan.word_before().to_lowercase() == name.to_lowercase();
    let apart = !scan.before().is_some_and(|c| c.is_alphanumeric() || matches!(c, '&' | '#' | '/'));
    (apart && scan.one_of("#＃").is_some()).then_some(())?;
    let number = scan;
    let mut end = number;
    (end.digits_of(1, 4).is_some() && end.at_end_of_word())
        .then(|| number.says("symbol", if said { "" } else { name }))?
}

/// "EUCommission2024" as "EU Commission 2024", each part said by `word`.
pub(super) fn said(name: &str, word: fn(&str) -> String) -> String {
    let parts = name.split('_').flat_map(parts);
    parts.filter(|part| !part.is_empty()).map(word).collect::<Vec<_>>().join(" ")
}

/// Cuts before a capital that begins a word, and between letters and digits.
fn parts(name: &str) -> Vec<&str> {
    let chars: Vec<(usize, char)> = name.char_indices().collect();
    let mut parts = Vec::new();
    let mut start = 0;
    for pair in chars.windows(2) {
        let (before, (i, c)) = (pair[0].1, pair[1]);
        let next = name.get(i + c.len_utf8()..).and_then(|rest| rest.chars().next());
        let rises = before.is_lowercase() && c.is_uppercase();
        let ends = before.is_uppercase() && c.is_uppercase() && next.is_some_and(char::is_lowercase);
        let turns = before.is_ascii_digit() != c.is_ascii_digit();
        if rises || ends || turns {
            parts.extend(name.get(start..i));
            start = i;
        }
    }
    parts.extend(name.get(start..));
    parts
}
