//! What is in a dataset, counted document by document.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::annotation::Document;
use crate::quality::pull::{Pull, PullCounter};
use crate::schema::LabelCode;
use crate::text::{fold_word, words};

/// What is in a dataset.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// Documents.
    pub documents: usize,
    /// Documents by status.
    pub statuses: BTreeMap<String, usize>,
    /// Documents by annotator; those that name none are not among them.
    pub annotators: BTreeMap<String, usize>,
    /// Words of all texts.
    pub words: usize,
    /// Code points of all texts.
    pub code_points: usize,
    /// Confirmed spans.
    pub spans: usize,
    /// Suggestions that nobody has looked at.
    pub suggestions: usize,
    /// Suggestions turned down.
    pub rejected: usize,
    /// Confirmed spans by origin.
    pub origins: BTreeMap<String, usize>,
    /// Confirmed spans in a document.
    pub per_document: Spread,
    /// By label.
    pub labels: BTreeMap<LabelCode, LabelStatistics>,
    /// What suggestions did in finished documents.
    pub pull: Pull,
}

/// How a number is spread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// The smallest.
    pub least: usize,
    /// The middle one; of an even number of them the lower.
    pub median: usize,
    /// The mean; 0 if there is nothing.
    pub mean: f64,
    /// The largest.
    pub most: usize,
}

impl Spread {
    fn of(mut numbers: Vec<usize>) -> Self {
        numbers.sort_unstable();
        let sum: usize = numbers.iter().sum();
        Self {
            least: numbers.first().copied().unwrap_or(0),
            median: numbers.get(numbers.len().saturating_sub(1) / 2).copied().unwrap_or(0),
            mean: if numbers.is_empty() { 0.0 } else { sum as f64 / numbers.len() as f64 },
            most: numbers.last().copied().unwrap_or(0),
        }
    }
}

/// What is said of one label; confirmed spans only.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LabelStatistics {
    /// Spans.
    pub spans: usize,
    /// Documents with one.
    pub documents: usize,
    /// Different names, spelling folded.
    pub distinct: usize,
    /// Words of all spans.
    pub words: usize,
    /// Spans by origin.
    pub origins: BTreeMap<String, usize>,
    /// The most frequent names.
    pub frequent: Vec<Frequent>,
}

/// A name and how often it is labelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frequent {
    /// The name, as it is spelled first.
    pub name: String,
    /// How often, in any spelling.
    pub count: usize,
}

/// Counts documents one by one.
#[derive(Clone, Debug, Default)]
pub struct StatisticsCounter {
    statistics: Statistics,
    per_document: Vec<usize>,
    /// By label and folded words: how often, the place of the first, and its spelling.
    names: HashMap<(LabelCode, String), (usize, usize, String)>,
    pull: PullCounter,
}

impl StatisticsCounter {
    /// Counts a document.
    pub fn add(&mut self, document: &Document) {
        let all = &mut self.statistics;
        all.documents += 1;
        *all.statuses.entry(document.status.as_str().to_owned()).or_default() += 1;
        if let Some(annotator) = &document.annotator {
            *all.annotators.entry(annotator.to_string()).or_default() += 1;
        }
        all.words += words(document.text.as_str()).count();
        all.code_points += document.text.len_code_points().to_usize();
        all.suggestions += document.spans.suggested();
        all.rejected += document.rejected.len();
        self.per_document.push(document.spans.len() - document.spans.suggested());
        self.pull.add(document);
        let mut labels_here = Vec::new();
        for span in document.spans.iter().filter(|span| span.origin.is_confirmed()) {
            let surface = document.text.slice(span.range).unwrap_or_default();
            let folded: Vec<String> =
                words(surface).filter_map(|word| surface.get(word.range.to_std())).map(fold_word).collect();
            let origin = span.origin.as_str();
            all.spans += 1;
            *all.origins.entry(origin.to_owned()).or_default() += 1;
            let label = all.labels.entry(span.label.clone()).or_default();
            label.spans += 1;
            label.words += folded.len();
            *label.origins.entry(origin.to_owned()).or_default() += 1;
            if !labels_here.contains(&&span.label) {
                label.documents += 1;
                labels_here.push(&span.label);
            }
            let first = (0, all.spans, surface.to_owned());
            self.names.entry((span.label.clone(), folded.join(" "))).or_insert(first).0 += 1;
        }
    }

    /// What was counted, with so many frequent names for each label. `rounds` draws of documents, begun with `seed`, give
    /// the interval of what suggestions did.
    #[must_use]
    pub fn finish(self, frequent: usize, rounds: usize, seed: u64) -> Statistics {
        let mut statistics = self.statistics;
        statistics.per_document = Spread::of(self.per_document);
        statistics.pull = self.pull.finish(rounds, seed);
        let mut names: Vec<_> = self.names.into_iter().collect();
        names.sort_by_key(|(_, (count, first, _))| (std::cmp::Reverse(*count), *first));
        for ((label, _), (count, _, name)) in names {
            let Some(label) = statistics.labels.get_mut(&label) else { continue };
            label.distinct += 1;
            if label.frequent.len() < frequent {
                label.frequent.push(Frequent { name, count });
            }
        }
        statistics
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{DocumentId, Origin, Span, SpanId, Status};

    fn document(text: &str, spans: &[(&str, &str)]) -> Document {
        let mut document = Document { status: Status::Done, ..Document::new(DocumentId::new("d"), text) };
        let span = |(n, &(label, name)): (u32, &(&str, &str))| {
            let start = text.find(name).unwrap();
            let label = LabelCode::new(label).unwrap();
            Span::new(SpanId::numbered(n), (start..start + name.len()).into(), label, Origin::Manual)
        };
        document.spans = (1..).zip(spans).map(span).collect();
        document
    }

    #[test]
    fn names_are_counted_over_their_spellings() {
        let mut counter = StatisticsCounter::default();
        counter.add(&document("زار القاهرة أمس", &[("LOC", "القاهرة"), ("DAT", "أمس")]));
        counter.add(&document("عاد إلى القاهره ثم سبها", &[("LOC", "القاهره"), ("LOC", "سبها")]));
        counter.add(&document("خبر", &[]));
        let statistics = counter.finish(1, 0, 1);
        let places = &statistics.labels["LOC"];
        assert_eq!((places.spans, places.documents, places.distinct, places.words), (3, 2, 2, 3));
        assert_eq!(places.frequent, [Frequent { name: "القاهرة".to_owned(), count: 2 }]);
        assert_eq!((statistics.documents, statistics.spans, statistics.words), (3, 4, 9));
        assert_eq!(statistics.per_document, Spread { least: 0, median: 2, mean: 4.0 / 3.0, most: 2 });
    }

    #[test]
    fn suggestions_are_counted_apart() {
        let mut open = document("زار القاهرة أمس", &[("LOC", "القاهرة")]);
        let suggested = open.spans.iter().map(|span| Span { origin: Origin::Suggested, ..(**span).clone() });
        open.spans = suggested.collect::<Vec<_>>().into_iter().collect();
        let mut counter = StatisticsCounter::default();
        counter.add(&open);
        let statistics = counter.finish(5, 0, 1);
        assert_eq!((statistics.spans, statistics.suggestions, statistics.labels.len()), (0, 1, 0));
    }
}
