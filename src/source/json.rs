//! JSON Feed (version 1.1).

use serde::Deserialize;
use url::Url;

use super::{Entry, Outline, SourceError, time};
use crate::fetch::shown;

#[derive(Deserialize)]
struct Feed {
    version: String,
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    /// A string, but for careless authors a number.
    id: Option<serde_json::Value>,
    url: Option<String>,
    title: Option<String>,
    date_published: Option<String>,
    date_modified: Option<String>,
}

pub(super) fn outline(text: &str, base: &Url, max: usize) -> Result<Outline, SourceError> {
    let feed = serde_json::from_str::<Feed>(text).ok();
    let feed = feed.filter(|feed| feed.version.contains("jsonfeed.org/version/"));
    let feed = feed.ok_or_else(|| SourceError::Unknown(shown(base)))?;
    let cut = feed.items.len() > max;
    let entries = feed.items.into_iter().take(max).filter_map(|item| entry(item, base)).collect();
    Ok(Outline::Entries { entries, cut })
}

fn entry(item: Item, base: &Url) -> Option<Entry> {
    let id = item.id.map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    let url = base.join(item.url.as_deref().or(id.as_deref())?).ok()?;
    Some(Entry {
        url: matches!(url.scheme(), "http" | "https").then_some(url)?,
        id,
        title: item.title,
        published: item.date_published.as_deref().and_then(time),
        changed: item.date_modified.as_deref().and_then(time),
    })
}
