//! Block → what is said in one breath each, as byte ranges: sentences, and parts of those that
//! are too long.

mod breath;
mod lexicon;
mod list;
mod next;
mod stop;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use super::script::Pause;
use lexicon::Lexicon;
use list::List;
use stop::Stop;

/// A sentence, or a part of one, and the silence after it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) range: Range<usize>,
    pub(super) pause: Pause,
}

/// What is said of a block, trimmed, in order.
pub(super) fn parts(text: &str, language: &str) -> Vec<Part> {
    sentences(text, Lexicon::of(language)).into_iter().flat_map(|range| breath::parts(text, range)).collect()
}

/// The sentences of a block, trimmed, in order.
fn sentences(text: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let (mut found, mut list) = (Vec::new(), List::default());
    let mut rest = 0..text.len();
    while let Some(sentence) = trimmed(text, rest) {
        let from = list.marker(text, sentence.start);
        let end = end(text, sentence.start, from, &list, lexicon);
        found.extend(trimmed(text, sentence.start..end));
        rest = end..sentence.end;
    }
    found
}

/// Where the sentence from `start` ends; nothing before `from` ends it.
fn end(text: &str, start: usize, from: usize, list: &List, lexicon: &Lexicon) -> usize {
    let (mut at, mut aside) = (from, from);
    while let Some(next) = text[at..].chars().next() {
        if at > from && list.goes_on(&text[start..at], &text[at..], lexicon) {
            return at;
        }
        if lexicon.is_stop(next) {
            let stop = Stop::at(text, start, at);
            at += stop.len();
            if at > aside && stop.ends(lexicon) {
                return at;
            }
        } else {
            if at > aside {
                aside = closed(&text[at..], next).map_or(aside, |length| at + length);
            }
            at += next.len_utf8();
        }
    }
    text.len()
}

/// The length of an aside or a work's title that opens here within a sentence: its stops are not
/// the sentence's.
fn closed(text: &str, open: char) -> Option<usize> {
    const PAIRS: [(char, char); 3] = [('(', ')'), ('（', '）'), ('《', '》')];
    const MOST: usize = 300;
    let (_, close) = PAIRS.into_iter().find(|pair| pair.0 == open)?;
    let near = &text[..text.floor_char_boundary(MOST)];
    let inside = &near[open.len_utf8()..near.find(close)?];
    (!inside.contains(open)).then_some(open.len_utf8() + inside.len() + close.len_utf8())
}

/// The range without the white space at its ends, if anything is left.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = text.get(range.clone())?;
    let start = range.start + (part.len() - part.trim_start().len());
    let end = start + part.trim().len();
    (start < end).then_some(start..end)
}
