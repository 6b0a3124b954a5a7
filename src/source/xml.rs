//! RSS 2.0 and 1.0, Atom and sitemaps. All are lists of items, and what matters of an item stands in
//! its children; so one reader, which nests nothing, is enough for them.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use url::Url;

use super::{Entry, Outline, SourceError, time};
use crate::article::MAX_FIELD;
use crate::fetch::shown;

/// Vocabularies that may stand in an item beside its own, by the prefix that everybody uses for them.
const GUESTS: [&str; 5] = ["atom", "a10", "dc", "dcterms", "news"];

/// What is remembered of an item's children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Link,
    /// Atom's and, where it is no address, RSS's.
    Id,
    /// RSS's, which is an address unless it says otherwise.
    Permalink,
    Title,
    Published,
    Changed,
}

#[derive(Default)]
struct Item {
    prefix: String,
    depth: usize,
    link: Option<String>,
    permalink: Option<String>,
    id: Option<String>,
    title: Option<String>,
    published: Option<String>,
    changed: Option<String>,
}

impl Item {
    /// The first that is told is kept.
    fn tell(&mut self, field: Field, text: &str) {
        let place = match field {
            Field::Link => &mut self.link,
            Field::Id => &mut self.id,
            Field::Permalink => &mut self.permalink,
            Field::Title => &mut self.title,
            Field::Published => &mut self.published,
            Field::Changed => &mut self.changed,
        };
        if place.is_none() && !text.trim().is_empty() {
            *place = Some(text.trim().to_owned());
        }
    }

    fn entry(self, base: &Url) -> Option<Entry> {
        let url = base.join(self.link.as_ref().or(self.permalink.as_ref())?).ok()?;
        Some(Entry {
            url: matches!(url.scheme(), "http" | "https").then_some(url)?,
            id: self.id.or(self.permalink),
            title: self.title,
            published: self.published.as_deref().and_then(time),
            changed: self.changed.as_deref().and_then(time),
        })
    }
}

struct Walk {
    base: Url,
    /// What items are called in this document.
    items: &'static str,
    depth: usize,
    item: Option<Item>,
    /// The child whose text is being read.
    field: Option<(Field, usize, String)>,
    entries: Vec<Entry>,
}

pub(super) fn outline(text: &str, base: &Url, max: usize) -> Result<Outline, SourceError> {
    let mut reader = Reader::from_str(text);
    let settings = reader.config_mut();
    settings.expand_empty_elements = true;
    // Common in feeds, and harmless.
    settings.allow_dangling_amp = true;
    let mut walk =
        Walk { base: base.clone(), items: "", depth: 0, item: None, field: None, entries: Vec::new() };
    let mut cut = false;
    while !cut {
        let event = reader.read_event();
        let broken =
            |cause: String| SourceError::Broken { url: shown(base), at: reader.error_position(), cause };
        match event.map_err(|e| broken(e.to_string()))? {
            Event::Start(tag) if walk.depth == 0 => walk.root(&tag)?,
            Event::Start(tag) => walk.begin(&tag),
            Event::End(_) => walk.end(),
            Event::Text(text) => walk.text(&text.decode().unwrap_or_default()),
            Event::CData(text) => walk.text(&text.decode().unwrap_or_default()),
            Event::GeneralRef(name) => walk.text(&referred(&name)),
            Event::Eof if walk.depth > 0 => return Err(broken("it ends in the middle".into())),
            Event::Eof => break,
            _ => {}
        }
        cut = walk.entries.len() > max;
    }
    walk.entries.truncate(max);
    Ok(match walk.items {
        "sitemap" => Outline::Sitemaps(walk.entries),
        _ => Outline::Entries { entries: walk.entries, cut },
    })
}

impl Walk {
    fn root(&mut self, tag: &BytesStart<'_>) -> Result<(), SourceError> {
        self.depth = 1;
        self.items = match named(tag).1.as_str() {
            "rss" | "RDF" => "item",
            "feed" => "entry",
            "urlset" => "url",
            "sitemapindex" => "sitemap",
            _ => return Err(SourceError::Unknown(shown(&self.base))),
        };
        self.rebase(tag);
        Ok(())
    }

    /// Addresses may be relative to another than the document's own (XML Base).
    fn rebase(&mut self, tag: &BytesStart<'_>) {
        if let Some(base) = attribute(tag, "xml:base").and_then(|to| self.base.join(&to).ok()) {
            self.base = base;
        }
    }

    fn begin(&mut self, tag: &BytesStart<'_>) {
        self.depth += 1;
        let (prefix, name) = named(tag);
        let Some(item) = &mut self.item else {
            if name == self.items {
                self.item = Some(Item { prefix, depth: self.depth, ..Item::default() });
            }
            return;
        };
        // News sitemaps keep theirs one level deeper; pictures have titles and addresses of their own.
        let direct = self.depth == item.depth + 1 || prefix == "news";
        let ours = prefix == item.prefix || GUESTS.contains(&prefix.as_str());
        if self.field.is_some() || !direct || !ours {
            return;
        }
        if let (Some(href), "link") = (attribute(tag, "href"), name.as_str()) {
            if attribute(tag, "rel").is_none_or(|rel| rel == "alternate") {
                item.tell(Field::Link, &href);
            }
        } else if let Some(field) = field(&name, tag) {
            self.field = Some((field, self.depth, String::new()));
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, _, kept)) = self.field.as_mut().filter(|(_, _, kept)| kept.len() < MAX_FIELD) {
            kept.push_str(text);
        }
    }

    fn end(&mut self) {
        if let Some((field, _, text)) = self.field.take_if(|(_, depth, _)| *depth == self.depth)
            && let Some(item) = &mut self.item
        {
            item.tell(field, &text);
        }
        if let Some(item) = self.item.take_if(|item| item.depth == self.depth) {
            self.entries.extend(item.entry(&self.base));
        }
        self.depth -= 1;
    }
}

fn field(name: &str, tag: &BytesStart<'_>) -> Option<Field> {
    Some(match name {
        "link" | "loc" => Field::Link,
        "guid" if attribute(tag, "isPermaLink").is_some_and(|is| is == "false") => Field::Id,
        "guid" => Field::Permalink,
        "id" => Field::Id,
        "title" => Field::Title,
        "pubDate" | "published" | "issued" | "date" | "publication_date" => Field::Published,
        "updated" | "modified" | "lastmod" => Field::Changed,
        _ => return None,
    })
}

/// Prefix and name.
fn named(tag: &BytesStart<'_>) -> (String, String) {
    let name = tag.name();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (name.prefix().map(|prefix| text(prefix.as_ref())).unwrap_or_default(), text(name.local_name().as_ref()))
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok().flatten()?;
    let raw = String::from_utf8_lossy(&found.value).into_owned();
    Some(quick_xml::escape::unescape(&raw).map_or_else(|_| raw.clone(), |text| text.trim().to_owned()))
}

/// What a reference stands for; nothing for those a document type would declare, which is not read.
fn referred(name: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return c.into();
    }
    let name = name.decode().unwrap_or_default();
    quick_xml::escape::resolve_predefined_entity(&name).unwrap_or_default().to_owned()
}
