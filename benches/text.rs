//! What the text stage costs, as a ratio against finding sentence boundaries alone in the same run.
//!
//! The figure is the median over rounds in which both sides run one after the other, so that a busy
//! machine slows both.
#![allow(missing_docs)]

use std::fmt::Write;
use std::hint::black_box;
use std::time::Instant;

use lectern::article::Article;
use lectern::text::script;

const ROUNDS: usize = 9;

fn main() {
    for (name, paragraphs) in [("article", 6), ("long read", 600)] {
        let text = news(paragraphs);
        let article = Article { language: Some("en".into()), ..Article::plain("bench", &text) };
        let mut ratios = Vec::new();
        let mut took = f64::MAX;
        for _ in 0..ROUNDS {
            let reference = seconds(|| boundaries(&text));
            let whole = seconds(|| drop(black_box(script(&article))));
            ratios.push(whole / reference);
            took = took.min(whole);
        }
        ratios.sort_by(f64::total_cmp);
        let (words, rate) = (text.split_whitespace().count(), text.len() as f64 / took / 1e6);
        println!(
            "{name} of {words} words: {:.2} times the boundaries alone; {rate:.1} MB/s, {:.2} ms",
            ratios[ROUNDS / 2],
            took * 1e3
        );
    }
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn boundaries(text: &str) {
    for paragraph in text.split("\n\n") {
        black_box(sentencex::get_sentence_boundaries("en", paragraph));
    }
}

/// Paragraphs of news, no two alike: names, numbers, money, dates and plain prose by turns.
fn news(paragraphs: usize) -> String {
    let who = [
        "Anna Weber",
        "Dr Brandt",
        "the minister",
        "Prof. Lopes",
        "a spokesman for the EU",
        "Lt. Hall",
        "her deputy",
    ];
    let what = ["the harbour", "a railway line", "the budget", "the price of power", "the treaty"];
    let mut text = String::new();
    for i in 0..paragraphs {
        for j in 0..5 {
            let n = i * 5 + j;
            let (who, what) = (who[n % who.len()], what[n % what.len()]);
            let _ = match n % 4 {
                0 => write!(
                    text,
                    "On {} May 20{}, {who} said that {what} would cost €{}.{}bn. ",
                    n % 28 + 1,
                    n % 25 + 10,
                    n % 90,
                    n % 9 + 1
                ),
                1 => write!(
                    text,
                    "“We have waited long enough,” said {who}, and nobody who knows {what} was surprised. "
                ),
                2 => write!(
                    text,
                    "In {}, {what} had grown by {}.{}% to {},{:03}, according to {who}. ",
                    n % 120 + 1900,
                    n % 12,
                    n % 9,
                    n % 80 + 1,
                    n % 1000
                ),
                _ => write!(
                    text,
                    "It is a matter of weeks, {who} thinks; others (not only in the north) see {what} in another light. "
                ),
            };
        }
        text.push_str("\n\n");
    }
    text
}
