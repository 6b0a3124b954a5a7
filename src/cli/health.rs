//! `lectern health`

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::error::CliError;
use super::given::{Given, Noting, by_flag};
use super::remote::has_scheme;
use crate::config::{Config, socket};

/// Ask a running service whether it is ready
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lectern health                                  the service of these settings, on this machine
  lectern health https://audio.example.org
  lectern health http://127.0.0.1:8080/readyz     as a container's health check

Exit status: 0 it is ready, 1 it is not.")]
pub(super) struct Health {
    /// The service, or what to ask of it [default: --listen, or that setting]
    #[arg(env = "LECTERN_SERVER", value_parser = Noting(NonEmptyStringValueParser::new()))]
    url: Option<Given<String>>,
    /// Address it listens on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR", env = "LECTERN_LISTEN", value_parser = Noting(socket))]
    listen: Option<Given<SocketAddr>>,
}

impl Health {
    pub(super) fn run(&self, config: &Config) -> Result<(), CliError> {
        let listen = self.listen.as_ref().map_or(config.listen, |listen| listen.value);
        let url = match self.url.as_ref().filter(|url| url.by_flag || !by_flag(&self.listen)) {
            Some(url) => asked(&url.value)?,
            None => asked(&format!("http://{}", reached(listen)))?,
        };
        let config = ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(5))).build();
        let answer = ureq::Agent::new_with_config(config).get(&url).call();
        answer.map_err(|e| CliError::Failed(format!("{url} is not ready: {e}")))?;
        Ok(())
    }
}

/// A service is asked whether it is ready; an address with a path is asked as it is.
fn asked(url: &str) -> Result<String, CliError> {
    has_scheme(url)?;
    let base = url.trim_end_matches('/');
    let host = base.split_once("://").map_or("", |(_, host)| host);
    Ok(if host.contains('/') { url.to_owned() } else { format!("{base}/readyz") })
}

/// Where one who listens on all addresses is reached from here.
fn reached(mut listen: SocketAddr) -> SocketAddr {
    match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => listen.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => listen.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    listen
}
