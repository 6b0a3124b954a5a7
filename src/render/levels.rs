//! How loud each voice is made: as the catalogue says, or as is measured when it first speaks.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use super::RenderError;
use super::cast::Cast;
use crate::audio::Level;
use crate::speech::{Phonemizer, Pool, Priority, SentenceKey, Settings, SpeechError, Voice};

/// What a voice says to have its loudness measured: half a minute of ordinary prose. A voice of
/// another language reads it its own way, which is as loud.
const CALIBRATION: [&str; 8] = [
    "The morning train was late again.",
    "Nobody on the platform seemed to mind, because the sun was out and the bakery had just opened.",
    "A porter pushed an empty trolley past the waiting room.",
    "Two children were counting the panes of the window, and could not agree.",
    "Why is it, asked the older one, that there is always one more than before?",
    "In the town below, the council had voted to keep the line for another ten years.",
    "It will cost a good deal of money, the mayor said, but the people have made their choice.",
    "Then the rails began to hum, the signal dropped, and everyone reached for their bags at once.",
];

/// By a voice's id and its speaker.
type Found = HashMap<(String, i64), Arc<OnceCell<Level>>>;

/// Each voice's level, found once, whoever asks meanwhile.
#[derive(Default)]
pub(super) struct Levels(Mutex<Found>);

impl Levels {
    pub(super) async fn of(
        &self,
        voice: &Arc<Voice>,
        speaker: i64,
        cast: &Cast,
        pool: &Pool,
    ) -> Result<Level, RenderError> {
        let find = async || match cast.gain(voice) {
            Some(gain) => Ok(Level::from_db(gain)),
            None => {
                let gain_db = calibrate(voice, speaker, cast.phonemizer, pool).await?;
                tracing::info!(voice = voice.id, speaker, gain_db, "measured how loud the voice is");
                Ok(Level::from_db(gain_db))
            }
        };
        self.cell(&voice.id, speaker).get_or_try_init(find).await.copied()
    }

    fn cell(&self, voice: &str, speaker: i64) -> Arc<OnceCell<Level>> {
        // Nothing panics while holding it.
        let mut levels = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        levels.entry((voice.to_owned(), speaker)).or_default().clone()
    }
}

/// Measures the gain in decibels that a voice needs; the same on every machine, as it always
/// says the same and the result is rounded. Before everything else, as all it is to say waits
/// for that.
async fn calibrate(
    voice: &Arc<Voice>,
    speaker: i64,
    phonemizer: Phonemizer,
    pool: &Pool,
) -> Result<f32, RenderError> {
    let fingerprint = voice.fingerprint()?;
    let characters = CALIBRATION.concat().len();
    let (mut unsaid, mut sound) = (CALIBRATION.iter(), Vec::new());
    let answer = pool.submit(voice, &Priority::First.into(), characters, move |engine| {
        let (settings, voice) = (Settings::default(), engine.voice().clone());
        let Some(spoken) = unsaid.next() else {
            return Ok::<_, RenderError>(Some(Level::calibrate(&sound, voice.sample_rate)?));
        };
        let key = SentenceKey::new(spoken, &[], &fingerprint, speaker, &settings);
        let utterance = phonemizer.utterance(spoken, &[], &voice.espeak, &voice.alphabet)?;
        let mut plan = engine.plan(&utterance, &key, speaker, &settings)?;
        sound.extend(engine.all_sound(&mut plan)?);
        Ok(None)
    })?;
    answer.await.map_err(|_| SpeechError::Stopped)?
}
