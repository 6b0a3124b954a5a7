//! What happens is noted with the change itself, and sent until it arrives.

use lectern::store::{
    BlobFacts, ClipFacts, Delivery, DeliveryState, EventKind, Ledger, Outcome, State, Tried, Wanted, digest,
};

use super::uploads::put;
use super::{each_ledger, make, save, save_as};

fn events(ledger: &dyn Ledger) -> Vec<(EventKind, String, Option<String>)> {
    let events = ledger.events(100).unwrap();
    events.into_iter().map(|e| (e.kind, e.article, e.reason)).collect()
}

/// Has every event sent to these receivers.
fn address(ledger: &dyn Ledger, hooks: &[&str]) {
    for event in ledger.events(100).unwrap() {
        ledger.address(&event.id, &format!("{:?} {}", event.kind, event.article), hooks).unwrap();
    }
}

/// What a receiver is sent next, and the delivery.
fn taken(ledger: &dyn Ledger, hook: &str, now: i64) -> Option<(String, Delivery)> {
    ledger.take(hook, now).unwrap().map(|delivery| (delivery.body.clone(), delivery))
}

fn ready(article: &str) -> (EventKind, String, Option<String>) {
    (EventKind::Ready, article.into(), None)
}

#[test]
fn what_a_revision_becomes_is_noted() {
    each_ledger(|ledger| {
        let first = save(ledger, "a", "one", 1).id;
        assert_eq!(events(ledger), [], "what waits is no news");
        make(ledger, Outcome::Ready);
        save(ledger, "b", "two", 2);
        make(ledger, Outcome::Later { due: 0, counts: true });
        make(ledger, Outcome::Failed("no voice".into()));
        save(ledger, "c", "three", 3);
        make(ledger, Outcome::NeedsReview("too quiet".into()));
        assert!(ledger.forget("a").unwrap());
        assert!(!ledger.forget("a").unwrap());
        let noted = [
            ready("a"),
            (EventKind::Failed, "b".into(), Some("no voice".into())),
            (EventKind::NeedsReview, "c".into(), Some("too quiet".into())),
            (EventKind::Deleted, "a".into(), None),
        ];
        assert_eq!(events(ledger), noted);
        let all = ledger.events(100).unwrap();
        assert_eq!((all[0].revision, all[3].revision), (first, first));
        assert!(all.iter().all(|e| e.at > 1_500_000_000_000 && e.id.starts_with("evt_")));
        assert!(all.windows(2).all(|pair| pair[0].id != pair[1].id && pair[0].at <= pair[1].at));
        assert_eq!(ledger.events(1).unwrap(), all[..1]);
    });
}

#[test]
fn what_made_room_and_is_made_again_is_no_news() {
    each_ledger(|ledger| {
        let id = save(ledger, "a", "one", 1).id;
        make(ledger, Outcome::Ready);
        ledger.gone(&["clip of one".to_owned()]).unwrap();
        assert!(ledger.queue(id).unwrap());
        make(ledger, Outcome::Ready);
        assert_eq!(events(ledger), [ready("a")]);
        ledger.rename(id, "two", &[]).unwrap();
        make(ledger, Outcome::Ready);
        assert_eq!(events(ledger), [ready("a"), ready("a")], "another recording is");
    });
}

#[test]
fn what_is_made_again_is_news_after_people_read_it_meanwhile() {
    each_ledger(|ledger| {
        let id = save(ledger, "a", "one", 1).id;
        make(ledger, Outcome::Ready);
        ledger.gone(&["clip of one".to_owned()]).unwrap();
        assert!(put(ledger, "a", "read"));
        assert!(ledger.withdraw("a").unwrap());
        assert_eq!(events(ledger), [ready("a"), ready("a")]);
        assert!(ledger.queue(id).unwrap());
        make(ledger, Outcome::Ready);
        assert_eq!(events(ledger), [ready("a"), ready("a"), ready("a")]);
    });
}

#[test]
fn an_event_goes_to_each_receiver_once() {
    each_ledger(|ledger| {
        save(ledger, "a", "one", 1);
        make(ledger, Outcome::Ready);
        let event = ledger.events(1).unwrap().remove(0);
        ledger.address(&event.id, "body", &["one", "two"]).unwrap();
        ledger.address(&event.id, "other", &["one", "two"]).unwrap();
        assert_eq!(ledger.events(1).unwrap(), []);
        let sent = ledger.deliveries(&Wanted { limit: 9, ..Wanted::default() }).unwrap();
        let seen: Vec<_> = sent.iter().map(|d| (d.hook.as_str(), d.body.as_str(), d.attempts)).collect();
        assert_eq!(seen, [("two", "body", 0), ("one", "body", 0)]);
        assert!(sent.iter().all(|d| d.event == event.id && d.since == event.at && d.asked_for == 0));
        save(ledger, "b", "two", 2);
        make(ledger, Outcome::Ready);
        address(ledger, &[]);
        assert_eq!(ledger.events(1).unwrap(), [], "nobody wants to know");
        assert_eq!(taken(ledger, "three", i64::MAX), None);
    });
}

#[test]
fn an_attempt_counts_before_it_is_made() {
    each_ledger(|ledger| {
        save(ledger, "a", "one", 1);
        make(ledger, Outcome::Ready);
        address(ledger, &["hook"]);
        assert_eq!(ledger.next_try("hook").unwrap(), Some(0));
        let first = ledger.take("hook", 10).unwrap().unwrap();
        let second = ledger.take("hook", 10).unwrap().unwrap();
        assert_eq!(
            (first.id, first.attempts, second.attempts),
            (second.id, 1, 2),
            "as if the first broke off"
        );
        ledger.tried(&first, &Tried::Later(500, "it answers 500".into()), 20).unwrap();
        assert_eq!((ledger.take("hook", 499).unwrap(), ledger.next_try("hook").unwrap()), (None, Some(500)));
        let third = ledger.take("hook", 500).unwrap().unwrap();
        assert_eq!((third.attempts, third.error.as_deref()), (3, Some("it answers 500")));
        ledger.tried(&third, &Tried::Delivered, 600).unwrap();
        assert_eq!((ledger.take("hook", 9_999).unwrap(), ledger.next_try("hook").unwrap()), (None, None));
        let ended = ledger.deliveries(&Wanted { limit: 1, ..Wanted::default() }).unwrap().remove(0);
        assert_eq!((ended.state, ended.due, ended.error), (DeliveryState::Delivered, 600, None));
    });
}

#[test]
fn an_articles_messages_come_in_order_and_hold_up_no_others() {
    each_ledger(|ledger| {
        save(ledger, "a", "one", 1);
        make(ledger, Outcome::Ready);
        ledger.forget("a").unwrap();
        save(ledger, "b", "two", 1);
        make(ledger, Outcome::Ready);
        address(ledger, &["hook", "other"]);
        let (body, first) = taken(ledger, "hook", 10).unwrap();
        assert_eq!(body, "Ready a");
        ledger.tried(&first, &Tried::Later(1_000, "down".into()), 10).unwrap();
        let (body, second) = taken(ledger, "hook", 10).unwrap();
        assert_eq!(body, "Ready b");
        ledger.tried(&second, &Tried::Delivered, 10).unwrap();
        assert_eq!(taken(ledger, "hook", 999), None, "what comes after waits");
        assert_eq!(ledger.next_try("hook").unwrap(), Some(1_000));
        assert_eq!(taken(ledger, "other", 10).unwrap().0, "Ready a", "another receiver's are its own");
        ledger.tried(&first, &Tried::Failed("gone".into()), 1_001).unwrap();
        assert_eq!(taken(ledger, "hook", 1_001).unwrap().0, "Deleted a");
    });
}

#[test]
fn what_is_sent_again_is_marked_and_holds_up_nothing() {
    each_ledger(|ledger| {
        save(ledger, "a", "one", 1);
        make(ledger, Outcome::Ready);
        address(ledger, &["hook"]);
        let (_, first) = taken(ledger, "hook", 10).unwrap();
        ledger.tried(&first, &Tried::Failed("gone".into()), 10).unwrap();
        assert!(ledger.replay(first.id, 50).unwrap());
        assert!(!ledger.replay(first.id + 1, 50).unwrap());
        let again = ledger.take("hook", 50).unwrap().unwrap();
        assert_eq!((again.id, again.attempts, again.asked_for, again.since), (first.id, 2, 2, 50));
        ledger.tried(&again, &Tried::Later(5_000, "down".into()), 60).unwrap();
        ledger.forget("a").unwrap();
        address(ledger, &["hook"]);
        assert_eq!(taken(ledger, "hook", 100).unwrap().0, "Deleted a");
    });
}

#[test]
fn what_is_to_be_sent_again_is_so_whatever_comes_of_an_attempt_under_way() {
    each_ledger(|ledger| {
        save(ledger, "a", "one", 1);
        make(ledger, Outcome::Ready);
        address(ledger, &["hook"]);
        let ends = [Tried::Delivered, Tried::Later(9_000, "down".into()), Tried::Failed("gone".into())];
        for (end, now) in ends.iter().zip([10, 20, 30]) {
            let under_way = ledger.take("hook", now).unwrap().unwrap();
            assert!(ledger.replay(under_way.id, now).unwrap());
            ledger.tried(&under_way, end, now + 1).unwrap();
            let waits = ledger.deliveries(&Wanted { limit: 1, ..Wanted::default() }).unwrap().remove(0);
            assert_eq!((waits.state, waits.due), (DeliveryState::Waiting, now), "{end:?}");
        }
        let attempts = |now| {
            let taken = ledger.take("hook", now).unwrap().unwrap();
            ledger.tried(&taken, &Tried::Later(now + 1, "down".into()), now).unwrap();
            (taken.attempts, taken.attempts_in_turn())
        };
        assert_eq!([attempts(40), attempts(50)], [(4, 1), (5, 2)], "its patience begins anew");
    });
}

#[test]
fn deliveries_are_listed_page_by_page_and_forgotten() {
    each_ledger(|ledger| {
        for (article, now) in [("a", 1), ("b", 2), ("c", 3)] {
            save(ledger, article, article, now);
            make(ledger, Outcome::Ready);
        }
        address(ledger, &["one", "two"]);
        let (_, first) = taken(ledger, "one", 10).unwrap();
        ledger.tried(&first, &Tried::Failed("gone".into()), 10).unwrap();
        let list = |wanted: Wanted| -> Vec<_> {
            let found = ledger.deliveries(&wanted).unwrap();
            found.into_iter().map(|d| format!("{} {}", d.hook, d.article)).collect()
        };
        let all = Wanted { limit: 2, ..Wanted::default() };
        assert_eq!(list(all.clone()), ["two c", "one c"]);
        let last = ledger.deliveries(&all).unwrap()[1].id;
        assert_eq!(list(Wanted { before: Some(last), ..all.clone() }), ["two b", "one b"]);
        let of_one = Wanted { hook: Some("one".into()), limit: 9, ..Wanted::default() };
        assert_eq!(list(of_one.clone()), ["one c", "one b", "one a"]);
        let failed = Wanted { state: Some(DeliveryState::Failed), ..of_one };
        assert_eq!(list(failed), ["one a"]);
        assert_eq!(ledger.forget_deliveries(1_500_000_000_000).unwrap(), 0);
        assert_eq!(ledger.forget_deliveries(i64::MAX).unwrap(), 6);
        assert_eq!(list(all), [""; 0]);
    });
}

#[test]
fn what_needs_review_is_not_played_until_it_is_approved() {
    each_ledger(|ledger| {
        let playing = || ledger.current("a", 0).unwrap().unwrap().recording;
        save(ledger, "a", "one", 1);
        make(ledger, Outcome::Ready);
        save(ledger, "a", "two", 2);
        let held = make(ledger, Outcome::NeedsReview("too loud".into()));
        assert_eq!((held.state, held.error.as_deref()), (State::NeedsReview, Some("too loud")));
        assert_eq!(playing(), "one");
        let again = save(ledger, "a", "two", 3);
        assert_eq!((again.state, again.error.as_deref()), (State::NeedsReview, Some("too loud")));
        assert!(ledger.approve(held.id).unwrap());
        assert!(!ledger.approve(held.id).unwrap(), "once is enough");
        let approved = ledger.revision(held.id).unwrap().unwrap();
        assert_eq!((approved.state, approved.error), (State::Ready, None));
        assert_eq!(playing(), "two");
        assert_eq!(events(ledger).last(), Some(&ready("a")));
    });
}

#[test]
fn what_needs_review_and_has_lost_a_clip_is_made_again_once_approved() {
    each_ledger(|ledger| {
        save(ledger, "a", "one", 1);
        let held = make(ledger, Outcome::NeedsReview("too loud".into()));
        ledger.gone(&["clip of one".to_owned()]).unwrap();
        assert!(ledger.approve(held.id).unwrap());
        assert_eq!(ledger.revision(held.id).unwrap().unwrap().state, State::Queued);
        assert_eq!(make(ledger, Outcome::Ready).state, State::Ready);
    });
}

#[test]
fn an_editor_may_have_it_made_again_instead() {
    each_ledger(|ledger| {
        let id = save(ledger, "a", "one", 1).id;
        make(ledger, Outcome::NeedsReview("too loud".into()));
        assert!(!ledger.queue(id).unwrap(), "a press is not enough");
        assert!(ledger.want(id).unwrap());
        make(ledger, Outcome::NeedsReview("still too loud".into()));
        ledger.rename(id, "two", &["shared clip".to_owned()]).unwrap();
        assert_eq!(make(ledger, Outcome::Ready).error, None);
    });
}

#[test]
fn a_clip_is_approved_wherever_it_is_heard() {
    each_ledger(|ledger| {
        let clips = ["clip of one", "shared clip", "clip of two", "of nobody"].map(str::to_owned);
        for clip in &clips[..3] {
            ledger.kept(clip, &BlobFacts { bytes: 1, digest: digest(b"") }).unwrap();
            ledger.planned(&[(clip.clone(), ClipFacts { frames: 1, words: "[]".into() })]).unwrap();
            ledger.measured(clip, "first").unwrap();
            ledger.measured(clip, "second").unwrap();
        }
        save(ledger, "a", "one", 1);
        let held = make(ledger, Outcome::NeedsReview("too loud".into()));
        save_as(ledger, "b", "two", State::Stored, 2);
        let approved = || -> Vec<_> {
            let found = ledger.measures(&clips).unwrap();
            found.iter().map(|m| m.as_ref().map(|m| (m.quality.clone(), m.approved))).collect()
        };
        let known = |approved| Some(("first".to_owned(), approved));
        assert_eq!(approved(), [known(false), known(false), known(false), None]);
        assert!(ledger.approve(held.id).unwrap());
        assert_eq!(approved(), [known(true), known(true), known(false), None]);
        ledger.forget("b").unwrap();
        assert_eq!(ledger.forget_unused(&clips).unwrap(), ["clip of two", "of nobody"]);
        assert_eq!(approved(), [known(true), known(true), None, None]);
    });
}
