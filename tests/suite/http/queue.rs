//! What editors see of their work, and can do about it.

use std::cell::RefCell;
use std::io::{Read, Write};

use serde_json::{Value, json};

use super::{folder_of_its_own, made, mp3, own, save, sentences, settings, unmade, until, whole};
use crate::harness::{Service, text};

fn list(service: &Service, query: &str) -> Vec<Value> {
    let answer = service.get(&format!("/v1/articles{query}"), &[]);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let mut articles = answer.json()["articles"].as_array().unwrap().clone();
    articles.retain(|article| article["id"] != "lectern-demo");
    articles
}

#[test]
fn editors_see_where_their_articles_stand() {
    let service = own();
    made(
        &service,
        "b",
        &json!({ "title": "Done", "url": "https://example.org/done", "text": "It is made." }),
    );
    save(&service, "a", &unmade("It waits for a press."));
    let all = list(&service, "");
    let seen: Vec<_> =
        all.iter().map(|a| (a["id"].as_str().unwrap(), a["state"].as_str().unwrap())).collect();
    assert_eq!(seen, [("a", "stored"), ("b", "ready")]);
    assert_eq!((&all[1]["title"], &all[1]["attempts"]), (&json!("Done"), &json!(1)));
    assert_eq!(all[1]["url"], "https://example.org/done");
    assert_eq!(list(&service, "?status=ready").len(), 1);
    let page = service.get("/v1/articles?limit=1", &[]).json();
    assert_eq!(page["after"], "a");
    assert_eq!(list(&service, "?limit=1&after=a")[0]["id"], "b");
    for wrong in ["?status=sleeping", "?limit=many", "?other=1"] {
        assert_eq!(service.get(&format!("/v1/articles{wrong}"), &[]).problem(), (400, "bad-query".into()));
    }
}

#[test]
fn an_editor_sees_how_far_an_article_is() {
    let service = own();
    let standing = || service.get("/v1/articles/a/render", &[]).json();
    save(&service, "a", &unmade(&sentences("harbour", 12)));
    assert_eq!((&standing()["state"], &standing()["progress"]), (&json!("stored"), &json!(0.0)));
    assert_eq!(service.send("POST", "/v1/articles/a/render", &[], Some(b"")).status, 202);
    let seen = RefCell::new(vec![0.0]);
    until("it is not made", || {
        let now = standing();
        let number = |field: &str| now[field].as_f64().unwrap();
        assert!((number("progress") - number("made") / number("sentences")).abs() < 1e-9, "{now}");
        seen.borrow_mut().push(number("progress"));
        now["state"] == "ready"
    });
    let seen = seen.into_inner();
    assert!(seen.is_sorted(), "it goes back: {seen:?}");
    assert!(seen.iter().any(|p| (0.01..0.99).contains(p)) && seen.ends_with(&[1.0]), "{seen:?}");
    assert!(standing()["duration"].as_f64().is_some_and(|seconds| seconds > 5.0));
}

#[test]
fn what_is_cancelled_is_made_when_it_is_wanted_again() {
    let service = own();
    save(&service, "a", &text(&sentences("meadow", 40)));
    until("it is not begun", || service.synthesised() > 0);
    let cancel = |id: &str| service.send("DELETE", &format!("/v1/articles/{id}/render"), &[], None);
    assert_eq!(cancel("a").status, 204);
    assert_eq!(list(&service, "")[0]["state"], "stored");
    assert_eq!(cancel("nothing").problem(), (404, "no-such-article".into()));
    let asked = service.send("POST", "/v1/articles/a/render", &[], Some(b""));
    assert_eq!(asked.status, 202);
    service.wait_ready("a");
    whole(&service, &mp3("a"));
    // Only what was being spoken when it was cancelled may have been for nothing.
    assert!(service.synthesised() <= 42, "what was made did not stay made");
}

/// How many articles pass through little room; `LECTERN_ARTICLES=500` has them pass through 50 MB.
fn stream() -> (u64, u64) {
    let many = std::env::var("LECTERN_ARTICLES").ok().map(|n| n.parse().expect("a number of articles"));
    many.map_or((20, 400_000), |articles| (articles, articles * 100_000))
}

#[test]
fn little_room_is_kept_for_what_is_heard_and_wanted() {
    let (articles, room) = stream();
    let folder = folder_of_its_own();
    let settings = settings(&folder, &format!("[library]\nmax_audio_bytes = {room}\ntrim_to_percent = 80\n"));
    let service = Service::start_with(&["--config", &settings, "--workers", "2"], folder_of_its_own());
    let pinned = |n: u64| format!("pinned-{n}");
    let heard: Vec<_> = (0..articles / 20)
        .map(|n| {
            made(&service, &pinned(n), &text(&sentences(&format!("castle {n}"), 2)));
            whole(&service, &mp3(&pinned(n)))
        })
        .collect();
    let most = || {
        let files = super::super::restart::files(&service.data.path().join("audio"));
        files.iter().filter_map(|f| f.metadata().ok()).map(|f| f.len()).sum::<u64>()
    };
    let (mut article, mut highest) = (0, 0);
    for n in 0..articles {
        let id = format!("article-{n}");
        let length = room / articles / 5_000;
        save(&service, &id, &unmade(&sentences(&format!("place called {n}"), length as usize)));
        article = article.max(whole(&service, &mp3(&id)).len() as u64);
        highest = highest.max(most());
        assert!(highest <= room + article, "{highest} bytes after {n} articles");
    }
    println!("{articles} articles, {room} bytes of room: never more than {highest}");
    until("no room is made", || most() <= room);
    let spent = service.synthesised();
    for (n, heard) in (0..).zip(&heard) {
        assert!(whole(&service, &mp3(&pinned(n))) == *heard, "other bytes");
        assert_eq!(service.get(&super::article(&pinned(n)), &[]).json()["state"], "ready");
    }
    assert_eq!(service.synthesised(), spent, "what editors asked for was removed");
    // What went is made again, the same.
    let again = whole(&service, &mp3("article-0"));
    assert!(service.synthesised() > spent && !again.is_empty());
}

#[test]
fn a_wav_that_has_no_room_is_heard_to_its_end() {
    let folder = folder_of_its_own();
    let settings = settings(&folder, "[library]\nmax_audio_bytes = 1000\n");
    let service = Service::start_with(&["--config", &settings, "--workers", "1"], folder_of_its_own());
    let manifest = save(&service, "a", &unmade(&sentences("harbour", 6)));
    let wav = |service: &Service| whole(service, manifest["immutable"]["wav"].as_str().unwrap());
    // Some pieces long, and so read some times.
    let heard = wav(&service);
    until("no room is made", || super::super::restart::files(&service.data.path().join("audio")).is_empty());
    let untroubled = own();
    save(&untroubled, "a", &unmade(&sentences("harbour", 6)));
    assert!(heard.len() > 1 << 19 && heard == wav(&untroubled), "other bytes");
    until("the queue does not give up", || list(&service, "?status=stored").len() == 1);
    assert_eq!(service.synthesised(), 2 * 6, "for the WAV, and for the article");
}

/// Hears the first of it, and leaves.
fn begin(service: &Service, id: &str) {
    let mut stream = std::net::TcpStream::connect(service.base.trim_start_matches("http://")).unwrap();
    write!(stream, "GET {} HTTP/1.1\r\nHost: x\r\n\r\n", mp3(id)).unwrap();
    stream.read_exact(&mut [0; 2000]).unwrap();
}

#[test]
fn what_a_reader_began_is_made_on_without_him_for_as_long_as_is_wished() {
    let folder = folder_of_its_own();
    let begun = |toml: &str| {
        let settings = settings(&folder, toml);
        let service = Service::start_with(&["--config", &settings, "--workers", "1"], folder_of_its_own());
        save(&service, "a", &unmade(&sentences("garden", 60)));
        begin(&service, "a");
        service
    };
    let service = begun("[library]\nfinish_seconds = 0\n");
    let state = || list(&service, "")[0]["state"].clone();
    until("it is made on", || state() == "stored");
    let made = service.synthesised();
    assert!(made < 60, "it was made to its end");
    // Whoever stays has it made; and what editors want needs no listener.
    whole(&service, &mp3("a"));
    // As he left, and as the queue gave up, one sentence each may have been in the voice's mouth.
    assert!(service.synthesised() <= 62, "what was made did not stay made");
    save(&service, "b", &text(&sentences("orchard", 10)));
    service.wait_ready("b");
    drop(service);

    let service = begun("");
    service.wait_ready("a");
}
