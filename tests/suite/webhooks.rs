//! Other programs are told what happens, whatever happens to them or to the service meanwhile.

mod receiver;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{Service, parts, text};
use crate::http::{article, folder_of_its_own, made, save, sentences, settings, unmade, until, written};
use crate::recordings::{recorded, send};
use receiver::{Act, Message, Receiver, base64};

const SECRET: &[u8] = b"thirty-two bytes of our secret..";

/// A service's folder of settings, and its data.
struct Place {
    folder: Arc<TempDir>,
    config: String,
}

impl Place {
    /// Settings that tell these receivers, each by its name.
    fn new(receivers: &[(&str, &Receiver)], more: &str) -> Self {
        let folder = folder_of_its_own();
        let secret = written(folder.path(), "secret", &format!("whsec_{}\n", base64(SECRET)));
        let hook = |(name, receiver): &(&str, &Receiver)| {
            let url = receiver.url();
            format!(
                "[[webhooks]]\nname = {name:?}\nurl = {url:?}\nsecret_file = {secret:?}\n\
                 allow_private = true\nseconds = 1\nretry_seconds = 1\n"
            )
        };
        let hooks: String = receivers.iter().map(hook).collect();
        let config =
            settings(&folder, &format!("public_url = \"https://audio.example.org/\"\n{more}{hooks}"));
        Self { folder, config }
    }

    fn start(&self, data: Arc<TempDir>) -> Service {
        Service::start_with(&["--config", &self.config, "--workers", "1"], data)
    }
}

fn listed(service: &Service, query: &str) -> Vec<Value> {
    let answer = service.get(&format!("/v1/webhooks{query}"), &[]);
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["deliveries"].as_array().unwrap().clone()
}

/// What holds of all that came, however often: signatures are right, and no duplicate passes for a
/// first attempt or is another message.
fn is_sound(messages: &[Message]) {
    let mut attempts = BTreeMap::<&str, Vec<u32>>::new();
    let mut bodies = BTreeMap::<&str, &str>::new();
    for message in messages {
        assert!(message.verifies(SECRET), "{message:?}");
        assert!(message.path.starts_with("/hook?key="), "sent on to {}", message.path);
        attempts.entry(message.id()).or_default().push(message.attempt());
        let first = bodies.entry(message.id()).or_insert(&message.body);
        assert_eq!(*first, message.body, "one id, two messages");
    }
    for (id, attempts) in attempts {
        assert!(attempts.windows(2).all(|pair| pair[0] < pair[1]), "{id}: {attempts:?}");
    }
}

fn news(messages: &[Message]) -> BTreeSet<String> {
    messages.iter().map(Message::news).collect()
}

/// A folder of voices: ours, and one that is none.
fn voices(folder: &Path) -> String {
    let voices = folder.join("voices");
    std::fs::create_dir(&voices).unwrap();
    for file in std::fs::read_dir(parts().join("voices")).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if let Some(kind) = name.strip_prefix("en_US-joe-medium") {
            std::os::unix::fs::symlink(&path, voices.join(&name)).unwrap();
            let broken = voices.join(format!("broken{kind}"));
            match kind {
                ".onnx.json" => drop(std::fs::copy(&path, broken).unwrap()),
                _ => std::fs::write(broken, b"noise").unwrap(),
            }
        }
    }
    voices.to_str().unwrap().to_owned()
}

/// One receiver fails in every way there is and is restarted, the service is killed three times,
/// and everything arrives; another receiver notices nothing of the first one's troubles.
#[test]
fn every_event_arrives_through_failures_hangs_restarts_and_kills() {
    let (mut flaky, steady) = (Receiver::start(), Receiver::start());
    let folder = folder_of_its_own();
    let more = format!("voices = {:?}\nvoice = \"en_US-joe-medium\"\n", voices(folder.path()));
    let place = Place::new(&[("flaky", &flaky), ("steady", &steady)], &more);
    let mut service = place.start(folder_of_its_own());
    let again = |service: Service| place.start(service.kill());

    flaky.does(&[Act::Answer(500, ""), Act::HangUp, Act::Hang, Act::Answer(302, "location: /elsewhere\r\n")]);
    made(&service, "a", &text("The first one."));
    save(&service, "broken", &json!({ "text": "Nobody says this.", "voice": "broken" }));
    until("it does not hang", || flaky.messages().len() >= 3);
    until("one who hangs holds up another", || news(&steady.taken()).contains("audio.ready a"));
    // In the middle of an attempt, which then comes again.
    service = again(service);

    flaky.does(&[Act::Answer(503, "retry-after: 1\r\n"), Act::Hang, Act::Endless, Act::Answer(404, "")]);
    made(&service, "b", &text("The second one."));
    assert_eq!(service.send("DELETE", &article("a"), &[], None).status, 204);
    until("it hears of nothing", || flaky.left() <= 2);
    flaky.stop();
    made(&service, "c", &text("The third one."));
    service = again(service);
    save(&service, "d", &text(&sentences("lighthouse", 3)));
    // While nobody may know yet whether it is made.
    service = again(service);
    made(&service, "d", &text(&sentences("lighthouse", 3)));
    flaky.start_again();

    let all: BTreeSet<String> = ["ready a", "deleted a", "ready b", "ready c", "ready d", "failed broken"]
        .map(|news| format!("audio.{news}"))
        .into();
    for receiver in [&flaky, &steady] {
        until("something is missing", || news(&receiver.taken()) == all);
        is_sound(&receiver.messages());
        let taken = receiver.taken();
        let place = |news: &str| taken.iter().position(|message| message.news() == news).unwrap();
        assert!(place("audio.ready a") < place("audio.deleted a"), "not in order");
    }
    until("some are not known to have arrived", || listed(&service, "?state=delivered").len() == 12);
    assert!(flaky.messages().len() > 12, "it was hardly flaky");
    let steady = steady.messages();
    assert!(steady.iter().all(|message| message.attempt() <= 4), "only a kill repeats what was taken");
    assert_eq!(service.metric("lectern_panics_total"), 0);
}

/// Nobody hears what a message is about but who has its addresses, also if the last attempt at it
/// came through; to all others the manifest answers with a status.
fn only_a_preview_opens(service: &Service, told: &Value, manifest: u16) {
    const HOUR: i64 = 60 * 60 * 1000;
    let last_attempt = jiff::Timestamp::now().as_millisecond() + 72 * HOUR;
    for (field, status) in [("mp3", 404), ("manifest", manifest)] {
        let path = told["data"][field].as_str().unwrap().strip_prefix("https://audio.example.org").unwrap();
        assert_eq!(service.get(path, &[]).status, 200, "{path}");
        let (plain, preview) = path.split_once("?preview=").unwrap();
        assert_eq!(service.get(plain, &[]).status, status, "{plain}");
        let ends: i64 = preview.split('.').next().unwrap().parse().unwrap();
        assert!(ends > last_attempt + 47 * HOUR, "{path} is dead {} ms after it came", ends - last_attempt);
    }
}

#[test]
fn who_is_to_review_is_told_where_to_listen() {
    let receiver = Receiver::start();
    let folder = folder_of_its_own();
    let more =
        format!("voices = {:?}\nvoice = \"en_US-joe-medium\"\n", crate::quality::voices(folder.path()));
    let place = Place::new(&[("desk", &receiver)], &more);
    let service = place.start(folder_of_its_own());
    let said = "The lighthouse was painted again this spring. It had been grey for years.";
    save(&service, "a", &json!({ "text": said, "voice": "races" }));
    until("it does not arrive", || receiver.taken().len() == 1);
    let told = receiver.taken().remove(0).json();
    assert_eq!(
        (&told["type"], &told["data"]["state"]),
        (&json!("audio.needs_review"), &json!("needs_review"))
    );
    assert!(told["data"]["reason"].as_str().unwrap().contains("too fast"), "{told}");
    only_a_preview_opens(&service, &told, 200);
    assert_eq!(service.get(&article("a"), &[]).json()["immutable"], Value::Null);
}

#[test]
fn a_message_says_what_happened() {
    let receiver = Receiver::start();
    let place = Place::new(&[("site", &receiver)], "");
    let service = place.start(folder_of_its_own());
    let saved = json!({ "text": "It was said so.", "url": "https://example.org/a" });
    let manifest = made(&service, "a%20b", &saved);
    until("it does not arrive", || receiver.taken().len() == 1);
    let message = receiver.taken().remove(0);
    let (news, base) = (message.json(), "https://audio.example.org");
    let data = json!({
        "id": "a b",
        "revision": manifest["revision"],
        "state": "ready",
        "duration": manifest["duration"],
        "mp3": format!("{base}{}", manifest["immutable"]["mp3"].as_str().unwrap()),
        "manifest": format!("{base}/v1/articles/a%20b"),
    });
    assert_eq!((&news["type"], &news["data"]), (&json!("audio.ready"), &data));
    assert!(news["timestamp"].as_str().unwrap().ends_with('Z'));
    assert_eq!(message.headers["content-type"], "application/json");
    assert!(!message.headers.contains_key("lectern-replay"));
    // Nobody hears a draft but who has a preview's address.
    let draft = json!({ "text": "It is to come.", "published_at": "2999-01-01" });
    save(&service, "draft", &draft);
    until("it does not arrive", || receiver.taken().len() == 2);
    let told = receiver.taken().remove(1).json();
    assert_eq!(
        (&told["type"], &told["data"]["live"]),
        (&json!("audio.ready"), &json!("2999-01-01T00:00:00Z"))
    );
    only_a_preview_opens(&service, &told, 404);
    // Listened to, and saved again as it was: no news.
    service.get(manifest["immutable"]["mp3"].as_str().unwrap(), &[]);
    save(&service, "a%20b", &saved);
    service.send("DELETE", "/v1/articles/a%20b", &[], None);
    until("it does not arrive", || receiver.taken().len() == 3);
    let gone = receiver.taken().remove(2).json();
    let data = json!({ "id": "a b", "revision": manifest["revision"], "state": "deleted" });
    assert_eq!((&gone["type"], &gone["data"]), (&json!("audio.deleted"), &data));
}

#[test]
fn who_was_told_of_a_voice_is_told_of_the_people_who_read_instead() {
    let receiver = Receiver::start();
    let place = Place::new(&[("site", &receiver)], "");
    let service = place.start(folder_of_its_own());
    let by_voice = made(&service, "a", &text("It was said so."));
    let read = recorded(place.folder.path(), "a.wav", &["-f", "lavfi", "-i", "sine=duration=3,volume=0.2"]);
    let by_people = send(&service, "a", &read).json();
    // The same again is no news.
    assert_eq!(send(&service, "a", &read).status, 200);
    assert_eq!(service.send("DELETE", "/v1/articles/a/recording", &[], None).status, 204);
    until("they do not arrive", || receiver.taken().len() == 3);
    let told: Vec<Value> = receiver.taken().iter().map(Message::json).collect();
    for (news, manifest) in told.iter().zip([&by_voice, &by_people, &by_voice]) {
        let mp3 = format!("https://audio.example.org{}", manifest["immutable"]["mp3"].as_str().unwrap());
        assert_eq!((&news["type"], &news["data"]["mp3"]), (&json!("audio.ready"), &json!(mp3)));
        assert_eq!(news["data"]["duration"], manifest["duration"]);
    }
}

#[test]
fn deliveries_can_be_seen_and_sent_again() {
    let receiver = Receiver::start();
    let place = Place::new(&[("site", &receiver)], "");
    let service = place.start(folder_of_its_own());
    // What is gone is gone, and not tried again by itself.
    receiver.does(&[Act::Answer(410, "")]);
    made(&service, "a", &text("It was said so."));
    until("it is not given up", || listed(&service, "?state=failed").len() == 1);
    let failed = listed(&service, "?state=failed").remove(0);
    assert_eq!(failed["error"], "the server answers 410");
    assert_eq!((&failed["attempts"], &failed["replay"]), (&json!(1), &json!(false)));
    assert_eq!((&failed["hook"], &failed["article"]), (&json!("site"), &json!("a")));
    assert!(failed["ended"].is_string() && failed["next_try"].is_null());
    let replay =
        |id: &str| service.send("POST", &format!("/v1/webhooks/deliveries/{id}/replay"), &[], Some(b""));
    for nobody in ["999", "x"] {
        assert_eq!(replay(nobody).problem(), (404, "no-such-delivery".into()));
    }
    receiver.does(&[Act::Answer(503, "retry-after: 86400\r\n")]);
    assert_eq!(replay(&failed["id"].to_string()).status, 202);
    until("it is not sent", || listed(&service, "?state=waiting").iter().any(|d| d["attempts"] == 2));
    until("it does not wait as it is asked to", || {
        let waiting = listed(&service, "?hook=site").remove(0);
        let next: jiff::Timestamp = waiting["next_try"].as_str().unwrap().parse().unwrap();
        next.as_second() - jiff::Timestamp::now().as_second() > 80_000
    });
    assert_eq!(replay(&failed["id"].to_string()).status, 202, "an editor need not wait");
    until("it does not arrive", || receiver.taken().len() == 1);
    let message = receiver.taken().remove(0);
    assert_eq!((message.id(), message.attempt()), (failed["event"].as_str().unwrap(), 3));
    assert_eq!(message.headers["lectern-replay"], "true");
    is_sound(&receiver.messages());

    let page = service.get("/v1/webhooks?limit=1", &[]).json();
    assert_eq!(page["before"], failed["id"]);
    let told = page["hooks"]["site"]["url"].as_str().unwrap();
    assert!(told.ends_with("/hook"), "{told}: what stands behind the question mark may be a secret");
    for wrong in ["?state=lost", "?other=1"] {
        let answer = service.get(&format!("/v1/webhooks{wrong}"), &[]);
        assert_eq!(answer.problem(), (400, "bad-query".into()));
    }
    for secret in ["whsec_", "nobody-else-knows", std::str::from_utf8(SECRET).unwrap(), &base64(SECRET)] {
        assert!(!service.log().contains(secret), "{secret} is in the log");
    }
}

/// The number of seconds until the only delivery is tried again, after so many attempts.
fn patience(service: &Service, attempts: u32) -> i64 {
    let tried = || listed(service, "?state=waiting").into_iter().find(|d| d["attempts"] == attempts);
    let ended = || tried().and_then(|d| d["next_try"].as_str()?.parse::<jiff::Timestamp>().ok());
    let left = || ended().map_or(0, |next| next.as_second() - jiff::Timestamp::now().as_second());
    until("the attempt does not end", || left() > 60);
    left()
}

#[test]
fn what_is_sent_again_is_sent_at_once_and_with_new_patience() {
    let receiver = Receiver::start();
    let place = Place::new(&[("site", &receiver)], "");
    let config = std::fs::read_to_string(&place.config).unwrap();
    settings(&place.folder, &config.replace("retry_seconds = 1\n", "retry_seconds = 600\n"));
    let service = place.start(folder_of_its_own());
    receiver.does(&[Act::Answer(503, ""), Act::Answer(503, ""), Act::Answer(503, ""), Act::Hang]);
    made(&service, "a", &text("It was said so."));
    let first = patience(&service, 1);
    let id = listed(&service, "")[0]["id"].clone();
    let replay = || {
        let path = format!("/v1/webhooks/deliveries/{id}/replay");
        assert_eq!(service.send("POST", &path, &[], Some(b"")).status, 202);
    };
    for attempts in [2, 3] {
        replay();
        let again = patience(&service, attempts);
        assert!(first <= 600 && again <= 600, "{first} s, then {again} s");
    }
    // Asked for while an attempt is under way, which then comes to nothing.
    replay();
    until("it does not hang", || receiver.messages().len() == 4);
    replay();
    until("it does not arrive", || receiver.taken().len() == 1);
    let message = receiver.taken().remove(0);
    assert_eq!((message.attempt(), message.headers["lectern-replay"].as_str()), (5, "true"));
    is_sound(&receiver.messages());
}

#[test]
fn receivers_are_told_what_they_asked_for() {
    let receiver = Receiver::start();
    let place = Place::new(&[("site", &receiver)], "");
    let config = std::fs::read_to_string(&place.config).unwrap();
    settings(&place.folder, &format!("{config}events = [\"audio.deleted\"]\n"));
    let service = place.start(folder_of_its_own());
    for id in ["a", "b"] {
        save(&service, id, &unmade("It was said so."));
    }
    made(&service, "b", &text("It was said so."));
    for id in ["a", "b"] {
        service.send("DELETE", &article(id), &[], None);
    }
    until("it does not arrive", || receiver.taken().len() == 2);
    let wanted = ["audio.deleted a", "audio.deleted b"].map(str::to_owned).into();
    assert_eq!(news(&receiver.messages()), wanted);
}
