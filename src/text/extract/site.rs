//! What a site's operator knows better than any judgement.

use std::path::{Path, PathBuf};

use scraper::Selector;
use serde::{Deserialize, Serialize};

use crate::text::around::is_template;

/// How pages of one host are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Site {
    /// The host, as in "example.org"; its subdomains count too. Empty for every page.
    pub host: String,
    /// CSS selectors of what is read; only that. The text is looked for where there are none.
    pub include: Vec<String>,
    /// CSS selectors of what is not read.
    pub exclude: Vec<String>,
    /// Whether boxes about the author are read.
    pub bio: bool,
    /// What `{site}` stands for in the texts below; the host where absent.
    pub name: Option<String>,
    /// What is read before every article. `{title}`, `{byline}`, `{date}` and `{site}` stand for the
    /// article's; what is in square brackets is left out where it has none.
    pub intro: Option<String>,
    /// What is read in place of the byline.
    pub byline: Option<String>,
    /// What is read after every article.
    pub outro: Option<String>,
    /// Whether it is said at the end that a synthetic voice reads.
    pub notice: bool,
    /// A recording that is heard before the intro.
    pub intro_audio: Option<PathBuf>,
    /// A recording that is heard after the outro.
    pub outro_audio: Option<PathBuf>,
}

impl Site {
    /// The first of the texts around articles that is no template.
    pub fn wrong_template(&self) -> Option<&str> {
        let templates = [&self.intro, &self.byline, &self.outro];
        templates.into_iter().flatten().find(|text| !is_template(text)).map(String::as_str)
    }

    /// Its recordings.
    pub fn recordings(&self) -> impl Iterator<Item = &Path> {
        [&self.intro_audio, &self.outro_audio].into_iter().flatten().map(PathBuf::as_path)
    }

    /// What it is called, where anything is known of that.
    pub(in crate::text) fn shown_as(&self) -> Option<&str> {
        let host = Some(self.host.as_str()).filter(|host| !host.is_empty());
        self.name.as_deref().or(host)
    }

    /// The first selector that is none.
    pub fn wrong_selector(&self) -> Option<&str> {
        let mut selectors = self.include.iter().chain(&self.exclude);
        selectors.find(|s| Selector::parse(s).is_err()).map(String::as_str)
    }
}

/// The first rules that are for this address.
pub(in crate::text) fn of<'a>(sites: &'a [Site], url: Option<&str>) -> Option<&'a Site> {
    let host = url.map(host).unwrap_or_default();
    sites.iter().find(|site| is_of(&host, &site.host))
}

/// Whether a host is the one named or a subdomain of it; every host is one of "".
pub(in crate::text) fn is_of(host: &str, named: &str) -> bool {
    let named = named.to_ascii_lowercase();
    let rest = host.strip_suffix(&named);
    rest.is_some_and(|rest| rest.is_empty() || named.is_empty() || rest.ends_with('.'))
}

/// The host of an address, in lower case.
pub(in crate::text) fn host(url: &str) -> String {
    let after = url.split_once("://").map_or(url, |(_, after)| after);
    let authority = after.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(host, |(host, _)| host);
    host.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        let site = |host: &str| Site { host: host.into(), ..Site::default() };
        let sites = [site("news.example"), site("Shop.Example"), site("")];
        let table = [
            (Some("https://news.example/a"), 0),
            (Some("http://www.news.example:8080?x"), 0),
            (Some("https://user@SHOP.example#a"), 1),
            (Some("https://goodnews.example/a"), 2),
            (Some("https://other.example/news.example"), 2),
            (None, 2),
        ];
        for (url, index) in table {
            assert_eq!(of(&sites, url), sites.get(index), "{url:?}");
            assert_eq!(of(&sites[..2], url), sites[..2].get(index), "{url:?}");
        }
    }

    #[test]
    fn selectors() {
        let site = |include: &str| Site { include: vec!["p".into(), include.into()], ..Site::default() };
        assert_eq!(site("div.story > p").wrong_selector(), None);
        assert_eq!(site("div..story").wrong_selector(), Some("div..story"));
    }
}
