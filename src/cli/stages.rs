//! Puts the stages together from the settings.

use crate::config::Config;
use crate::render::Renderer;
use crate::speech::{Catalogue, Counters, Phonemizer, Pool, Runtime, Voices};

use super::error::CliError;

/// The whole flow on one thread, for what is soon done.
pub(super) fn one_voice(config: &Config) -> Result<Renderer, CliError> {
    let mut config = config.clone();
    config.pool.workers = 1;
    renderer(&config)
}

/// The whole flow, with the default voice loaded.
pub(super) fn renderer(config: &Config) -> Result<Renderer, CliError> {
    let runtime = Runtime::load(&config.onnxruntime()?)?;
    let phonemizer = Phonemizer::start(&config.parts()?)?;
    let voices = Voices::find(&config.voices()?, config.voice.clone())?;
    let voice = match &config.voice {
        Some(id) => voices.get(id)?,
        None => {
            voices.for_language(crate::text::DEFAULT_LANGUAGE).or_else(|_| voices.get(&voices.ids()[0]))?
        }
    };
    voice.verify(&Catalogue::built_in())?;
    let pool = Pool::start(&config.pool, runtime, &voice, Counters::default())?;
    Ok(Renderer::new(phonemizer, voices, pool, config.render.clone()))
}
