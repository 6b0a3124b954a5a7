//! A run in numbers.

use serde_json::{Value, json};

use super::run::{End, Ran};
use crate::cli::figures::{clock, counted, seconds};

/// A run in numbers.
pub(super) struct Sum {
    ready: usize,
    unchanged: usize,
    lacking: usize,
    waiting: usize,
    needs_review: usize,
    failed: usize,
    /// Sentences spoken; those that articles came to have, where a service speaks.
    spoken: u64,
    audio: f64,
    took: f64,
}

impl Sum {
    pub(super) fn of(ran: &Ran, spoken: Option<u64>) -> Self {
        let count =
            |is: fn(&End) -> bool| ran.rows.iter().filter_map(|r| r.end.as_ref()).filter(|e| is(e)).count();
        Self {
            ready: count(|end| *end == End::Ready),
            unchanged: count(|end| *end == End::Unchanged),
            lacking: count(|end| *end == End::Lacking),
            waiting: count(|end| *end == End::Waiting),
            needs_review: count(|end| matches!(end, End::NeedsReview(_))),
            failed: count(|end| matches!(end, End::Failed(_))),
            spoken: spoken.unwrap_or_else(|| ran.rows.iter().map(|row| row.new as u64).sum()),
            audio: ran.rows.iter().map(|row| row.audio).sum(),
            took: ran.took.as_secs_f64(),
        }
    }

    pub(super) fn line(&self, dry: bool) -> String {
        let states = [
            (self.ready, "ready"),
            (self.unchanged, "unchanged"),
            (self.lacking, "to make"),
            (self.waiting, "waiting"),
            (self.needs_review, "needs_review"),
            (self.failed, "failed"),
        ];
        let some = states.iter().filter(|(count, _)| *count > 0);
        let told: Vec<String> = some.map(|(count, state)| format!("{count} {state}")).collect();
        let articles = if told.is_empty() { "no articles".into() } else { told.join(", ") };
        let work = match (dry, self.spoken) {
            (true, _) => String::new(),
            (false, 0) => "; nothing spoken".into(),
            (false, spoken) => {
                format!("; {} spoken{}", counted(spoken, "sentence", "sentences"), self.pace())
            }
        };
        format!("{articles}{work}")
    }

    fn pace(&self) -> String {
        let speed = self.audio / self.took.max(0.001);
        format!(", {} of audio in {} ({speed:.0}× real time)", clock(self.audio), clock(self.took))
    }

    pub(super) fn event(&self, ran: &Ran) -> Value {
        json!({
            "event": "summary", "articles": ran.rows.len(), "ready": self.ready, "unchanged": self.unchanged,
            "to_make": self.lacking, "waiting": self.waiting, "needs_review": self.needs_review,
            "failed": self.failed, "spoken": self.spoken, "audio": seconds(self.audio), "took": seconds(self.took), "interrupted": ran.stopped,
        })
    }
}
