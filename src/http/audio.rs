//! Audio with ranges, made while it is sent.

use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};

use super::problem::Problem;
use super::range::{Wanted, wanted};
use super::{App, Name, Preview, Shared};
use crate::library::{Format, Library, LibraryError, Opened, Recording, Whole};

/// How long a copy may be used without asking.
#[derive(Clone, Copy)]
enum Caching {
    /// The address names the bytes.
    Immutable,
    /// The address opens a draft, for a while and for whom it was given to.
    Private,
    /// The address names the article: ask whether the ETag still holds.
    Revalidate,
}

/// A reader's request for audio.
pub(super) struct Request {
    method: Method,
    headers: HeaderMap,
    preview: Preview,
}

impl Request {
    fn caching(&self, caching: Caching) -> Caching {
        if self.preview.is_some() { Caching::Private } else { caching }
    }

    /// Whether somebody presses. Players ask for more from where they are, and Safari for the first
    /// two bytes before all else.
    fn begins(&self) -> bool {
        let range = self.headers.get(header::RANGE).and_then(|range| range.to_str().ok());
        let first = range.is_none_or(|range| range.starts_with("bytes=0-") && range != "bytes=0-1");
        first && self.method == Method::GET && self.preview.is_none()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Request {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let preview = Preview::from_request_parts(parts, state).await?;
        Ok(Self { method: parts.method.clone(), headers: parts.headers.clone(), preview })
    }
}

pub(super) async fn article_mp3(
    State(app): Shared,
    Name(id): Name,
    request: Request,
) -> Result<Response, Problem> {
    let opened = app.library.open(&id, request.preview.as_deref()).await?;
    listened(&app, &opened, Format::Mp3, Caching::Revalidate, &request).await
}

pub(super) async fn article_wav(
    State(app): Shared,
    Name(id): Name,
    request: Request,
) -> Result<Response, Problem> {
    let opened = app.library.open(&id, request.preview.as_deref()).await?;
    listened(&app, &opened, Format::Wav, Caching::Revalidate, &request).await
}

pub(super) async fn recording(
    State(app): Shared,
    Name(file): Name,
    request: Request,
) -> Result<Response, Problem> {
    let (name, format) = match file.rsplit_once('.') {
        Some((name, "mp3")) => (name, Format::Mp3),
        Some((name, "wav")) => (name, Format::Wav),
        _ => return Err(LibraryError::NoRecording.into()),
    };
    let opened = app.library.open_recording(name, request.preview.as_deref()).await?;
    listened(&app, &opened, format, Caching::Immutable, &request).await
}

/// The MP3 frames of one sentence and its pause.
pub(super) async fn sentence(
    State(app): Shared,
    sentence: Result<Path<(String, String)>, PathRejection>,
    request: Request,
) -> Result<Response, Problem> {
    let Path((name, file)) = sentence.map_err(|_| LibraryError::NoRecording)?;
    let opened = app.library.open_recording(&name, request.preview.as_deref()).await?;
    let recording = opened.planned().await?;
    // One address for each: "01" is none.
    let written = |number: &usize| file == format!("{number}.mp3");
    let number = file.strip_suffix(".mp3").and_then(|number| number.parse().ok()).filter(written);
    let segment =
        number.and_then(|number| recording.segments.get(number)).ok_or(LibraryError::NoRecording)?;
    let etag = format!("\"{}-{}\"", recording.name, number.unwrap_or_default());
    let file = File { etag: &etag, caching: request.caching(Caching::Immutable), format: Format::Mp3 };
    part(&app, &recording, &file, recording.mp3_range(segment), &request).await
}

/// Counts a press: bytes were sent from the beginning on, of what is live.
async fn listened(
    app: &App,
    opened: &Opened,
    format: Format,
    caching: Caching,
    request: &Request,
) -> Result<Response, Problem> {
    let response = answer(app, opened, format, caching, request).await?;
    if request.begins() && response.status().is_success() {
        app.library.note_listen();
    }
    Ok(response)
}

async fn answer(
    app: &App,
    opened: &Opened,
    format: Format,
    caching: Caching,
    request: &Request,
) -> Result<Response, Problem> {
    let etag = format!("\"{}\"", opened.name);
    let file = File { etag: &etag, caching: request.caching(caching), format };
    let whole = request.method == Method::GET && !request.headers.contains_key(header::RANGE);
    if format == Format::Mp3 && whole && opened.planned_already().is_none() {
        return at_once(app, opened, &file, request).await;
    }
    let recording = opened.planned().await?;
    part(app, &recording, &file, 0..recording.bytes(format), request).await
}

/// All of an article whose length is not known yet, from its first sentence's first sound on.
/// Whoever asks for a range wants to know the length, and waits for it: so do the media elements
/// of all browsers, which would show no duration and could not seek.
async fn at_once(
    app: &App,
    opened: &Opened,
    file: &File<'_>,
    request: &Request,
) -> Result<Response, Problem> {
    if let Some(answer) = file.unchanged(&request.headers)? {
        return Ok(answer);
    }
    let body = first_sound(app, app.library.mp3_unplanned(opened)).await?;
    Ok(file.with_headers(body.into_response()))
}

/// The bytes of what lies at `all` in a recording, or of the range of it that is asked for.
async fn part(
    app: &App,
    recording: &Arc<Recording>,
    file: &File<'_>,
    all: Range<u64>,
    request: &Request,
) -> Result<Response, Problem> {
    if let Some(answer) = file.unchanged(&request.headers)? {
        return Ok(answer);
    }
    let size = all.end - all.start;
    // Ranges are defined for GET alone (RFC 9110 §14.2).
    let range = range_header(&request.headers, file.etag).filter(|_| request.method == Method::GET);
    let (status, part) = match wanted(range, size) {
        Wanted::Whole => (StatusCode::OK, 0..size),
        Wanted::Part(first, end) => (StatusCode::PARTIAL_CONTENT, first..end),
        Wanted::Unsatisfiable => return Ok(unsatisfiable(size)),
    };
    let bytes = all.start + part.start..all.start + part.end;
    let body = match (&request.method, file.format) {
        (&Method::HEAD, _) => Body::empty(),
        (_, Format::Mp3) => first_sound(app, app.library.mp3(recording, bytes)).await?,
        (_, Format::Wav) => first_sound(app, wav(app.library.clone(), recording.clone(), bytes)).await?,
    };
    let mut response = file.with_headers((status, body).into_response());
    let sent = response.headers_mut();
    sent.insert(header::CONTENT_LENGTH, HeaderValue::from(part.end - part.start));
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {}-{}/{size}", part.start, part.end - 1);
        insert(sent, header::CONTENT_RANGE, &range);
    }
    Ok(response)
}

/// Part of a WAV, a piece at a time.
fn wav(
    library: Arc<Library>,
    recording: Arc<Recording>,
    part: Range<u64>,
) -> impl Stream<Item = Result<Bytes, LibraryError>> + Send + 'static {
    let pieces = |wav: Whole| wav.pieces(part);
    stream::once(async move { library.wav(&recording).await.map(pieces) }).try_flatten()
}

/// Waits for the first bytes, so that what fails at once fails with a status.
async fn first_sound(
    app: &App,
    bytes: impl Stream<Item = Result<Bytes, LibraryError>> + Send + 'static,
) -> Result<Body, Problem> {
    let started = Instant::now();
    let mut bytes = Box::pin(bytes);
    let first = bytes.next().await.transpose()?;
    app.library.waits().first_byte.observe(started.elapsed().as_secs_f64());
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

/// What an address stands for, whatever part of it is asked for.
struct File<'a> {
    etag: &'a str,
    caching: Caching,
    format: Format,
}

impl File<'_> {
    /// The answer to a conditional request that needs no bytes.
    fn unchanged(&self, headers: &HeaderMap) -> Result<Option<Response>, Problem> {
        match precondition(headers, self.etag) {
            Some(StatusCode::PRECONDITION_FAILED) => Err(changed()),
            Some(status) => Ok(Some(self.with_headers(status.into_response()))),
            None => Ok(None),
        }
    }

    fn with_headers(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        let cache = match self.caching {
            Caching::Private => "private, no-store",
            Caching::Immutable => "public, max-age=31536000, immutable",
            Caching::Revalidate => "no-cache",
        };
        let kind = match self.format {
            Format::Mp3 => "audio/mpeg",
            Format::Wav => "audio/wav",
        };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        insert(headers, header::ETAG, self.etag);
        response
    }
}

fn insert(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    // Hex, digits and ASCII punctuation always make a header.
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
