//! How feeds and sitemaps are followed.

use serde::{Deserialize, Serialize};

/// How feeds and sitemaps are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ImportConfig {
    /// Most pieces that are taken from one source.
    pub max_entries: usize,
    /// Most sitemaps that one index is followed to.
    pub max_sitemaps: usize,
    /// Milliseconds between two fetches from the same host.
    pub pause_ms: u64,
}

impl Default for ImportConfig {
    fn default() -> Self {
        Self { max_entries: 50_000, max_sitemaps: 100, pause_ms: 1000 }
    }
}
