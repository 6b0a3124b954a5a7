//! Article → [`Script`]: what is said, sentence by sentence, and where the reader sees it.
//!
//! Pure: no I/O, no clock, and it cannot fail; what is odd becomes a [`Note`].

mod breath;
mod extract;
mod language;
mod lexicon;
mod lines;
mod normalise;
mod offset;
mod paste;
mod script;
mod segment;
mod spoken;

pub use extract::Site;
pub use script::{Block, Bytes, Note, Pause, Role, Script, Sentence, Sound, Span, Token};

use crate::article::Article;
use extract::Piece;

/// Language of articles that name none.
pub const DEFAULT_LANGUAGE: &str = "en";

/// Decides what is said for an article.
pub fn script(article: &Article) -> Script {
    script_with(article, &[])
}

/// The same, where some hosts have rules for their pages.
pub fn script_with(article: &Article, sites: &[Site]) -> Script {
    let mut found = extract::extract(article, sites);
    let language = language::of_article(&mut found);
    let mut notes = found.notes;
    let blocks = found.pieces.iter().map(|piece| block(piece, &language, &mut notes));
    let mut blocks: Vec<Block> = blocks.filter(|block| !block.sentences.is_empty()).collect();
    set_pauses(&mut blocks);
    Script {
        id: article.id.clone(),
        title: found.title,
        language,
        image: found.image,
        published_at: found.published_at,
        blocks,
        notes,
    }
}

fn block(piece: &Piece, article_language: &str, notes: &mut Vec<Note>) -> Block {
    let (text, long) = spoken::without_long_words(&piece.text);
    notes.extend(long);
    let own_language = language::of_block(piece, article_language);
    let language = own_language.as_deref().unwrap_or(article_language);
    let parts = segment::parts(&text, language);
    let mut sentences = spoken::sentences(&text, parts, piece.start, language);
    for sentence in &mut sentences {
        let Span(from, to) = sentence.span;
        sentence.path = piece.anchors.range(from - piece.start.utf16, to - piece.start.utf16);
    }
    Block { role: piece.role, language: own_language, sentences }
}

/// A sentence's pause depends on what comes after it, so it is set last.
fn set_pauses(blocks: &mut [Block]) {
    let heads: Vec<bool> = blocks.iter().map(|b| b.role == Role::Heading).collect();
    for (i, block) in blocks.iter_mut().enumerate() {
        let before_heading = heads.get(i + 1).copied().unwrap_or(false);
        if let Some(last) = block.sentences.last_mut() {
            last.pause = if before_heading { Pause::Heading } else { Pause::Paragraph };
        }
    }
}
