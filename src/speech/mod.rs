//! Sentence → [`Plan`] → samples, by a Piper voice.
//!
//! Speech is a pure function of the spoken form, the voice file and the settings: the noise
//! that makes a take lively is drawn from the sentence's own key.

mod british;
mod cut;
mod engine;
mod error;
mod espeak;
mod key;
mod nearest;
mod noise;
mod onnx;
mod phonemes;
mod pool;
mod reach;
mod respelling;
mod runtime;
mod voice;

pub use engine::{Engine, Plan, Samples, WordTime};
pub use error::SpeechError;
pub use key::{PIPELINE_VERSION, SentenceKey, Settings};
pub use phonemes::{Phonemizer, Utterance, Word};
pub use pool::{Counters, Pool, PoolConfig, Priority, Urgency};
pub use runtime::{Runtime, forbid_telemetry};
pub use voice::{Catalogue, CatalogueEntry, Voice, Voices};
