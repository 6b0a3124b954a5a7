//! What a site has read around its articles: an intro, the byline in a form of its own, an outro, and
//! word that it is a machine that reads.

use super::extract::Site;
use super::offset::Offset;
use super::script::{Block, Bytes, Role, Sentence, Span};

/// What may stand in braces.
const NAMES: [&str; 4] = ["title", "byline", "date", "site"];

/// What the names stand for; none where an article does not have it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Values<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) date: Option<&'a str>,
}

/// Puts a site's blocks around an article's. `make` makes a block of a text, in a language where that
/// is not the article's.
pub(super) fn put(
    blocks: &mut Vec<Block>,
    site: &Site,
    values: Values<'_>,
    language: &str,
    mut make: impl FnMut(Role, &str, Option<&str>) -> Block,
) {
    let byline = blocks.iter().position(|block| block.role == Role::Byline);
    let author = byline.map(|i| text(&blocks[i]));
    let value = |name: &str| match name {
        "title" => values.title.map(str::to_owned),
        "byline" => author.as_deref().map(|author| named(author).to_owned()),
        "date" => values.date.and_then(day).map(str::to_owned),
        _ => site.shown_as().map(str::to_owned),
    };
    let said = |template: &Option<String>| {
        let said = expand(template.as_deref()?, &value)?;
        (!said.trim().is_empty()).then_some(said)
    };
    let (intro, own_byline, outro) = (said(&site.intro), said(&site.byline), said(&site.outro));
    let (start, last) = (Offset::default(), blocks.iter().flat_map(|block| &block.sentences).next_back());
    let end = last.map_or(start, |last| Offset { byte: last.bytes.1, utf16: last.span.1 });
    let mut added = |role, text: &str, language: Option<&str>, at| of_no_text(make(role, text, language), at);
    if let (Some(i), Some(said)) = (byline, own_byline) {
        blocks[i] = added(Role::Byline, &said, None, start);
    }
    let before = [
        site.intro_audio.as_ref().map(|path| Block::recorded(Role::Intro, path)),
        intro.map(|said| added(Role::Intro, &said, None, start)),
    ];
    blocks.splice(0..0, before.into_iter().flatten());
    blocks.extend(outro.map(|said| added(Role::Outro, &said, None, end)));
    blocks.extend(site.outro_audio.as_ref().map(|path| Block::recorded(Role::Outro, path)));
    if site.notice {
        let (notice, of) = notice(language);
        blocks.push(added(Role::Notice, notice, of, end));
    }
    blocks.retain(|block| !block.sentences.is_empty() || block.recording.is_some());
}

fn text(block: &Block) -> String {
    block.sentences.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Authors without the word before them: a template has its own.
fn named(byline: &str) -> &str {
    let (first, rest) = byline.trim().split_once(' ').unwrap_or_default();
    let by = ["by", "von", "par", "por"].iter().any(|by| first.eq_ignore_ascii_case(by));
    if by { rest.trim_start() } else { byline.trim() }
}

/// The day of a date as sites write it (RFC 3339).
fn day(date: &str) -> Option<&str> {
    let day = date.trim().get(..10)?;
    let digits = |(i, b): (usize, u8)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() };
    day.bytes().enumerate().all(digits).then_some(day)
}

/// Stands nowhere in the reader's text: an empty span, in order with those around it.
fn of_no_text(mut block: Block, at: Offset) -> Block {
    let (span, bytes) = (Span(at.utf16, at.utf16), Bytes(at.byte, at.byte));
    let nowhere = |sentence: &mut Sentence| {
        (sentence.span, sentence.bytes, sentence.path) = (span, bytes, None);
        sentence.tokens.iter_mut().for_each(|token| (token.span, token.bytes) = (span, bytes));
    };
    block.sentences.iter_mut().for_each(nowhere);
    block
}

/// In the article's language, or else in English, to be read by an English voice.
fn notice(language: &str) -> (&'static str, Option<&'static str>) {
    match language.split('-').next().unwrap_or_default() {
        "en" => ("This article is read by a synthetic voice.", None),
        "de" => ("Diesen Artikel liest eine künstliche Stimme.", None),
        "fr" => ("Cet article est lu par une voix de synthèse.", None),
        "es" => ("Este artículo lo lee una voz sintética.", None),
        _ => ("This article is read by a synthetic voice.", Some("en")),
    }
}

/// A template with its names filled in. What stands in square brackets is left out where a name in it
/// has no value; without them all of it is.
fn expand(template: &str, value: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let (mut said, mut rest) = (String::new(), template);
    while let Some(at) = rest.find(['[', '{']) {
        said.push_str(&rest[..at]);
        let optional = rest[at..].starts_with('[');
        let (inner, behind) = rest[at + 1..].split_once(if optional { ']' } else { '}' })?;
        match optional {
            true => said.push_str(&expand(inner, value).unwrap_or_default()),
            false => said.push_str(&value(inner)?),
        }
        rest = behind;
    }
    Some(said + rest)
}

/// Whether a template is one: its names are known and its brackets closed, none within another.
pub(super) fn is_template(template: &str) -> bool {
    let names = template.split('{').skip(1).map(|after| after.split_once('}').map(|(name, _)| name));
    let known = |name: Option<&str>| name.is_some_and(|name| NAMES.contains(&name));
    let said = expand(template, &|_| Some(String::new()));
    names.into_iter().all(known) && said.is_some_and(|said| !said.contains(['[', ']', '{', '}']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates() {
        let value = |name: &str| match name {
            "byline" => Some("Ada Lind".to_owned()),
            "site" => Some("The [Daily] Gull".to_owned()),
            _ => None,
        };
        let table = [
            ("By {byline}.", Some("By Ada Lind.")),
            ("By {byline}[, published {date}].", Some("By Ada Lind.")),
            ("Published {date}.", None),
            ("[{title}, ]from {site}.", Some("from The [Daily] Gull.")),
            ("No names.", Some("No names.")),
        ];
        for (template, said) in table {
            assert!(is_template(template), "{template}");
            assert_eq!(expand(template, &value).as_deref(), said, "{template}");
        }
        for wrong in ["{author}", "[By {name}]", "By {byline", "a [b", "a ]", "[a [b] c]", "}"] {
            assert!(!is_template(wrong), "{wrong}");
        }
    }

    #[test]
    fn authors_and_days() {
        assert_eq!(
            ["By Ada Lind", "Von Ada Lind", "Ada Lind", "Ada"].map(named),
            ["Ada Lind", "Ada Lind", "Ada Lind", "Ada"]
        );
        let days = ["2026-11-24T06:00:00Z", "2026-11-24", "24 Nov 2026", "2026"].map(day);
        assert_eq!(days, [Some("2026-11-24"), Some("2026-11-24"), None, None]);
    }
}
