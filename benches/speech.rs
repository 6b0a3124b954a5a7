//! probe
#![allow(missing_docs, clippy::unwrap_used)]
use lectern::speech::*;
use std::path::Path;
use std::time::Instant;
fn main() {
    let parts = std::env::var("LECTERN_PARTS").unwrap_or_else(|_| "parts".into());
    let parts = Path::new(&parts);
    let rt = Runtime::load(&parts.join("libonnxruntime.so")).unwrap();
    let ph = Phonemizer::start(parts).unwrap();
    let voices = Voices::find(&parts.join("voices"), None).unwrap();
    let voice = voices.for_language("en").unwrap();
    let t = Instant::now();
    let mut e = Engine::load(rt, &voice).unwrap();
    println!("load {:?}", t.elapsed());
    let text = "The ferry leaves the quay at six, and on most mornings the harbour master is there to see it go, because she has watched it for twenty years, and it has never once been late, not even in the winter of the great storm, when the sea wall broke and the market hall stood in water up to the windows.";
    let fp = voice.fingerprint().unwrap();
    let s = Settings::default();
    let u = ph.utterance(text, &voice.espeak, &voice.ids).unwrap();
    let key = SentenceKey::new(text, &fp, 0, &s);
    for _ in 0..3 {
        let t = Instant::now();
        let p = e.plan(&u, &key, 0, &s).unwrap();
        println!("plan {:?} frames {}", t.elapsed(), p.frames);
    }
    let p = e.plan(&u, &key, 0, &s).unwrap();
    for n in [20usize, 40, 80, 120, 160, 240, 320, 400, 640, 800, p.frames] {
        let mut best = f64::MAX;
        for _ in 0..3 {
            let t = Instant::now();
            let x = e.sound(&p, 0..n).unwrap();
            best = best.min(t.elapsed().as_secs_f64());
            assert!(!x.is_empty());
        }
        let w = (n + 40).min(p.frames);
        println!(
            "window {w}: {:.1} ms, {:.3} ms/frame  ({:.1}x)",
            best * 1e3,
            best * 1e3 / w as f64,
            w as f64 * 256.0 / 22050.0 / best
        );
    }
    for _ in 0..2 {
        let t = Instant::now();
        for c in p.chunks() {
            e.sound(&p, c).unwrap();
        }
        println!("chunks {:?}", t.elapsed());
    }
    let whole_s = e.sound(&p, 0..p.frames).unwrap();
    let mut joined = Vec::new();
    for c in p.chunks() {
        joined.extend(e.sound(&p, c).unwrap());
    }
    println!("max diff {:e}", whole_s.iter().zip(&joined).map(|(a, b)| (a - b).abs()).fold(0.0f32, f32::max));
    // uncut
    let mut b = ort::session::Session::builder().unwrap().with_intra_threads(1).unwrap();
    let mut whole = b.commit_from_file(&voice.model).unwrap();
    for _ in 0..3 {
        let t = Instant::now();
        let n = u.ids.len() as i64;
        let o = whole
            .run(ort::inputs![
                ort::value::Tensor::from_array((vec![1, n], u.ids.clone())).unwrap(),
                ort::value::Tensor::from_array((vec![1i64], vec![n])).unwrap(),
                ort::value::Tensor::from_array((vec![3i64], vec![0.667f32, 1.0, 0.8])).unwrap()
            ])
            .unwrap();
        let (_, a) = o[0].try_extract_tensor::<f32>().unwrap();
        let d = t.elapsed().as_secs_f64();
        println!("uncut {:.1} ms, {} samples, {:.1}x", d * 1e3, a.len(), a.len() as f64 / 22050.0 / d);
    }
}
