//! Who listens to what, so that what nobody listens to need not be made.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, Weak};

use super::lock;

/// A listener's seat; he has left when it is dropped.
pub(super) type Seat = Arc<()>;

/// The seats that are taken, by the name of the recording that is heard from them.
#[derive(Default)]
pub(super) struct Listeners(Mutex<HashMap<String, Weak<()>>>);

impl Listeners {
    /// Takes a seat.
    pub(super) fn sit(&self, recording: &str) -> Seat {
        let mut seats = lock(&self.0);
        if let Some(seat) = seats.get(recording).and_then(Weak::upgrade) {
            return seat;
        }
        if seats.len() >= 256 {
            seats.retain(|_, seat| seat.strong_count() > 0);
        }
        let seat = Seat::default();
        seats.insert(recording.to_owned(), Arc::downgrade(&seat));
        seat
    }

    /// Whether anybody listens.
    pub(super) fn any(&self, recording: &str) -> bool {
        lock(&self.0).get(recording).is_some_and(|seat| seat.strong_count() > 0)
    }
}
