//! One client for all that is fetched from other servers: it goes to allowed hosts only, never to
//! an address inside the house by way of a public name, and takes neither for ever nor more than
//! it can hold.

mod address;
mod body;
mod charset;
mod client;
mod config;
mod error;
mod policy;

pub use client::{Answer, Client, Document, Validators, shown};
pub use config::FetchConfig;
pub use error::{FetchError, Refusal};
