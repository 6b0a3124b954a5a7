//! What holds for the spoken form of any text.

use lectern::article::{Article, Body};
use lectern::text::{Script, Sentence, Span, script};
use proptest::prelude::*;

/// Words and marks that rules look for, thrown together.
fn news() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[0-9]{1,5}",
        "[€$£~<>#@+-][0-9]{1,4}(\\.[0-9]{1,3})?(bn|m|k|%)?",
        "[0-9]{1,4}[-–/:.,][0-9]{1,4}",
        "[0-9]{1,3}(km|kg|°C|pm|th|st|s|%|€|p)",
        prop::sample::select(vec![
            "Dr Smith",
            "St. Mary",
            "No. 5",
            "vs.",
            "etc.",
            "May",
            "Nov.",
            "Charles III",
            "Chapter IV",
            "the",
            "a",
            "word",
            "“quote”",
            "(see)",
            "[1]",
            "[so]",
            "—",
            "–",
            "…",
            "e\u{301}te\u{301}",
            "of\u{AD}ten",
            "ﬁne",
            "🎉",
            "👩\u{200D}🚀",
            "news.eu",
            "a@b.eu",
            "3.–5. Juni",
            "2,50 €/kg",
            "1.ª",
            "20h30-22h",
            "CDU/CSU",
            "tél. 01 23 45 67 89",
            "@Name",
            "#Tag",
            "and/or",
            "½",
            "x²",
            "1.2.3.4",
            "CO2",
            "F-16",
            "million",
            "in",
            "\u{A0}",
            "+44 20 7946 0000",
            "10:30:15",
            "2024-02-30",
        ])
        .prop_map(String::from),
    ];
    prop::collection::vec(part, 0..20).prop_map(|parts| parts.join(" "))
}

/// The languages with rules of their own.
const LANGUAGES: [&str; 4] = ["en", "de", "fr", "es"];

fn read(text: &str) -> Script {
    read_in("en", text)
}

fn read_in(language: &str, text: &str) -> Script {
    script(&Article { language: Some(language.into()), ..Article::plain("id", text) })
}

fn sentences(script: &Script) -> impl Iterator<Item = &Sentence> {
    script.blocks.iter().flat_map(|block| &block.sentences)
}

/// What a span takes of a text.
fn utf16(text: &str, span: Span) -> Option<String> {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(units.get(span.0..span.1)?).ok()
}

fn check_tokens(text: &str, script: &Script) -> Result<(), TestCaseError> {
    let length = text.encode_utf16().count();
    let mut place = 0;
    for sentence in sentences(script) {
        let characters = sentence.spoken.chars().count();
        let mut at = None;
        prop_assert_eq!(text.get(sentence.bytes.0..sentence.bytes.1), Some(sentence.source.as_str()));
        for token in &sentence.tokens {
            prop_assert!(place <= token.span.0 && token.span.0 < token.span.1, "{:?}", token);
            prop_assert!(token.span.1 <= sentence.span.1 && sentence.span.1 <= length);
            let written = utf16(text, token.span);
            prop_assert_eq!(text.get(token.bytes.0..token.bytes.1), written.as_deref());
            prop_assert!(
                at < Some(token.at) && token.at < characters,
                "{:?} in {:?}",
                token,
                sentence.spoken
            );
            (place, at) = (token.span.1, Some(token.at));
        }
    }
    Ok(())
}

/// Every letter and digit is in a token's span, or in a sentence with a note about it.
fn check_nothing_lost(text: &str, script: &Script) -> Result<(), TestCaseError> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut said = vec![false; units.len()];
    for sentence in sentences(script) {
        let noted = if sentence.notes.is_empty() { None } else { Some(sentence.span) };
        for span in sentence.tokens.iter().map(|token| token.span).chain(noted) {
            said[span.0..span.1].fill(true);
        }
    }
    let lost = units.iter().zip(&said).any(|(unit, said)| {
        !said && char::from_u32(u32::from(*unit)).is_some_and(|c| c.is_ascii_alphanumeric())
    });
    prop_assert!(!lost, "{text:?} lost something: {script:?}");
    Ok(())
}

/// What is said for a text, and for that again. Enough English is put around it to be taken for
/// English both times.
fn read_twice(text: &str) -> (String, String) {
    let say = |text: &str| {
        let script = read(text);
        let said = sentences(&script).map(|s| s.spoken.as_str()).filter(|spoken| !spoken.is_empty());
        said.collect::<Vec<_>>().join(" ")
    };
    let once = say(&format!("The people of this town say that they would rather have {text} than go home"));
    let twice = say(&once);
    (once, twice)
}

#[test]
fn what_was_once_read_twice_in_two_ways() {
    for text in ["Nov. No. 5", "Nov. @Name", "St. Mary CO2"] {
        let (once, twice) = read_twice(text);
        assert_eq!(once, twice);
    }
}

/// A part that is left out is told about with the words around it, wherever a long row is parted for breath.
#[test]
fn each_part_of_a_long_row_tells_what_it_leaves_out() {
    let text = "tél. 01 23 45 67 89 +44 20 7946 0000 0 0 0 <02bn tél. 01 23 45 67 89 0s £2493% 50202 21 83 51 \
                474–2 [1]";
    for language in LANGUAGES {
        check_nothing_lost(text, &read_in(language, text)).unwrap();
    }
}

proptest! {
    #[test]
    fn tokens_are_in_order_and_inside_the_text(text in prop_oneof![news(), "\\PC{0,80}"]) {
        for language in LANGUAGES {
            check_tokens(&text, &read_in(language, &text))?;
        }
    }

    #[test]
    fn a_spoken_form_stays_as_it_is(text in news()) {
        let (once, twice) = read_twice(&text);
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn nothing_is_lost_silently(text in prop_oneof![news(), "[ -~]{0,80}"]) {
        for language in LANGUAGES {
            check_nothing_lost(&text, &read_in(language, &text))?;
        }
    }
}

#[test]
fn a_listing_is_told_and_left_out_and_a_poem_is_read() {
    let html =
        "<p>Write this:</p><pre>let sum = list[0];</pre><pre>The lamp is low,\nthe night is long.</pre>";
    let body = Body::Html(html.into());
    let script = script(&Article { body, ..Article::plain("id", "") });
    let said: Vec<&str> = sentences(&script).map(|s| s.spoken.as_str()).collect();
    assert_eq!(said, ["Write this:", "", "The lamp is low, the night is long."]);
    let codes: Vec<&str> = script.all_notes().iter().map(|note| note.code).collect();
    assert_eq!(codes, ["code-skipped"]);
}

#[test]
fn a_spoken_form_is_said_as_it_is() {
    let written = "On 7 Oct 2023 at 5pm Dr Smith paid €4.5m, or 3.2%, for 12 km² near St. Gallen; \
                   Charles III won 3–1 in 1999, with COP27, F-16 and ~50 others at example.org.";
    let spoken: Vec<String> = sentences(&read(written)).map(|s| s.spoken.clone()).collect();
    let again: Vec<String> = sentences(&read(&spoken.join(" "))).map(|s| s.spoken.clone()).collect();
    assert_eq!(spoken, again);
}

#[test]
fn time_grows_with_the_text_and_no_faster() {
    for part in ["1-", "€1,000 ", "a/", "[1] ", "10:30 – ", "-- ", "1 000 ", "@a", "II ", "St. ", "'1"] {
        let text = part.repeat((1 << 20) / part.len());
        let start = std::time::Instant::now();
        let _ = read(&text);
        let _ = read_in("de", &text);
        assert!(start.elapsed().as_secs() < 20, "{part:?} took {:?}", start.elapsed());
    }
}
