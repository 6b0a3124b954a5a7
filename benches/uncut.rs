//! What we are measured against: ONNX Runtime on the voice as its maker exported it.

use lectern::speech::{Utterance, Voice};
use ort::session::Session;
use ort::value::Tensor;

/// The sentences over the sessions, each on a thread of its own, the next free one taking the next.
pub(crate) fn share(sessions: &mut [Session], spoken: &[Utterance]) {
    let next = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for session in sessions {
            scope.spawn(|| {
                while let Some(u) = spoken.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    run(session, u);
                }
            });
        }
    });
}

/// The whole voice, on one thread.
pub(crate) fn session(voice: &Voice) -> Session {
    let builder = Session::builder().unwrap().with_intra_threads(1).unwrap();
    builder.with_memory_pattern(false).unwrap().commit_from_file(&voice.model).unwrap()
}

/// Says one sentence; returns the number of its samples.
pub(crate) fn run(session: &mut Session, utterance: &Utterance) -> usize {
    let count = utterance.ids.len() as i64;
    let outputs = session.run(ort::inputs![
        Tensor::from_array((vec![1, count], utterance.ids.clone())).unwrap(),
        Tensor::from_array((vec![1], vec![count])).unwrap(),
        Tensor::from_array((vec![3], vec![0.667f32, 1.0, 0.8])).unwrap(),
    ]);
    outputs.unwrap()[0].try_extract_tensor::<f32>().unwrap().1.len()
}
