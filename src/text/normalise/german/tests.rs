//! What is said for what is written.

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
        ("Er wurde am 3.", "Er wurde am dritten."),
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
    check(&table);
}

#[test]
fn news() {
    let table = [
        (
            "am 18.07.2024, 11.08 Uhr, am 11.04. um 9 Uhr",
            "am achtzehnten Juli zwei tausend vier und zwanzig, elf Uhr acht, am elften April um neun Uhr",
        ),
        (
            "Von 10.00 bis 11.15 Uhr, Di - Fr: 10.00 - 13 Uhr",
            "Von zehn Uhr bis elf Uhr fünfzehn, Dienstag bis Freitag: zehn Uhr bis dreizehn Uhr",
        ),
        (
            "Öffnung: 15.00 – 16.45 im Saal, 15.00 – 16.45 Franken",
            "Öffnung: fünfzehn Uhr bis sechzehn Uhr fünf und vierzig im Saal, fünfzehn Komma null null bis sechzehn Komma vier fünf Franken",
        ),
        (
            "Um 20:15 heute, um 5:00 haben wir frei",
            "Um zwanzig Uhr fünfzehn heute, um fünf Uhr haben wir frei",
        ),
        (
            "38:22 (22:12) gewonnen, um 21:12 los",
            "acht und dreißig zu zwei und zwanzig (zwei und zwanzig zu zwölf) gewonnen, um ein und zwanzig Uhr zwölf los",
        ),
        (
            "Endstand 15:6, 7:14, 13:4, 21:1",
            "Endstand fünfzehn zu sechs, sieben zu vierzehn, dreizehn zu vier, ein und zwanzig zu eins",
        ),
        ("beim 18:20 und ein 21:12-Sieg", "beim achtzehn zu zwanzig und ein ein und zwanzig zu zwölf-Sieg"),
        ("Züge 10:15, 11:20, 12:30 dort", "Züge zehn Uhr fünfzehn, elf Uhr zwanzig, zwölf Uhr dreißig dort"),
        (
            "in 2:35:07 gewonnen, um 12:30:15 begonnen, 1:02:03 Uhr",
            "in zwei Stunden fünf und dreißig Minuten sieben Sekunden gewonnen, um zwölf Uhr dreißig Minuten fünfzehn Sekunden begonnen, ein Uhr zwei Minuten drei Sekunden",
        ),
        (
            "die 3:38,72 Minuten, in 1:46,47 und (7:24,90 min)",
            "die drei Minuten acht und dreißig Komma sieben zwei Sekunden, in eine Minute sechs und vierzig Komma vier sieben Sekunden und (sieben Minuten vier und zwanzig Komma neun null Sekunden)",
        ),
        (
            "nach 72:53 Minuten, 3:18 min",
            "nach zwei und siebzig Minuten drei und fünfzig Sekunden, drei Minuten achtzehn Sekunden",
        ),
        (
            "Nach 3.14‘47‘‘ und auf 18‘‘",
            "Nach drei Stunden vierzehn Minuten sieben und vierzig Sekunden und auf achtzehn Sekunden",
        ),
        ("Art. 2 Abs. 2 S. 1 GG, siehe S. 1", "Artikel zwei Absatz zwei Satz eins GG, siehe Seite eins"),
        ("die Formel-1-Saison, eine 1-Liter-Flasche", "die Formel-eins-Saison, eine ein-Liter-Flasche"),
        (
            "des hl. Blasius, zum Hl. Blasius, die hl. Maria",
            "des heiligen Blasius, zum Heiligen Blasius, die heilige Maria",
        ),
        ("Große Straße 1, 26721 Emden", "Große Straße eins, zwei sechs sieben zwei eins Emden"),
        ("im Jahr 2011, 50000 Menschen", "im Jahr zwei tausend elf, fünfzig tausend Menschen"),
        (
            "D-53179 Bonn, Hofweg 24-26, 8037 Zürich",
            "D-fünf drei eins sieben neun Bonn, Hofweg vier und zwanzig bis sechs und zwanzig, acht null drei sieben Zürich",
        ),
        (
            "unter +4915208649244 oder Tel. 030 / 2325 786 -122",
            "unter plus neun und vierzig, eins fünf zwei, null acht sechs, vier neun zwei, vier vier oder Telefon null drei null, zwei drei zwei fünf, sieben acht sechs, eins zwei zwei",
        ),
        (
            "ISBN-13: 9783518029817, ISBN 978-3-7828-1534-5",
            "ISBN-dreizehn: neun sieben acht drei fünf eins acht null zwei neun acht eins sieben, ISBN neun sieben acht, drei, sieben acht zwei acht, eins fünf drei vier, fünf",
        ),
        (
            "IBAN DE22 1005 0000 0190 0947 29 dort",
            "IBAN D E zwei zwei, eins null null fünf, null null null null, null eins neun null, null neun vier sieben, zwei neun dort",
        ),
        (
            "Vom 27.-29. Februar, am 23.-26.8.2017 und vom 6. - 7. Mai",
            "Vom sieben und zwanzigsten bis neun und zwanzigsten Februar, am drei und zwanzigsten bis sechs und zwanzigsten August zwei tausend siebzehn und vom sechsten bis siebten Mai",
        ),
        (
            "Am 24., 25. und 31.12. zu",
            "Am vier und zwanzigsten, fünf und zwanzigsten und ein und dreißigsten Dezember zu",
        ),
        (
            "Donnerstag, 18. 7., aber Punkt 18. 7 Leute",
            "Donnerstag, achtzehnter Juli, aber Punkt achtzehn. sieben Leute",
        ),
        ("Ein 8″-Lautsprecher, ein 29\"-Rad", "Ein acht Zoll-Lautsprecher, ein neun und zwanzig Zoll-Rad"),
        (
            "„Top 29\" und 48° 51′ 12″",
            "„Top neun und zwanzig\" und acht und vierzig Grad ein und fünfzig Minuten zwölf Sekunden",
        ),
        (
            "die 48/49, 3/4 und 2/15",
            "die acht und vierzig, neun und vierzig, drei viertel und zwei fünfzehntel",
        ),
        (
            "ein 12/24/48-Volt-Netz mit 230 V",
            "ein zwölf, vier und zwanzig, acht und vierzig-Volt-Netz mit zwei hundert dreißig Volt",
        ),
        ("06.03.2016Werden Sie es", "sechster März zwei tausend sechzehn Werden Sie es"),
        (
            "Nr. 1.1.12 und 1.1.13, Version 3.1.24, am 1.1.12",
            "Nummer eins Punkt eins Punkt zwölf und eins Punkt eins Punkt dreizehn, Version drei Punkt eins Punkt vier und zwanzig, am ersten Januar zwei tausend zwölf",
        ),
        ("die C.A.M.P. in Frankfurt a. M. dort", "die C.A.M.P. in Frankfurt am Main dort"),
        (
            "Tor (67.‘) und in der 72.‘ dort",
            "Tor (sieben und sechzigste Minute) und in der zwei und siebzigsten Minute dort",
        ),
        (
            "5000 m2, 200 kWh/m2, 301 Wh/kg, eine 750-Wh-Batterie",
            "fünf tausend Quadratmeter, zwei hundert Kilowattstunden pro Quadratmeter, drei hundert ein Wattstunden pro Kilogramm, eine sieben hundert fünfzig Wattstunden-Batterie",
        ),
        (
            "100%ige Treue, eine 0,9%ige Lösung",
            "hundertprozentige Treue, eine null Komma neun-prozentige Lösung",
        ),
        (
            "Sie sparen 10 -14 € bei 10 -14 Grad, 10 -5",
            "Sie sparen zehn bis vierzehn Euro bei zehn minus vierzehn Grad, zehn minus fünf",
        ),
        (
            "im 2.Weltkrieg, des 1.FC, im Jahr 2.Danach nichts",
            "im zweiten Weltkrieg, des ersten FC, im Jahr zwei.Danach nichts",
        ),
        (
            "Wein mit 13,5 Vol.% hg. von Weber, S. 136f., S. 70 ff. dort",
            "Wein mit dreizehn Komma fünf Volumenprozent herausgegeben von Weber, Seite ein hundert sechs und dreißig folgende, Seite siebzig fortfolgende dort",
        ),
        ("ein Wort[1] und mehr", "ein Wort und mehr"),
        (
            "#1 Robert, die #27, No.1 Guitar",
            "Nummer eins Robert, die Nummer sieben und zwanzig, Nummer eins Guitar",
        ),
        (
            "25k Follower, 4K-Filme, 1.1 Mio. Leute, Web 2.0",
            "fünf und zwanzig tausend Follower, 4K-Filme, eins Komma eins Millionen Leute, Web zwei Punkt null",
        ),
        (
            "+++ Israel schickt Panzer +++ Az. 5 L 3799/24, 5 L Milch",
            "Israel schickt Panzer, Aktenzeichen fünf L drei sieben neun neun, vier und zwanzig, fünf Liter Milch",
        ),
        (
            "180 °C/Umluft, Bündnis 90/Die Grünen",
            "ein hundert achtzig Grad Celsius, Umluft, Bündnis neunzig, Die Grünen",
        ),
        (
            "die Periode 1990 - 1994, 1200 - 1500 Besucher",
            "die Periode neunzehn hundert neunzig bis neunzehn hundert vier und neunzig, ein tausend zwei hundert bis ein tausend fünf hundert Besucher",
        ),
        ("PLZ 50969 Köln", "PLZ fünf null neun sechs neun Köln"),
        ("um 18.30 h, um 20:15h", "um achtzehn Uhr dreißig, um zwanzig Uhr fünfzehn"),
        (
            "am 1./2. Mai und vom 1.5.-3.5.2024",
            "am ersten, zweiten Mai und vom ersten Mai bis dritten Mai zwei tausend vier und zwanzig",
        ),
        (
            "das 2:1 (90.+3), (120.+1.‘)",
            "das zwei zu eins (neunzigste plus drei), (ein hundert zwanzigste plus eins Minute)",
        ),
        ("5,- €, 1.250,– Euro", "fünf Euro, ein tausend zwei hundert fünfzig Euro"),
        (
            "rd. 30 Leute beim TSV 1860 München",
            "rund dreißig Leute beim TSV achtzehn hundert sechzig München",
        ),
        (
            "Maßstab 1:25.000, Runde in 1:31.567",
            "Maßstab eins zu fünf und zwanzig tausend, Runde in eine Minute ein und dreißig Komma fünf sechs sieben Sekunden",
        ),
        (
            "Mo-Fr 8:00 - 18:00, 20:15–21:45",
            "Montag bis Freitag acht Uhr bis achtzehn Uhr, zwanzig Uhr fünfzehn bis ein und zwanzig Uhr fünf und vierzig",
        ),
        ("§ 630f BGB, § 5 f. StGB", "Paragraf 630f BGB, Paragraf fünf folgende StGB"),
        ("die S 1 Richtung Bernau", "die S eins Richtung Bernau"),
        ("die Hl. Drei Könige", "die Heiligen Drei Könige"),
    ];
    check(&table);
}

#[test]
fn what_looks_like_something_else() {
    let table = [
        ("Bei 273K friert Wasser", "Bei 273K friert Wasser"),
        ("Eine 5000K Lampe, der i7 13700K filmt in 12K", "Eine 5000K Lampe, der i7 13700K filmt in 12K"),
        ("Im Jahr 1885 V. Hugo", "Im Jahr achtzehn hundert fünf und achtzig V. Hugo"),
        ("Platz 3 V. Schmidt", "Platz drei V. Schmidt"),
        ("um 14:00 (15:00 Ortszeit)", "um vierzehn Uhr (fünfzehn Uhr Ortszeit)"),
        ("um 20:15 (21:15 MESZ)", "um zwanzig Uhr fünfzehn (ein und zwanzig Uhr fünfzehn MESZ)"),
        ("um 7:05 (8:05 an Sonntagen)", "um sieben Uhr fünf (acht Uhr fünf an Sonntagen)"),
        ("um 20:15 (19:15)", "um zwanzig Uhr fünfzehn (neunzehn Uhr fünfzehn)"),
        ("Nach dem 20:15 Krimi", "Nach dem zwanzig Uhr fünfzehn Krimi"),
        ("das 18:30 Angebot", "das achtzehn Uhr dreißig Angebot"),
        ("beim 18:30 Termin", "beim achtzehn Uhr dreißig Termin"),
        ("Sendezeiten: 19:00 (20:00)", "Sendezeiten: neunzehn Uhr (zwanzig Uhr)"),
        ("mit 21:12 Toren", "mit ein und zwanzig zu zwölf Toren"),
        ("um genau 9:46:23", "um genau neun Uhr sechs und vierzig Minuten drei und zwanzig Sekunden"),
        ("um ca. 14:46:23", "um circa vierzehn Uhr sechs und vierzig Minuten drei und zwanzig Sekunden"),
        ("Seit 12:30:15", "Seit zwölf Uhr dreißig Minuten fünfzehn Sekunden"),
        (
            "Am 3. Mai, 10:20:30, bebte es",
            "Am dritten Mai, zehn Uhr zwanzig Minuten dreißig Sekunden, bebte es",
        ),
        (
            "Am 3. Mai 2024, 9:20:30, bebte es",
            "Am dritten Mai zwei tausend vier und zwanzig, neun Uhr zwanzig Minuten dreißig Sekunden, bebte es",
        ),
        ("Gegen 14:46:23", "Gegen vierzehn Uhr sechs und vierzig Minuten drei und zwanzig Sekunden"),
        ("in 12:30:15", "in zwölf Stunden dreißig Minuten fünfzehn Sekunden"),
        (
            "ein Stundenlohn von 12.30 - 13.50",
            "ein Stundenlohn von zwölf Punkt drei null bis dreizehn Punkt fünf null",
        ),
        ("Miete stieg von 8.30 - 9.45", "Miete stieg von acht Punkt drei null bis neun Punkt vier fünf"),
        ("Kapitel 3.10 - 3.20", "Kapitel drei Punkt eins null - drei Punkt zwei null"),
        ("Preis von 3.50 - 4.50", "Preis von drei Punkt fünf null bis vier Punkt fünf null"),
        ("im Museum 9.30 - 17.00", "im Museum neun Uhr dreißig bis siebzehn Uhr"),
        ("Mo-Fr 8.10 - 18.20", "Montag bis Freitag acht Uhr zehn bis achtzehn Uhr zwanzig"),
        ("Johannes 3:16,17", "Johannes drei: sechzehn Komma eins sieben"),
        ("Wettquote 1:10,5", "Wettquote eins: zehn Komma fünf"),
        ("Maßstab 1:12.345", "Maßstab eins zu zwölf tausend drei hundert fünf und vierzig"),
        ("Kurs 1:12,50 Euro", "Kurs eins: zwölf Euro fünfzig Cent"),
        ("12450 Teilnehmer", "zwölf tausend vier hundert fünfzig Teilnehmer"),
        ("17455 Einwohner", "siebzehn tausend vier hundert fünf und fünfzig Einwohner"),
        ("12345 Euro", "zwölf tausend drei hundert fünf und vierzig Euro"),
        ("Hauptstraße 5, 20000 Euro Schaden", "Hauptstraße fünf, zwanzig tausend Euro Schaden"),
        ("Hafenweg 8, 12550 Quadratmeter", "Hafenweg acht, zwölf tausend fünf hundert fünfzig Quadratmeter"),
        ("Stadionring 1, 15000 Plätze", "Stadionring eins, fünfzehn tausend Plätze"),
        ("Es kostet 5.Wer zahlt?", "Es kostet fünf.Wer zahlt?"),
        ("Der Umsatz stieg um 20.Damit", "Der Umsatz stieg um zwanzig.Damit"),
        ("Das waren 100.Viele", "Das waren ein hundert.Viele"),
        ("am 1.Mai, die 2.Bundesliga", "am ersten Mai, die zweite Bundesliga"),
        ("Die 2. 3. waren gut", "Die zwei. drei. waren gut"),
        ("auf dem 3. 5. Platz", "auf dem drei. fünfter Platz"),
        ("Die 1. 2. und 3. Klasse", "Die eins. zweite und dritte Klasse"),
        ("Er ist der 1. Sie die 2.", "Er ist der erste. Sie die zweite."),
        ("Am Ende waren es die 5.", "Am Ende waren es die fünfte."),
        ("'Wir sind in Raum 12.' Das war so", "'Wir sind in Raum zwölf.' Das war so"),
        ("(12.', 34.')", "(zwölfte Minute, vier und dreißigste Minute)"),
        ("Vitamin C 1 Tag, im Zimmer 1 Bett", "Vitamin C ein Tag, im Zimmer ein Bett"),
        ("in Halle 1 Toter, auf Gleis 1", "in Halle ein Toter, auf Gleis eins"),
        ("Nummer #1", "Nummer eins"),
        ("Am 5., 6. und 7. kommen sie", "Am fünften, sechsten und siebten kommen sie"),
    ];
    check(&table);
}

fn check(table: &[(&str, &str)]) {
    for (written, spoken) in table {
        assert_eq!(say(written, "de"), *spoken, "{written}");
        assert_eq!(say(spoken, "de"), *spoken, "said twice");
    }
}
