//! Clips: found, or made once however many ask.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use tempfile::NamedTempFile;
use tokio::sync::OnceCell;

use super::recording::{Format, Recording};
use super::{Library, LibraryError, lock};
use crate::audio::{mp3, wav};
use crate::render::{self, Line};
use crate::speech::Priority;
use crate::store::{BlobName, Blobs, State, StoreError, blobs};

/// Work under way, by blob. Whoever comes first does it; the others wait for the same cell, and
/// if the first fails or leaves, the next takes over.
pub(super) type Flights = Mutex<HashMap<BlobName, Arc<OnceCell<Bytes>>>>;

/// Takes a flight off the list when the last who waits for it is done or has left.
struct Landing<'a> {
    flights: &'a Flights,
    name: &'a BlobName,
    cell: Arc<OnceCell<Bytes>>,
}

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        let mut flights = lock(self.flights);
        // Two owners are the list and us. What has landed is found in the store from now on.
        if self.cell.initialized() || Arc::strong_count(&self.cell) <= 2 {
            flights.remove(self.name);
        }
    }
}

/// Clips that a listener's stream has under way beside the one being sent.
const READ_AHEAD: usize = 2;

impl Library {
    /// Lengths of all clips of a recording, looked up or planned.
    pub(super) async fn plan(
        self: &Arc<Self>,
        lines: Vec<Line>,
        state: State,
    ) -> Result<Recording, LibraryError> {
        let kbps = self.renderer.config().audio.mp3_kbps;
        let priority = match state {
            State::Queued | State::Rendering | State::Ready => Priority::Next,
            _ => Priority::First,
        };
        let names: Vec<String> = lines.iter().map(|line| clip_name(line, kbps).to_string()).collect();
        let known = self.known_frames(names.clone()).await?;
        let length = |(line, known): (Line, Option<usize>)| {
            let library = self.clone();
            async move {
                match known {
                    Some(frames) => Ok(frames),
                    None => library.renderer.plan(&line, priority).await,
                }
            }
        };
        let frames: Vec<usize> = stream::iter(lines.clone().into_iter().zip(known))
            .map(length)
            .buffered(4 * self.renderer.pool().workers())
            .try_collect()
            .await?;
        let facts = names.into_iter().zip(frames.iter().copied()).collect::<Vec<_>>();
        self.blocking(move |library| Ok(library.store.ledger.planned(&facts)?)).await?;
        let name = render::recording_name(&lines, &self.renderer.config().audio);
        Ok(Recording::new(name, lines, &frames, kbps))
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
        self.once(&name, || async {
            match self.find_clip(&name).await? {
                Some(bytes) => Ok(bytes),
                None => self.make_clip(line, &name, priority).await,
            }
        })
        .await
    }

    /// Registers the flight before any work is looked for, so that none is done twice.
    async fn once<F, W>(&self, name: &BlobName, work: W) -> Result<Bytes, LibraryError>
    where
        W: FnOnce() -> F,
        F: Future<Output = Result<Bytes, LibraryError>>,
    {
        let cell = lock(&self.flights).entry(name.clone()).or_default().clone();
        let landing = Landing { flights: &self.flights, name, cell };
        landing.cell.get_or_try_init(work).await.cloned()
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
                let priority = if nth == 0 { Priority::First } else { Priority::Next };
                let clip = library.clip(&segment.line, priority).await?;
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
    pub async fn wav(self: &Arc<Self>, recording: &Arc<Recording>) -> Result<std::fs::File, LibraryError> {
        let name = BlobName::Wav(recording.name.clone());
        self.once(&name, || async {
            if !self.wav_is_whole(&name, recording).await? {
                self.make_wav(&name, recording).await?;
            }
            Ok(Bytes::new())
        })
        .await?;
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
