//! Article → [`Script`]: what is said, sentence by sentence, and where the reader sees it.
//!
//! Pure: no I/O, no clock, and it cannot fail; what is odd becomes a [`Note`].

mod around;
mod breath;
mod code;
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
pub use lexicon::{Case, EntryError, House, HouseEntry, ipa_with_s};
pub use script::{Block, Bytes, Change, Note, Pause, Role, Script, Sentence, Sound, Span, Token, changes};
pub use style::{Emoji, Style, VoiceOf};

use crate::article::Article;
use extract::Piece;
use lexicon::Reader;

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
    let host = article.url.as_deref().map(extract::host).unwrap_or_default();
    let mut block = |piece: &Piece| block(piece, &language, &host, style, &mut notes);
    let blocks = found.pieces.iter().map(&mut block);
    let mut blocks: Vec<Block> = blocks.filter(|block| !block.sentences.is_empty()).collect();
    if let Some(site) = extract::site_of(style.sites, article.url.as_deref()) {
        let date = article.published_at.as_deref().or(found.published_at.as_deref());
        let values = around::Values { title: found.title.as_deref(), date };
        around::put(&mut blocks, site, values, &language, |role, text, own| {
            block(&Piece { language: own.map(str::to_owned), ..Piece::of_field(role, text) })
        });
    }
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

/// What is said for a piece of an article in this language, on a host's page.
fn block(piece: &Piece, language: &str, host: &str, style: &Style<'_>, notes: &mut Vec<Note>) -> Block {
    let own_language = language::of_block(piece, language);
    let voice = style.voice_of(language, own_language.as_deref());
    let reader = Reader::new(own_language.as_deref().unwrap_or(language), &voice, host, style.house());
    let sentences = sentences(piece, &reader, style.emoji, notes);
    Block { role: piece.role, language: own_language, sentences, recording: None }
}

fn sentences(piece: &Piece, reader: &Reader<'_>, emoji: Emoji, notes: &mut Vec<Note>) -> Vec<Sentence> {
    let (text, long) = spoken::without_long_words(&piece.text);
    notes.extend(long);
    let parts = segment::parts(&text, reader.language);
    let foreign = language::runs(piece, reader.language);
    let mut sentences = spoken::sentences(&text, parts, piece.start, reader, &foreign, emoji);
    for sentence in &mut sentences {
        let Span(from, to) = sentence.span;
        sentence.path = piece.anchors.range(from - piece.start.utf16, to - piece.start.utf16);
    }
    if piece.role == Role::Code && code::is_listing(&piece.text) {
        sentences.iter_mut().for_each(code::skip);
    }
    sentences
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
