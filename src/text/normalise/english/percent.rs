//! Percentages and percentage points.

use super::super::Reading;
use super::super::scan::Scan;
use super::amount::{Amount, Scales, dash};

/// "0.25%", "10-15%", "5%–10%", "3 pp".
pub(super) fn percentages(mut scan: Scan<'_>) -> Option<Reading> {
    let (amount, unit) = one(&mut scan)?;
    let mut said = format!("{} {unit}", amount.said);
    let mut ahead = scan;
    if let Some((upper, unit)) = dash(&mut ahead).and_then(|()| one(&mut ahead)) {
        said = format!("{said} to {} {unit}", upper.said);
        scan = ahead;
    }
    scan.says("percent", said)
}

fn one(scan: &mut Scan<'_>) -> Option<(Amount, &'static str)> {
    let mut ahead = *scan;
    let amount = Amount::read(&mut ahead, Scales::Words)?;
    ahead.space();
    let unit = match ahead.eat_longest(&["%pts", "%", "‰", "pp", "ppt", "ppts", "pps", "bps", "pc"])? {
        "%" => "percent",
        // As some papers write it; "2 PC" is something else.
        "pc" if ahead.at_end_of_word() => "percent",
        "‰" => "per thousand",
        "bps" => "basis points",
        _ if amount.is_one() => "percentage point",
        _ => "percentage points",
    };
    (unit == "percent" || unit == "per thousand" || ahead.at_end_of_word()).then(|| *scan = ahead)?;
    Some((amount, unit))
}
