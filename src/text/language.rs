//! Which language an article is in, where nobody says, and which of its blocks are in another.

use std::sync::LazyLock;

use whatlang::{Detector, Info, Lang, Script, detect_script};

use super::DEFAULT_LANGUAGE;
use super::extract::{Found, Piece, Run};
use super::script::{Note, Role};

/// Bytes of an article that are looked at.
const LOOK: usize = 4 << 10;

/// Bytes of a block that are looked at.
const GLANCE: usize = 400;

/// Fewer words say too little.
const FEWEST_WORDS: usize = 12;

/// Fewer letters say too little where words are not told apart by spaces.
const FEWEST_LETTERS: usize = 20;

/// The article's language: named by the site, if it is written in those letters, else guessed from its
/// text or its script, else the default.
pub(super) fn of_article(found: &mut Found) -> String {
    let text = body_start(&found.pieces);
    if let Some(named) = found.language.take_if(|named| !is_in_other_script(&text, named)) {
        return named;
    }
    let guess = guess(&text).or_else(|| by_script(&text)).filter(|code| *code != DEFAULT_LANGUAGE);
    if let Some(code) = guess {
        found.notes.push(Note::new("language-guessed", code));
    }
    guess.unwrap_or(DEFAULT_LANGUAGE).to_owned()
}

/// The block's language where it is not the article's: as marked up, else as its words show.
pub(super) fn of_block(piece: &Piece, article: &str) -> Option<String> {
    let named = piece.language.as_deref().filter(|named| !named.trim().is_empty());
    let other = match named {
        Some(named) => Some(named),
        None if matches!(piece.role, Role::Code | Role::Byline) => None,
        None => foreign(head(&piece.text, GLANCE), article),
    };
    other.filter(|code| primary(code) != primary(article)).map(str::to_owned)
}

/// The parts of a block that are not in its language.
pub(super) fn runs(piece: &Piece, block: &str) -> Vec<Run> {
    let other = |run: &&Run| primary(&run.language) != primary(block);
    piece.foreign.iter().filter(other).cloned().collect()
}

/// The language without region and script, in lower case.
pub(super) fn primary(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or(language).trim().to_ascii_lowercase()
}

fn body_start(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces.iter().filter(|p| !matches!(p.role, Role::Code | Role::Byline)) {
        text.push_str(head(&piece.text, LOOK - text.len().min(LOOK)));
        text.push('\n');
        if text.len() >= LOOK {
            break;
        }
    }
    text
}

fn head(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

fn guess(text: &str) -> Option<&'static str> {
    if !says_enough(text) {
        return None;
    }
    let found = DETECTOR.detect(text).filter(Info::is_reliable)?;
    tag(found.lang())
}

/// The language that most who write in its script write in, by its own letters where it has some: for
/// what is too short to be guessed. Latin letters tell nothing.
pub(super) fn by_script(text: &str) -> Option<&'static str> {
    let has = |letters: &str| text.contains(|c| letters.contains(c));
    Some(match other_script(text)? {
        Script::Arabic if has("ٹڈڑےں") => "ur",
        Script::Arabic if has("پچژگ") => "fa",
        Script::Arabic => "ar",
        Script::Cyrillic if has("іїєґІЇЄҐ") && !has("ўЎыЫ") => "uk",
        Script::Cyrillic if has("ўЎ") => "be",
        Script::Cyrillic if has("ѓќѕЃЌЅ") => "mk",
        Script::Cyrillic if has("ђјљњћџЂЈЉЊЋЏ") => "sr",
        Script::Cyrillic => "ru",
        Script::Devanagari => "hi",
        Script::Hebrew => "he",
        Script::Mandarin if text.contains(|c| matches!(c, '\u{3040}'..='\u{30FF}')) => "ja",
        Script::Mandarin => "zh",
        other => tag(*other.langs().first()?)?,
    })
}

/// Whether most of a text is in letters that a language does not write in. Latin ones every language
/// knows, and single Greek ones are signs.
pub(super) fn is_in_other_script(text: &str, language: &str) -> bool {
    let Some(script) = other_script(text) else { return false };
    let own = LANGUAGES.iter().find(|(_, tag)| *tag == primary(language));
    let has = |own: Lang| script.langs().contains(&own) || own == Lang::Jpn && script == Script::Mandarin;
    let sign = script == Script::Greek && text.chars().filter(|c| c.is_alphabetic()).nth(1).is_none();
    own.is_some_and(|(own, _)| !has(*own)) && !sign
}

/// The script of most of a text's letters, if those are not Latin.
fn other_script(text: &str) -> Option<Script> {
    let latin = text.chars().filter(|c| c.is_alphabetic() && is_latin(*c)).count();
    let other: String = text.chars().filter(|c| c.is_alphabetic() && !is_latin(*c)).collect();
    if other.chars().nth(latin).is_some() { detect_script(&other) } else { None }
}

fn is_latin(letter: char) -> bool {
    letter < '\u{370}' || matches!(letter, '\u{1D00}'..='\u{1EFF}')
}

fn tag(language: Lang) -> Option<&'static str> {
    LANGUAGES.iter().find(|(listed, _)| *listed == language).map(|(_, tag)| *tag)
}

fn says_enough(text: &str) -> bool {
    let spaceless =
        |c: char| matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{9FFF}');
    text.split_whitespace().nth(FEWEST_WORDS - 1).is_some()
        || text.chars().filter(|&c| spaceless(c)).nth(FEWEST_LETTERS - 1).is_some()
}

/// Asked only about text without the everyday words of the article's language: that is quicker,
/// and keeps lists of foreign names from being taken for a foreign language.
fn foreign(text: &str, article: &str) -> Option<&'static str> {
    let everyday = EVERYDAY.iter().find(|(code, _)| primary(article) == *code).map_or("", |(_, words)| words);
    let is_everyday = |word: &str| everyday.split(' ').any(|e| e.eq_ignore_ascii_case(word));
    let (mut words, mut own) = (0, 0);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        words += 1;
        own += usize::from(is_everyday(word));
    }
    if own * 8 >= words { None } else { guess(text) }
}

/// Words that hardly a sentence does without, and that few other languages have.
const EVERYDAY: [(&str, &str); 10] = [
    ("de", "der die das und ist nicht ein eine mit von zu auf für den dem sich im auch es"),
    ("en", "the and of to is that it for was with as on by this are be not which from has"),
    ("es", "el los las y que en un una por con del al es se su para como más lo"),
    ("fr", "le les des et est une que qui dans du pour pas au sur il elle ce par sont"),
    ("it", "il che di e la per un una non con del della sono gli è nel anche si da"),
    ("nl", "de het een en van is dat niet op te met voor zijn aan er ook door"),
    ("pl", "i w na z się nie do jest że to o jak po przez od dla oraz"),
    ("pt", "o os as e que em um uma do da não para com por se dos no na mais"),
    ("ru", "и в не на что с по как это к из у за от для его"),
    ("sv", "och att det som en på är av för med den till inte ett har de om"),
];

/// The languages that are told apart, and their tags. Left out are those that hardly any news site
/// writes in and that short texts in others are taken for (Javanese, Esperanto, Latin …).
const LANGUAGES: [(Lang, &str); 59] = [
    (Lang::Amh, "am"),
    (Lang::Ara, "ar"),
    (Lang::Aze, "az"),
    (Lang::Bel, "be"),
    (Lang::Ben, "bn"),
    (Lang::Bul, "bg"),
    (Lang::Cat, "ca"),
    (Lang::Ces, "cs"),
    (Lang::Cmn, "zh"),
    (Lang::Cym, "cy"),
    (Lang::Dan, "da"),
    (Lang::Deu, "de"),
    (Lang::Ell, "el"),
    (Lang::Eng, "en"),
    (Lang::Est, "et"),
    (Lang::Fin, "fi"),
    (Lang::Fra, "fr"),
    (Lang::Guj, "gu"),
    (Lang::Heb, "he"),
    (Lang::Hin, "hi"),
    (Lang::Hrv, "hr"),
    (Lang::Hun, "hu"),
    (Lang::Hye, "hy"),
    (Lang::Ind, "id"),
    (Lang::Ita, "it"),
    (Lang::Jpn, "ja"),
    (Lang::Kan, "kn"),
    (Lang::Kat, "ka"),
    (Lang::Khm, "km"),
    (Lang::Kor, "ko"),
    (Lang::Lav, "lv"),
    (Lang::Lit, "lt"),
    (Lang::Mal, "ml"),
    (Lang::Mar, "mr"),
    (Lang::Mkd, "mk"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Nld, "nl"),
    (Lang::Nob, "nb"),
    (Lang::Ori, "or"),
    (Lang::Pan, "pa"),
    (Lang::Pes, "fa"),
    (Lang::Pol, "pl"),
    (Lang::Por, "pt"),
    (Lang::Ron, "ro"),
    (Lang::Rus, "ru"),
    (Lang::Sin, "si"),
    (Lang::Slk, "sk"),
    (Lang::Slv, "sl"),
    (Lang::Spa, "es"),
    (Lang::Srp, "sr"),
    (Lang::Swe, "sv"),
    (Lang::Tam, "ta"),
    (Lang::Tel, "te"),
    (Lang::Tha, "th"),
    (Lang::Tur, "tr"),
    (Lang::Ukr, "uk"),
    (Lang::Urd, "ur"),
    (Lang::Vie, "vi"),
];

static DETECTOR: LazyLock<Detector> =
    LazyLock::new(|| Detector::with_allowlist(LANGUAGES.iter().map(|(language, _)| *language).collect()));

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(role: Role, text: &str, language: Option<&str>) -> Piece {
        Piece {
            role,
            text: text.into(),
            start: Default::default(),
            language: language.map(str::to_owned),
            foreign: Vec::new(),
            anchors: Default::default(),
        }
    }

    fn article(named: Option<&str>, text: &str) -> (String, usize) {
        let mut found = Found {
            language: named.map(str::to_owned),
            pieces: vec![piece(Role::Paragraph, text, None)],
            ..Found::default()
        };
        let language = of_article(&mut found);
        (language, found.notes.len())
    }

    const GERMAN: &str = "Die Gemeinde hat am Abend beschlossen, dass die alte Brücke über den Fluss bis zum \
                          nächsten Frühjahr gesperrt bleibt.";
    const ENGLISH: &str = "The council decided last night that the old bridge over the river will stay closed \
                           until next spring.";

    #[test]
    fn articles() {
        let table = [
            (Some("nl"), GERMAN, "nl", 0),
            (None, GERMAN, "de", 1),
            (None, ENGLISH, "en", 0),
            (None, "Vier Wörter sind wenig.", "en", 0),
            (None, "", "en", 0),
            (
                None,
                "Rada miasta postanowiła wczoraj wieczorem, że stary most nad rzeką pozostanie zamknięty aż do wiosny.",
                "pl",
                1,
            ),
            (
                None,
                "Міська рада вчора ввечері вирішила, що старий міст через річку буде закритий до наступної весни.",
                "uk",
                1,
            ),
            (None, "市議会は昨夜、川にかかる古い橋を来年の春まで通行止めにすることを決めました。", "ja", 1),
            (None, "こんにちは", "ja", 1),
            (None, "東京の天気", "ja", 1),
            (None, "北京天气", "zh", 1),
            (None, "안녕하세요", "ko", 1),
            (None, "Καλημέρα", "el", 1),
            (None, "مرحبا", "ar", 1),
            (None, "چطوری", "fa", 1),
            (None, "שלום", "he", 1),
            (None, "สวัสดี", "th", 1),
            (None, "नमस्ते", "hi", 1),
            (None, "Привет", "ru", 1),
            (None, "Доброго дня, Києве", "uk", 1),
            (None, "Привет means hello.", "en", 0),
            (None, "He said Привет", "en", 0),
            (Some("en"), "こんにちは世界", "ja", 1),
            (Some("en"), "Dragon Quest (ドラゴン)", "en", 0),
            (Some("ru"), "Привет", "ru", 0),
        ];
        for (named, text, language, notes) in table {
            assert_eq!(article(named, text), (language.to_owned(), notes), "{text}");
        }
    }

    #[test]
    fn scripts() {
        let table = [
            ("Привет", "en", true),
            ("(ドラゴン)", "en-GB", true),
            ("東京", "ja", false),
            ("東京", "de", true),
            ("Привет", "uk", false),
            ("Łódź", "ru", false),
            ("İstanbul’da", "en", false),
            ("α", "en", false),
            ("λόγος", "en", true),
            ("λόγος", "xx", false),
            ("42!", "en", false),
        ];
        for (word, language, other) in table {
            assert_eq!(is_in_other_script(word, language), other, "{word} in {language}");
        }
    }

    #[test]
    fn blocks() {
        let names =
            "Anna Kowalska, Piotr Nowak, Jan Lewandowski, Katarzyna Zielińska, Marek Wójcik and the others";
        let table = [
            (GERMAN, None, "en", Some("de")),
            (GERMAN, None, "de-AT", None),
            (ENGLISH, None, "en-GB", None),
            (ENGLISH, None, "de", Some("en")),
            ("Die Brücke bleibt zu.", None, "en", None),
            ("Die Brücke bleibt zu.", Some("de"), "en", Some("de")),
            ("The bridge", Some("en-US"), "en", None),
            (names, None, "en", None),
        ];
        for (text, named, article, other) in table {
            let found = of_block(&piece(Role::Paragraph, text, named), article);
            assert_eq!(found.as_deref(), other, "{text}");
        }
        assert_eq!(of_block(&piece(Role::Code, GERMAN, None), "en"), None);
    }
}
