//! Plain text → pieces: paragraphs, with hard-wrapped lines joined and headings told apart.

use super::extract::{Anchors, Piece};
use super::offset::Offset;
use super::script::Role;

/// A line of at most this many words without a stop at its end reads as a heading.
const HEADING_WORDS: usize = 14;

/// Characters of lines wrapped by hand.
pub(super) const NARROWEST: usize = 30;
const WIDEST: usize = 100;

/// Fewer full lines may be so by chance.
const FEWEST_WRAPS: usize = 3;

pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> =
        paragraphs(text, 1).into_iter().map(|(start, text)| piece(start, text)).collect();
    // Nothing follows the last line, so it heads nothing.
    if let Some(last) = pieces.last_mut().filter(|p| p.role == Role::Heading) {
        last.role = Role::Paragraph;
    }
    pieces
}

fn piece(start: Offset, text: &str) -> Piece {
    Piece {
        role: role(text),
        text: text.to_owned(),
        start,
        language: None,
        foreign: Vec::new(),
        anchors: Anchors::default(),
    }
}

/// What a line between paragraphs is by its shape.
pub(super) fn role(text: &str) -> Role {
    let words = text.split_whitespace().count();
    let heading = words <= HEADING_WORDS && !text.contains('\n') && !ends_sentence(text);
    if heading { Role::Heading } else { Role::Paragraph }
}

/// Paragraphs and where each begins. Lines of fewer characters than `narrowest` are taken
/// to stand by themselves.
pub(super) fn paragraphs(text: &str, narrowest: usize) -> Vec<(Offset, &str)> {
    let width = wrap_width(text);
    let mut found: Vec<(Offset, usize)> = Vec::new();
    let mut at = Offset::default();
    for line in text.split_inclusive('\n') {
        let end = at.byte + line.trim_end().len();
        let indent = &line[..line.len() - line.trim_start().len()];
        if !line.trim().is_empty() {
            let joins = |above: &str, gap: &str| wraps(above, line, gap, width, narrowest);
            match found.last_mut() {
                Some((from, to)) if joins(&text[from.byte..*to], &text[*to..at.byte]) => *to = end,
                _ => found.push((at.after(indent), end)),
            }
        }
        at = at.after(line);
    }
    found.into_iter().map(|(from, to)| (from, &text[from.byte..to])).collect()
}

/// Whether `line` goes on with what the line right above it left open.
fn wraps(above: &str, line: &str, gap: &str, width: Option<usize>, narrowest: usize) -> bool {
    let adjacent = gap.matches('\n').count() == 1;
    let above = above.rsplit('\n').next().unwrap_or(above).trim();
    let lower = line.trim_start().starts_with(char::is_lowercase);
    let open = || lower && !ends_sentence(above) && above.chars().count() >= narrowest;
    adjacent && (width.is_some_and(|width| is_full(above, line, width)) || open())
}

/// Whether the first word of the line below had no room any more.
fn is_full(line: &str, below: &str, width: usize) -> bool {
    let next = below.split_whitespace().next().map_or(0, |word| word.chars().count());
    line.trim_end().chars().count() + 1 + next > width
}

/// How many characters wide a text is, where somebody has wrapped its lines by hand: nearly every
/// line that another follows at once is full. Short ones, which end something, don't count.
fn wrap_width(text: &str) -> Option<usize> {
    let widest = text.lines().map(|line| line.trim_end().chars().count()).max()?;
    if !(NARROWEST..=WIDEST).contains(&widest) {
        return None;
    }
    let pairs = text
        .lines()
        .zip(text.lines().skip(1))
        .filter(|(line, below)| 2 * line.trim_end().chars().count() > widest && !below.trim().is_empty());
    let (full, all) = pairs.fold((0, 0), |(full, all), (line, below)| {
        (full + usize::from(is_full(line, below, widest)), all + 1)
    });
    (all >= FEWEST_WRAPS && 5 * full >= 4 * all).then_some(widest)
}

fn ends_sentence(text: &str) -> bool {
    without_closers(text).ends_with(['.', '!', '?', '…', ':', ';', ',', '。', '！', '？'])
}

/// The text up to the quotation marks and brackets that may stand behind a stop.
pub(super) fn without_closers(text: &str) -> &str {
    text.trim_end().trim_end_matches(['"', '\'', '”', '’', '»', ')', ']'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        paragraphs(text, NARROWEST)
            .into_iter()
            .map(|(_, text)| text.replace('\n', " ").replace('\r', ""))
            .collect()
    }

    const WRAPPED: [&str; 5] = [
        "The town council voted late on Tuesday",
        "to close the old bridge. Buses and the",
        "Blue Line will take another way.",
        "Walkers will find a ferry on the square",
        "from Monday on.",
    ];

    #[test]
    fn lines_wrapped_by_hand_are_put_together() {
        let whole = WRAPPED.join(" ");
        for end in ["\n", "\r\n"] {
            let text = format!("A title{end}{end}{}{end}The end.", WRAPPED.join(end));
            assert_eq!(read(&text), ["A title", whole.as_str(), "The end."]);
        }
    }

    #[test]
    fn lines_of_their_own_stay_apart() {
        let list = "the ferry\nthe railway bridge\nthe tunnel";
        let headlines =
            "Ferry gets a second boat this summer\nCounty short of money\nCouncil votes on the old bridge";
        for text in [list, headlines] {
            assert_eq!(read(text), text.lines().collect::<Vec<_>>());
        }
    }
}
