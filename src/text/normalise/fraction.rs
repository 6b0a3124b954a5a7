//! Fractions: "3/4", "1 1/2", "2½".

use super::numeral::numeral;
use super::scan::Scan;

/// A fraction, with the whole number before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fraction {
    pub(super) whole: Option<u64>,
    pub(super) count: u64,
    pub(super) of: u64,
}

const SIGNS: [(char, u64, u64); 13] = [
    ('½', 1, 2),
    ('⅓', 1, 3),
    ('⅔', 2, 3),
    ('¼', 1, 4),
    ('¾', 3, 4),
    ('⅕', 1, 5),
    ('⅖', 2, 5),
    ('⅗', 3, 5),
    ('⅘', 4, 5),
    ('⅙', 1, 6),
    ('⅛', 1, 8),
    ('⅜', 3, 8),
    ('⅞', 7, 8),
];

/// Steps over a fraction.
pub(super) fn fraction(scan: &mut Scan<'_>) -> Option<Fraction> {
    let mut ahead = *scan;
    let whole = numeral(&mut ahead).filter(|n| n.is_whole() && n.whole < 1000).map(|n| n.whole);
    let mixed = whole.and_then(|whole| {
        ahead.space();
        let (count, of) = part(&mut ahead).filter(|(count, _)| *count > 0)?;
        Some(Fraction { whole: Some(whole), count, of })
    });
    let found = mixed.or_else(|| {
        ahead = *scan;
        let (count, of) = part(&mut ahead)?;
        Some(Fraction { whole: None, count, of })
    })?;
    *scan = ahead;
    Some(found)
}

fn part(scan: &mut Scan<'_>) -> Option<(u64, u64)> {
    if let Some((_, count, of)) = SIGNS.iter().find(|(sign, ..)| scan.peek() == Some(*sign)) {
        scan.skip();
        return Some((*count, *of));
    }
    // The "24/48" of "12/24/48".
    (scan.before() != Some('/')).then_some(())?;
    let mut ahead = *scan;
    let count = ahead.digits_of(1, 3).filter(|digits| !digits.starts_with('0'))?.parse().ok()?;
    ahead.one_of("/⁄")?;
    let of = numeral(&mut ahead).filter(|of| of.is_whole() && !of.is_code())?.whole;
    let goes_on = match ahead.peek() {
        Some('/' | '⁄') => true,
        // "2/3-Mehrheit" is one, "1/2-3" is none.
        Some('-') => !ahead.peek_second().is_some_and(char::is_alphabetic),
        _ => false,
    };
    // "7-6 (7/4)" tells of points.
    let points = scan.before() == Some('(') && ahead.peek() == Some(')') && count > of;
    let ends = ahead.at_end_of_word() && !goes_on && !points;
    (ends && is_one(count, of)).then(|| *scan = ahead)?;
    Some((count, of))
}

/// "24/7", "9/11" and "2017/18" are none.
fn is_one(count: u64, of: u64) -> bool {
    of > 1 && (count < of || of <= 4) && (count, of) != (9, 11)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions() {
        let table = [
            ("3/4", Some((None, 3, 4))),
            ("1 1/2", Some((Some(1), 1, 2))),
            ("2½", Some((Some(2), 1, 2))),
            ("½", Some((None, 1, 2))),
            ("1/1.000", Some((None, 1, 1000))),
            ("24/7", None),
            ("2017/18", None),
            ("1/2/2024", None),
            ("02/03", None),
            ("12/24/48", None),
            ("5", None),
        ];
        for (text, found) in table {
            let fraction = fraction(&mut Scan::new(text)).map(|f| (f.whole, f.count, f.of));
            assert_eq!(fraction, found, "{text}");
        }
    }
}
