//! The page around a player changes: its colours, its article, or it is left and come back to.

use serde_json::json;

use super::{Browser, another_site, strict_site};
use crate::harness::{Service, fixture, text};

const PLAYER: &str = "<listen-to-article article=a></listen-to-article>";

#[tokio::test]
async fn the_player_follows_the_colours_of_its_page() {
    let service = Service::start();
    assert_eq!(service.put("a", &text("One.")).status, 202);
    let body = "<main><div><section><listen-to-article article=a></listen-to-article></section></div>\
        <input type=checkbox></main>";
    // Styles come from the page's own sheets, which its policy lets in.
    let browser =
        Browser::open(&strict_site(&service.base, body, "style-src 'unsafe-inline' data:"), json!({})).await;
    browser.until("!!state").await;
    let rules =
        ".night{background:#112}[data-bs-theme=dark] div{background:#000}main:has(:checked){background:#000}";
    let steps = [
        (
            format!(
                "document.head.append(Object.assign(document.createElement('style'), {{ textContent: '{rules}' }}))"
            ),
            false,
        ),
        ("document.querySelector('section').classList.add('night')".into(), true),
        ("document.querySelector('section').className = ''".into(), false),
        ("document.documentElement.dataset.bsTheme = 'dark'".into(), true),
        ("delete document.documentElement.dataset.bsTheme".into(), false),
        ("document.querySelector('input').click()".into(), true),
        ("document.querySelector('input').click()".into(), false),
        (sheet("div{background:black}"), true),
        ("window.sheet.media = 'print'".into(), false),
        ("window.sheet.media = ''".into(), true),
        ("window.sheet.remove()".into(), false),
    ];
    for (step, dark) in steps {
        browser.run(&step).await;
        browser.until(&format!("part('.player').classList.contains('dark') === {dark}")).await;
    }
    // However much else moves on the page, its styles are not asked for.
    let storm = "let asked = 0; const ask = window.getComputedStyle; \
        window.getComputedStyle = (...of) => (asked++, ask(...of)); \
        for (let i = 0; i < 1000; i++) document.querySelector('main').setAttribute('aria-valuenow', i); \
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(asked))))";
    assert_eq!(browser.run(storm).await, 0);
    browser.quit().await;
}

/// Adds a style sheet that is fetched.
fn sheet(rules: &str) -> String {
    format!(
        "window.sheet = Object.assign(document.createElement('link'), \
         {{ rel: 'stylesheet', href: 'data:text/css,{rules}' }}); document.head.append(window.sheet)"
    )
}

#[tokio::test]
async fn a_reader_goes_on_where_he_left() {
    let service = Service::start();
    let words = std::fs::read_to_string(fixture("articles/long_700.txt")).unwrap();
    assert_eq!(service.put("a", &json!({ "text": words, "render": false })).status, 202);
    assert_eq!(service.put("b", &text("Another one.")).status, 202);
    let browser = Browser::open(&another_site(&service.base, PLAYER), json!({})).await;
    let (new, known) = (
        "part('.pill').innerText?.startsWith('Listen ·')",
        "part('.pill').innerText?.startsWith('Continue ·')",
    );
    browser.until(new).await;
    browser.press(".pill").await;
    browser.run("player.seek(100)").await;
    browser.plays_from(100.0).await;
    browser.client.refresh().await.unwrap();
    browser.until(known).await;
    browser.press(".pill").await;
    browser.plays_from(100.0).await;

    // Pages that are one program swap the article, or take the player away and put it back.
    browser.run("player.setAttribute('article', 'b')").await;
    browser.until(new).await;
    assert_eq!(browser.run("return navigator.mediaSession.metadata").await, json!(null));
    browser.run("player.setAttribute('article', 'a')").await;
    browser.until(known).await;
    browser.press(".pill").await;
    browser.plays_from(100.0).await;
    let taken = "player.remove(); const key = navigator.mediaSession.metadata; document.body.append(player); return key";
    assert_eq!(browser.run(taken).await, json!(null));
    browser.press(".play").await;
    browser.plays_from(100.0).await;

    // What was heard to its end begins anew.
    browser.run("player.seek(player.duration - 1)").await;
    browser.until("state === 'ended'").await;
    browser.client.refresh().await.unwrap();
    browser.until(new).await;
    browser.quit().await;
}
