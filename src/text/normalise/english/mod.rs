//! How English is read, as on British news: one family of rules a file.

mod abbreviations;
mod amount;
mod calendar;
mod cardinals;
mod context;
mod currencies;
mod dates;
mod fractions;
mod heteronyms;
mod initialisms;
mod links;
mod marks;
mod measures;
mod money;
mod names;
mod numerals;
mod percent;
mod phones;
mod ranges;
mod roman;
mod shape;
mod slips;
mod symbols;
mod times;
mod units;
mod years;

use super::footnote::footnote;
use super::scan::Scan;
use super::{Reading, Rule, first};

/// Where a digit stands. In order: the first that knows the place wins.
const NUMBERS: &[Rule] = &[
    links::machines,
    cardinals::models,
    cardinals::labels,
    cardinals::stars,
    ranges::declarations,
    times::goals,
    phones::books,
    phones::phones,
    phones::emergencies,
    phones::codes,
    cardinals::pictures,
    cardinals::houses,
    links::addresses,
    dates::numeric,
    dates::day_first,
    dates::first_of_two,
    times::durations,
    times::laps,
    times::military,
    times::splits,
    times::times,
    years::decades,
    years::eras,
    years::quarters,
    money::money,
    percent::percentages,
    measures::heights,
    measures::measures,
    years::spans,
    fractions::fractions,
    cardinals::ordinals,
    measures::sizes,
    measures::times,
    cardinals::endings,
    cardinals::serials,
    years::years,
    ranges::ranges,
    cardinals::versions,
    cardinals::cardinals,
];

/// Where a word begins.
const WORDS: &[Rule] = &[
    phones::accounts,
    links::addresses,
    money::money,
    dates::month_first,
    dates::spans_of_months,
    dates::short_months,
    dates::short_days,
    dates::spans_of_days,
    dates::lone_days,
    cardinals::junctions,
    abbreviations::parties,
    abbreviations::saints_and_streets,
    abbreviations::states,
    abbreviations::sides,
    abbreviations::table,
    initialisms::letters,
    roman::numerals,
    roman::ordinals,
    symbols::set_forms,
    symbols::numero,
    cardinals::formulas,
    slips::apostrophes,
    names::names,
    initialisms::initialisms,
    heteronyms::heteronyms,
];

/// Where neither stands.
const SIGNS: &[Rule] = &[
    phones::phones,
    money::money,
    years::decades,
    percent::percentages,
    measures::measures,
    links::handles,
    fractions::signs,
    footnote,
    symbols::before_numbers,
    marks::rests,
    cardinals::cardinals,
    symbols::slashes,
    symbols::alone,
    marks::silent,
];

/// What is said for what stands here, if that is not what is written.
pub(super) fn reading(scan: Scan<'_>) -> Option<Reading> {
    match scan.peek()? {
        '.' if scan.before() == Some('.') => None,
        '.' | ',' | '"' | '”' | '“' | '?' | '!' | ';' | ':'
            if !scan.peek_second().is_some_and(|c| c.is_ascii_digit()) =>
        {
            None
        }
        c if c.is_ascii_digit() => Some(ranges::between(scan, first(NUMBERS, scan)?)),
        c if c.is_alphabetic() && scan.at_start_of_word() => first(WORDS, scan),
        c if c.is_alphabetic() => None,
        _ => Some(ranges::between(scan, first(SIGNS, scan)?)),
    }
}

#[cfg(test)]
mod tests;
