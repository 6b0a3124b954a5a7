//! Asks other servers.

use std::io;
use std::time::{Duration, Instant, SystemTime};

use serde::{Deserialize, Serialize};
use ureq::Agent;
use ureq::http::{HeaderMap, Response, StatusCode, header};
use ureq::unversioned::resolver::{DefaultResolver, Resolver};
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use super::error::{FetchError, Refusal};
use super::policy::{Guard, Policy};
use super::{FetchConfig, body, charset};

/// Asks other servers, within what its settings allow. Its calls wait: not for async threads.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    policy: Policy,
    config: FetchConfig,
}

/// What a server said of a document, and is told when it is asked for it again (RFC 9110 §8.8).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
}

/// What a server answers.
#[derive(Clone, Debug)]
pub enum Answer {
    /// It is as it was when the validators were given.
    Unchanged,
    /// All of it.
    Whole(Document),
}

/// What was at an address.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it was in the end.
    pub url: Url,
    /// `Content-Type`; empty where the server told none.
    pub content_type: String,
    /// Its bytes, unpacked.
    pub bytes: Vec<u8>,
    /// For the next time.
    pub validators: Validators,
}

impl Document {
    /// Its text.
    pub fn text(&self) -> String {
        charset::text(&self.bytes, &self.content_type)
    }

    /// Its text, if it is a web page.
    ///
    /// # Errors
    /// The server says it is something else.
    pub fn page(&self) -> Result<String, FetchError> {
        let kind = self.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match kind.as_str() {
            "" | "text/html" | "application/xhtml+xml" => Ok(self.text()),
            _ => Err(FetchError { url: shown(&self.url), why: Refusal::NoPage(kind) }),
        }
    }
}

impl Client {
    /// A client that asks the system for hosts' addresses.
    pub fn new(config: FetchConfig) -> Self {
        Self::with_resolver(config, DefaultResolver::default())
    }

    /// A client that asks somebody else for hosts' addresses; they are looked at all the same.
    pub fn with_resolver(config: FetchConfig, resolver: impl Resolver) -> Self {
        let settings = Agent::config_builder()
            // Redirects are followed here, each looked at as the first address was.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // A proxy would resolve names by itself, and hide where they lead.
            .proxy(None)
            .user_agent(&config.user_agent)
            .build();
        let guard = Guard { resolver, private: config.allow_private };
        let agent = Agent::with_parts(settings, DefaultConnector::default(), guard);
        Self { agent, policy: Policy::new(&config), config }
    }

    /// Brings what is at an address, unless it is as it was.
    ///
    /// # Errors
    /// It is not allowed, can't be had, or is larger or slower than the settings have it.
    pub fn get(&self, url: &str, known: &Validators) -> Result<Answer, FetchError> {
        let started = Instant::now();
        let mut url = parsed(url)?;
        for _ in 0..=self.config.max_redirects {
            let refused = |why| FetchError { url: shown(&url), why };
            let answer = self.ask(&url, known, started).map_err(refused)?;
            match target(&url, &answer).map_err(refused)? {
                Some(next) => url = next,
                None => return self.answer(&url, answer).map_err(refused),
            }
        }
        Err(FetchError { url: shown(&url), why: Refusal::Redirects(self.config.max_redirects) })
    }

    /// Brings what is at an address, whether or not it is as it was.
    ///
    /// # Errors
    /// As [`Client::get`].
    pub fn whole(&self, url: &Url) -> Result<Document, FetchError> {
        match self.get(url.as_str(), &Validators::default())? {
            Answer::Whole(document) => Ok(document),
            // Nobody asked whether it had changed.
            Answer::Unchanged => Err(FetchError {
                url: shown(url),
                why: Refusal::Status { status: StatusCode::NOT_MODIFIED.as_u16(), retry_after: None },
            }),
        }
    }

    /// Sends bytes to an address; follows no redirect.
    ///
    /// # Errors
    /// It is not allowed, can't be reached in time, or its server answers otherwise than with 2xx.
    pub fn post(&self, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<(), FetchError> {
        let url = parsed(url)?;
        let refused = |why| FetchError { url: shown(&url), why };
        self.policy.admits(&url).map_err(refused)?;
        let limit = Some(Duration::from_secs(self.config.seconds));
        let mut request = self.agent.post(url.as_str()).config().timeout_global(limit).build();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send(body).map_err(|e| refused(self.failure(e)))?;
        if answer.status().is_success() { Ok(()) } else { Err(refused(status(&answer))) }
    }

    fn ask(&self, url: &Url, known: &Validators, started: Instant) -> Result<Response<ureq::Body>, Refusal> {
        self.policy.admits(url)?;
        let left = Duration::from_secs(self.config.seconds).checked_sub(started.elapsed());
        let left = left.ok_or(Refusal::TooSlow(self.config.seconds))?;
        let request = self.agent.get(url.as_str()).config().timeout_global(Some(left)).build();
        let mut request = request.header(header::ACCEPT_ENCODING, "gzip");
        let conditions = [(header::IF_NONE_MATCH, &known.etag), (header::IF_MODIFIED_SINCE, &known.modified)];
        for (name, value) in conditions {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        request.call().map_err(|e| self.failure(e))
    }

    fn answer(&self, url: &Url, answer: Response<ureq::Body>) -> Result<Answer, Refusal> {
        if answer.status() == StatusCode::NOT_MODIFIED {
            return Ok(Answer::Unchanged);
        }
        if answer.status() != StatusCode::OK {
            return Err(status(&answer));
        }
        let gzip = match field(answer.headers(), header::CONTENT_ENCODING).as_deref() {
            None | Some("identity") => false,
            Some("gzip" | "x-gzip") => true,
            Some(other) => return Err(Refusal::Packed(other.into())),
        };
        let headers = answer.headers().clone();
        let read = body::read(answer.into_body().into_reader(), gzip, self.config.max_bytes);
        Ok(Answer::Whole(Document {
            url: url.clone(),
            bytes: read.map_err(|e| self.broken(e))?,
            content_type: field(&headers, header::CONTENT_TYPE).unwrap_or_default(),
            validators: Validators {
                etag: field(&headers, header::ETAG),
                modified: field(&headers, header::LAST_MODIFIED),
            },
        }))
    }

    /// Unpacks a file of gzip, as sitemaps often are; leaves every other as it is.
    ///
    /// # Errors
    /// It is damaged, or larger than the settings have it.
    pub fn unpacked(&self, mut document: Document) -> Result<Document, FetchError> {
        if document.bytes.starts_with(&[0x1f, 0x8b]) {
            let refused = |e| FetchError { url: shown(&document.url), why: self.broken(e) };
            let unpacked = body::read(&document.bytes[..], true, self.config.max_bytes).map_err(refused)?;
            document.bytes = unpacked;
        }
        Ok(document)
    }

    fn broken(&self, error: io::Error) -> Refusal {
        match error.kind() {
            io::ErrorKind::FileTooLarge => Refusal::TooLarge(self.config.max_bytes),
            _ => self.failure(ureq::Error::from(error)),
        }
    }

    fn failure(&self, error: ureq::Error) -> Refusal {
        match error {
            ureq::Error::Timeout(_) => Refusal::TooSlow(self.config.seconds),
            ureq::Error::Other(inner) => match inner.downcast::<Refusal>() {
                Ok(refusal) => *refusal,
                Err(other) => Refusal::Failed(other.to_string()),
            },
            ureq::Error::Io(inner) => Refusal::Failed(inner.to_string()),
            other => Refusal::Failed(other.to_string()),
        }
    }
}

fn parsed(url: &str) -> Result<Url, FetchError> {
    Url::parse(url).map_err(|_| FetchError::no_address(url))
}

/// An address for logs and errors: what stands behind its question mark, or before an @, may be a secret.
pub fn shown(url: &Url) -> String {
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}://{}{port}{}", url.scheme(), url.host_str().unwrap_or_default(), url.path())
}

/// Where an answer sends us on to.
fn target<B>(url: &Url, answer: &Response<B>) -> Result<Option<Url>, Refusal> {
    if !matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let next = field(answer.headers(), header::LOCATION).and_then(|to| url.join(&to).ok());
    let next = next.ok_or_else(|| status(answer))?;
    match (url.scheme(), next.scheme()) {
        ("https", "http") => Err(Refusal::Downgrade),
        _ => Ok(Some(next)),
    }
}

fn status<B>(answer: &Response<B>) -> Refusal {
    let retry_after = field(answer.headers(), header::RETRY_AFTER).and_then(|text| wait(&text));
    Refusal::Status { status: answer.status().as_u16(), retry_after }
}

/// Seconds, or a date (RFC 9110 §10.2.3).
fn wait(text: &str) -> Option<Duration> {
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    let now = jiff::Timestamp::try_from(SystemTime::now()).ok()?;
    Some(date.duration_since(now).try_into().unwrap_or_default())
}

fn field(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(|text| text.trim().to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn redirects() {
        let table = [
            ("http://a.example/x/", 301, "https://b.example/", Ok(Some("https://b.example/"))),
            ("https://a.example/x/", 308, "../y", Ok(Some("https://a.example/y"))),
            ("https://a.example/", 302, "//b.example/", Ok(Some("https://b.example/"))),
            ("https://a.example/", 302, "http://a.example/", Err(Refusal::Downgrade)),
            ("https://a.example/", 200, "http://b.example/", Ok(None)),
            ("https://a.example/", 304, "http://b.example/", Ok(None)),
            ("https://a.example/", 303, "http://", Err(Refusal::Status { status: 303, retry_after: None })),
        ];
        for (from, status, to, expected) in table {
            let answer = Response::builder().status(status).header("Location", to).body(()).unwrap();
            let found = target(&from.parse().unwrap(), &answer);
            assert_eq!(found, expected.map(|to| to.map(|to| to.parse().unwrap())), "{from} {status} {to}");
        }
    }

    #[test]
    fn waits() {
        assert_eq!(wait("120"), Some(Duration::from_secs(120)));
        assert_eq!(wait("Tue, 24 Nov 2015 06:00:00 GMT"), Some(Duration::ZERO));
        let far = wait("Tue, 24 Nov 2099 06:00:00 GMT").unwrap();
        assert!(far > Duration::from_secs(365 * 86_400), "{far:?}");
        assert_eq!(wait("soon"), None);
    }
}
