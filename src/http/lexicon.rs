//! The house's lexicon, for editors: as JSON, and as TOML and CSV in and out.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::articles::read;
use super::ask::{Asks, Limit};
use super::problem::Problem;
use super::{App, Name, Shared};
use crate::library::{LexiconEdit, LexiconFormat};
use crate::text::HouseEntry;

/// How an edit is meant.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Manner {
    /// Whether it is only told what it would touch.
    dry_run: bool,
    /// Whether entries that are not sent are removed.
    replace: bool,
    /// Who edits.
    author: String,
}

/// Which versions are listed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Versions {
    /// Those before this one.
    before: i64,
    /// At most so many.
    limit: Limit,
}

impl Default for Versions {
    fn default() -> Self {
        Self { before: i64::MAX, limit: Limit::default() }
    }
}

pub(super) async fn entries(State(app): Shared, headers: HeaderMap) -> Result<Response, Problem> {
    let lexicon = app.library.lexicon().await?;
    let wanted = media_types(&headers, header::ACCEPT).find_map(LexiconFormat::named);
    Ok(match wanted {
        None | Some(LexiconFormat::Json) => fresh(&lexicon),
        Some(format) => {
            let entries: Vec<HouseEntry> = lexicon.entries.into_iter().map(|named| named.entry).collect();
            let text = format.write(&entries).map_err(|e| wrong(e.to_string()))?;
            ([(header::CONTENT_TYPE, format.media_type()), (header::CACHE_CONTROL, "no-store")], text)
                .into_response()
        }
    })
}

pub(super) async fn versions(State(app): Shared, Asks(asked): Asks<Versions>) -> Result<Response, Problem> {
    let versions = app.library.lexicon_news(asked.before, asked.limit.get()).await?;
    Ok(fresh(&serde_json::json!({ "versions": versions })))
}

pub(super) async fn put(
    State(app): Shared,
    Name(id): Name,
    Asks(manner): Asks<Manner>,
    body: Body,
) -> Result<Response, Problem> {
    let body = text(&app, body).await?;
    let mut entry: HouseEntry = serde_json::from_str(&body).map_err(|e| bad_json(&e))?;
    named_by(&id, &mut entry);
    let entry = entry.check().map_err(crate::library::LibraryError::from)?;
    if entry.id() != id {
        let detail = format!("This entry's address ends in {:?}: its word, and what it is for.", entry.id());
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad-id", detail));
    }
    edit(&app, manner, Changes { put: vec![entry], ..Changes::default() }).await
}

/// What its address says of an entry need not be sent again: "Reading;language=en".
fn named_by(id: &str, entry: &mut HouseEntry) {
    let mut parts = id.split(';');
    let word = parts.next().unwrap_or_default();
    if entry.written.is_empty() {
        word.clone_into(&mut entry.written);
    }
    for (name, value) in parts.filter_map(|part| part.split_once('=')) {
        let field = match name {
            "language" => &mut entry.language,
            "site" => &mut entry.site,
            "voice" => &mut entry.voice,
            _ => continue,
        };
        field.get_or_insert_with(|| value.to_owned());
    }
}

pub(super) async fn remove(
    State(app): Shared,
    Name(id): Name,
    Asks(manner): Asks<Manner>,
) -> Result<Response, Problem> {
    edit(&app, manner, Changes { remove: vec![id], ..Changes::default() }).await
}

/// Several changes at once.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Changes {
    put: Vec<HouseEntry>,
    remove: Vec<String>,
    replace: bool,
    author: String,
}

/// All that is sent becomes one version.
pub(super) async fn change(
    State(app): Shared,
    headers: HeaderMap,
    Asks(manner): Asks<Manner>,
    body: Body,
) -> Result<Response, Problem> {
    let body = read(body, &app.config).await?;
    let begins = |with: &[u8]| body.trim_ascii_start().first().is_some_and(|first| with.contains(first));
    let format = media_types(&headers, header::CONTENT_TYPE).find_map(LexiconFormat::named);
    if format.is_none() && !begins(b"{[") {
        return Err(wrong(
            "The body is not JSON; of a table say so with Content-Type: text/csv, of TOML with \
             Content-Type: application/toml."
                .into(),
        ));
    }
    let changes = match format.unwrap_or(LexiconFormat::Json) {
        LexiconFormat::Json if begins(b"{") => serde_json::from_slice(&body).map_err(|e| bad_json(&e))?,
        format => {
            Changes { put: format.read(&body).map_err(|e| wrong(e.to_string()))?, ..Changes::default() }
        }
    };
    edit(&app, manner, changes).await
}

async fn edit(app: &App, manner: Manner, changes: Changes) -> Result<Response, Problem> {
    let Changes { put, remove, replace, author } = changes;
    let author = if author.is_empty() { manner.author } else { author };
    let edit = LexiconEdit { author, put, remove, replace: replace || manner.replace };
    Ok(match manner.dry_run {
        true => fresh(&app.library.try_lexicon(edit).await?),
        false => fresh(&app.library.edit_lexicon(edit).await?),
    })
}

pub(super) async fn text(app: &App, body: Body) -> Result<String, Problem> {
    let body = read(body, &app.config).await?;
    String::from_utf8(body).map_err(|e| {
        let detail = format!("The body is not UTF-8 from byte {} on.", e.utf8_error().valid_up_to());
        Problem::new(StatusCode::BAD_REQUEST, "not-utf8", detail)
    })
}

/// The media types that a header names, in its order.
pub(super) fn media_types(headers: &HeaderMap, name: header::HeaderName) -> impl Iterator<Item = &str> {
    let value = headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(',').map(|one| one.split(';').next().unwrap_or_default().trim())
}

pub(super) fn bad_json(error: &serde_json::Error) -> Problem {
    let status = if error.is_data() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::BAD_REQUEST };
    Problem::new(status, "bad-json", format!("The body is not what is expected here: {error}."))
}

fn wrong(detail: String) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad-lexicon", detail)
}

pub(super) fn fresh(answer: &impl serde::Serialize) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response()
}
