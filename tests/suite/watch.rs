//! Feeds and sitemaps that a service watches, and pages it is told to import.

use std::fmt::Write;
use std::sync::Arc;

use serde_json::json;
use tempfile::TempDir;

use crate::harness::{Service, lectern};
use crate::http::{folder_of_its_own, settings, until, written};
use crate::web::{Web, reply};

/// A page with an article of two sentences, the second its own.
fn page(subject: &str, end: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>{subject}</title></head><body><nav><a href=/>Home</a></nav>\
         <article><h1>{subject}</h1><p>People on the quay talked about the {subject} all morning, and nobody \
         left before noon.</p><p>{end}</p></article></body></html>"
    )
}

/// An Atom feed of paths, each with the hour it was changed at, if that is told.
fn atom(pieces: &[(&str, Option<u32>)]) -> String {
    let mut feed = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Quay</title>".to_owned();
    for (path, hour) in pieces {
        let updated = hour.map(|hour| format!("<updated>2026-11-24T{hour:02}:00:00Z</updated>"));
        write!(feed, "<entry><link href=\"{path}\"/>{}</entry>", updated.unwrap_or_default()).unwrap();
    }
    feed + "</feed>"
}

const FEED: &str = "application/atom+xml";
const PAGE: &str = "text/html; charset=utf-8";

fn id(web: &Web, path: &str) -> String {
    web.at(path).replace(':', "%3A").replace('/', "%2F")
}

/// Watches a path of the server every second.
fn watching(web: &Web, path: &str, data: Arc<TempDir>, more: &str) -> Service {
    let folder = TempDir::new().unwrap();
    let toml = format!(
        "[fetch]\nallow_private = true\n[import]\npause_ms = 0\n\
         [[sources]]\nname = \"quay\"\nurl = \"{}\"\nevery_seconds = 1\n{more}",
        web.at(path)
    );
    Service::start_with(&["--workers", "1", "--config", &settings(&folder, &toml)], data)
}

/// What a report tells of the sources.
fn told(service: &Service) -> Vec<serde_json::Value> {
    service.get("/v1/status", &[]).json()["sources"].as_array().unwrap().clone()
}

/// Waits for so many looks at a path from now on.
fn looks(web: &Web, path: &str, more: usize) {
    let before = web.asked_for(path).len();
    until("it is not looked at", || web.asked_for(path).len() >= before + more);
}

fn wait_until_saved(service: &Service, id: &str) {
    until("it is not saved", || service.get(&format!("/v1/articles/{id}"), &[]).status == 200);
}

#[test]
fn what_is_published_is_made_once_and_what_is_edited_is_made_again() {
    let web = Web::start();
    let paths = ["/1", "/2", "/3"];
    for path in paths {
        let subject = format!("ferry number {}", &path[1..]);
        web.tagged(path, "v1", PAGE, page(&subject, "She left at six."));
    }
    let pieces = paths.map(|path| (path, Some(6)));
    web.tagged("/feed", "v1", FEED, atom(&pieces));
    let service = watching(&web, "/feed", folder_of_its_own(), "");
    for path in paths {
        wait_until_saved(&service, &id(&web, path));
        let manifest = service.wait_ready(&id(&web, path));
        assert_eq!(manifest["title"], format!("ferry number {}", &path[1..]));
    }
    let made = service.synthesised();
    assert_eq!(made, 3 * 2 + 1, "headlines and paragraphs; the last one is said once");
    looks(&web, "/feed", 2);
    assert!(web.asked_for("/feed")[1..].iter().all(|asked| asked.header("if-none-match") == Some("\"v1\"")));
    assert_eq!(paths.map(|path| web.asked_for(path).len()), [1, 1, 1]);
    // One piece is edited, and the feed says so.
    web.tagged("/2", "v2", PAGE, page("ferry number 2", "She left at seven."));
    web.tagged("/feed", "v2", FEED, atom(&[("/1", Some(6)), ("/2", Some(7)), ("/3", Some(6))]));
    until("the edit is not noticed", || service.synthesised() > made);
    service.wait_ready(&id(&web, "/2"));
    assert_eq!(service.synthesised(), made + 1);
    assert_eq!(web.asked_for("/2")[1].header("if-none-match"), Some("\"v1\""));
    assert_eq!(paths.map(|path| web.asked_for(path).len()), [1, 2, 1]);
    until("the looks are not counted", || {
        service.get("/metrics", &[]).text().contains("lectern_source_looks_total{outcome=\"unchanged\"}")
    });
    assert!(service.get("/metrics", &[]).text().contains("lectern_source_pages_total{outcome=\"saved\"} 4"));
    assert!(!service.log().contains("quay talked"), "{}", service.log());
    // Nothing is fetched again after a restart.
    looks(&web, "/feed", 1);
    let service = watching(&web, "/feed", service.kill(), "");
    looks(&web, "/feed", 2);
    assert_eq!(web.asked_for("/feed").last().unwrap().header("if-none-match"), Some("\"v2\""));
    assert_eq!(paths.map(|path| web.asked_for(path).len()), [1, 2, 1]);
    assert_eq!(service.synthesised(), 0);
}

#[test]
fn pieces_without_dates_are_asked_after_when_the_feed_changes() {
    let web = Web::start();
    web.tagged("/1", "v1", PAGE, page("lighthouse", "It is lit."));
    // This one's server knows no conditions.
    web.give("/2", &format!("Content-Type: {PAGE}\r\n"), page("breakwater", "It holds."));
    web.give("/feed", "", atom(&[("/1", None), ("/2", None)]));
    let service = watching(&web, "/feed", folder_of_its_own(), "render = false\n");
    wait_until_saved(&service, &id(&web, "/1"));
    wait_until_saved(&service, &id(&web, "/2"));
    looks(&web, "/feed", 2);
    assert_eq!(
        ["/1", "/2"].map(|path| web.asked_for(path).len()),
        [1, 1],
        "the feed is the same to the byte"
    );
    web.tagged("/3", "v1", PAGE, page("crane", "It turns."));
    web.give("/feed", "", atom(&[("/3", None), ("/1", None), ("/2", None)]));
    wait_until_saved(&service, &id(&web, "/3"));
    until("not all are asked after", || ["/1", "/2"].iter().all(|path| web.asked_for(path).len() == 2));
    assert_eq!(web.asked_for("/1")[1].header("if-none-match"), Some("\"v1\""));
    looks(&web, "/feed", 1);
    assert_eq!(["/1", "/2", "/3"].map(|path| web.asked_for(path).len()), [2, 2, 1]);
    assert_eq!(service.get(&format!("/v1/articles/{}", id(&web, "/1")), &[]).json()["state"], "stored");
}

#[test]
fn an_index_is_followed_to_what_changed() {
    let web = Web::start();
    let map =
        |path: &str| format!("<urlset><url><loc>{path}</loc><lastmod>2026-11-24</lastmod></url></urlset>");
    let index = "<sitemapindex><sitemap><loc>/old.xml</loc><lastmod>2026-11-01</lastmod></sitemap>\
        <sitemap><loc>/new.xml</loc></sitemap></sitemapindex>";
    web.tagged("/index.xml", "v1", "text/xml", index);
    web.give("/old.xml", "", map("/1"));
    web.tagged("/new.xml", "v1", "text/xml", map("/2"));
    for path in ["/1", "/2", "/3"] {
        web.give(path, &format!("Content-Type: {PAGE}\r\n"), page("harbour", "It is deep."));
    }
    let service = watching(&web, "/index.xml", folder_of_its_own(), "render = false\n");
    wait_until_saved(&service, &id(&web, "/1"));
    wait_until_saved(&service, &id(&web, "/2"));
    looks(&web, "/new.xml", 1);
    // The index stays as it is.
    web.tagged("/new.xml", "v2", "text/xml", map("/3"));
    wait_until_saved(&service, &id(&web, "/3"));
    assert_eq!(web.asked_for("/old.xml").len(), 1);
    assert!(web.asked_for("/new.xml")[1..].iter().all(|asked| asked.header("if-none-match").is_some()));
}

#[test]
fn who_wants_to_be_left_alone_is_also_after_a_restart() {
    let web = Web::start();
    web.on("/busy", |_, to| reply(to, "503 Service Unavailable", "Retry-After: 3600\r\n", b""));
    web.tagged("/feed", "v1", FEED, atom(&[]));
    let other = format!("[[sources]]\nurl = \"{}\"\nevery_seconds = 1\n", web.at("/busy"));
    let service = watching(&web, "/feed", folder_of_its_own(), &other);
    looks(&web, "/feed", 3);
    until("the failure is not logged", || service.log().contains("/busy: the server answers 503"));
    until("the failure is not noted", || told(&service)[1]["failures"] == 1);
    let [quay, busy] = &told(&service)[..] else { panic!("not two sources") };
    assert!(busy["error"].as_str().unwrap().contains("503"), "{busy}");
    let time = |told: &serde_json::Value| told.as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    let pause = time(&busy["next"]).duration_since(time(&busy["looked"]));
    assert!(pause.as_secs() >= 3600, "{busy}");
    assert_eq!((&quay["name"], &quay["failures"], &quay["error"]), (&json!("quay"), &json!(0), &json!(null)));
    let people = lectern().args(["status", "--server", &service.base]).output().unwrap();
    let people = String::from_utf8(people.stdout).unwrap();
    assert!(people.contains("source  quay: looked at ") && people.contains("; failed 1 time: "), "{people}");
    let _service = watching(&web, "/feed", service.kill(), &other);
    looks(&web, "/feed", 3);
    assert_eq!(web.asked_for("/busy").len(), 1);
}

#[test]
fn a_page_that_fails_is_tried_again_and_holds_up_no_other() {
    let web = Web::start();
    let tried = std::sync::atomic::AtomicUsize::new(0);
    web.on("/1", move |_, to| match tried.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
        0 => reply(to, "500 Internal Server Error", "", b""),
        _ => reply(to, "200 OK", "Content-Type: text/html\r\n", page("anchor", "It holds.").as_bytes()),
    });
    web.give("/2", "Content-Type: text/html\r\n", page("rudder", "It turns."));
    web.on("/broken", |_, to| reply(to, "500 Internal Server Error", "", b""));
    web.give("/image", "Content-Type: image/png\r\n", "x");
    let pieces = ["/gone", "/image", "/broken", "/1", "/2"].map(|path| (path, Some(6)));
    web.tagged("/feed", "v1", FEED, atom(&pieces));
    let service = watching(&web, "/feed", folder_of_its_own(), "render = false\n");
    wait_until_saved(&service, &id(&web, "/2"));
    wait_until_saved(&service, &id(&web, "/1"));
    until("it is not given up", || web.asked_for("/broken").len() == 3);
    until("the feed is not settled", || {
        web.asked_for("/feed").last().unwrap().header("if-none-match").is_some()
    });
    looks(&web, "/feed", 2);
    assert_eq!(
        ["/gone", "/image", "/broken", "/1", "/2"].map(|path| web.asked_for(path).len()),
        [1, 1, 3, 2, 1]
    );
}

#[test]
fn editors_import_what_is_allowed() {
    const TOKEN: &str = "correct-horse-battery-staple";
    let web = Web::start();
    let folder = TempDir::new().unwrap();
    let file = written(folder.path(), "token", TOKEN);
    let toml = format!(
        "[fetch]\nallow_private = true\nallow_hosts = [\"127.0.0.1:{}\"]\n[import]\npause_ms = 0\n",
        web.port
    );
    let args = ["--workers", "1", "--token-file", &file, "--config", &settings(&folder, &toml)];
    let service = Service::start_with(&args, folder_of_its_own());
    let right = [("authorization", "Bearer correct-horse-battery-staple")];
    let import = |wanted: serde_json::Value| {
        service.send("POST", "/v1/import", &right, Some(wanted.to_string().as_bytes()))
    };
    for path in ["/1", "/2", "/3"] {
        web.give(path, "Content-Type: text/html\r\n", page("buoy", "It is red."));
    }
    web.send_on("/moved", "/1?utm_source=x");
    web.give("/1?utm_source=x", "Content-Type: text/html\r\n", page("buoy", "It is red."));
    web.give("/feed", "", atom(&[("/2", None)]));
    web.give("/sitemap.xml", "", "<urlset><url><loc>/2</loc></url><url><loc>/3</loc></url></urlset>");
    let answer = service.send("POST", "/v1/import", &[], Some(b"{}"));
    assert_eq!(answer.problem(), (401, "unauthorized".into()));
    let answer = import(json!({ "url": web.at("/moved"), "render": false, "language": "en-GB" }));
    assert_eq!((answer.status, answer.json()["id"].as_str()), (202, Some(web.at("/1").as_str())));
    assert_eq!((&answer.json()["title"], &answer.json()["language"]), (&json!("buoy"), &json!("en-GB")));
    assert_eq!(
        import(json!({ "feed": web.at("/feed"), "render": false })).json(),
        json!({ "listed": 1, "cut": false })
    );
    wait_until_saved(&service, &id(&web, "/2"));
    assert_eq!(import(json!({ "sitemap": web.at("/sitemap.xml"), "render": false })).json()["listed"], 2);
    wait_until_saved(&service, &id(&web, "/3"));
    web.give("/image", "Content-Type: image/png\r\n", "x");
    web.give("/empty", "Content-Type: text/html\r\n", "<html><body></body></html>");
    let refused = [
        (json!({ "url": "http://169.254.169.254/latest/meta-data/" }), 422, "address-refused"),
        (json!({ "feed": format!("http://localhost:{}/feed", web.port) }), 422, "address-refused"),
        (json!({ "url": "file:///etc/passwd" }), 422, "address-refused"),
        (json!({ "url": "nonsense" }), 422, "address-refused"),
        (json!({ "sitemap": "nonsense" }), 422, "address-refused"),
        (json!({ "url": web.at("/gone") }), 502, "not-fetched"),
        (json!({ "url": web.at("/image") }), 422, "not-taken"),
        (json!({ "url": web.at("/empty") }), 422, "nothing-to-read"),
        (json!({ "feed": web.at("/1") }), 422, "no-list"),
        (json!({}), 422, "one-source-needed"),
        (json!({ "url": web.at("/1"), "feed": web.at("/feed") }), 422, "one-source-needed"),
        (json!({ "feed": web.at("/feed"), "sitemap": web.at("/feed") }), 422, "one-source-needed"),
        (json!({ "uri": web.at("/1") }), 422, "bad-json"),
    ];
    for (wanted, status, code) in refused {
        assert_eq!(import(wanted.clone()).problem(), (status, code.into()), "{wanted}");
    }
}
