//! The part of an MP4's sound that is to be heard: encoders put some silence before and behind it,
//! and say so in an edit list (ISO 14496-12 §8.6.6).

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

/// Largest `moov` looked at; those of sound alone are some hundred kilobytes an hour.
const LARGEST: u64 = 32 << 20;
/// Atoms that are gone through on one level.
const ATOMS: usize = 1000;

/// What is to be heard of a track.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Edit {
    /// Samples to leave out first.
    pub(super) skip: u64,
    /// How many are heard then; all, where that is not said.
    pub(super) length: Option<u64>,
    /// Samples a second that these are counted in.
    rate: u32,
}

impl Edit {
    /// The same at the rate that is decoded: some codecs double it, or leave that to others.
    pub(super) fn at(self, rate: u32) -> Self {
        let to = |n: u64| (u128::from(n) * u128::from(rate) / u128::from(self.rate.max(1))) as u64;
        Self { skip: to(self.skip), length: self.length.map(to), rate }
    }
}

/// The edit of the nth track (numbered by its id) where it is of the simple kind: one stretch of it.
pub(super) fn of_track(file: &mut File, id: u32) -> Option<Edit> {
    let moov = moov(file)?;
    let timescale = timescale(child(&moov, b"mvhd")?)?;
    let track = children(&moov).filter(|(name, _)| name == b"trak").map(|(_, trak)| trak);
    let track = track.into_iter().find(|trak| track_id(trak) == Some(id))?;
    let media = timescale_of(track)?;
    let (duration, time) = only_entry(child(child(track, b"edts")?, b"elst")?)?;
    let length = u128::from(duration) * u128::from(media) / u128::from(timescale);
    let length = u64::try_from(length).ok().filter(|n| *n > 0);
    Some(Edit { skip: u64::try_from(time).ok()?, length, rate: media })
}

fn moov(file: &mut File) -> Option<Vec<u8>> {
    let (_, body) = atoms(file).into_iter().find(|(name, _)| name == b"moov")?;
    let mut moov = Vec::new();
    file.seek(SeekFrom::Start(body.start)).ok()?;
    file.take(Some(body.end - body.start).filter(|n| *n <= LARGEST)?).read_to_end(&mut moov).ok()?;
    Some(moov)
}

/// Whether a file ends before the last of its atoms does.
pub(super) fn is_cut_off(file: &mut File) -> bool {
    let size = file.metadata().map_or(u64::MAX, |metadata| metadata.len());
    atoms(file).last().is_some_and(|(_, body)| body.end > size)
}

/// A file's outermost atoms, and where their bodies are.
fn atoms(file: &mut File) -> Vec<([u8; 4], Range<u64>)> {
    let (mut atoms, mut at) = (Vec::new(), 0);
    while let Some((name, body)) = atom(file, at).filter(|_| atoms.len() < ATOMS) {
        at = body.end;
        atoms.push((name, body));
    }
    atoms
}

fn atom(file: &mut File, at: u64) -> Option<([u8; 4], Range<u64>)> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(at)).ok()?;
    file.take(16).read_to_end(&mut head).ok()?;
    let name = *head.get(4..)?.first_chunk()?;
    let (header, size) = match u32_at(&head, 0)? {
        // To the file's end.
        0 => (8, file.metadata().ok()?.len().saturating_sub(at)),
        1 => (16, u64_at(&head, 8)?),
        size => (8, u64::from(size)),
    };
    let end = at.checked_add(size).filter(|end| *end >= at + header)?;
    Some((name, at + header..end))
}

/// Atoms within an atom.
fn children(mut bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let size = u32_at(bytes, 0)? as usize;
        let name = *bytes.get(4..)?.first_chunk()?;
        let body = bytes.get(8..size)?;
        bytes = &bytes[size..];
        Some((name, body))
    })
    .take(ATOMS)
}

fn child<'a>(bytes: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    children(bytes).find(|(found, _)| found == name).map(|(_, body)| body)
}

fn track_id(trak: &[u8]) -> Option<u32> {
    let tkhd = child(trak, b"tkhd")?;
    u32_at(tkhd, if is_long(tkhd) { 20 } else { 12 })
}

fn timescale_of(trak: &[u8]) -> Option<u32> {
    timescale(child(child(trak, b"mdia")?, b"mdhd")?)
}

/// Of a movie or of media: both have it in the same place.
fn timescale(header: &[u8]) -> Option<u32> {
    u32_at(header, if is_long(header) { 20 } else { 12 }).filter(|scale| *scale > 0)
}

/// Duration and media time of the one entry that shows something.
fn only_entry(elst: &[u8]) -> Option<(u64, i64)> {
    let long = is_long(elst);
    match (u32_at(elst, 4)?, long) {
        (1, true) => Some((u64_at(elst, 8)?, u64_at(elst, 16)?.cast_signed())),
        (1, false) => Some((u32_at(elst, 8)?.into(), u32_at(elst, 12)?.cast_signed().into())),
        _ => None,
    }
}

fn is_long(atom: &[u8]) -> bool {
    atom.first() == Some(&1)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|b| u32::from_be_bytes(*b))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|b| u64::from_be_bytes(*b))
}
