//! Listings of programs, which nobody can follow by ear.

use super::script::{Note, Sentence};

/// A listing has at least one sign for so many letters; poems and letters, preformatted too, have fewer.
const LETTERS_A_SIGN: usize = 20;

/// Whether a preformatted text is a listing and no poem.
pub(super) fn is_listing(text: &str) -> bool {
    let (mut signs, mut letters, mut before) = (0, 0, ' ');
    for c in text.chars() {
        let call = c == '(' && (before.is_alphanumeric() || before == '_');
        signs += usize::from(call || "{}[]=<>_#|\\".contains(c));
        letters += usize::from(c.is_alphanumeric());
        before = c;
    }
    signs * LETTERS_A_SIGN > letters
}

/// Leaves out what would be said, and tells so.
pub(super) fn skip(sentence: &mut Sentence) {
    sentence.spoken.clear();
    sentence.tokens.clear();
    sentence.notes = vec![Note::new("code-skipped", &sentence.text)];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listings_are_told_from_poems() {
        for listing in
            ["def foo(bar=[]):\n    return bar[1]", "x = 1", "print('hello, dear world')", "<p>a</p>"]
        {
            assert!(is_listing(listing), "{listing}");
        }
        let poem = "The lamp is low (the night is long);\nWho sings, and who will hear the song?";
        for text in [poem, "Monday   9am–5pm\nTuesday  closed", ""] {
            assert!(!is_listing(text), "{text}");
        }
    }
}
