//! Which addresses may be asked: looked at as they are written, and again as they resolve.

use std::fmt;
use std::net::IpAddr;

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::Url;

use super::FetchConfig;
use super::address::{Reach, reach};
use super::error::Refusal;

/// A host and its subdomains, on the usual ports and perhaps one more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Host {
    name: String,
    port: Option<u16>,
}

impl Host {
    /// As settings name it: "example.org", "example.org:8443".
    pub(super) fn parse(text: &str) -> Option<Self> {
        let plain = !text.contains(['/', '?', '#', '@', '\\']);
        plain.then(|| Url::parse(&format!("http://{text}/")).ok()).flatten().and_then(|url| Self::from(&url))
    }

    /// The host of an address. Sites use their name with and without "www." for the same.
    pub(super) fn of(url: &str) -> Option<Self> {
        let host = Self::from(&Url::parse(url).ok()?)?;
        let bare = host.name.strip_prefix("www.").filter(|rest| rest.contains('.')).map(str::to_owned);
        Some(Self { name: bare.unwrap_or(host.name), ..host })
    }

    fn from(url: &Url) -> Option<Self> {
        Some(Self { name: name(url)?, port: url.port() })
    }

    fn admits(&self, name: &str) -> bool {
        let rest = name.strip_suffix(&self.name);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => write!(f, "{}:{port}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// "example.org." is the same host.
fn name(url: &Url) -> Option<String> {
    let name = url.host_str()?;
    Some(name.strip_suffix('.').unwrap_or(name).to_owned())
}

/// What the settings allow.
#[derive(Debug)]
pub(super) struct Policy(Vec<Host>);

impl Policy {
    pub(super) fn new(config: &FetchConfig) -> Self {
        Self(config.allow_hosts.iter().filter_map(|host| Host::parse(host)).collect())
    }

    /// Whether an address may be asked, as far as its writing tells.
    pub(super) fn admits(&self, url: &Url) -> Result<(), Refusal> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Refusal::Scheme(url.scheme().into()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refusal::Userinfo);
        }
        let name = name(url).ok_or(Refusal::NoAddress)?;
        let mut known = self.0.iter().filter(|host| host.admits(&name)).peekable();
        if known.peek().is_none() {
            return Err(Refusal::Host(name));
        }
        match url.port() {
            None | Some(80 | 443) => Ok(()),
            port if known.any(|host| host.port == port) => Ok(()),
            Some(port) => Err(Refusal::Port { host: name, port }),
        }
    }
}

/// Resolves a name once: the connection goes to the very addresses looked at here.
#[derive(Debug)]
pub(super) struct Guard<R> {
    pub(super) resolver: R,
    pub(super) private: bool,
}

impl<R: Resolver> Resolver for Guard<R> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.resolver.resolve(uri, config, timeout)?;
        // One that may not be asked among others that may is an attempt.
        found.iter().try_for_each(|address| self.admits(uri, address.ip()))?;
        Ok(found)
    }
}

impl<R> Guard<R> {
    fn admits(&self, uri: &Uri, address: IpAddr) -> Result<(), Error> {
        let host = uri.host().unwrap_or_default().to_owned();
        let refusal = match reach(address) {
            Reach::Public => return Ok(()),
            Reach::Private if self.private => return Ok(()),
            Reach::Private => Refusal::Private { host, address },
            Reach::Never => Refusal::Special { host, address },
        };
        Err(Error::Other(Box::new(refusal)))
    }
}
