//! Voices of every shape: cut in two, planned, and spoken in chunks as in one pass.
//!
//! The voices are small and their weights random; `scripts/oracle/voices.py` made them.

mod add;
mod damaged;
mod promises;

use std::sync::Arc;

use lectern::speech::{Engine, Phonemizer, Runtime, SentenceKey, Settings, Voice};

use crate::harness::{fixture, parts};

const SENTENCE: &str = "The ferry leaves the quay at six, and on most mornings the harbour master is there to \
    see it go, because she has watched it for twenty years.";

/// A voice by its name, and the number of its speakers.
const VOICES: [(&str, usize); 6] =
    [("multi", 3), ("low16k", 1), ("high", 1), ("newer", 1), ("plain", 1), ("dynamo", 2)];

#[test]
fn voices_of_every_shape_are_cut_planned_and_spoken() {
    let runtime = Runtime::load(&parts().join("libonnxruntime.so")).unwrap();
    let phonemizer = Phonemizer::start(&parts()).unwrap();
    for (name, speakers) in VOICES {
        let voice = Voice::open(&fixture(&format!("voices/{name}/{name}.onnx"))).unwrap();
        assert_eq!(voice.speakers.len().max(1), speakers, "{name}");
        let mut engine = Engine::load(runtime, &Arc::new(voice)).unwrap();
        let takes: Vec<_> = (0..speakers as i64).map(|s| take(&mut engine, &phonemizer, s)).collect();
        assert!(takes.windows(2).all(|pair| pair[0] != pair[1]), "{name}: speakers sound the same");
    }
}

/// Speaks the sentence, in chunks and in one piece, and checks what was promised of it.
fn take(engine: &mut Engine, phonemizer: &Phonemizer, speaker: i64) -> Vec<f32> {
    let (voice, settings) = (engine.voice().clone(), Settings::default());
    let utterance = phonemizer.utterance(SENTENCE, &[], &voice.espeak, &voice.alphabet).unwrap();
    let key = SentenceKey::new(SENTENCE, &[], &voice.fingerprint().unwrap(), speaker, &settings);
    let plan = engine.plan(&utterance, &key, speaker, &settings).unwrap();
    assert!(plan.chunks().count() > 1, "{}: one chunk proves nothing", voice.id);
    let (whole, chunked) = (
        engine.sound(&mut plan.clone(), 0..plan.frames).unwrap(),
        engine.all_sound(&mut plan.clone()).unwrap(),
    );
    assert_eq!((whole.len(), chunked.len()), (plan.samples, plan.samples), "{}", voice.id);
    let apart = whole.iter().zip(&chunked).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(apart <= 1e-4, "{}: chunks differ from one pass by {apart}", voice.id);
    assert!(whole.iter().any(|s| s.abs() > 0.01), "{}: silence", voice.id);
    assert!(plan.words.last().unwrap().samples.end <= plan.samples);
    chunked
}
