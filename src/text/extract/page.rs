//! A web page → which of its blocks are the article.
//!
//! Blocks of prose weigh what they hold. What is named like furniture is left out unless it weighs
//! too much to be any; then the article is the innermost element that holds most of the weight,
//! and the prose between headline and it.

use std::collections::HashSet;

use ego_tree::NodeId;
use scraper::node::Element;
use scraper::{Html, Selector};

use super::element::is_hidden;
use super::metadata::Metadata;
use super::site::Site;
use super::walk::{Block, Outline, Part};
use super::{furniture, labels};
use crate::text::paste::is_date;
use crate::text::{Role, lines};

/// More are not looked for in what closes a page.
const MOST_AUTHORS: usize = 16;
/// Least weight of a text before the article's element that is taken for its lead.
const LEAD_BYTES: usize = 70;
/// Less prose than that is no article, if the page has more.
const HARDLY_ANY: usize = 150;
/// As much prose is one.
const ARTICLE_BYTES: usize = 1500;

/// Which blocks are the article's, in order, of a page that says this about itself.
pub(super) fn article(
    document: &Html,
    outline: &Outline<'_>,
    site: &Site,
    metadata: &Metadata,
) -> Vec<usize> {
    let judge = |trusted| Judge::new(document, outline, site, metadata, trusted);
    let all = judge(furniture::KINDS.len());
    if !all.chosen.is_empty() {
        return all.chosen();
    }
    let mut kept = all.judged();
    if all.weigh(&kept) < HARDLY_ANY {
        // Where hardly anything is left, names say something else on this page.
        let mut more = (1..furniture::KINDS.len()).rev().map(|trusted| judge(trusted).judged());
        kept = more.find(|more| all.weigh(more) >= ARTICLE_BYTES).unwrap_or(kept);
    }
    drop_before_headline(outline, &mut kept, metadata.title.as_deref().unwrap_or_default());
    drop_before_prose(outline, &mut kept);
    drop_repeated(outline, &mut kept);
    let authors = metadata.authors.as_deref().filter(|_| !site.bio).unwrap_or_default();
    drop_last(outline, &mut kept, authors);
    kept
}

struct Judge<'a> {
    outline: &'a Outline<'a>,
    /// What each block weighs.
    weights: Vec<usize>,
    /// Whether an element is not of the article.
    out: Vec<bool>,
    /// Elements that a site's rules name as the article.
    chosen: HashSet<usize>,
    /// Elements that the page says are for reading aloud, or for subscribers.
    told: HashSet<usize>,
    /// Whether what is said about the author is read.
    bio: bool,
}

impl<'a> Judge<'a> {
    fn new(
        document: &Html,
        outline: &'a Outline<'a>,
        site: &Site,
        metadata: &Metadata,
        trusted: usize,
    ) -> Self {
        let selected = |selectors: &[String]| selected(document, outline, selectors);
        let mut judge = Self {
            outline,
            weights: outline.blocks.iter().map(weight).collect(),
            out: vec![false; outline.elements.len()],
            chosen: selected(&site.include),
            told: selected(&[&metadata.speakable[..], &metadata.paywalled].concat()),
            bio: site.bio,
        };
        let excluded = selected(&site.exclude);
        judge.leave_out(|_, i| excluded.contains(&i));
        judge.leave_out_furniture(&furniture::KINDS[..trusted]);
        judge.leave_out_others(metadata);
        judge
    }

    fn leave_out(&mut self, is_out: impl Fn(&Part<'_>, usize) -> bool) {
        for (i, part) in self.outline.elements.iter().enumerate() {
            let around = self.out.get(part.parent).copied().unwrap_or_default();
            let out = around || is_out(part, i);
            if let Some(known) = self.out.get_mut(i) {
                *known |= out;
            }
        }
    }

    fn leave_out_furniture(&mut self, kinds: &[(furniture::IsKind, usize)]) {
        let (framing, bio, locked) = (self.framing(), self.bio, self.locked());
        for (is_kind, most) in kinds {
            let held = self.held();
            let limit = held.first().copied().unwrap_or_default() * most / 100;
            self.leave_out(|part, i| {
                let light = held.get(i).is_some_and(|held| *held <= limit);
                let read = framing.contains(&i) || bio && furniture::is_bio(part.element);
                let read = read && !is_hidden(part.element) || locked.contains(&i);
                light && !read && is_kind(part)
            });
        }
    }

    /// Paragraphs that only subscribers see, where they are much of a page; few tell how to become one.
    fn locked(&self) -> HashSet<usize> {
        let (held, parts) = (self.held(), self.outline.elements.iter().enumerate());
        let locked = parts.filter(|(_, part)| furniture::is_locked(part.element)).map(|(i, _)| i);
        let locked: HashSet<usize> = locked.collect();
        let much = locked.iter().map(|i| held[*i]).sum::<usize>() * 5 >= held[0];
        locked.into_iter().filter(|_| much).collect()
    }

    /// The elements around the page's headline, and around what is marked as most of it.
    fn framing(&self) -> HashSet<usize> {
        let held = self.held();
        let most = held.first().copied().unwrap_or_default() / 2;
        let title = self.outline.blocks.iter().find(|block| block.role == Role::Title);
        let parts = self.outline.elements.iter().enumerate();
        let is_article = |element: &Element| is_main(element) || furniture::is_article(element);
        let main = parts.filter(|(i, part)| held[*i] > most && is_article(part.element)).map(|(i, _)| i);
        let named = self.told.union(&self.chosen).copied();
        let starts = title.map(|title| title.within).into_iter().chain(main).chain(named);
        starts.flat_map(|start| self.outline.above(start)).collect()
    }

    /// What each element holds, without what is left out.
    fn held(&self) -> Vec<usize> {
        let mut held = vec![0; self.outline.elements.len()];
        for (block, weight) in self.outline.blocks.iter().zip(&self.weights) {
            if !self.is_out(block) {
                held[block.within] += weight;
            }
        }
        for (i, part) in self.outline.elements.iter().enumerate().skip(1).rev() {
            held[part.parent] += held[i];
        }
        held
    }

    fn weigh(&self, blocks: &[usize]) -> usize {
        blocks.iter().map(|i| self.weights[*i]).sum()
    }

    fn is_out(&self, block: &Block) -> bool {
        self.out.get(block.within).copied().unwrap_or_default()
    }

    fn chosen(&self) -> Vec<usize> {
        let inside = |block: &Block| self.outline.around(block).any(|e| self.chosen.contains(&e));
        let blocks = self.outline.blocks.iter().enumerate();
        blocks.filter(|(_, block)| inside(block) && !self.is_out(block)).map(|(i, _)| i).collect()
    }

    /// Biographies stand below the text.
    fn is_bio(&self, block: &Block) -> bool {
        let is_bio = |i: usize| furniture::is_bio(self.outline.elements[i].element);
        self.bio && self.outline.around(block).any(is_bio)
    }

    fn judged(&self) -> Vec<usize> {
        let root = self.root();
        let root_end = self.outline.elements.get(root).map_or(0, |part| part.end);
        let inside = |block: &Block| (root..root_end).contains(&block.within);
        let blocks = || self.outline.blocks.iter().enumerate();
        let first = blocks().find(|(_, block)| inside(block)).map_or(0, |(i, _)| i);
        let lead = self.lead(root, first);
        let links = Links::new(self.outline);
        let is_kept = |i: usize, block: &Block| {
            let placed = inside(block) && !links.leads_elsewhere(block, self.outline) && !says_nothing(block);
            !self.is_out(block)
                && (block.role == Role::Title || placed || lead.contains(&i) || self.is_bio(block))
        };
        blocks().filter(|(i, block)| is_kept(*i, block)).map(|(i, _)| i).collect()
    }

    /// The innermost element that holds most of the article.
    fn root(&self) -> usize {
        let held = self.held();
        let all = held.first().copied().unwrap_or_default();
        let marked = |part: &Part<'_>| {
            let article = is_main(part.element) || part.element.name() == "article";
            article.then(|| part.element.attr("itemprop") == Some("articleBody"))
        };
        let parts = self.outline.elements.iter().enumerate();
        let heavy = parts.filter(|(i, _)| !self.out[*i] && held[*i] * 5 >= all * 2);
        let hints = heavy.filter_map(|(i, part)| Some((marked(part)?, held[i], std::cmp::Reverse(i))));
        let mut root = hints.max().map_or(0, |(_, _, i)| i.0);
        for (i, part) in self.outline.elements.iter().enumerate().skip(root + 1) {
            let most = part.parent == root && held[i] * 4 >= held[root] * 3;
            if most && !self.out[i] && is_container(part.element) {
                root = i;
            }
        }
        root
    }

    /// Prose between the last headline and the first block of the article.
    fn lead(&self, root: usize, first: usize) -> HashSet<usize> {
        let before = self.outline.blocks.get(..first).unwrap_or_default();
        let headline = before.iter().rposition(|block| block.role == Role::Title).map(|i| i + 1);
        let is_top =
            |i: &usize| matches!(self.outline.elements[*i].element.name(), "article" | "main" | "body");
        let around = self.outline.blocks.get(first).map(|block| self.outline.around(block));
        let top = around.and_then(|mut around| around.find(|i| *i <= root && is_top(i))).unwrap_or_default();
        let from = headline.or_else(|| before.iter().position(|block| block.within >= top)).unwrap_or(first);
        let is_lead = |i: &usize| {
            let block = &before[*i];
            let long = self.weights[*i] > 0 && block.text.len() >= LEAD_BYTES;
            long && !self.is_out(block) && !says_nothing(block)
        };
        (from..first).filter(is_lead).collect()
    }
}

/// The elements that CSS selectors find; one that is none finds nothing.
fn selected(document: &Html, outline: &Outline<'_>, selectors: &[String]) -> HashSet<usize> {
    let parsed: Vec<Selector> = selectors.iter().filter_map(|s| Selector::parse(s).ok()).collect();
    let found: HashSet<NodeId> =
        parsed.iter().flat_map(|s| document.select(s)).map(|element| element.id()).collect();
    let parts = outline.elements.iter().enumerate();
    parts.filter(|(_, part)| found.contains(&part.node.id())).map(|(i, _)| i).collect()
}

/// Bytes of prose; less of what does not end like a sentence.
fn weight(block: &Block) -> usize {
    let text = &block.text;
    let few = text.len() < 50 && text.split_whitespace().nth(7).is_none();
    if few || block.linked * 2 > text.len() || block.role == Role::Title || is_stamp(text) {
        return 0;
    }
    let ends = text.ends_with(['.', '!', '?', '…', '。', '！', '？', ':', ';', '"', '”', '’', ')', '»', '।']);
    if ends { text.len() } else { text.len() * 3 / 10 }
}

/// When it was published, perhaps by whom.
fn is_stamp(text: &str) -> bool {
    text.len() < 2 * LEAD_BYTES && is_date(text)
}

fn is_main(element: &Element) -> bool {
    element.name() == "main"
        || element.attr("role") == Some("main")
        || element.attr("itemprop") == Some("articleBody")
}

/// What an article can be the content of.
fn is_container(element: &Element) -> bool {
    const NAMES: [&str; 11] =
        ["html", "body", "main", "article", "section", "div", "center", "table", "tbody", "tr", "td"];
    NAMES.contains(&element.name()) || matches!(element.name(), "form" | "span" | "font")
}

fn says_nothing(block: &Block) -> bool {
    let text = &block.text;
    !text.contains(char::is_alphabetic)
        || labels::is_furniture_text(text, block.role)
        || labels::is_invitation(text)
        || breaks_off(block)
}

/// What stands over the headline is of the site, if enough prose stands under it.
fn drop_before_headline(outline: &Outline<'_>, kept: &mut Vec<usize>, title: &str) {
    // A title may have its site's name behind it.
    let is_headline = |i: &usize| {
        let text = &outline.blocks[*i].text;
        let heads = matches!(outline.blocks[*i].role, Role::Title | Role::Heading);
        heads && text.contains(' ') && text.len() * 2 > title.len() && title.starts_with(text.as_str())
    };
    let Some(headline) = kept.iter().position(is_headline) else {
        return;
    };
    let weigh = |kept: &[usize]| kept.iter().map(|i| weight(&outline.blocks[*i])).sum::<usize>();
    if weigh(&kept[headline..]) * 2 >= weigh(kept) {
        kept.drain(..headline);
    }
}

/// The beginning of another text, with a link to its rest.
fn breaks_off(block: &Block) -> bool {
    let text = &block.text;
    block.linked > 0 && (text.contains('…') || text.contains("...")) && labels::is_teaser(text)
}

/// Dates, sections and labels between headline and text.
fn drop_before_prose(outline: &Outline<'_>, kept: &mut Vec<usize>) {
    let weighs = |i: &usize| weight(&outline.blocks[*i]) > 0;
    let is_prose = |i: &usize| weighs(i) && outline.blocks[*i].role != Role::Heading;
    let first = kept.iter().copied().find(weighs).unwrap_or_default();
    let prose = kept.iter().copied().find(is_prose).unwrap_or_default();
    kept.retain(|i| {
        let block = &outline.blocks[*i];
        let sentence = lines::without_closers(&block.text).ends_with(['.', '!', '?', ':']);
        let label = block.role == Role::Paragraph && !sentence && *i < first;
        let date = || matches!(block.role, Role::Paragraph | Role::Heading) && is_date(&block.text);
        *i >= prose || !label && !date()
    });
}

/// Leads stand twice where one is for telephones; a headline may be repeated over its text.
fn drop_repeated(outline: &Outline<'_>, kept: &mut Vec<usize>) {
    let mut seen: HashSet<&str> = HashSet::new();
    kept.retain(|i| {
        let block = &outline.blocks[*i];
        match block.role {
            Role::Heading if block.text.len() < LEAD_BYTES => !seen.contains(block.text.as_str()),
            Role::Title => seen.insert(&block.text),
            _ => block.text.len() < LEAD_BYTES || seen.insert(&block.text),
        }
    });
}

/// How much of each list or table is links.
struct Links(Vec<(usize, usize)>);

impl Links {
    fn new(outline: &Outline<'_>) -> Self {
        let mut sums = vec![(0, 0); outline.elements.len()];
        for block in &outline.blocks {
            sums[block.within].0 += block.linked;
            sums[block.within].1 += block.text.len();
        }
        for (i, part) in outline.elements.iter().enumerate().skip(1).rev() {
            let (linked, all) = sums[i];
            sums[part.parent].0 += linked;
            sums[part.parent].1 += all;
        }
        Self(sums)
    }

    /// Nothing but links, or in a list of little else.
    fn leads_elsewhere(&self, block: &Block, outline: &Outline<'_>) -> bool {
        let is_list = |i: &usize| matches!(outline.elements[*i].element.name(), "ul" | "ol" | "dl" | "table");
        let list = outline.around(block).find(is_list).map(|i| self.0[i]);
        block.is_link() || is_signpost(block) || list.is_some_and(|(linked, all)| linked * 2 > all)
    }
}

/// A few words, a colon or a bar, and the headline of another text, which leads to it.
fn is_signpost(block: &Block) -> bool {
    let leads = |(before, headline): (&str, &str)| {
        let words = |text: &str| text.split_whitespace().count();
        let begins = !headline.trim_start().starts_with(char::is_lowercase);
        words(before) <= 6
            && words(headline) > 3
            && begins
            && headline.trim().len().abs_diff(block.linked) <= 2
    };
    block.role == Role::Paragraph && block.text.split_once([':', '|', '：']).is_some_and(leads)
}

/// What closes a page. A heading or a colon that nothing follows heads what was left out.
fn drop_last(outline: &Outline<'_>, kept: &mut Vec<usize>, authors: &str) {
    let closes = |block: &Block| {
        let text = &block.text;
        let author = || authors.split(", ").take(MOST_AUTHORS).any(|author| labels::is_about(text, author));
        let leads_on = labels::is_lead_in(text) || block.linked > 0 && labels::is_teaser(text);
        let says_so = labels::is_closing_text(text) || labels::is_address(text) || author();
        // A quoted post ends in a date that is its own.
        let date = block.role != Role::Quote && is_date(text);
        block.role == Role::Heading || date || leads_on || says_so
    };
    let is_byline = |i: &usize| outline.blocks[*i].role == Role::Byline;
    let end = kept.iter().rposition(|i| !is_byline(i)).map_or(0, |last| last + 1);
    let bylines = kept.split_off(end);
    drop_last_headings(outline, kept);
    while kept.last().is_some_and(|last| closes(&outline.blocks[*last])) {
        kept.pop();
    }
    kept.extend(bylines);
}

/// Headings with hardly anything between them, below the last prose, are those of other texts.
fn drop_last_headings(outline: &Outline<'_>, kept: &mut Vec<usize>) {
    let heads = |i: &usize| outline.blocks[*i].role == Role::Heading;
    let says = |i: &usize| {
        let block = &outline.blocks[*i];
        weight(block) > 0 && (block.role != Role::Heading || block.text.ends_with(['.', '。', '।']))
    };
    let below = kept.iter().rposition(says).map_or(0, |last| last + 1);
    let first = kept[below..].iter().position(heads).map_or(kept.len(), |first| below + first);
    let headings = kept[first..].iter().filter(|i| heads(i)).count();
    if headings > 1 && headings * 3 > (kept.len() - first) * 2 {
        kept.truncate(first);
    }
}

mod others;
#[cfg(test)]
mod tests;
