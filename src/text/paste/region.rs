//! Where in a paste the article stands: the stretch where prose outweighs everything else.

use std::collections::HashSet;
use std::ops::Range;

use super::furniture::Furniture;
use super::line::{Kind, Line};

/// One long line (a licence, a list of all tags) weighs no more than a paragraph.
const MOST: i32 = 60;

/// A label between paragraphs is bridged by the next one, a menu by hardly anything.
const SHORT: i32 = -4;

/// Teasers are hardly ever so many words long.
const PARAGRAPH: usize = 40;

/// What a sentence between labels loses: it may be the teaser of another article.
const ALONE: i32 = 20;

/// What comes after the readers' comments begin is not looked at once so many words are found.
const ENOUGH: i32 = 60;

/// What the article's own headline above it is worth; so much prose before it goes on below it.
const HEADED: i32 = 80;

/// Lines in which three posts begin.
const THREAD: usize = 20;

/// Lines of bylines, dates and buttons that stand between headline and text.
const BELOW: usize = 16;

/// Interruptions that are looked across.
const REACH: usize = 4;

/// Fewer words of prose are no article.
const LEAST: i32 = 20;

/// The lines from the article's first paragraph to its last.
pub(super) fn find(lines: &[Line], headlines: &[usize]) -> Option<Range<usize>> {
    let headed: HashSet<usize> = headlines.iter().filter_map(|&h| first_below(lines, h)).collect();
    let last = headed.iter().max().copied().unwrap_or(0);
    let (mut best, mut most, mut enough) = (None, LEAST - 1, false);
    let (mut from, mut sum, mut start) = (0, 0, 0);
    for (i, line) in lines.iter().enumerate() {
        if enough && i >= last && (line.is(Furniture::Comments) || begins_thread(&lines[i..])) {
            break;
        }
        if sum < HEADED && headed.contains(&i) {
            (from, sum, start) = (i, HEADED, HEADED);
        } else if sum <= 0 {
            (from, sum, start) = (i, 0, 0);
        }
        sum += weight(line, is_paragraph(lines, i));
        if sum > most {
            (best, most, enough) = (Some(from..i + 1), sum, sum - start >= ENOUGH);
        }
    }
    best
}

/// The first prose that follows soon enough on a headline to be under it.
fn first_below(lines: &[Line], headline: usize) -> Option<usize> {
    let below = headline + 1;
    let prose = lines[below..].iter().take(BELOW).position(Line::is_prose)?;
    Some(below + prose)
}

/// Whether a line that says who spoke or when is followed by others like it: comments, or other
/// articles.
fn begins_thread(lines: &[Line]) -> bool {
    let mut stamps = lines.iter().take(THREAD).filter(|l| l.is(Furniture::Byline));
    lines.first().is_some_and(|l| l.is(Furniture::Byline)) && stamps.nth(2).is_some()
}

/// Words for prose; for the rest, how sure it is that the article does not go on behind it.
fn weight(line: &Line, is_paragraph: bool) -> i32 {
    let words = i32::try_from(line.words).map_or(MOST, |words| words.min(MOST));
    match line.kind {
        Kind::Prose if is_paragraph => words,
        Kind::Prose => words - ALONE,
        Kind::Short => SHORT,
        Kind::Blank => 0,
        Kind::Furniture(furniture) => match furniture {
            Furniture::Ad | Furniture::Caption => 0,
            Furniture::Share | Furniture::Link => -5,
            Furniture::Promotion | Furniture::Section => -15,
            Furniture::Byline => -20,
            Furniture::Legal => -30,
            Furniture::Comments => -80,
        },
    }
}

/// Whether a line is prose in the company of prose, not counting interruptions, or long enough to
/// need none.
pub(super) fn is_paragraph(lines: &[Line], i: usize) -> bool {
    let counts = |line: &&Line| {
        !matches!(line.kind, Kind::Blank | Kind::Furniture(Furniture::Ad | Furniture::Caption))
    };
    let above = || lines[..i].iter().rev().take(REACH).find(counts);
    let below = || lines[i + 1..].iter().take(REACH).find(counts);
    let in_company = || above().is_some_and(Line::is_prose) || below().is_some_and(Line::is_prose);
    lines[i].is_prose() && (lines[i].words >= PARAGRAPH || in_company())
}

/// Whether there is no page around the article: no furniture but what articles begin with, and
/// mostly prose.
pub(super) fn is_all_article(lines: &[Line]) -> bool {
    let bare = |line: &Line| !matches!(line.kind, Kind::Furniture(f) if f != Furniture::Byline);
    let words = |of: &dyn Fn(&Line) -> bool| lines.iter().filter(|l| of(l)).map(|l| l.words).sum::<usize>();
    lines.iter().all(bare) && 2 * words(&|l| l.is_prose()) >= words(&|_| true)
}
