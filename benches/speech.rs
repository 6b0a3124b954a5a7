//! What the voice costs, as ratios against raw ONNX Runtime on the uncut model in the same run.
//!
//! Each figure is the median over rounds in which both sides run one after the other, so that a
//! busy machine slows both.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod uncut;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use lectern::article::Article;
use lectern::audio::{ClipMaker, Expected, Level, mp3};
use lectern::render::{RenderConfig, Renderer};
use lectern::speech::{
    Counters, Engine, Phonemizer, Pool, PoolConfig, Runtime, SentenceKey, Settings, Utterance, Voice, Voices,
};
use ort::session::Session;

const ROUNDS: usize = 7;
const SHORT: &str = "The ferry leaves the quay at six, and on most mornings the harbour master is there to see \
    it go, because she has watched it for twenty years, and it has never been late.";

fn main() {
    let bench = Bench::new();
    let long = format!("{} And in winter, {}", SHORT.trim_end_matches('.'), SHORT.to_lowercase());
    let long = format!(
        "{}, whatever the sea, the wind and the winter ice may do to her.",
        long.trim_end_matches('.')
    );
    for (name, text) in [("short", SHORT), ("long", &long)] {
        bench.sentence(name, text);
    }
    bench.article();
}

struct Bench {
    runtime: Runtime,
    phonemizer: Phonemizer,
    voice: Arc<Voice>,
    parts: PathBuf,
}

impl Bench {
    fn new() -> Self {
        let parts = std::env::var_os("LECTERN_PARTS").map_or_else(|| "parts".into(), PathBuf::from);
        let library = Runtime::load(&parts.join("libonnxruntime.so"));
        Self {
            runtime: library.expect("the parts: run `make setup`"),
            phonemizer: Phonemizer::start(&parts).unwrap(),
            voice: Voices::find(&parts.join("voices"), None).unwrap().for_language("en").unwrap(),
            parts,
        }
    }

    fn utterance(&self, text: &str) -> Utterance {
        self.phonemizer.utterance(text, &[], &self.voice.espeak, &self.voice.alphabet).unwrap()
    }

    fn sentence(&self, name: &str, text: &str) {
        let settings = Settings::default();
        let key = SentenceKey::new(text, &[], &self.voice.fingerprint().unwrap(), 0, &settings);
        let utterance = self.utterance(text);
        let mut engine = Engine::load(self.runtime, &self.voice).unwrap();
        let mut uncut = uncut::session(&self.voice);
        let plan = engine.plan(&utterance, &key, 0, &settings).unwrap();
        let rate = f64::from(self.voice.sample_rate);
        println!("{name} sentence, {:.1} s of sound, one thread", plan.samples as f64 / rate);
        let mut rows = [("text side", vec![]), ("first sound", vec![]), ("whole sentence", vec![])];
        let mut sound_side = vec![];
        for _ in 0..ROUNDS {
            let reference = seconds(|| assert!(uncut::run(&mut uncut, &utterance) > 0));
            let text = seconds(|| drop(engine.plan(&utterance, &key, 0, &settings).unwrap()));
            let mut plan = plan.clone();
            let chunks: Vec<f64> = (plan.chunks())
                .map(|chunk| seconds(|| drop(engine.sound(&mut plan, chunk).unwrap())))
                .collect();
            let sound: f64 = chunks.iter().sum();
            for (row, took) in rows.iter_mut().zip([text, text + chunks[0], text + sound]) {
                row.1.push(took / reference);
            }
            sound_side.push(sound / reference);
        }
        rows.into_iter().chain([("sound side", sound_side)]).for_each(|(name, ratios)| report(name, ratios));
    }

    /// Our whole flow against the uncut model alone, both on all cores.
    fn article(&self) {
        let text = std::fs::read_to_string("tests/fixtures/articles/prose_500.txt").unwrap();
        let article = Article::plain("bench", &text);
        let config = PoolConfig::default();
        let pool = Pool::start(&config, self.runtime, &self.voice, Counters::default()).unwrap();
        let voices = Voices::find(&self.parts.join("voices"), None).unwrap();
        let renderer = Renderer::new(self.phonemizer, voices, pool, RenderConfig::default());
        let (_, lines) = renderer.lines(&article).unwrap();
        let spoken: Vec<Utterance> = lines.iter().map(|line| self.utterance(&line.spoken)).collect();
        let mut sessions: Vec<Session> = (0..config.threads()).map(|_| uncut::session(&self.voice)).collect();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let mut ratios = vec![];
        for _ in 0..ROUNDS {
            let reference = seconds(|| uncut::share(&mut sessions, &spoken));
            let ours = seconds(|| runtime.block_on(all(&renderer, &lines)));
            ratios.push(ours / reference);
        }
        println!("article of 500 words to MP3, {} threads", config.threads());
        report("whole article", ratios);
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

async fn all(renderer: &Renderer, lines: &[lectern::render::Line]) {
    use futures_util::StreamExt;
    let mut clips = std::pin::pin!(renderer.clips(lines));
    while let Some(clip) = clips.next().await {
        mp3::encode(&clip.unwrap().1, 64).unwrap();
    }
}

fn seconds(work: impl FnOnce()) -> f64 {
    let started = Instant::now();
    work();
    started.elapsed().as_secs_f64()
}

fn report(name: &str, mut ratios: Vec<f64>) {
    ratios.sort_by(f64::total_cmp);
    let (low, high) = (ratios[0], ratios[ratios.len() - 1]);
    println!("  {name:16} {:.3} × uncut ({low:.3} to {high:.3})", ratios[ratios.len() / 2]);
}
