//! What a site has read before and after its articles.

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{loudness, recorded, written};
use crate::harness::{Service, done};
use crate::http::{folder_of_its_own, made, mp3, save, settings, whole};

const SITE: &str = r#"
[[render.sites]]
host = "example.org"
name = "The Daily Gull"
intro = "You are listening to {site}."
byline = "By {byline}[, published {date}]."
outro = "That was {title}."
notice = true
"#;

fn article(url: &str) -> Value {
    json!({
        "url": url,
        "title": "The ferry is back",
        "byline": "By Ada Lind",
        "published_at": "2025-11-24T06:00:00Z",
        "text": "She left at six. Nobody was late.",
    })
}

#[test]
fn what_is_explained_is_what_was_asked_about() {
    let folder = TempDir::new().unwrap();
    written(folder.path(), "lectern.toml", SITE.as_bytes());
    let command = ["explain", "She left at six.", "--json", "--config", "lectern.toml"];
    let site = ["--url", "https://www.example.org/ferry"];
    let explained: Value =
        serde_json::from_str(&done(&[&command[..], &site].concat(), folder.path())).unwrap();
    let texts: Vec<_> = explained["sentences"].as_array().unwrap().iter().map(|s| &s["text"]).collect();
    assert_eq!(texts, ["She left at six."]);
}

#[test]
fn what_is_said_around_an_article() {
    let folder = TempDir::new().unwrap();
    let config = written(folder.path(), "lectern.toml", SITE.as_bytes());
    let mut here = article("https://www.example.org/ferry");
    here["id"] = json!("here");
    let mut there = article("https://example.com/ferry");
    there["id"] = json!("there");
    written(folder.path(), "two.jsonl", format!("{here}\n{there}\n").as_bytes());
    let config = config.to_str().unwrap();
    let out = done(&["script", "two.jsonl", "--jsonl", "--config", config], folder.path());
    let scripts: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let blocks = |script: &Value| -> Vec<(String, String)> {
        let text = |block: &Value| {
            let texts = block["sentences"].as_array().unwrap().iter().map(|s| s["text"].as_str().unwrap());
            texts.collect::<Vec<_>>().join(" ")
        };
        let blocks = script["blocks"].as_array().unwrap().iter();
        blocks.map(|block| (block["role"].as_str().unwrap().to_owned(), text(block))).collect()
    };
    let expected = [
        ("intro", "You are listening to The Daily Gull."),
        ("title", "The ferry is back"),
        ("byline", "By Ada Lind, published 2025-11-24."),
        ("paragraph", "She left at six. Nobody was late."),
        ("outro", "That was The ferry is back."),
        ("notice", "This article is read by a synthetic voice."),
    ];
    assert_eq!(blocks(&scripts[0]), expected.map(|(role, text)| (role.to_owned(), text.to_owned())));
    let roles: Vec<String> = blocks(&scripts[1]).into_iter().map(|(role, _)| role).collect();
    assert_eq!(roles, ["title", "byline", "paragraph"]);
    let spans: Vec<&Value> =
        scripts[0]["blocks"].as_array().unwrap().iter().map(|b| &b["sentences"][0]["span"]).collect();
    let expected =
        [json!([0, 0]), json!([0, 17]), json!([0, 0]), json!([0, 16]), json!([33, 33]), json!([33, 33])];
    assert_eq!(spans, expected.iter().collect::<Vec<_>>(), "of the reader's text they have nothing");
    let plain = done(&["script", "two.jsonl", "--jsonl"], folder.path());
    assert_eq!(plain.lines().nth(1), out.lines().nth(1), "other sites' articles are what they were");
}

#[test]
fn a_wrong_template_is_told_at_the_start() {
    let folder = TempDir::new().unwrap();
    let wrong = "[[render.sites]]\nintro = \"By {author}.\"\n";
    let config = written(folder.path(), "lectern.toml", wrong.as_bytes());
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--config", config.to_str().unwrap()];
    let output = crate::harness::run(&arguments, folder.path());
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("render.sites") && said.contains("{author}"), "{said}");
}

#[test]
fn a_sites_recordings_are_heard_before_and_after() {
    let data = folder_of_its_own();
    let tone = ["-f", "lavfi", "-i", "sine=frequency=500:duration=2,volume=0.1"];
    recorded(data.path(), "jingle.ogg", &[&tone[..], &["-c:a", "libvorbis"]].concat());
    let jingle = data.path().join("jingle.ogg");
    let site = SITE.replace("notice = true", &format!("intro_audio = {jingle:?}\noutro_audio = {jingle:?}"));
    let file = settings(&data, &site);
    let service = Service::start_with(&["--workers", "1", "--config", &file], data.clone());
    let manifest = made(&service, "a", &article("https://example.org/ferry"));
    let sentences = manifest["sentences"].as_array().unwrap();
    let roles: Vec<&str> = sentences.iter().map(|s| s["role"].as_str().unwrap()).collect();
    assert_eq!(
        roles,
        ["intro", "intro", "title", "byline", "paragraph", "paragraph", "outro", "outro"],
        "recording, text … text, recording"
    );
    let first = whole(&service, sentences[0]["mp3"].as_str().unwrap());
    let last = whole(&service, sentences[7]["mp3"].as_str().unwrap());
    assert!(first == last && first.len() > 192 * 84, "the same recording");
    assert_eq!(service.synthesised(), 6, "it was not spoken");
    let heard = written(data.path(), "jingle.mp3", &first);
    let (lufs, _) = loudness(&heard);
    assert!((lufs + 16.0).abs() < 1.0, "{lufs} LUFS");
    let all = whole(&service, &mp3("a"));
    assert!(all.starts_with(&first) && all.ends_with(&last));
    marks_are_in_order(&service.get("/v1/articles/a/marks.json", &[]).json());
    let vtt = service.get("/v1/articles/a/sentences.vtt", &[]).text();
    assert_eq!(vtt.matches(" --> ").count(), 6, "what says nothing has no caption: {vtt}");
    // Its clip can make room, and is made again from the recording.
    service.kill();
    done(&["prune", "--data", data.path().to_str().unwrap(), "--max-audio-bytes", "1"], data.path());
    let service = Service::start_with(&["--workers", "1", "--config", &file], data.clone());
    assert!(whole(&service, &mp3("a")) == all, "other bytes");
    // Without it the article is another recording.
    service.kill();
    let service = Service::start_with(&["--workers", "1"], data);
    save(&service, "a", &article("https://example.org/ferry"));
    assert_ne!(service.wait_ready("a")["immutable"], manifest["immutable"]);
}

fn marks_are_in_order(marks: &Value) {
    let mut before = 0.0;
    for sentence in marks["sentences"].as_array().unwrap() {
        let (start, end) = (sentence["start"].as_f64().unwrap(), sentence["end"].as_f64().unwrap());
        assert!(before <= start && start < end, "{sentence}");
        before = end;
        let (from, to) = (sentence["span"][0].as_u64().unwrap(), sentence["span"][1].as_u64().unwrap());
        let words = sentence["words"].as_array().unwrap();
        assert_eq!(words.is_empty(), from == to, "{sentence}");
        assert!(
            words.iter().all(|w| w["span"][0].as_u64() >= Some(from) && w["span"][1].as_u64() <= Some(to))
        );
    }
}

#[test]
fn a_recording_that_is_none_is_told_at_the_start() {
    let folder = TempDir::new().unwrap();
    written(folder.path(), "jingle.mp3", b"no recording");
    let config = written(folder.path(), "lectern.toml", b"[[render.sites]]\nintro_audio = \"jingle.mp3\"\n");
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--config", config.to_str().unwrap()];
    let output = crate::harness::run(&arguments, folder.path());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("jingle.mp3: this is a text"), "{said}");
}
