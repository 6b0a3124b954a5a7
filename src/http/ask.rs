//! What a request asks for behind its question mark.

use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Query};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::problem::Problem;

/// Most entries of one answer; so many where nothing else is asked for.
const PAGE: usize = 100;

/// The query, or what is wrong with it.
pub(super) struct Asks<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asks<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let bad = |e: QueryRejection| Problem::new(StatusCode::BAD_REQUEST, "bad-query", e.body_text());
        Query::<T>::from_request_parts(parts, state).await.map(|Query(asked)| Self(asked)).map_err(bad)
    }
}

/// How many entries are asked for.
#[derive(Clone, Copy, Deserialize)]
pub(super) struct Limit(usize);

impl Default for Limit {
    fn default() -> Self {
        Self(PAGE)
    }
}

impl Limit {
    /// At least one, and no more than a page.
    pub(super) fn get(self) -> usize {
        self.0.clamp(1, PAGE)
    }
}
