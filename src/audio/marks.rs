//! Word times → marks: when which part of the reader's text is heard.

use serde::Serialize;

use super::SAMPLE_RATE;
use super::clip::LEAD;
use crate::speech::WordTime;
use crate::text::{Bytes, Span, Token};

/// A stretch of time, and what is heard in it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mark {
    /// Seconds from the beginning of the clip.
    pub start: f64,
    /// Seconds from the beginning of the clip.
    pub end: f64,
    /// What is heard.
    pub span: Span,
    /// The same in bytes.
    pub bytes: Bytes,
}

impl Mark {
    /// The same, in a recording in which the clip begins at a time in seconds.
    #[must_use]
    pub fn shifted(self, seconds: f64) -> Self {
        Self { start: to_sample(self.start + seconds), end: to_sample(self.end + seconds), ..self }
    }
}

/// Marks of a clip, in order and apart.
///
/// What is said in several words ("46.8") lights up for all of them; words that are said as one
/// ("of the") light up together.
pub fn marks(words: &[WordTime], tokens: &[Token], rate: u32) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut words = words.iter().peekable();
    for (i, token) in tokens.iter().enumerate() {
        let end = tokens.get(i + 1).map_or(usize::MAX, |next| next.at);
        let mut heard: Option<Mark> = None;
        while let Some(word) = words.next_if(|word| word.at < end) {
            let (start, end) = (seconds(word.samples.start, rate), seconds(word.samples.end, rate));
            let start = heard.map_or(start, |m| m.start);
            heard = Some(Mark { start, end, span: token.span, bytes: token.bytes });
        }
        match (heard, marks.last_mut()) {
            (Some(mark), _) => marks.push(mark),
            (None, Some(before)) => (before.span.1, before.bytes.1) = (token.span.1, token.bytes.1),
            // Silent words at the beginning light up with nothing.
            (None, None) => {}
        }
    }
    marks
}

/// When a sample of the voice is heard in its clip.
fn seconds(sample: usize, rate: u32) -> f64 {
    to_sample(super::seconds(LEAD) + sample as f64 / f64::from(rate))
}

/// More digits would be noise.
fn to_sample(at: f64) -> f64 {
    (at * f64::from(SAMPLE_RATE)).round() / f64::from(SAMPLE_RATE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_and_expanded_words_light_up_what_is_written() {
        // "of the 46.8" said as one word and then three.
        let token = |at, from, to| Token {
            at,
            span: Span(from, to),
            bytes: Bytes(2 * from, 2 * to),
            rule: None,
            sound: None,
            language: None,
        };
        let tokens = [token(0, 10, 12), token(3, 13, 16), token(7, 17, 21)];
        let word = |at, start, end| WordTime { at, samples: start..end };
        let words =
            [word(0, 0, 24_000), word(7, 24_000, 48_000), word(8, 48_000, 72_000), word(8, 72_000, 96_000)];
        let found = marks(&words, &tokens, 24_000);
        let spans: Vec<_> = found.iter().map(|m| (m.span, m.end - m.start)).collect();
        assert_eq!(spans, [(Span(10, 16), 1.0), (Span(17, 21), 3.0)]);
        assert_eq!([found[0].bytes, found[1].bytes], [Bytes(20, 32), Bytes(34, 42)]);
    }
}
