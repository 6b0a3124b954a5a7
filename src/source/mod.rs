//! Where pieces are told of: feeds (RSS, Atom, JSON Feed), sitemaps, and lists of addresses.

mod config;
mod import;
mod json;
mod page;
mod visit;
mod watch;
mod xml;

use std::collections::{HashSet, VecDeque};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use thiserror::Error;
use url::Url;

pub use config::{ImportConfig, Source};
pub use import::{Counts, Ended, ImportError, Importer};
pub use page::{article, article_id};

use crate::article::ArticleError;
use crate::fetch::{Client, Document, FetchError, shown};

/// A piece that a feed, a sitemap or a list tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it is.
    pub url: Url,
    /// What the feed calls it.
    pub id: Option<String>,
    /// Its headline, as the feed has it.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// When it was last changed, where that is told.
    pub changed: Option<Timestamp>,
}

impl Entry {
    /// A piece of which nothing is known but where it is.
    pub fn at(url: Url) -> Self {
        Self { url, id: None, title: None, published: None, changed: None }
    }
}

/// All that a feed or sitemap tells of, each piece once.
#[derive(Debug, Default)]
pub struct Listing {
    /// The pieces, in its order.
    pub entries: Vec<Entry>,
    /// Whether there are more than the settings have it.
    pub cut: bool,
    /// Sitemaps of an index that could not be had.
    pub failed: Vec<SourceError>,
}

/// Why pieces are not known.
#[derive(Debug, Error)]
pub enum SourceError {
    /// It can't be fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// It is something else.
    #[error("{0}: neither a feed (RSS, Atom, JSON Feed) nor a sitemap")]
    Unknown(String),
    /// It is broken.
    #[error("{url}: broken at byte {at}: {cause}")]
    Broken {
        /// The address.
        url: String,
        /// Where in its text.
        at: u64,
        /// What is wrong there.
        cause: String,
    },
    /// A line of a list that is no address.
    #[error("line {line} is no address as in https://example.org/2026/ferry")]
    Line {
        /// The line's number, from 1.
        line: usize,
    },
    /// The page makes no article.
    #[error("{url}: {cause}")]
    Article {
        /// The address.
        url: String,
        /// Why.
        cause: ArticleError,
    },
}

/// What one document tells of.
enum Outline {
    Entries {
        entries: Vec<Entry>,
        cut: bool,
    },
    /// More sitemaps.
    Sitemaps(Vec<Entry>),
}

/// The pieces that the feed or sitemap at an address tells of, those of an index's sitemaps included.
///
/// # Errors
/// It can't be fetched or read.
pub fn entries(client: &Client, address: &str, config: &ImportConfig) -> Result<Listing, SourceError> {
    let whole = |entry: &Entry| client.unpacked(client.whole(&entry.url)?).map(Some);
    gather(parsed(address)?, config, whole)
}

/// The addresses in a text, one a line; blank lines and those that begin with # do not count.
///
/// # Errors
/// A line is no address.
pub fn list(text: &str) -> Result<Listing, SourceError> {
    let lines = text.lines().map(str::trim).enumerate();
    let told = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let mut listing = Listing::default();
    let mut known = HashSet::new();
    for (number, line) in told {
        let url = web(line).ok_or(SourceError::Line { line: number + 1 })?;
        keep(&mut listing.entries, &mut known, Entry::at(url));
    }
    Ok(listing)
}

/// Follows a sitemap's index. `fetch` gives nothing where nothing has changed.
fn gather(
    first: Url,
    config: &ImportConfig,
    mut fetch: impl FnMut(&Entry) -> Result<Option<Document>, FetchError>,
) -> Result<Listing, SourceError> {
    let mut listing = Listing::default();
    let (mut known, mut seen) = (HashSet::new(), HashSet::from([first.clone()]));
    let mut waiting = VecDeque::from([Entry::at(first.clone())]);
    while let Some(next) = waiting.pop_front() {
        let left = config.max_entries.saturating_sub(listing.entries.len());
        let outline = fetch(&next).map_err(SourceError::from);
        match outline.and_then(|found| found.map(|document| outline_of(&document, left)).transpose()) {
            Ok(None) => {}
            Ok(Some(Outline::Entries { entries, cut })) => {
                listing.cut |= cut;
                entries.into_iter().for_each(|entry| keep(&mut listing.entries, &mut known, entry));
            }
            Ok(Some(Outline::Sitemaps(more))) => {
                let room = (config.max_sitemaps + 1).saturating_sub(seen.len());
                let mut more: Vec<Entry> = more.into_iter().filter(|e| seen.insert(e.url.clone())).collect();
                listing.cut |= more.len() > room;
                more.truncate(room);
                waiting.extend(more);
            }
            Err(error) if next.url == first => return Err(error),
            Err(error) => listing.failed.push(error),
        }
    }
    Ok(listing)
}

fn keep(entries: &mut Vec<Entry>, known: &mut HashSet<String>, entry: Entry) {
    if known.insert(article_id(&entry.url)) {
        entries.push(entry);
    }
}

fn outline_of(document: &Document, max: usize) -> Result<Outline, SourceError> {
    let text = document.text();
    let text = text.trim_start();
    match text.chars().next() {
        Some('<') => xml::outline(text, &document.url, max),
        Some('{') => json::outline(text, &document.url, max),
        // A sitemap may be plain text (sitemaps.org).
        _ => match list(text) {
            Ok(mut found) if !found.entries.is_empty() => {
                let cut = found.entries.len() > max;
                found.entries.truncate(max);
                Ok(Outline::Entries { entries: found.entries, cut })
            }
            _ => Err(SourceError::Unknown(shown(&document.url))),
        },
    }
}

/// Whether a document is a sitemap of sitemaps.
fn is_index(document: &Document) -> bool {
    const ROOT: &[u8] = b"<sitemapindex";
    document.bytes.windows(ROOT.len()).take(4096).any(|bytes| bytes == ROOT)
}

fn parsed(address: &str) -> Result<Url, FetchError> {
    Url::parse(address).map_err(|_| FetchError::no_address(address))
}

fn web(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// A time as feeds and sitemaps write it: RFC 3339, a date alone, RFC 2822.
fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let exact = text.parse::<Timestamp>().ok();
    let day = || TimeZone::UTC.to_timestamp(text.parse::<Date>().ok()?.at(0, 0, 0, 0)).ok();
    exact.or_else(day).or_else(|| jiff::fmt::rfc2822::parse(text).ok().map(|time| time.timestamp()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        let table = [
            ("2026-11-24T06:00:00Z", "2026-11-24T06:00:00Z"),
            ("2026-11-24T06:00:00.5+01:00", "2026-11-24T05:00:00.5Z"),
            ("2026-11-24T06:00+01:00", "2026-11-24T05:00:00Z"),
            (" 2026-11-24 ", "2026-11-24T00:00:00Z"),
            ("Tue, 24 Nov 2026 06:00:00 GMT", "2026-11-24T06:00:00Z"),
            ("Tue, 24 Nov 2026 06:00:00 +0100", "2026-11-24T05:00:00Z"),
            ("24 Nov 2026 06:00 EST", "2026-11-24T11:00:00Z"),
        ];
        for (text, expected) in table {
            assert_eq!(time(text).map(|t| t.to_string()).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(time("yesterday"), None);
    }

    #[test]
    fn lists() {
        let told =
            list("https://a.example/x\n\n# no\n  http://b.example/#y\r\nhttps://a.example/x?utm_source=z\n");
        let urls: Vec<String> = told.unwrap().entries.iter().map(|e| e.url.to_string()).collect();
        assert_eq!(urls, ["https://a.example/x", "http://b.example/#y"]);
        assert!(matches!(list("https://a.example/\n/etc/passwd"), Err(SourceError::Line { line: 2 })));
        assert!(matches!(list("file:///etc/passwd"), Err(SourceError::Line { line: 1 })));
    }
}
