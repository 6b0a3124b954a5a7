//! A name mispronounced once is put right once, everywhere, and nobody hears two ways of it in one piece.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use serde_json::{Value, json};

use super::{article, folder_of_its_own, made, mp3, own, save, shared, until, whole};
use crate::harness::{Answer, Service, default_voice, text};

const TOML: (&str, &str) = ("content-type", "application/toml");

fn send(service: &Service, method: &str, path: &str, body: &Value) -> Answer {
    service.send(method, path, &[], Some(body.to_string().as_bytes()))
}

fn post(service: &Service, query: &str, body: &Value) -> Value {
    let answer = send(service, "POST", &format!("/v1/lexicon{query}"), body);
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn lexicon(service: &Service) -> Value {
    service.get("/v1/lexicon", &[]).json()
}

/// Waits until every article was read by the newest version, and made.
fn settled(service: &Service) {
    let waiting = |state: &str| {
        let page = service.get(&format!("/v1/articles?status={state}"), &[]).json();
        page["articles"].as_array().unwrap().len()
    };
    let started = std::time::Instant::now();
    while lexicon(service)["behind"] != 0 || waiting("queued") + waiting("rendering") > 0 {
        assert!(started.elapsed().as_secs() < 600, "not settled: {}", lexicon(service)["behind"]);
        thread::park_timeout(std::time::Duration::from_millis(50));
    }
}

const ARTICLES: usize = 180;

fn id(n: usize) -> String {
    format!("sport-{n}")
}

/// Of six articles one has a sentence of its own about Torvik, and one a sentence that thirty have.
fn body(n: usize) -> String {
    let about = match n % 6 {
        0 => format!("Torvik won game {n}."),
        3 => "Torvik’s team left.".into(),
        _ => "It rained.".into(),
    };
    format!("Bus {} is here. {about}", n % 40)
}

fn is_touched(n: usize) -> bool {
    n.is_multiple_of(3)
}

fn rule() -> Value {
    json!([{ "written": "Torvik", "ipa": "tɔːɹvˈiːk" }])
}

fn names(service: &Service) -> BTreeMap<usize, Value> {
    (0..ARTICLES).map(|n| (n, service.get(&article(&id(n)), &[]).json()["immutable"].clone())).collect()
}

#[test]
fn a_rule_over_180_articles_speaks_its_sentences_again_and_no_others() {
    let service = own();
    (0..ARTICLES).for_each(|n| drop(save(&service, &id(n), &text(&body(n)))));
    settled(&service);
    let (spent, old_names) = (service.synthesised(), names(&service));
    let old: BTreeMap<usize, Vec<u8>> =
        (0..ARTICLES).filter(|n| is_touched(*n)).map(|n| (n, whole(&service, &mp3(&id(n))))).collect();

    let tried = post(&service, "?dry_run=true", &rule());
    assert_eq!(
        (&tried["sentences"], &tried["to_speak"], &tried["articles"]),
        (&json!(31), &json!(31), &json!(60))
    );
    let sample = &tried["samples"][0];
    assert!(sample["after"].as_str().unwrap().contains("tɔːɹvˈiːk"), "{sample}");
    assert!(!sample["before"].as_str().unwrap().contains("tɔːɹvˈiːk"), "{sample}");
    assert_eq!(
        (lexicon(&service)["version"].as_i64(), service.synthesised()),
        (Some(0), spent),
        "only tried"
    );

    let ended = AtomicBool::new(false);
    let heard = thread::scope(|scope| {
        let listen = |first: usize| {
            let (service, ended) = (&service, &ended);
            scope.spawn(move || {
                let mut heard = Vec::new();
                for n in (0..ARTICLES).filter(|n| is_touched(*n)).cycle().skip(first) {
                    heard.push((n, whole(service, &mp3(&id(n)))));
                    if ended.load(Ordering::Relaxed) {
                        return heard;
                    }
                }
                heard
            })
        };
        let listeners = [listen(0), listen(30)];
        post(&service, "?author=Ada", &rule());
        settled(&service);
        ended.store(true, Ordering::Relaxed);
        listeners.into_iter().flat_map(|listener| listener.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(service.synthesised() - spent, 31, "what the dry run said");
    let new: BTreeMap<usize, Vec<u8>> = old.keys().map(|n| (*n, whole(&service, &mp3(&id(*n))))).collect();
    for (n, heard) in &heard {
        assert!(*heard == old[n] || *heard == new[n], "{n}: neither the old nor the new recording");
    }
    assert!(heard.iter().any(|(n, heard)| *heard == old[n]), "nothing was heard meanwhile");
    for (n, name) in names(&service) {
        assert_eq!(name != old_names[&n], is_touched(n), "{n}");
        assert!(!is_touched(n) || old[&n] != new[&n], "{n} sounds as before");
    }

    // The same again is no change. What is taken back sounds as before, and that was kept.
    assert_eq!(post(&service, "", &rule()), json!({ "version": 1, "put": 0, "removed": 0 }));
    let back = service.send("DELETE", "/v1/lexicon/Torvik?dry_run=true", &[], None).json();
    assert_eq!(
        (&back["sentences"], &back["to_speak"], &back["articles"]),
        (&json!(31), &json!(0), &json!(60))
    );
    assert_eq!(service.send("DELETE", "/v1/lexicon/Torvik", &[], None).json()["version"], 2);
    settled(&service);
    assert_eq!((names(&service), service.synthesised() - spent), (old_names, 31));
}

#[test]
fn killed_in_the_middle_the_rest_is_made_after_a_start() {
    const COUNT: usize = 16;
    let service = Service::start_with(&["--workers", "1"], folder_of_its_own());
    let id = |n: usize| format!("game-{n}");
    (0..COUNT).for_each(|n| drop(save(&service, &id(n), &text(&format!("Torvik won game {n}.")))));
    settled(&service);
    let spent = service.synthesised();
    let old: Vec<Value> = (0..COUNT).map(|n| service.wait_ready(&id(n))["immutable"].clone()).collect();
    post(&service, "", &rule());
    until("nothing is made anew", || service.synthesised() >= spent + 3);
    let before = service.synthesised() - spent;
    assert!((before as usize) < COUNT, "all of it was made before it could be killed");
    let service = Service::start_with(&["--workers", "1"], service.kill());
    settled(&service);
    for (n, old) in old.iter().enumerate() {
        let manifest = service.wait_ready(&id(n));
        assert_ne!(manifest["immutable"], *old, "{n} was forgotten");
        whole(&service, manifest["immutable"]["mp3"].as_str().unwrap());
    }
    let after = service.synthesised() as usize;
    // What was being spoken when it was killed may be spoken again.
    assert!((COUNT..=COUNT + 2).contains(&(before as usize + after)), "{before} and {after}");
}

#[test]
fn an_article_saved_later_is_read_by_the_lexicon() {
    let service = own();
    let other = own();
    post(&service, "", &json!([{ "written": "Torvik", "respell": "Tall Vick" }]));
    made(&service, "a", &text("We met Torvik."));
    made(&other, "a", &text("We met Torvik."));
    let stored = json!({ "text": "We met Torvik at noon.", "render": false });
    save(&service, "b", &stored);
    assert_ne!(whole(&service, &mp3("a")), whole(&other, &mp3("a")));
    // What is only stored stays so, and is made by the newest version at its first press.
    post(&service, "", &json!({ "put": [], "remove": ["Torvik"] }));
    settled(&service);
    assert_eq!(
        service.get("/v1/articles?status=stored", &[]).json()["articles"].as_array().unwrap().len(),
        2
    );
    save(&other, "b", &stored);
    assert!(whole(&service, &mp3("a")) == whole(&other, &mp3("a")), "taken back");
    assert!(whole(&service, &mp3("b")) == whole(&other, &mp3("b")), "made by the newest");
}

#[test]
fn entries_are_written_as_tables_and_read_again() {
    let service = own();
    let entries = json!([
        { "written": "F-35", "respell": "eff thirty five", "note": "the \"fighter\", mostly" },
        { "written": "N26", "letters": true },
        { "written": "Reading", "ipa": "ɹˈɛdɪŋ", "language": "en", "site": "News.example", "case": "inside" },
    ]);
    let saved = post(&service, "?author=Ada", &entries);
    assert_eq!(saved, json!({ "version": 1, "put": 3, "removed": 0 }));
    for kind in ["application/toml", "text/csv"] {
        let written = service.get("/v1/lexicon", &[("accept", kind)]);
        assert!(written.header("content-type").starts_with(kind));
        let again =
            service.send("POST", "/v1/lexicon?replace=true", &[("content-type", kind)], Some(&written.body));
        assert_eq!(again.json(), json!({ "version": 1, "put": 0, "removed": 0 }), "{kind}");
    }
    let names = |service: &Service| -> Vec<String> {
        let lexicon = lexicon(service);
        let entries = lexicon["entries"].as_array().unwrap().iter();
        entries.map(|entry| entry["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&service), ["F-35", "N26", "Reading;site=news.example;language=en"]);
    assert_eq!(lexicon(&service)["entries"][0]["author"], "Ada");
    let one = b"[[entry]]\nwritten = \"N26\"\nword = true\n";
    let saved = service.send("POST", "/v1/lexicon?replace=true&author=Ben", &[TOML], Some(one)).json();
    assert_eq!(saved, json!({ "version": 2, "put": 1, "removed": 2 }));
    let put = send(
        &service,
        "PUT",
        "/v1/lexicon/%C5%81%C3%B3d%C5%BA;language=en",
        &json!({ "respell": "woodge", "language": "en" }),
    );
    assert_eq!((put.status, names(&service)), (200, vec!["N26".to_owned(), "Łódź;language=en".to_owned()]));
    let versions = service.get("/v1/lexicon/versions?limit=2", &[]).json()["versions"].clone();
    assert_eq!((&versions[0]["version"], &versions[1]["version"]), (&json!(3), &json!(2)));
    assert_eq!((&versions[1]["author"], &versions[1]["removed"][0]), (&json!("Ben"), &json!("F-35")));
    assert_eq!(versions[1]["put"][0]["word"], true);
    assert_eq!(
        service.get("/v1/lexicon/versions?before=2", &[]).json()["versions"].as_array().unwrap().len(),
        1
    );
}

#[test]
fn what_is_wrong_changes_nothing() {
    let service = shared();
    let table = [
        ("POST", "", json!([{ "written": "A", "letters": true }, { "written": "B" }]), 422, "bad-entry"),
        ("POST", "", json!([{ "written": "Aa", "ipa": "ɿ" }]), 422, "unknown-phoneme"),
        ("POST", "?dry_run=true", json!([{ "written": "Aa", "ipa": "ɿ" }]), 422, "unknown-phoneme"),
        ("POST", "", json!([{ "written": "Aa", "word": true, "voice": "nobody" }]), 422, "unknown-voice"),
        ("POST", "", json!([{ "written": "Aa", "word": true, "colour": 1 }]), 422, "bad-lexicon"),
        ("POST", "", json!([{ "written": "Aa", "ipa": "a,b" }]), 422, "bad-entry"),
        ("POST", "", json!([{ "written": "It is. He was.", "word": true }]), 422, "bad-entry"),
        (
            "POST",
            "",
            json!([{ "written": "Aa", "word": true }, { "written": "Aa", "letters": true }]),
            422,
            "bad-entry",
        ),
        (
            "POST",
            "?dry_run=true",
            json!([{ "written": "Erdogan", "word": true }, { "written": "Erdoğan", "word": true }]),
            422,
            "bad-entry",
        ),
        ("POST", "", json!({ "put": 1 }), 422, "bad-json"),
        ("POST", "", json!({ "remove": ["Nothing"] }), 404, "no-such-entry"),
        ("POST", "?dry=true", json!([]), 400, "bad-query"),
        ("PUT", "/Here", json!({ "written": "There", "word": true }), 422, "bad-id"),
        ("DELETE", "/Nothing", json!(null), 404, "no-such-entry"),
    ];
    for (method, path, body, status, code) in table {
        let answer = send(&service, method, &format!("/v1/lexicon{path}"), &body);
        assert_eq!(answer.problem(), (status, code.into()), "{method} {path} {body}");
    }
    let unknown = send(&service, "POST", "/v1/lexicon", &json!([{ "written": "Aa", "ipa": "aɿ" }])).json();
    let detail = unknown["detail"].as_str().unwrap();
    assert!(
        detail.contains("\"Aa\"") && detail.contains("ɿ (U+027F)") && detail.contains(&default_voice()),
        "{detail}"
    );
    assert_eq!(lexicon(&service)["version"], 0);
}
