//! Recordings by people: heard in place of the voice, on every revision, until they are withdrawn.

use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::decoder::decode;
use super::manifest::{ReadBy, written};
use super::recording::{About, Recorded, Recording};
use super::whole::Whole;
use super::{Library, LibraryError, Manifest, Opened, article, hash, now};
use crate::audio::decode::Refusal;
use crate::audio::{mp3, wav};
use crate::render::{self, RenderError};
use crate::store::{BlobFacts, BlobName, Revision, Store, StoreError, Upload, digest, digest_of_file};

/// Bytes that are written at a time.
const PIECE: usize = 1 << 20;

/// A file that was sent, and what it is.
pub struct Original {
    /// Its bytes.
    pub file: Whole,
    /// Their number.
    pub bytes: u64,
    /// SHA-256 of them, in hex.
    pub digest: String,
    /// Its media type.
    pub kind: String,
}

impl Library {
    /// Takes a recording of an article, which readers hear from now on. Once this returns it is not
    /// lost; nothing of it is kept if it fails.
    ///
    /// # Errors
    /// There is no such article, its next revision goes live later than the one that plays, the file
    /// is too large or can't be taken, or it can't be kept.
    pub async fn record<E>(
        self: &Arc<Self>,
        id: &str,
        pieces: impl Stream<Item = Result<Bytes, E>> + Unpin,
    ) -> Result<Manifest, LibraryError> {
        let revision = self.newest(id).await?;
        // It would be heard at once: a recording is its article's, not a revision's.
        if revision.live > now() && self.current(id, None).await.is_ok() {
            return Err(LibraryError::RecordedEarly);
        }
        let (original, facts) = self.receive(pieces).await?;
        let Ok(_turn) = self.reading.acquire().await else {
            return Err(LibraryError::Stopping);
        };
        let scratch = self.blocking(|library| Ok(library.store.blobs.scratch()?)).await?;
        let folder = scratch.path().parent().unwrap_or(scratch.path());
        let read = decode(original.path(), scratch.path(), folder, &self.config.recordings).await?;
        let kbps = self.renderer.config().audio.mp3_kbps;
        let kept = self.at_length(move |library| {
            let text = text_of(&revision.content, library)?.1;
            let (mp3, wav) = encode(&library.store, scratch, read.frames, kbps)?;
            let upload = Upload {
                article: revision.article.clone(),
                recording: digest(format!("{} at {kbps}", wav.1.digest).as_bytes()),
                frames: read.frames,
                kbps,
                original: facts.digest.clone(),
                kind: read.kind.media_type().into(),
                text,
                at: now(),
            };
            let kept = library.store.keep_upload(&upload, [(original, facts), mp3, wav])?;
            library.clear_uploads();
            if kept { Ok(revision) } else { Err(LibraryError::NoArticle) }
        });
        let revision = kept.await?;
        self.make_room();
        self.happened.notify_waiters();
        self.shown(&revision).await
    }

    /// What an editor sees of a revision.
    pub(super) async fn shown(self: &Arc<Self>, revision: &Revision) -> Result<Manifest, LibraryError> {
        let preview = (revision.live > now()).then(|| self.preview_of(&revision.article));
        self.manifest(&revision.article, preview.as_deref()).await
    }

    /// Writes what is sent to a file.
    async fn receive<E>(
        self: &Arc<Self>,
        mut pieces: impl Stream<Item = Result<Bytes, E>> + Unpin,
    ) -> Result<(NamedTempFile, BlobFacts), LibraryError> {
        let max = self.config.recordings.max_bytes;
        let mut file = self.blocking(|library| Ok(library.store.blobs.scratch()?)).await?;
        let (mut hash, mut bytes, mut waiting) = (Sha256::new(), 0, Vec::with_capacity(PIECE));
        let mut ended = false;
        while !ended {
            match pieces.next().await {
                Some(piece) => waiting.extend_from_slice(&piece.map_err(|_| LibraryError::BrokenOff)?),
                None => ended = true,
            }
            if bytes + waiting.len() as u64 > max {
                return Err(LibraryError::TooLarge(max));
            }
            if ended || waiting.len() >= PIECE {
                bytes += waiting.len() as u64;
                let piece = std::mem::take(&mut waiting);
                (file, hash) = self
                    .blocking(move |_| {
                        file.write_all(&piece).map_err(|e| StoreError::write(file.path(), &e))?;
                        hash.update(&piece);
                        Ok((file, hash))
                    })
                    .await?;
            }
        }
        let digest = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        Ok((file, BlobFacts { bytes, digest }))
    }

    /// The file that was sent for an article.
    ///
    /// # Errors
    /// There is none.
    pub async fn original(self: &Arc<Self>, id: &str) -> Result<Original, LibraryError> {
        let id = id.to_owned();
        self.blocking(move |library| {
            let upload = library.store.ledger.uploaded(&id)?.ok_or(LibraryError::NotRecorded)?;
            let name = BlobName::Original(upload.original.clone()).to_string();
            let blob = library.store.blobs.open(&name).ok_or(LibraryError::NoRecording)?;
            let bytes = blob.length().ok_or(LibraryError::NoRecording)?;
            Ok(Original { file: Whole(blob), bytes, digest: upload.original, kind: upload.kind })
        })
        .await
    }

    /// Withdraws an article's recording: the voice is heard again.
    ///
    /// # Errors
    /// There is none, or the ledger can't be written.
    pub async fn withdraw(self: &Arc<Self>, id: &str) -> Result<(), LibraryError> {
        let id = id.to_owned();
        let gone = self.blocking(move |library| {
            let gone = library.store.ledger.withdraw(&id)?;
            library.clear_uploads();
            Ok(gone)
        });
        let gone = gone.await?;
        self.happened.notify_waiters();
        if gone { Ok(()) } else { Err(LibraryError::NotRecorded) }
    }

    /// What can't be removed now is removed at the next start.
    pub(super) fn clear_uploads(&self) {
        if let Err(error) = self.store.clear_uploads() {
            tracing::warn!(%error, "what is left of a recording could not be removed");
        }
    }

    /// The recording by people that is heard of a revision's article, if there is one and it is whole.
    pub(super) async fn recorded(
        self: &Arc<Self>,
        revision: &Revision,
    ) -> Result<Option<Arc<Opened>>, LibraryError> {
        let revision = revision.clone();
        match self.blocking(move |library| library.recording_of(&revision)).await? {
            Some(read) => Ok(Some(self.read_by_people(read).await?)),
            None => Ok(None),
        }
    }

    /// A recording by people that is whole, and the revision that it passes for.
    pub(super) fn recording_of(&self, heard: &Revision) -> Result<Option<(Revision, Upload)>, LibraryError> {
        let upload = self.store.ledger.uploaded(&heard.article)?;
        let Some(upload) = upload.filter(|upload| self.is_there(upload)) else {
            return Ok(None);
        };
        // What is written on the page by now, though the voice may not have read it yet.
        let newest = self.store.ledger.newest(&heard.article)?.filter(|newest| newest.live <= now());
        Ok(Some((newest.unwrap_or_else(|| heard.clone()), upload)))
    }

    /// What people read of an article, and whether it is still what is written, were this its content.
    pub(super) fn read_so_far(&self, article: &str, content: &str) -> Result<Option<ReadBy>, LibraryError> {
        let Some(upload) = self.store.ledger.uploaded(article)? else { return Ok(None) };
        let text_changed = text_of(content, self)?.1 != upload.text;
        Ok(Some(ReadBy { at: written(upload.at), text_changed }))
    }

    /// Opens what people read of a revision.
    pub(super) async fn read_by_people(
        self: &Arc<Self>,
        (seen, upload): (Revision, Upload),
    ) -> Result<Arc<Opened>, LibraryError> {
        let key = (seen.id, hash(&(&seen.content, &upload)));
        let (library, content, id) = (self.clone(), seen.content, seen.id);
        let open = async move {
            let (about, text) = library.blocking(move |library| text_of(&content, library)).await?;
            let recorded =
                Recorded { frames: upload.frames, at: upload.at, text_changed: text != upload.text };
            let recording = Recording::by_people(about, upload.recording, recorded, upload.kbps);
            Ok(Arc::new(Opened::by_people(id, recording, library.waits.plan.clone()).await))
        };
        self.open_once(key, open).await
    }

    /// A recording by people, by its name.
    pub(super) async fn recorded_as(
        self: &Arc<Self>,
        name: &str,
        preview: Option<&str>,
    ) -> Result<Option<Arc<Opened>>, LibraryError> {
        let asked = name.to_owned();
        let found = self.blocking(move |library| Ok(library.store.ledger.uploads_named(&asked)?)).await?;
        for upload in found {
            match self.current(&upload.article, preview).await {
                Ok(revision) => {
                    let opened = self.recorded(&revision).await?.filter(|opened| opened.name == name);
                    if opened.is_some() {
                        self.note_heard(revision.id);
                        return Ok(opened);
                    }
                }
                // Its article may not be heard by this reader; another's may.
                Err(LibraryError::NoArticle) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Where bytes are lost, the voice is better than nothing.
    fn is_there(&self, upload: &Upload) -> bool {
        let mp3 = BlobName::Read(upload.recording.clone()).to_string();
        let bytes = upload.frames * mp3::frame_bytes(upload.kbps);
        let there = self.store.blobs.length(&mp3) == Some(bytes as u64);
        if !there {
            tracing::error!(name = mp3, "a recording is missing or damaged, and the voice is heard instead");
        }
        there
    }

    /// The MP3 of a recording by people.
    pub(super) async fn mp3_by_people(self: &Arc<Self>, name: &str) -> Result<Whole, LibraryError> {
        let name = BlobName::Read(name.to_owned()).to_string();
        let blob = self.blocking(move |library| Ok(library.store.blobs.open(&name))).await?;
        blob.map(Whole).ok_or(LibraryError::NoRecording)
    }
}

/// What is told of an article that people read, and a digest of what they had before them.
fn text_of(content: &str, library: &Library) -> Result<(About, String), LibraryError> {
    let article = article(content)?;
    let script = render::script(&article, &library.renderer.config().style())?;
    let mut hash = Sha256::new();
    // What a site has read around its articles is not theirs.
    let sentences = script.blocks.iter().flat_map(|block| &block.sentences).filter(|s| s.span.0 < s.span.1);
    sentences.for_each(|sentence| hash.update(format!("{}\n", sentence.text)));
    let about = About {
        words: script.words(),
        title: script.title,
        url: article.url,
        language: script.language,
        voice: String::new(),
        notes: Vec::new(),
    };
    Ok((about, hash.finalize().iter().map(|b| format!("{b:02x}")).collect()))
}

type Kept = (NamedTempFile, BlobFacts);

/// A WAV of ours → the MP3, and the facts of both.
fn encode(
    store: &Store,
    mut wav: NamedTempFile,
    frames: usize,
    kbps: u32,
) -> Result<(Kept, Kept), LibraryError> {
    let mut mp3 = store.blobs.scratch()?;
    let path = mp3.path().to_owned();
    let failed = |e: std::io::Error| StoreError::write(&path, &e);
    let expected = (wav::HEADER_BYTES + frames * wav::FRAME_BYTES) as u64;
    if wav.as_file().metadata().map_err(failed)?.len() != expected {
        return Err(Refusal::Broken("what was read of it is not what was said".into()).into());
    }
    let mut encoder = mp3::Encoder::bare(kbps).map_err(RenderError::from)?;
    let mut input = BufReader::new(wav.reopen().map_err(failed)?);
    let mut output = BufWriter::new(mp3.as_file_mut());
    input.seek_relative(wav::HEADER_BYTES as i64).map_err(failed)?;
    let mut bytes = [0; wav::FRAME_BYTES];
    for _ in 0..frames {
        input.read_exact(&mut bytes).map_err(failed)?;
        output.write_all(&encoder.push(&wav::samples(&bytes)).map_err(RenderError::from)?).map_err(failed)?;
    }
    output.write_all(&encoder.end().map_err(RenderError::from)?).map_err(failed)?;
    output.flush().map_err(failed)?;
    drop(output);
    let facts = [&mut mp3, &mut wav].map(|file| facts(file).map_err(failed));
    let [mp3_facts, wav_facts] = facts;
    Ok(((mp3, mp3_facts?), (wav, wav_facts?)))
}

fn facts(file: &mut NamedTempFile) -> std::io::Result<BlobFacts> {
    let bytes = file.as_file().metadata()?.len();
    file.rewind()?;
    Ok(BlobFacts { bytes, digest: digest_of_file(file.as_file_mut())? })
}
