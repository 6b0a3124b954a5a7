//! What papers write in a way of their own.

use super::*;

#[test]
fn what_papers_shorten() {
    check(&[
        ("up 3% YoY and 1% q-o-q", "up three percent year on year and one percent quarter on quarter"),
        ("cut by 5bp", "cut by five basis points"),
        ("sales in FY2019/20", "sales in financial year twenty nineteen twenty"),
        ("N. Korea and the W. Bank", "North Korea and the West Bank"),
        ("15km NW of Antakya", "fifteen kilometres north-west of Antakya"),
        ("See table 2b and $2b.", "See table two B and two billion dollars."),
        ("open Nov.–Feb.", "open November to February."),
        ("the Gov't pays £350 p.w.", "the Government pays three hundred and fifty pounds per week."),
        ("₹500 crore", "five hundred crore rupees"),
        ("the €750bn recovery fund", "the seven hundred and fifty billion euro recovery fund"),
        ("It will cost €5m for a fund.", "It will cost five million euros for a fund."),
    ]);
}

#[test]
fn what_is_measured_or_counted_by_a_letter() {
    check(&[
        ("He ran it in 9.58s.", "He ran it in nine point five eight seconds."),
        ("the 21st at 13st 4lb", "the twenty-first at thirteen stone four pounds"),
        (
            "Bake at 180C (350F).",
            "Bake at one hundred and eighty degrees Celsius (three hundred and fifty degrees Fahrenheit).",
        ),
        ("2x faster, up 10x", "two times faster, up ten times"),
        ("the Pro M2x", "the Pro M two x"),
        ("Call 999, 112 or 911.", "Call nine nine nine, one one two or nine one one."),
        ("He called 999 people.", "He called nine hundred and ninety-nine people."),
        ("won 6-4, 6-0", "won six four, six love"),
        ("won 6-0", "won six nil"),
    ]);
}

#[test]
fn what_only_looks_shortened() {
    check(&[
        ("at 12 St James's Square", "at twelve Saint James's Square"),
        ("1,200 BP stations", "one thousand two hundred BP stations"),
        ("a profit of £5m after tax", "a profit of five million pounds after tax"),
        ("£20 per ticket", "twenty pounds per ticket"),
        ("10 N of thrust", "ten N of thrust"),
        ("in seat 12F", "in seat twelve F"),
        ("won 2-1, 3-0 and 4-0", "won two one, three nil and four nil"),
        ("on the platform 2bn people", "on the platform two billion people"),
        ("a call for 112 new homes", "a call for one hundred and twelve new homes"),
        ("The MoM award", "The MoM award"),
    ]);
}

#[test]
fn what_a_letter_after_a_number_means() {
    check(&[
        ("a 10x engineer and a 10x rise", "a ten X engineer and a ten times rise"),
        ("an iPhone 5.5s, an iPhone 5c", "an iPhone five point five S, an iPhone five C"),
        ("He ran 5.5s slower", "He ran five point five seconds slower"),
        ("in seat 12C, flat 3C", "in seat twelve C, flat three C"),
        ("She sat in 12C, he in 14A or 14C", "She sat in twelve C, he in fourteen A or fourteen C"),
        ("12C in the shade", "twelve degrees Celsius in the shade"),
        ("from 12C to 15C", "from twelve degrees Celsius to fifteen degrees Celsius"),
        ("the 18-34s and 16–17s", "the eighteen to thirty-fours and sixteen to seventeens"),
        (
            "250-300k jobs, 5-6bn people",
            "two hundred and fifty to three hundred thousand jobs, five to six billion people",
        ),
        ("2-3m homes, 2-3m long", "two to three million homes, two to three metres long"),
        ("1.5m sq km and 2bn kWh", "one point five million square kilometres and two billion kilowatt hours"),
        ("about 10m b/d", "about ten million barrels per day"),
        ("up 7pts to 3×10⁸ m", "up seven points to three times ten to the power of eight metres"),
        ("3x10^-8", "three times ten to the power of minus eight"),
    ]);
}

#[test]
fn what_sums_are_paid_by_and_named_for() {
    check(&[
        ("He was paid p.a., she pcm", "He was paid per annum, she per calendar month"),
        (
            "£950pcm, £40k pa",
            "nine hundred and fifty pounds per calendar month, forty thousand pounds per annum",
        ),
        ("€45pp", "forty-five euros per person"),
        ("₹3 lakh crore", "three lakh crore rupees"),
        ("the A$368bn Aukus deal", "the three hundred and sixty-eight billion Australian dollar Aukus deal"),
        ("c.£120", "circa one hundred and twenty pounds"),
    ]);
}

#[test]
fn what_cricket_ships_and_kings_write() {
    check(&[
        ("England were 245-6", "England were two hundred and forty-five for six"),
        ("the vote was 412-3", "the vote was four hundred and twelve to three"),
        ("at 0600, by 0645", "at oh six hundred, by oh six forty-five"),
        ("calls to 0800 123 456", "calls to zero eight zero zero, one two three, four five six"),
        ("in the XVIIIth century", "in the eighteenth century"),
        ("on Drury Ln. (agg 2-2)", "on Drury Lane (aggregate two all)"),
    ]);
}

#[test]
fn what_match_reports_and_markets_write() {
    check(&[
        ("It ended 3-3 (4-5 pens).", "It ended three all (four five on penalties)."),
        ("Ajax 1-2 PSV (HT 0-1)", "Ajax one two PSV (HT nil one)"),
        ("lost the first 6–7 (5–7)", "lost the first six seven (five seven)"),
        ("rows 5-7 of it", "rows five to seven of it"),
        ("tickets at £35/€40", "tickets at thirty-five pounds or forty euros"),
        ("GBP/EUR 1.19", "GBP, EUR one point one nine"),
        ("1.234,56 € in all", "one thousand two hundred and thirty-four euros fifty-six cents in all"),
        ("12bcm of gas, 18mths", "twelve billion cubic metres of gas, eighteen months"),
        ("a 7ft-tall man ran the 1500m", "a seven foot-tall man ran the fifteen hundred metres"),
        ("30 l/m2, 95g CO2/km", "thirty litres per square metre, ninety-five grams C O two per kilometre"),
        ("They met on 17 Oct.", "They met on the seventeenth of October."),
    ]);
}

#[test]
fn what_laws_timekeepers_and_surveys_write() {
    check(&[
        (
            "Reg. 2016/679 and Sec. Blinken",
            "Regulation twenty sixteen slash six hundred and seventy-nine and Secretary Blinken",
        ),
        ("in 1m 45.2s, 2h15m", "in one minute forty-five point two seconds, two hours fifteen minutes"),
        ("in 1h 2m 3s, at 5m deep", "in one hour two minutes three seconds, at five metres deep"),
        ("on 6/2/23", "on the sixth of February twenty twenty-three"),
        ("p<0.05 in 2/3rds", "p less than zero point zero five in two thirds"),
        ("the 99.9th, 180s, 100s", "the ninety-nine point ninth, one hundred and eighties, hundreds"),
        ("€90 p/m, two days/wk", "ninety euros per month, two days per week"),
        ("2t CO2e/yr by mid-Oct", "two tonnes C O two e per year by mid-October"),
        ("20mph zones, 3 ppts", "twenty mile per hour zones, three percentage points"),
    ]);
}

#[test]
fn what_local_papers_write() {
    check(&[
        ("Fig. 2b shows it, as does Table 3c.", "Figure two B shows it, as does Table three C."),
        ("See Section 4k, No. 3b or Flat 12a.", "See Section four K, Number three B or Flat twelve A."),
        ("It made $2b from 3m of it", "It made two billion dollars from three metres of it"),
        ("It's 5* service at a 4* hotel.", "It's five-star service at a four-star hotel."),
        ("a 3★ place has 2★", "a three-star place has two stars"),
        ("They won 3* of the seats.", "They won three of the seats."),
        ("Open Mon. to Fri. and on Weds from noon.", "Open Monday to Friday and on Wednesday from noon."),
        ("He came on Tues. and left on Thurs.", "He came on Tuesday and left on Thursday."),
        ("They lay in the Sun.", "They lay in the Sun."),
        ("Leave at Jct. 7.", "Leave at Junction seven."),
        ("J7 of the M5 and a J7 visa", "junction seven of the M five and a J seven visa"),
        (
            "Anna Brook (Lab.) and Tom Hill (Con) spoke.",
            "Anna Brook (Labour) and Tom Hill (Conservative) spoke.",
        ),
        (
            "Kim Dale (Lib Dem, Hexham), the cells (Lab.)",
            "Kim Dale (Liberal Democrat, Hexham), the cells (Lab.)",
        ),
        (
            "The £48.6m repairs, the club's £3m appeal",
            "The forty-eight point six million pound repairs, the club's three million pound appeal",
        ),
        ("a £10,000 award, a $2bn deal", "a ten thousand pound award, a two billion dollar deal"),
        (
            "£3m was spent, worth £48.6m in repairs",
            "three million pounds was spent, worth forty-eight point six million pounds in repairs",
        ),
        (
            "spent £3m repairing it, gave £3m last year, £5m more",
            "spent three million pounds repairing it, gave three million pounds last year, five million pounds more",
        ),
    ]);
}

#[test]
fn what_was_voted_drawn_or_declared() {
    check(&[
        (
            "It was 51.9% v 48.1%.",
            "It was fifty-one point nine percent versus forty-eight point one percent.",
        ),
        ("5 v. 4 and a v shape", "five versus four and a v shape"),
        (
            "rose from 9,000–11,000 to 14,300",
            "rose from between nine thousand and eleven thousand to fourteen thousand three hundred",
        ),
        (
            "cut from 10–15% to 3–5%",
            "cut from between ten and fifteen percent to between three and five percent",
        ),
        ("up from £5-6 to £9", "up from between five and six pounds to nine pounds"),
        ("pupils from 9–11 go to 14 schools", "pupils from nine to eleven go to fourteen schools"),
        ("voted 31–17 to leave", "voted thirty-one to seventeen to leave"),
        ("The vote was 5–4.", "The vote was five to four."),
        ("ruled 5-4, a 6–3 ruling", "ruled five to four, a six to three ruling"),
        ("They won 5–4.", "They won five four."),
        ("drew 1–1, a 2-2 draw", "drew one all, a two all draw"),
        ("a 0-0 draw, a 50-50 chance", "a nil nil draw, a fifty fifty chance"),
        ("Hurst (23', 45') scored", "Hurst (twenty-third minute, forty-fifth minute) scored"),
        (
            "They made 337/9 dec. at Lord's.",
            "They made three hundred and thirty-seven for nine declared at Lord's.",
        ),
    ]);
}
