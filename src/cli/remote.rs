//! A running service, as an editor's program speaks to it.

use std::fs::File;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use ureq::Agent;
use ureq::http::request::Builder;
use ureq::http::{Request, Response, StatusCode};

use super::error::CliError;
use super::given::{Given, Noting};
use super::set;
use crate::config::Config;

/// Time to connect, and to be answered.
const PATIENCE: Duration = Duration::from_secs(60);
/// Time for a file that was sent to be read there.
const UPLOAD_PATIENCE: Duration = Duration::from_secs(15 * 60);
/// Longest answer that is read.
const MAX_ANSWER: u64 = 64 << 20;
/// Milliseconds before a service that is starting or has too much to do is asked again.
const PAUSES: [u64; 5] = [500, 1000, 2000, 4000, 8000];

/// Which service to work through.
#[derive(Args, Debug)]
pub(super) struct ServerArgs {
    /// Work through the running service at this address, and not on a data folder
    #[arg(long, value_name = "URL", env = "LECTERN_SERVER", value_parser = Noting(NonEmptyStringValueParser::new()))]
    pub(super) server: Option<Given<String>>,
    /// File whose first line is the editors' token
    #[arg(long, value_name = "FILE", env = "LECTERN_TOKEN_FILE")]
    token_file: Option<PathBuf>,
}

impl ServerArgs {
    /// The service, if one is named; its token is the settings' unless a flag names another.
    pub(super) fn remote(&self, config: &mut Config) -> Result<Option<Remote>, CliError> {
        let Some(Given { value: server, .. }) = &self.server else {
            return Ok(None);
        };
        set(&mut config.token_file, &self.token_file);
        has_scheme(server)?;
        Ok(Some(Remote::new(server, config.token()?)))
    }
}

/// Whether it can be asked at all.
pub(super) fn has_scheme(server: &str) -> Result<(), CliError> {
    if server.starts_with("http://") || server.starts_with("https://") {
        return Ok(());
    }
    Err(CliError::Usage(format!("{server} needs http:// or https:// before the service's name")))
}

/// A running service.
pub(super) struct Remote {
    agent: Agent,
    base: String,
    token: Option<String>,
}

/// What the service tells of what it can't do (RFC 9457).
#[derive(Deserialize)]
struct Problem {
    detail: String,
}

impl Remote {
    fn new(server: &str, token: Option<String>) -> Self {
        let config = Agent::config_builder()
            .timeout_connect(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE))
            .http_status_as_error(false)
            .user_agent(concat!("lectern/", env!("CARGO_PKG_VERSION")));
        let base = server.trim_end_matches('/').to_owned();
        Self { agent: Agent::new_with_config(config.build()), base, token }
    }

    /// Asks once; for the first question, which tells whether the service is there at all.
    pub(super) fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, CliError> {
        self.read(self.send("GET", path, "")?)
    }

    /// Asks until the service has time to answer, for half a minute at most.
    pub(super) fn ask<T: DeserializeOwned>(
        &self,
        method: &str,
        path: &str,
        body: &str,
    ) -> Result<T, CliError> {
        for pause in PAUSES {
            match self.send(method, path, body) {
                Ok(answer) if answer.status() != StatusCode::SERVICE_UNAVAILABLE => return self.read(answer),
                _ => thread::sleep(Duration::from_millis(pause)),
            }
        }
        self.read(self.send(method, path, body)?)
    }

    /// Sends a file whole. The service is asked once: it reads the file before it answers.
    pub(super) fn upload<T: DeserializeOwned>(&self, path: &str, file: File) -> Result<T, CliError> {
        let request = self.request("PUT", path).body(file).map_err(|e| self.failed(&e))?;
        let agent = self.agent.configure_request(request);
        let request = agent.timeout_recv_response(Some(UPLOAD_PATIENCE)).build();
        self.read(self.agent.run(request).map_err(|e| self.failed(&e))?)
    }

    fn send(&self, method: &str, path: &str, body: &str) -> Result<Response<ureq::Body>, CliError> {
        let request = self.request(method, path);
        let sent = match body {
            "" => self.agent.run(request.body(()).map_err(|e| self.failed(&e))?),
            body => self.agent.run(request.body(body).map_err(|e| self.failed(&e))?),
        };
        sent.map_err(|e| self.failed(&e))
    }

    fn request(&self, method: &str, path: &str) -> Builder {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.header("Authorization", format!("Bearer {token}")),
            None => request,
        }
    }

    fn failed(&self, cause: &dyn std::fmt::Display) -> CliError {
        CliError::Failed(format!("{}: {cause}; is the service running, and the address right?", self.base))
    }

    fn read<T: DeserializeOwned>(&self, mut answer: Response<ureq::Body>) -> Result<T, CliError> {
        let status = answer.status();
        let text = answer.body_mut().with_config().limit(MAX_ANSWER).read_to_string();
        let failed = |cause: String| CliError::Failed(format!("{}: {cause}", self.base));
        let text = text.map_err(|e| failed(e.to_string()))?;
        // Nothing is an answer, too.
        let text = if status == StatusCode::NO_CONTENT { "null".into() } else { text };
        match serde_json::from_str::<Problem>(&text) {
            _ if status.is_success() => serde_json::from_str(&text)
                .map_err(|e| failed(format!("the answer is not what this lectern knows: {e}"))),
            Ok(Problem { detail }) if status == StatusCode::UNAUTHORIZED => {
                Err(failed(format!("{detail} Name the token's file with --token-file")))
            }
            Ok(Problem { detail }) => Err(CliError::Failed(detail)),
            Err(_) => Err(failed(format!("the server answers {status}; is a lectern there?"))),
        }
    }
}
