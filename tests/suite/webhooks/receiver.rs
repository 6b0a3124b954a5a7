//! A receiver on a real socket, which does as it is told: answers, fails, hangs, hangs up, stops.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// What a receiver does with a message.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Answers with a status and more headers.
    Answer(u16, &'static str),
    /// Says nothing for as long as it is waited for.
    Hang,
    /// Closes the connection without a word.
    HangUp,
    /// Answers that all is well, and that much more is to come.
    Endless,
}

/// A message as it came.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) path: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
    /// When it was here, in seconds since 1970.
    pub(crate) at: i64,
    /// Whether it was told that it had arrived.
    pub(crate) taken: bool,
}

impl Message {
    pub(crate) fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }

    pub(crate) fn attempt(&self) -> u32 {
        self.headers["lectern-attempt"].parse().unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// What happened, and to which article.
    pub(crate) fn news(&self) -> String {
        let news = self.json();
        format!("{} {}", news["type"].as_str().unwrap(), news["data"]["id"].as_str().unwrap())
    }

    /// As a receiver has to: the time is near, and one of the signatures is right.
    pub(crate) fn verifies(&self, secret: &[u8]) -> bool {
        let stamp = &self.headers["webhook-timestamp"];
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
        mac.update(format!("{}.{stamp}.{}", self.id(), self.body).as_bytes());
        let right = format!("v1,{}", base64(&mac.finalize().into_bytes()));
        let near = (stamp.parse::<i64>().unwrap() - self.at).abs() <= 5;
        near && self.headers["webhook-signature"].split(' ').any(|one| one == right)
    }
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

#[derive(Default)]
struct Shared {
    acts: Mutex<VecDeque<Act>>,
    messages: Mutex<Vec<Message>>,
    stop: AtomicBool,
}

/// What listens, until it is stopped.
pub(crate) struct Receiver {
    shared: Arc<Shared>,
    address: SocketAddr,
    listening: Option<JoinHandle<()>>,
}

impl Receiver {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut receiver = Self { shared: Arc::default(), address, listening: None };
        receiver.listen(listener);
        receiver
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/hook?key=nobody-else-knows", self.address)
    }

    fn listen(&mut self, listener: TcpListener) {
        let shared = self.shared.clone();
        self.listening = Some(std::thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.stop.load(Ordering::SeqCst) {
                    return;
                }
                let shared = shared.clone();
                std::thread::spawn(move || take(stream.unwrap(), &shared));
            }
        }));
    }

    /// Does these things with the next messages; then takes them all.
    pub(crate) fn does(&self, acts: &[Act]) {
        self.shared.acts.lock().unwrap().extend(acts.iter().cloned());
    }

    /// Things it has still to do.
    pub(crate) fn left(&self) -> usize {
        self.shared.acts.lock().unwrap().len()
    }

    pub(crate) fn messages(&self) -> Vec<Message> {
        self.shared.messages.lock().unwrap().clone()
    }

    pub(crate) fn taken(&self) -> Vec<Message> {
        self.messages().into_iter().filter(|message| message.taken).collect()
    }

    /// Listens no more, as while it is restarted.
    pub(crate) fn stop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        // Wakes it, if somebody else has not.
        let _ = TcpStream::connect(self.address);
        self.listening.take().unwrap().join().unwrap();
        self.shared.stop.store(false, Ordering::SeqCst);
    }

    pub(crate) fn start_again(&mut self) {
        self.listen(TcpListener::bind(self.address).unwrap());
    }
}

fn take(stream: TcpStream, shared: &Shared) {
    let mut reader = BufReader::new(stream);
    let Some(mut message) = read(&mut reader) else {
        return;
    };
    let act = shared.acts.lock().unwrap().pop_front().unwrap_or(Act::Answer(200, ""));
    message.taken = matches!(act, Act::Answer(200..=299, _) | Act::Endless);
    shared.messages.lock().unwrap().push(message);
    let out = reader.get_mut();
    // Whoever asked may be gone, as it should be after a kill.
    let _ = match act {
        Act::Answer(status, more) => {
            write!(out, "HTTP/1.1 {status} As told\r\ncontent-length: 0\r\nconnection: close\r\n{more}\r\n")
        }
        Act::Endless => write!(out, "HTTP/1.1 200 OK\r\ncontent-length: 900000000\r\n\r\nmore and more")
            .and_then(|()| out.read(&mut [0]).map(drop)),
        Act::Hang => out.read(&mut [0]).map(drop),
        Act::HangUp => Ok(()),
    };
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Message> {
    reader.get_ref().set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let path = lines.first()?.split(' ').nth(1)?.to_owned();
    let fields = lines[1..].iter().filter_map(|line| line.split_once(": "));
    let headers: BTreeMap<String, String> =
        fields.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
    let mut body = vec![0; headers.get("content-length")?.parse().ok()?];
    reader.read_exact(&mut body).ok()?;
    let at = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() as i64;
    Some(Message { path, headers, body: String::from_utf8(body).unwrap(), at, taken: false })
}
