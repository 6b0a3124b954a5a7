//! What is remembered of a document between two visits, so that it is not fetched for nothing.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::fetch::{Document, Validators};

/// In seconds.
const DAY: i64 = 86_400;

/// What is remembered of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Visit {
    /// What its server is told.
    pub(super) validators: Validators,
    /// Of its bytes, for servers that take no notice of that.
    pub(super) digest: String,
    /// When it was changed, as the feed or sitemap had it that told of it.
    pub(super) changed: Option<Timestamp>,
    /// Of a source: when it was looked at.
    pub(super) looked: Option<Timestamp>,
    /// Of a source: when to look again.
    pub(super) due: Option<Timestamp>,
    /// Of a source: how often in a row it could not be had.
    pub(super) failures: u32,
    /// Of a source: why, the last time.
    pub(super) error: Option<String>,
}

impl Visit {
    /// As it was noted; what another version noted otherwise is as good as nothing.
    pub(super) fn read(note: Option<String>) -> Self {
        note.and_then(|note| serde_json::from_str(&note).ok()).unwrap_or_default()
    }

    /// Of a document that was had just now.
    pub(super) fn of(document: &Document, changed: Option<Timestamp>) -> Self {
        let digest = digest(document);
        Self { validators: document.validators.clone(), digest, changed, ..Self::default() }
    }

    /// Whether whoever told of it says it is as it was. A date without a time says so only once its
    /// day is over, wherever that was.
    pub(super) fn holds(&self, changed: Option<Timestamp>) -> bool {
        let over = |date: Timestamp| {
            date.as_second() % DAY != 0 || Timestamp::now().as_second() - date.as_second() > 2 * DAY
        };
        changed.is_some_and(over) && self.changed == changed
    }

    /// Whether it is the same to the byte.
    pub(super) fn same(&self, document: &Document) -> bool {
        self.digest == digest(document)
    }
}

fn digest(document: &Document) -> String {
    Sha256::digest(&document.bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_without_a_time_tells_nothing_while_its_day_lasts() {
        let now = Timestamp::now().as_second();
        let today = now - now % DAY;
        for (seconds, expected) in [(today, false), (today - 1, true), (today - 3 * DAY, true)] {
            let changed = Timestamp::from_second(seconds).ok();
            let visit = Visit { changed, ..Visit::default() };
            assert_eq!(visit.holds(changed), expected, "{changed:?}");
            assert!(!visit.holds(None));
        }
    }
}
