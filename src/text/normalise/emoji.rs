//! Emoji and other pictures in a text.

use super::Reading;
use super::scan::Scan;

/// Name of the rule.
pub(in crate::text) const RULE: &str = "emoji";

/// Joins two pictures to one.
pub(super) const JOINER: char = '\u{200D}';

/// Most characters of one picture.
const LONGEST: usize = 10;

/// Reads a run of pictures. In English each is said by its name; other languages' names are
/// espeak-ng's to know.
pub(super) fn emoji(mut scan: Scan<'_>, language: &str) -> Option<Reading> {
    let start = scan;
    scan.run(|c| is_picture(c) || c == JOINER);
    let found = scan.since(start);
    (!found.is_empty()).then_some(())?;
    let english = super::primary(language) == "en";
    scan.says(RULE, if english { names(found) } else { found.to_owned() })
}

/// Each picture's name, once where it is repeated. What has none is not said.
fn names(pictures: &str) -> String {
    let mut names: Vec<String> = Vec::new();
    let mut rest = pictures;
    while let Some(first) = rest.chars().next() {
        let ends = rest.char_indices().map(|(i, c)| i + c.len_utf8()).take(LONGEST);
        let known = ends.filter_map(|end| Some((end, emojis::get(&rest[..end])?))).last();
        let (end, name) = known.map_or((first.len_utf8(), None), |(end, emoji)| (end, Some(said(emoji))));
        names.extend(name.filter(|name| names.last() != Some(name)));
        rest = &rest[end..];
    }
    names.join(", ")
}

/// "thumbs up: medium skin tone" is said without its shade, "flag: Germany" in one.
fn said(emoji: &emojis::Emoji) -> String {
    match emoji.name().split_once(": ") {
        Some((name, shade)) if shade.contains("skin tone") => name.to_owned(),
        Some((kind, which)) => format!("{kind} {which}"),
        None => emoji.name().to_owned(),
    }
}

pub(super) fn is_picture(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{E0020}'..='\u{E007F}')
        || matches!(c, '\u{2300}'..='\u{23FF}' | '\u{25A0}'..='\u{25FF}' | '\u{20E3}' | '\u{203C}' | '\u{2049}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_have_names() {
        for (pictures, said) in [
            ("🎉", "party popper"),
            ("🎉🎉", "party popper"),
            ("👍🏽", "thumbs up"),
            ("👩\u{200D}🚀🌧", "woman astronaut, cloud with rain"),
            ("🇩🇪🇫🇷", "flag Germany, flag France"),
            ("⌶", ""),
        ] {
            assert_eq!(names(pictures), said);
        }
    }
}
