//! Plain text → pieces: paragraphs, with hard-wrapped lines joined and headings told apart.

use super::extract::Piece;
use super::script::Role;

/// A line of at most this many words without a stop at its end reads as a heading.
const HEADING_WORDS: usize = 14;

pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> =
        paragraphs(text).into_iter().map(|(start, text)| piece(start, text)).collect();
    // Nothing follows the last line, so it heads nothing.
    if let Some(last) = pieces.last_mut().filter(|p| p.role == Role::Heading) {
        last.role = Role::Paragraph;
    }
    pieces
}

fn piece(start: usize, text: &str) -> Piece {
    let words = text.split_whitespace().count();
    let heading = words <= HEADING_WORDS && !text.contains('\n') && !ends_sentence(text);
    let role = if heading { Role::Heading } else { Role::Paragraph };
    Piece { role, text: text.to_owned(), start, language: None }
}

/// Paragraphs and the UTF-16 offset of each.
fn paragraphs(text: &str) -> Vec<(usize, &str)> {
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    let (mut byte, mut utf16) = (0, 0);
    for line in text.split_inclusive('\n') {
        let end = byte + line.trim_end().len();
        if !line.trim().is_empty() {
            match found.last_mut() {
                Some(last) if wraps(&text[last.0..last.1], line, &text[last.1..byte]) => {
                    last.1 = end;
                }
                _ => found.push((byte, end, utf16)),
            }
        }
        byte += line.len();
        utf16 += line.encode_utf16().count();
    }
    found.into_iter().map(|(from, to, at)| (at, &text[from..to])).collect()
}

/// Whether `line` goes on with the sentence that the line right above it left open.
fn wraps(above: &str, line: &str, gap: &str) -> bool {
    let adjacent = gap.matches('\n').count() == 1;
    let lower = line.trim_start().starts_with(char::is_lowercase);
    adjacent && lower && !ends_sentence(above)
}

fn ends_sentence(text: &str) -> bool {
    let closers = ['"', '\'', '”', '’', '»', ')', ']'];
    let text = text.trim_end().trim_end_matches(closers);
    text.ends_with(['.', '!', '?', '…', ':', ';', ',', '。', '！', '？'])
}
