//! Numbers as words.

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const SCALES: [&str; 9] = [
    "",
    "thousand",
    "million",
    "billion",
    "trillion",
    "quadrillion",
    "quintillion",
    "sextillion",
    "septillion",
];

/// "120" → "one hundred and twenty"; what is too long for a name is said digit by digit.
pub(super) fn cardinal(written: &str) -> String {
    let significant = written.trim_start_matches('0');
    if significant.is_empty() {
        return UNITS[0].into();
    }
    let head = significant.len() % 3;
    let mut groups: Vec<&str> = Vec::new();
    groups.extend((head > 0).then(|| &significant[..head]));
    groups.extend((head..significant.len()).step_by(3).map(|i| &significant[i..i + 3]));
    if groups.len() > SCALES.len() { digits(written) } else { in_groups(&groups) }
}

fn in_groups(groups: &[&str]) -> String {
    let mut words: Vec<String> = Vec::new();
    for (group, scale) in groups.iter().zip(SCALES[..groups.len()].iter().rev()) {
        let value: usize = group.parse().unwrap_or(0);
        if value == 0 {
            continue;
        }
        let joins = scale.is_empty() && value < 100 && !words.is_empty();
        words.extend(joins.then(|| "and".into()));
        words.push(below_thousand(value));
        words.extend((!scale.is_empty()).then(|| (*scale).into()));
    }
    words.join(" ")
}

fn below_thousand(value: usize) -> String {
    match (value / 100, value % 100) {
        (0, rest) => below_hundred(rest),
        (hundreds, 0) => format!("{} hundred", below_hundred(hundreds)),
        (hundreds, rest) => format!("{} hundred and {}", below_hundred(hundreds), below_hundred(rest)),
    }
}

fn below_hundred(value: usize) -> String {
    let (tens, units) = (TENS.get(value / 10).unwrap_or(&""), UNITS.get(value % 10).unwrap_or(&""));
    match UNITS.get(value) {
        Some(word) => (*word).into(),
        None if value.is_multiple_of(10) => (*tens).into(),
        None => format!("{tens}-{units}"),
    }
}

/// The cardinal of a number.
pub(super) fn number(value: u64) -> String {
    cardinal(&value.to_string())
}

/// "21" → "twenty-first".
pub(super) fn ordinal(written: &str) -> String {
    let cardinal = cardinal(written);
    let cut = cardinal.rfind([' ', '-']).map_or(0, |i| i + 1);
    let (head, last) = cardinal.split_at(cut);
    format!("{head}{}", ordinal_word(last))
}

fn ordinal_word(word: &str) -> String {
    let irregular = match word {
        "one" => "first",
        "two" => "second",
        "three" => "third",
        "five" => "fifth",
        "eight" => "eighth",
        "nine" => "ninth",
        "twelve" => "twelfth",
        _ => "",
    };
    match (irregular, word.strip_suffix('y')) {
        ("", Some(stem)) => format!("{stem}ieth"),
        ("", None) => format!("{word}th"),
        _ => irregular.into(),
    }
}

/// "007" → "zero zero seven".
pub(super) fn digits(written: &str) -> String {
    let words: Vec<&str> =
        written.bytes().filter(u8::is_ascii_digit).map(|d| UNITS[usize::from(d - b'0')]).collect();
    words.join(" ")
}

/// "3", "14" → "three point one four"; without a whole part "point one four".
pub(super) fn decimal(whole: &str, fraction: &str) -> String {
    let point = format!("point {}", digits(fraction));
    if whole.is_empty() { point } else { format!("{} {point}", cardinal(whole)) }
}

/// 1997 → "nineteen ninety-seven".
pub(super) fn year(value: usize) -> String {
    let (century, rest) = (value / 100, value % 100);
    match rest {
        _ if value < 100 || century.is_multiple_of(10) && rest < 10 => number(value as u64),
        0 => format!("{} hundred", below_hundred(century)),
        1..=9 => format!("{} oh {}", below_hundred(century), below_hundred(rest)),
        _ => format!("{} {}", below_hundred(century), below_hundred(rest)),
    }
}

/// As the numbers of flights, aircraft and the like are said: "737" → "seven thirty-seven".
pub(super) fn serial(written: &str) -> String {
    let value: usize = written.parse().unwrap_or(0);
    match written.len() {
        _ if written.starts_with('0') && written.len() > 1 => digits(written),
        1 | 2 => cardinal(written),
        3 if value.is_multiple_of(100) => cardinal(written),
        3 | 4 => year(value),
        _ => digits(written),
    }
}

/// "sixty" → "sixties".
pub(super) fn plural(words: &str) -> String {
    match words.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if words.ends_with('x') => format!("{words}es"),
        None => format!("{words}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cardinals() {
        let cases = [
            ("0", "zero"),
            ("17", "seventeen"),
            ("42", "forty-two"),
            ("120", "one hundred and twenty"),
            ("1005", "one thousand and five"),
            ("30400", "thirty thousand four hundred"),
            ("2000000", "two million"),
            ("5000016", "five million and sixteen"),
        ];
        for (written, said) in cases {
            assert_eq!(cardinal(written), said);
        }
        assert_eq!(cardinal(&"1".repeat(28)).split(' ').count(), 28);
    }

    #[test]
    fn ordinals_years_and_serials() {
        for (written, said) in
            [("1", "first"), ("12", "twelfth"), ("40", "fortieth"), ("103", "one hundred and third")]
        {
            assert_eq!(ordinal(written), said);
        }
        for (value, said) in [
            (1907, "nineteen oh seven"),
            (2004, "two thousand and four"),
            (1800, "eighteen hundred"),
            (2031, "twenty thirty-one"),
        ] {
            assert_eq!(year(value), said);
        }
        for (written, said) in [
            ("16", "sixteen"),
            ("400", "four hundred"),
            ("747", "seven forty-seven"),
            ("007", "zero zero seven"),
        ] {
            assert_eq!(serial(written), said);
        }
    }
}
