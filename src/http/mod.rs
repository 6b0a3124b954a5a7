//! The web side: routes, errors, ranges, the player's files.

mod articles;
mod ask;
mod audio;
mod auth;
mod explain;
mod import;
mod lexicon;
mod marks;
mod problem;
mod range;
mod server;
mod site;
mod upload;
mod webhooks;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use axum::Router;
use axum::extract::{FromRequestParts, MatchedPath, Path, Query, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use serde::{Deserialize, Serialize};

pub use auth::Token;
pub use server::{listen, serve};
pub use site::{DEMO_ARTICLE, DEMO_PAGE};

use crate::article::Limits;
use crate::library::{self, Library};
use crate::source::{Importer, Source};
use crate::telemetry::{Metrics, RequestLabels};
use crate::webhook::Hooks;
use marks::document;
use problem::Problem;

const VTT: &str = "text/vtt; charset=utf-8";

/// How the web server behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HttpConfig {
    /// Largest request body in bytes; leave room for JSON's escapes around the largest article.
    pub max_body_bytes: usize,
    /// Seconds a client may take to send a request's head.
    pub header_seconds: u64,
    /// Seconds for which a client may send nothing of a request's body, or take nothing of an answer.
    pub stall_seconds: u64,
}

impl Default for HttpConfig {
    fn default() -> Self {
        Self { max_body_bytes: 8 << 20, header_seconds: 15, stall_seconds: 300 }
    }
}

/// What the handlers share.
pub struct App {
    /// The use-cases.
    pub library: Arc<Library>,
    /// Brings in pieces of other servers.
    pub importer: Arc<Importer>,
    /// What it watches.
    pub sources: Vec<Source>,
    /// Who is told what happens in it.
    pub hooks: Arc<Hooks>,
    /// What is counted.
    pub metrics: Metrics,
    /// Who may edit.
    pub token: Token,
    /// What one article may hold.
    pub limits: Limits,
    /// The server's settings.
    pub config: HttpConfig,
    /// Whether the demo page is shown at `/`.
    pub demo: bool,
    /// False once the service is stopping.
    pub ready: AtomicBool,
}

type Shared = State<Arc<App>>;

/// The name in a path, decoded.
struct Name(String);

impl<S: Send + Sync> FromRequestParts<S> for Name {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let name = Path::<String>::from_request_parts(parts, state).await;
        let detail = "The address is not UTF-8 once its percent signs are decoded.";
        let bad = |_| Problem::new(StatusCode::BAD_REQUEST, "bad-address", detail);
        name.map(|Path(name)| Self(name)).map_err(bad)
    }
}

/// The signature in a preview's address.
struct Preview(Option<String>);

#[derive(Deserialize)]
struct PreviewQuery {
    preview: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Preview {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        // An address that some tool has added to otherwise is still the article's.
        let query = Query::<PreviewQuery>::from_request_parts(parts, state).await;
        Ok(Self(query.ok().and_then(|Query(query)| query.preview)))
    }
}

impl std::ops::Deref for Preview {
    type Target = Option<String>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// All routes.
pub fn router(app: Arc<App>) -> Router {
    let readers = Router::new()
        .route("/v1/articles/{id}/audio.mp3", get(audio::article_mp3))
        .route("/v1/articles/{id}/audio.wav", get(audio::article_wav))
        .route("/v1/articles/{id}/marks.json", document("application/json", library::marks_json))
        .route("/v1/articles/{id}/sentences.vtt", document(VTT, library::sentences_vtt))
        .route("/v1/articles/{id}/words.vtt", document(VTT, library::words_vtt))
        .route(
            "/v1/articles/{id}/chapters.json",
            document("application/json+chapters", library::chapters_json),
        )
        .route("/audio/{file}", get(audio::recording))
        .route("/audio/{recording}/{sentence}", get(audio::sentence))
        .route("/player.js", get(site::player));
    let editors = || middleware::from_fn_with_state(app.clone(), auth::editors_only);
    let article =
        get(articles::manifest).merge(put(articles::save).delete(articles::forget).layer(editors()));
    let desk = Router::new()
        .route("/v1/articles", get(articles::list))
        .route(
            "/v1/articles/{id}/render",
            post(articles::render).delete(articles::cancel).get(articles::standing),
        )
        .route("/v1/status", get(articles::report))
        .route("/v1/articles/{id}/preview", post(articles::preview))
        .route("/v1/articles/{id}/approve", post(articles::approve))
        .route("/v1/import", post(import::import))
        .route("/v1/lexicon", get(lexicon::entries).post(lexicon::change))
        .route("/v1/lexicon/versions", get(lexicon::versions))
        .route("/v1/lexicon/{entry}", put(lexicon::put).delete(lexicon::remove))
        .route("/v1/preview", post(explain::explain))
        .route("/v1/webhooks", get(webhooks::list))
        .route("/v1/webhooks/deliveries/{id}/replay", post(webhooks::replay))
        .route("/v1/articles/{id}/recording", put(upload::put).get(upload::get).delete(upload::withdraw))
        .route_layer(editors());
    let mut router = readers
        .route("/v1/articles/{id}", article)
        .layer(middleware::map_response(any_origin))
        .merge(desk)
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics));
    if app.demo {
        router = router.route("/", get(site::demo)).route("/demo.css", get(site::demo_style));
    }
    router
        .fallback(async || Problem::new(StatusCode::NOT_FOUND, "not-found", "There is nothing here."))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(app.clone(), observe))
        .with_state(app)
}

async fn method_not_allowed() -> Problem {
    let detail = "This address does not take that method.";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", detail)
}

/// Readers' routes answer every site's pages: what they give is public.
async fn any_origin(mut response: Response) -> Response {
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, "accept-ranges, content-length, content-range, etag"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn ready(State(app): Shared) -> Response {
    if app.ready.load(Ordering::Relaxed) {
        return "ready\n".into_response();
    }
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", "The service is stopping.").into_response()
}

async fn metrics(State(app): Shared) -> Response {
    let text = app.metrics.text(app.library.renderer().pool().waiting());
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

/// Counts and logs every request by its route's pattern: paths and texts stay out of it.
async fn observe(State(app): Shared, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let method = known_method(request.method()).to_owned();
    let mut response = next.run(request).await;
    let nosniff = HeaderValue::from_static("nosniff");
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    let (status, took) = (response.status().as_u16(), started.elapsed());
    tracing::info!(method, route, status, ms = took.as_millis() as u64, "request");
    app.metrics.request(RequestLabels { route, method, status }, took);
    response
}

/// A client may invent methods; a metric's labels must not grow with them.
fn known_method(method: &axum::http::Method) -> &str {
    match method.as_str() {
        known @ ("GET" | "HEAD" | "PUT" | "DELETE" | "POST" | "OPTIONS" | "PATCH") => known,
        _ => "other",
    }
}
