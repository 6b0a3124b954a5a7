//! One run: articles are read, saved and made, and whoever watches is told.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Semaphore, mpsc, watch};

use super::desk::{Desk, Saved};
use super::inputs::{Input, given_twice};
use super::progress::Progress;
use super::show::Show;
use crate::article::Article;
use crate::cli::error::CliError;
use crate::library::{ReadBy, Replaced, Standing};
use crate::store::{RevisionId, State};

/// How often it is asked how far an article is.
const ROUND: Duration = Duration::from_millis(200);

/// An article of the run.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) words: usize,
    pub(super) sentences: usize,
    pub(super) made: usize,
    /// Sentences that it lacked when it was saved.
    pub(super) lacked: usize,
    /// Sentences that came to be made for it.
    pub(super) new: usize,
    /// Seconds of audio made for it.
    pub(super) audio: f64,
    /// Its exact length in seconds, once it is ready.
    pub(super) duration: Option<f64>,
    pub(super) end: Option<End>,
    /// What it said until now, where that was something else.
    pub(super) replaces: Option<Replaced>,
    /// What people read of it, which is heard all the same.
    pub(super) recorded: Option<ReadBy>,
}

/// What became of an article.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum End {
    Ready,
    Unchanged,
    Failed(String),
    /// It is made, and an editor should hear it before readers do.
    NeedsReview(String),
    /// It would be made, were this no dry run.
    Lacking,
    /// The run was ended before it was ready.
    Waiting,
}

impl End {
    /// Whether somebody has to see to it.
    pub(super) fn is_bad(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::NeedsReview(_))
    }
}

impl Row {
    /// What an editor should know of what was there before.
    pub(super) fn before(&self) -> String {
        let minute = |time: &str| format!("{} UTC", time.get(..16).unwrap_or(time).replace('T', " "));
        let replaced = self.replaces.as_ref().map(|Replaced { revision, state, saved }| {
            format!("replaces revision {revision} of {} ({})", minute(saved), state.name())
        });
        let read = self.recorded.as_ref().map(|ReadBy { at, text_changed }| {
            let other = if *text_changed { ", though it is another text" } else { "" };
            format!("what people read on {} stays heard{other}", minute(at))
        });
        replaced.into_iter().chain(read).collect::<Vec<_>>().join("; ")
    }

    fn words_lacked(&self) -> f64 {
        self.words as f64 * self.lacked as f64 / self.sentences.max(1) as f64
    }

    fn words_made(&self) -> f64 {
        let made = self.lacked.saturating_sub(self.sentences - self.made.min(self.sentences));
        self.words as f64 * made as f64 / self.sentences.max(1) as f64
    }
}

/// News of an article.
struct News {
    row: usize,
    standing: Result<Standing, CliError>,
    when: When,
}

#[derive(Clone, Copy, PartialEq)]
enum When {
    /// Nothing of it was made in this run.
    Before,
    Meanwhile,
    /// No more is to come.
    After,
}

/// The run and what is known of it.
pub(super) struct Run<'a> {
    desk: Desk,
    show: &'a mut Show,
    dry: bool,
    stop: watch::Receiver<bool>,
    permits: Arc<Semaphore>,
    tell: mpsc::UnboundedSender<News>,
    ids: HashSet<String>,
    rows: Vec<Row>,
    /// What was there of a row before we made any of it.
    before: Vec<(usize, f64)>,
    open: usize,
    reading: bool,
    began: Option<Instant>,
}

/// What a run came to.
pub(super) struct Ran {
    pub(super) rows: Vec<Row>,
    /// Whether it was told to stop before all was done.
    pub(super) stopped: bool,
    /// How long audio was being made.
    pub(super) took: Duration,
}

/// Makes all articles that come in; ends early where it is told to stop.
pub(super) async fn run(
    desk: Desk,
    mut inputs: mpsc::Receiver<Input>,
    show: &mut Show,
    dry: bool,
    mut stop: watch::Receiver<bool>,
) -> Result<Ran, CliError> {
    let (tell, mut told) = mpsc::unbounded_channel();
    let permits = Arc::new(Semaphore::new(desk.at_once()));
    let mut run = Run {
        desk,
        show,
        dry,
        stop: stop.clone(),
        permits,
        tell,
        ids: HashSet::new(),
        rows: Vec::new(),
        before: Vec::new(),
        open: 0,
        reading: true,
        began: None,
    };
    let mut stopped = false;
    while run.reading || run.open > 0 {
        tokio::select! {
            Ok(_) = stop.wait_for(|stop| *stop), if !stopped => {
                (stopped, run.reading) = (true, false);
                run.desk.stop();
                run.show.stopping();
            }
            input = inputs.recv(), if run.reading => match input {
                Some(input) => run.take(input).await?,
                None => run.reading = false,
            },
            Some(news) = told.recv() => run.hear(news)?,
        }
        run.show.progress(|| run.progress());
    }
    let took = run.began.map(|began| began.elapsed()).unwrap_or_default();
    Ok(Ran { rows: run.rows, stopped, took })
}

impl Run<'_> {
    async fn take(&mut self, input: Input) -> Result<(), CliError> {
        let (row, name) = (self.rows.len(), input.name);
        self.rows.push(Row { id: name.clone(), ..Row::default() });
        self.before.push((0, 0.0));
        let article = match input.article {
            Ok(_) if !self.ids.insert(name.clone()) => Err(given_twice(&name)),
            other => other,
        };
        let taken = match article {
            Ok(article) if self.dry => self.estimate(row, article).await,
            Ok(article) => self.save(row, article).await,
            Err(error) => Err(error),
        };
        match taken {
            Ok(None) => Ok(()),
            Ok(Some(end)) => self.end(row, end),
            Err(error) => self.end(row, End::Failed(error.told_of(&name))),
        }
    }

    async fn estimate(&mut self, row: usize, article: Article) -> Result<Option<End>, CliError> {
        let estimate = self.desk.estimate(article).await?;
        let row = &mut self.rows[row];
        (row.words, row.sentences, row.made) = (estimate.words, estimate.sentences, estimate.made);
        row.new = row.sentences - row.made;
        (row.replaces, row.recorded) = (estimate.replaces, estimate.recorded);
        Ok(Some(match estimate.state {
            Some(State::Ready) => End::Unchanged,
            Some(State::NeedsReview) => End::NeedsReview("nobody has heard it yet".into()),
            _ => End::Lacking,
        }))
    }

    /// Saves an article and has it made; what is ready already needs no more.
    async fn save(&mut self, row: usize, article: Article) -> Result<Option<End>, CliError> {
        let id = article.id.clone();
        let Saved { words, revision, state, replaces, recorded } = self.desk.save(article).await?;
        (self.rows[row].replaces, self.rows[row].recorded) = (replaces, recorded);
        let standing = self.desk.standing(&id).await?;
        self.rows[row].words = words;
        self.before[row] = (standing.made, standing.seconds);
        self.note(row, &standing);
        self.rows[row].lacked = standing.sentences - standing.made;
        self.show.saved(&self.rows[row])?;
        if state == State::Ready {
            return Ok(Some(End::Unchanged));
        }
        self.began.get_or_insert_with(Instant::now);
        self.open += 1;
        tokio::spawn(self.follower(row, id, revision).follow());
        Ok(None)
    }

    fn follower(&self, row: usize, id: String, revision: RevisionId) -> Follower {
        let (desk, permits) = (self.desk.clone(), self.permits.clone());
        Follower { desk, permits, row, id, revision, tell: self.tell.clone(), stop: self.stop.clone() }
    }

    fn hear(&mut self, news: News) -> Result<(), CliError> {
        let row = news.row;
        let standing = match news.standing {
            Ok(standing) => standing,
            Err(error) => {
                self.open -= 1;
                return self.end(row, End::Failed(error.told()));
            }
        };
        let known = self.rows[row].made;
        self.note(row, &standing);
        match news.when {
            When::Before => self.before[row] = (standing.made, standing.seconds),
            When::Meanwhile if standing.made != known => self.show.made(&self.rows[row])?,
            When::Meanwhile => {}
            When::After => {
                self.open -= 1;
                self.end(row, ended(standing))?;
            }
        }
        Ok(())
    }

    fn note(&mut self, row: usize, standing: &Standing) {
        let (made, seconds) = self.before[row];
        let row = &mut self.rows[row];
        (row.sentences, row.made, row.duration) = (standing.sentences, standing.made, standing.duration);
        row.new = standing.made.saturating_sub(made);
        row.audio = (standing.seconds - seconds).max(0.0);
    }

    fn end(&mut self, row: usize, end: End) -> Result<(), CliError> {
        self.rows[row].end = Some(end);
        self.show.ended(&self.rows[row])
    }

    fn progress(&self) -> Progress {
        let sum = |of: fn(&Row) -> f64| self.rows.iter().map(of).sum::<f64>();
        let done = self.rows.iter().filter(|row| row.end.is_some()).count();
        let current = self.rows.iter().find(|row| row.end.is_none());
        Progress {
            articles: (self.rows.len(), done),
            words: (sum(Row::words_lacked), sum(Row::words_made)),
            audio: sum(|row| row.audio),
            took: self.began.map_or(0.0, |began| began.elapsed().as_secs_f64()),
            reading: self.reading,
            current: current.map(|row| (row.id.clone(), row.sentences, row.made)),
        }
    }
}

/// What a standing that will not change by itself means.
fn ended(standing: Standing) -> End {
    match standing.state {
        State::Ready => End::Ready,
        State::Queued | State::Rendering => End::Waiting,
        State::Failed => End::Failed(standing.error.unwrap_or_default()),
        State::NeedsReview => End::NeedsReview(standing.error.unwrap_or_default()),
        State::Stored => {
            End::Failed("it was cancelled, or its audio has no room (setting library.max_audio_bytes)".into())
        }
    }
}

/// Follows an article until it is made, can't be, or the run stops.
struct Follower {
    desk: Desk,
    permits: Arc<Semaphore>,
    row: usize,
    id: String,
    revision: RevisionId,
    tell: mpsc::UnboundedSender<News>,
    stop: watch::Receiver<bool>,
}

impl Follower {
    async fn follow(self) {
        let permits = self.permits.clone();
        // Nobody closes it.
        let _permit = permits.acquire().await;
        if *self.stop.borrow() {
            self.look(When::After).await;
            return;
        }
        if self.desk.is_here() {
            self.look(When::Before).await;
        }
        let mut making = std::pin::pin!(self.desk.make(self.revision, self.stop.clone()));
        let made = loop {
            tokio::select! {
                made = &mut making => break made,
                () = tokio::time::sleep(ROUND) => if !self.look(When::Meanwhile).await {
                    break Ok(());
                },
            }
        };
        match made {
            Ok(()) => drop(self.look(When::After).await),
            Err(error) => self.send(Err(error), When::After),
        }
    }

    /// Looks how far it is, and tells; whether it is still to be made.
    async fn look(&self, when: When) -> bool {
        let standing = self.desk.standing(&self.id).await;
        let open = |s: &Standing| matches!(s.state, State::Queued | State::Rendering);
        let is_open = standing.as_ref().is_ok_and(open);
        if is_open || when == When::After {
            self.send(standing, when);
        }
        is_open
    }

    fn send(&self, standing: Result<Standing, CliError>, when: When) {
        // Who does not listen any more has ended the run.
        let _ = self.tell.send(News { row: self.row, standing, when });
    }
}
