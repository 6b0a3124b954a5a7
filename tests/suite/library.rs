//! The library over engines in memory: nothing above the two traits knows which they are.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::{FutureExt, Stream, TryStreamExt};
use lectern::article::Article;
use lectern::library::{Format, LexiconEdit, Library, LibraryConfig, LibraryError, Manifest};
use lectern::render::{RenderConfig, Renderer};
use lectern::speech::{Counters, Phonemizer, Pool, PoolConfig, Runtime};
use lectern::store::{Ledger, LexiconChange, Memory, Save, State, Store};
use lectern::text::HouseEntry;

use crate::harness::{parts, voices};
use crate::http::sentences;

fn library(memory: Arc<Memory>) -> Arc<Library> {
    let runtime = Runtime::load(&parts().join("libonnxruntime.so")).unwrap();
    let voices = voices();
    let voice = voices.for_language("en").unwrap();
    let pool = PoolConfig { workers: 1, ..PoolConfig::default() };
    let pool = Pool::start(&pool, runtime, &voice, Counters::default()).unwrap();
    let phonemizer = Phonemizer::start(&parts()).unwrap();
    let renderer = Renderer::new(phonemizer, voices, pool, RenderConfig::default());
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
    let library = library(Arc::default());
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

/// Saves what is written, as read by a version of the lexicon.
fn save_read(ledger: &dyn Ledger, article: &str, content: &str, lexicon: i64) {
    let save = Save {
        article,
        title: None,
        url: None,
        content,
        recording: "as it was",
        blobs: &[],
        state: State::Stored,
        now: 1,
        live: 0,
        lexicon,
    };
    ledger.save(&save).unwrap();
}

fn torvik() -> LexiconEdit {
    let entry =
        HouseEntry { written: "Torvik".into(), ipa: Some("tɔːɹvˈiːk".into()), ..HouseEntry::default() };
    LexiconEdit { put: vec![entry], ..LexiconEdit::default() }
}

/// Of three articles one is damaged, and so is the version of the lexicon that another was read by.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_lexicon_cannot_be_asked_for_holds_up_no_other() {
    let memory = Arc::new(Memory::default());
    let ledger: &dyn Ledger = &*memory;
    let damaged = LexiconChange { put: vec![("a".into(), "no entry".into())], ..Default::default() };
    ledger.change_lexicon(0, &damaged).unwrap();
    let mended = LexiconChange { removed: vec!["a".into()], ..Default::default() };
    ledger.change_lexicon(1, &mended).unwrap();
    let article = serde_json::to_string(&Article::plain("a", "Torvik won.")).unwrap();
    for (id, content, lexicon) in [("last", &*article, 0), ("torn", "no article", 0), ("first", &article, 1)]
    {
        save_read(ledger, id, content, lexicon);
    }
    let library = library(memory.clone());
    library.start().await.unwrap();
    let started = Instant::now();
    while library.lexicon().await.unwrap().behind > 0 {
        assert!(started.elapsed().as_secs() < 60, "it stands still");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(library.lexicon().await.unwrap().unreadable, Some(1));
    let newest = |id| ledger.newest(id).unwrap().unwrap();
    assert!(["last", "torn", "first"].map(|id| newest(id).lexicon) == [2, 2, 2]);
    assert_eq!(newest("torn").recording, "as it was");
    assert_ne!(newest("first").recording, "as it was", "it is read anew");

    let touched = library.try_lexicon(torvik()).await.unwrap();
    assert_eq!((touched.articles, touched.sentences, touched.unreadable), (2, 1, 1));
}

#[tokio::test]
async fn a_dry_run_that_nobody_waits_for_ends() {
    let memory = Arc::new(Memory::default());
    let long = format!("Torvik won. {}", sentences("harbour", 100));
    let article = serde_json::to_string(&Article::plain("a", &long)).unwrap();
    (0..1000).for_each(|n| save_read(&*memory, &format!("sport-{n}"), &article, 0));
    let library = library(memory);
    let mut whole = Duration::MAX;
    // The first time more is to be read than articles.
    for _ in 0..2 {
        let started = Instant::now();
        assert_eq!(library.try_lexicon(torvik()).await.unwrap().articles, 1000);
        whole = started.elapsed();
    }
    assert!(library.try_lexicon(torvik()).now_or_never().is_none());
    // Who still works for it has the library in hand.
    let started = Instant::now();
    while Arc::strong_count(&library) > 1 {
        assert!(started.elapsed() < whole / 4, "of {whole:?}");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}
