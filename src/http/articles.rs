//! Articles: saved and forgotten by editors, described to readers.

use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::time::timeout;

use super::ask::{Asks, Limit};
use super::problem::Problem;
use super::{HttpConfig, Name, Preview, Shared};
use crate::article::{Article, Draft, Limits};
use crate::library::{Listed, Manifest};
use crate::store::State as ArticleState;

pub(super) async fn manifest(
    State(app): Shared,
    Name(id): Name,
    preview: Preview,
) -> Result<Response, Problem> {
    Ok(fresh(app.library.manifest(&id, preview.as_deref()).await?))
}

/// Players ask again: an edit must be heard at the next press.
fn fresh(manifest: Manifest) -> Response {
    ([(header::CACHE_CONTROL, "no-cache")], Json(manifest)).into_response()
}

/// An address from which a draft can be heard for a while.
pub(super) async fn preview(State(app): Shared, Name(id): Name) -> Result<Response, Problem> {
    Ok(fresh(app.library.preview(&id).await?))
}

/// Takes an article that waits, or is being made, out of the queue.
pub(super) async fn cancel(State(app): Shared, Name(id): Name) -> Result<StatusCode, Problem> {
    app.library.cancel(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes an article's audio now.
pub(super) async fn render(State(app): Shared, Name(id): Name) -> Result<StatusCode, Problem> {
    app.library.render(&id).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Has readers hear an article that needs review.
pub(super) async fn approve(State(app): Shared, Name(id): Name) -> Result<StatusCode, Problem> {
    app.library.approve(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How far the making of an article is.
pub(super) async fn standing(State(app): Shared, Name(id): Name) -> Result<Response, Problem> {
    Ok(unkept(app.library.standing(&id).await?))
}

/// How things stand in all.
pub(super) async fn report(State(app): Shared) -> Result<Response, Problem> {
    let mut report = app.library.report().await?;
    for source in &app.sources {
        let note = app.library.visit(source.noted_as().unwrap_or_default()).await?;
        report.sources.push(source.watched(note));
    }
    Ok(unkept(report))
}

fn unkept(document: impl Serialize) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Json(document)).into_response()
}

/// Which articles are listed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Listing {
    /// Those whose newest revision is in this state.
    status: Option<ArticleState>,
    /// Those whose ids come after this one.
    #[serde(default)]
    after: String,
    /// At most so many.
    #[serde(default)]
    limit: Limit,
}

#[derive(Serialize)]
struct List {
    articles: Vec<Listed>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

pub(super) async fn list(
    State(app): Shared,
    Asks(Listing { status, after, limit }): Asks<Listing>,
) -> Result<Response, Problem> {
    let limit = limit.get();
    let articles = app.library.list(&after, status, limit).await?;
    let after = articles.last().filter(|_| articles.len() == limit).map(|last| last.id.clone());
    Ok(unkept(List { articles, after }))
}

/// How an article is saved.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Saving {
    /// Whether only to tell what making it would take.
    #[serde(default)]
    dry_run: bool,
}

pub(super) async fn save(
    State(app): Shared,
    Name(id): Name,
    Asks(Saving { dry_run }): Asks<Saving>,
    body: Body,
) -> Result<Response, Problem> {
    let body = read(body, &app.config).await?;
    let (article, render) = article(id, &body, &app.limits)?;
    if dry_run {
        return Ok(unkept(app.library.estimate(article).await?));
    }
    let manifest = app.library.save(article, render).await?;
    Ok((StatusCode::ACCEPTED, Json(manifest)).into_response())
}

pub(super) async fn forget(State(app): Shared, Name(id): Name) -> Result<StatusCode, Problem> {
    app.library.forget(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Bytes that are taken and dropped of a body too large: whoever is cut off while still sending
/// seldom hears why.
pub(super) const HEARD_OUT: usize = 64 << 20;

pub(super) async fn read(body: Body, config: &HttpConfig) -> Result<Vec<u8>, Problem> {
    let (max, stall) = (config.max_body_bytes, Duration::from_secs(config.stall_seconds));
    let mut pieces = body.into_data_stream();
    let (mut bytes, mut length) = (Vec::new(), 0);
    let stalled = |_| {
        let detail = format!("No more of the request came for {stall:?} (setting http.stall_seconds).");
        Problem::new(StatusCode::REQUEST_TIMEOUT, "stalled", detail)
    };
    while length <= max.saturating_add(HEARD_OUT)
        && let Some(piece) = timeout(stall, pieces.next()).await.map_err(stalled)?
    {
        let broken = |_| Problem::new(StatusCode::BAD_REQUEST, "unreadable", "The request's body broke off.");
        let piece = piece.map_err(broken)?;
        length += piece.len();
        if length <= max {
            bytes.extend_from_slice(&piece);
        }
    }
    if length <= max {
        return Ok(bytes);
    }
    let detail = format!("The request has more than {max} bytes (setting http.max_body_bytes).");
    Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", detail))
}

/// What a body says in JSON.
pub(super) fn json<T: DeserializeOwned>(body: &[u8], what: &str) -> Result<T, Problem> {
    let text = std::str::from_utf8(body).map_err(|e| {
        let detail = format!("The body is not UTF-8 from byte {} on.", e.valid_up_to());
        Problem::new(StatusCode::BAD_REQUEST, "not-utf8", detail)
    })?;
    serde_json::from_str(text).map_err(|e| {
        let detail = format!("The body is not {what} in JSON: {e}.");
        let status = if e.is_data() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::BAD_REQUEST };
        Problem::new(status, "bad-json", detail)
    })
}

/// The id is the address's, whatever the body says.
fn article(id: String, body: &[u8], limits: &Limits) -> Result<(Article, bool), Problem> {
    let mut draft: Draft = json(body, "an article")?;
    let render = draft.render.unwrap_or(true);
    if draft.id.replace(id.clone()).is_some_and(|given| given != id) {
        let detail = "The id in the body is not the id in the address; leave it out.";
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad-id", detail));
    }
    Ok((draft.check(limits)?, render))
}
