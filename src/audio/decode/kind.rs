//! What a file holds, by its bytes: names and types that somebody gave it are not looked at.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use serde::{Deserialize, Serialize};

use super::Refusal;
use super::elementary;

/// Bytes looked at.
const HEAD: u64 = 16 << 10;
/// ID3v2 tags that may stand before the sound, one behind the other.
const TAGS: usize = 8;

/// A container that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // The names say it.
pub enum Kind {
    Mp3,
    Mp4,
    Aac,
    Ogg,
    Flac,
    Wav,
}

impl Kind {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Mp3 => "audio/mpeg",
            Self::Mp4 => "audio/mp4",
            Self::Aac => "audio/aac",
            Self::Ogg => "audio/ogg",
            Self::Flac => "audio/flac",
            Self::Wav => "audio/wav",
        }
    }
}

/// What a file holds, and where that begins: behind tags and padding.
pub(super) fn find(file: &mut File) -> Result<(Kind, u64), Refusal> {
    let mut start = 0;
    for _ in 0..=TAGS {
        let head = head(file, start)?;
        if head.is_empty() {
            return Err(Refusal::NoSound);
        }
        match tag(&head) {
            Some(length) => start += length,
            None => {
                // An MP4 begins with noughts of its own; what goes on with frames may have some before.
                let padding = head.iter().take_while(|b| **b == 0).count();
                let found =
                    [0, padding].into_iter().find_map(|at| Some((kind(&head[at..])?, start + at as u64)));
                return found.ok_or_else(|| Refusal::NotAudio(looks_like(&head).into()));
            }
        }
    }
    Err(Refusal::Damaged("one tag follows another without end".into()))
}

fn head(file: &mut File, start: u64) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    file.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

/// Length of the ID3v2 tag that bytes begin with (ID3v2.4.0 §3.1): a header of ten bytes, seven bits
/// of length in each of four, perhaps a footer.
pub(super) fn tag(head: &[u8]) -> Option<u64> {
    let header: &[u8; 10] = head.strip_prefix(b"ID3").and_then(|_| head.first_chunk())?;
    let length =
        header[6..].iter().try_fold(0, |length, b| (b & 0x80 == 0).then(|| length << 7 | u64::from(*b)))?;
    Some(10 + length + if header[5] & 0x10 == 0 { 0 } else { 10 })
}

fn kind(head: &[u8]) -> Option<Kind> {
    match head {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some(Kind::Wav),
        [b'f', b'L', b'a', b'C', ..] => Some(Kind::Flac),
        [b'O', b'g', b'g', b'S', ..] => Some(Kind::Ogg),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(Kind::Mp4),
        _ if elementary::begins(head, elementary::mp3) => Some(Kind::Mp3),
        _ if elementary::begins(head, elementary::adts) => Some(Kind::Aac),
        _ => None,
    }
}

/// What else it may be, as far as that helps whoever sent it.
fn looks_like(head: &[u8]) -> &'static str {
    const KNOWN: [(&[u8], &str); 22] = [
        (b"PK", "a ZIP archive"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\xfd7zXZ", "an xz archive"),
        (b"\x28\xb5\x2f\xfd", "a zstd archive"),
        (b"7z\xbc\xaf", "a 7z archive"),
        (b"Rar!", "a RAR archive"),
        (b"%PDF", "a PDF"),
        (b"\x1aE\xdf\xa3", "Matroska or WebM"),
        (b"\x30\x26\xb2\x75", "Windows Media"),
        (b"FORM", "AIFF"),
        (b"caff", "Core Audio"),
        (b"RF64", "RF64, a WAV for more than 4 GB"),
        (b"BW64", "BW64, a WAV for more than 4 GB"),
        (b"RIFF", "a RIFF file without sound"),
        (b"MThd", "MIDI: notes, no sound"),
        (b"#EXT", "a playlist: addresses, no sound"),
        (b"[playlist]", "a playlist: addresses, no sound"),
        (b"\x89PNG", "a picture"),
        (b"GIF8", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"\x7fELF", "a program"),
    ];
    let known = KNOWN.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, name)| *name);
    let text = || std::str::from_utf8(head).is_ok_and(|text| !text.contains('\0'));
    known.unwrap_or_else(|| match head.trim_ascii_start() {
        [b'<', ..] => "a web page or other markup",
        _ if text() => "a text",
        _ => "no audio file that is known here",
    })
}
