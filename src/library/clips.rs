//! Clips: found, or made once however many ask.

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::{self, Either};
use futures_util::{Stream, StreamExt, TryStreamExt, stream};

use super::growing::{Feed, Growing};
use super::listeners::Seat;
use super::opened::Opened;
use super::pace::Pace;
use super::recording::Recording;
use super::{FIRST_RETRY, Library, LibraryError, quality};
use crate::audio::{AudioError, Quality, Sink, mp3};
use crate::render::{Line, PlannedClip, RenderError};
use crate::speech::{Priority, Urgency, WordTime};
use crate::store::{BlobName, ClipFacts, digest};

/// Lines that are planned and noted at a time: enough that a plan waits but once for what others hear,
/// and few enough that little is lost of one that is broken off.
const NOTED_AT_ONCE: usize = 32;

/// Clips that a listener's stream has under way beside the one being sent.
const READ_AHEAD: usize = 2;

/// How often a clip is tried again for a listener who joined a making that failed.
const TRIES: usize = 2;

impl Library {
    /// What is known of a recording's clips before they sound, looked up or planned.
    pub(super) async fn plan(
        self: &Arc<Self>,
        lines: &[Line],
        urgency: &Urgency,
    ) -> Result<Vec<PlannedClip>, LibraryError> {
        let mut clips = Vec::with_capacity(lines.len());
        for some in lines.chunks(NOTED_AT_ONCE) {
            clips.extend(self.plan_some(some, urgency).await?);
        }
        Ok(clips)
    }

    async fn plan_some(
        self: &Arc<Self>,
        lines: &[Line],
        urgency: &Urgency,
    ) -> Result<Vec<PlannedClip>, LibraryError> {
        let names: Vec<String> = lines.iter().map(|line| self.clip_name(line).to_string()).collect();
        let asked = names.clone();
        let known = self.blocking(move |library| Ok(library.store.ledger.clips(&asked)?)).await?;
        let known: Vec<Option<PlannedClip>> = known.into_iter().map(|facts| from_facts(&facts?)).collect();
        let complete = known.iter().all(Option::is_some);
        let clip = |(line, known): (Line, Option<PlannedClip>)| {
            let library = self.clone();
            async move {
                match known {
                    Some(clip) => Ok(clip),
                    None => library.renderer.plan(&line, urgency).await,
                }
            }
        };
        let clips: Vec<PlannedClip> = stream::iter(lines.iter().cloned().zip(known).collect::<Vec<_>>())
            .map(clip)
            .buffered(NOTED_AT_ONCE)
            .try_collect()
            .await?;
        if !complete {
            let facts: Vec<_> = names.into_iter().zip(clips.iter().map(to_facts)).collect();
            self.blocking(move |library| Ok(library.store.ledger.planned(&facts)?)).await?;
        }
        Ok(clips)
    }

    /// A line's clip: on its way from the store, or from the voice.
    pub(super) fn clip(self: &Arc<Self>, line: &Line, priority: Priority) -> Arc<Growing> {
        let name = self.clip_name(line);
        let (library, line) = (self.clone(), line.clone());
        let (asked, kbps) = (name.clone(), self.renderer.config().audio.mp3_kbps);
        self.clips.join(&name, priority, |feed, urgency| async move {
            match library.find_clip(&asked).await? {
                Some(bytes) => feed.push(bytes),
                None => library.make_clip(&line, asked, Mp3::new(feed, kbps), &urgency).await?,
            }
            Ok(())
        })
    }

    pub(super) fn clip_name(&self, line: &Line) -> BlobName {
        BlobName::Clip(line.key.to_string(), self.renderer.config().audio.mp3_kbps)
    }

    async fn find_clip(self: &Arc<Self>, name: &BlobName) -> Result<Option<Bytes>, LibraryError> {
        let name = name.to_string();
        self.blocking(move |library| {
            let Some(facts) = library.store.ledger.blob(&name)? else {
                return Ok(None);
            };
            let bytes = library.store.blobs.read(&name, 0..facts.bytes);
            let whole = bytes.filter(|bytes| digest(bytes) == facts.digest);
            if whole.is_none() {
                tracing::warn!(name, "a stored clip is missing or damaged, and will be made again");
            }
            Ok(whole.map(Bytes::from))
        })
        .await
    }

    async fn make_clip(
        self: &Arc<Self>,
        line: &Line,
        name: BlobName,
        mp3: Result<Mp3, AudioError>,
        urgency: &Urgency,
    ) -> Result<(), LibraryError> {
        let mp3 = mp3.map_err(RenderError::from)?;
        let (clip, quality, mp3) = self.renderer.make(line, urgency, mp3).await?;
        self.blocking(move |library| library.keep_clip(&name.to_string(), &clip, &quality, &mp3.bytes))
            .await?;
        self.make_room();
        Ok(())
    }

    fn keep_clip(
        &self,
        name: &str,
        clip: &PlannedClip,
        quality: &Quality,
        bytes: &[u8],
    ) -> Result<(), LibraryError> {
        let ledger = &self.store.ledger;
        let known = ledger.clips(&[name.to_owned()])?.pop().flatten();
        if let Some(planned) = known.filter(|known| known.frames != clip.frames) {
            let (made, planned) = (clip.frames, planned.frames);
            return Err(LibraryError::Damaged(format!("{made} frames where {planned} were planned")));
        }
        ledger.planned(&[(name.to_owned(), to_facts(clip))])?;
        ledger.measured(name, &quality::written(quality))?;
        Ok(self.store.keep(name, bytes)?)
    }

    /// Makes all clips that are not there yet. Once the library stops no more are begun, and those
    /// that are being made are kept.
    pub(super) async fn make_all(self: &Arc<Self>, lines: &[Line]) -> Result<(), LibraryError> {
        let make = |line: Line| {
            let library = self.clone();
            async move { library.clip(&line, Priority::Batch).kept().await }
        };
        let begun = stream::iter(lines.to_vec()).take_while(|_| future::ready(!self.is_stopping()));
        let made = begun.map(make).buffered(2 * self.renderer.pool().workers());
        let made = made.try_fold(0, async |made, ()| Ok(made + 1)).await?;
        if made == lines.len() { Ok(()) } else { Err(LibraryError::Stopping) }
    }

    /// Bytes of a recording's MP3, made as they are needed.
    pub fn mp3(
        self: &Arc<Self>,
        recording: &Arc<Recording>,
        bytes: Range<u64>,
    ) -> impl Stream<Item = Result<Bytes, LibraryError>> + Send + use<> {
        if recording.recorded.is_some() {
            let (library, name) = (self.clone(), recording.name.clone());
            let whole = async move { library.mp3_by_people(&name).await.map(|mp3| mp3.pieces(bytes)) };
            return Either::Left(stream::once(whole).try_flatten());
        }
        let (parts, seat) = (recording.mp3_parts(bytes), self.listeners.sit(&recording.name));
        let recording = recording.clone();
        let line = move |(index, part): (usize, _)| (recording.segments[index].line.clone(), part);
        Either::Right(self.lines_in_turn(parts.into_iter().map(line), seat))
    }

    /// Bytes of an article's MP3 from its beginning, before it is known how many there are.
    pub fn mp3_unplanned(
        self: &Arc<Self>,
        opened: &Opened,
    ) -> impl Stream<Item = Result<Bytes, LibraryError>> + Send + use<> {
        let (lines, seat) = (opened.lines.clone(), self.listeners.sit(&opened.name));
        let whole = move |index: usize| (lines[index].clone(), 0..usize::MAX);
        self.lines_in_turn((0..opened.lines.len()).map(whole), seat)
    }

    /// Parts of lines' clips and the silence after each, some being made ahead. Of the first one,
    /// each piece is sent as soon as it sounds.
    fn lines_in_turn<L: Iterator<Item = (Line, Range<usize>)> + Send + 'static>(
        self: &Arc<Self>,
        lines: L,
        seat: Seat,
    ) -> impl Stream<Item = Result<Bytes, LibraryError>> + Send + use<L> {
        let (library, pace) = (self.clone(), Arc::new(Pace::new(self.renderer.config().audio.mp3_kbps)));
        let part = move |(nth, (line, part)): (usize, (Line, Range<usize>))| {
            // Held for as long as there is something to hear.
            let _seat = &seat;
            let priority = if nth == 0 { Priority::First } else { pace.priority() };
            let (library, pace, clip) = (library.clone(), pace.clone(), library.clip(&line, priority));
            async move { Ok::<_, LibraryError>(library.heard_part(line, part, priority, clip, pace)) }
        };
        stream::iter(lines.enumerate()).map(part).buffered(1 + READ_AHEAD).try_flatten()
    }

    /// Part of a clip and of the silence after it.
    fn heard_part(
        self: Arc<Self>,
        line: Line,
        part: Range<usize>,
        priority: Priority,
        clip: Arc<Growing>,
        pace: Arc<Pace>,
    ) -> impl Stream<Item = Result<Bytes, LibraryError>> + Send {
        let pause = mp3::silence(line.pause, self.renderer.config().audio.mp3_kbps);
        let state =
            Listening { library: self, line, priority, clip, pace, part, pause, length: None, tries: 0 };
        stream::try_unfold(state, Listening::next)
    }
}

/// A listener in the middle of a line.
struct Listening {
    library: Arc<Library>,
    line: Line,
    priority: Priority,
    clip: Arc<Growing>,
    pace: Arc<Pace>,
    /// Bytes of the clip and its silence that are still to be sent.
    part: Range<usize>,
    pause: Result<Vec<u8>, AudioError>,
    /// Bytes of the clip, once they are known.
    length: Option<usize>,
    tries: usize,
}

impl Listening {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, LibraryError> {
        loop {
            if self.length.is_some_and(|length| self.part.start >= length) {
                return self.silence();
            }
            if self.part.is_empty() {
                return Ok(None);
            }
            match self.more().await {
                Ok((bytes, length)) => {
                    self.length = length;
                    self.part.start += bytes.len();
                    self.pace.sent(bytes.len());
                    if !bytes.is_empty() {
                        return Ok(Some((bytes, self)));
                    }
                }
                Err(error) => self.try_again(error).await?,
            }
        }
    }

    /// What there is of the clip. It becomes urgent when the listener has little left to hear.
    async fn more(&self) -> Result<(Bytes, Option<usize>), LibraryError> {
        let bytes = self.clip.from(self.part.clone());
        if self.priority != Priority::Batch {
            return bytes.await;
        }
        let soon = async {
            tokio::time::sleep(self.pace.spare()).await;
            self.clip.raise(Priority::Next);
            future::pending().await
        };
        tokio::select! {
            bytes = bytes => bytes,
            never = soon => never,
        }
    }

    /// What many waited for has failed for all of them; each tries for himself. Those who hear
    /// what is before can wait for room in the queue.
    async fn try_again(&mut self, error: LibraryError) -> Result<(), LibraryError> {
        if error.is_overload() && self.priority != Priority::First {
            tokio::time::sleep(FIRST_RETRY).await;
        } else if self.tries + 1 == TRIES || error.is_overload() {
            return Err(error);
        } else {
            self.tries += 1;
        }
        self.clip = self.library.clip(&self.line, self.priority);
        Ok(())
    }

    fn silence(mut self) -> Result<Option<(Bytes, Self)>, LibraryError> {
        let pause = self.pause.as_ref().map_err(|e| RenderError::from(e.clone()))?;
        let length = self.length.unwrap_or_default();
        let within = |n: usize| n.saturating_sub(length).min(pause.len());
        let bytes = Bytes::copy_from_slice(&pause[within(self.part.start)..within(self.part.end)]);
        self.pace.sent(bytes.len());
        self.part = 0..0;
        self.length = None;
        Ok((!bytes.is_empty()).then_some((bytes, self)))
    }
}

/// Encodes a clip as it is made, and passes it on.
struct Mp3 {
    encoder: mp3::Encoder,
    feed: Feed,
    bytes: Vec<u8>,
}

impl Mp3 {
    fn new(feed: Feed, kbps: u32) -> Result<Self, AudioError> {
        Ok(Self { encoder: mp3::Encoder::new(kbps)?, feed, bytes: Vec::new() })
    }

    fn pass_on(&mut self, bytes: Vec<u8>) {
        self.bytes.extend_from_slice(&bytes);
        self.feed.push(bytes.into());
    }
}

impl Sink for Mp3 {
    fn push(&mut self, samples: &[f32]) -> Result<(), AudioError> {
        let bytes = self.encoder.push(samples)?;
        self.pass_on(bytes);
        Ok(())
    }

    /// Those who listen need not wait until it is kept; and it will be, also if they leave now.
    fn end(&mut self) -> Result<(), AudioError> {
        let last = self.encoder.end()?;
        self.pass_on(last);
        self.feed.complete();
        Ok(())
    }
}

/// Words as the ledger keeps them: where in the spoken form, and from and to which sample.
type Words = Vec<(usize, usize, usize)>;

fn to_facts(clip: &PlannedClip) -> ClipFacts {
    let words: Words = clip.words.iter().map(|w| (w.at, w.samples.start, w.samples.end)).collect();
    // Numbers always serialise.
    ClipFacts { frames: clip.frames, words: serde_json::to_string(&words).unwrap_or_default() }
}

/// None where they are damaged: then it is planned again.
fn from_facts(facts: &ClipFacts) -> Option<PlannedClip> {
    let words: Words = serde_json::from_str(&facts.words).ok()?;
    let words = words.into_iter().map(|(at, start, end)| WordTime { at, samples: start..end });
    Some(PlannedClip { frames: facts.frames, words: words.collect() })
}
