//! What sites, readers and operators may rely on over HTTP.

mod access;
mod caching;
mod crowd;
mod drafts;
mod editing;
mod explain;
mod lexicon;
mod marks;
mod queue;
mod ranges;

use std::path::Path;
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{Answer, Service, default_voice, text};

/// Bytes of 24 ms of MP3, and of WAV.
const MP3_FRAME: u64 = 192;
const WAV_FRAME: u64 = 1152;
const WAV_HEADER: u64 = 44;

/// Sentences of about two seconds that no other subject shares.
pub(crate) fn sentences(subject: &str, count: usize) -> String {
    let say = |n: usize| format!("Person number {n} came to see the {subject}.");
    (1..=count).map(say).collect::<Vec<_>>().join(" ")
}

/// An article that is kept, and made at the first press.
pub(crate) fn unmade(body: &str) -> Value {
    json!({ "text": body, "render": false })
}

pub(crate) fn article(id: &str) -> String {
    format!("/v1/articles/{id}")
}

pub(crate) fn mp3(id: &str) -> String {
    format!("/v1/articles/{id}/audio.mp3")
}

/// Saves an article and returns its manifest.
pub(crate) fn save(service: &Service, id: &str, article: &Value) -> Value {
    let answer = service.put(id, article);
    assert_eq!(answer.status, 202, "{}", answer.text());
    answer.json()
}

/// Saves an article and waits until it is made: first for its bytes, which takes no asking again.
pub(crate) fn made(service: &Service, id: &str, article: &Value) -> Value {
    let saved = save(service, id, article);
    whole(service, saved["immutable"]["mp3"].as_str().unwrap());
    service.wait_ready(id)
}

/// All bytes at an address. Their number is told before them unless they are still being planned.
pub(crate) fn whole(service: &Service, path: &str) -> Vec<u8> {
    let answer = service.get(path, &[]);
    assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
    let told = answer.header("content-length");
    assert!(told.is_empty() || told == answer.body.len().to_string(), "{path}: {told}");
    answer.body
}

/// Waits for something that another process does.
pub(crate) fn until(what: &str, holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed().as_secs() < 60, "{what}");
        std::thread::park_timeout(Duration::from_millis(10));
    }
}

/// A service for what others do not disturb, by ids of its own; it ends with its last user.
pub(crate) fn shared() -> Arc<Service> {
    static SHARED: Mutex<Weak<Service>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap();
    shared.upgrade().unwrap_or_else(|| {
        let service = Arc::new(Service::start());
        *shared = Arc::downgrade(&service);
        service
    })
}

/// A service of one's own, with one voice thread: it starts sooner.
pub(crate) fn own() -> Service {
    Service::start_with(&["--workers", "1"], folder_of_its_own())
}

pub(crate) fn folder_of_its_own() -> Arc<TempDir> {
    Arc::new(TempDir::new().unwrap())
}

/// A settings file in the folder of the test.
pub(crate) fn settings(folder: &TempDir, toml: &str) -> String {
    written(folder.path(), "settings.toml", toml)
}

pub(crate) fn written(folder: &Path, name: &str, content: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn frames(manifest: &Value) -> u64 {
    (manifest["duration"].as_f64().unwrap() / 0.024).round() as u64
}

#[test]
fn an_article_from_its_save_to_its_sound() {
    let service = shared();
    let saved = service.put(
        "2026/ferry",
        &json!({ "title": "The ferry is back", "url": "https://example.org/ferry", "text": "She left at six. Nobody was late." }),
    );
    // The id is one path segment, so this address is another one.
    assert_eq!(saved.problem(), (404, "not-found".into()));

    let saved = save(
        &service,
        "ferry",
        &json!({ "title": "The ferry is back", "url": "https://example.org/ferry", "text": "She left at six. Nobody was late." }),
    );
    assert_eq!(saved["state"], "queued");
    let manifest = service.wait_ready("ferry");
    for manifest in [&saved, &manifest] {
        describes_the_ferry(manifest);
    }
    times_are_exact(&manifest);
    files_are_whole(&service, &manifest);
}

fn describes_the_ferry(manifest: &Value) {
    assert_eq!(manifest["id"], "ferry");
    assert_eq!(manifest["title"], "The ferry is back");
    assert_eq!(manifest["url"], "https://example.org/ferry");
    assert_eq!(manifest["language"], "en");
    assert_eq!(manifest["voice"], default_voice());
    assert_eq!(manifest["words"], 11);
    assert!(manifest["revision"].is_i64());
    let audio = json!({ "mp3": "/v1/articles/ferry/audio.mp3", "wav": "/v1/articles/ferry/audio.wav" });
    assert_eq!(manifest["audio"], audio);
}

fn times_are_exact(manifest: &Value) {
    let sentences = manifest["sentences"].as_array().unwrap();
    let spans: Vec<&Value> = sentences.iter().map(|s| &s["span"]).collect();
    assert_eq!(spans, [&json!([0, 17]), &json!([0, 16]), &json!([17, 33])]);
    let roles: Vec<&Value> = sentences.iter().map(|s| &s["role"]).collect();
    assert_eq!(roles, ["title", "paragraph", "paragraph"]);
    let blocks: Vec<&Value> = sentences.iter().map(|s| &s["block"]).collect();
    assert_eq!(blocks, [0, 1, 1]);
    let mut heard = 0.0;
    for sentence in sentences {
        let (start, end) = (sentence["start"].as_f64().unwrap(), sentence["end"].as_f64().unwrap());
        assert!(heard <= start && start < end, "{sentence}");
        assert!((end - start - sentence["frames"].as_f64().unwrap() * 0.024).abs() < 1e-6, "{sentence}");
        heard = end;
    }
    assert!(heard < manifest["duration"].as_f64().unwrap());
}

fn files_are_whole(service: &Service, manifest: &Value) {
    let files = [
        ("mp3", "audio/mpeg", frames(manifest) * MP3_FRAME),
        ("wav", "audio/wav", WAV_HEADER + frames(manifest) * WAV_FRAME),
    ];
    for (format, kind, length) in files {
        let path = manifest["audio"][format].as_str().unwrap();
        let answer = service.get(path, &[]);
        assert_eq!((answer.status, answer.body.len() as u64), (200, length), "{path}");
        assert_eq!(whole(service, manifest["immutable"][format].as_str().unwrap()), answer.body);
        let head = service.send("HEAD", path, &[], None);
        assert_eq!((head.status, head.body.len()), (200, 0));
        for answer in [&answer, &head] {
            assert_eq!(answer.header("content-type"), kind);
            assert_eq!(answer.header("content-length"), length.to_string());
            assert_eq!(answer.header("accept-ranges"), "bytes");
        }
    }
    assert!(whole(service, "/v1/articles/ferry/audio.mp3").starts_with(&[0xff, 0xf3]));
    let wav = whole(service, "/v1/articles/ferry/audio.wav");
    assert_eq!((&wav[..4], &wav[8..16]), (&b"RIFF"[..], &b"WAVEfmt "[..]));
}

#[test]
fn what_is_not_there_says_so() {
    let service = shared();
    let table = [
        ("GET", "/v1/articles/nobody", 404, "no-such-article"),
        ("DELETE", "/v1/articles/nobody", 404, "no-such-article"),
        ("GET", "/v1/articles/nobody/audio.mp3", 404, "no-such-article"),
        ("GET", "/v1/articles/nobody/audio.wav", 404, "no-such-article"),
        ("GET", "/v1/articles/demo/audio.ogg", 404, "not-found"),
        ("GET", "/v1/articles/", 404, "not-found"),
        ("GET", "/audio/0000.mp3", 404, "no-such-recording"),
        ("GET", "/audio/0000.wav", 404, "no-such-recording"),
        ("GET", "/audio/0000.ogg", 404, "no-such-recording"),
        ("GET", "/audio/..%2Flectern.db", 404, "no-such-recording"),
        ("GET", "/nowhere", 404, "not-found"),
        ("GET", "/v1/articles/%FF", 400, "bad-address"),
        ("GET", "/v1/articles/%FF/audio.mp3", 400, "bad-address"),
        ("POST", "/v1/articles/demo", 405, "method-not-allowed"),
        ("PUT", "/v1/articles/demo/audio.mp3", 405, "method-not-allowed"),
        ("DELETE", "/audio/0000.mp3", 405, "method-not-allowed"),
        ("POST", "/healthz", 405, "method-not-allowed"),
    ];
    for (method, path, status, code) in table {
        let answer = service.send(method, path, &[], (method == "PUT").then_some(b"{}"));
        assert_eq!(answer.problem(), (status, code.into()), "{method} {path}");
        explains(&answer);
        assert_eq!(answer.header("allow").is_empty(), status != 405, "{method} {path}");
    }
}

/// The rest of RFC 9457, and no copy kept of it.
fn explains(answer: &Answer) {
    let document = answer.json();
    assert_eq!(document["type"], "about:blank");
    assert!(!document["title"].as_str().unwrap().is_empty());
    assert!(document["detail"].as_str().unwrap().ends_with(|c: char| c == '.' || c.is_alphabetic()));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
}

#[test]
fn operators_and_browsers_get_what_they_need() {
    let service = own();
    assert_eq!(service.get("/healthz", &[]).text(), "ok\n");
    assert_eq!(service.get("/readyz", &[]).text(), "ready\n");
    made(&service, "a", &text("One sentence."));
    let metrics = service.get("/metrics", &[]);
    assert!(metrics.header("content-type").starts_with("application/openmetrics-text; version=1.0.0"));
    let all = metrics.text();
    assert!(all.ends_with("# EOF\n"));
    assert!(all.lines().filter(|l| !l.starts_with('#')).all(|l| l.starts_with("lectern_")), "{all}");
    assert_eq!((service.synthesised(), service.metric("lectern_panics_total")), (1, 0));
    let kinds = [("/player.js", "text/javascript"), ("/", "text/html"), ("/demo.css", "text/css")];
    for (path, kind) in kinds {
        let file = service.get(path, &[]);
        assert_eq!(file.header("content-type"), format!("{kind}; charset=utf-8"));
        let again = service.get(path, &[("if-none-match", file.header("etag"))]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("etag"), file.header("etag"));
        assert_eq!(service.get(path, &[("if-none-match", "\"old\"")]).body, file.body);
        assert_eq!(file.header("cache-control"), "public, max-age=300");
    }
    assert_eq!(service.get("/player.js", &[]).header("access-control-allow-origin"), "*");
}
