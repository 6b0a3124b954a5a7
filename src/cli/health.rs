//! `lectern health`

use std::time::Duration;

use clap::Args;

use super::error::CliError;

/// Ask a running service whether it is ready
#[derive(Args, Debug)]
#[command(
    after_help = "Example, as a container's health check:\n  lectern health http://127.0.0.1:8080/readyz"
)]
pub(super) struct Health {
    /// What to ask
    #[arg(default_value = "http://127.0.0.1:8080/readyz")]
    url: String,
}

impl Health {
    pub(super) fn run(&self) -> Result<(), CliError> {
        let config = ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(5))).build();
        let answer = ureq::Agent::new_with_config(config).get(&self.url).call();
        answer.map_err(|e| CliError::Failed(format!("{} is not ready: {e}", self.url)))?;
        Ok(())
    }
}
