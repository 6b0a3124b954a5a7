//! How articles are rendered.

use serde::{Deserialize, Serialize};

use crate::audio::AudioConfig;
use crate::speech::Settings;
use crate::text::{Emoji, Site, Style};

/// How articles are rendered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RenderConfig {
    /// Speed and liveliness of every voice.
    pub speech: Settings,
    /// How audio is encoded.
    pub audio: AudioConfig,
    /// Most words of one article.
    pub max_words: usize,
    /// How pages of some hosts are read.
    pub sites: Vec<Site>,
    /// Whether emoji are "named" or "skipped".
    pub emoji: Emoji,
}

impl Default for RenderConfig {
    fn default() -> Self {
        Self {
            speech: Settings::default(),
            audio: AudioConfig::default(),
            max_words: 50_000,
            sites: Vec::new(),
            emoji: Emoji::default(),
        }
    }
}

impl RenderConfig {
    /// What of it the text stage needs.
    pub fn style(&self) -> Style<'_> {
        Style { sites: &self.sites, emoji: self.emoji, ..Style::default() }
    }

    /// The first of the sites' texts around articles that is no template.
    pub fn wrong_template(&self) -> Option<&str> {
        self.sites.iter().find_map(Site::wrong_template)
    }

    /// The first of the sites' hosts that is none.
    pub fn wrong_host(&self) -> Option<&str> {
        let mut hosts = self.sites.iter().map(|site| site.host.as_str());
        hosts.find(|host| !host.is_empty() && url::Host::parse(host).is_err())
    }

    /// The first of the sites' CSS selectors that is none.
    pub fn wrong_selector(&self) -> Option<&str> {
        self.sites.iter().find_map(Site::wrong_selector)
    }
}
