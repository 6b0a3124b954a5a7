//! Sentence → what is said in one breath: the whole, or parts of about the same length.

use std::ops::Range;

use super::super::script::Pause;
use super::{Part, trimmed};

/// Longest utterance in characters: about 25 seconds of speech. The voice's text side works in
/// the square of this, and espeak-ng cuts clauses of more than 725 bytes wherever they are.
pub(super) const MAX_UTTERANCE: usize = 400;

pub(super) fn parts(text: &str, mut range: Range<usize>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut left = text[range.clone()].chars().count();
    while left > MAX_UTTERANCE {
        let aim = left.div_ceil(left.div_ceil(MAX_UTTERANCE));
        let (bytes, characters) = cut(&text[range.clone()], aim);
        let cut = range.start + bytes;
        parts.extend(trimmed(text, range.start..cut).map(|range| Part { range, pause: Pause::Clause }));
        range.start = cut;
        left -= characters;
    }
    parts.extend(trimmed(text, range).map(|range| Part { range, pause: Pause::Sentence }));
    parts
}

/// Bytes and characters up to the best place to breathe around `aim` characters: after a
/// clause's mark, else between words, else wherever it must be.
fn cut(text: &str, aim: usize) -> (usize, usize) {
    let mut best = (usize::MAX, 0, 0);
    let mut before = ' ';
    for (count, (at, c)) in text.char_indices().take(MAX_UTTERANCE + 1).enumerate() {
        if c.is_whitespace() && !before.is_whitespace() {
            let cost = count.abs_diff(aim) + roughness(before, &text[at..]);
            best = best.min((cost, at, count));
        }
        before = c;
        if count == MAX_UTTERANCE && best.1 == 0 {
            best = (0, at, count);
        }
    }
    (best.1, best.2)
}

/// How many characters further away a better place may be.
fn roughness(before: char, after: &str) -> usize {
    let after = after.trim_start();
    match before {
        ';' | '—' | '؛' => 0,
        '–' | ':' => 40,
        ',' | '،' | ')' | '”' | '»' if !is_listed(after) => 60,
        ',' | '،' => 100,
        _ if after.starts_with(['—', '–']) => 40,
        _ => MAX_UTTERANCE,
    }
}

/// Whether another comma follows soon, as in a list.
fn is_listed(after: &str) -> bool {
    const SOON: usize = 24;
    after[..after.floor_char_boundary(SOON)].contains([',', '،'])
}
