//! Web and mail addresses, said in the language's words for their marks.

use super::Reading;
use super::scan::Scan;
use crate::text::script::Note;

/// An address longer than this is left out: nobody can follow it by ear.
const MAX_SAID: usize = 40;

/// Ends of addresses that are known by themselves.
const DOMAINS: [&str; 26] = [
    "ai", "at", "be", "cat", "ch", "com", "de", "edu", "es", "eu", "fr", "gov", "info", "int", "io", "it",
    "lu", "media", "mx", "net", "news", "nl", "org", "pl", "ru", "uk",
];

/// What the marks of an address are called.
pub(super) struct Marks {
    pub(super) dot: &'static str,
    pub(super) at: &'static str,
    pub(super) slash: &'static str,
    pub(super) hyphen: &'static str,
    pub(super) underscore: &'static str,
}

/// "www.example.org/karte", "redaktion@example.org".
pub(super) fn address(mut scan: Scan<'_>, marks: &Marks) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    let run = scan.run(|c| c.is_ascii_alphanumeric() || "-_.~:/?#@!$&*+;=%,".contains(c));
    let written = run.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '/');
    let bare =
        ["https://", "http://"].iter().find_map(|scheme| written.strip_prefix(scheme)).unwrap_or(written);
    let known = bare.len() < written.len() || bare.starts_with("www.") || is_host(bare);
    known.then(|| scan.jump(start.at() + written.len()))?;
    if bare.len() > MAX_SAID || bare.contains(['%', '=', '&', '?']) {
        return scan.skips("link-skipped", Note::new("link-skipped", written));
    }
    scan.says(if bare.contains('@') { "email" } else { "link" }, spelt(bare.trim_end_matches('/'), marks))
}

/// A name, a stop and a known end, as for mail and for pages without more before them.
fn is_host(written: &str) -> bool {
    let host = written.rsplit('@').next().unwrap_or(written);
    let host = host.split('/').next().unwrap_or(host);
    let labels = || host.split('.');
    let whole = labels()
        .all(|label| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    // "Vino.es tarde": a stop without its space is no address.
    let slip =
        written.starts_with(char::is_uppercase) && (written.ends_with(".es") || written.ends_with(".de"));
    whole && !slip && labels().count() > 1 && labels().next_back().is_some_and(|end| DOMAINS.contains(&end))
}

fn spelt(written: &str, marks: &Marks) -> String {
    let mut said = String::new();
    for c in written.chars() {
        let name = match c {
            '.' => marks.dot,
            '@' => marks.at,
            '/' => marks.slash,
            '-' => marks.hyphen,
            '_' => marks.underscore,
            c if c.is_ascii_alphanumeric() => {
                said.push(c);
                continue;
            }
            _ => "",
        };
        said = format!("{} {name} ", said.trim_end());
    }
    said.trim_end().to_owned()
}
