//! Documents written with brackets, for the tests of the checks.

use super::{Finding, Fix, NoNames, Vocabulary, lint};
use crate::annotation::{Document, DocumentId, Origin, Span, SpanId, SpanSet};
use crate::schema::LabelCode;
use crate::text::ByteRange;

/// A document from `[LABEL words]`.
fn document(number: usize, marked: &str) -> Document {
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
    with_spans(number, &text, spans.into_iter().map(|(range, label)| (range.into(), label)))
}

fn with_spans<'a>(number: usize, text: &str, spans: impl Iterator<Item = (ByteRange, &'a str)>) -> Document {
    let mut document = Document::new(DocumentId::new(format!("d{number}")), text);
    document.spans = SpanSet::from_iter((1..).zip(spans).map(|(n, (range, label))| {
        Span::new(SpanId::numbered(n), range, LabelCode::new(label).unwrap(), Origin::Manual)
    }));
    document
}

pub(super) fn documents(marked: &[&str]) -> Vec<Document> {
    marked.iter().enumerate().map(|(index, marked)| document(index + 1, marked)).collect()
}

/// The codes of the findings in documents, by place.
pub(super) fn codes_of(marked: &[&str]) -> Vec<&'static str> {
    let findings = lint(&documents(marked), &Vocabulary::embedded().unwrap(), &NoNames);
    findings.iter().map(|finding| finding.rule.code()).collect()
}

/// The codes of the findings in one document.
pub(super) fn codes(marked: &str) -> Vec<&'static str> {
    codes_of(&[marked])
}

/// The findings in a text with spans given by their words, which may overlap.
pub(super) fn lint_text(text: &str, spans: &[(&str, &str)]) -> Vec<Finding> {
    let spans = spans.iter().map(|&(label, words)| {
        let start = text.find(words).expect("the words stand in the text");
        (ByteRange::from(start..start + words.len()), label)
    });
    lint(&[with_spans(1, text, spans)], &Vocabulary::embedded().unwrap(), &NoNames)
}

/// The document as it is after the fix of its first finding, with brackets.
pub(super) fn fixed(marked: &str) -> String {
    let document = document(1, marked);
    let findings = lint(std::slice::from_ref(&document), &Vocabulary::embedded().unwrap(), &NoNames);
    let finding = findings.first().expect("a finding");
    let mut spans: Vec<_> = document.spans.iter().map(|span| (**span).clone()).collect();
    match finding.fix.clone().expect("a fix") {
        Fix::Remove => spans.retain(|span| Some(&span.id) != finding.span.as_ref()),
        Fix::Add { range, label } => {
            spans.push(Span::new(SpanId::new("new"), range, label, Origin::Manual));
        }
        Fix::Set { range, label } => {
            for span in spans.iter_mut().filter(|span| Some(&span.id) == finding.span.as_ref()) {
                (span.range, span.label) = (range, label.clone());
            }
        }
    }
    spans.sort_by_key(|span| span.range);
    let (text, mut marked, mut at) = (document.text.as_str(), String::new(), 0);
    for span in spans {
        let range = span.range.to_std();
        marked += &text[at..range.start];
        marked += &format!("[{} {}]", span.label, &text[range.clone()]);
        at = range.end;
    }
    marked + &text[at..]
}
