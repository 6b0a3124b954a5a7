//! Events and deliveries in memory.

use std::collections::BTreeMap;
use std::time::SystemTime;

use super::{Facts, Memory};
use crate::store::{
    Delivery, DeliveryState, Event, EventKind, Moment, Outbox, RevisionId, State, StoreError, Tried, Wanted,
};

#[derive(Debug, Default)]
pub(super) struct Letters {
    events: Vec<Event>,
    last_event: u64,
    /// The recording of each revision that was told of as ready.
    told: BTreeMap<RevisionId, String>,
    deliveries: BTreeMap<i64, Delivery>,
    last_delivery: i64,
}

impl Letters {
    fn note(&mut self, kind: EventKind, article: &str, revision: RevisionId, reason: Option<String>) {
        self.last_event += 1;
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let at = Moment::try_from(since.as_millis()).unwrap_or(Moment::MAX);
        let id = format!("evt_{}", self.last_event);
        self.events.push(Event { id, kind, article: article.into(), revision, reason, at });
    }

    /// Deliveries to a receiver whose turn it is.
    fn in_turn(&self, hook: &str) -> impl Iterator<Item = &Delivery> {
        let waiting = |d: &&Delivery| d.state == DeliveryState::Waiting && d.hook == hook;
        let of_hook: Vec<&Delivery> = self.deliveries.values().filter(waiting).collect();
        let holds_up = move |earlier: &&Delivery, d: &Delivery| {
            earlier.article == d.article && earlier.id < d.id && earlier.asked_for == 0
        };
        let held_up = of_hook.clone();
        of_hook
            .into_iter()
            .filter(move |d| d.asked_for > 0 || !held_up.iter().any(|earlier| holds_up(earlier, d)))
    }
}

impl Facts {
    /// Notes what a revision has become, as the trigger in SQLite does.
    pub(super) fn turned(&mut self, id: RevisionId, before: State) {
        let Some(revision) = self.revisions.get(&id).map(|entry| entry.revision.clone()) else {
            return;
        };
        let kind = match revision.state {
            State::Ready => EventKind::Ready,
            State::Failed => EventKind::Failed,
            State::NeedsReview => EventKind::NeedsReview,
            _ => return,
        };
        if revision.state == before {
            return;
        }
        let ready = kind == EventKind::Ready;
        if ready && self.letters.told.insert(id, revision.recording.clone()) == Some(revision.recording) {
            return;
        }
        self.letters.note(kind, &revision.article, id, revision.error);
    }

    /// Notes that an article is heard as another recording, whatever its revision's is.
    pub(super) fn heard_anew(&mut self, article: &str) {
        if let Some(newest) = self.newest(article).map(|entry| entry.revision.id) {
            self.letters.note(EventKind::Ready, article, newest, None);
        }
    }

    /// A revision's recording is news when it is next ready.
    pub(super) fn untold(&mut self, id: RevisionId) {
        self.letters.told.remove(&id);
    }

    pub(super) fn forgotten(&mut self, article: &str) {
        if let Some(last) = self.newest(article).map(|entry| entry.revision.id) {
            self.letters.note(EventKind::Deleted, article, last, None);
        }
    }
}

impl Outbox for Memory {
    fn events(&self, limit: usize) -> Result<Vec<Event>, StoreError> {
        Ok(self.lock().letters.events.iter().take(limit).cloned().collect())
    }

    fn address(&self, event: &str, body: &str, hooks: &[&str]) -> Result<(), StoreError> {
        let letters = &mut self.lock().letters;
        let Some(place) = letters.events.iter().position(|e| e.id == event) else {
            return Ok(());
        };
        let event = letters.events.remove(place);
        for hook in hooks {
            letters.last_delivery += 1;
            let id = letters.last_delivery;
            let (state, since) = (DeliveryState::Waiting, event.at);
            let delivery = Delivery {
                id,
                hook: (*hook).into(),
                event: event.id.clone(),
                kind: event.kind,
                article: event.article.clone(),
                revision: event.revision,
                body: body.into(),
                state,
                attempts: 0,
                asked_for: 0,
                error: None,
                since,
                due: 0,
            };
            letters.deliveries.insert(id, delivery);
        }
        Ok(())
    }

    fn take(&self, hook: &str, now: Moment) -> Result<Option<Delivery>, StoreError> {
        let letters = &mut self.lock().letters;
        let due = letters.in_turn(hook).filter(|d| d.due <= now).min_by_key(|d| (d.due, d.id));
        let Some(id) = due.map(|d| d.id) else {
            return Ok(None);
        };
        Ok(letters.deliveries.get_mut(&id).map(|delivery| {
            delivery.attempts += 1;
            delivery.clone()
        }))
    }

    fn next_try(&self, hook: &str) -> Result<Option<Moment>, StoreError> {
        Ok(self.lock().letters.in_turn(hook).map(|d| d.due).min())
    }

    fn tried(&self, taken: &Delivery, tried: &Tried, now: Moment) -> Result<(), StoreError> {
        let letters = &mut self.lock().letters;
        let delivery = letters.deliveries.get_mut(&taken.id).filter(|d| d.asked_for <= taken.attempts);
        if let Some(delivery) = delivery {
            let (state, due, error) = match tried {
                Tried::Delivered => (DeliveryState::Delivered, now, None),
                Tried::Later(due, error) => (DeliveryState::Waiting, *due, Some(error.clone())),
                Tried::Failed(error) => (DeliveryState::Failed, now, Some(error.clone())),
            };
            (delivery.state, delivery.due, delivery.error) = (state, due, error);
        }
        Ok(())
    }

    fn deliveries(&self, wanted: &Wanted) -> Result<Vec<Delivery>, StoreError> {
        let letters = &self.lock().letters;
        let fits = |d: &&Delivery| {
            wanted.hook.as_ref().is_none_or(|hook| d.hook == *hook)
                && wanted.state.is_none_or(|state| d.state == state)
                && wanted.before.is_none_or(|before| d.id < before)
        };
        Ok(letters.deliveries.values().rev().filter(fits).take(wanted.limit).cloned().collect())
    }

    fn replay(&self, id: i64, now: Moment) -> Result<bool, StoreError> {
        let letters = &mut self.lock().letters;
        let again = letters.deliveries.get_mut(&id).map(|delivery| {
            (delivery.state, delivery.asked_for) = (DeliveryState::Waiting, delivery.attempts + 1);
            (delivery.since, delivery.due) = (now, now);
        });
        Ok(again.is_some())
    }

    fn forget_deliveries(&self, before: Moment) -> Result<usize, StoreError> {
        let letters = &mut self.lock().letters;
        let known = letters.deliveries.len();
        letters.deliveries.retain(|_, delivery| delivery.since >= before);
        Ok(known - letters.deliveries.len())
    }
}
