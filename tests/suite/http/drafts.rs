//! What is not live yet is heard only by those who were given its address.

use serde_json::json;

use super::{article, made, mp3, own, save, whole};

#[test]
fn a_draft_is_heard_through_its_preview_alone() {
    let service = own();
    let draft = json!({ "text": "Not for everybody yet.", "published_at": "2999-01-01T06:00:00Z" });
    let saved = save(&service, "a", &draft);
    assert_eq!(saved["live"], "2999-01-01T06:00:00Z");
    let address = saved["audio"]["mp3"].as_str().unwrap();
    assert!(address.starts_with("/v1/articles/a/audio.mp3?preview="), "{address}");
    let heard = whole(&service, address);
    let name = saved["immutable"]["mp3"].as_str().unwrap();
    assert!(whole(&service, name) == heard, "other bytes");
    let preview = address.split_once('?').unwrap().1;
    let manifest = service.get(&format!("/v1/articles/a?{preview}"), &[]).json();
    assert!(whole(&service, manifest["sentences"][0]["mp3"].as_str().unwrap()) == heard, "other bytes");

    let closed = ["", ".mp3", ".wav"].map(|end| match end {
        "" => article("a"),
        end => format!("/v1/articles/a/audio{end}"),
    });
    let documents = ["marks.json", "words.vtt", "sentences.vtt", "chapters.json"];
    for path in closed.into_iter().chain(documents.map(|name| format!("/v1/articles/a/{name}"))) {
        assert_eq!(service.get(&path, &[]).problem(), (404, "no-such-article".into()), "{path}");
        let last = if preview.ends_with('0') { '1' } else { '0' };
        let other = format!("{path}?{}{last}", &preview[..preview.len() - 1]);
        assert_eq!(service.get(&other, &[]).problem(), (404, "no-such-article".into()), "{other}");
        let answer = service.get(&format!("{path}?{preview}"), &[]);
        let cached = answer.header("cache-control");
        assert!(answer.status == 200 && !cached.contains("public"), "{path}: {cached}");
    }
    let name = name.split('?').next().unwrap();
    assert_eq!(service.get(name, &[]).problem(), (404, "no-such-recording".into()));

    let live = json!({ "text": "Not for everybody yet.", "published_at": "2020-01-01" });
    save(&service, "a", &live);
    assert!(whole(&service, &mp3("a")) == heard, "it went live and sounds otherwise");
    assert!(whole(&service, address) == heard, "the preview's address still holds");
    assert_eq!(service.synthesised(), 2, "once as MP3 and once as WAV");
}

#[test]
fn another_articles_preview_opens_nothing() {
    let service = own();
    let draft = |text: &str| json!({ "text": text, "published_at": "2999-01-01T06:00:00Z" });
    let saved = save(&service, "a", &draft("One."));
    save(&service, "b", &draft("Two."));
    let preview = saved["audio"]["mp3"].as_str().unwrap().split_once('?').unwrap().1;
    let answer = service.get(&format!("{}?{preview}", mp3("b")), &[]);
    assert_eq!(answer.problem(), (404, "no-such-article".into()));
    let asked = service.send("POST", "/v1/articles/b/preview", &[], Some(b""));
    whole(&service, asked.json()["audio"]["mp3"].as_str().unwrap());
}

#[test]
fn an_update_in_waiting_does_not_silence_what_is_live() {
    let service = own();
    made(&service, "a", &json!({ "text": "What is so today." }));
    let heard = whole(&service, &mp3("a"));
    let saved = save(&service, "a", &json!({ "text": "What is so tomorrow.", "published_at": "2999-01-01" }));
    assert!(whole(&service, saved["audio"]["mp3"].as_str().unwrap()) != heard);
    assert!(whole(&service, &mp3("a")) == heard, "readers heard it before its time");
    assert!(service.get(&article("a"), &[]).json()["next"].is_null(), "readers were told of it");
}

#[test]
fn a_date_must_be_one() {
    let service = own();
    let answer = service.put("a", &json!({ "text": "x y", "published_at": "next Tuesday" }));
    assert_eq!(answer.problem(), (422, "bad-date".into()));
}

#[test]
fn a_draft_that_says_the_same_does_not_silence_what_is_live() {
    let service = own();
    let live = made(&service, "a", &json!({ "text": "Word for word." }));
    save(&service, "b", &json!({ "text": "Word for word.", "published_at": "2999-01-01" }));
    whole(&service, live["immutable"]["mp3"].as_str().unwrap());
}
