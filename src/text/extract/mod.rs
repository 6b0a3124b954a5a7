//! Article → pieces of text with a role each, whatever form the body has.

mod element;
mod furniture;
mod gate;
mod html;
mod labels;
mod metadata;
mod meter;
mod page;
mod path;
mod site;
mod walk;

pub use site::Site;
pub(super) use site::{host, is_of, of as site_of};

use std::ops::Range;

use super::offset::Offset;
use super::script::{Note, Role};
use super::{lines, paste};
use crate::article::{Article, Body};
pub(super) use path::Anchors;

/// One block's text, and where it begins in the text the reader sees.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) role: Role,
    pub(super) text: String,
    pub(super) start: Offset,
    /// As its markup says; the article's otherwise.
    pub(super) language: Option<String>,
    /// The parts that are in another language still, in order.
    pub(super) foreign: Vec<Run>,
    /// Where it stands in the markup, if it came from any.
    pub(super) anchors: Anchors,
}

impl Piece {
    /// What came as a field of its own, or stands in no text.
    pub(super) fn of_field(role: Role, text: &str) -> Self {
        let start = Offset::default();
        Self {
            role,
            text: text.to_owned(),
            start,
            language: None,
            foreign: Vec::new(),
            anchors: Anchors::default(),
        }
    }
}

/// Words of a block that are in a language of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// In bytes of the block's text, the space before it too.
    pub(super) range: Range<usize>,
    /// As its markup says.
    pub(super) language: String,
}

/// What was found in an article.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
    pub(super) image: Option<String>,
    pub(super) published_at: Option<String>,
    pub(super) pieces: Vec<Piece>,
    pub(super) notes: Vec<Note>,
}

/// Finds an article's text; `sites` are the rules for pages.
pub(super) fn extract(article: &Article, sites: &[Site]) -> Found {
    let site = site::of(sites, article.url.as_deref());
    let mut found = match &article.body {
        Body::Text(text) => Found { pieces: lines::pieces(text), ..Found::default() },
        Body::Paste(text) => paste::pieces(text),
        Body::Html(source) => html::body(source),
        Body::Page(source) => html::page(source, site.unwrap_or(&Site::default())),
    };
    if let Some(language) = &article.language {
        found.language = Some(language.clone());
    }
    head(article, &mut found);
    found
}

/// Puts the headline and byline that came as fields before the body, unless it has them too.
fn head(article: &Article, found: &mut Found) {
    let fields = [(Role::Title, &article.title), (Role::Byline, &article.byline)];
    for (role, field) in fields.into_iter().rev() {
        let Some(text) = field.as_ref().filter(|t| !t.trim().is_empty()) else {
            continue;
        };
        // The body may begin with the same; what stands further down is the article's own.
        let leading = found.pieces.iter().take(3).position(|p| p.role == role || same(&p.text, text));
        if let Some(i) = leading {
            found.pieces.remove(i);
        }
        found.pieces.insert(0, Piece::of_field(role, text));
    }
    found.title = (found.pieces.iter())
        .find(|p| p.role == Role::Title)
        .map(|p| p.text.trim().to_owned())
        .or(found.title.take());
}

fn same(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}
