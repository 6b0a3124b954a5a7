//! Articles from pages that feeds, sitemaps and lists of addresses tell of.

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;

use super::inputs::Input;
use crate::article::{Article, Limits};
use crate::cli::error::CliError;
use crate::cli::input;
use crate::config::Config;
use crate::fetch::{Answer, Client, Document, FetchError, Refusal, Validators};
use crate::source::{self, Entry, ImportConfig, Listing, SourceError};

/// How often a page is asked for whose server fails for now.
const TRIES: usize = 3;
/// Pause before it is asked again, unless the server names one, and the longest that is waited.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Where pages are told of.
#[derive(Args, Clone, Debug)]
pub(super) struct PageArgs {
    /// Address of a feed (RSS, Atom, JSON Feed): all pages it tells of
    #[arg(long, value_name = "URL")]
    feed: Vec<String>,
    /// Address of a sitemap, or of an index of sitemaps: all pages it tells of
    #[arg(long, value_name = "URL")]
    sitemap: Vec<String>,
    /// File of pages' addresses, one a line; - for standard input
    #[arg(long, value_name = "FILE")]
    urls: Vec<PathBuf>,
    /// Fetch pages from this host, too, beside those named above and in [fetch]
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
    /// Fetch from this machine and private networks, too
    #[arg(long)]
    allow_private: bool,
}

/// A place that tells of pages.
enum Place {
    Feed(String),
    List(PathBuf, Result<Listing, CliError>),
}

/// Pages, fetched one after the other as they are needed, and none of them twice.
pub(super) struct Pages {
    client: Client,
    import: ImportConfig,
    limits: Limits,
    places: VecDeque<Place>,
    entries: VecDeque<Entry>,
    failed: VecDeque<Input>,
    seen: HashSet<String>,
    /// When each host was asked last.
    asked: HashMap<String, Instant>,
}

impl PageArgs {
    pub(super) fn pages(&self, config: &Config) -> Pages {
        let mut fetch = config.fetch.clone();
        fetch.allow_hosts.extend(self.allow_host.clone());
        fetch.allow_private |= self.allow_private;
        let lists = self.urls.iter().map(|path| (path.clone(), list(path)));
        let lists: Vec<_> = lists.collect();
        let feeds: Vec<_> = self.feed.iter().chain(&self.sitemap).cloned().collect();
        let listed = lists.iter().filter_map(|(_, list)| list.as_ref().ok()).flat_map(|list| &list.entries);
        let named: Vec<_> = feeds.iter().cloned().chain(listed.map(|entry| entry.url.to_string())).collect();
        let fetch = named.iter().fold(fetch, |fetch, url| fetch.allowing(url));
        let feeds = feeds.into_iter().map(Place::Feed);
        Pages {
            client: Client::new(fetch),
            import: config.import,
            limits: config.limits,
            places: feeds.chain(lists.into_iter().map(|(path, list)| Place::List(path, list))).collect(),
            entries: VecDeque::new(),
            failed: VecDeque::new(),
            seen: HashSet::new(),
            asked: HashMap::new(),
        }
    }
}

fn list(path: &std::path::Path) -> Result<Listing, CliError> {
    Ok(source::list(&input::text(path)?)?)
}

impl Iterator for Pages {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        loop {
            if let Some(failed) = self.failed.pop_front() {
                return Some(failed);
            }
            let page = match self.entries.pop_front() {
                Some(entry) => self.page(&entry),
                None => {
                    let place = self.places.pop_front()?;
                    self.look(place);
                    None
                }
            };
            if page.is_some() {
                return page;
            }
        }
    }
}

impl Pages {
    /// Learns which pages a place tells of.
    fn look(&mut self, place: Place) {
        let (name, listing) = match place {
            Place::Feed(url) => {
                let found = source::entries(&self.client, &url, &self.import).map_err(CliError::from);
                (url, found)
            }
            Place::List(path, listing) => (path.display().to_string(), listing),
        };
        let listing = listing.unwrap_or_else(|error| {
            self.fail(&name, error);
            Listing::default()
        });
        if listing.cut {
            let max = self.import.max_entries;
            let cut = format!("it tells of more than is taken: {max} pages (max_entries under [import])");
            self.fail(&name, CliError::Failed(cut));
        }
        listing.failed.into_iter().for_each(|error| self.fail(&name, error.into()));
        self.entries.extend(listing.entries);
    }

    fn fail(&mut self, name: &str, error: CliError) {
        self.failed.push_back(Input { name: name.into(), article: Err(error) });
    }

    /// The article on a page; none where it was there before.
    fn page(&mut self, entry: &Entry) -> Option<Input> {
        let id = source::article_id(&entry.url);
        if self.seen.contains(&id) {
            return None;
        }
        let article = self.article(entry);
        let name = article.as_ref().map_or(id, |article| article.id.clone());
        // It may have been sent on to a page that is known.
        self.seen.insert(name.clone()).then_some(Input { name, article: article.map_err(CliError::from) })
    }

    fn article(&mut self, entry: &Entry) -> Result<Article, SourceError> {
        source::article(entry, &self.fetch(entry)?, &self.limits)
    }

    /// Asks no host more often than it likes.
    fn fetch(&mut self, entry: &Entry) -> Result<Document, FetchError> {
        let mut tries = 0;
        loop {
            self.pause(entry);
            tries += 1;
            match self.client.get(entry.url.as_str(), &Validators::default()) {
                Ok(Answer::Whole(document)) => return Ok(document),
                Err(error) if tries == TRIES || !error.may_pass() => return Err(error),
                Err(error) => thread::sleep(error.retry_after().unwrap_or(PAUSE).min(LONGEST_PAUSE)),
                // Nobody who says nothing of what he knows is to be answered so.
                Ok(Answer::Unchanged) => return Err(odd(entry)),
            }
        }
    }

    fn pause(&mut self, entry: &Entry) {
        let host = entry.url.host_str().unwrap_or_default().to_owned();
        let asked = self.asked.get(&host).map_or(Duration::MAX, Instant::elapsed);
        thread::sleep(Duration::from_millis(self.import.pause_ms).saturating_sub(asked));
        self.asked.insert(host, Instant::now());
    }
}

fn odd(entry: &Entry) -> FetchError {
    let why = Refusal::Status { status: 304, retry_after: None };
    FetchError { url: entry.url.to_string(), why }
}
