//! The whole flow on one screen: article → script → lines → clips, sentence by sentence.
//!
//! Beside this file: who speaks (`cast`), a sentence on its way (`line`), what is done with it on
//! its voice's thread (`clip`), how loud voices are made (`levels`), and what they can't say
//! (`unknown`).

mod cast;
mod clip;
mod config;
mod error;
mod levels;
mod line;
mod unknown;

use futures_util::{Stream, StreamExt, stream};

use crate::article::Article;
use crate::audio::{Quality, Sink};
use crate::speech::{Phonemizer, Pool, Priority, SpeechError, Urgency, Utterance, Voices};
use crate::text::{self, House, Script, Style};

use cast::Cast;
use clip::{Making, Speaking};
use levels::Levels;
use line::Part;

pub use cast::voice_name;
pub use clip::PlannedClip;
pub use config::RenderConfig;
pub use error::RenderError;
pub use line::{Jingles, Line, recording_name};
pub use unknown::{unknown_languages, unknown_phoneme};

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

/// What the stages need: voices, the threads that speak, and settings.
pub struct Renderer {
    cast: Cast,
    pool: Pool,
    levels: Levels,
    jingles: Jingles,
    config: RenderConfig,
}

impl Renderer {
    /// Puts the stages together.
    pub fn new(phonemizer: Phonemizer, voices: Voices, pool: Pool, config: RenderConfig) -> Self {
        let (cast, levels) = (Cast::new(phonemizer, voices), Levels::default());
        Self { cast, pool, levels, jingles: Jingles::new(), config }
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
        let voice = |language: &str, own: Option<&str>| self.cast.name(article, language, own);
        let style = Style { house: Some(house), voice: Some(&voice), ..self.config.style() };
        let script = script(article, &style)?;
        let (words, max) = (script.words(), self.config.max_words);
        if words > max {
            return Err(RenderError::TooLong { words, max });
        }
        let main = self.cast.of_article(article, &script.language)?;
        let parts = script.blocks.iter().enumerate().map(|(number, block)| {
            let own = self.cast.of_block(block.language.as_deref(), article);
            Part::new(number, block, own.unwrap_or_else(|| main.clone()))
        });
        let parts = parts.collect::<Result<Vec<_>, _>>()?;
        let lines = parts.iter().flat_map(|part| part.lines(&self.jingles, &self.config.speech)).collect();
        Ok((script, lines))
    }

    /// How a line is pronounced.
    ///
    /// # Errors
    /// espeak-ng does not know its voice's language.
    pub fn utterance(&self, line: &Line) -> Result<Utterance, RenderError> {
        Ok(line.utterance(self.cast.phonemizer)?)
    }

    /// Text → plan: how long a line's clip will be and when its words are heard, before it sounds.
    ///
    /// # Errors
    /// The voice fails, or too much is waiting.
    pub async fn plan(&self, line: &Line, urgency: &Urgency) -> Result<PlannedClip, RenderError> {
        if let Some(jingle) = &line.jingle {
            return Ok(clip::played(jingle));
        }
        let (phonemizer, settings, job) = (self.cast.phonemizer, self.config.speech, line.clone());
        let answer = self.pool.submit(&line.voice, urgency, line.spoken.len(), move |engine| {
            let plan = clip::plan(phonemizer, engine, &job, &settings)?;
            Ok::<_, RenderError>(Some(clip::planned(&plan, &job)))
        })?;
        answer.await.map_err(|_| SpeechError::Stopped)?
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
            let played = tokio::task::spawn_blocking(move || clip::play(&jingle, sink)).await;
            return Ok(played.map_err(|_| SpeechError::Stopped)??);
        }
        let level = self.levels.of(&line.voice, line.speaker, &self.cast, &self.pool).await?;
        let mut making = Making {
            line: line.clone(),
            phonemizer: self.cast.phonemizer,
            settings: self.config.speech,
            level,
            synthesised: self.pool.counters().synthesised.clone(),
            speaking: Speaking::Not(sink),
        };
        let answer =
            self.pool.submit(&line.voice, urgency, line.spoken.len(), move |engine| making.step(engine))?;
        answer.await.map_err(|_| SpeechError::Stopped)?
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
