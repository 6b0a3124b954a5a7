//! An entry, as it is given on the command line.

use clap::{Args, ValueEnum};

use super::super::error::CliError;
use crate::library::LibraryError;
use crate::text::{Case, HouseEntry};

#[derive(Args, Debug)]
pub(super) struct EntryArgs {
    /// The word, or a name of several, as it is written
    written: String,
    #[command(flatten)]
    way: Way,
    /// Which capitals it asks for [default: capitals]
    #[arg(long, value_name = "CASE")]
    case: Option<CaseArg>,
    /// For the articles of this host alone
    #[arg(long, value_name = "HOST")]
    site: Option<String>,
    /// For this language alone, as "en" or "de-AT"
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// For this voice alone
    #[arg(long, value_name = "ID")]
    voice: Option<String>,
}

/// How it is said.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
struct Way {
    /// As this other spelling is
    #[arg(long, value_name = "TEXT")]
    respell: Option<String>,
    /// As IPA, written as espeak-ng writes it
    #[arg(long, value_name = "IPA")]
    ipa: Option<String>,
    /// Spelled out
    #[arg(long)]
    letters: bool,
    /// As a word, and not spelled out
    #[arg(long)]
    word: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CaseArg {
    /// None: "odihr" too
    Any,
    /// Where the entry has one: "PUTIN" too
    Capitals,
    /// As capitals, and only inside a sentence
    Inside,
    /// Just as the entry has them
    Exact,
}

impl From<CaseArg> for Case {
    fn from(case: CaseArg) -> Self {
        match case {
            CaseArg::Any => Self::Any,
            CaseArg::Capitals => Self::Capitals,
            CaseArg::Inside => Self::Inside,
            CaseArg::Exact => Self::Exact,
        }
    }
}

impl EntryArgs {
    pub(super) fn entry(&self, note: Option<String>) -> Result<HouseEntry, CliError> {
        let Self { written, way: Way { respell, ipa, letters, word }, site, language, voice, .. } = self;
        let entry = HouseEntry {
            written: written.clone(),
            respell: respell.clone(),
            ipa: ipa.clone(),
            letters: *letters,
            word: *word,
            case: self.case.map(Case::from).unwrap_or_default(),
            site: site.clone(),
            language: language.clone(),
            voice: voice.clone(),
            author: None,
            note,
        };
        Ok(entry.check().map_err(LibraryError::from)?)
    }

    pub(super) fn written(&self) -> &str {
        &self.written
    }

    pub(super) fn language(&self) -> Option<String> {
        self.language.clone()
    }

    pub(super) fn voice(&self) -> Option<String> {
        self.voice.clone()
    }

    pub(super) fn address(&self) -> Option<String> {
        self.site.as_ref().map(|site| format!("https://{site}/"))
    }
}
