//! What holds for any article whatever: it is read, and every word that is said knows where it stands.

use lectern::article::{Article, Body};
use lectern::text::{Role, script};

/// Languages with rules of their own, one without, and none.
const LANGUAGES: [Option<&str>; 6] = [Some("en"), Some("de"), Some("fr"), Some("es"), Some("fi"), None];

/// Reads the body in the language that the input's first byte picks.
pub fn read(input: &[u8], body: fn(String) -> Body) {
    let Some((pick, rest)) = input.split_first() else { return };
    let text = String::from_utf8_lossy(rest).into_owned();
    let language = LANGUAGES[usize::from(*pick) % LANGUAGES.len()].map(str::to_owned);
    let article = Article { language, body: body(text), ..Article::plain("fuzz", "") };
    check(&article);
}

fn check(article: &Article) {
    let script = script(article);
    let body = script.blocks.iter().filter(|block| !matches!(block.role, Role::Title | Role::Byline));
    for sentence in body.flat_map(|block| &block.sentences) {
        assert!(sentence.span.0 <= sentence.span.1, "{sentence:?}");
        let (mut at, mut start) = (0, sentence.span.0);
        for token in &sentence.tokens {
            assert!(token.at >= at && token.span.0 >= start && token.span.0 <= token.span.1, "{sentence:?}");
            assert!(token.span.1 <= sentence.span.1, "{sentence:?}");
            assert!(sentence.bytes.0 <= token.bytes.0 && token.bytes.1 <= sentence.bytes.1, "{sentence:?}");
            (at, start) = (token.at, token.span.0);
        }
        assert!(at <= sentence.spoken.chars().count(), "{sentence:?}");
    }
}
