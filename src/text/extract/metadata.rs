//! What a page says about its article: schema.org's JSON-LD first, then `meta` elements, then its title.

use scraper::{Html, Selector};
use serde_json::Value;

/// All of it as the page has it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) authors: Option<String>,
    pub(super) language: Option<String>,
    pub(super) published_at: Option<String>,
    pub(super) image: Option<String>,
    /// What the site is called.
    pub(super) site: Option<String>,
    /// The text itself, which some pages hold nowhere else.
    pub(super) body: Option<String>,
    /// CSS selectors of what is meant to be read aloud.
    pub(super) speakable: Vec<String>,
    /// CSS selectors of what only subscribers see, which is the article all the same.
    pub(super) paywalled: Vec<String>,
}

pub(super) fn read(document: &Html) -> Metadata {
    let article = json_ld(document);
    let article = article.as_ref();
    let field = |name: &str| article.and_then(|a| text(a.get(name)?));
    let meta = |names: &[&str]| names.iter().find_map(|name| meta(document, name));
    let author = || article.and_then(|a| names(a.get("author")?));
    Metadata {
        title: field("headline").or_else(|| meta(&["og:title", "twitter:title"])).or_else(|| title(document)),
        authors: author()
            .or_else(|| meta(&["author", "article:author"]))
            .filter(|name| !name.contains("://")),
        language: attribute(document, "html", "lang")
            .or_else(|| field("inLanguage"))
            .or_else(|| attribute(document, "meta[http-equiv=content-language i]", "content")),
        published_at: field("datePublished")
            .or_else(|| meta(&["article:published_time", "date", "dc.date", "datePublished"])),
        image: article
            .and_then(|a| address(a.get("image")?))
            .or_else(|| meta(&["og:image", "twitter:image"])),
        site: meta(&["og:site_name"]),
        body: field("articleBody"),
        speakable: article.and_then(|a| a.get("speakable")).map(selectors).unwrap_or_default(),
        paywalled: article.and_then(|a| a.get("hasPart")).map(locked).unwrap_or_default(),
    }
}

/// The page's title, without the site's name behind it.
fn title(document: &Html) -> Option<String> {
    let title = document.select(&Selector::parse("head > title").ok()?).next()?;
    let title = folded(&title.text().collect::<String>())?;
    let cut = [" | ", " - ", " – ", " — ", " :: "].iter().find_map(|mark| title.rsplit_once(mark));
    let named = cut.map(|(named, _)| named.to_owned()).filter(|named| named.split(' ').nth(2).is_some());
    Some(named.unwrap_or(title))
}

fn attribute(document: &Html, selector: &str, name: &str) -> Option<String> {
    let element = document.select(&Selector::parse(selector).ok()?).next()?;
    folded(element.attr(name)?)
}

fn meta(document: &Html, name: &str) -> Option<String> {
    let selector = format!("meta[name='{name}' i], meta[property='{name}' i], meta[itemprop='{name}']");
    attribute(document, &selector, "content")
}

fn folded(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The page's first article, wherever in its JSON-LD it stands.
fn json_ld(document: &Html) -> Option<Value> {
    let scripts = Selector::parse("script[type='application/ld+json' i]").ok()?;
    document.select(&scripts).find_map(|script| {
        let source: String = script.text().collect();
        article(serde_json::from_str(source.trim()).ok()?)
    })
}

fn article(value: Value) -> Option<Value> {
    match value {
        Value::Array(items) => items.into_iter().find_map(article),
        Value::Object(_) if is_article(&value) => Some(value),
        Value::Object(mut fields) => ["@graph", "mainEntity", "mainEntityOfPage"]
            .iter()
            .find_map(|name| article(fields.remove(*name)?)),
        _ => None,
    }
}

fn is_article(value: &Value) -> bool {
    let named =
        |kind: &Value| kind.as_str().is_some_and(|k| k.ends_with("Article") || k.ends_with("Posting"));
    match value.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(named),
        Some(kind) => named(kind),
        None => false,
    }
}

/// Plain text; some sites put markup and entities there.
fn text(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let markup = text.contains(['<', '&']).then(|| super::gate::parse(text).ok()).flatten();
    let plain = markup.map_or_else(|| text.to_owned(), |parsed| parsed.root_element().text().collect());
    (!plain.trim().is_empty()).then(|| plain.trim().to_owned())
}

/// "A, B and C" as a list of names.
fn names(value: &Value) -> Option<String> {
    let name = |one: &Value| text(one).or_else(|| text(one.get("name")?));
    let names: Vec<String> = match value {
        Value::Array(all) => all.iter().filter_map(name).collect(),
        one => name(one).into_iter().collect(),
    };
    (!names.is_empty()).then(|| names.join(", "))
}

fn address(value: &Value) -> Option<String> {
    match value {
        Value::Array(all) => address(all.first()?),
        Value::Object(fields) => address(fields.get("url")?),
        one => text(one),
    }
}

/// The parts of a page that not everybody sees.
fn locked(value: &Value) -> Vec<String> {
    let free = |free: &Value| free == true || free.as_str().is_some_and(|s| s.eq_ignore_ascii_case("true"));
    match value {
        Value::Array(all) => all.iter().take(MAX_SELECTORS).flat_map(locked).collect(),
        part if part.get("isAccessibleForFree").is_some_and(free) => Vec::new(),
        part => selectors(part),
    }
}

/// Names of elements, classes and ids only: others could take a page's size squared to find.
fn selectors(value: &Value) -> Vec<String> {
    let is_simple = |c: char| c.is_alphanumeric() || matches!(c, '.' | '#' | '-' | '_');
    match value {
        Value::Array(all) => all.iter().take(MAX_SELECTORS).flat_map(selectors).collect(),
        Value::Object(fields) => fields.get("cssSelector").map(selectors).unwrap_or_default(),
        one => one.as_str().filter(|s| s.chars().all(is_simple)).map(str::to_owned).into_iter().collect(),
    }
}

const MAX_SELECTORS: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    fn read_from(source: &str) -> Metadata {
        read(&Html::parse_document(source))
    }

    #[test]
    fn data_comes_first() {
        let page = r##"<html lang=de-AT><head><title>Brücke zu | Tagblatt</title>
            <meta property="og:title" content="Die Brücke"><meta property="og:site_name" content="The Paper"><meta name=author content="Redaktion">
            <script type="application/ld+json">{"@graph": [{"@type": "WebSite", "headline": "Tagblatt"},
            {"@type": ["Thing", "NewsArticle"], "headline": "Brücke &amp; Fluss", "datePublished": "2026-05-01",
            "author": [{"@type": "Person", "name": "Eva Holm"}, "Jan Berg"], "image": [{"url": "https://a.example/b.jpg"}],
            "speakable": {"cssSelector": [".lead", "p:has(a)"]}, "articleBody": "Zu.", "hasPart":
            [{"@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": ".paywall"}]}]}</script></head>"##;
        let expected = Metadata {
            title: Some("Brücke & Fluss".into()),
            authors: Some("Eva Holm, Jan Berg".into()),
            language: Some("de-AT".into()),
            published_at: Some("2026-05-01".into()),
            image: Some("https://a.example/b.jpg".into()),
            site: Some("The Paper".into()),
            body: Some("Zu.".into()),
            speakable: vec![".lead".into()],
            paywalled: vec![".paywall".into()],
        };
        assert_eq!(read_from(page), expected);
    }

    #[test]
    fn without_data() {
        let page = "<meta property=og:image content=x.jpg><title>Old bridge stays shut - The Paper</title>
            <script type=application/ld+json>{ not json</script><meta name=author content=https://a.example/>";
        let expected = Metadata {
            title: Some("Old bridge stays shut".into()),
            image: Some("x.jpg".into()),
            ..Metadata::default()
        };
        assert_eq!(read_from(page), expected);
        assert_eq!(read_from("<title>Up - down</title>").title.as_deref(), Some("Up - down"));
        assert_eq!(read_from(""), Metadata::default());
    }
}
