//! What goes into a file: by default only what a person stands behind.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::{Loss, Losses};
use crate::annotation::{Document, Origin, SpanSet};
use crate::schema::LabelCode;

/// What to put into a file.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ExportOptions {
    /// Suggestions that nobody has confirmed, too. Without them the file is gold.
    pub with_suggestions: bool,
    /// Of these only those of which the extractor is at least so sure, 0 to 1; those of unknown confidence too.
    pub threshold: f32,
}

/// How much goes into a file and how much does not, by label.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Documents.
    pub documents: usize,
    /// Spans that go in.
    pub included: BTreeMap<LabelCode, usize>,
    /// Suggestions that do not.
    pub left_out: BTreeMap<LabelCode, usize>,
}

/// The document as it goes into a file. What is left out is counted and told to `losses`.
#[must_use]
pub fn select(
    document: &Document,
    options: ExportOptions,
    counts: &mut Counts,
    losses: &mut Losses,
) -> Document {
    counts.documents += 1;
    let mut selected = document.clone();
    let mut gone = HashSet::new();
    let mut kept = Vec::with_capacity(document.spans.len());
    for span in document.spans.iter() {
        let is_sure = span.confidence.is_none_or(|confidence| confidence >= options.threshold);
        if span.origin != Origin::Suggested || (options.with_suggestions && is_sure) {
            *counts.included.entry(span.label.clone()).or_default() += 1;
            kept.push(Arc::clone(span));
        } else {
            *counts.left_out.entry(span.label.clone()).or_default() += 1;
            losses.say(&document.id, Loss::Suggestion { label: span.label.clone() });
            gone.insert(span.id.as_str());
        }
    }
    if gone.is_empty() {
        return selected;
    }
    // They come out of a set.
    selected.spans = SpanSet::from_unique(kept).unwrap_or_default();
    selected.relations.retain(|relation| {
        let ends = ["head", "tail"].map(|end| relation.get(end).and_then(Value::as_str));
        let whole = ends.iter().flatten().all(|id| !gone.contains(id));
        if !whole {
            losses.say(&document.id, Loss::Relation);
        }
        whole
    });
    selected
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::annotation::{DocumentId, Span, SpanId};

    #[test]
    fn a_gold_file_holds_what_people_confirmed_and_says_what_it_does_not_hold() {
        let label = LabelCode::new("LOC").unwrap();
        let span =
            |n, at: usize, origin| Span::new(SpanId::numbered(n), (at..at + 2).into(), label.clone(), origin);
        let mut document = Document::new(DocumentId::new("d"), "abcdefghij");
        document.spans = [
            span(1, 0, Origin::Manual),
            span(2, 2, Origin::Accepted),
            span(3, 4, Origin::Corrected),
            span(4, 6, Origin::Imported),
            span(5, 8, Origin::Suggested),
        ]
        .into_iter()
        .collect();
        document.relations = vec![json!({"head":"s1","tail":"s2"}), json!({"head":"s1","tail":"s5"})];

        let (mut counts, mut losses) = (Counts::default(), Losses::default());
        let gold = select(&document, ExportOptions::default(), &mut counts, &mut losses);
        assert_eq!((gold.spans.len(), gold.relations.len()), (4, 1));
        assert_eq!((counts.included[&label], counts.left_out[&label]), (4, 1));
        assert_eq!(losses.iter().count(), 2);

        let (mut counts, mut losses) = (Counts::default(), Losses::default());
        let options = ExportOptions { with_suggestions: true, ..ExportOptions::default() };
        let all = select(&document, options, &mut counts, &mut losses);
        assert_eq!(all, document);
        assert!(losses.is_empty() && counts.left_out.is_empty());

        let mut doubtful = span(6, 0, Origin::Suggested);
        doubtful.confidence = Some(0.4);
        document.spans = document.spans.iter().map(|span| (**span).clone()).chain([doubtful]).collect();
        let sure = select(&document, ExportOptions { threshold: 0.5, ..options }, &mut counts, &mut losses);
        assert_eq!(sure.spans.len(), 5, "one of unknown confidence stays");
        assert_eq!(counts.left_out[&label], 1);
    }
}
