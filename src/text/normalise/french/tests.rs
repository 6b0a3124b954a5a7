//! What is said for what is written.

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
    check(&table);
}

#[test]
fn news() {
    let table = [
        (
            "57.09% et 2.9 points sous Android 6.0 ou iOS 17.2",
            "cinquante-sept virgule zéro neuf pour cent et deux virgule neuf points sous Android six point zéro ou iOS dix-sept point deux",
        ),
        (
            "une note de 15/20, 23/43 membres, 9/10",
            "une note de quinze sur vingt, vingt-trois sur quarante-trois membres, neuf sur dix",
        ),
        ("3/4, 1/10 et 2/3", "trois quarts, un dixième et deux tiers"),
        (
            "$23k, 7 k€, 25K abonnés, la 4K",
            "vingt-trois mille dollars, sept mille euros, vingt-cinq mille abonnés, la 4K",
        ),
        (
            "en 2:35:07, à 20:30, en 2:00:07",
            "en deux heures trente-cinq minutes sept secondes, à vingt heures trente, en deux heures sept secondes",
        ),
        (
            "le +33612345678",
            "le plus trente-trois, six cent douze, trois cent quarante-cinq, six cent soixante-dix-huit",
        ),
        ("il est #1 et le n° 1.1.12", "il est numéro un et le numéro un point un point douze"),
        ("En 2024 a été, 5 m'a dit", "En deux mille vingt-quatre a été, cinq m'a dit"),
        (
            "5 m2 et 20 Wh/kg, 230 V",
            "cinq mètres carrés et vingt wattheures par kilogramme, deux cent trente volts",
        ),
        (
            "FR76 3000 6000 0112 3456 7890 189 ici",
            "F R sept six, trois zéro zéro zéro, six zéro zéro zéro, zéro un un deux, trois quatre cinq six, sept huit neuf zéro, un huit neuf ici",
        ),
        (
            "ISBN 978-2-07-036822-8, 10 -14 €",
            "ISBN neuf sept huit, deux, zéro sept, zéro trois six huit deux deux, huit, dix à quatorze euros",
        ),
        ("la page [5] du livre [6] qui tient", "la page [cinq] du livre [six] qui tient"),
        ("+++ le direct +++ ici", "le direct, ici"),
        (
            "le 49.3, l'article 49.3, l'industrie 4.0, magnitude 6.2",
            "le quarante-neuf trois, l'article quarante-neuf trois, l'industrie quatre point zéro, magnitude six virgule deux",
        ),
        (
            "3-2 a.p., en 1 h 58 min 30 s",
            "trois à deux après prolongation, en une heure cinquante-huit minutes trente secondes",
        ),
        (
            "2h35'07'', 1'46''47, 5 h minuit",
            "deux heures trente-cinq minutes sept secondes, une minute quarante-six secondes quarante-sept, cinq heures minuit",
        ),
        ("le 0 800 123 456", "le zéro, huit cents, cent vingt-trois, quatre cent cinquante-six"),
    ];
    check(&table);
}

#[test]
fn what_looks_like_something_else() {
    let table = [
        ("ampoule de 3000K", "ampoule de 3000K"),
        ("En 2014 V. Poutine", "En deux mille quatorze V. Poutine"),
        ("en 1885 V. Hugo", "en mille huit cent quatre-vingt-cinq V. Hugo"),
        ("le numéro #1", "le numéro un"),
    ];
    check(&table);
}

fn check(table: &[(&str, &str)]) {
    for (written, spoken) in table {
        assert_eq!(say(written, "fr"), *spoken, "{written}");
        assert_eq!(say(spoken, "fr"), *spoken, "said twice");
    }
}
