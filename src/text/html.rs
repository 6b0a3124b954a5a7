//! HTML → pieces: a walk over the document's blocks, leaving out what is not for reading.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node, Selector};

use super::extract::{Found, Piece};
use super::script::{Note, Role};

/// Deepest nesting that is parsed; the parser's work grows with its square.
const MAX_DEPTH: usize = 256;

/// Which part of a document is the article.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Body,
    /// Its `article`, else its `main`, else its body.
    Article,
}

pub(super) fn pieces(source: &str, part: Part) -> Found {
    if nesting(source) > MAX_DEPTH {
        let note = Note::new("too-deep", format!("more than {MAX_DEPTH} nested elements"));
        return Found { notes: vec![note], ..Found::default() };
    }
    let document = Html::parse_document(source);
    let root = match part {
        Part::Body => None,
        Part::Article => longest(&document, "article").or(first(&document, &["main", "[role=main]"])),
    };
    let mut walk = Walk::default();
    for edge in root.unwrap_or(document.tree.root()).traverse() {
        match edge {
            Edge::Open(node) => walk.open(node),
            Edge::Close(node) => walk.close(node),
        }
    }
    walk.flush();
    Found {
        language: attribute(&document, "html", "lang"),
        title: first(&document, &["title"]).map(text_of),
        pieces: walk.pieces,
        notes: Vec::new(),
    }
}

/// How deep the parser will nest, or a little more, without parsing. An end tag counts only if
/// it ends something, so it can't be used to hide depth.
fn nesting(source: &str) -> usize {
    let mut open: Vec<&str> = Vec::new();
    let (mut deepest, mut at) = (0, 0);
    while let Some(found) = source[at..].find('<') {
        let tag = &source[at + found + 1..];
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len())];
        at += found + 1;
        if let Some(rest) = tag.strip_prefix("!--") {
            at += 3 + rest.find("-->").unwrap_or(rest.len());
        } else if tag.starts_with('/') {
            let opened = open.iter().rposition(|o| o.eq_ignore_ascii_case(name));
            open.truncate(opened.unwrap_or(open.len()));
        } else if RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
            at += end_of_raw(tag, name);
        } else if name.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_flat(name) {
            open.push(name);
        }
        deepest = deepest.max(open.len());
        if deepest > MAX_DEPTH {
            break;
        }
    }
    deepest
}

/// Elements whose content is not read, and may be full of what looks like tags.
const RAW: [&str; 6] = ["noscript", "script", "style", "svg", "template", "textarea"];

/// Where the end tag of such an element begins.
fn end_of_raw(tag: &str, name: &str) -> usize {
    let ends = tag.match_indices("</").map(|(i, _)| i);
    let is_end = |i: &usize| tag[i + 2..].get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
    ends.into_iter().find(is_end).unwrap_or(tag.len())
}

/// Elements that never nest, or are closed by the next of their kind (HTML §13.1.2).
fn is_flat(name: &str) -> bool {
    const NAMES: [&str; 22] = [
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
        "option", "p", "param", "source", "td", "th", "tr", "track", "wbr",
    ];
    NAMES.iter().any(|flat| flat.eq_ignore_ascii_case(name))
}

fn first<'a>(document: &'a Html, selectors: &[&str]) -> Option<NodeRef<'a, Node>> {
    selectors
        .iter()
        .filter_map(|s| Selector::parse(s).ok())
        .find_map(|s| document.select(&s).next().map(|e| *e))
}

/// The element with the most text: a page may show other articles' teasers, too.
fn longest<'a>(document: &'a Html, selector: &str) -> Option<NodeRef<'a, Node>> {
    let selector = Selector::parse(selector).ok()?;
    let found = document.select(&selector).map(|element| *element);
    found.max_by_key(|node| text_of(*node).len())
}

fn attribute(document: &Html, selector: &str, name: &str) -> Option<String> {
    let node = first(document, &[selector])?;
    let value = node.value().as_element()?.attr(name)?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

fn text_of(node: NodeRef<'_, Node>) -> String {
    let parts = node.descendants().filter_map(|n| n.value().as_text());
    fold(&parts.map(|t| &**t).collect::<String>())
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Collects text until a block begins or ends.
#[derive(Default)]
struct Walk {
    pieces: Vec<Piece>,
    text: String,
    roles: Vec<Role>,
    skipping: usize,
    /// UTF-16 units of the pieces so far, one more for the line break after each.
    length: usize,
}

impl Walk {
    fn open(&mut self, node: NodeRef<'_, Node>) {
        match node.value() {
            Node::Element(element) if self.skipping > 0 || skipped(element) => self.skipping += 1,
            Node::Element(element) => self.open_element(element),
            Node::Text(text) if self.skipping == 0 => self.text.push_str(text),
            _ => {}
        }
    }

    fn open_element(&mut self, element: &Element) {
        if is_block(element.name()) {
            self.flush();
        }
        self.roles.push(self.role(element));
    }

    fn close(&mut self, node: NodeRef<'_, Node>) {
        let Node::Element(element) = node.value() else {
            return;
        };
        if self.skipping > 0 {
            self.skipping -= 1;
            return;
        }
        if is_block(element.name()) {
            self.flush();
        }
        self.roles.pop();
    }

    fn role(&self, element: &Element) -> Role {
        let around = self.roles.last().copied().unwrap_or(Role::Paragraph);
        match element.name() {
            "h1" => Role::Title,
            "h2" | "h3" | "h4" | "h5" | "h6" => Role::Heading,
            "blockquote" => Role::Quote,
            "li" | "dt" | "dd" => Role::Item,
            "figcaption" | "caption" => Role::Caption,
            "pre" => Role::Code,
            _ if is_byline(element) => Role::Byline,
            _ => around,
        }
    }

    fn flush(&mut self) {
        let text = fold(&std::mem::take(&mut self.text));
        if text.is_empty() {
            return;
        }
        let start = self.length;
        self.length += text.encode_utf16().count() + 1;
        let role = self.roles.last().copied().unwrap_or(Role::Paragraph);
        self.pieces.push(Piece { role, text, start, language: None });
    }
}

fn is_byline(element: &Element) -> bool {
    let class = |name: &str| element.classes().any(|c| c.eq_ignore_ascii_case(name));
    element.attr("rel") == Some("author") || element.attr("itemprop") == Some("author") || class("byline")
}

fn skipped(element: &Element) -> bool {
    const NAMES: [&str; 23] = [
        "aside",
        "audio",
        "button",
        "canvas",
        "dialog",
        "footer",
        "head",
        "iframe",
        "input",
        "listen-to-article",
        "math",
        "nav",
        "noscript",
        "object",
        "option",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ];
    NAMES.contains(&element.name())
        || element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || element.attr("data-listen") == Some("skip")
}

fn is_block(name: &str) -> bool {
    const INLINE: [&str; 36] = [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    ];
    !INLINE.contains(&name)
}
