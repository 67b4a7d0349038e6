//! What is in a dataset: what is counted of a project on the page, with what others want to know of it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::annotation::{Document, Status};
use crate::quality::pull::{Pull, PullCounter};
use crate::quality::statistics::{Effort, Tally};
use crate::schema::LabelCode;
use crate::text::words;

/// What is in a dataset.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DatasetStatistics {
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
    /// The name, as it is spelled most often.
    pub name: String,
    /// How often, in any spelling.
    pub count: usize,
}

/// Counts documents one by one.
#[derive(Clone, Debug, Default)]
pub struct DatasetCounter {
    tally: Tally,
    statistics: DatasetStatistics,
    pull: PullCounter,
}

impl DatasetCounter {
    /// Counts a document.
    pub fn add(&mut self, document: &Document) {
        self.tally.add(document);
        self.pull.add(document);
        let all = &mut self.statistics;
        if let Some(annotator) = &document.annotator {
            *all.annotators.entry(annotator.to_string()).or_default() += 1;
        }
        all.words += words(document.text.as_str()).count();
        all.code_points += document.text.len_code_points().to_usize();
        all.rejected += document.rejected.len();
        let mut labels_here = Vec::new();
        for span in document.spans.iter().filter(|span| span.origin.is_confirmed()) {
            let surface = document.text.slice(span.range).unwrap_or_default();
            let label = all.labels.entry(span.label.clone()).or_default();
            label.words += words(surface).count();
            *label.origins.entry(span.origin.as_str().to_owned()).or_default() += 1;
            if !labels_here.contains(&&span.label) {
                label.documents += 1;
                labels_here.push(&span.label);
            }
        }
    }

    /// What was counted, with so many frequent names for each label. `rounds` draws of documents, begun with `seed`, give
    /// the interval of what suggestions did.
    #[must_use]
    pub fn finish(self, frequent: usize, rounds: usize, seed: u64) -> DatasetStatistics {
        // Nobody has worked on a file.
        let counted = self.tally.finish(&Effort::default());
        let mut all = self.statistics;
        all.documents = counted.statuses.total();
        for status in [Status::New, Status::InProgress, Status::Done, Status::Skipped] {
            let documents = counted.statuses.of(status);
            if documents > 0 {
                all.statuses.insert(status.as_str().to_owned(), documents);
            }
        }
        all.per_document = Spread::of(counted.articles.iter().map(|article| article.confirmed).collect());
        for (label, count) in &counted.labels {
            all.spans += count.confirmed;
            all.suggestions += count.suggested;
            if let Some(label) = all.labels.get_mut(label) {
                label.spans = count.confirmed;
            }
        }
        for (origin, count) in all.labels.values().flat_map(|label| &label.origins) {
            *all.origins.entry(origin.clone()).or_default() += count;
        }
        for name in &counted.names {
            for (label, count) in name.labels.iter().filter(|(_, count)| count.confirmed > 0) {
                if let Some(label) = all.labels.get_mut(label) {
                    label.distinct += 1;
                    let name = name.surface.to_string();
                    label.frequent.push(Frequent { name, count: count.confirmed });
                }
            }
        }
        for label in all.labels.values_mut() {
            // Those of one frequency stay in the order of their letters.
            label.frequent.sort_by_key(|name| Reverse(name.count));
            label.frequent.truncate(frequent);
        }
        all.pull = self.pull.finish(rounds, seed);
        all
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
        let mut counter = DatasetCounter::default();
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
        let mut counter = DatasetCounter::default();
        counter.add(&open);
        let statistics = counter.finish(5, 0, 1);
        assert_eq!((statistics.spans, statistics.suggestions, statistics.labels.len()), (0, 1, 0));
    }
}
