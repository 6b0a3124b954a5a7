//! Work that many wait for and one does.
//!
//! Each flight is a task of its own, so nobody who waits, however slowly he reads, holds up the
//! others. Whoever comes while it is under way waits for the same result; when the last has left,
//! it is ended.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Mutex;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use tokio::task::JoinHandle;

use super::{LibraryError, lock};

/// A result on its way.
pub(super) type Flight<V> = Shared<BoxFuture<'static, Result<V, LibraryError>>>;
type Weak<V> = WeakShared<BoxFuture<'static, Result<V, LibraryError>>>;

/// The flights under way, by what they will bring.
pub(super) struct Flights<K, V>(Mutex<HashMap<K, Weak<V>>>);

impl<K, V> Default for Flights<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Hash + Eq, V: Clone + Send + Sync + 'static> Flights<K, V> {
    /// Joins the flight for a key, or starts it. It is registered before any work is done.
    pub(super) fn join(
        &self,
        key: K,
        work: impl Future<Output = Result<V, LibraryError>> + Send + 'static,
    ) -> Flight<V> {
        let mut flights = lock(&self.0);
        let under_way = flights.get(&key).and_then(WeakShared::upgrade);
        // What failed is not an answer for those who come later.
        if let Some(flight) = under_way.filter(|f| !matches!(f.peek(), Some(Err(_)))) {
            return flight;
        }
        let flight = start(work);
        if flights.len() >= 256 {
            flights.retain(|_, flight| flight.upgrade().is_some());
        }
        if let Some(weak) = flight.downgrade() {
            flights.insert(key, weak);
        }
        flight
    }

    /// Lets nobody join the flight for a key any more: whoever comes from now on starts another.
    pub(super) fn close(&self, key: &K) {
        lock(&self.0).remove(key);
    }
}

/// Starts a flight that nobody else can join by a key.
pub(super) fn start<V: Clone + Send + Sync + 'static>(
    work: impl Future<Output = Result<V, LibraryError>> + Send + 'static,
) -> Flight<V> {
    let mut task = Task(tokio::spawn(work));
    let flight = async move { (&mut task.0).await.unwrap_or_else(|e| Err(e.into())) };
    flight.boxed().shared()
}

/// Ends the task when nobody waits for it any more.
struct Task<V>(JoinHandle<Result<V, LibraryError>>);

impl<V> Drop for Task<V> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn all_join_a_flight_until_it_is_closed() {
        let flights = Flights::<&str, usize>::default();
        let first = flights.join("a", async { Ok(1) });
        let second = flights.join("a", async { Ok(2) });
        flights.close(&"a");
        let third = flights.join("a", async { Ok(3) });
        let answers = [first.await, second.await, third.await];
        assert_eq!(answers.map(Result::unwrap), [1, 1, 3]);
    }
}
