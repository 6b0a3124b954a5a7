//! `lectern voices check`

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use crate::cli::error::CliError;
use crate::cli::figures::counted;
use crate::cli::place::AnswerArgs;
use crate::config::Config;
use crate::speech::{
    Catalogue, Engine, Phonemizer, Runtime, SentenceKey, Settings, SpeechError, Voice, Voices,
};

/// Load each voice and have it speak, or tell why it can't
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lectern voices check
  lectern voices check en_US-joe-medium
  lectern voices check ~/Downloads/some-voice.onnx --json")]
pub(super) struct Check {
    /// Voices by id, or model files [default: every voice on this machine]
    #[arg(value_name = "ID|FILE")]
    named: Vec<String>,
    #[command(flatten)]
    answer: AnswerArgs,
}

#[derive(Serialize)]
struct Row {
    id: String,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl Check {
    pub(super) fn run(&self, config: &Config) -> Result<(), CliError> {
        let checker = Checker::new(config)?;
        let voices = self.models(config)?;
        let rows: Vec<Row> = voices.iter().map(|model| row(model, checker.check(model))).collect();
        self.answer.show(&rows, |rows, out| {
            let mut rows = rows.iter();
            rows.try_for_each(|row| writeln!(out, "{}: {}", row.id, row.error.as_deref().unwrap_or("ok")))
        })?;
        match rows.iter().filter(|row| !row.ok).count() {
            0 => Ok(()),
            bad => {
                let all = counted(rows.len(), "voice", "voices");
                Err(CliError::Failed(format!("{bad} of {all} can't be used")))
            }
        }
    }

    /// The model files meant.
    fn models(&self, config: &Config) -> Result<Vec<PathBuf>, CliError> {
        let voices = || Voices::find(&config.voices()?, None).map_err(CliError::from);
        if self.named.is_empty() {
            return Ok(voices()?.models().to_vec());
        }
        let model = |name: &String| match name.ends_with(".onnx") {
            true => Ok(PathBuf::from(name)),
            false => Ok(voices()?.get(name)?.model.clone()),
        };
        self.named.iter().map(model).collect()
    }
}

fn row(model: &Path, result: Result<(), SpeechError>) -> Row {
    let id = model.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Row { id, ok: result.is_ok(), error: result.err().map(|e| e.to_string()) }
}

/// What a voice needs to be tried.
pub(super) struct Checker {
    runtime: Runtime,
    phonemizer: Phonemizer,
}

impl Checker {
    pub(super) fn new(config: &Config) -> Result<Self, CliError> {
        let runtime = Runtime::load(&config.onnxruntime()?)?;
        Ok(Self { runtime, phonemizer: Phonemizer::start(&config.parts()?)? })
    }

    /// Cuts the voice in two, loads both sides, and lets each of its speakers say a few words.
    pub(super) fn check(&self, model: &Path) -> Result<(), SpeechError> {
        let voice = Arc::new(Voice::open(model)?);
        voice.verify(&Catalogue::built_in())?;
        let fingerprint = voice.fingerprint()?;
        let mut engine = Engine::load(self.runtime, &voice)?;
        let (spoken, settings) = ("1 2 3.", Settings::default());
        let utterance = self.phonemizer.utterance(spoken, &[], &voice.espeak, &voice.alphabet)?;
        for speaker in [0, voice.speakers.len().saturating_sub(1) as i64] {
            let key = SentenceKey::new(spoken, &[], &fingerprint, speaker, &settings);
            let mut plan = engine.plan(&utterance, &key, speaker, &settings)?;
            let samples = engine.all_sound(&mut plan)?;
            if samples.iter().any(|s| !s.is_finite()) {
                return Err(SpeechError::Voice {
                    path: model.into(),
                    cause: "it makes no sound but noise".into(),
                });
            }
        }
        Ok(())
    }
}
