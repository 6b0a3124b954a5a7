//! Receivers of messages, what was sent to them, and how to have it sent again.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::ask::{Asks, Limit};
use super::problem::Problem;
use super::{Name, Shared};
use crate::store::{Delivery, DeliveryState, EventKind, Wanted};
use crate::webhook::HookConfig;

/// Which deliveries are listed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Listing {
    /// Those that stand so.
    state: Option<DeliveryState>,
    /// Those to this receiver.
    hook: Option<String>,
    /// Those with smaller numbers than this.
    before: Option<i64>,
    /// At most so many.
    #[serde(default)]
    limit: Limit,
}

#[derive(Serialize)]
struct List {
    hooks: BTreeMap<String, Hook>,
    deliveries: Vec<Listed>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<i64>,
}

#[derive(Serialize)]
struct Hook {
    /// Without what stands behind its question mark, which may be a secret.
    url: String,
    events: Vec<EventKind>,
}

#[derive(Serialize)]
struct Listed {
    id: i64,
    hook: String,
    /// What the receiver knows it by, as `webhook-id`.
    event: String,
    #[serde(rename = "type")]
    kind: EventKind,
    article: String,
    revision: i64,
    state: DeliveryState,
    attempts: u32,
    replay: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    since: String,
    /// When it is tried next, while it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_try: Option<String>,
    /// When its last attempt ended, once it does not wait any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<String>,
}

impl From<&HookConfig> for Hook {
    fn from(hook: &HookConfig) -> Self {
        let url = hook.url.split(['?', '#']).next().unwrap_or_default().to_owned();
        Self { url, events: hook.events.clone() }
    }
}

impl From<Delivery> for Listed {
    fn from(delivery: Delivery) -> Self {
        let written = |time| jiff::Timestamp::from_millisecond(time).map(|time| time.to_string()).ok();
        let waits = delivery.state == DeliveryState::Waiting;
        // What was never tried is due since it was noted.
        let due = written(delivery.due.max(delivery.since));
        let (next_try, ended) = if waits { (due, None) } else { (None, due) };
        Self {
            since: written(delivery.since).unwrap_or_default(),
            next_try,
            ended,
            id: delivery.id,
            hook: delivery.hook,
            event: delivery.event,
            kind: delivery.kind,
            article: delivery.article,
            revision: delivery.revision,
            state: delivery.state,
            attempts: delivery.attempts,
            replay: delivery.asked_for > 0,
            error: delivery.error,
        }
    }
}

pub(super) async fn list(
    State(app): Shared,
    Asks(Listing { state, hook, before, limit }): Asks<Listing>,
) -> Result<Response, Problem> {
    let limit = limit.get();
    let deliveries = app.hooks.deliveries(Wanted { hook, state, before, limit }).await?;
    let before = deliveries.last().filter(|_| deliveries.len() == limit).map(|last| last.id);
    let hooks = app.hooks.receivers().iter().map(|hook| (hook.name.clone(), hook.into())).collect();
    let deliveries = deliveries.into_iter().map(Listed::from).collect();
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(List { hooks, deliveries, before })).into_response())
}

/// Sends a delivery again, whatever came of it.
pub(super) async fn replay(State(app): Shared, Name(id): Name) -> Result<StatusCode, Problem> {
    let found = match id.parse() {
        Ok(id) => app.hooks.replay(id).await?,
        Err(_) => false,
    };
    let detail = "There is no delivery with this number; deliveries are kept for some days only.";
    let missing = Problem::new(StatusCode::NOT_FOUND, "no-such-delivery", detail);
    if found { Ok(StatusCode::ACCEPTED) } else { Err(missing) }
}
