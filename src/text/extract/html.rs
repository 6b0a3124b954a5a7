//! Markup → pieces: a body's are all of its blocks, a page's those that are its article.

use std::collections::HashSet;

use super::element::unseen;
use super::metadata::{self, Metadata};
use super::site::Site;
use super::walk::{self, Block, Outline};
use super::{Found, Piece, gate, page};
use crate::text::lines;
use crate::text::offset::Offset;
use crate::text::{Note, Role};

/// All that a body holds.
pub(super) fn body(source: &str) -> Found {
    let document = match gate::parse(source) {
        Ok(document) => document,
        Err(refused) => return Found { notes: vec![refused], ..Found::default() },
    };
    // Paths begin in the element that the site puts the body into.
    let outline = walk::outline(&document, unseen, 2);
    let Metadata { title, language, .. } = metadata::read(&document);
    Found { title, language, pieces: pieces(outline.blocks), ..Found::default() }
}

/// A page's article.
pub(super) fn page(source: &str, site: &Site) -> Found {
    let document = match gate::parse(source) {
        Ok(document) => document,
        Err(refused) => return Found { notes: vec![refused], ..Found::default() },
    };
    let metadata = metadata::read(&document);
    let outline = walk::outline(&document, |_| false, 1);
    let kept = page::article(&document, &outline, site, &metadata);
    let mut pieces = pieces(only(outline, &kept));
    let notes = prefer_data(&mut pieces, metadata.body.as_deref().unwrap_or_default());
    let head = [(Role::Title, &metadata.title), (Role::Byline, &metadata.authors)];
    add_head(&mut pieces, head);
    Found {
        title: metadata.title,
        language: metadata.language,
        image: metadata.image,
        published_at: metadata.published_at,
        pieces,
        notes: notes.into_iter().collect(),
    }
}

fn only(outline: Outline<'_>, kept: &[usize]) -> Vec<Block> {
    let mut kept = kept.iter().peekable();
    let blocks = outline.blocks.into_iter().enumerate();
    blocks.filter(|(i, _)| kept.next_if_eq(&i).is_some()).map(|(_, block)| block).collect()
}

fn pieces(blocks: Vec<Block>) -> Vec<Piece> {
    let mut start = Offset::default();
    let piece = |block: Block| {
        let at = start;
        start = start.after(&block.text).after("\n");
        Piece {
            role: block.role,
            text: block.text,
            start: at,
            language: block.language,
            foreign: block.foreign,
            anchors: block.anchors,
        }
    };
    blocks.into_iter().map(piece).collect()
}

/// A page may hold its article only as data, for a script to show.
fn prefer_data(pieces: &mut Vec<Piece>, body: &str) -> Option<Note> {
    let shown: usize = pieces.iter().filter(|piece| !is_head(piece)).map(|piece| piece.text.len()).sum();
    (shown * 3 < body.len()).then(|| {
        pieces.retain(is_head);
        pieces.extend(lines::pieces(body));
        Note::new("text-from-data", "most of the text stands in the page's JSON-LD only")
    })
}

fn is_head(piece: &Piece) -> bool {
    matches!(piece.role, Role::Title | Role::Byline)
}

/// Headline and authors as the page names them, unless they stand in it.
fn add_head(pieces: &mut Vec<Piece>, head: [(Role, &Option<String>); 2]) {
    for (role, named) in head {
        let named = named.as_deref().unwrap_or_default();
        if named.is_empty() || pieces.iter().any(|piece| piece.role == role) {
            continue;
        }
        let first = pieces.first().map_or(0, |piece| piece.start.byte);
        // A title may have its site's name behind it, a headline its section before it.
        let is_named = |piece: &Piece| {
            let heads = piece.role == Role::Heading && role == Role::Title && piece.start.byte == first;
            piece.text.contains(' ') && (named.starts_with(&piece.text) || heads && alike(&piece.text, named))
        };
        if let Some(piece) = pieces.iter_mut().take(HEAD).find(|piece| is_named(piece)) {
            piece.role = role;
            continue;
        }
        let at = pieces.iter().position(|piece| piece.role == Role::Title).map_or(0, |title| title + 1);
        pieces.insert(at, Piece::of_field(role, named));
    }
}

/// Whether most words of the longer stand in the other.
fn alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> HashSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let common = a.intersection(&b).count();
    common >= 3 && common * 5 >= a.len().max(b.len()) * 3
}

/// Among how many of the first pieces headline and authors are looked for.
const HEAD: usize = 5;
