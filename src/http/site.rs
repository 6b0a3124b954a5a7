//! The files a browser gets, built into the program.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use crate::store::digest;

/// Id of the demo page's article.
pub const DEMO_ARTICLE: &str = "lectern-demo";
/// The demo page, whose article is read from its own markup.
pub const DEMO_PAGE: &str = include_str!("../../web/demo.html");
const DEMO_STYLE: &str = include_str!("../../web/demo.css");
/// One file, since a site embeds one script tag; what is in it stays its own.
const PLAYER: &str = concat!(
    "(() => {\n\"use strict\";\n",
    include_str!("../../web/player/words.js"),
    include_str!("../../web/player/looks.js"),
    include_str!("../../web/player/player.js"),
    "})();\n"
);

pub(super) async fn player(headers: HeaderMap) -> Response {
    file(&headers, PLAYER, "text/javascript; charset=utf-8")
}

pub(super) async fn demo(headers: HeaderMap) -> Response {
    file(&headers, DEMO_PAGE, "text/html; charset=utf-8")
}

pub(super) async fn demo_style(headers: HeaderMap) -> Response {
    file(&headers, DEMO_STYLE, "text/css; charset=utf-8")
}

/// Used for five minutes without asking; after that the tag tells whether it changed.
fn file(headers: &HeaderMap, text: &'static str, kind: &'static str) -> Response {
    tagged(headers, text.into(), kind, "public, max-age=300")
}

/// A text with a tag that is its own, or word that the client has it already (RFC 9110 §13.1.2).
pub(super) fn tagged(
    headers: &HeaderMap,
    text: Bytes,
    kind: &'static str,
    caching: &'static str,
) -> Response {
    let etag = format!("\"{}\"", &digest(&text)[..32]);
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|h| h.as_bytes() == etag.as_bytes());
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { text.into_response() };
    let sent = response.headers_mut();
    sent.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    sent.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        sent.insert(header::ETAG, etag);
    }
    response
}
