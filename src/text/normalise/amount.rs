//! Quantities: a number or a range of them, with a scale and what is counted ("2,5 Mio. €",
//! "10–12 %", "-8 °C", "£3"). The shape is the same in many languages; the words are a table's.

use super::numeral::Numeral;
use super::scan::Scan;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Noun {
    pub(super) one: &'static str,
    pub(super) many: &'static str,
    pub(super) feminine: bool,
}

/// Short for a table's lines: a masculine noun, or one whose gender doesn't matter.
pub(super) const fn noun(one: &'static str, many: &'static str) -> Noun {
    Noun { one, many, feminine: false }
}

/// Short for a table's lines: a feminine noun.
pub(super) const fn feminine(one: &'static str, many: &'static str) -> Noun {
    Noun { one, many, feminine: true }
}

/// How a noun is written, with spaces between the ways, an underscore for a space within one,
/// longest first where one begins another.
pub(super) type Written = (&'static str, Noun);

/// Ways to write a currency, the currency, and its hundredth part, where that is ever said.
pub(super) type Currency = (&'static str, Noun, Option<Noun>);

/// A language's words for quantities.
pub(super) struct Words {
    pub(super) scales: &'static [Written],
    pub(super) currencies: &'static [Currency],
    pub(super) units: &'static [Written],
    /// What may stand between a scale and what it counts.
    pub(super) links: &'static [&'static str],
    /// Steps over a number as the language writes it.
    pub(super) numeral: for<'a> fn(&mut Scan<'a>) -> Option<Numeral<'a>>,
}

/// What was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// Only a scale.
    Nothing,
    Money(Noun, Option<Noun>),
    Unit(Noun),
}

/// A number or range, and what it counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount<'a> {
    pub(super) negative: bool,
    pub(super) first: Numeral<'a>,
    /// The other end of a range.
    pub(super) last: Option<Numeral<'a>>,
    pub(super) scale: Option<Noun>,
    pub(super) counted: Counted,
}

impl Amount<'_> {
    /// The number that decides about singular and plural.
    pub(super) fn count(&self) -> &Numeral<'_> {
        self.last.as_ref().unwrap_or(&self.first)
    }
}

/// Steps over an amount; a bare number is none.
pub(super) fn amount<'a>(scan: &mut Scan<'a>, words: &'static Words) -> Option<Amount<'a>> {
    // The "29s" of "B-29s" are no seconds.
    let glued = scan.back().strip_suffix('-').is_some_and(|before| before.ends_with(char::is_alphabetic));
    (!glued && !is_model(scan.word_before())).then_some(())?;
    let mut ahead = *scan;
    let mut negative = minus(&mut ahead);
    let start = ahead;
    let money = currency(&mut ahead, words.currencies)
        .filter(|_| !is_word(ahead.since(*scan)) && !is_serial(ahead.since(*scan), ahead));
    if money.is_none() {
        ahead = start;
    } else {
        ahead.space();
        negative = negative || minus(&mut ahead);
    }
    let first = (words.numeral)(&mut ahead)?;
    let thousands = thousands(&mut ahead, &first, money.is_some(), words);
    let first = thousands.unwrap_or(first);
    let last = range_end(&mut ahead, &first, words);
    let scale = after_space(&mut ahead, |scan| written(scan, words.scales))
        .or_else(|| between_hyphens(&mut ahead, |scan| written(scan, words.scales)));
    let counted = money.or_else(|| counted(&mut ahead, words, scale.is_some())).unwrap_or(Counted::Nothing);
    let something = scale.is_some() || counted != Counted::Nothing || thousands.is_some();
    something.then(|| *scan = ahead)?;
    Some(Amount { negative, first, last, scale, counted })
}

/// Steps over the k of "$23k", "2,5k €" and "25K Follower", and multiplies. The K of a screen, of
/// gold and of a temperature counts no thousands.
fn thousands<'a>(
    scan: &mut Scan<'a>,
    number: &Numeral<'a>,
    money: bool,
    words: &Words,
) -> Option<Numeral<'a>> {
    let mut ahead = *scan;
    ahead.one_of("kK")?;
    let ends = ahead.at_end_of_word() && !matches!(ahead.peek(), Some('-'));
    let mut next = ahead;
    next.space();
    let counts = money || currency(&mut { next }, words.currencies).is_some() || is_audience(next.letters());
    let decimals =
        format!("{:0<3}", number.decimals).parse::<u64>().ok().filter(|_| number.decimals.len() < 4)?;
    (ends && counts && number.whole < 1000 && !number.is_code()).then(|| *scan = ahead)?;
    Some(Numeral {
        whole: number.whole.checked_mul(1000)?.checked_add(decimals)?,
        decimals: "",
        mark: None,
        ..*number
    })
}

/// Whether it is what networks count by the thousand, in any of the languages.
fn is_audience(noun: &str) -> bool {
    const NOUNS: [&str; 14] = [
        "abonnenten",
        "abonnés",
        "aufrufe",
        "follower",
        "followern",
        "followers",
        "likes",
        "reproducciones",
        "seguidores",
        "suscriptores",
        "views",
        "visitas",
        "visualizaciones",
        "vues",
    ];
    NOUNS.contains(&noun.to_lowercase().as_str())
}

/// Whether a word names a make whose numbers bear letters: the "5s" of "iPhone 5s" is no time.
pub(super) fn is_model(word: &str) -> bool {
    const MAKES: [&str; 6] = ["Galaxy", "Kindle", "Nexus", "Pixel", "Redmi", "Xperia"];
    let mut letters = word.chars();
    let small_first = letters.next() == Some('i') && letters.next().is_some_and(char::is_uppercase);
    MAKES.contains(&word) || small_first && word.ends_with(char::is_lowercase)
}

/// A currency's whole name stands after its number only: "drei Euro 50 Gäste".
fn is_word(written: &str) -> bool {
    let letters = written.trim_start_matches(['-', '−', '–']);
    letters.chars().count() > 3 && letters.ends_with(char::is_lowercase)
}

/// The "COP" of "COP30" counts no Colombian pesos.
fn is_serial(written: &str, mut after: Scan<'_>) -> bool {
    let serial = written == "COP" && after.digits_of(1, 2).is_some();
    let goes_on =
        matches!(after.peek(), Some('.' | ',')) && after.peek_second().is_some_and(|c| c.is_ascii_digit());
    serial && !goes_on
}

/// Steps over what an amount is reckoned by: the "/kg" of "5 €/kg"; of "58 €/Monat" the slash alone.
pub(super) fn per(scan: &mut Scan<'_>, words: &Words) -> Option<&'static str> {
    let mut ahead = *scan;
    // "180 °C/Umluft": degrees are counted by nothing.
    let degrees = scan.back().ends_with('°') || scan.back().ends_with("°C");
    (!degrees && ahead.eat("/") && ahead.peek().is_some_and(char::is_alphabetic)).then_some(())?;
    let unit = written(&mut ahead, words.units).map_or("", |unit| unit.one);
    *scan = ahead;
    Some(unit)
}

/// Steps over a minus that belongs to a number.
pub(super) fn minus(scan: &mut Scan<'_>) -> bool {
    let starts = scan.before().is_none_or(|c| matches!(c, ' ' | '('));
    starts && scan.peek_second().is_some_and(|c| !c.is_whitespace()) && scan.one_of("-−–").is_some()
}

/// Steps over the dash and the second number of a range. In "10 -14 €" it is no minus, but for
/// degrees and sums.
pub(super) fn range_end<'a>(scan: &mut Scan<'a>, first: &Numeral<'_>, words: &Words) -> Option<Numeral<'a>> {
    let mut ahead = *scan;
    let spaced = ahead.space();
    ahead.one_of("-–−")?;
    let even = ahead.space() == spaced;
    let last = (words.numeral)(&mut ahead)?;
    let colder = |after: &str| after.starts_with(['°', '=']) || after.to_lowercase().starts_with("grad");
    let uneven =
        || spaced && first.whole > 0 && first.whole < last.whole && !colder(ahead.rest().trim_start());
    (even || uneven()).then(|| *scan = ahead)?;
    Some(last)
}

/// Steps over what is counted, after a space or none.
pub(super) fn counted(scan: &mut Scan<'_>, words: &'static Words, scaled: bool) -> Option<Counted> {
    let mut ahead = *scan;
    let spaced = ahead.space();
    if scaled && spaced {
        let _ = ahead.eat_any(words.links);
    }
    // "49-€-Ticket", "30-km/h-Zone".
    let joined = !spaced && ahead.eat("-");
    let found = currency(&mut ahead, words.currencies)
        .or_else(|| written(&mut ahead, words.units).map(Counted::Unit))?;
    (!joined || ahead.peek() == Some('-')).then_some(())?;
    *scan = ahead;
    Some(found)
}

fn after_space<'a, T>(scan: &mut Scan<'a>, step: impl Fn(&mut Scan<'a>) -> Option<T>) -> Option<T> {
    let mut ahead = *scan;
    ahead.space();
    let found = step(&mut ahead)?;
    *scan = ahead;
    Some(found)
}

/// "100-Mrd.-€-Paket".
fn between_hyphens<'a, T>(scan: &mut Scan<'a>, step: impl Fn(&mut Scan<'a>) -> Option<T>) -> Option<T> {
    let mut ahead = *scan;
    let found = ahead.eat("-").then(|| step(&mut ahead))??;
    (ahead.peek() == Some('-')).then(|| *scan = ahead)?;
    Some(found)
}

fn written(scan: &mut Scan<'_>, table: &[Written]) -> Option<Noun> {
    table.iter().find_map(|(ways, noun)| way(scan, ways).then_some(*noun))
}

fn currency(scan: &mut Scan<'_>, table: &[Currency]) -> Option<Counted> {
    table.iter().find_map(|(ways, noun, part)| way(scan, ways).then_some(Counted::Money(*noun, *part)))
}

/// The "V" of "2014 V. Hugo" is a name's: it was a capital, and a stop and another follow.
fn is_initial(mut after: Scan<'_>) -> bool {
    let capital = after.before().is_some_and(char::is_uppercase);
    capital && after.eat(". ") && after.peek().is_some_and(char::is_uppercase)
}

/// Steps over one of the ways to write something. Letters must end there, unless a digit follows.
fn way(scan: &mut Scan<'_>, ways: &str) -> bool {
    ways.split(' ').any(|way| {
        let mut ahead = *scan;
        let open = way.ends_with(char::is_alphanumeric);
        let fits = way.split('_').enumerate().all(|(i, part)| (i == 0 || ahead.eat(" ")) && ahead.eat(part))
            && (!open
                || ahead.at_end_of_word() && !ahead.is_elided() && !(way.len() == 1 && is_initial(ahead))
                || ahead.peek().is_some_and(|c| c.is_ascii_digit()));
        if fits {
            *scan = ahead;
        }
        fits
    })
}
