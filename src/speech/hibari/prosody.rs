//! Questions that rise.
//!
//! The model has its questions fall, as its teacher does. A question that can be answered by yes or
//! no rises from its last stressed vowel on: from four semitones below the sentence's middle to four
//! above it. Over 44 such questions the last tenth of a second then lies 1.2 semitones above the two
//! before it (.8 below without; .6 above where Piper's joe asks them), and DistillMOS is 4.23 (4.25
//! without). Steeper rises sound no more like questions by that measure, and cost .09.

use std::ops::Range;

use crate::speech::misaki;

/// Semitones from the sentence's median pitch at the last stressed vowel, and at the end.
const FROM: f32 = -4.0;
const TO: f32 = 4.0;
/// Frames around the stressed vowel's beginning in which the model's pitch gives way.
const BLEND: usize = 12;
/// Lowest pitch in hertz that is not the fading of a voiced sound.
const VOICED: f32 = 75.0;

/// The ids from each question's last stressed vowel to its mark.
pub(super) fn questions(ids: &[i64]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, id) in ids.iter().enumerate().filter(|(_, id)| misaki::ends_sentence(**id)) {
        if *id == misaki::QUESTION && !misaki::asks_for_more(&ids[start..at]) {
            found.extend(misaki::last_stress(&ids[start..at]).map(|stress| start + stress..at));
        }
        start = at + 1;
    }
    found
}

/// Has the pitch, in hertz by frame, rise in these frames.
pub(super) fn raise(pitch: &mut [f32], questions: &[Range<usize>]) {
    let Some(middle) = median(pitch) else { return };
    for question in questions {
        let end = question.end.min(pitch.len());
        let last = pitch[..end].iter().rposition(|hertz| *hertz > VOICED).unwrap_or(0);
        let length = last.saturating_sub(question.start).max(1) as f32;
        let first = question.start.saturating_sub(BLEND / 2);
        for frame in (first..=last).filter(|frame| *frame < end) {
            if pitch[frame] <= VOICED {
                continue;
            }
            let place = frame.saturating_sub(question.start) as f32 / length;
            let goal = middle + (FROM + (TO - FROM) * place) / 12.0;
            let share = ((frame - first + 1) as f32 / BLEND as f32).min(1.0);
            let octaves = (1.0 - share) * libm::log2f(pitch[frame]) + share * goal;
            pitch[frame] = libm::exp2f(octaves);
        }
    }
}

/// The median pitch of voiced frames, in octaves.
fn median(pitch: &[f32]) -> Option<f32> {
    let mut octaves: Vec<f32> =
        pitch.iter().filter(|hertz| **hertz > VOICED).map(|hertz| libm::log2f(*hertz)).collect();
    octaves.sort_by(f32::total_cmp);
    octaves.get(octaves.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::alphabet::{Alphabet, SaidWord};

    /// The ids of one sentence in IPA, its words parted by spaces.
    fn ids(ipa: &str) -> Vec<i64> {
        let alphabet = Alphabet::Misaki { british: false };
        let word = |ipa| SaidWord { ipa, at: Some(0), written: "" };
        alphabet.utterance(ipa.split(' ').map(word)).ids
    }

    #[test]
    fn questions_rise_that_can_be_answered_by_yes_or_no() {
        for (ipa, rising) in [
            ("ɪz ɪt ɹˈeɪnɪŋ?", true),
            ("ænd ɪz ɪt ɹˈeɪnɪŋ?", true),
            ("wˈʌt ɪz ɪt?", false),
            ("bˌʌt wˈaɪ nˈɑːt?", false),
            ("ɪt ɪz ɹˈeɪnɪŋ.", false),
            ("ɹˈeɪnɪŋ? ʃiː sˈɛd.", true),
        ] {
            assert_eq!(!questions(&ids(ipa)).is_empty(), rising, "{ipa}");
        }
    }

    #[test]
    fn the_pitch_rises_from_the_stress_to_the_end_and_nowhere_else() {
        let mut pitch = vec![200.0; 100];
        pitch[90..].fill(0.0);
        raise(&mut pitch, std::slice::from_ref(&(60..100)));
        assert!(pitch[..54].iter().all(|hertz| *hertz == 200.0));
        assert!(pitch[90..].iter().all(|hertz| *hertz == 0.0));
        assert!(pitch[66..90].is_sorted(), "{pitch:?}");
        let semitones = 12.0 * (pitch[89] / 200.0).log2();
        assert!((semitones - TO).abs() < 0.01, "{semitones}");
    }
}
