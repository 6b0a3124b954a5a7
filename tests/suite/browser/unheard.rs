//! Pressing and seeking in an article that nobody has heard yet, of which nothing is made.

use fantoccini::Locator;
use serde_json::{Value, json};

use super::{Browser, CONTROLS_PLAY, another_site, manifest};
use crate::harness::{Service, fixture};

/// Samples a second at which what is heard is compared with what should be.
const RATE: u32 = 8000;

#[tokio::test]
async fn a_plain_audio_element_plays_and_seeks() {
    let service = unheard();
    let plain =
        format!("<audio controls crossorigin preload=none src='{}/v1/articles/a/audio.mp3'>", service.base);
    let browser = Browser::open(&another_site(&service.base, &plain), json!({})).await;
    watch(&browser).await;
    let audio = browser.client.find(Locator::Css("audio")).await.unwrap();
    let (_, _, width, _) = audio.rectangle().await.unwrap();
    browser.press_at(&audio, CONTROLS_PLAY / width).await;
    it_plays_and_seeks(&service, &browser, "audio.currentTime =").await;
    browser.quit().await;
}

#[tokio::test]
async fn the_player_plays_and_seeks() {
    let service = unheard();
    let player = "<listen-to-article article=a></listen-to-article>";
    let browser = Browser::open(&another_site(&service.base, player), json!({})).await;
    browser.until("part('.pill').innerText?.startsWith('Listen')").await;
    // The test listens in, which other sites' sounds do not allow without.
    browser.run("audio.crossOrigin = 'anonymous'").await;
    watch(&browser).await;
    browser.press(".pill").await;
    it_plays_and_seeks(&service, &browser, "player.currentTime =").await;
    browser.quit().await;
}

#[tokio::test]
async fn a_draft_plays_for_its_preview() {
    let service = Service::start();
    let draft =
        json!({ "text": "Not for everybody yet. Wait for the day.", "published_at": "2999-01-01T06:00:00Z" });
    let saved = service.put("a", &draft).json();
    let (_, preview) = saved["audio"]["mp3"].as_str().unwrap().split_once("?preview=").unwrap();
    let player = "<listen-to-article article=a></listen-to-article>";
    let browser = Browser::open(&another_site(&service.base, player), json!({})).await;
    browser.until("state === 'absent'").await;
    browser.run(&format!("player.setAttribute('preview', '{preview}')")).await;
    browser.until("part('.pill').innerText?.includes('min')").await;
    browser.press(".pill").await;
    browser.plays_from(0.0).await;
    browser.quit().await;
}

/// A service with an article of 700 words that was only stored.
fn unheard() -> Service {
    let service = Service::start();
    let text = std::fs::read_to_string(fixture("articles/long_700.txt")).unwrap();
    let saved = service.put("a", &json!({ "text": text, "render": false }));
    assert_eq!(saved.status, 202, "{}", saved.text());
    service
}

/// Notes what length is shown when it begins to play.
async fn watch(browser: &Browser) {
    let note = "audio.addEventListener('playing', () => (window.shown ??= audio.duration))";
    browser.run(note).await;
}

/// It begins to play with its exact length, and a seek is heard without what lies before it.
async fn it_plays_and_seeks(service: &Service, browser: &Browser, seek: &str) {
    browser.until("window.shown !== undefined && audio.currentTime > 0.3").await;
    let manifest = manifest(service, "a");
    let duration = manifest["duration"].as_f64().unwrap();
    let shown = browser.run("return window.shown").await.as_f64().unwrap_or(f64::INFINITY);
    assert!((shown - duration).abs() < 0.001, "{shown} s shown of {duration}");

    let listen_in = format!(
        "const context = new AudioContext({{ sampleRate: {RATE} }}); \
         window.ear = new AnalyserNode(context, {{ fftSize: 16384 }}); \
         context.createMediaElementSource(audio).connect(window.ear).connect(context.destination);"
    );
    browser.run(&listen_in).await;
    let to = duration * 0.8;
    browser.run(&format!("{seek} {to}")).await;
    browser.until(&format!("!audio.seeking && audio.currentTime > {to}")).await;
    let before = starts(&manifest).filter(|start| *start < to).count() as u64;
    let made = service.synthesised();
    assert!(made < before, "{made} sentences made; {before} lie before");

    browser.until(&format!("audio.currentTime > {}", to + 2.5)).await;
    let heard = "const heard = new Float32Array(ear.fftSize); ear.getFloatTimeDomainData(heard); \
        return [audio.currentSrc, [...heard], audio.currentTime]";
    let mut compared = browser.run(heard).await.as_array().unwrap().clone();
    compared.push(json!(RATE));
    service.wait_ready("a");
    let alike = browser.client.execute_async(include_str!("heard.js"), compared).await.unwrap();
    assert!(alike.as_f64().is_some_and(|alike| alike > 0.95), "heard otherwise than made: {alike}");
}

fn starts(manifest: &Value) -> impl Iterator<Item = f64> {
    manifest["sentences"].as_array().unwrap().iter().map(|sentence| sentence["start"].as_f64().unwrap())
}
