//! Ranges (RFC 9110 §14), of what is made and of what is not.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::{MP3_FRAME, article, frames, made, mp3, own, save, sentences, shared, unmade, whole};
use crate::harness::{Service, text};

/// What a range of a file of `size` bytes must be answered with: first and last byte, or 200.
type Expected = fn(usize) -> Option<(usize, usize)>;

const TABLE: [(&str, Expected); 14] = [
    ("bytes=0-1", |_| Some((0, 1))),
    ("bytes=0-0", |_| Some((0, 0))),
    ("bytes=5000-12345", |_| Some((5000, 12345))),
    ("bytes=191-192", |_| Some((191, 192))),
    ("bytes=-1", |size| Some((size - 1, size - 1))),
    ("bytes=-5000", |size| Some((size - 5000, size - 1))),
    ("bytes=-99999999", |size| Some((0, size - 1))),
    ("bytes=777-", |size| Some((777, size - 1))),
    ("bytes=0-", |size| Some((0, size - 1))),
    ("bytes=9-99999999", |size| Some((9, size - 1))),
    ("bytes=0-1,5-6", |_| None),
    ("bytes=5-4", |_| None),
    ("frames=0-1", |_| None),
    ("nonsense", |_| None),
];

#[test]
fn every_kind_of_range_is_answered_as_the_rfc_has_it() {
    let service = shared();
    let manifest = made(&service, "ranged", &text(&sentences("river", 2)));
    for format in ["mp3", "wav"] {
        for place in ["audio", "immutable"] {
            let path = manifest[place][format].as_str().unwrap();
            let file = whole(&service, path);
            for (range, expected) in TABLE {
                answers(&service, path, range, &file, expected(file.len()));
            }
            refuses_what_lies_behind_the_end(&service, path, file.len());
            glues_no_two_takes_together(&service, path, &file);
        }
    }
}

fn answers(service: &Service, path: &str, range: &str, file: &[u8], expected: Option<(usize, usize)>) {
    let answer = service.get(path, &[("range", range)]);
    let (status, (first, last)) = match expected {
        Some(part) => (206, part),
        None => (200, (0, file.len() - 1)),
    };
    assert_eq!(answer.status, status, "{path} {range}");
    assert_eq!(answer.body, file[first..=last], "{path} {range}");
    assert_eq!(answer.header("content-length"), answer.body.len().to_string());
    let content_range = expected.map(|_| format!("bytes {first}-{last}/{}", file.len()));
    assert_eq!(answer.header("content-range"), content_range.unwrap_or_default(), "{path} {range}");
    // Ranges are defined for GET alone (§14.2).
    let head = service.send("HEAD", path, &[("range", range)], None);
    assert_eq!((head.status, head.header("content-length")), (200, file.len().to_string().as_str()));
}

fn refuses_what_lies_behind_the_end(service: &Service, path: &str, size: usize) {
    for range in [format!("bytes={size}-"), format!("bytes={}-{}", size + 5, size + 9), "bytes=-0".into()] {
        let answer = service.get(path, &[("range", &range)]);
        assert_eq!(answer.problem(), (416, "range-not-satisfiable".into()), "{path} {range}");
        assert_eq!(answer.header("content-range"), format!("bytes */{size}"));
    }
}

/// If-Range (§13.1.5): a part of the same recording, or all of the new one.
fn glues_no_two_takes_together(service: &Service, path: &str, file: &[u8]) {
    let etag = service.get(path, &[("range", "bytes=0-1")]).header("etag").to_owned();
    let weak = format!("W/{etag}");
    let validators =
        [(etag.as_str(), 206), ("\"another\"", 200), (&weak, 200), ("Sat, 01 Jan 2022 00:00:00 GMT", 200)];
    for (validator, status) in validators {
        let answer = service.get(path, &[("range", "bytes=10-19"), ("if-range", validator)]);
        assert_eq!(answer.status, status, "{path} {validator}");
        assert_eq!(answer.body, if status == 206 { &file[10..20] } else { file }, "{path} {validator}");
    }
}

#[test]
fn ranges_of_what_was_never_made_are_those_of_the_finished_file() {
    let service = own();
    let mut runner = TestRunner::new(Config { cases: 6, failure_persistence: None, ..Config::default() });
    let number = Cell::new(0);
    // Where to cut, as shares of the whole, and which part to ask for first.
    let cuts = (prop::collection::vec(0.0..1.0, 1..6), any::<prop::sample::Index>());
    let result = runner.run(&cuts, |(cuts, first)| {
        number.set(number.get() + 1);
        let id = format!("never-made-{}", number.get());
        save(&service, &id, &unmade(&sentences(&id.replace('-', " "), 2)));
        let size = frames(&service.get(&article(&id), &[]).json()) * MP3_FRAME;
        let joined = joined(&service, &mp3(&id), size, &cuts, &first);
        service.wait_ready(&id);
        prop_assert_eq!(joined.len() as u64, size);
        prop_assert!(joined == whole(&service, &mp3(&id)), "other bytes");
        Ok(())
    });
    result.unwrap();
    assert_eq!(service.synthesised(), 2 * number.get(), "a sentence was spoken twice");
}

/// The parts between the cuts, asked for from the `first` one on and then around.
fn joined(service: &Service, path: &str, size: u64, cuts: &[f64], first: &prop::sample::Index) -> Vec<u8> {
    let mut at: Vec<u64> = cuts.iter().map(|share| (share * size as f64) as u64).collect();
    at.extend([0, size]);
    at.sort_unstable();
    at.dedup();
    let mut parts: Vec<(u64, u64)> = at.windows(2).map(|w| (w[0], w[1] - 1)).collect();
    let first = first.index(parts.len());
    parts.rotate_left(first);
    let mut bodies: Vec<(u64, Vec<u8>)> = (parts.iter())
        .map(|(from, to)| {
            let answer = service.get(path, &[("range", &format!("bytes={from}-{to}"))]);
            assert_eq!(answer.status, 206);
            assert_eq!(answer.header("content-range"), format!("bytes {from}-{to}/{size}"));
            (*from, answer.body)
        })
        .collect();
    bodies.sort_by_key(|(from, _)| *from);
    bodies.into_iter().flat_map(|(_, body)| body).collect()
}
