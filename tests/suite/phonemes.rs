//! Phonemes and ids against tables made with piper-tts (`scripts/oracle/phonemes.py`).

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use lectern::text::{Bytes, Sound, Span, Token};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{fixture, lectern, parts};

const ENGLISH: &str = "en.jsonl";

/// The rows of a table; `LECTERN_PHONEMES=FILE` puts another one of that shape in the English one's place.
fn table(name: &str) -> Vec<Value> {
    let other = std::env::var_os("LECTERN_PHONEMES").filter(|_| name == ENGLISH);
    let path = other.map_or_else(|| fixture("phonemes").join(name), Into::into);
    let rows = fs::read_to_string(path).unwrap();
    rows.lines().map(|row| serde_json::from_str(row).unwrap()).collect()
}

/// Sentences of a table, said as they are written, and those that sound otherwise than there.
fn compare(name: &str, voice: &str, fold: fn(&str) -> String) -> (usize, Vec<String>) {
    let phonemizer = lectern::speech::Phonemizer::start(&parts()).unwrap();
    let rows = table(name);
    let wrong = rows.iter().filter_map(|row| {
        let (text, wanted) = (row["text"].as_str().unwrap(), row["phonemes"].as_str().unwrap());
        let got = phonemizer.phonemes(text, &[], voice).unwrap();
        (fold(&got) != fold(wanted)).then(|| format!("{text}\n  {wanted}\n  {got}"))
    });
    (rows.len(), wrong.collect())
}

#[test]
fn english_phonemes_equal_pipers() {
    let (rows, wrong) = compare(ENGLISH, "en-us", str::to_owned);
    assert!(rows >= 200);
    println!("{} of {rows} equal", rows - wrong.len());
    assert!(wrong.len() * 50 <= rows, "{} of {rows} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn french_and_spanish_phonemes_equal_pipers() {
    for language in ["fr", "es"] {
        let (rows, wrong) = compare(&format!("{language}.jsonl"), language, str::to_owned);
        assert!(rows >= 100);
        assert!(wrong.len() * 50 <= rows, "{language}: {}", wrong.join("\n"));
    }
}

/// The newer espeak-ng of the tables writes the German r as r where ours writes ɾ.
#[test]
fn german_phonemes_equal_pipers_but_for_the_sign_of_r() {
    let (rows, wrong) = compare("de.jsonl", "de", |ipa| ipa.replace('ɾ', "r"));
    assert!(rows >= 100);
    assert!(wrong.len() * 50 <= rows, "{}", wrong.join("\n"));
}

/// The ids are what the voice hears: through the library's own door, with the voice's own map.
#[test]
fn english_ids_equal_pipers() {
    let phonemizer = lectern::speech::Phonemizer::start(&parts()).unwrap();
    let voice = lectern::speech::Voice::open(&parts().join("voices/en_US-joe-medium.onnx")).unwrap();
    let rows = table(ENGLISH);
    let equal = rows.iter().filter(|row| {
        let spoken = row["text"].as_str().unwrap();
        let found = phonemizer.utterance(spoken, &[], &voice.espeak, &voice.alphabet).unwrap();
        json!(found.ids) == row["ids"]
    });
    let equal = equal.count();
    println!("{equal} of {} equal", rows.len());
    assert!(equal * 100 >= rows.len() * 98, "{equal} of {}", rows.len());
}

#[test]
fn what_stands_before_does_not_leak_into_what_follows() {
    let alone = speak_each(&["Hello there."]);
    let after = speak_each(&["Wait..", "Hello there."]);
    assert_eq!(alone["Hello there."], after["Hello there."]);
}

fn speak_each(sentences: &[&str]) -> HashMap<String, String> {
    let phonemizer = lectern::speech::Phonemizer::start(&parts()).unwrap();
    let say = |s: &&str| ((*s).to_owned(), phonemizer.phonemes(s, &[], "en-us").unwrap());
    sentences.iter().map(say).collect()
}

/// In every place a word that says how it sounds is heard so, and nothing stands in for it.
#[test]
fn a_sound_of_its_own_is_heard_beside_any_sign() {
    let before = [
        "",
        "J. R. ",
        "On Fri. ",
        "Jct. ",
        "J. ",
        "Plan B. ",
        "etc. ",
        "3. ",
        "3 ",
        "(",
        "[",
        "“",
        "\"",
        "'",
        "… ",
        "... ",
        "— ",
        "–",
        "- ",
        "& ",
        "x, ",
        "x; ",
        "x: ",
        "x? ",
        "x! ",
        "The ",
        "pro-",
        "é. ",
        "x . ",
        "x . . ",
        ". ",
        ", ",
        "? ",
        "5% ",
        "日. ",
        "x/",
        "“No.” ",
        "a.b. ",
    ];
    let after = [
        "",
        " spoke.",
        ", he said.",
        ", (he) said.",
        ".",
        ". x",
        ".)",
        "”",
        "’s car.",
        "'s car.",
        "-led.",
        "/x.",
        "!",
        "? so",
        "…",
        "... so",
        "— so.",
        ": so.",
        "; so.",
        " 3.",
        " & co.",
        "%",
        " etc. and.",
    ];
    let phonemizer = lectern::speech::Phonemizer::start(&parts()).unwrap();
    for (word, sound) in [("Nguyen", "zzˈuz"), ("ABB", "ʒˈuʒ"), ("ox", "ˈʒuʒ")] {
        for (before, after) in before.iter().flat_map(|b| after.iter().map(move |a| (b, a))) {
            let spoken = format!("{before}{word}{after}");
            let place = before.chars().count();
            let tokens = [token(0, None), token(place, Some(sound)), token(place + word.len(), None)];
            let said = phonemizer.phonemes(&spoken, &tokens, "en-us").unwrap();
            assert!(said.matches(sound).count() == 1, "{spoken}: {said}");
            let paused = !after.starts_with(", ") || said.contains(&format!("{sound},"));
            assert!(paused, "{spoken}: {said}");
            let plain = ["bəb", "boʊ", "oʊb", "ɑːb", "ɑːɡ", "əbˈ"];
            assert!(!plain.iter().any(|p| said.replace(['ˈ', 'ˌ'], "").contains(p)), "{spoken}: {said}");
        }
    }
}

fn token(at: usize, sound: Option<&str>) -> Token {
    let sound = sound.map(|ipa| Sound::Ipa(ipa.to_owned()));
    Token { at, span: Span(0, 0), bytes: Bytes(0, 0), rule: None, sound, language: None }
}

#[test]
fn a_phoneme_the_voice_does_not_know_is_noted() {
    let folder = TempDir::new().unwrap();
    let voices = folder.path().join("voices");
    copy_voice_without(&voices, "ɹ");
    fs::write(folder.path().join("a.txt"), "The river runs.").unwrap();
    let mut command = lectern();
    command.args(["script", "a.txt", "--json", "--voices"]).arg(&voices).current_dir(folder.path());
    let script = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(script.contains("unknown-phoneme") && script.contains("U+0279"), "{script}");
}

fn copy_voice_without(folder: &Path, phoneme: &str) {
    fs::create_dir(folder).unwrap();
    let json = fs::read(parts().join("voices/en_US-joe-medium.onnx.json")).unwrap();
    let mut config: Value = serde_json::from_slice(&json).unwrap();
    config["phoneme_id_map"].as_object_mut().unwrap().remove(phoneme).unwrap();
    fs::write(folder.join("en_US-less.onnx.json"), config.to_string()).unwrap();
    fs::write(folder.join("en_US-less.onnx"), "").unwrap();
}
