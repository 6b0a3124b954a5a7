//! ONNX Runtime, loaded once. On a library that it can't use `ort` would wait for ever, so the
//! file is found and tried before `ort` touches it.
#![allow(unsafe_code)]

use std::error::Error;
use std::ffi::CStr;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use libloading::{Library, Symbol};

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

/// Keeps ONNX Runtime from reporting its use: official builds from 1.29 on do, unless this is in
/// the environment before they are loaded. The one that set-up fetches is older and can't.
///
/// To be called before the program starts its first thread.
pub fn forbid_telemetry() {
    // SAFETY: there is one thread, so nobody reads the environment meanwhile.
    unsafe { std::env::set_var("ORT_DISABLE_TELEMETRY", "1") };
}

fn load(path: &Path) -> Result<Runtime, SpeechError> {
    let error = |cause: String| SpeechError::Runtime { path: PathBuf::from(path), cause };
    // A name without a folder would be looked for beside the program and in the system's folders.
    let library = path.canonicalize().map_err(|e| error(e.to_string()))?;
    check(&library).map_err(error)?;
    let builder = ort::init_from(&library).map_err(|e| error(e.to_string()))?;
    builder.with_name("lectern").commit();
    Ok(Runtime(()))
}

fn check(path: &Path) -> Result<(), String> {
    looks_like_library(path)?;
    let version = version(path)?;
    let minor = version.split('.').nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
    match minor >= ort::MINOR_VERSION {
        true => Ok(()),
        false => Err(format!("version {version}; 1.{} or later is needed", ort::MINOR_VERSION)),
    }
}

fn version(path: &Path) -> Result<String, String> {
    // SAFETY: it is the library that the operator wants loaded, and ort loads it next.
    let library = unsafe { Library::new(path) }
        .map_err(|e| e.source().map_or_else(|| e.to_string(), |cause| cause.to_string()))?;
    // SAFETY: every release of ONNX Runtime has this function, and its table begins with the version's.
    let version = unsafe {
        let base: Symbol<'_, unsafe extern "C" fn() -> *const ort::sys::OrtApiBase> =
            library.get(b"OrtGetApiBase").map_err(|_| "a library, but not ONNX Runtime")?;
        CStr::from_ptr(((*base()).GetVersionString)()).to_string_lossy().into_owned()
    };
    // It stays loaded: ort opens it again at once.
    std::mem::forget(library);
    Ok(version)
}

/// A shared library begins with ELF's or Mach-O's magic number.
fn looks_like_library(path: &Path) -> Result<(), String> {
    let mut file = File::open(path).map_err(|e| e.to_string())?;
    let length = file.metadata().map_err(|e| e.to_string())?.len();
    let mut head = Vec::new();
    file.by_ref().take(64).read_to_end(&mut head).map_err(|e| e.to_string())?;
    match head[..] {
        [0x7f, b'E', b'L', b'F', ..] if sections_end(&head) > length => Err("cut off".into()),
        [0x7f, b'E', b'L', b'F', ..] | [0xcf, 0xfa, 0xed, 0xfe, ..] | [0xca, 0xfe, 0xba, 0xbe, ..] => Ok(()),
        _ => Err("not a shared library".into()),
    }
}

/// Where the table of sections ends, which is the last thing in an ELF file (64 bits, low bytes
/// first). Loading a file that is shorter ends the process with a signal.
fn sections_end(head: &[u8]) -> u64 {
    let number = |bytes: std::ops::Range<usize>| {
        head.get(bytes).map_or(u64::MAX, |b| b.iter().rev().fold(0, |n, &b| n << 8 | u64::from(b)))
    };
    number(0x28..0x30).saturating_add(number(0x3a..0x3c).saturating_mul(number(0x3c..0x3e)))
}
