//! Line → plan → clip: what is done with a line on its voice's own thread.

use super::line::Line;
use crate::audio::{self, AudioError, ClipMaker, Expected, Jingle, Mark, Quality, Sink};
use crate::speech::{Client, Engine, Phonemizer, Plan, Settings, SpeechError, WordTime};

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

pub(super) fn plan(
    phonemizer: Phonemizer,
    engine: &mut Engine,
    line: &Line,
    settings: &Settings,
) -> Result<Plan, SpeechError> {
    let utterance = line.utterance(phonemizer)?;
    engine.plan(&utterance, &line.key, line.speaker, settings)
}

pub(super) fn planned(plan: &Plan, line: &Line) -> PlannedClip {
    let frames = audio::planned_frames(plan.samples, line.voice.sample_rate);
    PlannedClip { frames, words: plan.words.clone() }
}

/// Plan → samples → clip, a chunk at a time, as long as somebody waits for it.
pub(super) fn speak<S: Sink>(
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
pub(super) fn play<S: Sink>(jingle: &Jingle, mut sink: S) -> Result<(PlannedClip, Quality, S), AudioError> {
    sink.push(&jingle.samples)?;
    Ok((played(jingle), Quality::default(), sink))
}

pub(super) fn played(jingle: &Jingle) -> PlannedClip {
    PlannedClip { frames: jingle.frames(), words: Vec::new() }
}
