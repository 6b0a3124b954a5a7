//! Spoken form → phonemes, as espeak-ng and the lexicons have them.

use std::mem;
use std::ops::Range;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use super::alphabet::{Alphabet, SaidWord};
use super::british;
use super::error::SpeechError;
use super::espeak;
use super::nearest::nearest;
use super::respelling::{self, is_respelled, is_stressed, tells_stress};
use super::utterance::Utterance;
use crate::text::{Sound, Token, ipa_with_s};

/// Proof that espeak-ng is ready.
#[derive(Clone, Copy, Debug)]
pub struct Phonemizer(());

impl Phonemizer {
    /// Readies espeak-ng with the data in `folder`, which holds `espeak-ng-data`.
    ///
    /// # Errors
    /// The data is missing or damaged.
    pub fn start(folder: &Path) -> Result<Self, SpeechError> {
        espeak::start(folder).map(|()| Self(()))
    }

    /// IPA of one sentence in one of espeak-ng's voices ("en-us", "de"), those of its tokens that
    /// say how they sound sounding so, and those of another language as the voice can say that.
    ///
    /// # Errors
    /// espeak-ng has no such voice.
    pub fn phonemes(&self, spoken: &str, tokens: &[Token], voice: &str) -> Result<String, SpeechError> {
        Ok(joined(&sounding(spoken, tokens, &Ear { voice, alphabet: None })?))
    }

    /// Whether espeak-ng knows a language, by its BCP 47 tag.
    pub fn knows(&self, language: &str) -> bool {
        espeak::clauses("a", language).is_ok()
    }

    /// One sentence for a voice that reads this alphabet.
    ///
    /// # Errors
    /// espeak-ng has no such voice.
    pub fn utterance(
        &self,
        spoken: &str,
        tokens: &[Token],
        voice: &str,
        alphabet: &Alphabet,
    ) -> Result<Utterance, SpeechError> {
        let words = sounding(spoken, tokens, &Ear { voice, alphabet: Some(alphabet) })?;
        Ok(alphabet.utterance(said(&words, spoken)))
    }
}

/// The words beside what is written for each.
fn said<'a>(words: &'a [Pronounced], spoken: &'a str) -> impl Iterator<Item = SaidWord<'a>> {
    let places: Vec<usize> = spoken.char_indices().map(|(byte, _)| byte).chain([spoken.len()]).collect();
    words.iter().enumerate().map(move |(i, word)| {
        let byte = |at: usize| places.get(at).copied().unwrap_or(spoken.len());
        let next = words[i + 1..].iter().find_map(|word| word.at).map_or(spoken.len(), byte);
        let start = word.at.map_or(next, byte).min(next);
        SaidWord { ipa: &word.ipa, at: word.at, written: &spoken[start..next] }
    })
}

/// What shapes the melody.
const MARKS: [char; 6] = ['.', ',', '?', '!', ':', ';'];

/// A word's sound, and where it begins in the text if that is known.
struct Pronounced {
    ipa: String,
    at: Option<usize>,
}

impl Pronounced {
    /// The punctuation it ends with.
    fn marks(&self) -> &str {
        &self.ipa[self.ipa.trim_end_matches(MARKS).len()..]
    }
}

fn joined(words: &[Pronounced]) -> String {
    words.iter().map(|word| word.ipa.as_str()).collect::<Vec<_>>().join(" ")
}

/// Who speaks, and what is known of that.
struct Ear<'a> {
    /// One of espeak-ng's voices.
    voice: &'a str,
    /// The alphabet of a voice that is trained on it.
    alphabet: Option<&'a Alphabet>,
}

/// As espeak-ng pronounces it, but for the tokens that say how they sound or in which language they are.
fn sounding(spoken: &str, tokens: &[Token], ear: &Ear<'_>) -> Result<Vec<Pronounced>, SpeechError> {
    if tokens.iter().all(|token| token.sound.is_none() && token.language.is_none()) {
        return pronounced(spoken, ear.voice);
    }
    let spoken: Vec<char> = spoken.chars().collect();
    let sounds = sounds(&spoken, tokens, ear)?;
    let words = pronounced(&masked(spoken.clone(), &sounds), ear.voice)?;
    match unmasked(words, &sounds) {
        Some(said) => Ok(said),
        None => in_parts(&spoken, sounds, ear.voice),
    }
}

/// The words with the known sounds where the plain words stood; nothing where one of those is not found, for
/// then it would be heard.
fn unmasked(words: Vec<Pronounced>, sounds: &[Sounding]) -> Option<Vec<Pronounced>> {
    let mut left = sounds.iter().peekable();
    let mut said: Vec<Pronounced> = Vec::with_capacity(words.len());
    let mut hidden = 0..0;
    for mut word in words {
        let Some(at) = word.at else {
            said.push(word);
            continue;
        };
        if hidden.contains(&at) {
            // A second word of the same place.
            said.last_mut()?.ipa.push_str(word.marks());
            continue;
        }
        if let Some(sound) = left.next_if(|sound| sound.place.contains(&at)) {
            hidden = sound.place.clone();
            word.ipa = sound.ipa.clone() + word.marks();
        }
        said.push(word);
    }
    left.next().is_none().then_some(said)
}

/// What stands between the known sounds is pronounced by itself.
fn in_parts(spoken: &[char], sounds: Vec<Sounding>, voice: &str) -> Result<Vec<Pronounced>, SpeechError> {
    let mut said = Vec::new();
    let mut at = 0;
    let between = |range: Range<usize>| {
        let text: String = spoken.get(range.clone()).unwrap_or_default().iter().collect();
        let mut words =
            if text.chars().any(char::is_alphanumeric) { pronounced(&text, voice)? } else { vec![] };
        words.iter_mut().for_each(|word| word.at = word.at.map(|at| at + range.start));
        Ok(words)
    };
    for Sounding { place, mut ipa } in sounds {
        said.extend(between(at..place.start)?);
        at = place.end;
        let after: Vec<char> = spoken.iter().skip(at).copied().take_while(|c| !c.is_alphanumeric()).collect();
        // A mark right before a letter is within a word.
        let ends = |mark: usize| mark + 1 < after.len() || at + after.len() == spoken.len();
        let mark = after.iter().enumerate().find(|(place, c)| MARKS.contains(c) && ends(*place));
        ipa.extend(mark.map(|(_, mark)| mark));
        said.push(Pronounced { ipa, at: Some(place.start) });
    }
    said.extend(between(at..spoken.len())?);
    Ok(said)
}

/// How a part of the spoken form sounds, whatever its spelling says.
struct Sounding {
    /// In characters, without what stands after its last letter.
    place: Range<usize>,
    ipa: String,
}

fn sounds(spoken: &[char], tokens: &[Token], ear: &Ear<'_>) -> Result<Vec<Sounding>, SpeechError> {
    let ends = tokens.iter().skip(1).map(|next| next.at).chain([spoken.len()]);
    let placed = tokens.iter().zip(ends).filter_map(|(token, end)| {
        let last = spoken.get(token.at..end)?.iter().rposition(|c| c.is_alphanumeric())?;
        Some((token, token.at..token.at + last + 1))
    });
    let placed: Vec<(&Token, Range<usize>)> = placed.collect();
    let mut sounds = Vec::new();
    for run in placed.chunk_by(|(a, _), (b, _)| foreign(a).is_some() && foreign(a) == foreign(b)) {
        match run {
            [(token, place)] if token.sound.is_some() => {
                sounds.extend(ipa(token, ear)?.map(|ipa| Sounding { place: place.clone(), ipa }));
            }
            [(token, _), ..] => sounds.extend(foreign(token).into_iter().flat_map(|language| {
                let places: Vec<Range<usize>> = run.iter().map(|(_, place)| place.clone()).collect();
                in_language(spoken, places, language, ear)
            })),
            [] => {}
        }
    }
    Ok(sounds)
}

/// The language that a token is pronounced in, if that is not its sentence's.
fn foreign(token: &Token) -> Option<&str> {
    token.language.as_deref().filter(|_| token.sound.is_none())
}

fn ipa(token: &Token, ear: &Ear<'_>) -> Result<Option<String>, SpeechError> {
    Ok(match &token.sound {
        None => None,
        Some(Sound::Ipa(ipa)) if british::is_british(ear.voice) && token.rule != Some("house") => {
            let ipa = match token.rule {
                Some("letters" | "initialism" | "house-letters") => british::british_letters(ipa),
                rule => british::british(ipa, rule == Some("heteronym")),
            };
            Some(ipa.nfd().collect())
        }
        Some(Sound::Ipa(ipa)) => Some(ipa.nfd().collect()),
        Some(Sound::Like(spelling)) if tells_stress(spelling) => Some(syllables(spelling, ear.voice)?),
        Some(Sound::Like(spelling)) => Some(joined(&pronounced(spelling, ear.voice)?)),
    })
}

/// Neighbours as espeak-ng pronounces them in their language, in the nearest sounds of the voice. What it runs
/// together is one; nothing where it does not know the language.
fn in_language(spoken: &[char], places: Vec<Range<usize>>, language: &str, ear: &Ear<'_>) -> Vec<Sounding> {
    let start = places.first().map_or(0, |place| place.start);
    let end = places.last().map_or(start, |place| place.end);
    let text: String = spoken.get(start..end).unwrap_or_default().iter().collect();
    let has = |c| ear.alphabet.is_none_or(|alphabet| alphabet.knows(c));
    let mut sounds: Vec<Sounding> = Vec::new();
    let mut places = places.into_iter().peekable();
    for word in pronounced(&text, language).unwrap_or_default() {
        let ipa = nearest(word.ipa.trim_end_matches(MARKS), ear.voice, has);
        let begins = |place: &Range<usize>| word.at.is_some_and(|at| place.start <= start + at);
        let own = std::iter::from_fn(|| places.next_if(begins)).reduce(|all, next| all.start..next.end);
        match (own, sounds.last_mut()) {
            (None, Some(last)) => last.ipa = format!("{} {ipa}", last.ipa),
            (Some(place), _) => sounds.push(Sounding { place, ipa }),
            (None, None) => {}
        }
    }
    if let Some(last) = sounds.last_mut() {
        last.place.end = end;
        if ear.voice.starts_with("en") && owns(spoken.get(end..).unwrap_or_default()) {
            last.place.end += 2;
            last.ipa = ipa_with_s(&last.ipa);
        }
    }
    sounds
}

/// Whether an English possessive's s stands here.
fn owns(rest: &[char]) -> bool {
    matches!(rest, ['\'' | '’', 's', after @ ..] if !after.first().is_some_and(|c| c.is_alphanumeric()))
}

/// American sounds in an English voice.
fn as_spoken(ipa: &str, voice: &str) -> String {
    if british::is_british(voice) { british::british(ipa, false) } else { ipa.to_owned() }
}

/// Words of syllables with a hyphen between them; only one in capitals is stressed.
fn syllables(spelling: &str, voice: &str) -> Result<String, SpeechError> {
    let words = spelling.split(' ').map(|word| {
        if !is_respelled(word) {
            return Ok(joined(&pronounced(word, voice)?));
        }
        let (mut said, mut known) = (String::new(), String::new());
        for syllable in word.split('-') {
            match respelling::sounds(syllable).filter(|_| voice.starts_with("en")) {
                Some(ipa) => respelling::join(&mut known, &ipa),
                None => {
                    said.push_str(&as_spoken(&mem::take(&mut known), voice));
                    let ipa = joined(&pronounced(&syllable.to_lowercase(), voice)?).replace(' ', "");
                    said.push_str(&if is_stressed(syllable) { ipa } else { ipa.replace(['ˈ', 'ˌ'], "") });
                }
            }
        }
        Ok(said + &as_spoken(&known, voice))
    });
    Ok(words.collect::<Result<Vec<_>, _>>()?.join(" "))
}

/// The spoken form with a plain word in place of each part whose sound is known, every other character
/// in its place: espeak-ng loses words near some that it does not know ("NATO's"), runs together what
/// hyphens and apostrophes join ("pro-Kyiv"), and says "the" by what follows.
fn masked(mut chars: Vec<char>, sounds: &[Sounding]) -> String {
    for Sounding { place, ipa } in sounds {
        for border in [place.start.wrapping_sub(1), place.end] {
            if let Some(joint) = chars.get_mut(border).filter(|c| matches!(**c, '-' | '\'' | '’')) {
                *joint = ' ';
            }
        }
        let vowel = ipa.trim_start_matches(['ˈ', 'ˌ']).starts_with(|c| "aeiouæɐɑɒɔəɚɛɜɪʊʌᵻ".contains(c));
        let letters = if vowel { ['o', 'b'] } else { ['b', 'o'] };
        let hidden = chars.get_mut(place.clone()).unwrap_or_default();
        hidden.iter_mut().zip(letters.iter().cycle()).for_each(|(c, letter)| *c = *letter);
    }
    chars.into_iter().collect()
}

fn pronounced(spoken: &str, voice: &str) -> Result<Vec<Pronounced>, SpeechError> {
    let clauses = espeak::clauses(spoken, voice)?;
    let text: Vec<char> = spoken.chars().collect();
    // Behind a full stop before a small letter espeak-ng takes words to begin with the space.
    let begin = |at: usize| at + text.iter().skip(at).take_while(|c| c.is_whitespace()).count();
    let mut words = Vec::new();
    for clause in clauses.iter().filter(|c| !c.phonemes.is_empty() || c.mark.is_some()) {
        words.extend(clause.phonemes.split(' ').enumerate().map(|(i, ipa)| {
            let ipa = without_flags(ipa);
            let ipa = if voice.starts_with("en") { corrected(&ipa) } else { ipa };
            Pronounced { ipa: ipa.nfd().collect(), at: clause.words.get(i).copied().map(begin) }
        }));
        if let (Some(last), Some(mark)) = (words.last_mut(), clause.mark) {
            last.ipa.push(mark);
        }
    }
    Ok(words)
}

/// "Has been" is not stressed in running speech; espeak-ng's own dictionary says so since 1.52.
fn corrected(ipa: &str) -> String {
    ipa.replace("hˈæzbiːn", "hɐzbɪn")
}

/// Without the "(en)" that espeak-ng puts where it changes its language.
fn without_flags(ipa: &str) -> String {
    let mut kept = String::with_capacity(ipa.len());
    let mut rest = ipa;
    while let Some(open) = rest.find('(') {
        let Some(close) = rest[open..].find(')') else {
            break;
        };
        kept.push_str(&rest[..open]);
        rest = &rest[open + close + 1..];
    }
    kept + rest
}
