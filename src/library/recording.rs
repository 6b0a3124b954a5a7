//! A recording: clips and pauses in order, known to the byte before any of it is made.

use std::ops::Range;

use crate::audio::{Mark, mp3, seconds, wav};
use serde::Serialize;

use crate::render::{Line, PlannedClip};
use crate::store::Moment;
use crate::text::Note;

/// How a recording is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// MPEG-2 Layer III at a constant rate.
    Mp3,
    /// 16-bit PCM.
    Wav,
}

/// A sentence's place in a recording.
#[derive(Clone, Debug)]
pub struct Segment {
    /// What is said.
    pub line: Line,
    /// Frame at which its clip begins.
    pub start: usize,
    /// Frames of its clip.
    pub frames: usize,
    /// When its words are heard, in seconds from the recording's beginning.
    pub words: Vec<Mark>,
}

impl Segment {
    /// Frames of the clip and of the silence after it.
    pub fn total(&self) -> usize {
        self.frames + self.line.pause
    }
}

/// What a recording is of.
#[derive(Clone, Debug, Default, Serialize)]
pub struct About {
    /// The headline.
    pub title: Option<String>,
    /// The article's address at the site.
    pub url: Option<String>,
    /// Language it is read in.
    pub language: String,
    /// Id of the voice, where it is one that reads.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub voice: String,
    /// Number of words.
    pub words: usize,
    /// What was left out or unusual in the article as a whole.
    pub notes: Vec<Note>,
}

/// A recording by people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its length in frames.
    pub frames: usize,
    /// When it came.
    pub at: Moment,
    /// Whether the article says something else since.
    pub text_changed: bool,
}

/// An article's audio, by plan.
#[derive(Clone, Debug)]
pub struct Recording {
    /// What it is of.
    pub about: About,
    /// Digest of what determines its bytes; its ETag in either format.
    pub name: String,
    /// Its sentences; where people read them nobody knows when each is heard, and there are none.
    pub segments: Vec<Segment>,
    /// Where it is people who read.
    pub recorded: Option<Recorded>,
    /// Bitrate of the MP3.
    pub kbps: u32,
}

impl Recording {
    /// Lays clips end to end.
    pub fn new(about: About, name: String, lines: Vec<Line>, clips: Vec<PlannedClip>, kbps: u32) -> Self {
        let mut start = 0;
        let segments = lines.into_iter().zip(clips).map(|(line, clip)| {
            let shift = seconds(start);
            let words = clip.marks(&line).into_iter().map(|mark| mark.shifted(shift)).collect();
            let segment = Segment { line, start, frames: clip.frames, words };
            start += segment.total();
            segment
        });
        Self { about, name, segments: segments.collect(), recorded: None, kbps }
    }

    /// What people read.
    pub(super) fn by_people(about: About, name: String, recorded: Recorded, kbps: u32) -> Self {
        Self { about, name, segments: Vec::new(), recorded: Some(recorded), kbps }
    }

    /// Length in frames.
    pub fn frames(&self) -> usize {
        let read = self.recorded.map(|recorded| recorded.frames);
        read.or(self.segments.last().map(|s| s.start + s.total())).unwrap_or(0)
    }

    /// Length in seconds.
    pub fn seconds(&self) -> f64 {
        seconds(self.frames())
    }

    /// Length in bytes.
    pub fn bytes(&self, format: Format) -> u64 {
        let frames = self.frames() as u64;
        match format {
            Format::Mp3 => frames * mp3::frame_bytes(self.kbps) as u64,
            Format::Wav => wav::HEADER_BYTES as u64 + frames * wav::FRAME_BYTES as u64,
        }
    }

    /// The MP3 bytes of a segment and its silence.
    pub fn mp3_range(&self, segment: &Segment) -> Range<u64> {
        let frame = mp3::frame_bytes(self.kbps) as u64;
        segment.start as u64 * frame..(segment.start + segment.total()) as u64 * frame
    }

    /// The segments that MP3 bytes lie in, and which bytes of each segment.
    pub fn mp3_parts(&self, bytes: Range<u64>) -> Vec<(usize, Range<usize>)> {
        let frame = mp3::frame_bytes(self.kbps) as u64;
        let first = self.segments.partition_point(|s| (s.start + s.total()) as u64 * frame <= bytes.start);
        let parts = self.segments.iter().enumerate().skip(first);
        parts
            .map(|(i, s)| (i, s.start as u64 * frame, s.total() as u64 * frame))
            .take_while(|(_, start, _)| *start < bytes.end)
            .map(|(i, start, length)| {
                let from = bytes.start.saturating_sub(start);
                let to = (bytes.end - start).min(length);
                (i, from as usize..to as usize)
            })
            .collect()
    }
}
