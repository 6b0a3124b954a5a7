//! Articles that can't be read, over HTTP.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::json;

use crate::harness::{Service, text};
use crate::http::{article, folder_of_its_own, made, settings, shared};

/// Nothing of a refused article is there, and the next one is served as ever.
fn refused(service: &Service, what: &str, body: &[u8], status: u16, code: &str) {
    let answer = service.send("PUT", &article("refused"), &[], Some(body));
    assert_eq!(answer.problem(), (status, code.into()), "{what}: {}", answer.text());
    let detail = answer.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.len() > 10 && !detail.contains("src/") && !detail.contains("/tmp"), "{what}: {detail}");
    let left = service.get(&article("refused"), &[]);
    assert_eq!(left.problem(), (404, "no-such-article".into()), "{what} left something behind");
    assert_eq!(service.get("/readyz", &[]).status, 200, "{what}");
}

fn goes_on(service: &Service) {
    made(service, "next", &text("And on it goes."));
    assert_eq!(service.metric("lectern_panics_total"), 0);
    assert!(!service.log().contains("panicked"), "{}", service.log());
}

#[test]
fn what_is_no_article_is_turned_away() {
    let service = shared();
    let deep = "[".repeat(100_000);
    let table: [(&str, &[u8], u16, &str); 20] = [
        ("nothing", b"", 400, "bad-json"),
        ("white space", b" \n ", 400, "bad-json"),
        ("no JSON", b"Good morning.", 400, "bad-json"),
        ("broken JSON", br#"{"text": "Good morning.",}"#, 400, "bad-json"),
        ("cut off", br#"{"text": "Good mor"#, 400, "bad-json"),
        ("more after the end", br#"{"text": "Good morning."} x"#, 400, "bad-json"),
        ("half a surrogate", br#"{"text": "Good \ud800 morning."}"#, 400, "bad-json"),
        ("a raw line break", b"{\"text\": \"Good\nmorning.\"}", 400, "bad-json"),
        ("too deep", deep.as_bytes(), 422, "bad-json"),
        ("invalid UTF-8", b"{\"text\": \"Good \xff morning.\"}", 400, "not-utf8"),
        ("UTF-16", b"\xff\xfe{\0}\0", 400, "not-utf8"),
        ("a string", b"\"Good morning.\"", 422, "bad-json"),
        ("a number for a text", br#"{"text": 7}"#, 422, "bad-json"),
        ("an unknown field", br#"{"text": "Good morning.", "txet": "x"}"#, 422, "bad-json"),
        ("a field twice", br#"{"text": "Good morning.", "text": "x"}"#, 422, "bad-json"),
        ("no body", br#"{"title": "Good morning"}"#, 422, "one-body-needed"),
        ("two bodies", br#"{"text": "Good morning.", "html": "<p>x"}"#, 422, "one-body-needed"),
        ("NUL", br#"{"text": "Good \u0000 morning."}"#, 422, "not-text"),
        ("NUL in the title", br#"{"title": "\u0000", "text": "Good morning."}"#, 422, "not-text"),
        ("another id", br#"{"id": "other", "text": "Good morning."}"#, 422, "bad-id"),
    ];
    for (what, body, status, code) in table {
        refused(&service, what, body, status, code);
    }
    goes_on(&service);
}

#[test]
fn what_has_nothing_to_read_is_turned_away() {
    let service = shared();
    let nothing = [
        ("empty", json!({ "text": "" })),
        ("white space", json!({ "text": " \n\t\u{a0}\u{2003} " })),
        ("emoji", json!({ "text": "🎉🎉 🐑 👩‍👩‍👧‍👦" })),
        ("marks", json!({ "text": "… — ??? * * *" })),
        ("invisible characters", json!({ "text": "\u{200b}\u{feff}\u{ad}" })),
        ("a megabyte without a space", json!({ "text": "x".repeat(1 << 20) })),
        ("empty html", json!({ "html": "" })),
        (
            "images only",
            json!({ "html": "<p><img src=a.jpg alt=sheep></p><figure><img src=b.jpg></figure>" }),
        ),
        ("hidden html", json!({ "html": "<p hidden>Hidden.</p><script>let x = 1;</script><nav>Home</nav>" })),
        ("too deep", json!({ "html": "<div>".repeat(100_000) + "Deep." })),
        ("an empty page", json!({ "page": "<!doctype html><title></title><body>" })),
        ("empty paste", json!({ "paste": "\n\n" })),
    ];
    for (what, body) in nothing {
        refused(&service, what, body.to_string().as_bytes(), 422, "nothing-to-read");
    }
    let voices = [
        ("an unknown voice", json!({ "text": "Good morning.", "voice": "nobody" }), "unknown-voice"),
        ("a path for a voice", json!({ "text": "Good morning.", "voice": "../x" }), "unknown-voice"),
        ("no such speaker", json!({ "text": "Hello.", "voice": "en_US-joe-medium#7" }), "unknown-voice"),
        ("no voice for it", json!({ "text": "Guten Morgen.", "language": "de" }), "no-voice-for-language"),
        ("no language", json!({ "text": "Good morning.", "language": "?" }), "no-voice-for-language"),
    ];
    for (what, body, code) in voices {
        refused(&service, what, body.to_string().as_bytes(), 422, code);
    }
    goes_on(&service);
}

#[test]
fn what_is_too_much_is_turned_away() {
    let service = shared();
    let words = text(&"again ".repeat(100_000)).to_string();
    refused(&service, "100,000 words", words.as_bytes(), 413, "too-long");
    let large = text(&"again. ".repeat(400_000)).to_string();
    refused(&service, "over limits.max_bytes", large.as_bytes(), 413, "too-large");
    let title = json!({ "title": "x".repeat(5000), "text": "Good morning." }).to_string();
    refused(&service, "a title of 5000 bytes", title.as_bytes(), 413, "too-large");
    // Larger than any buffer on the way: the answer must arrive before it is all sent.
    refused(&service, "over http.max_body_bytes", &vec![b' '; 40 << 20], 413, "too-large");
    goes_on(&service);
}

#[test]
fn limits_are_where_the_settings_have_them() {
    let folder = folder_of_its_own();
    let toml = "[http]\nmax_body_bytes = 2000\n[limits]\nmax_bytes = 1000\n[render]\nmax_words = 20\n";
    let service = Service::start_with(&["--config", &settings(&folder, toml)], folder_of_its_own());
    let padded = |bytes: usize| {
        let body = text("Good morning.").to_string();
        let padding = " ".repeat(bytes - body.len());
        (body + &padding).into_bytes()
    };
    let table = [
        ("a body too large", padded(2001), 413, "too-large"),
        ("a text too large", text(&"x".repeat(1001)).to_string().into(), 413, "too-large"),
        ("a word too many", text(&"word ".repeat(21)).to_string().into(), 413, "too-long"),
    ];
    for (what, body, status, code) in table {
        refused(&service, what, &body, status, code);
    }
    let table =
        [("just the body", padded(2000)), ("just the words", text(&"word ".repeat(20)).to_string().into())];
    for (what, body) in table {
        let answer = service.send("PUT", &article("just"), &[], Some(&body));
        assert_eq!(answer.status, 202, "{what}: {}", answer.text());
    }
    let text = text(&format!("One.{}", " ".repeat(996))).to_string();
    assert_eq!(service.send("PUT", &article("just"), &[], Some(text.as_bytes())).status, 202);
    goes_on(&service);
}

#[test]
fn what_is_no_id_is_turned_away() {
    let service = shared();
    let long = "x".repeat(256);
    let wide = "%C3%BC".repeat(128);
    let table = [
        (long.as_str(), 422, "bad-id"),
        (&wide, 422, "bad-id"),
        ("a%00b", 422, "bad-id"),
        ("a%0Ab", 422, "bad-id"),
        ("%7F", 422, "bad-id"),
        ("%C2%85", 422, "bad-id"),
        ("%2E", 422, "bad-id"),
        ("%2e%2E", 422, "bad-id"),
        ("%FF", 400, "bad-address"),
        ("%C3", 400, "bad-address"),
    ];
    for (id, status, code) in table {
        let answer =
            service.send("PUT", &article(id), &[], Some(text("Good morning.").to_string().as_bytes()));
        assert_eq!(answer.problem(), (status, code.into()), "{id}");
        assert!([404, 400].contains(&service.get(&article(id), &[]).problem().0), "{id}");
    }
    goes_on(&service);
}

#[test]
fn one_word_is_enough() {
    let service = shared();
    for (i, body) in ["Hello", "7", "a", "Ünïcödé", "x\u{301}"].into_iter().enumerate() {
        let manifest = made(&service, &format!("word-{i}"), &text(body));
        assert_eq!(manifest["sentences"].as_array().unwrap().len(), 1, "{body}");
        assert!(manifest["duration"].as_f64().unwrap() > 0.1, "{body}");
    }
}

#[test]
fn a_script_that_no_voice_reads_is_told() {
    let service = shared();
    for (i, body) in ["北京", "こんにちは", "Привет"].into_iter().enumerate() {
        let answer = service.put(&format!("script-{i}"), &text(body));
        assert_eq!(answer.problem(), (422, "no-voice-for-language".into()), "{body}");
    }
}

#[test]
fn what_is_no_http_is_turned_away() {
    let service = shared();
    let long = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "x".repeat(70_000));
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(5000));
    let table: [(&[u8], &[&str]); 6] = [
        (b"Good morning.\r\n\r\n", &["400"]),
        (b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n", &["400"]),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", &["400"]),
        (b"PUT /v1/articles/a HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", &["400"]),
        (long.as_bytes(), &["414"]),
        (many.as_bytes(), &["431"]),
    ];
    for (request, statuses) in table {
        let mut stream = TcpStream::connect(service.base.trim_start_matches("http://")).unwrap();
        // It may have hung up before it was all sent.
        let _ = stream.write_all(request);
        let mut answer = [0; 12];
        let read = stream.read_exact(&mut answer);
        let status = String::from_utf8_lossy(&answer[9..]).into_owned();
        let what = String::from_utf8_lossy(&request[..request.len().min(40)]).into_owned();
        assert!(read.is_ok() && statuses.contains(&status.as_str()), "{what:?}: {read:?} {status}");
    }
    goes_on(&service);
}
