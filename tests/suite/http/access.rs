//! Who may do what, under which names, how slowly; and what is written down of it.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;

use super::{
    article, folder_of_its_own, made, mp3, save, sentences, settings, shared, unmade, until, whole, written,
};
use crate::harness::{Service, lectern, text};

const TOKEN: &str = "correct-horse-battery-staple";

#[test]
fn only_editors_with_the_token_may_edit() {
    let folder = TempDir::new().unwrap();
    let file = written(folder.path(), "token", &format!("{TOKEN}\nnot this line\n"));
    let service = Service::start_with(&["--token-file", &file], folder_of_its_own());
    for demo in ["/", "/demo.css", "/v1/articles/lectern-demo"] {
        assert_eq!(service.get(demo, &[]).status, 404, "{demo}: no demo among a site's articles");
    }
    let right = format!("Bearer {TOKEN}");
    let wrong = [
        String::new(),
        "Bearer".into(),
        "Bearer wrong-horse-battery-staple".into(),
        format!("Bearer {TOKEN}x"),
        format!("Bearer {}", &TOKEN[1..]),
        "Bearer not this line".into(),
        format!("Basic {TOKEN}"),
        TOKEN.into(),
    ];
    let body = text("A short one.").to_string();
    for method in ["PUT", "DELETE"] {
        let body = (method == "PUT").then_some(body.as_bytes());
        for shown in &wrong {
            let headers = [("authorization", shown.as_str())];
            let headers = if shown.is_empty() { &[][..] } else { &headers[..] };
            let answer = service.send(method, &article("a"), headers, body);
            assert_eq!(answer.problem(), (401, "unauthorized".into()), "{method} {shown}");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
            assert_eq!(service.get(&article("a"), &[]).status, 404, "{method} {shown}: it was saved");
        }
    }
    for scheme in ["Bearer", "bearer"] {
        let shown = format!("{scheme} {TOKEN}");
        let answer = service.send("PUT", &article("a"), &[("authorization", &shown)], Some(body.as_bytes()));
        assert_eq!(answer.status, 202, "{shown}");
    }
    // Readers need none.
    service.wait_ready("a");
    whole(&service, &mp3("a"));
    assert_eq!(service.send("DELETE", &article("a"), &[("authorization", &right)], None).status, 204);
    assert!(!service.log().contains(TOKEN));
}

/// How an id is written in an address, and the id itself.
const IDS: [(&str, &str); 14] = [
    ("plain-id_1.2~x", "plain-id_1.2~x"),
    ("two%20words", "two words"),
    ("2026%2F05%2Fferry", "2026/05/ferry"),
    ("2026%252F05", "2026%2F05"),
    ("100%25", "100%"),
    ("a+b", "a+b"),
    ("a%3Fb%23c%26d%3De", "a?b#c&d=e"),
    ("%C3%BCber%20na%C3%AFve", "über naïve"),
    ("%E5%8C%97%E4%BA%AC", "北京"),
    ("%F0%9F%90%91", "🐑"),
    ("..%2F..%2Fetc%2Fpasswd", "../../etc/passwd"),
    ("audio.mp3", "audio.mp3"),
    ("%22%27%5C%3Cb%3E", "\"'\\<b>"),
    ("https%3A%2F%2Fexample.org%2Fa%3Fb", "https://example.org/a?b"),
];

#[test]
fn an_id_may_be_almost_anything() {
    let service = shared();
    let long = "x".repeat(255);
    for (written, id) in IDS.into_iter().chain([(long.as_str(), long.as_str())]) {
        let saved = save(&service, written, &json!({ "text": "A short one.", "id": id }));
        assert_eq!(saved["id"], id);
        let manifest = service.wait_ready(written);
        assert_eq!(manifest["id"], id);
        // The manifest's own addresses lead back to it.
        let played = whole(&service, manifest["audio"]["mp3"].as_str().unwrap());
        assert!(played == whole(&service, &mp3(written)), "{id}");
    }
    for (written, id) in IDS {
        assert_eq!(service.send("DELETE", &article(written), &[], None).status, 204, "{id}");
        assert_eq!(service.get(&article(written), &[]).status, 404, "{id}");
    }
    assert_eq!(service.wait_ready(&long)["id"], long, "the others were other articles");
}

#[test]
fn a_client_that_takes_its_time_is_cut_off_while_others_are_served() {
    let folder = TempDir::new().unwrap();
    let file = settings(&folder, "[http]\nheader_seconds = 1\n");
    let service = Service::start_with(&["--config", &file], folder_of_its_own());
    let address = service.base.trim_start_matches("http://").to_owned();
    let mut silent = TcpStream::connect(&address).unwrap();
    let mut slow = TcpStream::connect(&address).unwrap();
    slow.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ").unwrap();
    slow.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    let mut served = 0;
    while !drips(&mut slow) {
        assert_eq!(service.get("/healthz", &[]).status, 200);
        served += 1;
        assert!(served < 200, "it may go on for ever");
    }
    assert!(served > 0, "cut off after {served} letters");
    silent.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    assert_eq!(silent.read(&mut [0]).unwrap(), 0, "one that says nothing at all");
    assert_eq!(service.get("/healthz", &[]).status, 200);
}

#[test]
fn whoever_stands_still_is_cut_off_and_whoever_is_slow_is_not() {
    let folder = TempDir::new().unwrap();
    let file = settings(&folder, "[http]\nstall_seconds = 2\n");
    let service = Service::start_with(&["--config", &file, "--workers", "1"], folder_of_its_own());
    let connect = || TcpStream::connect(service.base.trim_start_matches("http://")).unwrap();
    let mut body = connect();
    write!(body, "PUT {} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{{", article("b"))
        .unwrap();
    let mut answer = String::new();
    body.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    body.read_to_string(&mut answer).expect("it is not hung up on");
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("\"stalled\""), "{answer}");

    // More than the system holds for a reader on either side.
    save(&service, "a", &unmade(&sentences("canyon", 40)));
    let wav = whole(&service, "/v1/articles/a/audio.wav");
    let ask = || {
        let mut stream = connect();
        write!(stream, "GET /v1/articles/a/audio.wav HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    };
    let (mut still, mut slow) = (ask(), ask());
    let mut heard = Vec::new();
    let mut piece = vec![0; wav.len() / 60];
    // A breath that is shorter than patience, again and again: in all it takes longer.
    while let Ok(n @ 1..) = slow.read(&mut piece) {
        heard.extend_from_slice(&piece[..n]);
        std::thread::park_timeout(Duration::from_millis(100));
    }
    assert!(heard.ends_with(&wav), "one who is slow is cut off after {} bytes of {}", heard.len(), wav.len());
    let mut rest = Vec::new();
    let cut_off = still.read_to_end(&mut rest).is_err() || rest.len() < wav.len();
    assert!(cut_off, "one who takes nothing is waited for");
}

/// Sends one more letter of a header that never ends; true once the other side has hung up.
fn drips(stream: &mut TcpStream) -> bool {
    let sent = stream.write_all(b"a");
    match stream.read(&mut [0; 1024]) {
        Ok(0) => true,
        Ok(_) => false,
        Err(error) => sent.is_err() || !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
    }
}

#[test]
fn the_log_has_no_text() {
    let mut command = lectern();
    command.env("LECTERN_LOG", "debug");
    let service = Service::start_as(command, &[], folder_of_its_own());
    let secret = "xylophone";
    let titled = json!({ "title": "Xylophone", "byline": "By Xylophone", "text": "A xylophone, at last." });
    made(&service, "read", &titled);
    whole(&service, "/v1/articles/read/audio.wav");
    save(&service, "unread", &unmade("Another xylophone."));
    let refused = [
        format!(r#"{{"text":"{secret}","#),
        format!(r#"{{"text":"{secret}","{secret}":1}}"#),
        format!(r#"{{"text":"{secret}\u0000"}}"#),
        format!(r#"{{"text":"{secret}","voice":"{secret}"}}"#),
        format!(r#"{{"text":"{}"}}"#, secret.repeat(12)),
    ];
    for body in refused {
        let answer = service.send("PUT", &article("no"), &[], Some(body.as_bytes()));
        assert!((400..500).contains(&answer.status), "{}", answer.text());
    }
    service.send("PUT", &article("no"), &[("x-note", secret)], Some(b"\xff\xfe xylophone"));
    service.get(&format!("/{secret}?{secret}"), &[]);
    until("requests are not logged", || service.log().matches("\"request\"").count() > 8);
    let log = service.log();
    assert!(!log.to_lowercase().contains(secret), "{log}");
}
