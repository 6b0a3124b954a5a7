//! Names and other words that the lexicon knows better than their spelling.

use super::super::Reading;
use super::super::scan::Scan;
use crate::text::lexicon;

/// A name of the shipped lexicon.
pub(super) fn names(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let found = lexicon::shipped().find(scan.rest(), || start.word_before())?;
    scan.jump(start.at() + found.length);
    scan.sounds(found.rule, scan.since(start), found.sound)
}
