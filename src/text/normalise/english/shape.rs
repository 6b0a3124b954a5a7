//! Whether English could say a row of capitals as a word: NATO and UNICEF, but not EBRD.

/// Consonants that a word may begin with, beside any single one.
const ONSETS: &[&str] = &[
    "BL", "BR", "CH", "CHR", "CL", "CR", "DR", "DW", "FL", "FR", "GH", "GL", "GN", "GR", "KH", "KL", "KN",
    "KR", "PH", "PHR", "PL", "PR", "RH", "SC", "SCH", "SCL", "SCR", "SH", "SHR", "SK", "SL", "SM", "SN",
    "SP", "SPH", "SPL", "SPR", "SQ", "ST", "STR", "SV", "SW", "TH", "THR", "TR", "TS", "TW", "VL", "VR",
    "WH", "WR", "ZW",
];

/// Consonants that a word may end with, beside any single one.
const CODAS: &[&str] = &[
    "BB", "BS", "BT", "BTS", "CC", "CH", "CHS", "CK", "CKS", "CS", "CT", "CTS", "DD", "DDS", "DS", "DTH",
    "FF", "FS", "FT", "FTS", "GG", "GGS", "GH", "GHS", "GHT", "GHTS", "GN", "GNS", "GS", "KS", "LB", "LBS",
    "LC", "LCH", "LD", "LDS", "LF", "LFS", "LG", "LK", "LKS", "LL", "LLS", "LM", "LMS", "LN", "LP", "LPS",
    "LS", "LSH", "LT", "LTH", "LTHS", "LTS", "LVS", "LZ", "MB", "MBS", "MM", "MN", "MP", "MPS", "MPT", "MS",
    "NC", "NCH", "ND", "NDS", "NDTH", "NG", "NGS", "NGTH", "NK", "NKS", "NN", "NS", "NT", "NTH", "NTHS",
    "NTS", "NX", "NZ", "PH", "PP", "PS", "PT", "PTH", "PTS", "RB", "RBS", "RC", "RCH", "RD", "RDS", "RF",
    "RFS", "RG", "RGS", "RK", "RKS", "RL", "RLD", "RLDS", "RLS", "RM", "RMS", "RMTH", "RN", "RNS", "RP",
    "RPS", "RR", "RS", "RSH", "RST", "RT", "RTH", "RTHS", "RTS", "RTZ", "RVS", "RZ", "SC", "SH", "SHES",
    "SK", "SKS", "SM", "SP", "SS", "ST", "STS", "TCH", "TH", "THS", "TS", "TT", "TTS", "TZ", "WD", "WDS",
    "WK", "WKS", "WL", "WLS", "WN", "WNS", "WS", "WTH", "XT", "XTS", "YS", "ZZ",
];

/// Longer runs of vowels that English words have.
const TRIPLES: &[&str] = &["EAU", "EEI", "EYE", "IOU", "UEUE", "UEUI", "OEI", "EIE"];

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

/// Y is a consonant between vowels and at the start before one.
fn is_vowel(word: &str, at: usize) -> bool {
    let letters = word.as_bytes();
    let vowel = |at: usize| matches!(letters.get(at), Some(b'A' | b'E' | b'I' | b'O' | b'U'));
    match letters.get(at) {
        Some(b'Y') => !vowel(at + 1) || at > 0 && !vowel(at - 1),
        _ => vowel(at),
    }
}

/// Whether a word of capitals A to Z can be said as one.
pub(super) fn is_sayable(word: &str) -> bool {
    let groups = groups(word);
    let last = groups.len() - 1;
    let fits = |(i, (vowels, letters)): (usize, &(bool, &str))| match (vowels, i) {
        (true, _) => {
            letters.len() <= 2 && !matches!(*letters, "AA" | "II" | "UU") || TRIPLES.contains(letters)
        }
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
