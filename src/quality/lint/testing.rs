//! Documents written with brackets, for the tests of the checks.

use super::{Finding, Fix, NoNames, Rule, Vocabulary, lint};
use crate::annotation::{Document, Origin, Span, SpanId};
use crate::quality::testing::with_spans;
use crate::text::ByteRange;

pub(super) fn documents(marked: &[&str]) -> Vec<Document> {
    (1..)
        .zip(marked)
        .map(|(number, text)| crate::quality::testing::marked(&format!("d{number}"), text))
        .collect()
}

/// The codes of the findings in documents, by place. That some have the same text is no matter here.
pub(super) fn codes_of(marked: &[&str]) -> Vec<&'static str> {
    let findings = lint(&documents(marked), &Vocabulary::embedded().unwrap(), &NoNames);
    let twice = [Rule::Duplicate, Rule::NearDuplicate];
    findings.iter().map(|finding| finding.rule).filter(|rule| !twice.contains(rule)).map(Rule::code).collect()
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
    lint(&[with_spans("d1", text, spans)], &Vocabulary::embedded().unwrap(), &NoNames)
}

/// The document as it is after the fix of its first finding, with brackets.
pub(super) fn fixed(marked: &str) -> String {
    let document = crate::quality::testing::marked("d1", marked);
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

/// Label and words of the first fix in documents.
pub(super) fn first_fix(marked: &[&str]) -> Option<String> {
    let documents = documents(marked);
    let findings = lint(&documents, &Vocabulary::embedded().unwrap(), &NoNames);
    let finding = findings.into_iter().find(|finding| finding.fix.is_some())?;
    let document = documents.iter().find(|document| document.id == finding.document)?;
    match finding.fix? {
        Fix::Set { range, label } | Fix::Add { range, label } => {
            Some(format!("{label} {}", document.text.slice(range)?))
        }
        Fix::Remove => Some("no span".to_owned()),
    }
}
