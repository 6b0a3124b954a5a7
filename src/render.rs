//! The whole flow on one screen: article → script → lines → clips, sentence by sentence.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::{Stream, StreamExt, stream};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;
use tokio::sync::OnceCell;

use crate::article::Article;
use crate::audio::{self, AudioConfig, AudioError, ClipMaker, Expected, Jingle, Level, Mark, Quality, Sink};
use crate::speech::{
    Catalogue, CatalogueEntry, Client, Engine, PIPELINE_VERSION, Phonemizer, Plan, Pool, Priority,
    SentenceKey, Settings, SpeechError, Urgency, Utterance, Voice, Voices, WordTime,
};
use crate::text::{
    self, Block, Bytes, Emoji, House, HouseEntry, Note, Pause, Role, Script, Site, Span, Style, Token,
};

const NOTHING_TO_READ: &str = "there is nothing to read in it: no sentence with a letter or a digit";

/// Why an article can't be heard. As text it quotes nothing of the article, for it may be logged.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum RenderError {
    /// No sentence has anything to say.
    #[error("{NOTHING_TO_READ}{}", codes(.0))]
    NothingToRead(Vec<Note>),
    /// More words than the setting allows.
    #[error("the article has {words} words; at most {max} are read (setting max_words)")]
    TooLong {
        /// How many there are.
        words: usize,
        /// How many there may be.
        max: usize,
    },
    /// Between a sentence and its samples.
    #[error(transparent)]
    Speech(#[from] SpeechError),
    /// Between samples and files.
    #[error(transparent)]
    Audio(#[from] AudioError),
}

fn codes(notes: &[Note]) -> String {
    let codes: BTreeSet<&str> = notes.iter().map(|note| note.code).collect();
    codes.into_iter().map(|code| format!("; {code}")).collect()
}

impl RenderError {
    /// The whole of it, for whoever sent the article: notes may quote it.
    pub fn told(&self) -> String {
        match self {
            Self::NothingToRead(notes) => {
                let notes = notes.iter().map(|note| format!("; {}: {}", note.code, note.detail));
                format!("{NOTHING_TO_READ}{}", notes.collect::<String>())
            }
            other => other.to_string(),
        }
    }
}

/// How articles are rendered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RenderConfig {
    /// Speed and liveliness of every voice.
    pub speech: Settings,
    /// How audio is encoded.
    pub audio: AudioConfig,
    /// Most words of one article.
    pub max_words: usize,
    /// How pages of some hosts are read.
    pub sites: Vec<Site>,
    /// Whether emoji are "named" or "skipped".
    pub emoji: Emoji,
}

impl Default for RenderConfig {
    fn default() -> Self {
        Self {
            speech: Settings::default(),
            audio: AudioConfig::default(),
            max_words: 50_000,
            sites: Vec::new(),
            emoji: Emoji::default(),
        }
    }
}

impl RenderConfig {
    /// What of it the text stage needs.
    pub fn style(&self) -> Style<'_> {
        Style { sites: &self.sites, emoji: self.emoji, ..Style::default() }
    }

    /// The first of the sites' texts around articles that is no template.
    pub fn wrong_template(&self) -> Option<&str> {
        self.sites.iter().find_map(Site::wrong_template)
    }

    /// The first of the sites' CSS selectors that is none.
    pub fn wrong_selector(&self) -> Option<&str> {
        self.sites.iter().find_map(Site::wrong_selector)
    }
}

/// What is said for an article.
///
/// # Errors
/// There is nothing to read in it.
pub fn script(article: &Article, style: &Style<'_>) -> Result<Script, RenderError> {
    let script = text::script_with(article, style);
    match script.has_body() {
        true => Ok(script),
        false => Err(RenderError::NothingToRead(script.all_notes())),
    }
}

/// One sentence on its way to sound.
#[derive(Clone, Debug)]
pub struct Line {
    /// The name of its take.
    pub key: SentenceKey,
    /// Who speaks it.
    pub voice: Arc<Voice>,
    /// Which of the voice's speakers.
    pub speaker: i64,
    /// What is written.
    pub text: Arc<str>,
    /// What is said.
    pub spoken: Arc<str>,
    /// What its parts stand for.
    pub tokens: Arc<[Token]>,
    /// Frames of silence after its clip.
    pub pause: usize,
    /// Index of its block in the script.
    pub block: usize,
    /// What its block is.
    pub role: Role,
    /// What was left out or unusual in it.
    pub notes: Arc<[Note]>,
    /// What is heard, where no voice speaks: a recording of the site's.
    pub jingle: Option<Arc<Jingle>>,
    /// Where it stands in the reader's text.
    pub span: Span,
    /// The same in bytes.
    pub bytes: Bytes,
    /// Where it begins and ends in the markup, if there is any.
    pub path: Option<Arc<[String; 2]>>,
}

impl Line {
    fn utterance(&self, phonemizer: Phonemizer) -> Result<Utterance, SpeechError> {
        phonemizer.utterance(&self.spoken, &self.tokens, &self.voice.espeak, &self.voice.ids)
    }
}

/// What is known of a line's clip before it sounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedClip {
    /// Its length in frames.
    pub frames: usize,
    /// When its words are heard.
    pub words: Vec<WordTime>,
}

impl PlannedClip {
    /// When which part of the reader's text is heard, from the clip's beginning.
    pub fn marks(&self, line: &Line) -> Vec<Mark> {
        if line.span.0 == line.span.1 {
            // The site's own words stand nowhere in the reader's text.
            return Vec::new();
        }
        audio::marks(&self.words, &line.tokens, line.voice.sample_rate)
    }
}

/// By a voice's id and its speaker.
type Levels = HashMap<(String, i64), Arc<OnceCell<Level>>>;

/// What the stages need: voices, hands and settings.
pub struct Renderer {
    phonemizer: Phonemizer,
    voices: Voices,
    catalogue: Catalogue,
    pool: Pool,
    /// Each voice's level, found once, whoever asks meanwhile.
    levels: Mutex<Levels>,
    jingles: Jingles,
    config: RenderConfig,
}

/// The sites' recordings, by their files.
pub type Jingles = HashMap<PathBuf, Arc<Jingle>>;

/// What a voice says to have its loudness measured: half a minute of ordinary prose. A voice of
/// another language reads it its own way, which is as loud.
const CALIBRATION: [&str; 8] = [
    "The morning train was late again.",
    "Nobody on the platform seemed to mind, because the sun was out and the bakery had just opened.",
    "A porter pushed an empty trolley past the waiting room.",
    "Two children were counting the panes of the window, and could not agree.",
    "Why is it, asked the older one, that there is always one more than before?",
    "In the town below, the council had voted to keep the line for another ten years.",
    "It will cost a good deal of money, the mayor said, but the people have made their choice.",
    "Then the rails began to hum, the signal dropped, and everyone reached for their bags at once.",
];

impl Renderer {
    /// Puts the stages together.
    pub fn new(phonemizer: Phonemizer, voices: Voices, pool: Pool, config: RenderConfig) -> Self {
        let (catalogue, levels, jingles) = (Catalogue::built_in(), Mutex::default(), Jingles::new());
        Self { phonemizer, voices, catalogue, pool, levels, jingles, config }
    }

    /// The same with the sites' recordings; those that are not here are not heard.
    #[must_use]
    pub fn with_jingles(self, jingles: Jingles) -> Self {
        Self { jingles, ..self }
    }

    /// The threads that speak.
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// How articles are rendered.
    pub fn config(&self) -> &RenderConfig {
        &self.config
    }

    /// Article → text: what is said, and by whom.
    ///
    /// # Errors
    /// There is nothing to read, too much, or nobody to read it.
    pub fn lines(&self, article: &Article) -> Result<(Script, Vec<Line>), RenderError> {
        self.lines_in(article, House::empty())
    }

    /// The same, by a house's lexicon.
    ///
    /// # Errors
    /// As [`Renderer::lines`].
    pub fn lines_in(&self, article: &Article, house: &House) -> Result<(Script, Vec<Line>), RenderError> {
        let voice = |language: &str, own: Option<&str>| self.reader(article, language, own);
        let style = Style { house: Some(house), voice: Some(&voice), ..self.config.style() };
        let script = script(article, &style)?;
        let words = script.words();
        let max = self.config.max_words;
        if words > max {
            return Err(RenderError::TooLong { words, max });
        }
        let main = self.voice(article, &script)?;
        let speakers = script.blocks.iter().map(|block| {
            let own = self.voice_of(block.language.as_deref(), article);
            let (voice, speaker) = own.unwrap_or_else(|| main.clone());
            let fingerprint = voice.fingerprint()?;
            Ok::<_, SpeechError>((voice, speaker, fingerprint))
        });
        let speakers = speakers.collect::<Result<Vec<_>, _>>()?;
        let lines = script.blocks.iter().enumerate().flat_map(|(i, block)| {
            let jingle = self.jingle(i, block, &speakers[i].0);
            jingle.into_iter().chain(self.said(i, block, &speakers[i]))
        });
        let lines = lines.collect();
        Ok((script, lines))
    }

    /// What is said of a block.
    fn said(
        &self,
        number: usize,
        block: &Block,
        (voice, speaker, fingerprint): &(Arc<Voice>, i64, [u8; 32]),
    ) -> impl Iterator<Item = Line> {
        let speakable = block.sentences.iter().filter(|sentence| !sentence.spoken.is_empty());
        speakable.map(move |sentence| Line {
            key: SentenceKey::new(
                &sentence.spoken,
                &sentence.tokens,
                fingerprint,
                *speaker,
                &self.config.speech,
            ),
            voice: voice.clone(),
            speaker: *speaker,
            text: sentence.source.as_str().into(),
            spoken: sentence.spoken.as_str().into(),
            tokens: sentence.tokens.as_slice().into(),
            pause: audio::pause_frames(sentence.pause),
            block: number,
            role: block.role,
            notes: sentence.notes.as_slice().into(),
            jingle: None,
            span: sentence.span,
            bytes: sentence.bytes,
            path: sentence.path.clone().map(Arc::new),
        })
    }

    /// What is heard in a block's place. It has a voice as all lines do, which is not used.
    fn jingle(&self, number: usize, block: &Block, voice: &Arc<Voice>) -> Option<Line> {
        let jingle = self.jingles.get(block.recording.as_ref()?)?;
        Some(Line {
            key: SentenceKey(jingle.digest),
            voice: voice.clone(),
            speaker: 0,
            text: "".into(),
            spoken: "".into(),
            tokens: Arc::default(),
            pause: audio::pause_frames(Pause::Paragraph),
            block: number,
            role: block.role,
            notes: Arc::default(),
            jingle: Some(jingle.clone()),
            span: Span(0, 0),
            bytes: Bytes(0, 0),
            path: None,
        })
    }

    fn voice(&self, article: &Article, script: &Script) -> Result<(Arc<Voice>, i64), SpeechError> {
        let (voice, speaker) = match article.voice.as_deref().map(|id| id.split_once('#')) {
            None => (self.voices.for_language(&script.language)?, None),
            Some(Some((id, speaker))) => (self.voices.get(id)?, Some(speaker)),
            Some(None) => (self.voices.get(article.voice.as_deref().unwrap_or_default())?, None),
        };
        voice.verify(&self.catalogue)?;
        // Told now and not when it is to speak: a language that espeak-ng does not know.
        self.phonemizer.phonemes("a", &[], &voice.espeak)?;
        let speaker = voice.speaker(speaker)?;
        Ok((voice, speaker))
    }

    /// A block in another language than its article has that language's voice, if there is one and
    /// the article does not ask for its own.
    fn voice_of(&self, language: Option<&str>, article: &Article) -> Option<(Arc<Voice>, i64)> {
        let voice = self.voices.for_language(language.filter(|_| article.voice.is_none())?).ok()?;
        voice.verify(&self.catalogue).ok()?;
        Some((voice, 0))
    }

    /// Id of the voice that reads a block, as the lexicon names it; empty where there is none.
    fn reader(&self, article: &Article, language: &str, own: Option<&str>) -> String {
        if let Some(named) = &article.voice {
            return named.clone();
        }
        let own = self.voice_of(own, article).map(|(voice, _)| voice);
        let voice = own.or_else(|| self.voices.for_language(language).ok());
        voice.map_or_else(String::new, |voice| voice.id.clone())
    }

    /// The phonemes in a lexicon's entry that the voice it is for leaves out, and that voice's id.
    /// An entry for no voice and no language is tried with the default voice.
    ///
    /// # Errors
    /// There is no voice of the name that it asks for.
    pub fn unknown_in(&self, entry: &HouseEntry) -> Result<(Vec<char>, String), RenderError> {
        let named = entry.voice.as_deref().map(|id| id.split('#').next().unwrap_or(id));
        let voice = match (named, &entry.language) {
            (Some(id), _) => Some(self.voices.get(id)?),
            (None, Some(language)) => self.voices.for_language(language).ok(),
            (None, None) => self.voices.for_language(text::DEFAULT_LANGUAGE).ok(),
        };
        let ipa = entry.ipa.as_deref().unwrap_or_default();
        Ok(voice.map(|voice| (voice.unknown(ipa), voice.id.clone())).unwrap_or_default())
    }

    /// A note for each phoneme that a voice does not know and so leaves out, and for each language of some words
    /// that can't be pronounced.
    ///
    /// # Errors
    /// espeak-ng does not know the voice's language.
    pub fn unknown_phonemes(&self, lines: &[Line]) -> Result<Vec<Note>, RenderError> {
        let mut unknown = BTreeSet::new();
        for line in lines.iter().filter(|line| line.jingle.is_none()) {
            unknown.extend(self.utterance(line)?.unknown);
        }
        let tokens = lines.iter().flat_map(|line| line.tokens.iter());
        let languages = unknown_languages(self.phonemizer, tokens);
        Ok(unknown.into_iter().map(unknown_phoneme).chain(languages).collect())
    }

    /// How a line is pronounced.
    ///
    /// # Errors
    /// espeak-ng does not know its voice's language.
    pub fn utterance(&self, line: &Line) -> Result<Utterance, RenderError> {
        Ok(line.utterance(self.phonemizer)?)
    }

    /// Text → plan: how long a line's clip will be and when its words are heard, before it sounds.
    ///
    /// # Errors
    /// The voice fails, or too much is waiting.
    pub async fn plan(&self, line: &Line, urgency: &Urgency) -> Result<PlannedClip, RenderError> {
        if let Some(jingle) = &line.jingle {
            return Ok(played(jingle));
        }
        let (phonemizer, settings, job) = (self.phonemizer, self.config.speech, line.clone());
        let answer = self.pool.submit(&line.voice, urgency, line.spoken.len(), move |engine, _| {
            let plan = plan(phonemizer, engine, &job, &settings)?;
            Ok(planned(&plan, &job))
        })?;
        Ok(answer.await.map_err(|_| SpeechError::Stopped)??)
    }

    /// Text → speech → audio: makes a line's clip on a voice's own thread, and hands it to `sink`
    /// there, piece by piece.
    ///
    /// # Errors
    /// The voice or the sink fails, or too much is waiting.
    pub async fn make<S: Sink + Send + 'static>(
        &self,
        line: &Line,
        urgency: &Urgency,
        sink: S,
    ) -> Result<(PlannedClip, Quality, S), RenderError> {
        if let Some(jingle) = line.jingle.clone() {
            let played = tokio::task::spawn_blocking(move || play(&jingle, sink)).await;
            return Ok(played.map_err(|_| SpeechError::Stopped)??);
        }
        let level = self.level(&line.voice, line.speaker).await?;
        let (phonemizer, settings) = (self.phonemizer, self.config.speech);
        let (job, made) = (line.clone(), self.pool.counters().synthesised.clone());
        let answer = self.pool.submit(&line.voice, urgency, line.spoken.len(), move |engine, client| {
            let mut plan = plan(phonemizer, engine, &job, &settings)?;
            let clip = match ClipMaker::new(plan.samples, job.voice.sample_rate, level, sink) {
                Ok(maker) => speak(engine, client, &mut plan, maker, settings.speed)?,
                Err(error) => Err(error),
            };
            made.inc();
            Ok(clip.map(|(sink, quality)| (planned(&plan, &job), quality, sink)))
        })?;
        Ok(answer.await.map_err(|_| SpeechError::Stopped)???)
    }

    /// A voice's level: known from the catalogue, or measured when it first speaks.
    async fn level(&self, voice: &Arc<Voice>, speaker: i64) -> Result<Level, RenderError> {
        let found = self.found_level(&voice.id, speaker);
        let find = async || match self.catalogue.voice.iter().find(|v| v.id == voice.id) {
            Some(CatalogueEntry { gain_db: Some(gain), .. }) => Ok(Level::from_db(*gain)),
            _ => self.calibrate(voice, speaker).await.map(Level::from_db),
        };
        found.get_or_try_init(find).await.copied()
    }

    fn found_level(&self, voice: &str, speaker: i64) -> Arc<OnceCell<Level>> {
        // Nothing panics while holding it.
        let mut levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        levels.entry((voice.to_owned(), speaker)).or_default().clone()
    }

    /// Measures the gain in decibels that a voice needs; the same on every machine, as it always
    /// says the same and the result is rounded. Before everything else, as all it is to say waits
    /// for that.
    async fn calibrate(&self, voice: &Arc<Voice>, speaker: i64) -> Result<f32, RenderError> {
        let (phonemizer, fingerprint) = (self.phonemizer, voice.fingerprint()?);
        let characters = CALIBRATION.concat().len();
        let answer =
            self.pool.submit(voice, &Priority::First.into(), characters, move |engine, client| {
                let (settings, voice) = (Settings::default(), engine.voice().clone());
                let mut sound = Vec::new();
                for spoken in CALIBRATION {
                    client.still_waits()?;
                    let key = SentenceKey::new(spoken, &[], &fingerprint, speaker, &settings);
                    let utterance = phonemizer.utterance(spoken, &[], &voice.espeak, &voice.ids)?;
                    let mut plan = engine.plan(&utterance, &key, speaker, &settings)?;
                    sound.extend(engine.all_sound(&mut plan)?);
                }
                Ok(Level::calibrate(&sound, voice.sample_rate))
            })?;
        Ok(answer.await.map_err(|_| SpeechError::Stopped)???)
    }

    /// The clips of many lines in order with their samples, a few being made ahead.
    pub fn clips<'a>(
        &'a self,
        lines: &'a [Line],
    ) -> impl Stream<Item = Result<(PlannedClip, Vec<f32>), RenderError>> + 'a {
        let make = async |line| {
            let (clip, _, samples) = self.make(line, &Priority::Batch.into(), Vec::new()).await?;
            Ok((clip, samples))
        };
        stream::iter(lines).map(make).buffered(2 * self.pool.workers())
    }
}

/// Plan → samples → clip, a chunk at a time, as long as somebody waits for it.
fn speak<S: Sink>(
    engine: &mut Engine,
    client: &Client,
    plan: &mut Plan,
    mut maker: ClipMaker<S>,
    speed: f32,
) -> Result<Result<(S, Quality), AudioError>, SpeechError> {
    for chunk in plan.chunks() {
        client.still_waits()?;
        if let Err(error) = maker.push(&engine.sound(plan, chunk)?) {
            return Ok(Err(error));
        }
    }
    Ok(maker.end(&expected(plan, engine.voice().sample_rate, speed)))
}

fn expected(plan: &Plan, rate: u32, speed: f32) -> Expected {
    let milliseconds = |samples: usize| samples as f32 * 1000.0 / rate as f32;
    let ends = std::iter::once(0).chain(plan.words.iter().map(|word| word.samples.end));
    let begins = plan.words.iter().map(|word| word.samples.start).chain([plan.samples]);
    let pause = begins.zip(ends).map(|(begin, end)| begin.saturating_sub(end)).max();
    let said = plan.words.iter().map(|word| word.samples.len()).sum();
    Expected {
        pause: milliseconds(pause.unwrap_or_default()),
        phoneme: (plan.phonemes > 0).then(|| milliseconds(said) * speed / plan.phonemes as f32),
    }
}

/// A recording was levelled when it was read, and is not judged as a voice is.
fn play<S: Sink>(jingle: &Jingle, mut sink: S) -> Result<(PlannedClip, Quality, S), AudioError> {
    sink.push(&jingle.samples)?;
    Ok((played(jingle), Quality::default(), sink))
}

fn played(jingle: &Jingle) -> PlannedClip {
    PlannedClip { frames: jingle.frames(), words: Vec::new() }
}

fn planned(plan: &Plan, line: &Line) -> PlannedClip {
    let frames = audio::planned_frames(plan.samples, line.voice.sample_rate);
    PlannedClip { frames, words: plan.words.clone() }
}

fn plan(
    phonemizer: Phonemizer,
    engine: &mut Engine,
    line: &Line,
    settings: &Settings,
) -> Result<Plan, SpeechError> {
    let utterance = line.utterance(phonemizer)?;
    engine.plan(&utterance, &line.key, line.speaker, settings)
}

/// Tells an editor which sound is missing.
pub fn unknown_phoneme(phoneme: char) -> Note {
    Note::new("unknown-phoneme", format!("{phoneme} (U+{:04X})", phoneme as u32))
}

/// Tells an editor of words in a language that nobody here can pronounce: they are said as if they were in the
/// language of their sentence.
pub fn unknown_languages<'a>(
    phonemizer: Phonemizer,
    tokens: impl Iterator<Item = &'a Token>,
) -> impl Iterator<Item = Note> {
    let languages: BTreeSet<&str> = tokens.filter_map(|token| token.language.as_deref()).collect();
    let unknown: Vec<&str> = languages.into_iter().filter(|language| !phonemizer.knows(language)).collect();
    unknown.into_iter().map(|language| Note::new("unknown-language", language))
}

/// The name of a recording: a digest of all that determines its bytes.
pub fn recording_name(lines: &[Line], audio: &AudioConfig) -> String {
    let mut hash = Sha256::new();
    hash.update(PIPELINE_VERSION.to_le_bytes());
    hash.update(audio.mp3_kbps.to_le_bytes());
    for line in lines {
        hash.update(line.key.0);
        hash.update((line.pause as u64).to_le_bytes());
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
