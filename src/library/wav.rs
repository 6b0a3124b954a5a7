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
use crate::store::{BlobFacts, BlobName, Store, StoreError, digest_of_file};

type Writer = wav::Writer<BufWriter<File>>;

impl Library {
    /// Some bytes of a recording's WAV; it is made again if it was removed to make room.
    ///
    /// # Errors
    /// It can't be made or kept.
    pub async fn wav(
        self: &Arc<Self>,
        recording: &Arc<Recording>,
        part: Range<u64>,
    ) -> Result<Bytes, LibraryError> {
        if let Some(bytes) = self.read_wav(recording, part.clone()).await? {
            return Ok(bytes);
        }
        let (library, made) = (self.clone(), recording.clone());
        self.wavs.join(recording.name.clone(), async move { library.make_wav(&made).await }).await?;
        self.read_wav(recording, part).await?.ok_or(LibraryError::NoRecording)
    }

    async fn read_wav(
        self: &Arc<Self>,
        recording: &Arc<Recording>,
        part: Range<u64>,
    ) -> Result<Option<Bytes>, LibraryError> {
        let (name, length) = (wav_name(recording), recording.bytes(Format::Wav));
        self.blocking(move |library| {
            let blobs = &library.store.blobs;
            let whole = blobs.length(&name) == Some(length);
            Ok(whole.then(|| blobs.read(&name, part)).flatten().map(Bytes::from))
        })
        .await
    }

    async fn make_wav(self: &Arc<Self>, recording: &Arc<Recording>) -> Result<(), LibraryError> {
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
        self.blocking(move |library| keep(&library.store, &name, file, writer)).await?;
        self.make_room();
        Ok(())
    }
}

fn wav_name(recording: &Recording) -> String {
    BlobName::Wav(recording.name.clone()).to_string()
}

fn begin(store: &Store) -> Result<(NamedTempFile, Writer), LibraryError> {
    let file = store.scratch()?;
    let failed = |e: std::io::Error| StoreError::write(file.path(), &e);
    let writer = wav::Writer::new(BufWriter::new(file.reopen().map_err(failed)?)).map_err(failed)?;
    Ok((file, writer))
}

fn keep(store: &Store, name: &str, mut file: NamedTempFile, writer: Writer) -> Result<(), LibraryError> {
    let path = file.path().to_owned();
    let failed = |e: std::io::Error| StoreError::write(&path, &e);
    writer.finish().map_err(failed)?;
    let bytes = file.as_file().metadata().map_err(failed)?.len();
    file.rewind().map_err(failed)?;
    let digest = digest_of_file(file.as_file_mut()).map_err(failed)?;
    store.blobs.put_file(name, file)?;
    Ok(store.ledger.kept(name, &BlobFacts { bytes, digest })?)
}
