//! Starts the real program in a folder of its own, and talks to it.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex, OnceLock};

use lectern::speech::Voices;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The program, told where the parts are, and nothing else of this environment's settings.
pub(crate) fn lectern() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("LECTERN_")) {
        command.env_remove(name);
    }
    command.env("LECTERN_PARTS", parts());
    command
}

/// Id of the voice that reads English where a test names none.
pub(crate) fn default_voice() -> String {
    voices().for_language("en").unwrap().id.clone()
}

/// The voices that `make test` fetches.
pub(crate) fn voices() -> Voices {
    Voices::find(&parts().join("voices"), None).unwrap()
}

/// ONNX Runtime, espeak-ng's data and the voices. Where `LECTERN_SUITE_VOICE` names a voice, it is the
/// only one, and so the default.
pub(crate) fn parts() -> PathBuf {
    static PARTS: OnceLock<PathBuf> = OnceLock::new();
    let only = |voice: String| parts_with(&voice);
    let choose = || std::env::var("LECTERN_SUITE_VOICE").map_or_else(|_| all_parts(), only);
    PARTS.get_or_init(choose).clone()
}

/// A folder of links to the parts, with one voice.
fn parts_with(voice: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{voice}-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("voices")).unwrap();
    let link = |from: PathBuf, to: PathBuf| std::os::unix::fs::symlink(from, to).unwrap();
    for part in ["libonnxruntime.so", "espeak-ng-data"] {
        link(all_parts().join(part), folder.join(part));
    }
    for file in std::fs::read_dir(all_parts().join("voices")).unwrap().map(Result::unwrap) {
        if file.file_name().to_string_lossy().starts_with(voice) {
            link(file.path(), folder.join("voices").join(file.file_name()));
        }
    }
    folder
}

/// The parts that `make test` fetches.
pub(crate) fn all_parts() -> PathBuf {
    let named = std::env::var_os("LECTERN_PARTS").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| root().join("parts"));
    assert!(folder.is_dir(), "no {}: run `make test`, which fetches the parts first", folder.display());
    folder
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn fixture(name: &str) -> PathBuf {
    root().join("tests/fixtures").join(name)
}

/// Runs a command to its end.
pub(crate) fn run(args: &[&str], folder: &Path) -> Output {
    lectern().args(args).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

/// Runs a command that must succeed; returns what it printed.
pub(crate) fn done(args: &[&str], folder: &Path) -> String {
    let output = run(args, folder);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A running service; killed when dropped.
pub(crate) struct Service {
    child: Child,
    pub(crate) base: String,
    pub(crate) data: Arc<TempDir>,
    log: Arc<Mutex<String>>,
}

impl Service {
    pub(crate) fn start() -> Self {
        Self::start_with(&[], Arc::new(TempDir::new().unwrap()))
    }

    /// Starts on a free port with more arguments, on a folder that may have been used before.
    pub(crate) fn start_with(args: &[&str], data: Arc<TempDir>) -> Self {
        Self::start_as(lectern(), args, data)
    }

    /// Starts it in surroundings of its own.
    pub(crate) fn start_as(mut command: Command, args: &[&str], data: Arc<TempDir>) -> Self {
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--log-json", "--data"])
            .arg(data.path())
            .args(args);
        let mut child = command.stderr(Stdio::piped()).stdin(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let log = Arc::new(Mutex::new(String::new()));
        let base = loop {
            let mut line = String::new();
            assert!(lines.read_line(&mut line).unwrap() > 0, "it stopped: {}", log.lock().unwrap());
            log.lock().unwrap().push_str(&line);
            let event: Value = serde_json::from_str(&line).unwrap_or_default();
            if let Some(address) = event["fields"]["address"].as_str() {
                break address.trim_end_matches('/').to_owned();
            }
        };
        let rest = log.clone();
        std::thread::spawn(move || {
            let mut line = String::new();
            while lines.read_line(&mut line).unwrap_or(0) > 0 {
                rest.lock().unwrap().push_str(&std::mem::take(&mut line));
            }
        });
        Self { child, base, data, log }
    }

    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// `kill -9`, and the same folder for the next one.
    pub(crate) fn kill(mut self) -> Arc<TempDir> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.data.clone()
    }

    /// Asks it to stop, and waits until it has.
    pub(crate) fn terminate(mut self) -> (std::process::ExitStatus, Arc<TempDir>) {
        let killed = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(killed.success());
        (self.child.wait().unwrap(), self.data.clone())
    }

    pub(crate) fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", path, headers, None)
    }

    pub(crate) fn put(&self, id: &str, article: &Value) -> Answer {
        self.send("PUT", &format!("/v1/articles/{id}"), &[], Some(article.to_string().as_bytes()))
    }

    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&[u8]>,
    ) -> Answer {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let response = match body {
            Some(body) => agent.run(request.body(body.to_vec()).unwrap()),
            None => agent.run(request.body(()).unwrap()),
        };
        Answer::read(response.unwrap())
    }

    pub(crate) fn metric(&self, name: &str) -> u64 {
        let text = self.get("/metrics", &[]).text();
        let line = text.lines().find(|l| l.starts_with(&format!("{name} ")));
        line.unwrap_or_else(|| panic!("no {name} in {text}")).split(' ').nth(1).unwrap().parse().unwrap()
    }

    /// Sentences that went through the sound side.
    pub(crate) fn synthesised(&self) -> u64 {
        self.metric("lectern_sentences_synthesised_total")
    }

    /// Asks until an article's newest revision is ready.
    pub(crate) fn wait_ready(&self, id: &str) -> Value {
        let started = std::time::Instant::now();
        loop {
            let manifest = self.get(&format!("/v1/articles/{id}"), &[]).json();
            assert_ne!(manifest["state"], "failed", "{manifest}");
            if manifest["state"] == "ready" && manifest["next"].is_null() {
                return manifest;
            }
            assert!(started.elapsed().as_secs() < 600, "not ready: {manifest}");
            // Asking without a pause would take the processor from those who make it.
            std::thread::park_timeout(std::time::Duration::from_millis(20));
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have stopped by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: ureq::http::HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    fn read(response: ureq::http::Response<ureq::Body>) -> Self {
        let (head, mut body) = response.into_parts();
        let mut bytes = Vec::new();
        body.as_reader().read_to_end(&mut bytes).unwrap();
        Self { status: head.status.as_u16(), headers: head.headers, body: bytes }
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |h| h.to_str().unwrap())
    }

    /// Status and stable code of a problem document.
    pub(crate) fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text());
        let document = self.json();
        assert_eq!(document["status"], self.status);
        (self.status, document["code"].as_str().unwrap().to_owned())
    }
}

/// An article of plain text.
pub(crate) fn text(text: &str) -> Value {
    json!({ "text": text })
}
