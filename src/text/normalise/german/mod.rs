//! German: numbers, dates, times, money and measures, ordinals, abbreviations.

mod amounts;
mod dates;
mod endings;
mod numbers;
mod ordinals;
mod words;

use super::abbreviation::{abbreviation, is_last};
use super::address::{Marks, address};
use super::scan::Scan;
use super::symbol::{side, slash, symbol, times};
use super::tag::tag;
use super::{Reading, Rule, first};

/// What is said for what stands here, if it is not said as it is written.
pub(super) fn reading(scan: Scan<'_>) -> Option<Reading> {
    match scan.peek()? {
        c if c.is_alphabetic() => first(&LETTERS, scan),
        _ => first(&DIGITS, scan),
    }
}

const LETTERS: [Rule; 8] = [
    |scan| side(scan, &SIDES),
    dates::weekdays,
    |scan| address(scan, &MARKS),
    street,
    |scan| abbreviation(scan, words::ABBREVIATIONS),
    ordinals::roman,
    amounts::money,
    |scan| times(scan, "mal"),
];

const DIGITS: [Rule; 15] = [
    dates::date,
    amounts::telephone,
    dates::time,
    amounts::fraction,
    amounts::amount,
    ordinals::ordinal,
    dates::decade,
    dates::score,
    dates::span,
    amounts::range,
    amounts::times,
    amounts::number,
    |scan| symbol(scan, &SYMBOLS),
    |scan| tag(scan, "Hashtag", "at", str::to_owned),
    slash,
];

/// "Hauptstr. 5".
fn street(mut scan: Scan<'_>) -> Option<Reading> {
    scan.at_start_of_word().then_some(())?;
    let name = scan.letters().strip_suffix("str").filter(|name| name.len() > 2)?;
    scan.eat(".").then_some(())?;
    let stop = if is_last(scan) { "." } else { "" };
    scan.says("abbreviation", format!("{name}straße{stop}"))
}

const SIDES: [(char, &str); 5] = [('N', "Nord"), ('S', "Süd"), ('O', "Ost"), ('E', "Ost"), ('W', "West")];

const MARKS: Marks =
    Marks {
        dot: "Punkt", at: "at", slash: "Schrägstrich", hyphen: "Bindestrich", underscore: "Unterstrich"
    };

const SYMBOLS: [(char, &str); 18] = [
    ('±', "plus minus"),
    ('~', "etwa"),
    ('≈', "etwa"),
    ('<', "weniger als"),
    ('>', "mehr als"),
    ('≤', "höchstens"),
    ('≥', "mindestens"),
    ('&', "und"),
    ('§', "Paragraf"),
    ('%', "Prozent"),
    ('+', "plus"),
    ('=', "gleich"),
    ('×', "mal"),
    ('€', "Euro"),
    ('$', "Dollar"),
    ('£', "Pfund"),
    ('°', "Grad"),
    ('→', "zu"),
];

#[cfg(test)]
mod tests {
    use crate::text::normalise::say;

    #[test]
    fn german() {
        let table = [
            ("am 3. 1. 2026 in Bonn", "am dritten Januar zwei tausend sechs und zwanzig in Bonn"),
            (
                "Mo–Fr von 1936–39 im XVI. Jh. dort",
                "Montag bis Freitag von neunzehn hundert sechs und dreißig bis neun und dreißig im sechzehnten Jahrhundert dort",
            ),
            (
                "5:4 i. E. und Art. 5 i. V. m. § 8",
                "fünf zu vier im Elfmeterschießen und Artikel fünf in Verbindung mit Paragraf acht",
            ),
            ("48° 51′ N", "acht und vierzig Grad ein und fünfzig Minuten Nord"),
            ("10x schneller, 4x100 m", "zehn mal schneller, vier mal ein hundert Meter"),
            ("von 22–5 Uhr in der Hauptstr. 5", "von zwei und zwanzig bis fünf Uhr in der Hauptstraße fünf"),
            (
                "zwischen 2010–2015 und zwischen 10-12 Tagen",
                "zwischen zwei tausend zehn und zwei tausend fünfzehn und zwischen zehn und zwölf Tagen",
            ),
            (
                "Zinsen von 3 % p. a. in Frankfurt a. M. dort",
                "Zinsen von drei Prozent pro Jahr in Frankfurt am Main dort",
            ),
            ("ein iPhone 5s für 5 DM", "ein iPhone 5s für fünf D-Mark"),
            ("Sie traf Max. 12 Jahre später", "Sie traf Max. zwölf Jahre später"),
            (
                "Am 14. Januar 1997 fiel Schnee.",
                "Am vierzehnten Januar neunzehn hundert sieben und neunzig fiel Schnee.",
            ),
            ("Der 3. Oktober ist frei.", "Der dritte Oktober ist frei."),
            ("in der 2. Liga", "in der zweiten Liga"),
            ("Die 2. Liga beginnt.", "Die zweite Liga beginnt."),
            ("vom 1. bis zum 3. Mai", "vom ersten bis zum dritten Mai"),
            ("bis 05.11.2023", "bis fünften November zwei tausend drei und zwanzig"),
            (
                "Im Jahr 1848 lebten dort 1848 Menschen.",
                "Im Jahr achtzehn hundert acht und vierzig lebten dort ein tausend acht hundert acht und vierzig Menschen.",
            ),
            ("um 20.15 Uhr", "um zwanzig Uhr fünfzehn"),
            ("um 1 Uhr", "um ein Uhr"),
            ("8.00–16.30 Uhr", "acht Uhr bis sechzehn Uhr dreißig"),
            ("nach 1:30 Stunden", "nach eine Stunde dreißig Minuten"),
            ("Es kostet 2,50 Euro.", "Es kostet zwei Euro fünfzig Cent."),
            ("5 €/m² und 80 µg/m³", "fünf Euro pro Quadratmeter und achtzig Mikrogramm pro Kubikmeter"),
            ("vom 3.–5. Juni", "vom dritten bis fünften Juni"),
            ("Er wurde am 3.", "Er wurde am dritten"),
            ("Er zählt bis 5.", "Er zählt bis fünf."),
            ("seit 1900.", "seit neunzehn hundert."),
            ("die 68er", "die acht und sechziger"),
            (
                "im Jan. 2024, Abb. 3, §§ 3–5",
                "im Januar zwei tausend vier und zwanzig, Abbildung drei, Paragraf drei bis fünf",
            ),
            ("CDU/CSU und/oder SPD", "CDU, CSU und oder SPD"),
            ("#KlimaStreik von @BundesAmt", "Hashtag Klima Streik von at Bundes Amt"),
            ("zwei B-29s", "zwei B-29s"),
            ("Art. 5 Abs. 1 Satz 2", "Artikel fünf Absatz eins Satz zwei"),
            ("das 49-€-Ticket", "das neun und vierzig Euro-Ticket"),
            ("eine 2/3-Mehrheit, 1:100.000", "eine zwei drittel-Mehrheit, eins zu ein hundert tausend"),
            ("~50, >100, x > y", "etwa fünfzig, mehr als ein hundert, x > y"),
            ("Termine: 5.5., 19 Uhr", "Termine: fünfter Mai, neunzehn Uhr"),
            ("um 8:05", "um acht Uhr fünf"),
            ("Es steht 2:1.", "Es steht zwei zu eins."),
            ("3,75 Prozent", "drei Komma sieben fünf Prozent"),
            ("rund 1,2 Mio. Euro", "rund eins Komma zwei Millionen Euro"),
            ("1 Mrd. €", "eine Milliarde Euro"),
            ("das 100-Mrd.-€-Paket", "das ein hundert Milliarden Euro-Paket"),
            ("Das kostet 5,50 €.", "Das kostet fünf Euro fünfzig Cent."),
            ("für €0,20", "für zwanzig Cent"),
            ("CHF 2 Mio.", "zwei Millionen Franken"),
            ("bei -8 °C", "bei minus acht Grad Celsius"),
            ("10–12 km/h", "zehn bis zwölf Kilometer pro Stunde"),
            ("5% mehr", "fünf Prozent mehr"),
            ("1 t Weizen", "eine Tonne Weizen"),
            ("3/4 der Fläche", "drei viertel der Fläche"),
            ("1½ Tage", "ein ein halb Tage"),
            ("in den 1980er-Jahren", "in den neunzehn hundert achtziger-Jahren"),
            ("2017/18", "zwei tausend siebzehn achtzehn"),
            ("1914–1918", "neunzehn hundert vierzehn bis neunzehn hundert achtzehn"),
            ("eine 80-jährige Frau", "eine achtzig-jährige Frau"),
            ("Papst Johannes XXIII. starb.", "Papst Johannes der drei und zwanzigste starb."),
            ("unter Friedrich II. wuchs", "unter Friedrich dem zweiten wuchs"),
            ("Königin Elizabeth II. sprach", "Königin Elizabeth die zweite sprach"),
            ("Teil II", "Teil zwei"),
            ("z. B. Brot, Käse usw.", "zum Beispiel Brot, Käse und so weiter."),
            ("Dr. Weber, S. 12", "Doktor Weber, Seite zwölf"),
            ("101 Tage und 1 Nacht", "ein hundert ein Tage und eine Nacht"),
            ("Der A320 und die F-16 und B2B", "Der A320 und die F-sechzehn und B2B"),
            ("Ein Satz ohne alles.", "Ein Satz ohne alles."),
            ("mehr auf www.example.org/karte", "mehr auf www Punkt example Punkt org Schrägstrich karte"),
            ("Rufen Sie 3234-5678 an", "Rufen Sie drei zwei drei vier, fünf sechs sieben acht an"),
            ("kam als 3. ins Ziel", "kam als dritter ins Ziel"),
            ("gilt bis 3. Mai, Bis 30.6. nicht", "gilt bis dritten Mai, Bis dreißigsten Juni nicht"),
            ("58 €/Monat in 11,2 s", "acht und fünfzig Euro pro Monat in elf Komma zwei Sekunden"),
            ("Tel. 030/4567890", "Telefon null drei null, vier fünf sechs sieben acht neun null"),
        ];
        for (written, spoken) in table {
            assert_eq!(say(written, "de"), spoken, "{written}");
            assert_eq!(say(spoken, "de"), spoken, "said twice");
        }
    }
}
