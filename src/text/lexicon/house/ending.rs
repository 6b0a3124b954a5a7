//! What stands around a house's word and is still said with it: endings, and articles that have
//! lost their vowel.

use super::super::super::script::Sound;
use super::super::endings;

/// Languages that put an s to names, and say it.
const WITH_S: [&str; 9] = ["af", "da", "de", "lb", "nb", "nl", "nn", "no", "sv"];

/// Languages whose articles lose their vowel before one.
const ELIDING: [&str; 4] = ["ca", "fr", "it", "oc"];

/// How much of what follows a word belongs to it, and whether it is heard; none where what was found
/// is a part of something longer.
pub(super) fn of(word: &str, rest: &str, language: &str) -> Option<(usize, bool)> {
    let with_s = language == "en" || WITH_S.contains(&language);
    let (length, heard) = if with_s { endings::ending(rest)? } else { (0, false) };
    let mut after = rest[length..].chars();
    let (next, second) = (after.next(), after.next());
    let digits = word.ends_with(|c: char| c.is_ascii_digit());
    let goes_on = match next {
        Some(c) if c.is_ascii_digit() => digits || length > 0,
        Some('\u{300}'..='\u{36F}') => true,
        // An address, or a number's fraction.
        Some('.' | '@') => second.is_some_and(char::is_alphanumeric) && !word.ends_with('.'),
        Some(c) => c.is_alphabetic(),
        None => false,
    };
    (!goes_on).then_some((length, heard))
}

/// The sound with the s that a language puts to names.
pub(super) fn with_s(sound: &Sound, language: &str) -> Sound {
    match sound {
        _ if language == "en" => endings::with_s(sound),
        Sound::Like(spelling) => Sound::Like(format!("{spelling}s")),
        Sound::Ipa(ipa) => Sound::Ipa(format!("{ipa}s")),
    }
}

/// An article or the like and its apostrophe ("l'", "dell'"), and what follows.
pub(super) fn elided<'t>(text: &'t str, language: &str) -> Option<(&'t str, &'t str)> {
    const LONGEST: usize = 6;
    ELIDING.contains(&language).then_some(())?;
    let (prefix, rest) = text.split_once(['\'', '’']).filter(|(prefix, _)| prefix.len() <= LONGEST)?;
    (!prefix.is_empty() && prefix.chars().all(char::is_alphabetic)).then_some((prefix, rest))
}

/// The sound with such an article before it.
pub(super) fn after(prefix: &str, sound: Sound) -> Sound {
    let prefix = prefix.to_lowercase();
    match sound {
        Sound::Like(spelling) => Sound::Like(format!("{prefix}'{spelling}")),
        Sound::Ipa(ipa) => Sound::Ipa(format!("{}{ipa}", heard(&prefix))),
    }
}

/// French alone writes these otherwise than they sound.
fn heard(prefix: &str) -> &str {
    match prefix {
        "c" => "s",
        "j" => "ʒ",
        "qu" => "k",
        other => other,
    }
}
