//! Sentence → spoken form: its pieces put together, and where each stands in the reader's text.

use std::borrow::Cow;
use std::ops::Range;

use super::breath;
use super::extract::Run;
use super::language;
use super::lexicon::Reader;
use super::normalise::{self, Piece};
use super::offset::Offset;
use super::script::{Bytes, Note, Pause, Sentence, Span, Token};
use super::segment::{self, Part};
use super::style::Emoji;

/// A run of characters longer than this is no word: a link, a key, damage.
const MAX_WORD: usize = 100;

/// Sentences of a block that begins at `start` in the reader's text.
pub(super) fn sentences(
    text: &str,
    parts: Vec<Part>,
    start: Offset,
    reader: &Reader<'_>,
    foreign: &[Run],
    emoji: Emoji,
) -> Vec<Sentence> {
    let mut place = Place { text, start: start.byte, at: start };
    let utterances = |part: Part| {
        let mut pieces = pieces(text, part.range.clone(), reader, foreign);
        say_in_other_scripts(&mut pieces, &text[part.range.clone()], reader.language);
        if emoji == Emoji::Skipped {
            skip_emoji(&mut pieces, &text[part.range.clone()]);
        }
        utterances(&mut place, part, pieces)
    };
    parts.into_iter().flat_map(utterances).collect()
}

/// What is said for a part, each of its runs by the rules of its own language.
fn pieces(text: &str, part: Range<usize>, reader: &Reader<'_>, foreign: &[Run]) -> Vec<Piece> {
    let first = foreign.partition_point(|run| run.range.end <= part.start);
    let here = foreign[first..].iter().take_while(|run| run.range.start < part.end);
    let (mut pieces, mut at) = (Vec::new(), part.start);
    let mut read = |from: usize, to: usize, own: Option<&str>| {
        let other = own.map(|language| reader.in_language(language));
        let mut found = normalise::normalise(&text[from..to], other.as_ref().unwrap_or(reader));
        for piece in &mut found {
            piece.span = piece.span.start + from - part.start..piece.span.end + from - part.start;
            piece.language = own.map(str::to_owned);
        }
        pieces.append(&mut found);
    };
    for run in here {
        let (from, to) = (run.range.start.max(at), run.range.end.min(part.end));
        read(at, from, None);
        read(from, to, Some(&run.language));
        at = to;
    }
    read(at, part.end, None);
    pieces
}

/// Has words in letters that the language does not write in said in the language that most write in
/// those, with a note for each row of them: its own could but name every letter.
fn say_in_other_scripts(pieces: &mut [Piece], written: &str, language: &str) {
    let as_written = |piece: &Piece| piece.rule.is_none() && piece.language.is_none();
    let other = |piece: &Piece| as_written(piece) && language::is_in_other_script(&piece.said, language);
    let alike = |a: &Piece, b: &Piece| language::by_script(&a.said) == language::by_script(&b.said);
    let rows = pieces.chunk_by_mut(|a, b| other(a) && other(b) && alike(a, b));
    for row in rows.filter(|row| other(&row[0])) {
        let words = &written[row[0].span.start..row[row.len() - 1].span.end];
        for piece in row.iter_mut() {
            piece.language = language::by_script(words).map(str::to_owned);
        }
        row[0].note = Some(Note::new("other-script", words));
    }
}

/// Leaves pictures out, with a note for each row of them.
fn skip_emoji(pieces: &mut [Piece], written: &str) {
    for piece in pieces.iter_mut().filter(|piece| piece.rule == Some(normalise::EMOJI)) {
        piece.said.clear();
        piece.note = Some(Note::new("emoji-skipped", &written[piece.span.clone()]));
    }
}

/// A part as it is said, in as many breaths as that takes. A number that is too long for one
/// breath stands in each that says some of it.
fn utterances(place: &mut Place, part: Part, pieces: Vec<Piece>) -> Vec<Sentence> {
    let Part { range, pause } = part;
    let mut breaths = breath::breaths(pieces).into_iter().peekable();
    let (mut from, mut sentences) = (range.start, Vec::new());
    while let Some(pieces) = breaths.next() {
        let next = breaths.peek().and_then(|next| next.first()).map(|piece| range.start + piece.span.start);
        let end = pieces.last().map_or(from, |piece| range.start + piece.span.end);
        let to = next.map_or(range.end, |next| next.max(end));
        let pause = if next.is_some() { Pause::Clause } else { pause };
        let own = segment::trimmed(place.text, from..to).unwrap_or(from..to);
        let notes = pieces.iter().filter_map(|piece| piece.note.clone()).collect();
        let mut sentence = sentence(place, own, range.start, pieces);
        sentence.pause = pause;
        sentence.notes = notes;
        if sentence.spoken.is_empty() && sentence.notes.is_empty() {
            sentence.notes.push(Note::new("nothing-to-say", "no letters or digits"));
        }
        sentences.push(sentence);
        from = next.unwrap_or(to);
    }
    sentences
}

/// What pieces say that were found from `base` on.
fn sentence(place: &mut Place, range: Range<usize>, base: usize, pieces: Vec<Piece>) -> Sentence {
    let source = &place.text[range.clone()];
    let (span, bytes) = place.span(range.clone());
    let mut form = SpokenForm::default();
    for piece in pieces {
        // A sign may have taken the space that a breath ends before.
        let from = (base + piece.span.start).max(range.start);
        let to = (base + piece.span.end).min(range.end);
        form.push(piece, place.span(from..to));
    }
    if !form.spoken.chars().any(char::is_alphanumeric) {
        form = SpokenForm::default();
    }
    Sentence {
        text: source.split_whitespace().collect::<Vec<_>>().join(" "),
        source: source.to_owned(),
        spoken: form.spoken,
        span,
        bytes,
        path: None,
        tokens: form.tokens,
        pause: Pause::default(),
        notes: Vec::new(),
    }
}

/// Counts UTF-16 units as it goes, so that all is counted about once.
struct Place<'a> {
    text: &'a str,
    /// Bytes of the reader's text before this one.
    start: usize,
    at: Offset,
}

impl Place<'_> {
    fn span(&mut self, range: Range<usize>) -> (Span, Bytes) {
        let (from, to) = (self.go(range.start), self.go(range.end));
        (Span(from.utf16, to.utf16), Bytes(from.byte, to.byte))
    }

    fn go(&mut self, to: usize) -> Offset {
        let from = self.at.byte - self.start;
        let units = |range: Range<usize>| self.text.get(range).unwrap_or_default().encode_utf16().count();
        let utf16 = self.at.utf16 + units(from..to) - units(to..from);
        self.at = Offset { byte: self.start + to, utf16 };
        self.at
    }
}

/// What is said, growing piece by piece.
#[derive(Default)]
struct SpokenForm {
    spoken: String,
    characters: usize,
    tokens: Vec<Token>,
    /// Whether a rest is due before the next word.
    rest: bool,
    /// Whether white space was seen since the last piece that was said.
    spaced: bool,
    /// Whether the last piece was changed by a rule, so that its end may need a space.
    changed: bool,
}

impl SpokenForm {
    fn push(&mut self, piece: Piece, (span, bytes): (Span, Bytes)) {
        self.spaced |= piece.spaced;
        if piece.said == normalise::PAUSE {
            self.rest = true;
        } else if !piece.said.is_empty() {
            let heard = piece.said.chars().any(char::is_alphanumeric);
            let picture = piece.rule == Some(normalise::EMOJI);
            // A picture's name is no part of its sentence. One without is espeak-ng's to name, which next to a comma
            // it does not.
            self.rest |= picture && heard;
            self.join(&piece);
            let Piece { said, rule, sound, language, .. } = piece;
            if picture || heard {
                self.tokens.push(Token { at: self.characters, span, bytes, rule, sound, language });
            }
            self.write(&said);
            self.changed = rule.is_some();
            self.rest = picture && heard;
        }
    }

    /// What stands between the last piece and this one.
    fn join(&mut self, piece: &Piece) {
        let first = piece.said.chars().next().unwrap_or(' ');
        let last = self.spoken.chars().next_back();
        let closes = |c: char| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '…' | ')' | '”' | '»');
        let rests = |c: char| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '…' | '(' | '—' | '–');
        // A quotation mark is no rest, but what stands before it may be one.
        let quotes = |c: char| matches!(c, '"' | '“' | '”' | '‘' | '«' | '»');
        let heard = self.spoken.trim_end_matches(quotes).chars().next_back();
        let heard = heard.is_some_and(|c| !rests(c) && c != ' ');
        if std::mem::take(&mut self.rest) && !closes(first) && heard {
            self.write(",");
            self.spaced = true;
        }
        let seam = self.changed || piece.rule.is_some();
        let apart = |c: char| c.is_alphanumeric() || rests(c) && c != '(';
        let touching = seam && last.is_some_and(apart) && first.is_alphanumeric();
        // The space before what was left out is none before the stop behind it.
        let spaced = std::mem::take(&mut self.spaced) && (piece.spaced || !closes(first));
        if last.is_some() && (spaced || touching) {
            self.write(" ");
        }
    }

    fn write(&mut self, text: &str) {
        self.characters += text.chars().count();
        self.spoken.push_str(text);
    }
}

/// The text with what is too long for a word blanked out, every other byte in its place; and a
/// note for each. Done before anything looks for sentences, which takes words to be short.
pub(super) fn without_long_words(text: &str) -> (Cow<'_, str>, Vec<Note>) {
    let long: Vec<&str> = text.split_whitespace().filter(|word| is_too_long(word)).collect();
    if long.is_empty() {
        return (text.into(), Vec::new());
    }
    let mut kept = String::with_capacity(text.len());
    let mut done = 0;
    for word in &long {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        kept.push_str(&text[done..start]);
        kept.extend(word.chars().map(blank));
        done = start + word.len();
    }
    kept.push_str(&text[done..]);
    (kept.into(), long.into_iter().map(long_word).collect())
}

/// White space of as many bytes and UTF-16 units as a character has.
fn blank(c: char) -> &'static str {
    match c.len_utf8() {
        1 => " ",
        2 => "\u{A0}",
        3 => "\u{2003}",
        _ => "\u{A0}\u{A0}",
    }
}

/// Scripts without spaces (Chinese, Japanese, Thai …) have no words by this measure.
fn is_too_long(word: &str) -> bool {
    let spaced = |c: char| !matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..);
    word.len() > MAX_WORD && word.chars().filter(|c| spaced(*c)).nth(MAX_WORD).is_some()
}

fn long_word(word: &str) -> Note {
    let head: String = word.chars().take(20).collect();
    let length = word.chars().count();
    Note::new("long-word-skipped", format!("{head}… ({length} characters)"))
}
