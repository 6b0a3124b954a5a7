//! When a delivery that was not taken is tried again.

use std::time::Duration;

/// The longest wait between two attempts, unless the receiver asks for a longer one.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// How long to wait after so many attempts: twice as long each time, from half of that on, so that
/// receivers who come back are not met by all at once; and no shorter than they ask for. None once
/// less than that is left.
pub(super) fn wait(
    first: Duration,
    attempts: u32,
    asked: Option<Duration>,
    left: Duration,
    random: f64,
) -> Option<Duration> {
    let doubled = first.saturating_mul(2u32.saturating_pow(attempts.saturating_sub(1).min(30)));
    let wait = doubled.min(LONGEST).mul_f64(0.5 + random.clamp(0.0, 1.0) / 2.0);
    let wait = wait.max(asked.unwrap_or_default());
    (wait < left).then_some(wait)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DAY: Duration = Duration::from_secs(24 * 60 * 60);

    #[test]
    fn waits_double_up_to_an_hour() {
        let seconds = |attempts, random| {
            wait(Duration::from_secs(5), attempts, None, 3 * DAY, random).map(|wait| wait.as_secs_f64())
        };
        let table = [(1, 5.0), (2, 10.0), (3, 20.0), (10, 2560.0), (11, 3600.0), (4_000_000_000, 3600.0)];
        for (attempts, longest) in table {
            assert_eq!(seconds(attempts, 1.0), Some(longest));
            assert_eq!(seconds(attempts, 0.0), Some(longest / 2.0));
        }
    }

    #[test]
    fn a_receiver_may_ask_for_patience_but_not_for_ever() {
        let asks = |asked, left| wait(Duration::from_secs(5), 1, Some(asked), left, 1.0);
        assert_eq!(asks(Duration::from_secs(1), DAY), Some(Duration::from_secs(5)));
        assert_eq!(asks(DAY / 2, DAY), Some(DAY / 2));
        assert_eq!(asks(2 * DAY, DAY), None);
        assert_eq!(asks(Duration::ZERO, Duration::from_secs(5)), None);
    }

    proptest! {
        #[test]
        fn no_wait_is_nothing_or_longer_than_what_is_left(first in 1u64..1000, attempts in 0u32.., random in 0.0f64..1.0, left in 0u64..10_000_000) {
            let left = Duration::from_secs(left);
            if let Some(wait) = wait(Duration::from_secs(first), attempts, None, left, random) {
                prop_assert!(wait >= Duration::from_millis(500) && wait <= LONGEST && wait < left);
            }
        }
    }
}
