//! Recordings are kept as nothing else is: they can't be made again.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;

use super::{path_of, sent, spoken};
use crate::harness::{Service, done};
use crate::http::{article, folder_of_its_own, made, mp3, save, settings, unmade, until, whole};

fn files(data: &Path, folder: &str) -> usize {
    fn count(folder: &Path) -> usize {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| if entry.path().is_dir() { count(&entry.path()) } else { 1 }).sum()
    }
    count(&data.join(folder))
}

fn check(data: &Path) {
    done(&["check", "--data", data.to_str().unwrap()], data);
}

#[test]
fn what_is_acknowledged_outlives_a_crash_and_what_is_not_leaves_nothing() {
    let (data, folder) = (folder_of_its_own(), TempDir::new().unwrap());
    let service = Service::start_with(&["--workers", "1"], data.clone());
    made(&service, "a", &json!({ "text": "She left at six." }));
    let voice = whole(&service, &mp3("a"));
    let recording = spoken(folder.path(), "a.wav", &[]);
    half_sent(&service, &recording);
    until("nothing arrives", || files(data.path(), "tmp") > 0);
    service.kill();

    let service = Service::start_with(&["--workers", "1"], data.clone());
    assert_eq!((files(data.path(), "tmp"), files(data.path(), "audio/uploads")), (0, 0));
    assert!(whole(&service, &mp3("a")) == voice, "not the voice that was heard before");
    sent(&service, "a", &recording);
    let heard = whole(&service, &mp3("a"));
    service.kill();

    check(data.path());
    let service = Service::start_with(&["--workers", "1"], data.clone());
    assert!(whole(&service, &mp3("a")) == heard, "other bytes after a crash");
    assert!(service.get(&path_of("a"), &[]).body == recording, "other bytes after a crash");
}

/// Sends half of a recording, and no more.
fn half_sent(service: &Service, recording: &[u8]) {
    let host = service.base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).unwrap();
    let path = path_of("a");
    let length = recording.len();
    write!(stream, "PUT {path} HTTP/1.1\r\nhost: {host}\r\ncontent-length: {length}\r\n\r\n").unwrap();
    stream.write_all(&recording[..length / 2]).unwrap();
    // It stays open until the service has gone.
    std::thread::spawn(move || stream.read(&mut [0]));
}

#[test]
fn who_stops_sending_leaves_nothing() {
    let (data, folder) = (folder_of_its_own(), TempDir::new().unwrap());
    let service = Service::start_with(&["--workers", "1"], data.clone());
    save(&service, "a", &unmade("She left at six."));
    let recording = spoken(folder.path(), "a.wav", &[]);
    let host = service.base.trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(&host).unwrap();
    write!(stream, "PUT {} HTTP/1.1\r\nhost: {host}\r\ncontent-length: 9999999\r\n\r\n", path_of("a"))
        .unwrap();
    stream.write_all(&recording).unwrap();
    until("nothing arrives", || files(data.path(), "tmp") > 0);
    drop(stream);
    until("it is still there", || files(data.path(), "tmp") == 0);
    assert_eq!(service.get(&article("a"), &[]).json()["by"], "voice");
}

#[test]
fn what_is_replaced_withdrawn_or_forgotten_leaves_nothing() {
    let (data, folder) = (folder_of_its_own(), TempDir::new().unwrap());
    let service = Service::start_with(&["--workers", "1"], data.clone());
    let uploads = || files(data.path(), "audio/uploads");
    for id in ["a", "b"] {
        save(&service, id, &unmade("She left at six."));
    }
    let [first, second] = ["a.mp3", "a.ogg"].map(|name| spoken(folder.path(), name, &[]));
    let one = sent(&service, "a", &first);
    assert_eq!(sent(&service, "b", &first)["immutable"], one["immutable"], "the same is the same");
    assert_eq!(uploads(), 3, "the original, an MP3 and a WAV");
    sent(&service, "a", &second);
    assert_eq!(uploads(), 6);
    assert!(!whole(&service, one["immutable"]["mp3"].as_str().unwrap()).is_empty(), "b still has it");
    assert_eq!(service.send("DELETE", &article("b"), &[], None).status, 204);
    assert_eq!(uploads(), 3, "b was forgotten");
    assert_eq!(service.send("DELETE", &path_of("a"), &[], None).status, 204);
    assert_eq!(uploads(), 0, "a was withdrawn");
    save(&service, "b", &unmade("She left at six."));
    assert_eq!(service.get(&article("b"), &[]).json()["by"], "voice", "it came back from the dead");
    service.kill();
    check(data.path());
}

#[test]
fn making_room_spares_what_people_read() {
    let (data, folder) = (folder_of_its_own(), TempDir::new().unwrap());
    let file = settings(&data, "[library]\nmax_audio_bytes = 1\n");
    let service = Service::start_with(&["--workers", "1", "--config", &file], data.clone());
    save(&service, "a", &unmade("She left at six."));
    sent(&service, "a", &spoken(folder.path(), "a.mp3", &[]));
    let heard = whole(&service, &mp3("a"));
    save(&service, "b", &unmade("Nobody was late."));
    whole(&service, &mp3("b"));
    until("no room is made", || files(data.path(), "audio/clips") == 0);
    assert!(whole(&service, &mp3("a")) == heard, "other bytes");
    // A kill may leave a file of b, which is being made again, that nothing is known of.
    service.terminate();
    done(&["prune", "--data", data.path().to_str().unwrap(), "--max-audio-bytes", "1"], data.path());
    assert_eq!(files(data.path(), "audio/uploads"), 3);
    check(data.path());
}

#[test]
fn where_its_bytes_are_lost_the_voice_is_heard() {
    let (data, folder) = (folder_of_its_own(), TempDir::new().unwrap());
    let service = Service::start_with(&["--workers", "1"], data.clone());
    made(&service, "a", &json!({ "text": "She left at six." }));
    let voice = whole(&service, &mp3("a"));
    let recording = spoken(folder.path(), "a.mp3", &[]);
    let name = sent(&service, "a", &recording)["immutable"]["mp3"].as_str().unwrap().to_owned();
    let digest = name.trim_start_matches("/audio/");
    std::fs::remove_file(data.path().join("audio/uploads").join(&digest[..2]).join(digest)).unwrap();
    assert!(whole(&service, &mp3("a")) == voice, "neither of both");
    assert_eq!(service.get(&article("a"), &[]).json()["by"], "voice");
    assert!(service.log().contains("is missing or damaged"));
    sent(&service, "a", &service.get(&path_of("a"), &[]).body);
    assert_eq!(service.get(&article("a"), &[]).json()["by"], "human", "sent again, it is back");
}
