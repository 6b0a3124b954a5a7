//! Lines that say who wrote or spoke, and when.

use super::words;

/// Words of such a line.
const LONGEST: usize = 18;

pub(super) fn is(text: &str, words: usize) -> bool {
    words <= LONGEST && (is_author(text) || is_date(text))
}

/// "By" and a name, without a stop.
fn is_author(text: &str) -> bool {
    let lower = text.to_lowercase();
    let by = words::each(words::BY).find(|by| lower.starts_with(by));
    let name = by.and_then(|by| text.get(by.len()..)).map(str::trim_start);
    name.is_some_and(|name| name.starts_with(char::is_uppercase)) && !text.ends_with(['.', '!', '?', ':'])
}

/// A day, or how long ago, with hardly anything beside it.
pub(in crate::text) fn is_date(text: &str) -> bool {
    let lower = text.to_lowercase();
    let tokens = || lower.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|token| !token.is_empty());
    let share = || (tokens().filter(|token| is_of_date(token)).count(), tokens().count());
    let is_mostly = |part: usize, of: usize| {
        let (dated, all) = share();
        of * dated >= part * all
    };
    (has_year(&lower) && is_mostly(3, 5)) || (is_long_ago(&lower) && is_mostly(1, 4))
}

fn is_long_ago(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && words::each(words::AGO).any(|ago| text.contains(ago))
}

fn is_of_date(token: &str) -> bool {
    let bare = token.trim_matches('.');
    bare.starts_with(|c: char| c.is_ascii_digit()) || words::each(words::DATE).any(|word| word == bare)
}

fn has_year(text: &str) -> bool {
    // The time of day may stick to it: "20217:05 AM".
    let lengths = if text.contains(':') { 4..=6 } else { 4..=4 };
    let mut runs = text.split(|c: char| !c.is_ascii_digit());
    runs.any(|run| lengths.contains(&run.len()) && (run.starts_with("19") || run.starts_with("20")))
}
