//! The public repository of Piper's voices: where a voice's files are, and their sums.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::fetch::Client;
use crate::cli::error::CliError;

/// What the repository's `voices.json` says of one voice.
#[derive(Deserialize)]
pub(super) struct Entry {
    /// Paths below the repository, with size and sum.
    files: BTreeMap<String, FileEntry>,
}

#[derive(Deserialize)]
struct FileEntry {
    md5_digest: String,
}

/// One file of a voice.
pub(super) struct Listed {
    pub(super) url: String,
    pub(super) md5: String,
}

impl Entry {
    /// The file with this ending.
    pub(super) fn file(&self, repository: &str, ending: &str) -> Option<Listed> {
        let (path, entry) = self.files.iter().find(|(path, _)| path.ends_with(ending))?;
        let url = format!("{}/{path}", repository.trim_end_matches('/'));
        Some(Listed { url, md5: entry.md5_digest.to_ascii_lowercase() })
    }
}

/// Looks a voice up.
pub(super) fn find(client: &Client, repository: &str, id: &str) -> Result<Entry, CliError> {
    let url = format!("{}/voices.json", repository.trim_end_matches('/'));
    let list = client.text(&url)?.ok_or_else(|| CliError::Failed(format!("{url}: there is no such list")))?;
    let mut list: BTreeMap<String, Entry> = serde_json::from_str(&list)
        .map_err(|e| CliError::Failed(format!("{url}: not a list of Piper voices: {e}")))?;
    list.remove(id).ok_or_else(|| CliError::Failed(unknown(id, list.keys())))
}

/// Names the voices of the same language, or the languages there are.
fn unknown<'a>(id: &str, known: impl Iterator<Item = &'a String> + Clone) -> String {
    let family = |name: &str| name.split(['_', '-']).next().unwrap_or_default().to_ascii_lowercase();
    let near: Vec<&str> =
        known.clone().filter(|name| family(name) == family(id)).map(String::as_str).collect();
    if !near.is_empty() {
        return format!("there is no voice {id:?}; of its language there are {}", near.join(", "));
    }
    let mut languages: Vec<&str> = known.filter_map(|name| name.split('-').next()).collect();
    languages.dedup();
    format!("there is no voice {id:?}, and none of its language; there are {}", languages.join(", "))
}
