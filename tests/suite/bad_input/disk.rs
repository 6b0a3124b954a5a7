//! A full disk: said so, survived, and forgotten once there is space again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::{fails_as, folder};
use crate::harness::{Service, lectern, root, text};
use crate::http::{article, folder_of_its_own, made, mp3, save, sentences, settings, unmade, until, whole};

/// A disk that is full, or fails, as long as a file exists; the same for root and for anybody else.
struct Disk {
    folder: TempDir,
}

impl Disk {
    fn new() -> Self {
        let disk = Self { folder: TempDir::new().unwrap() };
        let source = root().join("tests/suite/bad_input/full_disk.c");
        let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".into());
        let built = Command::new(compiler)
            .args(["-shared", "-fPIC", "-Wall", "-o"])
            .args([&disk.library(), &source])
            .arg("-ldl")
            .status();
        assert!(built.expect("a C compiler, which the build needs too").success());
        disk
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("full_disk.so")
    }

    fn switch(&self) -> PathBuf {
        self.folder.path().join("full")
    }

    fn fill(&self) {
        fs::write(self.switch(), "").unwrap();
    }

    fn fail(&self) {
        fs::write(self.switch(), "fails").unwrap();
    }

    /// Nothing can be removed: it "keeps" all as it fails, or "locks" all away.
    fn remove_nothing(&self, how: &str) {
        fs::write(self.switch(), how).unwrap();
    }

    /// A backup, mounted to be looked at.
    fn only_read(&self) {
        fs::write(self.switch(), "reads").unwrap();
    }

    fn free(&self) {
        fs::remove_file(self.switch()).unwrap();
    }

    /// The program, writing to this disk.
    fn lectern(&self) -> Command {
        let mut command = lectern();
        command.env("LD_PRELOAD", self.library()).env("FULL_DISK", self.switch());
        command
    }
}

#[test]
fn a_folder_that_is_only_read_answers() {
    let disk = Disk::new();
    let folder = folder();
    let service = Service::start_as(disk.lectern(), &["--workers", "1"], folder_of_its_own());
    made(&service, "a", &text("Here to stay."));
    let (_, data) = service.terminate();
    let data = data.path().to_str().unwrap();
    // What was stopped is whole in the one file that a backup must have.
    assert!(fs::metadata(Path::new(data).join("lectern.db-wal")).map_or(0, |log| log.len()) == 0);
    disk.only_read();
    let run = |command: &[&str]| {
        let mut lectern = disk.lectern();
        lectern.args(command).args(["--data", data]).current_dir(folder.path()).output().unwrap()
    };
    for (command, says) in [
        (&["status"][..], "articles ready"),
        (&["check"], "0 missing, 0 damaged"),
        (&["lexicon", "list"], ""),
        (&["lexicon", "history"], ""),
    ] {
        let answer = run(command);
        let told = String::from_utf8_lossy(&answer.stdout);
        assert!(answer.status.success() && told.contains(says), "{command:?}: {answer:?}");
    }
    let why = ["can't write to", "Read-only file system"];
    fails_as(disk.lectern(), folder.path(), (&["check", "--repair", "--data", data], 1, &why));
    fails_as(disk.lectern(), folder.path(), (&["approve", "a", "--data", data], 1, &why));
    fs::write(Path::new(data).join("lectern.db-wal"), "more").unwrap();
    fails_as(
        disk.lectern(),
        folder.path(),
        (&["status", "--data", data], 1, &["copied before it was closed"]),
    );
}

const FULL: (u16, &str) = (507, "disk-full");

fn is_full(answer: &crate::harness::Answer, what: &str) {
    let (status, code) = answer.problem();
    assert_eq!((status, code.as_str()), FULL, "{what}");
    assert!(!answer.text().contains("/tmp"), "paths are the operator's: {}", answer.text());
}

#[test]
fn what_is_stored_plays_on_and_the_rest_works_again_later() {
    let disk = Disk::new();
    let service = Service::start_as(disk.lectern(), &["--workers", "1"], folder_of_its_own());
    let kept = made(&service, "kept", &text("Here to stay."));
    let heard = whole(&service, &mp3("kept"));
    save(&service, "unmade", &unmade("Not made yet."));

    disk.fill();
    is_full(&service.put("new", &text("Something new.")), "a new article");
    assert_eq!(service.get(&article("new"), &[]).status, 404, "half of it is there");
    is_full(&service.put("kept", &text("Something else.")), "another revision");
    is_full(&service.get(&mp3("unmade"), &[]), "the first press");
    is_full(&service.get("/v1/articles/kept/audio.wav", &[]), "another format");
    is_full(&service.send("DELETE", &article("kept"), &[], None), "forgetting, which is written down");
    assert_eq!(service.get(&article("kept"), &[]).json(), kept);
    assert!(whole(&service, &mp3("kept")) == heard, "other bytes");
    assert_eq!(service.get("/readyz", &[]).status, 200);
    until("the operator is not told", || service.log().contains("the disk is full"));
    assert!(nothing_half_written(service.data.path()));

    disk.free();
    made(&service, "new", &text("Something new."));
    whole(&service, &mp3("unmade"));
    service.wait_ready("unmade");
    whole(&service, "/v1/articles/kept/audio.wav");
    assert_eq!(service.metric("lectern_panics_total"), 0);
    assert!(!service.log().contains("panicked"), "{}", service.log());
}

fn nothing_half_written(data: &Path) -> bool {
    fs::read_dir(data.join("tmp")).unwrap().next().is_none()
}

#[test]
fn a_disk_that_fills_while_articles_are_made_only_delays_them() {
    let disk = Disk::new();
    let service = Service::start_as(disk.lectern(), &["--workers", "1"], folder_of_its_own());
    let ids = ["windmill", "lighthouse"];
    for id in ids {
        save(&service, id, &text(&sentences(id, 8)));
    }
    until("nothing is made", || service.synthesised() > 0);
    disk.fill();
    until("it goes on", || service.log().matches("an article waits").count() >= 2);
    disk.free();
    for id in ids {
        service.wait_ready(id);
        whole(&service, &mp3(id));
    }
}

#[test]
fn a_disk_that_fails_for_a_while_costs_time_and_no_article() {
    let disk = Disk::new();
    let service = Service::start_as(disk.lectern(), &["--workers", "1"], folder_of_its_own());
    made(&service, "kept", &text("Here to stay."));
    let heard = whole(&service, &mp3("kept"));
    save(&service, "windmill", &text(&sentences("windmill", 8)));
    until("nothing is made", || service.synthesised() > 1);
    disk.fail();
    let refused = service.put("new", &text("Something new.")).problem();
    assert_eq!(refused, (507, "storage-unwritable".into()));
    until("it goes on", || service.log().matches("an article waits").count() >= 2);
    assert!(whole(&service, &mp3("kept")) == heard, "other bytes");
    disk.free();
    service.wait_ready("windmill");
    made(&service, "new", &text("Something new."));
}

#[test]
fn files_that_cannot_be_removed_hold_up_nobody() {
    nothing_is_removed("keeps");
}

#[test]
fn files_that_may_not_be_removed_hold_up_nobody() {
    nothing_is_removed("locks");
}

fn nothing_is_removed(how: &str) {
    let (disk, folder) = (Disk::new(), folder_of_its_own());
    let settings = settings(&folder, "[library]\nmax_audio_bytes = 60000\n");
    let args = ["--config", &settings, "--workers", "1"];
    let service = Service::start_as(disk.lectern(), &args, folder_of_its_own());
    made(&service, "kept", &text("Here to stay."));
    let heard = whole(&service, &mp3("kept"));
    disk.remove_nothing(how);
    for n in 0..6 {
        let id = format!("article-{n}");
        save(&service, &id, &unmade(&sentences(&format!("place called {n}"), 2)));
        whole(&service, &mp3(&id));
    }
    until("room is made", || service.log().contains("no room could be made"));
    assert!(whole(&service, &mp3("kept")) == heard, "other bytes");
    assert_eq!(service.send("DELETE", &article("article-0"), &[], None).status, 204);
    let data = service.kill();
    disk.free();
    let service = Service::start_as(disk.lectern(), &args, data.clone());
    until("it stays for ever", || service.log().contains("removed a file that nothing is known of"));
    assert!(whole(&service, &mp3("kept")) == heard, "other bytes");
    service.terminate();
    let check = lectern().args(["check", "--data"]).arg(data.path()).output().unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}

/// More often than an article is tried whose own fault it is.
#[test]
fn a_folder_that_cannot_be_written_for_a_while_costs_no_article() {
    let service = Service::start_with(&["--workers", "1"], folder_of_its_own());
    let (there, away) = (service.data.path().join("tmp"), service.data.path().join("away"));
    fs::rename(&there, &away).unwrap();
    save(&service, "a", &text("It can be made, and not kept."));
    until("it gives up", || service.log().matches("an article waits").count() > 3);
    fs::rename(&away, &there).unwrap();
    service.wait_ready("a");
}

#[test]
fn a_service_says_that_it_cannot_start_on_a_full_disk() {
    let disk = Disk::new();
    let service = Service::start_as(disk.lectern(), &["--workers", "1"], folder_of_its_own());
    made(&service, "kept", &text("Here to stay."));
    let heard = whole(&service, &mp3("kept"));
    let data = service.kill();
    disk.fill();
    let folder = folder();
    let serve = ["serve", "--listen", "127.0.0.1:0", "--data", data.path().to_str().unwrap()];
    fails_as(disk.lectern(), folder.path(), (&serve, 1, &["the disk is full", "free some space"]));
    disk.free();
    let service = Service::start_as(disk.lectern(), &["--workers", "1"], data);
    assert!(whole(&service, &mp3("kept")) == heard, "other bytes");
    assert_eq!(service.synthesised(), 0);
}

/// Its process starts without what fills the disk here, so it is asked by itself: once about what it
/// keeps meanwhile, and once about what it writes.
#[test]
fn a_recording_that_no_room_is_left_for_while_it_is_read() {
    let (disk, folder) = (Disk::new(), folder());
    let spoken = lectern().args(["speak", "a.txt", "-o", "a.wav"]).current_dir(folder.path()).output();
    assert!(spoken.unwrap().status.success());
    let read = |output: &str| {
        let limits = ["--max-minutes", "1", "--seconds", "60", "--max-memory-bytes", "268435456"];
        let files = ["decode", "a.wav", output, "."];
        let read = disk.lectern().args(files).args(limits).current_dir(folder.path()).output().unwrap();
        serde_json::from_slice::<serde_json::Value>(&read.stdout).unwrap()
    };
    assert!(read("out.wav")["Ok"]["frames"].as_u64() > Some(40));
    assert_eq!(read("/dev/full")["Err"], "full");
    disk.fill();
    assert_eq!(read("out.wav")["Err"], "full");
}

#[test]
fn one_article_to_a_full_disk() {
    let disk = Disk::new();
    disk.fill();
    let folder = folder();
    for output in ["out.mp3", "out.wav"] {
        let names = [output, "No space left on device"];
        fails_as(disk.lectern(), folder.path(), (&["speak", "a.txt", "-o", output], 1, &names));
    }
}
