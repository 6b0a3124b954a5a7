//! Which sound is meant, sentence by sentence.

use proptest::prelude::*;

use super::table::{find, lines};
use super::*;
use crate::article::Article;
use crate::text::script;

/// The sense of the word in brackets.
fn sense(marked: &str) -> Option<usize> {
    let start = marked.find('[')?;
    let text = marked.replace(['[', ']'], "");
    let mut scan = Scan::new(&text);
    scan.jump(start);
    let mut end = scan;
    let written = end.letters();
    let heteronym = find(written)?;
    Some(choose::sense(heteronym, written, &Neighbours::new(before(scan), after(end))) + 1)
}

#[track_caller]
fn check(expected: usize, sentences: &[&str]) {
    let other: Vec<_> = sentences.iter().filter(|sentence| sense(sentence) != Some(expected)).collect();
    assert!(other.is_empty(), "{other:#?}");
}

#[test]
fn nouns() {
    check(
        1,
        &[
            "The [record] of that meeting is lost.",
            "Her [conduct] was praised by all sides.",
            "Trade in arms needs an [export] licence.",
            "A frozen [conflict] may thaw at any time.",
            "The minister's speech drew a [protest] from the left.",
            "Two [suspects] were led away.",
            "The [increase] in rents is the steepest since 2008.",
            "It fell after a sharp [decrease] in demand.",
            "No [permit] is needed for a small stall.",
            "The ferry is slower than the bridge, so its [use] has fallen.",
            "They discussed the [use] of drones at sea.",
            "The bill was met with a new [protest].",
            "An independent [survey] found the opposite.",
            "The [rebels] hold two towns.",
            "He signed a [contract] with a rival.",
            "In [contrast] to Paris, Berlin stayed silent.",
            "Every [insult] was written down.",
            "The [transfer] of power was calm.",
            "The museum's oldest [object] is a comb.",
            "European [imports] of gas fell.",
            "A [graduate] of the naval school spoke first.",
            "Her [delegate] at the talks said little.",
            "The [estimate] was too low by half.",
            "It is a rough [estimate].",
            "Ministers want a [separate] vote.",
            "We keep the two [separate].",
            "That would be [appropriate] for a court.",
            "His [excuse] was the weather.",
            "The [abuse] went on for years.",
            "Reports of [abuses] reached the court.",
            "The [house] stood empty.",
            "A [close] ally of the president resigned.",
            "The race was too [close] to call.",
            "It is [close] to the border.",
            "They were [present] at the signing.",
            "Were you [present] at the signing?",
            "The court backs [protest] rights.",
            "Sources say the club signs [record] deal.",
            "The [present] government has no majority.",
            "A [perfect] storm followed.",
            "The [content] of the letter is not known.",
            "Ten years of [progress] were undone.",
            "Work on the [project] begins in May.",
            "The [wind] dropped at noon.",
            "Strong [winds] tore off the roof.",
            "Farmers sold their [produce] by the road.",
            "The city's [refuse] was not collected.",
            "It was an [upset] in the cup.",
            "They saved many [lives].",
            "The [lives] of sailors were lost.",
            "The [analyses] of three laboratories agree.",
            "The [associate] director left.",
            "An [affiliate] of the bank was fined.",
            "Due to [increase] in traffic, the bridge is shut.",
            "The plant gives off [discharge] from its pipes.",
        ],
    );
}

#[test]
fn verbs() {
    check(
        2,
        &[
            "They will [record] a song in Malta.",
            "We [object] to that.",
            "Unions [protest] against the plan.",
            "Scientists [estimate] that the ice will go.",
            "She did not [conduct] the orchestra.",
            "Both reports [conflict] with his account.",
            "The two firms [export] wine to Japan.",
            "Taxes will [increase] in January.",
            "Prices could [decrease] again.",
            "Rules [permit] a second appeal.",
            "Police [suspect] a third man.",
            "We do not [use] it.",
            "People often [use] both.",
            "The council [uses] cheaper lamps.",
            "He [abuses] his office.",
            "They tried to [survey] the wreck.",
            "Whoever would [rebel] must flee.",
            "Some muscles [contract] quickly.",
            "Her views [contrast] with those of her party.",
            "They want to [insult] us.",
            "He hopes to [transfer] to another club.",
            "Traders who [import] it pay more.",
            "They [graduate] in June.",
            "She may [delegate] the work.",
            "Let us [separate] the two questions.",
            "Judges can [appropriate] the funds.",
            "I cannot [excuse] that.",
            "The old barracks [house] a school.",
            "Shops must [close] at ten.",
            "They [present] the budget today.",
            "She wanted to [perfect] her French.",
            "Talks [progress] slowly.",
            "Analysts [project] a small rise.",
            "The roads [wind] through the hills.",
            "Vines there [produce] a light wine.",
            "They [refuse] to pay.",
            "She [upset] the favourite in two sets.",
            "He [lives] in a small town.",
            "Her brother now [lives] with us.",
            "Her laboratory [analyses] the water.",
            "Young people [associate] it with summer.",
            "Critics [advocate] a ban.",
            "They need to [coordinate] their work.",
            "The states did [appropriate] the land.",
            "It helped [transform] the coast.",
            "To arm, train and [conduct] patrols, they need money.",
            "We never [discount] a risk.",
            "Engineers [extract] salt from it.",
            "The parties rarely [converse] in public.",
            "Ministers [reject] the claim.",
            "They had to [escort] the convoy.",
            "Those who [live] there disagree.",
        ],
    );
}

#[test]
fn present_and_past() {
    check(
        1,
        &[
            "You must [read] this.",
            "Children learn to [read] at six.",
            "I never [read] the small print.",
            "It is a good [read].",
            "Please [read] the rules.",
        ],
    );
    check(
        2,
        &[
            "She has [read] every page.",
            "The letter was [read] aloud.",
            "He [read] the verdict in a low voice.",
            "The judge [read] the verdict in a low voice.",
            "They sat down and [read] what she had sent.",
            "A widely [read] weekly said so.",
        ],
    );
}

#[test]
fn senses() {
    check(
        1,
        &[
            "They took the [lead] in the second half.",
            "She will [lead] the talks.",
            "A [bass] guitar stood in the corner.",
            "The archer bent his [bow] and took an arrow.",
            "Third in a [row]: another warm winter.",
            "Farmers [sow] wheat in the autumn.",
            "It lasted one [minute].",
            "A white [dove] flew off.",
            "The [wound] was deep.",
            "He is an [aged] care worker, and the man [aged] well.",
            "For the [sake] of peace, they agreed.",
            "The vote was declared [invalid].",
            "They were [blessed] with good weather.",
            "She [learned] to fly.",
            "They want to [tear] up the treaty.",
            "Please [polish] the brass.",
            "He likes [reading] novels.",
            "It was a [nice] evening.",
            "A [mobile] phone rang.",
            "Two [axes] hung over the fire.",
            "Cuts will [affect] the poorest.",
            "They will [resume] the search.",
            "The [Celtic] languages are old.",
            "He found a [job] in Riga.",
            "The army has two [bases] there.",
            "The drill was [used] to open it.",
        ],
    );
    check(
        2,
        &[
            "The old [lead] pipes must go.",
            "The water contained [lead], arsenic and zinc.",
            "They caught a sea [bass] at dawn.",
            "Waves broke over the ship's [bow].",
            "She had to [bow] out of the race.",
            "The [row] over fishing rights deepened.",
            "The diplomatic [row] went on.",
            "She [used] to live there.",
            "The [sow] and her piglets slept.",
            "They found [minute] traces of the poison.",
            "He [dove] into the river.",
            "The road [wound] through the hills.",
            "Rope was [wound] around the post.",
            "Care for the [aged], they said, costs more.",
            "They drank [sake] with their rice.",
            "The [Blessed] Virgin looks down.",
            "A [learned] society was founded.",
            "Police fired [tear] gas.",
            "A [Polish] court agreed.",
            "Trains from [Reading] were late.",
            "The attack in [Nice] was in July.",
            "A storm reached [Mobile], Alabama.",
            "The [axes] of symmetry cross there.",
            "Her [resume] was two pages long.",
            "They lost to [Celtic] in the cup.",
            "A play by [August] Strindberg followed.",
        ],
    );
}

fn sounds(text: &str) -> Vec<String> {
    let script = script(&Article { language: Some("en".into()), ..Article::plain("id", text) });
    let tokens =
        script.blocks.iter().flat_map(|block| &block.sentences).flat_map(|sentence| &sentence.tokens);
    tokens.filter(|t| t.rule == Some("heteronym")).filter_map(|t| t.sound.clone()).map(written).collect()
}

fn written(sound: Sound) -> String {
    sound.as_written().to_owned()
}

#[test]
fn a_sound_is_given_only_where_espeak_may_say_another() {
    assert_eq!(sounds("The record stands, and the advocate's estimate is his own."), ["ˈædvəkəts"]);
    assert_eq!(sounds("They record it; sailors export salt."), ["ɹᵻkˈɔːɹd", "ɛkspˈɔːɹt"]);
    assert_eq!(sounds("A re-read, record-breaking, read-only, de-facto row-boat."), [""; 0]);
    assert_eq!(sounds("“LEAD paint” is banned"), ["lˈɛd"]);
}

#[test]
fn the_tables_are_whole() {
    let words: Vec<&str> = lines(include_str!("words.txt")).filter_map(|l| l.split(' ').next()).collect();
    assert!(words.is_sorted() && words.iter().all(|word| find(word).is_some()), "{words:?}");
    for line in lines(include_str!("clues.txt")) {
        let word = line.split(' ').next().unwrap_or_default();
        let clues = find(word).map(|heteronym| heteronym.clues.len());
        let listed = lines(include_str!("clues.txt")).filter(|l| l.split(' ').next() == Some(word));
        assert_eq!(clues, Some(listed.count()), "{line}");
        for kind in line.split(' ').filter_map(|word| word.strip_prefix('@')) {
            assert!(neighbours::Kind::named(kind).is_some(), "{line}");
        }
    }
    for line in lines(include_str!("kinds.txt")) {
        assert!(neighbours::Kind::named(line.split(' ').next().unwrap_or_default()).is_some(), "{line}");
    }
}

proptest! {
    #[test]
    fn any_place_has_a_sense(text in "((read|lead|records|use|bow|the|to|she|é’s|,|—|\u{2009}|’|-| ) ?){1,30}") {
        let said = sounds(&text);
        prop_assert!(said.iter().all(|sound| !sound.is_empty()));
    }
}
