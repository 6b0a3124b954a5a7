//! Settings: defaults < file < environment < flags, checked before anything starts.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::article::Limits;
use crate::audio::mp3::BITRATES;
use crate::fetch::FetchConfig;
use crate::http::HttpConfig;
use crate::library::LibraryConfig;
use crate::render::RenderConfig;
use crate::source::{ImportConfig, Source};
use crate::speech::PoolConfig;
use crate::webhook::{self, HookConfig};

/// Everything that can be set, as in the TOML file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Address to listen on.
    #[serde(deserialize_with = "listen")]
    pub listen: SocketAddr,
    /// Folder of articles and audio.
    pub data: PathBuf,
    /// Folder of ONNX Runtime, espeak-ng's data and the voices; looked for where absent.
    pub parts: Option<PathBuf>,
    /// ONNX Runtime's library; in the parts folder where absent.
    pub onnxruntime: Option<PathBuf>,
    /// Folder of voices; in the parts folder where absent.
    pub voices: Option<PathBuf>,
    /// Voice for articles that name none, if it speaks their language.
    pub voice: Option<String>,
    /// File whose first line is the editors' token.
    pub token_file: Option<PathBuf>,
    /// Whether the demo page is shown at `/`; where no token is needed by default.
    pub demo: Option<bool>,
    /// Where the service is reached from elsewhere, as in `https://audio.example.org`; addresses in
    /// messages are relative where absent.
    pub public_url: Option<String>,
    /// Seconds that open requests have to end when the service stops.
    pub shutdown_seconds: u64,
    /// What one article may hold.
    pub limits: Limits,
    /// How articles are rendered.
    pub render: RenderConfig,
    /// The threads that speak.
    pub pool: PoolConfig,
    /// What is kept, for how long, and who hears it when.
    pub library: LibraryConfig,
    /// The web server.
    pub http: HttpConfig,
    /// What may be fetched from other servers.
    pub fetch: FetchConfig,
    /// How feeds and sitemaps are followed.
    pub import: ImportConfig,
    /// Feeds and sitemaps that are watched.
    pub sources: Vec<Source>,
    /// Who is told what happens to articles.
    pub webhooks: Vec<HookConfig>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            data: "data".into(),
            parts: None,
            onnxruntime: None,
            voices: None,
            voice: None,
            token_file: None,
            demo: None,
            public_url: None,
            shutdown_seconds: 10,
            limits: Limits::default(),
            render: RenderConfig::default(),
            pool: PoolConfig::default(),
            library: LibraryConfig::default(),
            http: HttpConfig::default(),
            fetch: FetchConfig::default(),
            import: ImportConfig::default(),
            sources: Vec::new(),
            webhooks: Vec::new(),
        }
    }
}

/// What is wrong with the settings.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file can't be read.
    #[error("can't read {}: {cause}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: String,
    },
    /// The file is not what it should be.
    #[error("config file {}: {cause}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Where and what.
        cause: String,
    },
    /// A value out of its range.
    #[error("setting {name}: {cause}")]
    Value {
        /// The setting.
        name: &'static str,
        /// What it should be.
        cause: String,
    },
    /// No parts folder anywhere.
    #[error("no parts folder (ONNX Runtime, espeak-ng's data, voices) in {}; run `make setup`, or name it with --parts", looked.join(", "))]
    NoParts {
        /// Where it was looked for.
        looked: Vec<String>,
    },
}

impl Config {
    /// Reads a TOML file over the defaults.
    ///
    /// # Errors
    /// The file can't be read, or is wrong; the error says where.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|e| ConfigError::Read { path: path.into(), cause: e.to_string() })?;
        toml::from_str(&text).map_err(|e| ConfigError::Syntax { path: path.into(), cause: e.to_string() })
    }

    /// Checks every range.
    ///
    /// # Errors
    /// The first setting that is out of range.
    pub fn check(&self) -> Result<(), ConfigError> {
        let speech = &self.render.speech;
        let lively = |n: Option<f32>| n.is_none_or(|n| (0.0..=1.0).contains(&n));
        let (library, recordings) = (&self.library, &self.library.recordings);
        let rules: [(&'static str, bool, String); 26] = [
            ("render.speech.speed", (0.5..=2.0).contains(&speech.speed), "0.5 to 2.0".into()),
            ("render.speech.noise", lively(speech.noise), "0 to 1".into()),
            ("render.speech.noise_w", lively(speech.noise_w), "0 to 1".into()),
            (
                "render.audio.mp3_kbps",
                BITRATES.contains(&self.render.audio.mp3_kbps),
                format!("one of {}", BITRATES.map(|b| b.to_string()).join(", ")),
            ),
            ("render.max_words", self.render.max_words > 0, "at least 1".into()),
            ("pool.workers", self.pool.workers <= 1024, "at most 1024".into()),
            ("pool.queue", self.pool.queue > 0, "at least 1".into()),
            ("library.trim_to_percent", (1..=100).contains(&library.trim_to_percent), "1 to 100".into()),
            ("library.rendered_at_once", (1..=64).contains(&library.rendered_at_once), "1 to 64".into()),
            ("library.attempts", library.attempts > 0, "at least 1".into()),
            ("library.lease_seconds", (3..=86_400).contains(&library.lease_seconds), "3 to 86400".into()),
            ("library.preview_hours", (1..=8760).contains(&library.preview_hours), "1 to 8760".into()),
            ("http.stall_seconds", (1..=86_400).contains(&self.http.stall_seconds), "1 to 86400".into()),
            ("library.explained_characters", library.explained_characters > 0, "at least 1".into()),
            ("library.deliveries_days", (8..=3650).contains(&library.deliveries_days), "8 to 3650".into()),
            (
                "public_url",
                is_base(self.public_url.as_deref()),
                "an address as in https://audio.example.org".into(),
            ),
            ("library.recordings.max_bytes", recordings.max_bytes > 0, "at least 1".into()),
            (
                "library.recordings.max_minutes",
                (1..=1440).contains(&recordings.max_minutes),
                "1 to 1440".into(),
            ),
            ("library.recordings.seconds", (1..=3600).contains(&recordings.seconds), "1 to 3600".into()),
            (
                "library.recordings.max_memory_bytes",
                recordings.max_memory_bytes >= 64 << 20,
                format!("at least {}", 64 << 20),
            ),
            ("library.recordings.at_once", (1..=64).contains(&recordings.at_once), "1 to 64".into()),
            ("http.header_seconds", (1..=3600).contains(&self.http.header_seconds), "1 to 3600".into()),
            ("fetch.seconds", (1..=3600).contains(&self.fetch.seconds), "1 to 3600".into()),
            ("fetch.max_bytes", self.fetch.max_bytes > 0, "at least 1".into()),
            ("import.max_entries", self.import.max_entries > 0, "at least 1".into()),
            ("import.pause_ms", self.import.pause_ms <= 3_600_000, "at most 3600000".into()),
        ];
        if let Some((name, _, range)) = rules.into_iter().find(|(_, holds, _)| !holds) {
            return Err(ConfigError::Value { name, cause: format!("must be {range}") });
        }
        if let Some(wrong) = self.fetch.wrong_host() {
            let cause = format!("{wrong:?} is not a host as in example.org or example.org:8443");
            return Err(ConfigError::Value { name: "fetch.allow_hosts", cause });
        }
        if let Some(wrong) = self.sources.iter().find(|source| !source.is_right()) {
            let cause = format!(
                "{:?} is not an address of http or https, or every_seconds is not 1 to 2592000",
                wrong.url
            );
            return Err(ConfigError::Value { name: "sources", cause });
        }
        if let Some(cause) = webhook::wrong(&self.webhooks) {
            return Err(ConfigError::Value { name: "webhooks", cause });
        }
        if let Some(wrong) = self.render.wrong_host() {
            let cause = format!("{wrong:?} is not a host as in example.org");
            return Err(ConfigError::Value { name: "render.sites", cause });
        }
        if let Some(wrong) = self.render.wrong_template() {
            let cause = format!(
                "{wrong:?}: only {{title}}, {{byline}}, {{date}} and {{site}}, and [ ] around what may be missing"
            );
            return Err(ConfigError::Value { name: "render.sites", cause });
        }
        match self.render.wrong_selector() {
            Some(wrong) => {
                let cause = format!("{wrong:?} is not a CSS selector");
                Err(ConfigError::Value { name: "render.sites", cause })
            }
            None => Ok(()),
        }
    }

    /// The parts folder: the one named, else `parts` here, beside the program or above it.
    ///
    /// # Errors
    /// There is none.
    pub fn parts(&self) -> Result<PathBuf, ConfigError> {
        if let Some(named) = &self.parts {
            return Ok(named.clone());
        }
        let program = std::env::current_exe().unwrap_or_default();
        let above = program.ancestors().skip(1).take(4).map(|folder| folder.join("parts"));
        let looked: Vec<PathBuf> = std::iter::once("parts".into()).chain(above).collect();
        let found = looked.iter().find(|folder| folder.is_dir()).cloned();
        found.ok_or_else(|| ConfigError::NoParts {
            looked: looked.iter().map(|p| p.display().to_string()).collect(),
        })
    }

    /// ONNX Runtime's library.
    ///
    /// # Errors
    /// As [`Config::parts`].
    pub fn onnxruntime(&self) -> Result<PathBuf, ConfigError> {
        let name = if cfg!(target_os = "macos") { "libonnxruntime.dylib" } else { "libonnxruntime.so" };
        match &self.onnxruntime {
            Some(named) => Ok(named.clone()),
            None => Ok(self.parts()?.join(name)),
        }
    }

    /// The folder of voices.
    ///
    /// # Errors
    /// As [`Config::parts`].
    pub fn voices(&self) -> Result<PathBuf, ConfigError> {
        match &self.voices {
            Some(named) => Ok(named.clone()),
            None => Ok(self.parts()?.join("voices")),
        }
    }

    /// What may be fetched: what is allowed, and what is watched.
    pub fn fetching(&self) -> FetchConfig {
        self.sources.iter().fold(self.fetch.clone(), |fetch, source| fetch.allowing(&source.url))
    }

    /// The editors' token.
    ///
    /// # Errors
    /// Its file can't be read, or holds a token anyone could guess.
    pub fn token(&self) -> Result<Option<String>, ConfigError> {
        let Some(path) = &self.token_file else {
            return Ok(None);
        };
        let text = std::fs::read_to_string(path)
            .map_err(|e| ConfigError::Read { path: path.clone(), cause: e.to_string() })?;
        let token = text.lines().next().unwrap_or_default().trim();
        if token.len() < 16 {
            return Err(ConfigError::Value {
                name: "token_file",
                cause:
                    "its first line must hold a token of at least 16 characters (try `openssl rand -hex 32`)"
                        .into(),
            });
        }
        Ok(Some(token.to_owned()))
    }
}

/// Reads an address and port to listen on; `localhost` is this machine (RFC 6761 §6.3).
///
/// # Errors
/// It is none; the error says what is wanted.
pub fn socket(text: &str) -> Result<SocketAddr, String> {
    let local = text.strip_prefix("localhost:").map(|port| format!("127.0.0.1:{port}"));
    let wanted = "must be an IP address and a port, as in 127.0.0.1:8080 or [::]:8080";
    local.as_deref().unwrap_or(text).parse().map_err(|_| wanted.to_owned())
}

fn listen<'de, D: serde::Deserializer<'de>>(from: D) -> Result<SocketAddr, D::Error> {
    let text = String::deserialize(from)?;
    socket(&text).map_err(|wanted| serde::de::Error::custom(format!("listen = {text:?} {wanted}")))
}

/// Whether addresses can begin with it, if there is any.
fn is_base(url: Option<&str>) -> bool {
    let host = |url: &str| url.strip_prefix("https://").or(url.strip_prefix("http://")).map(str::to_owned);
    url.is_none_or(|url| host(url).is_some_and(|host| !host.is_empty() && !host.contains(['?', '#', ' '])))
}
