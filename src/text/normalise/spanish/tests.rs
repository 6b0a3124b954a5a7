//! What is said for what is written.

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
        ("el 28° congreso, a 28° en la playa", "el vigesimoctavo congreso, a veintiocho grados en la playa"),
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
    check(&table);
}

#[test]
fn news() {
    let table = [
        (
            "A las 10.50 hora local, de 5:00 hasta las 23:30 h",
            "A las diez y cincuenta hora local, de cinco hasta las veintitrés y treinta",
        ),
        (
            "El Mundial 2024 ha querido, 2024 ha de bosque, 2024 ha de ser",
            "El Mundial dos mil veinticuatro ha querido, dos mil veinticuatro hectáreas de bosque, dos mil veinticuatro ha de ser",
        ),
        ("100 ha quemadas, 5 ha", "cien hectáreas quemadas, cinco hectáreas"),
        (
            "Un total de 1’396.342 y $2'500.000",
            "Un total de un millón trescientos noventa y seis mil trescientos cuarenta y dos y dos millones quinientos mil dólares",
        ),
        (
            "$150,000, $17,000 millones, 222,125 negocios",
            "ciento cincuenta mil dólares, diecisiete mil millones de dólares, doscientos veintidós mil ciento veinticinco negocios",
        ),
        (
            "1,459 euros, 12,345 % y 3,250 kg",
            "uno coma cuatrocientos cincuenta y nueve euros, doce coma trescientos cuarenta y cinco por ciento y tres coma doscientos cincuenta kilogramos",
        ),
        (
            "G. 160.083.711 y S/ 50, RD$ 100, Ana G. 5",
            "ciento sesenta millones ochenta y tres mil setecientos once guaraníes y cincuenta soles, cien pesos dominicanos, Ana G. cinco",
        ),
        (
            "ISBN 978-84-376-0494-7, #1, versión 3.1.24",
            "ISBN nueve siete ocho, ocho cuatro, tres siete seis, cero cuatro nueve cuatro, siete, número uno, versión tres punto uno punto veinticuatro",
        ),
        (
            "ES91 2100 0418 4502 0005 1332 aquí",
            "E S nueve uno, dos uno cero cero, cero cuatro uno ocho, cuatro cinco cero dos, cero cero cero cinco, uno tres tres dos aquí",
        ),
        (
            "el +573001234567",
            "el más cincuenta y siete, tres cero cero, uno dos tres, cuatro cinco seis siete",
        ),
        ("un 10 -14 % y 5,000 personas", "un diez a catorce por ciento y cinco mil personas"),
        ("una palabra[1] y más", "una palabra y más"),
        ("+++ el directo +++ aquí", "el directo, aquí"),
        (
            "a las 20:00h (1-0, min. 16), en el min 6",
            "a las veinte horas (uno a cero, minuto dieciséis), en el minuto seis",
        ),
        (
            "15.000 mill. de euros, n° 4, 15/20",
            "quince mil millones de euros, número cuatro, quince sobre veinte",
        ),
        (
            "en 2h 35m 07s y a 1'46\"",
            "en dos horas treinta y cinco minutos siete segundos y a un minuto cuarenta y seis segundos",
        ),
        ("al 91 123 45 67", "al nueve uno, uno dos tres, cuatro cinco, seis siete"),
    ];
    check(&table);
}

#[test]
fn what_looks_like_something_else() {
    let table = [
        ("El euro cotiza a 1,120 dólares", "El euro cotiza a un dólar doce centavos"),
        ("El euríbor sube al 3,250", "El euríbor sube al tres coma doscientos cincuenta"),
        ("Ganó con 14,250 puntos", "Ganó con catorce coma doscientos cincuenta puntos"),
        ("Corrió 100 metros en 10,250", "Corrió cien metros en diez coma doscientos cincuenta"),
        ("1,190 hijos por mujer", "uno coma ciento noventa hijos por mujer"),
        ("a 17,350 por dólar", "a diecisiete coma trescientos cincuenta por dólar"),
        ("bombilla de 5000K, oro de 18K", "bombilla de 5000K, oro de 18K"),
        ("25K seguidores", "veinticinco mil seguidores"),
        ("Hoy: min. 5 °C y máx. 20 °C", "Hoy: mínimo cinco grados Celsius y máximo veinte grados Celsius"),
        ("Precio min. 5 euros", "Precio mínimo cinco euros"),
        ("Grupos (min. 5)", "Grupos (min. cinco)"),
        ("María G. 1500 metros", "María G. mil quinientos metros"),
        ("Juan G. 2000 euros", "Juan G. dos mil euros"),
        ("G. 5 millones", "cinco millones de guaraníes"),
        ("número #1", "número uno"),
    ];
    check(&table);
}

fn check(table: &[(&str, &str)]) {
    for (written, spoken) in table {
        assert_eq!(say(written, "es"), *spoken, "{written}");
        assert_eq!(say(spoken, "es"), *spoken, "said twice");
    }
}
