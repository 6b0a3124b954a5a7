//! Sound without a container: frames that follow each other, each with its length in its header.
//!
//! They are counted before they are decoded: only so is it known whether the last one is whole,
//! and a decoder that looks for frames in whatever comes behind them makes noise of it.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use super::{Refusal, kind};

/// Frames in a row that must be right before something is taken for them.
const IN_A_ROW: usize = 3;
/// Longest header looked at.
const HEADER: usize = 7;

/// Bytes of the frame whose header this is; none if it is no header.
type FrameLength = fn(&[u8]) -> Option<usize>;

/// MPEG-1, 2 and 2.5 Layer III (ISO 11172-3 §2.4.2.3, ISO 13818-3 §2.4.2.3), not of free format.
pub(super) fn mp3(header: &[u8]) -> Option<usize> {
    const FIRST: [usize; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const SECOND: [usize; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let &[0xff, b, c, ..] = header else { return None };
    let version = b >> 3 & 3;
    if b & 0xe0 != 0xe0 || b & 0x06 != 0x02 || version == 1 {
        return None;
    }
    let rate = [44_100, 48_000, 32_000].get(usize::from(c >> 2 & 3))? >> (3 - version).min(2);
    let (table, factor) = if version == 3 { (FIRST, 144_000) } else { (SECOND, 72_000) };
    let kbps = table.get(usize::from(c >> 4).checked_sub(1)?)?;
    Some(factor * kbps / rate + usize::from(c >> 1 & 1))
}

/// AAC in an audio data transport stream (ISO 14496-3 §1.A.2).
pub(super) fn adts(header: &[u8]) -> Option<usize> {
    let &[0xff, b, c, d, e, f, ..] = header else { return None };
    let length = usize::from(d & 3) << 11 | usize::from(e) << 3 | usize::from(f) >> 5;
    (b & 0xf6 == 0xf0 && c >> 2 & 0xf < 13 && length > HEADER).then_some(length)
}

/// Whether bytes begin with frames, as far as they reach.
pub(super) fn begins(head: &[u8], length: FrameLength) -> bool {
    let mut at = 0;
    for _ in 0..IN_A_ROW {
        match head.get(at..).map(length) {
            Some(Some(frame)) => at += frame,
            _ => return false,
        }
    }
    true
}

/// Frames in a file from `start` on, and where they end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frames {
    pub(super) count: u64,
    pub(super) end: u64,
}

/// Counts the frames of a file.
///
/// # Errors
/// The last one is cut off, or what follows it is no tag.
pub(super) fn frames(file: &File, start: u64, length: FrameLength) -> Result<Frames, Refusal> {
    let size = file.metadata()?.len();
    let mut reader = BufReader::new(file);
    reader.seek(SeekFrom::Start(start))?;
    let mut frames = Frames { count: 0, end: start };
    while let Some(frame) = length(&next(&mut reader, HEADER)?) {
        frames.end += frame as u64;
        if frames.end > size {
            return Err(Refusal::CutOff("its last frame is not whole".into()));
        }
        frames.count += 1;
        reader.seek(SeekFrom::Start(frames.end))?;
    }
    let rest = next(&mut reader, 32)?;
    if let Some(tag) = kind::tag(&rest) {
        reader.seek_relative(i64::try_from(tag).unwrap_or(i64::MAX))?;
        if length(&next(&mut reader, HEADER)?).is_some() {
            return Err(Refusal::Several);
        }
    }
    match is_tag(&rest) {
        true => Ok(frames),
        false => Err(Refusal::Damaged(format!("behind frame {} comes something else", frames.count))),
    }
}

/// Some bytes from here on, fewer at the end, which stay to be read.
fn next(reader: &mut BufReader<&File>, count: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(count);
    let read = reader.by_ref().take(count as u64).read_to_end(&mut bytes)?;
    reader.seek_relative(-i64::try_from(read).unwrap_or_default())?;
    Ok(bytes)
}

/// What may stand behind the last frame: nothing, padding, or a tag (ID3v1, ID3v2, APE, Lyrics3).
fn is_tag(rest: &[u8]) -> bool {
    let tags: [&[u8]; 4] = [b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"3DI"];
    rest.iter().all(|b| *b == 0) || kind::tag(rest).is_some() || tags.iter().any(|tag| rest.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_frames() {
        let table: [(&[u8], FrameLength, Option<usize>); 9] = [
            (&[0xff, 0xfb, 0x90, 0x64], mp3, Some(417)), // MPEG-1, 128 kbit/s, 44.1 kHz
            (&[0xff, 0xfb, 0x92, 0x64], mp3, Some(418)), // padded
            (&[0xff, 0xf3, 0x84, 0xc4], mp3, Some(192)), // MPEG-2, 64 kbit/s, 24 kHz: ours
            (&[0xff, 0xe3, 0x18, 0xc4], mp3, Some(72)),  // MPEG-2.5, 8 kbit/s, 8 kHz
            (&[0xff, 0xfd, 0x90, 0x64], mp3, None),      // Layer II
            (&[0xff, 0xfb, 0x00, 0x64], mp3, None),      // free format
            (&[0xff, 0xfb], mp3, None),
            (&[0xff, 0xf1, 0x50, 0x80, 0x2e, 0x7f, 0xfc], adts, Some(371)),
            (&[0xff, 0xf1, 0x7c, 0x80, 0x2e, 0x7f, 0xfc], adts, None), // no such rate
        ];
        for (header, length, expected) in table {
            assert_eq!(length(header), expected, "{header:x?}");
        }
    }
}
