//! `lectern generate` and `lectern status`: whatever a site publishes is ready before anybody presses.

mod feed;
mod served;

use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::lectern;
use crate::http::{sentences, written};

/// Runs the command on the data folder of a folder, and waits for it.
fn generate(folder: &Path, args: &[&str]) -> Output {
    let mut command = lectern();
    command.current_dir(folder).stdin(Stdio::null()).args(["generate", "--workers", "2"]).args(args);
    command.env("TERM", "xterm-256color").output().unwrap()
}

/// Exit status, and the events told in JSON; the last one is the summary.
fn told(folder: &Path, args: &[&str]) -> (i32, Vec<Value>) {
    let output = generate(folder, &[args, &["--json"]].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    let events = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (output.status.code().unwrap(), events)
}

/// What became of the articles, by id.
fn ended(events: &[Value]) -> Vec<(&str, &str)> {
    let ended = events.iter().filter(|event| event["event"] == "ended");
    let mut ended: Vec<_> =
        ended.map(|e| (e["id"].as_str().unwrap(), e["state"].as_str().unwrap())).collect();
    ended.sort_unstable();
    ended
}

fn articles(folder: &Path) {
    std::fs::create_dir_all(folder.join("articles/more")).unwrap();
    written(&folder.join("articles"), "ferry.txt", "The ferry is back.\n\nShe left at six.");
    let json = json!({ "id": "market", "title": "The market", "text": "Apples are cheap." });
    written(&folder.join("articles"), "some-name.json", &json.to_string());
    let lines = "{\"id\": \"line\", \"text\": \"One line.\"}\n\n{\"id\": \"ferry\", \"text\": \"Another ferry.\"}\n{\"text\": 1}\n";
    written(&folder.join("articles/more"), "lines.jsonl", lines);
    written(&folder.join("articles/more"), "empty.html", "<p> </p>");
    written(&folder.join("articles"), ".draft.txt", "Nobody is to hear this.");
    written(&folder.join("articles"), "picture.png", "no text");
}

#[test]
fn files_of_every_kind_are_made_once() {
    let folder = TempDir::new().unwrap();
    articles(folder.path());
    let bad = [("articles/more/lines.jsonl, line 4", "failed"), ("empty", "failed"), ("ferry", "failed")];
    let all = |state| {
        let mut all = [&bad[..], &[("ferry", state), ("line", state), ("market", state)]].concat();
        all.sort_unstable();
        all
    };
    let (status, events) = told(folder.path(), &["articles", "--dry-run"]);
    assert_eq!((status, ended(&events)), (1, all("to make")));
    assert!(!folder.path().join("data").exists(), "a dry run leaves nothing");

    let (status, events) = told(folder.path(), &["articles"]);
    assert_eq!((status, ended(&events)), (1, all("ready")), "{events:?}");
    let summary = events.last().unwrap();
    assert_eq!((&summary["spoken"], &summary["failed"]), (&json!(5), &json!(3)), "{summary}");
    let ferry = events.iter().find(|e| e["event"] == "ended" && e["state"] == "ready" && e["id"] == "ferry");
    let ferry = ferry.unwrap();
    assert_eq!((&ferry["new"], &ferry["words"]), (&json!(2), &json!(8)), "{ferry}");
    assert!(ferry["duration"].as_f64().unwrap() > ferry["audio"].as_f64().unwrap(), "{ferry}");

    written(&folder.path().join("articles"), "ferry.txt", "The ferry is back.\n\nShe left at seven.");
    let (_, events) = told(folder.path(), &["articles", "--dry-run"]);
    let news = |event: &str| -> Vec<_> {
        let of = |e: &&Value| e["event"] == event && e["new"].as_u64() > Some(0);
        events.iter().filter(of).map(|e| (e["id"].clone(), e["new"].clone())).collect()
    };
    assert_eq!(news("ended"), [(json!("ferry"), json!(1))], "{events:?}");
    let replaced = |events: &[Value]| -> Vec<_> {
        let replaced =
            events.iter().filter(|event| event["event"] == "ended" && !event["replaces"].is_null());
        replaced.map(|e| (e["id"].clone(), e["replaces"]["state"].clone())).collect()
    };
    assert_eq!(replaced(&events), [(json!("ferry"), json!("ready"))], "{events:?}");
    let (_, events) = told(folder.path(), &["articles"]);
    assert_eq!(replaced(&events), [(json!("ferry"), json!("ready"))], "{events:?}");
    assert_eq!(events.last().unwrap()["spoken"], 1, "{events:?}");
    assert_eq!(ended(&events).iter().filter(|(_, state)| *state == "unchanged").count(), 2);
}

#[test]
fn pipes_get_no_control_characters() {
    let folder = TempDir::new().unwrap();
    articles(folder.path());
    written(folder.path(), "Fähre – 渡し船.txt", &sentences("ferry", 3));
    for args in [&["articles", "Fähre – 渡し船.txt"][..], &["articles", "--quiet"], &["nowhere", "--json"]]
    {
        let output = generate(folder.path(), args);
        assert_eq!(output.status.code(), Some(1));
        for text in [output.stdout, output.stderr] {
            let text = String::from_utf8(text).unwrap();
            assert!(!text.is_empty());
            let commands: Vec<char> = text.chars().filter(|c| c.is_control() && *c != '\n').collect();
            assert!(commands.is_empty(), "{commands:?} in {text:?}");
        }
    }
    let table = String::from_utf8(generate(folder.path(), &["articles"]).stdout).unwrap();
    assert!(table.starts_with("STATE "), "{table}");
    assert!(
        table.contains("\nfailed                                 empty: there is nothing to read"),
        "{table}"
    );
    assert!(table.ends_with("\n3 unchanged, 3 failed; nothing spoken\n"), "{table}");
}

#[test]
fn a_folder_without_articles_is_told() {
    let folder = TempDir::new().unwrap();
    std::fs::create_dir_all(folder.path().join("none/below")).unwrap();
    written(&folder.path().join("none"), "picture.png", "no text");
    written(folder.path(), "a.txt", "One sentence.");
    let none = generate(folder.path(), &["none", "a.txt"]);
    let table = String::from_utf8(none.stdout).unwrap();
    assert_eq!(none.status.code(), Some(1));
    assert!(table.contains(" none: no file in it ends in one of .txt, .html, "), "{table}");
    assert!(table.contains("\n1 ready, 1 failed; 1 sentence spoken, "), "{table}");
    assert!(String::from_utf8(none.stderr).unwrap().contains("1 of 2 articles is not ready\n"));
}

#[test]
fn wrong_usage_is_told_from_failure() {
    let folder = TempDir::new().unwrap();
    let nothing = generate(folder.path(), &[]);
    let told = String::from_utf8(nothing.stderr).unwrap();
    assert_eq!(nothing.status.code(), Some(2));
    assert!(told.contains("<FILES|--feed <URL>|--sitemap <URL>|--urls <FILE>>"), "{told}");
    let token = written(folder.path(), "token", "short");
    let short = generate(folder.path(), &["a.txt", "--server", "http://127.0.0.1:9", "--token-file", &token]);
    assert_eq!(short.status.code(), Some(2));
    let nobody = generate(folder.path(), &["a.txt", "--server", "http://127.0.0.1:9"]);
    assert_eq!(nobody.status.code(), Some(1));
    assert!(String::from_utf8(nobody.stderr).unwrap().contains("is the service running"));
}
