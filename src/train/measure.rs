//! Scores of trained heads and models on examples.

use std::sync::Arc;

use super::corpora::Example;
use super::pipeline::Pipeline;
use super::repeats::Repeats;
use super::task::{self, Counts};
use crate::extract::Extractor;
use crate::extract::tagger::decode::Decoder;
use crate::extract::tagger::head::Head;
use crate::extract::tagger::table::Table;
use crate::text::SourceText;

/// Counts over whole words for a head, per label, the sum last. Each example is an article: its words are tagged
/// again with the labels favoured that most of their places have, by `repeats` units of score at most.
#[must_use]
pub fn by_words(
    pipeline: &mut Pipeline<'_>,
    head: &Head,
    examples: &[Example],
    label: &dyn Fn(&str) -> Option<usize>,
    bias: i32,
    repeats: i32,
) -> Vec<Counts> {
    let labels = head.labels.len();
    let mut sum = vec![Counts::default(); labels + 1];
    let articles: Vec<_> =
        examples.iter().map(|example| pipeline.items(std::slice::from_ref(example), label)).collect();
    let reader = pipeline.reader();
    let mut decoder = Decoder::new(Arc::new(Table::of(std::slice::from_ref(head))));
    decoder.set_bias(0, bias);
    for items in articles {
        let first: Vec<_> = items
            .iter()
            .map(|item| {
                decoder.score(reader, &item.sequence);
                decoder.best(0, &item.sequence)
            })
            .collect();
        let seen = Repeats::of(reader, &items, &first, labels);
        let second: Vec<_> = items
            .iter()
            .map(|item| {
                decoder.score(reader, &item.sequence);
                seen.favour(&mut decoder, reader, &item.sequence, repeats);
                decoder.best(0, &item.sequence)
            })
            .collect();
        for (sum, counts) in sum.iter_mut().zip(task::score(&items, &second, labels)) {
            sum.add(counts);
        }
    }
    sum
}

/// A suggestion with what the gold says of it.
#[derive(Clone, Copy, Debug)]
pub struct Judged {
    /// Its confidence.
    pub confidence: f32,
    /// True if the gold has the same span.
    pub right: bool,
}

/// Counts by characters for an extractor, per label, the sum last, and each suggestion judged.
#[must_use]
pub fn by_characters(
    extractor: &dyn Extractor,
    examples: &[Example],
    names: &[&str],
) -> (Vec<Counts>, Vec<Judged>) {
    let mut counts = vec![Counts::default(); names.len() + 1];
    let mut judged = Vec::new();
    let number = |label: &str| names.iter().position(|name| *name == label);
    for example in examples {
        for span in &example.spans {
            for at in number(&span.2).into_iter().chain([names.len()]) {
                counts[at].gold += 1;
            }
        }
        for suggestion in extractor.suggest(&SourceText::new(example.text.clone())) {
            let range = suggestion.range.to_std();
            let label = suggestion.label.as_str();
            let mut bounds = example.spans.iter().filter(|s| s.0 == range.start && s.1 == range.end);
            let bounded = usize::from(bounds.clone().next().is_some());
            let right = bounds.any(|s| s.2 == label);
            judged.push(Judged { confidence: suggestion.confidence, right });
            for at in number(label).into_iter().chain([names.len()]) {
                counts[at].add(Counts { right: usize::from(right), bounded, gold: 0, found: 1 });
            }
        }
    }
    (counts, judged)
}

/// The share of right suggestions in each of equal steps of confidence, drawn towards the step where there are few.
#[must_use]
pub fn reliability(judged: &[Judged], steps: usize) -> Vec<f32> {
    const WEIGHT: f32 = 4.0;
    let share = (0..steps).map(|step| {
        let (low, high) = (step as f32 / steps as f32, (step + 1) as f32 / steps as f32);
        let here = |j: &&Judged| j.confidence >= low && (j.confidence < high || step + 1 == steps);
        let all = judged.iter().filter(here).count() as f32;
        let right = judged.iter().filter(here).filter(|j| j.right).count() as f32;
        (right + WEIGHT * (low + high) / 2.0) / (all + WEIGHT)
    });
    let mut shares: Vec<f32> = share.collect();
    // More likely is never less right: neighbours that say so are made equal to their mean.
    for _ in 0..steps {
        for at in 1..shares.len() {
            if shares[at - 1] > shares[at] {
                let mean = f32::midpoint(shares[at - 1], shares[at]);
                shares[at - 1] = mean;
                shares[at] = mean;
            }
        }
    }
    shares
}

/// The mean distance between confidence and share of right ones over ten steps, weighted by how many are in each.
#[must_use]
pub fn calibration_error(judged: &[Judged]) -> f32 {
    let mut error = 0.0;
    for step in 0..10 {
        let (low, high) = (step as f32 / 10.0, (step + 1) as f32 / 10.0);
        let here: Vec<_> =
            judged.iter().filter(|j| j.confidence >= low && (j.confidence < high || step == 9)).collect();
        if here.is_empty() {
            continue;
        }
        let confidence: f32 = here.iter().map(|j| j.confidence).sum();
        let right = here.iter().filter(|j| j.right).count() as f32;
        error += (confidence - right).abs();
    }
    error / judged.len().max(1) as f32
}

/// Precision and recall of the suggestions at or above each threshold of 0, 0.05 … 0.95.
#[must_use]
pub fn thresholds(judged: &[Judged], gold: usize) -> Vec<(f32, f32)> {
    (0..20)
        .map(|step| {
            let kept = judged.iter().filter(|j| j.confidence >= step as f32 / 20.0);
            let (all, right) = kept.fold((0, 0), |(all, right), j| (all + 1, right + usize::from(j.right)));
            (right as f32 / all.max(1) as f32, right as f32 / gold.max(1) as f32)
        })
        .collect()
}

/// A line of scores: strict precision, recall and F1 of all, F1 of both ends alone, then strict F1 per label.
#[must_use]
pub fn line(names: &[&str], counts: &[Counts]) -> String {
    let all = counts.last().copied().unwrap_or_default();
    let ([precision, recall, f1], boundary) = (all.scores(), all.boundary_f1());
    let labels = names.iter().zip(counts).map(|(name, counts)| format!("{name} {:.1}", counts.f1()));
    format!(
        "P {precision:.1} R {recall:.1} F1 {f1:.2} boundary F1 {boundary:.2} | {}",
        labels.collect::<Vec<_>>().join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_with_another_label_count_for_the_boundary_alone() {
        let sum = Counts { right: 1, bounded: 2, gold: 4, found: 4 };
        assert_eq!((sum.f1(), sum.boundary_f1()), (25.0, 50.0));
        let said = line(&["LOC"], &[Counts::default(), sum]);
        assert_eq!(said, "P 25.0 R 25.0 F1 25.00 boundary F1 50.00 | LOC 0.0");
    }
}
