//! Errors as RFC 9457 problem documents, mapped in one place.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::article::ArticleError;
use crate::audio::decode;
use crate::fetch::Refusal;
use crate::library::LibraryError;
use crate::render::RenderError;
use crate::source::{ImportError, SourceError};
use crate::speech::SpeechError;
use crate::store::StoreError;

/// What a client is told: a status, a stable code, and a sentence without internals.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    title: &'a str,
    status: u16,
    code: &'a str,
    detail: &'a str,
}

impl Problem {
    pub(super) fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into() }
    }

    /// Something is wrong here, not with the request: logged whole, told in general.
    fn internal(error: &dyn std::error::Error) -> Self {
        tracing::error!(%error, "a request failed");
        let detail = "Something went wrong here; the operator's log says what.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let document = Document {
            kind: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            code: self.code,
            detail: &self.detail,
        };
        // Strings and a number always serialise.
        let body = serde_json::to_vec(&document).unwrap_or_default();
        let headers =
            [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, "no-store")];
        let mut response = (self.status, headers, body).into_response();
        let more = match self.status {
            StatusCode::SERVICE_UNAVAILABLE => Some((header::RETRY_AFTER, "2")),
            // Whoever stands still is not waited for again (RFC 9110 §15.5.9).
            StatusCode::REQUEST_TIMEOUT => Some((header::CONNECTION, "close")),
            StatusCode::UNAUTHORIZED => Some((header::WWW_AUTHENTICATE, "Bearer")),
            _ => None,
        };
        if let Some((name, value)) = more {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

impl From<ArticleError> for Problem {
    fn from(error: ArticleError) -> Self {
        let (status, code) = match &error {
            ArticleError::Id | ArticleError::NoId => (StatusCode::UNPROCESSABLE_ENTITY, "bad-id"),
            ArticleError::Bodies(_) => (StatusCode::UNPROCESSABLE_ENTITY, "one-body-needed"),
            ArticleError::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            ArticleError::Date => (StatusCode::UNPROCESSABLE_ENTITY, "bad-date"),
            ArticleError::Nul { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "not-text"),
        };
        Self::new(status, code, error.to_string())
    }
}

impl From<ImportError> for Problem {
    fn from(error: ImportError) -> Self {
        let told = error.to_string();
        match error {
            ImportError::Library(error) => error.into(),
            ImportError::Full => Self::new(StatusCode::SERVICE_UNAVAILABLE, "overloaded", told),
            ImportError::Source(error) => Self::source(error, told),
        }
    }
}

impl From<LibraryError> for Problem {
    fn from(error: LibraryError) -> Self {
        let (status, code) = match &error {
            LibraryError::NoArticle => (StatusCode::NOT_FOUND, "no-such-article"),
            LibraryError::NoRecording | LibraryError::NotRecorded => {
                (StatusCode::NOT_FOUND, "no-such-recording")
            }
            LibraryError::PreviewEnded => (StatusCode::FORBIDDEN, "preview-ended"),
            LibraryError::Failed(_) => (StatusCode::CONFLICT, "article-failed"),
            LibraryError::Article(inner) => return inner.clone().into(),
            LibraryError::TooLongToExplain { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "too-long"),
            LibraryError::Entry(_) | LibraryError::EntryTwice(_) | LibraryError::EntryTwins { .. } => {
                (StatusCode::UNPROCESSABLE_ENTITY, "bad-entry")
            }
            LibraryError::UnknownPhoneme { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "unknown-phoneme"),
            LibraryError::NoEntry(_) => (StatusCode::NOT_FOUND, "no-such-entry"),
            LibraryError::LexiconFull { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "lexicon-full"),
            LibraryError::NeedsReview => (StatusCode::CONFLICT, "needs-review"),
            LibraryError::NothingToReview => (StatusCode::CONFLICT, "nothing-to-review"),
            LibraryError::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            LibraryError::RecordedEarly => (StatusCode::CONFLICT, "recorded-early"),
            LibraryError::BrokenOff => (StatusCode::BAD_REQUEST, "unreadable"),
            LibraryError::Stopping => (StatusCode::SERVICE_UNAVAILABLE, "stopping"),
            LibraryError::Panicked | LibraryError::Damaged(_) => return Self::internal(&error),
            LibraryError::Render(inner) => return Self::render(inner),
            LibraryError::Store(StoreError::Full(_)) | LibraryError::Refused(decode::Refusal::Full) => {
                tracing::error!(%error, "the disk is full");
                let detail = "The disk is full; what is stored keeps playing.";
                return Self::new(StatusCode::INSUFFICIENT_STORAGE, "disk-full", detail);
            }
            LibraryError::Store(StoreError::Write { .. }) => {
                tracing::error!(%error, "the data folder can't be written");
                let detail = "The data folder can't be written; what is stored keeps playing.";
                return Self::new(StatusCode::INSUFFICIENT_STORAGE, "storage-unwritable", detail);
            }
            LibraryError::Store(inner) => return Self::internal(inner),
            LibraryError::Refused(refusal) => return Self::refused(refusal),
        };
        Self::new(status, code, error.to_string())
    }
}

impl Problem {
    fn refused(refusal: &decode::Refusal) -> Self {
        let status = match refusal {
            decode::Refusal::NotAudio(_) | decode::Refusal::Unsupported(_) => {
                StatusCode::UNSUPPORTED_MEDIA_TYPE
            }
            decode::Refusal::TooLong(_) => StatusCode::PAYLOAD_TOO_LARGE,
            decode::Refusal::Broken(_) => return Self::internal(refusal),
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::new(status, refusal.code(), refusal.to_string())
    }

    fn source(error: SourceError, told: String) -> Self {
        let (status, code) = match error {
            SourceError::Article { cause, .. } => return cause.into(),
            SourceError::Fetch(error) => match error.why {
                Refusal::TooSlow(_) => (StatusCode::GATEWAY_TIMEOUT, "fetch-too-slow"),
                Refusal::Status { .. } | Refusal::Failed(_) => (StatusCode::BAD_GATEWAY, "not-fetched"),
                Refusal::TooLarge(_) | Refusal::Packed(_) | Refusal::NoPage(_) => {
                    (StatusCode::UNPROCESSABLE_ENTITY, "not-taken")
                }
                _ => (StatusCode::UNPROCESSABLE_ENTITY, "address-refused"),
            },
            _ => (StatusCode::UNPROCESSABLE_ENTITY, "no-list"),
        };
        Self::new(status, code, told)
    }

    fn render(error: &RenderError) -> Self {
        let (status, code) = match error {
            RenderError::NothingToRead(_) => (StatusCode::UNPROCESSABLE_ENTITY, "nothing-to-read"),
            RenderError::TooLong { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "too-long"),
            RenderError::Speech(SpeechError::UnknownVoice { .. }) => {
                (StatusCode::UNPROCESSABLE_ENTITY, "unknown-voice")
            }
            RenderError::Speech(SpeechError::NoVoiceFor { .. }) => {
                (StatusCode::UNPROCESSABLE_ENTITY, "no-voice-for-language")
            }
            RenderError::Speech(SpeechError::Overloaded) => (StatusCode::SERVICE_UNAVAILABLE, "overloaded"),
            other => return Self::internal(other),
        };
        Self::new(status, code, error.told())
    }
}
