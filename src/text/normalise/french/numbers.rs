//! French number words, as in France ("soixante et onze", "quatre-vingts").

const SMALL: [&str; 17] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize",
];

const TENS: [&str; 10] = [
    "",
    "dix",
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "soixante",
    "quatre-vingt",
    "quatre-vingt",
];

const SCALES: [(u64, &str); 5] = [
    (1_000_000_000_000_000_000, "trillion"),
    (1_000_000_000_000_000, "billiard"),
    (1_000_000_000_000, "billion"),
    (1_000_000_000, "milliard"),
    (1_000_000, "million"),
];

/// "deux cent vingt et un".
pub(super) fn cardinal(n: u64) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut rest = n;
    for (size, name) in SCALES {
        let count = rest / size;
        if count > 0 {
            words.push(format!("{} {name}{}", below_million(count), plural(count)));
        }
        rest %= size;
    }
    if rest > 0 || n == 0 {
        words.push(below_million(rest));
    }
    words.join(" ")
}

/// The number before a feminine noun: "vingt et une".
pub(super) fn feminine(n: u64) -> String {
    let words = cardinal(n);
    if words == "un" || words.ends_with(" un") || words.ends_with("-un") { words + "e" } else { words }
}

fn plural(n: u64) -> &'static str {
    if n > 1 { "s" } else { "" }
}

fn below_million(n: u64) -> String {
    let thousands = match n / 1000 {
        0 => return below_thousand(n),
        1 => "mille".to_owned(),
        // "cent" and "vingt" lose their s before "mille".
        count => format!("{} mille", without_s(&below_thousand(count))),
    };
    if n.is_multiple_of(1000) { thousands } else { format!("{thousands} {}", below_thousand(n % 1000)) }
}

fn without_s(words: &str) -> &str {
    if words.ends_with("cents") || words.ends_with("vingts") { words.trim_end_matches('s') } else { words }
}

fn below_thousand(n: u64) -> String {
    let hundreds = match n / 100 {
        0 => return below_hundred(n),
        1 => "cent".to_owned(),
        count if n.is_multiple_of(100) => return format!("{} cents", below_hundred(count)),
        count => format!("{} cent", below_hundred(count)),
    };
    if n.is_multiple_of(100) { hundreds } else { format!("{hundreds} {}", below_hundred(n % 100)) }
}

fn below_hundred(n: u64) -> String {
    let ten = TENS.get((n / 10) as usize).copied().unwrap_or_default();
    // Seventy and ninety count on from sixty and eighty.
    let unit = if matches!(n / 10, 7 | 9) { n % 10 + 10 } else { n % 10 };
    match (n, unit) {
        (0..17, _) => SMALL.get(n as usize).copied().unwrap_or_default().to_owned(),
        (80, _) => "quatre-vingts".to_owned(),
        (_, 0) => ten.to_owned(),
        (21..80, 1 | 11) => format!("{ten} et {}", below_hundred(unit)),
        _ => format!("{ten}-{}", below_hundred(unit)),
    }
}

/// "vingt et unième"; the first is "premier" only by itself.
pub(super) fn ordinal(n: u64, feminine: bool) -> String {
    if n == 1 {
        return if feminine { "première" } else { "premier" }.to_owned();
    }
    let cardinal = cardinal(n);
    let stem = cardinal.strip_suffix('s').filter(|_| is_plural(&cardinal)).unwrap_or(&cardinal);
    let stem = stem.strip_suffix('e').unwrap_or(stem);
    match stem.strip_suffix("neuf") {
        Some(head) => format!("{head}neuvième"),
        None if stem.ends_with("cinq") => format!("{stem}uième"),
        None => format!("{stem}ième"),
    }
}

fn is_plural(cardinal: &str) -> bool {
    ["cents", "vingts", "illions", "illiards"].iter().any(|ending| cardinal.ends_with(ending))
}

/// "deux neuvièmes" has "neuvièmes".
pub(super) fn denominator(n: u64, count: u64) -> String {
    match n {
        2 => format!("demi{}", plural(count)),
        3 => "tiers".to_owned(),
        4 => format!("quart{}", plural(count)),
        n => format!("{}{}", ordinal(n, false), plural(count)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cardinals() {
        let table = [
            (0, "zéro"),
            (1, "un"),
            (17, "dix-sept"),
            (20, "vingt"),
            (21, "vingt et un"),
            (70, "soixante-dix"),
            (71, "soixante et onze"),
            (79, "soixante-dix-neuf"),
            (80, "quatre-vingts"),
            (81, "quatre-vingt-un"),
            (91, "quatre-vingt-onze"),
            (99, "quatre-vingt-dix-neuf"),
            (100, "cent"),
            (200, "deux cents"),
            (201, "deux cent un"),
            (1_000, "mille"),
            (1_789, "mille sept cent quatre-vingt-neuf"),
            (80_000, "quatre-vingt mille"),
            (200_000, "deux cent mille"),
            (1_000_000, "un million"),
            (80_000_000, "quatre-vingts millions"),
            (3_000_000_021, "trois milliards vingt et un"),
        ];
        for (n, words) in table {
            assert_eq!(cardinal(n), words);
        }
        assert_eq!(feminine(21), "vingt et une");
        assert_eq!(feminine(81), "quatre-vingt-une");
        assert_eq!(feminine(4), "quatre");
    }

    #[test]
    fn ordinals_and_fractions() {
        let table = [
            (1, "premier"),
            (2, "deuxième"),
            (3, "troisième"),
            (4, "quatrième"),
            (5, "cinquième"),
            (9, "neuvième"),
            (16, "seizième"),
            (71, "soixante et onzième"),
            (80, "quatre-vingtième"),
            (101, "cent unième"),
            (200, "deux centième"),
            (1_000, "millième"),
            (2_000_000, "deux millionième"),
        ];
        for (n, words) in table {
            assert_eq!(ordinal(n, false), words);
        }
        assert_eq!(denominator(3, 2), "tiers");
        assert_eq!(denominator(4, 3), "quarts");
        assert_eq!(denominator(8, 1), "huitième");
    }
}
