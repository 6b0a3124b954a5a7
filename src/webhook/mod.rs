//! Other programs are told what happens to articles' audio: signed, until they have taken it.
//!
//! Messages are those of the public Standard Webhooks specification. They are noted with the
//! change they tell of, so none is lost; each may come more than once, under the same
//! `webhook-id` and with a higher `lectern-attempt`. Those of an article come in order.

mod config;
mod deliver;
mod pace;
mod sign;

use std::path::PathBuf;
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use thiserror::Error;

pub use config::{HookConfig, wrong};

use crate::fetch::{Client, FetchConfig};
use crate::library::{Library, LibraryError};
use crate::store::{Delivery, Event, Moment, Outbox, StoreError, Wanted};
use deliver::Sender;
use sign::Secrets;

/// Events made deliveries in one go.
const PAGE: usize = 100;
/// Events are looked for so often at least, and old deliveries forgotten.
const ROUND: Duration = Duration::from_secs(60);
const DAY: Moment = 24 * 60 * 60 * 1000;

/// A receiver's secret can't be had.
#[derive(Debug, Error)]
#[error("secret file {}: {cause}", path.display())]
pub struct HookError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong.
    pub cause: String,
}

/// How long deliveries are kept, and where addresses in them begin.
#[derive(Clone, Debug)]
pub struct Post {
    /// What stands before addresses in messages; empty for relative ones.
    pub base: String,
    /// Days for which deliveries are kept to be looked at and sent again.
    pub days: u32,
}

/// The receivers, and what was sent to them.
pub struct Hooks {
    receivers: Vec<HookConfig>,
    outbox: Arc<dyn Outbox>,
    wake: Vec<Mutex<mpsc::Sender<()>>>,
    post: Post,
}

/// Whether every receiver's secret can be had.
///
/// # Errors
/// The first that can't.
pub fn readable(receivers: &[HookConfig]) -> Result<(), HookError> {
    receivers.iter().try_for_each(|hook| Secrets::read(&hook.secret_file).map(drop))
}

impl Hooks {
    /// Starts to send, each receiver's messages on a thread of its own, with what an earlier process
    /// did not bring to an end.
    ///
    /// # Errors
    /// A receiver's secret can't be read.
    pub fn start(
        receivers: &[HookConfig],
        fetch: &FetchConfig,
        post: Post,
        outbox: Arc<dyn Outbox>,
    ) -> Result<Arc<Self>, HookError> {
        let secrets = receivers.iter().map(|hook| Secrets::read(&hook.secret_file));
        let secrets = secrets.collect::<Result<Vec<_>, _>>()?;
        let start = |(config, secrets): (&HookConfig, Secrets)| {
            let fetch = FetchConfig {
                allow_hosts: Vec::new(),
                allow_private: config.allow_private,
                seconds: config.seconds,
                ..fetch.clone()
            };
            let client = Client::new(fetch.allowing(&config.url));
            let (wake, woken) = mpsc::channel();
            let outbox = outbox.clone();
            let sender = Sender { config: config.clone(), secrets, client, outbox, wake: woken };
            std::thread::spawn(move || sender.run());
            Mutex::new(wake)
        };
        let wake = receivers.iter().zip(secrets).map(start).collect();
        Ok(Arc::new(Self { receivers: receivers.to_vec(), outbox, wake, post }))
    }

    /// The receivers.
    pub fn receivers(&self) -> &[HookConfig] {
        &self.receivers
    }

    /// Makes deliveries of what happens in a library, for as long as it lives.
    pub async fn follow(self: Arc<Self>, library: Arc<Library>) {
        loop {
            // Asked for before it is looked, so that nothing slips through between.
            let happens = library.happens();
            if let Err(error) = self.address(&library).await {
                tracing::warn!(%error, "nobody is told for now");
            }
            let _ = tokio::time::timeout(ROUND, happens).await;
        }
    }

    async fn address(self: &Arc<Self>, library: &Arc<Library>) -> Result<(), LibraryError> {
        let oldest = now() - Moment::from(self.post.days) * DAY;
        self.blocking(move |hooks| hooks.outbox.forget_deliveries(oldest)).await?;
        loop {
            let events = self.blocking(|hooks| hooks.outbox.events(PAGE)).await?;
            if events.is_empty() {
                return Ok(());
            }
            for event in events {
                self.address_one(library, event).await?;
            }
        }
    }

    async fn address_one(self: &Arc<Self>, library: &Arc<Library>, event: Event) -> Result<(), LibraryError> {
        let wants = |hook: &&HookConfig| hook.events.contains(&event.kind);
        let to: Vec<String> = self.receivers.iter().filter(wants).map(|hook| hook.name.clone()).collect();
        let body = match self.receivers.iter().filter(wants).map(|hook| hook.give_up_hours).max() {
            None => String::new(),
            Some(hours) => {
                let news = library.news(&event, &self.post.base, hours).await?;
                // Strings and numbers always serialise.
                serde_json::to_string(&news).unwrap_or_default()
            }
        };
        let address = move |hooks: &Self| {
            let to: Vec<&str> = to.iter().map(String::as_str).collect();
            hooks.outbox.address(&event.id, &body, &to)
        };
        self.blocking(address).await?;
        self.wake();
        Ok(())
    }

    /// Deliveries, the newest first.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub async fn deliveries(self: &Arc<Self>, wanted: Wanted) -> Result<Vec<Delivery>, LibraryError> {
        self.blocking(move |hooks| hooks.outbox.deliveries(&wanted)).await
    }

    /// Sends a delivery again, marked so; false if there is none.
    ///
    /// # Errors
    /// The ledger can't be written.
    pub async fn replay(self: &Arc<Self>, id: i64) -> Result<bool, LibraryError> {
        let found = self.blocking(move |hooks| hooks.outbox.replay(id, now())).await?;
        self.wake();
        Ok(found)
    }

    fn wake(&self) {
        for wake in &self.wake {
            // Nothing panics while holding it; and its thread lives as long as we do.
            let _ = wake.lock().unwrap_or_else(PoisonError::into_inner).send(());
        }
    }

    async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, LibraryError> {
        let hooks = self.clone();
        let work = tokio::task::spawn_blocking(move || work(&hooks));
        Ok(work.await??)
    }
}

/// The time, as the ledger counts it.
fn now() -> Moment {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Moment::try_from(since.as_millis()).unwrap_or(Moment::MAX)
}
