//! The shipped lexicon against espeak-ng and the voice: every row of it proves itself.

use std::collections::HashSet;
use std::fs;

use lectern::article::Article;
use lectern::speech::{Phonemizer, SentenceKey, Settings, Voice};
use lectern::text::{Sentence, Sound, script};

use crate::harness::{all_parts, parts, root};

struct Row {
    name: String,
    espeak: String,
}

fn rows() -> Vec<Row> {
    let file = fs::read_to_string(root().join("src/text/lexicon/names.tsv")).unwrap();
    let lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let row = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        Row { name: columns[0].into(), espeak: columns[2].into() }
    };
    lines.map(row).collect()
}

/// The name in a sentence that shows whether it is a name: after a small word.
fn sentence(name: &str) -> Sentence {
    let article =
        Article { language: Some("en".into()), ..Article::plain("id", &format!("So the {name} was there.")) };
    script(&article).blocks[0].sentences[0].clone()
}

/// What is heard between "So the" and "was there".
fn middle(phonemes: &str) -> String {
    let words: Vec<&str> = phonemes.split(' ').collect();
    assert!(words.len() > 4 && words[1].starts_with('ð'), "{phonemes}");
    words[2..words.len() - 2].join(" ")
}

/// Without what a listener would not notice: how long, how strongly, which of two weak vowels.
fn heard(ipa: &str) -> String {
    let ipa = ipa.replace('ɚ', "əɹ").replace("ɹɹ", "ɹ");
    let plain = |c| match c {
        'ɐ' => Some('ə'),
        'ᵻ' => Some('ɪ'),
        'ɾ' => Some('t'),
        'ɔ' => Some('ɑ'),
        'ː' | 'ˌ' | ' ' => None,
        other => Some(other),
    };
    ipa.chars().filter_map(plain).collect()
}

#[test]
fn each_name_is_one_that_espeak_ng_gets_wrong() {
    let phonemizer = Phonemizer::start(&parts()).unwrap();
    let mut wrong = Vec::new();
    for Row { name, espeak } in rows() {
        let sentence = sentence(&name);
        let alone = middle(&phonemizer.phonemes(&sentence.spoken, &[], "en-us").unwrap());
        let ours = middle(&phonemizer.phonemes(&sentence.spoken, &sentence.tokens, "en-us").unwrap());
        if alone != espeak || heard(&ours) == heard(&alone) {
            wrong.push(format!("{name}: espeak-ng {alone}, in the file {espeak}, ours {ours}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Sounds that English has, and no sound of another language that the voice would have to guess.
const ENGLISH: &str = "aæbdðefhijklmnoprstuvwzŋɐɑɔəɚɛɜɡɪɹɾʃʊʌʒθᵻˈˌː ";

#[test]
fn each_name_sounds_in_a_way_that_the_voice_knows() {
    let voice = Voice::open(&all_parts().join("voices/en_US-joe-medium.onnx")).unwrap();
    let english: HashSet<char> = ENGLISH.chars().collect();
    for Row { name, .. } in rows() {
        let tokens = sentence(&name).tokens;
        let sounds: Vec<&Sound> = tokens.iter().filter_map(|token| token.sound.as_ref()).collect();
        assert!(matches!(sounds[..], [Sound::Ipa(_)]), "{name}: {sounds:?}");
        let strange = |c: &char| !english.contains(c) || !voice.alphabet.knows(*c);
        let strange: Vec<char> = sounds[0].as_written().chars().filter(strange).collect();
        assert!(strange.is_empty(), "{name}: {strange:?}");
    }
}

#[test]
fn what_stands_beside_a_name_is_still_heard() {
    let phonemizer = Phonemizer::start(&parts()).unwrap();
    for (text, heard) in [
        ("NATO's plan", "nˈeɪɾoʊz plˈæn"),
        ("the pro-Kyiv side", "ðə pɹˈoʊ kˈiːv sˈaɪd"),
        ("a Wrocław-bound train, late", "ɐ vɹˈɔːtswɑːf bˈaʊnd tɹˈeɪn, lˈeɪt"),
        ("the IAEA and the EBRD.", "ðɪ ˌaɪˌeɪˌiːˈeɪ ænd ðɪ ˌiːbˌiːˌɑːɹdˈiː."),
    ] {
        let article = Article { language: Some("en".into()), ..Article::plain("id", text) };
        let script = script(&article);
        let Sentence { spoken, tokens, .. } = &script.blocks[0].sentences[0];
        assert_eq!(phonemizer.phonemes(spoken, tokens, "en-us").unwrap(), heard, "{text}");
    }
}

#[test]
fn a_british_voice_says_names_and_letters_its_own_way() {
    let phonemizer = Phonemizer::start(&parts()).unwrap();
    for (text, heard) in [
        ("Putin and Orban", "pˈuːtɪn and ˈɔːbɑːn"),
        ("the NZDF", "ðɪ ˌɛnzˌɛddˌiːˈɛf"),
        ("the project record", "ðə pɹˈɒdʒɛkt ɹˈɛkɔːd"),
        ("to project", "tə pɹədʒˈɛkt"),
    ] {
        let article = Article { language: Some("en-GB".into()), ..Article::plain("id", text) };
        let script = script(&article);
        let Sentence { spoken, tokens, .. } = &script.blocks[0].sentences[0];
        assert_eq!(phonemizer.phonemes(spoken, tokens, "en-gb").unwrap(), heard, "{text}");
    }
}

#[test]
fn words_of_another_language_sound_as_there_in_english_sounds() {
    let phonemizer = Phonemizer::start(&parts()).unwrap();
    let say = |html: &str| {
        let body = lectern::article::Body::Html(html.into());
        let script = script(&Article { language: Some("en".into()), body, ..Article::plain("id", "") });
        let Sentence { spoken, tokens, .. } = script.blocks[0].sentences[0].clone();
        let key = SentenceKey::new(&spoken, &tokens, &[0; 32], 0, &Settings::default());
        (phonemizer.phonemes(&spoken, &tokens, "en-us").unwrap(), key)
    };
    for (html, heard) in [
        ("<p>It was <i lang=fr>la vie</i>, he said.", "ɪt wʌz lɑː vˈi, hiː sˈɛd."),
        ("<p>A <i lang=de>Brücke</i>'s end.", "ɐ bɹˈʊkəz ˈɛnd."),
        ("<p>A <i lang=es>12</i> o'clock.", "ɐ dˈoʊθeɪ əklˈɑːk."),
        ("<p>A <i lang=xx>bridge</i> here.", "ɐ bɹˈɪdʒ hˈɪɹ."),
    ] {
        let (said, key) = say(html);
        assert_eq!(said, heard, "{html}");
        let (_, plain) = say(&html.replace("lang=", "title="));
        assert_ne!(key, plain, "{html}");
    }
    assert_eq!(say("<p>A <i lang=en-GB>bridge</i> here.").1, say("<p>A <i>bridge</i> here.").1);
    assert!(phonemizer.knows("de-AT") && phonemizer.knows("no") && !phonemizer.knows("xx"));
}
