//! What holds for the lint of labels whatever the text and wherever the spans are.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "labels of the default schema are labels")]

mod common;

use common::hostile_text;
use misam::annotation::{Document, DocumentId, Origin, Span, SpanId, SpanSet};
use misam::quality::lint::{Finding, Fix, NoNames, Rule, Vocabulary, lint};
use misam::schema::LabelCode;
use misam::text::ByteRange;
use proptest::prelude::*;

const LABELS: &[&str] = &["PER", "ORG", "GRP", "LOC", "FAC", "EVT", "AGR", "WPN", "DAT", "NUM", "NAT", "X"];

fn document(text: &str, ranges: &[(ByteRange, usize)]) -> Document {
    let mut document = Document::new(DocumentId::new("d"), text);
    document.spans = SpanSet::from_iter((1..).zip(ranges).map(|(number, &(range, label))| {
        let label = LabelCode::new(LABELS[label % LABELS.len()]).unwrap();
        Span::new(SpanId::numbered(number), range, label, Origin::Manual)
    }));
    document
}

/// A text and some spans in it, of any kind; ends lie on character boundaries.
fn labelled_text() -> impl Strategy<Value = Document> {
    let spans =
        prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..12usize), 0..8);
    (hostile_text(), spans).prop_map(|(text, spans)| {
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let ranges: Vec<_> = spans
            .into_iter()
            .map(|(a, b, label)| {
                (ByteRange::new(bounds[a.index(bounds.len())], bounds[b.index(bounds.len())]), label)
            })
            .collect();
        document(&text, &ranges)
    })
}

fn findings(document: &Document) -> Vec<Finding> {
    let vocabulary = Vocabulary::embedded().unwrap();
    lint(std::slice::from_ref(document), &vocabulary, &NoNames)
}

proptest! {
    #[test]
    fn findings_point_into_the_text_and_fixes_onto_whole_letters(document in labelled_text()) {
        for finding in findings(&document) {
            prop_assert!(document.text.slice(finding.range).is_some());
            let whole_article = finding.span.is_none() && finding.fix.is_none();
            let adds = matches!(finding.fix, Some(Fix::Add { .. }));
            prop_assert!(whole_article || finding.span.is_none() == adds);
            if let Some(Fix::Set { range, .. } | Fix::Add { range, .. }) = finding.fix {
                prop_assert!(!range.is_empty());
                prop_assert!(document.text.slice(range).is_some());
            }
        }
    }

    #[test]
    fn an_edge_that_is_mended_is_right(document in labelled_text()) {
        const EDGES: &[Rule] = &[Rule::EdgeSpace, Rule::EdgeSign, Rule::CutsGrapheme];
        for finding in findings(&document).iter().filter(|finding| EDGES.contains(&finding.rule)) {
            let Some(Fix::Set { range, label }) = &finding.fix else { continue };
            let index = LABELS.iter().position(|known| *known == label.as_str()).unwrap();
            let mended = self::document(document.text.as_str(), &[(*range, index)]);
            prop_assert!(findings(&mended).iter().all(|finding| !EDGES.contains(&finding.rule)));
        }
    }

    #[test]
    fn spans_nobody_confirmed_are_not_looked_at(document in labelled_text()) {
        let mut document = document;
        let suggested = document.spans.iter().map(|span| Span { origin: Origin::Suggested, ..(**span).clone() });
        document.spans = SpanSet::from_iter(suggested.collect::<Vec<_>>());
        prop_assert_eq!(findings(&document), []);
    }
}
