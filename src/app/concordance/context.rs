//! The words around a place.

use crate::text::{ByteOffset, ByteRange, SourceText};

/// A place with the words around it, on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// What comes before, with an ellipsis if it is not the beginning of the line.
    pub before: String,
    /// The place itself.
    pub surface: String,
    /// What comes after.
    pub after: String,
}

/// The words around a place: about `reach` bytes to either side, within its paragraph, cut between words.
#[must_use]
pub fn context(text: &SourceText, range: ByteRange, reach: usize) -> Context {
    let paragraphs = text.paragraphs();
    let here = paragraphs.partition_point(|paragraph| paragraph.full.end <= range.start);
    let line = paragraphs.get(here).map_or(text.range(), |paragraph| paragraph.content);
    let slice = |start: ByteOffset, end: ByteOffset| {
        text.slice(ByteRange { start, end: end.max(start) }).unwrap_or_default()
    };
    let before = slice(line.start, range.start);
    let after = slice(range.end, line.end.max(range.end));
    let before = match before.len().checked_sub(reach) {
        Some(over) if over > 0 => {
            let cut = before.char_indices().find(|&(at, c)| at >= over && c.is_whitespace());
            format!("…{}", cut.map_or("", |(at, _)| &before[at..]))
        }
        _ => before.to_owned(),
    };
    let after = if after.len() > reach {
        let cut = after.char_indices().rev().find(|&(at, c)| at <= reach && c.is_whitespace());
        format!("{}…", cut.map_or("", |(at, c)| &after[..at + c.len_utf8()]))
    } else {
        after.to_owned()
    };
    Context { before, surface: slice(range.start, range.end).to_owned(), after }
}
