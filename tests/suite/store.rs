//! What every store promises, run against each of them.

mod lexicon;
mod outbox;
mod reports;
mod uploads;

use std::collections::BTreeSet;
use std::io::Write;

use lectern::store::{
    BlobFacts, Blobs, ClipFacts, Disk, Inventory, Ledger, Memory, Outbox, Outcome, Queue, Revision,
    Revisions, Save, Sqlite, State, Store, digest,
};
use tempfile::{NamedTempFile, TempDir};

fn each_ledger(check: impl Fn(&dyn Ledger)) {
    check(&Memory::default());
    let folder = TempDir::new().unwrap();
    check(&Sqlite::open(&folder.path().join("ledger.db")).unwrap());
}

fn each_place(check: impl Fn(&dyn Blobs)) {
    check(&Memory::default());
    let folder = TempDir::new().unwrap();
    check(&Disk::open(folder.path().join("audio"), folder.path().join("tmp")).unwrap());
}

/// Saves an article that is to be made, of clips named after its recording.
fn save(ledger: &dyn Ledger, article: &str, recording: &str, now: i64) -> Revision {
    save_as(ledger, article, recording, State::Queued, now)
}

fn save_as(ledger: &dyn Ledger, article: &str, recording: &str, state: State, now: i64) -> Revision {
    let blobs = [format!("clip of {recording}"), "shared clip".to_owned()];
    let content = format!("content of {recording}");
    let save = Save {
        article,
        title: Some(recording),
        url: None,
        content: &content,
        recording,
        blobs: &blobs,
        state,
        now,
        live: 0,
        lexicon: 0,
    };
    ledger.save(&save).unwrap().0
}

/// Claims the next revision, which must be there, and ends it.
fn make(ledger: &dyn Ledger, outcome: Outcome) -> Revision {
    let claimed = ledger.claim(1_000, 2_000).unwrap().expect("nothing is due");
    assert_eq!(claimed.state, State::Rendering);
    keep(ledger, &format!("clip of {}", claimed.recording), 100);
    keep(ledger, "shared clip", 100);
    assert!(ledger.finish(claimed.id, claimed.lease, &outcome).unwrap());
    ledger.revision(claimed.id).unwrap().unwrap()
}

fn keep(ledger: &dyn Ledger, name: &str, bytes: u64) {
    ledger.kept(name, &BlobFacts { bytes, digest: digest(name.as_bytes()) }).unwrap();
}

#[test]
fn the_last_ready_revision_plays_until_the_next_is_whole() {
    each_ledger(|ledger| {
        let playing = |by| ledger.current("a", by).unwrap().map(|r| r.recording);
        assert_eq!(playing(0), None);
        save(ledger, "a", "one", 1);
        assert_eq!(playing(0).as_deref(), Some("one"), "before any is ready, the newest plays");
        make(ledger, Outcome::Ready);
        save(ledger, "a", "two", 2);
        assert_eq!(playing(0).as_deref(), Some("one"));
        assert_eq!(ledger.newest("a").unwrap().unwrap().recording, "two");
        make(ledger, Outcome::Ready);
        assert_eq!(playing(0).as_deref(), Some("two"));
        assert_eq!(ledger.with_recording("one").unwrap()[0].recording, "one");
        assert!(ledger.forget("a").unwrap());
        assert!(!ledger.forget("a").unwrap());
        assert_eq!(playing(0), None);
    });
}

#[test]
fn the_last_note_on_a_document_is_kept() {
    each_ledger(|ledger| {
        assert_eq!(ledger.visit("https://quay.example/").unwrap(), None);
        for note in ["one", "two"] {
            ledger.visited("https://quay.example/", note).unwrap();
            assert_eq!(ledger.visit("https://quay.example/").unwrap().as_deref(), Some(note));
        }
        assert_eq!(ledger.visit("https://quay.example").unwrap(), None);
    });
}

#[test]
fn a_revision_plays_from_the_time_it_goes_live() {
    each_ledger(|ledger| {
        save(ledger, "a", "one", 1);
        make(ledger, Outcome::Ready);
        let blobs = [];
        let later = Save {
            article: "a",
            title: None,
            url: None,
            content: "",
            recording: "two",
            blobs: &blobs,
            state: State::Queued,
            now: 2,
            live: 500,
            lexicon: 0,
        };
        ledger.save(&later).unwrap();
        make(ledger, Outcome::Ready);
        let playing = |by| ledger.current("a", by).unwrap().unwrap().recording;
        assert_eq!((playing(499).as_str(), playing(500).as_str()), ("one", "two"));
    });
}

/// Of many who save an article at once each is told what was there before him, and no two the same.
#[test]
fn a_save_tells_what_it_replaces() {
    each_ledger(|ledger| {
        let save = |n: usize| {
            let recording = n.to_string();
            let (title, url, blobs, state) = (None, None, &[][..], State::Stored);
            let (article, content) = ("a", &*recording);
            let (now, live, lexicon) = (1, 0, 0);
            let recording = &*recording;
            ledger
                .save(&Save { article, title, url, content, recording, blobs, state, now, live, lexicon })
                .unwrap()
        };
        let told = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..16).map(|n| scope.spawn(move || save(n))).collect();
            let told = threads.into_iter().map(|thread| thread.join().unwrap());
            told.map(|(saved, before)| (before.map(|b| b.id), saved.id)).collect::<BTreeSet<_>>()
        });
        let chain: Vec<_> = told.iter().map(|(before, _)| *before).skip(1).collect();
        assert_eq!(told.first().unwrap().0, None);
        assert_eq!(chain, told.iter().map(|(_, saved)| Some(*saved)).take(15).collect::<Vec<_>>());
        let last = ledger.newest("a").unwrap().unwrap();
        let (again, before) = save(last.content.parse().unwrap());
        assert_eq!((again.id, before.map(|b| b.id)), (last.id, Some(last.id)), "it is the same");
    });
}

/// A stop says so where a part of the ledger is not in its file, which may be copied alone.
#[test]
fn a_ledger_that_others_read_is_not_settled() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ledger.db");
    let ledger = Sqlite::open(&path).unwrap();
    save(&ledger, "a", "one", 1);
    let reader = rusqlite::Connection::open(&path).unwrap();
    reader.execute_batch("BEGIN; SELECT id FROM revisions").unwrap();
    save(&ledger, "a", "two", 2);
    let told = ledger.settle().unwrap_err().to_string();
    assert!(told.contains("read by another process") && !told.contains("damaged"), "{told}");
    drop(reader);
    ledger.settle().unwrap();
    assert_eq!(std::fs::metadata(folder.path().join("ledger.db-wal")).unwrap().len(), 0);
}

#[test]
fn what_sounds_the_same_is_the_same_revision() {
    each_ledger(|ledger| {
        let first = save_as(ledger, "a", "one", State::Stored, 1);
        assert!(!first.pinned);
        let again = save(ledger, "a", "one", 2);
        assert_eq!((again.id, again.state, again.pinned), (first.id, State::Queued, true));
        make(ledger, Outcome::Ready);
        assert_eq!(save(ledger, "a", "one", 3).state, State::Ready, "made is made");
        make_nothing(ledger);
        assert_ne!(save(ledger, "a", "two", 4).id, first.id);
    });
}

fn make_nothing(ledger: &dyn Ledger) {
    assert_eq!(ledger.claim(1_000_000, 2_000_000).unwrap(), None);
}

#[test]
fn only_one_of_many_gets_a_revision_to_make() {
    each_ledger(|ledger| {
        save(ledger, "a", "one", 1);
        let claims = std::thread::scope(|scope| {
            let claim = || scope.spawn(|| ledger.claim(1_000, 2_000).unwrap().is_some());
            let threads: Vec<_> = (0..8).map(|_| claim()).collect();
            threads.into_iter().map(|t| t.join().unwrap()).filter(|got| *got).count()
        });
        assert_eq!(claims, 1);
    });
}

#[test]
fn who_is_not_heard_of_any_more_loses_his_lease() {
    each_ledger(|ledger| {
        save(ledger, "a", "one", 1);
        let first = ledger.claim(1_000, 2_000).unwrap().unwrap();
        assert_eq!(ledger.claim(1_999, 3_000).unwrap(), None);
        assert_eq!(ledger.next_due().unwrap(), Some(2_000));
        assert!(ledger.beat(first.id, first.lease, 4_000).unwrap());
        assert_eq!(ledger.claim(3_999, 5_000).unwrap(), None, "a beat makes the lease longer");
        let second = ledger.claim(4_000, 9_000).unwrap().unwrap();
        assert_eq!((second.id, second.attempts), (first.id, 2));
        assert!(!ledger.beat(first.id, first.lease, 9_000).unwrap());
        assert!(!ledger.finish(first.id, first.lease, &Outcome::Ready).unwrap());
        assert!(ledger.finish(second.id, second.lease, &Outcome::Ready).unwrap());
    });
}

#[test]
fn what_failed_for_now_is_due_later_and_what_failed_stays_so() {
    each_ledger(|ledger| {
        save(ledger, "a", "one", 1);
        make(ledger, Outcome::Later { due: 5_000, counts: true });
        assert_eq!(ledger.claim(4_999, 9_000).unwrap(), None);
        assert_eq!(ledger.release().unwrap(), 1);
        let failed = make(ledger, Outcome::Failed("no voice".into()));
        assert_eq!((failed.state, failed.error.as_deref()), (State::Failed, Some("no voice")));
        make_nothing(ledger);
        assert!(ledger.want(failed.id).unwrap(), "an editor may have it tried again");
        assert!(!ledger.want(failed.id).unwrap());
        assert_eq!(make(ledger, Outcome::Ready).attempts, 1);
    });
}

#[test]
fn what_is_cancelled_waits_for_a_press() {
    each_ledger(|ledger| {
        save(ledger, "a", "one", 1);
        let claimed = ledger.claim(1_000, 2_000).unwrap().unwrap();
        assert_eq!(ledger.cancel("a").unwrap(), 1);
        assert!(!ledger.beat(claimed.id, claimed.lease, 9_000).unwrap());
        make_nothing(ledger);
        assert_eq!(ledger.next_due().unwrap(), None);
        assert!(ledger.queue(claimed.id).unwrap());
        assert!(!ledger.queue(claimed.id).unwrap());
        assert!(ledger.claim(1_000, 2_000).unwrap().is_some());
    });
}

#[test]
fn only_what_has_all_its_clips_becomes_ready() {
    each_ledger(|ledger| {
        save(ledger, "a", "one", 1);
        let claimed = ledger.claim(1_000, 2_000).unwrap().unwrap();
        keep(ledger, "clip of one", 10);
        assert!(ledger.finish(claimed.id, claimed.lease, &Outcome::Ready).unwrap());
        assert_eq!(ledger.revision(claimed.id).unwrap().unwrap().state, State::Stored, "one made room");
    });
}

#[test]
fn what_made_room_plays_on_until_the_next_is_whole() {
    each_ledger(|ledger| {
        save(ledger, "a", "one", 1);
        make(ledger, Outcome::Ready);
        ledger.gone(&["clip of one".to_owned()]).unwrap();
        save(ledger, "a", "two", 2);
        let playing = || ledger.current("a", 0).unwrap().unwrap().recording;
        assert_eq!(playing(), "one");
        make(ledger, Outcome::Failed("no voice".into()));
        assert_eq!(playing(), "one", "and not what failed");
        save(ledger, "a", "three", 3);
        make(ledger, Outcome::Ready);
        assert_eq!(playing(), "three");
    });
}

#[test]
fn articles_that_say_the_same_share_a_recording() {
    each_ledger(|ledger| {
        save(ledger, "a", "one", 1);
        save(ledger, "b", "one", 2);
        let articles: Vec<_> = ledger.with_recording("one").unwrap().into_iter().map(|r| r.article).collect();
        assert_eq!(articles, ["b", "a"]);
    });
}

#[test]
fn only_faults_of_its_own_count_against_an_article() {
    each_ledger(|ledger| {
        save(ledger, "a", "one", 1);
        let full = Outcome::Later { due: 0, counts: false };
        assert_eq!(make(ledger, full.clone()).attempts, 0);
        assert_eq!(make(ledger, full).attempts, 0);
        assert_eq!(make(ledger, Outcome::Later { due: 0, counts: true }).attempts, 1);
        make(ledger, Outcome::Failed("no voice".into()));
        assert_eq!(save(ledger, "a", "one", 2).attempts, 0, "saved again, it is tried anew");
    });
}

#[test]
fn another_recording_is_made_again() {
    each_ledger(|ledger| {
        let id = save(ledger, "a", "one", 1).id;
        make(ledger, Outcome::Ready);
        keep(ledger, "clip of one", 10);
        keep(ledger, "new clip", 10);
        ledger.rename(id, "two", &["new clip".to_owned()]).unwrap();
        assert_eq!(make(ledger, Outcome::Ready).recording, "two");
        assert_eq!(ledger.coldest(1).unwrap()[0].0, "clip of one", "nothing uses it now");
    });
}

#[test]
fn history_is_forgotten_but_never_what_plays_or_will() {
    each_ledger(|ledger| {
        for (now, recording) in (1..).zip(["one", "two", "three"]) {
            save(ledger, "a", recording, now);
            make(ledger, Outcome::Ready);
        }
        save(ledger, "a", "four", 4);
        assert_eq!(ledger.forget_history(3, 4).unwrap(), 2);
        assert_eq!(ledger.forget_history(100, 100).unwrap(), 0);
        let left = ["one", "two", "three", "four"].map(|r| !ledger.with_recording(r).unwrap().is_empty());
        assert_eq!(left, [false, false, true, true]);
    });
}

#[test]
fn what_plays_is_kept_while_its_successor_is_not_live_yet() {
    each_ledger(|ledger| {
        save(ledger, "a", "old", 1);
        make(ledger, Outcome::Ready);
        let blobs = ["clip of next".to_owned()];
        let next = Save {
            article: "a",
            title: None,
            url: None,
            content: "next",
            recording: "next",
            blobs: &blobs,
            state: State::Queued,
            now: 2,
            live: 1_000,
            lexicon: 0,
        };
        ledger.save(&next).unwrap();
        make(ledger, Outcome::Ready);
        assert_eq!(ledger.forget_history(500, 500).unwrap(), 0);
        assert_eq!(ledger.current("a", 500).unwrap().unwrap().recording, "old");
        assert_eq!(ledger.forget_history(500, 1_000).unwrap(), 1, "its successor plays");
    });
}

#[test]
fn articles_are_listed_page_by_page() {
    each_ledger(|ledger| {
        for id in ["b", "a", "c"] {
            save(ledger, id, &format!("first of {id}"), 1);
            save(ledger, id, id, 2);
        }
        let ids = |after, state, limit| {
            let found = ledger.list(after, state, limit).unwrap();
            found.into_iter().map(|r| r.title.unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(ids("", None, 2), ["a", "b"]);
        assert_eq!(ids("b", None, 2), ["c"]);
        assert_eq!(ids("", Some(State::Ready), 2), [""; 0]);
    });
}

#[test]
fn what_no_revision_uses_can_be_forgotten() {
    each_ledger(|ledger| {
        let plan = |name: &str| (name.to_owned(), ClipFacts { frames: 5, words: "[]".into() });
        save(ledger, "a", "one", 1);
        save(ledger, "b", "two", 1);
        for name in ["clip of one", "clip of two", "shared clip", "a WAV"] {
            keep(ledger, name, 10);
        }
        ledger.planned(&[plan("clip of one"), plan("never made")]).unwrap();
        let unused = |after, limit| ledger.unused(after, limit).unwrap();
        assert_eq!(unused("", 10), ["a WAV", "never made"]);
        ledger.forget("a").unwrap();
        assert_eq!(unused("", 10), ["a WAV", "clip of one", "never made"]);
        assert_eq!((unused("", 1), unused("a WAV", 1)), (vec!["a WAV".into()], vec!["clip of one".into()]));
        let names = ["clip of one", "clip of two", "shared clip", "never made"].map(str::to_owned);
        assert_eq!(
            ledger.forget_unused(&names).unwrap(),
            ["clip of one", "never made"],
            "others use the rest"
        );
        assert_eq!(ledger.blob("clip of one").unwrap(), None);
        assert_eq!(ledger.clips(&names[..1]).unwrap(), [None]);
        assert_eq!(ledger.used().unwrap(), 30);
    });
}

#[test]
fn plans_stay_as_they_were_first_noted() {
    each_ledger(|ledger| {
        let facts = |frames| ClipFacts { frames, words: "[]".into() };
        ledger.planned(&[("x".into(), facts(5))]).unwrap();
        ledger.planned(&[("x".into(), facts(6)), ("y".into(), facts(7))]).unwrap();
        let names = ["y", "z", "x"].map(str::to_owned);
        assert_eq!(ledger.clips(&names).unwrap(), [Some(facts(7)), None, Some(facts(5))]);
    });
}

#[test]
fn room_is_made_by_what_was_not_heard_for_longest_and_last_by_what_editors_want() {
    each_ledger(|ledger| {
        let pinned = save(ledger, "pinned", "pinned", 1);
        make(ledger, Outcome::Ready);
        let cold = save_as(ledger, "cold", "cold", State::Stored, 2_000);
        let warm = save_as(ledger, "warm", "warm", State::Stored, 2_001);
        ledger.heard(&[(warm.id, 9_000), (cold.id, 8_000), (cold.id, 7_000)]).unwrap();
        for name in ["clip of warm", "clip of cold", "clip of pinned", "shared clip", "of nobody"] {
            keep(ledger, name, 100);
        }
        keep(ledger, "of nobody", 50);
        assert_eq!(ledger.used().unwrap(), 450, "each counts once");
        let order: Vec<_> = ledger.coldest(10).unwrap().into_iter().map(|(name, _)| name).collect();
        let wanted = ["of nobody", "clip of cold", "clip of warm", "clip of pinned", "shared clip"];
        assert_eq!(order, wanted);
        assert_eq!(ledger.coldest(1).unwrap(), [("of nobody".to_owned(), 50)]);
        ledger.gone(&["of nobody".to_owned(), "clip of pinned".to_owned()]).unwrap();
        assert_eq!((ledger.used().unwrap(), ledger.blob("of nobody").unwrap()), (300, None));
        assert_eq!(ledger.revision(pinned.id).unwrap().unwrap().state, State::Stored, "no longer whole");
        let rest: Vec<_> = ledger.blobs("clip of cold", 2).unwrap().into_iter().map(|(n, _)| n).collect();
        assert_eq!(rest, ["clip of warm", "shared clip"]);
    });
}

#[test]
fn bytes_are_whole_or_not_there() {
    each_place(|place| {
        assert_eq!((place.length("a/b"), place.read("a/b", 0..0)), (None, None));
        place.put("a/b", b"0123456789").unwrap();
        assert_eq!(place.length("a/b"), Some(10));
        assert_eq!(place.read("a/b", 0..10).unwrap(), b"0123456789");
        assert_eq!(place.read("a/b", 3..5).unwrap(), b"34");
        assert_eq!(place.read("a/b", 3..3).unwrap(), b"");
        assert_eq!((place.read("a/b", 3..11), place.read("a/b", 11..12)), (None, None));
        place.put("a/b", b"other").unwrap();
        assert_eq!(place.read("a/b", 0..5).unwrap(), b"other");
    });
}

#[test]
fn files_become_blobs_and_blobs_can_be_removed() {
    each_place(|place| {
        // Beside nothing in particular: a store takes it wherever it can.
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(b"from a file").unwrap();
        place.put_file("c/d", file).unwrap();
        assert_eq!(place.read("c/d", 0..11).unwrap(), b"from a file");
        place.put("a/b", b"x").unwrap();
        let mut names = place.names().unwrap();
        names.sort();
        assert_eq!(names, ["a/b", "c/d"]);
        let open = place.open("c/d").unwrap();
        place.remove("c/d").unwrap();
        place.remove("c/d").unwrap();
        assert!(place.open("c/d").is_none());
        assert_eq!(open.read(2..6).unwrap(), b"om a", "whoever is in the middle of it does not notice");
        assert_eq!(place.names().unwrap(), ["a/b"]);
    });
}

#[test]
fn what_is_kept_again_is_not_removed_for_what_was_there() {
    let folder = TempDir::new().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let names = ["clips/aa/a-64.mp3".to_owned()];
    let noted = || store.ledger.blob(&names[0]).unwrap().is_some();
    for round in 0..100 {
        std::thread::scope(|scope| {
            scope.spawn(|| store.keep(&names[0], b"bytes").unwrap());
            scope.spawn(|| {
                if round % 2 == 0 { store.remove(&names) } else { store.remove_unknown(&names[0]).map(drop) }
            });
        });
        assert_eq!(store.blobs.length(&names[0]).is_some(), noted(), "round {round}");
    }
}

/// A ledger of the first schema: its articles are still there, and made again.
#[test]
fn a_ledger_of_an_earlier_version_is_taken_over() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ledger.db");
    let first = "CREATE TABLE revisions (id INTEGER PRIMARY KEY AUTOINCREMENT, article TEXT NOT NULL,
            content TEXT NOT NULL, recording TEXT NOT NULL, state TEXT NOT NULL, error TEXT,
            created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT;
        CREATE INDEX revisions_of_article ON revisions (article, id);
        CREATE INDEX revisions_by_recording ON revisions (recording);
        CREATE INDEX revisions_by_state ON revisions (state);
        CREATE TABLE clips (name TEXT PRIMARY KEY, frames INTEGER NOT NULL, digest TEXT) STRICT, WITHOUT ROWID;
        INSERT INTO revisions (article, content, recording, state) VALUES ('a', 'it', 'one', 'ready');
        PRAGMA user_version = 1;";
    rusqlite::Connection::open(&path).unwrap().execute_batch(first).unwrap();
    let ledger = Sqlite::open(&path).unwrap();
    let kept = ledger.current("a", 0).unwrap().unwrap();
    assert_eq!((kept.content.as_str(), kept.state), ("it", State::Stored));
    drop(ledger);
    assert_eq!(Sqlite::open(&path).unwrap().newest("a").unwrap(), Some(kept));
}

/// A ledger from before anybody was told of anything.
#[test]
fn what_was_ready_before_there_were_events_is_no_news() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ledger.db");
    let ledger = Sqlite::open(&path).unwrap();
    let id = save(&ledger, "a", "one", 1).id;
    make(&ledger, Outcome::Ready);
    drop(ledger);
    let before = "DROP TRIGGER revision_turned; DROP TABLE told; DROP TABLE events; DROP TABLE deliveries;";
    rusqlite::Connection::open(&path).unwrap().execute_batch(before).unwrap();
    let ledger = Sqlite::open(&path).unwrap();
    let news = || ledger.events(9).unwrap().len();
    ledger.gone(&["clip of one".to_owned()]).unwrap();
    assert!(ledger.queue(id).unwrap());
    assert_eq!((make(&ledger, Outcome::Ready).state, news()), (State::Ready, 0));
    ledger.rename(id, "two", &[]).unwrap();
    assert_eq!((make(&ledger, Outcome::Ready).state, news()), (State::Ready, 1), "another recording is");
}

/// A ledger of the second schema: all of it is still there, and what lists need is found in it.
#[test]
fn a_ledger_of_the_second_version_is_taken_over() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ledger.db");
    let second = r#"CREATE TABLE revisions (id INTEGER PRIMARY KEY AUTOINCREMENT, article TEXT NOT NULL,
            content TEXT NOT NULL, recording TEXT NOT NULL, state TEXT NOT NULL, error TEXT,
            pinned INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
            lease INTEGER NOT NULL DEFAULT 0, whole INTEGER NOT NULL DEFAULT 0,
            created INTEGER NOT NULL DEFAULT 0, heard INTEGER NOT NULL DEFAULT 0,
            due INTEGER NOT NULL DEFAULT 0, live INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE TABLE uses (blob TEXT NOT NULL, revision INTEGER NOT NULL REFERENCES revisions (id) ON DELETE CASCADE,
            PRIMARY KEY (blob, revision)) STRICT, WITHOUT ROWID;
        INSERT INTO revisions (article, content, recording, state)
            VALUES ('a', '{"title": "Headline"}', 'one', 'ready'), ('b', 'damaged', 'two', 'stored');
        INSERT INTO uses VALUES ('clip', 1);
        PRAGMA user_version = 2;"#;
    rusqlite::Connection::open(&path).unwrap().execute_batch(second).unwrap();
    let ledger = Sqlite::open(&path).unwrap();
    let kept = ledger.current("a", 0).unwrap().unwrap();
    assert_eq!((kept.content.as_str(), kept.state), (r#"{"title": "Headline"}"#, State::Ready));
    let titles: Vec<_> = ledger.list("", None, 9).unwrap().into_iter().map(|found| found.title).collect();
    assert_eq!(titles, [Some("Headline".to_owned()), None]);
    keep(&ledger, "clip", 10);
    assert_eq!(ledger.unused("", 9).unwrap(), [""; 0], "and it is still known what uses what");
}
