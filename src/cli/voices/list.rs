//! `lectern voices list`

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Instant;

use clap::Args;
use serde::Serialize;

use crate::cli::error::CliError;
use crate::cli::place::AnswerArgs;
use crate::config::Config;
use crate::speech::{
    Catalogue, CatalogueEntry, Engine, Phonemizer, Runtime, SentenceKey, Settings, SpeechError, Voice, Voices,
};

/// What a voice says to have its speed measured.
const SENTENCE: &str = "The ferry leaves the quay at six, and the harbour master is there to see it go.";

/// List the voices on this machine, how fast they are here, and where they come from
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lectern voices list
  lectern voices list --no-speed --json")]
pub(super) struct List {
    /// Do not measure how fast each voice is, which takes about a second a voice
    #[arg(long)]
    no_speed: bool,
    #[command(flatten)]
    answer: AnswerArgs,
}

impl List {
    pub(super) fn run(&self, config: &Config) -> Result<(), CliError> {
        let voices = Voices::find(&config.voices()?, config.voice.clone())?;
        let catalogue = Catalogue::built_in();
        let speeds = if self.no_speed { None } else { Some(Speeds::new(config)?) };
        let rows = voices.ids().into_iter().map(|id| row(&voices, &catalogue, speeds.as_ref(), id));
        let rows: Vec<Row> = rows.collect();
        let more: Vec<&CatalogueEntry> =
            catalogue.voice.iter().filter(|v| !voices.ids().contains(&v.id)).collect();
        self.answer.show(&rows, |rows, out| {
            table(rows, out)?;
            known(&more, out)
        })
    }
}

#[derive(Serialize)]
struct Row {
    id: String,
    engine: &'static str,
    language: String,
    accent: String,
    sex: String,
    sample_rate: u32,
    speakers: usize,
    licence: String,
    source: String,
    /// Seconds of sound that one thread makes in a second.
    #[serde(skip_serializing_if = "Option::is_none")]
    speed: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

fn row(voices: &Voices, catalogue: &Catalogue, speeds: Option<&Speeds>, id: String) -> Row {
    let entry = catalogue.voice.iter().find(|v| v.id == id);
    let from_entry = |or: &str, field: fn(&CatalogueEntry) -> &String| {
        entry.map_or_else(|| or.to_owned(), |entry| field(entry).clone())
    };
    let mut row = Row {
        engine: "?",
        language: "?".into(),
        accent: from_entry("?", |entry| &entry.accent),
        sex: from_entry("?", |entry| &entry.sex),
        sample_rate: 0,
        speakers: 0,
        licence: from_entry("see its card", |entry| &entry.licence),
        source: from_entry("see its card", |entry| &entry.source),
        speed: None,
        error: None,
        id,
    };
    let opened = voices.get(&row.id);
    let measured = opened.and_then(|voice| {
        (row.engine, row.sample_rate) = (voice.kind.name(), voice.sample_rate);
        (row.language, row.speakers) = (voice.language.clone(), voice.speakers.len().max(1));
        speeds.map(|speeds| speeds.measure(&voice)).transpose()
    });
    match measured {
        Ok(speed) => row.speed = speed,
        Err(error) => row.error = Some(error.to_string()),
    }
    row
}

/// Measures voices.
struct Speeds {
    runtime: Runtime,
    phonemizer: Phonemizer,
}

impl Speeds {
    fn new(config: &Config) -> Result<Self, CliError> {
        let runtime = Runtime::load(&config.onnxruntime()?)?;
        Ok(Self { runtime, phonemizer: Phonemizer::start(&config.parts()?)? })
    }

    /// Seconds of sound in a second: the best of three, as other programs only slow it down.
    fn measure(&self, voice: &Arc<Voice>) -> Result<f64, SpeechError> {
        let mut engine = Engine::load(self.runtime, voice)?;
        let settings = Settings::default();
        let key = SentenceKey::new(SENTENCE, &[], &voice.fingerprint()?, 0, &settings);
        let utterance = self.phonemizer.utterance(SENTENCE, &[], &voice.espeak, &voice.alphabet)?;
        let mut best: f64 = 0.0;
        for _ in 0..3 {
            let started = Instant::now();
            let mut plan = engine.plan(&utterance, &key, 0, &settings)?;
            let samples = engine.all_sound(&mut plan)?.len();
            let seconds = samples as f64 / f64::from(voice.sample_rate);
            best = best.max(seconds / started.elapsed().as_secs_f64());
        }
        Ok((best * 10.0).round() / 10.0)
    }
}

fn table(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    let width = rows.iter().map(|r| r.id.len()).max().unwrap_or(0).max("VOICE".len());
    writeln!(
        out,
        "{:width$}  {:6}  {:8}  {:9}  {:6}  {:>5}  {:>8}  {:>7}  LICENCE",
        "VOICE", "ENGINE", "LANGUAGE", "ACCENT", "SEX", "RATE", "SPEAKERS", "SPEED"
    )?;
    for row in rows {
        if let Some(error) = &row.error {
            writeln!(out, "{:width$}  can't be used: {error}", row.id)?;
            continue;
        }
        let speed = row.speed.map_or("-".into(), |speed| format!("{speed:.0} ×"));
        writeln!(
            out,
            "{:width$}  {:6}  {:8}  {:9}  {:6}  {:>5}  {:>8}  {:>7}  {}",
            row.id,
            row.engine,
            row.language,
            row.accent,
            row.sex,
            row.sample_rate,
            row.speakers,
            speed,
            row.licence
        )?;
        writeln!(out, "{:width$}  made by: {}", "", row.source)?;
    }
    Ok(())
}

/// What the catalogue has beside them.
fn known(more: &[&CatalogueEntry], out: &mut impl Write) -> io::Result<()> {
    if more.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nNot here yet; `lectern voices add NAME` brings them:")?;
    for entry in more {
        writeln!(out, "  {}  {}, {}, {}", entry.id, entry.engine, entry.accent, entry.sex)?;
    }
    Ok(())
}
