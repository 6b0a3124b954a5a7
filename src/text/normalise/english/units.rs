//! Units of measure and how they are said.

/// Written, said of one, said of many.
type Row = (&'static str, &'static str, &'static str);

const UNITS: &[Row] = &[
    ("nm", "nanometre", "nanometres"),
    ("NM", "nautical mile", "nautical miles"),
    ("Nm", "newton metre", "newton metres"),
    ("µm", "micrometre", "micrometres"),
    ("μm", "micrometre", "micrometres"),
    ("mm", "millimetre", "millimetres"),
    ("cm", "centimetre", "centimetres"),
    ("m", "metre", "metres"),
    ("km", "kilometre", "kilometres"),
    ("in", "inch", "inches"),
    ("ft", "foot", "feet"),
    ("yd", "yard", "yards"),
    ("yds", "yard", "yards"),
    ("mi", "mile", "miles"),
    ("nmi", "nautical mile", "nautical miles"),
    ("µg", "microgram", "micrograms"),
    ("μg", "microgram", "micrograms"),
    ("mcg", "microgram", "micrograms"),
    ("mg", "milligram", "milligrams"),
    ("g", "gram", "grams"),
    ("kg", "kilogram", "kilograms"),
    ("kgs", "kilogram", "kilograms"),
    ("t", "tonne", "tonnes"),
    ("kt", "kilotonne", "kilotonnes"),
    ("Mt", "megatonne", "megatonnes"),
    ("Gt", "gigatonne", "gigatonnes"),
    ("oz", "ounce", "ounces"),
    ("lb", "pound", "pounds"),
    ("lbs", "pound", "pounds"),
    ("st", "stone", "stone"),
    ("ml", "millilitre", "millilitres"),
    ("mL", "millilitre", "millilitres"),
    ("cl", "centilitre", "centilitres"),
    ("dl", "decilitre", "decilitres"),
    ("l", "litre", "litres"),
    ("L", "litre", "litres"),
    ("hl", "hectolitre", "hectolitres"),
    ("gal", "gallon", "gallons"),
    ("ha", "hectare", "hectares"),
    ("mph", "mile per hour", "miles per hour"),
    ("kph", "kilometre per hour", "kilometres per hour"),
    ("kmh", "kilometre per hour", "kilometres per hour"),
    ("mpg", "mile per gallon", "miles per gallon"),
    ("rpm", "revolution per minute", "revolutions per minute"),
    ("bpm", "beat per minute", "beats per minute"),
    ("bpd", "barrel per day", "barrels per day"),
    ("ppm", "part per million", "parts per million"),
    ("ppb", "part per billion", "parts per billion"),
    ("W", "watt", "watts"),
    ("kW", "kilowatt", "kilowatts"),
    ("MW", "megawatt", "megawatts"),
    ("GW", "gigawatt", "gigawatts"),
    ("TW", "terawatt", "terawatts"),
    ("Wh", "watt hour", "watt hours"),
    ("kWh", "kilowatt hour", "kilowatt hours"),
    ("MWh", "megawatt hour", "megawatt hours"),
    ("GWh", "gigawatt hour", "gigawatt hours"),
    ("TWh", "terawatt hour", "terawatt hours"),
    ("V", "volt", "volts"),
    ("kV", "kilovolt", "kilovolts"),
    ("mAh", "milliamp hour", "milliamp hours"),
    ("kJ", "kilojoule", "kilojoules"),
    ("MJ", "megajoule", "megajoules"),
    ("kcal", "kilocalorie", "kilocalories"),
    ("Hz", "hertz", "hertz"),
    ("kHz", "kilohertz", "kilohertz"),
    ("MHz", "megahertz", "megahertz"),
    ("GHz", "gigahertz", "gigahertz"),
    ("KB", "kilobyte", "kilobytes"),
    ("kb", "kilobyte", "kilobytes"),
    ("kB", "kilobyte", "kilobytes"),
    ("MB", "megabyte", "megabytes"),
    ("GB", "gigabyte", "gigabytes"),
    ("TB", "terabyte", "terabytes"),
    ("PB", "petabyte", "petabytes"),
    ("kbps", "kilobit per second", "kilobits per second"),
    ("Mbps", "megabit per second", "megabits per second"),
    ("mbps", "megabit per second", "megabits per second"),
    ("Gbps", "gigabit per second", "gigabits per second"),
    ("Mb", "megabit", "megabits"),
    ("Gb", "gigabit", "gigabits"),
    ("Tb", "terabit", "terabits"),
    ("Mbit", "megabit", "megabits"),
    ("Gbit", "gigabit", "gigabits"),
    ("MP", "megapixel", "megapixels"),
    ("Pa", "pascal", "pascals"),
    ("hPa", "hectopascal", "hectopascals"),
    ("kPa", "kilopascal", "kilopascals"),
    ("dB", "decibel", "decibels"),
    ("kn", "knot", "knots"),
    ("tsp", "teaspoon", "teaspoons"),
    ("tbsp", "tablespoon", "tablespoons"),
    ("bp", "basis point", "basis points"),
    ("hp", "horsepower", "horsepower"),
    ("kN", "kilonewton", "kilonewtons"),
    ("mSv", "millisievert", "millisieverts"),
    ("μSv", "microsievert", "microsieverts"),
    ("µSv", "microsievert", "microsieverts"),
    ("fps", "frame per second", "frames per second"),
    ("ms", "millisecond", "milliseconds"),
    ("sec", "second", "seconds"),
    ("secs", "second", "seconds"),
    ("min", "minute", "minutes"),
    ("mins", "minute", "minutes"),
    ("h", "hour", "hours"),
    ("hr", "hour", "hours"),
    ("hrs", "hour", "hours"),
    ("wk", "week", "weeks"),
    ("wks", "week", "weeks"),
    ("mo", "month", "months"),
    ("mos", "month", "months"),
    ("yr", "year", "years"),
    ("yrs", "year", "years"),
    ("hrs", "hour", "hours"),
    ("pts", "point", "points"),
    ("mth", "month", "months"),
    ("mths", "month", "months"),
    ("mbpd", "million barrel per day", "million barrels per day"),
    ("bcm", "billion cubic metre", "billion cubic metres"),
    ("AU", "astronomical unit", "astronomical units"),
];

/// Units whose short form, apart from its number, is also something else.
const ONLY_JOINED: &[&str] = &["in", "W", "V", "L", "h", "t", "mo", "AU", "MP", "l", "st"];

/// What looks like a unit in capitals, and is not.
const OTHERS: &[&str] =
    &["MS", "HA", "IN", "MI", "MO", "PA", "Mi", "In", "Mo", "Ha", "Min", "Ms", "St", "ST", "BP", "Bp"];

/// One and many of a unit; `apart` where a space stands before it.
pub(super) fn unit(written: &str, apart: bool) -> Option<(&'static str, &'static str)> {
    if apart && ONLY_JOINED.contains(&written) {
        return None;
    }
    let exact = UNITS.iter().find(|row| row.0 == written);
    let shouted = || {
        let lower = written.to_ascii_lowercase();
        let clear = lower.len() > 1 && !OTHERS.contains(&written);
        UNITS.iter().find(|row| clear && row.0 == lower)
    };
    exact.or_else(shouted).map(|row| (row.1, row.2))
}

/// What may follow a slash: "per hour".
pub(super) fn period(written: &str) -> Option<&'static str> {
    let fits = |(short, whole): &&(&str, &str)| *short == written || whole.eq_ignore_ascii_case(written);
    PERIODS.iter().find(fits).map(|(_, whole)| *whole)
}

const PERIODS: &[(&str, &str)] = &[
    ("s", "second"),
    ("h", "hour"),
    ("d", "day"),
    ("wk", "week"),
    ("mo", "month"),
    ("yr", "year"),
    ("y", "year"),
    ("bbl", "barrel"),
    ("pp", "person"),
    ("hd", "head"),
    ("t", "tonne"),
    ("l", "litre"),
    ("unit", "unit"),
    ("share", "share"),
    ("night", "night"),
    ("month", "month"),
];
