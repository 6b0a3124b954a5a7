//! Whether English could say a row of capitals as a word: NATO and UNICEF, but not EBRD.

/// Consonants that a word may begin with, beside any single one.
const ONSETS: &[&str] = &[
    "BL", "BR", "CH", "CHR", "CL", "CR", "DR", "DW", "FL", "FR", "GH", "GL", "GR", "KH", "KL", "KN", "KR",
    "PH", "PHR", "PL", "PR", "RH", "SC", "SCH", "SCR", "SH", "SHR", "SK", "SL", "SM", "SN", "SP", "SPH",
    "SPL", "SPR", "SQ", "ST", "STR", "SW", "TH", "THR", "TR", "TS", "TW", "WH", "WR", "ZW",
];

/// Consonants that a word may end with, beside any single one.
const CODAS: &[&str] = &[
    "CH", "CK", "CKS", "CS", "CT", "CTS", "DS", "DTH", "FF", "FS", "FT", "FTS", "GGS", "GH", "GHT", "GHTS",
    "GN", "GS", "KS", "LB", "LD", "LDS", "LF", "LK", "LL", "LLS", "LM", "LP", "LS", "LT", "LTH", "LTS", "MB",
    "MN", "MP", "MPS", "MS", "NC", "NCH", "ND", "NDS", "NG", "NGS", "NGTH", "NK", "NKS", "NN", "NS", "NT",
    "NTH", "NTS", "NX", "PH", "PS", "PT", "PTS", "RB", "RBS", "RC", "RCH", "RD", "RDS", "RF", "RG", "RK",
    "RKS", "RL", "RLD", "RM", "RMS", "RN", "RNS", "RP", "RR", "RS", "RST", "RT", "RTH", "RTS", "SH", "SK",
    "SKS", "SM", "SP", "SS", "ST", "STS", "TCH", "TH", "THS", "TS", "TT", "WL", "WN", "WNS", "WS", "XT",
    "YS", "ZZ",
];

/// Letters at a time, all vowels or all consonants.
fn groups(word: &str) -> Vec<(bool, &str)> {
    let mut groups = Vec::new();
    let mut start = 0;
    for (i, _) in word.char_indices().skip(1) {
        if is_vowel(word, i) != is_vowel(word, start) {
            groups.push((is_vowel(word, start), &word[start..i]));
            start = i;
        }
    }
    groups.push((is_vowel(word, start), &word[start..]));
    groups
}

/// Y is a consonant before a vowel.
fn is_vowel(word: &str, at: usize) -> bool {
    let mut rest = word[at..].chars();
    let vowel = |c: Option<char>| matches!(c, Some('A' | 'E' | 'I' | 'O' | 'U'));
    match rest.next() {
        Some('Y') => !vowel(rest.next()),
        letter => vowel(letter),
    }
}

/// Whether a word of capitals A to Z can be said as one.
pub(super) fn is_sayable(word: &str) -> bool {
    let groups = groups(word);
    let last = groups.len() - 1;
    let fits = |(i, (vowels, letters)): (usize, &(bool, &str))| match (vowels, i) {
        (true, _) => letters.len() <= 2 && !matches!(*letters, "AA" | "II" | "UU"),
        (false, 0) => begins(letters),
        (false, _) if i == last => ends(letters),
        (false, _) => (0..=letters.len()).any(|cut| ends(&letters[..cut]) && begins(&letters[cut..])),
    };
    groups.iter().any(|(vowels, _)| *vowels) && groups.iter().enumerate().all(fits)
}

/// Whether it is said as a letter and a syllable: JPEG, CBAM, KFOR.
pub(super) fn is_letter_and_syllable(word: &str) -> bool {
    let shape: Vec<(bool, usize)> =
        groups(word).iter().map(|(vowels, group)| (*vowels, group.len())).collect();
    shape == [(false, 2), (true, 1), (false, 1)] && !is_sayable(word)
}

fn begins(consonants: &str) -> bool {
    consonants.len() < 2 || ONSETS.contains(&consonants)
}

fn ends(consonants: &str) -> bool {
    consonants.len() < 2 || CODAS.contains(&consonants)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_letters_by_their_shape() {
        for word in ["NATO", "UNICEF", "FRONTEX", "BRICS", "ERASMUS", "SWIFT", "YIMBY", "EUROPOL", "LIGHTS"] {
            assert!(is_sayable(word), "{word}");
        }
        for word in ["EBRD", "IAEA", "GDPR", "SADC", "PSOE", "RATP", "EUAA", "CSTO"] {
            assert!(!is_sayable(word) && !is_letter_and_syllable(word), "{word}");
        }
        for word in ["JPEG", "CBAM", "TTIP", "KFOR"] {
            assert!(is_letter_and_syllable(word), "{word}");
        }
    }
}
