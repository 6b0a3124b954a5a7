//! Audio with ranges, made while it is sent.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};

use super::problem::Problem;
use super::range::{Wanted, wanted};
use super::{App, Name, Shared};
use crate::library::{Format, LibraryError, Recording};

/// How long a copy may be used without asking.
#[derive(Clone, Copy)]
enum Caching {
    /// The address names the bytes.
    Immutable,
    /// The address names the article: ask whether the ETag still holds.
    Revalidate,
}

pub(super) async fn article_mp3(
    State(app): Shared,
    Name(id): Name,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let recording = app.library.open(&id).await?;
    answer(&app, recording, Format::Mp3, Caching::Revalidate, &method, &headers).await
}

pub(super) async fn article_wav(
    State(app): Shared,
    Name(id): Name,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let recording = app.library.open(&id).await?;
    answer(&app, recording, Format::Wav, Caching::Revalidate, &method, &headers).await
}

pub(super) async fn recording(
    State(app): Shared,
    Name(file): Name,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (name, format) = match file.rsplit_once('.') {
        Some((name, "mp3")) => (name, Format::Mp3),
        Some((name, "wav")) => (name, Format::Wav),
        _ => return Err(LibraryError::NoRecording.into()),
    };
    let recording = app.library.open_recording(name).await?;
    answer(&app, recording, format, Caching::Immutable, &method, &headers).await
}

async fn answer(
    app: &App,
    recording: Arc<Recording>,
    format: Format,
    caching: Caching,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let etag = format!("\"{}\"", recording.name);
    match precondition(headers, &etag) {
        Some(StatusCode::PRECONDITION_FAILED) => return Err(changed()),
        Some(status) => return Ok(with_headers(status.into_response(), &etag, caching, format)),
        None => {}
    }
    let size = recording.bytes(format);
    // Ranges are defined for GET alone (RFC 9110 §14.2).
    let range = range_header(headers, &etag).filter(|_| method == Method::GET);
    let (status, part) = match wanted(range, size) {
        Wanted::Whole => (StatusCode::OK, 0..size),
        Wanted::Part(first, end) => (StatusCode::PARTIAL_CONTENT, first..end),
        Wanted::Unsatisfiable => return Ok(unsatisfiable(size)),
    };
    let body = match (method, format) {
        (&Method::HEAD, _) => Body::empty(),
        (_, Format::Mp3) => first_sound(app.library.mp3(&recording, part.clone())).await?,
        (_, Format::Wav) => Body::from_stream(read(app.library.wav(&recording).await?, part.clone())),
    };
    let mut response = with_headers((status, body).into_response(), &etag, caching, format);
    let sent = response.headers_mut();
    sent.insert(header::CONTENT_LENGTH, HeaderValue::from(part.end - part.start));
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {}-{}/{size}", part.start, part.end - 1);
        insert(sent, header::CONTENT_RANGE, &range);
    }
    Ok(response)
}

/// Waits for the first bytes, so that what fails at once fails with a status.
async fn first_sound(
    bytes: impl Stream<Item = Result<Bytes, LibraryError>> + Send + 'static,
) -> Result<Body, Problem> {
    let mut bytes = Box::pin(bytes);
    let first = bytes.next().await.transpose()?;
    let logged = |error: LibraryError| {
        tracing::error!(%error, "a recording broke off");
        io::Error::other("broken off")
    };
    let rest = bytes.map_err(logged);
    Ok(Body::from_stream(stream::iter(first.map(Ok)).chain(rest)))
}

/// Conditional requests without dates (RFC 9110 §13): a recording's tag says all.
fn precondition(headers: &HeaderMap, etag: &str) -> Option<StatusCode> {
    let listed = |name, weak| headers.get(name).map(|h| lists(h.to_str().unwrap_or_default(), etag, weak));
    match (listed(header::IF_MATCH, false), listed(header::IF_NONE_MATCH, true)) {
        (Some(false), _) => Some(StatusCode::PRECONDITION_FAILED),
        (_, Some(true)) => Some(StatusCode::NOT_MODIFIED),
        _ => None,
    }
}

/// Whether a list of tags has this one; a weak tag counts only where `weak` ones may.
fn lists(header: &str, etag: &str, weak: bool) -> bool {
    let strong = |tag: &str| tag == "*" || tag == etag;
    let tags = header.split(',').map(str::trim);
    tags.into_iter().any(|tag| strong(tag) || weak && tag.strip_prefix("W/") == Some(etag))
}

fn changed() -> Problem {
    let detail = "The recording is no longer the one named in If-Match.";
    Problem::new(StatusCode::PRECONDITION_FAILED, "precondition-failed", detail)
}

/// `If-Range` keeps a client from gluing parts of two takes together (RFC 9110 §13.1.5).
fn range_header<'a>(headers: &'a HeaderMap, etag: &str) -> Option<&'a str> {
    let same = headers.get(header::IF_RANGE).is_none_or(|h| h.as_bytes() == etag.as_bytes());
    headers.get(header::RANGE).filter(|_| same)?.to_str().ok()
}

fn unsatisfiable(size: u64) -> Response {
    let detail = format!("The recording has {size} bytes; the range asked for lies behind its end.");
    let problem = Problem::new(StatusCode::RANGE_NOT_SATISFIABLE, "range-not-satisfiable", detail);
    let mut response = problem.into_response();
    insert(response.headers_mut(), header::CONTENT_RANGE, &format!("bytes */{size}"));
    response
}

fn with_headers(mut response: Response, etag: &str, caching: Caching, format: Format) -> Response {
    let headers = response.headers_mut();
    let cache = match caching {
        Caching::Immutable => "public, max-age=31536000, immutable",
        Caching::Revalidate => "no-cache",
    };
    let kind = match format {
        Format::Mp3 => "audio/mpeg",
        Format::Wav => "audio/wav",
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    insert(headers, header::ETAG, etag);
    response
}

fn insert(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    // Hex, digits and ASCII punctuation always make a header.
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// A part of a file, in pieces read away from the async threads.
fn read(file: std::fs::File, part: std::ops::Range<u64>) -> impl Stream<Item = io::Result<Bytes>> {
    const PIECE: u64 = 256 << 10;
    let file = Arc::new(std::sync::Mutex::new(file));
    stream::try_unfold(part, move |part| {
        let file = file.clone();
        async move {
            if part.is_empty() {
                return Ok(None);
            }
            let piece = part.start..part.end.min(part.start + PIECE);
            let rest = piece.end..part.end;
            let bytes = tokio::task::spawn_blocking(move || read_at(&file, piece)).await;
            Ok(Some((bytes.map_err(io::Error::other)??, rest)))
        }
    })
}

fn read_at(file: &std::sync::Mutex<std::fs::File>, part: std::ops::Range<u64>) -> io::Result<Bytes> {
    let mut file = file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    file.seek(SeekFrom::Start(part.start))?;
    let mut bytes = vec![0; (part.end - part.start) as usize];
    file.read_exact(&mut bytes)?;
    Ok(bytes.into())
}
