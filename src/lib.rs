//! Lectern reads a site's articles aloud. `ARCHITECTURE.md` walks through it; the modules below
//! are in the order in which data flows: article → text → speech → audio.
#![deny(unsafe_code)]

pub mod article;
pub mod audio;
pub mod cli;
pub mod config;
pub mod fetch;
pub mod http;
pub mod library;
pub mod render;
pub mod source;
pub mod speech;
pub mod store;
pub mod telemetry;
pub mod text;
pub mod webhook;
