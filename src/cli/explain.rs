//! `lectern explain`

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Args;
use serde_json::Value;

use super::error::CliError;
use super::place::{AnswerArgs, PlaceArgs};
use super::remote::Remote;
use super::{input, stages};
use crate::config::Config;
use crate::library::{self, Asked, NamedEntry};

/// Show what is said for a sentence, why, and how it sounds
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lectern explain \"Dr. Weber read £3.5m of reports in Łódź.\"
  lectern explain \"Der 3. Mai.\" --language de --json
  lectern explain \"Zelenskyy spoke.\" -o heard.mp3 --server http://127.0.0.1:8080 --token-file token

Entries of the lexicon in the data folder, or of the service, are heard.")]
pub(super) struct Explain {
    /// The text, or - for standard input
    text: String,
    /// Its language, as "en" or "de-AT" [default: guessed]
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Id of the voice, or voice#speaker [default: the language's]
    #[arg(long, value_name = "ID", env = "LECTERN_VOICE")]
    voice: Option<String>,
    /// Address whose site's entries of the lexicon are asked
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// File to write the sound to, .mp3
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    hearing: Hearing,
}

/// Where it is read, and how it is shown.
#[derive(Args, Debug)]
pub(super) struct Hearing {
    #[command(flatten)]
    place: PlaceArgs,
    #[command(flatten)]
    answer: AnswerArgs,
}

impl Explain {
    pub(super) fn run(&self, config: Config) -> Result<(), CliError> {
        let text = if self.text == "-" { input::text(Path::new("-"))? } else { self.text.clone() };
        let (language, voice, url) = (self.language.clone(), self.voice.clone(), self.url.clone());
        let asked = Asked { text, language, voice, url, entries: Vec::new() };
        hear(config, &self.hearing, asked, self.output.as_deref())
    }
}

/// Explains a text, and writes its sound to a file.
pub(super) fn hear(
    mut config: Config,
    hearing: &Hearing,
    asked: Asked,
    output: Option<&Path>,
) -> Result<(), CliError> {
    if let Some(path) = output.filter(|path| path.extension().is_none_or(|ending| ending != "mp3")) {
        return Err(CliError::Usage(format!("{}: the name must end in .mp3", path.display())));
    }
    let (explained, mp3) = match hearing.place.remote(&mut config)? {
        Some(remote) => there(&remote, &asked)?,
        None => here(&config, hearing.place.folder.entries(&config)?, asked)?,
    };
    hearing.answer.show(&explained, people)?;
    if let Some(path) = output {
        let failed = |e: io::Error| CliError::Failed(format!("can't write {}: {e}", path.display()));
        std::fs::write(path, mp3).map_err(failed)?;
        writeln!(io::stderr(), "wrote {}", path.display())?;
    }
    Ok(())
}

/// The service's answer, and the sound that it holds.
fn there(remote: &Remote, asked: &Asked) -> Result<(Value, Vec<u8>), CliError> {
    let asked = serde_json::to_string(asked).map_err(io::Error::from)?;
    let mut answer: Value = remote.ask("POST", "/v1/preview", &asked)?;
    let audio = answer.as_object_mut().and_then(|answer| answer.remove("audio")).unwrap_or_default();
    let held = audio.as_str().and_then(|address| address.rsplit_once(','));
    let mp3 = held.and_then(|(_, sound)| STANDARD.decode(sound).ok());
    let none = || CliError::Failed("the service's answer holds no sound".into());
    Ok((answer, mp3.ok_or_else(none)?))
}

/// By the entries that are known, and those that are to be tried.
fn here(config: &Config, known: Vec<NamedEntry>, asked: Asked) -> Result<(Value, Vec<u8>), CliError> {
    let known = known.into_iter().map(|named| (named.id, named.entry));
    let tried = asked.entries.iter().map(|entry| (entry.id(), entry.clone()));
    let house = known.chain(tried).collect::<BTreeMap<_, _>>().into_values().collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let renderer = runtime.block_on(stages::one_voice(config))?;
    let (explained, mp3) = runtime.block_on(library::explain(&renderer, asked, &house))?;
    Ok((serde_json::to_value(explained).map_err(io::Error::from)?, mp3))
}

fn people(explained: &Value, out: &mut impl Write) -> io::Result<()> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut notes = list(&explained["notes"]);
    for (number, sentence) in list(&explained["sentences"]).iter().enumerate() {
        let gap = if number > 0 { "\n" } else { "" };
        writeln!(out, "{gap}written   {}", text(&sentence["text"]))?;
        writeln!(out, "spoken    {}", text(&sentence["spoken"]))?;
        for change in list(&sentence["changes"]) {
            let sound = change["sound"].as_str().map(|sound| format!(" [{sound}]")).unwrap_or_default();
            let (written, said) = (text(&change["written"]), text(&change["said"]));
            writeln!(out, "  {:16} {written} → {said}{sound}", text(&change["rule"]))?;
        }
        writeln!(out, "phonemes  {}", text(&sentence["phonemes"]))?;
        let unknown: Vec<String> = list(&sentence["unknown"]).iter().map(text).collect();
        if !unknown.is_empty() {
            writeln!(out, "left out  {} (the voice does not know them)", unknown.join(" "))?;
        }
        let seconds = sentence["duration"].as_f64().unwrap_or_default();
        writeln!(out, "voice     {}, {seconds:.2} s", text(&sentence["voice"]))?;
        notes.extend(list(&sentence["notes"]));
    }
    for note in notes {
        writeln!(out, "note      {}: {}", text(&note["code"]), text(&note["detail"]))?;
    }
    Ok(())
}
