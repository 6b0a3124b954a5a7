//! A web server for the tests to fetch from.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What is answered at a path.
type Answer = Arc<dyn Fn(&Asked, &mut TcpStream) -> std::io::Result<()> + Send + Sync>;

/// A request's head.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    head: String,
}

impl Asked {
    /// A header by its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        fields.find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// A server on a free port of this machine, until the test's process ends.
#[derive(Clone)]
pub(crate) struct Web {
    pub(crate) port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
    answers: Arc<Mutex<HashMap<String, Answer>>>,
}

impl Web {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let web = Self { port, asked: Arc::default(), answers: Arc::default() };
        let server = web.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let server = server.clone();
                std::thread::spawn(move || server.answer(stream.unwrap()));
            }
        });
        web
    }

    pub(crate) fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Answers at a path with whatever is written to the connection.
    pub(crate) fn on(
        &self,
        path: &str,
        answer: impl Fn(&Asked, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
    ) {
        self.answers.lock().unwrap().insert(path.into(), Arc::new(answer));
    }

    /// Answers at a path with headers and a body.
    pub(crate) fn give(&self, path: &str, headers: &str, body: impl Into<Vec<u8>>) {
        let (headers, body) = (headers.to_owned(), body.into());
        self.on(path, move |_, to| reply(to, "200 OK", &headers, &body));
    }

    /// Answers with 304 whoever has the page of this tag.
    pub(crate) fn tagged(&self, path: &str, tag: &str, kind: &str, body: impl Into<Vec<u8>>) {
        let (tag, body) = (format!("\"{tag}\""), body.into());
        let headers = format!("Content-Type: {kind}\r\nETag: {tag}\r\n");
        self.on(path, move |asked, to| match asked.header("if-none-match") {
            Some(known) if known == tag => reply(to, "304 Not Modified", &headers, b""),
            _ => reply(to, "200 OK", &headers, &body),
        });
    }

    /// Sends whoever asks at a path on to another address.
    pub(crate) fn send_on(&self, path: &str, to: &str) {
        let headers = format!("Location: {to}\r\n");
        self.on(path, move |_, to| reply(to, "302 Found", &headers, b""));
    }

    /// The requests so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The requests so far for a path.
    pub(crate) fn asked_for(&self, path: &str) -> Vec<Asked> {
        self.asked().into_iter().filter(|asked| asked.path == path).collect()
    }

    fn answer(&self, stream: TcpStream) {
        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap_or(0) > 0 {}
        let mut words = head.split(' ').map(str::to_owned);
        let (Some(method), Some(path)) = (words.next(), words.next()) else { return };
        let asked = Asked { method, path, head };
        self.asked.lock().unwrap().push(asked.clone());
        let answer = self.answers.lock().unwrap().get(&asked.path).cloned();
        // A client that has seen enough may be gone.
        let _ = match answer {
            Some(answer) => answer(&asked, reader.get_mut()),
            None => reply(reader.get_mut(), "404 Not Found", "", b""),
        };
    }
}

pub(crate) fn reply(to: &mut TcpStream, status: &str, headers: &str, body: &[u8]) -> std::io::Result<()> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n");
    to.write_all(&[head.as_bytes(), body].concat())
}
