//! Numbers as Spanish is written on both sides of the ocean: "222.125" and "222,125", and the
//! millions of "1’396.342".

use super::words::WORDS;
use crate::text::normalise::amount::{Counted, counted};
use crate::text::normalise::numeral::{Numeral, numeral as plain};
use crate::text::normalise::scan::Scan;

/// Steps over a number.
pub(super) fn numeral<'a>(scan: &mut Scan<'a>) -> Option<Numeral<'a>> {
    if let Some(millions) = millions(scan) {
        return Some(millions);
    }
    let start = *scan;
    let number = plain(scan)?;
    let thousandths = number.decimals.parse::<u64>().ok().filter(|_| number.decimals.len() == 3);
    let one_comma =
        number.mark == Some(',') && number.whole > 0 && !number.written.contains(['.', ' ', '\'', '’']);
    match thousandths.filter(|_| one_comma && is_thousands(start, *scan, &number)) {
        Some(rest) => Some(Numeral { whole: number.whole * 1000 + rest, decimals: "", mark: None, ..number }),
        None => Some(number),
    }
}

/// "2'500.000", as in Colombia.
fn millions<'a>(scan: &mut Scan<'a>) -> Option<Numeral<'a>> {
    let mut ahead = *scan;
    ahead.digits_of(1, 3)?;
    ahead.one_of("'’")?;
    ahead.digits_of(3, 3)?;
    ahead.one_of(".,")?;
    ahead.digits_of(3, 3)?;
    let written = ahead.since(*scan);
    let whole = written.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok()?;
    *scan = ahead;
    Some(Numeral { whole, decimals: "", mark: None, written })
}

/// Whether a comma and three digits tell of thousands, as in the Americas: dollars have no
/// thousandths, and hundreds that nothing measures are counts. "1,120 dólares" are a rate.
fn is_thousands(start: Scan<'_>, end: Scan<'_>, number: &Numeral<'_>) -> bool {
    const MEASURED: [&str; 14] = [
        "por ciento",
        "grado",
        "kilo",
        "metro",
        "segundo",
        "minuto",
        "hora",
        "litro",
        "tonelada",
        "gramo",
        "hectárea",
        "millón",
        "millones",
        "milla",
    ];
    let dollars = start.back().trim_end().ends_with('$');
    let next = end.rest().trim_start();
    let scaled = next.starts_with("mill");
    let measured = match counted(&mut { end }, &WORDS, false) {
        Some(Counted::Unit(_)) => true,
        Some(Counted::Money(noun, _)) => noun.one == "euro",
        _ => MEASURED.iter().any(|noun| next.starts_with(noun)),
    };
    dollars
        || number.decimals == "000"
        || scaled && number.decimals.ends_with('0') && number.whole > 9
        || !measured && number.whole > 99
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_told_from_thousandths() {
        let table = [
            ("222,125 negocios", 222_125, ""),
            ("150,000 dólares", 150_000, ""),
            ("17,000 millones", 17_000, ""),
            ("5,000 personas", 5_000, ""),
            ("1’396.342 víctimas", 1_396_342, ""),
            ("2'500.000", 2_500_000, ""),
            ("1,459 euros", 1, "459"),
            ("17,235 millones", 17, "235"),
            ("12,345 %", 12, "345"),
            ("3,250 kg", 3, "250"),
            ("2,000 km", 2_000, ""),
            ("36,125 grados", 36, "125"),
            ("1,120 dólares", 1, "120"),
            ("14,250 puntos", 14, "250"),
            ("17,350 por dólar", 17, "350"),
            ("1,190 hijos por mujer", 1, "190"),
            ("3,250", 3, "250"),
            ("17,350 millones", 17_350, ""),
            ("1,459 veces", 1, "459"),
            ("0,500", 0, "500"),
            ("5.002,132", 5_002, "132"),
        ];
        for (text, whole, decimals) in table {
            let found = numeral(&mut Scan::new(text)).map(|n| (n.whole, n.decimals));
            assert_eq!(found, Some((whole, decimals)), "{text}");
        }
        let mut scan = Scan::new("$1,459");
        scan.jump(1);
        assert_eq!(numeral(&mut scan).map(|n| n.whole), Some(1_459));
    }
}
