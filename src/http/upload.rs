//! Recordings by people: sent by editors, given back to them, withdrawn.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;

use super::articles::HEARD_OUT;
use super::problem::Problem;
use super::{Name, Shared};

/// Takes a recording; whoever sends it is told what is wrong with it.
pub(super) async fn put(State(app): Shared, Name(id): Name, body: Body) -> Result<Response, Problem> {
    let mut pieces = body.into_data_stream();
    let taken = app.library.record(&id, &mut pieces).await;
    let mut heard_out = 0;
    // Whoever is cut off while still sending seldom hears why.
    while taken.is_err() && heard_out < HEARD_OUT {
        match pieces.next().await {
            Some(Ok(piece)) => heard_out += piece.len(),
            _ => break,
        }
    }
    Ok(Json(taken?).into_response())
}

/// The file as it was sent.
pub(super) async fn get(State(app): Shared, Name(id): Name) -> Result<Response, Problem> {
    let original = app.library.original(&id).await?;
    let headers = [
        (header::CONTENT_TYPE, original.kind),
        (header::CONTENT_LENGTH, original.bytes.to_string()),
        (header::CONTENT_DISPOSITION, "attachment".into()),
        (header::CACHE_CONTROL, "private, no-store".into()),
        (header::ETAG, format!("\"{}\"", original.digest)),
    ];
    Ok((headers, Body::from_stream(original.file.pieces(0..original.bytes))).into_response())
}

/// Gives the article back to the voice.
pub(super) async fn withdraw(State(app): Shared, Name(id): Name) -> Result<StatusCode, Problem> {
    app.library.withdraw(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}
