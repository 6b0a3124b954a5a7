//! A page → the article on it.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use url::Url;

use super::{Entry, SourceError};
use crate::article::{Article, Draft, Limits, MAX_ID};
use crate::fetch::{Document, shown};

/// Parameters of addresses that tell who sent a reader, and not what is read.
const TRACKING: [&str; 12] = [
    "fbclid", "gclid", "dclid", "msclkid", "yclid", "twclid", "igshid", "mc_cid", "mc_eid", "_ga", "_gl",
    "wt_mc",
];

/// The id of the article at an address: the address itself, without fragment and tracking. One that
/// is too long for an id ends in its digest.
pub fn article_id(url: &Url) -> String {
    let mut plain = url.clone();
    plain.set_fragment(None);
    let tracks = |name: &str| name.starts_with("utm_") || TRACKING.contains(&name);
    let kept: Vec<&str> = (url.query().unwrap_or_default().split('&'))
        .filter(|pair| !pair.is_empty() && !tracks(pair.split('=').next().unwrap_or_default()))
        .collect();
    plain.set_query((!kept.is_empty()).then(|| kept.join("&")).as_deref());
    short(plain.into())
}

fn short(id: String) -> String {
    if id.len() <= MAX_ID {
        return id;
    }
    let digest: String = Sha256::digest(&id).iter().map(|byte| format!("{byte:02x}")).collect();
    // Addresses are ASCII once they are parsed.
    format!("{}~{digest}", &id[..MAX_ID - 1 - digest.len()])
}

/// The article on a page that was fetched for an entry. All but its address and its date is for
/// the page itself to tell. What anybody can fetch is no draft, so a date to come is a mistake, or
/// that of something else.
///
/// # Errors
/// It is no page, or larger than an article may be.
pub fn article(entry: &Entry, document: &Document, limits: &Limits) -> Result<Article, SourceError> {
    let published = entry.published.or(entry.changed).filter(|date| *date <= Timestamp::now());
    let draft = Draft {
        id: Some(article_id(&document.url)),
        url: Some(document.url.to_string()),
        published_at: published.map(|time| time.to_string()),
        page: Some(document.page()?),
        ..Draft::default()
    };
    draft.check(limits).map_err(|cause| SourceError::Article { url: shown(&document.url), cause })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_anybody_can_fetch_is_no_draft() {
        let url: Url = "https://example.org/a".parse().unwrap();
        let document = Document {
            url: url.clone(),
            content_type: "text/html".into(),
            bytes: b"<p>The ferry left at six, and nobody was late.</p>".to_vec(),
            validators: crate::fetch::Validators::default(),
        };
        let dated = |date: &str| {
            let entry = Entry { published: date.parse().ok(), ..Entry::at(url.clone()) };
            article(&entry, &document, &Limits::default()).unwrap().published_at
        };
        assert_eq!(dated("2020-01-01T06:00:00Z").as_deref(), Some("2020-01-01T06:00:00Z"));
        assert_eq!(dated("2999-01-01T06:00:00Z"), None);
    }

    #[test]
    fn ids() {
        let table = [
            ("HTTPS://Example.org:443/a#b", "https://example.org/a"),
            ("https://example.org", "https://example.org/"),
            ("https://example.org/a?utm_source=x&id=7&fbclid=y&utm_campaign=z", "https://example.org/a?id=7"),
            ("https://example.org/a?utm_source=x", "https://example.org/a"),
            ("https://example.org/a?", "https://example.org/a"),
            ("https://example.org/a?b=c%26d", "https://example.org/a?b=c%26d"),
        ];
        for (url, expected) in table {
            assert_eq!(article_id(&url.parse().unwrap()), expected);
        }
        let long =
            |last| article_id(&format!("https://example.org/{}{last}", "ф".repeat(80)).parse().unwrap());
        assert_eq!(long("a").len(), MAX_ID);
        assert_ne!(long("a"), long("b"));
    }
}
