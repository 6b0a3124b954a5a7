//! Spanish: numbers, dates, times, money and measures, ordinals, abbreviations.

mod agreement;
mod amounts;
mod dates;
mod numbers;
mod ordinals;
mod words;

use super::abbreviation::abbreviation;
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

const LETTERS: [Rule; 7] = [
    |scan| side(scan, &SIDES),
    |scan| address(scan, &MARKS),
    |scan| abbreviation(scan, words::ABBREVIATIONS),
    ordinals::roman,
    dates::month_first,
    amounts::money,
    |scan| times(scan, "por"),
];

const DIGITS: [Rule; 14] = [
    dates::seasons,
    dates::date,
    amounts::telephone,
    dates::time,
    dates::hour,
    amounts::amount,
    amounts::fraction,
    ordinals::ordinal,
    amounts::range,
    amounts::times,
    amounts::number,
    |scan| symbol(scan, &SYMBOLS),
    |scan| tag(scan, "hashtag", "arroba", str::to_owned),
    slash,
];

const SIDES: [(char, &str); 5] =
    [('N', "norte"), ('S', "sur"), ('E', "este"), ('O', "oeste"), ('W', "oeste")];

const MARKS: Marks =
    Marks { dot: "punto", at: "arroba", slash: "barra", hyphen: "guion", underscore: "guion bajo" };

const SYMBOLS: [(char, &str); 17] = [
    ('±', "más menos"),
    ('~', "unos"),
    ('≈', "unos"),
    ('<', "menos de"),
    ('>', "más de"),
    ('≤', "como máximo"),
    ('≥', "al menos"),
    ('°', "grados"),
    ('&', "y"),
    ('§', "párrafo"),
    ('%', "por ciento"),
    ('+', "más"),
    ('=', "igual a"),
    ('×', "por"),
    ('€', "euros"),
    ('$', "dólares"),
    ('£', "libras"),
];

#[cfg(test)]
mod tests {
    use crate::text::normalise::say;

    #[test]
    fn spanish() {
        let table = [
            (
                "10 M$ el 26 de dic. y -5º en 1936-39",
                "diez millones de dólares el veintiséis de diciembre y menos cinco grados en mil novecientos treinta y seis a treinta y nueve",
            ),
            ("40° 25′ N, c/ Mayor", "cuarenta grados veinticinco minutos norte, calle Mayor"),
            ("10x más, 4x100 m", "diez veces más, cuatro por cien metros"),
            (
                "entre 2010-2015, llame al 91 123 45 67",
                "entre dos mil diez y dos mil quince, llame al nueve uno, uno dos tres, cuatro cinco, seis siete",
            ),
            ("un iPhone 5s, máx. 12", "un iPhone 5s, máximo doce"),
            (
                "El 12 de octubre de 1492 llegaron.",
                "El doce de octubre de mil cuatrocientos noventa y dos llegaron.",
            ),
            ("el 1 de mayo", "el primero de mayo"),
            ("el 05/11/2023", "el cinco de noviembre de dos mil veintitrés"),
            ("En mayo 12 personas", "En mayo doce personas"),
            ("agosto 15, 2010", "quince de agosto de dos mil diez"),
            ("a las 20.30 del lunes", "a las veinte y treinta del lunes"),
            ("a las 9:15", "a las nueve y cuarto"),
            ("de 8:00 a 16:00 horas", "de ocho a dieciséis horas"),
            ("1.ª", "primera"),
            ("a la 1, de 9:00-14:00", "a la una, de nueve a catorce"),
            ("$1,500.50 en el s. XXI", "mil quinientos dólares cincuenta centavos en el siglo veintiuno"),
            ("3.ᵉʳ", "tercer"),
            ("la 20.ª edición", "la vigésima edición"),
            ("el cap. IV y el Cap. Ruiz", "el capítulo cuatro y el capitán Ruiz"),
            ("2,50 euros, 5 €/kg", "dos euros cincuenta céntimos, cinco euros por kilogramo"),
            ("3 ene. 2024", "tres enero dos mil veinticuatro"),
            ("y/o, PP/Vox", "y o, PP, Vox"),
            ("tel. 91 123 45 67", "teléfono nueve uno, uno dos tres, cuatro cinco, seis siete"),
            ("#YoVoto, @ElPueblo", "hashtag Yo Voto, arroba El Pueblo"),
            ("a las 3 p. m.", "a las tres de la tarde"),
            ("creció 3.25 puntos", "creció tres punto veinticinco puntos"),
            ("21 años, 21 semanas y 201 millas", "veintiún años, veintiuna semanas y doscientas una millas"),
            ("1 de cada 3", "uno de cada tres"),
            ("3,75 %", "tres coma setenta y cinco por ciento"),
            ("1,05 kg", "uno coma cero cinco kilogramos"),
            ("5,50 €", "cinco euros cincuenta céntimos"),
            ("0,01 €", "un céntimo"),
            ("$2,5 millones", "dos coma cinco millones de dólares"),
            ("CHF 2 millones", "dos millones de francos suizos"),
            ("21 millones de personas", "veintiún millones de personas"),
            ("un 10-12 %", "un diez a doce por ciento"),
            ("2017-2021", "dos mil diecisiete a dos mil veintiuno"),
            ("ganó 3-0 ayer", "ganó tres a cero ayer"),
            ("3/4 partes y 2 1/2 km", "tres cuartos partes y dos y medio kilómetro"),
            ("el 1.er piso, la 2.ª vez, el 3º", "el primer piso, la segunda vez, el tercero"),
            (
                "el 28° congreso, a 28° en la playa",
                "el vigesimoctavo congreso, a veintiocho grados en la playa",
            ),
            ("los siglos XIX y XX", "los siglos diecinueve y veinte"),
            ("Felipe VI y Alfonso XIII", "Felipe sexto y Alfonso trece"),
            ("Isabel II", "Isabel segunda"),
            ("la XXIV Cumbre y el XXI Congreso", "la vigesimocuarta Cumbre y el vigesimoprimer Congreso"),
            ("EE. UU. y la UE", "Estados Unidos y la UE"),
            ("la COP30, S. M. el Rey y el s. XX", "la COP30, Su Majestad el Rey y el siglo veinte"),
            ("Fue en el s. V. Luego cayó.", "Fue en el siglo cinco. Luego cayó."),
            ("COP50.000", "cincuenta mil pesos colombianos"),
            ("máx. 80 km/h", "máximo ochenta kilómetros por hora"),
            ("el Sr. Ruiz y la Dra. Gil", "el señor Ruiz y la doctora Gil"),
            ("44 a. C.", "cuarenta y cuatro antes de Cristo."),
            ("Xi vio a Vi en la vi.", "Xi vio a Vi en la vi."),
            ("el A320, el G7 y la Covid", "el A320, el G7 y la Covid"),
            ("en example.com/mapa.", "en example punto com barra mapa."),
            ("Vino.es tarde", "Vino.es tarde"),
            ("21 mujeres y 21 veces", "veintiuna mujeres y veintiuna veces"),
            ("la temporada 2018/19", "la temporada dos mil dieciocho diecinueve"),
            ("XV Legislatura", "decimoquinta Legislatura"),
        ];
        for (written, spoken) in table {
            assert_eq!(say(written, "es"), spoken, "{written}");
            assert_eq!(say(spoken, "es"), spoken, "said twice");
        }
    }
}
