#![allow(clippy::unwrap_used)]

use super::super::super::script::{Script, Sound};
use super::super::super::{Style, script_with};
use super::super::entry::Case;
use super::*;
use crate::article::Article;

fn ipa(written: &str, ipa: &str) -> HouseEntry {
    HouseEntry { written: written.into(), ipa: Some(ipa.into()), ..HouseEntry::default() }
}

fn like(written: &str, respell: &str) -> HouseEntry {
    HouseEntry { written: written.into(), respell: Some(respell.into()), ..HouseEntry::default() }
}

fn letters(written: &str) -> HouseEntry {
    HouseEntry { written: written.into(), letters: true, ..HouseEntry::default() }
}

fn word(written: &str) -> HouseEntry {
    HouseEntry { written: written.into(), word: true, ..HouseEntry::default() }
}

fn read(article: &Article, entries: &[HouseEntry], voice: &str) -> Script {
    let house: House = entries.iter().cloned().map(|entry| entry.check().unwrap()).collect();
    let style = Style { house: Some(&house), voice: Some(&|_, _| voice.to_owned()), ..Style::default() };
    script_with(article, &style)
}

/// What the house has said of a text: the written words and their sounds.
fn said(text: &str, language: &str, entries: &[HouseEntry]) -> Vec<(String, String)> {
    let article = Article { language: Some(language.into()), ..Article::plain("a", text) };
    sounds(&read(&article, entries, "v"), text)
}

fn sounds(script: &Script, text: &str) -> Vec<(String, String)> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let tokens = script.blocks.iter().flat_map(|b| &b.sentences).flat_map(|s| &s.tokens);
    let house = tokens.filter(|token| token.rule == Some("house"));
    let said = house.map(|token| {
        let written = String::from_utf16_lossy(&units[token.span.0..token.span.1]);
        (written, token.sound.as_ref().map_or(String::new(), |sound| sound.as_written().to_owned()))
    });
    said.collect()
}

#[test]
fn words_are_found_wherever_they_stand_and_however_they_end() {
    let entries = [
        ipa("Zelenskyy", "zɛlˈɛnski"),
        like("F-35", "eff thirty five"),
        like("N26", "enn twenty six"),
        like("5G", "five gee"),
        like("Yahoo!", "ya-hoo"),
        like("Real Sociedad", "ray-al so-see-ay-dad"),
        like("Real", "ray-al"),
    ];
    type Row<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);
    let table: &[Row<'_>] = &[
        ("en", "Zelenskyy came.", &[("Zelenskyy", "zɛlˈɛnski")]),
        ("en", "(ZELENSKYY), pro-Zelenskyy", &[("ZELENSKYY", "zɛlˈɛnski"), ("Zelenskyy", "zɛlˈɛnski")]),
        ("en", "Zelenskyy’s plan", &[("Zelenskyy’s", "zɛlˈɛnskiz")]),
        ("en", "the Zelenskyys", &[("Zelenskyys", "zɛlˈɛnskiz")]),
        ("en", "zelenskyy, Zelenskyyism, Zelenskyy.example", &[]),
        (
            "de",
            "Zelenskyys Rede, Zelenskyy sprach",
            &[("Zelenskyys", "zɛlˈɛnskis"), ("Zelenskyy", "zɛlˈɛnski")],
        ),
        ("fi", "Zelenskyy puhui, Zelenskyyn", &[("Zelenskyy", "zɛlˈɛnski")]),
        ("fr", "l'équipe de Zelenskyy", &[("Zelenskyy", "zɛlˈɛnski")]),
        ("en", "Two F-35s and an F‑35.", &[("F-35s", "eff thirty five's"), ("F‑35", "eff thirty five")]),
        ("en", "An F-350, an F-35A, F-3", &[]),
        ("en", "At N26's office, N265.", &[("N26's", "enn twenty six's")]),
        ("es", "La red 5G llega; 15G no.", &[("5G", "five gee")]),
        ("en", "It sold Yahoo! to us.", &[("Yahoo!", "ya-hoo")]),
        ("es", "Real Sociedad y Real", &[("Real Sociedad", "ray-al so-see-ay-dad"), ("Real", "ray-al")]),
    ];
    for (language, text, expected) in table {
        let expected: Vec<_> = expected.iter().map(|(w, s)| ((*w).to_owned(), (*s).to_owned())).collect();
        assert_eq!(said(text, language, &entries), expected, "{text}");
    }
}

#[test]
fn an_elided_article_is_said_with_its_word() {
    let entries = [ipa("Évian", "evjɑ̃"), like("Enel", "énel")];
    assert_eq!(said("Il vient d’Évian.", "fr", &entries), [("d’Évian".into(), "devjɑ̃".into())]);
    assert_eq!(said("Qu'Évian gagne.", "fr", &entries), [("Qu'Évian".into(), "kevjɑ̃".into())]);
    assert_eq!(said("I conti dell'Enel.", "it", &entries), [("dell'Enel".into(), "dell'énel".into())]);
    assert_eq!(said("Aujourd'hui Enel.", "fr", &entries), [("Enel".into(), "énel".into())]);
}

#[test]
fn an_entry_is_said_as_it_asks() {
    let table = [
        ("en", letters("NASA"), Sound::Ipa("ˌɛnˌeɪˌɛsˈeɪ".into())),
        ("en", letters("A4B"), Sound::Like("ay 4 B".into())),
        ("de", letters("Nato"), Sound::Like("N A T O".into())),
        ("en", word("SPAR"), Sound::Like("spar".into())),
    ];
    for (language, entry, sound) in table {
        assert_eq!(entry.sound(language), sound, "{entry:?}");
    }
}

#[test]
fn the_house_goes_before_everything_that_is_shipped() {
    let entries = [like("Putin", "poo-tin"), like("read", "reed"), like("COP27", "cop"), like("Dr.", "doc")];
    for (text, written, sound) in [
        ("Putin spoke.", "Putin", "poo-tin"),
        ("He had read it.", "read", "reed"),
        ("At COP27 they met.", "COP27", "cop"),
        ("Ask Dr. Weber.", "Dr.", "doc"),
    ] {
        assert_eq!(said(text, "en", &entries), [(written.into(), sound.into())], "{text}");
    }
}

#[test]
fn capitals_are_asked_for_as_the_entry_says() {
    let entry = |case| HouseEntry { case, ..like("Nice", "neess") };
    let table = [
        (Case::Any, "nice NICE Nice", 3),
        (Case::Capitals, "nice NICE Nice", 2),
        (Case::Exact, "nice NICE Nice", 1),
        (Case::Inside, "Nice is in Nice", 1),
    ];
    for (case, text, count) in table {
        assert_eq!(said(text, "en", &[entry(case)]).len(), count, "{case:?}");
    }
}

#[test]
fn the_narrowest_scope_wins_and_others_are_not_asked() {
    let for_voice = HouseEntry { voice: Some("v".into()), ..like("Reading", "voice") };
    let for_language = HouseEntry { language: Some("en".into()), ..like("Reading", "language") };
    let for_region = HouseEntry { language: Some("en-GB".into()), ..like("Reading", "region") };
    let for_site = HouseEntry { site: Some("news.example".into()), ..like("Reading", "site") };
    let for_all = like("Reading", "all");
    let entries = [for_all, for_site, for_region, for_language, for_voice];
    let article = |language: &str, url: &str| Article {
        language: Some(language.into()),
        url: Some(url.into()),
        ..Article::plain("a", "Reading.")
    };
    let table = [
        ("en-GB", "https://www.news.example/a", "v#2", "voice"),
        ("en-GB", "https://www.news.example/a", "other", "region"),
        ("en_US", "https://www.news.example/a", "other", "language"),
        ("es", "https://www.news.example/a", "other", "site"),
        ("es", "https://goodnews.example/a", "vv", "all"),
    ];
    for (language, url, voice, expected) in table {
        let script = read(&article(language, url), &entries, voice);
        assert_eq!(sounds(&script, "Reading."), [("Reading".into(), expected.into())], "{language} {url}");
    }
}

#[test]
fn entries_are_checked_and_named() {
    let entry = ipa(" Zelen\u{AD}skyy ", "/zɛlˈɛnski/").check().unwrap();
    assert_eq!((entry.written.as_str(), entry.ipa.as_deref()), ("Zelenskyy", Some("zɛlˈɛnski")));
    let scoped = HouseEntry { language: Some("en_GB".into()), site: Some("A.example".into()), ..entry };
    assert_eq!(scoped.check().unwrap().id(), "Zelenskyy;site=a.example;language=en-GB");
    let typed =
        HouseEntry { site: Some("https://News.example/world/".into()), ..ipa("Gdynia", "ɡdˈɪnja") };
    let typed = HouseEntry { ipa: Some("gdˈɪnja".into()), ..typed }.check().unwrap();
    assert_eq!((typed.ipa.as_deref(), typed.site.as_deref()), (Some("ɡdˈɪnja"), Some("news.example")));
    let points =
        HouseEntry { site: Some("my_site.example".into()), ..ipa("Szczecin", "ˈʂt͡ʂɛ.t͡ɕin") }.check().unwrap();
    assert_eq!((points.ipa.as_deref(), points.site.as_deref()), (Some("ˈʂt͡ʂɛt͡ɕin"), Some("my_site.example")));
    assert!(ipa("None", ".").check().is_err());
    let wrong = [
        HouseEntry { site: Some("*.news.example".into()), ..like("One", "wun") },
        HouseEntry { language: Some("english".into()), ..like("One", "wun") },
        like("—", "dash"),
        like("Ok", "..."),
        HouseEntry { written: "None".into(), ..HouseEntry::default() },
        HouseEntry { letters: true, ..like("Two", "too") },
        like(&"long".repeat(100), "long"),
    ];
    for entry in wrong {
        assert!(entry.clone().check().is_err(), "{entry:?}");
    }
}

#[test]
fn only_sounds_and_stress_are_heard() {
    let table = [
        (ipa("Aa", "a,b"), "',' as character 2 of ipa, which is no sound and no stress; write ˌ"),
        (ipa("Aa", "a:b"), "':' as character 2 of ipa, which is no sound and no stress; write ː"),
        (ipa("Aa", "'ab"), "'\\'' as character 1 of ipa, which is no sound and no stress; write ˈ"),
        (ipa("Aa", "ab!"), "'!' as character 3 of ipa, which is no sound and no stress; leave it out"),
        (ipa("Aa", "^ab"), "'^' as character 1 of ipa"),
        (like("Aa", "tall, vick"), "',' as character 5 of respell"),
    ];
    for (entry, told) in table {
        let error = entry.clone().check().unwrap_err().to_string();
        assert!(error.starts_with("the lexicon entry \"Aa\" has ") && error.contains(told), "{error}");
    }
    for fine in ["ˌoʊˈb", "t͡ʃeː", "nʲɛ d̪", "ni2xɑu2", "fɝ˞"] {
        assert!(ipa("Aa", fine).check().is_ok(), "{fine}");
    }
}

#[test]
fn what_no_text_is_read_by_is_known() {
    for fine in ["Zelenskyy", "F-35", "Yahoo!", "5G", "Dr.", "St. Gallen", "d’Évian", "С‑400", "C++"] {
        assert!(word(fine).check().unwrap().is_ever_read(), "{fine}");
    }
    let scoped = HouseEntry {
        case: Case::Inside,
        site: Some("a.example".into()),
        language: Some("de-AT".into()),
        voice: Some("v#2".into()),
        ..word("Nice")
    };
    assert!(scoped.is_ever_read());
    for never in ["It rained. Then it snowed.", "He came! She left"] {
        assert!(!word(never).check().unwrap().is_ever_read(), "{never}");
    }
}

#[test]
fn entries_for_the_same_places_are_told() {
    let fits = |a: HouseEntry, b: HouseEntry| a.fits() == b.fits();
    assert!(fits(word("Erdogan"), letters("Erdoğan")));
    assert!(!fits(word("Erdogan"), word("erdogan")) && !fits(word("US"), word("Us")));
    let any = |written| HouseEntry { case: Case::Any, ..word(written) };
    assert!(fits(any("Us"), any("US")) && !fits(any("US"), word("US")));
    let german = HouseEntry { language: Some("de".into()), ..word("Erdogan") };
    assert!(!fits(german, word("Erdogan")));
}
