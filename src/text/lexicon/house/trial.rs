//! Whether an entry is ever read, found out by reading.

use super::super::super::{DEFAULT_LANGUAGE, Style, script_with};
use super::{House, HouseEntry};
use crate::article::Article;

impl HouseEntry {
    /// Whether there is a text that is read by it: not where a sentence ends within it, for example.
    pub fn is_ever_read(&self) -> bool {
        let house: House = [self.clone()].into_iter().collect();
        let voice = |_: &str, _: Option<&str>| self.voice.clone().unwrap_or_default();
        let style = Style { house: Some(&house), voice: Some(&voice), ..Style::default() };
        let is_read = |text: &String| {
            let article = Article {
                language: Some(self.language.clone().unwrap_or_else(|| DEFAULT_LANGUAGE.into())),
                url: self.site.as_ref().map(|site| format!("https://{site}/")),
                ..Article::plain("", text)
            };
            let script = script_with(&article, &style);
            let mut tokens = script.speakable().flat_map(|(_, _, sentence)| &sentence.tokens);
            tokens.any(|token| token.rule.is_some_and(|rule| rule.starts_with("house")))
        };
        [format!("in {} x", self.written), self.written.clone()].iter().any(is_read)
    }
}
