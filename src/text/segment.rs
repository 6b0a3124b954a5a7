//! Block → sentences, as byte ranges.

use std::ops::Range;

/// Longest utterance in characters: about 25 seconds of speech. The voice's text side works in
/// the square of this, and espeak-ng cuts clauses of more than 725 bytes wherever they are.
const MAX_UTTERANCE: usize = 400;

/// Most bytes that are searched for boundaries at once; the search is not linear.
const SLICE: usize = 8 << 10;

/// The sentences of a block, trimmed, in order.
pub(super) fn sentences(text: &str, language: &str) -> Vec<Range<usize>> {
    let primary = language.split(['-', '_']).next().unwrap_or(language);
    let primary = primary.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let slice = slice(&text[start..]);
        let boundaries = sentencex::get_sentence_boundaries(&primary, slice);
        let ranges = boundaries.into_iter().map(|b| start + b.start_byte..start + b.end_byte);
        found.extend(ranges.filter_map(|range| trimmed(text, range)).flat_map(|range| breaths(text, range)));
        start += slice.len();
    }
    found
}

/// The text up to the last white space within reach.
fn slice(text: &str) -> &str {
    if text.len() <= SLICE {
        return text;
    }
    let reach = text.floor_char_boundary(SLICE);
    let space = text[..reach].char_indices().rev().find(|(_, c)| c.is_whitespace());
    &text[..space.map_or(reach, |(i, c)| i + c.len_utf8())]
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = text.get(range.clone())?;
    let start = range.start + (part.len() - part.trim_start().len());
    let end = start + part.trim().len();
    (start < end).then_some(start..end)
}

/// Cuts what cannot be said in one breath: after a clause's mark if there is one in the
/// second half, else between words, else wherever it must be.
fn breaths(text: &str, mut range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    while let Some((limit, _)) = text[range.clone()].char_indices().nth(MAX_UTTERANCE) {
        let cut = range.start + cut_before(&text[range.start..range.start + limit]);
        parts.extend(trimmed(text, range.start..cut));
        range.start = cut;
    }
    parts.extend(trimmed(text, range));
    parts
}

fn cut_before(head: &str) -> usize {
    let clause = head
        .rmatch_indices([',', ';', ':', '–', '—'])
        .map(|(i, mark)| i + mark.len())
        .find(|&i| i > head.len() / 2 && head[i..].starts_with(char::is_whitespace));
    let space = || head.rfind(char::is_whitespace).filter(|&i| i > 0);
    clause.or_else(space).unwrap_or(head.len())
}
