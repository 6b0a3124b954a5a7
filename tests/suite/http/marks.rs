//! When what is heard, as documents.

use serde_json::{Value, json};

use super::{frames, made, own, unmade, whole};

const BODY: &str =
    "Prices\n\nThey rose by 2% in the end.  Nobody knew why.\n\nPlans & hopes\n\nMore next week.";

#[test]
fn marks_fit_the_recording_they_belong_to() {
    let service = own();
    service.put("a", &json!({ "title": "A year on", "text": BODY, "render": false }));
    let marks = service.get("/v1/articles/a/marks.json", &[]);
    assert_eq!(service.synthesised(), 0, "marks are there before any sound");
    let manifest = service.get("/v1/articles/a", &[]).json();
    assert_eq!(manifest["marks"]["json"], "/v1/articles/a/marks.json");
    let known = [("if-none-match", marks.header("etag"))];
    assert_eq!(service.get("/v1/articles/a/marks.json", &known).status, 304);
    let marks = marks.json();
    assert_eq!(manifest["immutable"]["mp3"], format!("/audio/{}.mp3", marks["recording"].as_str().unwrap()));
    assert_eq!(marks["duration"], manifest["duration"]);
    let (sentences, blocks) = (marks["sentences"].as_array().unwrap(), marks["blocks"].as_array().unwrap());
    assert_eq!(sentences.len(), manifest["sentences"].as_array().unwrap().len());
    let roles: Vec<_> = blocks.iter().map(|b| b["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["title", "heading", "paragraph", "heading", "paragraph"]);
    let at = |v: &Value, name: &str| v[name].as_f64().unwrap();
    for sentence in sentences {
        let words = sentence["words"].as_array().unwrap();
        assert!(at(&words[0], "start") >= at(sentence, "start"));
        assert!(at(words.last().unwrap(), "end") <= at(sentence, "end"));
    }
    made(&service, "a", &json!({ "title": "A year on", "text": BODY }));
    assert_eq!(service.get("/v1/articles/a/marks.json", &[]).json(), marks, "made is as planned");
}

#[test]
fn captions_say_what_is_written() {
    let service = own();
    service.put("a", &json!({ "title": "A year on", "text": BODY, "render": false }));
    let document = |name: &str| service.get(&format!("/v1/articles/a/{name}"), &[]);
    let words = document("words.vtt");
    assert_eq!(words.header("content-type"), "text/vtt; charset=utf-8");
    let cues = |text: &str| -> Vec<String> {
        text.split("\n\n").skip(1).map(|cue| cue.trim().lines().nth(1).unwrap().to_owned()).collect()
    };
    let words = cues(&words.text());
    assert!(words.contains(&"2%".to_owned()) && words.contains(&"knew".to_owned()), "{words:?}");
    let sentences = cues(&document("sentences.vtt").text());
    let wanted =
        ["A year on", "Prices", "They rose by 2% in the end.", "Nobody knew why.", "Plans &amp; hopes"];
    assert_eq!(sentences[..5], wanted);
    let chapters = document("chapters.json").json();
    let titles: Vec<_> = chapters["chapters"].as_array().unwrap().iter().map(|c| &c["title"]).collect();
    assert_eq!(titles, ["A year on", "Prices", "Plans & hopes"]);
}

#[test]
fn sentences_have_addresses_of_their_own() {
    let service = own();
    service.put("a", &unmade("One is here. Two is there."));
    let manifest = service.get("/v1/articles/a", &[]).json();
    let sentences = manifest["sentences"].as_array().unwrap();
    let parts: Vec<_> = sentences.iter().map(|s| service.get(s["mp3"].as_str().unwrap(), &[])).collect();
    for (sentence, part) in sentences.iter().zip(&parts) {
        assert_eq!(part.header("cache-control"), "public, max-age=31536000, immutable");
        let frames = sentence["frames"].as_u64().unwrap() + sentence["pause"].as_u64().unwrap();
        assert_eq!(part.body.len() as u64, frames * 192);
    }
    let joined: Vec<u8> = parts.into_iter().flat_map(|part| part.body).collect();
    assert_eq!(joined.len() as u64, frames(&manifest) * 192);
    assert!(joined == whole(&service, "/v1/articles/a/audio.mp3"), "together they are the whole");
    let beyond = sentences[1]["mp3"].as_str().unwrap().replace("/1.mp3", "/2.mp3");
    assert_eq!(service.get(&beyond, &[]).problem(), (404, "no-such-recording".into()));
}

#[test]
fn marks_find_their_place_in_the_markup() {
    let service = own();
    let html = "<h2>Prices</h2><p>They rose <b>again</b>. Nobody knew why.</p>";
    service.put("a", &json!({ "html": html, "render": false }));
    let marks = service.get("/v1/articles/a/marks.json", &[]).json();
    let paths: Vec<&Value> = marks["sentences"].as_array().unwrap().iter().map(|s| &s["path"]).collect();
    assert_eq!(paths[1][0], "/4/1:0", "{paths:?}");
    assert_eq!(paths[2][0], "/4/3:2", "{paths:?}");
}
