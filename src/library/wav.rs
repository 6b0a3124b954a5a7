//! Recordings as WAV, made whole from the voice when they are first asked for.

use std::fs::File;
use std::io::{BufWriter, Seek};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::StreamExt;
use tempfile::NamedTempFile;

use super::recording::{Format, Recording};
use super::{Library, LibraryError};
use crate::audio::wav;
use crate::render::Line;
use crate::store::{Blob, BlobFacts, BlobName, Store, StoreError, digest_of_file};

type Writer = wav::Writer<BufWriter<File>>;

/// A recording's WAV. Whoever is in the middle of it does not notice when it is removed to make room.
#[derive(Clone)]
pub struct Wav(Arc<dyn Blob>);

impl Wav {
    /// Some of its bytes.
    ///
    /// # Errors
    /// The file can't be read.
    pub async fn read(&self, part: Range<u64>) -> Result<Bytes, LibraryError> {
        let blob = self.0.clone();
        let read = tokio::task::spawn_blocking(move || blob.read(part)).await?;
        let bytes = read.ok_or_else(|| LibraryError::Damaged("a WAV file".into()))?;
        Ok(bytes.into())
    }
}

impl Library {
    /// A recording's WAV: it is there, or made.
    ///
    /// # Errors
    /// It can't be made or kept.
    pub async fn wav(self: &Arc<Self>, recording: &Arc<Recording>) -> Result<Wav, LibraryError> {
        if let Some(wav) = self.find_wav(recording).await? {
            return Ok(wav);
        }
        let (library, made) = (self.clone(), recording.clone());
        self.wavs.join(recording.name.clone(), async move { library.make_wav(&made).await }).await
    }

    async fn find_wav(self: &Arc<Self>, recording: &Recording) -> Result<Option<Wav>, LibraryError> {
        let (name, length) = (wav_name(recording), recording.bytes(Format::Wav));
        let found = self.blocking(move |library| Ok(library.store.blobs.open(&name)));
        Ok(found.await?.filter(|blob| blob.length() == Some(length)).map(Wav))
    }

    async fn make_wav(self: &Arc<Self>, recording: &Recording) -> Result<Wav, LibraryError> {
        let lines: Vec<Line> = recording.segments.iter().map(|s| s.line.clone()).collect();
        let (file, mut writer) = self.blocking(|library| begin(&library.store)).await?;
        let mut clips = std::pin::pin!(self.renderer.clips(&lines));
        for line in &lines {
            let (_, samples) = clips.next().await.ok_or(LibraryError::Stopping)??;
            let (mut out, pause) = (writer, line.pause);
            writer = self
                .blocking(move |_| {
                    out.push(&samples, pause).map_err(|e| StoreError::write(Path::new("a WAV file"), &e))?;
                    Ok(out)
                })
                .await?;
        }
        let name = wav_name(recording);
        let kept = self.blocking(move |library| keep(&library.store, &name, file, writer)).await?;
        self.make_room();
        kept.map(Wav).ok_or(LibraryError::NoRecording)
    }
}

fn wav_name(recording: &Recording) -> String {
    BlobName::Wav(recording.name.clone()).to_string()
}

fn begin(store: &Store) -> Result<(NamedTempFile, Writer), LibraryError> {
    let file = store.blobs.scratch()?;
    let failed = |e: std::io::Error| StoreError::write(file.path(), &e);
    let writer = wav::Writer::new(BufWriter::new(file.reopen().map_err(failed)?)).map_err(failed)?;
    Ok((file, writer))
}

fn keep(
    store: &Store,
    name: &str,
    mut file: NamedTempFile,
    writer: Writer,
) -> Result<Option<Arc<dyn Blob>>, LibraryError> {
    let path = file.path().to_owned();
    let failed = |e: std::io::Error| StoreError::write(&path, &e);
    writer.finish().map_err(failed)?;
    let bytes = file.as_file().metadata().map_err(failed)?.len();
    file.rewind().map_err(failed)?;
    let digest = digest_of_file(file.as_file_mut()).map_err(failed)?;
    Ok(store.keep_file(name, file, &BlobFacts { bytes, digest })?)
}
