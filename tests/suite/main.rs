//! Everything is tried through the public doors: the real program, a real socket, real files,
//! a real browser, the real voice.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bad_input;
mod browser;
mod fetch;
mod generate;
mod harness;
mod heteronyms;
mod http;
mod imports;
mod lexicon;
mod library;
mod loudness;
mod names;
mod phonemes;
mod quality;
mod recordings;
mod restart;
mod speak;
mod spoken;
mod store;
mod voices;
mod watch;
mod web;
mod webhooks;
