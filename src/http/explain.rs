//! A text explained to an editor: what is said, why, and how it sounds.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::Shared;
use super::lexicon::{bad_json, fresh, media_types, text};
use super::problem::Problem;
use crate::library::{Asked, Explained};

#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    explained: Explained,
    /// The sound, as an address that holds it.
    audio: String,
}

/// The sound itself for who accepts nothing but audio; else JSON with the sound in it.
pub(super) async fn explain(State(app): Shared, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let asked: Asked = serde_json::from_str(&text(&app, body).await?).map_err(|e| bad_json(&e))?;
    let (explained, mp3) = app.library.explain(asked).await?;
    if media_types(&headers, header::ACCEPT).next() == Some("audio/mpeg") {
        let headers = [(header::CONTENT_TYPE, "audio/mpeg"), (header::CACHE_CONTROL, "no-store")];
        return Ok((headers, mp3).into_response());
    }
    let audio = format!("data:audio/mpeg;base64,{}", STANDARD.encode(mp3));
    Ok(fresh(&Answer { explained, audio }))
}
