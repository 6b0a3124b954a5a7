//! What a publisher decides once for all articles.

use serde::{Deserialize, Serialize};

use super::extract::Site;

/// How articles are read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style<'a> {
    /// How pages of some hosts are read.
    pub sites: &'a [Site],
    /// What becomes of emoji.
    pub emoji: Emoji,
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
