//! Sentence → [`Plan`] → samples, by a Piper or a hibari voice.
//!
//! Speech is a pure function of the spoken form, the voice file and the settings: the noise
//! that makes a take lively is drawn from the sentence's own key.

mod alphabet;
mod british;
mod chunk;
mod conv2d;
mod cut;
mod engine;
mod error;
mod espeak;
mod graph;
mod hibari;
mod key;
mod misaki;
mod nearest;
mod noise;
mod onnx;
mod onnx_write;
mod phonemes;
mod piper;
mod pool;
mod reach;
mod respelling;
mod runtime;
mod session;
mod utterance;
mod voice;

pub use alphabet::Alphabet;
pub use chunk::Samples;
pub use engine::{Engine, Plan, WordTime};
pub use error::SpeechError;
pub use key::{PIPELINE_VERSION, SentenceKey, Settings};
pub use phonemes::Phonemizer;
pub use pool::{Counters, Pool, PoolConfig, Priority, Urgency};
pub use runtime::{Runtime, forbid_telemetry};
pub use utterance::{Utterance, Word};
pub use voice::{Catalogue, CatalogueEntry, Kind, Voice, Voices};
