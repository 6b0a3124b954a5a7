//! Who is told, of what, and how patiently.

use std::collections::HashSet;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::store::EventKind;

/// A receiver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HookConfig {
    /// What it is called here; with another name it is another receiver.
    pub name: String,
    /// Where messages are sent.
    pub url: String,
    /// File with a secret a line: `whsec_` and 24 to 64 bytes in base64.
    pub secret_file: PathBuf,
    /// Which events it is told of.
    pub events: Vec<EventKind>,
    /// Whether it may be on this machine or in a private network, and be asked without TLS.
    pub allow_private: bool,
    /// Seconds in which it has to answer.
    pub seconds: u64,
    /// Seconds until a message is sent again that was not taken; twice as long each time, up to an hour.
    pub retry_seconds: u64,
    /// Hours after which a message is given up, whatever `Retry-After` asks for.
    pub give_up_hours: u32,
}

impl Default for HookConfig {
    fn default() -> Self {
        Self {
            name: String::new(),
            url: String::new(),
            secret_file: PathBuf::new(),
            events: EventKind::ALL.to_vec(),
            allow_private: false,
            seconds: 15,
            retry_seconds: 5,
            give_up_hours: 72,
        }
    }
}

/// The first thing wrong with receivers, in words.
pub fn wrong(hooks: &[HookConfig]) -> Option<String> {
    let mut names = HashSet::new();
    hooks.iter().find_map(|hook| {
        let named = |cause: &str| Some(format!("{:?}: {cause}", hook.name));
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let scheme = hook.url.split_once("://").map(|(scheme, _)| scheme);
        match () {
            () if hook.name.is_empty() || !hook.name.chars().all(plain) => {
                named("name must be of letters, digits, -, _ and .")
            }
            () if !names.insert(&hook.name) => named("name must not be another receiver's"),
            () if scheme != Some("https") && !(scheme == Some("http") && hook.allow_private) => {
                named("url must begin with https://; http:// needs allow_private = true")
            }
            () if !(1..=120).contains(&hook.seconds) => named("seconds must be 1 to 120"),
            () if !(1..=3600).contains(&hook.retry_seconds) => named("retry_seconds must be 1 to 3600"),
            () if !(1..=168).contains(&hook.give_up_hours) => named("give_up_hours must be 1 to 168"),
            () => None,
        }
    })
}
