//! Words spelled out, with the stress that espeak-ng gives initialisms it knows: "ˌiːbˌiːˌɑːɹdˈiː".

use super::fold::fold;

/// Names of the letters: before the stressed vowel, from there on.
const NAMES: [(&str, &str); 26] = [
    ("", "eɪ"),
    ("b", "iː"),
    ("s", "iː"),
    ("d", "iː"),
    ("", "iː"),
    ("", "ɛf"),
    ("dʒ", "iː"),
    ("", "eɪtʃ"),
    ("", "aɪ"),
    ("dʒ", "eɪ"),
    ("k", "eɪ"),
    ("", "ɛl"),
    ("", "ɛm"),
    ("", "ɛn"),
    ("", "oʊ"),
    ("p", "iː"),
    ("kj", "uː"),
    ("", "ɑːɹ"),
    ("", "ɛs"),
    ("t", "iː"),
    ("j", "uː"),
    ("v", "iː"),
    ("d", "ʌbəljˌuː"),
    ("", "ɛks"),
    ("w", "aɪ"),
    ("z", "iː"),
];

/// The IPA of a word's letters, one after the other; accents are not said.
pub(in crate::text) fn spelled(word: &str) -> Option<String> {
    let names: Option<Vec<_>> = word.chars().map(name).collect();
    let names = names.filter(|names| !names.is_empty())?;
    let mut ipa = String::new();
    for (i, (onset, rest)) in names.iter().enumerate() {
        // An r goes over to the vowel that follows it.
        ipa.push_str(if ipa.ends_with('ɹ') && onset.is_empty() { "ɹ" } else { onset });
        ipa.push(if i + 1 == names.len() { 'ˈ' } else { 'ˌ' });
        ipa.push_str(rest);
    }
    Some(ipa)
}

fn name(letter: char) -> Option<(&'static str, &'static str)> {
    let place = u32::from(fold(letter)).checked_sub(u32::from('a'))?;
    NAMES.get(usize::try_from(place).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_said_as_espeak_ng_says_them() {
        for (word, ipa) in [
            ("A", Some("ˈeɪ")),
            ("OECD", Some("ˌoʊˌiːsˌiːdˈiː")),
            ("NRA", Some("ˌɛnˌɑːɹɹˈeɪ")),
            ("BMW", Some("bˌiːˌɛmdˈʌbəljˌuː")),
            ("ÖVP", Some("ˌoʊvˌiːpˈiː")),
            ("ЕС", None),
            ("", None),
        ] {
            assert_eq!(spelled(word).as_deref(), ipa, "{word}");
        }
    }
}
