//! Marks that are not said: brackets and dashes rest.

use super::super::scan::Scan;
use super::super::{PAUSE, Reading};

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
