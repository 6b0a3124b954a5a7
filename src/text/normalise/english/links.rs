//! Addresses on the net: pages, mail, machines; handles and hashtags.

use super::super::Reading;
use super::super::scan::Scan;
use super::super::tag;
use super::context::among;
use super::numerals::{cardinal, digits, serial};
use crate::text::script::Note;

/// An address longer than this is left out: nobody can follow it by ear.
const MAX_SAID: usize = 60;

/// More parts of a path than this cannot be followed either.
const MAX_PARTS: usize = 9;

/// Ends of addresses that are known without a scheme before them.
const DOMAINS: &str = "\
    com org net edu gov int mil info eu uk de fr es it nl be at ch pl cz sk hu ro bg gr pt ie se no dk \
    fi ee lv lt lu mt cy si hr rs ba me mk al md ua by ru ge tr io tv news media ai app dev co us ca au \
    jp cn in br za il li abc";

/// Web pages, mail addresses, bare domains.
pub(super) fn addresses(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    if !start.at_start_of_word() || matches!(start.before(), Some('@' | '/')) {
        return None;
    }
    let first = scan.run(|c| c.is_ascii_alphanumeric() || "-_.+&".contains(c));
    if !matches!(scan.peek(), Some('@' | ':' | '/')) && !first.contains('.') {
        return None;
    }
    let scheme = scan.eat("://") || first == "mailto" && scan.eat(":");
    scan = if scheme { scan } else { start };
    let written = address(&mut scan);
    if !(scheme && !written.is_empty() || is_mail(written) || is_host(written)) {
        return None;
    }
    let long = written.len() > MAX_SAID || written.split(['/', '?', '&', '=']).count() > MAX_PARTS;
    if long || written.contains('%') {
        return scan.skips("link-skipped", Note::new("link-skipped", scan.since(start)));
    }
    scan.says(if is_mail(written) { "email" } else { "link" }, spelt(written))
}

/// As far as an address goes: without the punctuation that follows it.
fn address<'a>(scan: &mut Scan<'a>) -> &'a str {
    let start = *scan;
    let run = scan.run(|c| c.is_ascii_alphanumeric() || "-_.~:/?#@!$&*+;=%".contains(c));
    let kept = run.trim_end_matches(|c: char| ".:?!;/*".contains(c));
    scan.jump(start.at() + kept.len());
    kept
}

fn is_mail(written: &str) -> bool {
    let mut parts = written.splitn(2, '@');
    let (user, host) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    !user.is_empty()
        && !user.contains('/')
        && host.split('/').next().is_some_and(|h| h.contains('.') && !h.contains(".."))
}

fn is_host(written: &str) -> bool {
    let host = written.split(['/', '?', '#']).next().unwrap_or("");
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let ported = !port.is_empty() && port.bytes().all(|d| d.is_ascii_digit());
    let labels: Vec<&str> = name.split('.').collect();
    let whole = labels
        .iter()
        .all(|label| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    let known = labels.len() > 1 && labels.last().is_some_and(|end| among(end, DOMAINS));
    let named = labels.first().is_some_and(|first| first.bytes().any(|b| b.is_ascii_alphabetic()));
    let clear = labels.first().is_some_and(|first| *first == "www");
    whole && named && (clear || known && !is_slip(&labels) || name == "localhost" && ported)
}

/// "ended.In": a stop without its space is no address.
fn is_slip(labels: &[&str]) -> bool {
    labels.len() == 2
        && matches!(labels[1], "in" | "at" | "no" | "it" | "is" | "me" | "be" | "co" | "us" | "by" | "al")
        && labels[0].bytes().all(|b| b.is_ascii_alphabetic())
        && labels[0].len() > 2
        && !labels[0].starts_with(char::is_uppercase)
}

/// An address with its marks named.
fn spelt(written: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut scan = Scan::new(written);
    let mut port = false;
    while let Some(next) = scan.peek() {
        if next.is_ascii_digit() {
            let number = scan.digits();
            words.push(if port { serial(number) } else { digits(number) });
        } else if next.is_ascii_alphabetic() {
            let label = scan.letters();
            let country = label.len() == 2 && label != "co" && words.last().is_some_and(|w| w == "dot");
            words.push(if country { letters(label) } else { tag::said(label, word) });
        } else {
            scan.skip();
            words.push(mark(next).into());
        }
        port = next == ':';
    }
    words.join(" ")
}

fn letters(label: &str) -> String {
    label.to_ascii_uppercase().chars().map(String::from).collect::<Vec<_>>().join(" ")
}

fn mark(c: char) -> &'static str {
    match c {
        '.' => "dot",
        '@' => "at",
        '/' => "slash",
        ':' => "colon",
        '-' => "dash",
        '_' => "underscore",
        '?' => "question mark",
        '=' => "equals",
        '&' => "ampersand",
        '#' => "hash",
        '+' => "plus",
        '~' => "tilde",
        _ => "",
    }
}

/// "127.0.0.1", with its port.
pub(super) fn machines(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let mut parts = vec![digits(scan.digits_of(1, 3)?)];
    while parts.len() < 4 && scan.eat(".") {
        parts.push(digits(scan.digits_of(1, 3)?));
    }
    if parts.len() < 4
        || !scan.at_end_of_word()
        || scan.peek() == Some('.') && scan.peek_second().is_some_and(|c| c.is_ascii_digit())
    {
        return None;
    }
    let machine = scan;
    let address = {
        scan = start;
        address(&mut scan)
    };
    let tail = address.get(machine.at() - start.at()..).unwrap_or_default();
    scan.says("link", format!("{} {}", parts.join(" dot "), spelt(tail)).trim_end().to_owned())
}

/// "@EUCommission" is "at EU Commission"; "#StandWithUkraine" begins with "hashtag".
pub(super) fn handles(scan: Scan<'_>) -> Option<Reading> {
    tag::tag(scan, "hashtag", "at", word)
}

fn word(part: &str) -> String {
    match part.bytes().all(|b| b.is_ascii_digit()) {
        true if part.len() == 4 => serial(part),
        true if part.len() < 3 => cardinal(part),
        true => digits(part),
        false => part.to_owned(),
    }
}
