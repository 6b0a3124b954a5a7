//! Feeds and sitemaps are looked at again and again, politely: what has not changed is not sent
//! again, what fails is asked less often, and who wants to be left alone is.

use std::sync::Arc;
use std::time::Duration;

use jiff::{Timestamp, Unit};
use url::Url;

use super::import::{Ended, ImportError, Importer};
use super::visit::Visit;
use super::{Entry, Source, gather, is_index};
use crate::fetch::Document;
use crate::library::Watched;

/// Longest that a source is left alone for its failures, or because it asks for that.
const LONGEST: Duration = Duration::from_secs(24 * 3600);
/// So often is the time from one look to the next doubled.
const DOUBLINGS: u32 = 6;
/// So many looks in a row a page may fail before it is left alone until it changes.
const PATIENCE: u32 = 3;

/// What came of a look at a source.
#[derive(Debug, Default)]
struct Look {
    saved: usize,
    unchanged: usize,
    failed: usize,
    /// Whether some of it is to be tried at the next look.
    unsettled: bool,
    /// How long its server wants to be left alone.
    retry_after: Option<Duration>,
}

impl Source {
    /// Under what it is noted when it was looked at.
    pub fn noted_as(&self) -> Option<String> {
        super::web(&self.url).map(|url| url.to_string())
    }

    /// What such a note tells of it.
    pub fn watched(&self, note: Option<String>) -> Watched {
        let Visit { looked, due, failures, error, .. } = Visit::read(note);
        let written =
            |time: Option<Timestamp>| time.map(|time| time.round(Unit::Second).unwrap_or(time).to_string());
        Watched { name: self.name().to_owned(), looked: written(looked), next: written(due), failures, error }
    }
}

impl Importer {
    /// Watches sources, each on a thread of its own.
    pub fn watch(self: &Arc<Self>, sources: &[Source]) {
        for source in sources {
            // Settings are checked before they come here.
            if let Some(url) = super::web(&source.url) {
                let (importer, source) = (self.clone(), source.clone());
                std::thread::spawn(move || importer.keep_looking(&source, &url));
            }
        }
    }

    fn keep_looking(&self, source: &Source, url: &Url) {
        let mut known = self.visit(url).unwrap_or_default();
        loop {
            std::thread::sleep(until(known.due));
            let looked = self.look(source, url, &mut known);
            self.tell(source, &looked);
            let asked = match &looked {
                Ok(look) => look.retry_after,
                Err(error) => error.retry_after(),
            };
            known.failures = if looked.is_ok() { 0 } else { known.failures.saturating_add(1) };
            known.error = looked.err().map(|error| error.to_string());
            known.looked = Some(Timestamp::now());
            known.due = Timestamp::now().checked_add(wait(source, known.failures, asked)).ok();
            if let Err(error) = self.remember(url, &known) {
                tracing::warn!(source = source.name(), %error, "when to look again is not written down");
            }
        }
    }

    fn tell(&self, source: &Source, looked: &Result<Look, ImportError>) {
        let outcome = match looked {
            Ok(look) if look.saved > 0 => "saved",
            Ok(_) => "unchanged",
            Err(_) => "failed",
        };
        self.counts().looks.get_or_create(&Ended { outcome }).inc();
        let source = source.name();
        match looked {
            Ok(look) if look.saved + look.failed > 0 => {
                let Look { saved, unchanged, failed, .. } = look;
                tracing::info!(source, saved, unchanged, failed, "looked at a source");
            }
            Ok(_) => tracing::debug!(source, "nothing new"),
            Err(error) => tracing::warn!(source, %error, "a source can't be read"),
        }
    }

    /// Looks at a source once. What it says counts as known only when all of its pieces are settled.
    fn look(&self, source: &Source, url: &Url, known: &mut Visit) -> Result<Look, ImportError> {
        let mut read = Vec::new();
        let listing = gather(url.clone(), &self.config, |list| {
            let own = list.url == *url;
            let visit = if own { known.clone() } else { self.visit(&list.url).unwrap_or_default() };
            if visit.holds(list.changed) {
                return Ok(None);
            }
            let Some(document) = self.fetch(list, &visit.validators)? else { return Ok(None) };
            let document = self.client.unpacked(document)?;
            let same = visit.same(&document);
            read.push((list.url.clone(), remembered(list, &document)));
            Ok((!same).then_some(document))
        })?;
        if listing.cut {
            tracing::warn!(
                source = source.name(),
                "has more than is taken (max_entries, max_sitemaps under [import])"
            );
        }
        let mut look = self.bring_new(source, listing.entries)?;
        for error in listing.failed {
            tracing::warn!(source = source.name(), %error, "a sitemap can't be read");
            let error = ImportError::from(error);
            look.unsettled |= error.may_pass();
            look.retry_after = look.retry_after.max(error.retry_after());
        }
        if look.unsettled {
            return Ok(look);
        }
        for (list, visit) in read {
            if list == *url {
                (known.validators, known.digest) = (visit.validators, visit.digest);
            } else {
                self.remember(&list, &visit)?;
            }
        }
        Ok(look)
    }

    fn bring_new(&self, source: &Source, mut entries: Vec<Entry>) -> Result<Look, ImportError> {
        let mut look = Look::default();
        let days = |days| Duration::from_secs(u64::from(days) * 86_400);
        let oldest = source.days.and_then(|n| Timestamp::now().checked_sub(days(n)).ok());
        let date = |entry: &Entry| entry.changed.max(entry.published);
        entries.retain(|entry| oldest.is_none() || date(entry).is_none() || date(entry) >= oldest);
        // Whoever presses now wants the newest.
        entries.sort_by_key(|entry| std::cmp::Reverse(date(entry)));
        for entry in entries {
            let known = self.visit(&entry.url)?;
            if known.holds(entry.changed) {
                continue;
            }
            let failures = known.failures + 1;
            match self.bring(&entry, source, known) {
                Ok(true) => look.saved += 1,
                Ok(false) => look.unchanged += 1,
                // A full disk is not the page's fault.
                Err(ImportError::Library(error)) if error.passes() => return Err(error.into()),
                Err(error) => {
                    tracing::warn!(source = source.name(), %error, "a page can't be read");
                    look.failed += 1;
                    let again = error.may_pass() && failures < PATIENCE;
                    let changed = entry.changed.filter(|_| !again);
                    self.remember(&entry.url, &Visit { changed, failures, ..Visit::default() })?;
                    look.unsettled |= again;
                    look.retry_after = error.retry_after();
                    // One page that always asks for patience must not hold up the others for ever.
                    if again && look.retry_after.is_some() {
                        break;
                    }
                }
            }
        }
        Ok(look)
    }
}

/// An index stays as it is while its sitemaps change, so it is read every time.
fn remembered(list: &Entry, document: &Document) -> Visit {
    if is_index(document) { Visit::default() } else { Visit::of(document, list.changed) }
}

fn until(due: Option<Timestamp>) -> Duration {
    let wait = due.map(|due| due.duration_since(Timestamp::now())).unwrap_or_default();
    // A clock that was set back must not stop it for ever.
    Duration::try_from(wait).unwrap_or_default().min(2 * LONGEST)
}

/// Twice as long with every failure, and a little longer by chance, so that not all come at once.
fn wait(source: &Source, failures: u32, asked: Option<Duration>) -> Duration {
    let every = Duration::from_secs(source.every_seconds);
    let wait = (every * 2u32.pow(failures.min(DOUBLINGS))).max(asked.unwrap_or_default());
    let wait = wait.min(LONGEST.max(every));
    let mut chance = [0];
    // Without any it is just as long.
    let _ = getrandom::fill(&mut chance);
    wait + wait * u32::from(chance[0]) / 1280
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits() {
        let source = Source { every_seconds: 300, ..Source::default() };
        let table = [(0, None, 300), (1, None, 600), (6, None, 19_200), (60, None, 19_200)];
        let asked =
            [(0, Some(7), 300), (0, Some(900), 900), (2, Some(900), 1200), (0, Some(9_999_999), 86_400)];
        for (failures, asked, least) in table.into_iter().chain(asked) {
            let waits = wait(&source, failures, asked.map(Duration::from_secs));
            let least = Duration::from_secs(least);
            assert!(waits >= least && waits <= least * 6 / 5, "{failures} {asked:?}: {waits:?}");
        }
    }
}
