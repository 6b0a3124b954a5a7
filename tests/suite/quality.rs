//! A voice that is broken is noticed before readers hear it; a sound one never is.
//!
//! The broken voices are a fixture's, with one thing changed.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::harness::{Service, all_parts, fixture, run, text};
use crate::http::{article, folder_of_its_own, made, mp3, save, settings, whole, written};

/// A folder of voices: the real one, and those that a change has broken.
pub(crate) fn voices(folder: &Path) -> String {
    let voices = folder.join("voices");
    fs::create_dir(&voices).unwrap();
    for kind in [".onnx", ".onnx.json"] {
        let file = format!("en_US-joe-medium{kind}");
        std::os::unix::fs::symlink(all_parts().join("voices").join(&file), voices.join(&file)).unwrap();
    }
    let model = fs::read(fixture("voices/low16k/low16k.onnx")).unwrap();
    let config = fs::read(fixture("voices/low16k/low16k.onnx.json")).unwrap();
    let config: Value = serde_json::from_slice(&config).unwrap();
    let add = |id: &str, model: &[u8], config: &Value| {
        fs::write(voices.join(format!("{id}.onnx")), model).unwrap();
        fs::write(voices.join(format!("{id}.onnx.json")), config.to_string()).unwrap();
    };
    add("screams", &louder(model.clone(), 1000.0), &config);
    let paced = |scale: f64| {
        let mut config = config.clone();
        config["inference"]["length_scale"] = json!(scale);
        config
    };
    add("drags", &model, &paced(4.5));
    add("races", &model, &paced(0.05));
    voices.to_str().unwrap().to_owned()
}

/// A model whose last layer, before the sound is bent to −1 to 1, gives so much more.
fn louder(mut model: Vec<u8>, factor: f32) -> Vec<u8> {
    // The name in ONNX's TensorProto, and its raw data after it: a tag, the length in base 128, floats.
    let name = b"dec.conv_post.weightJ";
    let at = model.windows(name.len()).position(|w| w == name).expect("no such weights") + name.len();
    let bytes = usize::from(model[at] & 127) + usize::from(model[at + 1]) * 128;
    for float in model[at + 2..at + 2 + bytes].chunks_exact_mut(4) {
        let value = f32::from_le_bytes(float.try_into().unwrap()) * factor;
        float.copy_from_slice(&value.to_le_bytes());
    }
    model
}

fn start(more: &str) -> (Service, std::sync::Arc<tempfile::TempDir>) {
    let folder = folder_of_its_own();
    let more = format!("voices = {:?}\nvoice = \"en_US-joe-medium\"\n{more}", voices(folder.path()));
    let config = settings(&folder, &more);
    (Service::start_with(&["--config", &config, "--workers", "1"], folder_of_its_own()), folder)
}

fn by(voice: &str, text: &str) -> Value {
    json!({ "text": text, "voice": voice })
}

/// The article as editors see it, once it is made.
fn judged(service: &Service, id: &str) -> Value {
    let find = || {
        let list = service.get("/v1/articles", &[]).json();
        list["articles"].as_array().unwrap().iter().find(|a| a["id"] == id).unwrap().clone()
    };
    let started = std::time::Instant::now();
    loop {
        let found = find();
        if !["queued", "rendering"].contains(&found["state"].as_str().unwrap()) {
            return found;
        }
        assert!(started.elapsed().as_secs() < 600, "not judged: {found}");
        std::thread::park_timeout(std::time::Duration::from_millis(20));
    }
}

fn approve(service: &Service, id: &str) -> crate::harness::Answer {
    service.send("POST", &format!("/v1/articles/{id}/approve"), &[], Some(b""))
}

const SAID: &str = "The lighthouse was painted again this spring. It had been grey for years.";

#[test]
fn a_broken_voice_is_an_editors_to_judge() {
    let (service, _folder) = start("");
    let table = [("screams", "clipped"), ("drags", "too slow"), ("races", "too fast")];
    for (voice, fault) in table {
        save(&service, voice, &by(voice, SAID));
        let found = judged(&service, voice);
        let reason = found["error"].as_str().unwrap_or_default();
        assert_eq!(found["state"], "needs_review", "{voice}: {found}");
        assert!(reason.contains("sentence 2 (at 46–73): ") && reason.contains(fault), "{voice}: {reason}");
        let manifest = service.get(&article(voice), &[]).json();
        assert_eq!((&manifest["state"], &manifest["immutable"]), (&json!("needs_review"), &Value::Null));
        assert_eq!(service.get(&mp3(voice), &[]).problem(), (409, "needs-review".into()));
    }
    let waiting = service.get("/v1/articles?status=needs_review", &[]).json();
    assert_eq!(waiting["articles"].as_array().unwrap().len(), table.len());
    assert!(!service.log().contains("lighthouse"), "text is never logged");
    made(&service, "sound", &text(SAID));
    assert_eq!(approve(&service, "sound").problem(), (409, "nothing-to-review".into()));
    assert_eq!(approve(&service, "nobody").problem(), (404, "no-such-article".into()));
}

#[test]
fn readers_hear_what_was_ready_until_an_editor_approves() {
    let (service, _folder) = start("");
    let first = made(&service, "a", &text(SAID));
    let heard = whole(&service, &mp3("a"));
    let saved = save(&service, "a", &by("races", SAID));
    assert_eq!(judged(&service, "a")["state"], "needs_review");
    let manifest = service.get(&article("a"), &[]).json();
    assert_eq!((&manifest["revision"], &manifest["state"]), (&first["revision"], &json!("ready")));
    assert_eq!(manifest["next"], "needs_review");
    assert!(whole(&service, &mp3("a")) == heard, "other bytes");
    let address = saved["immutable"]["mp3"].as_str().unwrap();
    assert_eq!(service.get(address, &[]).problem(), (404, "no-such-recording".into()));
    // Editors hear it first, at an address of their own.
    let preview = service.send("POST", "/v1/articles/a/preview", &[], Some(b"")).json();
    let new = whole(&service, preview["immutable"]["mp3"].as_str().unwrap());
    assert!(new != heard && preview["error"].as_str().unwrap().contains("too fast"));

    let spent = service.synthesised();
    assert_eq!(approve(&service, "a").status, 204);
    assert_eq!(service.wait_ready("a")["revision"], saved["revision"]);
    assert!(whole(&service, &mp3("a")) == new, "what was approved is not what is heard");
    assert_eq!(service.synthesised(), spent, "approving costs something");
    // A sentence that was approved is not judged again, wherever it is said; another one is.
    made(&service, "b", &by("races", "It had been grey for years."));
    save(&service, "b", &by("races", "It had been grey for years. It is white now."));
    let found = judged(&service, "b");
    let reason = found["error"].as_str().unwrap();
    assert!(reason.contains("sentence 2") && !reason.contains("sentence 1"), "{reason}");
}

#[test]
fn what_waits_for_an_editor_is_neither_failed_nor_ready() {
    let folder = folder_of_its_own();
    let config =
        settings(&folder, &format!("voices = {:?}\nvoice = \"en_US-joe-medium\"\n", voices(folder.path())));
    let said = |id: &str| json!({ "id": id, "text": SAID, "voice": "races" }).to_string();
    for id in ["a", "c"] {
        written(folder.path(), &format!("{id}.json"), &said(id));
    }
    written(folder.path(), "b.txt", SAID);
    let settled = |args: &[&str]| run(&[args, &["--config", &config]].concat(), folder.path());
    let generate =
        |more: &[&str]| settled(&[&["generate", "a.json", "b.txt", "--workers", "1"], more].concat());
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();

    let made = generate(&["--quiet"]);
    let (table, told) = (text(made.stdout), text(made.stderr));
    assert_eq!(made.status.code(), Some(1));
    let row = table.lines().nth(1).unwrap();
    assert!(row.starts_with("needs_review ") && row.contains("a: sentence 1 (at 0–45): too fast"), "{table}");
    assert!(table.contains("\n1 ready, 1 needs_review; 4 sentences spoken, "), "{table}");
    let hint =
        "1 of 2 articles is not ready; 1 waits for an editor to hear it and say `lectern approve ID`\n";
    assert!(told.ends_with(hint), "{told}");
    for more in [&["--json"][..], &["--json", "--dry-run"]] {
        let again = generate(more);
        let events = text(again.stdout);
        let events: Vec<Value> = events.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let ended = events.iter().find(|event| event["event"] == "ended" && event["id"] == "a").unwrap();
        assert_eq!((&ended["state"], &ended["new"]), (&json!("needs_review"), &json!(0)), "{ended}");
        let summary = events.last().unwrap();
        assert_eq!((&summary["needs_review"], &summary["failed"]), (&json!(1), &json!(0)), "{summary}");
        assert_eq!((&summary["unchanged"], again.status.code()), (&json!(1), Some(1)), "{summary}");
    }

    let approve = |args: &[&str]| settled(&[&["approve"], args].concat());
    assert_eq!(text(approve(&["a"]).stdout), "a: approved\n");
    for (id, reason) in [("a", "does not need review"), ("nobody", "no article")] {
        let refused = approve(&[id]);
        let told = text(refused.stderr);
        assert!(refused.status.code() == Some(1) && told.contains(reason), "{told}");
    }
    assert_eq!(generate(&[]).status.code(), Some(0));

    let service = Service::start_with(&["--config", &config, "--workers", "1"], folder_of_its_own());
    let there = settled(&["generate", "c.json", "--server", &service.base]);
    let told = text(there.stderr);
    assert!(told.contains("1 of 1 article is not ready; 1 waits for an editor"), "{told}");
    let busy = approve(&["c", "--data", service.data.path().to_str().unwrap()]);
    assert!(text(busy.stderr).contains("in use"));
    assert_eq!(text(approve(&["c", "--server", &service.base]).stdout), "c: approved\n");
    assert_eq!(service.wait_ready("c")["state"], "ready");
}

#[test]
fn the_gate_is_the_operators_to_set() {
    let (service, _folder) = start("[library.quality]\non = false\n");
    made(&service, "races", &by("races", SAID));
    let (service, folder) = start("[library.quality]\nplay_unreviewed = true\n");
    save(&service, "races", &by("races", SAID));
    assert_eq!(judged(&service, "races")["state"], "needs_review");
    whole(&service, &mp3("races"));
    assert!(service.get(&article("races"), &[]).json()["immutable"].is_object());
    // What was measured once is judged by other settings without any work.
    let data = service.kill();
    let wide = format!(
        "voices = {:?}\nvoice = \"en_US-joe-medium\"\n[library.quality]\nshortest_phoneme_ms = 0\nloudness_lu = 100\n",
        folder.path().join("voices")
    );
    let service = Service::start_with(&["--config", &settings(&folder, &wide), "--workers", "1"], data);
    assert_eq!(judged(&service, "races")["state"], "needs_review", "nothing is judged anew unasked");
    assert_eq!(service.send("POST", "/v1/articles/races/render", &[], Some(b"")).status, 202);
    service.wait_ready("races");
    assert_eq!(service.synthesised(), 0);
}
