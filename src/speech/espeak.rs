//! The only caller of espeak-ng, a C library whose state is global: one lock around all of it.
//!
//! Its public call gives phonemes without the mark that ended a clause; the translator beneath
//! tells the mark too, so we call that one. This crate pins espeak-rs-sys, and linking fails
//! if the symbols ever go.
#![allow(unsafe_code)]

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::path::Path;
use std::ptr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use espeak_rs_sys as sys;

use super::error::SpeechError;

unsafe extern "C" {
    static mut translator: *mut c_void;
    static mut p_decoder: *mut sys::espeak_ng_TEXT_DECODER;
    fn TranslateClauseWithTerminator(
        translator: *mut c_void,
        tone: *mut c_int,
        voice_change: *mut *mut c_char,
        terminator: *mut c_int,
    );
    fn GetTranslatedPhonemeString(mode: c_int) -> *const c_char;
    fn InitText(flags: c_int);
    static phoneme_list: [Phoneme; 1001];
    static n_phoneme_list: c_int;
    static clause_start_char: c_int;
}

/// `PHONEME_LIST` of espeak-ng's `synthesize.h`, of which two fields are read.
#[repr(C)]
struct Phoneme {
    flags_code_stress: [u16; 2],
    /// Bits 0 to 10: where its word stands in the clause, in characters.
    source: u16,
    stress_tone: u16,
    table: *const c_void,
    length: u32,
    envelope_kind_pause_amplitude: [u8; 4],
    /// Bit 0: a word begins here.
    new_word: u8,
    pitch_length: [u8; 3],
    address: u32,
    sound: c_int,
}

/// A stretch of speech, and how it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// IPA, words parted by spaces.
    pub(super) phonemes: String,
    /// Where each of these words begins in the text, in characters.
    pub(super) words: Vec<usize>,
    /// The mark at its end, if it has one.
    pub(super) mark: Option<char>,
}

/// What has been set in the library.
struct State {
    ready: bool,
    voice: Option<CString>,
}

static STATE: Mutex<State> = Mutex::new(State { ready: false, voice: None });

fn lock() -> MutexGuard<'static, State> {
    // The state is set after the library's, so it is right even if a holder panicked.
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Readies the library with the data in `folder`, which holds `espeak-ng-data`.
pub(super) fn start(folder: &Path) -> Result<(), SpeechError> {
    let mut state = lock();
    if state.ready {
        return Ok(());
    }
    let error =
        |cause: &str| SpeechError::Espeak { path: folder.join("espeak-ng-data"), cause: cause.into() };
    if !folder.join("espeak-ng-data/phontab").is_file() {
        return Err(error("not there"));
    }
    let path = CString::new(folder.to_string_lossy().as_bytes()).map_err(|_| error("bad path"))?;
    // SAFETY: the lock is held and `path` outlives the call.
    let rate = unsafe {
        sys::espeak_Initialize(
            sys::espeak_AUDIO_OUTPUT_AUDIO_OUTPUT_SYNCHRONOUS,
            0,
            path.as_ptr(),
            sys::espeakINITIALIZE_DONT_EXIT as c_int,
        )
    };
    state.ready = rate > 0;
    if state.ready { Ok(()) } else { Err(error("damaged")) }
}

/// The clauses of a text, in one of espeak-ng's voices ("en-us", "de") or in the one for a BCP 47 tag ("de-AT").
pub(super) fn clauses(text: &str, voice: &str) -> Result<Vec<Clause>, SpeechError> {
    let text = CString::new(text.replace(['\0', '\n', '\r'], " ")).unwrap_or_default();
    let mut state = lock();
    let lower = voice.to_ascii_lowercase();
    let primary = lower.split(['-', '_']).next().unwrap_or_default();
    // Norwegian's two forms have a tag for both.
    let primary = if primary == "no" { "nb" } else { primary };
    if !state.ready || ![voice, &lower, primary].into_iter().any(|name| set_voice(&mut state, name)) {
        return Err(SpeechError::Language(voice.into()));
    }
    // SAFETY: the lock is held, the library is ready and has a voice.
    Ok(unsafe { translate(&text) })
}

/// Whether the library has this voice, which it speaks in from now on.
fn set_voice(state: &mut State, name: &str) -> bool {
    let Ok(wanted) = CString::new(name) else { return false };
    if state.voice.as_ref() != Some(&wanted) {
        // SAFETY: a state is handed out under the lock only, and the library is ready.
        let set = unsafe { sys::espeak_SetVoiceByName(wanted.as_ptr()) };
        state.voice = (set == sys::espeak_ERROR_EE_OK).then_some(wanted);
    }
    state.voice.is_some()
}

/// # Safety
/// The lock must be held, the library ready, and a voice set.
unsafe fn translate(text: &CStr) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut rest: *const c_void = text.as_ptr().cast();
    unsafe {
        if p_decoder.is_null() {
            p_decoder = sys::create_text_decoder();
        }
        // A character looked ahead at would otherwise leak from the text before into this one.
        InitText(0);
        while !rest.is_null() && !translator.is_null() {
            let before = rest;
            let status = sys::text_decoder_decode_string_multibyte(
                p_decoder,
                rest,
                sys::espeak_ng_ENCODING_ESPEAKNG_ENCODING_UTF_8,
                sys::espeakCHARS_UTF8 as c_int,
            );
            if status != sys::espeak_ng_STATUS_ENS_OK {
                break;
            }
            let mut terminator = 0;
            TranslateClauseWithTerminator(translator, ptr::null_mut(), ptr::null_mut(), &raw mut terminator);
            rest = sys::text_decoder_get_buffer(p_decoder);
            let ipa = GetTranslatedPhonemeString(sys::espeakPHONEMES_IPA as c_int);
            let ipa = CStr::from_ptr(ipa).to_string_lossy();
            if rest == before && ipa.is_empty() {
                break;
            }
            clauses.push(Clause { phonemes: ipa.into_owned(), words: words(), mark: mark(terminator) });
        }
    }
    clauses
}

/// Where the words of the clause just translated begin.
///
/// # Safety
/// The lock must be held.
unsafe fn words() -> Vec<usize> {
    // The list begins with a pause and ends with two, as espeak-ng's own reader of it has it.
    let (list, count) = unsafe { (&phoneme_list, n_phoneme_list) };
    // Both counts together begin with 1.
    let begin = usize::try_from(unsafe { clause_start_char }).unwrap_or(0);
    let spoken = list.get(1..usize::try_from(count - 2).unwrap_or(0)).unwrap_or_default();
    let starts = spoken.iter().filter(|phoneme| phoneme.new_word & 1 != 0);
    starts.map(|phoneme| (begin + usize::from(phoneme.source & 0x7ff)).saturating_sub(1)).collect()
}

/// Bits of a terminator: the pause's length, its intonation and whether a clause or a sentence
/// ends (espeak-ng's `translate.h`).
fn mark(terminator: c_int) -> Option<char> {
    match terminator & 0xf_ffff {
        0x8_0028 => Some('.'),
        0x4_1014 => Some(','),
        0x8_2028 => Some('?'),
        0x8_302d => Some('!'),
        0x4_001e => Some(':'),
        0x4_101e => Some(';'),
        _ => None,
    }
}
