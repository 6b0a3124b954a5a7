//! What else stands on an article's page: other articles, whole or in lists, and shows of pictures.

use std::collections::{HashMap, HashSet};

use super::super::metadata::Metadata;
use super::super::walk::Block;
use super::super::{furniture, labels};
use super::{ARTICLE_BYTES, Judge};
use crate::text::Role;
use crate::text::paste::{heads_others, is_date};

/// Fewer numbered texts are no show of pictures.
const FEWEST_SLIDES: usize = 3;
/// Most of a page that stands under a heading of other articles, in percent of its weight.
const MOST_HEADED: usize = 50;
/// Fewer headlines with texts are no row of other articles.
const FEWEST_CARDS: usize = 3;
/// Words of a headline, less one.
const LEAST_HEADLINE: usize = 3;
/// Most of a page that such a row is where each of its texts is dated or breaks off.
const MOST_TOLD: usize = 80;
/// Bytes of a headline and the beginning of its text.
const MOST_TEASER: usize = 400;

impl Judge<'_> {
    pub(super) fn leave_out_others(&mut self, metadata: &Metadata) {
        self.leave_out_next(metadata.title.as_deref().unwrap_or_default());
        self.leave_out_headed(metadata.site.as_deref().unwrap_or_default());
        self.leave_out_cards();
        self.leave_out_slides();
    }

    /// Articles that some sites let follow the one that was asked for.
    fn leave_out_next(&mut self, title: &str) {
        let outline = self.outline;
        let is_article = |e: &usize| outline.elements[*e].element.name() == "article";
        let titles = outline.blocks.iter().filter(|b| b.role == Role::Title && !self.is_out(b));
        let mut titled = titles.filter_map(|b| Some((b, outline.around(b).find(is_article)?)));
        let is_named = |text: &str| text.len() * 2 > title.len() && title.starts_with(text);
        let held = self.held();
        // A live blog's head is short, and what follows is its own.
        let own = titled.find(|(b, _)| is_named(&b.text)).map(|(_, own)| own);
        let Some(own) = own.filter(|own| held[*own] >= ARTICLE_BYTES) else {
            return;
        };
        let apart = |e: &usize| *e >= outline.elements[own].end;
        let next = titled.filter(|(b, article)| !is_named(&b.text) && apart(article));
        let next: HashSet<usize> = next.map(|(_, article)| article).collect();
        self.leave_out(|_, i| next.contains(&i));
    }

    /// What its heading says is of other articles, or of readers: the largest element that begins with it.
    fn leave_out_headed(&mut self, site: &str) {
        let (held, framing, outline) = (self.held(), self.framing(), self.outline);
        let limit = held.first().copied().unwrap_or_default() * MOST_HEADED / 100;
        let mut before = usize::MAX;
        let mut headed = HashSet::new();
        for (n, block) in outline.blocks.iter().enumerate() {
            let begins = |e: &usize| !(*e..outline.elements[*e].end).contains(&before);
            let apart = |e: &usize| held[*e] <= limit && !framing.contains(e) && begins(e);
            let heads = matches!(block.role, Role::Heading | Role::Paragraph);
            // What is listed already heads nothing of its own, and is looked at once.
            let listed = || outline.around(block).any(|e| headed.contains(&e));
            let others = || heads_others(&block.text) || labels::heads_more_of(&block.text, site);
            if heads && others() && !listed() {
                headed.extend(outline.around(block).take_while(apart).last());
                headed.extend(self.listed_below(n, &held));
            }
            before = block.within;
        }
        let bio = self.bio;
        self.leave_out(|part, i| headed.contains(&i) && !(bio && furniture::is_bio(part.element)));
    }

    /// What follows a heading in the same element and begins with a link, as far as it is no more than may be headed so.
    fn listed_below(&self, heading: usize, held: &[usize]) -> Vec<usize> {
        let outline = self.outline;
        let around = outline.elements[outline.blocks[heading].within].parent;
        let inside = |b: &&Block| b.within > around && b.within < outline.elements[around].end;
        let most = held[0] * MOST_HEADED / 100;
        let (mut listed, mut end, mut sum) = (Vec::new(), 0, 0);
        for block in outline.blocks[heading + 1..].iter().take_while(inside) {
            let child = outline.around(block).find(|e| outline.elements[*e].parent == around);
            let Some(child) = child.filter(|_| block.within >= end) else {
                continue;
            };
            sum += held[child];
            if !block.is_link() || sum > most {
                break;
            }
            end = outline.elements[child].end;
            listed.push(child);
        }
        listed
    }

    /// Other articles in a row: each has its headline, which leads to it, and the beginning of its text.
    fn leave_out_cards(&mut self) {
        let (held, framing, outline) = (self.held(), self.framing(), self.outline);
        let cards = self.cards();
        // A paragraph may begin with a link and go on below it.
        let mut rows: HashMap<usize, Vec<usize>> = HashMap::new();
        for (i, part) in outline.elements.iter().enumerate().skip(1) {
            if part.element.name() != "p" && cards[i].is_one() && !framing.contains(&i) && !self.out[i] {
                rows.entry(part.parent).or_default().push(i);
            }
        }
        let is_row = |row: &&Vec<usize>| {
            let told = row.iter().all(|card| cards[*card].told);
            let most = if told { MOST_TOLD } else { MOST_HEADED };
            let sum = row.iter().map(|i| held[*i]).sum::<usize>();
            // What a list of books says of each is longer, or the article goes on below it.
            let brief = || sum <= row.len() * MOST_TEASER && row.last().is_some_and(|last| self.ends(*last));
            row.len() >= FEWEST_CARDS && sum * 100 <= held[0] * most && (told || brief())
        };
        let out: HashSet<usize> = rows.values().filter(is_row).flatten().copied().collect();
        self.leave_out(|_, i| out.contains(&i));
    }

    /// Whether no prose is kept below an element.
    fn ends(&self, element: usize) -> bool {
        let below = |block: &Block| block.within >= self.outline.elements[element].end && !self.is_out(block);
        !self.outline.blocks.iter().zip(&self.weights).any(|(block, weight)| *weight > 0 && below(block))
    }

    /// What each element holds of what makes a card.
    fn cards(&self) -> Vec<Card> {
        let outline = self.outline;
        let mut cards = vec![Card::default(); outline.elements.len()];
        for (block, weight) in outline.blocks.iter().zip(&self.weights).filter(|(b, _)| !self.is_out(b)) {
            cards[block.within].add(Card::of(block, *weight));
        }
        for (i, part) in outline.elements.iter().enumerate().skip(1).rev() {
            let inner = cards[i];
            cards[part.parent].add(inner);
        }
        cards
    }

    /// A show of pictures beside the article, numbered one after the other: "3/50".
    fn leave_out_slides(&mut self) {
        let (held, framing, outline) = (self.held(), self.framing(), self.outline);
        let blocks = outline.blocks.iter().filter(|block| !self.is_out(block));
        let slides: Vec<_> = blocks.filter_map(|b| Some((labels::slide(&b.text)?, b.within))).collect();
        let in_order = slides.windows(2).all(|pair| (pair[0].0.0 + 1, pair[0].0.1) == pair[1].0);
        let ends = slides.first().zip(slides.last()).filter(|_| in_order && slides.len() >= FEWEST_SLIDES);
        let show = ends.and_then(|((_, first), (_, last))| {
            outline.above(*first).find(|e| (*e..outline.elements[*e].end).contains(last))
        });
        let beside = |show: &usize| !framing.contains(show) && held[0] - held[*show] >= ARTICLE_BYTES;
        if let Some(show) = show.filter(beside) {
            self.leave_out(|_, i| i == show);
        }
    }
}

/// How much of what makes a card an element holds.
#[derive(Clone, Copy, Default)]
struct Card {
    headlines: usize,
    texts: usize,
    /// Whether it has a date, or a text that breaks off.
    told: bool,
}

impl Card {
    fn of(block: &Block, weight: usize) -> Self {
        let cut = weight > 0 && is_cut(&block.text);
        let long = block.text.split_whitespace().nth(LEAST_HEADLINE).is_some();
        Self {
            headlines: usize::from(long && (block.is_link() || cut && block.linked > 0)),
            texts: usize::from(weight > 0),
            told: cut || is_date(&block.text),
        }
    }

    fn add(&mut self, other: Self) {
        self.headlines += other.headlines;
        self.texts += other.texts;
        self.told |= other.told;
    }

    /// One headline and the beginning of one text, or its date.
    fn is_one(&self) -> bool {
        self.headlines == 1 && (self.texts == 1 || self.texts == 0 && self.told)
    }
}

/// "It is to be built in the next town […]"
fn is_cut(text: &str) -> bool {
    let text = text.strip_suffix(']').unwrap_or(text);
    text.ends_with('…') || text.ends_with("...")
}
