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
    // One thread loads a voice sooner than two.
    command.env("LECTERN_WORKERS", "1").args(args);
    let output = command.current_dir(folder).stdin(Stdio::null()).output().unwrap();
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
