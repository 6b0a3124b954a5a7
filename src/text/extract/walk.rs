//! HTML → an outline: its elements, and its blocks of text with their roles, languages and places.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use super::Run;
use super::element::{is_block, is_cell, is_note_mark, is_row, language, never_read, role};
use super::path::{Anchors, Steps};
use crate::text::Role;

/// The elements and blocks of a document, in its order.
#[derive(Default)]
pub(super) struct Outline<'a> {
    pub(super) elements: Vec<Part<'a>>,
    pub(super) blocks: Vec<Block>,
}

/// An element that is read, or that something read stands in.
pub(super) struct Part<'a> {
    pub(super) node: NodeRef<'a, Node>,
    pub(super) element: &'a Element,
    /// Index of the element around it; the first's is its own.
    pub(super) parent: usize,
    /// Index after its last descendant's.
    pub(super) end: usize,
    role: Role,
    language: Option<&'a str>,
}

/// A run of text that no block begins or ends within.
pub(super) struct Block {
    pub(super) text: String,
    pub(super) role: Role,
    pub(super) language: Option<String>,
    /// What of it is in another one.
    pub(super) foreign: Vec<Run>,
    /// Index of the innermost element around all of it.
    pub(super) within: usize,
    /// How many of its bytes belong to links.
    pub(super) linked: usize,
    pub(super) anchors: Anchors,
}

impl Block {
    /// Whether it leads elsewhere, and does hardly anything else.
    pub(super) fn is_link(&self) -> bool {
        self.linked * 5 > self.text.len() * 4
    }
}

impl Outline<'_> {
    /// The elements around a block, the innermost first.
    pub(super) fn around(&self, block: &Block) -> impl Iterator<Item = usize> {
        self.above(block.within)
    }

    /// An element and those around it, the innermost first.
    pub(super) fn above(&self, element: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(element), |at| {
            self.elements.get(*at).map(|part| part.parent).filter(|parent| parent != at)
        })
    }
}

/// Walks a document, passing over what is never read and what `skip` names; paths begin below its
/// first `above` elements.
pub(super) fn outline(document: &Html, skip: fn(&Element) -> bool, above: usize) -> Outline<'_> {
    let mut walk = Walk::new(skip, Steps::below(above));
    for edge in document.tree.root().traverse() {
        match edge {
            Edge::Open(node) => walk.open(node),
            Edge::Close(node) => walk.close(node),
        }
    }
    walk.flush();
    walk.outline
}

/// Collects text until a block begins or ends.
struct Walk<'a> {
    skip: fn(&Element) -> bool,
    outline: Outline<'a>,
    /// Indices of the open elements.
    open: Vec<usize>,
    steps: Steps,
    skipping: usize,
    links: usize,
    rows: usize,
    text: String,
    /// The innermost element around all of the text.
    within: Option<usize>,
    linked: usize,
    anchors: Anchors,
    /// Where in the text which language begins.
    languages: Vec<(usize, Option<&'a str>)>,
}

impl<'a> Walk<'a> {
    fn new(skip: fn(&Element) -> bool, steps: Steps) -> Self {
        Self {
            skip,
            outline: Outline::default(),
            open: Vec::new(),
            steps,
            skipping: 0,
            links: 0,
            rows: 0,
            text: String::new(),
            within: None,
            linked: 0,
            anchors: Anchors::default(),
            languages: Vec::new(),
        }
    }

    fn open(&mut self, node: NodeRef<'a, Node>) {
        match node.value() {
            Node::Element(element) => self.open_element(node, element),
            Node::Text(text) => self.text(text),
            _ => {}
        }
    }

    fn open_element(&mut self, node: NodeRef<'a, Node>, element: &'a Element) {
        self.steps.open();
        if self.skipping > 0 || never_read(element) || (self.skip)(element) || is_note_mark(node, element) {
            self.skipping += 1;
            return;
        }
        self.rows += usize::from(is_row(node, element));
        if self.breaks(element) {
            self.flush();
        } else if is_cell(element) && !self.text.trim().is_empty() {
            self.anchors.push_gap(&mut self.text, ", ");
        }
        self.links += usize::from(element.name() == "a");
        let index = self.outline.elements.len();
        let parent = self.open.last().copied();
        let around = parent.and_then(|parent| self.outline.elements.get(parent));
        let part = Part {
            node,
            element,
            parent: parent.unwrap_or(index),
            end: index + 1,
            role: role(node, element, around.map_or(Role::Paragraph, |part| part.role)),
            language: language(element).or(around.and_then(|part| part.language)),
        };
        self.outline.elements.push(part);
        self.open.push(index);
    }

    fn close(&mut self, node: NodeRef<'a, Node>) {
        let Node::Element(element) = node.value() else {
            return;
        };
        self.steps.close();
        if self.skipping > 0 {
            self.skipping -= 1;
            return;
        }
        if self.breaks(element) {
            self.flush();
        }
        self.rows -= usize::from(is_row(node, element));
        self.links -= usize::from(element.name() == "a");
        let end = self.outline.elements.len();
        if let Some(part) = self.open.pop().and_then(|index| self.outline.elements.get_mut(index)) {
            part.end = end;
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipping == 0 {
            let before = self.text.len();
            self.anchors.push(&mut self.text, text, &self.steps);
            let added = self.text.len() - before;
            self.linked += if self.links > 0 { added } else { 0 };
            if added > 0 && !text.trim().is_empty() {
                self.within = self.around_all();
                let language = self.part().and_then(|part| part.language);
                if self.languages.last().is_none_or(|(_, so_far)| *so_far != language) {
                    self.languages.push((before, language));
                }
            }
        }
        self.steps.text(text);
    }

    /// A cell ends a block only where its row is not read as one.
    fn breaks(&self, element: &Element) -> bool {
        is_block(element.name()) && !(self.rows > 0 && is_cell(element))
    }

    /// The innermost open element that the block's text so far stands in.
    fn around_all(&self) -> Option<usize> {
        let Some(within) = self.within else {
            return self.open.last().copied();
        };
        self.outline.above(within).find(|element| self.open.binary_search(element).is_ok())
    }

    fn part(&self) -> Option<&Part<'a>> {
        self.outline.elements.get(*self.open.last()?)
    }

    fn flush(&mut self) {
        let mut text = std::mem::take(&mut self.text);
        let anchors = std::mem::take(&mut self.anchors);
        let linked = std::mem::take(&mut self.linked);
        let within = std::mem::take(&mut self.within).unwrap_or_default();
        let languages = std::mem::take(&mut self.languages);
        text.truncate(text.trim_end().len());
        if text.is_empty() {
            return;
        }
        let (role, around) = self.part().map_or((Role::Paragraph, None), |part| (part.role, part.language));
        let language = if let [(_, only)] = languages[..] { only } else { around };
        let foreign = foreign(&text, &languages, language);
        let language = language.map(str::to_owned);
        self.outline.blocks.push(Block { text, role, language, foreign, within, linked, anchors });
    }
}

/// The words that are not in the block's language. A part of a word is none.
fn foreign(text: &str, languages: &[(usize, Option<&str>)], block: Option<&str>) -> Vec<Run> {
    let spaceless = |at: usize| text.get(..at).unwrap_or(text).trim_end().len();
    let parts_word = |at: usize| {
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
    };
    let ends = languages.iter().skip(1).map(|(next, _)| *next).chain([text.len()]);
    let runs = languages.iter().zip(ends).filter_map(|((from, language), to)| {
        let language = language.filter(|_| *language != block)?;
        let whole = !parts_word(*from) && !parts_word(to);
        let range = spaceless(*from)..spaceless(to);
        whole.then(|| Run { range, language: language.to_owned() })
    });
    runs.collect()
}

#[cfg(test)]
mod tests {
    use super::super::element::unseen;
    use super::*;

    fn blocks(source: &str) -> Vec<(Role, String)> {
        let document = Html::parse_document(source);
        outline(&document, unseen, 2).blocks.into_iter().map(|block| (block.role, block.text)).collect()
    }

    #[test]
    fn roles() {
        let table = [
            ("<h1>a</h1>", Role::Title),
            ("<h3>a</h3>", Role::Heading),
            ("<p class=byline>a</p>", Role::Byline),
            ("<blockquote><p>a</p></blockquote>", Role::Quote),
            ("<ul><li><p>a</p></ul>", Role::Item),
            ("<aside><p>a</p></aside>", Role::Aside),
            ("<figure><figcaption>a</figcaption></figure>", Role::Caption),
            ("<table><tr><td>a</td></tr></table>", Role::Paragraph),
            ("<ol><li role=doc-endnote>a</ol>", Role::Footnote),
            ("<section role=doc-endnotes><ol><li>a</ol></section>", Role::Footnote),
            ("<pre>a</pre>", Role::Code),
            ("a", Role::Paragraph),
        ];
        for (source, role) in table {
            assert_eq!(blocks(source), [(role, "a".to_owned())], "{source}");
        }
    }

    #[test]
    fn rows_are_read_cell_by_cell() {
        let table = "<table><caption>Tides</caption><tr><th>Day<th>High<tr><td>Monday<td> <td>4.2 m</table>";
        let expected = [(Role::Caption, "Tides"), (Role::Row, "Day, High"), (Role::Row, "Monday, 4.2 m")];
        assert_eq!(blocks(table), expected.map(|(role, text)| (role, text.to_owned())));
        let layout = "<table><tr><td><p>One.</p><td><p>Two.</p></table>";
        assert_eq!(blocks(layout), ["One.", "Two."].map(|text| (Role::Paragraph, text.to_owned())));
    }

    #[test]
    fn what_is_passed_over() {
        let table = [
            "<p hidden>b</p>",
            "<p aria-hidden=true>b</p>",
            "<p style='color:red; Display : none'>b</p>",
            "<nav>b</nav>",
            "<nav role=doc-toc>b</nav>",
            "<span role=doc-pagebreak>12</span>",
            "<sup><a href=#n1>1</a></sup>",
            "<a role=doc-noteref href=n>1</a>",
            "<div data-listen=skip><p>b</p></div>",
            "<button>b</button>",
            "<!-- b --><script>b</script><template>b</template>",
        ];
        for source in table {
            assert_eq!(blocks(&format!("<p>a{source}</p>")), [(Role::Paragraph, "a".to_owned())], "{source}");
        }
        let kept = "<p role=presentation>a<sup>2</sup></p>";
        assert_eq!(blocks(kept), [(Role::Paragraph, "a2".to_owned())]);
    }

    #[test]
    fn languages() {
        let table = [
            ("<p lang=fr>a</p>", Some("fr")),
            ("<div lang=fr><p>a <b>b</b></p></div>", Some("fr")),
            ("<p><i lang=fr>a</i> </p>", Some("fr")),
            ("<p><i lang=fr>a</i> b</p>", None),
            ("<p lang=fr>a <i lang=de>b</i></p>", Some("fr")),
        ];
        for (source, language) in table {
            let document = Html::parse_document(source);
            let found = outline(&document, unseen, 2).blocks.remove(0).language;
            assert_eq!(found.as_deref(), language, "{source}");
        }
    }

    #[test]
    fn words_of_other_languages() {
        let table = [
            ("<p>So <i lang=fr>c'est  la vie</i>, she said.</p>", vec![(" c'est la vie", "fr")]),
            ("<p lang=fr>a <i lang=de>b</i> <b lang=it>c</b>", vec![(" b", "de"), (" c", "it")]),
            ("<p>a <span lang=es>b <em>c</em> </span>d</p>", vec![(" b c", "es")]),
            ("<p>a<i lang=de>b</i> c</p>", vec![]),
            ("<p><i lang=fr>a</i></p>", vec![]),
        ];
        for (source, runs) in table {
            let document = Html::parse_document(source);
            let block = outline(&document, unseen, 2).blocks.remove(0);
            let found = block.foreign.iter().map(|run| (&block.text[run.range.clone()], &*run.language));
            assert_eq!(found.collect::<Vec<_>>(), runs, "{source}");
        }
    }
}
