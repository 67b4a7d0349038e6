//! Whether a file says what it was made to say.

use super::jsonl::{read_record, write_record};
use super::tokens::is_visible;
use super::{ExportError, Format, Holds, Losses, ReadOptions, TextHeld, WriteOptions};
use crate::annotation::{Document, Rejection, Span};

/// The record of a document, read back and found to say what the document says: for what writes records without a
/// [`Transfer`](super::Transfer).
///
/// # Errors
/// If the document does not fit its text, or does not read back.
pub fn proved_record(document: &Document) -> Result<String, ExportError> {
    let line = write_record(document)?;
    let expected = Some(document.text.clone());
    let options = ReadOptions { expected, ..ReadOptions::for_file("record.jsonl") };
    let read = read_record(&line, 1, &options).document;
    let holds = Format::Misam.holds(&WriteOptions::default());
    match read {
        Some(read) if !differs(document, &read, holds, &Losses::default()) => Ok(line),
        _ => Err(ExportError::Differs { document: document.id.clone(), format: Format::Misam }),
    }
}

/// True if a document that was read back is not the one that was written: another text, other spans, or another value
/// of anything that is not among the losses.
#[must_use]
pub fn differs(written: &Document, read: &Document, holds: Holds, losses: &Losses) -> bool {
    let kept = |field: &str| !losses.lacks(field);
    let same_text = match holds.text {
        TextHeld::Verbatim => written.text == read.text,
        TextHeld::Visible => visible(written.text.as_str()) == visible(read.text.as_str()),
    };
    let same_spans = if holds.details {
        written.spans == read.spans
    } else {
        places(written, holds) == places(read, holds)
    };
    let same_fields = (!kept("rejected")
        || in_file_order(&written.rejected) == in_file_order(&read.rejected))
        && (!kept("relations") || written.relations == read.relations)
        && (!kept("events") || written.events == read.events)
        && (!kept("status") || written.status == read.status)
        && (!kept("meta") || written.meta.iter().all(|(key, value)| read.meta.get(key) == Some(value)))
        && (!holds.names || !kept("id") || written.id == read.id);
    !(same_text && same_spans && same_fields)
}

/// The places of the pieces of each span and its label, counted in what the format keeps of the text.
fn places(document: &Document, holds: Holds) -> Vec<(Vec<(usize, usize)>, &str)> {
    let seen: Vec<usize> = match holds.text {
        TextHeld::Verbatim => Vec::new(),
        TextHeld::Visible => {
            document.text.as_str().char_indices().filter(|&(_, c)| is_visible(c)).map(|(at, _)| at).collect()
        }
    };
    let count = |byte: usize| match holds.text {
        TextHeld::Verbatim => byte,
        TextHeld::Visible => seen.partition_point(|&at| at < byte),
    };
    let place = |span: &Span| {
        let whole = std::slice::from_ref(&span.range);
        let pieces = if span.fragments.is_empty() { whole } else { &span.fragments[..] };
        pieces.iter().map(|piece| (count(piece.start.to_usize()), count(piece.end.to_usize()))).collect()
    };
    let mut places: Vec<_> = document.spans.iter().map(|span| (place(span), span.label.as_str())).collect();
    places.sort();
    places
}

fn visible(text: &str) -> Vec<char> {
    text.chars().filter(|&c| is_visible(c)).collect()
}

/// Rejections in one order: a document has them as they were made, a file by where they are.
fn in_file_order(rejections: &[Rejection]) -> Vec<&Rejection> {
    let mut sorted: Vec<_> = rejections.iter().collect();
    sorted.sort_by_key(|rejection| {
        (rejection.range.start, rejection.range.end, &rejection.label, &rejection.source)
    });
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{DocumentId, Origin, SpanId};
    use crate::formats::Loss;
    use crate::schema::LabelCode;

    fn document(text: &str, range: std::ops::Range<usize>) -> Document {
        let mut document = Document::new(DocumentId::new("d"), text);
        let label = LabelCode::new("LOC").unwrap();
        document.spans =
            [Span::new(SpanId::numbered(1), range.into(), label, Origin::Manual)].into_iter().collect();
        document
    }

    #[test]
    fn what_a_format_keeps_must_be_there() {
        let losses = Losses::default();
        let written = document("in  Rome", 4..8);
        for (read, held, same) in [
            (document("in  Rome", 4..8), TextHeld::Verbatim, true),
            (document("in  Rome", 4..7), TextHeld::Verbatim, false),
            (document("in Rome", 3..7), TextHeld::Verbatim, false),
            (document("in Rome", 3..7), TextHeld::Visible, true),
            (document("in Rome", 2..7), TextHeld::Visible, true),
            (document("in Rome", 1..7), TextHeld::Visible, false),
            (document("in Roma", 3..7), TextHeld::Visible, false),
        ] {
            let holds = Holds { text: held, details: false, ..Holds::EVERYTHING };
            assert_eq!(differs(&written, &read, holds, &losses), !same, "{read:?} {held:?}");
        }
    }

    #[test]
    fn what_was_said_to_be_lost_may_be_missing() {
        let written = document("in Rome", 3..7);
        let (mut written, read) = (written.clone(), written);
        written.meta.insert("title".to_owned(), "Rome".into());
        let mut losses = Losses::default();
        assert!(differs(&written, &read, Holds::EVERYTHING, &losses));
        losses.say(&written.id, Loss::Field { field: "meta" });
        assert!(!differs(&written, &read, Holds::EVERYTHING, &losses));
    }
}
