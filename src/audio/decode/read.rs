//! A file → mono samples at 24 kHz, by symphonia.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use symphonia::core::audio::{AudioSpec, Channels, Position};
use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatOptions, FormatReader, Track, TrackType};
use symphonia::core::io::{MediaSourceStream, ReadOnlySource};
use symphonia::default::{formats, get_codecs};

use super::edits::{self, Edit};
use super::elementary::{self, Frames};
use super::level::Samples;
use super::{Kind, Refusal};
use crate::audio::SAMPLE_RATE;
use crate::audio::resample::Converter;

/// Rates that are read.
const RATES: std::ops::RangeInclusive<u32> = 8_000..=192_000;
/// Most channels that are read.
const CHANNELS: usize = 8;
/// Of so many packets one may be damaged.
const BAD_ONE_IN: u64 = 100;
/// Shares of a second by which a file may be shorter than it says: encoders round.
const SHORTER: u64 = 10;

/// Where a recording comes from, and how much of it is taken.
pub(super) struct Source<'a> {
    pub(super) path: &'a Path,
    pub(super) kind: Kind,
    /// Where its bytes begin.
    pub(super) start: u64,
    pub(super) max_minutes: u32,
    /// The same in samples at 24 kHz.
    pub(super) max: u64,
}

/// What is heard of several channels.
#[derive(Clone, Copy)]
pub(super) enum Mix {
    /// Their mean, without those for low effects.
    All,
    /// One of them.
    Only(usize),
}

/// Reads all of a file.
pub(super) fn read(source: &Source<'_>, mix: Mix, samples: &mut Samples) -> Result<(), Refusal> {
    // Opened anew for each who reads in it: each has a place of his own.
    let file = || File::open(source.path);
    let frames = match source.kind {
        Kind::Mp3 => Some(elementary::frames(&file()?, source.start, elementary::mp3)?),
        Kind::Aac => Some(elementary::frames(&file()?, source.start, elementary::adts)?),
        _ => None,
    };
    if source.kind == Kind::Mp4 && edits::is_cut_off(&mut file()?) {
        return Err(Refusal::CutOff("its last part is not whole".into()));
    }
    let mut format = open(source, file()?, frames)?;
    let track = format.default_track(TrackType::Audio).ok_or(Refusal::NoSound)?.clone();
    let edit = if source.kind == Kind::Mp4 { edits::of_track(&mut file()?, track.id) } else { None };
    let mut reading = Reading::new(source, &track, frames, edit.unwrap_or_default(), mix)?;
    while let Some(packet) = format.next_packet().map_err(|e| reading.refused(&e))? {
        if packet.track_id == track.id {
            reading.take(&packet, samples)?;
        }
    }
    reading.end(samples)
}

/// The reader for a kind, chosen by us: guessing again would only give a file more to play with.
fn open<'s>(
    source: &Source<'_>,
    mut file: File,
    frames: Option<Frames>,
) -> Result<Box<dyn FormatReader + 's>, Refusal> {
    let options = FormatOptions::default();
    file.seek(SeekFrom::Start(source.start))?;
    let stream = match frames {
        // What can't be gone back in is not guessed the length of.
        Some(frames) => stream(Box::new(ReadOnlySource::new(file.take(frames.end - source.start)))),
        None => stream(Box::new(file)),
    };
    let format: Result<Box<dyn FormatReader>, Error> = match source.kind {
        Kind::Mp3 => formats::MpaReader::try_new(stream, options).map(|r| Box::new(r) as _),
        Kind::Aac => formats::AdtsReader::try_new(stream, options).map(|r| Box::new(r) as _),
        Kind::Mp4 => formats::IsoMp4Reader::try_new(stream, options).map(|r| Box::new(r) as _),
        Kind::Ogg => formats::OggReader::try_new(stream, options).map(|r| Box::new(r) as _),
        Kind::Flac => formats::FlacReader::try_new(stream, options).map(|r| Box::new(r) as _),
        Kind::Wav => formats::WavReader::try_new(stream, options).map(|r| Box::new(r) as _),
    };
    format.map_err(|error| refused(&error, "not even its beginning is whole"))
}

fn stream<'s>(source: Box<dyn symphonia::core::io::MediaSource + 's>) -> MediaSourceStream<'s> {
    MediaSourceStream::new(source, Default::default())
}

fn refused(error: &Error, cut: &str) -> Refusal {
    match error {
        Error::IoError(e) if e.kind() == io::ErrorKind::UnexpectedEof => Refusal::CutOff(cut.into()),
        Error::Unsupported(what) => Refusal::Unsupported((*what).into()),
        Error::ResetRequired => Refusal::Several,
        other => Refusal::Damaged(other.to_string()),
    }
}

/// A file in the middle of being read.
struct Reading<'a> {
    source: &'a Source<'a>,
    decoder: Box<dyn AudioDecoder>,
    mix: Mix,
    spec: Option<AudioSpec>,
    converter: Option<Converter>,
    /// Samples of one channel that the file says it has.
    declared: Option<u64>,
    edit: Edit,
    decoded: u64,
    packets: u64,
    bad: u64,
    last_was_bad: bool,
    interleaved: Vec<f32>,
}

impl<'a> Reading<'a> {
    fn new(
        source: &'a Source<'a>,
        track: &Track,
        frames: Option<Frames>,
        edit: Edit,
        mix: Mix,
    ) -> Result<Self, Refusal> {
        let Some(CodecParameters::Audio(parameters)) = &track.codec_params else {
            return Err(Refusal::NoSound);
        };
        let rate = parameters.sample_rate;
        let declared = track.num_frames.filter(|_| source.kind != Kind::Mp4);
        if let (Some(declared), Some(rate)) = (declared, rate.filter(|rate| *rate > 0))
            && u128::from(declared) * u128::from(SAMPLE_RATE) / u128::from(rate) > u128::from(source.max)
        {
            return Err(Refusal::TooLong(source.max_minutes));
        }
        // Two files made one by putting one behind the other: what the first says of itself is not
        // true of both.
        let joined =
            declared.zip(frames).is_some_and(|(declared, frames)| says_less(declared, track, frames));
        let options = AudioDecoderOptions::default().gapless(!joined).verify(true);
        let decoder = get_codecs().make_audio_decoder(parameters, &options);
        let name = |_| Refusal::Unsupported(codec_name(parameters.codec.to_string()));
        Ok(Self {
            source,
            decoder: decoder.map_err(name)?,
            mix,
            spec: None,
            converter: None,
            declared: declared.filter(|_| !joined),
            edit,
            decoded: 0,
            packets: 0,
            bad: 0,
            last_was_bad: false,
            interleaved: Vec::new(),
        })
    }

    fn refused(&self, error: &Error) -> Refusal {
        let rate = self.spec.as_ref().map_or(SAMPLE_RATE, AudioSpec::rate);
        let seconds = self.decoded as f64 / f64::from(rate);
        refused(error, &format!("it breaks off after {seconds:.1} seconds"))
    }

    fn take(
        &mut self,
        packet: &symphonia::core::packet::Packet,
        samples: &mut Samples,
    ) -> Result<(), Refusal> {
        self.packets += 1;
        self.interleaved.clear();
        let decoded = match self.decoder.decode(packet) {
            Ok(buffer) => {
                buffer.copy_to_vec_interleaved(&mut self.interleaved);
                Some(buffer.spec().clone())
            }
            // What can't be decoded is silence, so that what follows stays in its place.
            Err(Error::DecodeError(_) | Error::IoError(_)) => None,
            Err(error) => return Err(self.refused(&error)),
        };
        self.last_was_bad = decoded.is_none();
        self.bad += u64::from(self.last_was_bad);
        match decoded {
            Some(spec) => self.same(spec)?,
            None => self.silence(packet.dur.get()),
        }
        self.mixed(samples)
    }

    /// Of the first packet takes what there is; of all others demands the same.
    fn same(&mut self, spec: AudioSpec) -> Result<(), Refusal> {
        if self.interleaved.is_empty() {
            return Ok(());
        }
        let (rate, channels) = (spec.rate(), spec.channels().count());
        match &self.spec {
            Some(known) if known.rate() == rate && known.channels().count() == channels => Ok(()),
            Some(_) => Err(Refusal::Damaged("its sample rate or its channels change on the way".into())),
            None if !RATES.contains(&rate) => Err(Refusal::Unsupported(format!("{rate} samples a second"))),
            None if !(1..=CHANNELS).contains(&channels) => {
                Err(Refusal::Unsupported(format!("{channels} channels")))
            }
            None => {
                let converter = Converter::new(rate).map_err(|e| Refusal::Broken(e.to_string()))?;
                (self.converter, self.spec) = (Some(converter), Some(spec));
                self.edit = self.edit.at(rate);
                Ok(())
            }
        }
    }

    fn silence(&mut self, duration: u64) {
        // No packet of any codec read here has more.
        let samples = usize::try_from(duration.min(65_536)).unwrap_or_default();
        let channels = self.spec.as_ref().map_or(0, |spec| spec.channels().count());
        self.interleaved.resize(samples * channels, 0.0);
    }

    fn mixed(&mut self, samples: &mut Samples) -> Result<(), Refusal> {
        let (Some(spec), Some(converter)) = (&self.spec, &mut self.converter) else {
            return Ok(());
        };
        let channels = spec.channels().count();
        let heard = heard(spec.channels());
        let (from, to) = within(&self.edit, self.decoded, self.interleaved.len() / channels);
        self.decoded += (self.interleaved.len() / channels) as u64;
        let frames = self.interleaved[from * channels..to * channels].chunks_exact_mut(channels);
        let mono: Vec<f32> = frames
            .map(|frame| {
                frame.iter_mut().for_each(|sample| *sample = tame(*sample));
                samples.note(frame);
                match self.mix {
                    Mix::Only(channel) => frame.get(channel).copied().unwrap_or_default(),
                    Mix::All => heard.iter().map(|i| frame[*i]).sum::<f32>() / heard.len() as f32,
                }
            })
            .collect();
        let converted = converter.push(&mono).map_err(|e| Refusal::Broken(e.to_string()))?;
        samples.push(&converted)?;
        if samples.count() > self.source.max {
            return Err(Refusal::TooLong(self.source.max_minutes));
        }
        Ok(())
    }

    fn end(mut self, samples: &mut Samples) -> Result<(), Refusal> {
        let Some(rate) = self.spec.as_ref().map(AudioSpec::rate) else {
            return Err(if self.bad > 0 {
                Refusal::Damaged("nothing of it can be decoded".into())
            } else {
                Refusal::NoSound
            });
        };
        let seconds = |samples: u64| samples as f64 / f64::from(rate);
        let edited = self.edit.length.map(|length| self.edit.skip.saturating_add(length));
        if let Some(declared) = self.declared.max(edited)
            && self.decoded + u64::from(rate) / SHORTER < declared
        {
            let (has, says) = (seconds(self.decoded), seconds(declared));
            return Err(Refusal::CutOff(format!("it has {has:.1} of {says:.1} seconds")));
        }
        if self.last_was_bad && self.declared.is_none() {
            return Err(Refusal::CutOff("its last packet is not whole".into()));
        }
        if self.bad * BAD_ONE_IN > self.packets || self.decoder.finalize().verify_ok == Some(false) {
            let damaged =
                format!("{} of its {} packets can't be decoded as they should", self.bad, self.packets);
            return Err(Refusal::Damaged(damaged));
        }
        if let Some(converter) = &mut self.converter {
            let rest = converter.end().map_err(|e| Refusal::Broken(e.to_string()))?;
            samples.push(&rest)?;
        }
        Ok(())
    }
}

/// Whether a file's first frame speaks of fewer frames than there are.
fn says_less(declared: u64, track: &Track, frames: Frames) -> bool {
    let shifted = u64::from(track.delay.unwrap_or(0)) + u64::from(track.padding.unwrap_or(0));
    let rate = track.codec_params.as_ref().and_then(CodecParameters::audio).and_then(|p| p.sample_rate);
    // MPEG-1 has 1,152 samples a frame, and 32 kHz or more; its successors have half of both.
    let frame = if rate.is_some_and(|rate| rate >= 32_000) { 1152 } else { 576 };
    (declared + shifted).div_ceil(frame) + 2 < frames.count
}

/// Which of a packet's samples are heard, where it begins with the nth of its file.
fn within(edit: &Edit, nth: u64, count: usize) -> (usize, usize) {
    let end = edit.length.map_or(u64::MAX, |length| edit.skip.saturating_add(length));
    let place = |at: u64| usize::try_from(at.saturating_sub(nth)).unwrap_or(usize::MAX).min(count);
    (place(edit.skip), place(end))
}

/// Floating-point files may hold what is no number, or is far too large.
fn tame(sample: f32) -> f32 {
    if sample.is_finite() { sample.clamp(-16.0, 16.0) } else { 0.0 }
}

/// Channels that are not for low effects; all where there would be none.
fn heard(channels: &Channels) -> Vec<usize> {
    let low = [Position::LFE1, Position::LFE2];
    let low = low.map(|position| channels.get_canonical_index_for_positioned_channel(position));
    let heard: Vec<usize> = (0..channels.count()).filter(|i| !low.contains(&Some(*i))).collect();
    if heard.is_empty() { (0..channels.count()).collect() } else { heard }
}

fn codec_name(id: String) -> String {
    use symphonia::core::codecs::audio::well_known::CODEC_ID_OPUS;
    if id == CODEC_ID_OPUS.to_string() { "Opus".into() } else { format!("codec {id}") }
}
