//! Signs that stand for words: &, +, =, ×, §, #, @, %, ~, <, >, /.

use super::super::scan::Scan;
use super::super::{PAUSE, Reading};
use super::context;
use super::measures::per;

/// Signs before a number.
pub(super) fn before_numbers(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let sign = scan.eat_longest(&[
        "~", "≈", "<=", ">=", "≤", "≥", "<", ">", "#", "№", "§§", "§", "±", "+/-", "+", "^",
    ])?;
    scan.space();
    let number = matches!(scan.peek(), Some('0'..='9' | '.' | '€' | '$' | '£' | '-' | '−'));
    let said = match sign {
        "~" | "≈" => "about",
        "<" => "less than",
        ">" => "more than",
        "<=" | "≤" => "at most",
        ">=" | "≥" => "at least",
        "#" | "№" => "number",
        "§" => "section",
        "§§" => "sections",
        "±" | "+/-" => "plus or minus",
        "+" => "plus",
        _ => "to the power of",
    };
    let bound = number
        && (start.at_start_of_word()
            || matches!(sign, "+" | "^" | "±" | "<" | ">" | "<=" | ">=" | "≤" | "≥"));
    (bound && !(matches!(sign, "+" | "#") && scan.before() == Some(' ')))
        .then(|| scan.says("symbol", said))?
}

/// Signs by themselves.
pub(super) fn alone(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let said = match scan.skip()? {
        '&' if entity(&mut scan) => "and",
        '&' => "and",
        '+' => "plus",
        '=' => "equals",
        '×' => "times",
        '÷' => "divided by",
        '±' => "plus or minus",
        '≈' => "about",
        '≠' => "is not",
        '≤' => "at most",
        '≥' => "at least",
        '%' => "percent",
        '‰' => "per thousand",
        '°' => "degrees",
        '§' => "section",
        '¶' => "paragraph",
        '@' => "at",
        '№' => "number",
        '$' => "dollar",
        '€' => "euro",
        '£' => "pound",
        '¥' => "yen",
        '₩' => "won",
        '#' => "hash",
        '²' if start.before().is_some_and(char::is_alphanumeric) => "squared",
        '³' if start.before().is_some_and(char::is_alphanumeric) => "cubed",
        _ => return None,
    };
    scan.says("symbol", said)
}

/// "&amp;", left over from mark-up.
fn entity(scan: &mut Scan<'_>) -> bool {
    scan.eat("amp;")
}

/// Words with a sign in them that is not said.
const SET_FORMS: &[(&str, &str)] = &[
    ("q/q", "quarter on quarter"),
    ("m/m", "month on month"),
    ("y/y", "year on year"),
    ("w/w", "week on week"),
    ("q-o-q", "quarter on quarter"),
    ("m-o-m", "month on month"),
    ("y-o-y", "year on year"),
    ("gov't", "government"),
    ("gov’t", "government"),
    ("Gov't", "Government"),
    ("Gov’t", "Government"),
    ("int'l", "international"),
    ("Int'l", "International"),
    ("and/or", "and or"),
    ("I/O", "I O"),
    ("n/a", "not applicable"),
    ("N/A", "not applicable"),
    ("w/o", "without"),
    ("c/o", "care of"),
    ("km/h", "kilometres per hour"),
    ("b/d", "barrels per day"),
];

/// "and/or", "w/o", "y-o-y".
pub(super) fn set_forms(mut scan: Scan<'_>) -> Option<Reading> {
    let (_, said) = SET_FORMS.iter().find(|(written, _)| scan.eat(written))?;
    scan.at_end_of_word().then(|| scan.says("set-form", *said))?
}

/// "N° 5".
pub(super) fn numero(mut scan: Scan<'_>) -> Option<Reading> {
    scan.eat_any(&["N°", "n°", "Nº", "nº"]).map(|_| scan.says("symbol", "number"))?
}

/// A slash between words or alone.
pub(super) fn slashes(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    scan.eat("/").then_some(())?;
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let spaced = start.before() == Some(' ') && scan.peek() == Some(' ');
    let joined = letter(start.before()) && letter(scan.peek());
    let pair = || (context::before(start).to_lowercase(), context::after_here(scan).to_lowercase());
    let sums = start.before().is_some_and(char::is_alphanumeric)
        && matches!(scan.peek(), Some('€' | '$' | '£'))
        && scan.peek_second().is_some_and(|c| c.is_ascii_digit());
    // "95g CO2/km", "two days/wk"
    let paced = matches!(context::after_here(scan), "wk" | "mo" | "yr");
    let formula = paced
        || start.before().is_some_and(|c| "234₂₃₄".contains(c)) && context::capital(context::before(start));
    if let Some(per) = formula.then(|| per(&mut { start })).flatten() {
        scan.letters();
        return scan.says("measure", per);
    }
    let said = match joined.then(pair) {
        None if sums => "or",
        Some((a, b)) if is_pair(&a, &b) => "or",
        Some(_) => PAUSE,
        None if spaced => PAUSE,
        None if start.before() == Some('/') || scan.peek() == Some('/') => "",
        None => "slash",
    };
    scan.says("slash", said)
}

/// Two words of which one is meant.
fn is_pair(a: &str, b: &str) -> bool {
    matches!(
        (a, b),
        ("he" | "his" | "him" | "s" | "she" | "her" | "hers", "she" | "her" | "hers" | "he" | "his" | "him")
    )
}
