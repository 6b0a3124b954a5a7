//! Files and flags that can't be used, at the command line.

use std::fs;
use std::process::Stdio;

use super::{Case, fails, folder, told};
use crate::harness::{lectern, voices};

#[test]
fn inputs_that_are_no_text() {
    let folder = folder();
    fs::create_dir(folder.path().join("folder.txt")).unwrap();
    let files: [(&str, &[u8]); 8] = [
        ("article.json", br#"{"titel": "Bread", "text": "It rose."}"#),
        ("latin.txt", b"Caf\xe9 au lait"),
        ("nul.txt", b"Good \0 morning"),
        ("empty.txt", b""),
        ("blank.txt", b" \n\n "),
        ("marks.txt", b"* * *"),
        ("images.html", b"<p><img src=a.jpg></p>"),
        ("sound.txt", b"\xff\xf3\x84\xc4"),
    ];
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let inputs: [(&str, &[&str]); 10] = [
        ("article.json", &["not an article in JSON", "titel"]),
        ("missing.txt", &["missing.txt", "No such file", "name a file, or -"]),
        ("folder.txt", &["folder.txt", "directory", "name a file, or -"]),
        ("latin.txt", &["latin.txt", "not UTF-8 from byte 3", "save it as UTF-8"]),
        ("sound.txt", &["sound.txt", "not UTF-8 from byte 0"]),
        ("nul.txt", &["NUL", "byte 5", "send text only"]),
        ("empty.txt", &["nothing to read", "a letter or a digit"]),
        ("blank.txt", &["nothing to read"]),
        ("marks.txt", &["nothing to read"]),
        ("images.html", &["nothing to read"]),
    ];
    for (input, names) in inputs {
        fails(folder.path(), (&["speak", input], 1, names));
    }
    for input in ["missing.txt", "folder.txt", "latin.txt", "nul.txt", "marks.txt"] {
        fails(folder.path(), (&["script", input], 1, &[]));
    }
}

#[test]
fn outputs_that_cannot_be_written() {
    let folder = folder();
    fs::create_dir(folder.path().join("folder.mp3")).unwrap();
    let suffix = "must end in .mp3 or .wav";
    let elsewhere = "name another file, in a folder that can be written";
    let table: [Case<'_>; 11] = [
        (&["speak", "a.txt", "-o", "a.ogg"], 2, &["a.ogg", suffix]),
        (&["speak", "a.txt", "-o", "a"], 2, &[suffix]),
        (&["speak", "a.txt", "-o", "a.MP3.txt"], 2, &[suffix]),
        (&["speak", "."], 2, &[suffix]),
        (&["speak", "a.txt", "--marks", "a.srt"], 2, &["a.srt", "must end in .vtt or .json"]),
        (&["speak", "-"], 2, &["-o FILE.mp3"]),
        (&["speak", "a.txt", "-o", "a.txt/b.mp3"], 1, &["a.txt/b.mp3", "Not a directory", elsewhere]),
        (&["speak", "a.txt", "-o", "nowhere/b.wav"], 1, &["nowhere/b.wav", "No such file", elsewhere]),
        (
            &["speak", "a.txt", "-o", "a.mp3", "--marks", "nowhere/a.vtt"],
            1,
            &["nowhere/a.vtt", "No such file", elsewhere],
        ),
        (&["speak", "a.txt", "-o", "folder.mp3"], 1, &["folder.mp3", "directory", elsewhere]),
        (&["speak", "a.txt", "-o", "/proc/b.mp3"], 1, &["/proc/b.mp3", elsewhere]),
    ];
    for case in table {
        fails(folder.path(), case);
    }
    assert!(!folder.path().join("a.mp3").exists(), "the sound was made for nothing");
}

#[test]
fn wishes_that_cannot_be_met() {
    let folder = folder();
    let here = format!("these are here: {}", voices().ids().join(", "));
    let here = here.as_str();
    let table: [Case<'_>; 8] = [
        (&["speak", "a.txt", "--voice", "nobody"], 1, &["\"nobody\"", here]),
        (&["speak", "a.txt", "--voice", "en_US-joe-medium#two"], 1, &["en_US-joe-medium#two"]),
        (&["speak", "a.txt", "--language", "de"], 1, &["\"de\"", here]),
        (&["speak", "a.txt", "--speed", "9"], 2, &["speed", "0.5 to 2.0"]),
        (&["speak", "a.txt", "--speed", "NaN"], 2, &["speed", "0.5 to 2.0"]),
        (&["speak", "a.txt", "--bitrate", "63"], 2, &["mp3_kbps", "one of 32, 40"]),
        (&["speak", "a.txt", "--workers", "9999"], 2, &["workers", "at most 1024"]),
        (&["health", "http://127.0.0.1:1/readyz"], 1, &["127.0.0.1:1", "not ready"]),
    ];
    for case in table {
        fails(folder.path(), case);
    }
}

#[test]
fn what_was_there_before_a_failure_stays() {
    let folder = folder();
    fs::write(folder.path().join("a.mp3"), "an older take").unwrap();
    let table: [Case<'_>; 3] = [
        (&["speak", "a.txt", "--voice", "nobody"], 1, &[]),
        (&["speak", "missing.txt", "-o", "a.mp3"], 1, &[]),
        (&["speak", "a.txt", "--language", "xx", "-o", "a.mp3"], 1, &[]),
    ];
    for case in table {
        fails(folder.path(), case);
        assert_eq!(fs::read_to_string(folder.path().join("a.mp3")).unwrap(), "an older take");
    }
}

/// A reader that has seen enough is no failure.
#[test]
fn a_closed_pipe_is_no_failure() {
    let folder = folder();
    fs::write(folder.path().join("long.txt"), "Good morning. ".repeat(20_000)).unwrap();
    let mut command = lectern();
    command.args(["script", "long.txt"]).current_dir(folder.path());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), told(&output).as_str()), (Some(0), ""));
}
