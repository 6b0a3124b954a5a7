//! What every ledger promises of recordings by people.

use lectern::store::{EventKind, Ledger, State, Upload};

use super::{each_ledger, keep, save_as};

fn upload(article: &str, recording: &str) -> Upload {
    Upload {
        article: article.into(),
        recording: recording.into(),
        frames: 10,
        kbps: 64,
        original: format!("original of {recording}"),
        kind: "audio/flac".into(),
        text: "digest".into(),
        at: 7,
    }
}

/// Keeps an upload's blobs, and notes it.
pub(super) fn put(ledger: &dyn Ledger, article: &str, recording: &str) -> bool {
    let upload = upload(article, recording);
    upload.blobs().iter().for_each(|name| keep(ledger, name, 1));
    ledger.upload(&upload).unwrap()
}

#[test]
fn an_article_has_the_last_recording_that_came() {
    each_ledger(|ledger| {
        assert!(!put(ledger, "a", "one"), "there is no such article");
        assert_eq!(ledger.uploaded("a").unwrap(), None);
        save_as(ledger, "a", "voice", State::Stored, 1);
        save_as(ledger, "b", "voice", State::Stored, 1);
        assert!(put(ledger, "a", "one") && put(ledger, "b", "one") && put(ledger, "a", "two"));
        assert_eq!(ledger.uploaded("a").unwrap(), Some(upload("a", "two")));
        assert_eq!(ledger.uploads_named("one").unwrap(), [upload("b", "one")]);
        assert!(ledger.withdraw("a").unwrap());
        assert!(!ledger.withdraw("a").unwrap());
        assert!(ledger.forget("b").unwrap());
        assert_eq!(ledger.uploaded("b").unwrap(), None);
    });
}

#[test]
fn what_is_heard_anew_is_told_of() {
    each_ledger(|ledger| {
        save_as(ledger, "a", "voice", State::Stored, 1);
        let told =
            || ledger.events(9).unwrap().iter().map(|e| (e.kind, e.article.clone())).collect::<Vec<_>>();
        assert!(put(ledger, "a", "one") && put(ledger, "a", "one"));
        assert_eq!(told(), [(EventKind::Ready, "a".into())], "the same again is no news");
        put(ledger, "a", "two");
        assert_eq!(told().len(), 2);
        // The voice has not read it yet.
        ledger.withdraw("a").unwrap();
        assert_eq!(told().len(), 2);
        save_as(ledger, "b", "voice", State::Ready, 1);
        let before = told().len();
        put(ledger, "b", "one");
        ledger.withdraw("b").unwrap();
        ledger.withdraw("b").unwrap();
        assert_eq!(told().len(), before + 2);
    });
}

#[test]
fn only_blobs_of_no_article_are_left_over_and_none_can_be_done_without() {
    each_ledger(|ledger| {
        keep(ledger, "clips/aa/a-64.mp3", 1);
        save_as(ledger, "a", "voice", State::Stored, 1);
        save_as(ledger, "b", "voice", State::Stored, 1);
        put(ledger, "a", "one");
        put(ledger, "b", "one");
        let names = |blobs: Vec<(String, u64)>| blobs.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names(ledger.coldest(100).unwrap()), ["clips/aa/a-64.mp3"]);
        assert_eq!(ledger.used().unwrap(), 1, "they take nobody's room");
        put(ledger, "a", "two");
        assert_eq!(ledger.left_over().unwrap().len(), 0, "b still has the first");
        ledger.withdraw("b").unwrap();
        let mut left = ledger.left_over().unwrap();
        left.sort();
        let mut first = upload("b", "one").blobs();
        first.sort();
        assert_eq!(left, first);
        ledger.gone(&left).unwrap();
        assert_eq!(ledger.left_over().unwrap().len(), 0);
    });
}
