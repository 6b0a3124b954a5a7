//! Articles from files and standard input.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use clap::ValueEnum;

use super::error::CliError;
use crate::article::{Article, Draft, Limits};

/// What an input holds.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum As {
    /// Plain text; every line is read
    Text,
    /// An article's markup
    Html,
    /// A whole web page
    Page,
    /// A whole page, pasted as plain text
    Paste,
}

/// What the command line takes is the operator's own; this only keeps it from eating memory.
pub(super) const LIMITS: Limits = Limits { max_bytes: 64 << 20 };

/// Reads an article from a path or, for `-`, from standard input; a file named so may hold it in JSON.
pub(super) fn article(input: &Path, form: Option<As>, limits: &Limits) -> Result<Article, CliError> {
    let text = text(input)?;
    let id = input.file_stem().unwrap_or_default().to_string_lossy();
    let id = if id == "-" { "stdin" } else { &id };
    if form.is_none() && input.extension().is_some_and(|ending| ending == "json") {
        return json(&text, Some(id), limits);
    }
    let form = form.unwrap_or_else(|| guess(input, &text));
    let mut draft = Draft { id: Some(id.to_owned()), ..Draft::default() };
    let body = match form {
        As::Text => &mut draft.text,
        As::Html => &mut draft.html,
        As::Page => &mut draft.page,
        As::Paste => &mut draft.paste,
    };
    *body = Some(text);
    Ok(draft.check(limits)?)
}

/// An article as a service takes it; without an id it has this name.
pub(super) fn json(text: &str, name: Option<&str>, limits: &Limits) -> Result<Article, CliError> {
    let wrong = |e: serde_json::Error| CliError::Failed(format!("not an article in JSON: {e}"));
    let mut draft: Draft = serde_json::from_str(text).map_err(wrong)?;
    draft.id = draft.id.or(name.map(str::to_owned));
    Ok(draft.check(limits)?)
}

/// What is in a file, or comes on standard input.
pub(super) fn bytes(input: &Path) -> Result<Vec<u8>, CliError> {
    let read = if input.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(input)
    };
    read.map_err(|e| {
        let cause = format!("{e}; name a file, or - for standard input");
        CliError::Read { path: input.into(), cause }
    })
}

pub(super) fn text(input: &Path) -> Result<String, CliError> {
    let error = |cause: String| CliError::Read { path: input.into(), cause };
    let text = String::from_utf8(bytes(input)?);
    let not_utf8 = |at: usize| error(format!("not UTF-8 from byte {at} on; save it as UTF-8"));
    let text = text.map_err(|e| not_utf8(e.utf8_error().valid_up_to()))?;
    Ok(text.strip_prefix('\u{FEFF}').map_or(text.clone(), str::to_owned))
}

fn guess(input: &Path, text: &str) -> As {
    let html = input.extension().is_some_and(|e| e == "html" || e == "htm");
    let head: String = text.trim_start().chars().take(200).collect::<String>().to_ascii_lowercase();
    if head.starts_with("<!doctype") || head.starts_with("<html") || head.starts_with("<?xml") {
        As::Page
    } else if html
        || head.starts_with("<p")
        || head.starts_with("<h")
        || head.starts_with("<div")
        || head.starts_with("<article")
    {
        As::Html
    } else {
        As::Text
    }
}
