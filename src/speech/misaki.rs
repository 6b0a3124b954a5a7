//! espeak-ng's IPA → misaki's alphabet, which hibari voices and their teacher Kokoro-82M read.
//!
//! misaki (Apache-2.0) documents its alphabet in `EN_PHONES.md`: a letter for each diphthong and
//! affricate, no length marks in American English, and no glottal stop. Its ids are those of
//! Kokoro's vocabulary.

use super::utterance::Utterance;

/// Id at both ends of a sentence.
pub(super) const EDGE: i64 = 0;

/// The first ones of the vocabulary are marks.
const MARKS: usize = 6;

/// Ids of the letters that English is written in.
const VOCABULARY: [(char, i64); 56] = [
    (';', 1),
    (':', 2),
    (',', 3),
    ('.', 4),
    ('!', 5),
    ('?', 6),
    (' ', 16),
    ('A', 24),
    ('I', 25),
    ('O', 31),
    ('Q', 33),
    ('T', 36),
    ('W', 39),
    ('Y', 41),
    ('ᵊ', 42),
    ('a', 43),
    ('b', 44),
    ('d', 46),
    ('f', 48),
    ('h', 50),
    ('i', 51),
    ('j', 52),
    ('k', 53),
    ('l', 54),
    ('m', 55),
    ('n', 56),
    ('p', 58),
    ('s', 61),
    ('t', 62),
    ('u', 63),
    ('v', 64),
    ('w', 65),
    ('z', 68),
    ('ɑ', 69),
    ('ɒ', 71),
    ('æ', 72),
    ('ɔ', 76),
    ('ð', 81),
    ('ʤ', 82),
    ('ə', 83),
    ('ɛ', 86),
    ('ɜ', 87),
    ('ɡ', 92),
    ('ɪ', 102),
    ('ŋ', 112),
    ('θ', 119),
    ('ɹ', 123),
    ('ʃ', 131),
    ('ʧ', 133),
    ('ʊ', 135),
    ('ʌ', 138),
    ('ʒ', 147),
    ('ˈ', 156),
    ('ˌ', 157),
    ('ː', 158),
    ('ᵻ', 177),
];

/// What is written otherwise in both accents; the longest that fits is taken.
const BOTH: [(&str, &str); 22] = [
    ("ʔˌn\u{329}", "tn"),
    ("ʔn\u{329}", "tn"),
    ("ʔn", "tn"),
    ("ʔ", "t"),
    ("aɪ", "I"),
    ("aʊ", "W"),
    ("eɪ", "A"),
    ("e", "A"),
    ("ɔɪ", "Y"),
    ("dʒ", "ʤ"),
    ("tʃ", "ʧ"),
    ("ɚ", "əɹ"),
    // The ɹ that links to a vowel is the same one.
    ("ɚɹ", "əɹ"),
    ("r", "ɹ"),
    ("x", "k"),
    ("ç", "k"),
    // The same in NFD, as all IPA here is.
    ("c\u{327}", "k"),
    ("ɐ", "ə"),
    ("ɬ", "l"),
    ("ʲ", ""),
    ("\u{303}", ""),
    ("\u{329}", ""),
];

const AMERICAN: [(&str, &str); 10] = [
    ("əl", "ᵊl"),
    ("oʊ", "O"),
    ("ɜːɹ", "ɜɹ"),
    ("ɜː", "ɜɹ"),
    ("ɪə", "iə"),
    ("o", "ɔ"),
    ("ɾ", "T"),
    ("ː", ""),
    ("ɒ", "ɑ"),
    ("a", "ɑ"),
];

const BRITISH: [(&str, &str); 7] =
    [("əl", "ᵊl"), ("əʊ", "Q"), ("eə", "ɛː"), ("iə", "ɪə"), ("o", "ɔ"), ("ɾ", "t"), ("ᵻ", "ɪ")];

/// Whether a character of IPA has a letter, alone or beside others.
pub(super) fn knows(c: char, british: bool) -> bool {
    id(c).is_some() || replacements(british).any(|(ipa, _)| ipa.contains(c))
}

/// Whether an id is one of the marks that shape the melody.
pub(super) fn is_mark(id: i64) -> bool {
    VOCABULARY[..MARKS].iter().any(|(_, mark)| *mark == id)
}

/// The mark of a question.
pub(super) const QUESTION: i64 = 6;

/// Whether an id is a mark that ends a sentence.
pub(super) fn ends_sentence(id: i64) -> bool {
    matches!(id, 4..=QUESTION)
}

/// Where the last stress of some ids stands; the vowel is the next one.
pub(super) fn last_stress(ids: &[i64]) -> Option<usize> {
    let last = |stress: char| ids.iter().rposition(|known| Some(*known) == id(stress));
    last('ˈ').or_else(|| last('ˌ'))
}

/// Question words, without stress, and what may stand before them.
const QUESTION_WORDS: [&str; 14] =
    ["wʌt", "wɑt", "wɒt", "wɛn", "wɛɹ", "wɛəɹ", "wɛː", "wI", "wɪʧ", "hu", "huː", "hum", "huz", "hW"];
const BEFORE_QUESTIONS: [&str; 7] = ["ænd", "and", "ənd", "bʌt", "bət", "sO", "sQ"];

/// Whether a sentence asks for more than yes or no.
pub(super) fn asks_for_more(ids: &[i64]) -> bool {
    let letter = |id: &i64| VOCABULARY.iter().find(|(_, known)| known == id).map(|(letter, _)| *letter);
    let letters: String = ids.iter().filter_map(letter).filter(|c| !matches!(c, 'ˈ' | 'ˌ')).collect();
    let mut words = letters.split([' ', ',']).filter(|word| !word.is_empty());
    words.find(|word| !BEFORE_QUESTIONS.contains(word)).is_some_and(|word| QUESTION_WORDS.contains(&word))
}

/// All ids that are ever used.
pub(super) fn ids() -> impl Iterator<Item = i64> {
    VOCABULARY.iter().map(|(_, id)| *id)
}

/// Adds the ids of what is said.
pub(super) fn push(ipa: &str, british: bool, said: &mut Utterance) {
    for letter in letters(ipa, british).chars() {
        match id(letter) {
            Some(id) => said.ids.push(id),
            None if said.unknown.contains(&letter) => {}
            None => said.unknown.push(letter),
        }
    }
}

fn id(letter: char) -> Option<i64> {
    VOCABULARY.iter().find(|(known, _)| *known == letter).map(|(_, id)| *id)
}

fn replacements(british: bool) -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    let own: &[_] = if british { &BRITISH } else { &AMERICAN };
    own.iter().chain(&BOTH)
}

/// How espeak-ng says short words that it runs together with the one before.
const RUN_TOGETHER: [(&str, &[&str]); 25] = [
    ("the", &["ðə", "ðɪ"]),
    ("a", &["ə", "ɐ"]),
    ("an", &["ən", "ɐn"]),
    ("of", &["əv", "ʌv", "ɒv"]),
    ("to", &["tə", "tʊ", "tˈʊ", "tuː", "tˈuː"]),
    ("have", &["hɐv", "həv", "hˌæv", "hˈæv", "hæv", "ɐv", "əv", "æv"]),
    ("has", &["hɐz", "hˈæz"]),
    ("had", &["hæd", "hˌæd", "hˈæd"]),
    ("it", &["ɪt", "ˈɪt"]),
    ("is", &["ɪz", "ˌɪz", "ˈɪz"]),
    ("am", &["ɐm", "æm", "ˈæm"]),
    ("are", &["ˌɑːɹ", "ˈɑːɹ", "ˌɑː", "ˈɑː"]),
    ("was", &["wˌʌz", "wˈʌz", "wˌɒz", "wˈɒz"]),
    ("were", &["wˌɜː", "wˈɜː"]),
    ("been", &["bɪn", "bˌɪn", "bˈɪn", "biːn"]),
    ("be", &["bi", "biː", "bˈiː"]),
    ("not", &["nɑːt", "nˌɑːt", "nˈɑːt", "nɒt", "nˌɒt", "nˈɒt"]),
    ("will", &["wˈɪl"]),
    ("shall", &["ʃˌɐl", "ʃˈæl"]),
    ("and", &["ənd", "ɐnd"]),
    ("one", &["wʌn", "wˈʌn", "wˌʌn", "wɒn"]),
    ("once", &["wˈʌns"]),
    ("more", &["mˌɔːɹ", "mˌɔː"]),
    ("which", &["wˈɪtʃ", "wˌɪtʃ", "wɪtʃ"]),
    ("them", &["ðɛm", "ðˌɛm"]),
];

/// The words in what espeak-ng says as one ("ʌvðə" for "of the"), as misaki has them: where each
/// begins in what is written, in characters, and its IPA. What is not known stays together.
pub(super) fn apart<'a>(ipa: &'a str, written: &str) -> Vec<(usize, &'a str)> {
    let words = words(written);
    let sounds = ipa.trim_end_matches(|c: char| c.is_ascii_punctuation());
    let (mut end, mut parts) = (sounds.len(), Vec::new());
    for (at, word) in words.iter().skip(1).rev() {
        let known = RUN_TOGETHER.iter().find(|(known, _)| word.eq_ignore_ascii_case(known));
        let fitting = known.into_iter().flat_map(|(_, sounds)| sounds.iter());
        let fitting =
            fitting.filter(|sound| ipa[..end].strip_suffix(**sound).is_some_and(|rest| !rest.is_empty()));
        let Some(sound) = fitting.max_by_key(|sound| sound.len()) else { break };
        parts.push((*at, &ipa[end - sound.len()..if parts.is_empty() { ipa.len() } else { end }]));
        end -= sound.len();
    }
    parts.push((0, if parts.is_empty() { ipa } else { &ipa[..end] }));
    parts.reverse();
    parts
}

/// The written words, and where each begins in characters.
fn words(written: &str) -> Vec<(usize, String)> {
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut within = false;
    for (at, c) in written.chars().enumerate() {
        let is_letter = c.is_alphanumeric() || matches!(c, '\'' | '’');
        match words.last_mut() {
            Some((_, word)) if is_letter && within => word.push(c),
            _ if is_letter => words.push((at, c.into())),
            _ => {}
        }
        within = is_letter;
    }
    words
}

/// IPA in misaki's letters; what has none stays as it is.
fn letters(ipa: &str, british: bool) -> String {
    let (mut said, mut rest) = (String::with_capacity(ipa.len()), ipa);
    while let Some(c) = rest.chars().next() {
        let fitting = replacements(british).filter(|(ipa, _)| rest.starts_with(ipa) && !opens(ipa, rest));
        match fitting.max_by_key(|(ipa, _)| ipa.len()) {
            Some((ipa, letters)) => {
                said.push_str(letters);
                rest = &rest[ipa.len()..];
            }
            None => {
                rest = &rest[c.len_utf8()..];
                // A consonant that is a syllable of its own has a short vowel before it.
                said.extend(rest.starts_with('\u{329}').then_some('ᵊ'));
                said.push(c);
            }
        }
    }
    said
}

/// Whether "əl" is no syllable of its own here: the l begins the next one.
fn opens(ipa: &str, rest: &str) -> bool {
    const VOWELS: &str = "ˈˌaeiouæɐɑɒɔəɚɛɜɪʊʌᵻ";
    ipa == "əl" && rest[ipa.len()..].starts_with(|c| VOWELS.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn espeak_s_sounds_have_misaki_s_letters() {
        for (ipa, american) in [
            ("həlˈoʊ", "həlˈO"),
            ("wˈɜːld", "wˈɜɹld"),
            ("bˈʌʔn\u{329}", "bˈʌtn"),
            ("wˈɔːɾɚ,", "wˈɔTəɹ,"),
            ("tʃˈeɪndʒ", "ʧˈAnʤ"),
            ("pˈiːpəl", "pˈipᵊl"),
            ("ˈɪtəli", "ˈɪtəli"),
            ("jˈuːtɹɛc\u{327}t", "jˈutɹɛkt"),
            ("ˈæftɚɹ", "ˈæftəɹ"),
        ] {
            assert_eq!(letters(ipa, false), american);
        }
        for (ipa, british) in [("həlˈəʊ", "həlˈQ"), ("ðˈeə", "ðˈɛː"), ("wˈɔːtə", "wˈɔːtə")]
        {
            assert_eq!(letters(ipa, true), british);
        }
    }

    #[test]
    fn words_that_are_run_together_are_taken_apart() {
        for (ipa, written, said) in [
            ("ʌvðə", "of the ", "ʌv ðə"),
            ("kˌʊdɐv,", "could have, ", "kˌʊd ɐv,"),
            ("mˌʌstævtə", "must have to ", "mˌʌst æv tə"),
            ("nˈoʊwˈʌn", "no one ", "nˈoʊ wˈʌn"),
            ("duːnˈɑːt", "do not ", "duː nˈɑːt"),
            ("ðɛɹwˌʌz", "there was ", "ðɛɹ wˌʌz"),
            ("fɚɹə", "for a ", "fɚɹ ə"),
            ("ðə", "the ", "ðə"),
            ("bˈɑːtəv", "bottov ", "bˈɑːtəv"),
        ] {
            let parts: Vec<&str> = apart(ipa, written).into_iter().map(|(_, ipa)| ipa).collect();
            assert_eq!(parts.join(" "), said);
        }
        assert_eq!(apart("ɪnðə", "In the ")[1].0, 3);
    }

    #[test]
    fn every_letter_that_is_written_has_an_id() {
        let written = BOTH.iter().chain(&AMERICAN).chain(&BRITISH).flat_map(|(_, letters)| letters.chars());
        let without: String = written.filter(|letter| id(*letter).is_none()).collect();
        assert_eq!(without, "");
    }
}
