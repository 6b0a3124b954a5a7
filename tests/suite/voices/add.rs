//! `lectern voices add` against a server of our own, and `voices check`.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

use md5::{Digest, Md5};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{all_parts, fixture, lectern};

const ID: &str = "en_GB-quay-low";
const FOLDER: &str = "/en/en_GB/quay/low";

/// Serves files with ranges and strong tags, and hangs up early where told to.
struct Server {
    base: String,
    /// Heads of the requests so far.
    asked: Arc<Mutex<Vec<String>>>,
    files: Arc<Mutex<Files>>,
}

#[derive(Default)]
struct Files {
    by_path: HashMap<String, Vec<u8>>,
    /// Paths whose next answer ends after so many bytes.
    cut: HashMap<String, usize>,
}

impl Server {
    /// A repository with one voice.
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let server = Self { base, asked: Arc::default(), files: Arc::default() };
        let (asked, files) = (server.asked.clone(), server.files.clone());
        std::thread::spawn(move || {
            listener.incoming().for_each(|stream| answer(stream.unwrap(), &asked, &files));
        });
        server.publish();
        server
    }

    fn publish(&self) {
        let voice = fixture("voices/low16k/low16k.onnx");
        let model = fs::read(&voice).unwrap();
        let config = fs::read(voice.with_added_extension("json")).unwrap();
        let card = b"# Quay\n\n* Dataset: our own\n* License: CC0\n".to_vec();
        let files =
            [(format!("{ID}.onnx"), model), (format!("{ID}.onnx.json"), config), ("MODEL_CARD".into(), card)];
        let path = |name: &str| format!("{FOLDER}/{name}");
        let sum = |bytes: &[u8]| Md5::digest(bytes).iter().map(|b| format!("{b:02x}")).collect::<String>();
        let listed: HashMap<String, Value> = (files.iter())
            .map(|(name, bytes)| {
                let entry = json!({ "size_bytes": bytes.len(), "md5_digest": sum(bytes) });
                (path(name)[1..].to_owned(), entry)
            })
            .collect();
        let list = json!({ ID: { "key": ID, "files": listed }, "fr_FR-port-low": { "files": {} } });
        let mut served = self.files.lock().unwrap();
        served.by_path.extend(files.into_iter().map(|(name, bytes)| (path(&name), bytes)));
        served.by_path.insert("/voices.json".into(), list.to_string().into_bytes());
    }

    fn asked(&self) -> String {
        self.asked.lock().unwrap().join("\n")
    }
}

fn answer(stream: TcpStream, asked: &Mutex<Vec<String>>, files: &Mutex<Files>) {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap() > 0 {}
    asked.lock().unwrap().push(head.clone());
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut files = files.lock().unwrap();
    let cut = files.cut.remove(&path);
    let Some(body) = files.by_path.get(&path) else {
        write!(reader.get_mut(), "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            .unwrap();
        return;
    };
    let field =
        |name: &str| head.lines().find_map(|l| l.to_lowercase().strip_prefix(name).map(str::to_owned));
    let from: Option<usize> = field("range: bytes=").and_then(|r| r.trim_end_matches('-').parse().ok());
    let tag = format!("\"{}\"", body.len());
    let from = from.filter(|_| field("if-range: ").is_some_and(|f| f == tag));
    let (status, rest) = match from {
        Some(from) => ("206 Partial Content", &body[from..]),
        None => ("200 OK", &body[..]),
    };
    let length = rest.len();
    let head =
        format!("HTTP/1.1 {status}\r\nETag: {tag}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    let rest = &rest[..cut.unwrap_or(length).min(length)];
    // A client that has seen enough may be gone.
    let _ = reader.get_mut().write_all(&[head.as_bytes(), rest].concat());
}

/// Exit code, what was printed, and what was complained of.
fn voices(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = lectern();
    command.arg("voices").args(args).arg("--voices").arg(folder);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_named_voice_is_fetched_checked_and_added() {
    let (server, folder) = (Server::start(), TempDir::new().unwrap());
    let (code, out, err) = voices(folder.path(), &["add", ID, "--from", &server.base]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("added") && out.contains("License: CC0"), "{out}");
    let (code, out, _) = voices(folder.path(), &["list"]);
    assert!(code == 0 && out.contains(ID) && out.contains("16000"), "{out}");
    let (code, out, _) = voices(folder.path(), &["check"]);
    assert_eq!((code, out.as_str()), (0, format!("{ID}: ok\n").as_str()));
    let (code, _, err) = voices(folder.path(), &["add", ID, "--from", &server.base]);
    assert!(code == 1 && err.contains("here already"), "{err}");
}

#[test]
fn a_download_that_was_broken_off_goes_on_where_it_stopped() {
    let (server, folder) = (Server::start(), TempDir::new().unwrap());
    let model = format!("{FOLDER}/{ID}.onnx");
    server.files.lock().unwrap().cut.insert(model, 200_000);
    let (code, _, err) = voices(folder.path(), &["add", ID, "--from", &server.base]);
    assert!(code == 1 && err.contains("broken off") && err.contains("again"), "{err}");
    assert!(!folder.path().join(format!("{ID}.onnx")).exists());
    let (code, _, err) = voices(folder.path(), &["add", ID, "--from", &server.base]);
    assert_eq!(code, 0, "{err}");
    assert!(server.asked().to_lowercase().contains("range: bytes=200000-"), "{}", server.asked());
}

#[test]
fn a_file_that_changed_meanwhile_is_fetched_anew() {
    let (server, folder) = (Server::start(), TempDir::new().unwrap());
    let url = format!("{}{FOLDER}/{ID}.onnx", server.base);
    let path = format!("{FOLDER}/{ID}.onnx");
    let whole = server.files.lock().unwrap().by_path[&path].clone();
    {
        let mut files = server.files.lock().unwrap();
        files.by_path.insert(path.clone(), vec![0; whole.len() + 1]);
        files.cut.insert(path.clone(), 100_000);
    }
    assert_eq!(voices(folder.path(), &["add", &url]).0, 1);
    server.files.lock().unwrap().by_path.insert(path, whole);
    let (code, out, err) = voices(folder.path(), &["add", &url]);
    assert!(code == 0 && out.contains("License: CC0"), "{out}{err}");
}

#[test]
fn what_is_damaged_unknown_or_no_voice_is_not_added() {
    let (server, folder) = (Server::start(), TempDir::new().unwrap());
    let from = ["--from", &server.base];
    let fails = |args: &[&str], words: &[&str]| {
        let (code, _, err) = voices(folder.path(), &[&["add"], args, &from].concat());
        assert!(code != 0 && words.iter().all(|w| err.contains(w)), "{args:?}: {err}");
    };
    fails(&["fr_FR-quay-low"], &["there is no voice", "fr_FR-port-low"]);
    fails(&["xx_XX-quay-low"], &["none of its language", "en_GB, fr_FR"]);
    fails(&["../../etc/passwd"], &["letters, digits"]);
    let url = format!("{}{FOLDER}/{ID}.onnx", server.base);
    fails(&[&url, "--sha256", "00ff"], &["SHA-256", "thrown away"]);
    fails(&[&format!("{}/nothing.onnx", server.base)], &["404"]);
    fails(&["nowhere.onnx"], &["can't read", "nowhere.onnx"]);
    let model = format!("{FOLDER}/{ID}.onnx");
    server.files.lock().unwrap().by_path.get_mut(&model).unwrap()[1000] ^= 1;
    fails(&[ID], &["damaged on the way"]);
    let left = fs::read_dir(folder.path()).unwrap().filter(|f| !f.as_ref().unwrap().path().is_dir()).count();
    assert_eq!(left, 0);
}

#[test]
fn a_hibari_voice_is_one_file_that_is_known_by_its_sum_or_its_interface() {
    let (server, folder) = (Server::start(), TempDir::new().unwrap());
    let heart = all_parts().join("voices/en_US-heart-hibari.onnx");
    server.files.lock().unwrap().by_path.insert("/bf_emma.int8.onnx".into(), fs::read(&heart).unwrap());
    let emma = ["add", "en_GB-emma-hibari", "--from", &server.base];
    let (code, _, err) = voices(folder.path(), &emma);
    assert!(code == 1 && err.contains("damaged on the way (SHA-256"), "{err}");
    let (code, out, err) = voices(folder.path(), &["add", heart.to_str().unwrap()]);
    assert!(code == 0 && out.contains("Apache-2.0") && out.contains("Kokoro-82M"), "{out}{err}");
    // By another name it is a voice that the catalogue does not know, with a British accent.
    fs::copy(&heart, folder.path().join("en_GB-own.onnx")).unwrap();
    let (code, out, err) = voices(folder.path(), &["list", "--no-speed", "--json"]);
    let list: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (code, &list[0]["language"], &list[0]["engine"]),
        (0, &json!("en-GB"), &json!("hibari")),
        "{err}"
    );
    assert_eq!(voices(folder.path(), &["check"]).0, 0);
}

#[test]
fn a_voice_on_this_machine_is_copied() {
    let folder = TempDir::new().unwrap();
    let path = fixture("voices/multi/multi.onnx");
    let (code, out, err) = voices(folder.path(), &["add", path.to_str().unwrap()]);
    assert!(code == 0 && out.contains("licence: not stated"), "{out}{err}");
    assert!(path.exists() && folder.path().join("multi.onnx").exists());
    let (code, out, _) = voices(folder.path(), &["check", "--json"]);
    assert_eq!(
        (code, serde_json::from_str::<Value>(&out).unwrap()),
        (0, json!([{ "id": "multi", "ok": true }]))
    );
}
