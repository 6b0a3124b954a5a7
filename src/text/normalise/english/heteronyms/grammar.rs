//! A small guess at the part of speech, from word order and closed-class neighbours.

use super::super::context::among_any_case;
use super::neighbours::{Kind, Neighbours};

/// Before "to" when it is a preposition: "due to", "access to".
const LEADS_TO_NOUN: &str = "due according subject close access response addition contrast relation regard \
    return attention led leads lead leading exposed related similar prior thanks opposed reaction contribute \
    contributed contributes owing compared resistance resistant objection opposition vulnerable prone add \
    added adds turn turned turning respond responds responded susceptible mild low weak minor light \
    commitment committed put comes key path road threat barrier obstacle tribute alternative devoted dedicated";

/// Whether a word such as "record", or "records", is a verb here; nothing if there is no telling.
pub(super) fn is_verb(around: &Neighbours<'_>, in_s: bool) -> Option<bool> {
    let skipped = adverbs(around);
    let governs = governs(around);
    let manner = skipped > 0 && matches!(around.next(), Kind::Preposition | Kind::To);
    match around.back(skipped) {
        Kind::Number if !in_s => Some(governs.unwrap_or(false)),
        Kind::Determiner | Kind::Number | Kind::Adjective | Kind::Be | Kind::Have | Kind::Preposition => {
            Some(false)
        }
        Kind::To => Some(!in_s && !leads_to_noun(around, skipped)),
        Kind::Modal => Some(!in_s),
        // "Were you present?"
        Kind::Subject | Kind::ThirdPerson if around.back(skipped + 1) == Kind::Be => Some(false),
        Kind::Subject if in_s => governs,
        Kind::Subject | Kind::ThirdPerson | Kind::Relative => Some(true),
        Kind::Object => Some(around.back(skipped + 1) == Kind::Perception),
        Kind::Plural | Kind::Other | Kind::Participle if in_s && skipped > 0 => Some(true),
        Kind::Perception | Kind::Participle | Kind::Verb => Some(governs.unwrap_or(false)),
        Kind::Demonstrative => Some(governs.unwrap_or(around.next() == Kind::To)),
        Kind::That => Some(after_that(around, skipped, in_s)),
        Kind::And => after_and(around, skipped, in_s),
        Kind::Plural if !in_s => Some(governs.unwrap_or(true)),
        Kind::Other if !in_s && manner => Some(true),
        Kind::Other if !in_s => after_singular(around, skipped),
        Kind::Plural | Kind::Other => after_subject(around),
        Kind::Adverb | Kind::Break | Kind::Question => {
            governs.or_else(|| first_in_clause(around, skipped, in_s))
        }
    }
}

/// How many adverbs stand right before.
fn adverbs(around: &Neighbours<'_>) -> usize {
    around.before.iter().take_while(|neighbour| neighbour.kind == Kind::Adverb).count()
}

/// Whether what follows is an object, which makes a verb; or what only a noun has after it.
fn governs(around: &Neighbours<'_>) -> Option<bool> {
    match around.next() {
        Kind::Determiner
        | Kind::Demonstrative
        | Kind::Object
        | Kind::Subject
        | Kind::ThirdPerson
        | Kind::That
        | Kind::Question => Some(true),
        Kind::Be | Kind::Have | Kind::Modal => Some(false),
        Kind::Preposition if around.next_word() == "of" => Some(false),
        _ => None,
    }
}

fn leads_to_noun(around: &Neighbours<'_>, to: usize) -> bool {
    governs(around) != Some(true) && among_any_case(around.word_back(to + 1), LEADS_TO_NOUN)
}

/// "factors that affect", "the house that records", but "said that use is", "at that object".
fn after_that(around: &Neighbours<'_>, that: usize, in_s: bool) -> bool {
    match (around.back(that + 1), governs(around)) {
        (_, Some(governs)) => governs,
        (Kind::Plural, None) => !in_s,
        (Kind::Other, None) => in_s,
        _ => false,
    }
}

/// Joined to a verb ("to load and record") or to anything else.
fn after_and(around: &Neighbours<'_>, and: usize, in_s: bool) -> Option<bool> {
    match around.back(and + 2) {
        Kind::To | Kind::Modal if !in_s => Some(true),
        _ if around.back(and + 1) == Kind::Adjective && !in_s => Some(governs(around).unwrap_or(false)),
        _ => governs(around).or_else(|| first_in_clause(around, and, in_s)),
    }
}

/// A bare verb has no subject in the singular, but two of them: "the king and his heir object".
fn after_singular(around: &Neighbours<'_>, noun: usize) -> Option<bool> {
    let two = around.back(noun + 1) == Kind::And || around.back(noun + 2) == Kind::And;
    match around.next() {
        _ if governs(around) == Some(false) => Some(false),
        Kind::Determiner | Kind::Object => Some(true),
        Kind::Preposition if two && around.next_word() != "of" => Some(true),
        Kind::Preposition | Kind::To | Kind::Plural | Kind::Adjective | Kind::That => None,
        _ => Some(false),
    }
}

/// "the museum houses Roman coins", but "world records in", "court records and".
fn after_subject(around: &Neighbours<'_>) -> Option<bool> {
    match around.next() {
        Kind::Adjective | Kind::Plural | Kind::Number => Some(true),
        Kind::Break | Kind::And => Some(false),
        Kind::Other if around.next_word().starts_with(char::is_uppercase) => Some(true),
        _ => governs(around),
    }
}

/// With nothing before that would tell: one more of a row of bare verbs ("to arm, train and lead, use gas").
fn first_in_clause(around: &Neighbours<'_>, skipped: usize, in_s: bool) -> Option<bool> {
    let row = around.before.iter().skip(skipped).any(|n| matches!(n.kind, Kind::To | Kind::Modal));
    let object = matches!(around.next(), Kind::Plural | Kind::Adjective | Kind::Other);
    (row && object && !in_s).then_some(true)
}

/// Whether "read" is past here.
pub(super) fn is_past(around: &Neighbours<'_>) -> bool {
    let skipped = adverbs(around);
    match around.back(skipped) {
        Kind::Have | Kind::Be | Kind::ThirdPerson | Kind::Relative | Kind::Other | Kind::Participle => true,
        Kind::To | Kind::Modal | Kind::Perception | Kind::Object | Kind::Adjective => false,
        _ => {
            around.next_word() == "by"
                || around.before.iter().chain(&around.after).any(|n| tells_past(n.word))
        }
    }
}

fn tells_past(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed")
        || among_any_case(word, "was were had did said began went came saw wrote")
}
