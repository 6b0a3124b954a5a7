//! Feeds and sitemaps of every kind, read from a server.

use lectern::fetch::Client;
use lectern::source::{ImportConfig, Listing, SourceError, entries};

use super::local;
use crate::web::Web;

fn read(web: &Web, path: &str) -> Result<Listing, SourceError> {
    entries(&Client::new(local(web)), &web.at(path), &ImportConfig::default())
}

/// Paths with ids, titles and times, as far as they are told.
fn told(web: &Web, text: &str) -> Vec<String> {
    web.give("/n/list", "Content-Type: text/html\r\n", text);
    let listing = read(web, "/n/list").unwrap();
    let line = |e: &lectern::source::Entry| {
        let time = |t: Option<jiff::Timestamp>| t.map(|t| t.to_string()).unwrap_or_default();
        let url = e.url.as_str().replace(&web.at(""), "");
        let (id, title) = (e.id.clone().unwrap_or_default(), e.title.clone().unwrap_or_default());
        format!("{url}|{id}|{title}|{}|{}", time(e.published), time(e.changed))
    };
    listing.entries.iter().map(line).collect()
}

#[test]
fn feeds_of_every_kind() {
    let web = Web::start();
    let rss = r#"<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
        <channel><title>Quay News</title><link>https://quay.example/</link><atom:link rel="self" href="feed"/>
        <image><url>/logo.png</url><title>Logo</title></image>
        <item><media:title>Picture</media:title><title>Salt &amp; <![CDATA[<b>vinegar</b>]]> &#8364;</title><link>../a?x=1&amp;y=2</link>
            <guid isPermaLink="false">tag:1</guid><pubDate>Tue, 24 Nov 2026 06:00:00 +0100</pubDate>
            <atom:updated>2026-11-24T07:00:00Z</atom:updated></item>
        <item><title>Two</title><guid>b</guid></item>
        <item><title>Again</title><link>b#comments</link></item>
        <item><title>No address</title></item>
        <item><link>javascript:alert(1)</link></item>
        </channel></rss>"#;
    let expected = [
        "/a?x=1&y=2|tag:1|Salt & <b>vinegar</b> €|2026-11-24T05:00:00Z|2026-11-24T07:00:00Z",
        "/n/b|b|Two||",
    ];
    assert_eq!(told(&web, rss), expected);
    let rdf = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="x"><title>Old</title><items><rdf:Seq><rdf:li resource="y"/></rdf:Seq></items></channel>
        <item rdf:about="y"><title>One</title><link>/one</link><dc:date>2026-11-24</dc:date></item></rdf:RDF>"#;
    assert_eq!(told(&web, rdf), ["/one||One|2026-11-24T00:00:00Z|"]);
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/base/"><title>Quay</title><link rel="self" href="/feed"/>
        <entry><id>urn:1</id><title type="xhtml"><div>A <em>good</em> day</div></title><link rel="edit" href="edit"/>
            <link rel="alternate" href="1"/><link rel="enclosure" href="1.mp3"/><published>2026-11-23T06:00:00Z</published>
            <updated>2026-11-24T06:00:00Z</updated><source><id>urn:x</id><title>Other</title></source></entry>
        <entry><id>urn:2</id><link href="/2"/></entry></feed>"#;
    let expected = ["/base/1|urn:1|A good day|2026-11-23T06:00:00Z|2026-11-24T06:00:00Z", "/2|urn:2|||"];
    assert_eq!(told(&web, atom), expected);
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Quay","items":[
        {"id":"1","url":"/1","title":"One","date_published":"2026-11-24T06:00:00+01:00"},{"id":2,"url":"/2"},{"id":"x"}]}"#;
    assert_eq!(told(&web, json), ["/1|1|One|2026-11-24T05:00:00Z|", "/2|2|||", "/n/x|x|||"]);
    assert_eq!(told(&web, "http://127.0.0.1/a\n# no\nhttp://127.0.0.1/b\n").len(), 2);
}

#[test]
fn sitemaps_and_their_indexes() {
    use std::io::Read;
    let web = Web::start();
    let news = r#"<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>/a</loc><image:image><image:loc>/a.png</image:loc>
        <image:title>Picture</image:title></image:image><news:news><news:publication><news:name>Quay</news:name></news:publication>
        <news:publication_date>2026-11-24T06:00Z</news:publication_date><news:title>A</news:title></news:news></url>
        <url><loc>/b</loc><lastmod>2026-11-23</lastmod></url></urlset>"#;
    let expected = ["/a||A|2026-11-24T06:00:00Z|", "/b||||2026-11-23T00:00:00Z"];
    assert_eq!(told(&web, news), expected);
    let mut packed = Vec::new();
    let old = br#"<urlset><url><loc>/c</loc></url><url><loc>/b#x</loc></url></urlset>"#;
    flate2::read::GzEncoder::new(&old[..], flate2::Compression::fast()).read_to_end(&mut packed).unwrap();
    web.give("/old.xml.gz", "Content-Type: application/x-gzip\r\n", packed);
    web.give("/new.xml", "", news);
    let index = "<sitemapindex><sitemap><loc>/new.xml</loc></sitemap><sitemap><loc>old.xml.gz</loc></sitemap>\
        <sitemap><loc>/index.xml</loc></sitemap><sitemap><loc>/gone.xml</loc></sitemap></sitemapindex>";
    web.give("/index.xml", "", index);
    let listing = read(&web, "/index.xml").unwrap();
    let paths: Vec<&str> = listing.entries.iter().map(|e| e.url.path()).collect();
    assert_eq!((paths, listing.cut), (vec!["/a", "/b", "/c"], false));
    assert!(listing.failed[0].to_string().contains("/gone.xml: the server answers 404"));
    assert_eq!(web.asked_for("/index.xml").len(), 1, "an index that names itself");
}

#[test]
fn lists_end_where_the_settings_say() {
    let web = Web::start();
    let client = Client::new(local(&web));
    let item = |n: usize| format!("<url><loc>/{n}</loc></url>");
    web.give("/many", "", format!("<urlset>{}</urlset>", (0..100).map(item).collect::<String>()));
    let few = ImportConfig { max_entries: 7, max_sitemaps: 2, ..ImportConfig::default() };
    let listing = entries(&client, &web.at("/many"), &few).unwrap();
    assert_eq!((listing.entries.len(), listing.cut), (7, true));
    // An index whose every sitemap is one more index.
    web.give(
        "/0",
        "",
        "<sitemapindex><sitemap><loc>/1</loc></sitemap><sitemap><loc>/2</loc></sitemap></sitemapindex>",
    );
    web.give(
        "/1",
        "",
        "<sitemapindex><sitemap><loc>/3</loc></sitemap><sitemap><loc>/4</loc></sitemap></sitemapindex>",
    );
    let listing = entries(&client, &web.at("/0"), &few).unwrap();
    assert!(listing.cut && listing.entries.is_empty());
    assert_eq!(["/0", "/1", "/2", "/3", "/4"].map(|path| web.asked_for(path).len()), [1, 1, 1, 0, 0]);
}

#[test]
fn what_is_no_list_is_said_to_be_none() {
    let web = Web::start();
    let bomb = r#"<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
        <rss><channel><item><title>&b;&x;!</title><link>/1</link></item></channel></rss>"#;
    assert_eq!(told(&web, bomb), ["/1||!||"], "what a document declares is not read");
    let broken = [
        "<html><body>no</body></html>",
        "no",
        "",
        "[]",
        "{}",
        "<rss><channel><item>",
        "<rss><channel></rss>",
    ];
    for text in broken {
        web.give("/n/list", "", text);
        assert!(
            matches!(read(&web, "/n/list"), Err(SourceError::Unknown(_) | SourceError::Broken { .. })),
            "{text}"
        );
    }
    let deep = format!("<rss>{}", "<a>".repeat(200_000));
    web.give("/n/list", "", deep);
    assert!(matches!(read(&web, "/n/list"), Err(SourceError::Broken { .. })));
}
