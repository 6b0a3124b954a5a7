//! Parts that are missing or damaged: ONNX Runtime, espeak-ng's data, voices.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{fails, folder};
use crate::harness::{Answer, Service, all_parts, parts, text};
use crate::http::{article, folder_of_its_own, made, mp3, save, until};

const VOICE: &str = "en_US-joe-medium";

/// The first bytes of a file.
fn head(path: &Path, bytes: usize) -> Vec<u8> {
    let mut content = fs::read(path).unwrap();
    content.truncate(bytes);
    content
}

#[test]
fn onnx_runtime_is_missing_or_something_else() {
    let folder = folder();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    let library = parts().join("libonnxruntime.so");
    write("empty.so", b"");
    write("begun.so", &head(&library, 20));
    write("half.so", &head(&library, 1 << 20));
    let table = [
        ("nowhere/libonnxruntime.so", "No such file"),
        (".", "directory"),
        ("a.txt", "not a shared library"),
        ("empty.so", "not a shared library"),
        ("begun.so", "cut off"),
        ("half.so", "cut off"),
        (env!("CARGO_BIN_EXE_lectern"), "lectern"),
    ];
    for (path, cause) in table {
        let names = ["ONNX Runtime", path, cause, "run `make setup`", "--onnxruntime"];
        fails(folder.path(), (&["speak", "a.txt", "--onnxruntime", path], 1, &names));
    }
    let data = TempDir::new().unwrap();
    let data = data.path().to_str().unwrap();
    let serve = ["serve", "--listen", "127.0.0.1:0", "--data", data, "--onnxruntime", "a.txt"];
    fails(folder.path(), (&serve, 1, &["not a shared library"]));
}

/// The parts, all but some of espeak-ng's files.
fn parts_without(missing: &[&str]) -> TempDir {
    let folder = folder();
    for name in ["libonnxruntime.so", "voices"] {
        symlink(parts().join(name), folder.path().join(name)).unwrap();
    }
    fs::create_dir(folder.path().join("espeak-ng-data")).unwrap();
    for entry in fs::read_dir(parts().join("espeak-ng-data")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if !missing.contains(&name.to_str().unwrap()) {
            symlink(entry.path(), folder.path().join("espeak-ng-data").join(name)).unwrap();
        }
    }
    folder
}

#[test]
fn espeak_data_is_missing_or_damaged() {
    for missing in ["phontab", "phondata", "phonindex", "intonations"] {
        let folder = parts_without(&[missing]);
        let names = ["espeak-ng data", "espeak-ng-data", "run `make setup`", "--parts"];
        fails(folder.path(), (&["speak", "a.txt", "--parts", "."], 1, &names));
    }
    let folder = folder();
    fails(folder.path(), (&["speak", "a.txt", "--parts", "nowhere"], 1, &["nowhere", "make setup"]));
}

/// A voices folder with one voice under this id, and these files.
fn voice(id: &str, model: Option<&[u8]>, config: Option<&str>) -> TempDir {
    let folder = folder();
    add_voice(folder.path(), id, model, config);
    folder
}

/// Where a file is not given it is the real one.
fn add_voice(folder: &Path, id: &str, model: Option<&[u8]>, config: Option<&str>) {
    let real = all_parts().join("voices");
    let (to_model, to_config) = (format!("{id}.onnx"), format!("{id}.onnx.json"));
    match model {
        Some(bytes) => fs::write(folder.join(to_model), bytes).unwrap(),
        None => symlink(real.join(format!("{VOICE}.onnx")), folder.join(to_model)).unwrap(),
    }
    match config {
        Some(text) => fs::write(folder.join(to_config), text).unwrap(),
        None => symlink(real.join(format!("{VOICE}.onnx.json")), folder.join(to_config)).unwrap(),
    }
}

/// The real voice's description with one thing changed.
fn config(change: impl Fn(&mut Value)) -> String {
    let file = fs::read(all_parts().join(format!("voices/{VOICE}.onnx.json"))).unwrap();
    let mut config: Value = serde_json::from_slice(&file).unwrap();
    change(&mut config);
    config.to_string()
}

#[test]
fn a_voice_has_a_damaged_model() {
    let model = all_parts().join(format!("voices/{VOICE}.onnx"));
    let noise: Vec<u8> = (0..100_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let models: [(&str, &[u8]); 5] = [
        ("cut off", &head(&model, 1 << 20)),
        ("hardly begun", &head(&model, 100)),
        ("empty", b""),
        ("noise", &noise),
        ("a page", b"<!doctype html><title>404 Not Found</title>"),
    ];
    for (what, bytes) in models {
        for (id, cause) in [("damaged", ""), (VOICE, "its SHA-256 is not the catalogue's")] {
            let folder = voice(id, Some(bytes), None);
            let file = format!("{id}.onnx");
            let names = [&file, cause, "make setup", "--voices"];
            let case: super::Case<'_> = (&["speak", "a.txt", "--voices", "."], 1, &names);
            println!("{what}");
            fails(folder.path(), case);
        }
    }
}

#[test]
fn a_voice_has_a_damaged_description() {
    let no_ids = config(|c| c["phoneme_id_map"] = json!({}));
    let no_rate = config(|c| c["audio"]["sample_rate"] = json!(1));
    let no_espeak = config(|c| c["phoneme_type"] = json!("text"));
    let unknown = config(|c| c["espeak"]["voice"] = json!("xx-nowhere"));
    let foreign = config(|c| c["phoneme_id_map"]["h"] = json!([9999]));
    let table = [
        ("{\"audio\":", "EOF while parsing"),
        ("", "EOF while parsing"),
        ("{}", "missing field"),
        (&no_ids, "no ids for begin, pad and end"),
        (&no_rate, "a sample rate outside 8 to 48 kHz"),
        (&no_espeak, "does not take espeak-ng's phonemes"),
        (&unknown, "espeak-ng has no voice \"xx-nowhere\""),
        (&foreign, "out of data bounds"),
    ];
    for (config, cause) in table {
        let folder = voice("damaged", None, Some(config));
        fails(folder.path(), (&["speak", "a.txt", "--voices", "."], 1, &[cause]));
    }
    let folder = voice("damaged", None, None);
    fs::remove_file(folder.path().join("damaged.onnx.json")).unwrap();
    fails(folder.path(), (&["speak", "a.txt", "--voices", "."], 1, &["damaged.onnx.json", "not there"]));
    let folder = voice(VOICE, None, Some(&config(|c| c["inference"]["noise_w"] = json!(0.1))));
    let names = ["en_US-joe-medium.onnx.json", "its SHA-256 is not the catalogue's"];
    fails(folder.path(), (&["speak", "a.txt", "--voices", "."], 1, &names));
}

#[test]
fn there_is_no_voice() {
    let folder = folder();
    fs::create_dir(folder.path().join("voices")).unwrap();
    let table = [("voices", "no voice here"), ("nowhere", "No such file"), ("a.txt", "Not a directory")];
    for (voices, cause) in table {
        let names = [voices, cause, "make setup", "--voices"];
        fails(folder.path(), (&["speak", "a.txt", "--voices", voices], 1, &names));
        fails(folder.path(), (&["voices", "list", "--voices", voices], 1, &names));
    }
}

fn speaking(voices: &TempDir) -> Service {
    let voices = voices.path().to_str().unwrap();
    Service::start_with(&["--workers", "1", "--voices", voices], folder_of_its_own())
}

#[test]
fn one_damaged_voice_does_not_stop_the_others() {
    let voices = voice(VOICE, None, None);
    add_voice(voices.path(), "no-model", Some(b"noise"), None);
    add_voice(voices.path(), "no-description", None, Some("{"));
    add_voice(voices.path(), "nowhere", None, Some(&config(|c| c["espeak"]["voice"] = json!("xx"))));
    let service = speaking(&voices);
    let by = |voice: &str| json!({ "text": "Good morning.", "voice": voice });
    // What can be told when it is saved is told then; the model is only opened to speak.
    for voice in ["no-description", "nowhere"] {
        assert_eq!(service.put("b", &by(voice)).problem(), (500, "internal".into()));
    }
    let voice = "no-model";
    save(&service, voice, &by(voice));
    let answer = audio_after_failure(&service, voice);
    let manifest = service.get(&article(voice), &[]).json();
    assert_eq!((&manifest["state"], &manifest["immutable"]), (&json!("failed"), &Value::Null));
    for told in [answer.text(), manifest["error"].as_str().unwrap().to_owned()] {
        assert!(!told.contains(".onnx") && !told.contains("/tmp"), "paths are the operator's: {told}");
    }
    until("the operator is not told", || service.log().contains("an article could not be made"));
    // Saved with another voice it is made.
    made(&service, voice, &by(VOICE));
    made(&service, "c", &text("Good morning."));
    assert_eq!(service.metric("lectern_panics_total"), 0);
}

/// Listens until the answer is no longer the voice's own failure.
fn audio_after_failure(service: &Service, id: &str) -> Answer {
    let started = std::time::Instant::now();
    loop {
        let answer = service.get(&mp3(id), &[]);
        match answer.problem() {
            (409, code) if code == "article-failed" => return answer,
            problem => assert_eq!(problem, (500, "internal".into())),
        }
        assert!(started.elapsed().as_secs() < 60, "it never fails");
    }
}

#[test]
fn a_service_needs_no_english_voice() {
    let german = config(|c| c["language"]["code"] = json!("de_DE"));
    let voices = voice("german", None, Some(&german));
    let service = speaking(&voices);
    let manifest = made(&service, "a", &json!({ "text": "Guten Morgen.", "language": "de-AT" }));
    assert_eq!(manifest["voice"], "german");
    let english = service.put("b", &text("Good morning."));
    assert_eq!(english.problem(), (422, "no-voice-for-language".into()));
}
