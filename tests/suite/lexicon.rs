//! The house's lexicon and the explanation of sentences, from the command line.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{Service, done, lectern, run, text};
use crate::http::{article, folder_of_its_own, made, mp3, until, whole};

/// A data folder with an article in it, which nobody serves.
fn folder() -> std::sync::Arc<TempDir> {
    let service = Service::start_with(&["--workers", "1"], folder_of_its_own());
    made(&service, "a", &text("Torvik won. It rained."));
    service.terminate().1
}

fn json(args: &[&str], folder: &TempDir) -> Value {
    serde_json::from_str(&done(args, folder.path())).unwrap()
}

#[test]
fn entries_are_tried_added_listed_and_taken_back() {
    let (folder, here) = (folder(), TempDir::new().unwrap());
    let data = folder.path().to_str().unwrap();
    let add = ["lexicon", "add", "Torvik", "--respell", "tall vick", "--data", data, "--author", "Ada"];
    let tried = json(&[&add[..], &["--dry-run", "--json"]].concat(), &here);
    assert_eq!(
        (&tried["sentences"], &tried["articles"], &tried["to_speak"]),
        (&1.into(), &1.into(), &1.into())
    );
    assert_eq!(done(&["lexicon", "list", "--data", data], here.path()), "version 0, 0 entries\n");
    let people = done(&[&add[..], &["--dry-run"]].concat(), here.path());
    assert!(
        people.starts_with("1 sentence in 1 article; 1 would be spoken anew at once\n\na: Torvik won.\n"),
        "{people}"
    );
    let alike = ["lexicon", "add", "Torvik", "--respell", "Torvick", "--data", data, "--dry-run"];
    let told = "0 sentences in 0 articles; 1 would be spoken anew at once\n";
    assert_eq!(done(&alike, here.path()), told, "it sounds the same");
    assert_eq!(done(&add, here.path()), "version 1: 1 entry added or changed, 0 removed\n");
    let list = done(&["lexicon", "list", "--data", data], here.path());
    assert!(list.starts_with("Torvik ") && list.contains("\"tall vick\""), "{list}");
    assert!(list.ends_with("2 articles are still to be read by it\n"), "{list}");

    fs::write(here.path().join("more.csv"), "written;letters;language\nN26;true;en\n").unwrap();
    done(&["lexicon", "import", "more.csv", "--data", data, "--author", "Ben"], here.path());
    done(&["lexicon", "export", "all.toml", "--data", data], here.path());
    let exported = fs::read_to_string(here.path().join("all.toml")).unwrap();
    assert_eq!(exported.matches("[[entry]]").count(), 2, "{exported}");
    done(&["lexicon", "remove", "Torvik", "N26;language=en", "--data", data], here.path());
    done(&["lexicon", "import", "all.toml", "--replace", "--data", data], here.path());
    let history = json(&["lexicon", "history", "--json", "--data", data], &here);
    assert_eq!(history.as_array().unwrap().len(), 4);
    assert_eq!((&history[3]["author"], &history[2]["author"]), (&"Ada".into(), &"Ben".into()));

    // Whoever starts the service next hears it.
    let service = Service::start_with(&["--workers", "1"], folder.clone());
    until("the article is not read again", || service.get("/v1/lexicon", &[]).json()["behind"] == 0);
    service.wait_ready("a");
    assert_eq!(service.synthesised(), 1);
    let busy = run(&add, here.path());
    assert!(!busy.status.success() && String::from_utf8_lossy(&busy.stderr).contains("in use"), "{busy:?}");
    for place in [["--server", &service.base], ["--data", data]] {
        let list = json(&[&["lexicon", "list", "--json"][..], &place].concat(), &here);
        assert_eq!((&list["version"], &list["behind"]), (&4.into(), &0.into()));
    }
    let added = json(&["lexicon", "add", "Weber", "--word", "--json", "--server", &service.base], &here);
    assert_eq!(added["version"], 5);
}

#[test]
fn what_is_spoken_at_once_sounds_as_in_the_house() {
    let (folder, here) = (folder(), TempDir::new().unwrap());
    let data = folder.path().to_str().unwrap();
    let voice = ["--voice".into(), crate::harness::default_voice()];
    let voice = [voice[0].as_str(), voice[1].as_str()];
    let add = ["lexicon", "add", "Torvik", "--ipa", "tɔːɹvˈiːk", "--data", data];
    done(&[&add[..], &voice].concat(), here.path());
    let files = || -> Vec<_> {
        let files = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name());
        let mut files: Vec<_> = files.collect();
        files.sort_unstable();
        files
    };
    let before = files();
    fs::write(here.path().join("a.txt"), "Torvik won. It rained.").unwrap();
    fs::write(here.path().join("a.jsonl"), "{\"id\": \"a\", \"text\": \"Torvik won. It rained.\"}\n")
        .unwrap();
    let phonemes = |args: &[&str]| {
        let script: Value = serde_json::from_str(&done(&[&["script"], args].concat(), here.path())).unwrap();
        script["blocks"][0]["sentences"][0]["phonemes"].as_str().unwrap().to_owned()
    };
    assert!(!phonemes(&["a.txt", "--json"]).contains("tɔːɹvˈiːk"), "there is no folder");
    assert!(phonemes(&["a.txt", "--json", "--data", data]).contains("tɔːɹvˈiːk"));
    assert!(phonemes(&["a.jsonl", "--jsonl", "--data", data]).contains("tɔːɹvˈiːk"));
    done(&["speak", "a.txt", "-o", "plain.mp3"], here.path());
    assert!(!here.path().join("data").exists(), "nothing was to be kept");
    assert_eq!(files(), before, "it was only to be read");
    let nowhere = run(&["speak", "a.txt", "--data", "nowhere"], here.path());
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains("--data"), "{nowhere:?}");

    let service = Service::start_with(&["--workers", "1"], folder.clone());
    until("the article is not read again", || service.get("/v1/lexicon", &[]).json()["behind"] == 0);
    service.wait_ready("a");
    let served = whole(&service, &mp3("a"));
    for (name, place) in [("folder.mp3", ["--data", data]), ("service.mp3", ["--server", &service.base])] {
        done(&[&["speak", "a.txt", "-o", name][..], &place].concat(), here.path());
        assert!(fs::read(here.path().join(name)).unwrap() == served, "{name}: other bytes");
    }
    assert!(fs::read(here.path().join("plain.mp3")).unwrap() != served, "the lexicon changes nothing");
    let would = service.send("PUT", &(article("a") + "?dry_run=true"), &[], Some(TORVIK)).json();
    assert_eq!(would["state"], "ready", "{would}");
}

/// What no flag names keeps nobody from reading; what is named has to be right.
#[test]
fn who_only_reads_needs_no_lexicon() {
    let (folder, here) = (folder(), TempDir::new().unwrap());
    let data = folder.path().to_str().unwrap();
    let ledger = folder.path().join("lectern.db");
    let script = |flags: &[&str], (name, value): (&str, &str)| {
        let mut script = lectern();
        script.args(["script", "a.txt"]).args(flags).env(name, value).current_dir(here.path());
        script.output().unwrap()
    };
    let told = |variable: (&str, &str), flag: &str, why: &str| {
        let read = script(&[], variable);
        let warned = String::from_utf8_lossy(&read.stderr);
        assert!(read.status.success() && !read.stdout.is_empty(), "{variable:?}: {warned}");
        assert!(warned.contains(why) && warned.lines().count() == 1, "{variable:?}: {warned}");
        let refused = script(&[flag, variable.1], variable);
        assert!(refused.status.code() == Some(1) && refused.stdout.is_empty(), "{flag}: {refused:?}");
        warned.into_owned()
    };
    fs::write(here.path().join("a.txt"), "Torvik won.").unwrap();
    assert_eq!(script(&["--data", data], ("LECTERN_DATA", data)).stderr, b"");
    told(("LECTERN_SERVER", "http://127.0.0.1:9"), "--server", "is the service running");
    let connection = rusqlite::Connection::open(&ledger).unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
    drop(connection);
    let earlier =
        told(("LECTERN_DATA", data), "--data", "was written by an earlier lectern; start the service");
    assert!(!earlier.contains("damaged"), "{earlier}");
    fs::write(&ledger, "no ledger at all, and long enough to be taken for one".repeat(40)).unwrap();
    told(("LECTERN_DATA", data), "--data", "if it is damaged, put a copy in its place");
}

const TORVIK: &[u8] = br#"{"text": "Torvik won. It rained."}"#;

#[test]
fn a_ledger_that_cannot_be_read_for_a_while_costs_no_change() {
    let (folder, here) = (folder(), TempDir::new().unwrap());
    let data = folder.path().to_str().unwrap();
    done(&["lexicon", "add", "Torvik", "--respell", "tall vick", "--data", data], here.path());
    let ledger = rusqlite::Connection::open(folder.path().join("lectern.db")).unwrap();
    ledger.execute_batch("ALTER TABLE lexicon_entries RENAME COLUMN content TO away").unwrap();
    let service = Service::start_with(&["--workers", "1"], folder.clone());
    until("it goes on", || service.log().matches("articles can't be read again").count() > 1);
    ledger.execute_batch("ALTER TABLE lexicon_entries RENAME COLUMN away TO content").unwrap();
    until("the article is not read again", || service.get("/v1/lexicon", &[]).json()["behind"] == 0);
    service.wait_ready("a");
    let lexicon = service.get("/v1/lexicon", &[]).json();
    assert_eq!((service.synthesised(), &lexicon["unreadable"]), (1, &0.into()));
}

#[test]
fn a_lexicon_may_come_before_the_first_article_and_from_standard_input() {
    let here = TempDir::new().unwrap();
    let add = ["lexicon", "add", "Torvik", "--respell", "tall vick"];
    let tried = done(&[&add[..], &["--dry-run"]].concat(), here.path());
    assert_eq!(tried, "0 sentences in 0 articles; 0 would be spoken anew at once\n");
    for refused in [&["lexicon", "remove", "Torvik"][..], &["lexicon", "list"]] {
        let refused = run(refused, here.path());
        assert!(String::from_utf8_lossy(&refused.stderr).contains("--data"), "{refused:?}");
    }
    assert!(!here.path().join("data").exists(), "nothing was to be kept");
    assert_eq!(done(&add, here.path()), "version 1: 1 entry added or changed, 0 removed\n");

    let piped = |args: &[&str], text: &str| {
        let mut import = lectern();
        import.args(["lexicon", "import", "-"]).args(args).current_dir(here.path());
        let mut import = import.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        import.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        String::from_utf8(import.wait_with_output().unwrap().stdout).unwrap()
    };
    let rows = "written,letters,language\nN26,true,en\nEBRD,true,en\n";
    assert_eq!(piped(&["--as", "csv"], rows), "version 2: 2 entries added or changed, 0 removed\n");
    let toml = done(&["lexicon", "export"], here.path());
    assert_eq!(piped(&["--replace"], &toml), "version 2: 0 entries added or changed, 0 removed\n");
    let csv = done(&["lexicon", "export", "-", "--as", "csv"], here.path());
    assert_eq!(csv.lines().count(), 4, "{csv}");

    let missing = run(&["lexicon", "import", "nofile.csv"], here.path());
    let told = String::from_utf8_lossy(&missing.stderr).into_owned();
    assert!(told.contains("nofile.csv: No such file") && !told.contains("HTML"), "{told}");
    assert_eq!(run(&["lexicon", "import", "names.txt"], here.path()).status.code(), Some(2));
}

#[test]
fn a_word_is_heard_before_it_is_added() {
    let here = TempDir::new().unwrap();
    let sentence = ["--in", "A sentence with Zelenskyy.", "-o", "heard.mp3"];
    let heard =
        done(&[&["lexicon", "try", "Zelenskyy", "--ipa", "zɛlˈɛnski"][..], &sentence].concat(), here.path());
    assert!(heard.contains("Zelenskyy → Zelenskyy [zɛlˈɛnski]"), "{heard}");
    assert!(heard.contains("wɪð zɛlˈɛnski."), "{heard}");
    assert!(fs::read(here.path().join("heard.mp3")).unwrap().starts_with(&[0xff, 0xf3]));
    done(&["lexicon", "try", "N26", "--letters"], here.path());
    assert!(here.path().join("N26.mp3").is_file());
    let stressed = done(&["lexicon", "try", "Zelenskyy", "--respell", "zeh-LEN-skee"], here.path());
    assert!(stressed.contains("phonemes  zɛlˈɛnski\n"), "{stressed}");
    let unknown = done(&["lexicon", "try", "Aa", "--ipa", "ɿa"], here.path());
    assert!(unknown.contains("left out  ɿ"), "{unknown}");
    let elsewhere = ["lexicon", "try", "Aa", "--word", "--in", "Nothing of it."];
    let elsewhere = run(&elsewhere, here.path());
    assert!(String::from_utf8_lossy(&elsewhere.stderr).contains("does not hold \"Aa\""), "{elsewhere:?}");
    for wrong in [
        &["add", "Aa", "--ipa", "q!!ʘ"][..],
        &["try", "Aa"],
        &["try", "Aa", "--word", "--letters"],
        &["add", "—", "--word"],
    ] {
        let failed = run(&[&["lexicon"], wrong].concat(), here.path());
        assert!(!failed.status.success(), "{wrong:?}");
    }
}

#[test]
fn a_sentence_is_explained_here_as_the_service_explains_it() {
    let here = TempDir::new().unwrap();
    let service = Service::start_with(&["--workers", "1"], folder_of_its_own());
    let explain = ["explain", "Dr. Weber came at 7 p.m.", "--json"];
    let mut local = json(&[&explain[..], &["-o", "here.mp3"]].concat(), &here);
    let there = json(&[&explain[..], &["-o", "there.mp3", "--server", &service.base]].concat(), &here);
    assert_eq!(local, there);
    let read = |name: &str| fs::read(here.path().join(name)).unwrap();
    assert!(read("here.mp3") == read("there.mp3"), "other bytes");
    assert_eq!(local["sentences"][0]["changes"][0]["rule"].take(), "abbreviation");
    let people = done(&["explain", "Dr. Weber came."], here.path());
    assert!(people.contains("abbreviation     Dr. → Doctor\n"), "{people}");
}
