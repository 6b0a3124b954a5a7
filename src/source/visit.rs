//! What is remembered of a document between two visits, so that it is not fetched for nothing.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::fetch::{Document, Validators};

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
    /// Of a source: when to look again.
    pub(super) due: Option<Timestamp>,
    /// Of a source: how often in a row it could not be had.
    pub(super) failures: u32,
}

impl Visit {
    /// Of a document that was had just now.
    pub(super) fn of(document: &Document, changed: Option<Timestamp>) -> Self {
        let digest = digest(document);
        Self { validators: document.validators.clone(), digest, changed, ..Self::default() }
    }

    /// Whether whoever told of it says it is as it was.
    pub(super) fn holds(&self, changed: Option<Timestamp>) -> bool {
        changed.is_some() && self.changed == changed
    }

    /// Whether it is the same to the byte.
    pub(super) fn same(&self, document: &Document) -> bool {
        self.digest == digest(document)
    }
}

fn digest(document: &Document) -> String {
    Sha256::digest(&document.bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
