//! What a publisher decides once for all articles.

use serde::{Deserialize, Serialize};

use super::extract::Site;
use super::lexicon::House;

/// How articles are read.
#[derive(Clone, Copy, Default)]
pub struct Style<'a> {
    /// How pages of some hosts are read.
    pub sites: &'a [Site],
    /// What becomes of emoji.
    pub emoji: Emoji,
    /// How words sound in this house.
    pub house: Option<&'a House>,
    /// Id of the voice that reads a block: by the article's language, and the block's where that
    /// is another. Asked only where the house has a say.
    pub voice: Option<VoiceOf<'a>>,
}

/// See [`Style::voice`].
pub type VoiceOf<'a> = &'a dyn Fn(&str, Option<&str>) -> String;

impl<'a> Style<'a> {
    pub(super) fn house(&self) -> &'a House {
        self.house.unwrap_or(House::empty())
    }

    pub(super) fn voice_of(&self, language: &str, own: Option<&str>) -> String {
        let voice = self.voice.filter(|_| !self.house().is_empty());
        voice.map_or_else(String::new, |voice| voice(language, own))
    }
}

/// What becomes of emoji and other pictures in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Emoji {
    /// Left out, with a note.
    #[default]
    Skipped,
    /// Said by their names.
    Named,
}
