//! When what is heard, as documents of their own.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use std::sync::Arc;

use super::problem::Problem;
use super::{App, Name, Preview, Shared};
use crate::library::{self, Recording};

pub(super) async fn json(State(app): Shared, Name(id): Name, preview: Preview) -> Result<Response, Problem> {
    let recording = recording(&app, &id, &preview).await?;
    Ok(document(&recording, Json(library::marks(&recording)).into_response()))
}

pub(super) async fn chapters(
    State(app): Shared,
    Name(id): Name,
    preview: Preview,
) -> Result<Response, Problem> {
    let recording = recording(&app, &id, &preview).await?;
    let kind = [(header::CONTENT_TYPE, "application/json+chapters")];
    Ok(document(&recording, (kind, library::chapters(&recording).to_string()).into_response()))
}

pub(super) async fn sentences(
    State(app): Shared,
    Name(id): Name,
    preview: Preview,
) -> Result<Response, Problem> {
    let recording = recording(&app, &id, &preview).await?;
    Ok(document(&recording, vtt(library::sentences_vtt(&recording))))
}

pub(super) async fn words(State(app): Shared, Name(id): Name, preview: Preview) -> Result<Response, Problem> {
    let recording = recording(&app, &id, &preview).await?;
    Ok(document(&recording, vtt(library::words_vtt(&recording))))
}

async fn recording(app: &App, id: &str, preview: &Preview) -> Result<Arc<Recording>, Problem> {
    Ok(app.library.read(id, preview.as_deref()).await?)
}

fn vtt(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/vtt; charset=utf-8")], text).into_response()
}

/// The tag names the recording that the marks belong to.
fn document(recording: &Recording, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-cache"));
    if let Ok(etag) = format!("\"{}\"", recording.name).parse() {
        headers.insert(header::ETAG, etag);
    }
    response
}
