//! What pages write where papers have more room.

use super::*;

#[test]
fn sums_in_money_of_other_continents() {
    check(&[
        (
            "It cost RM6.162 million, not RM900,000.",
            "It cost six point one six two million ringgit, not nine hundred thousand ringgit.",
        ),
        ("The tax office gets R4bn", "The tax office gets four billion rand"),
        (
            "a fine of N500m or N2,500,000",
            "a fine of five hundred million naira or two million five hundred thousand naira",
        ),
        ("from 10,000/- to 4m/- a month", "from ten thousand shillings to four million shillings a month"),
        ("just Rs 500/- more", "just five hundred rupees more"),
        ("nearly US $6.9 billion", "nearly six point nine billion U S dollars"),
        ("a net worth of $17 Million", "a net worth of seventeen million dollars"),
        (
            "The R6700 is a router, PHP 8.1 no money, an N95 mask no sum.",
            "The R sixty-seven hundred is a router, PHP eight point one no money, an N ninety-five mask no sum.",
        ),
        ("$5/Month", "five dollars per month"),
    ]);
}

#[test]
fn units_of_engines_and_machines() {
    check(&[
        (
            "197 Nm of torque on a 5 nm chip",
            "one hundred and ninety-seven newton metres of torque on a five nanometre chip",
        ),
        ("414 lb-ft of torque", "four hundred and fourteen pound-feet of torque"),
        ("21.7 cu.ft. in total", "twenty-one point seven cubic feet in total"),
        ("1080p at 60fps", "ten eighty P at sixty frames per second"),
        ("under 75kb", "under seventy-five kilobytes"),
        ("70x74x132.5cm", "seventy by seventy-four by one hundred and thirty-two point five centimetres"),
        ("62cm x 146cm", "sixty-two centimetres by one hundred and forty-six centimetres"),
        ("a 70\" TV and an 8″ disc", "a seventy inch TV and an eight inch disc"),
        ("\"I was 17\" he said", "\"I was seventeen\" he said"),
        ("a 16:9 screen", "a sixteen by nine screen"),
        ("slow I/O", "slow I O"),
    ]);
}

#[test]
fn numbers_that_count_nothing() {
    check(&[
        (
            "GB29 NWBK 6016 1331 9268 19",
            "G B two nine, N W B K, six zero one six, one three three one, nine two six eight, one nine",
        ),
        (
            "order 12345678901234",
            "order one two three four five six seven eight nine zero one two three four",
        ),
        ("He said so [1].", "He said so."),
        ("(#559393)", "(number five five nine three nine three)"),
        (
            "PO Box 69440, Los Angeles, CA 90069.",
            "PO Box six nine four four zero, Los Angeles, California nine zero zero six nine.",
        ),
        ("of 2134 Caldwell Place", "of twenty-one thirty-four Caldwell Place"),
        ("received 911 calls", "received nine one one calls"),
        ("call NHS 111 now", "call NHS one one one now"),
        ("made 112 calls", "made one hundred and twelve calls"),
        (
            "by around 2100, after 2100 votes",
            "by around twenty-one hundred, after two thousand one hundred votes",
        ),
    ]);
}

#[test]
fn marks_and_parts() {
    check(&[
        ("overall, 9/10", "overall, nine out of ten"),
        ("It got 8.5/10.", "It got eight point five out of ten."),
        ("3/10 of a mile", "three tenths of a mile"),
        (
            "1/8 tsp of salt, 1/2 oz, 1/2 a mile",
            "one eighth of a teaspoon of salt, one half of an ounce, one half a mile",
        ),
        ("1 – 1 1/2 tbsp, 1 1/2-2 tsp", "one to one and a half tablespoons, one and a half to two teaspoons"),
        ("the post-9/11 years", "the post-nine eleven years"),
    ]);
}

#[test]
fn what_only_looks_like_something_else() {
    check(&[
        (
            "Gen Z women, a next-gen phone, the 12th Gen Intel chip",
            "Gen Z women, a next-gen phone, the twelfth Gen Intel chip",
        ),
        ("Next-Gen Platters by Gen Li", "Next-Gen Platters by General Li"),
        ("Maj-Gen Govender", "Major-General Govender"),
        ("Anna Brook, MS, RDN, from Jackson, MS, USA", "Anna Brook, MS, RDN, from Jackson, Mississippi, USA"),
        ("heat up for 10-15 minutes", "heat up for ten to fifteen minutes"),
        ("were up 10-15", "were up ten fifteen"),
        ("a verdict of 10-2", "a verdict of ten to two"),
        ("in 1930's Germany", "in nineteen thirties Germany"),
        ("21:00Antony Smith, 20:42KEY EVENT", "twenty-one hundred Antony Smith, twenty forty-two KEY EVENT"),
    ]);
}

#[test]
fn what_the_same_marks_mean_elsewhere() {
    check(&[
        ("in the US $60,000 a year", "in the US sixty thousand dollars a year"),
        ("RM 3, Chelsea 1; Sh 9 to 5", "RM three, Chelsea one; Sh nine to five"),
        ("closed at 480p", "closed at four hundred and eighty pence"),
        ("720p video", "seven twenty P video"),
        ("“21” records, “24” television dramas", "“twenty-one” records, “twenty-four” television dramas"),
        ("John 16:9", "John sixteen to nine"),
        ("on 5/10 the court ruled", "on five tenths the court ruled"),
        ("Gen V.K. Singh and the new Gen. Smith", "General V.K. Singh and the new General Smith"),
        ("Paris, US 10000 people", "Paris, US ten thousand people"),
        ("the Royal Box 10000 guests", "the Royal Box ten thousand guests"),
        ("Gen. Z buyers and Sam Holm Jr said", "Gen. Z buyers and Sam Holm Junior said"),
        ("won 6-4, 7-6 (5), 3-6, 7-5", "won six four, seven six (five), three six, seven five"),
        (
            "1.5M users, 3.5B visits and 2K staff",
            "one point five million users, three point five billion visits and two thousand staff",
        ),
        ("in Jackson, MS, FEMA said", "in Jackson, Mississippi, FEMA said"),
        ("“We have [100] beds,” she said", "“We have, one hundred, beds,” she said"),
    ]);
}
