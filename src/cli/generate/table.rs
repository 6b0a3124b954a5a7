//! The table of what became of each article.

use console::{Style, measure_text_width, truncate_str};

use super::run::{End, Row};
use crate::cli::figures::{clock, grouped};

/// Columns of a table before the article's name.
pub(super) const BEFORE_NAME: usize = 39;

pub(super) fn head() -> String {
    format!("{:12} {:>8} {:>9} {:>5}  ARTICLE", "STATE", "WORDS", "AUDIO", "NEW")
}

/// A row of the table; in a terminal a long reason has lines of its own, else all is on one line.
pub(super) fn lines(row: &Row, columns: Option<usize>) -> Vec<String> {
    let (state, style, reason) = told(row);
    let audio = row.duration.map_or_else(String::new, clock);
    let words = if row.sentences == 0 { String::new() } else { grouped(row.words as f64) };
    let new = if row.sentences == 0 { String::new() } else { row.new.to_string() };
    let state = style.apply_to(format!("{state:12}"));
    let (name, reason) = (clean(&row.id), clean(&together(reason, &row.before())));
    let before = format!("{state} {words:>8} {audio:>9} {new:>5}  ");
    match columns {
        Some(columns) => {
            let name = truncate_str(&name, columns - BEFORE_NAME, "…");
            let reason = wrapped(&reason, columns - 4).into_iter().map(|line| format!("    {line}"));
            std::iter::once(format!("{before}{name}")).chain(reason).collect()
        }
        None if reason.is_empty() => vec![format!("{before}{name}")],
        None => vec![format!("{before}{name}: {reason}")],
    }
}

pub(super) fn told(row: &Row) -> (&'static str, Style, &str) {
    let style = Style::new();
    match &row.end {
        Some(End::Ready) => ("ready", style.green(), ""),
        Some(End::Unchanged) => ("unchanged", style.dim(), ""),
        Some(End::Lacking) => ("to make", style.yellow(), ""),
        Some(End::Waiting) | None => ("waiting", style.yellow(), ""),
        Some(End::Failed(reason)) => ("failed", style.red(), reason),
        Some(End::NeedsReview(reason)) => ("needs_review", style.yellow(), reason),
    }
}

fn together(reason: &str, before: &str) -> String {
    let gap = if reason.is_empty() || before.is_empty() { "" } else { "; " };
    format!("{reason}{gap}{before}")
}

/// Nothing that a terminal would take for a command.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A text in lines of at most so many columns, parted between words.
pub(super) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let word = truncate_str(word, columns, "…");
        match lines.last_mut() {
            Some(line) if measure_text_width(line) + 1 + measure_text_width(&word) <= columns => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word.into_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, end: End) -> Row {
        let duration = (end == End::Ready).then_some(161.2);
        Row {
            id: id.into(),
            words: 1413,
            sentences: 60,
            made: 60,
            new: 12,
            duration,
            end: Some(end),
            ..Row::default()
        }
    }

    #[test]
    fn rows_fit_their_terminal() {
        let reason = "there is nothing to read in it; link-skipped, and a line long enough to be parted";
        for columns in [59, 119] {
            for end in [End::Ready, End::Failed(reason.into()), End::NeedsReview(reason.into())] {
                let row = row("https://example.org/2026/11/25/the-little-ferry-goes-back-to-work", end);
                let lines = super::lines(&row, Some(columns));
                assert!(lines.iter().all(|line| measure_text_width(line) <= columns), "{lines:?}");
            }
        }
        let lines = super::lines(&row("ferry", End::Failed(reason.into())), Some(59));
        assert_eq!(lines[0], "failed          1,413              12  ferry");
        assert_eq!(lines[1..].iter().map(|l| l.trim()).collect::<Vec<_>>().join(" "), reason);
    }

    #[test]
    fn a_pipe_gets_one_line_and_no_commands() {
        let row = row("a\u{1b}[2Jb", End::Failed("two\nlines".into()));
        assert_eq!(lines(&row, None), ["failed          1,413              12  a [2Jb: two lines"]);
    }
}
