//! `lectern decode`: what somebody sent, read in a process of its own.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use rlimit::Resource;

use super::error::CliError;
use crate::audio::decode::{Decoded, Refusal, decode};

/// Read a recording and write it at our level; the service starts this for every upload.
#[derive(Args, Debug)]
pub(super) struct Decode {
    /// The recording
    input: PathBuf,
    /// The WAV file to write
    output: PathBuf,
    /// Folder for what is needed meanwhile
    scratch: PathBuf,
    /// Longest recording
    #[arg(long)]
    max_minutes: u32,
    /// Seconds of processor time
    #[arg(long)]
    seconds: u64,
    /// Bytes of memory
    #[arg(long)]
    max_memory_bytes: u64,
}

impl Decode {
    /// Prints what came of it, as JSON. That the recording is refused is no failure.
    pub(super) fn run(&self) -> Result<(), CliError> {
        self.confine().map_err(|e| CliError::Failed(format!("can't confine itself: {e}")))?;
        let result: Result<Decoded, Refusal> =
            decode(&self.input, &self.output, &self.scratch, self.max_minutes);
        let mut out = io::stdout().lock();
        serde_json::to_writer(&mut out, &result).map_err(io::Error::from)?;
        Ok(out.flush()?)
    }

    /// Before a byte is read: what goes beyond this is ended by the system.
    fn confine(&self) -> io::Result<()> {
        let written = u64::from(self.max_minutes) * 60 * 24_000 * 4 + (1 << 20);
        Resource::CORE.set(0, 0)?;
        Resource::CPU.set(self.seconds, self.seconds + 1)?;
        Resource::FSIZE.set(written, written)?;
        Resource::NOFILE.set(32, 32)?;
        match Resource::AS.set(self.max_memory_bytes, self.max_memory_bytes) {
            // There is no such limit there.
            Err(_) if cfg!(target_os = "macos") => Ok(()),
            set => set,
        }
    }
}
