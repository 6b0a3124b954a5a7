//! A whole web page pasted as plain text → the article in it.
//!
//! There is no markup to go by. Lines are judged one by one by their shape and by known words of
//! page furniture (`line.rs`, `furniture.rs`, `words.rs`); the article is where prose stands
//! together, best below its headline (`region.rs`, `title.rs`); what stands between its paragraphs
//! is judged by its neighbours (`keep.rs`).

mod byline;
mod furniture;
mod keep;
mod line;
mod region;
#[cfg(test)]
mod tests;
mod title;
mod words;

use std::ops::Range;

use super::extract::{Found, Piece};
use super::lines;
use super::script::{Note, Role};
pub(super) use byline::is_date;
pub(super) use furniture::heads_others;
use line::Line;

pub(super) fn pieces(text: &str) -> Found {
    let lines = lines::paragraphs(text, lines::NARROWEST);
    let lines: Vec<Line> = lines.into_iter().map(|(at, text)| Line::new(at, text)).collect();
    if region::is_all_article(&lines) {
        return Found { pieces: headed(lines::pieces(text)), ..Found::default() };
    }
    let headlines = title::headlines(&lines);
    match region::find(&lines, &headlines) {
        Some(region) => article(&lines, &headlines, region),
        None => {
            let note = Note::new("article-not-found", "nothing looks like an article; every line is read");
            Found { pieces: lines::pieces(text), notes: vec![note], ..Found::default() }
        }
    }
}

/// An article by itself begins with its headline.
fn headed(mut pieces: Vec<Piece>) -> Vec<Piece> {
    if let Some(first) = pieces.first_mut().filter(|piece| piece.role == Role::Heading) {
        first.role = Role::Title;
    }
    pieces
}

fn article(lines: &[Line], headlines: &[usize], region: Range<usize>) -> Found {
    let title = title::find(lines, headlines, &region);
    let from = title.map_or(region.start, |title| region.start.max(title + 1));
    let mut pieces: Vec<Piece> = title.map(|i| lines[i].piece(Role::Title)).into_iter().collect();
    pieces.extend(title::byline(lines, title, from).map(|i| lines[i].piece(Role::Byline)));
    pieces.extend(keep::kept(lines, from..region.end));
    let skipped = format!("{} of {} lines are not the article's", lines.len() - pieces.len(), lines.len());
    Found { pieces, notes: vec![Note::new("furniture-skipped", skipped)], ..Found::default() }
}
