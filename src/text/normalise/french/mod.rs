//! French: numbers, dates, times, money and measures, ordinals, abbreviations.

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
        'M' if is_lawyer(scan) => lawyer(scan),
        c if c.is_alphabetic() => first(&LETTERS, scan),
        _ => first(&DIGITS, scan),
    }
}

const LETTERS: [Rule; 6] = [
    |scan| side(scan, &SIDES),
    |scan| address(scan, &MARKS),
    |scan| abbreviation(scan, words::ABBREVIATIONS),
    ordinals::roman,
    amounts::money,
    |scan| times(scan, "sur"),
];

const DIGITS: [Rule; 14] = [
    dates::seasons,
    dates::set_forms,
    dates::time,
    amounts::telephone,
    amounts::amount,
    dates::date,
    amounts::fraction,
    ordinals::ordinal,
    amounts::range,
    amounts::times,
    amounts::number,
    |scan| symbol(scan, &SYMBOLS),
    |scan| tag(scan, "hashtag", "arobase", str::to_owned),
    slash,
];

const SIDES: [(char, &str); 5] = [('N', "nord"), ('S', "sud"), ('E', "est"), ('O', "ouest"), ('W', "ouest")];

const MARKS: Marks =
    Marks { dot: "point", at: "arobase", slash: "barre", hyphen: "tiret", underscore: "tiret bas" };

const SYMBOLS: [(char, &str); 17] = [
    ('±', "plus ou moins"),
    ('~', "environ"),
    ('≈', "environ"),
    ('<', "moins de"),
    ('>', "plus de"),
    ('≤', "au plus"),
    ('≥', "au moins"),
    ('°', "degrés"),
    ('&', "et"),
    ('§', "paragraphe"),
    ('%', "pour cent"),
    ('+', "plus"),
    ('=', "égale"),
    ('×', "fois"),
    ('€', "euros"),
    ('$', "dollars"),
    ('£', "livres"),
];

/// "Me" before a name, but not where it may be the pronoun: at a sentence's start, in a title.
fn is_lawyer(mut scan: Scan<'_>) -> bool {
    let begins = scan.at_start_of_word() && scan.word_before().starts_with(char::is_lowercase);
    begins && scan.eat("Me ") && scan.peek().is_some_and(char::is_uppercase)
}

fn lawyer(mut scan: Scan<'_>) -> Option<Reading> {
    scan.eat("Me").then(|| scan.says("abbreviation", "maître"))?
}

#[cfg(test)]
mod tests {
    use crate::text::normalise::say;

    #[test]
    fn french() {
        let table = [
            ("10 M$, 4 t.a.b. à 3", "dix millions de dollars, quatre tirs au but à trois"),
            ("7-6 (7/4), 1/8e de finale", "sept à six (sept, quatre), un huitième de finale"),
            (
                "l'art. L. 121-1, de 1936-39 en déc.",
                "l'article L. cent vingt et un un, de mille neuf cent trente-six à trente-neuf en décembre.",
            ),
            ("48° 51′ N", "quarante-huit degrés cinquante et une minutes nord"),
            ("10x plus, 4x100 m", "dix fois plus, quatre fois cent mètres"),
            (
                "la loi n° 2019-1461, entre 2010-2015",
                "la loi numéro deux mille dix-neuf mille quatre cent soixante et un, entre deux mille dix et deux mille quinze",
            ),
            ("En 2019 l'Europe, les 12 s'en vont", "En deux mille dix-neuf l'Europe, les douze s'en vont"),
            ("Selon Dupont et al. 12", "Selon Dupont et al douze"),
            ("avec Max. 12 ans après", "avec Max. douze ans après"),
            ("un iPhone 5s, 3 % p.a.", "un iPhone 5s, trois pour cent par an."),
            ("12 av. Foch, 7 €/pers.", "douze avenue Foch, sept euros par personne"),
            (
                "Le 14 juillet 1789, 954 Parisiens",
                "Le quatorze juillet mille sept cent quatre-vingt-neuf, neuf cent cinquante-quatre Parisiens",
            ),
            ("du 1er au 3 mars", "du premier au trois mars"),
            ("les 4/5/6 avril", "les quatre cinq six avril"),
            ("le 05/11/2023", "le cinq novembre deux mille vingt-trois"),
            ("le 3/4", "le trois avril"),
            ("à 20h30", "à vingt heures trente"),
            ("ouvert 8h-16h", "ouvert huit heures à seize heures"),
            ("les 3-7 juin", "les trois à sept juin"),
            ("2,50 euros", "deux euros cinquante"),
            ("5 €/kg, 800 €/mois", "cinq euros par kilogramme, huit cents euros par mois"),
            ("en janv. 2024", "en janvier deux mille vingt-quatre"),
            ("et/ou, LR/UDI", "et ou, LR, UDI"),
            (
                "tél. 01 23 45 67 89",
                "téléphone zéro un, vingt-trois, quarante-cinq, soixante-sept, quatre-vingt-neuf",
            ),
            ("#TousUnis, @LeMinistre", "hashtag Tous Unis, arobase Le Ministre"),
            ("500 k€, la loi 78-17", "cinq cent mille euros, la loi soixante-dix-huit dix-sept"),
            ("5 m. Il pleut", "cinq mètres. Il pleut"),
            ("à 1 h du matin", "à une heure du matin"),
            ("ouvert 24h/24 et 7j/7", "ouvert vingt-quatre heures sur vingt-quatre et sept jours sur sept"),
            ("21 personnes et 21 chats", "vingt et une personnes et vingt et un chats"),
            ("3,75 %", "trois virgule soixante-quinze pour cent"),
            ("0,05 mm", "zéro virgule zéro cinq millimètre"),
            ("1,5 million d'euros", "un virgule cinq million d'euros"),
            ("3 M€", "trois millions d'euros"),
            ("5,50 €", "cinq euros cinquante"),
            ("$2,5 milliards", "deux virgule cinq milliards de dollars"),
            ("12 500 km²", "douze mille cinq cents kilomètres carrés"),
            ("10-12 %", "dix à douze pour cent"),
            ("2017-2021", "deux mille dix-sept à deux mille vingt et un"),
            ("Ils gagnent 3-0 chez eux", "Ils gagnent trois à zéro chez eux"),
            (
                "l'art. 49 al. 3, max. 80 km/h",
                "l'article quarante-neuf alinéa trois, maximum quatre-vingts kilomètres à l'heure",
            ),
            ("l'article 49-3", "l'article quarante-neuf trois"),
            ("3/4 des voix", "trois quarts des voix"),
            ("2½ tours", "deux et demi tours"),
            (
                "la 2e fois, le 1er, la 1re, la 21ème",
                "la deuxième fois, le premier, la première, la vingt et unième",
            ),
            ("le 6° arrondissement, il fait 6°", "le sixième arrondissement, il fait six degrés"),
            ("à 30° à l'ombre", "à trente degrés à l'ombre"),
            ("au XIXe siècle", "au dix-neuvième siècle"),
            ("la Ve République", "la cinquième République"),
            ("Louis XIV et François Ier", "Louis quatorze et François premier"),
            ("M. Dupont et Mme Durand", "monsieur Dupont et madame Durand"),
            ("défendu par Me Morel. Me voici", "défendu par maître Morel. Me voici"),
            ("en 52 av. J.-C.", "en cinquante-deux avant Jésus-Christ."),
            ("le n° 5, p. 12, etc.", "le numéro cinq, page douze, et cetera."),
            ("Ce qui reste dit de Die vit ici.", "Ce qui reste dit de Die vit ici."),
            ("TF1, l'A320 et le G7", "TF1, l'A320 et le G7"),
            ("écrire à redaction@example.fr", "écrire à redaction arobase example point fr"),
            ("la saison 2018/2019", "la saison deux mille dix-huit deux mille dix-neuf"),
        ];
        for (written, spoken) in table {
            assert_eq!(say(written, "fr"), spoken, "{written}");
            assert_eq!(say(spoken, "fr"), spoken, "said twice");
        }
    }
}
