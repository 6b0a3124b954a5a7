//! A feed of forty pieces, in runs that are broken off.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::told;
use crate::harness::{done, lectern};
use crate::http::written;
use crate::web::Web;

const ITEMS: usize = 40;

fn feed(site: &Web) {
    let item = |n| format!("<item><title>Piece {n}</title><link>{}</link></item>", site.at(&format!("/{n}")));
    let items: String = (0..ITEMS).map(item).collect();
    let feed = format!("<rss version=\"2.0\"><channel><title>Town</title>{items}</channel></rss>");
    site.give("/feed", "Content-Type: application/rss+xml\r\n", feed);
    (0..ITEMS).for_each(|n| piece(site, n, "in May"));
}

/// A piece with a sentence that all of them have.
fn piece(site: &Web, n: usize, when: &str) {
    let page = format!(
        "<!doctype html><html lang=\"en\"><title>Piece {n}</title><article><h1>Piece {n}</h1>\
         <p>Road {n} opens {when}. The council voted for it with {n} voices.</p>\
         <p>Everybody is welcome at the town hall.</p></article></html>"
    );
    site.give(&format!("/{n}"), "Content-Type: text/html\r\n", page);
}

/// Interrupts a run once it has told so much of what it made; returns its summary.
fn interrupted(folder: &Path, args: &[&str], news: usize) -> Value {
    let mut command = lectern();
    command.current_dir(folder).args(["generate", "--workers", "2", "--json"]).args(args);
    let mut run = command.stdout(Stdio::piped()).stdin(Stdio::null()).spawn().unwrap();
    let (mut seen, mut last) = (0, Value::Null);
    for line in BufReader::new(run.stdout.take().unwrap()).lines() {
        last = serde_json::from_str(&line.unwrap()).unwrap();
        if last["event"] == "made" || last["state"] == "ready" {
            seen += 1;
        }
        if seen == news {
            seen += 1;
            assert!(Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap().success());
        }
    }
    assert_eq!(run.wait().unwrap().code(), Some(130), "{last}");
    assert_eq!((&last["event"], &last["interrupted"]), (&json!("summary"), &json!(true)), "{last}");
    last
}

#[test]
fn each_sentence_is_spoken_once_however_often_a_run_is_broken_off() {
    let site = Web::start();
    feed(&site);
    let folder = TempDir::new().unwrap();
    let settings = written(folder.path(), "settings.toml", "[import]\npause_ms = 0\n");
    let feed = site.at("/feed");
    let args = ["--feed", &feed, "--allow-private", "--config", &settings];
    let mut spoken = 0;
    for _ in 0..3 {
        let news = 1 + RandomState::new().build_hasher().finish() as usize % 10;
        let summary = interrupted(folder.path(), &args, news);
        assert!(summary["spoken"].as_u64().unwrap() > 0, "{summary} after {news}");
        spoken += summary["spoken"].as_u64().unwrap();
    }
    let (status, events) = told(folder.path(), &args);
    let summary = events.last().unwrap();
    assert_eq!((status, &summary["articles"]), (0, &json!(ITEMS)), "{summary}");
    spoken += summary["spoken"].as_u64().unwrap();
    let checked: Value = serde_json::from_str(&done(&["check", "--json"], folder.path())).unwrap();
    // The headline, two sentences, and the one that all have.
    assert_eq!(checked["blobs"], 3 * ITEMS + 1);
    assert_eq!(checked["blobs"], spoken, "some sentence was spoken twice");

    let again = |expected: (u64, usize)| {
        let (status, events) = told(folder.path(), &args);
        let summary = events.last().unwrap();
        let found = (summary["spoken"].as_u64().unwrap(), summary["unchanged"].as_u64().unwrap() as usize);
        assert_eq!((status, found), (0, expected), "{summary}");
    };
    again((0, ITEMS));
    piece(&site, 7, "in June");
    again((1, ITEMS - 1));
}

#[test]
fn what_a_site_can_not_give_is_told_and_holds_up_nothing() {
    let site = Web::start();
    piece(&site, 1, "now");
    site.send_on("/old", &site.at("/1"));
    site.give("/picture", "Content-Type: image/png\r\n", "…");
    let folder = TempDir::new().unwrap();
    let settings = written(folder.path(), "settings.toml", "[import]\npause_ms = 0\n");
    let elsewhere = "http://elsewhere.invalid/piece".to_owned();
    let urls = ["/1", "/old", "/missing", "/picture"].map(|path| site.at(path)).join("\n");
    let urls = written(folder.path(), "urls", &format!("# ours\n{urls}\n"));
    let sitemap = format!("<urlset><url><loc>{elsewhere}</loc></url></urlset>");
    site.give("/sitemap.xml", "Content-Type: application/xml\r\n", sitemap);
    let sitemap = site.at("/sitemap.xml");
    let args = ["--urls", &urls, "--sitemap", &sitemap, "--allow-private", "--config", &settings];
    let (status, events) = told(folder.path(), &args);
    assert_eq!(status, 1);
    let mut expected = [
        (site.at("/1"), "ready", ""),
        (site.at("/missing"), "failed", "answers 404"),
        (site.at("/picture"), "failed", "not a web page"),
        (elsewhere, "failed", "the host elsewhere.invalid is not allowed"),
    ];
    expected.sort_unstable();
    let mut ended: Vec<_> = events.iter().filter(|event| event["event"] == "ended").collect();
    ended.sort_by_key(|event| event["id"].as_str().unwrap());
    assert_eq!(ended.len(), expected.len(), "{ended:?}");
    for (event, (id, state, reason)) in ended.iter().zip(expected) {
        assert_eq!((event["id"].as_str().unwrap(), &event["state"]), (id.as_str(), &json!(state)));
        assert!(event["error"].as_str().unwrap_or_default().contains(reason), "{event}");
    }
}
