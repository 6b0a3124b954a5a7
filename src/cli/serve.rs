//! `lectern serve`

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use clap::Args;

use super::error::CliError;
use super::place::FolderArgs;
use super::{set, stages, unknown_variables};
use crate::article::{Article, Body};
use crate::config::{Config, socket};
use crate::fetch::Client;
use crate::http::{self, App, DEMO_ARTICLE, DEMO_PAGE, Token, serve};
use crate::library::Library;
use crate::source::Importer;
use crate::store::{Store, StoreError};
use crate::telemetry::{Metrics, start_logging};
use crate::webhook::{self, Hooks, Post};

/// Run the service
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lectern serve
  lectern serve --listen 0.0.0.0:8080 --token-file /run/secrets/token --data /srv/lectern
  lectern serve --config lectern.toml --check      only tells what is wrong, and ends

Without --token-file anyone who can connect may save articles, so the service then listens on this
machine only. Logs go to stderr; LECTERN_LOG=debug shows more.")]
pub(super) struct Serve {
    /// Address to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR", env = "LECTERN_LISTEN", value_parser = socket)]
    listen: Option<SocketAddr>,
    #[command(flatten)]
    folder: FolderArgs,
    /// File whose first line is the editors' token
    #[arg(long, value_name = "FILE", env = "LECTERN_TOKEN_FILE")]
    token_file: Option<PathBuf>,
    /// Voice for articles that name none
    #[arg(long, value_name = "ID", env = "LECTERN_VOICE")]
    voice: Option<String>,
    /// Threads that speak; 0 for one a core
    #[arg(long, value_name = "N", env = "LECTERN_WORKERS")]
    workers: Option<usize>,
    /// Do not show the demo page at /, which is there where no token is needed
    #[arg(long)]
    no_demo: bool,
    /// Only tell what is wrong with the settings and the files that they name
    #[arg(long)]
    check: bool,
    /// Log as JSON
    #[arg(long, env = "LECTERN_LOG_JSON", value_parser = clap::builder::BoolishValueParser::new())]
    log_json: bool,
}

impl Serve {
    pub(super) fn run(&self, mut config: Config) -> Result<(), CliError> {
        config.listen = self.listen.unwrap_or(config.listen);
        self.folder.set(&mut config);
        config.pool.workers = self.workers.unwrap_or(config.pool.workers);
        if self.no_demo {
            config.demo = Some(false);
        }
        set(&mut config.token_file, &self.token_file);
        set(&mut config.voice, &self.voice);
        if self.check {
            return checked(&config);
        }
        config.check()?;
        start_logging(self.log_json);
        for name in unknown_variables() {
            tracing::warn!(name, "no setting has this variable's name");
        }
        tokio::runtime::Runtime::new()?.block_on(service(config))
    }
}

/// Says all that is wrong, as far as it can be known without starting.
fn checked(config: &Config) -> Result<(), CliError> {
    let reached = config.token().map_err(CliError::from);
    let place = Store::would_open(&config.data);
    let running = matches!(place, Err(StoreError::Locked(_)));
    let faults = [
        config.check().map_err(CliError::from),
        reached.and_then(|token| local_without_token(config, token.is_some())),
        webhook::readable(&config.webhooks).map_err(CliError::from),
        if running { Ok(()) } else { place.map_err(CliError::from) },
        if running { Ok(()) } else { heard(config.listen) },
        stages::voices(config).map(drop),
        tokio::runtime::Runtime::new()?.block_on(stages::one_voice(config)).map(drop),
    ];
    let mut faults: Vec<String> = faults.into_iter().filter_map(|found| Some(found.err()?.told())).collect();
    // The voice is asked for twice, since it may be wrong beside the other parts.
    faults.dedup();
    if running {
        let data = config.data.display();
        writeln!(
            io::stderr(),
            "lectern: {data} is in use by a service: neither it nor the address is looked at"
        )?;
    }
    for name in unknown_variables() {
        writeln!(io::stderr(), "lectern: no setting has the variable's name {name}")?;
    }
    if !faults.is_empty() {
        return Err(CliError::Usage(faults.join("\nlectern: ")));
    }
    Ok(writeln!(io::stdout(), "the settings are right")?)
}

async fn service(config: Config) -> Result<(), CliError> {
    let started = Instant::now();
    let token = config.token()?;
    local_without_token(&config, token.is_some())?;
    // Whoever sets a token keeps articles of his own, among which the demo's has no place.
    let demo = config.demo.unwrap_or(token.is_none());
    // Each listener is a connection; where no more are allowed, fewer do.
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    // The port first: if it is taken, nothing else need be tried.
    let listener = listen(config.listen)?;
    let address = listener.local_addr()?;
    let store = Store::open(&config.data)?;
    let hooks = Hooks::start(&config.webhooks, &config.fetch, post(&config), store.ledger.clone())?;
    let renderer = stages::renderer(&config).await?;
    if config.voice.is_none() {
        let voice = stages::voices(&config)?.1;
        tracing::info!(voice = voice.id, "no voice is set, so this one reads English; set `voice` to choose");
    }
    let library = Arc::new(Library::new(store, renderer, config.library));
    let client = Client::new(config.fetching());
    let importer = Importer::start(client, library.clone(), config.import, config.limits);
    let mut metrics = Metrics::new(library.renderer().pool().counters(), library.waits());
    metrics.watching(importer.counts());
    let waiting = library.start().await?;
    tokio::spawn(hooks.clone().follow(library.clone()));
    let app = Arc::new(App {
        library: library.clone(),
        importer: importer.clone(),
        sources: config.sources.clone(),
        hooks,
        metrics,
        token: Token::new(token.as_deref()),
        limits: config.limits,
        config: config.http,
        demo,
        ready: AtomicBool::new(true),
    });
    if demo {
        // No English voice, or a full disk: no reason not to serve what is there.
        if let Err(error) = library.save(demo_article(), false).await {
            tracing::warn!(%error, "the demo page has no sound");
        }
    }
    let (address, ms) = (format!("http://{address}/"), started.elapsed().as_millis() as u64);
    tracing::info!(address, ms, unfinished = waiting, "listening");
    if token.is_none() {
        tracing::warn!("no --token-file: anyone on this machine may save articles; nobody else can connect");
    }
    importer.watch(&config.sources);
    let patience = Duration::from_secs(config.shutdown_seconds);
    serve(listener, app, stop_signal(), patience).await;
    library.stop().await;
    Ok(())
}

fn local_without_token(config: &Config, token: bool) -> Result<(), CliError> {
    match (token, config.listen.ip().is_loopback()) {
        (true, _) | (false, true) => Ok(()),
        (false, false) => Err(CliError::Usage(format!(
            "{} can be reached from other machines, and without a token any of them could save articles; \
             give --token-file FILE, or listen on 127.0.0.1",
            config.listen
        ))),
    }
}

fn post(config: &Config) -> Post {
    let base = config.public_url.as_deref().unwrap_or_default().trim_end_matches('/').to_owned();
    Post { base, days: config.library.deliveries_days }
}

fn listen(address: SocketAddr) -> Result<tokio::net::TcpListener, CliError> {
    http::listen(address).map_err(|e| deaf(address, &e))
}

fn heard(address: SocketAddr) -> Result<(), CliError> {
    std::net::TcpListener::bind(address).map(drop).map_err(|e| deaf(address, &e))
}

fn deaf(address: SocketAddr, error: &dyn std::fmt::Display) -> CliError {
    CliError::Failed(format!("can't listen on {address}: {error}; choose another address with --listen"))
}

fn demo_article() -> Article {
    let mut article = Article::plain(DEMO_ARTICLE, "");
    article.body = Body::Page(DEMO_PAGE.into());
    article
}

/// Ends at Ctrl-C or SIGTERM.
pub(super) async fn stop_signal() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
