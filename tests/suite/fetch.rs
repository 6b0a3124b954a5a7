//! The client that brings pages: where it does not go, and what it does not take.

mod caps;
mod lists;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use lectern::fetch::{Answer, Client, FetchConfig, FetchError, Refusal, Validators};
use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::web::Web;

/// Says of each name what it is told to, in turn, and counts how often it is asked.
#[derive(Clone, Debug)]
struct Names {
    answers: Arc<Vec<Vec<IpAddr>>>,
    asked: Arc<AtomicUsize>,
    port: Option<u16>,
}

impl Names {
    fn all(addresses: &str) -> Self {
        Self::in_turn(&[addresses])
    }

    fn in_turn(answers: &[&str]) -> Self {
        let parsed = |text: &&str| text.split(' ').map(|a| a.parse().unwrap()).collect();
        Self { answers: Arc::new(answers.iter().map(parsed).collect()), asked: Arc::default(), port: None }
    }
}

impl Resolver for Names {
    fn resolve(&self, uri: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let turn = self.asked.fetch_add(1, Ordering::Relaxed).min(self.answers.len() - 1);
        let mut found = self.empty();
        for address in &self.answers[turn] {
            found.push(SocketAddr::new(*address, self.port.or(uri.port_u16()).unwrap_or(80)));
        }
        Ok(found)
    }
}

fn allowing(hosts: &[&str]) -> FetchConfig {
    FetchConfig {
        allow_hosts: hosts.iter().map(|h| (*h).to_owned()).collect(),
        seconds: 5,
        ..FetchConfig::default()
    }
}

/// One that may ask the test's server.
fn local(web: &Web) -> FetchConfig {
    FetchConfig { allow_private: true, ..allowing(&[&format!("127.0.0.1:{}", web.port)]) }
}

fn get(client: &Client, url: &str) -> Result<Answer, FetchError> {
    client.get(url, &Validators::default())
}

fn refusal(client: &Client, url: &str) -> Refusal {
    get(client, url).map(|_| panic!("{url} was fetched")).unwrap_err().why
}

/// Addresses inside, and addresses that nobody has, in every writing a browser understands. PORT is
/// the test server's, which would answer.
const INSIDE: [&str; 52] = [
    "http://127.0.0.1:PORT/",
    "http://127.1:PORT/",
    "http://127.0.1:PORT/",
    "http://2130706433:PORT/",
    "http://0x7f000001:PORT/",
    "http://0x7f.1:PORT/",
    "http://0X7F.0x0.0x0.0x1:PORT/",
    "http://017700000001:PORT/",
    "http://0177.0.0.1:PORT/",
    "http://0177.0x0.0.0001:PORT/",
    "http://127.0.0.1.:PORT/",
    "http://%31%32%37.0.0.1:PORT/",
    "http://１２７.０.０.１:PORT/",
    "http://①②⑦.⓪.⓪.①:PORT/",
    "http://127。0。0。1:PORT/",
    "http://127.0.0\t.1:PORT/",
    "http:127.0.0.1:PORT/",
    "http:///127.0.0.1:PORT/",
    "http:\\\\127.0.0.1:PORT\\",
    "http://127.0.0.1:PORT\\@site.example/",
    "http://127.255.255.254:PORT/",
    "http://0:PORT/",
    "http://0.0.0.0:PORT/",
    "http://[::1]:PORT/",
    "http://[0:0:0:0:0:0:0:1]:PORT/",
    "http://[::]:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/",
    "http://[0:0:0:0:0:ffff:7f00:0001]:PORT/",
    "http://[::127.0.0.1]:PORT/",
    "http://[64:ff9b::7f00:1]:PORT/",
    "http://[64:ff9b::169.254.169.254]/",
    "http://[2002:7f00:1::]:PORT/",
    "http://[2001:0:7f00:1::1]/",
    "http://10.0.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://3232235777/",
    "http://100.64.0.1/",
    "http://[fd12::1]/",
    "http://[fe80::1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/latest/meta-data/",
    "http://0xA9.0xFE.0xA9.0xFE/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://100.100.100.200/latest/meta-data/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[2001:db8::1]/",
];

#[test]
fn nothing_inside_is_asked_however_it_is_written() {
    let web = Web::start();
    for url in INSIDE {
        let url = url.replace("PORT", &web.port.to_string());
        // By somebody who only knows a site,
        let refused = refusal(&Client::new(allowing(&["site.example"])), &url);
        assert!(matches!(refused, Refusal::Host(_)), "{url}: {refused}");
        // and by an operator who named the very address.
        let refused = refusal(&Client::new(FetchConfig::default().allowing(&url)), &url);
        assert!(matches!(refused, Refusal::Private { .. } | Refusal::Special { .. }), "{url}: {refused}");
    }
    assert!(web.asked().is_empty());
    // Those that are this machine by another writing would have been answered.
    let open =
        |url: &str| Client::new(FetchConfig { allow_private: true, ..FetchConfig::default().allowing(url) });
    let here = INSIDE.iter().map(|url| url.replace("PORT", &web.port.to_string()));
    let here = here.filter(|url| url.contains(&web.port.to_string()));
    let answered = here.filter(|url| {
        !matches!(
            get(&open(url), url),
            Err(FetchError { why: Refusal::Failed(_) | Refusal::Special { .. }, .. })
        )
    });
    assert_eq!((answered.count(), web.asked().len()), (20, 20));
}

#[test]
fn nothing_inside_is_asked_by_another_name() {
    let client =
        |addresses| Client::with_resolver(allowing(&["site.example", "localhost"]), Names::all(addresses));
    let table = [
        ("http://localhost/", "127.0.0.1"),
        ("http://LOCALHOST./", "::1"),
        ("http://site.example/", "127.0.0.1"),
        ("http://site.example/", "10.1.2.3"),
        ("https://www.site.example/", "169.254.169.254"),
        ("http://site.example/", "::ffff:10.0.0.1"),
        ("http://site.example/", "64:ff9b::a00:1"),
        ("http://site.example/", "2002:a00:1::1"),
        ("http://site.example/", "fd00:ec2::254"),
        ("http://site.example/", "0.0.0.0"),
        // One public address does not excuse the other.
        ("http://site.example/", "93.184.215.14 192.168.0.1"),
        ("http://site.example/", "2606:4700::1111 ::1"),
    ];
    for (url, addresses) in table {
        let refused = refusal(&client(addresses), url);
        assert!(matches!(refused, Refusal::Private { .. } | Refusal::Special { .. }), "{url}: {refused}");
    }
}

#[test]
fn private_networks_are_for_who_allows_them_and_metadata_for_nobody() {
    let config = FetchConfig { allow_private: true, ..allowing(&["site.example"]) };
    for address in
        ["169.254.169.254", "fd00:ec2::254", "100.100.100.200", "0.0.0.0", "::ffff:127.0.0.1", "fe80::1"]
    {
        let refused =
            refusal(&Client::with_resolver(config.clone(), Names::all(address)), "http://site.example/");
        assert!(matches!(refused, Refusal::Special { .. }), "{address}: {refused}");
    }
}

#[test]
fn addresses_are_refused_with_what_would_allow_them() {
    let client =
        Client::with_resolver(allowing(&["site.example", "other.example:8443"]), Names::all("127.0.0.1"));
    let table = [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://site.example/", "only http and https"),
        ("gopher://site.example/", "only http and https"),
        ("data:text/html,x", "only http and https"),
        ("site.example/feed", "not an address"),
        ("http://", "not an address"),
        ("http://site.example:x/", "not an address"),
        ("http://a:b@site.example/", "user or password"),
        ("http://site.example@127.0.0.1/", "user or password"),
        ("http://site.example:80@evil.example/", "user or password"),
        ("http://@evil.example/", "the host evil.example is not allowed; add it to allow_hosts"),
        ("http://evilsite.example/", "the host evilsite.example is not allowed"),
        ("http://site.example.evil.example/", "is not allowed"),
        ("http://evil.example/?site.example", "is not allowed"),
        ("http://example/", "is not allowed"),
        ("http://site.example:22/", "port 22 is not allowed; add \"site.example:22\""),
        ("http://site.example:8443/", "port 8443 is not allowed"),
        ("http://other.example:8444/", "port 8444 is not allowed"),
        ("http://other.example:8443/", "allow_private = true"),
        ("https://site.example:80/", "allow_private = true"),
    ];
    for (url, told) in table {
        let error = get(&client, url).unwrap_err();
        assert!(error.to_string().contains(told), "{url}: {error}");
        assert!(!error.to_string().contains("a:b"), "{error}");
    }
}

#[test]
fn a_name_is_resolved_once_and_that_address_is_asked() {
    let web = Web::start();
    web.give("/", "", "here");
    // The second answer is what a rebinding server would give the second look-up.
    let mut names = Names::in_turn(&["127.0.0.1", "169.254.169.254"]);
    names.port = Some(web.port);
    let config = FetchConfig { allow_private: true, ..allowing(&["site.example"]) };
    let client = Client::with_resolver(config, names.clone());
    assert!(
        matches!(get(&client, "http://site.example/"), Ok(Answer::Whole(found)) if found.bytes == b"here")
    );
    assert_eq!((names.asked.load(Ordering::Relaxed), web.asked().len()), (1, 1));
    let refused = refusal(&client, "http://site.example/");
    assert!(matches!(refused, Refusal::Special { .. }), "{refused}");
    assert_eq!((names.asked.load(Ordering::Relaxed), web.asked().len()), (2, 1));
}

#[test]
fn redirects_lead_nowhere_else() {
    let web = Web::start();
    let client = Client::new(local(&web));
    let port = web.port.to_string();
    let elsewhere = [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:PORT/secret",
        "http://localhost:PORT/secret",
        "http://2130706434:PORT/secret",
        "http://a@127.0.0.1:PORT/secret",
        "http://127.0.0.1:22/",
        "//evil.example/",
        "file:///etc/passwd",
        "/\\evil.example/",
    ];
    web.give("/secret", "", "secret");
    for to in elsewhere {
        web.send_on("/1", "/2?a=b");
        web.send_on("/2?a=b", "3");
        web.send_on("/3", &to.replace("PORT", &port));
        let refused = refusal(&client, &web.at("/1"));
        let known = matches!(
            refused,
            Refusal::Host(_)
                | Refusal::Port { .. }
                | Refusal::Userinfo
                | Refusal::Scheme(_)
                | Refusal::Special { .. }
        );
        assert!(known, "{to}: {refused}");
    }
    assert_eq!(web.asked().len(), 3 * elsewhere.len());
    assert!(web.asked_for("/secret").is_empty());
    web.send_on("/loop", "/loop");
    assert_eq!(refusal(&client, &web.at("/loop")), Refusal::Redirects(5));
    assert_eq!(web.asked_for("/loop").len(), 6);
}

#[test]
fn redirects_that_stay_are_followed_and_tell_where_it_is() {
    let web = Web::start();
    web.send_on("/a/1", "../b/2");
    web.send_on("/b/2", &web.at("/b/3"));
    web.give("/b/3", "", "here");
    let Answer::Whole(found) = get(&Client::new(local(&web)), &web.at("/a/1")).unwrap() else { panic!() };
    assert_eq!((found.url.path(), found.bytes.as_slice()), ("/b/3", &b"here"[..]));
}
