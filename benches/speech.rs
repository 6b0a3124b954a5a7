//! What each kind of voice costs, as ratios against raw ONNX Runtime on the uncut model of joe, and
//! against the voices' own packages, in the same run.
//!
//! Each figure is the median over rounds in which all sides run one after the other, so that a
//! busy machine slows all.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod rivals;
mod uncut;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use lectern::article::Article;
use lectern::audio::{AudioError, ClipMaker, Expected, Level, Sink, mp3};
use lectern::render::{Line, RenderConfig, Renderer};
use lectern::speech::{
    Counters, Engine, Phonemizer, Plan, Pool, PoolConfig, Priority, Runtime, SentenceKey, Settings,
    Utterance, Voice, Voices,
};
use ort::session::Session;
use rivals::Rival;

const ROUNDS: usize = 7;
const HEART: &str = "en_US-heart-hibari";
const JOE: &str = "en_US-joe-medium";
const SHORT: &str = "The ferry leaves the quay at six, and on most mornings the harbour master is there to see \
    it go, because she has watched it for twenty years, and it has never been late.";

fn main() {
    let bench = Bench::new();
    let long = format!("{} And in winter, {}", SHORT.trim_end_matches('.'), SHORT.to_lowercase());
    let long = format!(
        "{}, whatever the sea, the wind and the winter ice may do to her.",
        long.trim_end_matches('.')
    );
    for voice in [HEART, JOE] {
        for (name, text) in [("short", SHORT), ("long", &long)] {
            bench.sentence(voice, name, text);
        }
    }
    for voice in [HEART, JOE] {
        bench.article(voice, PoolConfig::default().threads());
    }
    bench.article(HEART, 1);
    bench.silence();
}

struct Bench {
    runtime: Runtime,
    phonemizer: Phonemizer,
    joe: Arc<Voice>,
    parts: PathBuf,
}

impl Bench {
    fn new() -> Self {
        let parts = std::env::var_os("LECTERN_PARTS").map_or_else(|| "parts".into(), PathBuf::from);
        let library = Runtime::load(&parts.join("libonnxruntime.so"));
        Self {
            runtime: library.expect("the parts: run `make setup`"),
            phonemizer: Phonemizer::start(&parts).unwrap(),
            joe: Voices::find(&parts.join("voices"), None).unwrap().get(JOE).unwrap(),
            parts,
        }
    }

    fn voices(&self) -> Voices {
        Voices::find(&self.parts.join("voices"), None).unwrap()
    }

    fn utterance(&self, voice: &Voice, text: &str) -> Utterance {
        self.phonemizer.utterance(text, &[], &voice.espeak, &voice.alphabet).unwrap()
    }

    fn sentence(&self, voice: &str, name: &str, text: &str) {
        let (voice, settings) = (self.voices().get(voice).unwrap(), Settings::default());
        let key = SentenceKey::new(text, &[], &voice.fingerprint().unwrap(), 0, &settings);
        let (utterance, reference) = (self.utterance(&voice, text), self.utterance(&self.joe, text));
        let mut engine = Engine::load(self.runtime, &voice).unwrap();
        let mut uncut = uncut::session(&self.joe);
        let plan = engine.plan(&utterance, &key, 0, &settings).unwrap();
        let rate = f64::from(voice.sample_rate);
        println!("{}: {name} sentence, {:.1} s of sound, one thread", voice.id, plan.samples as f64 / rate);
        let mut rows =
            ["plan", "first sound", "first MP3 bytes", "whole sentence"].map(|name| (name, vec![]));
        for _ in 0..ROUNDS {
            let reference = seconds(|| assert!(uncut::run(&mut uncut, &reference) > 0));
            let text = seconds(|| drop(engine.plan(&utterance, &key, 0, &settings).unwrap()));
            let bytes = seconds(|| first_bytes(&mut engine, &utterance, &key));
            let mut plan = plan.clone();
            let chunks: Vec<f64> = (plan.chunks())
                .map(|chunk| seconds(|| drop(engine.sound(&mut plan, chunk).unwrap())))
                .collect();
            let sound: f64 = chunks.iter().sum();
            for (row, took) in rows.iter_mut().zip([text, text + chunks[0], bytes, text + sound]) {
                row.1.push(took / reference);
            }
        }
        rows.into_iter().for_each(|(name, ratios)| report(name, "uncut joe", ratios));
    }

    /// Our whole flow against the uncut model alone, on as many threads, and the voice's own package.
    fn article(&self, voice: &str, threads: usize) {
        let text = std::fs::read_to_string("tests/fixtures/articles/long_700.txt").unwrap();
        let article = Article { voice: Some(voice.into()), ..Article::plain("bench", &text) };
        let voice = self.voices().get(voice).unwrap();
        let config = PoolConfig { workers: threads, ..PoolConfig::default() };
        let pool = Pool::start(&config, self.runtime, &voice, Counters::default()).unwrap();
        let renderer = Renderer::new(self.phonemizer, self.voices(), pool, RenderConfig::default());
        let (_, lines) = renderer.lines(&article).unwrap();
        let spoken: Vec<Utterance> =
            lines.iter().map(|line| self.utterance(&self.joe, &line.spoken)).collect();
        let mut sessions: Vec<Session> = (0..threads).map(|_| uncut::session(&self.joe)).collect();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let texts: Vec<String> = lines.iter().map(|line| line.spoken.to_string()).collect();
        let mut rival = Rival::start(voice.kind.name(), &voice.model);
        let (mut to_uncut, mut to_rival, mut length) = (vec![], vec![], 0.0);
        for _ in 0..ROUNDS {
            let reference = seconds(|| uncut::share(&mut sessions, &spoken));
            let ours = seconds(|| length = runtime.block_on(all(&renderer, &lines)));
            to_uncut.push(ours / reference);
            to_rival.extend(rival.as_mut().map(|rival| ours / rival.say(&texts)));
        }
        println!("{}: article of {length:.0} s to MP3, {threads} threads", voice.id);
        report("whole article", "uncut joe", to_uncut);
        match rival {
            Some(_) => report("whole article", &format!("{}-tts", voice.kind.name()), to_rival),
            None => println!("  {}-tts was not run: LECTERN_RIVALS names no Python", voice.kind.name()),
        }
    }

    fn silence(&self) {
        let quiet = vec![0.0; 22_050 * 10];
        let took = seconds(|| {
            let mut clip = ClipMaker::new(quiet.len(), 22_050, Level::from_db(6.0), Vec::new()).unwrap();
            clip.push(&quiet).unwrap();
            let (sound, _) = clip.end(&Expected { pause: 10_000.0, phoneme: None }).unwrap();
            drop(mp3::encode(&sound, 64).unwrap());
        });
        println!("  {:16} {:.4} s for 10 s of silence", "clip and encode", took);
    }
}

/// Encodes what it gets, and tells when there are bytes.
struct Bytes {
    encoder: mp3::Encoder,
    count: usize,
}

impl Sink for Bytes {
    fn push(&mut self, samples: &[f32]) -> Result<(), AudioError> {
        self.count += self.encoder.push(samples)?.len();
        Ok(())
    }

    fn end(&mut self) -> Result<(), AudioError> {
        self.count += self.encoder.end()?.len();
        Ok(())
    }
}

/// Plans a sentence and makes chunks of it until there are bytes beyond those of its leading silence.
fn first_bytes(engine: &mut Engine, utterance: &Utterance, key: &SentenceKey) {
    let rate = engine.voice().sample_rate;
    let mut plan: Plan = engine.plan(utterance, key, 0, &Settings::default()).unwrap();
    let bytes = Bytes { encoder: mp3::Encoder::new(64).unwrap(), count: 0 };
    let mut clip = ClipMaker::new(plan.samples, rate, Level::from_db(6.0), bytes).unwrap();
    let first = plan.chunks().next().unwrap();
    clip.push(&engine.sound(&mut plan, first).unwrap()).unwrap();
}

/// Makes all lines' MP3, on the voice's threads as the service does, and tells how many seconds they last.
async fn all(renderer: &Renderer, lines: &[Line]) -> f64 {
    use futures_util::StreamExt;
    let make = async |line| {
        let bytes = Bytes { encoder: mp3::Encoder::new(64).unwrap(), count: 0 };
        renderer.make(line, &Priority::Batch.into(), bytes).await.unwrap().0.frames
    };
    let made = futures_util::stream::iter(lines).map(make).buffered(2 * renderer.pool().workers());
    made.fold(0, async |all, frames| all + frames).await as f64 * 0.024
}

fn seconds(work: impl FnOnce()) -> f64 {
    let started = Instant::now();
    work();
    started.elapsed().as_secs_f64()
}

fn report(name: &str, reference: &str, mut ratios: Vec<f64>) {
    ratios.sort_by(f64::total_cmp);
    let (low, high) = (ratios[0], ratios[ratios.len() - 1]);
    println!("  {name:16} {:.3} × {reference} ({low:.3} to {high:.3})", ratios[ratios.len() / 2]);
}
