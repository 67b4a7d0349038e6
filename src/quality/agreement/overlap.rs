//! Spans of one label that share letters count as the same: the most lenient of the three comparisons.

use crate::annotation::Span;
use crate::quality::score::Measure;
use crate::schema::LabelCode;

/// Counts the spans of two annotators that have one label and share letters, each span at most once.
///
/// Spans of a label are gone through by their ends, and each takes the first open one it touches; where the spans of an
/// annotator do not overlap each other, no other way finds more.
pub(super) fn add(measure: &mut Measure, first: &[&Span], second: &[&Span]) {
    let mut labels: Vec<&LabelCode> = first.iter().chain(second).map(|span| &span.label).collect();
    labels.sort_unstable();
    labels.dedup();
    for label in labels {
        let of_label = |spans: &[&Span]| {
            let mut ranges: Vec<_> = spans.iter().filter(|s| s.label == *label).map(|s| s.range).collect();
            ranges.sort_unstable_by_key(|range| (range.end, range.start));
            ranges
        };
        let (a, b) = (of_label(first), of_label(second));
        let mut open = b.clone();
        let correct = a.iter().filter(|range| {
            let found = open.iter().position(|other| other.overlaps(**range));
            found.map(|n| open.remove(n)).is_some()
        });
        measure.add_label(label, correct.count(), b.len(), a.len());
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::document;
    use super::super::view::spans;
    use super::*;

    fn correct(first: &str, second: &str) -> usize {
        let (first, second) = (document("a", first), document("a", second));
        let mut measure = Measure::default();
        add(&mut measure, &spans(&first, false), &spans(&second, false));
        measure.micro.correct
    }

    #[test]
    fn part_of_a_name_counts_but_not_under_another_label() {
        assert_eq!(correct("[ORG وزارة النقل] أمس", "وزارة [ORG النقل] أمس"), 1);
        assert_eq!(correct("[ORG وزارة النقل] أمس", "وزارة [LOC النقل] أمس"), 0);
        assert_eq!(correct("[ORG وزارة] النقل", "وزارة [ORG النقل]"), 0);
    }

    #[test]
    fn one_long_span_answers_one_short_one() {
        assert_eq!(correct("[ORG وزارة النقل] أمس", "[ORG وزارة] [ORG النقل] أمس"), 1);
        assert_eq!(correct("[ORG وزارة النقل] [ORG أمس]", "[ORG وزارة] [ORG النقل أمس]"), 2);
    }
}
