//! Markup → document, unless it takes more than linear time.
//!
//! The parser gets the markup in pieces, and no further piece when it has done too much. Only
//! attributes are counted before, as it compares each of a tag with all before it.

use std::cell::Cell;

use ego_tree::NodeId;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{EndTag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use scraper::Html;

use super::meter::{MAX_DEPTH, Meter};
use crate::text::Note;

/// Most attributes of one element.
const MAX_ATTRIBUTES: usize = 256;

/// Most work for each byte, and for any markup.
const MAX_WORK: (usize, usize) = (24, 10_000_000);

/// Bytes that each element has at least, and how many there may be in any markup. Each costs about the same later,
/// however little it holds.
const MAX_ELEMENTS: (usize, usize) = (16, 100_000);

/// The document, or why there is none.
pub(super) fn parse(source: &str) -> Result<Html, Note> {
    let builder = TreeBuilder::new(Meter::new(), TreeBuilderOpts::default());
    let watch = Watch { builder, tokens: Cell::new(0), raw: Cell::new(false) };
    let tokenizer = Tokenizer::new(watch, TokenizerOpts::default());
    feed(&tokenizer, source)?;
    tokenizer.end();
    let meter = tokenizer.sink.builder.sink;
    over(&meter, source)?;
    Ok(meter.finish())
}

fn feed(tokenizer: &Tokenizer<Watch>, source: &str) -> Result<(), Note> {
    let (watch, queue) = (&tokenizer.sink, BufferQueue::default());
    let (mut at, mut between) = (0, true);
    for piece in pieces(source) {
        if watch.tag(between, &source[at..]).is_some_and(is_overfull) {
            let text = format!("the markup has more than {MAX_ATTRIBUTES} attributes on one element");
            return Err(Note::new("too-many-attributes", text));
        }
        let before = watch.tokens.get();
        queue.push_back(StrTendril::from(piece));
        while !queue.is_empty() {
            let _ = tokenizer.feed(&queue);
        }
        // A piece that gave nothing is of a tag or the like that goes on.
        between = watch.tokens.get() > before || piece == "<" || !piece.starts_with('<');
        over(&watch.builder.sink, source)?;
        at += piece.len();
    }
    Ok(())
}

/// The markup up to each `<`.
fn pieces(source: &str) -> impl Iterator<Item = &str> {
    let mut rest = source;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?.len_utf8();
        let next = rest[first..].find('<').map_or(rest.len(), |i| i + first);
        let (piece, after) = rest.split_at(next);
        rest = after;
        Some(piece)
    })
}

fn over(meter: &Meter, source: &str) -> Result<(), Note> {
    let most = MAX_WORK.1.saturating_add(MAX_WORK.0.saturating_mul(source.len()));
    if meter.depth.get() > MAX_DEPTH {
        let text = format!("the markup has more than {MAX_DEPTH} nested elements");
        return Err(Note::new("too-deep", text));
    }
    if meter.work.get() > most {
        return Err(Note::new("too-tangled", "the markup leaves too many elements open"));
    }
    let most = MAX_ELEMENTS.1 + source.len() / MAX_ELEMENTS.0;
    if meter.elements.get() > most {
        return Err(Note::new("too-tangled", format!("the markup has more than {most} elements")));
    }
    Ok(())
}

/// Sees what the parser makes of its pieces.
struct Watch {
    builder: TreeBuilder<NodeId, Meter>,
    tokens: Cell<usize>,
    /// Whether it takes everything for text but one end tag (HTML §13.1.2).
    raw: Cell<bool>,
}

impl Watch {
    /// From its name on, the tag that may begin here. In raw text and foreign content (which has
    /// CDATA) one may, whatever the pieces gave.
    fn tag<'s>(&self, between: bool, text: &'s str) -> Option<&'s str> {
        let foreign = self.builder.adjusted_current_node_present_but_not_in_html_namespace();
        let tag = text.strip_prefix('<').filter(|_| between || foreign || self.raw.get())?;
        let end = tag.strip_prefix('/');
        let name = if self.raw.get() { end? } else { end.unwrap_or(tag) };
        name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(name)
    }
}

impl TokenSink for Watch {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        if matches!(token, Token::ParseError(_)) {
            return TokenSinkResult::Continue;
        }
        self.tokens.set(self.tokens.get() + 1);
        if matches!(&token, Token::TagToken(tag) if tag.kind == EndTag) {
            self.raw.set(false);
        }
        let result = self.builder.process_token(token, line);
        if matches!(result, TokenSinkResult::RawData(_) | TokenSinkResult::Plaintext) {
            self.raw.set(true);
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Where in a tag a character stands (HTML §13.2.5.32 to 13.2.5.39).
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Gap,
    Name,
    AfterName,
    BeforeValue,
    Value,
    Quoted(u8),
}

/// Whether a tag, from its name on, has more attributes than it may.
fn is_overfull(tag: &str) -> bool {
    // The name counts as one.
    let (mut state, mut count) = (At::Gap, 0);
    for byte in tag.bytes() {
        let space = byte.is_ascii_whitespace();
        if count > MAX_ATTRIBUTES + 1 || byte == b'>' && !matches!(state, At::Quoted(_)) {
            break;
        }
        let before = state;
        state = match state {
            At::Quoted(mark) if byte == mark => At::Gap,
            At::Quoted(_) => state,
            At::BeforeValue if space => state,
            At::BeforeValue if matches!(byte, b'"' | b'\'') => At::Quoted(byte),
            At::BeforeValue => At::Value,
            At::Value if space => At::Gap,
            At::Value => state,
            At::Name | At::AfterName if byte == b'=' && count > 1 => At::BeforeValue,
            At::Name | At::AfterName if space => At::AfterName,
            _ if space || byte == b'/' => At::Gap,
            _ => At::Name,
        };
        count += usize::from(state == At::Name && before != At::Name);
    }
    count > MAX_ATTRIBUTES + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused() {
        let many = |tag: &str| tag.repeat(1000);
        let numbered = |from: &str, to: &str| (0..1000).map(|i| format!("{from}{i}{to}")).collect::<String>();
        let attributes = numbered(" a", "");
        let open = numbered("<b class=c", ">")[..3000].to_owned();
        let before = [
            "",
            "<!-->",
            "<!--->",
            "<!-- --!>",
            "<!--a-->",
            "</p x=\"<!--\">",
            "</p x=\"<script>\">",
            "<p x=a=\">",
            "<?x \"<!--\" >",
            "<!DOCTYPE x \"<!--\">",
            "<!x <!-->",
            "</ <!-->",
            "<![CDATA[><!-- -->",
            "<svg><![CDATA[<!-- ]]></svg>",
            "<svg><p><style><!--</style>",
            "<svg><title>",
            "<math><mi>",
            "<p a/=\"<!--/>",
            "<noscript><!--</noscript>",
            "<",
            "&am",
            "<a b='<!--'c>",
            "<script></</script>",
            "<svg><![CDATA[]]>",
            "<title><p></title>",
        ];
        for before in before {
            let deep = format!("{before}{}", many("<div>"));
            assert_eq!(code(&deep), Some("too-deep"), "{before}");
            let full = format!("{before}<p{attributes}>");
            assert_eq!(code(&full), Some("too-many-attributes"), "{before}");
            let full = format!("{before}</p{attributes}>");
            assert_eq!(code(&full), Some("too-many-attributes"), "{before}");
        }
        let table = [
            (many("<span></x>"), "too-deep"),
            (numbered("<p><b class=c", ">x</p>"), "too-deep"),
            (numbered("<div><b class=c", ">x</div>"), "too-deep"),
            (many("<template>"), "too-deep"),
            (open.clone() + &"<p>x".repeat(200_000), "too-tangled"),
            ("<p>x".repeat(200_000), "too-tangled"),
            ("x<br>".repeat(200_000), "too-tangled"),
            (format!("<table>{open}{}", "<tr>x".repeat(200_000)), "too-tangled"),
            (numbered("<html a", ">") + &numbered("<body b", " c d>").repeat(50), "too-tangled"),
        ];
        for (source, expected) in table {
            assert_eq!(code(&source), Some(expected), "{}", &source[..40]);
        }
    }

    fn code(source: &str) -> Option<&'static str> {
        parse(source).err().map(|note| note.code)
    }

    #[test]
    fn what_is_let_through() {
        let table = [
            "<p>text".repeat(1000),
            "<ul><li>a<li>b</ul>".repeat(1000),
            "<svg><path d=\"M0 0\"/></svg>".repeat(1000),
            format!("<svg>{}</svg>", "<path/>".repeat(1000)),
            format!("<!-- {} --><p>text", "<div>".repeat(1000)),
            format!("<script>{}</script><p>text", "<div>".repeat(1000)),
            format!("<p title='{}'>text", "<div>".repeat(1000)),
            "<a name=x>".repeat(1000),
            "<b>text</b>".repeat(1000),
            "a < b, c < ".repeat(1000),
            "<table>x<tr>x</table>".repeat(1000),
            "<b><i>x</b></i>".repeat(1000),
            "<b><p>x</b></p>".repeat(1000),
            format!("<plaintext>{}", "<div>".repeat(1000)),
            format!("<table>{}", "<tr>x".repeat(1000)),
            format!("<select>{}", "<option>x".repeat(1000)),
        ];
        for source in table {
            assert_eq!(parse(&source).err(), None, "{}", &source[..40.min(source.len())]);
        }
    }
}
