//! The library over engines in memory: nothing above the two traits knows which they are.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::{Stream, TryStreamExt};
use lectern::article::Article;
use lectern::library::{Format, Library, LibraryConfig, LibraryError, Manifest};
use lectern::render::{RenderConfig, Renderer};
use lectern::speech::{Counters, Phonemizer, Pool, PoolConfig, Runtime, Voices};
use lectern::store::{Memory, State, Store};

use crate::harness::parts;
use crate::http::sentences;

fn library() -> Arc<Library> {
    let runtime = Runtime::load(&parts().join("libonnxruntime.so")).unwrap();
    let voices = Voices::find(&parts().join("voices"), None).unwrap();
    let voice = voices.for_language("en").unwrap();
    let pool = PoolConfig { workers: 1, ..PoolConfig::default() };
    let pool = Pool::start(&pool, runtime, &voice, Counters::default()).unwrap();
    let phonemizer = Phonemizer::start(&parts()).unwrap();
    let renderer = Renderer::new(phonemizer, voices, pool, RenderConfig::default());
    let memory = Arc::new(Memory::default());
    let store = Store::with(memory.clone(), memory, [7; 32]);
    Arc::new(Library::new(store, renderer, LibraryConfig::default()))
}

async fn bytes<T: AsRef<[u8]>>(pieces: impl Stream<Item = Result<T, LibraryError>>) -> Vec<u8> {
    let all = |mut all: Vec<u8>, piece: T| async move {
        all.extend_from_slice(piece.as_ref());
        Ok(all)
    };
    pieces.try_fold(Vec::new(), all).await.unwrap()
}

async fn ready(library: &Arc<Library>, id: &str) -> Manifest {
    let started = Instant::now();
    loop {
        let manifest = library.manifest(id, None).await.unwrap();
        if manifest.state == State::Ready {
            return manifest;
        }
        assert!(started.elapsed().as_secs() < 60, "not ready: {manifest:?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_library_in_memory_saves_plays_and_queues() {
    let library = library();
    assert_eq!(library.start().await.unwrap(), 0);
    let article = Article::plain("a", &sentences("harbour", 3));
    assert_eq!(library.save(article, false).await.unwrap().state, State::Stored);

    let opened = library.open("a", None).await.unwrap();
    let heard = bytes(library.mp3_unplanned(&opened)).await;
    let recording = opened.planned().await.unwrap();
    assert_eq!(heard.len() as u64, recording.bytes(Format::Mp3));
    assert!(bytes(library.mp3(&recording, 1000..5000)).await == heard[1000..5000], "other bytes");
    assert_eq!(ready(&library, "a").await.sentences.len(), 3, "a press has it made whole");
    let wav = library.wav(&recording).await.unwrap();
    assert_eq!(bytes(wav.pieces(0..4)).await, b"RIFF");

    let article = Article::plain("b", &sentences("harbour", 4));
    assert_eq!(library.save(article, true).await.unwrap().state, State::Queued);
    ready(&library, "b").await;
    let made = library.renderer().pool().counters().synthesised.get();
    assert_eq!(made, 3 + 3 + 1, "three for each format, and one that is new");
    let listed: Vec<_> = library.list("", None, 9).await.unwrap().into_iter().map(|a| a.id).collect();
    assert_eq!(listed, ["a", "b"]);
    library.forget("a").await.unwrap();
    assert!(matches!(library.open("a", None).await, Err(LibraryError::NoArticle)));
}
