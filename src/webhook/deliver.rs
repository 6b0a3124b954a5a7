//! One receiver's deliveries, sent in turn on a thread of its own: who hangs holds up nobody else.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::sign::Secrets;
use super::{HookConfig, now, pace};
use crate::fetch::{Client, FetchError, Refusal};
use crate::store::{Delivery, Moment, Outbox, StoreError, Tried};

/// How long a thread waits whose ledger can't be read or written.
const LEDGER_RETRY: Duration = Duration::from_secs(5);
/// Deliveries are looked for so often at least, as another process may have put some there.
const GLANCE: Duration = Duration::from_secs(30);
const HOUR: Moment = 60 * 60 * 1000;
/// By which a receiver says that it wants nothing any more (RFC 9110 §15.5.11).
const GONE: u16 = 410;

/// What sends to one receiver.
pub(super) struct Sender {
    pub(super) config: HookConfig,
    pub(super) secrets: Secrets,
    pub(super) client: Client,
    pub(super) outbox: Arc<dyn Outbox>,
    pub(super) wake: Receiver<()>,
}

impl Sender {
    /// Sends for as long as the other side can wake it.
    pub(super) fn run(self) {
        loop {
            let wait = match self.send_all() {
                Ok(wait) => wait,
                Err(error) => {
                    tracing::warn!(hook = self.config.name, %error, "deliveries wait");
                    LEDGER_RETRY
                }
            };
            // Woken many times is woken once.
            match self.wake.recv_timeout(wait) {
                Ok(()) => self.wake.try_iter().for_each(drop),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Sends what is due; tells how long it is until the next is.
    fn send_all(&self) -> Result<Duration, StoreError> {
        let hook = &self.config.name;
        while let Some(delivery) = self.outbox.take(hook, now())? {
            let tried = self.attempt(&delivery);
            self.outbox.tried(&delivery, &tried, now())?;
        }
        let due = self.outbox.next_try(hook)?;
        let wait = due.map_or(GLANCE, |due| Duration::from_millis((due - now()).max(1).unsigned_abs()));
        Ok(wait.min(GLANCE))
    }

    fn attempt(&self, delivery: &Delivery) -> Tried {
        let (hook, id, attempt) = (&self.config.name, delivery.id, delivery.attempts);
        let error = match self.post(delivery) {
            Ok(()) => {
                tracing::info!(hook, delivery = id, attempt, "delivered");
                return Tried::Delivered;
            }
            Err(error) => error,
        };
        let (asked, why) = (error.retry_after(), error.why.to_string());
        let left = delivery.since + Moment::from(self.config.give_up_hours) * HOUR - now();
        let left = Duration::from_millis(left.max(0).unsigned_abs());
        let first = Duration::from_secs(self.config.retry_seconds);
        let wait = pace::wait(first, delivery.attempts_in_turn(), asked, left, random())
            .filter(|_| !is_gone(&error));
        match wait {
            Some(wait) => {
                let seconds = wait.as_secs();
                tracing::warn!(hook, delivery = id, attempt, seconds, why, "a delivery is tried again");
                Tried::Later(now() + Moment::try_from(wait.as_millis()).unwrap_or(HOUR), why)
            }
            None => {
                tracing::error!(hook, delivery = id, attempt, why, "a delivery was given up");
                Tried::Failed(why)
            }
        }
    }

    fn post(&self, delivery: &Delivery) -> Result<(), FetchError> {
        let seconds = now() / 1000;
        let (stamp, attempt) = (seconds.to_string(), delivery.attempts.to_string());
        let signature = self.secrets.sign(&delivery.event, seconds, &delivery.body);
        let mut headers = vec![
            ("content-type", "application/json"),
            ("webhook-id", delivery.event.as_str()),
            ("webhook-timestamp", &stamp),
            ("webhook-signature", &signature),
            ("lectern-attempt", &attempt),
        ];
        if delivery.asked_for > 0 {
            headers.push(("lectern-replay", "true"));
        }
        self.client.post(&self.config.url, &headers, delivery.body.as_bytes())
    }
}

fn is_gone(error: &FetchError) -> bool {
    matches!(error.why, Refusal::Status { status: GONE, .. })
}

/// From 0 to 1; where the system has no chance to give, the longest wait.
fn random() -> f64 {
    getrandom::u32().map_or(1.0, |number| f64::from(number) / f64::from(u32::MAX))
}
