//! What may be fetched, and what it may cost.

use serde::{Deserialize, Serialize};

use super::policy::Host;

/// What may be fetched from other servers, and what it may cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FetchConfig {
    /// Hosts that may be asked, with their subdomains, as in "example.org"; with a port where it is
    /// another than 80 and 443. Hosts that a command or `[[sources]]` names may be asked anyway.
    pub allow_hosts: Vec<String>,
    /// Whether such a host may be on this machine or in a private network.
    pub allow_private: bool,
    /// Seconds that one fetch may take, with its redirects.
    pub seconds: u64,
    /// Most bytes of one answer, before and after it is unpacked.
    pub max_bytes: usize,
    /// Most redirects that are followed.
    pub max_redirects: u32,
    /// What servers are told of who asks.
    pub user_agent: String,
}

impl Default for FetchConfig {
    fn default() -> Self {
        Self {
            allow_hosts: Vec::new(),
            allow_private: false,
            seconds: 30,
            max_bytes: 16 << 20,
            max_redirects: 5,
            user_agent: concat!("lectern/", env!("CARGO_PKG_VERSION")).into(),
        }
    }
}

impl FetchConfig {
    /// The first of the allowed hosts that is none.
    pub fn wrong_host(&self) -> Option<&str> {
        self.allow_hosts.iter().map(String::as_str).find(|host| Host::parse(host).is_none())
    }

    /// Allows the host of an address that an operator named.
    #[must_use]
    pub fn allowing(mut self, url: &str) -> Self {
        self.allow_hosts.extend(Host::of(url).map(|host| host.to_string()));
        self
    }
}
