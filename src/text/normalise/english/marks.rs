//! Marks that are not said: brackets and dashes rest, footnotes are left out.

use super::super::scan::Scan;
use super::super::{PAUSE, Reading};
use crate::text::script::Note;

/// "[1]", "word¹", "*".
pub(super) fn footnotes(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let after = start.before().is_some_and(|c| c != ' ');
    if scan.eat("[") {
        let number = scan.digits_of(1, 3).is_some() && scan.eat("]") && after;
        return number.then(|| scan.skips("footnote", Note::new("footnote-skipped", scan.since(start))))?;
    }
    let raised = scan.run(|c| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹'));
    // After one letter or two it is a power: "mc²".
    let letters = start.word_before().chars().rev().take_while(|c| c.is_alphabetic()).count();
    let word = start.before().is_some_and(|c| !c.is_ascii_digit() && c != ' ') && !(1..3).contains(&letters);
    (!raised.is_empty() && word).then(|| scan.skips("footnote", Note::new("footnote-skipped", raised)))?
}

/// What has no sound: emphasis, bullets, trade marks.
pub(super) fn silent(mut scan: Scan<'_>) -> Option<Reading> {
    let skipped = scan.run(|c| matches!(c, '*' | '†' | '‡' | '®' | '™' | '©' | '_' | '^' | '`' | '~' | '\\'));
    (!skipped.is_empty()).then(|| scan.says("mark", ""))?
}

/// Brackets and dashes that the voice would run over.
pub(super) fn rests(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let rests = match scan.skip()? {
        '[' | ']' | '{' | '}' | '|' | '•' | '·' | '▪' | '■' | '●' | '→' | '⇒' | '←' | '<' | '>' => {
            true
        }
        '—' | '–' | '―' => is_joined(start, scan),
        '-' if scan.eat("-") => {
            scan.run(|c| c == '-');
            true
        }
        '-' => start.before() == Some(' ') && scan.peek() == Some(' '),
        _ => false,
    };
    rests.then(|| scan.says("rest", PAUSE))?
}

/// Without space on one side at least; spaced dashes rest by themselves.
fn is_joined(start: Scan<'_>, end: Scan<'_>) -> bool {
    let space = |c: Option<char>| c.is_none_or(|c| c == ' ');
    !(space(start.before()) && space(end.peek()))
}
