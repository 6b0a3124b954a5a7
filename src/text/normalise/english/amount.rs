//! A number as it is written, with its scale: "1,250", "3.5", "46.8bn", "10-15 million".

use super::super::scan::Scan;
use super::numerals::{cardinal, decimal};

/// A number without sign or scale.
#[derive(Clone, Debug)]
pub(super) struct Number {
    /// Digits before the point, without grouping.
    pub(super) whole: String,
    /// Digits after it.
    pub(super) fraction: Option<String>,
    /// Whether thousands are marked.
    pub(super) grouped: bool,
}

impl Number {
    /// Reads "1250", "1,250", "1 250", "3.5", ".5".
    pub(super) fn read(scan: &mut Scan<'_>) -> Option<Self> {
        let mut ahead = *scan;
        let start = ahead;
        let (whole, grouped) = whole(&mut ahead);
        let comma = grouped && ahead.since(start).contains('.');
        let fraction = fraction(&mut ahead, if comma { ',' } else { '.' });
        if whole.is_empty() && fraction.is_none() {
            return None;
        }
        *scan = ahead;
        Some(Self { whole, fraction, grouped })
    }

    /// As [`read`](Self::read), but a comma may stand for the point: only where a unit follows.
    pub(super) fn read_either(scan: &mut Scan<'_>) -> Option<Self> {
        let mut number = Self::read(scan)?;
        let comma = number.fraction.is_none() && !number.grouped && number.whole.len() < 4;
        let mut ahead = *scan;
        if let Some(fraction) = fraction(&mut ahead, ',').filter(|f| comma && f.len() < 3) {
            *scan = ahead;
            number.fraction = Some(fraction);
        }
        Some(number)
    }

    /// Whether it takes the singular.
    pub(super) fn is_one(&self) -> bool {
        self.whole == "1" && self.fraction.as_ref().is_none_or(|f| f.bytes().all(|d| d == b'0'))
    }

    /// A number such as "007" is a code.
    pub(super) fn is_code(&self) -> bool {
        self.whole.len() > 1 && self.whole.starts_with('0')
    }

    pub(super) fn said(&self) -> String {
        match &self.fraction {
            Some(fraction) => decimal(&self.whole, fraction),
            None => cardinal(&self.whole),
        }
    }
}

/// Digits, with their groups of three joined.
fn whole(scan: &mut Scan<'_>) -> (String, bool) {
    let mut whole = scan.digits().to_owned();
    if !(1..=3).contains(&whole.len()) || whole == "0" {
        return (whole, false);
    }
    let mut grouped = false;
    for mark in [",", " ", "'", "’", "."] {
        let groups = groups(*scan, mark);
        // One dot is a decimal point; two or more, and one before a comma, can only be groups.
        let least = if mark == "." && !is_continental(*scan) { 2 } else { 1 };
        if groups.len() >= least {
            groups.iter().for_each(|_| {
                scan.skip();
                scan.digits();
            });
            whole.extend(groups);
            grouped = true;
            break;
        }
    }
    (whole, grouped)
}

/// ".234,56": as the continent writes what is more than a thousand.
fn is_continental(mut scan: Scan<'_>) -> bool {
    let cents = scan.eat(".") && scan.digits_of(3, 3).is_some() && scan.eat(",");
    cents && scan.digits_of(2, 2).is_some() && scan.peek() != Some(',')
}

fn groups<'a>(mut scan: Scan<'a>, mark: &str) -> Vec<&'a str> {
    let mut groups = Vec::new();
    while groups.len() < 8 && scan.eat(mark) {
        match scan.digits_of(3, 3) {
            Some(group) => groups.push(group),
            None => break,
        }
    }
    groups
}

/// Digits after a decimal mark, if no further such mark follows as in a date or a version.
fn fraction(scan: &mut Scan<'_>, mark: char) -> Option<String> {
    let mut ahead = *scan;
    ahead.one_of(mark.encode_utf8(&mut [0; 4]))?;
    let digits = ahead.digits();
    let ends =
        !(matches!(ahead.peek(), Some('.' | ',')) && ahead.peek_second().is_some_and(|c| c.is_ascii_digit()));
    let grouped = mark == '.' && digits.len() >= 3 && ahead.peek() == Some(',');
    if digits.is_empty() || !(ends || grouped) {
        return None;
    }
    *scan = ahead;
    Some(digits.to_owned())
}

/// One number or two ("10-15"), with sign and scale ("million", "bn").
#[derive(Clone, Debug)]
pub(super) struct Amount {
    pub(super) said: String,
    /// The number, where it is a single one without a scale.
    pub(super) number: Option<Number>,
}

/// How scales may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scales {
    /// As words only.
    Words,
    /// Also as "k", "m", "bn" …, right after the number or a space.
    Letters,
}

impl Amount {
    pub(super) fn read(scan: &mut Scan<'_>, scales: Scales) -> Option<Self> {
        let minus = minus(scan);
        let number = Number::read_either(scan)?;
        if number.is_code() && number.fraction.is_none() {
            return None;
        }
        let first = format!("{minus}{}", number.said());
        let scale = scale(scan, scales);
        let second = second(scan, scales);
        let said = [Some(first), scale.map(str::to_owned), second].into_iter().flatten().collect::<Vec<_>>();
        let alone = said.len() == 1;
        Some(Self { said: said.join(" "), number: alone.then_some(number) })
    }

    /// Whether it takes the singular.
    pub(super) fn is_one(&self) -> bool {
        self.number.as_ref().is_some_and(Number::is_one)
    }
}

/// Steps over a minus sign.
pub(super) fn minus(scan: &mut Scan<'_>) -> &'static str {
    let before = scan.before();
    let joins = before.is_some_and(|c| c.is_alphanumeric() || c == '-');
    let mut ahead = *scan;
    let sign = ahead.one_of("-−–").is_some();
    if !sign || joins || !matches!(ahead.peek(), Some('0'..='9' | '.' | '$' | '€' | '£')) {
        return "";
    }
    *scan = ahead;
    "minus "
}

/// The upper end of a range, after a dash.
fn second(scan: &mut Scan<'_>, scales: Scales) -> Option<String> {
    let mut ahead = *scan;
    dash(&mut ahead)?;
    let number = Number::read_either(&mut ahead).filter(|n| !n.is_code())?;
    let scale = scale(&mut ahead, scales);
    *scan = ahead;
    let said = format!("to {}", number.said());
    Some(scale.map_or(said.clone(), |scale| format!("{said} {scale}")))
}

/// A dash between two numbers.
pub(super) fn dash(scan: &mut Scan<'_>) -> Option<()> {
    scan.eat_any(&["-", "–", "—", " - ", " – ", " — "]).map(|_| ())
}

/// "million", "bn" and the like.
pub(super) fn scale(scan: &mut Scan<'_>, scales: Scales) -> Option<&'static str> {
    let mut ahead = *scan;
    let spaced = ahead.space();
    if !spaced {
        ahead.eat("-");
    }
    let glued = ahead.at() == scan.at();
    let scale = match ahead.letters() {
        "thousand" | "Thousand" => "thousand",
        "million" | "Million" | "MILLION" => "million",
        "billion" | "Billion" | "BILLION" => "billion",
        "trillion" | "Trillion" | "TRILLION" => "trillion",
        "hundred" if spaced => "hundred",
        "lakh" if spaced && ahead.eat(" crore") => "lakh crore",
        "lakh" if spaced => "lakh",
        "crore" if spaced => "crore",
        short if scales == Scales::Letters && (glued || spaced) => short_scale(short)?,
        _ => return None,
    };
    if !ahead.at_end_of_word() {
        return None;
    }
    *scan = ahead;
    Some(scale)
}

fn short_scale(short: &str) -> Option<&'static str> {
    Some(match short {
        "k" | "K" => "thousand",
        "m" | "M" | "mn" | "mln" | "mil" | "MM" => "million",
        "bn" | "b" | "B" | "BN" | "Bn" | "bln" | "mrd" => "billion",
        "tn" | "trn" | "T" => "trillion",
        _ => return None,
    })
}
