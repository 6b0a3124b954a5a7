use proptest::prelude::*;

use super::super::extract::Found;
use super::super::script::Role;
use super::*;

/// Roles by their first letter, and texts.
fn read(text: &str) -> Vec<(char, String)> {
    let letter = |role: Role| format!("{role:?}").chars().next().unwrap_or('?');
    pieces(text).pieces.into_iter().map(|piece| (letter(piece.role), piece.text)).collect()
}

fn codes(found: &Found) -> Vec<&str> {
    found.notes.iter().map(|note| note.code).collect()
}

const PARAGRAPHS: [&str; 4] = [
    "The town council voted late on Tuesday to close the old bridge over the river until next spring, after \
     engineers found deep cracks in two of its pillars.",
    "Buses will take another way from Monday on, and walkers can use the ferry that leaves every ten minutes \
     from the market square. It costs nothing.",
    "“We would rather be called overcautious than sorry,” said Ida Brandt, who leads the works department.",
    "The repair is to cost four million, most of which the county pays. A new bridge would have cost twelve.",
];

/// A page around the paragraphs, with something between the second and the third.
fn page(between: &str, below: &str) -> String {
    let [a, b, c, d] = PARAGRAPHS;
    let menu = "Home\nNews\nSport\nWeather\nLog in\nSubscribe";
    let head =
        "Old bridge closed until spring\n\nBy Jonas Lind\n\n12 March 2024, 9:30 am\n\nShare\nFacebook\nEmail";
    format!(
        "Old bridge closed until spring | The Rivertown Post\n\n{menu}\n\n{head}\n\n{a}\n\n{b}\n\n{between}\n\n{c}\n\n{d}\n\n\
         {below}\n\nAbout us\nContact\nPrivacy\n© 2024 Rivertown Media. All rights reserved."
    )
}

fn body(text: &str) -> Vec<String> {
    let body = read(text).into_iter().filter(|(role, _)| !matches!(role, 'T' | 'B'));
    body.map(|(_, text)| text).collect()
}

#[test]
fn a_page_is_read_without_its_furniture() {
    let text = page("Advertisement", "Related articles\n\nFerry gets a second boat\nCounty short of money");
    let found = pieces(&text);
    assert_eq!(codes(&found), ["furniture-skipped"]);
    assert!(found.notes[0].detail.starts_with("19 of 25 lines"), "{:?}", found.notes);
    let read = read(&text);
    let roles: String = read.iter().map(|(role, _)| role).collect();
    assert_eq!(roles, "TBPPPP");
    assert_eq!(read[0].1, "Old bridge closed until spring");
    assert_eq!(read[1].1, "By Jonas Lind");
    assert_eq!(body(&text), PARAGRAPHS);
}

#[test]
fn furniture_between_paragraphs_is_left_out() {
    let table = [
        "Advertisement",
        "ANZEIGE",
        "Publicité",
        "Read more: Ferry gets a second boat",
        "Lesen Sie auch: Die Fähre bekommt ein zweites Boot",
        "À lire aussi : le bac aura un deuxième bateau",
        "Te puede interesar: el transbordador tendrá otro barco",
        "The cracked pillar on Tuesday. Photo: Mia Holm/Getty Images",
        "Ein Pfeiler der Brücke. (Foto: dpa)",
        "Die Brücke am Dienstag © Rivertown/Mia Holm",
        "12 Shares",
        PARAGRAPHS[1],
        "Related articles\n\nFerry gets a second boat\nCounty short of money\nWill there ever be a new bridge in town?",
        "Meistgelesen\n\nDie Fähre bekommt ein zweites Boot\nDem Kreis fehlt Geld",
        "Sign up for our newsletter and get the best of Rivertown in your inbox every morning.",
        "Share this story\n\nFacebook\nTwitter\nCopy link",
    ];
    for between in table {
        assert_eq!(body(&page(between, "")), PARAGRAPHS, "{between}");
    }
}

#[test]
fn what_is_the_articles_own_between_paragraphs_is_read() {
    let table = [
        ("What it means for walkers", "H"),
        ("The three ways over the river:", "P"),
        ("• the ferry\n\n• the railway bridge", "II"),
        ("The ferry\nThe railway bridge\nThe tunnel", "III"),
        ("It will be missed.", "P"),
    ];
    for (between, roles) in table {
        let read = read(&page(between, ""));
        let found: String = read[4..read.len() - 2].iter().map(|(role, _)| role).collect();
        assert_eq!(found, roles, "{between}");
    }
}

#[test]
fn nothing_below_an_article_is_read() {
    let long = "I have crossed that bridge every day for thirty years and nobody ever told me that it was about to \
                fall down, so I wonder what else they keep from us. Shame on all of you in the town hall.";
    let posts = format!("Per Hansen\nMarch 12, 2024 at 10:01 am\n\n{long}\n\n").repeat(9);
    let table = [
        format!("9 comments\n\n{posts}"),
        posts.clone(),
        format!("Leave a reply\n\n{long}\n\n{long}\n\n{long}\n\n{long}\n\n{long}\n\n{long}\n\n{long}\n\n{long}"),
        "We use cookies and similar means to store and read data in your browser, with your consent. You may \
         change your preferences at any time. See our privacy policy.\n\n"
            .repeat(6),
        "Ferry gets a second boat\n\nThe council has bought it.\n\nCounty short of money\n\nRoads must wait until June.\n\n"
            .repeat(5),
    ];
    for below in table {
        assert_eq!(body(&page("", &below)), PARAGRAPHS, "{below}");
    }
}

#[test]
fn an_article_by_itself_loses_nothing() {
    let [a, b, c, d] = PARAGRAPHS;
    let list = "Three ways over the river\n\nThe ferry\nThe railway bridge\nThe tunnel";
    let text = format!(
        "Old bridge closed\n\nBy Jonas Lind\n12 March 2024\n\n{a}\n\n{list}\n\n{b}\n\n{c}\n\n{d}\n\nEnd of an era"
    );
    let found = pieces(&text);
    assert!(codes(&found).is_empty());
    assert_eq!(found.pieces[0].role, Role::Title);
    assert_eq!(words(&found), text.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn what_holds_no_article_is_read_whole() {
    for text in ["Home\nNews\nLog in", "Share", "Milk\nBread\nSubscribe", "© 2024 Rivertown Media"] {
        let found = pieces(text);
        assert_eq!(codes(&found), ["article-not-found"], "{text}");
        assert_eq!(words(&found), text.split_whitespace().collect::<Vec<_>>());
    }
    for text in ["", " \n\t\r\n\u{a0}\n"] {
        assert!(pieces(text).pieces.is_empty());
    }
}

#[test]
fn however_it_was_pasted_it_is_the_same() {
    let plain = page("What it means for walkers", "Most read\n\nFerry gets a second boat");
    let expected = body(&plain);
    let table = [
        plain.replace('\n', "\r\n"),
        plain.replace("\n\n", "\n"),
        plain.replace("\n\n", "\n \u{a0}\t\n"),
        plain.replace("\n\n", "\n\n\n\n"),
        plain.lines().map(|line| format!("  \u{a0}{line}\t\n")).collect(),
    ];
    for text in table {
        assert_eq!(body(&text), expected, "{text:?}");
    }
}

#[test]
fn hard_wrapped_pages_are_read_as_well() {
    for width in [50, 64, 72, 80] {
        let wrapped: String =
            page("Advertisement", "").lines().map(|line| wrap(line, width) + "\n").collect();
        let body: Vec<String> = body(&wrapped).iter().map(|text| text.replace('\n', " ")).collect();
        assert_eq!(body, PARAGRAPHS, "{width}");
    }
}

fn wrap(line: &str, width: usize) -> String {
    let mut wrapped = String::new();
    let mut column = 0;
    for word in line.split(' ') {
        let length = word.chars().count();
        let fits = column + 1 + length <= width;
        wrapped += if column == 0 {
            ""
        } else if fits {
            " "
        } else {
            "\n"
        };
        column = if column > 0 && fits { column + 1 + length } else { length };
        wrapped += word;
    }
    wrapped
}

fn words(found: &Found) -> Vec<&str> {
    found.pieces.iter().flat_map(|piece| piece.text.split_whitespace()).collect()
}

/// Lines of a page in no sensible order.
fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        4 => prop::sample::select(PARAGRAPHS.to_vec()).prop_map(str::to_owned),
        4 => prop::sample::select(vec![
            "Home", "Share", "Advertisement", "Related articles", "9 comments", "By Jonas Lind", "12 March 2024",
            "Photo: Mia Holm", "© 2024", "", "Was es bedeutet", "- die Fähre", "🙂", "…", "橋は春まで閉まる。",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,60}",
    ];
    prop::collection::vec((line, prop::sample::select(vec!["\n", "\n\n", "\r\n", "\t", "\u{a0}\n"])), 0..60)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

proptest! {
    #[test]
    fn pieces_stand_where_they_say_and_in_order(text in lines()) {
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut end = 0;
        for piece in pieces(&text).pieces {
            let own: Vec<u16> = piece.text.encode_utf16().collect();
            prop_assert!(piece.start.utf16 >= end);
            end = piece.start.utf16 + own.len();
            prop_assert_eq!(&units[piece.start.utf16..end], &own[..]);
            prop_assert_eq!(text.get(piece.start.byte..piece.start.byte + piece.text.len()), Some(&*piece.text));
        }
    }

    #[test]
    fn whatever_has_words_is_not_silent(text in lines()) {
        prop_assert_eq!(pieces(&text).pieces.is_empty(), text.trim().is_empty());
    }

    #[test]
    fn what_is_left_out_is_told(text in lines()) {
        let found = pieces(&text);
        let whole = words(&found) == text.split_whitespace().collect::<Vec<_>>();
        prop_assert!(whole || codes(&found) == ["furniture-skipped"]);
    }

    #[test]
    fn an_article_that_was_found_is_found_again(between in prop::sample::select(vec!["Advertisement", "What it means", "The ferry\nThe tunnel"])) {
        let found = pieces(&page(between, "Most read\n\nFerry gets a second boat"));
        let again: String = found.pieces.iter().map(|piece| piece.text.clone() + "\n\n").collect();
        let again = pieces(&again);
        let texts = |found: &Found| found.pieces.iter().map(|piece| piece.text.clone()).collect::<Vec<_>>();
        prop_assert_eq!(texts(&found), texts(&again));
    }
}
