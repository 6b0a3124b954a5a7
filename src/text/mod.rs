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
mod style;

pub use extract::Site;
pub use lexicon::ipa_with_s;
pub use script::{Block, Bytes, Note, Pause, Role, Script, Sentence, Sound, Span, Token};
pub use style::{Emoji, Style};

use crate::article::Article;
use extract::Piece;

/// Language of articles that name none.
pub const DEFAULT_LANGUAGE: &str = "en";

/// Decides what is said for an article.
pub fn script(article: &Article) -> Script {
    script_with(article, &Style::default())
}

/// The same in a publisher's own style.
pub fn script_with(article: &Article, style: &Style<'_>) -> Script {
    let mut found = extract::extract(article, style.sites);
    let language = language::of_article(&mut found);
    let mut notes = found.notes;
    let blocks = found.pieces.iter().map(|piece| block(piece, &language, style, &mut notes));
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

fn block(piece: &Piece, article_language: &str, style: &Style<'_>, notes: &mut Vec<Note>) -> Block {
    let (text, long) = spoken::without_long_words(&piece.text);
    notes.extend(long);
    let own_language = language::of_block(piece, article_language);
    let language = own_language.as_deref().unwrap_or(article_language);
    let parts = segment::parts(&text, language);
    let foreign = language::runs(piece, language);
    let mut sentences = spoken::sentences(&text, parts, piece.start, language, &foreign, style.emoji);
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
