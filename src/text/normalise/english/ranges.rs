//! Ranges, ratios and scores: "170–190", "2:8", "a 2–1 win".

use super::super::Reading;
use super::super::scan::Scan;
use super::amount::{Number, dash};
use super::cardinals;
use super::context::{self, among};
use super::numerals::{cardinal, plural};

/// A range without a unit: "170–190", "2:8".
pub(super) fn ranges(scan: Scan<'_>) -> Option<Reading> {
    if scan.before().is_some_and(|c| c.is_alphanumeric() || "-–/.".contains(c)) {
        return None;
    }
    shape(scan).or_else(|| Pair::read(scan)?.says())
}

/// "16:9", of a picture.
fn shape(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let shape = scan.eat_any(&["16:9", "16:10", "21:9", "32:9"])?;
    (scan.at_end_of_word() && context::on_screen(start, scan)).then_some(())?;
    let (wide, high) = shape.split_once(':')?;
    scan.says("ratio", format!("{} by {}", cardinal(wide), cardinal(high)))
}

/// Two numbers and what parts them.
struct Pair<'a> {
    start: Scan<'a>,
    end: Scan<'a>,
    first: Number,
    second: Number,
    /// Whether a colon parts them, and no dash.
    ratio: bool,
    /// "the 1920-30s"
    several: bool,
    scale: &'static str,
}

impl<'a> Pair<'a> {
    fn read(start: Scan<'a>) -> Option<Self> {
        let mut scan = start;
        let first = Number::read(&mut scan).filter(|n| !n.is_code())?;
        let ratio = scan.eat(":");
        if !ratio {
            dash(&mut scan)?;
        }
        let second = Number::read(&mut scan).filter(|n| !n.is_code())?;
        let goes_on = goes_on(scan);
        let several = scan.eat("s");
        let scale = cardinals::scaled(&mut scan);
        let whole = !goes_on && scan.at_end_of_word();
        whole.then_some(Self { start, end: scan, first, second, ratio, several, scale })
    }

    fn says(&self) -> Option<Reading> {
        let Self { start, end, first, second, ratio, several, scale } = self;
        let (start, end, voted) = (*start, *end, is_vote(*start, *end));
        // Nobody counts downwards: "6-3" is a score even without a word about it.
        let (a, b) = (number(first), number(second));
        let falls = || a == b || a > b && a < 20;
        let small = |n: &Number| n.whole.len() < 3 && n.fraction.is_none();
        let plain = !ratio && !several && !voted && scale.is_empty() && small(first) && small(second);
        if plain && (falls() || is_score(start, end)) {
            return score(start, end, first, second);
        }
        let and = match context::right_before(start) {
            "between" => "and",
            _ if !ratio && !voted && is_innings(start, end, a, b) => "for",
            _ => "to",
        };
        let last = if *several { plural(&second.said()) } else { second.said() };
        end.says("range", format!("{} {and} {last}{scale}", first.said()))
    }
}

/// Whether two numbers are the beginning of something longer: "1-2-3", "2:8 = …".
fn goes_on(scan: Scan<'_>) -> bool {
    let mut after = scan;
    after.space();
    after.peek() == Some('=')
        || matches!(scan.peek(), Some('-' | '–' | '/' | ':'))
            && scan.peek_second().is_some_and(|c| c.is_ascii_digit())
}

/// "2–1", "1-1", "4-5 pens", "6-0" in tennis.
fn score(start: Scan<'_>, mut end: Scan<'_>, first: &Number, second: &Number) -> Option<Reading> {
    let none = if is_set_beside(start, end) { "love" } else { "nil" };
    let goals = |n: &Number| if n.whole == "0" { none.into() } else { n.said() };
    let (a, b) = (number(first), number(second));
    let said = match (1..10).contains(&a) && a == b && is_draw(start, end) {
        true => format!("{} all", goals(first)),
        false => format!("{} {}", goals(first), goals(second)),
    };
    let scored = end;
    if end.eat_any(&[" on pens", " pens"]).is_some() && end.at_end_of_word() {
        return end.says("score", format!("{said} on penalties"));
    }
    scored.says("score", said)
}

/// "337/9 dec.": runs for wickets, and no more of them.
pub(super) fn declarations(mut scan: Scan<'_>) -> Option<Reading> {
    let runs = scan.digits_of(2, 3)?;
    scan.one_of("/-–")?;
    let wickets = scan.digits_of(1, 1)?;
    scan.eat_any(&[" declared", " dec.", " dec"]).filter(|_| scan.at_end_of_word())?;
    let said = format!("{} for {} declared", cardinal(runs), cardinal(wickets));
    scan.says("score", context::with_stop(scan, said))
}

/// A reading of two amounts that stands at an end of a longer way: "from 10–15% to 20%" is "from between
/// ten and fifteen percent to twenty percent".
pub(super) fn between(start: Scan<'_>, mut reading: Reading) -> Reading {
    let mut end = start;
    end.jump(reading.end);
    let number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || "€$£".contains(c));
    let leaves =
        || context::right_before(start) == "from" && end.rest().strip_prefix(" to ").is_some_and(number);
    let arrives = || {
        let way = start.back().strip_suffix(" to ").and_then(|back| back.rsplit_once("from "));
        way.is_some_and(|(_, from)| number(from) && !from.contains([',', ';']))
    };
    let amounts = matches!(reading.rule, "range" | "percent" | "money" | "measure");
    if amounts && reading.said.matches(" to ").count() == 1 && (leaves() || arrives()) {
        reading.said = format!("between {}", reading.said.replacen(" to ", " and ", 1));
    }
    reading
}

/// "England were 245-6": runs for wickets.
fn is_innings(start: Scan<'_>, end: Scan<'_>, runs: usize, wickets: usize) -> bool {
    const BEFORE: &str = "at collapsed from made on posted reached slumped to was were";
    const MARGINS: &str = "house majority margin senate";
    let voted = start.words_before(4).split(' ').any(|word| among(&word.to_lowercase(), MARGINS));
    let played = among(context::right_before(start), BEFORE) || end.rest().starts_with(" declared");
    (100..1000).contains(&runs) && wickets < 10 && played && !voted
}

/// "The vote was 5–4", "a 6-3 ruling": those for and those against.
fn is_vote(start: Scan<'_>, end: Scan<'_>) -> bool {
    const BEFORE: &str = "vote voted votes voting ballot ruled ruling approved rejected verdict";
    const AFTER: &str = "vote votes ruling majority verdict decision";
    let word = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let before: Vec<String> = start.words_before(2).split(' ').map(word).collect();
    let before = match &before[..] {
        [vote, link] if among(link, "by in of was were") => among(vote, BEFORE),
        words => words.last().is_some_and(|last| among(last, BEFORE)),
    };
    before || among(context::after(end), AFTER)
}

fn number(number: &Number) -> usize {
    number.whole.parse().unwrap_or(usize::MAX)
}

/// Whether the words around speak of a match that nobody leads.
fn is_draw(start: Scan<'_>, end: Scan<'_>) -> bool {
    const BEFORE: &str = "drew draw draws drawn drawing ended ends finished level levelled agg aggregate";
    let word = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let before = start.words_before(2).split(' ').any(|w| among(&word(w), BEFORE));
    before || among(context::after(end), "draw draws stalemate")
}

/// Whether the words around speak of a match.
fn is_score(start: Scan<'_>, end: Scan<'_>) -> bool {
    const WORDS: &str = "\
        win won wins beat beats beaten lost lose loss defeat defeated victory draw drew lead led leads \
        leading score scores sets triumph thrashing thrashed goal goalless ahead down up away aggregate agg \
        penalties pens home ht ft aet";
    // "Ajax 1-2 PSV", "6–7 (5–7)"
    let sides = context::capital(context::right_before(start)) && context::capital(context::after(end));
    let tie_break = start.back().strip_suffix(" (").is_some_and(|back| {
        let sets = back.rsplit([' ', '(']).next().unwrap_or_default();
        is_set(&format!("{sets},"))
    });
    // "6-4, 7-6 (5), 3-6"
    let tied = start
        .back()
        .strip_suffix("), ")
        .and_then(|back| back.rsplit_once(" ("))
        .is_some_and(|(sets, _)| is_set(&format!("{},", sets.rsplit(' ').next().unwrap_or_default())));
    if tied || is_set(start.word_before()) || sides && !context::is_numbered(start) || tie_break {
        return true;
    }
    let word = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let before = start.words_before(3).split(' ').any(|w| among(&word(w), WORDS));
    let listed = matches!(
        context::before(start),
        "pp" | "p" | "page" | "pages" | "aged" | "ages" | "age" | "section" | "sections"
    );
    let after = among(context::after(end), WORDS);
    // "heat it up for 10-15 minutes"
    !listed && (after || before && !context::counted(end))
}

/// Whether another set stands beside this one, as in tennis: "6-4, 6-0".
fn is_set_beside(start: Scan<'_>, end: Scan<'_>) -> bool {
    let next = end.rest().strip_prefix(", ").map_or("", |rest| rest.split(' ').next().unwrap_or_default());
    let won = |word: &str| is_set(word) && is_won(word);
    won(start.word_before()) || won(&format!("{},", next.trim_end_matches(['.', ',', ';'])))
}

/// "6-4,": a set with another to come.
fn is_set(word: &str) -> bool {
    let mut halves = word.trim_end_matches([',', ';']).split(['-', '–']);
    let games = |half: Option<&str>| half.is_some_and(|h| h.len() == 1 && h.as_bytes()[0].is_ascii_digit());
    word.ends_with([',', ';']) && games(halves.next()) && games(halves.next()) && halves.next().is_none()
}

/// Six games by two or more, or seven: no football score is followed by another such.
fn is_won(score: &str) -> bool {
    let games: Vec<u32> = score.chars().filter_map(|c| c.to_digit(10)).collect();
    matches!(games[..], [6, 0..=4] | [0..=4, 6] | [7, 5 | 6] | [5 | 6, 7])
}
