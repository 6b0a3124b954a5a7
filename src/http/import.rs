//! Pieces fetched because an editor asks for them.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::problem::Problem;
use super::{Shared, articles};
use crate::source::Source;

/// What to fetch, and how it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    url: Option<String>,
    feed: Option<String>,
    sitemap: Option<String>,
    #[serde(default = "at_once")]
    render: bool,
    voice: Option<String>,
    language: Option<String>,
}

fn at_once() -> bool {
    true
}

#[derive(Serialize)]
struct Listed {
    /// Pieces that will be fetched, one by one.
    listed: usize,
    /// Whether there are more than the settings have it.
    cut: bool,
}

pub(super) async fn import(State(app): Shared, body: Body) -> Result<Response, Problem> {
    let body = articles::read(body, &app.config).await?;
    let Wanted { url, feed, sitemap, render, voice, language } = articles::json(&body, "a wish")?;
    let source = |url| Source { url, render, voice, language, ..Source::default() };
    match (url, feed.xor(sitemap)) {
        (Some(url), None) => {
            let manifest = app.importer.page(source(url)).await?;
            Ok((StatusCode::ACCEPTED, Json(manifest)).into_response())
        }
        (None, Some(list)) => {
            let (listed, cut) = app.importer.list(source(list)).await?;
            Ok((StatusCode::ACCEPTED, Json(Listed { listed, cut })).into_response())
        }
        _ => {
            let detail = "An import needs exactly one of url, feed and sitemap.";
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "one-source-needed", detail))
        }
    }
}
