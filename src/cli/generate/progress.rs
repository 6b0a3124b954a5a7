//! What a terminal shows while articles are made: a picture of three lines, for any width.

use console::{measure_text_width, truncate_str};

use crate::cli::figures::{clock, grouped};

/// Longest bar and lines; wider terminals leave the rest empty.
const WIDEST: usize = 120;
/// Shortest bar.
const SHORTEST: usize = 8;

/// How far a run is.
#[derive(Clone, Debug, Default)]
pub(super) struct Progress {
    /// Articles known of, and those that are done with.
    pub(super) articles: (usize, usize),
    /// Words to be spoken, and those that are.
    pub(super) words: (f64, f64),
    /// Seconds of audio made.
    pub(super) audio: f64,
    /// Seconds that it took.
    pub(super) took: f64,
    /// Whether more articles are still to be read.
    pub(super) reading: bool,
    /// An article that is being made, how many sentences it has, and how many are made.
    pub(super) current: Option<(String, usize, usize)>,
}

impl Progress {
    /// How often faster than it lasts audio is made; unknown at first.
    pub(super) fn speed(&self) -> Option<f64> {
        (self.took > 0.0 && self.audio > 0.0).then(|| self.audio / self.took)
    }

    fn share(&self) -> f64 {
        let (all, done) = self.words;
        if all > 0.0 { (done / all).clamp(0.0, 1.0) } else { 0.0 }
    }

    fn left(&self) -> Option<f64> {
        let (all, done) = self.words;
        (!self.reading && done > 0.0).then(|| self.took * (all - done).max(0.0) / done)
    }

    /// Three lines that fit into a terminal so many columns wide.
    pub(super) fn picture(&self, columns: usize) -> String {
        // The last column is left empty: some terminals wrap a line that fills it.
        let width = columns.saturating_sub(1).min(WIDEST);
        let lines = [self.bar(width), self.figures(), self.current()];
        lines.map(|line| truncate_str(&line, width, "…").into_owned()).join("\n")
    }

    fn bar(&self, width: usize) -> String {
        let (all, done) = self.articles;
        let more = if self.reading { "+" } else { "" };
        let left = self.left().map_or_else(|| "…".into(), |left| format!("{} left", clock(left)));
        let share = self.share();
        let articles = if all == 1 && !self.reading { "article" } else { "articles" };
        let text = format!(" {:3.0} %  {done} of {all}{more} {articles}  {left}", (share * 100.0).floor());
        let cells = width.saturating_sub(measure_text_width(&text)).max(SHORTEST);
        let full = (share * cells as f64) as usize;
        format!("{}{}{text}", "█".repeat(full), "░".repeat(cells - full))
    }

    fn figures(&self) -> String {
        let (all, done) = self.words;
        let speed = self.speed().map_or_else(String::new, |speed| format!(" · {speed:.0}× real time"));
        format!("{} of {} words · {} of audio{speed}", grouped(done), grouped(all), clock(self.audio))
    }

    fn current(&self) -> String {
        match &self.current {
            Some((id, all, done)) => format!("sentence {} of {all} · {id}", (done + 1).min(*all)),
            None if self.reading => "reading …".into(),
            None => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress() -> Progress {
        Progress {
            articles: (40, 12),
            words: (18_400.0, 5_210.0),
            audio: 1930.0,
            took: 50.0,
            reading: false,
            current: Some(("2026-11-the-little-ferry-goes-back-to-work-on-monday".into(), 64, 11)),
        }
    }

    #[test]
    fn a_picture_tells_all_at_each_width() {
        let tells = |columns: usize| {
            let picture = progress().picture(columns);
            let lines: Vec<&str> = picture.lines().collect();
            assert_eq!(lines.len(), 3, "{picture}");
            assert!(lines.iter().all(|line| measure_text_width(line) < columns), "{picture}");
            lines.join("\n")
        };
        for columns in [60, 120] {
            let picture = tells(columns);
            for part in [" 28 %", "12 of 40 articles", "2:07 left", "5,210 of 18,400 words", "32:10 of audio"]
            {
                assert!(picture.contains(part), "{part} at {columns}:\n{picture}");
            }
            assert!(picture.contains("39× real time") && picture.contains("sentence 12 of 64"), "{picture}");
        }
        assert!(tells(60).ends_with('…') && tells(120).ends_with("on-monday"));
        [2, 20, 400].into_iter().for_each(|columns| drop(tells(columns)));
    }

    #[test]
    fn nothing_is_told_that_is_not_known_yet() {
        let first = Progress { articles: (1, 0), reading: true, ..Progress::default() };
        let picture = first.picture(80);
        assert!(picture.contains("0 %  0 of 1+ articles  …\n") && !picture.contains('×'), "{picture}");
        assert!(picture.ends_with("reading …"));
    }
}
