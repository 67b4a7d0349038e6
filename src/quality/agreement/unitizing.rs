//! Krippendorff's alpha for unitizing: agreement on where spans are and what they are, letter by letter, so that half a
//! name found is half an agreement.
//!
//! Krippendorff, Mathet, Bouvry, Widlöcher 2016, "On the reliability of unitizing textual continua: further
//! developments", with the nominal difference. Every annotator parts an article into spans and the gaps between them.
//! Where segments of two annotators lie over each other, the length they share counts for their two labels, a gap being
//! a label of its own: with m annotators ℓ_ck = Σ shared / (m − 1). What chance would give comes from pairing all letters
//! with all others but those of their own span; letters of gaps stand for themselves:
//!
//! ε_ck = ℓ.. (ℓ_c. ℓ_.k − [c = k] s_c) / (ℓ..² − Σ s), where s_c is the sum of ℓ² of the spans labelled c, and of ℓ of
//! the gaps. Then uα = 1 − (ℓ.. − Σ ℓ_cc) / (ℓ.. − Σ ε_cc).
//!
//! Lengths are in code points. Articles stand beside each other: nothing reaches from one into the next.

use super::matrix::{Counted, Matrix};
use super::view::{NO_LABEL, Segment};

/// What an article adds to the sums.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lengths {
    /// ℓ_ck.
    shared: Counted,
    /// s_c, by label, as a diagonal.
    own: Counted,
}

impl Lengths {
    /// Of the segments of two or more annotators, which part the same article from end to end.
    pub(super) fn of(annotators: &[Vec<Segment>]) -> Self {
        let mut lengths = Self::default();
        if annotators.len() < 2 {
            return lengths;
        }
        let weight = 1.0 / (annotators.len() - 1) as f64;
        for (at, first) in annotators.iter().enumerate() {
            for segment in first {
                let length = f64::from(segment.length());
                let own = if segment.label == NO_LABEL { length } else { length * length };
                lengths.own.add(segment.label, segment.label, own);
            }
            for (_, second) in annotators.iter().enumerate().filter(|&(other, _)| other != at) {
                share(first, second, |a, b, length| lengths.shared.add(a, b, weight * length));
            }
        }
        lengths
    }
}

/// Walks over two partings of one article and tells of every piece the two labels and the length.
fn share(first: &[Segment], second: &[Segment], mut tell: impl FnMut(usize, usize, f64)) {
    let (mut first, mut second) = (first.iter().peekable(), second.iter().peekable());
    while let (Some(a), Some(b)) = (first.peek(), second.peek()) {
        let (start, end) = (a.start.max(b.start), a.end.min(b.end));
        if start < end {
            tell(a.label, b.label, f64::from(end - start));
        }
        let (a_ends, b_ends) = (a.end == end, b.end == end);
        if a_ends {
            first.next();
        }
        if b_ends {
            second.next();
        }
        if !a_ends && !b_ends {
            return;
        }
    }
}

/// The sums over articles, each so many times.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    shared: Matrix,
    own: Matrix,
}

impl Sums {
    /// Nothing yet, for labels below `size`.
    pub(super) fn new(size: usize) -> Self {
        Self { shared: Matrix::new(size), own: Matrix::new(size) }
    }

    /// Adds an article, so many times.
    pub(super) fn add(&mut self, article: &Lengths, times: f64) {
        self.shared.add(&article.shared, times);
        self.own.add(&article.own, times);
    }

    /// uα. `None` where it is not defined: nobody labelled anything, or there is but one article-long span.
    pub(super) fn alpha(&self) -> Option<f64> {
        let total = self.shared.total();
        let rows: f64 = self.shared.rows().iter().map(|length| length * length).sum();
        let own = self.own.total();
        let pairs = total * total - own;
        if total <= 0.0 || pairs <= 0.0 {
            return None;
        }
        let expected_same = total * (rows - own) / pairs;
        let expected = total - expected_same;
        (expected > 1e-9 * total).then(|| 1.0 - (total - self.shared.diagonal()) / expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(label: usize, start: u32, end: u32) -> Segment {
        Segment { label, start, end }
    }

    fn alpha(annotators: &[Vec<Segment>]) -> Option<f64> {
        let mut sums = Sums::new(4);
        sums.add(&Lengths::of(annotators), 1.0);
        sums.alpha()
    }

    #[test]
    fn the_same_spans_agree_wholly_and_none_at_all_say_nothing() {
        let spans = vec![segment(0, 0, 4), segment(1, 4, 9), segment(0, 9, 20)];
        assert_eq!(alpha(&[spans.clone(), spans]), Some(1.0));
        let gap = vec![segment(0, 0, 20)];
        assert_eq!(alpha(&[gap.clone(), gap]), None);
        assert_eq!(alpha(&[]), None);
    }

    #[test]
    fn the_formula_by_hand() {
        // Ten letters; one span of 4 against one of 2 inside it.
        let long = vec![segment(0, 0, 2), segment(1, 2, 6), segment(0, 6, 10)];
        let short = vec![segment(0, 0, 2), segment(1, 2, 4), segment(0, 4, 10)];
        // ℓ_00 = 12, ℓ_11 = 4, ℓ_01 = ℓ_10 = 2; s_0 = 6 + 8, s_1 = 16 + 4; ε_cc = 20 (14² − 14 + 6² − 20) / (400 − 34).
        let expected = 20.0 * (196.0 - 14.0 + 36.0 - 20.0) / 366.0;
        let alpha = alpha(&[long, short]).unwrap();
        assert!((alpha - (1.0 - 4.0 / (20.0 - expected))).abs() < 1e-12, "{alpha}");
    }

    #[test]
    fn part_of_a_name_is_better_than_none() {
        let gold = vec![segment(0, 0, 10), segment(1, 10, 20), segment(0, 20, 40)];
        let part = vec![segment(0, 0, 10), segment(1, 10, 16), segment(0, 16, 40)];
        let elsewhere = vec![segment(0, 0, 30), segment(1, 30, 36), segment(0, 36, 40)];
        assert!(alpha(&[gold.clone(), part]) > alpha(&[gold, elsewhere]));
    }
}
