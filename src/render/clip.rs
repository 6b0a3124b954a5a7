//! Line → plan → clip: what is done with a line on its voice's own thread.

use std::mem;
use std::ops::Range;
use std::vec::IntoIter;

use prometheus_client::metrics::counter::Counter;

use super::RenderError;
use super::line::Line;
use crate::audio::{self, AudioError, ClipMaker, Expected, Jingle, Level, Mark, Quality, Sink};
use crate::speech::{Engine, Phonemizer, Plan, Settings, SpeechError, WordTime};

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

/// Line → plan → samples → clip, a step at a time.
pub(super) struct Making<S> {
    pub(super) line: Line,
    pub(super) phonemizer: Phonemizer,
    pub(super) settings: Settings,
    pub(super) level: Level,
    pub(super) synthesised: Counter,
    pub(super) speaking: Speaking<S>,
}

/// How far it is.
pub(super) enum Speaking<S> {
    Not(S),
    Begun(Box<Begun<S>>),
    Ended,
}

/// A plan, of which some chunks sound.
pub(super) struct Begun<S> {
    plan: Plan,
    chunks: IntoIter<Range<usize>>,
    maker: ClipMaker<S>,
}

/// A clip that is made, what it turned out to be, and who has taken its samples.
pub(super) type Made<S> = (PlannedClip, Quality, S);

impl<S: Sink> Making<S> {
    /// Plans the line, or makes its next chunk; after the last one there is a clip.
    pub(super) fn step(&mut self, engine: &mut Engine) -> Result<Option<Made<S>>, RenderError> {
        match mem::replace(&mut self.speaking, Speaking::Ended) {
            Speaking::Not(sink) => self.speaking = self.begin(engine, sink)?,
            Speaking::Begun(mut begun) => {
                if let Some(chunk) = begun.chunks.next() {
                    begun.maker.push(&engine.sound(&mut begun.plan, chunk)?)?;
                }
                if begun.chunks.len() == 0 {
                    return self.end(*begun).map(Some);
                }
                self.speaking = Speaking::Begun(begun);
            }
            Speaking::Ended => return Err(SpeechError::Stopped.into()),
        }
        Ok(None)
    }

    fn begin(&self, engine: &mut Engine, sink: S) -> Result<Speaking<S>, RenderError> {
        let plan = plan(self.phonemizer, engine, &self.line, &self.settings)?;
        let chunks = plan.chunks().collect::<Vec<_>>().into_iter();
        let maker = ClipMaker::new(plan.samples, self.line.voice.sample_rate, self.level, sink)?;
        Ok(Speaking::Begun(Box::new(Begun { plan, chunks, maker })))
    }

    fn end(&self, Begun { plan, maker, .. }: Begun<S>) -> Result<Made<S>, RenderError> {
        let expected = expected(&plan, self.line.voice.sample_rate, self.settings.speed);
        let (mut sink, quality) = maker.end(&expected)?;
        // Counted before anybody can have heard its end.
        self.synthesised.inc();
        sink.end()?;
        Ok((planned(&plan, &self.line), quality, sink))
    }
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
    sink.end()?;
    Ok((played(jingle), Quality::default(), sink))
}

pub(super) fn played(jingle: &Jingle) -> PlannedClip {
    PlannedClip { frames: jingle.frames(), words: Vec::new() }
}
