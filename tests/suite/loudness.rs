//! As loud as it should be, the whole and each sentence beside the next (ITU-R BS.1770-4).

use std::fs;
use std::path::Path;

use ebur128::{Channel, EbuR128, Mode};
use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{done, fixture};
use crate::speak::decode;

const RATE: usize = 24_000;
/// What BS.1770 measures at a time; a shorter sentence is followed by silence.
const BLOCK: usize = RATE * 2 / 5;

fn meter(samples: &[f32]) -> EbuR128 {
    let mut meter = EbuR128::new(1, RATE as u32, Mode::I | Mode::TRUE_PEAK).unwrap();
    meter.set_channel(0, Channel::DualMono).unwrap();
    meter.add_frames_f32(samples).unwrap();
    meter.add_frames_f32(&vec![0.0; BLOCK.saturating_sub(samples.len())]).unwrap();
    meter
}

/// Samples of an article's MP3, and those of each of its sentences.
fn spoken(article: &Path) -> (Vec<f32>, Vec<Vec<f32>>) {
    let folder = TempDir::new().unwrap();
    let article = article.to_str().unwrap();
    done(&["speak", article, "-o", "a.mp3", "--marks", "a.json"], folder.path());
    let samples = decode(&folder.path().join("a.mp3"));
    let marks: Value = serde_json::from_slice(&fs::read(folder.path().join("a.json")).unwrap()).unwrap();
    let at = |mark: &Value, name: &str| (mark[name].as_f64().unwrap() * RATE as f64) as usize;
    let cut = |mark: &Value| samples[at(mark, "start")..at(mark, "end")].to_vec();
    let sentences = marks.as_array().unwrap().iter().map(cut).collect();
    (samples, sentences)
}

/// Long sentences and short ones, questions, cries, quotations, numbers.
#[test]
fn articles_are_minus_16_as_heard_and_neighbours_within_2_lu() {
    let mut neighbours = 0;
    for article in fs::read_dir(fixture("neighbours")).unwrap().map(|entry| entry.unwrap().path()) {
        let (samples, sentences) = spoken(&article);
        let whole = meter(&samples);
        let (heard, peak) = (whole.loudness_global().unwrap(), 20.0 * whole.true_peak(0).unwrap().log10());
        assert!((heard + 16.0).abs() <= 1.0, "{}: {heard} LUFS", article.display());
        assert!(peak <= -1.0, "{}: {peak} dBTP", article.display());
        let levels: Vec<f64> = sentences.iter().map(|s| meter(s).loudness_global().unwrap()).collect();
        for (i, two) in levels.windows(2).enumerate() {
            assert!(
                (two[0] - two[1]).abs() <= 2.0,
                "{}: {two:?} LUFS from sentence {i} on",
                article.display()
            );
            neighbours += 1;
        }
    }
    assert!(neighbours >= 100, "only {neighbours} pairs");
}
