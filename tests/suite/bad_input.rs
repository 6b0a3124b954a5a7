//! What is wrong is turned away with its cause and what to do, and leaves nothing behind.

mod disk;
mod files;
mod parts;
mod requests;
mod settings;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::harness::lectern;

/// A command that must fail: its arguments, its exit status, and what its message names.
type Case<'a> = (&'a [&'a str], i32, &'a [&'a str]);

/// A folder with an article that could be spoken.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.txt"), "Good morning to you.").unwrap();
    folder
}

fn fails(folder: &Path, case: Case<'_>) {
    fails_as(lectern(), folder, case);
}

/// Fails with one line that begins with the program's name, and changes nothing in the folder.
fn fails_as(mut command: Command, folder: &Path, (args, status, names): Case<'_>) {
    let before = content(folder);
    if args[0] == "speak" {
        // One thread loads a voice sooner than two.
        command.env("LECTERN_WORKERS", "1");
    }
    let output = ended(command.args(args).current_dir(folder));
    let stderr = told(&output);
    assert_eq!(output.status.code(), Some(status), "{args:?}: {stderr}");
    let line = stderr.lines().find(|line| line.starts_with("lectern: "));
    assert!(line.is_some(), "{args:?}: {stderr}");
    for name in names {
        assert!(stderr.contains(name), "{args:?}: no {name:?} in {stderr}");
    }
    assert!(output.stdout.is_empty(), "{args:?}");
    assert_eq!(content(folder), before, "{args:?} left something behind");
}

/// Runs a command to its end, or to its kill: what should have failed at once may go on for ever.
fn ended(command: &mut Command) -> Output {
    let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let started = Instant::now();
    while child.try_wait().unwrap().is_none() && started.elapsed().as_secs() < 60 {
        std::thread::park_timeout(Duration::from_millis(5));
    }
    let _ = child.kill();
    child.wait_with_output().unwrap()
}

fn told(output: &Output) -> String {
    let stderr = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(!stderr.contains("panicked") && !stderr.contains("RUST_BACKTRACE"), "{stderr}");
    stderr
}

/// Every file below a folder, and its length.
fn content(folder: &Path) -> BTreeMap<String, u64> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            found.extend(content(&path).into_iter().map(|(below, size)| (format!("{name}/{below}"), size)));
        } else {
            found.insert(name, path.metadata().map_or(0, |m| m.len()));
        }
    }
    found
}
