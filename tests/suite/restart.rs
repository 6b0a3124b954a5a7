//! Nothing acknowledged is lost, and nothing is made twice: not by a second request, a crash, a
//! stop or a damaged disk.

mod crashes;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::harness::{Service, lectern, text};
use crate::http::{article, folder_of_its_own, made, mp3, save, sentences, settings, unmade, until, whole};

fn again(data: std::sync::Arc<tempfile::TempDir>) -> Service {
    Service::start_with(&["--workers", "1"], data)
}

#[test]
fn what_was_made_is_there_after_a_crash() {
    let service = again(folder_of_its_own());
    let manifest = made(&service, "a", &text(&sentences("castle", 3)));
    let heard = whole(&service, &mp3("a"));
    let wav = whole(&service, "/v1/articles/a/audio.wav");
    let spent = service.synthesised();
    assert!(whole(&service, &mp3("a")) == heard, "other bytes");
    assert!(whole(&service, "/v1/articles/a/audio.wav") == wav, "other bytes");
    assert_eq!(service.synthesised(), spent, "a second request cost something");

    let service = again(service.kill());
    assert_eq!(service.get(&article("a"), &[]).json(), manifest);
    assert!(whole(&service, &mp3("a")) == heard, "other bytes");
    assert!(whole(&service, "/v1/articles/a/audio.wav") == wav, "other bytes");
    assert!(whole(&service, manifest["immutable"]["mp3"].as_str().unwrap()) == heard, "other bytes");
    assert_eq!(service.synthesised(), 0, "a crash cost something");
}

/// Killed after so many sentences were spoken; the first time right after the acknowledgement.
#[test]
fn what_was_acknowledged_is_made_after_a_crash() {
    const COUNT: u64 = 12;
    let mut data = folder_of_its_own();
    let mut spent = 0;
    let body = text(&sentences("airport", COUNT as usize));
    let mut service = again(data);
    let saved = save(&service, "a", &body);
    save(&service, "b", &unmade("Nobody asked for this yet."));
    let crashes = [0, 2, 2];
    for crash in crashes {
        until("it makes no sentence", || service.synthesised() >= crash);
        spent += service.synthesised();
        data = service.kill();
        service = again(data);
        assert!(nothing_half_written(service.data.path()));
        assert!(service.log().contains("\"unfinished\":1"), "{}", service.log());
    }
    let manifest = service.wait_ready("a");
    assert_eq!(manifest["immutable"], saved["immutable"]);
    spent += service.synthesised();
    // Each crash may cost what was on its way to the disk: one being spoken, a few being kept.
    let lost = 3 * crashes.len() as u64;
    assert!(spent <= COUNT + lost, "{spent} sentences spoken for {COUNT}");
    assert_eq!(service.get(&article("b"), &[]).json()["state"], "stored");
    let heard = whole(&service, &mp3("a"));
    let untroubled = again(folder_of_its_own());
    made(&untroubled, "a", &body);
    assert!(whole(&untroubled, &mp3("a")) == heard, "a crash can be heard");
}

fn nothing_half_written(data: &Path) -> bool {
    // The service may be writing by now, but what it found there is gone.
    let started = fs::metadata(data.join("lock")).unwrap().modified().unwrap();
    let files = fs::read_dir(data.join("tmp")).unwrap().filter_map(|f| f.ok()?.metadata().ok());
    files.into_iter().all(|file| file.modified().unwrap() >= started)
}

#[test]
fn a_stop_lets_downloads_end() {
    let folder = folder_of_its_own();
    // Long enough for a busy machine.
    let settings = settings(&folder, "shutdown_seconds = 120\n");
    let service = Service::start_with(&["--config", &settings, "--workers", "1"], folder_of_its_own());
    save(&service, "a", &unmade(&sentences("station", 6)));
    let address = service.base.trim_start_matches("http://").to_owned();
    let mut download = TcpStream::connect(&address).unwrap();
    write!(download, "GET {} HTTP/1.1\r\nHost: x\r\nRange: bytes=0-\r\n\r\n", mp3("a")).unwrap();
    let mut download = BufReader::new(download);
    let length = head(&mut download);
    let made_before = service.synthesised();
    assert!(Command::new("kill").arg(service.pid().to_string()).status().unwrap().success());
    until("it does not stop", || service.log().contains("stopping; open requests may end"));
    until("it still takes new connections", || TcpStream::connect(&address).is_err());
    let mut body = vec![0; length];
    download.read_exact(&mut body).expect("the download was cut off");
    let (status, data) = service.terminate();
    assert_eq!(status.code(), Some(0));
    assert!(made_before < 6, "the download had ended before the stop");
    let service = again(data);
    assert!(whole(&service, &mp3("a")) == body, "other bytes");
    assert_eq!(service.synthesised(), 0, "what was sent was kept");
}

/// Reads an answer's head; returns the length of its body.
fn head(answer: &mut impl BufRead) -> usize {
    let lines: Vec<String> =
        answer.lines().map(|line| line.unwrap().to_lowercase()).take_while(|line| !line.is_empty()).collect();
    assert!(lines[0].starts_with("http/1.1 206"), "{lines:?}");
    let length = lines.iter().find_map(|line| line.strip_prefix("content-length: "));
    length.unwrap().parse().unwrap()
}

#[test]
fn a_stop_does_not_wait_for_ever() {
    let folder = folder_of_its_own();
    let settings = settings(&folder, "shutdown_seconds = 0\n");
    let service = Service::start_with(&["--config", &settings, "--workers", "1"], folder_of_its_own());
    save(&service, "a", &text(&sentences("tunnel", 30)));
    let mut download = TcpStream::connect(service.base.trim_start_matches("http://")).unwrap();
    write!(download, "GET {} HTTP/1.1\r\nHost: x\r\nRange: bytes=0-\r\n\r\n", mp3("a")).unwrap();
    head(&mut BufReader::new(&download));
    let (status, data) = service.terminate();
    assert_eq!(status.code(), Some(0));
    let service = again(data);
    assert!(service.log().contains("\"unfinished\":1"), "{}", service.log());
}

#[test]
fn a_data_folder_has_one_service() {
    let service = again(folder_of_its_own());
    let mut second = lectern();
    second.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(service.data.path());
    let output = second.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    let line = stderr.lines().last().unwrap();
    assert!(line.starts_with("lectern: ") && line.contains("in use by another lectern"), "{stderr}");
    assert!(line.contains("--data"), "{stderr}");
    made(&service, "a", &text("The first one goes on."));
    // After a crash the folder is free at once.
    assert_eq!(again(service.kill()).synthesised(), 0);
}

#[test]
fn damaged_sound_is_noticed_and_made_again() {
    let service = again(folder_of_its_own());
    made(&service, "a", &text(&sentences("market", 4)));
    let heard = whole(&service, &mp3("a"));
    let clips = files(&service.data.path().join("audio/clips"));
    assert_eq!(clips.len(), 4);
    let damages: [fn(&Path); 4] = [flip_a_byte, cut_in_half, empty, lose];
    for (clip, damage) in clips.iter().zip(damages) {
        damage(clip);
    }
    assert!(whole(&service, &mp3("a")) == heard, "other bytes");
    until("the operator is not told", || service.log().contains("damaged"));
    until("they are not there again", || files(&service.data.path().join("audio/clips")) == clips);
    assert_eq!(service.synthesised(), 8);
    whole(&service, &mp3("a"));
    assert_eq!(service.synthesised(), 8);

    // A stop ends what is being noted; a crash may come between a file and its note.
    let (_, data) = service.terminate();
    flip_a_byte(&clips[3]);
    let service = again(data);
    assert!(whole(&service, &mp3("a")) == heard, "other bytes");
    assert_eq!(service.synthesised(), 1);
}

#[test]
fn a_damaged_wav_is_noticed_and_made_again() {
    let service = again(folder_of_its_own());
    made(&service, "a", &text("A short one."));
    let wav = || whole(&service, "/v1/articles/a/audio.wav");
    let heard = wav();
    for damage in [cut_in_half, empty, lose] {
        let kept = files(&service.data.path().join("audio/recordings"));
        assert_eq!(kept.len(), 1);
        damage(&kept[0]);
        assert!(wav() == heard, "other bytes");
    }
}

fn flip_a_byte(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).unwrap();
}

fn cut_in_half(path: &Path) {
    let bytes = fs::read(path).unwrap();
    fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
}

fn empty(path: &Path) {
    fs::write(path, "").unwrap();
}

fn lose(path: &Path) {
    fs::remove_file(path).unwrap();
}

/// All files below a folder, in order.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn a_data_folder_can_be_checked_mended_and_trimmed() {
    let service = again(folder_of_its_own());
    made(&service, "a", &text(&sentences("market", 4)));
    let heard = whole(&service, &mp3("a"));
    whole(&service, "/v1/articles/a/audio.wav");
    let spent = service.synthesised();
    let (_, data) = service.terminate();
    let run = |args: &[&str]| {
        let output = lectern().args(args).arg("--data").arg(data.path()).output().unwrap();
        (output.status.code(), serde_json::from_slice::<serde_json::Value>(&output.stdout).ok())
    };
    let (status, found) = run(&["check", "--json"]);
    assert_eq!((status, found.unwrap()["blobs"].as_u64()), (Some(0), Some(5)));
    let clips = files(&data.path().join("audio/clips"));
    fs::write(data.path().join("audio/clips/left-over"), "x").unwrap();
    let (status, found) = run(&["check", "--json"]);
    assert_eq!((status, found.unwrap()["unknown"].as_array().unwrap().len()), (Some(0), 1));
    flip_a_byte(&clips[0]);
    lose(&clips[1]);
    let (status, found) = run(&["check", "--json"]);
    let found = found.unwrap();
    let count = |kind: &str| found[kind].as_array().unwrap().len();
    assert_eq!((status, count("missing"), count("damaged"), count("unknown")), (Some(1), 1, 1, 1));
    assert_eq!(run(&["check", "--repair"]).0, Some(0));
    assert_eq!(run(&["check"]).0, Some(0));
    let service = again(data.clone());
    assert!(whole(&service, &mp3("a")) == heard, "other bytes");
    assert_eq!(service.synthesised(), 2, "of {spent}");
    service.wait_ready("a");
    service.terminate();
    let (status, pruned) = run(&["prune", "--max-audio-bytes", "1", "--json"]);
    assert_eq!((status, pruned.unwrap()["left"].as_u64()), (Some(0), Some(0)));
    assert!(files(&data.path().join("audio")).is_empty());
    let nowhere = lectern().args(["check", "--data", "/nonexistent"]).output().unwrap();
    assert_eq!(nowhere.status.code(), Some(1));
}

#[test]
fn what_was_heard_last_is_known_after_a_stop() {
    let service = again(folder_of_its_own());
    made(&service, "a", &text("It is heard once more, right before the end."));
    let heard = |data: &Path| {
        let ledger = rusqlite::Connection::open(data.join("lectern.db")).unwrap();
        ledger
            .query_row("SELECT heard FROM revisions WHERE article = 'a'", [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    let before = heard(service.data.path());
    whole(&service, &mp3("a"));
    let (_, data) = service.terminate();
    assert!(heard(data.path()) > before);
}

#[test]
fn audio_that_no_article_uses_is_given_back() {
    let folder = folder_of_its_own();
    let data = folder_of_its_own();
    let service = again(data.clone());
    made(&service, "a", &text("Both say this. Only one says that."));
    made(&service, "b", &text("Both say this."));
    whole(&service, "/v1/articles/a/audio.wav");
    whole(&service, "/v1/articles/b/audio.wav");
    assert_eq!(service.send("DELETE", &article("a"), &[], None).status, 204);
    assert_eq!(service.get(&mp3("a"), &[]).status, 404);
    let kept = || files(&data.path().join("audio")).len();
    assert_eq!(kept(), 4, "not at once");
    service.terminate();
    let settings = settings(&folder, "[library]\nunused_minutes = 0\n");
    let service = Service::start_with(&["--config", &settings, "--workers", "1"], data.clone());
    until("it is still there", || kept() == 2);
    whole(&service, &mp3("b"));
    whole(&service, "/v1/articles/b/audio.wav");
    assert_eq!(service.synthesised(), 0, "what is used stays");
    assert_eq!(service.send("DELETE", &article("b"), &[], None).status, 204);
    service.terminate();
    let pruned = lectern().args(["prune", "--json", "--data"]).arg(data.path()).output().unwrap();
    let pruned: serde_json::Value = serde_json::from_slice(&pruned.stdout).unwrap();
    assert_eq!((&pruned["left"], &pruned["removed"], kept()), (&0.into(), &2.into(), 0));
}
