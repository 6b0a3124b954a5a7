//! What the words around a place tell about it.

use super::super::scan::Scan;

/// The word before, without punctuation around it.
pub(super) fn before(scan: Scan<'_>) -> &str {
    scan.word_before().trim_matches(|c: char| !c.is_alphanumeric())
}

/// The word before, if it stands right before: nothing but a space in between.
pub(super) fn right_before(scan: Scan<'_>) -> &str {
    let word = scan.word_before();
    if word.ends_with(|c: char| c.is_alphanumeric() || c == '.') { before(scan) } else { "" }
}

/// The word after a space.
pub(super) fn after(mut scan: Scan<'_>) -> &str {
    if scan.space() || scan.eat("-") { scan.letters() } else { "" }
}

/// Whether a word is one of a list with a space between each two.
pub(super) fn among(word: &str, list: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|listed| listed == word)
}

/// The same in any case.
pub(super) fn among_any_case(word: &str, list: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|listed| listed.eq_ignore_ascii_case(word))
}

/// Whether a counted thing follows: a plural in small letters.
pub(super) fn counted(scan: Scan<'_>) -> bool {
    let word = after(scan);
    let plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    let other = matches!(word, "people" | "men" | "women" | "children" | "feet" | "sq" | "metric");
    let adverb = matches!(word, "was" | "has" | "this" | "its" | "versus" | "always" | "does" | "as" | "is");
    word.starts_with(char::is_lowercase) && (plural || other) && !adverb
}

/// Whether the number that begins here names a part of a text, or a place: the "b" of "table 2b" is
/// no billion, the "C" of "seat 12C" not Celsius.
pub(super) fn is_numbered(scan: Scan<'_>) -> bool {
    const PARTS: &str = "\
        annex apartment appendix art article bay berth block bus carriage cell chapter clause class court \
        exhibit fig figure figures flat form gate hall house junction line locker lot page paragraph part \
        pier platform point room route row rule schedule seat section stage stand suite table tables \
        terminal tier type unit ward zone";
    among_any_case(right_before(scan), PARTS)
}

/// Whether a word begins with a capital.
pub(super) fn capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Whether the words around speak of pictures on a screen.
pub(super) fn on_screen(start: Scan<'_>, end: Scan<'_>) -> bool {
    const WORDS: &str = "\
        aspect camera display displays film footage format gaming hd monitor monitors picture ratio resolution \
        screen screens stream streaming streams television tv video videos webcam widescreen";
    let word = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let before = start.words_before(3).split(' ').any(|w| among(&word(w), WORDS));
    before || end.rest().split(' ').skip(1).take(2).any(|w| among(&word(w), WORDS))
}

/// Whether a sentence goes on after the stop that stands here: a small letter or a number follows.
pub(super) fn after_stop(mut scan: Scan<'_>) -> bool {
    scan.eat(". ") && scan.peek().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
}

/// Whether nothing but closing marks follow.
pub(super) fn at_end(mut scan: Scan<'_>) -> bool {
    scan.run(|c| matches!(c, ' ' | '"' | '\'' | '”' | '’' | '»' | ')'));
    scan.peek().is_none()
}

/// Gives a stop back to a sentence that ends with an abbreviation's.
pub(super) fn with_stop(scan: Scan<'_>, said: String) -> String {
    if scan.before() == Some('.') && at_end(scan) { said + "." } else { said }
}

/// "a" or "an" before: what follows describes a thing, so its unit stays in the singular.
pub(super) fn describes(start: Scan<'_>, end: Scan<'_>) -> bool {
    let article = matches!(right_before(start), "a" | "an" | "A" | "An");
    article && after(end).starts_with(char::is_alphabetic)
}

/// The word that begins right here.
pub(super) fn after_here(mut scan: Scan<'_>) -> &str {
    scan.letters()
}
