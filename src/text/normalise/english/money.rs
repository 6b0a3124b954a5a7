//! Money: "€46.8bn", "250€", "EUR 10 million", "$4.50", "50p", "£80/MWh".

use super::super::Reading;
use super::super::scan::Scan;
use super::amount::{Amount, Number, Scales, dash, minus};
use super::context;
use super::currencies::{Currency, SHILLINGS, by_code, by_letters, by_sign};
use super::measures::per;
use super::numerals::cardinal;

/// A sum, or two with a dash between.
pub(super) fn money(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let (amount, currency) = sum(&mut scan)?;
    let mut ahead = scan;
    let said = match dash(&mut ahead).and_then(|()| sum(&mut ahead)) {
        Some((upper, of)) => {
            scan = ahead;
            format!("{} to {}", said(&amount, currency, false), said(&upper, of, false))
        }
        None => said(&amount, currency, context::describes(start, scan) || is_compound(scan)),
    };
    let per = per(&mut scan).or_else(|| paid(&mut scan)).map_or(String::new(), |per| format!(" {per}"));
    scan.says("money", said + &per)
}

/// "£950pcm", "£40k pa", "€45pp": what a sum is paid by.
fn paid(scan: &mut Scan<'_>) -> Option<String> {
    let mut ahead = *scan;
    ahead.space();
    let slash = [("p/m", "month"), ("p/w", "week"), ("p/a", "annum"), ("p/p", "person"), ("p/h", "hour")];
    if let Some((_, period)) = slash.iter().find(|(written, _)| ahead.eat(written)) {
        return ahead.at_end_of_word().then(|| {
            *scan = ahead;
            format!("per {period}")
        });
    }
    let per = match ahead.letters() {
        "pcm" => "calendar month",
        "pm" if ahead.peek() != Some('.') => "month",
        "pw" => "week",
        "pa" => "annum",
        "ph" => "hour",
        "pp" => "person",
        _ => return None,
    };
    ahead.at_end_of_word().then(|| *scan = ahead)?;
    Some(format!("per {per}"))
}

/// "a $3-a-day wage", "the €750bn fund": the sum tells which thing is meant.
fn is_compound(scan: Scan<'_>) -> bool {
    const THINGS: &str = "\
        aid appeal award bailout bid bill bond budget buyout campaign centre clean-up complex contract \
        coin cut deal debt deficit donation extension facility fine fund gap grant hole home house \
        improvements increase investment levy lawsuit loan makeover mansion mortgage note overhaul package \
        penalty plan pledge prize programme project redevelopment refurbishment refit renovation repairs \
        restoration revamp reward rise salary scheme settlement shortfall stake stimulus sponsorship \
        surplus takeover tax ticket upgrade windfall";
    const KINDS: &str = "\
        aid annual bank defence development emergency energy housing infrastructure investment loan pension recovery \
        rescue research spending state stimulus tax trade transfer welfare";
    let joined = scan.peek() == Some('-') && scan.peek_second().is_some_and(char::is_alphabetic);
    let first = context::after(scan);
    let mut ahead = scan;
    // A name is the thing's: "the €750bn NextGenerationEU fund", "the €20m Berlin project".
    let kind = context::among(first, KINDS) || first.chars().any(char::is_uppercase);
    let second = if ahead.space() && kind {
        ahead.letters();
        context::after(ahead)
    } else {
        ""
    };
    joined || context::among(first, THINGS) || context::among(second, THINGS)
}

fn sum(scan: &mut Scan<'_>) -> Option<(Amount, Currency)> {
    let mut ahead = *scan;
    let minus = minus(&mut ahead);
    let (mut amount, currency) = sign_first(&mut ahead).or_else(|| number_first(&mut ahead))?;
    if !minus.is_empty() {
        amount = Amount { said: format!("{minus}{}", amount.said), number: None };
    }
    *scan = ahead;
    Some((amount, currency))
}

/// "€5", "EUR 5", "€5m". The sign may stand in a range again: "€5–€6" is two sums.
fn sign_first(scan: &mut Scan<'_>) -> Option<(Amount, Currency)> {
    let mut ahead = *scan;
    let currency = match by_sign(ahead.rest()) {
        // "in the US $60,000 a year"
        Some((_, length)) if length > 3 && context::among(context::right_before(ahead), "the The") => {
            return None;
        }
        Some((currency, length)) => {
            ahead.jump(ahead.at() + length);
            currency
        }
        // "GBP/EUR 1.19" is a rate.
        None if ahead.before() == Some('/') => return None,
        None => {
            let code = ahead.letters();
            by_code(code).or_else(|| {
                by_letters(code).filter(|_| code.len() > 1 && is_number(ahead) || is_great(ahead))
            })?
        }
    };
    if ahead.peek_second() == Some(' ') {
        ahead.eat(".");
    }
    ahead.space();
    let amount = Amount::read(&mut ahead, Scales::Letters)?;
    ahead.eat("/-");
    *scan = ahead;
    Some((amount, currency))
}

/// Whether a number stands right here.
fn is_number(scan: Scan<'_>) -> bool {
    scan.peek().is_some_and(|c| c.is_ascii_digit())
}

/// Whether a number stands here that has a scale or marks its thousands.
fn is_great(mut scan: Scan<'_>) -> bool {
    let amount = Amount::read(&mut scan, Scales::Letters);
    amount.is_some_and(|amount| amount.number.is_none_or(|number| number.grouped))
}

/// "250€", "10 million EUR", "50p".
fn number_first(scan: &mut Scan<'_>) -> Option<(Amount, Currency)> {
    let mut ahead = *scan;
    let amount = Amount::read(&mut ahead, Scales::Letters)?;
    if let Some(small) = small_change(&mut ahead) {
        *scan = ahead;
        return Some((amount, small));
    }
    if ahead.eat("/-") {
        *scan = ahead;
        return Some((amount, SHILLINGS));
    }
    ahead.space();
    let currency = match by_sign(ahead.rest()) {
        // "5 $10 notes" is no sum with its sign behind.
        Some((currency, length)) => {
            ahead.jump(ahead.at() + length);
            (!ahead.peek().is_some_and(|c| c.is_ascii_digit())).then_some(currency)?
        }
        None => by_code(ahead.letters())?,
    };
    ahead.at_end_of_word().then(|| *scan = ahead)?;
    Some((amount, currency))
}

/// "50p", "5c", "99¢".
fn small_change(scan: &mut Scan<'_>) -> Option<Currency> {
    let mut ahead = *scan;
    let currency = match ahead.skip()? {
        'p' => Currency { one: "penny", many: "pence", cent: None },
        'c' | '¢' => Currency { one: "cent", many: "cents", cent: None },
        _ => return None,
    };
    ahead.at_end_of_word().then(|| *scan = ahead)?;
    Some(currency)
}

fn said(amount: &Amount, currency: Currency, describes: bool) -> String {
    let coins = amount.number.as_ref().and_then(|number| with_coins(number, currency));
    let unit = if describes || amount.is_one() { currency.one } else { currency.many };
    let whole = amount.number.as_ref().filter(|number| number.is_one());
    let said = whole.map_or(amount.said.as_str(), |_| "one");
    coins.unwrap_or_else(|| format!("{said} {unit}"))
}

/// "4.50" as four dollars fifty cents.
fn with_coins(number: &Number, currency: Currency) -> Option<String> {
    let (penny, pence) = currency.cent?;
    let cents: usize = number.fraction.as_deref().filter(|f| f.len() == 2)?.parse().ok()?;
    let none = number.whole.bytes().all(|d| d == b'0');
    let unit = if number.whole == "1" { currency.one } else { currency.many };
    let small = format!("{} {}", cardinal(&cents.to_string()), if cents == 1 { penny } else { pence });
    match (none, cents) {
        (true, 0) => None,
        (true, _) => Some(small),
        (false, 0) => Some(format!("{} {unit}", cardinal(&number.whole))),
        (false, _) => Some(format!("{} {unit} {small}", cardinal(&number.whole))),
    }
}
