//! How far a listener's sound is ahead of its listener.
//!
//! Operating systems buffer a minute of MP3 for a client that reads no faster than it plays, so
//! the reading tells nothing. A listener hears a second a second: what was sent, less the time that
//! has passed since the first of it, is what is left to hear.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::speech::Priority;

/// Sound that is made ahead for one listener before that of others; what follows is batch work
/// until so much is left to hear.
const AHEAD: Duration = Duration::from_secs(10);

/// One listener's stream.
pub(super) struct Pace {
    bytes_a_second: u64,
    sent: AtomicU64,
    begun: OnceLock<Instant>,
}

impl Pace {
    pub(super) fn new(kbps: u32) -> Self {
        Self { bytes_a_second: u64::from(kbps) * 125, sent: AtomicU64::new(0), begun: OnceLock::new() }
    }

    /// So many bytes more were sent.
    pub(super) fn sent(&self, bytes: usize) {
        self.begun.get_or_init(Instant::now);
        self.sent.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// How urgent what follows is.
    pub(super) fn priority(&self) -> Priority {
        if self.spare().is_zero() { Priority::Next } else { Priority::Batch }
    }

    /// How long it takes until only [`AHEAD`] is left to hear.
    pub(super) fn spare(&self) -> Duration {
        self.spare_after(self.begun.get().map(Instant::elapsed).unwrap_or_default())
    }

    fn spare_after(&self, passed: Duration) -> Duration {
        let sent = Duration::from_millis(1000 * self.sent.load(Ordering::Relaxed) / self.bytes_a_second);
        sent.saturating_sub(passed + AHEAD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_heard_in_more_than_ten_seconds_is_spare() {
        let (pace, seconds) = (Pace::new(64), Duration::from_secs);
        assert_eq!(pace.priority(), Priority::Next);
        pace.sent(8_000 * 9);
        assert_eq!(pace.spare_after(seconds(0)), seconds(0));
        pace.sent(8_000 * 16);
        assert_eq!(pace.priority(), Priority::Batch);
        for (passed, spare) in [(0, 15), (14, 1), (15, 0), (40, 0)] {
            assert_eq!(pace.spare_after(seconds(passed)), seconds(spare));
        }
    }
}
