//! The voices' own packages, in a Python that `LECTERN_RIVALS` names (`scripts/oracle/rivals.py`).

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A package that speaks on request.
pub(crate) struct Rival {
    child: Child,
    texts: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Rival {
    /// Starts it and waits until it has spoken once; nothing where no Python is named.
    pub(crate) fn start(engine: &str, model: &Path) -> Option<Self> {
        let python = std::env::var_os("LECTERN_RIVALS")?;
        let mut child = Command::new(python)
            .args(["scripts/oracle/rivals.py", engine])
            .arg(model)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("LECTERN_RIVALS is no Python");
        let texts = child.stdin.take().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        let mut rival = Self { child, texts, answers };
        assert_eq!(rival.answer(), "ready");
        Some(rival)
    }

    /// Seconds that it takes to say these texts.
    pub(crate) fn say(&mut self, texts: &[String]) -> f64 {
        writeln!(self.texts, "{}", serde_json::to_string(texts).unwrap()).unwrap();
        self.answer().parse().unwrap()
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        line.trim().to_owned()
    }
}

impl Drop for Rival {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
