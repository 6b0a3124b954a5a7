//! Ordinals: numbers with a stop, and the Roman ones of centuries, popes and monarchs.

use super::endings::{ending, is_expected};
use super::numbers::{cardinal, ordinal as say};
use super::words::{MONTHS, QUEENS, RULERS};
use crate::text::normalise::Reading;
use crate::text::normalise::moment::{day_and_month, full_day, value};
use crate::text::normalise::numeral::roman as roman_value;
use crate::text::normalise::scan::Scan;

/// Most days in a row before their month.
const MOST_DAYS: usize = 6;

/// "am 14. Januar", "der 100. Geburtstag", "17./18. März".
pub(super) fn ordinal(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    let number = value(scan.digits_of(1, 4).filter(|digits| !digits.starts_with("00"))?)?;
    // Four digits before a stop are a year at a sentence's end, if they are not round.
    (scan.eat(".") && (number < 1000 || number.is_multiple_of(100) && is_expected(start))).then_some(())?;
    let determined = number < 1000 && is_determined(start);
    if scan.rest().is_empty() && (start.at() == 0 || determined) {
        let stop = if start.at() == 0 { "" } else { "." };
        return scan.says("ordinal", say(number, ending(start, "")) + stop);
    }
    if start.at() > 0 && OPENERS.contains(&after_space(scan)) {
        return determined.then(|| scan.says("ordinal", say(number, ending(start, "")) + "."))?;
    }
    let last = range_end(&mut scan);
    let alone = last.filter(|last| number < *last && *last <= 31 && scan.rest().is_empty());
    if alone.is_some() || last.is_none() && leads_to_ordinal(scan, is_expected(start)) {
        let last = alone.map_or(String::new(), |last| format!(" bis {}", say(last, ending(start, ""))));
        return scan.says("ordinal", say(number, ending(start, "")) + &last);
    }
    let noun = following_noun(scan)?;
    let month = MONTHS.iter().any(|month| month.to_lowercase() == noun);
    let fits = noun.starts_with(char::is_uppercase) || month || is_expected(start);
    let ending = ending(start, noun);
    let last = last.map_or(String::new(), |last| format!(" bis {}", say(last, ending)));
    let number = say(number, ending) + &last;
    match short_month(&mut scan) {
        _ if !fits => None,
        Some(month) => scan.says("date", format!("{number} {month}")),
        None => scan.says("ordinal", number),
    }
}

/// After these a number that ends the sentence is an ordinal still; "bis 5." counts.
fn is_determined(scan: Scan<'_>) -> bool {
    matches!(scan.word_before(), "am" | "der" | "die" | "das" | "dem" | "den" | "vom" | "zum" | "beim" | "im")
}

/// Steps over the "–5." of "3.–5. Juni".
fn range_end(scan: &mut Scan<'_>) -> Option<u64> {
    let mut ahead = *scan;
    ahead.eat_any(&["-", "–", " - ", " – "])?;
    let last = value(ahead.digits_of(1, 3)?)?;
    ahead.eat(".").then(|| *scan = ahead)?;
    Some(last)
}

/// Words that hardly stand within a sentence with a capital.
const OPENERS: [&str; 18] = [
    "Aber", "Als", "Auch", "Da", "Danach", "Dann", "Das", "Dem", "Den", "Der", "Die", "Doch", "Er", "Es",
    "Ich", "Sie", "Und", "Wir",
];

fn after_space(mut scan: Scan<'_>) -> &str {
    if scan.space() { scan.letters() } else { "" }
}

/// Whether it is one of several days whose month stands with the last, "24., 25. und 31.12.", or of
/// several ordinals where one is due: "Am 5., 6. und 7.".
fn leads_to_ordinal(mut scan: Scan<'_>, is_due: bool) -> bool {
    let mut link = "";
    for _ in 0..MOST_DAYS {
        let before = link;
        link = scan.eat_any(&[", ", " und ", " oder ", " bis ", "/"]).unwrap_or_default();
        if link.is_empty() {
            return is_due && matches!(before, " und " | " oder ");
        }
        let mut date = scan;
        if full_day(&mut date).is_some()
            || day_and_month(&mut date).is_some_and(|(.., mark)| mark == '.' && date.eat("."))
        {
            return true;
        }
        if scan.digits_of(1, 2).is_none() || !scan.eat(".") {
            return false;
        }
    }
    false
}

/// "in der 72.‘", "(67.′)": minutes of a match.
pub(super) fn minute(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    let number = value(scan.digits_of(1, 3)?).filter(|minute| (1..=130).contains(minute))?;
    if let Some(said) = added_time(scan, number, ending(start, "Minute")) {
        return Some(said);
    }
    let mark = scan.eat(".").then(|| scan.one_of("‘’'′")).flatten().filter(|_| scan.at_end_of_word())?;
    // In "in Raum 12.'" a quotation ends.
    let due = start.at() == 0
        || is_expected(start)
        || start.before() == Some('(')
        || start.back().strip_suffix(", ").is_some_and(|back| back.ends_with(['‘', '’', '\'', '′']));
    (!start.back().contains('‚') && (mark == '′' || due))
        .then(|| scan.says("ordinal", format!("{} Minute", say(number, ending(start, "Minute")))))?
}

/// "90.+3", "120.+1.‘": minutes added to a half.
fn added_time(mut scan: Scan<'_>, minute: u64, ending: &str) -> Option<Reading> {
    let is_half = matches!(minute, 45 | 90 | 105 | 120) && scan.eat(".+");
    let added = is_half.then(|| scan.digits_of(1, 2)).flatten().and_then(value)?;
    let mut marked = scan;
    marked.eat(".");
    let noun = if marked.one_of("‘’'′").is_some() { " Minute" } else { "" };
    let end = if noun.is_empty() { scan } else { marked };
    let said = || format!("{} plus {}{noun}", say(minute, ending), cardinal(added));
    end.at_end_of_word().then(|| end.says("ordinal", said()))?
}

/// "2.Weltkrieg", "1.FC": an ordinal without its space. Elsewhere a sentence has ended.
pub(super) fn glued(mut scan: Scan<'_>) -> Option<Reading> {
    const NOUNS: &str = "Auflage BC Bundesliga Bürgermeister Etage Etappe FC FCK FCM FCN FFC FSV Geburtstag Halbjahr Halbzeit \
        Jahrestag Jahrgang Jahrhundert Jahrhunderts Jahrtausend Kapitel Klasse Kreis Lebensjahr \
        Liga Mannschaft Minute Platz Preis Quartal Rang Runde SC SV Sitzung Spieltag Stock TSV \
        Vorsitzende Vorsitzender Weltkrieg";
    (scan.at_start_of_word() && scan.before() != Some(':')).then_some(())?;
    let start = scan;
    let number = value(scan.digits_of(1, 3).filter(|digits| !digits.starts_with('0'))?)?;
    scan.eat(".").then_some(())?;
    let mut next = scan;
    let word = next.letters();
    let noun = NOUNS.split(' ').any(|noun| noun == word) || MONTHS.contains(&word);
    let address = next.peek() == Some('.') && next.peek_second().is_some_and(char::is_alphanumeric);
    (noun && !address).then(|| scan.says("ordinal", say(number, ending(start, word))))?
}

/// "des hl. Blasius", "Hl. Anna": the adjective before a saint's name.
pub(super) fn saint(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    let first = scan.one_of("hH").filter(|_| scan.eat("l."))?;
    let mut next = scan;
    next.space();
    let name = next.letters();
    let woman = name.ends_with(['a', 'e']) || matches!(name, "Elisabeth" | "Gertrud" | "Edith" | "Hildegard");
    let ending = match name {
        "Drei" => "n",
        _ if woman && !is_expected(start) => "",
        _ => ending(start, name),
    };
    let capital = if first == 'H' { "Heilige" } else { "heilige" };
    name.starts_with(char::is_uppercase).then(|| scan.says("abbreviation", format!("{capital}{ending}")))?
}

/// The word after the ordinal, or after the one that follows it ("3. und 4. Mai").
fn following_noun<'a>(mut scan: Scan<'a>) -> Option<&'a str> {
    for link in [" und ", " oder ", " bis zum ", " bis ", " – ", "/"] {
        let mut ahead = scan;
        if ahead.eat(link) && !ahead.digits().is_empty() && ahead.eat(".") {
            scan = ahead;
            break;
        }
    }
    let word = scan.space().then(|| scan.letters())?;
    (!word.is_empty()).then_some(word)
}

/// "14. Jan. 1997".
fn short_month(scan: &mut Scan<'_>) -> Option<&'static str> {
    let mut ahead = *scan;
    ahead.space().then_some(())?;
    let letters = ahead.letters();
    let short = (3..=4).contains(&letters.chars().count()) && ahead.eat(".");
    let month = MONTHS.into_iter().find(|month| short && month.starts_with(letters))?;
    *scan = ahead;
    Some(month)
}

/// "Johannes XXIII.", "Teil II", "XIX. Jahrhundert".
pub(super) fn roman(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    (scan.at_start_of_word() && matches!(scan.peek(), Some('I' | 'V' | 'X'))).then_some(())?;
    let letters = scan.run(|c| matches!(c, 'I' | 'V' | 'X'));
    let number = roman_value(letters).filter(|_| scan.at_end_of_word() && scan.peek() != Some('-'))?;
    let name = start.word_before();
    let mut end = scan;
    if end.eat(".") {
        if [" Jahrhundert", " Jh.", " Jhd."].iter().any(|century| end.rest().starts_with(century)) {
            return end.says("roman-numeral", say(number, ending(start, "Jahrhundert")));
        }
        if RULERS.contains(&name) || letters.len() > 1 && is_name(name) {
            return end.says("roman-numeral", ruler(start, name, number));
        }
    }
    let counted = letters.len() > 1 && is_name(name) || is_part(name);
    counted.then(|| scan.says("roman-numeral", cardinal(number)))?
}

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.chars().count() > 2
        && word.chars().all(char::is_alphabetic)
        && !is_part(word)
}

fn is_part(word: &str) -> bool {
    const PARTS: [&str; 14] = [
        "Teil",
        "Band",
        "Bd.",
        "Kapitel",
        "Kap.",
        "Akt",
        "Abschnitt",
        "Artikel",
        "Art.",
        "Abs.",
        "Phase",
        "Stufe",
        "Hartz",
        "Klasse",
    ];
    PARTS.contains(&word)
}

/// "der dreiundzwanzigste", in the case that the words before the name ask for.
fn ruler(scan: Scan<'_>, name: &str, number: u64) -> String {
    const DATIVE: [&str; 9] = ["von", "mit", "unter", "bei", "nach", "zu", "vom", "zum", "seit"];
    let queen = QUEENS.contains(&name);
    let dative =
        scan.back().split(' ').rev().take(4).any(|word| DATIVE.contains(&word.to_lowercase().as_str()));
    match (queen, dative) {
        (false, false) => format!("der {}", say(number, "")),
        (false, true) => format!("dem {}", say(number, "n")),
        (true, false) => format!("die {}", say(number, "")),
        (true, true) => format!("der {}", say(number, "n")),
    }
}
