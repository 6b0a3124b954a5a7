//! ONNX Runtime, loaded once. Without its library `ort` would wait for ever, so the file is
//! found and looked at before anything touches it.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::error::SpeechError;

/// Proof that ONNX Runtime is loaded.
#[derive(Clone, Copy, Debug)]
pub struct Runtime(());

impl Runtime {
    /// Loads the library; later calls return what the first one found.
    ///
    /// # Errors
    /// The file is missing, is no shared library, or does not load.
    pub fn load(library: &Path) -> Result<Self, SpeechError> {
        static LOADED: OnceLock<Result<Runtime, SpeechError>> = OnceLock::new();
        LOADED.get_or_init(|| load(library)).clone()
    }
}

fn load(path: &Path) -> Result<Runtime, SpeechError> {
    let error = |cause: String| SpeechError::Runtime { path: PathBuf::from(path), cause };
    check(path).map_err(error)?;
    let builder = ort::init_from(path).map_err(|e| error(e.to_string()))?;
    builder.with_name("lectern").commit();
    Ok(Runtime(()))
}

/// A shared library begins with ELF's or Mach-O's magic number.
fn check(path: &Path) -> Result<(), String> {
    let mut magic = [0; 4];
    let mut file = File::open(path).map_err(|e| e.to_string())?;
    file.read_exact(&mut magic).map_err(|e| e.to_string())?;
    match magic {
        [0x7f, b'E', b'L', b'F'] | [0xcf, 0xfa, 0xed, 0xfe] | [0xca, 0xfe, 0xba, 0xbe] => Ok(()),
        _ => Err("not a shared library".into()),
    }
}
