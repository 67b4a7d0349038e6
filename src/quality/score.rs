//! How well predicted spans agree with gold ones: precision, recall and F1 of entities, as the CoNLL evaluations count
//! them.
//!
//! Strictly, a predicted span is right if a gold span has the same label and the same two boundaries; by boundary
//! alone, if one has the same two boundaries. Each gold span is found at most once. A discontinuous span is compared by
//! all of its fragments.

use std::collections::{BTreeMap, HashMap};
use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use crate::annotation::{Document, Span};
use crate::schema::LabelCode;
use crate::text::ByteRange;

/// Spans found, spans found wrongly, spans missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Tally {
    /// Predicted spans that are gold.
    pub correct: usize,
    /// Predicted spans.
    pub predicted: usize,
    /// Gold spans.
    pub gold: usize,
}

impl Tally {
    /// The part of the predicted spans that is right; `None` if nothing was predicted.
    #[must_use]
    pub fn precision(self) -> Option<f64> {
        ratio(self.correct, self.predicted)
    }

    /// The part of the gold spans that was found; `None` if there is no gold.
    #[must_use]
    pub fn recall(self) -> Option<f64> {
        ratio(self.correct, self.gold)
    }

    /// The harmonic mean of the two: `2 correct / (predicted + gold)`; `None` if there is neither prediction nor gold.
    #[must_use]
    pub fn f1(self) -> Option<f64> {
        ratio(2 * self.correct, self.predicted + self.gold)
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

impl Tally {
    /// The counts of so many documents like this one.
    pub(super) fn times(self, times: usize) -> Self {
        Self { correct: times * self.correct, predicted: times * self.predicted, gold: times * self.gold }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.correct += other.correct;
        self.predicted += other.predicted;
        self.gold += other.gold;
    }
}

impl Serialize for Tally {
    /// Counts and ratios; a ratio over nothing is null.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut row = serializer.serialize_struct("Tally", 6)?;
        row.serialize_field("precision", &self.precision())?;
        row.serialize_field("recall", &self.recall())?;
        row.serialize_field("f1", &self.f1())?;
        row.serialize_field("correct", &self.correct)?;
        row.serialize_field("predicted", &self.predicted)?;
        row.serialize_field("gold", &self.gold)?;
        row.end()
    }
}

/// One way of comparing, over all labels and for each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Every span counts the same.
    pub micro: Tally,
    /// By label. For boundaries alone, a prediction counts under its own label and a gold span under its own.
    pub by_label: BTreeMap<LabelCode, LabelTally>,
}

/// The tally of one label.
///
/// By boundary alone the prediction of one label may find the gold span of another, so that two counts of right spans
/// are needed; strictly they are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct LabelTally {
    /// Predicted spans of this label that are gold.
    pub right: usize,
    /// Predicted spans of this label.
    pub predicted: usize,
    /// Gold spans of this label that were predicted.
    pub found: usize,
    /// Gold spans of this label.
    pub gold: usize,
}

impl LabelTally {
    /// The part of the predicted spans that is right; `None` if nothing was predicted.
    #[must_use]
    pub fn precision(self) -> Option<f64> {
        ratio(self.right, self.predicted)
    }

    /// The part of the gold spans that was found; `None` if there is no gold.
    #[must_use]
    pub fn recall(self) -> Option<f64> {
        ratio(self.found, self.gold)
    }

    /// The harmonic mean of the two. `None` if there is neither prediction nor gold; 0 if only one of them is there.
    #[must_use]
    pub fn f1(self) -> Option<f64> {
        match (self.precision(), self.recall()) {
            (None, None) => None,
            (Some(p), Some(r)) if p + r > 0.0 => Some(2.0 * p * r / (p + r)),
            _ => Some(0.0),
        }
    }
}

impl AddAssign for LabelTally {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.predicted += other.predicted;
        self.found += other.found;
        self.gold += other.gold;
    }
}

impl Serialize for LabelTally {
    /// Counts and ratios; a ratio over nothing is null.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut row = serializer.serialize_struct("LabelTally", 7)?;
        row.serialize_field("precision", &self.precision())?;
        row.serialize_field("recall", &self.recall())?;
        row.serialize_field("f1", &self.f1())?;
        row.serialize_field("right", &self.right)?;
        row.serialize_field("predicted", &self.predicted)?;
        row.serialize_field("found", &self.found)?;
        row.serialize_field("gold", &self.gold)?;
        row.end()
    }
}

/// How predictions compare with gold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Score {
    /// Label and both boundaries must agree.
    pub strict: Measure,
    /// Both boundaries must agree.
    pub boundary: Measure,
    /// Gold documents, each with its prediction.
    pub documents: usize,
    /// Gold documents without a prediction; their spans count as missed.
    pub gold_only: Vec<String>,
    /// Predicted documents without gold; they do not count.
    pub predicted_only: Vec<String>,
    /// Documents of one name whose texts differ; their offsets mean nothing to each other, so they do not count.
    pub different_text: Vec<String>,
}

/// Compares documents. They belong together by their names, or else by their texts.
///
/// Of gold documents only the confirmed spans count, of predicted ones all.
#[must_use]
pub fn score(gold: &[Document], predicted: &[Document]) -> Score {
    let mut score = Score::default();
    let by_id: HashMap<&str, usize> =
        predicted.iter().enumerate().map(|(n, document)| (document.id.as_str(), n)).collect();
    let mut by_text: HashMap<&str, Vec<usize>> = HashMap::new();
    for (n, document) in predicted.iter().enumerate().rev() {
        by_text.entry(document.text.as_str()).or_default().push(n);
    }
    let mut used = vec![false; predicted.len()];
    let mut pairs: Vec<Option<usize>> = gold
        .iter()
        .map(|document| {
            let n = *by_id.get(document.id.as_str())?;
            let same = predicted.get(n)?.text == document.text;
            used[n] = same;
            same.then_some(n)
        })
        .collect();
    for (document, pair) in gold.iter().zip(&mut pairs).filter(|(_, pair)| pair.is_none()) {
        let same_text = by_text.get(document.text.as_str()).into_iter().flatten().copied();
        *pair = same_text.into_iter().rev().find(|&n| !used[n]);
        if let Some(n) = *pair {
            used[n] = true;
        }
    }
    for (document, pair) in gold.iter().zip(pairs) {
        let name = || document.id.as_str().to_owned();
        match pair.and_then(|n| predicted.get(n)) {
            Some(prediction) => {
                score.documents += 1;
                score.add(&confirmed(document), &all(prediction));
            }
            None if by_id.contains_key(document.id.as_str()) => {
                if let Some(n) = by_id.get(document.id.as_str()) {
                    used[*n] = true;
                }
                score.different_text.push(name());
            }
            None => {
                score.gold_only.push(name());
                score.add(&confirmed(document), &[]);
            }
        }
    }
    let alone = predicted.iter().zip(used).filter(|(_, used)| !used);
    score.predicted_only = alone.map(|(document, _)| document.id.as_str().to_owned()).collect();
    score
}

fn all(document: &Document) -> Vec<&Span> {
    document.spans.iter().map(AsRef::as_ref).collect()
}

/// Suggestions that nobody has looked at are no gold.
fn confirmed(document: &Document) -> Vec<&Span> {
    all(document).into_iter().filter(|span| span.origin.is_confirmed()).collect()
}

/// Where a span is: its range, and its fragments if it has some.
type Place<'a> = (ByteRange, &'a [ByteRange]);

fn place(span: &Span) -> Place<'_> {
    (span.range, &span.fragments)
}

impl Score {
    fn add(&mut self, gold: &[&Span], predicted: &[&Span]) {
        self.strict.add_strict(gold, predicted);
        self.boundary.add_boundary(gold, predicted);
    }
}

impl Measure {
    /// Counts the spans of one document: label and both boundaries must agree.
    pub(super) fn add_strict(&mut self, gold: &[&Span], predicted: &[&Span]) {
        self.add(gold, predicted, |span| (place(span), &span.label));
    }

    /// Counts the spans of one document: both boundaries must agree.
    pub(super) fn add_boundary(&mut self, gold: &[&Span], predicted: &[&Span]) {
        self.add(gold, predicted, place);
    }

    /// Counts spans of one label that were compared elsewhere.
    pub(super) fn add_label(&mut self, label: &LabelCode, correct: usize, predicted: usize, gold: usize) {
        let tally = LabelTally { right: correct, predicted, found: correct, gold };
        *self.by_label.entry(label.clone()).or_default() += tally;
        self.micro += Tally { correct, predicted, gold };
    }

    /// Adds what was counted in other documents.
    pub(super) fn merge(&mut self, other: &Self) {
        self.micro += other.micro;
        for (label, tally) in &other.by_label {
            *self.by_label.entry(label.clone()).or_default() += *tally;
        }
    }

    fn add<'a, K: Eq + std::hash::Hash>(
        &mut self,
        gold: &[&'a Span],
        predicted: &[&'a Span],
        key: impl Fn(&'a Span) -> K,
    ) {
        let mut open: HashMap<K, Vec<&Span>> = HashMap::new();
        // In reverse, so that the first of equal gold spans is found first.
        for &span in gold.iter().rev() {
            open.entry(key(span)).or_default().push(span);
            self.row(span).gold += 1;
        }
        let mut correct = 0;
        for &span in predicted {
            self.row(span).predicted += 1;
            let Some(candidates) = open.get_mut(&key(span)) else { continue };
            // Where only the boundary counts, a span of the same label is the better match.
            let same_label = candidates.iter().rposition(|other| other.label == span.label);
            let Some(index) = same_label.or_else(|| candidates.len().checked_sub(1)) else { continue };
            let found = candidates.remove(index);
            self.row(span).right += 1;
            self.row(found).found += 1;
            correct += 1;
        }
        self.micro += Tally { correct, predicted: predicted.len(), gold: gold.len() };
    }

    fn row(&mut self, span: &Span) -> &mut LabelTally {
        self.by_label.entry(span.label.clone()).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{DocumentId, Origin, SpanId};

    fn document(id: &str, text: &str, spans: &[(usize, usize, &str)]) -> Document {
        let mut document = Document::new(DocumentId::new(id), text);
        document.spans = spans
            .iter()
            .enumerate()
            .map(|(n, &(start, end, label))| {
                let label = LabelCode::new(label).unwrap();
                Span::new(SpanId::numbered(n as u32 + 1), (start..end).into(), label, Origin::Manual)
            })
            .collect();
        document
    }

    #[test]
    fn label_and_both_boundaries_must_agree_strictly() {
        let gold = document("a", "abcdefghij", &[(0, 2, "PER"), (3, 5, "LOC"), (6, 8, "ORG")]);
        let predicted = document("a", "abcdefghij", &[(0, 2, "PER"), (3, 5, "FAC"), (6, 9, "ORG")]);
        let score = score(&[gold], &[predicted]);
        assert_eq!(score.strict.micro, Tally { correct: 1, predicted: 3, gold: 3 });
        assert_eq!(score.boundary.micro, Tally { correct: 2, predicted: 3, gold: 3 });
        let boundary = &score.boundary.by_label;
        assert_eq!((boundary["FAC"].precision(), boundary["FAC"].recall()), (Some(1.0), None));
        assert_eq!((boundary["LOC"].precision(), boundary["LOC"].recall()), (None, Some(1.0)));
        assert_eq!(score.strict.by_label["PER"].f1(), Some(1.0));
    }

    #[test]
    fn a_gold_span_is_found_once() {
        let gold = document("a", "abc", &[(0, 2, "PER")]);
        let predicted = document("a", "abc", &[(0, 2, "PER"), (0, 2, "PER")]);
        assert_eq!(score(&[gold], &[predicted]).strict.micro, Tally { correct: 1, predicted: 2, gold: 1 });
    }

    #[test]
    fn stacked_spans_are_matched_by_label_before_place() {
        let gold = document("a", "abc", &[(0, 2, "LOC"), (0, 2, "PER")]);
        let predicted = document("a", "abc", &[(0, 2, "PER")]);
        let boundary = score(&[gold], &[predicted]).boundary;
        assert_eq!((boundary.by_label["PER"].found, boundary.by_label["LOC"].found), (1, 0));
    }

    #[test]
    fn documents_belong_together_by_name_and_else_by_text() {
        let gold = [
            document("a", "aaa", &[(0, 1, "X")]),
            document("b", "bbb", &[(0, 1, "X")]),
            document("c", "ccc", &[(0, 1, "X")]),
            document("d", "ddd", &[(0, 1, "X")]),
        ];
        let predicted = [
            document("a", "aaa", &[(0, 1, "X")]),
            document("other", "bbb", &[(0, 1, "X")]),
            document("c", "changed", &[(0, 1, "X")]),
            document("e", "eee", &[(0, 1, "X")]),
        ];
        let score = score(&gold, &predicted);
        assert_eq!(score.strict.micro, Tally { correct: 2, predicted: 2, gold: 3 });
        assert_eq!((score.documents, score.gold_only), (2, vec!["d".to_owned()]));
        assert_eq!(
            (score.different_text, score.predicted_only),
            (vec!["c".to_owned()], vec!["e".to_owned()])
        );
    }

    #[test]
    fn a_ratio_over_nothing_is_null_and_not_zero() {
        let nothing = Tally::default();
        assert_eq!((nothing.precision(), nothing.recall(), nothing.f1()), (None, None, None));
        let missed = Tally { correct: 0, predicted: 0, gold: 3 };
        assert_eq!((missed.precision(), missed.recall(), missed.f1()), (None, Some(0.0), Some(0.0)));
        assert_eq!(
            serde_json::to_string(&missed).unwrap(),
            r#"{"precision":null,"recall":0.0,"f1":0.0,"correct":0,"predicted":0,"gold":3}"#
        );
    }
}
