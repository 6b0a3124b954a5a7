//! What is said for what is written, family by family.

use crate::article::Article;
use crate::text::script;

fn said(text: &str) -> String {
    let script = script(&Article { language: Some("en".into()), ..Article::plain("id", text) });
    let sentences = script.blocks.iter().flat_map(|block| &block.sentences);
    sentences.map(|sentence| sentence.spoken.as_str()).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (written, spoken) in cases {
        assert_eq!(said(written), *spoken, "for {written:?}");
    }
}

#[test]
fn prose_is_left_alone() {
    let prose = [
        "Nothing here needs to be changed.",
        "“We can’t,” she said — and nobody (not even her aides) replied…",
        "The ministers' well-known, long-term plan: wait; then see.",
        "May I march on? A dec would say no, and so would an art lover in a min dress.",
        "They met Jang-hoon and Kyung-min.",
        "I and a friend saw Malcolm X, President Xi and a C major scale.",
    ];
    prose.iter().for_each(|text| assert_eq!(said(text), *text));
}

#[test]
fn numbers() {
    check(&[
        ("It drew 12,400 people.", "It drew twelve thousand four hundred people."),
        ("It drew 12 400 people.", "It drew twelve thousand four hundred people."),
        ("Pi is 3.1416 or so.", "Pi is three point one four one six or so."),
        ("agent 007 left", "agent zero zero seven left"),
        ("a loss of -40 points", "a loss of minus forty points"),
        ("1,5 million of them", "one point five million of them"),
        ("the 31st and the 112th", "the thirty-first and the one hundred and twelfth"),
        ("release 4.2.1 is out", "release four point two point one is out"),
        ("some 300 sheep", "some three hundred sheep"),
    ]);
}

#[test]
fn years_and_decades() {
    check(&[
        ("In 1989 and in 2003", "In nineteen eighty-nine and in two thousand and three"),
        ("since 1066", "since ten sixty-six"),
        ("the '70s and the 2010s", "the seventies and the twenty tens"),
        ("the mid-1850s", "the mid-eighteen fifties"),
        ("some 1940 workers", "some one thousand nine hundred and forty workers"),
        ("the 2021/22 budget", "the twenty twenty-one twenty-two budget"),
        ("between 1914–1918", "between nineteen fourteen and nineteen eighteen"),
        ("in 31 BC", "in thirty-one BC"),
        ("in 4Q19", "in the fourth quarter of nineteen"),
    ]);
}

#[test]
fn dates() {
    check(&[
        ("on 7 October 2023", "on the seventh of October twenty twenty-three"),
        ("the 7 October attack", "the seventh of October attack"),
        ("on Oct. 7th, 2023", "on October seventh twenty twenty-three"),
        ("on Fri 2 Feb", "on Friday the second of February"),
        ("2024-06-09", "the ninth of June twenty twenty-four"),
        ("09/06/2024", "the ninth of June twenty twenty-four"),
        ("6–9 June 2024", "the sixth to the ninth of June twenty twenty-four"),
        ("30 May–2 June", "the thirtieth of May to the second of June"),
        ("In June 20 people fell ill", "In June twenty people fell ill"),
        ("by Dec 2025", "by December twenty twenty-five"),
    ]);
}

#[test]
fn times() {
    check(&[
        ("at 9:05", "at nine oh five"),
        ("at 8.15pm", "at eight fifteen PM"),
        ("at 6 p.m.", "at six PM."),
        ("at 15:00 CET", "at fifteen hundred CET"),
        ("at 11.30 GMT", "at eleven thirty GMT"),
        ("9am-5pm", "nine AM to five PM"),
        ("7-9pm", "seven to nine PM"),
        ("in 2:04:31", "in two hours four minutes and thirty-one seconds"),
    ]);
}

#[test]
fn money() {
    check(&[
        ("€71.4bn was lost", "seventy-one point four billion euros was lost"),
        ("a $2.5m house", "a two point five million dollar house"),
        ("£1 or 1€", "one pound or one euro"),
        ("$3.05 and £0.01", "three dollars five cents and one penny"),
        ("CHF 4m, PLN 30bn", "four million Swiss francs, thirty billion zlotys"),
        ("€3-4m", "three to four million euros"),
        ("US$5bn–US$6bn", "five billion U S dollars to six billion U S dollars"),
        ("only 20p", "only twenty pence"),
        ("€90/MWh", "ninety euros per megawatt hour"),
        ("1.000.000 EUR", "one million euros"),
    ]);
}

#[test]
fn percent_and_measures() {
    check(&[
        ("up 3,7%", "up three point seven percent"),
        ("30%–40% and 5-6%", "thirty percent to forty percent and five to six percent"),
        ("by 0.5pp", "by zero point five percentage points"),
        ("12km off, a 12km run", "twelve kilometres off, a twelve kilometre run"),
        ("at 130 km/h", "at one hundred and thirty kilometres per hour"),
        ("35 km² and 4m3", "thirty-five square kilometres and four cubic metres"),
        ("-12°C or 31C", "minus twelve degrees Celsius or thirty-one degrees Celsius"),
        ("5ft 11in", "five feet eleven inches"),
        ("4m voters and 4m of rope", "four million voters and four metres of rope"),
        ("at 47°30′ N", "at forty-seven degrees thirty minutes north"),
        ("one-in-five, 1-in-5", "one-in-five, one-in-five"),
    ]);
}

#[test]
fn ranges_scores_and_fractions() {
    check(&[
        ("aged 16-19", "aged sixteen to nineteen"),
        ("won 3–0", "won three nil"),
        ("pp. 8–11", "pages eight to eleven"),
        ("a ratio of 4:1", "a ratio of four to one"),
        ("2/3 of it, 1½ years", "two thirds of it, one and a half years"),
        ("24/7 and 50/50", "twenty-four seven and fifty fifty"),
        ("a 4-3-3 shape", "a four-three-three shape"),
    ]);
}

#[test]
fn serials_and_romans() {
    check(&[
        ("COP30, G20, 4G, B12", "COP thirty, G twenty, four G, B twelve"),
        ("an F-35 and ten Su-24s", "an F-thirty-five and ten Su-twenty-fours"),
        ("a Boeing 747", "a Boeing seven forty-seven"),
        ("CO₂ and CH4", "C O two and C H four"),
        ("Philip II met Pope Paul VI", "Philip the second met Pope Paul the sixth"),
        ("World War II, Article IX", "World War two, Article nine"),
        ("the XIX century", "the nineteenth century"),
        ("Vitamin C and Plan X", "Vitamin C and Plan X"),
    ]);
}

#[test]
fn abbreviations() {
    check(&[
        ("Dr. Braun and Prof Lang", "Doctor Braun and Professor Lang"),
        ("St. Gallen, off Main St.", "Saint Gallen, off Main Street."),
        ("No. 3, or No 3", "Number three, or Number three"),
        ("apples, pears, etc.", "apples, pears, et cetera."),
        ("i.e. now, e.g. here", "that is now, for example here"),
        ("Kramer vs. Kramer", "Kramer versus Kramer"),
        ("Austin, TX", "Austin, Texas"),
        ("it dont work, it don`t", "it don't work, it don't"),
        ("the Rt Hon Ada Holm", "the Right Honourable Ada Holm"),
        ("20 sq. miles, 5th Ave. here", "twenty square miles, fifth Avenue here"),
        ("it fell, IL-6 rose", "it fell, IL-six rose"),
        ("after WWII", "after World War Two"),
    ]);
}

#[test]
fn signs_and_addresses() {
    check(&[
        ("bread & butter", "bread and butter"),
        ("2+2=4", "two plus two equals four"),
        (">100, <5, ~30, #1", "more than one hundred, less than five, about thirty, number one"),
        ("he/she and/or they", "he or she and or they"),
        ("news [sic] here", "news, sic, here"),
        ("day—night", "day, night"),
        ("c/o Ada, up 0.3pc q/q", "care of Ada, up zero point three percent quarter on quarter"),
        (
            "ISBN 978-0-12-345678-X",
            "ISBN nine seven eight, zero, one two, three four five six seven eight, X",
        ),
        ("open Mon–Fri", "open Monday to Friday"),
        ("from 5 to 7 June, May 5-June 3", "from the fifth to the seventh of June, May fifth to June third"),
        (
            "Regulation 2016/679, 10/10",
            "Regulation twenty sixteen slash six hundred and seventy-nine, ten out of ten",
        ),
        ("H₂O, the €750bn fund", "H two O, the seven hundred and fifty billion euro fund"),
        ("a fact[3] and another¹", "a fact and another"),
        ("so glad 🎉🎉", "so glad"),
        ("Acme™ *really*", "Acme really"),
        ("see example.org/help", "see example dot org slash help"),
        ("ask jo@example.eu", "ask jo at example dot E U"),
        ("#OpenSource, says @BigNews", "hashtag Open Source, says at Big News"),
        ("call 020 7946 0000", "call zero two zero, seven nine four six, zero zero zero zero"),
    ]);
}

#[test]
fn what_is_left_out_is_noted() {
    let text = format!("Read https://example.org/{} now 🎉, or not.[4]", "a-long-way/".repeat(6));
    let script = script(&Article::plain("id", &text));
    let codes: Vec<&str> = script.all_notes().iter().map(|note| note.code).collect();
    assert_eq!(codes, ["link-skipped", "emoji-skipped", "footnote-skipped"]);
}

#[test]
fn words_in_other_letters_are_of_another_language_and_noted() {
    let cases = [
        ("The film (ドラゴン) opens in Japan.", "(ドラゴン)", "ja"),
        ("He said Привет, мир, to all.", "Привет, мир,", "ru"),
        ("In Greek, λόγος means word; α is a letter.", "λόγος", "el"),
        ("Say 안녕하세요 to all.", "안녕하세요", "ko"),
        ("They met in 北京 in May.", "北京", "zh"),
    ];
    for (written, words, language) in cases {
        let script = script(&Article { language: Some("en".into()), ..Article::plain("id", written) });
        let notes: Vec<_> = script.all_notes().into_iter().map(|note| (note.code, note.detail)).collect();
        assert_eq!(notes, [("other-script", words.to_owned())]);
        let sentences = script.blocks.iter().flat_map(|block| &block.sentences);
        let tokens = sentences.flat_map(|sentence| &sentence.tokens);
        let of_another: Vec<_> = tokens.filter_map(|token| token.language.as_deref()).collect();
        assert!(!of_another.is_empty() && of_another.iter().all(|own| *own == language), "{written}");
        assert_eq!(said(written), written);
    }
}

/// Every token that says how it sounds: as it is said, and its sound.
fn sounds(text: &str) -> Vec<(String, String)> {
    let script = script(&Article { language: Some("en".into()), ..Article::plain("id", text) });
    let sentences = script.blocks.iter().flat_map(|block| &block.sentences);
    let tokens = sentences.flat_map(|sentence| sentence.tokens.iter().map(|token| (&sentence.text, token)));
    let sounding = tokens.filter_map(|(text, token)| {
        let written: String = text.chars().skip(token.span.0).take(token.span.1 - token.span.0).collect();
        Some((written, token.sound.as_ref()?.as_written().to_owned()))
    });
    sounding.collect()
}

#[track_caller]
fn check_sounds(cases: &[(&str, &[(&str, &str)])]) {
    for (written, expected) in cases {
        let found = sounds(written);
        let found: Vec<(&str, &str)> = found.iter().map(|(word, sound)| (&**word, &**sound)).collect();
        assert_eq!(&found, expected, "for {written:?}");
        assert_eq!(said(written), *written);
    }
}

#[test]
fn names_sound_as_in_their_language() {
    check_sounds(&[
        ("Mr Putin’s aides", &[("Putin’s", "pˈuːtɪnz")]),
        ("a pro-Kyiv vote in Nice", &[("Kyiv", "kˈiːv"), ("Nice", "nˈiːs")]),
        ("Nice to see you", &[]),
    ]);
}

#[test]
fn capitals_are_letters_or_words() {
    check_sounds(&[
        ("The EU, the UN and NATO met", &[]),
        ("NATO's plan for the MEPs'", &[("NATO's", "nato's"), ("MEPs'", "ˌɛmˌiːpˈiːz")]),
        ("The EBRD’s loan", &[("EBRD’s", "ˌiːbˌiːˌɑːɹdˈiːz")]),
        ("the ÖVP and the IAEA", &[("ÖVP", "ˌoʊvˌiːpˈiː"), ("IAEA", "ˌaɪˌeɪˌiːˈeɪ")]),
        ("a BIG deal, JPEG and CBAM", &[("BIG", "big")]),
        ("The WHO warned", &[("WHO", "dˌʌbəljˌuːˌeɪtʃˈoʊ")]),
        ("the person who warned us about it", &[]),
        ("WHO IS RIGHT", &[]),
        ("THE WHO IS RIGHT", &[("WHO", "dˌʌbəljˌuːˌeɪtʃˈoʊ")]),
        ("WHY IT WAS SAID", &[("IT", "it")]),
        ("IT SYSTEMS CRASH", &[]),
        ("LET US ALL TALK", &[("LET", "let"), ("US", "us")]),
    ]);
}

#[test]
fn single_letters_are_told_from_the_article() {
    check_sounds(&[
        ("the U S A won", &[("U S A", "jˌuːˌɛsˈeɪ")]),
        ("Saint Mary C O two", &[("C O", "sˌiːˈoʊ")]),
        ("Plan A failed", &[("A", "ˈeɪ")]),
        ("from A to B", &[("A", "ˈeɪ")]),
        ("A plan and A-level results", &[]),
        ("A U-turn, a T-shirt", &[]),
        ("an A.I. firm", &[]),
    ]);
}

mod pages;
mod papers;
