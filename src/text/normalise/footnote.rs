//! Marks of footnotes, which are left out.

use super::Reading;
use super::scan::Scan;
use crate::text::script::Note;

/// Words that a number in brackets may belong to: "la section [37]".
const NUMBERED: [&str; 22] = [
    "abbildung",
    "absatz",
    "annexe",
    "anexo",
    "article",
    "artikel",
    "artículo",
    "capítulo",
    "chapitre",
    "figura",
    "figure",
    "kapitel",
    "nummer",
    "numéro",
    "número",
    "page",
    "página",
    "seite",
    "section",
    "sección",
    "tabelle",
    "teil",
];

/// Leaves out "[1]" and "word¹".
pub(super) fn footnote(scan: Scan<'_>) -> Option<Reading> {
    bracketed(scan).or_else(|| raised(scan))
}

/// After a word or a stop; set apart by a space, not where it may stand for a number that an editor put in.
fn bracketed(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    scan.eat("[").then_some(())?;
    let number = scan.digits_of(1, 3).is_some() && scan.eat("]");
    let after = start.before().is_some_and(|c| c != ' ' || is_note(start, scan));
    (number && after).then(|| scan.skips("footnote", Note::new("footnote-skipped", scan.since(start))))?
}

/// Where words follow, an editor may have put the number in: "about [300] more".
fn is_note(start: Scan<'_>, end: Scan<'_>) -> bool {
    let word = start.word_before().to_lowercase();
    end.peek().is_none_or(|c| !c.is_alphanumeric() && c != ' ' && c != '[')
        && !NUMBERED.contains(&word.as_str())
}

/// After one letter or two it is a power: "mc²".
fn raised(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let raised = scan.run(|c| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹'));
    let letters = start.word_before().chars().rev().take_while(|c| c.is_alphabetic()).count();
    let word = start.before().is_some_and(|c| !c.is_ascii_digit() && c != ' ') && !(1..3).contains(&letters);
    (!raised.is_empty() && word).then(|| scan.skips("footnote", Note::new("footnote-skipped", raised)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn footnotes() {
        let table = [
            ("Wort[1]", 4, true),
            ("Satz.[23] Ein", 5, true),
            ("scientifique » [1].", 16, true),
            ("auteurs français [4] accèdent", 18, false),
            ("We have [100] beds", 8, false),
            ("rund [20] verletzte", 5, false),
            ("la section [37] a estimé", 11, false),
            ("in [10] Jahren", 3, false),
            ("[1] Die Quelle", 0, false),
            ("Satz[...]", 4, false),
            ("Wort¹", 4, true),
            ("mc²", 2, false),
        ];
        for (text, at, skipped) in table {
            let mut scan = Scan::new(text);
            scan.jump(at);
            assert_eq!(footnote(scan).is_some(), skipped, "{text}");
        }
    }
}
