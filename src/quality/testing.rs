//! Documents written with brackets, for the tests.

use crate::annotation::{Document, DocumentId, Origin, Span, SpanId, SpanSet};
use crate::schema::LabelCode;
use crate::text::ByteRange;

/// A document from `[LABEL words]`.
pub(super) fn marked(id: &str, marked: &str) -> Document {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for (index, piece) in marked.split('[').enumerate() {
        let Some((inside, after)) = piece.split_once(']').filter(|_| index > 0) else {
            text.push_str(piece);
            continue;
        };
        let (label, words) = inside.split_once(' ').expect("a label and words");
        spans.push((text.len()..text.len() + words.len(), label));
        text.push_str(words);
        text.push_str(after);
    }
    with_spans(id, &text, spans.into_iter().map(|(range, label)| (range.into(), label)))
}

/// A document with spans, which may overlap.
pub(super) fn with_spans<'a>(
    id: &str,
    text: &str,
    spans: impl Iterator<Item = (ByteRange, &'a str)>,
) -> Document {
    let mut document = Document::new(DocumentId::new(id), text);
    document.spans = SpanSet::from_iter((1..).zip(spans).map(|(n, (range, label))| {
        Span::new(SpanId::numbered(n), range, LabelCode::new(label).unwrap(), Origin::Manual)
    }));
    document
}
