//! The headline and byline above an article.

use std::collections::HashSet;
use std::ops::Range;

use super::furniture::Furniture;
use super::line::{Kind, Line};

/// Words of a headline.
const WORDS: Range<usize> = 3..30;

/// Lines above an article among which its headline is looked for, where no other sign names it.
const NEAR: usize = 8;

/// Lines that say what the first one says. A paste mostly begins with the page's own title, and
/// that is the article's headline with the site's name behind or before it.
pub(super) fn headlines(lines: &[Line]) -> Vec<usize> {
    let Some((page, rest)) = lines.split_first() else {
        return Vec::new();
    };
    let page = words(page.text);
    let named = |line: &Line| may_head(line) && is_same(&page, &words(line.text));
    (1..).zip(rest).filter(|(_, line)| named(line)).map(|(i, _)| i).collect()
}

/// Whether two lines share most words of the shorter one, and that is not much shorter.
fn is_same(page: &HashSet<String>, line: &HashSet<String>) -> bool {
    let shared = page.intersection(line).count();
    shared >= WORDS.start && 4 * shared >= 3 * line.len() && 2 * shared >= page.len()
}

fn words(text: &str) -> HashSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

fn may_head(line: &Line) -> bool {
    WORDS.contains(&line.words) && matches!(line.kind, Kind::Short | Kind::Prose)
}

/// The headline nearest above the article's text; else the longest line right above it.
pub(super) fn find(lines: &[Line], headlines: &[usize], region: &Range<usize>) -> Option<usize> {
    let above = headlines.iter().rev().find(|&&i| i < region.start);
    let within = headlines.iter().find(|&&i| i < region.start + region.len() / 4);
    above.or(within).copied().or_else(|| {
        let near = region.start.saturating_sub(NEAR)..region.start;
        near.filter(|&i| may_head(&lines[i])).max_by_key(|&i| lines[i].words)
    })
}

/// The first line between headline and article that says who wrote it.
pub(super) fn byline(lines: &[Line], title: Option<usize>, from: usize) -> Option<usize> {
    let head = title.map_or(from.saturating_sub(NEAR), |t| t + 1)..from;
    head.into_iter().find(|&i| lines[i].is(Furniture::Byline) && !lines[i].text.starts_with(char::is_numeric))
}
