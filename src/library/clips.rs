//! Clips: found, or made once however many ask.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use tempfile::NamedTempFile;

use super::recording::{Format, Recording};
use super::{FIRST_RETRY, Library, LibraryError};
use crate::audio::{mp3, wav};
use crate::render::{self, Line};
use crate::speech::Priority;
use crate::store::{BlobName, Blobs, StoreError, blobs};

/// Lines whose lengths are noted at a time, so that a plan broken off is not lost.
const NOTED_AT_ONCE: usize = 32;

/// Clips that a listener's stream has under way beside the one being sent.
const READ_AHEAD: usize = 2;

impl Library {
    /// Lengths of all clips of a recording in frames, looked up or planned.
    pub(super) async fn plan(
        self: &Arc<Self>,
        lines: &[Line],
        priority: Priority,
    ) -> Result<Vec<usize>, LibraryError> {
        let mut frames = Vec::with_capacity(lines.len());
        for some in lines.chunks(NOTED_AT_ONCE) {
            frames.extend(self.plan_some(some, priority).await?);
        }
        Ok(frames)
    }

    async fn plan_some(
        self: &Arc<Self>,
        lines: &[Line],
        priority: Priority,
    ) -> Result<Vec<usize>, LibraryError> {
        let kbps = self.renderer.config().audio.mp3_kbps;
        let names: Vec<String> = lines.iter().map(|line| clip_name(line, kbps).to_string()).collect();
        let known = self.known_frames(names.clone()).await?;
        let complete = known.iter().all(Option::is_some);
        let length = |(line, known): (Line, Option<usize>)| {
            let library = self.clone();
            async move {
                match known {
                    Some(frames) => Ok(frames),
                    None => library.renderer.plan(&line, priority).await,
                }
            }
        };
        let frames: Vec<usize> = stream::iter(lines.iter().cloned().zip(known).collect::<Vec<_>>())
            .map(length)
            .buffered(2 * self.renderer.pool().workers())
            .try_collect()
            .await?;
        if !complete {
            let facts = names.into_iter().zip(frames.iter().copied()).collect::<Vec<_>>();
            self.blocking(move |library| Ok(library.store.ledger.planned(&facts)?)).await?;
        }
        Ok(frames)
    }

    async fn known_frames(self: &Arc<Self>, names: Vec<String>) -> Result<Vec<Option<usize>>, LibraryError> {
        self.blocking(move |library| {
            let facts = names.iter().map(|name| library.store.ledger.clip(name));
            facts.map(|fact| Ok(fact?.map(|f| f.frames))).collect()
        })
        .await
    }

    /// A line's MP3 frames.
    ///
    /// # Errors
    /// They were not there and can't be made or kept.
    pub async fn clip(self: &Arc<Self>, line: &Line, priority: Priority) -> Result<Bytes, LibraryError> {
        let name = clip_name(line, self.renderer.config().audio.mp3_kbps);
        let (library, line) = (self.clone(), line.clone());
        let flight = self.flights.join(name.clone(), async move {
            match library.find_clip(&name).await? {
                Some(bytes) => Ok(bytes),
                None => library.make_clip(&line, &name, priority).await,
            }
        });
        flight.await
    }

    /// A line's MP3 frames, for a listener who hears the ones before them already.
    async fn next_clip(self: &Arc<Self>, line: &Line) -> Result<Bytes, LibraryError> {
        loop {
            match self.clip(line, Priority::Next).await {
                Err(error) if error.is_overload() => tokio::time::sleep(FIRST_RETRY).await,
                result => return result,
            }
        }
    }

    async fn find_clip(self: &Arc<Self>, name: &BlobName) -> Result<Option<Bytes>, LibraryError> {
        let name = name.clone();
        self.blocking(move |library| {
            let digest = library.store.ledger.clip(&name.to_string())?.and_then(|facts| facts.digest);
            let bytes = digest.and_then(|digest| library.store.blobs.get(&name, &digest));
            Ok(bytes.map(Bytes::from))
        })
        .await
    }

    async fn make_clip(
        self: &Arc<Self>,
        line: &Line,
        name: &BlobName,
        priority: Priority,
    ) -> Result<Bytes, LibraryError> {
        let kbps = self.renderer.config().audio.mp3_kbps;
        let encode = move |clip: crate::audio::Clip| Ok((clip.frames(), mp3::encode(&clip, kbps)?));
        let (frames, bytes) = self.renderer.make(line, priority, encode).await?;
        let (name, bytes) = (name.clone(), Bytes::from(bytes));
        self.blocking(move |library| {
            let planned = library.store.ledger.clip(&name.to_string())?.map_or(frames, |facts| facts.frames);
            if planned != frames {
                return Err(LibraryError::Damaged(format!("{frames} frames where {planned} were planned")));
            }
            library.store.blobs.put(&name, &bytes)?;
            let digest = blobs::digest(&bytes);
            library.store.ledger.made(&name.to_string(), frames, &digest)?;
            Ok(bytes)
        })
        .await
    }

    /// Makes all clips that are not there yet.
    pub(super) async fn make_all(self: &Arc<Self>, lines: &[Line]) -> Result<(), LibraryError> {
        let make = |line: Line| {
            let library = self.clone();
            async move { library.clip(&line, Priority::Batch).await.map(drop) }
        };
        stream::iter(lines.to_vec())
            .map(make)
            .buffered(2 * self.renderer.pool().workers())
            .try_for_each(|()| async { Ok(()) })
            .await
    }

    /// Bytes of a recording's MP3, made as they are needed.
    pub fn mp3(
        self: &Arc<Self>,
        recording: &Arc<Recording>,
        bytes: std::ops::Range<u64>,
    ) -> impl Stream<Item = Result<Bytes, LibraryError>> + Send + use<> {
        let parts = recording.mp3_parts(bytes).into_iter().enumerate();
        let (library, recording) = (self.clone(), recording.clone());
        let part = move |(nth, (index, part)): (usize, (usize, std::ops::Range<usize>))| {
            let (library, recording) = (library.clone(), recording.clone());
            async move {
                let segment = &recording.segments[index];
                let clip = match nth {
                    0 => library.clip(&segment.line, Priority::First).await?,
                    _ => library.next_clip(&segment.line).await?,
                };
                let silence = mp3::silence(segment.line.pause, recording.kbps);
                let silence = Bytes::from(silence.map_err(render::RenderError::from)?);
                Ok::<_, LibraryError>(joined(&clip, &silence, part))
            }
        };
        stream::iter(parts).map(part).buffered(1 + READ_AHEAD).map_ok(stream_of).try_flatten()
    }

    /// The recording as a WAV file, made whole when it is first asked for.
    ///
    /// # Errors
    /// It can't be made or kept.
    pub async fn wav(self: &Arc<Self>, recording: &Arc<Recording>) -> Result<File, LibraryError> {
        let name = BlobName::Wav(recording.name.clone());
        let (library, recording, wanted) = (self.clone(), recording.clone(), name.clone());
        let flight = self.flights.join(name.clone(), async move {
            if !library.wav_is_whole(&wanted, &recording).await? {
                library.make_wav(&wanted, &recording).await?;
            }
            Ok(Bytes::new())
        });
        flight.await?;
        self.blocking(move |l| l.store.blobs.file(&name).ok_or(LibraryError::NoRecording)).await
    }

    async fn wav_is_whole(
        self: &Arc<Self>,
        name: &BlobName,
        recording: &Arc<Recording>,
    ) -> Result<bool, LibraryError> {
        let (name, length) = (name.clone(), recording.bytes(Format::Wav));
        self.blocking(move |l| {
            let file = l.store.blobs.file(&name).and_then(|f| f.metadata().ok());
            Ok(file.is_some_and(|f| f.len() == length))
        })
        .await
    }

    async fn make_wav(
        self: &Arc<Self>,
        name: &BlobName,
        recording: &Arc<Recording>,
    ) -> Result<(), LibraryError> {
        let lines: Vec<Line> = recording.segments.iter().map(|s| s.line.clone()).collect();
        let (file, mut writer) = self.blocking(|library| begin_wav(&library.store.blobs)).await?;
        let mut clips = std::pin::pin!(self.renderer.clips(&lines));
        for line in &lines {
            let clip = clips.next().await.ok_or(LibraryError::Stopping)??;
            let (mut out, pause) = (writer, line.pause);
            writer = self
                .blocking(move |_| {
                    out.push(&clip, pause).map_err(|e| StoreError::write(Path::new("a WAV file"), &e))?;
                    Ok(out)
                })
                .await?;
        }
        let name = name.clone();
        self.blocking(move |library| {
            writer.finish().map_err(|e| StoreError::write(file.path(), &e))?;
            Ok(library.store.blobs.keep(file, &name)?)
        })
        .await
    }
}

type WavFile = wav::Writer<BufWriter<File>>;

fn begin_wav(blobs: &Blobs) -> Result<(NamedTempFile, WavFile), LibraryError> {
    let file = blobs.begin()?;
    let failed = |e: std::io::Error| StoreError::write(file.path(), &e);
    let writer = wav::Writer::new(BufWriter::new(file.reopen().map_err(failed)?)).map_err(failed)?;
    Ok((file, writer))
}

fn clip_name(line: &Line, kbps: u32) -> BlobName {
    BlobName::Clip(line.key.to_string(), kbps)
}

/// Some bytes of a clip with its silence, without copying.
fn joined(clip: &Bytes, silence: &Bytes, part: std::ops::Range<usize>) -> [Bytes; 2] {
    let middle = clip.len();
    let head = part.start.min(middle)..part.end.min(middle);
    let tail = part.start.max(middle) - middle..part.end.max(middle) - middle;
    [clip.slice(head), silence.slice(tail.start.min(silence.len())..tail.end.min(silence.len()))]
}

fn stream_of(parts: [Bytes; 2]) -> impl Stream<Item = Result<Bytes, LibraryError>> {
    stream::iter(parts.into_iter().filter(|p| !p.is_empty()).map(Ok))
}
