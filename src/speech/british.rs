//! American sounds → British: what the text stage knows of names and heteronyms is written as espeak-ng writes
//! American English.

/// Whether one of espeak-ng's voices is British and says no r but before vowels.
pub(super) fn is_british(espeak: &str) -> bool {
    espeak == "en" || espeak.starts_with("en-gb") && !espeak.ends_with("scotland")
}

const VOWELS: &str = "aeiouæɐɑɒɔəɚɛɜɪʊʌᵻ";

/// The same word in standard British. `words` are English, in which the vowel of "lot" is another than that of
/// "father"; the ɑː of foreign names is always the latter.
pub(super) fn british(ipa: &str, english: bool) -> String {
    let chars: Vec<char> = ipa.chars().collect();
    let after = |i: usize| chars.get(i).copied();
    let vowel_after = |i: usize| {
        let sounds = chars.get(i..).unwrap_or_default().iter().copied();
        sounds.clone().find(|c| !matches!(c, 'ˈ' | 'ˌ' | 'ɹ')).is_some_and(|c| VOWELS.contains(c))
    };
    let (mut said, mut i) = (String::new(), 0);
    while let Some(c) = after(i) {
        i += 1;
        let long = after(i) == Some('ː');
        let r = after(i + usize::from(long)) == Some('ɹ') && !vowel_after(i + usize::from(long) + 1);
        let british = match c {
            'ɪ' if r => "iə",
            'ɛ' if r => "eə",
            'ʊ' if r => "ʊə",
            'o' if after(i) == Some('ʊ') => "ə",
            'ɚ' if after(i) != Some('ɹ') && vowel_after(i) => "əɹ",
            'ɚ' => "ə",
            'ɾ' => "t",
            'æ' => "a",
            'ɔ' if !long && !matches!(after(i), Some('ɪ' | 'ɹ')) => "ɒ",
            'ɑ' if long && english && after(i + 1) != Some('ɹ') => {
                i += 1;
                "ɒ"
            }
            'ɹ' if !vowel_after(i) || after(i) == Some('ɹ') => "",
            _ => {
                said.push(c);
                continue;
            }
        };
        said.push_str(british);
    }
    if english { with_glides(&said) } else { said }
}

/// "Produce" has an oo in America and a you in Britain.
fn with_glides(ipa: &str) -> String {
    const BEFORE_OO: [(&str, &str); 4] =
        [("dˈuː", "djˈuː"), ("duː", "djuː"), ("nˈuː", "njˈuː"), ("zˈuː", "zjˈuː")];
    BEFORE_OO.iter().fold(ipa.to_owned(), |ipa, (american, british)| ipa.replace(american, british))
}

/// The last letter has another name.
pub(super) fn british_letters(ipa: &str) -> String {
    british(ipa, true).replace("zˈiː", "zˈɛd").replace("zˌiː", "zˌɛd")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_words_lose_their_r_and_change_their_vowels() {
        for (american, said) in [
            ("mækɹˈɔn", "makɹˈɒn"),
            ("ˈɔːɹbɑːn", "ˈɔːbɑːn"),
            ("kɔdɚkˈɔːfski", "kɒdəkˈɔːfski"),
            ("ɡˈoʊtɚz", "ɡˈəʊtəz"),
            ("fɔn dɛɹ lˈaɪən", "fɒn deə lˈaɪən"),
            ("ˈoʊdɪɹ", "ˈəʊdiə"),
            ("ɚɑːnˈiːən", "əɹɑːnˈiːən"),
        ] {
            assert_eq!(british(american, false), said);
        }
        for (american, said) in
            [("pɹˈɑːdʒɛkt", "pɹˈɒdʒɛkt"), ("ɹᵻbˈɑːɹb", "ɹᵻbˈɑːb"), ("maɪnˈuːt", "maɪnjˈuːt")]
        {
            assert_eq!(british(american, true), said);
        }
        assert_eq!(british_letters("ˌɛnˌɑːɹɹˈeɪ"), "ˌɛnˌɑːɹˈeɪ");
        assert_eq!(british_letters("ˌɛnˈziː"), "ˌɛnˈziː");
        assert_eq!(british_letters("nˌɛnzˈiː"), "nˌɛnzˈɛd");
    }
}
