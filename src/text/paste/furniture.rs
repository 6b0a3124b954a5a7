//! What of a page belongs to no article, as known words and the shape of a line tell.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::{byline, words};

/// What a line that is not the article's is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Furniture {
    /// Advertisements and labels of players and pictures, which interrupt an article.
    Ad,
    Caption,
    /// Who wrote it, and when.
    Byline,
    Share,
    /// One other article, or another part of the page.
    Link,
    /// Newsletters, subscriptions, appeals.
    Promotion,
    /// What heads a list of other articles or topics.
    Section,
    /// Rights, terms, cookies.
    Legal,
    /// From here on readers have their say.
    Comments,
}

/// Words of a label; a longer line that begins like one may be a sentence.
const LABEL: usize = 14;

/// Words of a caption or an appeal.
const BOX: usize = 50;

/// Words of a notice; a longer line that says such things says more than that.
const LONGEST: usize = 120;

/// A notice has one of its words among so many.
const RARE: usize = 12;

/// Bytes of a line's end in which a picture's credit stands.
const TAIL: usize = 80;

pub(super) fn of(text: &str, words: usize) -> Option<Furniture> {
    if words > LONGEST {
        return None;
    }
    let folded = fold(text);
    whole(&folded)
        .or_else(|| byline::is(text, words).then_some(Furniture::Byline))
        .or_else(|| comments(&folded, words))
        .or_else(|| start(&folded, words))
        .or_else(|| end(&folded))
        .or_else(|| within(&folded, words))
        .or_else(|| is_notice(&folded, words).then_some(Furniture::Legal))
        .or_else(|| is_credited(&folded, words).then_some(Furniture::Caption))
}

/// Lower case, single spaces, straight apostrophes.
/// Whether a line heads a list of other articles, or what readers say, and is nothing else. Words by
/// themselves may head anything.
pub(in crate::text) fn heads_others(text: &str) -> bool {
    text.len() < 80
        && text.contains(' ')
        && matches!(whole(&fold(text)), Some(Furniture::Section | Furniture::Comments))
}

fn fold(text: &str) -> String {
    let lower = text.to_lowercase().replace('’', "'");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Digits count what was shared ("12 Shares").
fn whole(folded: &str) -> Option<Furniture> {
    WHOLE.get(folded.trim_matches(|c: char| !c.is_alphabetic())).copied()
}

fn start(folded: &str, words: usize) -> Option<Furniture> {
    let folded = folded.trim_start_matches(['-', '–', '—', '*', '•', '»', '›', '>', '+', '|', ' ']);
    let (furniture, _) = START.iter().find(|(_, start)| folded.starts_with(start))?;
    let label =
        matches!(furniture, Furniture::Share | Furniture::Link | Furniture::Byline | Furniture::Section);
    (words <= LABEL || !label).then_some(*furniture)
}

/// The link to the rest of another article, behind its first words.
fn end(folded: &str) -> Option<Furniture> {
    let bare = folded.trim_end_matches(|c: char| !c.is_alphanumeric());
    words::each(words::END).any(|end| bare.ends_with(end)).then_some(Furniture::Link)
}

fn within(folded: &str, words: usize) -> Option<Furniture> {
    let found = WITHIN.0.as_ref()?.find(folded)?;
    let furniture = *WITHIN.1.get(found.pattern().as_usize())?;
    (words <= BOX || furniture == Furniture::Legal).then_some(furniture)
}

fn is_notice(folded: &str, words: usize) -> bool {
    let said = NOTICE.iter().flat_map(|finder| finder.find_iter(folded)).map(|found| found.pattern());
    let said = said.collect::<HashSet<_>>().len();
    said >= 2 && RARE * said >= words
}

/// "Top Comments", "Posted in News | 6 comments".
fn comments(folded: &str, words: usize) -> Option<Furniture> {
    let tokens: Vec<&str> = folded.split(' ').collect();
    let is_said = |token: &&str| words::each(words::COMMENT).any(|said| token.starts_with(said));
    let labelled = words <= 4 && !folded.ends_with(['.', '?', '!']) && tokens.iter().any(is_said);
    let counted = words <= LABEL && tokens.windows(2).any(|pair| is_number(pair[0]) && is_said(&pair[1]));
    (labelled || counted).then_some(Furniture::Comments)
}

fn is_number(token: &str) -> bool {
    let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
    !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit())
}

fn is_credited(folded: &str, words: usize) -> bool {
    let tail = &folded[folded.ceil_char_boundary(folded.len().saturating_sub(TAIL))..];
    words <= BOX && CREDIT.as_ref().is_some_and(|finder| finder.is_match(tail))
}

static WHOLE: LazyLock<HashMap<&str, Furniture>> =
    LazyLock::new(|| words::entries(words::WHOLE).map(|(furniture, word)| (word, furniture)).collect());
static START: LazyLock<Vec<(Furniture, &str)>> = LazyLock::new(|| words::entries(words::START).collect());
static WITHIN: LazyLock<(Finder, Vec<Furniture>)> = LazyLock::new(|| {
    let (furniture, parts): (Vec<_>, Vec<_>) = words::entries(words::WITHIN).unzip();
    (finder(parts), furniture)
});
static NOTICE: LazyLock<Finder> = LazyLock::new(|| finder(words::each(words::NOTICE)));
static CREDIT: LazyLock<Finder> = LazyLock::new(|| finder(words::each(words::CREDIT)));

/// None only if there were more words than an automaton can hold.
type Finder = Option<AhoCorasick>;

fn finder(parts: impl IntoIterator<Item = &'static str>) -> Finder {
    AhoCorasick::new(parts).ok()
}
