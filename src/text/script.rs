//! The types that cross from text to speech.

use std::path::{Path, PathBuf};

use serde::Serialize;

/// What is said for one article, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Script {
    /// The article's id.
    pub id: String,
    /// The headline, wherever it was found.
    pub title: Option<String>,
    /// BCP 47 tag of the language it is read in.
    pub language: String,
    /// Address of the page's picture, as the page has it.
    pub image: Option<String>,
    /// When it was published, as the page has it.
    pub published_at: Option<String>,
    /// The parts of the article that are read.
    pub blocks: Vec<Block>,
    /// What was odd about the article as a whole.
    pub notes: Vec<Note>,
}

/// A paragraph, heading or the like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Block {
    /// What it is.
    pub role: Role,
    /// BCP 47 tag, where it is in another language than the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What is said, in order; empty only where a recording is heard.
    pub sentences: Vec<Sentence>,
    /// A recording that is heard in its place: the site's own, before or after articles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording: Option<PathBuf>,
}

impl Block {
    /// A recording of the site's.
    pub(super) fn recorded(role: Role, path: &Path) -> Self {
        Self { role, language: None, sentences: Vec::new(), recording: Some(path.into()) }
    }
}

/// What a block is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // The names say it.
pub enum Role {
    Title,
    Byline,
    Heading,
    Paragraph,
    Quote,
    Item,
    Row,
    Caption,
    Aside,
    Footnote,
    Code,
    /// What the site has read before an article.
    Intro,
    /// What the site has read after it.
    Outro,
    /// That it is a machine that reads.
    Notice,
}

/// One utterance: the unit of speaking and of caching.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// As the reader sees it, white space folded.
    pub text: String,
    /// Exactly as it stands in the reader's text.
    #[serde(skip)]
    pub source: String,
    /// As it is said; empty when there is nothing to say.
    pub spoken: String,
    /// Where it stands in the reader's text.
    pub span: Span,
    /// The same in bytes.
    pub bytes: Bytes,
    /// Where it begins and ends in the markup, if that was sent: the steps of an EPUB canonical
    /// fragment identifier, from a page's root element or from the element around a body. `/4/2/1:5`
    /// is behind the fifth UTF-16 unit of the first text in the first element in the second element.
    pub path: Option<[String; 2]>,
    /// What of the reader's text each part of the spoken form stands for, in order.
    #[serde(skip)]
    pub tokens: Vec<Token>,
    /// The silence after it.
    #[serde(skip)]
    pub pause: Pause,
    /// What was left out or unusual.
    pub notes: Vec<Note>,
}

/// A half-open range in UTF-16 units, as a browser counts: into the body's text, or for the
/// title and byline into that field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span(pub usize, pub usize);

/// What a [`Span`] says, in bytes of UTF-8: most programs count so where text is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Bytes(pub usize, pub usize);

/// A part of a spoken form, up to the next one, and what it stands for. Parts that stand for the
/// same characters follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it begins in the spoken form, in characters.
    pub at: usize,
    /// What is written.
    pub span: Span,
    /// The same in bytes.
    pub bytes: Bytes,
    /// Name of the rule that changed it, in kebab case; none where it is said as it is written.
    pub rule: Option<&'static str>,
    /// How it sounds, where that is not what its spelling says.
    pub sound: Option<Sound>,
    /// BCP 47 tag of its language, where that is not its block's.
    pub language: Option<String>,
}

/// How a word sounds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Sound {
    /// In the International Phonetic Alphabet, as espeak-ng writes it ("zɛlˈɛnski").
    Ipa(String),
    /// Like this other spelling ("Makrong").
    Like(String),
}

impl Sound {
    /// The IPA or the other spelling.
    pub fn as_written(&self) -> &str {
        match self {
            Self::Ipa(sound) | Self::Like(sound) => sound,
        }
    }
}

/// What is said otherwise than it is written, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Where it is written.
    pub span: Span,
    /// The same in bytes.
    pub bytes: Bytes,
    /// What is written.
    pub written: String,
    /// What is said for it.
    pub said: String,
    /// The rule that changed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<&'static str>,
    /// How it sounds, where that is not what its spelling says: IPA, or another spelling.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sound: Option<String>,
    /// The language it is said in, where that is not its block's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// The changes of a sentence that stands at `span` in the reader's text.
pub fn changes(source: &str, span: Span, spoken: &str, tokens: &[Token]) -> Vec<Change> {
    let source: Vec<u16> = source.encode_utf16().collect();
    let ends = tokens.iter().skip(1).map(|t| t.at).chain([usize::MAX]);
    let changes_it = |t: &Token| t.rule.is_some() || t.sound.is_some() || t.language.is_some();
    let changed = tokens.iter().zip(ends).filter(|(token, _)| changes_it(token));
    let mut changes: Vec<Change> = Vec::new();
    for (token, end) in changed {
        let said: String = spoken.chars().skip(token.at).take(end - token.at).collect();
        match changes.last_mut().filter(|last| last.span == token.span && last.rule == token.rule) {
            Some(last) => last.said = format!("{} {}", last.said, said.trim()),
            None => {
                let written = token.span.0.saturating_sub(span.0)..token.span.1.saturating_sub(span.0);
                changes.push(Change {
                    span: token.span,
                    bytes: token.bytes,
                    written: String::from_utf16_lossy(source.get(written).unwrap_or_default()),
                    said: said.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned(),
                    rule: token.rule,
                    sound: token.sound.as_ref().map(|sound| sound.as_written().to_owned()),
                    language: token.language.clone(),
                });
            }
        }
    }
    changes
}

/// How long the voice rests after a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pause {
    /// After a part of a sentence that is too long for one breath.
    Clause,
    /// Within a block.
    #[default]
    Sentence,
    /// At a block's end.
    Paragraph,
    /// Before a heading.
    Heading,
}

/// Something a careful editor would want to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Stable kebab-case name of the kind.
    pub code: &'static str,
    /// What it is about, for people.
    pub detail: String,
}

impl Note {
    /// A note of one kind.
    pub fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }
}

impl Script {
    /// Every sentence there is something to say for.
    pub fn speakable(&self) -> impl Iterator<Item = (usize, &Block, &Sentence)> {
        self.blocks.iter().enumerate().flat_map(|(i, block)| {
            let said = block.sentences.iter().filter(|s| !s.spoken.is_empty());
            said.map(move |sentence| (i, block, sentence))
        })
    }

    /// Whether there is anything to say beside headline, byline and what every article has.
    pub fn has_body(&self) -> bool {
        let beside = [Role::Title, Role::Byline, Role::Intro, Role::Outro, Role::Notice];
        self.speakable().any(|(_, block, _)| !beside.contains(&block.role))
    }

    /// The article's notes and those of its sentences.
    pub fn all_notes(&self) -> Vec<Note> {
        let sentences = self.blocks.iter().flat_map(|block| &block.sentences);
        self.notes.iter().chain(sentences.flat_map(|s| &s.notes)).cloned().collect()
    }

    /// Number of words that will be spoken.
    pub fn words(&self) -> usize {
        self.speakable().map(|(_, _, s)| s.spoken.split_whitespace().count()).sum()
    }
}
