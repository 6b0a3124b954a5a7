//! Many at once hear what one would hear, and it is made once.

use std::fs;
use std::sync::Barrier;
use std::thread;

use super::{made, mp3, save, sentences, unmade, whole};
use crate::harness::{Service, fixture, text};

/// Runs one piece of work per item, all beginning at the same moment; results in order.
fn at_once<I: Sync, T: Send>(items: &[I], work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let (start, work) = (Barrier::new(items.len()), &work);
    let start = &start;
    thread::scope(|scope| {
        let begin = |item| {
            scope.spawn(move || {
                start.wait();
                work(item)
            })
        };
        let running: Vec<_> = items.iter().map(begin).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

#[test]
fn thirty_listeners_hear_the_same_and_it_is_made_once() {
    let service = Service::start();
    save(&service, "a", &unmade(&sentences("theatre", 5)));
    let (path, listeners) = (mp3("a"), [(); 30]);
    let heard = at_once(&listeners, |()| whole(&service, &path));
    assert!(heard.iter().all(|body| *body == heard[0]), "two listeners heard different things");
    service.wait_ready("a");
    assert!(whole(&service, &path) == heard[0], "and the finished file is another");
    assert_eq!(service.synthesised(), 5);
    // A WAV is no join of MP3 frames: it is spoken once more, and once only.
    let wav = "/v1/articles/a/audio.wav";
    let heard = at_once(&listeners, |()| whole(&service, wav));
    assert!(heard.iter().all(|body| *body == heard[0]), "two listeners heard different things");
    assert_eq!(service.synthesised(), 10);
}

/// The moment of publishing: nobody has heard it, and all press at once.
#[test]
fn a_thousand_listeners_hear_the_same_and_it_is_made_once() {
    let service = Service::start();
    save(&service, "a", &unmade(&sentences("fountain", 8)));
    let (path, listeners) = (mp3("a"), [(); 1000]);
    let heard = at_once(&listeners, |()| whole(&service, &path));
    assert!(heard.iter().all(|body| *body == heard[0]), "two listeners heard different things");
    service.wait_ready("a");
    assert!(whole(&service, &path) == heard[0], "and the finished file is another");
    assert_eq!(service.synthesised(), 8);
}

#[test]
fn thirty_saves_of_one_article_are_one() {
    let service = Service::start();
    let body = text(&sentences("market", 3));
    let saved = at_once(&[(); 30], |()| save(&service, "a", &body));
    assert!(saved.iter().all(|manifest| manifest["revision"] == saved[0]["revision"]));
    service.wait_ready("a");
    assert_eq!(service.synthesised(), 3);
}

#[test]
fn sixteen_articles_at_once_sound_as_one_after_the_other() {
    let articles = articles();
    assert_eq!(articles.len(), 16);
    let together = Service::start();
    at_once(&articles, |(id, body)| {
        save(&together, id, &text(body));
        // Half of them have a listener from the first moment on.
        (id.len() % 2 == 0).then(|| whole(&together, &mp3(id)));
    });
    let heard = articles.iter().map(|(id, _)| {
        together.wait_ready(id);
        whole(&together, &mp3(id))
    });
    let heard: Vec<_> = heard.collect();
    drop(together);
    let apart = Service::start();
    for ((id, body), heard) in articles.iter().zip(heard) {
        made(&apart, id, &text(body));
        assert!(whole(&apart, &mp3(id)) == heard, "{id} sounds different");
    }
}

/// Headline and first paragraph of the news pieces; the long ones are there to be measured.
fn articles() -> Vec<(String, String)> {
    let files = fs::read_dir(fixture("articles")).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: std::path::PathBuf| {
        let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let lines: Vec<String> =
            fs::read_to_string(path).unwrap().lines().take(3).map(str::to_owned).collect();
        (id, lines.join("\n"))
    };
    let mut articles: Vec<_> = files.map(read).filter(|(id, _)| !id.contains('_')).collect();
    articles.sort();
    articles
}
