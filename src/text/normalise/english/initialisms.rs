//! Capitals: letters one by one (EBRD, A380), a word (NATO's), or a word said loudly ("a BIG deal").
//!
//! Only what espeak-ng does not read so by itself is changed. It knows the common initialisms, spells
//! what is left of up to three letters, and says anything longer as a word.

use super::super::Reading;
use super::super::scan::Scan;
use super::context::{self, among, capital, right_before};
use super::shape;
use crate::text::lexicon;
use crate::text::script::Sound;

/// Short words that are not an initialism even where they alone are in capitals.
const LOUD: &str = "\
    ACT AGE AGO ASK BAD BAG BAN BAR BED BET BIG BOX BOY BUY CUT DAY DIE DOG DRY EAR EAT END EYE FAR FEW FLY FUN \
    GUN GUY HAS HOT JOB JOY KEY LAW LAY LET LIE LOT LOW MAN MEN MIX MUM ODD OFF OIL OLD OUT OWN PAY RUN SAD SAW \
    SAY SEE SIX SKY SUE TAX TEA TOO TOP TOY TRY WAR WAY WET WIN WON YES YET GOD NEW IF TO OH";

/// Short words that tell that a sentence is in capitals.
const SMALL: &str = "\
    AN AND ARE AS AT BE BUT BY CAN DO FOR GO HAS HE HIS HOW IF IN IS ME MY NO NOT NOW OF ON OR OUR SO THE TO UP \
    WAS WE WHY WILL YOU DON ISN";

/// Of up to three letters, and said as words by everybody.
const SAID: &str = "CAP GIF LAN PIN RAM ROM SAM SAS SIM VAT WAN ZIP";

/// Of more than three letters, of a word's shape, and letters to espeak-ng too.
const SPELLED: &str = "ASAP NYSE UCLA";

/// Of another shape, and right as espeak-ng says them.
const WELL_KNOWN: &str = "ATACMS EIOPA NAACP NOAA";

/// Most letters of a row that are looked at as one.
const LONGEST_ROW: usize = 12;

/// What "us" is said after, and not the name of a country.
const BEFORE_US: &str = "ASK BOTH GIVE HELP JOIN LET MAKE SAVE SHOW TELL TRUST";

/// What follows computing, and not "it".
const AFTER_IT: &str = "\
    BOSS CHAOS CHIEF CHIEFS COMPANY CRASH DEPARTMENT FAILURE FAILURES FIRM FIRMS FAULT GIANT GLITCH GROUP \
    INDUSTRY JOBS MELTDOWN OUTAGE PROBLEMS SECTOR SECURITY SERVICES STAFF SUPPORT SYSTEM SYSTEMS WORKERS";

/// Letters that stand alone: "the U S A", and an "A" that is no article: "A380", "Plan A", "M&A".
pub(super) fn letters(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let row = row(&mut scan);
    let serial = scan.peek().is_some_and(|c| c.is_ascii_digit());
    let (ending, heard) = if serial { (0, false) } else { lexicon::ending(scan.rest())? };
    let letters = match row.as_str() {
        "A" => serial || is_joined(start, scan) || ending == 0 && stands_alone(start, scan),
        "AI" => true,
        _ => row.len() > 2 || row.len() == 2 && !(start.at() == 0 && row.starts_with('A')),
    };
    let sound = Sound::Ipa(lexicon::spelled(&row).filter(|_| letters)?);
    scan.jump(scan.at() + ending);
    scan.sounds("letters", scan.since(start), if heard { lexicon::with_s(&sound) } else { sound })
}

/// Steps over capitals with spaces between them.
fn row(scan: &mut Scan<'_>) -> String {
    let mut row = String::new();
    let mut ahead = *scan;
    while row.len() < LONGEST_ROW && (row.is_empty() || ahead.space()) {
        let Some(letter) = ahead.skip().filter(char::is_ascii_uppercase) else { break };
        let serial = row.is_empty() && ahead.peek().is_some_and(|c| c.is_ascii_digit());
        if !serial && (lexicon::ending(ahead.rest()).is_none() || !row.is_empty() && goes_on(ahead)) {
            break;
        }
        row.push(letter);
        *scan = ahead;
    }
    row
}

/// Whether more than a letter stands here: "U-turn", "I'm", "A.I.".
fn goes_on(end: Scan<'_>) -> bool {
    match end.peek() {
        Some('.') => end.peek_second().is_some_and(char::is_alphabetic),
        Some('\'' | '’') => end.peek_second() != Some('s'),
        next => next == Some('-'),
    }
}

fn is_joined(start: Scan<'_>, end: Scan<'_>) -> bool {
    end.peek() == Some('&') || matches!(start.before(), Some('&' | '-'))
}

fn stands_alone(start: Scan<'_>, end: Scan<'_>) -> bool {
    let (before, after) = (right_before(start), context::after(end));
    let named = !before.is_empty() && !capital(after);
    !goes_on(end) && (named || before.len() == 1 && capital(before) || among(after, "and or to"))
}

/// Two capitals and more, with the s that may follow them.
pub(super) fn initialisms(mut scan: Scan<'_>) -> Option<Reading> {
    let start = scan;
    let word = scan.run(char::is_uppercase);
    word.chars().nth(1)?;
    let (ending, heard) = lexicon::ending(scan.rest())?;
    let sound = sound(word, start, scan, heard)?;
    scan.jump(scan.at() + ending);
    scan.sounds("initialism", scan.since(start), if heard { lexicon::with_s(&sound) } else { sound })
}

/// How the word sounds that stands here, if espeak-ng would not say it so; with an s if one is heard.
fn sound(word: &str, start: Scan<'_>, end: Scan<'_>, with_s: bool) -> Option<Sound> {
    let spelled = || lexicon::spelled(word).map(Sound::Ipa);
    let as_word = || Sound::Like(word.to_lowercase());
    let (before, after) = (right_before(start), context::after(end));
    let shouted = is_loud(before) || is_loud(after);
    match word {
        "WHO" if !shouted || before.eq_ignore_ascii_case("the") => return spelled(),
        "WHO" => return None,
        "IT" if shouted && !among(after, AFTER_IT) => return Some(as_word()),
        "US" if among(before, BEFORE_US) => return Some(as_word()),
        _ if among(word, LOUD) => return Some(as_word()),
        _ if among(word, SPELLED) || among(word, WELL_KNOWN) => return None,
        _ => {}
    }
    let plain = lexicon::plain(word);
    if !plain.is_ascii() {
        return None;
    }
    match kind(&plain) {
        // espeak-ng takes a clause for a loud one that has more capitals than small letters: "The ANC, a party".
        Kind::Short
            if !shouted
                && plain.len() == 3
                && is_mostly_capitals(start, end)
                && !among(word, SMALL)
                && !among(word, SAID) =>
        {
            spelled()
        }
        // espeak-ng drops the s of what it says as a word in capitals.
        Kind::Word => with_s.then(as_word),
        // It takes no accents, and no apostrophe after the s: "MEPs'".
        Kind::Short => (plain != word || ["s'", "s’"].iter().any(|ending| end.rest().starts_with(ending)))
            .then(spelled)?,
        Kind::Mixed => with_s.then(|| letter_and_syllable(&plain)),
        Kind::Letters => spelled(),
    }
}

/// Whether the clause around has more capitals than small letters.
fn is_mostly_capitals(start: Scan<'_>, end: Scan<'_>) -> bool {
    const STOPS: [char; 10] = [',', ';', ':', '.', '!', '?', '–', '—', '(', ')'];
    let before = start.back().rsplit(STOPS).next().unwrap_or_default();
    let rest = &end.rest()[..end.rest().floor_char_boundary(LONGEST_CLAUSE)];
    let after = rest.split(STOPS).next().unwrap_or_default();
    let count = |kind: fn(char) -> bool| {
        [before, after].iter().flat_map(|part| part.chars()).filter(|c| kind(*c)).count()
    };
    count(char::is_uppercase) + end.since(start).chars().count() > count(char::is_lowercase)
}

/// Bytes of a clause that are looked at after a word.
const LONGEST_CLAUSE: usize = 48;

/// "KFOR" as "K for".
fn letter_and_syllable(word: &str) -> Sound {
    let (letter, syllable) = word.split_at(word.floor_char_boundary(1));
    Sound::Like(format!("{letter} {}", syllable.to_lowercase()))
}

/// What a row of capitals is by its shape.
enum Kind {
    /// So short that espeak-ng knows it or spells it.
    Short,
    Word,
    /// A letter and a syllable.
    Mixed,
    Letters,
}

fn kind(word: &str) -> Kind {
    let vowel = word.contains(['A', 'E', 'I', 'O', 'U', 'Y']);
    match word.len() {
        0..=3 => Kind::Short,
        7.. if vowel => Kind::Word,
        _ if shape::is_sayable(word) => Kind::Word,
        _ if shape::is_letter_and_syllable(word) => Kind::Mixed,
        _ => Kind::Letters,
    }
}

/// Whether a word shows that those around it are in capitals for loudness.
fn is_loud(word: &str) -> bool {
    word.chars().all(char::is_uppercase) && (word.len() > 3 || among(word, SMALL) || among(word, LOUD))
}
