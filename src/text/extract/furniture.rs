//! What stands around an article, told by the names that sites give to elements.

use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

use super::element::is_hidden;
use super::walk::Part;

/// Whether an element is of a kind.
pub(super) type IsKind = fn(&Part<'_>) -> bool;

/// What kinds of furniture there are, the surest first, and how much of a page's prose in percent
/// an element may hold and still be that.
pub(super) const KINDS: [(IsKind, usize); 4] =
    [(is_notice, 70), (is_apart, 70), (is_beside, 40), (|part| is_bio(part.element), 40)];

/// Paragraphs that only subscribers see are named so one by one.
pub(super) fn is_locked(element: &Element) -> bool {
    let shown = element.attr("hidden").is_none() && element.attr("style").is_none();
    let is_part = is_heading(element) || element.name() == "p";
    shown && is_part && element.classes().any(|class| class == "paywall")
}

/// Hidden, or talk about the page: cookie notices, comments.
fn is_notice(part: &Part<'_>) -> bool {
    let element = part.element;
    is_hidden(element) || !is_frame(element) && is_named(element, NOTICES, NOTICE_WORDS)
}

/// Named as frameworks do what is for print or for screen readers only.
fn is_off_screen(element: &Element) -> bool {
    let has = |class: &str| element.classes().any(|c| c == class);
    let shown = |class: &str| class.starts_with("d-") && class != "d-none" && !class.starts_with("d-print");
    // "hidden md:block" is shown where there is room.
    let roomy = |class: &str| {
        let shown = class.rsplit_once(':').filter(|(when, _)| !["hover", "print"].contains(when));
        shown.is_some_and(|(_, how)| DISPLAYS.contains(&how))
    };
    let hidden =
        has("d-none") && !element.classes().any(shown) || has("hidden") && !element.classes().any(roomy);
    hidden || element.classes().any(|class| OFF_SCREEN.iter().any(|name| class.ends_with(name)))
}

const DISPLAYS: [&str; 7] = ["block", "contents", "flex", "grid", "inline", "inline-block", "table"];

const OFF_SCREEN: [&str; 8] = [
    "off-screen",
    "offscreen",
    "print-only",
    "printonly",
    "screen-reader-text",
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
];

/// Never part of an article.
fn is_apart(part: &Part<'_>) -> bool {
    let element = part.element;
    match element.name() {
        "nav" | "footer" | "dialog" | "menu" => true,
        _ => !is_frame(element) && (has_role(element) || is_named(element, APART, APART_WORDS)),
    }
}

/// What says nothing by its name: themes put the page's features there.
fn is_frame(element: &Element) -> bool {
    matches!(element.name(), "html" | "body" | "main" | "article")
}

/// Hardly ever part of an article.
fn is_beside(part: &Part<'_>) -> bool {
    let element = part.element;
    match element.name() {
        "figure" => !holds(part, &["blockquote"]),
        "aside" | "form" | "figcaption" | "label" => true,
        _ => {
            let named = is_widget(element) || is_named(element, BESIDE, BESIDE_WORDS);
            !is_frame(element) && (named || is_off_screen(element) || is_picture(part) || is_of_another(part))
        }
    }
}

/// A picture with what is written under it, and no more.
fn is_picture(part: &Part<'_>) -> bool {
    is_named(part.element, "carousel slideshow", PICTURES)
        && holds(part, &["img", "picture", "video"])
        && !holds(part, &["h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol"])
        && texts(part) <= MOST_CAPTION
}

const PICTURES: &str = "bild foto gallery image img photo picture thumbnail";

/// Bytes of the longest caption.
const MOST_CAPTION: usize = 300;

fn texts(part: &Part<'_>) -> usize {
    let texts = part.node.descendants().filter_map(|n| n.value().as_text());
    texts.map(|text| text.trim().len()).sum()
}

/// The beginning of another text, with a headline that leads to it. A lead may be called a teaser too.
fn is_of_another(part: &Part<'_>) -> bool {
    let headed = |part| holds(part, &["a"]) && holds(part, &["h2", "h3", "h4", "h5", "h6", "strong"]);
    is_named(part.element, "teaser", "") && part.element.name() != "p" && headed(part)
}

fn holds(part: &Part<'_>, names: &[&str]) -> bool {
    let named = |n: NodeRef<'_, Node>| n.value().as_element().is_some_and(|e| names.contains(&e.name()));
    part.node.descendants().any(named)
}

/// Builders of pages make the article itself of widgets.
fn is_widget(element: &Element) -> bool {
    const OF_ARTICLE: [&str; 6] = ["article", "content", "editor", "elementor", "story", "text"];
    let is_widget = |name: &str| {
        let words: Vec<String> = words_of(name).collect();
        let has = |named: &str| words.iter().any(|word| word == named);
        has("widget") && !OF_ARTICLE.into_iter().any(has)
    };
    !is_heading(element) && names(element).any(is_widget)
}

/// Named as what holds an article: "article-body", "entry__content".
pub(super) fn is_article(element: &Element) -> bool {
    const WHOSE: [&str; 5] = ["article", "entry", "news", "post", "story"];
    const WHAT: [&str; 3] = ["body", "content", "text"];
    names(element).any(|name| {
        let words: Vec<String> = words_of(name).collect();
        words.windows(2).any(|pair| WHOSE.contains(&&*pair[0]) && WHAT.contains(&&*pair[1]))
    })
}

/// About the author, and read only where a site's rules say so.
pub(super) fn is_bio(element: &Element) -> bool {
    !is_frame(element) && is_named(element, "author- authorbox", "author autor auteur bio")
}

fn is_heading(element: &Element) -> bool {
    matches!(element.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn has_role(element: &Element) -> bool {
    element.attr("role").is_some_and(|role| ROLES.split(' ').any(|r| r == role))
}

const ROLES: &str =
    "alert alertdialog banner complementary contentinfo dialog form menu menubar navigation search";

/// Whether its class or id holds one of these parts, or one of these as a word of its own.
fn is_named(element: &Element, parts: &str, words: &str) -> bool {
    let is_part = |name: &str| parts.split(' ').any(|part| name.contains(part));
    let is_word = |word: String| words.split(' ').any(|w| w == word);
    let mut each = names(element).map(what_it_is);
    each.any(|name| is_part(&name.to_ascii_lowercase()) || words_of(&name).any(is_word))
}

/// What its site calls it. A "sidebar-layout" or a "sidebar-grid" is a layout, a "layout-sidebar" a sidebar.
fn names(element: &Element) -> impl Iterator<Item = &str> {
    // A heading's id is where a list of contents leads, and a long one is made of what stands there.
    let is_short = |id: &&str| words_of(id).nth(MOST_WORDS).is_none();
    let id = element.attr("id").filter(|_| !is_heading(element)).filter(is_short);
    let attributes = [element.attr("class"), id];
    let names = attributes.into_iter().flatten().flat_map(str::split_whitespace);
    names.map(|name| ["layout", "grid"].iter().fold(name, |name, of| name.rsplit(of).next().unwrap_or(name)))
}

/// More words than that are no name.
const MOST_WORDS: usize = 6;

/// "page-no-sidebar" is a page, and says what else there is.
fn what_it_is(name: &str) -> String {
    let words: Vec<String> = words_of(name).collect();
    let other = words.iter().position(|word| ["has", "no", "with", "without"].contains(&word.as_str()));
    other.map_or_else(|| name.to_owned(), |other| words[..other].join("-"))
}

/// "postMeta-ad_box" is post, meta, ad and box.
fn words_of(name: &str) -> impl Iterator<Item = String> {
    let mut lower = false;
    let mut words = vec![String::new()];
    for c in name.chars() {
        let begins = !c.is_ascii_alphanumeric() || lower && c.is_ascii_uppercase();
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_ascii_alphanumeric()) {
            word.push(c.to_ascii_lowercase());
        }
        lower = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    words.into_iter().filter(|word| !word.is_empty())
}

const NOTICES: &str = "comment consent cookie disqus gdpr privacy";

const NOTICE_WORDS: &str = "cli commentaires kommentare reactions respond";

const APART: &str = "\
    breadcrumb footer lightbox modal navbar navigation newsletter outbrain paywall sidebar \
    taboola";

const APART_WORDS: &str = "impressum menu nav overlay popup tooltip";

const BESIDE: &str = "\
    advert affiliate appendix caption copyright disclaimer gallery pagination popular \
    promo recommend related share- sharing signup social sponsor subscri trending";

const BESIDE_WORDS: &str = "\
    ad addthis addtoany ads adsense anzeige banner byline credit credits cta donate \
    infobox masthead messenger pager prev previous ratings recirc share sharedaddy shoutbox \
    tags ticker toc toolbar verwandte whatsapp";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted() {
        let table = [
            ("postMeta-ad_box", vec!["post", "meta", "ad", "box"]),
            ("ADS", vec!["ads"]),
            ("h2title", vec!["h2title"]),
            ("--", vec![]),
        ];
        for (name, words) in table {
            assert_eq!(words_of(name).collect::<Vec<_>>(), words, "{name}");
        }
    }

    #[test]
    fn names_that_say_what_else_there_is() {
        let table = [
            ("has-sidebar", ""),
            ("noSidebar", ""),
            ("page-with-comments", "page"),
            ("comments-with-avatars", "comments"),
            ("leftSidebar", "leftSidebar"),
            ("hashtags", "hashtags"),
        ];
        for (name, is) in table {
            assert_eq!(what_it_is(name), is, "{name}");
        }
    }
}
