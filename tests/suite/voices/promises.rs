//! What a plan promises is kept by the sound; and many threads do not disturb each other.

use std::fs;
use std::sync::{Arc, mpsc};

use futures_util::StreamExt;
use lectern::article::Article;
use lectern::audio::{FRAME, QualityConfig, mp3};
use lectern::render::{PlannedClip, RenderConfig, Renderer};
use lectern::speech::{
    Counters, Engine, Phonemizer, Pool, PoolConfig, Priority, Runtime, SpeechError, Voice, Voices,
};
use serde_json::Value;

use crate::harness::{all_parts, fixture, parts};

fn renderer(workers: usize) -> Renderer {
    let runtime = Runtime::load(&parts().join("libonnxruntime.so")).unwrap();
    let voices = Voices::find(&all_parts().join("voices"), None).unwrap();
    let config = PoolConfig { workers, ..PoolConfig::default() };
    let pool =
        Pool::start(&config, runtime, &voices.for_language("en").unwrap(), Counters::default()).unwrap();
    Renderer::new(Phonemizer::start(&parts()).unwrap(), voices, pool, RenderConfig::default())
}

/// Three hundred sentences, no two alike.
fn sentences() -> String {
    let who = ["The pilot", "Her brother", "A surgeon", "The choir", "Our baker", "No visitor"];
    let what = ["will not forget", "had long forgotten", "sang about", "paid for", "never saw"];
    let whom = [
        "the flood",
        "two blue doors",
        "an old promise",
        "the last tram",
        "what the minister said",
        "rain in May",
        "the winner",
        "Vienna",
        "a hundred lamps",
        "it",
    ];
    let all = who.iter().flat_map(|who| what.iter().map(move |what| (who, what)));
    all.flat_map(|(who, what)| whom.iter().map(move |whom| format!("{who} {what} {whom}.\n\n"))).collect()
}

/// A voice of each kind.
const REAL_VOICES: [&str; 2] = ["en_US-heart-hibari", "en_US-joe-medium"];

fn article(voice: &str, text: &str) -> Article {
    Article { voice: Some(voice.into()), ..Article::plain("a", text) }
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_sentences_are_as_long_as_planned() {
    let renderer = renderer(0);
    for voice in REAL_VOICES {
        as_long_as_planned(&renderer, voice).await;
    }
}

async fn as_long_as_planned(renderer: &Renderer, voice: &str) {
    let (_, lines) = renderer.lines(&article(voice, &sentences())).unwrap();
    assert_eq!(lines.len(), 300);
    let plan = async |line| renderer.plan(line, &Priority::Batch.into()).await;
    let planned: Vec<PlannedClip> =
        futures_util::stream::iter(&lines).map(plan).buffered(4).map(Result::unwrap).collect().await;
    let make = async |line| renderer.make(line, &Priority::Batch.into(), Vec::new()).await.unwrap();
    let mut clips = std::pin::pin!(futures_util::stream::iter(&lines).map(make).buffered(4));
    for (line, planned) in lines.iter().zip(planned) {
        let (clip, quality, samples) = clips.next().await.unwrap();
        assert_eq!(clip, planned, "{}", line.spoken);
        assert_eq!(quality.faults(&QualityConfig::default()), [""; 0], "{}", line.spoken);
        let encoded = mp3::encode(&samples, 64).unwrap().len() / mp3::frame_bytes(64);
        assert_eq!((samples.len(), encoded), (clip.frames * FRAME, clip.frames), "{}", line.spoken);
        let (seconds, words) = (samples.len() as f64 / 24_000.0, clip.marks(line));
        let in_order = words.windows(2).all(|pair| pair[0].end <= pair[1].start + 1e-9);
        assert!(in_order && words.last().unwrap().end <= seconds, "{}", line.spoken);
        // Words said as one light up together; none is left out.
        let gaps = words.windows(2).map(|pair| pair[1].span.0 - pair[0].span.1);
        let ends = (words[0].span.0, words.last().unwrap().span.1);
        assert_eq!((ends, gaps.max()), ((line.span.0, line.span.1), Some(1)), "{}", line.spoken);
    }
}

/// Everybody who wants a new voice waits for the one measure of its loudness.
#[tokio::test]
async fn a_voice_is_measured_once_however_many_ask() {
    let voices = Voices::find(&fixture("voices/plain"), None).unwrap();
    let pool = one_worker().0;
    let renderer = Renderer::new(Phonemizer::start(&parts()).unwrap(), voices, pool, RenderConfig::default());
    let article = Article { voice: Some("plain".into()), ..Article::plain("new", &sentences()) };
    let (_, lines) = renderer.lines(&article).unwrap();
    let make = async |line| renderer.make(line, &Priority::First.into(), Vec::new()).await.unwrap();
    let mut made = std::pin::pin!(futures_util::future::join_all(lines[..20].iter().map(make)));
    assert!(futures_util::future::poll_immediate(made.as_mut()).await.is_none());
    // The worker has the one job, or is about to take it.
    assert!(renderer.pool().waiting() <= 1);
    assert_eq!(made.await.len(), 20);
}

/// A pool of one worker, and its voice.
fn one_worker() -> (Pool, Arc<Voice>) {
    let runtime = Runtime::load(&parts().join("libonnxruntime.so")).unwrap();
    let voice = Voices::find(&fixture("voices/plain"), None).unwrap().get("plain").unwrap();
    let config = PoolConfig { workers: 1, ..PoolConfig::default() };
    (Pool::start(&config, runtime, &voice, Counters::default()).unwrap(), voice)
}

/// Names of jobs in the order of the steps that one worker does, after the first step of the first one; the
/// others come during that.
async fn steps(jobs: impl IntoIterator<Item = (&'static str, Priority, usize)>) -> Vec<&'static str> {
    let (pool, voice) = one_worker();
    let (done, order) = mpsc::channel();
    let (go, gone) = mpsc::channel::<()>();
    let mut gate = Some(gone);
    let mut answers = Vec::new();
    for (name, priority, steps) in jobs {
        let (done, gate, mut left) = (done.clone(), gate.take(), steps);
        let is_first = gate.is_some();
        let step = move |_: &mut Engine| {
            done.send(name).unwrap();
            if let Some(gate) = gate.as_ref().filter(|_| left == steps) {
                gate.recv().unwrap();
            }
            left -= 1;
            Ok::<_, SpeechError>((left == 0).then_some(()))
        };
        answers.push(pool.submit(&voice, &priority.into(), 10, step).unwrap());
        if is_first {
            order.recv().unwrap();
        }
    }
    go.send(()).unwrap();
    let ended = futures_util::future::join_all(answers).await;
    assert!(ended.into_iter().all(|answer| answer.unwrap().is_ok()));
    order.try_iter().collect()
}

/// A listener does not wait for all of what is prepared for later, nor is that put off for its equals.
#[tokio::test]
async fn the_urgent_goes_between_two_steps_of_the_rest() {
    let jobs =
        [("begun", Priority::Batch, 3), ("later", Priority::Batch, 1), ("listener", Priority::First, 2)];
    assert_eq!(steps(jobs).await, ["listener", "listener", "begun", "begun", "later"]);
}

/// Who waits for his first sound waits for the first sounds of others, and not for all of their sentences.
#[tokio::test]
async fn who_has_something_to_hear_lets_others_go_first() {
    let jobs = [("one", Priority::First, 5), ("other", Priority::First, 5), ("next", Priority::Next, 1)];
    let order = ["one", "one", "other", "other", "other", "one", "one", "other", "other", "next"];
    assert_eq!(steps(jobs).await, order);
}

/// A plan that a page waits for goes before sound that others hear next, also before the one that has begun.
#[tokio::test]
async fn a_plan_goes_before_what_is_heard_next() {
    let jobs = [
        ("begun", Priority::Next, 3),
        ("later", Priority::Next, 1),
        ("plan", Priority::Plan, 2),
        ("first", Priority::First, 1),
    ];
    assert_eq!(steps(jobs).await, ["first", "plan", "plan", "begun", "begun", "later"]);
}

/// However many listeners come, what is prepared for later gets a small share.
#[tokio::test]
async fn batch_work_does_not_starve() {
    let listeners = [("listener", Priority::First, 3); 40];
    let order = steps([("batch", Priority::Batch, 3)].into_iter().chain(listeners)).await;
    let places: Vec<usize> = (0..order.len()).filter(|place| order[*place] == "batch").collect();
    assert_eq!(places, [64, 121]);
}

/// However many more press, who has something to hear gets more of it, and they mostly go first.
#[tokio::test]
async fn who_has_something_to_hear_is_not_put_off_for_ever() {
    let newcomers = [("newcomer", Priority::First, 3); 30];
    let order = steps([("one", Priority::First, 6)].into_iter().chain(newcomers)).await;
    let places: Vec<usize> = (0..order.len()).filter(|place| order[*place] == "one").collect();
    assert_eq!(places, [0, 1, 8, 15, 22]);
}

/// What nobody waits for any more ends between two steps, and holds nobody up.
#[tokio::test]
async fn what_nobody_waits_for_ends_between_two_steps() {
    let (pool, voice) = one_worker();
    let (done, order) = mpsc::channel();
    let (go, gone) = mpsc::channel::<()>();
    let endless = move |_: &mut Engine| {
        done.send(()).unwrap();
        gone.recv().unwrap();
        Ok::<Option<()>, SpeechError>(None)
    };
    let answer = pool.submit(&voice, &Priority::First.into(), 10, endless).unwrap();
    order.recv().unwrap();
    drop(answer);
    go.send(()).unwrap();
    let next = pool.submit(&voice, &Priority::Batch.into(), 10, |_| Ok::<_, SpeechError>(Some(())));
    next.unwrap().await.unwrap().unwrap();
    assert!(order.recv().is_err(), "it went on");
}

/// Lists of words with a comma after each, so that each is heard to begin out of a rest.
fn lists() -> String {
    let things = [
        "boats", "candles", "kettles", "tables", "doors", "gardens", "bottles", "pictures", "carpets",
        "tickets", "blankets", "curtains", "drums", "parcels", "baskets", "tunnels", "barrels", "towers",
        "pencils", "bridges",
    ];
    let list =
        |i: usize| (0..6).map(|k| things[(i * 3 + k * 7) % things.len()]).collect::<Vec<_>>().join(", ");
    (0..20).map(|i| format!("They sold {}.\n\n", list(i))).collect()
}

/// Where sound sets in after at least 30 ms of rest, in seconds.
fn onsets(samples: &[f32]) -> Vec<f64> {
    const STEP: usize = 120;
    let loud: Vec<bool> = samples.chunks(STEP).map(|c| c.iter().any(|s| s.abs() > 0.02)).collect();
    let sets_in = |i: &usize| loud[*i] && *i >= 6 && loud[i - 6..*i].iter().all(|l| !l);
    (0..loud.len()).filter(sets_in).map(|i| (i * STEP) as f64 / 24_000.0).collect()
}

/// A word that follows a comma sets in after a rest, which can be heard without knowing the word.
#[tokio::test(flavor = "multi_thread")]
async fn words_are_heard_when_their_marks_say() {
    let renderer = renderer(0);
    for voice in REAL_VOICES {
        heard_when_marked(&renderer, voice).await;
    }
}

async fn heard_when_marked(renderer: &Renderer, voice: &str) {
    let (_, lines) = renderer.lines(&article(voice, &lists())).unwrap();
    let clips: Vec<_> = renderer.clips(&lines).map(Result::unwrap).collect().await;
    let apart = lines.iter().zip(&clips).flat_map(|(line, (clip, samples))| {
        let onsets = onsets(samples);
        let nearest = |at: f64| onsets.iter().map(|onset| (onset - at).abs()).fold(f64::MAX, f64::min);
        let after_comma = |span: usize| line.spoken[..span - line.span.0].ends_with(", ");
        let words = clip.marks(line).into_iter().filter(|word| after_comma(word.span.0));
        words.map(|word| nearest(word.start)).collect::<Vec<_>>()
    });
    let apart: Vec<f64> = apart.collect();
    let near = apart.iter().filter(|gap| **gap <= 0.05).count();
    assert_eq!(apart.len(), 100);
    assert!(near >= 95, "{voice}: {near} of {}: {apart:?}", apart.len());
}

/// espeak-ng's state is global; nothing may leak from one text or language into another.
#[test]
fn thirty_two_threads_in_four_languages_equal_one() {
    let phonemizer = Phonemizer::start(&parts()).unwrap();
    let table = |(file, voice): (&str, &'static str)| {
        let rows = fs::read_to_string(fixture("phonemes").join(file)).unwrap();
        let text =
            |row: &str| serde_json::from_str::<Value>(row).unwrap()["text"].as_str().unwrap().to_owned();
        rows.lines().map(|row| (text(row), voice)).collect::<Vec<_>>()
    };
    let languages = [("en.jsonl", "en-us"), ("de.jsonl", "de"), ("fr.jsonl", "fr"), ("es.jsonl", "es")];
    let texts: Vec<(String, &str)> = languages.into_iter().flat_map(table).collect();
    let say = |(text, voice): &(String, &str)| phonemizer.phonemes(text, &[], voice).unwrap();
    let alone: Vec<String> = texts.iter().map(say).collect();
    std::thread::scope(|scope| {
        for thread in 0..32 {
            let (texts, alone) = (&texts, &alone);
            scope.spawn(move || {
                // Each thread another way through, so that languages meet in every order.
                for i in 0..texts.len() {
                    let at = (i * 37 + thread * 11) % texts.len();
                    assert_eq!(say(&texts[at]), alone[at]);
                }
            });
        }
    });
}
