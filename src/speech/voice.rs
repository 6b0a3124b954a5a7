//! The voices on this machine: a folder of models, and the catalogue of known ones.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use piper_rs::ModelConfig;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::alphabet::Alphabet;
use super::error::SpeechError;
use super::hibari;
use super::key::Settings;

/// A voice as its files describe it; the model itself is loaded by those who run it.
pub struct Voice {
    /// File name without `.onnx`.
    pub id: String,
    /// BCP 47 tag, as "en-US".
    pub language: String,
    /// Name of the espeak-ng voice whose phonemes it was trained on.
    pub espeak: String,
    /// Samples a second.
    pub sample_rate: u32,
    /// What its model reads.
    pub alphabet: Alphabet,
    /// Which engine runs its model.
    pub kind: Kind,
    /// Speakers by name; empty where there is only one.
    pub speakers: HashMap<String, i64>,
    /// The model file.
    pub model: PathBuf,
    /// Its JSON, if it has one.
    config: Option<PathBuf>,
    /// SHA-256 of the model and of the JSON, once they were asked for.
    digests: OnceLock<Vec<[u8; 32]>>,
}

/// Which engine runs a voice's model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// VITS, as the Piper project exports it.
    Piper {
        /// Noise, length and noise-w scales to speak with where nothing else is asked.
        scales: [f32; 3],
    },
    /// A student of Kokoro-82M, as the package `hibari-tts` carries it.
    Hibari,
}

impl Kind {
    /// The engine's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Piper { .. } => "piper",
            Self::Hibari => "hibari",
        }
    }
}

impl std::fmt::Debug for Voice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Voice").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What the voice's JSON says beside what piper-rs reads of it.
#[derive(Deserialize)]
struct Extra {
    #[serde(default)]
    language: Language,
    #[serde(default)]
    phoneme_type: Option<String>,
}

#[derive(Default, Deserialize)]
struct Language {
    #[serde(default)]
    code: String,
}

/// Why a model without a JSON is no voice.
const NEITHER: &str = "not there, as a Piper voice needs it; and the model is no hibari voice: it is cut off, or its \
    inputs or outputs are others";

impl Voice {
    /// Reads what a voice says of itself: a Piper voice in the JSON beside its model; a hibari voice,
    /// which has none, in its model's interface and its file's name.
    ///
    /// # Errors
    /// The JSON is missing or damaged, or the voice is of no kind that is known.
    pub fn open(model: &Path) -> Result<Self, SpeechError> {
        let config = with_suffix(model, ".json");
        if config.exists() {
            return Self::piper(model, config);
        }
        let error = |path: &Path, cause: String| SpeechError::Voice { path: path.into(), cause };
        let bytes = fs::read(model).map_err(|e| error(model, e.to_string()))?;
        match hibari::is_hibari(&bytes) {
            true => Ok(Self::hibari(model)),
            false => Err(error(&config, NEITHER.into())),
        }
    }

    /// A hibari voice speaks American English, unless its name begins with "en_GB".
    fn hibari(model: &Path) -> Self {
        let id = id_of(model);
        let british = id.starts_with("en_GB");
        let (language, espeak) = if british { ("en-GB", "en-gb") } else { ("en-US", "en-us") };
        Self {
            id,
            language: language.into(),
            espeak: espeak.into(),
            sample_rate: hibari::SAMPLE_RATE,
            alphabet: Alphabet::Misaki { british },
            kind: Kind::Hibari,
            speakers: HashMap::new(),
            model: model.into(),
            config: None,
            digests: OnceLock::new(),
        }
    }

    fn piper(model: &Path, config: PathBuf) -> Result<Self, SpeechError> {
        let error = |cause: String| SpeechError::Voice { path: config.clone(), cause };
        let json = fs::read(&config).map_err(|e| error(e.to_string()))?;
        let piper: ModelConfig = serde_json::from_slice(&json).map_err(|e| error(e.to_string()))?;
        let extra: Extra = serde_json::from_slice(&json).map_err(|e| error(e.to_string()))?;
        check(&piper, &extra).map_err(|cause| error(cause.into()))?;
        let id = id_of(model);
        Ok(Self {
            language: language(&extra, &id, &piper.espeak.voice),
            id,
            espeak: piper.espeak.voice,
            sample_rate: piper.audio.sample_rate,
            alphabet: Alphabet::Espeak(piper.phoneme_id_map),
            kind: Kind::Piper {
                scales: [piper.inference.noise_scale, piper.inference.length_scale, piper.inference.noise_w],
            },
            speakers: piper.speaker_id_map,
            model: model.into(),
            config: Some(config),
            digests: OnceLock::new(),
        })
    }

    /// SHA-256 over the SHA-256 of the model and of the JSON: changes when either does.
    ///
    /// # Errors
    /// A file can't be read.
    pub fn fingerprint(&self) -> Result<[u8; 32], SpeechError> {
        Ok(Sha256::digest(self.digests()?.concat()).into())
    }

    /// Tens of megabytes are read for this, so only once.
    fn digests(&self) -> Result<&[[u8; 32]], SpeechError> {
        if let Some(known) = self.digests.get() {
            return Ok(known);
        }
        let files = std::iter::once(&self.model).chain(&self.config);
        let digests = files.map(|path| sha256(path)).collect::<Result<_, _>>()?;
        Ok(self.digests.get_or_init(|| digests))
    }

    /// Fails if the catalogue knows the voice by another sum.
    ///
    /// # Errors
    /// The file is damaged or not the one the catalogue means, or can't be read.
    pub fn verify(&self, catalogue: &Catalogue) -> Result<(), SpeechError> {
        let Some(entry) = catalogue.voice.iter().find(|v| v.id == self.id) else {
            return Ok(());
        };
        let paths = std::iter::once(&self.model).chain(&self.config);
        let sums = std::iter::once(&entry.model_sha256).chain(&entry.config_sha256);
        for ((path, sum), digest) in paths.zip(sums).zip(self.digests()?) {
            if hex(digest) != *sum {
                let cause = "damaged: its SHA-256 is not the catalogue's".into();
                return Err(SpeechError::Voice { path: path.clone(), cause });
            }
        }
        Ok(())
    }

    /// Phonemes of a text in IPA that it does not know, each once.
    pub fn unknown(&self, ipa: &str) -> Vec<char> {
        self.alphabet.unknown(ipa)
    }

    /// Noise, length and noise-w scales of a Piper voice by these settings.
    pub(super) fn scales(&self, settings: &Settings) -> [f32; 3] {
        let [noise, length, noise_w] = match self.kind {
            Kind::Piper { scales } => scales,
            Kind::Hibari => [0.0, 1.0, 0.0],
        };
        let or = |setting: Option<f32>, own: f32| setting.unwrap_or(own);
        [or(settings.noise, noise), length / settings.speed, or(settings.noise_w, noise_w)]
    }

    /// Number of the speaker with this name or number; the first where none is named.
    ///
    /// # Errors
    /// There is no such speaker.
    pub fn speaker(&self, name: Option<&str>) -> Result<i64, SpeechError> {
        let Some(name) = name else { return Ok(0) };
        let number = name.parse().ok();
        let by_number = number.filter(|n| *n == 0 || self.speakers.values().any(|v| v == n));
        (self.speakers.get(name).copied().or(by_number)).ok_or_else(|| SpeechError::UnknownVoice {
            id: format!("{}#{name}", self.id),
            known: self.speaker_ids().join(", "),
        })
    }
}

impl Voice {
    /// Every way to ask for this voice.
    fn speaker_ids(&self) -> Vec<String> {
        let mut names: Vec<&String> = self.speakers.keys().collect();
        names.sort();
        match names[..] {
            [] => vec![self.id.clone()],
            _ => names.iter().map(|name| format!("{}#{name}", self.id)).collect(),
        }
    }
}

fn check(piper: &ModelConfig, extra: &Extra) -> Result<(), &'static str> {
    let known = |c| piper.phoneme_id_map.get(&c).is_some_and(|ids: &Vec<i64>| !ids.is_empty());
    if !matches!(extra.phoneme_type.as_deref(), None | Some("espeak")) {
        return Err("a voice that does not take espeak-ng's phonemes");
    }
    if !(8_000..=48_000).contains(&piper.audio.sample_rate) {
        return Err("a sample rate outside 8 to 48 kHz");
    }
    match ['^', '_', '$'].into_iter().all(known) {
        true => Ok(()),
        false => Err("no ids for begin, pad and end"),
    }
}

fn language(extra: &Extra, id: &str, espeak: &str) -> String {
    let named = [extra.language.code.as_str(), id.split('-').next().unwrap_or_default()];
    let tag = named.into_iter().find(|t| t.len() >= 2 && t.contains('_'));
    tag.unwrap_or(espeak).replace('_', "-")
}

fn id_of(model: &Path) -> String {
    model.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn sha256(path: &Path) -> Result<[u8; 32], SpeechError> {
    let error = |e: io::Error| SpeechError::Voice { path: path.into(), cause: e.to_string() };
    let mut file = File::open(path).map_err(error)?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        match file.read(&mut buffer).map_err(error)? {
            0 => return Ok(hash.finalize().into()),
            n => hash.update(&buffer[..n]),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// The voices known to this project, with what must be known to use them.
#[derive(Clone, Debug, Deserialize)]
pub struct Catalogue {
    /// One entry a voice.
    #[serde(default)]
    pub voice: Vec<CatalogueEntry>,
}

/// A voice the project knows.
#[derive(Clone, Debug, Deserialize)]
pub struct CatalogueEntry {
    /// As in the file's name.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Which engine runs it: "piper" or "hibari".
    pub engine: String,
    /// BCP 47 tag.
    pub language: String,
    /// Accent, in English.
    pub accent: String,
    /// "female" or "male".
    pub sex: String,
    /// Whether it reads its language where nobody has chosen a voice.
    #[serde(default)]
    pub default: bool,
    /// Name of its file where its maker publishes it, if `lectern voices add` can bring it from there.
    pub file: Option<String>,
    /// SPDX name of the licence of the voice.
    pub licence: String,
    /// Who made it, of which data.
    pub source: String,
    /// Number of speakers.
    pub speakers: u32,
    /// Gain in decibels that brings it to the loudness we aim at, where that was measured.
    pub gain_db: Option<f32>,
    /// SHA-256 of the model, in hex.
    pub model_sha256: String,
    /// SHA-256 of the JSON, in hex, of voices that have one.
    pub config_sha256: Option<String>,
}

impl Catalogue {
    /// The catalogue this program was built with.
    pub fn built_in() -> Self {
        // A damaged catalogue would be a mistake in this repository, which a test finds.
        toml::from_str(include_str!("../../voices/voices.toml")).unwrap_or(Self { voice: Vec::new() })
    }
}

/// A folder of voices, each read when it is first asked for.
#[derive(Debug)]
pub struct Voices {
    /// Voices for articles that name none, if they speak their language: the one that was chosen, then
    /// those of the catalogue.
    defaults: Vec<String>,
    files: Vec<PathBuf>,
    open: Mutex<HashMap<PathBuf, Arc<Voice>>>,
}

impl Voices {
    /// Looks for `*.onnx` in a folder.
    ///
    /// # Errors
    /// The folder can't be read or has no voice.
    pub fn find(folder: &Path, default: Option<String>) -> Result<Self, SpeechError> {
        let error = |cause: String| SpeechError::Voice { path: folder.into(), cause };
        let entries = fs::read_dir(folder).map_err(|e| error(e.to_string()))?;
        let mut files: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
        files.retain(|f| f.extension().is_some_and(|e| e == "onnx"));
        files.sort();
        if files.is_empty() {
            return Err(error("no voice here".into()));
        }
        let catalogue = Catalogue::built_in().voice.into_iter().filter(|entry| entry.default);
        let defaults = default.into_iter().chain(catalogue.map(|entry| entry.id)).collect();
        Ok(Self { defaults, files, open: Mutex::default() })
    }

    /// Ids of all voices in the folder.
    pub fn ids(&self) -> Vec<String> {
        self.files.iter().map(|f| id_of(f)).collect()
    }

    /// The model files, in the order of their names.
    pub fn models(&self) -> &[PathBuf] {
        &self.files
    }

    /// A voice by its id.
    ///
    /// # Errors
    /// There is none, or its files are damaged.
    pub fn get(&self, id: &str) -> Result<Arc<Voice>, SpeechError> {
        let file = self.files.iter().find(|f| id_of(f) == id);
        let file =
            file.ok_or_else(|| SpeechError::UnknownVoice { id: id.into(), known: self.ids().join(", ") })?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(voice) = open.get(file) {
            return Ok(voice.clone());
        }
        let voice = Arc::new(Voice::open(file)?);
        open.insert(file.clone(), voice.clone());
        Ok(voice)
    }

    /// The voice for a language: a default one if it speaks it, else the first that does.
    ///
    /// # Errors
    /// None does.
    pub fn for_language(&self, language: &str) -> Result<Arc<Voice>, SpeechError> {
        let ids = self.defaults.iter().cloned().chain(self.ids());
        let voices = ids.filter_map(|id| self.get(&id).ok());
        let mut speaking = voices.filter(|v| primary(&v.language) == primary(language));
        speaking.next().ok_or_else(|| SpeechError::NoVoiceFor {
            language: language.into(),
            known: self.ids().join(", "),
        })
    }
}

fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase()
}
