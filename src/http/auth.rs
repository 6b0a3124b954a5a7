//! Who may edit: whoever shows the token, or anyone on this machine while there is none.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::App;
use super::problem::Problem;

/// The editors' token, kept as its digest; comparing digests tells nothing through timing.
#[derive(Clone, Copy, Debug)]
pub struct Token(Option<[u8; 32]>);

impl Token {
    /// A token, or none.
    pub fn new(token: Option<&str>) -> Self {
        Self(token.map(|t| Sha256::digest(t).into()))
    }

    fn admits(&self, shown: Option<&str>) -> bool {
        match self.0 {
            None => true,
            Some(digest) => shown.is_some_and(|s| <[u8; 32]>::from(Sha256::digest(s)) == digest),
        }
    }
}

pub(super) async fn editors_only(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if app.token.0.is_none() && !is_local(request.headers()) {
        let detail = "Without a token only this machine may edit; start the service with --token-file.";
        return Problem::new(StatusCode::FORBIDDEN, "token-needed", detail).into_response();
    }
    let shown = request.headers().get(header::AUTHORIZATION).and_then(|h| h.to_str().ok());
    if app.token.admits(shown.and_then(bearer)) {
        return next.run(request).await;
    }
    let detail = match shown {
        Some(_) => "The token that was sent is not this service's; this needs the editors' own.",
        None => "This needs the editors' token, as \"Authorization: Bearer …\".",
    };
    Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", detail).into_response()
}

/// The credentials of the scheme "Bearer", whose name has no case (RFC 9110 §11.1).
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// Whether a request was made to this machine by its own name, and through no proxy: a page
/// elsewhere can't pass for that by pointing its own name here (DNS rebinding).
fn is_local(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    let name = name.map_or(host, |(name, _)| name).trim_matches(['[', ']']);
    let loopback = name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    const BY_PROXIES: [&str; 6] =
        ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];
    let forwarded = BY_PROXIES.iter().any(|name| headers.contains_key(*name));
    // What a browser sends for a page of another site.
    let site = headers.get("sec-fetch-site").map(|site| site.as_bytes());
    let elsewhere = site.is_some_and(|site| !matches!(site, b"same-origin" | b"none"));
    !forwarded && !elsewhere && (loopback || name.eq_ignore_ascii_case("localhost"))
}
