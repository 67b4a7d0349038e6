//! What each article adds to the figures. All are made of sums, so that an interval costs no second look at a text.

use super::alpha::{alpha, pair_up};
use super::kappa::kappa;
use super::matrix::{Counted, Matrix};
use super::overlap;
use super::panel::PanelArticle;
use super::unitizing::{Lengths, Sums};
use super::view::{LabelNumbers, NO_LABEL, Segment, flat, segments, spans, word_labels};
use crate::annotation::Span;
use crate::quality::score::Measure;
use crate::text::words_in;

/// An article, by annotator.
pub(super) struct Sheet<'a> {
    pub(super) article: &'a PanelArticle<'a>,
    /// Spans that count; none for who has not labelled the article.
    pub(super) spans: Vec<Option<Vec<&'a Span>>>,
    /// The label of each word, likewise.
    words: Vec<Option<Vec<usize>>>,
    segments: Vec<Option<Vec<Segment>>>,
    pub(super) word_count: usize,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(article: &'a PanelArticle<'a>, suggestions: bool, numbers: &LabelNumbers) -> Self {
        let text = article.text;
        let words: Vec<_> = words_in(text, text.range()).collect();
        let spans: Vec<_> = article.documents.iter().map(|d| d.map(|d| spans(d, suggestions))).collect();
        let layers: Vec<_> = spans.iter().map(|spans| spans.as_deref().map(flat)).collect();
        let labels = |layer: &Vec<&Span>| word_labels(&words, layer, numbers);
        let pieces = |layer: &Vec<&Span>| segments(text, layer, numbers);
        Self {
            article,
            words: layers.iter().map(|layer| layer.as_ref().map(labels)).collect(),
            segments: layers.iter().map(|layer| layer.as_ref().map(pieces)).collect(),
            spans,
            word_count: words.len(),
        }
    }

    /// The spans of two annotators who both labelled the article.
    pub(super) fn both(&self, (first, second): (usize, usize)) -> Option<(&[&'a Span], &[&'a Span])> {
        Some((self.spans.get(first)?.as_deref()?, self.spans.get(second)?.as_deref()?))
    }
}

/// What two annotators say about one article.
#[derive(Clone, Debug, Default)]
pub(super) struct PairCounts {
    pub(super) strict: Measure,
    pub(super) boundary: Measure,
    pub(super) overlap: Measure,
    words: Counted,
    lengths: Lengths,
}

impl PairCounts {
    pub(super) fn of(sheet: &Sheet<'_>, pair: (usize, usize)) -> Option<Self> {
        let (first, second) = sheet.both(pair)?;
        let mut counts = Self::default();
        counts.strict.add_strict(first, second);
        counts.boundary.add_boundary(first, second);
        overlap::add(&mut counts.overlap, first, second);
        let words = |n: usize| sheet.words.get(n)?.as_deref();
        for (&a, &b) in words(pair.0)?.iter().zip(words(pair.1)?) {
            counts.words.add(a, b, 1.0);
        }
        let segments = |n: usize| sheet.segments.get(n)?.clone();
        counts.lengths = Lengths::of(&[segments(pair.0)?, segments(pair.1)?]);
        Some(counts)
    }
}

/// What two annotators say, summed over articles.
pub(super) struct PairSums {
    pub(super) strict: Measure,
    pub(super) boundary: Measure,
    pub(super) overlap: Measure,
    words: Matrix,
    labelled: Matrix,
    both: Matrix,
    lengths: Sums,
}

impl PairSums {
    /// The sum over articles, each so many times. Labels are not told apart in the measures if `micro_only`.
    pub(super) fn of<'a>(
        articles: impl Iterator<Item = (&'a PairCounts, f64)>,
        size: usize,
        by_label: bool,
    ) -> Self {
        let mut sums = Self {
            strict: Measure::default(),
            boundary: Measure::default(),
            overlap: Measure::default(),
            words: Matrix::new(size),
            labelled: Matrix::new(size),
            both: Matrix::new(size),
            lengths: Sums::new(size),
        };
        for (article, times) in articles {
            // Draws are whole numbers.
            let whole = times as usize;
            for (sum, one) in [
                (&mut sums.strict, &article.strict),
                (&mut sums.boundary, &article.boundary),
                (&mut sums.overlap, &article.overlap),
            ] {
                if by_label {
                    sum.merge(one);
                } else {
                    sum.micro += one.micro.times(whole);
                }
            }
            sums.words.add(&article.words, times);
            sums.labelled.add(&article.words.without(|a, b| a == NO_LABEL && b == NO_LABEL), times);
            sums.both.add(&article.words.without(|a, b| a == NO_LABEL || b == NO_LABEL), times);
            sums.lengths.add(&article.lengths, times);
        }
        sums
    }

    pub(super) fn kappas(&self) -> [Option<f64>; 3] {
        [kappa(&self.words), kappa(&self.labelled), kappa(&self.both)]
    }

    pub(super) fn unitizing(&self) -> Option<f64> {
        self.lengths.alpha()
    }
}

/// What all annotators together say about one article.
#[derive(Clone, Debug, Default)]
pub(super) struct AllCounts {
    words: Counted,
    labelled: Counted,
    lengths: Lengths,
}

impl AllCounts {
    pub(super) fn of(sheet: &Sheet<'_>) -> Self {
        let mut counts = Self::default();
        let views: Vec<_> = sheet.words.iter().flatten().collect();
        for at in 0..sheet.word_count {
            let labels: Vec<usize> = views.iter().filter_map(|view| view.get(at).copied()).collect();
            pair_up(&labels, &mut counts.words);
            if labels.iter().any(|&label| label != NO_LABEL) {
                pair_up(&labels, &mut counts.labelled);
            }
        }
        counts.lengths = Self::lengths(sheet, |label| label);
        counts
    }

    /// The lengths of one label alone.
    pub(super) fn of_label(sheet: &Sheet<'_>, only: usize) -> Lengths {
        Self::lengths(sheet, |label| if label == only { label } else { NO_LABEL })
    }

    fn lengths(sheet: &Sheet<'_>, label: impl Fn(usize) -> usize) -> Lengths {
        let relabelled = |pieces: &Vec<Segment>| -> Vec<Segment> {
            pieces.iter().map(|piece| Segment { label: label(piece.label), ..*piece }).collect()
        };
        let annotators: Vec<_> = sheet.segments.iter().flatten().map(relabelled).collect();
        Lengths::of(&annotators)
    }
}

/// Alpha of words, of labelled words, and unitizing alpha, over articles, each so many times.
pub(super) fn alphas<'a>(
    articles: impl Iterator<Item = (&'a AllCounts, f64)>,
    size: usize,
) -> [Option<f64>; 3] {
    let (mut words, mut labelled, mut lengths) = (Matrix::new(size), Matrix::new(size), Sums::new(size));
    for (article, times) in articles {
        words.add(&article.words, times);
        labelled.add(&article.labelled, times);
        lengths.add(&article.lengths, times);
    }
    [alpha(&words), alpha(&labelled), lengths.alpha()]
}

/// Unitizing alpha of one label.
pub(super) fn label_alpha(sheets: &[Sheet<'_>], label: usize, size: usize) -> Option<f64> {
    let mut sums = Sums::new(size);
    for sheet in sheets {
        sums.add(&AllCounts::of_label(sheet, label), 1.0);
    }
    sums.alpha()
}
