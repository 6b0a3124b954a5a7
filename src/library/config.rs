//! How the library keeps what it makes.

use serde::{Deserialize, Serialize};

use super::decoder::RecordingsConfig;
use crate::audio::QualityConfig;

/// How much is kept, for how long, and who hears it when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LibraryConfig {
    /// Most bytes of audio that are kept, what people read not counted; what was not heard for longest
    /// makes room. 0 for no limit.
    pub max_audio_bytes: u64,
    /// How much of that is left once room was made, in percent.
    pub trim_to_percent: u64,
    /// Days for which an article's earlier revisions are kept.
    pub history_days: u32,
    /// Minutes, at least, for which audio is kept that no article uses any more.
    pub unused_minutes: u32,
    /// Words from which on an article is planned when it is saved: whoever presses, asks for a range
    /// and so has to know its length, would wait for too long.
    pub plan_ahead_words: usize,
    /// Articles made at the same time; more only share the same threads.
    pub rendered_at_once: usize,
    /// Seconds for which an article that a reader began is made on once nobody listens any more; to
    /// its end where absent.
    pub finish_seconds: Option<u32>,
    /// How often an article is tried that fails for no passing reason.
    pub attempts: u32,
    /// Seconds after which an article whose maker is not heard of any more is made by another.
    pub lease_seconds: u32,
    /// Whether an article without `published_at` is a draft.
    pub undated_is_draft: bool,
    /// Hours for which the address of a draft's preview holds.
    pub preview_hours: u32,
    /// Most entries of the house's lexicon.
    pub lexicon_entries: usize,
    /// Most characters of a text that is explained to an editor.
    pub explained_characters: usize,
    /// Days for which messages to other programs are kept, to be looked at and sent again.
    pub deliveries_days: u32,
    /// When an editor should hear a revision before readers do.
    pub quality: QualityConfig,
    /// What recordings by people may be, and may cost.
    pub recordings: RecordingsConfig,
}

impl Default for LibraryConfig {
    fn default() -> Self {
        Self {
            max_audio_bytes: 0,
            trim_to_percent: 90,
            history_days: 30,
            unused_minutes: 60,
            plan_ahead_words: 2000,
            rendered_at_once: 2,
            finish_seconds: None,
            attempts: 3,
            lease_seconds: 60,
            undated_is_draft: false,
            preview_hours: 48,
            lexicon_entries: 20_000,
            explained_characters: 2_000,
            deliveries_days: 30,
            quality: QualityConfig::default(),
            recordings: RecordingsConfig::default(),
        }
    }
}
