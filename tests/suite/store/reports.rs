//! What every ledger tells of how things stand.

use lectern::store::{ClipFacts, Made, Outcome, State, Totals};

use super::{each_ledger, keep, make, make_nothing, save, save_as};

const HOUR: i64 = 60 * 60 * 1000;

#[test]
fn a_revision_is_made_clip_by_clip() {
    each_ledger(|ledger| {
        let saved = save(ledger, "a", "one", 1);
        let made = |kept, frames| Made { clips: 2, kept, frames };
        assert_eq!(ledger.made(saved.id).unwrap(), made(0, 0));
        let facts = |frames| ClipFacts { frames, words: "[]".into() };
        ledger.planned(&[("clip of one".into(), facts(40)), ("shared clip".into(), facts(2))]).unwrap();
        assert_eq!(ledger.made(saved.id).unwrap(), made(0, 0), "a plan makes no sound");
        keep(ledger, "clip of one", 100);
        assert_eq!(ledger.made(saved.id).unwrap(), made(1, 40));
        keep(ledger, "shared clip", 100);
        assert_eq!(ledger.made(saved.id).unwrap(), made(2, 42));
        assert_eq!(ledger.made(99).unwrap(), Made::default());
    });
}

#[test]
fn a_revision_may_be_taken_before_its_turn() {
    each_ledger(|ledger| {
        save(ledger, "a", "one", 1);
        let second = save(ledger, "b", "two", 1);
        let taken = ledger.claim_one(second.id, 1_000, 2_000).unwrap().unwrap();
        assert_eq!((taken.id, taken.state, taken.attempts), (second.id, State::Rendering, 1));
        assert_eq!(ledger.claim_one(second.id, 1_999, 3_000).unwrap(), None, "somebody has it");
        assert_eq!(make(ledger, Outcome::Ready).article, "a");
        make_nothing_before(ledger, 2_000);
        let again = ledger.claim_one(second.id, 2_000, 3_000).unwrap().unwrap();
        assert!(ledger.finish(again.id, again.lease, &Outcome::Stored).unwrap());
        assert_eq!(ledger.claim_one(second.id, 9_000, 9_999).unwrap(), None, "nobody wants it");
        make_nothing(ledger);
    });
}

fn make_nothing_before(ledger: &dyn lectern::store::Ledger, time: i64) {
    assert_eq!(ledger.claim(time - 1, time + 1_000).unwrap(), None);
}

#[test]
fn totals_count_newest_revisions_and_listens_by_the_hour() {
    each_ledger(|ledger| {
        assert_eq!(ledger.totals(0, 0).unwrap(), Totals::default());
        save(ledger, "a", "one", 1);
        make(ledger, Outcome::Ready);
        save(ledger, "a", "two", 2);
        save_as(ledger, "b", "three", State::Stored, 3);
        keep(ledger, "clips/ab/abc-64.mp3", 1_000);
        ledger.listened(&[(5 * HOUR, 2), (6 * HOUR + 1, 3)]).unwrap();
        ledger.listened(&[(6 * HOUR + 7, 1)]).unwrap();
        let totals = |since| ledger.totals(10, since).unwrap();
        let mut articles = totals(0).articles;
        articles.sort_by_key(|(state, _)| state.name());
        assert_eq!(articles, [(State::Queued, 1), (State::Stored, 1)]);
        // "shared clip" is there, "clip of two" is not.
        assert_eq!((totals(0).lacking, totals(0).clip_bytes, totals(0).drafts), (1, 1_000, 0));
        let listens = [0, 6 * HOUR - 1, 6 * HOUR + 30, 7 * HOUR].map(|since| totals(since).listens);
        assert_eq!(listens, [6, 6, 4, 0]);
        assert_eq!(ledger.totals(-1, 0).unwrap().drafts, 2);
    });
}
