//! When what is heard: marks of a recording, as JSON and WebVTT.

use std::fmt::Write;

use serde::Serialize;

use super::recording::{Recording, Segment};
use crate::audio::{Mark, seconds};
use crate::text::{Bytes, Role, Span};

/// All marks of a recording.
#[derive(Clone, Debug, Serialize)]
struct Marks<'a> {
    /// Name of the recording that they belong to.
    recording: &'a str,
    /// Its length in seconds.
    duration: f64,
    /// Paragraphs, headings and the like.
    blocks: Vec<BlockMark>,
    /// Sentences.
    sentences: Vec<SentenceTimes<'a>>,
}

/// When a block is heard.
#[derive(Clone, Debug, Serialize)]
struct BlockMark {
    /// Its number in the article.
    block: usize,
    /// What it is.
    role: Role,
    /// Seconds from the beginning.
    start: f64,
    /// Seconds from the beginning, the pause after it not counted.
    end: f64,
    /// Half-open range in UTF-16 units of the reader's text.
    span: Span,
    /// The same in bytes of UTF-8.
    bytes: Bytes,
}

/// When a sentence is heard, and its words.
#[derive(Clone, Debug, Serialize)]
struct SentenceTimes<'a> {
    /// Number of its block.
    block: usize,
    /// Seconds from the beginning.
    start: f64,
    /// Seconds from the beginning, the pause after it not counted.
    end: f64,
    /// Half-open range in UTF-16 units of the reader's text.
    span: Span,
    /// The same in bytes of UTF-8.
    bytes: Bytes,
    /// Where it begins and ends in the markup, as the steps of an EPUB canonical fragment identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a [String; 2]>,
    /// Its words in order.
    words: &'a [Mark],
}

/// Everything there is to tell of when what is heard.
pub fn marks_json(recording: &Recording) -> String {
    let marks = Marks {
        recording: &recording.name,
        duration: recording.seconds(),
        blocks: blocks(recording),
        sentences: recording.segments.iter().map(sentence).collect(),
    };
    // Strings and numbers always serialise.
    serde_json::to_string(&marks).unwrap_or_default()
}

fn sentence(segment: &Segment) -> SentenceTimes<'_> {
    let ((start, end), line) = (times(segment), &segment.line);
    let path = line.path.as_deref();
    SentenceTimes {
        block: line.block,
        start,
        end,
        span: line.span,
        bytes: line.bytes,
        path,
        words: &segment.words,
    }
}

fn blocks(recording: &Recording) -> Vec<BlockMark> {
    let of_block = recording.segments.chunk_by(|a, b| a.line.block == b.line.block);
    let mark = |segments: &[Segment]| {
        let (first, last) = (segments.first()?, segments.last()?);
        Some(BlockMark {
            block: first.line.block,
            role: first.line.role,
            start: times(first).0,
            end: times(last).1,
            span: Span(first.line.span.0, last.line.span.1),
            bytes: Bytes(first.line.bytes.0, last.line.bytes.1),
        })
    };
    of_block.filter_map(mark).collect()
}

fn times(segment: &Segment) -> (f64, f64) {
    (seconds(segment.start), seconds(segment.start + segment.frames))
}

/// Sentences as WebVTT, each with what is said.
pub fn sentences_vtt(recording: &Recording) -> String {
    let said = recording.segments.iter().filter(|segment| !segment.line.text.is_empty());
    let cues = said.map(|segment| {
        let (start, end) = times(segment);
        (start, end, &*segment.line.text)
    });
    vtt(cues)
}

/// Words as WebVTT, each as it is written.
pub fn words_vtt(recording: &Recording) -> String {
    let cues = recording.segments.iter().flat_map(|segment| {
        segment.words.iter().map(|word| (word.start, word.end, written(segment, word.span)))
    });
    vtt(cues.collect::<Vec<_>>().iter().map(|(start, end, text)| (*start, *end, text.as_str())))
}

/// The reader's text at a span within a sentence.
fn written(segment: &Segment, span: Span) -> String {
    let start = segment.line.span.0;
    let units = segment.line.text.encode_utf16().skip(span.0.saturating_sub(start));
    let units: Vec<u16> = units.take(span.1.saturating_sub(span.0)).collect();
    String::from_utf16_lossy(&units)
}

/// The parts that headings begin, in the form of podcast chapters (JSON Chapters 1.2).
pub fn chapters_json(recording: &Recording) -> String {
    let begins = |b: &&BlockMark| matches!(b.role, Role::Title | Role::Heading);
    let blocks = blocks(recording);
    let chapters = blocks.iter().filter(begins).map(|block| {
        let title = recording.segments.iter().filter(|s| s.line.block == block.block);
        let title: Vec<&str> = title.map(|s| &*s.line.text).collect();
        serde_json::json!({ "startTime": block.start, "title": title.join(" ") })
    });
    serde_json::json!({ "version": "1.2.0", "chapters": chapters.collect::<Vec<_>>() }).to_string()
}

/// WebVTT (W3C), times to the millisecond.
pub fn vtt<'a>(cues: impl Iterator<Item = (f64, f64, &'a str)>) -> String {
    let mut out = String::from("WEBVTT\n");
    for (start, end, text) in cues {
        // A blank line would end the cue.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        // Writing to a string can't fail.
        let _ = write!(out, "\n{} --> {}\n{text}\n", clock(start), clock(end));
    }
    out
}

fn clock(seconds: f64) -> String {
    let ms = (seconds * 1000.0).round() as u64;
    format!("{:02}:{:02}:{:02}.{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000)
}
