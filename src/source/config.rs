//! Which feeds and sitemaps are watched, and how they are followed.

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

/// A feed or sitemap of the operator's own site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Source {
    /// What logs call it; its address where there is no name.
    pub name: Option<String>,
    /// Where it is.
    pub url: String,
    /// Seconds from one look at it to the next.
    pub every_seconds: u64,
    /// Pieces dated so many days ago, or more, are left alone.
    pub days: Option<u32>,
    /// Whether pieces are made before anybody presses, or at the first press.
    pub render: bool,
    /// The voice of its pieces; their language's where absent.
    pub voice: Option<String>,
    /// The language of its pieces, where their pages do not tell the right one.
    pub language: Option<String>,
}

impl Default for Source {
    fn default() -> Self {
        Self {
            name: None,
            url: String::new(),
            every_seconds: 300,
            days: None,
            render: true,
            voice: None,
            language: None,
        }
    }
}

impl Source {
    /// Whether its settings make sense.
    pub fn is_right(&self) -> bool {
        super::web(&self.url).is_some() && (1..=30 * 86_400).contains(&self.every_seconds)
    }

    pub(super) fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(self.url.split('?').next().unwrap_or_default())
    }
}
