//! What a site sends: one piece, in one of four forms, checked at the door.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What a site calls a piece, with exactly one body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The site's own name for the piece; saving it again replaces it.
    pub id: String,
    /// Where readers find it.
    pub url: Option<String>,
    /// The headline, read first.
    pub title: Option<String>,
    /// Who wrote it, read after the headline.
    pub byline: Option<String>,
    /// BCP 47 language tag ("en", "de-AT"); the voice follows it.
    pub language: Option<String>,
    /// Address of a picture for the player and feeds.
    pub image: Option<String>,
    /// When it goes live, as the site wrote it (RFC 3339).
    pub published_at: Option<String>,
    /// A voice by id; the language's default otherwise.
    pub voice: Option<String>,
    /// What is read.
    pub body: Body,
}

/// The four forms a site may have its text in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Body {
    /// Plain text; every line is read.
    Text(String),
    /// The article's own markup.
    Html(String),
    /// A whole web page, of which the article is a part.
    Page(String),
    /// A whole page, pasted as plain text.
    Paste(String),
}

impl Body {
    /// The text as sent, whatever its form.
    pub fn source(&self) -> &str {
        match self {
            Self::Text(s) | Self::Html(s) | Self::Page(s) | Self::Paste(s) => s,
        }
    }
}

/// An article as it arrives in JSON, before anything is known to be right.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)] // The fields are those of `Article` and `Body`.
pub struct Draft {
    pub id: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
    pub byline: Option<String>,
    pub language: Option<String>,
    pub image: Option<String>,
    pub published_at: Option<String>,
    pub voice: Option<String>,
    /// Whether to make the audio now (the default) or at the first press.
    pub render: Option<bool>,
    pub text: Option<String>,
    pub html: Option<String>,
    pub page: Option<String>,
    pub paste: Option<String>,
}

/// How much one article may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Largest body, in bytes of UTF-8.
    pub max_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: 2 << 20 }
    }
}

/// Longest article id, in bytes.
pub const MAX_ID: usize = 255;
/// Longest of the other fields beside the body, in bytes.
pub const MAX_FIELD: usize = 4096;

/// Why an article was turned away.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ArticleError {
    /// There is no id.
    #[error("the article has no \"id\"")]
    NoId,
    /// The id is too long, holds control characters, or can't stand in an address.
    #[error("the article's id must have 1 to {MAX_ID} bytes and no control characters, and not be . or ..")]
    Id,
    /// No body, or more than one.
    #[error("an article needs exactly one of text, html, page and paste; this one has {0}")]
    Bodies(usize),
    /// More text than the setting allows.
    #[error("{field} has {bytes} bytes; at most {max} are allowed")]
    TooLarge {
        /// Which field.
        field: &'static str,
        /// How large it is.
        bytes: usize,
        /// How large it may be.
        max: usize,
    },
    /// A date that can't be understood.
    #[error(
        "published_at is not a date, as in 2026-11-24, or a date and time, as in 2026-11-24T06:00:00Z (RFC 3339)"
    )]
    Date,
    /// A character that no text has.
    #[error("{field} has a NUL character at byte {at}; send text only")]
    Nul {
        /// Which field.
        field: &'static str,
        /// Where.
        at: usize,
    },
}

impl Draft {
    /// Checks everything that can be checked without reading the text.
    ///
    /// # Errors
    /// The first rule that the draft breaks.
    pub fn check(self, limits: &Limits) -> Result<Article, ArticleError> {
        let article = Article {
            id: self.id.unwrap_or_default(),
            body: one_body(self.text, self.html, self.page, self.paste)?,
            url: filled(self.url),
            title: filled(self.title),
            byline: filled(self.byline),
            language: filled(self.language),
            image: filled(self.image),
            published_at: filled(self.published_at),
            voice: filled(self.voice),
        };
        check_id(&article.id)?;
        check_text("the body", article.body.source(), limits.max_bytes)?;
        if article.published_at.is_some() && article.goes_live().is_none() {
            return Err(ArticleError::Date);
        }
        for (field, value) in article.small_fields() {
            check_text(field, value.as_deref().unwrap_or_default(), MAX_FIELD)?;
        }
        Ok(article)
    }
}

impl Article {
    /// Plain text under an id, with nothing else known.
    pub fn plain(id: &str, text: &str) -> Self {
        Self {
            id: id.into(),
            url: None,
            title: None,
            byline: None,
            language: None,
            image: None,
            published_at: None,
            voice: None,
            body: Body::Text(text.into()),
        }
    }

    /// When it goes live, in milliseconds since 1970, if that is known. A date alone is its midnight
    /// in Greenwich.
    pub fn goes_live(&self) -> Option<i64> {
        let written = self.published_at.as_deref()?.trim();
        let time = written.parse::<Timestamp>().ok();
        let midnight = || TimeZone::UTC.to_timestamp(written.parse::<Date>().ok()?.at(0, 0, 0, 0)).ok();
        time.or_else(midnight).map(Timestamp::as_millisecond)
    }

    fn small_fields(&self) -> [(&'static str, &Option<String>); 7] {
        [
            ("url", &self.url),
            ("title", &self.title),
            ("byline", &self.byline),
            ("language", &self.language),
            ("image", &self.image),
            ("published_at", &self.published_at),
            ("voice", &self.voice),
        ]
    }
}

/// A blank field is an absent one.
fn filled(field: Option<String>) -> Option<String> {
    field.filter(|text| !text.trim().is_empty())
}

fn one_body(
    text: Option<String>,
    html: Option<String>,
    page: Option<String>,
    paste: Option<String>,
) -> Result<Body, ArticleError> {
    let mut bodies: Vec<Body> =
        [text.map(Body::Text), html.map(Body::Html), page.map(Body::Page), paste.map(Body::Paste)]
            .into_iter()
            .flatten()
            .collect();
    match (bodies.len(), bodies.pop()) {
        (1, Some(body)) => Ok(body),
        (n, _) => Err(ArticleError::Bodies(n)),
    }
}

fn check_id(id: &str) -> Result<(), ArticleError> {
    let fits = (1..=MAX_ID).contains(&id.len()) && !id.chars().any(char::is_control);
    if id.is_empty() {
        return Err(ArticleError::NoId);
    }
    // Browsers take these two for folders, however they are encoded.
    if fits && !matches!(id, "." | "..") { Ok(()) } else { Err(ArticleError::Id) }
}

fn check_text(field: &'static str, text: &str, max: usize) -> Result<(), ArticleError> {
    let bytes = text.len();
    if bytes > max {
        return Err(ArticleError::TooLarge { field, bytes, max });
    }
    match text.find('\0') {
        Some(at) => Err(ArticleError::Nul { field, at }),
        None => Ok(()),
    }
}
