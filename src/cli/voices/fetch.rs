//! Downloads that go on where they were broken off.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use ureq::Agent;
use ureq::http::{Response, StatusCode};

use crate::cli::error::CliError;

/// Time to connect and to be answered; the body may take longer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Largest file taken: ten times the largest voice there is.
const MAX_BYTES: u64 = 2 << 30;
/// Largest text taken (a list of voices, a card).
const MAX_TEXT: u64 = 8 << 20;

/// Speaks to the servers that voices come from.
pub(super) struct Client(Agent);

impl Client {
    pub(super) fn new() -> Self {
        let config = Agent::config_builder()
            .timeout_connect(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE))
            .http_status_as_error(false)
            .user_agent(concat!("lectern/", env!("CARGO_PKG_VERSION")));
        Self(Agent::new_with_config(config.build()))
    }

    /// A small text; none where the server has no such file.
    pub(super) fn text(&self, url: &str) -> Result<Option<String>, CliError> {
        let failed = |e: ureq::Error| failure(url, &e);
        let mut answer = self.0.get(url).call().map_err(failed)?;
        match answer.status() {
            StatusCode::NOT_FOUND => Ok(None),
            status if status.is_success() => {
                answer.body_mut().with_config().limit(MAX_TEXT).read_to_string().map(Some).map_err(failed)
            }
            status => Err(refusal(url, status)),
        }
    }

    /// Brings a file to `path`, by way of `path` + ".part", which a later try goes on with.
    pub(super) fn file(&self, url: &str, path: &Path) -> Result<(), CliError> {
        let part = path.with_added_extension("part");
        let done = fs::metadata(&part).map_or(0, |m| m.len());
        let mut answer = self.ask(url, done, &part)?;
        if answer.status() == StatusCode::RANGE_NOT_SATISFIABLE {
            // What is there is not the beginning of what the server has.
            fs::remove_file(&part)?;
            answer = self.ask(url, 0, &part)?;
        }
        if !answer.status().is_success() {
            return Err(refusal(url, answer.status()));
        }
        let resumed = answer.status() == StatusCode::PARTIAL_CONTENT;
        remember_version(&answer, &part)?;
        append(answer, &part, if resumed { done } else { 0 }, url)?;
        fs::rename(&part, path)?;
        Ok(fs::remove_file(version_file(&part)).or_else(ignore_missing)?)
    }

    fn ask(&self, url: &str, done: u64, part: &Path) -> Result<Response<ureq::Body>, CliError> {
        let mut request = self.0.get(url);
        // Without a version (RFC 9110 §13.1.5) nobody knows whether it is still the same file.
        if let Some(version) = fs::read_to_string(version_file(part)).ok().filter(|_| done > 0) {
            request = request.header("Range", format!("bytes={done}-")).header("If-Range", version);
        }
        request.call().map_err(|e| failure(url, &e))
    }
}

fn version_file(part: &Path) -> std::path::PathBuf {
    part.with_added_extension("version")
}

fn remember_version(answer: &Response<ureq::Body>, part: &Path) -> io::Result<()> {
    let strong = |tag: &&str| !tag.starts_with("W/");
    match answer.headers().get("ETag").and_then(|tag| tag.to_str().ok()).filter(strong) {
        Some(tag) => fs::write(version_file(part), tag),
        None => fs::remove_file(version_file(part)).or_else(ignore_missing),
    }
}

fn ignore_missing(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

/// Writes a body behind the `done` bytes that are there.
fn append(answer: Response<ureq::Body>, part: &Path, done: u64, url: &str) -> Result<(), CliError> {
    let left = answer.body().content_length();
    let all = left.map(|left| done + left);
    if all.is_some_and(|all| all > MAX_BYTES) {
        return Err(CliError::Failed(format!("{url}: larger than any voice; nothing was fetched")));
    }
    let mut file = OpenOptions::new().create(true).append(true).open(part)?;
    file.set_len(done)?;
    let bar = bar(done, all, part);
    let mut body = answer.into_body().into_with_config().limit(MAX_BYTES).reader();
    let copied = copy(&mut body, &mut file, &bar).map_err(|e| {
        CliError::Failed(format!("{url}: broken off ({e}); run the command again to go on from here"))
    })?;
    bar.finish_and_clear();
    file.sync_all()?;
    match left {
        Some(left) if copied < left => {
            Err(CliError::Failed(format!("{url}: broken off; run the command again to go on from here")))
        }
        _ => Ok(()),
    }
}

fn copy(from: &mut impl Read, to: &mut File, bar: &ProgressBar) -> io::Result<u64> {
    let (mut buffer, mut copied) = (vec![0; 1 << 16], 0);
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(copied),
            n => {
                to.write_all(&buffer[..n])?;
                bar.inc(n as u64);
                copied += n as u64;
            }
        }
    }
}

/// Shown at a terminal only.
fn bar(done: u64, all: Option<u64>, part: &Path) -> ProgressBar {
    let bar = all.map_or_else(ProgressBar::no_length, ProgressBar::new).with_position(done);
    let shape = "{msg} [{bar:24}] {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
    let name = part.with_extension("").file_name().unwrap_or_default().to_string_lossy().into_owned();
    // The shape is a constant; should indicatif ever refuse it, its own will do.
    let style = ProgressStyle::with_template(shape).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.with_style(style).with_message(name)
}

fn refusal(url: &str, status: StatusCode) -> CliError {
    CliError::Failed(format!("{url}: the server answers {status}"))
}

fn failure(url: &str, error: &ureq::Error) -> CliError {
    CliError::Failed(format!("{url}: {error}; is the address right, and is this machine online?"))
}
