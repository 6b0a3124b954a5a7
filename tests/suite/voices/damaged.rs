//! Damaged models and descriptions are refused with a reason, and never end the process.

use std::fs;
use std::path::Path;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{all_parts, fixture, lectern};

/// Damaged copies of each voice that are tried.
const COPIES: usize = 24;

#[test]
fn damaged_models_never_end_the_process() {
    let (folder, mut random) = (TempDir::new().unwrap(), ChaCha8Rng::seed_from_u64(1));
    let fixtures = ["multi", "plain", "dynamo"].map(|name| fixture(&format!("voices/{name}/{name}.onnx")));
    let heart = all_parts().join("voices/en_US-heart-hibari.onnx");
    for voice in fixtures.iter().chain([&heart]) {
        let (model, json) = (fs::read(voice).unwrap(), voice.with_added_extension("json"));
        let name = voice.file_stem().unwrap().to_string_lossy();
        for i in 0..COPIES {
            let copy = folder.path().join(format!("{name}-{i}.onnx"));
            fs::write(&copy, damaged(&model, i, &mut random)).unwrap();
            if json.exists() {
                fs::copy(&json, copy.with_added_extension("json")).unwrap();
            }
        }
    }
    let rows = check(folder.path());
    assert_eq!(rows.len(), 4 * COPIES);
    let cut_off =
        rows.iter().filter(|row| row["error"].as_str().is_some_and(|e| e.contains("it is cut off")));
    assert!(cut_off.count() > 0, "no hibari voice was found cut off");
    let refused = rows.iter().filter(|row| row["ok"] == false);
    assert!(refused.clone().count() > COPIES, "hardly anything was found damaged");
    assert!(refused.clone().all(|row| row["error"].as_str().unwrap().contains(".onnx")), "{rows:?}");
}

/// Cut off, or a few bytes changed: near the beginning, where the graph is, or anywhere.
fn damaged(model: &[u8], i: usize, random: &mut ChaCha8Rng) -> Vec<u8> {
    let mut model = model.to_vec();
    let mut below = |n: usize| random.next_u64() as usize % n;
    if i.is_multiple_of(4) {
        model.truncate(below(model.len()));
        return model;
    }
    let reach = if i.is_multiple_of(2) { model.len() } else { model.len().min(60_000) };
    for _ in 0..1 + i / 2 {
        let at = below(reach);
        model[at] = below(256) as u8;
    }
    model
}

#[test]
fn damaged_descriptions_never_end_the_process() {
    let (folder, mut random) = (TempDir::new().unwrap(), ChaCha8Rng::seed_from_u64(2));
    let voice = fixture("voices/low16k/low16k.onnx");
    let json = fs::read(voice.with_added_extension("json")).unwrap();
    for i in 0..COPIES {
        let copy = folder.path().join(format!("low-{i}.onnx"));
        fs::copy(&voice, &copy).unwrap();
        fs::write(copy.with_added_extension("json"), damaged(&json, i, &mut random)).unwrap();
    }
    let rows = check(folder.path());
    assert_eq!(rows.len(), COPIES);
    assert!(rows.iter().any(|row| row["ok"] == false), "nothing was found damaged");
}

/// What `voices check` says of every voice in a folder.
fn check(folder: &Path) -> Vec<Value> {
    let mut command = lectern();
    command.args(["voices", "check", "--json", "--voices"]).arg(folder);
    let output = command.output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}: {told}", output.status);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {told}"))
}
