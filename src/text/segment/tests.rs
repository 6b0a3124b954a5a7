use std::time::Instant;

use proptest::prelude::*;

use super::super::script::Pause;
use super::breath::MAX_UTTERANCE;
use super::parts;

fn said<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    parts(text, language).into_iter().map(|part| &text[part.range]).collect()
}

/// Each case is written with a bar where one sentence ends and the next begins.
fn check(language: &str, cases: &[&str]) {
    for case in cases {
        let expected: Vec<&str> = case.split('|').map(str::trim).collect();
        let text = case.replace('|', "");
        assert_eq!(said(&text, language), expected, "in {language}");
    }
}

#[test]
fn english() {
    check(
        "en-GB",
        &[
            "The vote is on Monday. |Nobody knows who wins. |Will it rain? |Yes! |Good.",
            "Mr. Weber met Dr. A. J. Lind and Ms. Okoye at St. Mary's. |They talked.",
            "Gov. Hart and Sen. Pike sat with Lt. Col. Ames. |Rep. Moss came late.",
            "He works for the U.S. Navy. |She moved to the U.S. |It's far. |O. O'Neill did not.",
            "They met in Washington, D.C. |Hart was absent. |They live in the U.K. |He does not.",
            "The shop opens at 8 a.m. and closes at 6 p.m. |Next door it is later.",
            "They met at the D.C. Council at 3 p.m. Paris time. |In D.C. |Hart won.",
            "It opens at 9 a.m. Monday, at 10 a.m. GMT. |At 5 p.m. Mr. Hart went home.",
            "See p. 5, pp. 7–9, No. 10, Vol. IV and fig. 3 of vol. 2. |No. |That is all.",
            "Prices rose in Jan. 2020 and on Sept. 4. |In Oct. |They fell.",
            "It costs £3.50. |That is 2.5% more than in 2022. |15 shops closed.",
            "Barley, oats, etc. |Hart sells them. |Fruit, e.g. Apples, i.e. Pomes, is fine.",
            "Acme Inc. of Ohio sued Hart Bros. Ltd. |It lost. |Bond Jr. ran.",
            "Read www.example.org/a.html. |It is at https://example.org/b?c=D.e! |Write to a.b@example.org. |Do it.",
            "I waited... |She came. |Well … she did. |I mean... I did not... know.",
            "Anna C. Lind and P. Moss drive on U.S. 66 to S. Hart.",
            "My aunt is older than I. |Did she write to Marta I. Lund?",
            "iPads sold well. |eBooks did not. |al-Karim said so.",
            "Queen Anna II. |She ruled. |King Charles V. |His wife did not.",
            "The end.|The start of 1,000.|The rest.",
        ],
    );
}

#[test]
fn quotations_and_brackets() {
    check(
        "en",
        &[
            "“He came. |He saw,” she said. |“He won.” |Then she left.",
            "“Why?” Hart asked. |“Who?” said Ms. Lind. |“What?” |They did not know.",
            "\"It is fine.\" |She smiled. |'Go!' |He went. |\"Go!\" he said.",
            "The clerk gave in (hurrah!) after an hour. |(Nobody saw it.) |All slept.",
            "He won (in 1990. |She did not. |They (all) came.",
            "He taught (He had been a smith. He liked it.) in the town. |She slept.",
            "“We have [...] no plan [...]” (Lind 1920). |So it went.[12] |Then he slept.¹ |Done.",
            "He said: “Stop!” |“Never!” |And that was it.",
        ],
    );
    check("fr", &["« Oui ! » |« Non », dit-elle. |« Il est parti. » |Elle aussi."]);
    check("de", &["„Geh!“, sagte er. |»Nein.« |»Doch.« |Er ging. |Sie sagte: „Komm. |Bleib.“ |Er blieb."]);
}

#[test]
fn lists() {
    check(
        "en",
        &[
            "1. Bread |2. Milk |3. Six eggs",
            "1) Bread. |2) Milk. |They cost 3 or 4) euros.",
            "a) north |b) south",
            "• Tea |• Coffee |⁃7. Cake |⁃8. Pie",
        ],
    );
    check("de", &["1. FC Adler steigt in die 2. Liga auf. |Das freut viele.", "1. Brot |2. Milch"]);
}

#[test]
fn german() {
    check(
        "de",
        &[
            "Am 3. Oktober war Feiertag. |Im 19. Jahrhundert nicht. |Der 45. Präsident kam.",
            "Dr. Lind trank z. B. Tee, u. a. mit Prof. Weber. |Es kostete 3 Mio. Euro. |Die zahlte er.",
            "Es waren 45. |Die Zahl stieg 2020. |2021 fiel sie.",
            "Karl V. und Otto III. regierten. |Heinrich VIII. |Er auch.",
            "Das steht auf S. 5, Abs. 3, Nr. 12. |Bäume, Gras usw. |Wir sahen es.",
            "Er kam um 10.30 Uhr bzw. 11 Uhr in der Hauptstr. 5 an. |1990 war das.",
        ],
    );
}

#[test]
fn french() {
    check(
        "fr",
        &[
            "M. Lind est arrivé. |L'art. 5 vaut, p. ex. M. Roux le dit. |Mme Weber aussi. |MM. Roux et Petit non.",
            "C’était en 52 av. J.-C., dit-on. |Voir art. 5, p. 3. |Quelle énergie ! |D’où vient-elle ? |De là.",
            "Il vit dans l'U.E. |L’Europe est grande. |C’est l’O.N.U. |J’y vais.",
            "Je ne sais pas... |A Paris, on dort.",
        ],
    );
}

#[test]
fn spanish() {
    check(
        "es",
        &[
            "La 1.ª vez, el 2.º piso, el 3.er día y la 3.ᵉʳ. |Es todo.",
            "El Sr. Gil y la Sra. Paz viven en EE. UU. |El resto no. |¿Por qué? |¡Nadie sabe!",
            "Véase la pág. 5, núm. 3. |Llegó a las 5 p. m. |Después durmió.",
        ],
    );
}

#[test]
fn other_languages() {
    check("it", &["Il Sig. Neri vide l'Ing. Bruni. |È tardi."]);
    check("nl", &["Dhr. Bos dronk o.a. thee. |Hij sliep. |...en toen niets."]);
    check("da", &["Den 5. Juni kom hr. Holm. |Det var kl. 5. |De gik."]);
    check("cs", &["Přišel 7. dubna. |Bydlí v domě č. 5. |Pes je Vlk. |To je vše."]);
    check("pl", &["To jest np. Kot. |Tak jest."]);
    check("ru", &["А. С. Лин жил в г. Орёл. |Он писал. |Было 5 млн. руб. |Это всё."]);
    check("el", &["Πού είναι; |Δεν ξέρω. |Ο κ. Λάμπρου ξέρει."]);
    check("hy", &["Սա տուն է: |Նա գնաց:"]);
    check("ja", &["雨です。|「行く。」と言った。|３．５％です。|２人です。|「今！」。"]);
    check("zh", &["他来了。|她走了！|真的？|他看《走吧！妈妈》了。"]);
    check("hi", &["वह आया। |डॉ. राम गए। |क्यों?"]);
    check("ur", &["وہ آیا۔ |کیوں؟ |معلوم نہیں۔"]);
    check("xx", &["Mr. Lind ran. |He won."]);
}

#[test]
fn long_sentences_are_cut_at_clauses() {
    let clause = "the quick brown fox ran over the hill and the lazy old dog slept; ";
    let text = clause.repeat(9);
    let parts = parts(&text, "en");
    let pauses: Vec<Pause> = parts.iter().map(|part| part.pause).collect();
    assert_eq!(pauses, [Pause::Clause, Pause::Sentence]);
    assert!(parts.iter().all(|part| text[part.range.clone()].ends_with(';')));
}

/// Words and marks that rules look for, thrown together.
fn prose() -> impl Strategy<Value = String> {
    let words = "Mr. U.S. e.g. No. 5 1. 2. a) b) • I The the am 3. Oktober “Go!” (he ) [1] ... … . ? !” « » Ph.D. p.m. 。と";
    let part = prop_oneof![
        prop::sample::select(words.split(' ').collect::<Vec<_>>()).prop_map(String::from),
        "[a-z]{1,9}[.,;!?]?",
        "\\PC{1,5}",
        "[a-z]{300,900}",
    ];
    let languages = prop::collection::vec(part, 0..60);
    (languages, "[ \n\u{A0}]{1,2}").prop_map(|(parts, space)| parts.join(&space))
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_is_too_long(
        text in prop_oneof![prose(), "\\PC{0,80}"],
        language in prop::sample::select(vec!["en", "de", "fr", "es", "hy", "el", "cs", "xx"]),
    ) {
        let mut place = 0;
        for part in parts(&text, language) {
            let said = &text[part.range.clone()];
            prop_assert!(text[place..part.range.start].trim().is_empty());
            prop_assert!(!said.is_empty() && said == said.trim());
            prop_assert!(said.chars().count() <= MAX_UTTERANCE);
            place = part.range.end;
        }
        prop_assert!(text[place..].trim().is_empty());
    }
}

/// Sixteen times as much of what makes rules look far takes about sixteen times as long.
#[test]
fn time_is_linear() {
    let seeds = [
        ". ", ".", " . .", "! ”A", "(", "1. ", "\u{A0}", "z. ", "Ab.Aa", "[1]", ".)", "\"", "no. X ",
        "U.S. a ", "•", "a", "… ", ".[1", ".\" ",
    ];
    let once = |text: &str| {
        let begin = Instant::now();
        assert!(parts(text, "de").iter().all(|part| part.range.end <= text.len()));
        begin.elapsed().as_secs_f64()
    };
    // The best of three, as others use the machine too.
    let time = |seed: &str, bytes: usize| {
        let text = format!("a{}b", seed.repeat(bytes / seed.len()));
        (0..3).map(|_| once(&text)).fold(f64::INFINITY, f64::min)
    };
    for seed in seeds {
        let (small, large) = (time(seed, 1 << 16), time(seed, 1 << 20));
        assert!(large < 16.0 * 4.0 * small.max(0.004), "{seed:?}: {small} s, then {large} s");
    }
}
