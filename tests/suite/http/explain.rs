//! What an editor is told of a sentence before it is published.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{MP3_FRAME, folder_of_its_own, own, settings, shared};
use crate::harness::{Service, default_voice};

fn ask(service: &Service, asked: &Value) -> Value {
    let answer = service.send("POST", "/v1/preview", &[], Some(asked.to_string().as_bytes()));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

#[test]
fn every_change_has_its_rule_and_the_sound_is_there() {
    let service = own();
    let asked = json!({
        "text": "Dr. Weber met Putin. Torvik’s fee is £3.5m.",
        "entries": [{ "written": "Torvik", "ipa": "tɔːɹvˈiːk" }],
    });
    let told = ask(&service, &asked);
    assert_eq!(told["language"], "en");
    let changes = |n: usize| -> Vec<(String, String, String)> {
        let field = |change: &Value, name: &str| change[name].as_str().unwrap().to_owned();
        let all = told["sentences"][n]["changes"].as_array().unwrap().iter();
        all.map(|c| (field(c, "written"), field(c, "said"), field(c, "rule"))).collect()
    };
    let owned = |(a, b, c): (&str, &str, &str)| (a.to_owned(), b.to_owned(), c.to_owned());
    let first = [("Dr.", "Doctor", "abbreviation"), ("Putin", "Putin", "name")];
    assert_eq!(changes(0), first.map(owned));
    let second = [("Torvik’s", "Torvik’s", "house"), ("£3.5m", "three point five million pounds", "money")];
    assert_eq!(changes(1), second.map(owned));
    let sentence = &told["sentences"][1];
    assert_eq!(sentence["changes"][0]["span"], json!([21, 29]));
    assert_eq!(sentence["changes"][0]["sound"], "tɔːɹvˈiːks");
    assert!(sentence["phonemes"].as_str().unwrap().starts_with("tɔːɹvˈiːks "), "{sentence}");
    assert_eq!((&sentence["unknown"], &sentence["voice"]), (&json!([]), &json!(default_voice())));

    let sound = told["audio"].as_str().unwrap().strip_prefix("data:audio/mpeg;base64,").unwrap();
    let sound = STANDARD.decode(sound).unwrap();
    let frames = (told["duration"].as_f64().unwrap() / 0.024).round() as u64;
    assert_eq!(sound.len() as u64, frames * MP3_FRAME);
    let heard: f64 = (0..2).map(|n| told["sentences"][n]["duration"].as_f64().unwrap()).sum();
    assert!(heard > 1.0 && heard < told["duration"].as_f64().unwrap(), "{heard}");
    let body = asked.to_string();
    let alone = service.send("POST", "/v1/preview", &[("accept", "audio/mpeg")], Some(body.as_bytes()));
    assert_eq!((alone.header("content-type"), alone.body == sound), ("audio/mpeg", true));
    // Nothing of it is kept, and nothing of it is logged.
    assert_eq!(service.get("/v1/lexicon", &[]).json()["version"], 0);
    assert!(super::super::restart::files(&service.data.path().join("audio")).is_empty());
    assert!(!service.log().contains("Torvik"));
}

#[test]
fn what_the_voice_cannot_say_is_told() {
    let service = shared();
    let told = ask(&service, &json!({ "text": "Aa came.", "entries": [{ "written": "Aa", "ipa": "ɿˈɑː" }] }));
    assert_eq!(told["sentences"][0]["unknown"], json!(["ɿ"]));
    let table = [
        (json!({ "text": "…" }), 422, "nothing-to-read"),
        (json!({ "text": "Hello.", "voice": "nobody" }), 422, "unknown-voice"),
        (json!({ "text": "Hello.", "entries": [{ "written": "Hello" }] }), 422, "bad-entry"),
        (json!({ "words": "Hello." }), 422, "bad-json"),
    ];
    for (asked, status, code) in table {
        let answer = service.send("POST", "/v1/preview", &[], Some(asked.to_string().as_bytes()));
        assert_eq!(answer.problem(), (status, code.into()), "{asked}");
    }
}

#[test]
fn a_preview_is_as_long_as_the_setting_allows() {
    let folder = folder_of_its_own();
    let settings = settings(&folder, "[library]\nexplained_characters = 10\n");
    let service = Service::start_with(&["--config", &settings, "--workers", "1"], Arc::clone(&folder));
    ask(&service, &json!({ "text": "Ten “of” ½" }));
    let answer = service.send("POST", "/v1/preview", &[], Some(br#"{"text": "Eleven of it"}"#));
    assert_eq!(answer.problem(), (413, "too-long".into()));
}
