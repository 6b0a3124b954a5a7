//! Dates: "20 November 2021", "Nov. 20th, 2021", "2021-11-20", "20/11/2021", "3–5 May".

use super::super::Reading;
use super::super::moment::full_year;
use super::super::scan::Scan;
use super::amount::dash;
use super::calendar::{month, month_name, short_day};
use super::context::{self, among};
use super::numerals::{ordinal, year};

/// Words that already determine what follows, so that "the" has no place.
const DETERMINERS: &str =
    "the his her its their our my a an this that last next every each following previous";

/// "20 November", "20th of Nov 2021", "3–5 May 2021".
pub(super) fn day_first(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let days = days(&mut scan).filter(|_| start.at_start_of_word())?;
    if !scan.eat(" of ") && !scan.eat("-") {
        scan.space();
    }
    let month = month(&mut scan)?;
    let year = following_year(&mut scan);
    let said = format!("{}{days} of {month}{year}", the(start));
    let mut last = scan;
    let upto = dash(&mut last).and_then(|()| whole_date(&mut last));
    match upto {
        Some(upto) => last.says("date", format!("{said} to the {upto}")),
        None => scan.says("date", context::with_stop(scan, said)),
    }
}

/// The "5" of "5 to 7 June", "5 and 6 June": the rest is read by itself.
pub(super) fn first_of_two(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let first = day(&mut scan).filter(|_| start.at_start_of_word())?;
    let mut ahead = scan;
    ahead.eat_any(&[" to ", " and ", " or "])?;
    day(&mut ahead)?;
    let dated = ahead.space() && month(&mut ahead).is_some();
    dated.then(|| scan.says("date", format!("{}{first}", the(start))))?
}

/// The end of a span of days: "–2 May 2024".
fn whole_date(scan: &mut Scan<'_>) -> Option<String> {
    let day = day(scan)?;
    scan.space();
    let month = month(scan)?;
    Some(format!("{day} of {month}{}", following_year(scan)))
}

/// "November 20", "Nov. 20th, 2021", "May 3–5".
pub(super) fn month_first(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let month = month(&mut scan)?;
    scan.space().then_some(())?;
    let days = days(&mut scan).filter(|_| ends(scan))?;
    let year = following_year(&mut scan);
    let mut last = scan;
    if let Some(upto) = dash(&mut last).and_then(|()| month_and_day(&mut last)) {
        return last.says("date", format!("{month} {days}{year} to {upto}"));
    }
    let led = matches!(context::right_before(start), "in" | "In");
    if year.is_empty() && led && context::counted(scan) {
        return None;
    }
    scan.says("date", format!("{month} {days}{year}"))
}

/// The end of a span of days: "-June 3, 2024".
fn month_and_day(scan: &mut Scan<'_>) -> Option<String> {
    let month = month(scan)?;
    let day = scan.space().then(|| day(scan))??;
    Some(format!("{month} {day}{}", following_year(scan)))
}

/// "Nov 2021", "Sept.": the month alone, made whole.
pub(super) fn short_months(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let name = month(&mut scan)?;
    let written = scan.since(start);
    let mut ahead = scan;
    let dated = ahead.eat_any(&[" ", " '", " ’"]).is_some() && ahead.digits_of(1, 4).is_some();
    // At the end of a sentence, Jan and Mark may have been met.
    let a_name = written == "Mar." || written == "Jan." && context::at_end(scan);
    let stopped = written.ends_with('.') && !a_name;
    let dated =
        dated || ["mid-", "Mid-", "early-", "late-", "Late-"].iter().any(|part| start.back().ends_with(part));
    let short = written.trim_end_matches('.').len() < name.len() && context::capital(written);
    (short && (dated || stopped)).then(|| scan.says("month", context::with_stop(scan, name.to_owned())))?
}

/// "Mon 3 May": the day of the week, made whole.
pub(super) fn short_days(mut scan: Scan<'_>) -> Option<Reading> {
    let name = short_day(&mut scan)?;
    let mut ahead = scan;
    ahead.eat_any(&[", ", " "])?;
    let day_first = {
        let mut s = ahead;
        days(&mut s).is_some() && s.space() && month(&mut s).is_some()
    };
    (day_first || month(&mut ahead).is_some()).then(|| scan.says("weekday", name))?
}

/// "Tues.", "on Weds": a short day alone. What ends a sentence may be the sun, or someone sat.
pub(super) fn lone_days(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let name = short_day(&mut scan)?;
    let written = scan.since(start);
    let word = matches!(written, "Sat." | "Sun.") && context::at_end(scan);
    let led = among(context::right_before(start), "on by from to until till every next last this and since");
    let told =
        if written.ends_with('.') { !word } else { led && matches!(written, "Tues" | "Weds" | "Thurs") };
    (told && scan.at_end_of_word())
        .then(|| scan.says("weekday", context::with_stop(scan, name.to_owned())))?
}

/// "Mon–Fri", "Sat-Sun": two short days with a dash between.
pub(super) fn spans_of_days(mut scan: Scan<'_>) -> Option<Reading> {
    let first = short_day(&mut scan)?;
    scan.one_of("-–")?;
    let last = short_day(&mut scan)?;
    scan.at_end_of_word().then(|| scan.says("weekday", format!("{first} to {last}")))?
}

/// "Nov.–Feb.", "March-May": two months with a dash between.
pub(super) fn spans_of_months(mut scan: Scan<'_>) -> Option<Reading> {
    let first = month(&mut scan)?;
    scan.one_of("-–")?;
    let last = month(&mut scan)?;
    let said = || context::with_stop(scan, format!("{first} to {last}"));
    scan.at_end_of_word().then(|| scan.says("month", said()))?
}

/// "2021-11-20", "20/11/2021", "20.11.2021".
pub(super) fn numeric(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let first = scan.digits_of(1, 4)?;
    let mark = scan.one_of("-/.")?;
    let second = scan.digits_of(1, 2)?;
    scan.one_of(mark.encode_utf8(&mut [0; 4]))?;
    let third = scan.digits_of(1, 4)?;
    let goes_on = scan.one_of("-/").is_some() || !scan.at_end_of_word();
    if goes_on || matches!(start.before(), Some('/' | '-' | '.')) {
        return None;
    }
    let short = mark == '/' || second.len() == 2;
    let (day, month, written) =
        ordered(first, second, third).filter(|(_, _, year)| short || year.len() == 4)?;
    let year = year(full_year(written)? as usize);
    let said = format!("{}{} of {} {year}", the(start), ordinal(day), month_name(month)?);
    scan.says("date", said)
}

/// Day, month and year; the day first as in Europe, unless that cannot be.
fn ordered<'a>(a: &'a str, b: &'a str, c: &'a str) -> Option<(&'a str, usize, &'a str)> {
    let (day, month, year) = if a.len() == 4 { (c, b, a) } else { (a, b, c) };
    let number = |text: &str| text.parse::<usize>().unwrap_or(0);
    let (day, month) = if number(month) > 12 { (month, day) } else { (day, month) };
    let known = matches!(year.len(), 4) || year.len() == 2 && a.len() <= 2;
    let fits = (1..=31).contains(&number(day)) && (1..=12).contains(&number(month)) && known;
    fits.then_some((day, number(month), year))
}

/// "3", "3rd", "3–5", as ordinals.
fn days(scan: &mut Scan<'_>) -> Option<String> {
    let mut ahead = *scan;
    let mut said = day(&mut ahead)?;
    let mut further = ahead;
    if dash(&mut further).is_some()
        && let Some(last) = day(&mut further)
    {
        said = format!("{said} to the {last}");
        ahead = further;
    }
    *scan = ahead;
    Some(said)
}

fn day(scan: &mut Scan<'_>) -> Option<String> {
    let written = scan.digits_of(1, 2)?;
    let number: usize = written.parse().ok()?;
    scan.eat_any(&["st", "nd", "rd", "th"]);
    ((1..=31).contains(&number) && scan.at_end_of_word()).then(|| ordinal(written))
}

/// After the day: not the beginning of a time, a decimal or an amount.
fn ends(mut scan: Scan<'_>) -> bool {
    let mark = scan.one_of(".,:%-–/°").is_some_and(|m| m != ',' || scan.peek().is_none_or(|c| c != ' '));
    let amount = {
        let mut s = scan;
        s.space() && s.eat_any(&["million", "billion", "percent", "per cent"]).is_some()
    };
    let digit = scan.peek().is_some_and(|c| c.is_ascii_digit());
    !(mark && digit || amount || scan.peek() == Some('%'))
}

fn following_year(scan: &mut Scan<'_>) -> String {
    let mut ahead = *scan;
    ahead.eat(",");
    let spaced = ahead.space() || ahead.eat("-");
    let number = ahead.digits_of(4, 4).filter(|_| spaced && ahead.at_end_of_word());
    match number.and_then(|written| written.parse().ok()).filter(|y| (1000..2200).contains(y)) {
        Some(value) if !matches!(ahead.peek(), Some('%' | '°')) => {
            *scan = ahead;
            format!(" {}", year(value))
        }
        _ => String::new(),
    }
}

fn the(scan: Scan<'_>) -> &'static str {
    let before = context::right_before(scan).to_lowercase();
    if among(&before, DETERMINERS) { "" } else { "the " }
}
