//! How soon a press is answered, as ratios against rendering the whole article in the same run.
//!
//! Each figure is from a service of its own, as only the first press is worth measuring. The
//! service has two voice threads; the client is on the same machine.
#![allow(missing_docs, dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../tests/suite/harness.rs"]
mod harness;
mod rivals;
mod uncut;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use harness::{Service, parts, voices};
use lectern::article::Article;
use lectern::render::{RenderConfig, Renderer};
use lectern::speech::{Counters, Phonemizer, Pool, PoolConfig, Runtime, Utterance, Voice};
use serde_json::json;
use tempfile::TempDir;

const ROUNDS: usize = 3;
const CROWD: usize = 1000;
const MP3: &str = "/v1/articles/a/audio.mp3";

fn main() {
    // A thousand listeners are two thousand ends of connections.
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    let rounds: Vec<[Duration; 5]> = (0..ROUNDS).map(|_| round()).collect();
    let names = ["last byte", "first bytes", "manifest with duration", "seek to 80 %", "range from 0"];
    println!("never-heard article of 700 words, 2 voice threads; the whole takes 1");
    for (i, name) in names.into_iter().enumerate().skip(1) {
        report(name, rounds.iter().map(|r| r[i].as_secs_f64() / r[0].as_secs_f64()).collect());
    }
    let joe = joe();
    if let Some(mut rival) = rivals::Rival::start("piper", &joe.model) {
        println!("the same article; piper-tts takes 1 to speak it");
        let (_, spoken) = spoken(&[article()]);
        let texts: Vec<String> = spoken.into_iter().map(|(text, _)| text).collect();
        let took: Vec<f64> = (0..ROUNDS).map(|_| rival.say(&texts)).collect();
        for (i, name) in names.into_iter().enumerate() {
            report(name, rounds.iter().zip(&took).map(|(r, took)| r[i].as_secs_f64() / took).collect());
        }
    }
    println!("{CROWD} listeners of a never-heard article; the median's first byte, a single listener's is 1");
    report("first bytes", (0..ROUNDS).map(|_| crowd(CROWD) / crowd(1)).collect());
    println!("many articles from their saves until all are ready, on all cores; the uncut model's rate is 1");
    report("rate", throughput());
}

/// Whole article, first bytes, manifest, seek, and a range from the beginning.
fn round() -> [Duration; 5] {
    let whole = timed(|s| drop(s.get(MP3, &[])));
    let first = timed(|s| drop(first_byte(s, "")));
    let service = unheard();
    let started = Instant::now();
    let manifest = service.get("/v1/articles/a", &[]).json();
    let planned = started.elapsed();
    let bytes = (manifest["duration"].as_f64().unwrap() / 0.024).round() as u64 * 192;
    let started = Instant::now();
    drop(first_byte(&service, &format!("Range: bytes={}-\r\n", bytes * 8 / 10)));
    let seek = started.elapsed();
    // It would go on with its article.
    drop(service);
    let range = timed(|s| drop(first_byte(s, "Range: bytes=0-\r\n")));
    [whole, first, planned, seek, range]
}

fn timed(work: impl FnOnce(&Service)) -> Duration {
    let service = unheard();
    let started = Instant::now();
    work(&service);
    started.elapsed()
}

fn article() -> String {
    std::fs::read_to_string("tests/fixtures/articles/long_700.txt").unwrap()
}

/// The voice whose uncut model is the reference, whatever the default is.
fn joe() -> Arc<Voice> {
    voices().get("en_US-joe-medium").unwrap()
}

/// A service with an article that nobody has heard.
fn unheard() -> Service {
    let text = article();
    let service = Service::start_with(&["--workers", "2", "--no-demo"], Arc::new(TempDir::new().unwrap()));
    assert_eq!(service.put("a", &json!({ "text": text, "render": false })).status, 202);
    service
}

/// Asks for the audio and returns once its first byte is there.
fn first_byte(service: &Service, header: &str) -> TcpStream {
    let mut stream = TcpStream::connect(service.base.trim_start_matches("http://")).unwrap();
    write!(stream, "GET {MP3} HTTP/1.1\r\nHost: x\r\n{header}\r\n").unwrap();
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    stream.read_exact(&mut byte).unwrap();
    stream
}

/// Seconds until the median of so many who press at once has his first byte. They share one thread,
/// as on this machine they take from the service what they need themselves.
fn crowd(listeners: usize) -> f64 {
    let service = unheard();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let address = service.base.trim_start_matches("http://");
    let presses = futures_util::future::join_all((0..listeners).map(|_| press(address)));
    let mut took: Vec<f64> = runtime.block_on(presses).into_iter().map(|(took, _)| took).collect();
    took.sort_by(f64::total_cmp);
    took[took.len() / 2]
}

/// Seconds until the first byte, and the connection, which stays open.
async fn press(address: &str) -> (f64, tokio::net::TcpStream) {
    let started = Instant::now();
    let stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.writable().await.unwrap();
    let request = format!("GET {MP3} HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_eq!(stream.try_write(request.as_bytes()).unwrap(), request.len());
    let (mut heard, mut piece) = (Vec::new(), [0; 4096]);
    while heard.windows(4).position(|end| end == b"\r\n\r\n").is_none_or(|end| heard.len() <= end + 4) {
        stream.readable().await.unwrap();
        match stream.try_read(&mut piece) {
            Ok(0) => panic!("hung up on"),
            Ok(n) => heard.extend_from_slice(&piece[..n]),
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock),
        }
    }
    (started.elapsed().as_secs_f64(), stream)
}

/// How fast a service makes many articles, by how fast the uncut model alone says their sentences.
fn throughput() -> Vec<f64> {
    let articles = articles();
    let (voice, spoken) = spoken(&articles);
    let spoken: Vec<Utterance> = spoken.into_iter().map(|(_, utterance)| utterance).collect();
    let mut sessions: Vec<_> = (0..PoolConfig::default().threads()).map(|_| uncut::session(&voice)).collect();
    let round = || {
        let started = Instant::now();
        uncut::share(&mut sessions, &spoken);
        let reference = started.elapsed();
        reference.as_secs_f64() / made(&articles).as_secs_f64()
    };
    std::iter::repeat_with(round).take(ROUNDS).collect()
}

fn articles() -> Vec<String> {
    let files = std::fs::read_dir("tests/fixtures/articles").unwrap();
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

/// All sentences, as text and as joe gets them.
fn spoken(articles: &[String]) -> (Arc<Voice>, Vec<(String, Utterance)>) {
    let runtime = Runtime::load(&parts().join("libonnxruntime.so")).unwrap();
    let phonemizer = Phonemizer::start(&parts()).unwrap();
    let (voices, voice) = (voices(), joe());
    let pool = PoolConfig { workers: 1, ..PoolConfig::default() };
    let pool = Pool::start(&pool, runtime, &voice, Counters::default()).unwrap();
    let renderer = Renderer::new(phonemizer, voices, pool, RenderConfig::default());
    let lines = articles.iter().flat_map(|text| renderer.lines(&Article::plain("bench", text)).unwrap().1);
    let said = |line: lectern::render::Line| {
        let (espeak, alphabet) = (&voice.espeak, &voice.alphabet);
        let utterance = phonemizer.utterance(&line.spoken, &line.tokens, espeak, alphabet).unwrap();
        (line.spoken.to_string(), utterance)
    };
    let spoken = lines.map(said).collect();
    (voice, spoken)
}

/// How long a service takes from the first save until all are ready.
fn made(articles: &[String]) -> Duration {
    let service = Service::start_with(&["--no-demo"], Arc::new(TempDir::new().unwrap()));
    let started = Instant::now();
    for (n, text) in articles.iter().enumerate() {
        assert_eq!(service.put(&n.to_string(), &json!({ "text": text })).status, 202);
    }
    let ready = || service.get("/v1/articles?status=ready", &[]).json()["articles"].as_array().unwrap().len();
    while ready() < articles.len() {
        std::thread::park_timeout(Duration::from_millis(50));
    }
    started.elapsed()
}

fn report(name: &str, mut ratios: Vec<f64>) {
    ratios.sort_by(f64::total_cmp);
    let (low, high) = (ratios[0], ratios[ratios.len() - 1]);
    println!("  {name:24} {:.3} ({low:.3} to {high:.3})", ratios[ratios.len() / 2]);
}
