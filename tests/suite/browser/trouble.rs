//! What a reader sees where there is nothing to hear, and where the connection breaks.

use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::spawn;

use serde_json::json;

use super::{Browser, another_site};
use crate::harness::{Service, fixture, text};
use crate::http::sentences;

const PLAYER: &str = "<listen-to-article article=a></listen-to-article>";

#[tokio::test]
async fn what_can_never_play_takes_no_place() {
    let service = Service::start();
    assert_eq!(service.put("b", &text("There is something to hear.")).status, 202);
    let browser = Browser::open(&another_site(&service.base, PLAYER), json!({})).await;
    browser.until("state === 'absent' && player.getBoundingClientRect().height === 0").await;
    let listen =
        "player.addEventListener('listen:unavailable', (event) => (window.why = event.detail.reason))";
    browser.run(&format!("{listen}; player.setAttribute('article', 'unheard of')")).await;
    browser.until("window.why === 'there is no article with this id'").await;
    browser.run("player.setAttribute('article', 'b')").await;
    browser.until("part('.pill').innerText?.includes('min') && player.checkVisibility()").await;
    // Whoever pressed, or is to hear a draft, is told.
    let told = "state === 'unavailable' && part('.player').innerText.trim() === 'Audio is not available'";
    assert_eq!(service.send("DELETE", "/v1/articles/b", &[], None).status, 204);
    browser.press(".pill").await;
    browser.until(told).await;
    browser.run("player.setAttribute('article', 'a')").await;
    browser.until("state === 'absent'").await;
    browser.run("player.setAttribute('preview', 'not one')").await;
    browser.until(told).await;
    browser.quit().await;
}

#[tokio::test]
async fn a_press_waits_for_a_service_that_comes_back() {
    let service = Service::start();
    // Longer than what a browser loads ahead, so that a seek far ahead needs the service.
    let words = std::fs::read_to_string(fixture("articles/long_700.txt")).unwrap().repeat(8);
    assert_eq!(service.put("a", &json!({ "text": words, "render": false })).status, 202);
    let way = Way::to(&service.base);
    let browser = Browser::open(&another_site(&way.address, PLAYER), json!({})).await;
    browser.until("part('.pill').innerText?.includes('min')").await;
    way.cut();
    let listen = "window.heard = []; for (const name of ['play', 'pause', 'error']) \
        player.addEventListener(`listen:${name}`, () => window.heard.push(name))";
    browser.run(listen).await;
    browser.press(".pill").await;
    browser.until("state === 'loading' && part('.player').classList.contains('slow')").await;
    way.mend();
    browser.plays_from(0.0).await;

    way.cut();
    browser.run("player.seek(700)").await;
    browser.until("state === 'loading'").await;
    way.mend();
    browser.plays_from(700.0).await;
    assert_eq!(browser.run("return window.heard").await, json!(["play"]));

    // It asks the reader when it has tried long enough, and goes on from there.
    let position = browser.position().await;
    browser.press(".play").await;
    browser.until("state === 'paused'").await;
    way.cut();
    browser.run(&format!("player.seek({position} + 700)")).await;
    browser.run("player.play()").await;
    browser.until("state === 'error' && part('.player').innerText.includes('Try again')").await;
    // Who asks for it is given as many tries again.
    browser
        .run("const ask = fetch; window.fetch = (...a) => ask(...a).finally(() => (window.asked = true))")
        .await;
    browser.press(".retry").await;
    browser.until("window.asked").await;
    way.mend();
    browser.plays_from(position + 699.0).await;
    browser.quit().await;
}

#[tokio::test]
async fn what_stands_still_or_was_offline_is_tried_again() {
    let service = Service::start();
    assert_eq!(service.put("a", &text(&sentences("harbour", 12))).status, 202);
    service.wait_ready("a");
    let way = Way::to(&service.base);
    let browser = Browser::open(&another_site(&way.address, PLAYER), json!({})).await;
    browser.until("part('.pill').innerText?.includes('min')").await;
    // The first half a minute is over sooner.
    let hasten = "const wait = setTimeout; window.setTimeout = (run, ms) => window.stood || ms < 30000 ? wait(run, ms)         : wait(() => { window.stood = true; run(); }, 1000)";
    browser.run(hasten).await;
    way.hold();
    browser.press(".pill").await;
    browser.until("window.stood").await;
    way.mend();
    browser.plays_from(0.0).await;

    let online = |online: bool| {
        format!("Object.defineProperty(navigator, 'onLine', {{ get: () => {online}, configurable: true }})")
    };
    browser.run(&format!("{}; audio.dispatchEvent(new Event('error'))", online(false))).await;
    browser.until("state === 'error'").await;
    let position = browser.position().await;
    browser.run(&format!("{}; window.dispatchEvent(new Event('online'))", online(true))).await;
    browser.plays_from(position).await;
    browser.quit().await;
}

#[tokio::test]
async fn what_is_gone_gives_back_the_keys_and_what_is_guarded_is_tried() {
    let service = Service::start();
    for id in ["a", "b"] {
        assert_eq!(service.put(id, &text(&sentences("harbour", 12))).status, 202);
        service.wait_ready(id);
    }
    let browser = Browser::open(&another_site(&service.base, PLAYER), json!({})).await;
    // Somebody before the service, who lets the audio through.
    let guard = "window.ask = fetch; window.fetch = async () => { window.asked = true; return new Response('no', { status: 403 }) }";
    browser.run(&format!("{guard}; player.setAttribute('article', 'b')")).await;
    browser.until("window.asked && part('.pill').innerText === 'Listen'").await;
    let listen = "window.heard = []; for (const name of ['play', 'pause', 'unavailable'])         player.addEventListener(`listen:${name}`, () => window.heard.push(name))";
    browser.run(listen).await;
    browser.press(".pill").await;
    browser.plays_from(0.0).await;
    browser.until("!!navigator.mediaSession.metadata").await;

    assert_eq!(service.send("DELETE", "/v1/articles/b", &[], None).status, 204);
    browser.run("window.fetch = window.ask; audio.dispatchEvent(new Event('error'))").await;
    browser.until("state === 'unavailable' && navigator.mediaSession.metadata === null").await;
    assert_eq!(browser.run("return window.heard").await, json!(["play", "pause", "unavailable"]));
    browser.quit().await;
}

/// The way from a browser to a service, which can be cut.
struct Way {
    address: String,
    streams: Arc<Mutex<Option<Vec<TcpStream>>>>,
    silent: Arc<AtomicBool>,
}

impl Way {
    fn to(service: &str) -> Self {
        let service = service.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let streams = Arc::new(Mutex::new(Some(Vec::new())));
        let silent = Arc::new(AtomicBool::new(false));
        let (open, held) = (streams.clone(), silent.clone());
        spawn(move || {
            for here in listener.incoming().flatten() {
                if let Some(streams) = open.lock().unwrap().as_mut() {
                    if held.load(Ordering::Relaxed) {
                        streams.push(here);
                        continue;
                    }
                    let there = TcpStream::connect(&service).unwrap();
                    pass_on(&here, &there);
                    pass_on(&there, &here);
                    streams.extend([here, there]);
                }
            }
        });
        Self { address, streams, silent }
    }

    /// Breaks what is connected; who comes later is turned away.
    fn cut(&self) {
        for stream in self.streams.lock().unwrap().take().into_iter().flatten() {
            // It may have ended by itself.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// Breaks what is connected; who comes later hears nothing.
    fn hold(&self) {
        self.cut();
        self.silent.store(true, Ordering::Relaxed);
        *self.streams.lock().unwrap() = Some(Vec::new());
    }

    fn mend(&self) {
        self.cut();
        self.silent.store(false, Ordering::Relaxed);
        *self.streams.lock().unwrap() = Some(Vec::new());
    }
}

fn pass_on(from: &TcpStream, to: &TcpStream) {
    let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
    spawn(move || {
        // Either side may leave at any time.
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Both);
    });
}
