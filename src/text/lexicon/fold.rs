//! Letters without case, accents and typography, so that "ERDOGAN" is found under "Erdoğan".

use unicode_normalization::char::decompose_canonical;

/// A character as words are compared by it.
pub(super) fn fold(c: char) -> char {
    match c {
        'a'..='z' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        '’' | 'ʼ' => '\'',
        '–' => '-',
        _ if c.is_alphabetic() => base(c),
        _ => c,
    }
}

fn base(c: char) -> char {
    let mut first = None;
    decompose_canonical(c, |part| {
        first.get_or_insert(part);
    });
    let plain = first.unwrap_or(c).to_lowercase().next().unwrap_or(c);
    match plain {
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        'ı' => 'i',
        _ => plain,
    }
}

/// The first word of a text, folded.
pub(super) fn first_word(text: &str) -> String {
    let mut word = String::with_capacity(32);
    word.extend(text.chars().take_while(|c| c.is_alphabetic()).map(fold));
    word
}

/// A word in capitals without accents.
pub(in crate::text) fn plain(word: &str) -> String {
    word.chars().map(|c| fold(c).to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_however_they_are_written() {
        for (written, folded) in [
            ("Erdoğan", "erdogan"),
            ("ŁÓDŹ", "lodz"),
            ("İzmir today", "izmir"),
            ("Đoković", "dokovic"),
            ("Nagorno-Karabakh", "nagorno"),
        ] {
            assert_eq!(first_word(written), folded);
        }
    }
}
