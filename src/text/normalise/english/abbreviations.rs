//! Abbreviations, by what stands beside them: "Dr Smith", "Wall St.", "No. 10", "pp. 3–5".

use super::super::Reading;
use super::super::scan::Scan;
use super::context::{self, among, at_end, capital, with_stop};

/// When an abbreviation is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// With its stop.
    Stop,
    /// With or without, before a name.
    Name,
    /// With its stop, before a name.
    StopName,
    /// With or without, before a number.
    Number,
    /// With its stop, before a number.
    StopNumber,
    /// With its stop, after a name.
    AfterName,
    /// With or without, after a name.
    BehindName,
    /// With its stop before a number, without it before one that counts nothing.
    Numero,
    /// Between two names or numbers.
    Between,
    /// Always: it is nothing else.
    Always,
}

use When::{AfterName, Always, BehindName, Between, Name, Number, Numero, Stop, StopName, StopNumber};

/// As written without the last stop, when, and as said.
const TABLE: &[(&str, When, &str)] = &[
    ("Dr", Name, "Doctor"),
    ("Drs", Name, "Doctors"),
    ("Prof", Name, "Professor"),
    ("Mr", StopName, "Mr"),
    ("Mrs", StopName, "Mrs"),
    ("Ms", StopName, "Ms"),
    ("Messrs", Always, "Messieurs"),
    ("Gen", Name, "General"),
    ("Lt", Name, "Lieutenant"),
    ("Col", Name, "Colonel"),
    ("Maj", Name, "Major"),
    ("Capt", Name, "Captain"),
    ("Cpt", Name, "Captain"),
    ("Cmdr", Name, "Commander"),
    ("Cdr", Name, "Commander"),
    ("Sqn", Name, "Squadron"),
    ("Ldr", Name, "Leader"),
    ("Rt", Name, "Right"),
    ("Brig", StopName, "Brigadier"),
    ("Adm", StopName, "Admiral"),
    ("Sgt", Name, "Sergeant"),
    ("Cpl", Name, "Corporal"),
    ("Pvt", Name, "Private"),
    ("Supt", Name, "Superintendent"),
    ("Insp", StopName, "Inspector"),
    ("Sen", StopName, "Senator"),
    ("Rep", StopName, "Representative"),
    ("Reps", StopName, "Representatives"),
    ("Sens", StopName, "Senators"),
    ("Sec", StopName, "Secretary"),
    ("Gov", StopName, "Governor"),
    ("Pres", StopName, "President"),
    ("Amb", StopName, "Ambassador"),
    ("Hon", Name, "Honourable"),
    ("Hon", Stop, "Honourable"),
    ("Rev", Name, "Reverend"),
    ("Revd", Name, "Reverend"),
    ("Fr", StopName, "Father"),
    ("Msgr", Name, "Monsignor"),
    ("Cllr", Name, "Councillor"),
    ("Mt", Name, "Mount"),
    ("Ft", StopName, "Fort"),
    ("Jr", BehindName, "Junior"),
    ("Sr", AfterName, "Senior"),
    ("Esq", AfterName, "Esquire"),
    ("Co", AfterName, "Company"),
    ("Corp", AfterName, "Corporation"),
    ("Inc", AfterName, "Incorporated"),
    ("Ltd", Always, "Limited"),
    ("Bros", Always, "Brothers"),
    ("Ave", AfterName, "Avenue"),
    ("Blvd", Always, "Boulevard"),
    ("Rd", AfterName, "Road"),
    ("Ln", AfterName, "Lane"),
    ("Jct", Number, "Junction"),
    ("jct", Number, "junction"),
    ("Dept", Stop, "Department"),
    ("dept", Stop, "department"),
    ("Univ", Stop, "University"),
    ("Assn", Stop, "Association"),
    ("govt", Always, "government"),
    ("Govt", Always, "Government"),
    ("No", Numero, "Number"),
    ("no", StopNumber, "number"),
    ("Nos", Number, "Numbers"),
    ("nos", Number, "numbers"),
    ("Nr", Number, "Number"),
    ("p", StopNumber, "page"),
    ("pp", Number, "pages"),
    ("Pg", Number, "Page"),
    ("pg", Number, "page"),
    ("para", Number, "paragraph"),
    ("paras", Number, "paragraphs"),
    ("vol", Number, "volume"),
    ("Vol", Number, "Volume"),
    ("ch", StopNumber, "chapter"),
    ("Ch", StopNumber, "Chapter"),
    ("fig", StopNumber, "figure"),
    ("Fig", StopNumber, "Figure"),
    ("sec", StopNumber, "section"),
    ("Sec", StopNumber, "Section"),
    ("art", StopNumber, "article"),
    ("Art", StopNumber, "Article"),
    ("Arts", StopNumber, "Articles"),
    ("Reg", StopNumber, "Regulation"),
    ("Dir", StopNumber, "Directive"),
    ("Res", StopNumber, "Resolution"),
    ("ver", StopNumber, "version"),
    ("s", StopNumber, "section"),
    ("ss", StopNumber, "sections"),
    ("c", StopNumber, "circa"),
    ("ca", StopNumber, "circa"),
    ("est", StopNumber, "established"),
    ("b", StopNumber, "born"),
    ("d", StopNumber, "died"),
    ("ext", StopNumber, "extension"),
    ("tel", Stop, "telephone"),
    ("Tel", Stop, "Telephone"),
    ("approx", Stop, "approximately"),
    ("Approx", Stop, "Approximately"),
    ("vs", Always, "versus"),
    ("v", Between, "versus"),
    ("etc", Always, "et cetera"),
    ("e.g", Always, "for example"),
    ("E.g", Always, "For example"),
    ("eg", StopNumber, "for example"),
    ("i.e", Always, "that is"),
    ("I.e", Always, "That is"),
    ("et al", Stop, "et al"),
    ("viz", Stop, "namely"),
    ("cf", Stop, "compare"),
    ("incl", Stop, "including"),
    ("excl", Stop, "excluding"),
    ("resp", Stop, "respectively"),
    ("max", Stop, "maximum"),
    ("min", Stop, "minimum"),
    ("avg", Stop, "average"),
    ("misc", Stop, "miscellaneous"),
    ("Ph.D", Always, "PhD"),
    ("PhD", Always, "PhD"),
    ("Ph.Ds", Always, "PhD's"),
    ("M.Sc", Always, "MSc"),
    ("B.Sc", Always, "BSc"),
    ("YoY", Always, "year on year"),
    ("yoy", Always, "year on year"),
    ("QoQ", Always, "quarter on quarter"),
    ("qoq", Always, "quarter on quarter"),
    ("FY", Number, "financial year"),
    ("p.a", Always, "per annum"),
    ("p.w", Always, "per week"),
    ("pcm", Always, "per calendar month"),
    ("a.k.a", Always, "also known as"),
    ("agg", Stop, "aggregate"),
    ("agg", Number, "aggregate"),
    ("sq", Stop, "square"),
    ("WWI", Always, "World War One"),
    ("WWII", Always, "World War Two"),
];

/// Abbreviations of the table.
pub(super) fn table(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    // The second half of a name ("Kyung-min") is none.
    let joined = start.before() == Some('-') && scan.peek().is_some_and(char::is_lowercase);
    let written = abbreviation(&mut scan);
    let generation = written == "Gen" && is_generation(start, scan);
    (!joined && !generation).then_some(())?;
    let rows = TABLE.iter().filter(|row| row.0 == written);
    let mut end = scan;
    let stop = end.eat(".") && !end.peek().is_some_and(char::is_alphabetic);
    let end = if stop { end } else { scan };
    let row = rows.into_iter().find(|row| holds(row.1, start, end, stop))?;
    let keeps = row.2 == written && !stop;
    (!keeps && !end.peek().is_some_and(char::is_alphabetic))
        .then(|| end.says("abbreviation", with_stop(end, row.2.into())))?
}

/// "Gen Z", "Next-Gen", "12th Gen": no general.
fn is_generation(start: Scan<'_>, end: Scan<'_>) -> bool {
    const WHICH: &str = "current first last latest new next old previous second third";
    let before = start.back().trim_end_matches(['-', ' ']);
    let before = before.rsplit([' ', '-']).next().unwrap_or_default();
    let counted = before.starts_with(|c: char| c.is_ascii_digit());
    let stop = end.peek() == Some('.');
    let mut letter = end;
    letter.eat(".");
    among(context::after(letter), "X Y Z Alpha AI")
        || !stop && (counted || context::among_any_case(before, WHICH))
}

/// Letters with stops between them, and the one phrase among abbreviations.
fn abbreviation<'a>(scan: &mut Scan<'a>) -> &'a str {
    let start = *scan;
    if scan.eat("et al") {
        return scan.since(start);
    }
    scan.letters();
    while scan.peek() == Some('.') && scan.peek_second().is_some_and(char::is_alphabetic) {
        scan.skip();
        scan.letters();
    }
    scan.since(start)
}

fn holds(when: When, start: Scan<'_>, end: Scan<'_>, stop: bool) -> bool {
    let digit = || {
        let mut s = end;
        s.space();
        s.peek().is_some_and(|c| c.is_ascii_digit() || "€$£".contains(c))
    };
    let before = context::right_before(start);
    match when {
        Always => true,
        Stop => stop,
        Name => capital(context::after(end)),
        StopName => stop && capital(context::after(end)),
        Number => digit(),
        StopNumber => stop && digit(),
        Numero => digit() && (stop || !counts(end)),
        Between if start.before() != Some(' ') => false,
        Between => capital(before) && capital(context::after(end)) || follows_number(start) && digit(),
        BehindName => capital(before) && start.before() == Some(' '),
        AfterName => {
            stop && (capital(before)
                || before.starts_with(|c: char| c.is_ascii_digit())
                || start.before() == Some(' ') && start.word_before().ends_with(','))
        }
    }
}

/// "51.9% v", "3 v".
fn follows_number(start: Scan<'_>) -> bool {
    start.word_before().ends_with(|c: char| c.is_ascii_digit() || c == '%')
}

/// Whether the number after a space counts things: "No 12 people are the same".
fn counts(mut scan: Scan<'_>) -> bool {
    scan.space();
    scan.digits();
    context::counted(scan)
}

/// "St": a saint before a name, a street after one.
pub(super) fn saints_and_streets(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let drive = scan.eat("Dr");
    if !drive && !scan.eat("St") || !scan.at_end_of_word() || !start.at_start_of_word() {
        return None;
    }
    let stop = scan.eat(".");
    let named = capital(context::right_before(start)) && !among(context::right_before(start), NOT_STREETS);
    let next = context::after(scan);
    let street = named && (!capital(next) || among(next, STREET_SIDES));
    match (street, drive) {
        (true, _) if drive && !stop && !at_end(scan) => None,
        (true, true) => scan.says("abbreviation", with_stop(scan, "Drive".into())),
        (true, false) => scan.says("abbreviation", with_stop(scan, "Street".into())),
        (false, false) if capital(next) => scan.says("abbreviation", "Saint"),
        _ => None,
    }
}

const NOT_STREETS: &str = "The In At From Of And But To For Near";
const STREET_SIDES: &str = "North South East West NW NE SW SE Station";

/// "Anna Brook (Lab.)", "Tom Hill (Con, Leeds)": a politician's party.
pub(super) fn parties(mut scan: Scan<'_>) -> Option<Reading> {
    let name = scan.back().strip_suffix(" (").and_then(|before| before.rsplit(' ').next())?;
    capital(name).then_some(())?;
    let written = scan.eat_longest(&["Lab", "Con", "Lib Dem", "LD", "Rep.", "Dem."])?;
    scan.eat(".");
    let said = match written {
        "Lab" => "Labour",
        "Con" => "Conservative",
        "Rep." => "Republican",
        "Dem." => "Democrat",
        _ => "Liberal Democrat",
    };
    matches!(scan.peek(), Some(')' | ',')).then(|| scan.says("party", said))?
}

/// "N. Korea", "15km NW of the town": sides of the world.
pub(super) fn sides(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let written = scan.letters();
    let said = SIDES.iter().find(|row| row.0 == written).map(|row| row.1)?;
    let measured = || written.len() > 1 || is_length(start.words_before(2));
    if scan.rest().starts_with(" of ") && measured() {
        return scan.says("side", said);
    }
    let lands = LANDS.iter().find(|row| row.0 == written).map(|row| row.1)?;
    let (first, rest) = said.split_at(1);
    (scan.eat(".") && among(context::after(scan), lands))
        .then(|| scan.says("side", format!("{}{rest}", first.to_uppercase())))?
}

/// "15km", "15 miles": what a side of the world is reckoned by.
fn is_length(before: &str) -> bool {
    let units = before.trim_start_matches(|c: char| c.is_ascii_digit() || ".,".contains(c)).trim_start();
    units.len() < before.len() && among(units, "km m mi miles metres kilometres yards")
}

const SIDES: &[(&str, &str)] = &[
    ("N", "north"),
    ("S", "south"),
    ("E", "east"),
    ("W", "west"),
    ("NE", "north-east"),
    ("NW", "north-west"),
    ("SE", "south-east"),
    ("SW", "south-west"),
];

/// Lands with a short side before their name.
const LANDS: &[(&str, &str)] = &[
    ("N", "Carolina Dakota Korea Macedonia Yorkshire"),
    ("S", "Africa Carolina Dakota Korea Ossetia Sudan Wales Yorkshire"),
    ("E", "Anglia Germany Jerusalem Sussex Timor"),
    ("W", "Bank Germany Midlands Papua Sussex Virginia Yorkshire"),
];

/// "Stroudsburg, PA": a state after its town.
pub(super) fn states(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let town = start.word_before();
    let named = town.strip_suffix(',').is_some_and(|t| capital(t) && t.chars().any(char::is_lowercase));
    if !named || town.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let written = scan.letters();
    let state = STATES.iter().find(|row| row.0 == written).map(|row| row.1)?;
    let next = context::after(scan);
    // "Anna Brook, MS, RDN": what she has studied.
    let mut title = scan;
    let title = if title.eat(", ") { title.letters() } else { "" };
    if among(title, DEGREES) {
        return None;
    }
    (scan.at_end_of_word() && scan.peek() != Some('-') && !next.chars().all(char::is_uppercase)
        || next.is_empty())
    .then(|| scan.says("state", state))?
}

/// What may follow another degree behind a name.
const DEGREES: &str = "BSN CFP CPA DDS DVM FNP JD LCSW LD LPC MBA MD MPH MSN NP PhD RD RDN RN";

/// Postal codes of the United States but for those that are words, or degrees and titles after a name.
pub(super) const STATES: &[(&str, &str)] = &[
    ("AL", "Alabama"),
    ("AK", "Alaska"),
    ("AZ", "Arizona"),
    ("AR", "Arkansas"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("IA", "Iowa"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MO", "Missouri"),
    ("MS", "Mississippi"),
    ("MT", "Montana"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("NE", "Nebraska"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NV", "Nevada"),
    ("NY", "New York"),
    ("OH", "Ohio"),
    ("PA", "Pennsylvania"),
    ("RI", "Rhode Island"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VA", "Virginia"),
    ("VT", "Vermont"),
    ("WA", "Washington"),
    ("WI", "Wisconsin"),
    ("WV", "West Virginia"),
    ("WY", "Wyoming"),
];
