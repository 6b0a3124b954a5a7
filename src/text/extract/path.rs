//! Where in the markup a text stands, in the steps of EPUB's canonical fragment identifiers.
//!
//! Each step goes to a child: `/2`, `/4` … to its elements, `/1`, `/3` … to the text before, between
//! and after them; `:5` is an offset into that text in UTF-16 units. So `/4/2/1:5` is behind the fifth
//! unit of the first text of the first element of the second element. Comments do not count, and
//! a text that a script has cut in two is still one.

use std::fmt::Write;

/// The walk's place: for each open element, how many child elements it had and how long the text
/// since the last of them is.
pub(super) struct Steps {
    open: Vec<(usize, usize)>,
    /// How many elements, from the document's own on, are taken as read.
    above: usize,
}

impl Steps {
    pub(super) fn below(above: usize) -> Self {
        Self { open: vec![(0, 0)], above }
    }

    pub(super) fn open(&mut self) {
        if let Some((elements, length)) = self.open.last_mut() {
            (*elements, *length) = (*elements + 1, 0);
        }
        self.open.push((0, 0));
    }

    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some((_, length)) = self.open.last_mut() {
            *length += text.encode_utf16().count();
        }
    }

    /// The path to the text here.
    fn path(&self) -> String {
        let mut path = String::new();
        let (text, around) = self.open.split_last().map_or((0, &[][..]), |(last, around)| (last.0, around));
        for (elements, _) in around.iter().skip(self.above) {
            // Writing to a string can't fail.
            let _ = write!(path, "/{}", elements * 2);
        }
        let _ = write!(path, "/{}", text * 2 + 1);
        path
    }

    fn offset(&self) -> usize {
        self.open.last().map_or(0, |(_, length)| *length)
    }
}

/// Ties a block's text, its white space folded, to the markup.
#[derive(Clone, Debug, Default)]
pub(in crate::text) struct Anchors {
    paths: Vec<String>,
    /// From where in the block's text on, which path, from where in its text on; all in UTF-16
    /// units, and both go on in step up to the next.
    places: Vec<(usize, usize, usize)>,
    length: usize,
}

impl Anchors {
    /// Appends a text node, folding its white space.
    pub(super) fn push(&mut self, to: &mut String, text: &str, steps: &Steps) {
        let (mut at, mut in_step, mut path) = (steps.offset(), false, None);
        for c in text.chars() {
            let folded = if c.is_whitespace() { ' ' } else { c };
            if folded != ' ' || !(to.is_empty() || to.ends_with(' ')) {
                if !in_step {
                    let path = *path.get_or_insert_with(|| self.add(steps.path()));
                    self.places.push((self.length, path, at));
                }
                to.push(folded);
                self.length += folded.len_utf16();
                in_step = folded.len_utf16() == c.len_utf16();
            } else {
                in_step = false;
            }
            at += c.len_utf16();
        }
    }

    /// Appends what stands nowhere in the markup, once.
    pub(super) fn push_gap(&mut self, to: &mut String, gap: &str) {
        let kept = to.trim_end().trim_end_matches(gap.trim_end()).len();
        self.length -= to[kept..].encode_utf16().count();
        to.truncate(kept);
        to.push_str(gap);
        self.length += gap.encode_utf16().count();
    }

    fn add(&mut self, path: String) -> usize {
        self.paths.push(path);
        self.paths.len() - 1
    }

    /// Where in the markup a range of the block's text begins and ends (UTF-16 units).
    pub(in crate::text) fn range(&self, from: usize, to: usize) -> Option<[String; 2]> {
        // The end belongs to the unit before it, which may stand in another text than the one after.
        let (path, first) = self.place(from)?;
        let (last_path, last) = self.place(to.max(from + 1) - 1)?;
        Some([format!("{path}:{first}"), format!("{last_path}:{}", last + 1)])
    }

    fn place(&self, at: usize) -> Option<(&str, usize)> {
        let next = self.places.partition_point(|(from, _, _)| *from <= at);
        let (from, path, offset) = self.places.get(next.checked_sub(1)?)?;
        Some((self.paths.get(*path)?, offset + at - from))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use ego_tree::NodeRef;
    use proptest::prelude::*;
    use scraper::{Html, Node};

    use super::super::element::unseen;
    use super::super::walk;

    /// The UTF-16 units that a path's text has up to the path's offset.
    fn resolve(document: &Html, path: &str) -> Vec<u16> {
        let (steps, offset) = path.rsplit_once(':').unwrap();
        let mut node: NodeRef<'_, Node> = *document.root_element();
        let mut text = String::new();
        for step in steps.split('/').skip(1).map(|step| step.parse::<usize>().unwrap()) {
            let is_element = |n: &NodeRef<'_, Node>| n.value().is_element();
            if step % 2 == 0 {
                node = node.children().filter(is_element).nth(step / 2 - 1).unwrap();
            } else {
                let mut elements = 0;
                for child in node.children() {
                    elements += usize::from(child.value().is_element());
                    if let Some(part) = child.value().as_text().filter(|_| elements == step / 2) {
                        text.push_str(part);
                    }
                }
            }
        }
        text.encode_utf16().take(offset.parse().unwrap()).collect()
    }

    fn check(source: &str) {
        let document = Html::parse_document(source);
        for block in walk::outline(&document, unseen, 1).blocks {
            let units: Vec<u16> = block.text.encode_utf16().collect();
            for (at, unit) in units.iter().enumerate() {
                let [from, to] = block.anchors.range(at, at + 1).unwrap();
                let (before, upto) = (resolve(&document, &from), resolve(&document, &to));
                assert_eq!(before.len() + 1, upto.len(), "{from} {to} in {source}");
                let blank = char::from_u32(u32::from(upto[before.len()])).is_some_and(char::is_whitespace);
                let found = if blank { u16::from(b' ') } else { upto[before.len()] };
                assert_eq!(found, *unit, "{from} in {source}");
            }
        }
    }

    #[test]
    fn paths_lead_to_the_text() {
        let table = [
            "<p>One <b>two</b> three.</p><p>Four.",
            "<p>One <!-- cut -->two\n\n   three</p>",
            "<div>a<p>b</p>c<script>x</script>d</div>",
            "<p>💡 \u{a0}\u{a0} ﬁne 𝒳y<br>z</p>",
            "<p hidden>no</p><p>yes</p>",
        ];
        table.into_iter().for_each(check);
    }

    #[test]
    fn ends_stay_with_what_ends_there() {
        let document = Html::parse_document("<p>One <b>two</b> three.</p>");
        let blocks = walk::outline(&document, unseen, 2).blocks;
        let ranges =
            [(0, 3, ["/2/1:0", "/2/1:3"]), (4, 7, ["/2/2/1:0", "/2/2/1:3"]), (4, 14, ["/2/2/1:0", "/2/3:7"])];
        for (from, to, paths) in ranges {
            assert_eq!(blocks[0].anchors.range(from, to).unwrap(), paths);
        }
    }

    proptest! {
        #[test]
        fn any_markup(parts in prop::collection::vec(prop::sample::select(vec![
            "<p>", "</p>", "<b>", "</b>", "<div>", "</div>", "<!-- x -->", "<br>", " ", "\n", "a", "é", "💡",
            "<ul><li>", "</ul>", "<i hidden>", "</i>", "&amp;", "\u{a0}", "<sup><a href=#n>1</a></sup>",
        ]), 0..40)) {
            check(&parts.concat());
        }
    }
}
