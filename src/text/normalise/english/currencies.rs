//! Money's names.

/// How a currency is said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Currency {
    pub(super) one: &'static str,
    pub(super) many: &'static str,
    /// A hundredth, where people name it.
    pub(super) cent: Option<(&'static str, &'static str)>,
}

const CENTS: Option<(&str, &str)> = Some(("cent", "cents"));
const PENCE: Option<(&str, &str)> = Some(("penny", "pence"));

type Row = (&'static str, &'static str, &'static str, Option<(&'static str, &'static str)>);

/// Signs, the longer before their parts.
const SIGNS: &[Row] = &[
    ("US$", "U S dollar", "U S dollars", CENTS),
    ("US $", "U S dollar", "U S dollars", CENTS),
    ("USD$", "U S dollar", "U S dollars", CENTS),
    ("AU$", "Australian dollar", "Australian dollars", CENTS),
    ("CA$", "Canadian dollar", "Canadian dollars", CENTS),
    ("NZ$", "New Zealand dollar", "New Zealand dollars", CENTS),
    ("HK$", "Hong Kong dollar", "Hong Kong dollars", CENTS),
    ("NT$", "Taiwan dollar", "Taiwan dollars", CENTS),
    ("A$", "Australian dollar", "Australian dollars", CENTS),
    ("C$", "Canadian dollar", "Canadian dollars", CENTS),
    ("S$", "Singapore dollar", "Singapore dollars", CENTS),
    ("R$", "real", "reais", None),
    ("€", "euro", "euros", CENTS),
    ("£", "pound", "pounds", PENCE),
    ("$", "dollar", "dollars", CENTS),
    ("¥", "yen", "yen", None),
    ("₩", "won", "won", None),
    ("₽", "rouble", "roubles", None),
    ("₴", "hryvnia", "hryvnias", None),
    ("₺", "lira", "lira", None),
    ("₹", "rupee", "rupees", None),
    ("₪", "shekel", "shekels", None),
    ("₸", "tenge", "tenge", None),
    ("₾", "lari", "lari", None),
    ("₼", "manat", "manat", None),
    ("֏", "dram", "drams", None),
    ("₿", "bitcoin", "bitcoins", None),
    ("₫", "dong", "dong", None),
    ("₱", "peso", "pesos", None),
    ("₦", "naira", "naira", None),
    ("₵", "cedi", "cedis", None),
    ("GH₵", "cedi", "cedis", None),
    ("GH¢", "cedi", "cedis", None),
];

/// Codes and short names.
const CODES: &[Row] = &[
    ("EUR", "euro", "euros", CENTS),
    ("USD", "U S dollar", "U S dollars", CENTS),
    ("GBP", "pound", "pounds", PENCE),
    ("CHF", "Swiss franc", "Swiss francs", None),
    ("SFr", "Swiss franc", "Swiss francs", None),
    ("PLN", "zloty", "zlotys", None),
    ("zł", "zloty", "zlotys", None),
    ("CZK", "Czech koruna", "Czech koruna", None),
    ("Kč", "Czech koruna", "Czech koruna", None),
    ("HUF", "forint", "forints", None),
    ("Ft", "forint", "forints", None),
    ("SEK", "Swedish krona", "Swedish kronor", None),
    ("NOK", "Norwegian krone", "Norwegian kroner", None),
    ("DKK", "Danish krone", "Danish kroner", None),
    ("ISK", "Icelandic krona", "Icelandic kronur", None),
    ("SKr", "Swedish krona", "Swedish kronor", None),
    ("Skr", "Swedish krona", "Swedish kronor", None),
    ("NKr", "Norwegian krone", "Norwegian kroner", None),
    ("Nkr", "Norwegian krone", "Norwegian kroner", None),
    ("DKr", "Danish krone", "Danish kroner", None),
    ("Dkr", "Danish krone", "Danish kroner", None),
    ("kr", "krona", "kronor", None),
    ("RON", "Romanian leu", "Romanian lei", None),
    ("MDL", "Moldovan leu", "Moldovan lei", None),
    ("BGN", "lev", "leva", None),
    ("RSD", "Serbian dinar", "Serbian dinars", None),
    ("MKD", "Macedonian denar", "Macedonian denars", None),
    ("BAM", "convertible mark", "convertible marks", None),
    ("HRK", "kuna", "kuna", None),
    ("RUB", "rouble", "roubles", None),
    ("UAH", "hryvnia", "hryvnias", None),
    ("BYN", "Belarusian rouble", "Belarusian roubles", None),
    ("TRY", "Turkish lira", "Turkish lira", None),
    ("GEL", "lari", "lari", None),
    ("AMD", "dram", "drams", None),
    ("AZN", "manat", "manat", None),
    ("KZT", "tenge", "tenge", None),
    ("UZS", "som", "som", None),
    ("JPY", "yen", "yen", None),
    ("CNY", "yuan", "yuan", None),
    ("RMB", "yuan", "yuan", None),
    ("KRW", "won", "won", None),
    ("INR", "rupee", "rupees", None),
    ("Rs", "rupee", "rupees", None),
    ("ILS", "shekel", "shekels", None),
    ("AED", "dirham", "dirhams", None),
    ("SAR", "riyal", "riyals", None),
    ("EGP", "Egyptian pound", "Egyptian pounds", None),
    ("ZAR", "rand", "rand", None),
    ("BRL", "real", "reais", None),
    ("MXN", "Mexican peso", "Mexican pesos", None),
    ("AUD", "Australian dollar", "Australian dollars", CENTS),
    ("CAD", "Canadian dollar", "Canadian dollars", CENTS),
    ("NZD", "New Zealand dollar", "New Zealand dollars", CENTS),
    ("HKD", "Hong Kong dollar", "Hong Kong dollars", CENTS),
    ("SGD", "Singapore dollar", "Singapore dollars", CENTS),
    ("BTC", "bitcoin", "bitcoins", None),
    ("MYR", "ringgit", "ringgit", None),
    ("IDR", "rupiah", "rupiah", None),
    ("THB", "baht", "baht", None),
    ("PKR", "Pakistani rupee", "Pakistani rupees", None),
    ("LKR", "Sri Lankan rupee", "Sri Lankan rupees", None),
    ("BDT", "taka", "taka", None),
    ("NGN", "naira", "naira", None),
    ("GHS", "cedi", "cedis", None),
    ("KES", "Kenyan shilling", "Kenyan shillings", None),
    ("KSh", "Kenyan shilling", "Kenyan shillings", None),
    ("Ksh", "Kenyan shilling", "Kenyan shillings", None),
    ("TZS", "Tanzanian shilling", "Tanzanian shillings", None),
    ("UGX", "Ugandan shilling", "Ugandan shillings", None),
    ("Ush", "Ugandan shilling", "Ugandan shillings", None),
];

/// Letters that mean money only right before a number, and one alone only before what cannot be a serial's: "RM50",
/// "R4bn", "N500,000".
const LETTERS: &[Row] = &[
    ("R", "rand", "rand", None),
    ("N", "naira", "naira", None),
    ("M", "loti", "maloti", None),
    ("RM", "ringgit", "ringgit", None),
    ("Rp", "rupiah", "rupiah", None),
    ("Sh", "shilling", "shillings", None),
    ("Tk", "taka", "taka", None),
];

/// What Tanzania and India write behind a sum: "4m/-".
pub(super) const SHILLINGS: Currency = Currency { one: "shilling", many: "shillings", cent: None };

/// The currency whose sign the text begins with, and the sign's length.
pub(super) fn by_sign(text: &str) -> Option<(Currency, usize)> {
    SIGNS.iter().find(|row| text.starts_with(row.0)).map(|row| (currency(row), row.0.len()))
}

/// The currency with this code.
pub(super) fn by_code(code: &str) -> Option<Currency> {
    CODES.iter().find(|row| row.0 == code).map(currency)
}

/// The currency that these letters may mean.
pub(super) fn by_letters(letters: &str) -> Option<Currency> {
    LETTERS.iter().find(|row| row.0 == letters).map(currency)
}

fn currency(row: &Row) -> Currency {
    Currency { one: row.1, many: row.2, cent: row.3 }
}
