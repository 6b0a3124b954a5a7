//! The table of heteronyms against espeak-ng and the voice: what it says of them is so.

use std::fs;

use lectern::article::Article;
use lectern::speech::{Phonemizer, Voice};
use lectern::text::script;

use crate::harness::{all_parts, parts, root};

/// The fields of every line: the word, two sounds, and which of them espeak-ng says by itself.
fn rows() -> Vec<Vec<String>> {
    let file = fs::read_to_string(root().join("src/text/normalise/english/heteronyms/words.txt")).unwrap();
    let lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
}

#[test]
fn espeak_says_by_itself_what_the_table_says() {
    let phonemizer = Phonemizer::start(&parts()).unwrap();
    for row in rows() {
        let Some(own) = ["1", "2"].iter().position(|sense| row[3].starts_with(sense)) else { continue };
        let said = phonemizer.phonemes(&format!("{}.", row[0]), &[], "en-us").unwrap();
        let (same, other) = (common(&said, &row[1 + own]), common(&said, &row[2 - own]));
        assert!(same > other, "{row:?}: {said}");
    }
}

/// How much of a sound is heard, from its beginning and from its end: shades may differ.
fn common(said: &str, sound: &str) -> usize {
    let said = said.trim_end_matches('.');
    let begin = said.chars().zip(sound.chars()).take_while(|(a, b)| a == b).count();
    let end = said.chars().rev().zip(sound.chars().rev()).take_while(|(a, b)| a == b).count();
    begin + end
}

#[test]
fn the_voice_knows_every_sound() {
    let voice = Voice::open(&all_parts().join("voices/en_US-joe-medium.onnx")).unwrap();
    for row in rows() {
        let unknown = row[1..3].concat().chars().find(|phoneme| !voice.alphabet.knows(*phoneme));
        assert_eq!(unknown, None, "{row:?}");
    }
}

#[test]
fn a_phrase_that_espeak_knows_keeps_its_words() {
    let cases = [
        ("They live in Lisbon.", "ðeɪ lˈɪv ɪn lˈɪsbən."),
        ("She had to bow down.", "ʃiː hædtə bˈaʊ dˈaʊn."),
        ("We need wind power now.", "wiː nˈiːd wˈɪnd pˈaʊɚ nˈaʊ."),
    ];
    let phonemizer = Phonemizer::start(&parts()).unwrap();
    for (text, wanted) in cases {
        let article = Article { language: Some("en".into()), ..Article::plain("id", text) };
        let sentence = script(&article).blocks[0].sentences[0].clone();
        let said = phonemizer.phonemes(&sentence.spoken, &sentence.tokens, "en-us").unwrap();
        assert_eq!(said, wanted);
    }
}
