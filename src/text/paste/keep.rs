//! What is read of the lines between an article's first paragraph and its last.

use std::collections::HashSet;
use std::ops::Range;

use super::furniture::Furniture;
use super::line::{Kind, Line};
use super::region;
use crate::text::extract::Piece;
use crate::text::lines;
use crate::text::script::Role;

/// So many labels in a row are a list.
const LIST: usize = 3;

pub(super) fn kept(lines: &[Line], region: Range<usize>) -> Vec<Piece> {
    let elsewhere = lines[..region.start].iter().chain(&lines[region.end..]);
    let elsewhere: HashSet<&str> = elsewhere.map(|line| line.text).collect();
    let own = without_listings(lines, region);
    let runs = own.chunk_by(|a, b| a.is_prose() == b.is_prose());
    runs.flat_map(|run| between(run, &elsewhere).unwrap_or_else(|| prose(run))).collect()
}

/// All but paragraphs said before and lists of other articles, which end where one paragraph follows
/// another or a long one comes.
fn without_listings<'a>(lines: &'a [Line<'a>], region: Range<usize>) -> Vec<&'a Line<'a>> {
    let mut listing = false;
    let mut said = HashSet::new();
    let mut own = Vec::new();
    for i in region {
        let line = &lines[i];
        listing = line.is(Furniture::Section) || (listing && !region::is_paragraph(lines, i));
        if !listing && (!line.is_prose() || said.insert(line.text)) {
            own.push(line);
        }
    }
    own
}

fn prose(run: &[&Line]) -> Vec<Piece> {
    let role = |line: &Line| if is_item(line.text) { Role::Item } else { Role::Paragraph };
    run.iter().map(|line| line.piece(role(line))).collect()
}

/// Labels between paragraphs are the article's headings and lists, but not among buttons, nor what
/// the page's menus say too. None where it is prose that stands there.
fn between(run: &[&Line], elsewhere: &HashSet<&str>) -> Option<Vec<Piece>> {
    if run.first()?.is_prose() {
        return None;
    }
    let buttons =
        run.iter().filter(|line| line.is(Furniture::Share) || line.is(Furniture::Promotion)).count();
    let own = |line: &&&Line| line.kind == Kind::Short && !elsewhere.contains(line.text);
    let labels: Vec<_> = run.iter().filter(own).collect();
    if 2 * buttons > labels.len() {
        return Some(Vec::new());
    }
    Some(labels.iter().map(|line| line.piece(role(line, labels.len()))).collect())
}

fn role(line: &Line, together: usize) -> Role {
    if together >= LIST || is_item(line.text) { Role::Item } else { lines::role(line.text) }
}

fn is_item(text: &str) -> bool {
    text.starts_with(['•', '·', '▪', '‣', '*', '–', '-'])
}
