//! Numbers as the continent writes them: "6 492 000", "1.234.567,89", "1 234,5", "25'000".

use super::Reading;
use super::moment::full_day;
use super::scan::Scan;

/// More digits are an identifier, not a quantity.
const MOST_DIGITS: usize = 18;

/// A number in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numeral<'a> {
    /// What stands before the decimal mark.
    pub(super) whole: u64,
    /// What stands after it; empty if there is none.
    pub(super) decimals: &'a str,
    /// The decimal mark.
    pub(super) mark: Option<char>,
    /// As it stands there.
    pub(super) written: &'a str,
}

impl Numeral<'_> {
    /// Whether it is a whole number.
    pub(super) fn is_whole(&self) -> bool {
        self.mark.is_none()
    }

    /// Whether it is one, and nothing but one.
    pub(super) fn is_one(&self) -> bool {
        self.whole == 1 && self.is_whole()
    }

    /// Whether it may be a year: four digits in a row.
    pub(super) fn is_year(&self) -> bool {
        self.written.len() == 4 && self.is_whole() && (1000..2100).contains(&self.whole)
    }

    /// "007" is said digit by digit.
    pub(super) fn is_code(&self) -> bool {
        self.is_whole() && self.written.len() > 1 && self.written.starts_with('0')
    }

    /// Whether it may be an end of a range; four bare digits are as likely a part of a code.
    pub(super) fn is_bound(&self) -> bool {
        !self.is_code()
            && (self.written.len() < 4 || self.is_year() || self.written.contains(['.', ' ', ',']))
    }

    /// Whether it is a part of a telephone number or the like: "030/4567890".
    pub(super) fn is_part_of_code(&self, start: Scan<'_>, end: Scan<'_>) -> bool {
        let joins = |mark: Option<char>| matches!(mark, Some('/' | '-'));
        let goes_on = joins(end.peek()) && end.peek_second().is_some_and(|c| c.is_ascii_digit());
        (joins(start.before()) || goes_on) && !self.is_bound() && self.is_whole()
    }

    /// The hundredths of "5,5" and "5,50"; none where there are thousandths.
    pub(super) fn hundredths(&self) -> Option<u64> {
        let digits = self.decimals.trim_end_matches('0');
        match digits.len() {
            1 => digits.parse::<u64>().ok().map(|n| n * 10),
            0 | 2 => {
                if digits.is_empty() {
                    Some(0)
                } else {
                    digits.parse().ok()
                }
            }
            _ => None,
        }
    }
}

/// Whether the second is a year of the same century, in short: "1936-39".
pub(super) fn follows_year(first: &Numeral<'_>, last: &Numeral<'_>) -> bool {
    first.is_year() && last.is_whole() && last.written.len() == 2 && last.whole > first.whole % 100
}

/// Steps over a number.
pub(super) fn numeral<'a>(scan: &mut Scan<'a>) -> Option<Numeral<'a>> {
    let start = *scan;
    let mut ahead = *scan;
    let first = ahead.digits();
    if first.is_empty() {
        return None;
    }
    if first.len() <= 3 && !first.starts_with('0') {
        groups(&mut ahead);
    }
    let digits: String = ahead.since(start).chars().filter(char::is_ascii_digit).collect();
    if digits.len() > MOST_DIGITS {
        return None;
    }
    whole_sum(&mut ahead);
    let (mark, decimals) = decimals(&mut ahead).map_or((None, ""), |(mark, digits)| (Some(mark), digits));
    let whole = digits.parse().ok()?;
    *scan = ahead;
    Some(Numeral { whole, decimals, mark, written: ahead.since(start) })
}

/// Groups of three, all set apart in the same way. With commas there must be two groups: one is
/// a decimal fraction here.
fn groups(scan: &mut Scan<'_>) {
    for mark in [".", " ", "'", "’", ","] {
        let mut ahead = *scan;
        let mut count = 0;
        while let Some(next) = group(ahead, mark) {
            ahead = next;
            count += 1;
        }
        // "1,500.50": what a point follows is no fraction itself.
        let cents = ahead.peek() == Some('.') && ahead.peek_second().is_some_and(|c| c.is_ascii_digit());
        if count > usize::from(mark == "," && !cents) {
            *scan = ahead;
            return;
        }
    }
}

fn group<'a>(mut scan: Scan<'a>, mark: &str) -> Option<Scan<'a>> {
    scan.eat(mark).then(|| scan.digits_of(3, 3))??;
    Some(scan)
}

/// Steps over the ",-" of "5,- Euro", which has no cents.
fn whole_sum(scan: &mut Scan<'_>) {
    let mut ahead = *scan;
    let dashes = ahead.eat_any(&[",--", ",-", ",–", ",—"]).is_some();
    if dashes && matches!(ahead.peek(), None | Some(' ' | '€' | ')' | '.' | ';')) {
        *scan = ahead;
    }
}

/// A point that is followed by another is no decimal mark, but of a date, a version, an address.
fn decimals<'a>(scan: &mut Scan<'a>) -> Option<(char, &'a str)> {
    let mut ahead = *scan;
    let mark = ahead.one_of(",.")?;
    let digits = ahead.digits();
    let goes_on = ahead.peek() == Some(mark) && ahead.peek_second().is_some_and(|c| c.is_ascii_digit());
    if digits.is_empty() || goes_on {
        return None;
    }
    *scan = ahead;
    Some((mark, digits))
}

/// Reads "2.1.10", a version or a section, with the language's word for a point, for a number, and
/// for digits that are none.
pub(super) fn dotted_number(
    mut scan: Scan<'_>,
    point: &str,
    cardinal: fn(u64) -> String,
    digits: fn(&str) -> String,
) -> Option<Reading> {
    let part = |written: &str| {
        let number = written.parse().ok().filter(|_| written.len() == 1 || !written.starts_with('0'));
        number.map_or_else(|| digits(written), cardinal)
    };
    let parts = scan.at_start_of_word().then(|| dotted(&mut scan)).flatten()?;
    let said: Vec<String> = parts.into_iter().map(part).collect();
    scan.says("number", said.join(&format!(" {point} ")))
}

/// Steps over the parts of "2.1.10". After a word that such a number follows all may be one,
/// elsewhere what can be neither a day nor thousands.
fn dotted<'a>(scan: &mut Scan<'a>) -> Option<Vec<&'a str>> {
    const CUES: [&str; 20] = [
        "abschnitt",
        "kapitel",
        "kap.",
        "nr.",
        "nummer",
        "punkt",
        "release",
        "v",
        "v.",
        "version",
        "versión",
        "ziffer",
        "ziff.",
        "§",
        "chapitre",
        "capítulo",
        "section",
        "sección",
        "apartado",
        "n°",
    ];
    let is_cue = |word: &str| CUES.contains(&word.trim_start_matches('(').to_lowercase().as_str());
    // "Nr. 1.1.12 und 1.1.13"
    let second = matches!(scan.word_before(), "und" | "bis" | "oder" | "et" | "à" | "y" | "a");
    let cued =
        is_cue(scan.word_before()) || second && scan.words_before(3).split(' ').next().is_some_and(is_cue);
    let start = *scan;
    let mut ahead = *scan;
    let mut parts = vec![ahead.digits_of(1, 3)?];
    while ahead.peek_second().is_some_and(|c| c.is_ascii_digit()) && ahead.eat(".") {
        parts.push(ahead.digits_of(1, 3)?);
    }
    let day = full_day(&mut { start }).is_some() || parts.len() == 3 && parts[2].len() == 2 && !cued;
    let thousands = parts[1..].iter().all(|part| part.len() == 3);
    let goes_on = matches!(ahead.peek(), Some(',' | ':' | '/' | '-'))
        && ahead.peek_second().is_some_and(|c| c.is_ascii_digit());
    let fits = parts.len() > 2 && ahead.at_end_of_word() && !goes_on && (cued || !day) && !thousands;
    fits.then(|| *scan = ahead)?;
    Some(parts)
}

/// The value of a Roman numeral in capitals, up to 3999, written as it should be.
pub(super) fn roman(letters: &str) -> Option<u64> {
    const PARTS: [(&str, u64); 13] = [
        ("M", 1000),
        ("CM", 900),
        ("D", 500),
        ("CD", 400),
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];
    let (mut rest, mut value) = (letters, 0);
    for (part, worth) in PARTS {
        let most = if part.len() == 1 && matches!(worth, 1 | 10 | 100 | 1000) { 3 } else { 1 };
        for _ in 0..most {
            if let Some(after) = rest.strip_prefix(part) {
                (rest, value) = (after, value + worth);
            }
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        let table = [
            ("7", 7, "", "7"),
            ("1.234.567,89 x", 1_234_567, "89", "1.234.567,89"),
            ("6 492 000 habitants", 6_492_000, "", "6 492 000"),
            ("25'000", 25_000, "", "25'000"),
            ("3,141", 3, "141", "3,141"),
            ("1,234,567", 1_234_567, "", "1,234,567"),
            ("1,500.50", 1500, "50", "1,500.50"),
            ("2.5", 2, "5", "2.5"),
            ("1.000", 1000, "", "1.000"),
            ("12 3456", 12, "", "12"),
            ("0.500", 0, "500", "0.500"),
            ("1.2.3", 1, "", "1"),
            ("2020 300", 2020, "", "2020"),
            ("5, 6", 5, "", "5"),
            ("1.250,- Euro", 1250, "", "1.250,-"),
            ("5,-6", 5, "", "5"),
        ];
        for (text, whole, decimals, written) in table {
            let mut scan = Scan::new(text);
            let found = numeral(&mut scan).map(|n| (n.whole, n.decimals, n.written));
            assert_eq!(found, Some((whole, decimals, written)), "{text}");
            assert_eq!(scan.at(), written.len());
        }
        assert_eq!(numeral(&mut Scan::new("1234567890123456789")), None);
        assert_eq!(numeral(&mut Scan::new("x")), None);
    }

    #[test]
    fn hundredths() {
        let table =
            [("2,5", Some(50)), ("2,05", Some(5)), ("2,500", Some(50)), ("2,345", None), ("2", Some(0))];
        for (text, cents) in table {
            assert_eq!(numeral(&mut Scan::new(text)).and_then(|n| n.hundredths()), cents, "{text}");
        }
    }

    #[test]
    fn romans() {
        let table = [
            ("I", Some(1)),
            ("IV", Some(4)),
            ("XXIII", Some(23)),
            ("MCMXCIV", Some(1994)),
            ("IIII", None),
            ("VX", None),
            ("", None),
            ("CIVIL", None),
        ];
        for (letters, value) in table {
            assert_eq!(roman(letters), value, "{letters}");
        }
    }
}
