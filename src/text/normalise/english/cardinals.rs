//! Plain numbers, signed numbers, ordinals, versions, and the numbers of serials.

use super::super::Reading;
use super::super::amount::is_model;
use super::super::scan::Scan;
use super::amount::{Number, Scales, minus, scale};
use super::context;
use super::numerals::{cardinal, digits, ordinal, plural, serial};

/// "21st", "112th", "1.ª"; a wrong ending ("2th") is said apart.
pub(super) fn ordinals(mut scan: Scan<'_>) -> Option<Reading> {
    let number = Number::read(&mut scan)?;
    if let Some(fraction) = &number.fraction {
        return tenth(scan, &number, fraction);
    }
    if scan.eat_any(&[".ª", ".º", "ª"]).is_some() && scan.at_end_of_word() {
        return scan.says("ordinal", ordinal(&number.whole));
    }
    let suffix = scan.letters().to_ascii_lowercase();
    let fits = suffix == right_suffix(&number.whole) && scan.at_end_of_word();
    fits.then(|| scan.says("ordinal", ordinal(&number.whole)))?
}

/// "99.9th": the last digit is the ordinal.
fn tenth(mut scan: Scan<'_>, number: &Number, fraction: &str) -> Option<Reading> {
    let (rest, last) = fraction.split_at_checked(fraction.len().checked_sub(1)?)?;
    let fits = scan.letters() == right_suffix(fraction) && scan.at_end_of_word();
    let rest = if rest.is_empty() { String::new() } else { format!("{} ", digits(rest)) };
    fits.then(|| scan.says("ordinal", format!("{} point {rest}{}", cardinal(&number.whole), ordinal(last))))?
}

fn right_suffix(whole: &str) -> &'static str {
    let tens = whole.len() > 1 && whole.as_bytes().get(whole.len() - 2) == Some(&b'1');
    match whole.bytes().last() {
        Some(b'1') if !tens => "st",
        Some(b'2') if !tens => "nd",
        Some(b'3') if !tens => "rd",
        _ => "th",
    }
}

/// The digits of "COP27", "F-16", "H5N1", "Boeing 737".
pub(super) fn serials(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let number = scan.digits();
    let hyphens = scan.peek() == Some('.') && scan.peek_second().is_some_and(|c| c.is_ascii_digit());
    if hyphens || !(follows_letter(start) || follows_maker(start, number)) {
        return None;
    }
    let said = serial(number);
    let said = if plural_follows(&mut scan) { plural(&said) } else { said };
    scan.says("serial", said)
}

/// Steps over the "s" of "Su-27s", "under-21s", "1000s".
fn plural_follows(scan: &mut Scan<'_>) -> bool {
    let mut ahead = *scan;
    let plural = ahead.eat("s") && ahead.at_end_of_word();
    if plural {
        *scan = ahead;
    }
    plural
}

fn follows_letter(scan: Scan<'_>) -> bool {
    let before = scan.word_before();
    let glued = before.trim_end_matches('-');
    scan.before().is_some_and(|c| c != ' ')
        && before.len() - glued.len() < 2
        && glued.ends_with(|c: char| c.is_alphabetic())
}

fn follows_maker(scan: Scan<'_>, number: &str) -> bool {
    let maker = context::right_before(scan);
    number.len() > 2
        && matches!(
            maker,
            "Boeing" | "Airbus" | "Flight" | "flight" | "Route" | "Room" | "Peugeot" | "Porsche"
        )
}

/// The "5s" of "iPhone 5s": no cents, no several fives.
pub(super) fn models(mut scan: Scan<'_>) -> Option<Reading> {
    is_model(scan.word_before()).then_some(())?;
    let number = Number::read(&mut scan)?;
    let letter = scan.one_of("acesxACESX")?.to_ascii_uppercase();
    scan.at_end_of_word().then(|| scan.says("serial", format!("{} {letter}", number.said())))?
}

/// "1080p": how many lines a picture has. A share may cost 720p.
pub(super) fn pictures(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let lines = scan.eat_any(&["480", "720", "1080", "1440", "2160"])?;
    let picture =
        scan.eat("p") && scan.at_end_of_word() && (lines.len() > 3 || context::on_screen(start, scan));
    picture.then(|| scan.says("serial", format!("{} P", serial(lines))))?
}

/// The "2134" of "2134 Caldwell Place".
pub(super) fn houses(mut scan: Scan<'_>) -> Option<Reading> {
    const STREETS: &str = "\
        Ave Avenue Blvd Boulevard Court Ct Dr Drive Highway Lane Parkway Place Rd Road Square St Street Terrace Way";
    const WORDS: usize = 3;
    let number = scan.digits_of(4, 4)?;
    let mut street = scan;
    let named = (0..WORDS).any(|named| {
        let word = if street.space() { street.letters() } else { "" };
        street.eat(".");
        named > 0 && context::among(word, STREETS)
    });
    let capitals = street.since(scan).split_whitespace().all(context::capital);
    (named && capitals).then(|| scan.says("serial", serial(number)))?
}

/// The "2b" of "Fig. 2b", "No. 3c", "Section 4k": no billions, cents or thousands.
pub(super) fn labels(mut scan: Scan<'_>) -> Option<Reading> {
    let number_before = context::among_any_case(context::right_before(scan), "no number nos");
    (number_before || context::is_numbered(scan)).then_some(())?;
    let number = scan.digits_of(1, 3)?;
    let letter = scan.one_of("abcdefghijk")?.to_ascii_uppercase();
    scan.at_end_of_word().then(|| scan.says("serial", format!("{} {letter}", cardinal(number))))?
}

/// "5* service", "a 3★ place": how many stars something has. A star behind a year or before a small word leads
/// to a footnote.
pub(super) fn stars(mut scan: Scan<'_>) -> Option<Reading> {
    const SMALL: &str = "a an and as at but by for from in is of on or out that the to was were with";
    let number = scan.one_of("1234567")?;
    let star = scan.one_of("*★⭐")?;
    let thing = context::after(scan);
    let counted = thing.starts_with(char::is_lowercase) && !context::among(thing, SMALL);
    let number = cardinal(&number.to_string());
    match star {
        _ if counted => scan.says("stars", format!("{number}-star")),
        '*' => None,
        _ if number == "one" => scan.says("stars", "one star"),
        _ => scan.says("stars", format!("{number} stars")),
    }
}

/// "J7 of the M5": where one leaves a motorway.
pub(super) fn junctions(mut scan: Scan<'_>) -> Option<Reading> {
    scan.eat("J").then_some(())?;
    let number = scan.digits_of(1, 2)?;
    let letter =
        scan.one_of("ABab").map_or(String::new(), |letter| format!(" {}", letter.to_ascii_uppercase()));
    let mut road = scan;
    let of = road.eat_any(&[" of the ", " on the "]).is_some() && road.one_of("AM").is_some();
    let road = of && road.peek().is_some_and(|c| c.is_ascii_digit());
    road.then(|| scan.says("junction", format!("junction {}{letter}", cardinal(number))))?
}

/// "1.2.3" as in versions.
pub(super) fn versions(mut scan: Scan<'_>) -> Option<Reading> {
    if Number::read(&mut { scan }).is_some_and(|number| number.grouped) {
        return None;
    }
    let mut parts = vec![cardinal(scan.digits())];
    while parts.len() < 6
        && scan.peek() == Some('.')
        && scan.peek_second().is_some_and(|c| c.is_ascii_digit())
    {
        scan.skip();
        parts.push(cardinal(scan.digits()));
    }
    (parts.len() > 2).then(|| scan.says("version", parts.join(" point ")))?
}

/// Any number that nothing else has claimed.
pub(super) fn cardinals(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let minus = minus(&mut scan);
    let mut ahead = scan;
    let number = Number::read_either(&mut ahead)?;
    if scale(&mut { ahead }, Scales::Words).is_some() {
        // The scale is said as it is written, and lights up by itself.
        return ahead.says("number", format!("{minus}{}", number.said()));
    }
    let number = Number::read(&mut scan)?;
    let letter =
        scan.rest().starts_with('b') && !scan.rest().starts_with("bn") && context::is_numbered(start);
    let scale = if letter { "" } else { scaled(&mut scan) };
    let said = [minus, &plain(&number), scale].concat();
    if number.fraction.is_none() && plural_follows(&mut scan) {
        // "100s" are hundreds, "180s" no hundred and eighties.
        let round = said.strip_prefix("one ").filter(|rest| !rest.contains(' '));
        return scan.says("number", plural(round.unwrap_or(&said)));
    }
    scan.says("number", said)
}

fn plain(number: &Number) -> String {
    let code = number.is_code() && number.fraction.is_none();
    if code { digits(&number.whole) } else { number.said() }
}

/// "k", "bn" right after the number.
pub(super) fn scaled(scan: &mut Scan<'_>) -> &'static str {
    let mut ahead = *scan;
    // "1.5M users, 2K staff": a capital only before what is counted.
    let counted = ahead.peek().is_some_and(|c| "KMB".contains(c)) && {
        let mut letter = ahead;
        letter.skip();
        context::counted(letter) || context::among(context::after(letter), "staff people")
    };
    let glued = counted || ahead.peek().is_some_and(|c| "kbt".contains(c));
    match glued.then(|| scale(&mut ahead, Scales::Letters)).flatten() {
        Some("thousand") => {
            *scan = ahead;
            " thousand"
        }
        Some("million") => {
            *scan = ahead;
            " million"
        }
        Some("billion") => {
            *scan = ahead;
            " billion"
        }
        Some("trillion") => {
            *scan = ahead;
            " trillion"
        }
        _ => "",
    }
}

/// "CO2", "CH4": the letters of a formula are said one by one.
pub(super) fn formulas(mut scan: Scan<'_>) -> Option<Reading> {
    const FORMULAS: [(&str, &str); 7] =
        [("CO", "C O"), ("NO", "N O"), ("SO", "S O"), ("CH", "C H"), ("H", "H"), ("O", "O"), ("N", "N")];
    let written = scan.letters();
    let said = FORMULAS.iter().find(|row| row.0 == written).map(|row| row.1)?;
    let number = scan.one_of("234")?;
    // "CO2e": as much as so much of it.
    let like = if written == "CO" && scan.eat("e") { " e" } else { "" };
    let molecule = written.len() > 1 || !scan.before().is_some_and(|c| c.is_ascii_digit());
    (molecule && scan.at_end_of_word())
        .then(|| scan.says("formula", format!("{said} {}{like}", digits(&number.to_string()))))?
}

/// Digits after "ending in".
pub(super) fn endings(mut scan: Scan<'_>) -> Option<Reading> {
    let phrase = context::right_before(scan) == "in" && scan.words_before(2).ends_with("ending in");
    let number = scan.digits_of(3, 6).filter(|_| phrase)?;
    scan.says("digits", digits(number))
}
