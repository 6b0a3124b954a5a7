//! Which of a heteronym's two senses is meant.

use super::super::context::among_any_case;
use super::grammar;
use super::neighbours::{Kind, Neighbour, Neighbours};
use super::table::{By, Clue, Heteronym, Own, Place};

/// The sense meant where `written` stands.
pub(super) fn sense(heteronym: &Heteronym, written: &str, around: &Neighbours<'_>) -> usize {
    let fits = |clue: &&&Clue| clue.places.iter().all(|place| stands(place, written, around));
    if let Some(clue) = heteronym.clues.iter().find(fits) {
        return clue.sense;
    }
    match heteronym.told {
        By::Part { usual } => grammar::is_verb(around, heteronym.in_s).map_or(usual, usize::from),
        By::Tense => usize::from(grammar::is_past(around)),
        By::Sense => 0,
    }
}

/// Whether a word that a clue asks for stands in its place.
fn stands(place: &Place, written: &str, around: &Neighbours<'_>) -> bool {
    match place {
        Place::Before(words) => words.have(around.word_back(0), around.back(0)),
        Place::After(words) => words.have(around.next_word(), around.next()),
        Place::Near(words) => around.words().any(|word| words.have(word, Kind::Other)),
        Place::As(form) => *form == written,
        Place::Inside => around.word_back(0).starts_with(char::is_lowercase),
        Place::Verb(verb) => grammar::is_verb(around, false) == Some(*verb),
    }
}

/// Whether espeak-ng says this sense by itself. It leaves a word's usual sound only within a clause
/// and soon after a word that makes it expect another ("to", "we"; "the").
pub(super) fn is_own(heteronym: &Heteronym, sense: usize, around: &Neighbours<'_>) -> bool {
    match heteronym.own {
        Own::Always(own) => own == sense,
        Own::Usually(own) => own == sense && !is_swayed(own, around),
        Own::Never => false,
    }
}

/// What has espeak-ng expect a noun, and no verb any more.
const STEADY: &str = "the a an my your his her its our their any every another";

fn is_swayed(own: usize, around: &Neighbours<'_>) -> bool {
    let steady = |n: &&Neighbour<'_>| n.kind == Kind::Break || own == 0 && among_any_case(n.word, STEADY);
    around.before.iter().take(3).take_while(|n| !steady(n)).any(|n| sways(n.kind, own))
}

/// Whether a word of this kind may make espeak-ng leave what it usually says.
fn sways(kind: Kind, own: usize) -> bool {
    match kind {
        Kind::Other | Kind::Plural | Kind::Adjective | Kind::Participle | Kind::Perception => false,
        Kind::Verb | Kind::And | Kind::Question | Kind::Object => false,
        Kind::Preposition | Kind::Determiner | Kind::Number => own == 1,
        _ => true,
    }
}
