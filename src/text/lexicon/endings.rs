//! Possessives and plurals of words whose sound is known.

use super::super::script::Sound;

/// What may follow a word and still be part of it: how long it is, and whether it is heard.
pub(in crate::text) fn ending(rest: &str) -> Option<(usize, bool)> {
    const ENDINGS: [(&str, bool); 9] = [
        ("'s", true),
        ("’s", true),
        ("'S", true),
        ("’S", true),
        ("s'", true),
        ("s’", true),
        ("s", true),
        ("S", true),
        // An apostrophe alone is not heard, be it a possessive's or a closing quotation mark.
        ("", false),
    ];
    let fits = |(text, _): &&(&str, bool)| match rest.strip_prefix(text) {
        // "COP27": the number is a word of its own. "DIDN'T" goes on.
        Some(after) if text.is_empty() => {
            !after.trim_start_matches(['\'', '’']).starts_with(char::is_alphabetic)
        }
        after => after.is_some_and(|after| !after.starts_with(char::is_alphanumeric)),
    };
    ENDINGS.iter().find(fits).map(|(text, heard)| (text.len(), *heard))
}

/// The sound with an s after it, as English says it after that sound.
pub(in crate::text) fn with_s(sound: &Sound) -> Sound {
    match sound {
        Sound::Like(spelling) => Sound::Like(format!("{spelling}'s")),
        Sound::Ipa(ipa) => Sound::Ipa(ipa_with_s(ipa)),
    }
}

/// English IPA with an s after it.
pub fn ipa_with_s(ipa: &str) -> String {
    let ending = match ipa.chars().next_back() {
        Some('s' | 'z' | 'ʃ' | 'ʒ') => "ᵻz",
        Some('p' | 't' | 'k' | 'f' | 'θ') => "s",
        _ => "z",
    };
    format!("{ipa}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_told_from_the_words_that_go_on() {
        for (rest, found) in [
            ("'s plan", Some((2, true))),
            ("s’ plans", Some((4, true))),
            ("s came", Some((1, true))),
            ("' he said", Some((0, false))),
            ("-era", Some((0, false))),
            ("ism", None),
            ("'T DO", None),
            ("27", Some((0, false))),
            ("s2", None),
        ] {
            assert_eq!(ending(rest), found, "{rest}");
        }
    }

    #[test]
    fn an_s_sounds_by_what_goes_before() {
        for (ipa, expected) in
            [("pˈuːtɪn", "pˈuːtɪnz"), ("tˈʊsk", "tˈʊsks"), ("ʃˈɔlts", "ʃˈɔltsᵻz"), ("kˈædʒ", "kˈædʒᵻz")]
        {
            assert_eq!(with_s(&Sound::Ipa(ipa.into())), Sound::Ipa(expected.into()));
        }
        assert_eq!(with_s(&Sound::Like("sim".into())), Sound::Like("sim's".into()));
    }
}
