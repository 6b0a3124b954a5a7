//! `lectern speak`

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::error::CliError;
use super::input::{self, As};
use super::place::PlaceArgs;
use super::{set, stages};
use crate::config::Config;
use crate::library::{Format, SpeakError, Spoken, Target, speak};

/// Speak one article into one file
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lectern speak article.txt -o article.mp3
  lectern speak page.html --as page -o article.wav --marks article.vtt
  pbpaste | lectern speak - -o clipboard.mp3 --speed 1.2

Words sound as the house's lexicon says: that of the data folder, if there is one (also while a service has it), or
of the service that --server or LECTERN_SERVER names. It is only read; nothing is kept. What can't be read fails
where a flag names it; else a warning says so, and words sound as without it.")]
pub(super) struct Speak {
    /// The article: a path, or - for standard input
    input: PathBuf,
    /// File to write, .mp3 or .wav [default: the input's name with .mp3]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What the input holds [default: guessed]
    #[arg(long = "as", value_name = "FORM")]
    form: Option<As>,
    /// Id of the voice, or voice#speaker
    #[arg(long, value_name = "ID", env = "LECTERN_VOICE")]
    voice: Option<String>,
    /// Language of the article, as "en" or "de-AT" [default: the page's, else en]
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Speaking rate, 0.5 to 2.0
    #[arg(long, value_name = "RATE")]
    speed: Option<f32>,
    /// Bitrate of the MP3 in kbit/s
    #[arg(long, value_name = "KBPS")]
    bitrate: Option<u32>,
    /// Also write when each sentence is heard, .vtt or .json
    #[arg(long, value_name = "FILE")]
    marks: Option<PathBuf>,
    /// Threads that speak; 0 for one a core
    #[arg(long, value_name = "N", env = "LECTERN_WORKERS")]
    workers: Option<usize>,
    #[command(flatten, next_help_heading = "Whose lexicon is asked")]
    place: PlaceArgs,
}

impl Speak {
    pub(super) fn run(&self, mut config: Config) -> Result<(), CliError> {
        config.pool.workers = self.workers.unwrap_or(config.pool.workers);
        config.render.speech.speed = self.speed.unwrap_or(config.render.speech.speed);
        config.render.audio.mp3_kbps = self.bitrate.unwrap_or(config.render.audio.mp3_kbps);
        // What is spoken here is the user's own and goes to a file as it is made.
        config.render.max_words = usize::MAX;
        config.check()?;
        let target = self.target()?;
        let marks = self.marks.as_deref().map(marks_to).transpose()?;
        let mut article = input::article(&self.input, self.form, &input::LIMITS)?;
        set(&mut article.voice, &self.voice);
        set(&mut article.language, &self.language);
        let house = self.place.house(&mut config)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let renderer = runtime.block_on(stages::renderer(&config))?;
        let spoken = runtime.block_on(speak(&renderer, &article, &house, &target, progress()))?;
        for note in &spoken.notes {
            writeln!(io::stderr(), "note: {}: {}", note.code, note.detail)?;
        }
        if let Some((path, write)) = marks {
            fs::write(path, write(&spoken.sentences)).map_err(|e| unwritable(path, &e))?;
        }
        Ok(())
    }

    fn target(&self) -> Result<Target, CliError> {
        let path = match &self.output {
            Some(path) => path.clone(),
            None if self.input.as_os_str() == "-" => {
                return Err(CliError::Usage("name the file to write with -o FILE.mp3".into()));
            }
            None => self.input.with_extension("mp3"),
        };
        let format = match path.extension().and_then(|e| e.to_str()) {
            Some("mp3") => Format::Mp3,
            Some("wav") => Format::Wav,
            _ => {
                return Err(CliError::Usage(format!(
                    "{}: the name must end in .mp3 or .wav",
                    path.display()
                )));
            }
        };
        Ok(Target { path, format })
    }
}

type MarksWriter = fn(&[Spoken]) -> String;

/// Where marks go, and how. The sound is not made for nothing: their folder must be there.
fn marks_to(path: &Path) -> Result<(&Path, MarksWriter), CliError> {
    let writer: MarksWriter = match path.extension().and_then(|e| e.to_str()) {
        Some("vtt") => vtt,
        Some("json") => json,
        _ => return Err(CliError::Usage(format!("{}: the name must end in .vtt or .json", path.display()))),
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::metadata(folder.join(".")).map_err(|e| unwritable(path, &e))?;
    Ok((path, writer))
}

fn unwritable(path: &Path, error: &io::Error) -> SpeakError {
    SpeakError::Write { path: path.into(), cause: error.to_string() }
}

fn json(spoken: &[Spoken]) -> String {
    // Numbers and strings always serialise.
    serde_json::to_string_pretty(spoken).unwrap_or_default() + "\n"
}

/// One cue a sentence.
fn vtt(spoken: &[Spoken]) -> String {
    crate::library::vtt(spoken.iter().map(|s| (s.start, s.end, s.text.as_str())))
}

/// A line that counts sentences, at a terminal only.
fn progress() -> impl FnMut(usize, usize) {
    let shown = std::io::stderr().is_terminal();
    move |done, all| {
        if shown {
            let end = if done == all { "\n" } else { "" };
            // Progress that can't be shown is not missed.
            let _ = write!(std::io::stderr(), "\rspeaking: sentence {done} of {all}{end}");
        }
    }
}
