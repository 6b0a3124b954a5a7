//! One article to one file; nothing of it is kept.

use std::fs;
use std::io::{BufWriter, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use futures_util::StreamExt;
use serde::Serialize;
use tempfile::NamedTempFile;
use thiserror::Error;

use super::recording::Format;
use crate::article::Article;
use crate::audio::{Mark, mp3, seconds, wav};
use crate::render::{Line, PlannedClip, RenderError, Renderer};
use crate::speech::SpeechError;
use crate::text::{House, Note, Span};

/// Where the sound goes.
#[derive(Clone, Debug)]
pub struct Target {
    /// The file, which is replaced only by a whole one.
    pub path: PathBuf,
    /// How it is encoded.
    pub format: Format,
}

/// Why an article was not written to its file.
#[derive(Debug, Error)]
pub enum SpeakError {
    /// The flow from article to clip.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The file.
    #[error("can't write {}: {cause}; name another file, in a folder that can be written", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: String,
    },
}

/// What was spoken.
#[derive(Clone, Debug, PartialEq)]
pub struct Speech {
    /// Its sentences.
    pub sentences: Vec<Spoken>,
    /// What was left out or unusual.
    pub notes: Vec<Note>,
}

/// A sentence, when it is heard and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spoken {
    /// Seconds from the beginning.
    pub start: f64,
    /// Seconds from the beginning.
    pub end: f64,
    /// As it is said.
    pub text: String,
    /// Where it stands in the reader's text.
    pub span: Span,
    /// When each of its words is heard.
    pub words: Vec<Mark>,
}

/// Speaks an article into a file, by a house's lexicon, and tells when each sentence is heard.
/// `progress` is called with the number of sentences done and of all.
///
/// # Errors
/// The article can't be spoken or the file can't be written; then no file is left behind.
pub async fn speak(
    renderer: &Renderer,
    article: &Article,
    house: &House,
    target: &Target,
    mut progress: impl FnMut(usize, usize),
) -> Result<Speech, SpeakError> {
    let (script, lines) = renderer.lines_in(article, house)?;
    let notes = [script.all_notes(), renderer.unknown_phonemes(&lines)?].concat();
    let failed = |e: std::io::Error| SpeakError::Write { path: target.path.clone(), cause: e.to_string() };
    let file = beside(&target.path).map_err(failed)?;
    let mut writer = Writer::new(&file, target.format, renderer).map_err(failed)?;
    let (mut spoken, mut start) = (Vec::new(), 0);
    let mut clips = std::pin::pin!(renderer.clips(&lines));
    for (i, line) in lines.iter().enumerate() {
        let clip = clips.next().await.ok_or(SpeechError::Stopped).map_err(RenderError::from)?;
        let (planned, samples) = clip?;
        spoken.push(mark(line, start, &planned));
        start += planned.frames + line.pause;
        writer.push(&samples, line.pause)?.map_err(failed)?;
        progress(i + 1, lines.len());
    }
    writer.finish().map_err(failed)?;
    put(file, &target.path).map_err(failed)?;
    Ok(Speech { sentences: spoken, notes })
}

fn mark(line: &Line, start: usize, clip: &PlannedClip) -> Spoken {
    Spoken {
        start: seconds(start),
        end: seconds(start + clip.frames),
        text: line.spoken.to_string(),
        span: line.span,
        words: clip.marks(line).into_iter().map(|word| word.shifted(seconds(start))).collect(),
    }
}

/// A file in the same folder, so that it can take the target's place in one step.
fn beside(path: &Path) -> std::io::Result<NamedTempFile> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    // As any new file, where a temporary one would be its owner's alone.
    let permissions = fs::Permissions::from_mode(0o666);
    tempfile::Builder::new().permissions(permissions).tempfile_in(folder.unwrap_or(Path::new(".")))
}

/// Writes to what is no regular file (a named pipe) directly; replaces what is.
fn put(file: NamedTempFile, path: &Path) -> std::io::Result<()> {
    if fs::metadata(path).is_ok_and(|m| !m.is_file()) {
        let mut from = fs::File::open(file.path())?;
        std::io::copy(&mut from, &mut fs::OpenOptions::new().write(true).open(path)?)?;
        return Ok(());
    }
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

enum Writer<'a> {
    Mp3(BufWriter<&'a fs::File>, u32),
    Wav(wav::Writer<BufWriter<&'a fs::File>>),
}

impl<'a> Writer<'a> {
    fn new(file: &'a NamedTempFile, format: Format, renderer: &Renderer) -> std::io::Result<Self> {
        let out = BufWriter::new(file.as_file());
        Ok(match format {
            Format::Mp3 => Self::Mp3(out, renderer.config().audio.mp3_kbps),
            Format::Wav => Self::Wav(wav::Writer::new(out)?),
        })
    }

    fn push(&mut self, clip: &[f32], pause: usize) -> Result<std::io::Result<()>, RenderError> {
        Ok(match self {
            Self::Mp3(out, kbps) => {
                let frames = [mp3::encode(clip, *kbps)?, mp3::silence(pause, *kbps)?].concat();
                out.write_all(&frames)
            }
            Self::Wav(out) => out.push(clip, pause),
        })
    }

    fn finish(self) -> std::io::Result<()> {
        match self {
            Self::Mp3(mut out, _) => out.flush(),
            Self::Wav(out) => out.finish(),
        }
    }
}
