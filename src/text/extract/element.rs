//! What an element is to who listens: its role and language, where it breaks the text, and whether it
//! is read at all.

use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

use crate::text::Role;

pub(super) fn role(node: NodeRef<'_, Node>, element: &Element, around: Role) -> Role {
    let kind = kind(element);
    match element.name() {
        _ if ["doc-footnote", "doc-endnote", "doc-endnotes", "footnote", "endnote", "endnotes"]
            .contains(&kind) =>
        {
            Role::Footnote
        }
        "h1" => Role::Title,
        "h2" | "h3" | "h4" | "h5" | "h6" => Role::Heading,
        "blockquote" => Role::Quote,
        "aside" => Role::Aside,
        "li" | "dt" | "dd" if around == Role::Paragraph => Role::Item,
        "figcaption" | "caption" => Role::Caption,
        "pre" => Role::Code,
        "tr" if is_row(node, element) => Role::Row,
        _ if is_byline(element) => Role::Byline,
        _ => around,
    }
}

/// The element's role by ARIA, or by EPUB's older names (`epub:type`).
fn kind(element: &Element) -> &str {
    element.attr("role").or(element.attr("epub:type")).unwrap_or_default()
}

pub(super) fn language(element: &Element) -> Option<&str> {
    // The document's own is the article's.
    let named = element.attr("lang").or(element.attr("xml:lang")).filter(|_| element.name() != "html")?;
    Some(named.trim()).filter(|named| !named.is_empty())
}

fn is_byline(element: &Element) -> bool {
    let class = |name: &str| element.classes().any(|c| c.eq_ignore_ascii_case(name));
    element.attr("rel") == Some("author") || element.attr("itemprop") == Some("author") || class("byline")
}

/// A row of data and not of layout: nothing in it begins a block but its cells.
pub(super) fn is_row(node: NodeRef<'_, Node>, element: &Element) -> bool {
    let blocks = |n: NodeRef<'_, Node>| {
        n.value().as_element().is_some_and(|e| is_block(e.name()) && !is_cell(e) && e.name() != "br")
    };
    element.name() == "tr"
        && node.children().filter(|n| n.value().is_element()).nth(1).is_some()
        && !node.descendants().skip(1).any(blocks)
}

pub(super) fn is_cell(element: &Element) -> bool {
    matches!(element.name(), "td" | "th")
}

/// The number that refers to a footnote: `<sup><a href="#…">1</a></sup>`, or what says it is one.
pub(super) fn is_note_mark(node: NodeRef<'_, Node>, element: &Element) -> bool {
    let marks = |e: &Element| {
        e.name() == "a" && e.attr("href").is_some_and(|to| to.starts_with('#') || to.contains("#cite"))
    };
    let is_mark = |n: NodeRef<'_, Node>| match n.value() {
        Node::Element(element) => marks(element),
        Node::Text(text) => text.trim().is_empty(),
        _ => true,
    };
    matches!(kind(element), "doc-noteref" | "noteref" | "doc-backlink" | "backlink")
        || element.name() == "sup" && node.has_children() && node.children().all(is_mark)
}

/// What is never part of a text: code, controls, other media, and what the site marks so.
pub(super) fn never_read(element: &Element) -> bool {
    const NAMES: [&str; 24] = [
        "audio",
        "button",
        "canvas",
        "datalist",
        "dialog",
        "head",
        "iframe",
        "input",
        "listen-to-article",
        "math",
        "noscript",
        "object",
        "option",
        "picture",
        "progress",
        "rp",
        "rt",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "video",
    ];
    const KINDS: [&str; 4] = ["doc-pagebreak", "pagebreak", "doc-toc", "toc"];
    NAMES.contains(&element.name())
        || KINDS.contains(&kind(element))
        || element.attr("data-listen") == Some("skip")
}

/// What a reader does not see, or only to find the way.
pub(super) fn unseen(element: &Element) -> bool {
    matches!(element.name(), "nav" | "footer") || is_hidden(element)
}

pub(super) fn is_hidden(element: &Element) -> bool {
    element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || element.attr("style").is_some_and(|style| {
            let style: String = style.to_ascii_lowercase().split_whitespace().collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

pub(super) fn is_block(name: &str) -> bool {
    const INLINE: [&str; 36] = [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    ];
    !INLINE.contains(&name)
}
