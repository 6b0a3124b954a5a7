//! One word or name, and how it is said.

use serde::{Deserialize, Serialize};

use super::super::script::Sound;
use super::endings;
use super::fold::fold;
use super::letters;

/// Which capitals an entry asks for; the more it asks for, the greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Case {
    /// None: "odihr" too.
    Any,
    /// Where the entry has one: "Putin" and "PUTIN", not "putin".
    #[default]
    Capitals,
    /// As `Capitals`, and only inside a sentence, since it is a common word as well: "in Tours", not "Tours begin".
    Inside,
    /// Just as the entry has them: "PiS", and no other.
    Exact,
}

/// A word or a name of several, and how it sounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) case: Case,
    pub(super) sound: Sound,
}

impl Entry {
    /// From how it is said: "/pˈuːtɪn/" is IPA, "F.P.O." letters, anything else another spelling.
    pub(super) fn new(name: &str, said: &str, case: Case) -> Self {
        let ipa = said.strip_prefix('/').and_then(|said| said.strip_suffix('/'));
        let spelled = || said.ends_with('.').then(|| letters::spelled(&said.replace('.', "")))?;
        let sound = match ipa.map(str::to_owned).or_else(spelled) {
            Some(ipa) => Sound::Ipa(ipa),
            None => Sound::Like(said.to_owned()),
        };
        Self { name: name.to_owned(), case, sound }
    }

    /// How much of the text is this name, with its ending, and how that sounds.
    pub(super) fn read(&self, text: &str, before: &str) -> Option<(usize, Sound)> {
        let length = self.case.length_of(&self.name, text, before)?;
        let (ending, heard) = endings::ending(&text[length..])?;
        let sound = if heard { endings::with_s(&self.sound) } else { self.sound.clone() };
        Some((length + ending, sound))
    }
}

/// Whether a name may follow this word, and a common word would have no capital after it.
fn is_inside(before: &str) -> bool {
    let small = before.starts_with(char::is_lowercase) && before.ends_with(char::is_alphanumeric);
    small || matches!(before, "At" | "From" | "In" | "Near" | "Outside")
}

impl Case {
    /// How much of the text is a name, after the word `before`.
    pub(super) fn length_of(self, name: &str, text: &str, before: &str) -> Option<usize> {
        (self != Self::Inside || is_inside(before)).then_some(())?;
        let mut written = text.chars();
        for wanted in name.chars() {
            let found = written.next()?;
            (fold(wanted) == fold(found) && self.allows(wanted, found)).then_some(())?;
        }
        Some(text.len() - written.as_str().len())
    }

    fn allows(self, wanted: char, found: char) -> bool {
        match self {
            Self::Any => true,
            Self::Capitals | Self::Inside => !wanted.is_uppercase() || found.is_uppercase(),
            Self::Exact => wanted.is_uppercase() == found.is_uppercase(),
        }
    }
}
