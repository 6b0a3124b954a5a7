//! Pages that never end, in size or in time; and what a page may be.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::read::GzEncoder;
use lectern::fetch::{Answer, Client, FetchConfig, Refusal, Validators};

use super::{get, local, refusal};
use crate::web::{Web, reply};

const MAX: usize = 1 << 20;

fn limited(web: &Web) -> Client {
    Client::new(FetchConfig { seconds: 2, max_bytes: MAX, ..local(web) })
}

fn gzip(from: impl Read) -> Vec<u8> {
    let mut packed = Vec::new();
    GzEncoder::new(from, Compression::best()).read_to_end(&mut packed).unwrap();
    packed
}

/// Writes pieces until the other side hangs up, and counts them.
fn pour(to: &mut TcpStream, headers: &str, piece: &[u8], poured: &AtomicU64) -> std::io::Result<()> {
    write!(to, "HTTP/1.1 200 OK\r\n{headers}Connection: close\r\n\r\n")?;
    loop {
        to.write_all(piece)?;
        poured.fetch_add(piece.len() as u64, Ordering::Relaxed);
    }
}

#[test]
fn what_is_too_large_is_left_where_it_is() {
    let web = Web::start();
    let client = limited(&web);
    web.give("/fits", "", vec![b'a'; MAX]);
    assert!(get(&client, &web.at("/fits")).is_ok());
    web.give("/over", "", vec![b'a'; MAX + 1]);
    assert_eq!(refusal(&client, &web.at("/over")), Refusal::TooLarge(MAX));
    let empty_members = gzip(&b""[..]).repeat(4000);
    let endless = [
        ("/endless", "", vec![b'a'; 1 << 16]),
        // Unpacks to nothing, for ever.
        ("/hollow", "Content-Encoding: gzip\r\n", empty_members),
    ];
    for (path, headers, piece) in endless {
        let poured = Arc::new(AtomicU64::new(0));
        let count = poured.clone();
        web.on(path, move |_, to| pour(to, headers, &piece, &count));
        assert_eq!(refusal(&client, &web.at(path)), Refusal::TooLarge(MAX), "{path}");
        // What lies in the sockets' buffers was never taken.
        assert!(poured.load(Ordering::Relaxed) < 32 << 20, "{path}");
    }
}

#[test]
fn what_unpacks_to_too_much_is_not_unpacked() {
    let web = Web::start();
    let client = limited(&web);
    let bomb = gzip(std::io::repeat(b'a').take(400 << 20));
    assert!(bomb.len() < MAX, "it would be refused for its own size");
    web.give("/bomb", "Content-Encoding: gzip\r\n", bomb.clone());
    let started = Instant::now();
    assert_eq!(refusal(&client, &web.at("/bomb")), Refusal::TooLarge(MAX));
    assert!(started.elapsed() < Duration::from_secs(1), "it was unpacked: {:?}", started.elapsed());
    // One inside a file, as sitemaps are kept.
    web.give("/sitemap.xml.gz", "Content-Type: application/gzip\r\n", bomb);
    let Answer::Whole(found) = get(&client, &web.at("/sitemap.xml.gz")).unwrap() else { panic!() };
    assert_eq!(client.unpacked(found).unwrap_err().why, Refusal::TooLarge(MAX));
    for packing in ["br", "deflate", "zstd", "gzip, gzip"] {
        web.give("/other", &format!("Content-Encoding: {packing}\r\n"), "x");
        assert_eq!(refusal(&client, &web.at("/other")), Refusal::Packed(packing.into()));
    }
    web.give("/broken", "Content-Encoding: gzip\r\n", "not gzip at all");
    assert!(matches!(refusal(&client, &web.at("/broken")), Refusal::Failed(_)));
}

/// Writes a byte now and then, until the other side hangs up.
fn drip(to: &mut TcpStream, head: &str) -> std::io::Result<()> {
    to.write_all(head.as_bytes())?;
    loop {
        std::thread::park_timeout(Duration::from_millis(100));
        to.write_all(b"a")?;
    }
}

#[test]
fn what_is_too_slow_is_given_up_in_time() {
    let web = Web::start();
    let heads = [
        ("/silent", ""),
        ("/slow-head", "HTTP/1.1 200 OK\r\nX-Slow: "),
        ("/slow-body", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"),
        ("/slow-endless", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"),
    ];
    std::thread::scope(|threads| {
        for (path, head) in heads {
            web.on(
                path,
                move |_, to| if head.is_empty() { to.read(&mut [0]).map(drop) } else { drip(to, head) },
            );
            let web = &web;
            threads.spawn(move || {
                let started = Instant::now();
                assert_eq!(refusal(&limited(web), &web.at(path)), Refusal::TooSlow(2), "{path}");
                assert!(started.elapsed() < Duration::from_secs(4), "{path}: {:?}", started.elapsed());
            });
        }
        // Hops that are quick enough each.
        web.on("/hop", |_, to| {
            std::thread::park_timeout(Duration::from_millis(700));
            reply(to, "302 Found", "Location: /hop\r\n", b"")
        });
        assert_eq!(refusal(&limited(&web), &web.at("/hop")), Refusal::TooSlow(2));
    });
}

#[test]
fn a_page_is_one_that_says_so_or_says_nothing() {
    let web = Web::start();
    let client = limited(&web);
    let page = |headers: &str, body: &[u8]| {
        web.give("/", headers, body);
        let Answer::Whole(found) = get(&client, &web.at("/")).unwrap() else { panic!() };
        found.page()
    };
    assert_eq!(page("", b"<p>caf\xc3\xa9").unwrap(), "<p>café");
    assert_eq!(page("Content-Type: Text/HTML;charset=latin1\r\n", b"<p>caf\xe9").unwrap(), "<p>café");
    assert_eq!(page("Content-Type: application/xhtml+xml\r\n", b"<p>").unwrap(), "<p>");
    let packed = gzip(&b"<p>packed"[..]);
    assert_eq!(page("Content-Encoding: gzip\r\n", &packed).unwrap(), "<p>packed");
    for kind in ["image/png", "application/pdf", "application/octet-stream", "video/mp4"] {
        let refused = page(&format!("Content-Type: {kind}\r\n"), b"x").unwrap_err();
        assert_eq!(refused.why, Refusal::NoPage(kind.into()));
    }
}

#[test]
fn what_is_known_is_not_sent_again() {
    let web = Web::start();
    let client = limited(&web);
    web.tagged("/", "v1", "text/html", "one");
    let Answer::Whole(found) = get(&client, &web.at("/")).unwrap() else { panic!() };
    assert_eq!(found.validators, Validators { etag: Some("\"v1\"".into()), modified: None });
    assert!(matches!(client.get(&web.at("/"), &found.validators), Ok(Answer::Unchanged)));
    web.tagged("/", "v2", "text/html", "two");
    assert!(
        matches!(client.get(&web.at("/"), &found.validators), Ok(Answer::Whole(new)) if new.bytes == b"two")
    );
    web.on("/busy", |_, to| reply(to, "429 Too Many Requests", "Retry-After: 7\r\n", b""));
    let error = get(&client, &web.at("/busy")).unwrap_err();
    assert_eq!((error.may_pass(), error.retry_after()), (true, Some(Duration::from_secs(7))));
    assert!(!get(&client, &web.at("/nothing")).unwrap_err().may_pass());
}

#[test]
fn what_is_sent_is_answered_or_fails() {
    let web = Web::start();
    let client = limited(&web);
    web.give("/hook", "", "");
    client.post(&web.at("/hook"), &[("x-attempt", "1")], b"{}").unwrap();
    let asked = &web.asked()[0];
    assert_eq!((asked.method.as_str(), asked.header("x-attempt")), ("POST", Some("1")));
    web.send_on("/moved", "/hook");
    let why = client.post(&web.at("/moved"), &[], b"{}").unwrap_err().why;
    assert!(matches!(why, Refusal::Status { status: 302, .. }), "{why}");
    assert_eq!(web.asked_for("/hook").len(), 1);
    assert!(client.post("http://127.0.0.1:9/", &[], b"").is_err());
    assert!(matches!(client.post("http://169.254.169.254/", &[], b"").unwrap_err().why, Refusal::Host(_)));
}
