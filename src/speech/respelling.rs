//! Respellings as newsrooms write them: "zeh-LEN-skee", syllables with a hyphen between them, the
//! stressed one in capitals. In English voices their letters always stand for the same sounds.

/// What vowels stand for, the longer before what they begin with; American, as espeak-ng writes it.
const VOWELS: [(&str, &str); 30] = [
    ("eye", "aɪ"),
    ("igh", "aɪ"),
    ("air", "ɛɹ"),
    ("eer", "ɪɹ"),
    ("oor", "ʊɹ"),
    ("ah", "ɑː"),
    ("ar", "ɑːɹ"),
    ("aw", "ɔː"),
    ("ay", "eɪ"),
    ("ee", "iː"),
    ("eh", "ɛ"),
    ("er", "ɚ"),
    ("ew", "uː"),
    ("ih", "ɪ"),
    ("ir", "ɚ"),
    ("oh", "oʊ"),
    ("oo", "uː"),
    ("or", "ɔːɹ"),
    ("ow", "aʊ"),
    ("oy", "ɔɪ"),
    ("uhr", "ɚ"),
    ("uh", "ə"),
    ("ur", "ɚ"),
    ("uu", "ʊ"),
    ("y", "aɪ"),
    ("a", "æ"),
    ("e", "ɛ"),
    ("i", "ɪ"),
    ("o", "ɔ"),
    ("u", "ʌ"),
];
/// Short before a consonant alone: "bo" may be said in two ways.
const SHORT: [&str; 5] = ["a", "e", "i", "o", "u"];

/// What consonants stand for, the longer before what they begin with.
const CONSONANTS: [(&str, &str); 37] = [
    ("tch", "tʃ"),
    ("ch", "tʃ"),
    ("ck", "k"),
    ("dh", "ð"),
    ("ff", "f"),
    ("gh", "ɡ"),
    ("kh", "x"),
    ("ll", "l"),
    ("ng", "ŋ"),
    ("nk", "ŋk"),
    ("ph", "f"),
    ("rr", "ɹ"),
    ("sh", "ʃ"),
    ("ss", "s"),
    ("th", "θ"),
    ("tt", "t"),
    ("wh", "w"),
    ("zh", "ʒ"),
    ("b", "b"),
    ("d", "d"),
    ("f", "f"),
    ("g", "ɡ"),
    ("h", "h"),
    ("j", "dʒ"),
    ("k", "k"),
    ("l", "l"),
    ("m", "m"),
    ("n", "n"),
    ("p", "p"),
    ("r", "ɹ"),
    ("s", "s"),
    ("t", "t"),
    ("v", "v"),
    ("w", "w"),
    ("y", "j"),
    ("z", "z"),
    ("x", "ks"),
];

/// Whether a spelling has a word that is respelled.
pub(super) fn tells_stress(spelling: &str) -> bool {
    spelling.split(' ').any(is_respelled)
}

/// Whether a word is written in syllables that tell its stress.
pub(super) fn is_respelled(word: &str) -> bool {
    word.contains('-') && word.contains(char::is_lowercase) && word.split('-').any(is_stressed)
}

/// Whether a syllable is in capitals.
pub(super) fn is_stressed(syllable: &str) -> bool {
    let capitals = syllable.chars().filter(|c| c.is_uppercase()).count();
    capitals > 1 && !syllable.contains(char::is_lowercase)
}

/// What a syllable's letters stand for; none where they may stand for several sounds.
pub(super) fn sounds(syllable: &str) -> Option<String> {
    let spelled = syllable.to_lowercase();
    let (onset, rest) = consonants(&spelled);
    let (vowel, sound) = VOWELS.iter().find(|(vowel, _)| rest.starts_with(vowel))?;
    let (coda, rest) = consonants(&rest[vowel.len()..]);
    if !rest.is_empty() || coda.is_empty() && SHORT.contains(vowel) {
        return None;
    }
    Some(match (is_stressed(syllable), *sound) {
        (true, "ɚ") => format!("{onset}ˈɜː{coda}"),
        (true, "ə") => format!("{onset}ˈʌ{coda}"),
        (true, sound) => format!("{onset}ˈ{sound}{coda}"),
        (false, "iː") if coda.is_empty() => format!("{onset}i"),
        (false, sound) => format!("{onset}{sound}{coda}"),
    })
}

/// Adds a syllable; an r is heard between two vowels.
pub(super) fn join(word: &mut String, syllable: &str) {
    if word.ends_with("ɜː") && syllable.trim_start_matches('ˈ').starts_with(is_vowel) {
        word.push('ɹ');
    }
    word.push_str(syllable);
}

fn is_vowel(sound: char) -> bool {
    VOWELS.iter().any(|(_, ipa)| ipa.starts_with(sound))
}

/// The consonants at the beginning, and what is left.
fn consonants(spelled: &str) -> (String, &str) {
    let (mut sounds, mut rest) = (String::new(), spelled);
    while let Some((letters, sound)) = CONSONANTS.iter().find(|(letters, _)| rest.starts_with(letters)) {
        let after = &rest[letters.len()..];
        // As a vowel it is the last sound, or before a consonant.
        if *letters == "y" && !after.starts_with(['a', 'e', 'i', 'o', 'u']) {
            break;
        }
        sounds.push_str(sound);
        rest = after;
    }
    (sounds, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_for_the_same_sounds_everywhere() {
        for (syllable, ipa) in [
            ("zeh", "zɛ"),
            ("zuh", "zə"),
            ("LUH", "lˈʌ"),
            ("LEN", "lˈɛn"),
            ("skee", "ski"),
            ("SKEEN", "skˈiːn"),
            ("OR", "ˈɔːɹ"),
            ("mer", "mɚ"),
            ("FER", "fˈɜː"),
            ("BURN", "bˈɜːn"),
            ("burg", "bɚɡ"),
            ("BIRD", "bˈɜːd"),
            ("YOOS", "jˈuːs"),
            ("LY", "lˈaɪ"),
            ("nyet", "njɛt"),
            ("EYE", "ˈaɪ"),
            ("khah", "xɑː"),
            ("WITCH", "wˈɪtʃ"),
            ("shahnk", "ʃɑːŋk"),
        ] {
            assert_eq!(sounds(syllable).as_deref(), Some(ipa), "{syllable}");
        }
        let mut word = String::from("fˈɜː");
        join(&mut word, "i");
        assert_eq!(word, "fˈɜːɹi");
        for unclear in ["bo", "qua", "szcz", "a", "", "zęb", "lane"] {
            assert_eq!(sounds(unclear), None, "{unclear}");
        }
    }
}
