//! Logs and metrics. Text of articles and secrets appear in neither.

use std::io::{self, IsTerminal};
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use tracing_subscriber::EnvFilter;

use crate::library::Waits;
use crate::source;
use crate::speech::Counters;

/// Log lines on stderr, for people or as JSON. `LECTERN_LOG` sets the
/// level, as "info" or "lectern=debug".
pub fn start_logging(json: bool) {
    let filter = filter("info,ort=warn");
    let colours = io::stderr().is_terminal();
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(colours);
    // A second call, as by a test, keeps the first logger.
    let _ = if json { logs.json().try_init() } else { logs.with_target(false).try_init() };
}

/// Warnings where `writer` puts them, for a command that writes there itself. `LECTERN_LOG` sets the level.
pub fn log_beside<W: io::Write + 'static>(writer: impl Fn() -> W + Send + Sync + 'static) {
    let filter = filter("warn");
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer).with_ansi(false);
    // A second call, as by a test, keeps the first logger.
    let _ = logs.without_time().with_target(false).try_init();
}

/// What is asked for comes after what is usual, so that a slip of the pen silences nothing.
fn filter(usual: &str) -> EnvFilter {
    let wanted = std::env::var("LECTERN_LOG").unwrap_or_default();
    EnvFilter::try_new(format!("{usual},{wanted}")).unwrap_or_else(|_| EnvFilter::new(usual))
}

/// A request by what it asked for and how it was answered.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct RequestLabels {
    /// The route's pattern, never the path itself.
    pub route: String,
    /// HTTP method.
    pub method: String,
    /// HTTP status.
    pub status: u16,
}

/// Everything `/metrics` tells.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    seconds: Histogram,
    waiting: Gauge,
}

impl Metrics {
    /// Registers the names.
    pub fn new(speech: &Counters, library: &Waits) -> Self {
        let mut registry = Registry::with_prefix("lectern");
        let requests = Family::<RequestLabels, Counter>::default();
        let buckets = [0.001, 0.005, 0.02, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
        let seconds = Histogram::new(buckets);
        let waiting = Gauge::default();
        let counters = [
            ("sentences_synthesised", "Sentences that went through the sound side", &speech.synthesised),
            ("panics", "Jobs that panicked", &speech.panics),
            ("refused", "Sentences refused because too much was waiting", &speech.refused),
        ];
        for (name, help, counter) in counters {
            registry.register(name, help, counter.clone());
        }
        registry.register("requests", "Requests by route, method and status", requests.clone());
        registry.register("response_seconds", "Time until a response's head was ready", seconds.clone());
        let (plan, first) = (library.plan.clone(), library.first_byte.clone());
        registry.register("plan_seconds", "Time until an article's exact length was known", plan);
        registry.register("first_byte_seconds", "Time until the first bytes of audio were there", first);
        registry.register("sentences_waiting", "Sentences waiting to be spoken", waiting.clone());
        Self { registry, requests, seconds, waiting }
    }

    /// Registers what is counted of other servers.
    pub fn watching(&mut self, counts: &source::Counts) {
        let (looks, pages) = (counts.looks.clone(), counts.pages.clone());
        self.registry.register(
            "source_looks",
            "Looks at watched feeds and sitemaps by how they ended",
            looks,
        );
        self.registry.register("source_pages", "Pages asked for by how that ended", pages);
    }

    /// Notes a request.
    pub fn request(&self, labels: RequestLabels, took: Duration) {
        self.requests.get_or_create(&labels).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// All of it in OpenMetrics' text format.
    pub fn text(&self, waiting: usize) -> String {
        self.waiting.set(waiting as i64);
        let mut out = String::new();
        // Writing to a string can't fail.
        let _ = text::encode(&mut out, &self.registry);
        out
    }
}
