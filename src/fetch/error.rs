//! Why something was not fetched.

use std::net::IpAddr;
use std::time::Duration;

use thiserror::Error;

/// What was not fetched, and why.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{url}: {why}")]
pub struct FetchError {
    /// The address, without what may be a secret in it.
    pub url: String,
    /// What is wrong.
    pub why: Refusal,
}

/// What is wrong with an address, or with what is there.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Refusal {
    /// It can't be read as an address.
    #[error("not an address as in https://example.org/feed.xml")]
    NoAddress,
    /// Neither http nor https.
    #[error("{0}: is not fetched; only http and https are")]
    Scheme(String),
    /// A name or password before the host.
    #[error("an address with a user or password in it is not fetched; leave out what stands before the @")]
    Userinfo,
    /// A host nobody allowed.
    #[error("the host {0} is not allowed; add it to allow_hosts under [fetch] if it is yours")]
    Host(String),
    /// A port nobody allowed.
    #[error("port {port} is not allowed; add \"{host}:{port}\" to allow_hosts under [fetch] if it is yours")]
    Port {
        /// The host.
        host: String,
        /// The port.
        port: u16,
    },
    /// Inside the house.
    #[error(
        "{host} is {address}, in a private network; allow_private = true allows that: under [fetch], for a webhook \
         under its own [[webhooks]], for one run of generate --allow-private"
    )]
    Private {
        /// As it was asked for.
        host: String,
        /// As it resolves.
        address: IpAddr,
    },
    /// An address that no site has.
    #[error("{host} is {address}, which is kept for special purposes and never asked")]
    Special {
        /// As it was asked for.
        host: String,
        /// As it resolves.
        address: IpAddr,
    },
    /// Sent on too often.
    #[error("sent on more than {0} times (max_redirects under [fetch])")]
    Redirects(u32),
    /// Sent on from https to http.
    #[error("sent on from https to http, which is not followed")]
    Downgrade,
    /// Another answer than was hoped for.
    #[error("the server answers {status}")]
    Status {
        /// HTTP status.
        status: u16,
        /// How long the server wants to be left alone.
        retry_after: Option<Duration>,
    },
    /// More than is taken.
    #[error("larger than {0} bytes (max_bytes under [fetch]), perhaps once it is unpacked")]
    TooLarge(usize),
    /// Too slow.
    #[error("took longer than {0} seconds (seconds under [fetch])")]
    TooSlow(u64),
    /// Packed in a way that was not asked for.
    #[error("packed as {0:?}, which was not asked for")]
    Packed(String),
    /// Not a web page.
    #[error("is {0:?}, not a web page")]
    NoPage(String),
    /// The network, or the server.
    #[error("{0}")]
    Failed(String),
}

impl FetchError {
    /// Of what can't be read as an address.
    pub fn no_address(text: &str) -> Self {
        // What stands behind a question mark, or before an @, may be a secret.
        let plain = text.split(['?', '#']).next().unwrap_or_default().rsplit('@').next().unwrap_or_default();
        Self { url: plain.chars().take(200).collect(), why: Refusal::NoAddress }
    }

    /// Whether the same may succeed a little later.
    pub fn may_pass(&self) -> bool {
        match &self.why {
            Refusal::Status { status, .. } => matches!(status, 408 | 425 | 429 | 500..),
            Refusal::TooSlow(_) | Refusal::Failed(_) => true,
            _ => false,
        }
    }

    /// How long the server wants to be left alone.
    pub fn retry_after(&self) -> Option<Duration> {
        match self.why {
            Refusal::Status { retry_after, .. } => retry_after,
            _ => None,
        }
    }
}
