//! One tag names one recording, for ever: what browsers and proxies may keep, and when they ask.

use super::{made, mp3, save, sentences, shared, unmade, whole};
use crate::harness::text;

#[test]
fn a_recording_has_its_tag_before_it_is_made() {
    let service = shared();
    let manifest = save(&service, "tagged", &unmade(&sentences("mill", 2)));
    assert_eq!(manifest["state"], "stored");
    let name = name_in(manifest["immutable"]["mp3"].as_str().unwrap());
    let before = service.get("/v1/articles/tagged", &[]).json();
    assert_eq!((&before["state"], &before["immutable"]), (&manifest["state"], &manifest["immutable"]));
    let etag = format!("\"{name}\"");
    for path in [mp3("tagged"), "/v1/articles/tagged/audio.wav".into(), format!("/audio/{name}.mp3")] {
        let first = service.get(&path, &[]);
        assert_eq!(first.header("etag"), etag, "{path}");
        service.wait_ready("tagged");
        let later = service.get(&path, &[]);
        assert_eq!(later.header("etag"), etag, "{path}");
        assert!(first.body == later.body, "{path}: other bytes");
    }
    let after = service.wait_ready("tagged");
    assert_eq!(after["sentences"], before["sentences"]);
    assert_eq!(after["duration"], before["duration"]);
}

fn name_in(path: &str) -> String {
    path.trim_start_matches("/audio/").trim_end_matches(".mp3").to_owned()
}

#[test]
fn conditions_are_answered_as_the_rfc_has_it() {
    let service = shared();
    let manifest = made(&service, "conditional", &text("A short one."));
    let name = name_in(manifest["immutable"]["mp3"].as_str().unwrap());
    let tag = format!("\"{name}\"");
    let (weak, list) = (format!("W/{tag}"), format!("\"x\", {tag}"));
    // Weak tags match for reuse, not for parts (RFC 9110 §8.8.3.2).
    let table = [
        ("if-none-match", tag.as_str(), 304),
        ("if-none-match", &weak, 304),
        ("if-none-match", &list, 304),
        ("if-none-match", "*", 304),
        ("if-none-match", "\"x\"", 200),
        ("if-match", &tag, 200),
        ("if-match", &list, 200),
        ("if-match", "*", 200),
        ("if-match", "\"x\"", 412),
        ("if-match", &weak, 412),
    ];
    for path in [mp3("conditional"), format!("/audio/{name}.mp3"), format!("/audio/{name}.wav")] {
        for (header, value, status) in table {
            let answer = service.get(&path, &[(header, value)]);
            assert_eq!(answer.status, status, "{path} {header}: {value}");
            match status {
                304 => assert_eq!((answer.header("etag"), answer.body.len()), (tag.as_str(), 0)),
                412 => assert_eq!(answer.problem().1, "precondition-failed"),
                _ => assert!(!answer.body.is_empty()),
            }
        }
    }
}

#[test]
fn caches_and_other_sites_are_told_what_they_may_do() {
    let service = shared();
    let manifest = made(&service, "told", &text("A short one."));
    let immutable = "public, max-age=31536000, immutable";
    let table = [
        ("/v1/articles/told", "no-cache"),
        ("/v1/articles/told/audio.mp3", "no-cache"),
        ("/v1/articles/told/audio.wav", "no-cache"),
        (manifest["immutable"]["mp3"].as_str().unwrap(), immutable),
        (manifest["immutable"]["wav"].as_str().unwrap(), immutable),
        ("/player.js", "public, max-age=300"),
        ("/v1/articles/nobody", "no-store"),
    ];
    for (path, caching) in table {
        let answer = service.get(path, &[("origin", "https://a-newspaper.example")]);
        assert_eq!(answer.header("cache-control"), caching, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin", "{path}");
        let exposed = answer.header("access-control-expose-headers");
        for name in ["accept-ranges", "content-length", "content-range", "etag"] {
            assert!(exposed.contains(name), "{path}: {exposed}");
        }
    }
}

#[test]
fn an_old_recording_keeps_its_address() {
    let service = shared();
    let old = made(&service, "rewritten", &text("It was said so then."));
    let address = old["immutable"]["mp3"].as_str().unwrap();
    let then = whole(&service, address);
    let new = made(&service, "rewritten", &text("It is said otherwise now."));
    assert_ne!(new["immutable"], old["immutable"]);
    assert!(whole(&service, address) == then, "other bytes");
    assert_eq!(
        whole(&service, &mp3("rewritten")),
        whole(&service, new["immutable"]["mp3"].as_str().unwrap())
    );
}
