//! When what is heard, as documents of their own.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::problem::Problem;
use super::site::tagged;
use super::{App, Name, Preview, Shared};
use crate::library::{self, LibraryError, Recording};

const VTT: &str = "text/vtt; charset=utf-8";

pub(super) async fn json(
    State(app): Shared,
    Name(id): Name,
    preview: Preview,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let recording = recording(&app, &id, &preview).await?;
    let marks = serde_json::to_string(&library::marks(&recording));
    let marks = marks.map_err(|e| LibraryError::Damaged(e.to_string()))?;
    Ok(document(&headers, &preview, marks, "application/json"))
}

pub(super) async fn chapters(
    State(app): Shared,
    Name(id): Name,
    preview: Preview,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let recording = recording(&app, &id, &preview).await?;
    let chapters = library::chapters(&recording).to_string();
    Ok(document(&headers, &preview, chapters, "application/json+chapters"))
}

pub(super) async fn sentences(
    State(app): Shared,
    Name(id): Name,
    preview: Preview,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let recording = recording(&app, &id, &preview).await?;
    Ok(document(&headers, &preview, library::sentences_vtt(&recording), VTT))
}

pub(super) async fn words(
    State(app): Shared,
    Name(id): Name,
    preview: Preview,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let recording = recording(&app, &id, &preview).await?;
    Ok(document(&headers, &preview, library::words_vtt(&recording), VTT))
}

async fn recording(app: &App, id: &str, preview: &Preview) -> Result<Arc<Recording>, Problem> {
    Ok(app.library.read(id, preview.as_deref()).await?)
}

/// An edit must be seen at the next press, and a draft by nobody else.
fn document(headers: &HeaderMap, preview: &Preview, text: String, kind: &'static str) -> Response {
    let caching = if preview.is_some() { "private, no-store" } else { "no-cache" };
    tagged(headers, text.into(), kind, caching)
}
