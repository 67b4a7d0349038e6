//! The steps from one tag to the next, laid out as decoding goes over them.

use super::chain::exp;
use super::head::Head;
use super::sequence::GAPS;
use super::tags::{Tag, may_close, may_open};

/// The transitions of a head: between spans from each tag that closes one to each that opens one, outside being both; and
/// within the spans of each label.
pub(super) struct Steps {
    /// How many tags there are.
    pub(super) tags: usize,
    /// Tags that may stand behind a closed span.
    pub(super) openers: Vec<usize>,
    /// Tags that close a span. There are as many as openers.
    pub(super) closers: Vec<usize>,
    /// For each gap and closer, the score of each opener.
    scores: Vec<i32>,
    /// For each gap, how far the largest of its scores is above the smallest.
    spreads: Vec<i32>,
    /// For each gap and closer, the factor of each opener.
    ahead: Vec<f32>,
    /// For each gap and opener, the factor of each closer.
    behind: Vec<f32>,
    /// For each gap and label, scores to inside and to end, from begin and from inside.
    inner: Vec<[[i32; 2]; 2]>,
    /// The same as factors.
    inner_factors: Vec<[[f32; 2]; 2]>,
}

impl Steps {
    /// The steps of a head.
    pub(super) fn of(head: &Head) -> Self {
        let tags = head.tags();
        let openers: Vec<usize> = (0..tags).filter(|&t| may_open(t as Tag)).collect();
        let closers: Vec<usize> = (0..tags).filter(|&t| may_close(t as Tag)).collect();
        let factor = |score: i32| exp(score as f32 * head.unit);
        let (mut scores, mut spreads, mut behind) = (Vec::new(), Vec::new(), Vec::new());
        let mut inner = Vec::new();
        for gap in 0..GAPS as u8 {
            let from = scores.len();
            for &closer in &closers {
                scores.extend(openers.iter().map(|&opener| head.transition(gap, closer, opener)));
            }
            let here = scores.get(from..).unwrap_or_default();
            let most = here.iter().copied().max().unwrap_or(0);
            spreads.push(most.saturating_sub(here.iter().copied().min().unwrap_or(0)));
            for &opener in &openers {
                behind.extend(closers.iter().map(|&closer| factor(head.transition(gap, closer, opener))));
            }
            for begin in (1..tags).step_by(4) {
                let to = |tag| [begin, begin + 1].map(|first| head.transition(gap, first, tag));
                inner.push([to(begin + 1), to(begin + 2)]);
            }
        }
        Self {
            tags,
            openers,
            closers,
            spreads,
            ahead: scores.iter().map(|&score| factor(score)).collect(),
            behind,
            inner_factors: inner.iter().map(|to: &[[i32; 2]; 2]| to.map(|from| from.map(factor))).collect(),
            scores,
            inner,
        }
    }

    /// How far the largest score of a gap is above the smallest.
    pub(super) fn spread(&self, gap: u8) -> i32 {
        self.spreads.get(usize::from(gap)).copied().unwrap_or(i32::MAX)
    }

    /// The scores of the openers behind the closer with this number.
    pub(super) fn scores(&self, gap: u8, closer: usize) -> &[i32] {
        self.scores.get(self.row(gap, closer)).unwrap_or_default()
    }

    /// The factors of the openers behind the closer with this number.
    pub(super) fn ahead(&self, gap: u8, closer: usize) -> &[f32] {
        self.ahead.get(self.row(gap, closer)).unwrap_or_default()
    }

    /// The factors of the closers before the opener with this number.
    pub(super) fn behind(&self, gap: u8, opener: usize) -> &[f32] {
        self.behind.get(self.row(gap, opener)).unwrap_or_default()
    }

    fn row(&self, gap: u8, number: usize) -> std::ops::Range<usize> {
        let width = self.openers.len();
        let from = (usize::from(gap) * width + number) * width;
        from..from + width
    }

    /// Scores to inside and to end of a label, each from begin and from inside.
    pub(super) fn inner(&self, gap: u8, label: usize) -> [[i32; 2]; 2] {
        self.inner.get(usize::from(gap) * (self.tags / 4) + label).copied().unwrap_or_default()
    }

    /// The same as factors.
    pub(super) fn inner_factors(&self, gap: u8, label: usize) -> [[f32; 2]; 2] {
        self.inner_factors.get(usize::from(gap) * (self.tags / 4) + label).copied().unwrap_or_default()
    }
}
