//! What is let through to the parser: markup it takes linear time for.

use crate::text::Note;

/// Deepest nesting; the parser's work grows with its square.
const MAX_DEPTH: usize = 256;

/// Most attributes of one element; each is compared with all before it.
const MAX_ATTRIBUTES: usize = 256;

/// Most `<b>`, `<i>` and the like without an end: the parser opens all of them again in each
/// paragraph (HTML §13.2.4.3).
const MAX_UNENDED: usize = 256;

/// Why this markup is not parsed.
pub(super) fn refuse(source: &str) -> Option<Note> {
    let mut counts = Counts::default();
    let mut at = 0;
    while let Some(found) = source[at..].find('<') {
        let tag = &source[at + found + 1..];
        at += found + 1 + counts.pass(tag);
        if let Some(refused) = counts.over() {
            return Some(refused);
        }
    }
    None
}

/// What the parser will have open, or a little more.
#[derive(Default)]
struct Counts<'a> {
    open: Vec<&'a str>,
    unended: Vec<&'a str>,
    attributes: usize,
}

impl<'a> Counts<'a> {
    /// Counts one tag, whose `<` is passed; returns how much of the text after it can be skipped.
    fn pass(&mut self, tag: &'a str) -> usize {
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len())];
        if let Some(rest) = tag.strip_prefix("!--") {
            return 3 + end_of_comment(rest);
        }
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return 0;
        }
        if tag.starts_with('/') {
            self.end(name);
            return 0;
        }
        let attributes = attributes(&tag[name.len()..]);
        self.attributes = attributes.count;
        // In these, other rules hold: no content is raw, and the slash of `<path/>` ends it.
        let foreign = self.open.iter().any(|o| is_one_of(&["math", "select", "svg"], o));
        if !foreign && is_one_of(&RAW, name) {
            return end_of_raw(tag, name);
        }
        if !(is_one_of(&FLAT, name) || foreign && attributes.slash) {
            // A link ends the one before (HTML §13.2.6.4.7).
            if name.eq_ignore_ascii_case("a") {
                self.end(name);
            }
            self.open.push(name);
            if is_one_of(&FORMATTING, name) {
                self.unended.push(name);
            }
        }
        name.len() + attributes.length
    }

    /// An end tag counts only if it ends something, so it can't be used to hide depth.
    fn end(&mut self, name: &str) {
        for list in [&mut self.open, &mut self.unended] {
            let opened = list.iter().rposition(|o| o.eq_ignore_ascii_case(name));
            match opened {
                Some(at) if is_one_of(&FORMATTING, name) => drop(list.remove(at)),
                Some(at) => list.truncate(at),
                None => {}
            }
        }
    }

    fn over(&self) -> Option<Note> {
        let limits = [
            (self.open.len(), MAX_DEPTH, "too-deep", "nested elements"),
            (self.attributes, MAX_ATTRIBUTES, "too-many-attributes", "attributes on one element"),
            (self.unended.len(), MAX_UNENDED, "too-many-unended", "elements like <b> without an end"),
        ];
        let over = limits.into_iter().find(|(count, most, _, _)| count > most)?;
        Some(Note::new(over.2, format!("the markup has more than {} {}", over.1, over.3)))
    }
}

/// What stands in a tag behind its name.
struct Attributes {
    count: usize,
    /// Whether the tag ends in a slash.
    slash: bool,
    /// Bytes up to the tag's end.
    length: usize,
}

/// Where in a tag a character stands (HTML §13.2.5.32 to 13.2.5.39).
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Gap,
    Name,
    AfterName,
    BeforeValue,
    Value,
    Quoted(u8),
}

fn attributes(rest: &str) -> Attributes {
    let mut found = Attributes { count: 0, slash: false, length: rest.len() };
    let mut state = At::Gap;
    for (at, byte) in rest.bytes().enumerate() {
        let space = byte.is_ascii_whitespace();
        if byte == b'>' && !matches!(state, At::Quoted(_)) {
            found.length = at;
            break;
        }
        found.slash = byte == b'/' && !matches!(state, At::Value | At::Quoted(_));
        let before = state;
        state = match state {
            At::Quoted(mark) if byte == mark => At::Gap,
            At::Quoted(_) => state,
            At::BeforeValue if space => state,
            At::BeforeValue if matches!(byte, b'"' | b'\'') => At::Quoted(byte),
            At::BeforeValue => At::Value,
            At::Value if space => At::Gap,
            At::Value => state,
            At::Name | At::AfterName if byte == b'=' => At::BeforeValue,
            At::Name | At::AfterName if space => At::AfterName,
            _ if space || byte == b'/' => At::Gap,
            _ => At::Name,
        };
        found.count += usize::from(state == At::Name && before != At::Name);
    }
    found
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|n| n.eq_ignore_ascii_case(name))
}

/// Elements whose content is text to the parser, whatever it looks like (HTML §13.1.2).
const RAW: [&str; 7] = ["iframe", "noscript", "script", "style", "textarea", "title", "xmp"];

/// Where the end tag of such an element begins.
fn end_of_raw(tag: &str, name: &str) -> usize {
    let mut ends = tag.match_indices("</").map(|(i, _)| i);
    let is_end = |i: &usize| tag[i + 2..].get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
    ends.find(is_end).unwrap_or(tag.len())
}

/// Where a comment ends (HTML §13.2.5.43 to 13.2.5.52).
fn end_of_comment(rest: &str) -> usize {
    if rest.starts_with('>') || rest.starts_with("->") {
        return 0;
    }
    let mut ends = rest.match_indices('>').map(|(i, _)| i);
    let is_end = |i: &usize| rest[..*i].ends_with("--") || rest[..*i].ends_with("--!");
    ends.find(is_end).unwrap_or(rest.len())
}

/// Elements that never nest, or are closed by the next of their kind (HTML §13.1.2).
const FLAT: [&str; 22] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "param", "source", "td", "th", "tr", "track", "wbr",
];

/// Elements that outlive their parents where they have no end (HTML §13.2.4.3).
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused() {
        let many = |tag: &str| tag.repeat(1000);
        let numbered =
            |before: &str| (0..1000).map(|i| format!("{before}<b class=c{i}>x</p>")).collect::<String>();
        let attributes = (0..300).map(|i| format!("a{i}=1 ")).collect::<String>();
        let table = [
            (many("<div>"), "too-deep"),
            (many("<span></x>"), "too-deep"),
            (format!("<!-->{}", many("<div>")), "too-deep"),
            (format!("<!--->{}", many("<div>")), "too-deep"),
            (format!("<!-- --!>{}", many("<div>")), "too-deep"),
            (format!("<p x=a=\">{}\">", many("<div>")), "too-deep"),
            (format!("<svg><title>{}", many("<g>")), "too-deep"),
            (format!("<select><iframe></select>{}", many("<div>")), "too-deep"),
            (numbered("<p>"), "too-deep"),
            (numbered("<div>") + &many("</div>"), "too-deep"),
            ((0..1000).map(|i| format!("<div><b class=c{i}>x</div>")).collect(), "too-many-unended"),
            (format!("<p {attributes}>"), "too-many-attributes"),
        ];
        for (source, code) in table {
            assert_eq!(refuse(&source).map(|note| note.code), Some(code), "{}", &source[..60]);
        }
    }

    #[test]
    fn what_is_let_through() {
        let table = [
            "<p>text".repeat(1000),
            "<ul><li>a<li>b</ul>".repeat(1000),
            "<svg><path d=\"M0 0\"/></svg>".repeat(1000),
            format!("<svg>{}</svg>", "<path/>".repeat(1000)),
            format!("<!-- {} --><p>text", "<div>".repeat(1000)),
            format!("<script>{}</script><p>text", "<div>".repeat(1000)),
            format!("<p title='{}'>text", "<div>".repeat(1000)),
            "<a name=x>".repeat(1000),
            "<b>text</b>".repeat(1000),
            "a < b, c < ".repeat(1000),
        ];
        for source in table {
            assert_eq!(refuse(&source), None, "{}", &source[..40.min(source.len())]);
        }
    }
}
