//! Which form a Spanish number takes before the word that follows.

use super::numbers::Before;
use crate::text::normalise::scan::Scan;

/// Small words that no number counts.
const NOT_COUNTED: [&str; 30] = [
    "a", "al", "ante", "como", "con", "contra", "de", "del", "desde", "e", "el", "en", "entre", "es", "fue",
    "hasta", "la", "las", "lo", "los", "o", "para", "pero", "por", "que", "se", "sin", "sobre", "y", "más",
];

/// Masculine nouns with a feminine ending.
const MASCULINE: [&str; 16] = [
    "año",
    "atleta",
    "belga",
    "clima",
    "cometa",
    "demócrata",
    "día",
    "dilema",
    "drama",
    "idioma",
    "mapa",
    "planeta",
    "problema",
    "programa",
    "sistema",
    "tema",
];

/// Feminine nouns whose ending does not tell.
const FEMININE: [&str; 22] = [
    "base", "calle", "clase", "flor", "gente", "imagen", "ley", "leye", "luz", "luce", "madre", "mano",
    "mujer", "mujere", "nave", "noche", "parte", "red", "sede", "tarde", "vez", "vece",
];

/// Looks at the word that follows a number, as far as its ending tells.
pub(super) fn before(mut scan: Scan<'_>, one: bool) -> Before {
    let word = if scan.space() { scan.letters().to_lowercase() } else { String::new() };
    let plural = word.ends_with('s');
    if word.is_empty() || NOT_COUNTED.contains(&word.as_str()) || !one && !plural {
        return Before::Nothing;
    }
    let single = word.strip_suffix('s').unwrap_or(&word);
    let ends = |endings: &[&str]| endings.iter().any(|ending| single.ends_with(ending));
    if FEMININE.contains(&single)
        || !MASCULINE.contains(&single)
            && ends(&["a", "ción", "cione", "sión", "sione", "dad", "dade", "tud", "tude"])
    {
        Before::Feminine
    } else {
        Before::Masculine
    }
}
