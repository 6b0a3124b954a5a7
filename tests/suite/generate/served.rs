//! Through a running service, and what it reports.

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{ended, generate, told};
use crate::harness::{Service, lectern};
use crate::http::{article, folder_of_its_own, made, mp3, own, save, sentences, unmade, whole, written};

const TOKEN: &str = "a token that is long enough";

#[test]
fn a_service_makes_what_it_is_sent() {
    let folder = TempDir::new().unwrap();
    let token = written(folder.path(), "token", TOKEN);
    let args = ["--token-file", &token, "--workers", "2", "--no-demo"];
    let service = Service::start_with(&args, folder_of_its_own());
    written(folder.path(), "a.txt", &sentences("square", 4));
    written(folder.path(), "b.txt", "?!");
    let with = |more: &[&'static str]| {
        let args = ["a.txt", "b.txt", "--server", &service.base, "--token-file", &token];
        told(folder.path(), &[&args, more].concat())
    };
    let (status, events) = with(&["--dry-run"]);
    assert_eq!((status, ended(&events)), (1, vec![("a", "to make"), ("b", "failed")]));
    assert_eq!(service.get(&article("a"), &[]).status, 404, "a dry run saves nothing");
    let (status, events) = with(&[]);
    assert_eq!((status, ended(&events)), (1, vec![("a", "ready"), ("b", "failed")]), "{events:?}");
    assert_eq!(service.synthesised(), 4);
    let (_, events) = with(&[]);
    assert_eq!(ended(&events), [("a", "unchanged"), ("b", "failed")]);
    assert_eq!(service.get("/v1/articles/a/render", &[]).status, 401);

    let refused = generate(folder.path(), &["a.txt", "--server", &service.base]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("--token-file"));
    let data = service.data.path().to_str().unwrap().to_owned();
    for command in [&["generate", "a.txt"][..], &["status"]] {
        let locked = lectern().args(command).args(["--data", &data]).current_dir(folder.path()).output();
        let locked = locked.unwrap();
        assert_eq!(locked.status.code(), Some(1));
        assert!(String::from_utf8(locked.stderr).unwrap().contains("--server"), "{command:?}");
    }
}

#[test]
fn what_people_read_and_what_was_there_are_told() {
    let folder = TempDir::new().unwrap();
    let service = own();
    let file = written(folder.path(), "a.txt", "The ferry is back.");
    made(&service, "a", &json!({ "text": "The ferry is back." }));
    let read = whole(&service, &mp3("a"));
    let sent = service.send("PUT", &(article("a") + "/recording"), &[], Some(&read));
    assert_eq!(sent.status, 200, "{}", sent.text());
    let table = |args: &[&str]| {
        let output = generate(folder.path(), &[&["a.txt", "--server", &service.base], args].concat());
        String::from_utf8(output.stdout).unwrap()
    };
    let told = table(&["--dry-run"]);
    assert!(told.contains("a: what people read on 20") && told.contains(" UTC stays heard\n"), "{told}");
    std::fs::write(file, "The ferry is late.").unwrap();
    for args in [&["--dry-run"][..], &[]] {
        let told = table(args);
        assert!(
            told.contains("a: replaces revision ") && told.contains(" UTC (ready); what people"),
            "{told}"
        );
        assert!(told.contains("stays heard, though it is another text\n"), "{told}");
    }
}

fn status(service: &Service) -> Value {
    let output = lectern().args(["status", "--json", "--server", &service.base]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(service.get("/v1/status", &[]).json(), report);
    report
}

#[test]
fn a_report_tells_how_things_stand() {
    let service = own();
    made(&service, "a", &json!({ "text": sentences("tower", 3), "published_at": "2026-01-01" }));
    save(&service, "b", &unmade("Nobody asked for this."));
    save(&service, "c", &json!({ "text": "It is to come.", "published_at": "2999-01-01", "render": false }));
    let manifest = service.get(&article("a"), &[]).json();
    assert_eq!((&manifest["made"], &manifest["state"]), (&json!(3), &json!("ready")));
    assert_eq!(service.get(&article("b"), &[]).json()["made"], 0);
    let report = status(&service);
    // The demo's own page is stored, too.
    assert_eq!(
        report["articles"],
        json!({ "stored": 3, "queued": 0, "rendering": 0, "ready": 1, "needs_review": 0, "failed": 0 })
    );
    assert_eq!((&report["drafts"], &report["sentences_lacking"]), (&json!(1), &json!(0)));
    let bytes = report["audio_bytes"].as_f64().unwrap();
    assert!((report["hours"].as_f64().unwrap() - bytes / 8000.0 / 3600.0).abs() < 1e-9, "{report}");
    let people = lectern().args(["status", "--server", &service.base]).output().unwrap();
    assert!(String::from_utf8(people.stdout).unwrap().contains("articles ready"));
}

#[test]
fn a_listen_is_a_press() {
    let service = own();
    let manifest = made(&service, "a", &json!({ "text": sentences("tower", 2) }));
    // Whoever waited for it above listened to it.
    let before = listens(&service);
    let asked = |range: &str| service.get(&mp3("a"), &[("range", range)]).status;
    assert_eq!([asked("bytes=0-1"), asked("bytes=500-"), asked("bytes=99999999-")], [206, 206, 416]);
    assert_eq!(service.send("HEAD", &mp3("a"), &[], None).status, 200);
    service.get(manifest["sentences"][0]["mp3"].as_str().unwrap(), &[]);
    let tag = format!("\"{}\"", manifest["immutable"]["mp3"].as_str().unwrap()[7..].trim_end_matches(".mp3"));
    assert_eq!(service.get(&mp3("a"), &[("if-none-match", &tag)]).status, 304);
    assert_eq!(listens(&service), before, "nobody pressed");
    assert_eq!(asked("bytes=0-"), 206);
    whole(&service, &mp3("a"));
    whole(&service, "/v1/articles/a/audio.wav");
    assert_eq!(listens(&service), before + 3);
    let service = Service::start_with(&["--workers", "1"], service.kill());
    assert_eq!(listens(&service), before + 3, "a crash forgot them");
}

fn listens(service: &Service) -> u64 {
    status(service)["listens_last_day"].as_u64().unwrap()
}
