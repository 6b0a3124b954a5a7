//! `lectern recording`

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Value;

use super::error::CliError;
use super::figures::clock;
use super::remote::{Remote, ServerArgs};
use crate::config::Config;
use crate::library::article_address;

/// Have readers hear people read an article, in place of the voice
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lectern recording 2026-11-ferry ferry.wav --server https://audio.example.org --token-file token
  lectern recording 2026-11-ferry --withdraw --server https://audio.example.org --token-file token

An edit of the article keeps its recording; the manifest then says that the text changed. It needs a running
service.")]
pub(super) struct Recording {
    /// The article's id
    article: String,
    /// The recording: MP3, M4A, AAC, OGG Vorbis, FLAC or WAV
    #[arg(required_unless_present = "withdraw")]
    file: Option<PathBuf>,
    /// Have the voice read again
    #[arg(long, conflicts_with = "file")]
    withdraw: bool,
    #[command(flatten)]
    server: ServerArgs,
}

impl Recording {
    pub(super) fn run(&self, mut config: Config) -> Result<(), CliError> {
        let needed = || CliError::Usage("recordings need a running service; name it with --server".into());
        let remote = self.server.remote(&mut config)?.ok_or_else(needed)?;
        let address = format!("{}/recording", article_address(&self.article));
        let told = match &self.file {
            Some(file) => send(&remote, &address, file)?,
            None => remote.ask("DELETE", &address, "").map(|()| "the voice reads it again".to_owned())?,
        };
        Ok(writeln!(io::stdout(), "{}: {told}", self.article)?)
    }
}

fn send(remote: &Remote, address: &str, path: &Path) -> Result<String, CliError> {
    let error = |e: io::Error| CliError::Read { path: path.into(), cause: e.to_string() };
    let manifest: Value = remote.upload(address, File::open(path).map_err(error)?)?;
    let lasts = clock(manifest["duration"].as_f64().unwrap_or_default());
    Ok(format!("read by people, {lasts} long"))
}
