//! Labelled corpora, read as texts with spans: one module a corpus.
//!
//! Some are there to be learnt from, others only to measure on; `docs/DATA.md` says which, and under which licence.

use std::io;
use std::path::Path;

mod aqmar;
mod caraner;
mod conll;
mod dialects;
mod fane;
mod idrisi;
mod own;
mod wojood;

pub use aqmar::aqmar;
pub use caraner::caraner;
pub use conll::conll;
pub use dialects::dialects;
pub use fane::{fane, fane_label};
pub use idrisi::idrisi;
pub use own::{Item, Part, own, own_items};
pub use wojood::wojood;

/// A labelled stretch of text: a line, or several.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// The text.
    pub text: String,
    /// First byte, byte after the last, label.
    pub spans: Vec<(usize, usize, String)>,
}

/// Examples put together, `count` in one, each a line.
#[must_use]
pub fn together(examples: &[Example], count: usize) -> Vec<Example> {
    let join = |examples: &[Example]| {
        let mut joined = Example::default();
        for example in examples {
            let before = joined.text.len();
            joined.text.push_str(&example.text);
            joined.text.push('\n');
            let spans = example.spans.iter();
            joined
                .spans
                .extend(spans.map(|(start, end, label)| (start + before, end + before, label.clone())));
        }
        joined
    };
    examples.chunks(count.max(1)).map(join).collect()
}

/// Sentences of a file with a word a line and an empty line between sentences. `tag` finds the tag among the cells behind
/// the word.
fn sentences(path: &Path, tag: impl Fn(&[&str]) -> Option<String>) -> io::Result<Vec<Vec<(String, String)>>> {
    const MARKS: [char; 4] = ['\u{feff}', '\u{200e}', '\u{200f}', '\r'];
    let text = std::fs::read_to_string(path)?;
    let mut sentences = vec![Vec::new()];
    for line in text.lines() {
        let cells: Vec<&str> = line.trim_matches(MARKS).split_whitespace().collect();
        match cells.split_first().map(|(word, rest)| (word, tag(rest))) {
            Some((word, Some(tag))) => {
                if let Some(sentence) = sentences.last_mut() {
                    sentence.push((word.trim_matches(MARKS).to_owned(), tag));
                }
            }
            _ if sentences.last().is_some_and(|s| !s.is_empty()) => sentences.push(Vec::new()),
            _ => {}
        }
    }
    sentences.retain(|s| !s.is_empty());
    Ok(sentences)
}

/// The last cell of a line.
fn last_cell(cells: &[&str]) -> Option<String> {
    cells.last().map(|&cell| cell.to_owned())
}

/// A sentence of words with tags; a word that is glued has no space before it.
fn build(tokens: &[(String, String, bool)]) -> Example {
    let mut example = Example::default();
    let mut open: Option<(usize, usize, String)> = None;
    for (word, tag, glued) in tokens {
        if !example.text.is_empty() && !glued {
            example.text.push(' ');
        }
        let start = example.text.len();
        example.text.push_str(word);
        let end = example.text.len();
        let (part, label) = tag.split_once('-').unwrap_or((tag, ""));
        if part == "I" && open.as_ref().is_some_and(|o| o.2 == label) {
            if let Some(open) = &mut open {
                open.1 = end;
            }
            continue;
        }
        example.spans.extend(open.take());
        if part == "B" || part == "I" {
            open = Some((start, end, label.to_owned()));
        }
    }
    example.spans.extend(open);
    example
}

/// Sentences whose words are written as in print.
fn unglued(sentences: Vec<Vec<(String, String)>>) -> Vec<Example> {
    let glue = |sentence: Vec<(String, String)>| -> Vec<(String, String, bool)> {
        sentence.into_iter().map(|(word, tag)| (word, tag, false)).collect()
    };
    sentences.into_iter().map(|sentence| build(&glue(sentence))).collect()
}
