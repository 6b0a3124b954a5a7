//! What a save costs, and what readers hear meanwhile.

use serde_json::json;

use super::{article, folder_of_its_own, made, mp3, own, save, sentences, settings, unmade, until, whole};
use crate::harness::{Service, text};

const FIRST: &str = "The bridge is open again. It was closed for a year. Two bands played.";

#[test]
fn a_save_costs_the_sentences_nobody_has_said_yet() {
    let service = own();
    let table = [
        ("a", FIRST, 3, "all of it is new"),
        ("b", "The bridge is open again. Traffic is light.", 1, "one of two was said in another article"),
        ("a", FIRST, 0, "nothing changed"),
        ("a", "The bridge is open again. It was closed for two years. Two bands played.", 1, "one changed"),
        ("a", "Two bands played. The bridge is open again.", 0, "only the order changed"),
        ("a", FIRST, 0, "back to what was said before"),
        ("c", "Two bands played. Two bands played. Two bands played.", 0, "said before, three times"),
        ("d", "Bravo, bravo. Bravo, bravo. Bravo, bravo.", 1, "three times the same"),
    ];
    let mut spent = 0;
    for (id, body, cost, why) in table {
        made(&service, id, &text(body));
        spent += cost;
        assert_eq!(service.synthesised(), spent, "{id}: {why}");
    }
}

#[test]
fn what_sounds_the_same_is_the_same_revision() {
    let service = own();
    let first = made(&service, "a", &text(FIRST));
    let again = save(&service, "a", &text(FIRST));
    for field in ["revision", "state", "immutable"] {
        assert_eq!(again[field], first[field], "{field}");
    }
    // The same words at another place, and another address: nothing to speak, but to tell.
    let moved = json!({ "text": format!("\n\n  {FIRST}"), "url": "https://example.org/moved" });
    save(&service, "a", &moved);
    let moved = service.wait_ready("a");
    assert_eq!(moved["revision"], first["revision"]);
    assert_eq!(moved["url"], "https://example.org/moved");
    let starts = |manifest: &serde_json::Value| -> Vec<i64> {
        manifest["sentences"].as_array().unwrap().iter().map(|s| s["span"][0].as_i64().unwrap()).collect()
    };
    let expected: Vec<i64> = starts(&first).iter().map(|start| start + 4).collect();
    assert_eq!(starts(&moved), expected, "the spans of the text that is there now");
    assert_eq!(service.synthesised(), 3);
}

#[test]
fn the_old_revision_plays_until_the_new_one_is_ready() {
    let service = own();
    let old = made(&service, "a", &text("It was said so."));
    let heard = whole(&service, &mp3("a"));
    let saved = save(&service, "a", &text(&sentences("harbour", 6)));
    assert_eq!((&saved["state"], &saved["next"]), (&json!("queued"), &json!(null)));
    let mut meanwhile = 0;
    loop {
        let body = whole(&service, &mp3("a"));
        let manifest = service.get(&article("a"), &[]).json();
        assert_eq!(manifest["state"], "ready", "there is always something to hear");
        if manifest["revision"] == saved["revision"] {
            break;
        }
        assert_eq!((&manifest["revision"], &manifest["immutable"]), (&old["revision"], &old["immutable"]));
        assert!(["queued", "rendering", "ready"].contains(&manifest["next"].as_str().unwrap()));
        assert!(body == heard, "the old revision's bytes");
        meanwhile += 1;
        std::thread::park_timeout(std::time::Duration::from_millis(20));
    }
    assert!(meanwhile > 0, "six sentences were made before anybody could ask");
    let new = service.wait_ready("a");
    assert_eq!(new["immutable"], saved["immutable"]);
    assert_ne!(whole(&service, &mp3("a")), heard);
}

#[test]
fn what_is_only_stored_is_made_at_the_first_press() {
    let service = own();
    let stored = save(&service, "a", &unmade("It was said so."));
    assert_eq!(service.get(&article("a"), &[]).json()["state"], "stored");
    assert_eq!(service.synthesised(), 0);
    whole(&service, &mp3("a"));
    assert_eq!(service.wait_ready("a")["revision"], stored["revision"]);
    // Also over a revision that is ready: it plays once more, and makes the next.
    let next = save(&service, "a", &unmade("It is said otherwise."));
    let manifest = service.get(&article("a"), &[]).json();
    assert_eq!((&manifest["revision"], &manifest["next"]), (&stored["revision"], &json!("stored")));
    assert_eq!(service.synthesised(), 1);
    whole(&service, &mp3("a"));
    assert_eq!(service.wait_ready("a")["revision"], next["revision"]);
    // And a save that wants it made is enough.
    save(&service, "b", &unmade("Nobody listens to this."));
    save(&service, "b", &text("Nobody listens to this."));
    service.wait_ready("b");
    assert_eq!(service.synthesised(), 3);
}

#[test]
fn a_forgotten_article_is_gone() {
    let service = own();
    let first = made(&service, "a", &text(FIRST));
    let forget = || service.send("DELETE", &article("a"), &[], None);
    let gone = forget();
    assert_eq!((gone.status, gone.body.len()), (204, 0));
    let addresses = [
        article("a"),
        mp3("a"),
        "/v1/articles/a/audio.wav".into(),
        first["immutable"]["mp3"].as_str().unwrap().into(),
    ];
    for path in addresses {
        assert_eq!(service.get(&path, &[]).problem().0, 404, "{path}");
    }
    assert_eq!(forget().problem(), (404, "no-such-article".into()));
    // Saved again it is a new revision; its sentences were kept.
    let again = made(&service, "a", &text(FIRST));
    assert!(again["revision"].as_i64() > first["revision"].as_i64());
    assert_eq!((service.synthesised(), &again["immutable"]), (3, &first["immutable"]));
    // Forgotten while it is made: gone at once, and the next article is made as ever.
    save(&service, "b", &text(&sentences("garden", 6)));
    assert_eq!(service.send("DELETE", &article("b"), &[], None).status, 204);
    assert_eq!(service.get(&article("b"), &[]).problem().0, 404);
    made(&service, "c", &text("The next one."));
    assert_eq!(service.get(&article("b"), &[]).problem().0, 404);
}

#[test]
fn what_is_long_is_planned_before_anybody_asks() {
    let folder = folder_of_its_own();
    let settings = settings(&folder, "[library]\nplan_ahead_words = 100\n");
    let service =
        Service::start_with(&["--config", &settings, "--workers", "1", "--no-demo"], folder_of_its_own());
    let planned = || {
        let ledger = rusqlite::Connection::open(service.data.path().join("lectern.db")).unwrap();
        ledger.query_row("SELECT COUNT(*) FROM clips", [], |row| row.get::<_, u64>(0)).unwrap()
    };
    save(&service, "short", &unmade(&sentences("bridge", 2)));
    save(&service, "long", &unmade(&sentences("tower", 40)));
    until("it is not planned", || planned() >= 40);
    assert_eq!((planned(), service.synthesised()), (40, 0));
    assert_eq!(service.get(&article("long"), &[]).json()["state"], "stored");
}
