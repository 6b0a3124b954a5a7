//! What every ledger promises of the lexicon's versions.

use lectern::store::{Ledger, LexiconChange, Outcome, Reread, State};

use super::{each_ledger, make, save, save_as};

fn change(author: &str, at: i64, put: &[(&str, &str)], removed: &[&str]) -> LexiconChange {
    LexiconChange {
        author: author.into(),
        at,
        put: pairs(put),
        removed: removed.iter().map(|name| (*name).to_owned()).collect(),
    }
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, content)| ((*name).to_owned(), (*content).to_owned())).collect()
}

#[test]
fn every_version_of_the_lexicon_stays_as_it_was() {
    each_ledger(|ledger| {
        assert_eq!((ledger.lexicon_version().unwrap(), ledger.lexicon(0).unwrap()), (0, vec![]));
        let changes = [
            change("Ada", 10, &[("a", "1"), ("b", "1")], &[]),
            change("Ben", 20, &[("a", "2"), ("c", "1")], &["b"]),
            change("Ada", 30, &[("b", "3")], &["a", "c"]),
        ];
        for (base, change) in (0..).zip(&changes) {
            assert_eq!(ledger.change_lexicon(base, change).unwrap(), Some(base + 1));
        }
        let versions = [
            pairs(&[]),
            pairs(&[("a", "1"), ("b", "1")]),
            pairs(&[("a", "2"), ("c", "1")]),
            pairs(&[("b", "3")]),
        ];
        for (version, entries) in (0..).zip(&versions) {
            assert_eq!(ledger.lexicon(version).unwrap(), *entries, "version {version}");
        }
        let told = ledger.lexicon_changes(i64::MAX, 2).unwrap();
        assert_eq!(told, [(3, changes[2].clone()), (2, changes[1].clone())]);
        assert_eq!(ledger.lexicon_changes(2, 9).unwrap(), [(1, changes[0].clone())]);
    });
}

#[test]
fn of_two_who_change_the_same_version_one_is_first() {
    each_ledger(|ledger| {
        let made = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|n| {
                    scope.spawn(move || {
                        let change = change("Ada", n, &[("a", &n.to_string())], &[]);
                        ledger.change_lexicon(0, &change).unwrap().is_some()
                    })
                })
                .collect();
            threads.into_iter().map(|t| t.join().unwrap()).filter(|made| *made).count()
        });
        assert_eq!((made, ledger.lexicon_version().unwrap(), ledger.lexicon(1).unwrap().len()), (1, 1, 1));
    });
}

fn behind(ledger: &dyn Ledger, version: i64) -> Vec<String> {
    let found = ledger.read_before(version, 10).unwrap();
    assert_eq!(ledger.count_read_before(version).unwrap(), found.len());
    found.into_iter().map(|r| r.article).collect()
}

#[test]
fn what_sounds_otherwise_follows_what_plays() {
    each_ledger(|ledger| {
        save(ledger, "ready", "one", 1);
        make(ledger, Outcome::Ready);
        let stored = save_as(ledger, "stored", "two", State::Stored, 2);
        let same = save(ledger, "same", "three", 3);
        assert_eq!(behind(ledger, 1), ["same", "stored", "ready"]);
        let blobs = ["clip of new".to_owned()];
        let reread = |article: &str, changed| {
            let old = ledger.newest(article).unwrap().unwrap();
            ledger.reread(&Reread { old: &old, lexicon: 1, changed, now: 9 }).unwrap().unwrap()
        };
        assert_eq!(reread("same", None).id, same.id);
        let new = reread("stored", Some(("new two", &blobs)));
        assert_eq!((new.state, new.pinned, new.lexicon), (State::Stored, false, 1));
        assert_ne!(new.id, stored.id);
        let new = reread("ready", Some(("new one", &blobs)));
        let queued = (new.state, new.pinned, new.content.as_str(), new.created);
        assert_eq!(queued, (State::Queued, true, "content of one", 9));
        assert_eq!(behind(ledger, 1), [""; 0]);
        assert_eq!(ledger.current("ready", 0).unwrap().unwrap().recording, "one", "it plays meanwhile");
        assert_eq!(ledger.revision(stored.id).unwrap().unwrap().lexicon, 0, "as it was made");
        assert_eq!(behind(ledger, 2).len(), 3);
    });
}

#[test]
fn what_was_saved_meanwhile_is_not_undone() {
    each_ledger(|ledger| {
        let old = save(ledger, "a", "one", 1);
        let again = |changed| ledger.reread(&Reread { old: &old, lexicon: 1, changed, now: 9 }).unwrap();
        save(ledger, "a", "two", 2);
        let blobs = ["clip".to_owned()];
        assert_eq!(again(Some(("new", &blobs))), None);
        assert_eq!(again(None), None);
        ledger.forget("a").unwrap();
        assert_eq!(again(None), None);
    });
}
