//! Roman numerals, told by the words around them: "Charles III", "Chapter IV", "World War II".

use super::super::Reading;
use super::super::numeral::roman;
use super::super::scan::Scan;
use super::context::{self, among, among_any_case, capital, right_before};
use super::numerals::{cardinal, ordinal};

/// What is numbered in Roman.
const NUMBERED: &str = "\
    chapter article part section volume act scene phase type title war class annex book figure appendix \
    stage bowl pillar schedule category division mark level tier grade protocol episode season basel \
    rome vatican canto table paragraph group league liga game vol. art. ch. apollo saturn";

/// Names that kings, queens and popes have borne.
const REGNAL: &str = "\
    Charles Elizabeth Henry Louis John Paul Benedict Pius Leo Philip Felipe Edward George James William \
    Willem Richard Mary Catherine Peter Nicholas Alexander Francis Gregory Innocent Clement Leopold \
    Albert Wilhelm Friedrich Frederick Gustav Gustaf Carl Karl Harald Haakon Olav Margrethe Christian \
    Frederik Juan Carlos Alfonso Ferdinand Napoleon Mehmed Murad Selim Mohammed Hassan Abdullah Rama \
    Ivan Boniface Urban Sixtus Otto Rudolf Joseph Franz Sigismund Robert Victor Emmanuel Umberto Darius \
    Ramses Ptolemy Theodore Constantine Michael Ramesses Thutmose Amenhotep Boris Simeon Hussein \
    Baudouin Bartholomew Kirill Tawadros Casimir Stephen Béla Matthias Maximilian Ludwig Isabella Isabel \
    Pedro Manuel Afonso Eric Erik";

/// A numeral whose meaning the words around it give away.
pub(super) fn numerals(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let written = scan.letters();
    let value = value(written).filter(|_| start.at_start_of_word() && scan.at_end_of_word())?;
    if matches!(scan.peek(), Some('\'' | '’'))
        && !scan.rest().starts_with("'s")
        && !scan.rest().starts_with("’s")
    {
        return None;
    }
    let initial = written.len() == 1
        && scan.rest().starts_with(". ")
        && !context::at_end({
            let mut s = scan;
            s.skip();
            s
        });
    if initial {
        return None;
    }
    let before = right_before(start);
    let numbered = among_any_case(before, NUMBERED) && (value < 50 || written.len() > 1);
    let digits = value.to_string();
    if numbered {
        return scan.says("roman-numeral", cardinal(&digits));
    }
    if matches!(context::after(scan), "century" | "Century" | "centuries") {
        return scan.says("roman-numeral", ordinal(&digits));
    }
    if before == "the" && is_clear(written) && capital(context::after(scan)) {
        return scan.says("roman-numeral", ordinal(&digits));
    }
    if is_ruler(before, written, scan) || is_namesake(start, before, written) {
        return scan.says("roman-numeral", format!("the {}", ordinal(&digits)));
    }
    let titled =
        capital(before) && before.len() > 2 && is_clear(written) && !before.chars().all(char::is_uppercase);
    let alone = start.at() == 0 && is_clear(written) && alone(scan);
    (titled || alone).then(|| scan.says("roman-numeral", cardinal(&digits)))?
}

/// "the XVIIIth century": the ending is the ordinal's.
pub(super) fn ordinals(mut scan: Scan<'_>) -> Option<Reading> {
    let letters = scan.run(|c| matches!(c, 'I' | 'V' | 'X'));
    let value = value(letters)?;
    let ends = scan.eat_any(&["st", "nd", "rd", "th"]).is_some() && scan.at_end_of_word();
    ends.then(|| scan.says("roman-numeral", ordinal(&value.to_string())))?
}

/// "Louis XIV"; "Francis I" only where "I" can be no subject.
fn is_ruler(before: &str, written: &str, end: Scan<'_>) -> bool {
    let named = among(before, REGNAL);
    let subject =
        written == "I" && context::after(end).starts_with(char::is_lowercase) && context::after(end) != "of";
    named && !subject
}

/// "Andre Price III": a first name, a surname, and which of them.
fn is_namesake(start: Scan<'_>, before: &str, written: &str) -> bool {
    let two = start.words_before(2);
    let names = two.split(' ').count() == 2
        && two.split(' ').all(|w| capital(w) && w.chars().all(char::is_alphabetic));
    names && matches!(written, "II" | "III") && before.len() > 2 && before.chars().any(char::is_lowercase)
}

/// Of several letters, and no word, name or initialism of its own.
fn is_clear(written: &str) -> bool {
    let digits = written.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    digits && written.len() > 1 && written != "XX" && written != "XXX"
}

/// The whole of a heading, or a list's number.
fn alone(mut scan: Scan<'_>) -> bool {
    scan.one_of(".):");
    context::at_end(scan)
}

/// The value of a well-formed numeral of the small letters, of which few words are made.
fn value(written: &str) -> Option<u64> {
    roman(written).filter(|_| !written.contains(['D', 'M']))
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn only_well_formed_numerals_have_a_value() {
        for (written, expected) in [
            ("I", Some(1)),
            ("XIV", Some(14)),
            ("XLIX", Some(49)),
            ("IIII", None),
            ("IC", None),
            ("CD", None),
            ("", None),
            ("Mix", None),
        ] {
            assert_eq!(value(written), expected, "{written}");
        }
    }
}
