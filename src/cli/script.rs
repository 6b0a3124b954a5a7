//! `lectern script`

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::error::CliError;
use super::input::{self, As};
use super::place::PlaceArgs;
use crate::article::{Article, Draft};
use crate::config::Config;
use crate::render::{self, RenderError, unknown_languages, unknown_phoneme};
use crate::speech::{Catalogue, Phonemizer, Voice, Voices};
use crate::text::{Bytes, Change, House, Note, Role, Script, Sentence, Span, Style, changes};

/// Show what would be said, without speaking
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  lectern script article.txt
  lectern script page.html --as page --json
  lectern script articles.jsonl --jsonl > scripts.jsonl

With --jsonl each input line is an article, {\"id\", \"language\"?, \"title\"?, \"url\"?, and one of \"text\",
\"html\", \"page\" and \"paste\"}; each output line is its script or {\"id\", \"error\"}, in the same order.
A \"span\" is a range of the reader's text in UTF-16 units, as browsers count; \"bytes\" is the same in UTF-8. A
sentence's \"path\" says where in \"html\" or \"page\" it begins and ends, in the steps of an EPUB canonical fragment
identifier.

Words sound as the house's lexicon says: that of the data folder, if there is one (also while a service has it), or
of the service that --server or LECTERN_SERVER names. It is read once, at the beginning. What can't be read fails
where a flag names it; else a warning says so, and words sound as without it.

In JSON every sentence has its changes: which characters of the text, what is said for them, and by which rule
(house, house-letters, name, number, ordinal, year, date, time, money, percent, measure, range, score, fraction, roman-numeral, serial,
abbreviation, symbol, telephone, link, hashtag …). What is left out is not a change but a note: link-skipped,
footnote-skipped, code-skipped, emoji-skipped, long-word-skipped, other-script, nothing-to-say, unknown-language.")]
pub(super) struct ScriptArgs {
    /// The article: a path, or - for standard input
    input: PathBuf,
    /// What the input holds [default: guessed]
    #[arg(long = "as", value_name = "FORM")]
    form: Option<As>,
    /// Language of the article, as "en" or "de-AT" [default: the page's, else en]
    #[arg(long, value_name = "TAG", conflicts_with = "jsonl")]
    language: Option<String>,
    /// The script as JSON
    #[arg(long, conflicts_with = "jsonl")]
    json: bool,
    /// One article and one script a line
    #[arg(long, conflicts_with = "form")]
    jsonl: bool,
    #[command(flatten, next_help_heading = "Whose lexicon is asked")]
    place: PlaceArgs,
}

impl ScriptArgs {
    pub(super) fn run(&self, mut config: Config) -> Result<(), CliError> {
        let house = self.place.house(&mut config)?;
        let speaker = Speaker::find(&config, &house);
        let mut out = BufWriter::new(io::stdout().lock());
        if self.jsonl {
            return lines(&self.input, &speaker, &mut out);
        }
        let mut article = input::article(&self.input, self.form, &input::LIMITS)?;
        super::set(&mut article.language, &self.language);
        let script = speaker.script(&article)?;
        if self.json {
            serde_json::to_writer_pretty(&mut out, &speaker.output(&script, article.voice.as_deref()))
                .map_err(io::Error::from)?;
            writeln!(out)?;
        } else {
            people(&script, &mut out)?;
        }
        Ok(out.flush()?)
    }
}

/// For reading: a block a paragraph, a sentence a line.
fn people(script: &Script, out: &mut impl Write) -> io::Result<()> {
    for note in &script.notes {
        writeln!(out, "({}: {})", note.code, note.detail)?;
    }
    for (i, block) in script.blocks.iter().enumerate() {
        let gap = if i > 0 { "\n" } else { "" };
        writeln!(out, "{gap}[{}]", role_name(block.role))?;
        if let Some(recording) = &block.recording {
            writeln!(out, "(recording: {})", recording.display())?;
        }
        for sentence in &block.sentences {
            writeln!(out, "{}", if sentence.spoken.is_empty() { &sentence.text } else { &sentence.spoken })?;
            for note in &sentence.notes {
                writeln!(out, "    ({}: {})", note.code, note.detail)?;
            }
        }
    }
    Ok(())
}

fn role_name(role: Role) -> String {
    format!("{role:?}").to_lowercase()
}

/// One bad line never ends the run.
fn lines(input: &Path, speaker: &Speaker<'_>, out: &mut impl Write) -> Result<(), CliError> {
    let reader: Box<dyn Read> = match input.as_os_str().to_str() {
        Some("-") => Box::new(io::stdin().lock()),
        _ => Box::new(
            std::fs::File::open(input)
                .map_err(|e| CliError::Read { path: input.into(), cause: e.to_string() })?,
        ),
    };
    for line in BufReader::new(reader).split(b'\n') {
        let line = line?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match read_line(&line, speaker) {
            Ok((article, script)) => {
                serde_json::to_writer(&mut *out, &speaker.output(&script, article.voice.as_deref()))
                    .map_err(io::Error::from)?;
            }
            Err(failure) => serde_json::to_writer(&mut *out, &failure).map_err(io::Error::from)?,
        }
        writeln!(out)?;
    }
    Ok(out.flush()?)
}

#[derive(Serialize)]
struct Failure {
    id: Option<String>,
    error: String,
}

fn read_line(line: &[u8], speaker: &Speaker<'_>) -> Result<(Article, Script), Failure> {
    let failure = |id: Option<String>, error: String| Failure { id, error };
    let text = std::str::from_utf8(line).map_err(|e| failure(None, format!("not UTF-8: {e}")))?;
    let draft: Draft = serde_json::from_str(text).map_err(|e| {
        let id = serde_json::from_str::<serde_json::Value>(text).ok();
        failure(id.and_then(|v| Some(v.get("id")?.as_str()?.to_owned())), e.to_string())
    })?;
    let id = draft.id.clone();
    let article = draft.check(&input::LIMITS).map_err(|e| failure(id, e.to_string()))?;
    let script = speaker.script(&article).map_err(|e| failure(Some(article.id.clone()), e.told()))?;
    Ok((article, script))
}

#[derive(Serialize)]
struct Output<'a> {
    id: &'a str,
    title: &'a Option<String>,
    language: &'a str,
    voice: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: &'a Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_at: &'a Option<String>,
    blocks: Vec<OutputBlock<'a>>,
    notes: &'a [Note],
}

#[derive(Serialize)]
struct OutputBlock<'a> {
    role: Role,
    #[serde(skip_serializing_if = "Option::is_none")]
    recording: Option<&'a Path>,
    sentences: Vec<OutputSentence<'a>>,
}

#[derive(Serialize)]
struct OutputSentence<'a> {
    text: &'a str,
    spoken: &'a str,
    span: Span,
    bytes: Bytes,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: &'a Option<[String; 2]>,
    phonemes: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<Change>,
    notes: Vec<Note>,
}

/// Who reads, and how: with phonemes, where the parts for it are there; a script is worth having without.
struct Speaker<'a> {
    style: Style<'a>,
    catalogue: Catalogue,
    phonemizer: Option<Phonemizer>,
    voices: Option<Voices>,
    /// Longer articles are never spoken, and have no phonemes.
    max_words: usize,
}

impl<'h> Speaker<'h> {
    fn find(config: &'h Config, house: &'h House) -> Self {
        let folder = config.parts().ok();
        Self {
            style: Style { house: Some(house), ..config.render.style() },
            catalogue: Catalogue::built_in(),
            phonemizer: folder.and_then(|folder| Phonemizer::start(&folder).ok()),
            voices: config.voices().ok().and_then(|f| Voices::find(&f, config.voice.clone()).ok()),
            max_words: config.render.max_words,
        }
    }

    fn script(&self, article: &Article) -> Result<Script, RenderError> {
        let name = |voices: &Voices, language: &str, own: Option<&str>| {
            render::voice_name((voices, &self.catalogue), article, language, own)
        };
        let voice = |language: &str, own: Option<&str>| {
            self.voices.as_ref().map_or_else(String::new, |voices| name(voices, language, own))
        };
        render::script(article, &Style { voice: Some(&voice), ..self.style })
    }

    fn output<'a>(&self, script: &'a Script, voice: Option<&str>) -> Output<'a> {
        let voice = self.voices.as_ref().and_then(|voices| match voice {
            Some(id) => voices.get(id.split('#').next().unwrap_or(id)).ok(),
            None => voices.for_language(&script.language).ok(),
        });
        let phonemizer = self.phonemizer.filter(|_| script.words() <= self.max_words);
        let sentence = |s: &'a Sentence| sentence(s, phonemizer, voice.as_ref(), &script.language);
        let blocks = script.blocks.iter().map(|block| OutputBlock {
            role: block.role,
            recording: block.recording.as_deref(),
            sentences: block.sentences.iter().map(sentence).collect(),
        });
        Output {
            id: &script.id,
            title: &script.title,
            language: &script.language,
            voice: voice.as_ref().map(|v| v.id.clone()),
            image: &script.image,
            published_at: &script.published_at,
            blocks: blocks.collect(),
            notes: &script.notes,
        }
    }
}

fn sentence<'a>(
    sentence: &'a Sentence,
    phonemizer: Option<Phonemizer>,
    voice: Option<&Arc<Voice>>,
    language: &str,
) -> OutputSentence<'a> {
    let mut notes = sentence.notes.clone();
    let phonemizer = phonemizer.filter(|_| !sentence.spoken.is_empty());
    notes.extend(phonemizer.into_iter().flat_map(|p| unknown_languages(p, sentence.tokens.iter())));
    let phonemes = phonemizer.and_then(|phonemizer| match voice {
        Some(voice) => {
            let found = phonemizer
                .utterance(&sentence.spoken, &sentence.tokens, &voice.espeak, &voice.alphabet)
                .ok()?;
            let unknown = found.unknown.iter();
            notes.extend(unknown.map(|phoneme| unknown_phoneme(*phoneme)));
            Some(found.phonemes)
        }
        None => phonemizer.phonemes(&sentence.spoken, &sentence.tokens, language).ok(),
    });
    OutputSentence {
        text: &sentence.text,
        spoken: &sentence.spoken,
        span: sentence.span,
        bytes: sentence.bytes,
        path: &sentence.path,
        phonemes,
        changes: changes(&sentence.source, sentence.span, &sentence.spoken, &sentence.tokens),
        notes,
    }
}
