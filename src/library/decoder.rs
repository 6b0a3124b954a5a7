//! Has recordings read by a child of this process: what is wrong with a file is then the child's
//! business, and its memory, its time and its faults end with it.

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::process::Command;

use crate::audio::decode::{Decoded, Refusal};

/// What recordings by people may be, and may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RecordingsConfig {
    /// Largest file.
    pub max_bytes: u64,
    /// Longest recording.
    pub max_minutes: u32,
    /// Seconds that reading one may take, and as many of processor time.
    pub seconds: u32,
    /// Memory that reading one may take, in bytes.
    pub max_memory_bytes: u64,
    /// How many are read at the same time.
    pub at_once: usize,
}

impl Default for RecordingsConfig {
    fn default() -> Self {
        Self { max_bytes: 512 << 20, max_minutes: 120, seconds: 300, max_memory_bytes: 256 << 20, at_once: 2 }
    }
}

/// Has a file read, and written to another as a WAV at our level; `scratch` is a folder for what is
/// needed meanwhile. Who stops waiting ends it.
///
/// # Errors
/// Why the file can't be taken.
pub async fn decode(
    input: &Path,
    output: &Path,
    scratch: &Path,
    config: &RecordingsConfig,
) -> Result<Decoded, Refusal> {
    let broken = |e: std::io::Error| Refusal::Broken(format!("no process to read it in: {e}"));
    let mut command = Command::new(program().map_err(broken)?);
    command
        .arg("decode")
        .args([input, output, scratch])
        .args(["--max-minutes", &config.max_minutes.to_string()])
        .args(["--seconds", &config.seconds.to_string()])
        .args(["--max-memory-bytes", &config.max_memory_bytes.to_string()])
        .env_clear()
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    let patience = Duration::from_secs(u64::from(config.seconds));
    match tokio::time::timeout(patience, command.output()).await {
        Err(_) => Err(Refusal::Time(config.seconds)),
        Ok(Err(error)) => Err(broken(error)),
        Ok(Ok(ended)) if ended.status.success() => serde_json::from_slice(&ended.stdout)
            .unwrap_or_else(|e| Err(Refusal::Broken(format!("an answer that is none: {e}")))),
        Ok(Ok(ended)) => Err(died(ended.status, config)),
    }
}

/// This very program, also when another has been put in its place meanwhile.
fn program() -> std::io::Result<std::path::PathBuf> {
    match cfg!(target_os = "linux") {
        true => Ok("/proc/self/exe".into()),
        false => std::env::current_exe(),
    }
}

/// What a child that was ended died of.
fn died(status: ExitStatus, config: &RecordingsConfig) -> Refusal {
    const ABORT: i32 = 6;
    const KILL: i32 = 9;
    const XCPU: [i32; 2] = [24, 30]; // Linux, and 30 is nothing else on macOS that ends a child.
    match status.signal() {
        // Rust ends a process so that gets no memory.
        Some(ABORT) => Refusal::Memory,
        Some(signal) if signal == KILL || XCPU.contains(&signal) => Refusal::Time(config.seconds),
        _ => Refusal::Damaged("it brings its reader to a stop".into()),
    }
}
