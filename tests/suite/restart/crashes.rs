//! Killed at any moment under load. What was acknowledged is there, what is heard is what an
//! untroubled service says, and no file is torn.
//!
//! `LECTERN_CRASHES=200` crashes that often; the moments are drawn from the crash's number.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::again;
use crate::harness::{Service, lectern};
use crate::http::{article, folder_of_its_own, made, mp3, settings};

/// Each is saved by one client only, so that it is known what its last save was.
const CLIENTS: usize = 4;
const ARTICLES_OF_EACH: usize = 3;
const VERSIONS: usize = 2;
/// What is heard or told until it crashes, at most.
const EVENTS: u32 = 400;
/// Room for about half of what there is to hear.
const ROOM: &str = "[library]\nmax_audio_bytes = 500000\ntrim_to_percent = 70\n";

fn id(client: usize, nth: usize) -> String {
    format!("{client}-{nth}")
}

/// Of each client's articles editors have the first one made, and the last one may be forgotten.
fn is_pinned(id: &str) -> bool {
    id.ends_with("-0")
}

fn may_go(id: &str) -> bool {
    id.ends_with("-2")
}

fn body(id: &str, version: usize) -> Value {
    let say = format!("Gate {id} is open. They wait at gate {id}. This is word {version} from gate {id}.");
    json!({ "text": say, "render": is_pinned(id) })
}

fn ids() -> impl Iterator<Item = String> {
    (0..CLIENTS).flat_map(|client| (0..ARTICLES_OF_EACH).map(move |nth| id(client, nth)))
}

/// What an untroubled service says, by address and ETag.
struct Truth {
    bytes: BTreeMap<(String, String), Vec<u8>>,
    /// Versions, by the address that only they have.
    versions: BTreeMap<String, usize>,
}

impl Truth {
    fn hear() -> Self {
        let service = again(folder_of_its_own());
        let (mut bytes, mut versions) = (BTreeMap::new(), BTreeMap::new());
        for id in ids() {
            for version in 0..VERSIONS {
                let manifest = made(&service, &id, &body(&id, version));
                versions.insert(immutable(&manifest), version);
                for path in [mp3(&id), wav(&id)] {
                    let answer = service.get(&path, &[]);
                    bytes.insert((path, answer.header("etag").to_owned()), answer.body);
                }
            }
        }
        Self { bytes, versions }
    }

    fn holds(&self, path: &str, etag: &str, from: usize, heard: &[u8]) {
        let all = self.bytes.get(&(path.to_owned(), etag.to_owned()));
        let all = all.unwrap_or_else(|| panic!("{path}: a recording {etag} that nobody saved"));
        let part = all.get(from..from + heard.len());
        assert!(part == Some(heard), "{path}: other bytes from {from} on");
    }
}

fn immutable(manifest: &Value) -> String {
    manifest["immutable"]["mp3"].as_str().unwrap().to_owned()
}

fn wav(id: &str) -> String {
    format!("/v1/articles/{id}/audio.wav")
}

/// What the newest revision of an article may be: what was acknowledged last, or asked for since.
/// None where it is forgotten.
type Saved = BTreeSet<Option<usize>>;

type AllSaved = BTreeMap<String, Saved>;

/// Someone who saves, forgets and listens, until the service is gone.
struct Client<'a> {
    base: String,
    number: usize,
    dice: ChaCha8Rng,
    truth: &'a Truth,
    saved: &'a Mutex<AllSaved>,
    events: Sender<()>,
}

/// The service is gone.
struct Gone;

impl Client<'_> {
    fn run(mut self) {
        while self.act().is_ok() {}
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.dice.next_u32() as usize % sides
    }

    fn act(&mut self) -> Result<(), Gone> {
        let own = id(self.number, self.roll(ARTICLES_OF_EACH));
        match self.roll(8) {
            0 | 1 => {
                let version = self.roll(VERSIONS);
                self.change(&own, Some(version))
            }
            2 if may_go(&own) => self.change(&own, None),
            _ => {
                let of = self.roll(CLIENTS);
                let other = id(of, self.roll(ARTICLES_OF_EACH));
                self.listen(&other)
            }
        }
    }

    fn change(&mut self, id: &str, to: Option<usize>) -> Result<(), Gone> {
        let path = article(id);
        let since = || BTreeSet::from([None]);
        self.saved.lock().unwrap().entry(id.to_owned()).or_insert_with(since).insert(to);
        let (status, _, said) = match to {
            Some(version) => self.ask("PUT", &path, None, body(id, version).to_string().as_bytes())?,
            None => self.ask("DELETE", &path, None, b"")?,
        };
        assert!(matches!((to, status), (Some(_), 202) | (None, 204 | 404)), "{path}: {status} {said:?}");
        self.saved.lock().unwrap().insert(id.to_owned(), BTreeSet::from([to]));
        Ok(())
    }

    fn listen(&mut self, id: &str) -> Result<(), Gone> {
        let path = if self.roll(6) == 0 { wav(id) } else { mp3(id) };
        let from = (self.roll(2) == 0).then(|| self.roll(30_000));
        let (status, etag, heard) = self.ask("GET", &path, from, b"")?;
        match status {
            200 => self.truth.holds(&path, &etag, 0, &heard),
            206 => self.truth.holds(&path, &etag, from.unwrap_or(0), &heard),
            // Nobody saved it yet, or it was forgotten.
            404 => {}
            _ => panic!("{path}: {status} {}", String::from_utf8_lossy(&heard)),
        }
        Ok(())
    }

    /// Status, ETag and body. What is heard of a body that breaks off is compared all the same.
    fn ask(
        &self,
        method: &str,
        path: &str,
        from: Option<usize>,
        body: &[u8],
    ) -> Result<(u16, String, Vec<u8>), Gone> {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        if let Some(from) = from {
            request = request.header("range", format!("bytes={from}-"));
        }
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        self.happened()?;
        let answer = match method {
            "PUT" => agent.run(request.body(body.to_vec()).unwrap()),
            _ => agent.run(request.body(()).unwrap()),
        };
        let (head, mut body) = answer.map_err(|_| Gone)?.into_parts();
        let etag = head.headers.get("etag").map_or("", |etag| etag.to_str().unwrap()).to_owned();
        let (mut heard, mut piece) = (Vec::new(), [0; 4096]);
        let mut reader = body.as_reader();
        loop {
            match reader.read(&mut piece) {
                Ok(0) => return Ok((head.status.as_u16(), etag, heard)),
                Ok(n) => heard.extend_from_slice(&piece[..n]),
                Err(_) if matches!(head.status.as_u16(), 200 | 206) && method == "GET" => {
                    self.truth.holds(path, &etag, from.filter(|_| head.status == 206).unwrap_or(0), &heard);
                    return Err(Gone);
                }
                Err(_) => return Err(Gone),
            }
            self.happened()?;
        }
    }

    fn happened(&self) -> Result<(), Gone> {
        self.events.send(()).map_err(|_| Gone)
    }
}

/// Lets clients loose on a service, and kills it amid their requests.
fn crash(service: Service, round: u64, truth: &Truth, saved: &Mutex<AllSaved>) -> Arc<TempDir> {
    let mut dice = ChaCha8Rng::seed_from_u64(round);
    let moment = dice.next_u32() % EVENTS;
    thread::scope(|scope| {
        let (events, happened): (_, Receiver<()>) = channel();
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let (base, events) = (service.base.clone(), events.clone());
                let dice = ChaCha8Rng::seed_from_u64(round << 8 | number as u64);
                let client = Client { base, number, dice, truth, saved, events };
                scope.spawn(|| client.run())
            })
            .collect();
        drop(events);
        let survived = happened.iter().take(moment as usize).count();
        assert_eq!(survived, moment as usize, "all clients have left: {}", service.log());
        let panics = service.log().matches("panicked").count();
        let data = service.kill();
        drop(happened);
        clients.into_iter().for_each(|client| client.join().expect("a client was told something wrong"));
        assert_eq!(panics, 0);
        data
    })
}

/// What is wrong with a data folder: missing, damaged, unknown.
fn wrong(data: &TempDir) -> [Vec<String>; 3] {
    let output = lectern().args(["check", "--json", "--data"]).arg(data.path()).output().unwrap();
    let found: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&output.stderr)));
    ["missing", "damaged", "unknown"].map(|kind| serde_json::from_value(found[kind].clone()).unwrap())
}

/// What was acknowledged is there, and what has to be made is made or being made.
fn is_remembered(service: &Service, id: &str, saved: &mut Saved, truth: &Truth) {
    let answer = service.get(&article(id), &[]);
    if answer.status == 404 {
        assert!(saved.contains(&None), "{id} is forgotten");
        *saved = BTreeSet::from([None]);
        return;
    }
    let manifest = answer.json();
    assert_eq!(answer.status, 200, "{manifest}");
    let next = manifest["next"].as_str();
    let state = next.or(manifest["state"].as_str()).unwrap();
    let expected: &[_] = if is_pinned(id) {
        &["ready", "queued", "rendering"]
    } else {
        &["ready", "queued", "rendering", "stored"]
    };
    assert!(expected.contains(&state), "{id}: {state}");
    if next.is_none() {
        let version = truth.versions[&immutable(&manifest)];
        assert!(
            saved.contains(&Some(version)),
            "{id}: version {version} where it should be one of {saved:?}"
        );
        *saved = BTreeSet::from([Some(version)]);
    }
}

fn crashes() -> u64 {
    std::env::var("LECTERN_CRASHES").map_or(6, |crashes| crashes.parse().expect("a number of crashes"))
}

#[test]
fn killed_at_any_moment() {
    let truth = Truth::hear();
    let folder = folder_of_its_own();
    let settings = settings(&folder, ROOM);
    let start = |data| Service::start_with(&["--config", &settings, "--workers", "1"], data);
    let (saved, mut left_over) = (Mutex::new(AllSaved::new()), 0);
    let mut service = start(folder_of_its_own());
    for round in 0..crashes() {
        let data = crash(service, round, &truth, &saved);
        let [missing, damaged, unknown] = wrong(&data);
        assert!(missing.is_empty() && damaged.is_empty(), "round {round}: {missing:?} {damaged:?}");
        left_over += unknown.len();
        service = start(data);
        for (id, saved) in saved.lock().unwrap().iter_mut() {
            is_remembered(&service, id, saved, &truth);
        }
    }
    eprintln!("{} crashes left {left_over} files over", crashes());
    for (id, saved) in saved.lock().unwrap().iter_mut().filter(|(_, saved)| !saved.contains(&None)) {
        if is_pinned(id) {
            service.wait_ready(id);
        }
        is_remembered(&service, id, saved, &truth);
        for path in [mp3(id), wav(id)] {
            let answer = service.get(&path, &[]);
            assert_eq!(answer.status, 200, "{path}");
            truth.holds(&path, answer.header("etag"), 0, &answer.body);
        }
    }
    let (_, data) = service.terminate();
    assert_eq!(wrong(&data), [const { Vec::<String>::new() }; 3]);
}
