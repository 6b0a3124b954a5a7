//! What is said for a sentence → what is said in one breath each. Few characters can take long
//! to say: "987,654,321" takes eighty-odd.

use super::normalise::Piece;

/// Longest spoken form in letters, a little above the longest written one: ordinary prose that
/// fits on the page is not cut again for a number in it.
pub(super) const MAX_SPOKEN: usize = 500;

/// All pieces together, or in runs of about the same length where that takes too long.
pub(super) fn breaths(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let fits = pieces.iter().map(length).sum::<usize>() <= MAX_SPOKEN;
    if fits {
        return vec![pieces];
    }
    let pieces: Vec<Piece> = pieces.into_iter().flat_map(short).collect();
    let mut left: usize = pieces.iter().map(length).sum();
    let (mut breaths, mut rest) = (Vec::new(), pieces.into_iter());
    while left > MAX_SPOKEN {
        let count = cut(rest.as_slice(), left.div_ceil(left.div_ceil(MAX_SPOKEN)));
        let breath: Vec<Piece> = rest.by_ref().take(count).collect();
        left -= breath.iter().map(length).sum::<usize>();
        breaths.push(breath);
    }
    breaths.push(rest.collect());
    breaths
}

/// Most letters that a piece adds to the spoken form: what a rule says may need a space on
/// either side.
fn length(piece: &Piece) -> usize {
    let around = if piece.rule.is_some() { 2 } else { 0 };
    letters(&piece.said) + usize::from(piece.spaced) + around
}

/// How many letters a text is said in, about: digits that no rule has put in words, letters that
/// stand for syllables or words, and capitals, which may be spelled, take several each.
fn letters(text: &str) -> usize {
    let letters = |c: char| match c {
        _ if c.is_numeric() || c >= '\u{2E80}' => 8,
        _ if c.is_uppercase() => 2,
        _ => 1,
    };
    text.chars().map(letters).sum()
}

/// The piece, or its words where it is too long for one breath; all stand for the same characters.
fn short(piece: Piece) -> Vec<Piece> {
    const MAX_WORD: usize = 40;
    if length(&piece) <= MAX_SPOKEN {
        return vec![piece];
    }
    let words = piece.said.split_whitespace().flat_map(|word| {
        let letters: Vec<char> = word.chars().collect();
        letters.chunks(MAX_WORD).map(|chunk| chunk.iter().collect()).collect::<Vec<String>>()
    });
    let word = |(i, said)| Piece {
        span: piece.span.clone(),
        said,
        rule: piece.rule,
        sound: None,
        language: piece.language.clone(),
        spaced: i > 0 || piece.spaced,
        note: piece.note.clone().filter(|_| i == 0),
    };
    words.enumerate().map(word).collect()
}

/// How many pieces to say before the best place to breathe around `aim` characters.
fn cut(pieces: &[Piece], aim: usize) -> usize {
    let (mut best, mut said) = ((usize::MAX, 1), 0);
    for (i, pair) in pieces.windows(2).enumerate() {
        said += length(&pair[0]);
        if said > MAX_SPOKEN {
            break;
        }
        best = best.min((said.abs_diff(aim) + roughness(&pair[0], &pair[1]), i + 1));
    }
    best.1
}

/// How many characters further away a better place may be.
fn roughness(before: &Piece, after: &Piece) -> usize {
    let begins = after.spaced && after.said.chars().any(char::is_alphanumeric);
    match before.said.chars().next_back() {
        _ if !begins || before.span == after.span => MAX_SPOKEN,
        Some(';' | '—' | '؛' | '.' | '!' | '?' | '…') => 0,
        Some(':' | ',' | '،' | ')' | '”' | '»') => 60,
        _ => 150,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::super::lexicon::Reader;
    use super::super::{Script, Sentence, Span, Token, script};
    use super::*;
    use crate::article::Article;

    fn read(text: &str, language: &str) -> Script {
        script(&Article { language: Some(language.into()), ..Article::plain("a", text) })
    }

    /// The sentences of a text, after a look at what holds for all.
    fn sentences(text: &str, language: &str) -> Vec<Sentence> {
        let read = read(text, language);
        let sentences: Vec<Sentence> = read.blocks.into_iter().flat_map(|b| b.sentences).collect();
        sentences.iter().for_each(check);
        let after = |pair: &[Sentence]| {
            let (before, after) = (&pair[0], &pair[1]);
            // One thing that was divided is what both stand for.
            let divided = |t: &Token| t.span.0 <= after.span.0 && before.span.1 <= t.span.1;
            let shared = before.tokens.last().is_some_and(divided);
            assert!(before.span.1 <= after.span.0 || shared, "{before:?} {after:?}");
        };
        sentences.windows(2).for_each(after);
        sentences
    }

    fn check(sentence: &Sentence) {
        let Sentence { spoken, span: Span(from, to), tokens, source, .. } = sentence;
        let characters = spoken.chars().count();
        assert!(super::letters(spoken) <= MAX_SPOKEN, "{characters} characters: {spoken}");
        assert_eq!(source.encode_utf16().count(), to - from, "{sentence:?}");
        assert!(tokens.windows(2).all(|t| t[0].at < t[1].at && t[0].span.0 <= t[1].span.0), "{sentence:?}");
        assert!(
            tokens.iter().all(|t| t.at < characters && *from <= t.span.0 && t.span.1 <= *to),
            "{sentence:?}"
        );
        assert_eq!(spoken.trim(), spoken);
    }

    /// What is said of a text, in one.
    fn said(text: &str, language: &str) -> String {
        sentences(text, language).iter().map(|s| s.spoken.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn bare(text: &str) -> String {
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    }

    #[test]
    fn says_rows_in_breaths_and_leaves_nothing_out() {
        let rows: [fn(u64) -> String; 6] = [
            |i| format!("{}", 987_654_000 + i),
            |i| format!("€{}.47,", 987_654_000 + i),
            |i| format!("{}", 123_456_789_012_345 + i),
            |i| format!("+49 30 {}", 90_182_000 + i),
            |i| format!("{}/{}/1987", i % 12 + 1, i % 28 + 1),
            |i| format!("https://example.org/{}-{i}", 987_654),
        ];
        for (row, language) in rows.iter().flat_map(|row| ["en", "de", "fr", "es", "fi"].map(|l| (row, l))) {
            let items: Vec<String> = (0..36).map(row).collect();
            let together = sentences(&items.join(" "), language);
            let written: String = together.iter().map(|s| s.source.as_str()).collect();
            let unspaced = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(unspaced(&written), unspaced(&items.join(" ")), "{language}");
            assert!(together.len() > 1, "{together:?}");
        }
        let alone: String = (0..36).map(|i| said(&rows[0](i), "en")).collect();
        let together = (0..36).map(rows[0]).collect::<Vec<_>>().join(" ");
        assert_eq!(bare(&said(&together, "en")), bare(&alone));
    }

    #[test]
    fn spells_many_initials_in_breaths() {
        let initials = "B.".repeat(50);
        let sentences = sentences(&format!("{initials} {initials} {initials} {initials}"), "en");
        assert_eq!(sentences.iter().flat_map(|s| s.spoken.matches(['B', 'b'])).count(), 200);
    }

    #[test]
    fn breathes_after_punctuation_and_between_words() {
        let items: Vec<String> = (0..34).map(|i| format!("{},", 987_654_000 + i)).collect();
        let sentences = sentences(&format!("Numbers {} end.", items.join(" ")), "en");
        let (last, parts) = sentences.split_last().unwrap();
        assert!(parts.len() >= 5, "{parts:?}");
        assert!(parts.iter().all(|s| s.source.ends_with(',')), "{parts:?}");
        assert!(parts.iter().all(|s| s.pause == super::super::Pause::Clause), "{parts:?}");
        assert!(last.spoken.ends_with("end."), "{last:?}");
        let lengths: Vec<usize> = sentences.iter().map(|s| s.spoken.chars().count()).collect();
        assert!(lengths.iter().min() > Some(&250), "{lengths:?}");
    }

    #[test]
    fn divides_what_is_one_thing() {
        let number = "7".repeat(99);
        let sentences = sentences(&format!("It is {number} kg."), "de");
        assert!(sentences.len() > 1, "{sentences:?}");
        assert!(
            sentences.iter().filter(|s| s.spoken.contains("sieben")).all(|s| s.source.contains(&number)),
            "{sentences:?}"
        );
        assert_eq!(said(&number, "de").matches("sieben").count(), 99);
    }

    #[test]
    fn ends_before_the_space_that_a_sign_has_taken() {
        sentences(&format!("{} {}", "½".repeat(40), "§ ".repeat(60)), "en");
    }

    #[test]
    fn keeps_prose_in_one_breath() {
        let text = "In 1998 they sold 300 boats, ".repeat(12);
        assert!(sentences(&text, "en").iter().all(|s| s.source.chars().count() > 150));
        assert_eq!(breaths(Vec::new()), vec![Vec::new()]);
    }

    /// Words that take longer to say than to write.
    fn word() -> impl Strategy<Value = String> {
        prop_oneof![
            "[0-9]{1,100}",
            "[€$£]?[0-9]{1,3}(,[0-9]{3}){0,12}(\\.[0-9]{2})?",
            "[0-9]{1,14} ?(km/h|kg|%|°C|m²|€|mm)",
            "[+][0-9]{2} [0-9]{2,4} [0-9]{4,12}",
            "(https?://)?[a-z0-9]{1,20}\\.(com|org)(/[a-z0-9_-]{1,12}){0,4}",
            "([A-Z]\\.){1,50}",
            "[a-zé]{1,110}",
            "[-—(«\"'.,;:!?…&@#*/=+<>]{1,60}",
            "[一-十]{1,120}",
            "[½¾²³№℃™😀€§]{1,60}",
            "[0-9]{1,2}[./:][0-9]{1,2}([./:][0-9]{2,4})?",
        ]
    }

    proptest! {
        #[test]
        fn never_says_too_much_at_once(
            words in prop::collection::vec(word(), 1..60),
            between in prop::sample::select(vec![" ", " | ", ", ", "", "\t"]),
            language in prop::sample::select(vec!["en", "de", "fr", "es", "pl"]),
        ) {
            sentences(&words.join(between), language);
        }

        #[test]
        fn breaths_are_the_pieces(words in prop::collection::vec(word(), 1..60)) {
            let text = words.join(" ");
            let pieces = super::super::normalise::normalise(&text, &Reader::plain("en"));
            let said = |pieces: &[Piece]| pieces.iter().map(|p| p.said.split_whitespace().collect::<String>()).collect::<String>();
            let all = said(&pieces);
            prop_assert_eq!(breaths(pieces).iter().map(|b| said(b)).collect::<String>(), all);
        }
    }
}
