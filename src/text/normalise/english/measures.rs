//! Numbers with units: "10km", "200 km²", "-5°C", "6ft 2in", "100 km/h", "48°51′ N".

use super::super::Reading;
use super::super::scan::Scan;
use super::amount::{Amount, Scales, dash, scale};
use super::context::{self, among, among_any_case};
use super::numerals::cardinal;
use super::units::{period, unit};

/// After "5m" these say that metres are meant, not millions.
const LENGTHS: &str = "long tall high deep wide away from above below underwater across thick apart";

/// So do races, which are named by their length.
const RACES: &str = "\
    hurdles sprint race freestyle breaststroke butterfly backstroke relay final champion medley dash \
    record run";

/// A measure, or two with a dash between.
pub(super) fn measures(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    if start.before().is_some_and(char::is_alphanumeric) || is_seat(start) {
        return None;
    }
    let mut said = one(&mut scan, start)?;
    let mut ahead = scan;
    if let Some(upper) = dash(&mut ahead).and_then(|()| one(&mut ahead, start)) {
        said = format!("{said} to {upper}");
        scan = ahead;
    }
    while let Some(across) = across(&mut scan, start) {
        said = format!("{said} by {across}");
    }
    scan.says("measure", said)
}

/// The second side of "62cm x 146cm".
fn across(scan: &mut Scan<'_>, start: Scan<'_>) -> Option<String> {
    let mut ahead = *scan;
    ahead.eat_any(&[" x ", " × ", "x", "×"])?;
    let side = one(&mut ahead, start)?;
    *scan = ahead;
    Some(side)
}

/// "seat 12C", "sat in 12C", "12B and 12C": a place, no heat.
fn is_seat(start: Scan<'_>) -> bool {
    let mut end = start;
    let glued = end.digits_of(1, 2).is_some() && end.eat("C") && end.at_end_of_word();
    let seated =
        || matches!(start.words_before(2), "sat in" | "sits in" | "sit in" | "sitting in" | "seated in");
    glued && (context::is_numbered(start) || seated() || is_beside_seat(start, end))
}

fn is_beside_seat(start: Scan<'_>, end: Scan<'_>) -> bool {
    const LINKS: [&str; 6] = [" and ", " or ", " to ", ", ", "-", "–"];
    let seat = |word: &str| {
        let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
        letters.len() < word.len() && matches!(letters, "A" | "B" | "D" | "E" | "G" | "H" | "J" | "K")
    };
    let before = LINKS.iter().find_map(|link| start.back().strip_suffix(link)).unwrap_or_default();
    let after = LINKS.iter().find_map(|link| end.rest().strip_prefix(link)).unwrap_or_default();
    let after = &after[..after.floor_char_boundary(LONGEST_SEAT)];
    seat(before.rsplit(' ').next().unwrap_or_default())
        || after.split(|c: char| !c.is_alphanumeric()).next().is_some_and(seat)
}

/// Bytes that are looked at for a seat.
const LONGEST_SEAT: usize = 8;

fn one(scan: &mut Scan<'_>, start: Scan<'_>) -> Option<String> {
    let mut ahead = *scan;
    let amount = sized(&mut ahead)?;
    let number = ahead;
    if let Some(said) = scaled(&mut ahead, start) {
        *scan = ahead;
        return Some(format!("{} {said}", amount.said));
    }
    if !amount.said.contains(" by ") && millions(&mut ahead) {
        *scan = ahead;
        return Some(format!("{} million", amount.said));
    }
    let (one, many) = seconds(&mut ahead, &amount).or_else(|| named(&mut ahead)).or_else(|| {
        ahead = number;
        per(&mut ahead).map(|per| (per.clone(), per))
    })?;
    (many != "stone" || !is_first(&amount)).then_some(())?;
    let tall = ahead.peek() == Some('-') && ahead.peek_second().is_some_and(char::is_alphabetic);
    let joined =
        number.peek() == Some('-') || tall || !many.contains("degree") && describes(start, ahead, &many);
    let unit = if amount.is_one() || joined { one } else { many };
    let rest = inches(&mut ahead, &unit).unwrap_or_default();
    *scan = ahead;
    // Runners and swimmers say so.
    let race = amount.said == "one thousand five hundred" && unit.starts_with("metre") && is_bare(&amount);
    let said = if race { "fifteen hundred" } else { &amount.said };
    Some(format!("{said} {unit}{rest}"))
}

fn is_bare(amount: &Amount) -> bool {
    amount.number.as_ref().is_some_and(|number| !number.grouped && number.fraction.is_none())
}

/// The "s" of "9.58s"; after a whole number it is a plural's.
fn seconds(scan: &mut Scan<'_>, amount: &Amount) -> Option<(String, String)> {
    let mut ahead = *scan;
    let broken = amount.number.as_ref().is_some_and(|number| number.fraction.is_some());
    (broken && ahead.eat("s") && ahead.at_end_of_word()).then(|| *scan = ahead)?;
    Some(("second".into(), "seconds".into()))
}

/// Whether "st" makes it an ordinal: "21st", but not "13st".
fn is_first(amount: &Amount) -> bool {
    let whole = amount.number.as_ref().map_or("", |number| number.whole.as_str());
    whole.ends_with('1') && !whole.ends_with("11")
}

/// Whether the measure tells which thing is meant: "a 5km run", "the 100m final", "155mm shells".
fn describes(start: Scan<'_>, end: Scan<'_>, unit: &str) -> bool {
    let next = context::after(end);
    let race = among(next, RACES);
    let limits = unit.contains(" per hour") && among(next, "limit limits zone zones");
    let things = unit.ends_with("metres") && context::counted(end) && !next.ends_with("wards");
    context::describes(start, end) && !among(next, LENGTHS) || race || limits || things
}

/// A number, or several with crosses between: "2x8" is "two by eight".
fn sized(scan: &mut Scan<'_>) -> Option<Amount> {
    let amount = Amount::read(scan, Scales::Words)?;
    if let Some(power) = power_of_ten(scan) {
        return Some(Amount { said: format!("{} {power}", amount.said), number: None });
    }
    let mut sides = vec![amount];
    while sides.len() < MOST_SIDES
        && let Some(side) = side(scan)
    {
        sides.push(side);
    }
    match &sides[..] {
        [_] => sides.pop(),
        _ => {
            let said = sides.iter().map(|side| side.said.as_str()).collect::<Vec<_>>().join(" by ");
            Some(Amount { said, number: None })
        }
    }
}

/// Sides that a thing can have.
const MOST_SIDES: usize = 3;

fn side(scan: &mut Scan<'_>) -> Option<Amount> {
    let mut ahead = *scan;
    ahead.eat_any(&["x", "×", " x ", " × "])?;
    let side = Amount::read(&mut ahead, Scales::Words)?;
    *scan = ahead;
    Some(side)
}

/// The "m km" of "1.5m km": a letter for a scale before a unit.
fn scaled(scan: &mut Scan<'_>, start: Scan<'_>) -> Option<String> {
    let mut ahead = *scan;
    let glued = ahead.before().is_some_and(|c| c.is_ascii_digit()) && ahead.peek() != Some(' ');
    let scale = glued.then(|| scale(&mut ahead, Scales::Letters))??;
    (ahead.before() != Some('k') && ahead.peek() == Some(' ')).then_some(())?;
    let (one, many) = named(&mut ahead)?;
    *scan = ahead;
    Some(format!("{scale} {}", if describes(start, ahead, &many) { one } else { many }))
}

/// The "×10⁸" of "3×10⁸", also as "x10^8".
fn power_of_ten(scan: &mut Scan<'_>) -> Option<String> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let mut ahead = *scan;
    ahead.eat_any(&["x10", "×10", " x 10", " × 10"])?;
    let minus = match ahead.eat("^") {
        true => ahead.one_of("-−").is_some(),
        false => ahead.eat("⁻"),
    };
    let raised = ahead.run(|c| c.is_ascii_digit() || RAISED.contains(&c));
    let value = |c: char| RAISED.iter().position(|r| *r == c).map_or(c, |i| char::from(b'0' + i as u8));
    let power = raised.chars().map(value).collect::<String>();
    let marked = raised.starts_with(RAISED) || ahead.since(*scan).contains('^');
    (marked && (1..4).contains(&power.len())).then(|| *scan = ahead)?;
    Some(format!("times ten to the power of {}{}", if minus { "minus " } else { "" }, cardinal(&power)))
}

/// "5m people": an "m" for millions, told by the counted thing after it.
fn millions(scan: &mut Scan<'_>) -> bool {
    let mut ahead = *scan;
    if !ahead.eat("m") || !ahead.at_end_of_word() {
        return false;
    }
    if ahead.peek() == Some('+') {
        *scan = ahead;
        return true;
    }
    let mut words = ahead;
    let first = if words.space() { words.letters() } else { "" };
    let second = context::after(words);
    let counts =
        |word: &str| word == "people" || word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    let length = among(first, LENGTHS)
        || among(first, RACES)
        || first.starts_with(char::is_uppercase) && !counts(first);
    let found = !length && (counts(first) || first.len() > 3 && counts(second));
    if found {
        *scan = ahead;
    }
    found
}

/// One and many of the unit that stands here.
pub(super) fn named(scan: &mut Scan<'_>) -> Option<(String, String)> {
    let apart = scan.space();
    let hyphen = !apart && scan.eat("-");
    if scan.eat("b/d") {
        return scan.at_end_of_word().then(|| ("barrel per day".into(), "barrels per day".into()));
    }
    let litres = apart && scan.rest().starts_with("l/");
    degrees(scan)
        .or_else(|| marks(scan))
        .or_else(|| torque(scan))
        .or_else(|| powered(scan, (apart || hyphen) && !litres))
}

fn powered(scan: &mut Scan<'_>, apart: bool) -> Option<(String, String)> {
    let prefix = prefix(scan);
    let written = scan.run(|c| c.is_alphabetic() || c == 'µ');
    let (mut one, mut many) = unit(written, apart).map(|(a, b)| (a.to_owned(), b.to_owned()))?;
    let power = prefix.or_else(|| power(scan, &many));
    if let Some(power) = power {
        (one, many) = (format!("{power} {one}"), format!("{power} {many}"));
    }
    // The stop of "cu.ft. of space" ends no sentence.
    if prefix.is_some() && scan.rest().starts_with(". ") && context::after_stop(*scan) {
        scan.skip();
    }
    let per = per(scan).map_or(String::new(), |per| format!(" {per}"));
    scan.at_end_of_word().then(|| (format!("{one}{per}"), format!("{many}{per}")))
}

fn prefix(scan: &mut Scan<'_>) -> Option<&'static str> {
    let written = scan.eat_any(&["sq ", "sq. ", "sq.", "cu ", "cu. ", "cu."])?;
    Some(if written.starts_with("cu") { "cubic" } else { "square" })
}

/// "lb-ft": how hard an engine turns.
fn torque(scan: &mut Scan<'_>) -> Option<(String, String)> {
    scan.eat_any(&["lb-ft", "lb ft", "lbft", "lbs-ft", "ft-lbs", "ft-lb"])?;
    scan.at_end_of_word().then(|| ("pound-foot".into(), "pound-feet".into()))
}

fn power(scan: &mut Scan<'_>, unit: &str) -> Option<&'static str> {
    let length = unit.ends_with("metres") || unit.ends_with("feet") || unit.ends_with("miles");
    match scan.peek().filter(|_| length)? {
        '²' | '2' => scan.skip().map(|_| "square"),
        '³' | '3' => scan.skip().map(|_| "cubic"),
        _ => None,
    }
}

/// "/h", "/MWh", "/yr": "per hour".
pub(super) fn per(scan: &mut Scan<'_>) -> Option<String> {
    let mut ahead = *scan;
    if !ahead.eat("/") {
        return None;
    }
    let written = ahead.letters();
    let whole = period(written).or_else(|| unit(written, false).map(|(one, _)| one))?;
    let power = power(&mut ahead, &format!("{whole}s")).map_or(String::new(), |p| format!("{p} "));
    ahead.at_end_of_word().then(|| *scan = ahead)?;
    Some(format!("per {power}{whole}"))
}

/// Whether degrees Celsius stand right before: the "350F" of "180C (350F)" is no seat.
fn beside_celsius(scan: Scan<'_>) -> bool {
    let before = scan.back().trim_end_matches(|c: char| c.is_ascii_digit() || ".(/, ".contains(c));
    before.strip_suffix('C').is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit() || c == '°'))
}

/// "°C", "° N", "30C", and "350F" beside that.
fn degrees(scan: &mut Scan<'_>) -> Option<(String, String)> {
    let mut ahead = *scan;
    let sign = ahead.one_of("°º˚").is_some();
    let glued = ahead;
    let hot = ahead.before().is_some_and(|c| c.is_ascii_digit());
    let converted = hot && beside_celsius(ahead);
    if sign {
        let side = direction(&mut ahead);
        if !side.is_empty() {
            *scan = ahead;
            return Some((format!("degree{side}"), format!("degrees{side}")));
        }
    }
    let mut letter = glued;
    letter.space();
    let scale = match letter.skip().filter(|_| letter.at_end_of_word()) {
        Some('C') if sign || hot => " Celsius",
        Some('F') if sign || converted => " Fahrenheit",
        _ if sign => {
            *scan = glued;
            return Some(("degree".into(), "degrees".into()));
        }
        _ => return None,
    };
    *scan = letter;
    Some((format!("degree{scale}"), format!("degrees{scale}")))
}

/// Minutes and seconds of arc, and inches.
fn marks(scan: &mut Scan<'_>) -> Option<(String, String)> {
    let mut ahead = *scan;
    let (one, many) = match ahead.skip()? {
        '′' => ("minute", "minutes"),
        '\'' | '’' if follows(*scan, "°") => ("minute", "minutes"),
        '"' | '”' if follows(*scan, "'’′") => ("second", "seconds"),
        '″' if follows(*scan, "'’′") => ("second", "seconds"),
        '″' => ("inch", "inches"),
        '"' | '”' if is_inch(*scan, ahead) => ("inch", "inches"),
        _ => return None,
    };
    let side = direction(&mut ahead);
    *scan = ahead;
    Some((format!("{one}{side}"), format!("{many}{side}")))
}

/// Whether the quotation mark after a number means inches: none is open, and a thing of that size follows or nothing.
fn is_inch(mark: Scan<'_>, after: Scan<'_>) -> bool {
    const SIZED: &str = "\
        alloy alloys deep diameter display high laptop long monitor pizza pizzas pipe pipes record records screen \
        screens tablet tall television thick tv tvs tyre tyres vinyl waist wheel wheels wide x";
    let opens = |word: &str| word.trim_start_matches('(').starts_with(['"', '“']);
    let unopened = || !mark.words_before(8).split(' ').any(opens);
    let sized = among_any_case(context::after(after), SIZED);
    (sized || mark.peek() == Some('"') && context::at_end(mark)) && unopened()
}

/// Whether the number before stands after one of these marks: "30" in "51°30'".
fn follows(scan: Scan<'_>, marks: &str) -> bool {
    let before = scan.back().trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').trim_end();
    before.ends_with(|c| marks.contains(c)) && before.contains('°')
}

/// The side of the world after a degree or a part of one.
fn direction(scan: &mut Scan<'_>) -> &'static str {
    let mut ahead = *scan;
    ahead.space();
    let side = match ahead.one_of("NSEW") {
        Some('N') => " north",
        Some('S') => " south",
        Some('E') => " east",
        Some('W') => " west",
        _ => return "",
    };
    if !ahead.at_end_of_word() {
        return "";
    }
    *scan = ahead;
    side
}

/// "6'2\"": feet and inches of a person.
pub(super) fn heights(mut scan: Scan<'_>) -> Option<Reading> {
    (scan.before() != Some('°')).then_some(())?;
    let feet = scan.digits_of(1, 1)?;
    scan.one_of("'’′")?;
    let inches = scan.digits_of(1, 2)?;
    scan.eat_any(&["\"", "”", "″", "''"])?;
    scan.says("measure", format!("{} foot {}", cardinal(feet), cardinal(inches)))
}

/// The inches after feet: "6ft 2in".
fn inches(scan: &mut Scan<'_>, unit: &str) -> Option<String> {
    let mut ahead = *scan;
    if !matches!(unit, "foot" | "feet") {
        return None;
    }
    ahead.space();
    let amount = Amount::read(&mut ahead, Scales::Words)?;
    ahead.space();
    ahead.eat_any(&["ins", "in"])?;
    ahead.at_end_of_word().then(|| *scan = ahead)?;
    Some(format!(" {} {}", amount.said, if amount.is_one() { "inch" } else { "inches" }))
}

/// "10x", "2x faster".
pub(super) fn times(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let start = scan;
    let amount = Amount::read(&mut scan, Scales::Words)?;
    let times = scan.one_of("x×").is_some() && scan.at_end_of_word() && scan.peek() != Some('-');
    let said = if is_name(start, scan) { "X" } else { "times" };
    times.then(|| scan.says("times", format!("{} {said}", amount.said)))?
}

/// The "10x" of "a 10x engineer" is a name, that of "a 10x rise" is not.
fn is_name(start: Scan<'_>, end: Scan<'_>) -> bool {
    const TIMES: &str = "\
        champion champions cut decline drop fall gain gold growth improvement increase jump magnification medallist \
        multiple olympian optical rise speed speedup winner winners zoom";
    context::describes(start, end) && !among_any_case(context::after(end), TIMES)
}

/// "2x8", "3 × 5" without a unit.
pub(super) fn sizes(mut scan: Scan<'_>) -> Option<Reading> {
    let amount = sized(&mut scan).filter(|a| a.said.contains(" by ") || a.said.contains(" times ten "))?;
    scan.at_end_of_word().then(|| scan.says("size", amount.said))?
}
