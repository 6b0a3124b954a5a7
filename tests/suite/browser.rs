//! The player in a real Chromium, steered through its own driver: pressed, dragged and typed at.

mod changes;
mod trouble;
mod unheard;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{Service, fixture};

const BROWSERS: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const DRIVERS: [&str; 2] = ["chromedriver", "chromium.chromedriver"];
/// Where Chromium's own controls have their button, in pixels from the left.
const CONTROLS_PLAY: f64 = 27.0;
const PATIENCE: Duration = Duration::from_secs(90);

#[tokio::test]
async fn the_demo_page_plays() {
    let service = Service::start();
    let duration = manifest(&service, "lectern-demo")["duration"].as_f64().unwrap();
    let browser = Browser::open(&service.base, json!({})).await;
    let minutes = (duration / 60.0).round();
    browser.until(&format!("part('.pill').innerText === 'Listen · {minutes} min'")).await;
    browser.until("document.readyState === 'complete'").await;
    let metrics = service.get("/metrics", &[]).text();
    assert!(!metrics.contains("/audio"), "looking at the page asked for audio: {metrics}");
    assert_eq!(service.synthesised(), 0);
    it_fits(&browser).await;

    browser.press(".pill").await;
    browser.plays_from(0.0).await;
    it_fits(&browser).await;
    browser.until(&format!("Math.abs(audio.duration - {duration}) < 0.1")).await;
    browser.press_at(&browser.part(".seek").await, 0.8).await;
    browser.plays_from(duration * 0.75).await;

    browser.press(".play").await;
    browser.until("state === 'paused' && audio.paused").await;
    it_steps(&browser).await;
    browser.part(".speed").await.select_by_value("1.5").await.unwrap();
    browser.until("audio.playbackRate === 1.5").await;
    let slider = browser.part(".seek").await;
    let position = browser.position().await;
    slider.send_keys(" ").await.unwrap();
    browser.plays_from(position).await;
    slider.send_keys(" ").await.unwrap();
    browser.until("state === 'paused' && audio.paused").await;

    browser.run("player.play(); player.seek(player.duration - 1)").await;
    browser.until("state === 'ended' && audio.ended").await;
    browser.press(".play").await;
    browser.until("state === 'playing' && audio.currentTime < 60").await;
    assert_eq!(browser.complaints(), Vec::<String>::new());
    browser.quit().await;
}

/// Nothing is wider than a phone, or than a desk's screen.
async fn it_fits(browser: &Browser) {
    for width in [320, 1280] {
        browser.resize(width).await;
        assert_eq!(browser.run("return document.scrollingElement.scrollWidth").await, width);
    }
}

/// Moves a paused player by its buttons and by the arrow keys, and back to where it was.
async fn it_steps(browser: &Browser) {
    let start = browser.position().await;
    let at = |seconds: f64| format!("Math.abs(player.currentTime - {}) < 0.05", start + seconds);
    browser.press(".forward").await;
    browser.until(&at(10.0)).await;
    browser.press(".back").await;
    browser.until(&at(0.0)).await;
    let keys = [(".play", Key::Left, -10.0), (".seek", Key::Right, -5.0), (".seek", Key::Up, 0.0)];
    for (focused, key, seconds) in keys {
        browser.part(focused).await.send_keys(&key).await.unwrap();
        browser.until(&at(seconds)).await;
    }
}

#[tokio::test]
async fn without_script_the_browsers_own_controls_play() {
    let service = Service::start();
    let no_script = json!({ "profile.managed_default_content_settings.javascript": 2 });
    let browser = Browser::open(&service.base, no_script).await;
    let audio = browser.client.find(Locator::Css("listen-to-article > audio[controls]")).await.unwrap();
    assert!(audio.is_displayed().await.unwrap());
    let (_, _, width, height) = audio.rectangle().await.unwrap();
    assert!(width > 200.0 && height > 30.0, "{width} × {height}");
    assert_eq!(browser.run("return player.dataset.state ?? null").await, Value::Null, "script ran");
    browser.press_at(&audio, CONTROLS_PLAY / width).await;
    browser.until("document.querySelector('audio').currentTime > 0.3").await;
    browser.quit().await;
}

#[tokio::test]
async fn another_sites_page_plays() {
    let service = Service::start();
    let text = std::fs::read_to_string(fixture("articles/prose_500.txt")).unwrap();
    let saved = service.put("other", &json!({ "text": text, "render": false }));
    assert_eq!(saved.status, 202, "{}", saved.text());
    let manifest = manifest(&service, "other");
    let players = "<listen-to-article article=other></listen-to-article>\
        <listen-to-article article=unknown></listen-to-article>";
    let browser = Browser::open(&another_site(&service.base, players), json!({})).await;
    browser.until("part('.pill').innerText.includes('min')").await;
    assert_eq!(service.synthesised(), 0);
    browser.press(".pill").await;
    browser.until("state === 'playing'").await;
    // Seeking on before the first seek is done, in what was never made.
    let to = manifest["duration"].as_f64().unwrap() * 0.8;
    browser.run(&format!("player.seek({to} - 20)")).await;
    browser.press(".forward").await;
    browser.press(".forward").await;
    browser.plays_from(to).await;
    let unknown = "document.querySelector('[article=unknown]')";
    browser.until(&format!("{unknown}.dataset.state === 'absent' && !{unknown}.checkVisibility()")).await;
    let complaints = browser.complaints();
    assert!(complaints.len() == 1 && complaints[0].contains("articles/unknown"), "{complaints:?}");
    browser.quit().await;
}

#[tokio::test]
async fn the_player_looks_like_the_page_it_stands_on() {
    let service = Service::start_with(&["--no-demo"], std::sync::Arc::new(TempDir::new().unwrap()));
    let player = "<listen-to-article article=none></listen-to-article>";
    let (light, dark) = ((false, false), (true, true));
    // How a page is made, and whether the player is dark where the system is light, and where it is dark.
    let table = [
        ("", light),
        ("<meta name=color-scheme content=light>", light),
        ("<meta name=color-scheme content=dark>", dark),
        ("<meta name=color-scheme content='light dark'>", (false, true)),
        ("<body bgcolor=#fffff8>", light),
        ("<body bgcolor=#14181b>", dark),
        ("<meta name=color-scheme content='light dark'><body bgcolor=#fffff8>", light),
        ("<body bgcolor=white><table bgcolor=#203040><tr><td>", dark),
    ];
    let browser = Browser::open(&another_site(&service.base, player), json!({})).await;
    let looks = "getComputedStyle(part('.player')).colorScheme";
    for (page, (by_day, by_night)) in table {
        let address = another_site(&service.base, &format!("{page}{player}"));
        for (system, dark) in [("light", by_day), ("dark", by_night)] {
            browser.prefers(system);
            browser.client.goto(&address).await.unwrap();
            browser.until("document.readyState === 'complete' && !!state").await;
            let wanted = if dark { "dark" } else { "light" };
            assert_eq!(browser.run(&format!("return {looks}")).await, wanted, "{page:?}, {system}");
        }
        let is = |dark: bool| format!("{looks} === '{}'", if dark { "dark" } else { "light" });
        browser.prefers("light");
        browser.until(&is(by_day)).await;
        for dark in [true, false] {
            browser.run(&format!("player.setAttribute('theme', {dark} ? 'dark' : 'light')")).await;
            browser.until(&is(dark)).await;
        }
        browser.run("player.removeAttribute('theme'); document.body.setAttribute('bgcolor', 'black')").await;
        let asked = page.contains("color-scheme content=light>");
        browser.until(&is(!asked)).await;
    }
    browser.quit().await;
}

fn manifest(service: &Service, id: &str) -> Value {
    service.get(&format!("/v1/articles/{id}"), &[]).json()
}

/// A page elsewhere with what is told, as strict about what it lets in as a page can be.
fn another_site(service: &str, body: &str) -> String {
    strict_site(service, body, "style-src 'none'")
}

/// The same, with a policy for what more its page needs.
fn strict_site(service: &str, body: &str, more: &str) -> String {
    let page = format!(
        "<!doctype html><html lang=en><title>Elsewhere</title><link rel=icon href=data:,>\
         <script src='{service}/player.js' async></script>{body}"
    );
    let policy = format!(
        "default-src 'none'; img-src data:; script-src {service}/player.js; connect-src {service}; \
         media-src {service}; {more}; require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let asked = BufReader::new(&stream).lines().map_while(Result::ok);
            asked.take_while(|line| !line.is_empty()).for_each(drop);
            let length = page.len();
            // The browser may have thought better of it.
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\
                 Content-Security-Policy: {policy}\r\nConnection: close\r\n\r\n{page}"
            );
        }
    });
    format!("http://localhost:{port}/")
}

/// A Chromium of its own, on a page with a player.
struct Browser {
    client: Client,
    session: String,
    _driver: Driver,
}

impl Browser {
    async fn open(address: &str, prefs: Value) -> Self {
        let driver = Driver::start();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let wanted = driver.capabilities(prefs).as_object().cloned().unwrap();
        let client = builder.capabilities(wanted).connect(&driver.address).await.unwrap();
        let session = format!("{}/session/{}", driver.address, client.session_id().await.unwrap().unwrap());
        client.goto(address).await.unwrap();
        Self { client, session, _driver: driver }
    }

    /// Ends the browser in order, so that it leaves nothing behind.
    async fn quit(self) {
        self.client.close().await.unwrap();
    }

    /// Runs a script on the page, which finds the first player and its parts at hand.
    async fn run(&self, script: &str) -> Value {
        let names = "const player = document.querySelector('listen-to-article, audio'), \
            state = player.dataset.state, part = (css) => player.shadowRoot?.querySelector(css) ?? {}, \
            audio = player.matches('audio') ? player : part('audio');";
        self.client.execute(&format!("{names} {script}"), vec![]).await.unwrap()
    }

    /// Waits until a condition holds on the page.
    async fn until(&self, condition: &str) {
        let mut again = tokio::time::interval(Duration::from_millis(50));
        let holds = async {
            while self.run(&format!("return {condition}")).await != true {
                again.tick().await;
            }
        };
        if tokio::time::timeout(PATIENCE, holds).await.is_err() {
            let found = "return [state, audio.currentTime, audio.duration, part('.player').innerText]";
            panic!("never: {condition}: {} {:?}", self.run(found).await, self.complaints());
        }
    }

    /// Waits until sound comes out, from a second on.
    async fn plays_from(&self, seconds: f64) {
        let later = seconds + 0.3;
        self.until(&format!("state === 'playing' && !audio.seeking && audio.currentTime > {later}")).await;
    }

    async fn position(&self) -> f64 {
        self.run("return player.currentTime").await.as_f64().unwrap()
    }

    async fn part(&self, css: &str) -> Element {
        let player = self.client.find(Locator::Css("listen-to-article")).await.unwrap();
        player.shadow_root().await.unwrap().find(Locator::Css(css)).await.unwrap()
    }

    async fn press(&self, css: &str) {
        self.part(css).await.click().await.unwrap();
    }

    /// Presses an element some way along its width.
    async fn press_at(&self, element: &Element, way: f64) {
        let into_view = "arguments[0].scrollIntoView({ block: 'center' })";
        self.client.execute(into_view, vec![json!(element)]).await.unwrap();
        let (_, _, width, _) = element.rectangle().await.unwrap();
        let x = ((way - 0.5) * width).round();
        let to = PointerAction::MoveToElement { element: element.clone(), duration: None, x, y: 0.0 };
        let mouse = MouseActions::new("mouse".into())
            .then(to)
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.client.perform_actions(mouse).await.unwrap();
    }

    /// A screen of this width; a window can't be as narrow as a phone.
    async fn resize(&self, width: u32) {
        let screen = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        let order = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": screen });
        self.command("goog/cdp/execute", &order);
        self.until(&format!("innerWidth === {width}")).await;
    }

    /// Has the system prefer light or dark colours.
    fn prefers(&self, scheme: &str) {
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.command("goog/cdp/execute", &json!({ "cmd": "Emulation.setEmulatedMedia", "params": media }));
    }

    /// Warnings and errors in the console since last asked.
    fn complaints(&self) -> Vec<String> {
        let log = self.command("se/log", &json!({ "type": "browser" }));
        let grave = log.as_array().unwrap().iter().filter(|entry| entry["level"] != "INFO");
        grave.map(|entry| entry["message"].to_string()).collect()
    }

    /// Chromium's own commands, for which there is no standard.
    fn command(&self, path: &str, body: &Value) -> Value {
        let response = ureq::post(format!("{}/{path}", self.session)).send(body.to_string()).unwrap();
        serde_json::from_reader::<_, Value>(response.into_body().into_reader()).unwrap()["value"].take()
    }
}

/// The driver, in a process group with the browsers it starts; killed when dropped.
struct Driver {
    process: Child,
    address: String,
    browser: PathBuf,
    profile: TempDir,
}

impl Driver {
    fn start() -> Self {
        let browser = program(&BROWSERS);
        let mut command = Command::new(program(&DRIVERS));
        let mut process = command.arg("--port=0").process_group(0).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            Some(line.split_once("started successfully on port ")?.1.trim_end_matches('.').to_owned())
        });
        // It must not be held up by what nobody reads.
        std::thread::spawn(move || lines.for_each(drop));
        let address = format!("http://127.0.0.1:{}", port.expect("chromedriver did not start"));
        Self { process, address, browser, profile: TempDir::new().unwrap() }
    }

    fn capabilities(&self, prefs: Value) -> Value {
        let profile = format!("--user-data-dir={}", self.profile.path().display());
        let args = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync \
            --disable-background-networking --disable-component-update --hide-scrollbars";
        let args: Vec<&str> = args.split_whitespace().chain([profile.as_str()]).collect();
        json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "binary": self.browser, "args": args, "prefs": prefs },
            "goog:loggingPrefs": { "browser": "ALL" },
        })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.process.wait();
    }
}

/// The first of these that is installed.
fn program(names: &[&str]) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let mut files = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found = files.find(|file| file.is_file());
    found.unwrap_or_else(|| panic!("{} is missing: run `make test`, which installs it", names[0]))
}
