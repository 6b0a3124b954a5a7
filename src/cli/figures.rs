//! Numbers as people read them.

/// Hours, minutes and seconds, as short as they can be.
pub(in crate::cli) fn clock(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// A whole number with its thousands apart.
pub(in crate::cli) fn grouped(number: f64) -> String {
    let digits = (number.round() as u64).to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// How many there are of something: "1 article", "1,200 articles".
pub(in crate::cli) fn counted(number: impl TryInto<u64>, one: &str, many: &str) -> String {
    // What doesn't fit is of no program's memory.
    let number = number.try_into().unwrap_or(u64::MAX);
    format!("{} {}", grouped(number as f64), if number == 1 { one } else { many })
}

/// Seconds to the millisecond, for other programs.
pub(in crate::cli) fn seconds(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_easy_to_read() {
        let times = [(0.0, "0:00"), (59.6, "1:00"), (250.0, "4:10"), (37_930.0, "10:32:10")];
        times.iter().for_each(|(seconds, written)| assert_eq!(clock(*seconds), *written));
        let numbers = [(0.0, "0"), (999.0, "999"), (1000.0, "1,000"), (1_234_567.0, "1,234,567")];
        numbers.iter().for_each(|(number, written)| assert_eq!(grouped(*number), *written));
        let entries = [(0, "0 entries"), (1, "1 entry"), (2, "2 entries"), (1000, "1,000 entries")];
        entries.iter().for_each(|(n, written)| assert_eq!(counted(*n, "entry", "entries"), *written));
    }
}
