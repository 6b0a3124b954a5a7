//! German number words. Their parts stand apart ("drei und zwanzig"): a pronouncer knows each
//! part, but stresses the long compounds wrongly.

const SMALL: [&str; 20] = [
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
];

const TENS: [&str; 10] =
    ["", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];

const SCALES: [(u64, &str, &str); 5] = [
    (1_000_000_000_000_000_000, "Trillion", "Trillionen"),
    (1_000_000_000_000_000, "Billiarde", "Billiarden"),
    (1_000_000_000_000, "Billion", "Billionen"),
    (1_000_000_000, "Milliarde", "Milliarden"),
    (1_000_000, "Million", "Millionen"),
];

/// "ein hundert eins".
pub(super) fn cardinal(n: u64) -> String {
    counting(n, "eins")
}

/// The number with another word for its last one: "ein" before a noun, "eine" if it's feminine.
/// Only the bare one agrees with the noun ("eine Stunde", "ein und zwanzig Stunden").
pub(super) fn counting(n: u64, one: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut rest = n;
    for (size, single, several) in SCALES {
        match rest / size {
            0 => {}
            1 => words.push(format!("eine {single}")),
            count => words.push(format!("{} {several}", counting(count, "ein"))),
        }
        rest %= size;
    }
    let one = if one == "eine" && n > 1 { "ein" } else { one };
    if rest > 0 || n == 0 {
        words.push(below_million(rest, one));
    }
    words.join(" ")
}

fn below_million(n: u64, one: &str) -> String {
    match (n / 1000, n % 1000) {
        (0, rest) => below_thousand(rest, one),
        (thousands, 0) => format!("{} tausend", below_thousand(thousands, "ein")),
        (thousands, rest) => {
            format!("{} tausend {}", below_thousand(thousands, "ein"), below_thousand(rest, one))
        }
    }
}

fn below_thousand(n: u64, one: &str) -> String {
    match (n / 100, n % 100) {
        (0, rest) => below_hundred(rest, one),
        (hundreds, 0) => format!("{} hundert", below_hundred(hundreds, "ein")),
        (hundreds, rest) => {
            format!("{} hundert {}", below_hundred(hundreds, "ein"), below_hundred(rest, one))
        }
    }
}

/// For the parts of a number, and for the two halves of a year, up to 99.
fn below_hundred(n: u64, one: &str) -> String {
    let small = |n: u64| if n == 1 { one } else { SMALL.get(n as usize).copied().unwrap_or_default() };
    let tens = TENS.get((n / 10) as usize).copied().unwrap_or_default();
    match (n, n % 10) {
        (0..20, _) => small(n).to_owned(),
        (_, 0) => tens.to_owned(),
        (_, 1) => format!("ein und {tens}"),
        (_, unit) => format!("{} und {tens}", small(unit)),
    }
}

/// "neunzehn hundert sieben und neunzig", "zwei tausend drei".
pub(super) fn year(n: u64) -> String {
    match (n / 100, n % 100) {
        (11..20, 0) => format!("{} hundert", below_hundred(n / 100, "ein")),
        (11..20, rest) => {
            format!("{} hundert {}", below_hundred(n / 100, "ein"), below_hundred(rest, "eins"))
        }
        _ => cardinal(n),
    }
}

/// "zwei und zwanzigste", plus the ending that the noun asks for ("r", "n", "s" or nothing).
pub(super) fn ordinal(n: u64, ending: &str) -> String {
    format!("{}e{ending}", ordinal_stem(n))
}

/// "drei achtel" has "achtel".
pub(super) fn denominator(n: u64) -> String {
    match n {
        1 => "eintel".into(),
        2 => "halbe".into(),
        n => format!("{}el", ordinal_stem(n)),
    }
}

fn ordinal_stem(n: u64) -> String {
    let cardinal = cardinal(n);
    let (head, last) = match cardinal.rsplit_once(' ') {
        Some((head, last)) => (format!("{head} "), last),
        None => (String::new(), cardinal.as_str()),
    };
    let stem = match last {
        "eins" => "erst".to_owned(),
        "drei" => "dritt".to_owned(),
        "sieben" => "siebt".to_owned(),
        "acht" => "acht".to_owned(),
        small if SMALL.contains(&small) => format!("{small}t"),
        // "Millionen" has the ordinal of "Million".
        large => format!("{}st", large.trim_end_matches("en").trim_end_matches('e').to_lowercase()),
    };
    head + &stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cardinals() {
        let table = [
            (0, "null"),
            (1, "eins"),
            (17, "siebzehn"),
            (21, "ein und zwanzig"),
            (101, "ein hundert eins"),
            (231, "zwei hundert ein und dreißig"),
            (1_000, "ein tausend"),
            (21_016, "ein und zwanzig tausend sechzehn"),
            (1_000_000, "eine Million"),
            (2_500_001, "zwei Millionen fünf hundert tausend eins"),
            (101_000_000, "ein hundert ein Millionen"),
            (
                u64::MAX,
                "achtzehn Trillionen vier hundert sechs und vierzig Billiarden sieben hundert vier und vierzig Billionen drei und siebzig Milliarden sieben hundert neun Millionen fünf hundert ein und fünfzig tausend sechs hundert fünfzehn",
            ),
        ];
        for (n, words) in table {
            assert_eq!(cardinal(n), words);
        }
        assert_eq!(counting(1, "eine"), "eine");
        assert_eq!(counting(101, "eine"), "ein hundert ein");
    }

    #[test]
    fn years_and_ordinals() {
        let years = [
            (1848, "achtzehn hundert acht und vierzig"),
            (1900, "neunzehn hundert"),
            (1901, "neunzehn hundert eins"),
            (2024, "zwei tausend vier und zwanzig"),
            (800, "acht hundert"),
        ];
        for (n, words) in years {
            assert_eq!(year(n), words);
        }
        let ordinals = [
            (1, "r", "erster"),
            (3, "n", "dritten"),
            (7, "", "siebte"),
            (8, "s", "achtes"),
            (21, "", "ein und zwanzigste"),
            (100, "r", "ein hundertster"),
            (101, "n", "ein hundert ersten"),
            (1_000_000, "", "eine millionste"),
        ];
        for (n, ending, words) in ordinals {
            assert_eq!(ordinal(n, ending), words);
        }
        assert_eq!(denominator(3), "drittel");
        assert_eq!(denominator(20), "zwanzigstel");
    }
}
