//! Imports point upstream only, as ARCHITECTURE.md has it.

use std::fs;
use std::path::Path;

use crate::harness::root;

/// A module, and what it may import of this crate.
const ALLOWED: [(&str, &[&str]); 15] = [
    ("article", &[]),
    ("text", &["article"]),
    ("speech", &["text"]),
    ("audio", &["text", "speech"]),
    ("render", &["article", "text", "speech", "audio"]),
    ("store", &[]),
    ("library", &["article", "text", "speech", "audio", "render", "store"]),
    ("fetch", &[]),
    ("source", &["article", "fetch", "library"]),
    ("webhook", &["fetch", "library", "store"]),
    ("telemetry", &["library", "source", "speech"]),
    (
        "http",
        &[
            "article",
            "audio",
            "fetch",
            "library",
            "render",
            "source",
            "speech",
            "store",
            "telemetry",
            "text",
            "webhook",
        ],
    ),
    ("config", &["article", "audio", "fetch", "http", "library", "render", "source", "speech", "webhook"]),
    (
        "cli",
        &[
            "article",
            "audio",
            "config",
            "fetch",
            "http",
            "library",
            "render",
            "source",
            "speech",
            "store",
            "telemetry",
            "text",
            "webhook",
        ],
    ),
    ("main", &["cli"]),
];

#[test]
fn imports_point_upstream() {
    let mut wrong = Vec::new();
    for (module, allowed) in ALLOWED {
        for (file, line) in sources(module) {
            for import in imports(&line) {
                if import != module && !allowed.contains(&import.as_str()) {
                    wrong.push(format!("{file}: {module} may not import {import}: {}", line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_is_listed() {
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(name == "lib" || ALLOWED.iter().any(|(module, _)| *module == name), "{name} is not listed");
    }
}

fn sources(module: &str) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let src = root().join("src");
    for path in [src.join(format!("{module}.rs")), src.join(module)] {
        collect(&path, &mut lines);
    }
    assert!(!lines.is_empty(), "no {module}");
    lines
}

fn collect(path: &Path, lines: &mut Vec<(String, String)>) {
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| collect(&entry.unwrap().path(), lines));
    } else if path.is_file() {
        let name = path.display().to_string();
        lines.extend(fs::read_to_string(path).unwrap().lines().map(|l| (name.clone(), l.to_owned())));
    }
}

/// Modules of this crate named on a line.
fn imports(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    let paths = ["crate::", "lectern::"].into_iter().flat_map(|root| code.split(root).skip(1));
    paths
        .map(|path| path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>())
        .filter(|name| !name.is_empty())
        .collect()
}
