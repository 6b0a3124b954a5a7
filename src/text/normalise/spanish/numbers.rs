//! Spanish number words: cardinals that agree with what they count, ordinals, and the names of
//! fractions.

/// What follows a number decides how its ones and hundreds end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing: "veintiuno".
    Nothing,
    /// A masculine noun: "veintiún euros".
    Masculine,
    /// A feminine noun: "veintiuna libras", "doscientas libras".
    Feminine,
}

const SMALL: [&str; 30] = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];

const TENS: [&str; 10] =
    ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];

const HUNDREDS: [&str; 10] = [
    "",
    "ciento",
    "doscient",
    "trescient",
    "cuatrocient",
    "quinient",
    "seiscient",
    "setecient",
    "ochocient",
    "novecient",
];

const SCALES: [(u64, &str, &str); 3] = [
    (1_000_000_000_000_000_000, "trillón", "trillones"),
    (1_000_000_000_000, "billón", "billones"),
    (1_000_000, "millón", "millones"),
];

/// "ciento veintiuno", and what it becomes before a noun.
pub(super) fn cardinal(n: u64, before: Before) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut rest = n;
    for (size, single, several) in SCALES {
        match rest / size {
            0 => {}
            1 => words.push(format!("un {single}")),
            count => words.push(format!("{} {several}", below_million(count, Before::Masculine))),
        }
        rest %= size;
    }
    if rest > 0 || n == 0 {
        words.push(below_million(rest, before));
    }
    words.join(" ")
}

fn below_million(n: u64, before: Before) -> String {
    let thousands = match n / 1000 {
        0 => return below_thousand(n, before),
        1 => "mil".to_owned(),
        // "doscientas mil", but "veintiún mil" for both genders.
        count => format!("{} mil", with_un(&below_thousand(count, before))),
    };
    if n.is_multiple_of(1000) {
        thousands
    } else {
        format!("{thousands} {}", below_thousand(n % 1000, before))
    }
}

fn with_un(words: &str) -> String {
    match words.strip_suffix("uno").or(words.strip_suffix("una")) {
        Some(head) if head.ends_with("veinti") => format!("{head}ún"),
        Some(head) => format!("{head}un"),
        None => words.to_owned(),
    }
}

fn below_thousand(n: u64, before: Before) -> String {
    let name = HUNDREDS.get((n / 100) as usize).copied().unwrap_or_default();
    let hundreds = match n / 100 {
        0 => return below_hundred(n, before),
        1 if n == 100 => return "cien".to_owned(),
        1 => name.to_owned(),
        _ if before == Before::Feminine => format!("{name}as"),
        _ => format!("{name}os"),
    };
    if n.is_multiple_of(100) { hundreds } else { format!("{hundreds} {}", below_hundred(n % 100, before)) }
}

fn below_hundred(n: u64, before: Before) -> String {
    let words = match (SMALL.get(n as usize), n % 10) {
        (Some(small), _) => (*small).to_owned(),
        (None, unit) => {
            let ten = TENS.get((n / 10) as usize).copied().unwrap_or_default();
            let unit = SMALL.get(unit as usize).copied().filter(|_| unit > 0);
            unit.map_or(ten.to_owned(), |unit| format!("{ten} y {unit}"))
        }
    };
    match before {
        Before::Masculine => with_un(&words),
        Before::Feminine if words.ends_with("uno") => format!("{}a", words.trim_end_matches('o')),
        _ => words,
    }
}

/// How an ordinal ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// "primero".
    O,
    /// "primera".
    A,
    /// "primer", before a masculine noun.
    Short,
}

const FIRST: [&str; 13] = [
    "",
    "primero",
    "segundo",
    "tercero",
    "cuarto",
    "quinto",
    "sexto",
    "séptimo",
    "octavo",
    "noveno",
    "décimo",
    "undécimo",
    "duodécimo",
];

const TENTHS: [&str; 10] = [
    "",
    "décimo",
    "vigésimo",
    "trigésimo",
    "cuadragésimo",
    "quincuagésimo",
    "sexagésimo",
    "septuagésimo",
    "octogésimo",
    "nonagésimo",
];

const HUNDREDTHS: [&str; 10] = [
    "",
    "centésimo",
    "ducentésimo",
    "tricentésimo",
    "cuadringentésimo",
    "quingentésimo",
    "sexcentésimo",
    "septingentésimo",
    "octingentésimo",
    "noningentésimo",
];

/// "vigesimoprimero", "trigésima primera", "tercer"; none from a million on.
pub(super) fn ordinal(n: u64, ending: Ending) -> Option<String> {
    if n == 0 || n >= 1_000_000 {
        return None;
    }
    let hundredth = HUNDREDTHS.get((n / 100 % 10) as usize).copied().unwrap_or_default();
    let parts = [thousandth(n / 1000), hundredth.to_owned(), ordinal_below_hundred(n % 100)];
    let words = parts.join(" ").split_whitespace().map(|word| agreeing(word, ending)).collect::<Vec<_>>();
    let words = words.join(" ");
    let short = matches!(ending, Ending::Short) && (words.ends_with("primero") || words.ends_with("tercero"));
    Some(if short { words.trim_end_matches('o').to_owned() } else { words })
}

fn agreeing(word: &str, ending: Ending) -> String {
    match word.strip_suffix('o') {
        Some(stem) if ending == Ending::A => format!("{stem}a"),
        _ => word.to_owned(),
    }
}

/// "milésimo", "dosmilésimo", written as one word.
fn thousandth(thousands: u64) -> String {
    match thousands {
        0 => String::new(),
        1 => "milésimo".to_owned(),
        n => format!("{}milésimo", cardinal(n, Before::Masculine).replace(' ', "")),
    }
}

fn ordinal_below_hundred(n: u64) -> String {
    let at = |table: &[&str], i: u64| table.get(i as usize).copied().unwrap_or_default().to_owned();
    match (n / 10, n % 10) {
        (_, _) if n < 13 => at(&FIRST, n),
        (1, unit) => joined("decimo", &at(&FIRST, unit)),
        (2, 1..) => joined("vigesimo", &at(&FIRST, n % 10)),
        (ten, unit) => format!("{} {}", at(&TENTHS, ten), at(&FIRST, unit)),
    }
}

/// Two o's at the seam become one: "decimoctavo".
fn joined(ten: &str, unit: &str) -> String {
    let ten = if unit.starts_with('o') { ten.trim_end_matches('o') } else { ten };
    format!("{ten}{unit}")
}

/// The name of a denominator, in the singular: "tercio", "doceavo", "centésimo"; none where one
/// says "uno sobre ciento uno".
pub(super) fn denominator(n: u64) -> Option<String> {
    match n {
        0 | 1 => None,
        2 => Some("medio".into()),
        3 => Some("tercio".into()),
        4..=10 | 100 | 1000 => ordinal(n, Ending::O),
        11..=99 => Some(avo(n)),
        1_000_000 => Some("millonésimo".into()),
        _ if n < 1000 && n.is_multiple_of(100) => ordinal(n, Ending::O),
        _ if n < 1_000_000 && n.is_multiple_of(1000) => ordinal(n, Ending::O),
        _ => None,
    }
}

/// "treintaiunavo".
fn avo(n: u64) -> String {
    let cardinal = cardinal(n, Before::Nothing).replace(" y ", "i").replace('é', "e").replace('ó', "o");
    let stem = if cardinal.ends_with("uno") { cardinal.trim_end_matches('o') } else { &cardinal };
    format!("{}avo", stem.trim_end_matches('a'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cardinals() {
        let table = [
            (0, "cero"),
            (1, "uno"),
            (16, "dieciséis"),
            (21, "veintiuno"),
            (31, "treinta y uno"),
            (40, "cuarenta"),
            (100, "cien"),
            (101, "ciento uno"),
            (555, "quinientos cincuenta y cinco"),
            (1_000, "mil"),
            (21_000, "veintiún mil"),
            (31_001, "treinta y un mil uno"),
            (1_000_000, "un millón"),
            (21_000_000, "veintiún millones"),
            (4_000_000_000, "cuatro mil millones"),
            (1_000_000_000_000, "un billón"),
        ];
        for (n, words) in table {
            assert_eq!(cardinal(n, Before::Nothing), words);
        }
    }

    #[test]
    fn cardinals_agree() {
        let table = [
            (1, "un", "una"),
            (21, "veintiún", "veintiuna"),
            (31, "treinta y un", "treinta y una"),
            (201, "doscientos un", "doscientas una"),
            (200_000, "doscientos mil", "doscientas mil"),
            (21_000, "veintiún mil", "veintiún mil"),
            (200_000_001, "doscientos millones un", "doscientos millones una"),
        ];
        for (n, masculine, feminine) in table {
            assert_eq!(cardinal(n, Before::Masculine), masculine);
            assert_eq!(cardinal(n, Before::Feminine), feminine);
        }
    }

    #[test]
    fn ordinals() {
        let table = [
            (1, Ending::Short, "primer"),
            (3, Ending::A, "tercera"),
            (11, Ending::O, "undécimo"),
            (13, Ending::Short, "decimotercer"),
            (18, Ending::O, "decimoctavo"),
            (22, Ending::A, "vigesimosegunda"),
            (34, Ending::A, "trigésima cuarta"),
            (150, Ending::O, "centésimo quincuagésimo"),
            (1_001, Ending::Short, "milésimo primer"),
            (2_000, Ending::O, "dosmilésimo"),
        ];
        for (n, ending, words) in table {
            assert_eq!(ordinal(n, ending).as_deref(), Some(words));
        }
        assert_eq!(ordinal(0, Ending::O), None);
    }

    #[test]
    fn denominators() {
        let table = [
            (2, "medio"),
            (3, "tercio"),
            (7, "séptimo"),
            (16, "dieciseisavo"),
            (21, "veintiunavo"),
            (31, "treintaiunavo"),
            (40, "cuarentavo"),
            (600, "sexcentésimo"),
            (10_000, "diezmilésimo"),
        ];
        for (n, words) in table {
            assert_eq!(denominator(n).as_deref(), Some(words));
        }
        assert_eq!(denominator(101), None);
    }
}
