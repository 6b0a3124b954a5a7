//! What a change of the lexicon would touch: the same reading as the change's own, kept nowhere.

use std::collections::{HashMap, HashSet};
use std::sync::Weak;

use serde::{Deserialize, Serialize};

use super::{Library, LibraryError};
use crate::library::article;
use crate::render::{self, Line};
use crate::speech::SentenceKey;
use crate::store::{LexiconVersion, Revision, State, Summary};
use crate::text::House;

/// Articles looked at in one go.
const PAGE: usize = 200;
/// Sentences that are shown.
const SAMPLES: usize = 10;

/// What a change would touch.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Touched {
    /// Sentences that would sound otherwise, each counted once however often it is said.
    pub sentences: usize,
    /// Articles they stand in.
    pub articles: usize,
    /// Sentences to be spoken in the background: neither kept already, nor in articles alone that are
    /// made at their first press. Those that are only said to sound as they do are spoken, too: how
    /// their words sound is part of their names.
    pub to_speak: usize,
    /// Articles that can't be read, and are left out: their voice is gone, for example.
    #[serde(default)]
    pub unreadable: usize,
    /// Some of them.
    pub samples: Vec<Sample>,
}

/// A sentence that would sound otherwise.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sample {
    /// The article.
    pub article: String,
    /// As it is written.
    pub text: String,
    /// Its phonemes now.
    pub before: String,
    /// Its phonemes then.
    pub after: String,
}

#[derive(Default)]
struct Count {
    touched: Touched,
    sentences: HashSet<SentenceKey>,
    to_speak: HashSet<SentenceKey>,
    /// Whether a line sounds otherwise than the one in whose place it is, by the keys of both: articles
    /// share sentences, and phonemes cost more than all else here.
    known: HashMap<(Option<SentenceKey>, SentenceKey), bool>,
}

impl Library {
    pub(super) fn touched(
        &self,
        base: LexiconVersion,
        then: &House,
        wanted: &Weak<()>,
    ) -> Result<Touched, LibraryError> {
        let (mut count, mut after, now) = (Count::default(), String::new(), self.house(base)?);
        loop {
            let page = self.store.ledger.list(&after, None, PAGE)?;
            let Some(last) = page.last() else { break };
            after.clone_from(&last.article);
            for Summary { article, .. } in &page {
                if wanted.strong_count() == 0 {
                    return Err(LibraryError::Stopping);
                }
                let Some(revision) = self.store.ledger.newest(article)? else { continue };
                match self.touch(&revision, base, (&now, then), &mut count) {
                    Err(error) if !error.passes() => {
                        tracing::warn!(revision = revision.id, %error, "an article can't be read by the lexicon");
                        count.touched.unreadable += 1;
                    }
                    touched => touched?,
                }
            }
        }
        let (sentences, to_speak) = (count.sentences.len(), count.to_speak.len());
        Ok(Touched { sentences, to_speak, ..count.touched })
    }

    fn touch(
        &self,
        revision: &Revision,
        base: LexiconVersion,
        (now, then): (&House, &House),
        count: &mut Count,
    ) -> Result<(), LibraryError> {
        let (article, audio) = (article(&revision.content)?, self.renderer.config().audio);
        let (_, new) = self.renderer.lines_in(&article, then)?;
        let name = render::recording_name(&new, &audio);
        if revision.lexicon == base && name == revision.recording {
            return Ok(());
        }
        // What could not be read until now is new as a whole.
        let old = self.renderer.lines_in(&article, now).map(|(_, old)| old).unwrap_or_default();
        if name == render::recording_name(&old, &audio) {
            return Ok(());
        }
        let said: HashSet<SentenceKey> = old.iter().map(|line| line.key).collect();
        let places: HashMap<_, &Line> = old.iter().map(|line| (place(line), line)).collect();
        let unsaid: Vec<&Line> = new.iter().filter(|line| !said.contains(&line.key)).collect();
        // Without any, the same sentences are said in another order, or with other pauses.
        let mut otherwise = unsaid.is_empty();
        for line in unsaid {
            otherwise |= self.touch_line(revision, places.get(&place(line)).copied(), line, count)?;
        }
        count.touched.articles += usize::from(otherwise);
        Ok(())
    }

    /// Counts a line that was not said so before; tells whether it sounds otherwise.
    fn touch_line(
        &self,
        revision: &Revision,
        old: Option<&Line>,
        line: &Line,
        count: &mut Count,
    ) -> Result<bool, LibraryError> {
        let kept = || self.store.ledger.blob(&self.clip_name(line).to_string());
        if revision.state != State::Stored && !count.to_speak.contains(&line.key) && kept()?.is_none() {
            count.to_speak.insert(line.key);
        }
        let pair = (old.map(|old| old.key), line.key);
        if let Some(otherwise) = count.known.get(&pair) {
            return Ok(*otherwise);
        }
        let sample = self.sample(revision, old, line)?;
        let otherwise = sample.before != sample.after;
        count.known.insert(pair, otherwise);
        if otherwise && count.sentences.insert(line.key) && count.touched.samples.len() < SAMPLES {
            count.touched.samples.push(sample);
        }
        Ok(otherwise)
    }

    fn sample(&self, revision: &Revision, old: Option<&Line>, line: &Line) -> Result<Sample, LibraryError> {
        let before = old.map(|old| self.renderer.utterance(old));
        Ok(Sample {
            article: revision.article.clone(),
            text: line.text.to_string(),
            before: before.transpose()?.map_or_else(String::new, |utterance| utterance.phonemes),
            after: self.renderer.utterance(line)?.phonemes,
        })
    }
}

/// Where a line stands in its article.
fn place(line: &Line) -> (usize, usize) {
    (line.block, line.span.0)
}
