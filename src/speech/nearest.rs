//! Sounds of another language → the nearest that a voice has, as its own language's newsreaders say them.

/// What stands in for a sound: vowels first, then consonants, then what shades a sound. Only
/// sounds that a voice may lack are here.
const NEAREST: [(char, &str); 71] = [
    ('a', "ɑː"),
    ('e', "eɪ"),
    ('o', "oʊ"),
    ('u', "uː"),
    ('ɒ', "ɑː"),
    ('y', "uː"),
    ('ʏ', "ʊ"),
    ('ø', "ɜː"),
    ('œ', "ɜː"),
    ('ɶ', "ɜː"),
    ('ɵ', "ɜː"),
    ('ɞ', "ɜː"),
    ('ɘ', "ə"),
    ('ɤ', "ʌ"),
    ('ɨ', "ɪ"),
    ('ɯ', "uː"),
    ('ʉ', "uː"),
    ('ɐ', "ə"),
    ('ɚ', "ə"),
    ('ɝ', "ɜː"),
    ('ᵻ', "ɪ"),
    ('ɜ', "ə"),
    ('ʌ', "a"),
    ('ɑ', "a"),
    ('ɔ', "o"),
    ('ə', "e"),
    ('æ', "a"),
    ('ɛ', "e"),
    ('ɪ', "i"),
    ('ʊ', "u"),
    ('ʁ', "ɹ"),
    ('ʀ', "ɹ"),
    ('r', "ɹ"),
    ('ɽ', "ɹ"),
    ('ɻ', "ɹ"),
    ('ɹ', "r"),
    ('ɾ', "ɹ"),
    ('ç', "ʃ"),
    ('ɕ', "ʃ"),
    ('ʂ', "ʃ"),
    ('ʑ', "ʒ"),
    ('ʐ', "ʒ"),
    ('x', "k"),
    ('χ', "k"),
    ('q', "k"),
    ('ɣ', "ɡ"),
    ('ɢ', "ɡ"),
    ('ʝ', "j"),
    ('ʎ', "lj"),
    ('ɲ', "nj"),
    ('ɥ', "w"),
    ('ʋ', "v"),
    ('ɸ', "f"),
    ('ħ', "h"),
    ('ɦ', "h"),
    ('ɭ', "l"),
    ('ɫ', "l"),
    ('ɬ', "l"),
    ('ɳ', "n"),
    ('ɴ', "ŋ"),
    ('ɱ', "m"),
    ('ʈ', "t"),
    ('ɖ', "d"),
    ('c', "tʃ"),
    ('ɟ', "dʒ"),
    ('θ', "s"),
    ('ð', "z"),
    ('β', "v"),
    ('\u{303}', "n"),
    ('ʲ', "j"),
    ('ʔ', ""),
];

/// The sounds of English, as espeak-ng writes them for its American and British voices; not its ɾ, which is a t.
/// Voices know ids for others that they have never spoken.
const ENGLISH: &str = "bdðfhijklmnpstvwzŋæɐɑɒɔəɚɛɡɪɹʃʊʌʒθᵻˈˌː ";

/// Vowels that English has only before these.
const GLIDES: [(char, &str); 5] = [('a', "ɪʊ"), ('e', "ɪ"), ('o', "ʊ"), ('u', "ː"), ('ɜ', "ː")];

/// IPA as a voice of one of espeak-ng's languages can say it; `has` tells the sounds of voices of which no
/// more is known. What nothing is near stays as it is.
pub(super) fn nearest(ipa: &str, espeak: &str, has: impl Fn(char) -> bool) -> String {
    let english = espeak.starts_with("en");
    let knows = |c: char, next: Option<char>| match GLIDES.iter().find(|(vowel, _)| *vowel == c) {
        _ if !english => has(c),
        Some((_, glides)) => next.is_some_and(|next| glides.contains(next)),
        None => ENGLISH.contains(c),
    };
    let (mut said, mut chars, mut changed) = (String::new(), ipa.chars().peekable(), false);
    while let Some(c) = chars.next() {
        // What stands in for a vowel has its own length.
        if c == 'ː' && std::mem::take(&mut changed) {
            continue;
        }
        let near = NEAREST.iter().find(|(sound, _)| *sound == c);
        let near = near.filter(|_| !knows(c, chars.peek().copied()));
        changed = near.is_some();
        match near {
            Some((_, near)) => said.push_str(near),
            // Tones and joints.
            None if english && !knows(c, None) && !c.is_alphabetic() => {}
            None => said.push(c),
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_english_voice_says_other_languages_as_english_does() {
        for (ipa, said) in [
            ("ʁəkwˈiːʁ", "ɹəkwˈiːɹ"),
            ("lɑ- vˈi", "lɑ vˈi"),
            ("dˈaɪn", "dˈaɪn"),
            ("ʃˈøːn", "ʃˈɜːn"),
            ("bɔ\u{303}ʒˈuʁ", "bɔnʒˈuːɹ"),
            ("sɛɲˈoɾ", "sɛnjˈoʊɹ"),
            ("ˈɪç", "ˈɪʃ"),
        ] {
            assert_eq!(nearest(ipa, "en-us", |_| true), said);
        }
    }

    #[test]
    fn other_voices_say_what_they_have_ids_for() {
        assert_eq!(nearest("ðɪ tˈɔːk", "de", |c| c != 'ð'), "zɪ tˈɔːk");
        assert_eq!(nearest("ðɪ tˈɔːk", "de", |_| true), "ðɪ tˈɔːk");
    }
}
