//! When what is heard, as documents of their own.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::{MethodRouter, get};

use super::problem::Problem;
use super::site::tagged;
use super::{App, Name, Preview, Shared};
use crate::library::Recording;

/// Answers with what `write` makes of an article's recording.
pub(super) fn document(kind: &'static str, write: fn(&Recording) -> String) -> MethodRouter<Arc<App>> {
    get(async move |State(app): Shared, Name(id): Name, preview: Preview, headers: HeaderMap| {
        let recording = app.library.read(&id, preview.as_deref()).await?;
        // An edit must be seen at the next press, and a draft by nobody else.
        let caching = if preview.is_some() { "private, no-store" } else { "no-cache" };
        Ok::<_, Problem>(tagged(&headers, write(&recording).into(), kind, caching))
    })
}
