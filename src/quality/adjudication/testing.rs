//! Annotators of one article, for the tests.

use super::{Disagreement, contested};
use crate::annotation::{Document, Origin, Span, Status};
use crate::quality::agreement::Annotations;
use crate::quality::testing::marked;

/// Annotators `a`, `b` … who say this.
pub(super) fn annotators(texts: &[&str]) -> Vec<Annotations> {
    ('a'..)
        .zip(texts)
        .map(|(name, text)| Annotations {
            annotator: name.to_string(),
            documents: vec![Document { status: Status::Done, ..marked("d", text) }],
        })
        .collect()
}

/// An extractor that says this.
pub(super) fn suggested(text: &str) -> Annotations {
    let mut document = marked("x", text);
    let spans = document.spans.iter().map(|span| Span { origin: Origin::Suggested, ..(**span).clone() });
    document.spans = spans.collect::<Vec<_>>().into_iter().collect();
    Annotations { annotator: "extractor".to_owned(), documents: vec![document] }
}

pub(super) fn names(annotators: &[Annotations]) -> Vec<String> {
    annotators.iter().map(|one| one.annotator.clone()).collect()
}

/// What the regions of one article are about.
pub(super) fn kinds(texts: &[&str]) -> Vec<Vec<Disagreement>> {
    let articles = contested(&annotators(texts), None);
    assert_eq!(articles.len(), 1);
    articles[0].regions.iter().map(|region| region.kinds.clone()).collect()
}
