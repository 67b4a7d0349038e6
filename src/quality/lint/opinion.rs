//! Where a confident extractor says otherwise.

use std::collections::HashMap;
use std::sync::Arc;

use super::article::Article;
use super::finding::{Finding, Fix, Rule};
use crate::annotation::{Document, Span};

/// What an extractor says about the same articles.
#[derive(Clone, Copy, Debug)]
pub struct SecondOpinion<'a> {
    /// Its documents; they belong to the articles with the same text.
    pub documents: &'a [Document],
    /// How sure it must be to be heard, 0 to 1. Spans without a confidence are not heard.
    pub sure: f32,
}

/// The same, ready to be asked.
#[derive(Default)]
pub(super) struct Opinions {
    by_text: HashMap<String, Vec<Arc<Span>>>,
}

impl Opinions {
    pub(super) fn of(opinion: SecondOpinion<'_>) -> Self {
        let sure = |document: &Document| {
            let is_sure = |span: &&Arc<Span>| span.confidence.is_some_and(|found| found >= opinion.sure);
            document.spans.iter().filter(is_sure).cloned().collect()
        };
        let by_text = opinion.documents.iter().map(|one| (one.text.as_str().to_owned(), sure(one))).collect();
        Self { by_text }
    }
}

/// What an annotator has turned down is not asked again.
pub(super) fn check(article: &Article<'_>, opinions: &Opinions, found: &mut Vec<Finding>) {
    let document = article.document;
    for opinion in opinions.by_text.get(document.text.as_str()).into_iter().flatten() {
        let turned_down =
            |r: &crate::annotation::Rejection| r.range == opinion.range && r.label == opinion.label;
        if document.rejected.iter().any(turned_down) || article.is_boilerplate(opinion.range) {
            continue;
        }
        let spans = document.spans.overlapping(opinion.range).map(Arc::as_ref);
        let here: Vec<&Span> = spans.filter(|span| span.origin.is_confirmed()).collect();
        let fix = || Some(Fix::Set { range: opinion.range, label: opinion.label.clone() });
        match here.as_slice() {
            [] => found.push(article.missing(Rule::ExtractorFindsMore, opinion.range, &opinion.label)),
            [span] if span.label != opinion.label => {
                found.push(article.about(Rule::ExtractorLabelsOtherwise, span, fix()));
            }
            [span] if span.range != opinion.range => {
                found.push(article.about(Rule::ExtractorEndsOtherwise, span, fix()));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Lint, NoNames, Vocabulary};
    use super::*;
    use crate::annotation::Rejection;
    use crate::quality::testing::marked;

    fn suggested(text: &str, confidence: f32) -> Document {
        let mut document = marked("any name", text);
        let spans =
            document.spans.iter().map(|span| Span { confidence: Some(confidence), ..(**span).clone() });
        document.spans = spans.collect::<Vec<_>>().into_iter().collect();
        document
    }

    fn codes(own: &Document, second: &Document) -> Vec<&'static str> {
        let vocabulary = Vocabulary::embedded().unwrap();
        let opinion = SecondOpinion { documents: std::slice::from_ref(second), sure: 0.9 };
        let lint = Lint::new(&vocabulary, &NoNames).with_opinion(opinion);
        lint.run(std::slice::from_ref(own)).iter().map(|finding| finding.rule.code()).collect()
    }

    #[test]
    fn other_labels_other_ends_and_missing_spans_are_told() {
        let own = marked("d", "زار [LOC سبها] مع [ORG نجم الغد] ثم هون");
        let second = suggested("زار [ORG سبها] مع [ORG نجم] الغد ثم [LOC هون]", 0.95);
        assert_eq!(
            codes(&own, &second),
            ["extractor-labels-otherwise", "extractor-ends-otherwise", "extractor-finds-more"]
        );
        assert_eq!(codes(&own, &suggested("زار [LOC سبها] مع [ORG نجم الغد] ثم هون", 0.95)), [""; 0]);
    }

    #[test]
    fn who_is_not_sure_or_was_turned_down_is_not_heard() {
        let mut own = marked("d", "زار سبها ثم عاد");
        assert_eq!(codes(&own, &suggested("زار [LOC سبها] ثم عاد", 0.5)), [""; 0]);
        let second = suggested("زار [LOC سبها] ثم عاد", 0.95);
        assert_eq!(codes(&own, &second), ["extractor-finds-more"]);
        let span = second.spans.iter().next().unwrap();
        own.rejected.push(Rejection { range: span.range, label: span.label.clone(), source: None });
        assert_eq!(codes(&own, &second), [""; 0]);
    }
}
