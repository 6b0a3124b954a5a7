//! The threads that own the voices, behind a bounded queue.
//!
//! Work is a closure that gets an [`Engine`], and is done in steps. Before each step the job of the
//! highest level goes first: first sounds (the shortest sentence first), then plans that a client
//! waits for, then sound that is heard soon, then previews, then batch work; within a level the
//! oldest. A new listener therefore waits for at most one step of any other job. A level that is
//! passed over too often in a row gets one step, so no job starves. Work whose client has left is
//! dropped. A panic costs one job and the engine it happened in, which is loaded again.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, JoinHandle};

use prometheus_client::metrics::counter::Counter;
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

use super::engine::Engine;
use super::error::SpeechError;
use super::runtime::Runtime;
use super::voice::Voice;

/// Who waits for a piece of work; the last is the most urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// Audio prepared before anybody asks.
    Batch,
    /// An editor listens to one sentence.
    Preview,
    /// A listener hears it within seconds.
    Next,
    /// A page or a player waits for an article's plan: how long it is, and when what is heard.
    Plan,
    /// A listener waits for the first sound.
    First,
}

/// Steps after which a listener has some seconds to hear: the plan, a short chunk, and a long one.
/// From then on the rest of the sentence is heard next, as other listeners' later sentences are.
const SOUNDING: usize = 3;

/// What a job is at the moment; the last goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Batch,
    Preview,
    Next,
    Plan,
    First,
}

impl Level {
    const ALL: [Self; 5] = [Self::Batch, Self::Preview, Self::Next, Self::Plan, Self::First];

    /// Steps in a row that may pass this level over while it has a job waiting.
    fn patience(self) -> usize {
        match self {
            // Nobody listens: a small share is enough for it not to stand still.
            Self::Batch | Self::Preview => 64,
            Self::Next | Self::Plan | Self::First => 2 * SOUNDING,
        }
    }
}

/// How many threads speak, and how much may wait for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PoolConfig {
    /// Threads that speak, each with the voice in memory; one a core where 0.
    pub workers: usize,
    /// Sentences that may wait before new work is refused.
    pub queue: usize,
}

impl Default for PoolConfig {
    fn default() -> Self {
        Self { workers: 0, queue: 1024 }
    }
}

impl PoolConfig {
    /// The number of threads, at least one.
    pub fn threads(&self) -> usize {
        match self.workers {
            0 => thread::available_parallelism().map_or(1, usize::from),
            n => n,
        }
    }
}

/// What the pool has done since it was started.
#[derive(Clone, Debug, Default)]
pub struct Counters {
    /// Sentences that went through the sound side.
    pub synthesised: Counter,
    /// Jobs that panicked.
    pub panics: Counter,
    /// Jobs that were refused because too much was waiting.
    pub refused: Counter,
}

/// A piece of work.
trait Work: Send {
    /// Whether anybody still waits for it.
    fn is_awaited(&self) -> bool;
    /// Does a step of it, and says whether that was the last; called without an engine when none
    /// could be loaded.
    fn step(&mut self, engine: Result<&mut Engine, SpeechError>) -> bool;
}

/// Steps, and who waits for the answer that the last one gives.
struct Steps<T, E, S> {
    answer: Option<oneshot::Sender<Result<T, E>>>,
    step: S,
}

impl<T, E, S> Work for Steps<T, E, S>
where
    T: Send,
    E: From<SpeechError> + Send,
    S: FnMut(&mut Engine) -> Result<Option<T>, E> + Send,
{
    fn is_awaited(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| !answer.is_closed())
    }

    fn step(&mut self, engine: Result<&mut Engine, SpeechError>) -> bool {
        let Some(result) = engine.map_err(E::from).and_then(&mut self.step).transpose() else {
            return false;
        };
        if let Some(answer) = self.answer.take() {
            // The client may have left meanwhile; then nobody misses the answer.
            let _ = answer.send(result);
        }
        true
    }
}

/// How urgent a piece of work is; those who come later may make it more so.
#[derive(Clone, Debug)]
pub struct Urgency(Arc<AtomicU8>);

impl From<Priority> for Urgency {
    fn from(priority: Priority) -> Self {
        Self(Arc::new(AtomicU8::new(priority as u8)))
    }
}

impl Urgency {
    /// Makes it at least this urgent.
    pub fn raise(&self, priority: Priority) {
        self.0.fetch_max(priority as u8, Ordering::Relaxed);
    }

    fn now(&self) -> Priority {
        let urgency = self.0.load(Ordering::Relaxed);
        let all = [Priority::Batch, Priority::Preview, Priority::Next, Priority::Plan];
        all.into_iter().find(|priority| *priority as u8 == urgency).unwrap_or(Priority::First)
    }
}

struct Job {
    urgency: Urgency,
    characters: usize,
    /// Counts up, so that the oldest of equals is the least.
    order: u64,
    /// Steps that are done.
    steps: usize,
    voice: Arc<Voice>,
    work: Box<dyn Work>,
}

impl Job {
    fn level(&self) -> Level {
        match self.urgency.now() {
            Priority::First if self.steps < SOUNDING => Level::First,
            Priority::Plan => Level::Plan,
            Priority::First | Priority::Next => Level::Next,
            Priority::Preview => Level::Preview,
            Priority::Batch => Level::Batch,
        }
    }

    /// The greatest goes first within a level: the shortest of first sounds, then the oldest.
    fn rank(&self) -> (Reverse<usize>, Reverse<u64>) {
        let characters = if self.level() == Level::First { self.characters } else { 0 };
        (Reverse(characters), Reverse(self.order))
    }

    /// What has begun goes on before its equals, so that little more is half done than there are threads.
    fn begun(self) -> Self {
        Self { characters: 0, steps: self.steps + 1, ..self }
    }
}

struct Queue {
    /// In no order, as any may become more urgent while it waits. Those that have begun are here
    /// between their steps.
    jobs: Vec<Job>,
    order: u64,
    /// Steps in a row for which each level was passed over.
    passed: [usize; Level::ALL.len()],
    closed: bool,
}

impl Queue {
    fn pop(&mut self) -> Option<Job> {
        let level = self.level()?;
        let jobs = self.jobs.iter().enumerate().filter(|(_, job)| job.level() == level);
        let (first, _) = jobs.max_by_key(|(_, job)| job.rank())?;
        Some(self.jobs.swap_remove(first))
    }

    /// The level whose turn it is: one that was passed over too often, else the highest.
    fn level(&mut self) -> Option<Level> {
        let waits = Level::ALL.map(|level| self.jobs.iter().any(|job| job.level() == level));
        let waiting = || Level::ALL.into_iter().filter(|level| waits[*level as usize]);
        let overdue = waiting().find(|level| self.passed[*level as usize] >= level.patience());
        let chosen = overdue.or_else(|| waiting().next_back())?;
        for level in Level::ALL {
            let passed = &mut self.passed[level as usize];
            *passed = if waits[level as usize] && level != chosen { *passed + 1 } else { 0 };
        }
        Some(chosen)
    }

    /// Takes out all whose clients have left. They are dropped where nobody waits for the queue.
    fn withdrawn(&mut self) -> Vec<Job> {
        self.jobs.extract_if(.., |job| !job.work.is_awaited()).collect()
    }
}

struct Shared {
    queue: Mutex<Queue>,
    arrived: Condvar,
    counters: Counters,
    runtime: Runtime,
}

/// The threads and the door to them.
pub struct Pool {
    shared: Arc<Shared>,
    capacity: usize,
    threads: Vec<JoinHandle<()>>,
}

impl Pool {
    /// Starts the threads and waits until each has loaded the voice.
    ///
    /// # Errors
    /// The voice does not load.
    pub fn start(
        config: &PoolConfig,
        runtime: Runtime,
        voice: &Arc<Voice>,
        counters: Counters,
    ) -> Result<Self, SpeechError> {
        let queue = Queue { jobs: Vec::new(), order: 0, passed: [0; Level::ALL.len()], closed: false };
        let shared =
            Arc::new(Shared { queue: Mutex::new(queue), arrived: Condvar::new(), counters, runtime });
        let (ready, loaded) = mpsc::channel();
        let worker = |n: usize| {
            let (shared, voice, ready) = (shared.clone(), voice.clone(), ready.clone());
            let name = format!("voice-{n}");
            thread::Builder::new().name(name).spawn(move || work(&shared, &voice, &ready))
        };
        let threads: Vec<_> = (0..config.threads())
            .map(worker)
            .collect::<Result<_, _>>()
            .map_err(|e| SpeechError::Inference(e.to_string()))?;
        let pool = Self { shared, capacity: config.queue, threads };
        drop(ready);
        for _ in &pool.threads {
            loaded.recv().unwrap_or(Err(SpeechError::Stopped))?;
        }
        Ok(pool)
    }

    /// What the pool has done.
    pub fn counters(&self) -> &Counters {
        &self.shared.counters
    }

    /// Number of threads.
    pub fn workers(&self) -> usize {
        self.threads.len()
    }

    /// Jobs waiting.
    pub fn waiting(&self) -> usize {
        self.shared.lock().jobs.len()
    }

    /// Queues work for an engine of this voice, on so many characters. It is done step by step until
    /// one has an answer, or fails; that comes through the receiver, whose drop withdraws the work.
    ///
    /// # Errors
    /// Too much is waiting already.
    pub fn submit<T: Send + 'static, E: From<SpeechError> + Send + 'static>(
        &self,
        voice: &Arc<Voice>,
        urgency: &Urgency,
        characters: usize,
        step: impl FnMut(&mut Engine) -> Result<Option<T>, E> + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<T, E>>, SpeechError> {
        let (answer, receiver) = oneshot::channel();
        let work = Box::new(Steps { answer: Some(answer), step });
        let (urgency, voice) = (urgency.clone(), voice.clone());
        self.push(Job { urgency, characters, order: 0, steps: 0, voice, work })?;
        Ok(receiver)
    }

    fn push(&self, job: Job) -> Result<(), SpeechError> {
        // What is dropped here is dropped after the lock is.
        let _withdrawn: Vec<Job>;
        let mut queue = self.shared.lock();
        if queue.jobs.len() >= self.capacity {
            // Those whose clients have left hold nobody up.
            _withdrawn = queue.withdrawn();
        }
        if queue.jobs.len() >= self.capacity {
            self.shared.counters.refused.inc();
            return Err(SpeechError::Overloaded);
        }
        queue.order += 1;
        let order = queue.order;
        queue.jobs.push(Job { order, ..job });
        self.shared.arrived.notify_one();
        Ok(())
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.arrived.notify_all();
        for thread in self.threads.drain(..) {
            // A worker catches its jobs' panics; one of its own has nothing left to say here.
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        lock(&self.queue)
    }

    /// The most urgent job whose client still waits, among them one that has begun and not ended;
    /// none once the pool is closed.
    fn next(&self, begun: Option<Job>) -> Option<Job> {
        let mut queue = self.lock();
        queue.jobs.extend(begun);
        loop {
            if queue.closed {
                return None;
            }
            match queue.pop() {
                Some(job) if !job.work.is_awaited() => {
                    let others = queue.withdrawn();
                    drop(queue);
                    drop((job, others));
                    queue = self.lock();
                }
                Some(job) => return Some(job),
                None => {
                    queue = self.arrived.wait(queue).unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while holding one of these locks.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn work(shared: &Shared, voice: &Arc<Voice>, ready: &mpsc::Sender<Result<(), SpeechError>>) {
    let mut engines = HashMap::new();
    let loaded = engine(&mut engines, shared.runtime, voice).map(|_| ());
    // The starter counts the answers; it is gone only if another thread failed.
    let _ = ready.send(loaded);
    let mut begun = None;
    while let Some(mut job) = shared.next(begun.take()) {
        let step = || job.work.step(engine(&mut engines, shared.runtime, &job.voice));
        match catch_unwind(AssertUnwindSafe(step)) {
            Ok(true) => {}
            Ok(false) => begun = Some(job.begun()),
            Err(_) => {
                shared.counters.panics.inc();
                tracing::error!(voice = job.voice.id, "a sentence's job panicked");
                engines.remove(&job.voice.id);
            }
        }
    }
}

fn engine<'a>(
    engines: &'a mut HashMap<String, Engine>,
    runtime: Runtime,
    voice: &Arc<Voice>,
) -> Result<&'a mut Engine, SpeechError> {
    if !engines.contains_key(&voice.id) {
        let engine = Engine::load(runtime, voice)?;
        engines.insert(voice.id.clone(), engine);
    }
    engines.get_mut(&voice.id).ok_or(SpeechError::Stopped)
}
