//! How a German ordinal ends, from the words around it.

use crate::text::normalise::scan::Scan;

/// The ending after "-te": "r", "n", "s" or nothing; `noun` is the word that follows.
pub(super) fn ending(scan: Scan<'_>, noun: &str) -> &'static str {
    let (word, before) = ruling_words(scan);
    after(word, before).unwrap_or_else(|| bare(word, before, noun))
}

/// Whether the words before leave no doubt that a number with a stop is an ordinal.
pub(super) fn is_expected(scan: Scan<'_>) -> bool {
    after(ruling_words(scan).0, "").is_some()
}

/// The word that decides about the ending, and the one before it. What rules the first of two
/// ordinals rules the second: "am 3. und 4. Mai".
fn ruling_words(scan: Scan<'_>) -> (&str, &str) {
    let is_ordinal = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit()) && word.trim_end_matches(',').ends_with('.')
    };
    let mut words = scan.back().split(' ').rev().filter(|word| !word.is_empty());
    let (mut word, mut before) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    loop {
        if matches!(word, "und" | "oder" | "bis" | "–") && is_ordinal(before) {
            (word, before) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        } else if word.ends_with(".,") && is_ordinal(word) || word.ends_with("./") {
            (word, before) = (before, words.next().unwrap_or_default());
        } else {
            break;
        }
    }
    (word, before)
}

/// After an article or a preposition.
fn after(word: &str, before: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        // "die Stimmen der 3. Klasse", "in der 3. Klasse"; else it is a nominative.
        "der" if is_capitalised(before) || is_preposition(before) => "n",
        "der" | "die" | "das" | "dieser" | "diese" | "dieses" | "jeder" | "jede" | "jedes" => "",
        "eine" | "keine" | "meine" | "seine" | "ihre" | "unsere" => "",
        "ins" | "ans" | "aufs" | "fürs" | "ums" | "durchs" => "",
        "am" | "im" | "bis" | "vom" | "zum" | "zur" | "beim" | "ab" | "seit" | "dem" | "den" | "des" => "n",
        "einem" | "einen" | "einer" | "eines" | "seinem" | "seinen" | "seiner" | "ihrem" | "ihren" => "n",
        "ihrer" | "diesem" | "diesen" | "jedem" | "jeden" | "unserem" | "unseren" => "n",
        "als" => "r",
        _ => return None,
    })
}

fn is_preposition(word: &str) -> bool {
    let word = word.to_lowercase();
    let known = [
        "in",
        "an",
        "auf",
        "aus",
        "bei",
        "mit",
        "nach",
        "von",
        "vor",
        "zu",
        "seit",
        "während",
        "ab",
        "unter",
        "über",
        "neben",
        "zwischen",
        "hinter",
        "wegen",
        "trotz",
        "seitens",
        "laut",
        "gegenüber",
        "innerhalb",
    ];
    known.contains(&word.as_str())
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && !word.ends_with([',', '.', ':', ';', '!', '?'])
}

/// Without an article the ordinal itself shows the noun's gender.
fn bare(word: &str, before: &str, noun: &str) -> &'static str {
    let weekday = word.trim_end_matches([',', '.']).ends_with("tag") || word.starts_with("Mittwoch");
    if weekday && matches!(before, "am" | "Am" | "vom" | "zum" | "bis" | "ab" | "seit") {
        return "n";
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| noun.to_lowercase().ends_with(ending));
    if ends(&[
        "ung", "heit", "keit", "schaft", "tion", "tät", "liga", "klasse", "runde", "welle", "etage",
        "stunde", "minute", "woche", "hälfte", "stelle", "reihe", "ausgabe", "auflage", "frau",
    ]) {
        ""
    } else if ends(&[
        "jahr",
        "jahrhundert",
        "spiel",
        "buch",
        "kapitel",
        "quartal",
        "halbjahr",
        "tor",
        "mal",
        "kind",
    ]) {
        "s"
    } else {
        "r"
    }
}
