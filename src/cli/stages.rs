//! Puts the stages together from the settings.

use std::fs::File;
use std::sync::Arc;

use crate::audio::Jingle;
use crate::config::Config;
use crate::library::{RecordingsConfig, decode};
use crate::render::{Jingles, Renderer};
use crate::speech::{Catalogue, Counters, Phonemizer, Pool, Runtime, Voice, Voices};
use crate::store::{Memory, Store, StoreError};
use crate::text::Site;

use super::error::CliError;

/// The whole flow on one thread, for what is soon done.
pub(super) async fn one_voice(config: &Config) -> Result<Renderer, CliError> {
    let mut config = config.clone();
    config.pool.workers = 1;
    renderer(&config).await
}

/// The data folder, for what changes nothing: where nothing is yet, an empty store of no folder.
pub(super) fn store_as_it_is(config: &Config) -> Result<Store, CliError> {
    match Store::look(&config.data) {
        Err(StoreError::None(_)) => {
            let nothing = Arc::new(Memory::default());
            Ok(Store::with(nothing.clone(), nothing, [0; 32]))
        }
        store => Ok(store?),
    }
}

/// Minutes of a site's recording: all of them are held in memory.
const LONGEST_JINGLE: u32 = 5;

/// The whole flow, with the default voice loaded.
pub(super) async fn renderer(config: &Config) -> Result<Renderer, CliError> {
    let runtime = Runtime::load(&config.onnxruntime()?)?;
    let phonemizer = Phonemizer::start(&config.parts()?)?;
    let (voices, voice) = voices(config)?;
    let pool = Pool::start(&config.pool, runtime, &voice, Counters::default())?;
    let renderer = Renderer::new(phonemizer, voices, pool, config.render.clone());
    Ok(renderer.with_jingles(jingles(config).await?))
}

/// The voices, and the default one, whole.
pub(super) fn voices(config: &Config) -> Result<(Voices, Arc<Voice>), CliError> {
    let voices = Voices::find(&config.voices()?, config.voice.clone())?;
    let voice = match &config.voice {
        Some(id) => voices.get(id)?,
        None => {
            voices.for_language(crate::text::DEFAULT_LANGUAGE).or_else(|_| voices.get(&voices.ids()[0]))?
        }
    };
    voice.verify(&Catalogue::built_in())?;
    Ok((voices, voice))
}

/// The sites' recordings, read as any that somebody sends.
async fn jingles(config: &Config) -> Result<Jingles, CliError> {
    let limits = RecordingsConfig { max_minutes: LONGEST_JINGLE, ..config.library.recordings };
    let mut jingles = Jingles::new();
    for path in config.render.sites.iter().flat_map(Site::recordings) {
        let failed =
            |e: &dyn std::fmt::Display| CliError::Failed(format!("render.sites: {}: {e}", path.display()));
        let scratch = tempfile::tempdir()?;
        let wav = scratch.path().join("jingle.wav");
        let input = path.canonicalize().map_err(|e| failed(&e))?;
        decode(&input, &wav, scratch.path(), &limits).await.map_err(|e| failed(&e))?;
        let jingle = Jingle::read(File::open(&wav)?)?;
        jingles.insert(path.into(), Arc::new(jingle));
    }
    Ok(jingles)
}
