//! Recordings as WAV, made whole from the voice when they are first asked for.

use std::fs::File;
use std::io::{BufWriter, Seek};
use std::path::Path;
use std::sync::Arc;

use futures_util::StreamExt;
use tempfile::NamedTempFile;

use super::recording::{Format, Recording};
use super::whole::Whole;
use super::{Library, LibraryError};
use crate::audio::wav;
use crate::render::Line;
use crate::store::{Blob, BlobFacts, BlobName, Store, StoreError, digest_of_file};

type Writer = wav::Writer<BufWriter<File>>;

impl Library {
    /// A recording's WAV: it is there, or made.
    ///
    /// # Errors
    /// It can't be made or kept.
    pub async fn wav(self: &Arc<Self>, recording: &Arc<Recording>) -> Result<Whole, LibraryError> {
        if let Some(wav) = self.find_wav(recording).await? {
            return Ok(wav);
        }
        let (library, made) = (self.clone(), recording.clone());
        self.wavs.join(recording.name.clone(), async move { library.make_wav(&made).await }).await
    }

    async fn find_wav(self: &Arc<Self>, recording: &Recording) -> Result<Option<Whole>, LibraryError> {
        let (name, length) = (wav_name(recording), recording.bytes(Format::Wav));
        let found = self.blocking(move |library| Ok(library.store.blobs.open(&name)));
        Ok(found.await?.filter(|blob| blob.length() == Some(length)).map(Whole))
    }

    async fn make_wav(self: &Arc<Self>, recording: &Recording) -> Result<Whole, LibraryError> {
        if recording.recorded.is_some() {
            return Err(LibraryError::Damaged("the WAV of a recording by people".into()));
        }
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
        kept.map(Whole).ok_or(LibraryError::NoRecording)
    }
}

fn wav_name(recording: &Recording) -> String {
    let name = recording.name.clone();
    match recording.recorded {
        Some(_) => BlobName::ReadWav(name).to_string(),
        None => BlobName::Wav(name).to_string(),
    }
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
