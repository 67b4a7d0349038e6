//! The steps from one tag to the next, laid out as decoding goes over them.
//!
//! Tags that may stand behind a closed span (outside, single, begin) are openers, those that close one (outside, single,
//! end) are closers. Their rank is their place in the order of tags.

use super::chain::exp;
use super::head::{FORBIDDEN, Head};
use super::sequence::GAPS;
use super::tags::{BEGIN, END, Group, LANES, OUTSIDE, Part, SINGLE, Tag, tag};

/// Scores are counted in so many parts of a unit where the rank of a closer goes with them.
pub(super) const RANKS: i32 = 32;

/// The score of what cannot be, in such parts: far below what can, far above where numbers end.
pub(super) const NEVER: i32 = -(1 << 28);

/// A transition beyond this many units either way counts as this many.
const MOST: i32 = 1 << 14;

/// Differences of score up to this many units of likelihood are told apart.
const DEEPEST: f32 = 80.0;

/// A number for each opener or each closer: first the group [`SINGLE`], then [`BEGIN`] or [`END`].
pub(super) type Ends<T> = [Group<T>; 2];

/// The transitions of a head.
#[derive(Debug)]
pub(super) struct Steps {
    /// How many labels there are.
    pub(super) labels: usize,
    /// One for outside and the single words of each label, nothing for lanes without a tag.
    pub(super) singles: Group<f32>,
    /// One for the beginnings, or the ends, of each label.
    pub(super) begins: Group<f32>,
    /// Between spans and within them, for each gap.
    pub(super) gaps: Vec<Gap>,
    /// The factor of a score so many units below the best.
    factors: Vec<f32>,
    /// The factor of what is still further below.
    least: f32,
}

/// The transitions over one kind of gap.
#[derive(Debug)]
pub(super) struct Gap {
    /// How far the largest score between spans is above the smallest, in parts of a unit.
    pub(super) spread: i32,
    /// For each closer by its rank, the score of each opener in parts of a unit, with the closer's rank from the end.
    pub(super) between: Vec<Ends<i32>>,
    /// For each closer by its rank, the factor of each opener.
    pub(super) ahead: Vec<Ends<f32>>,
    /// For each opener by its rank, the factor of each closer.
    pub(super) behind: Vec<Ends<f32>>,
    /// Within spans.
    pub(super) within: Within<i32>,
    /// The same as factors.
    pub(super) within_factors: Within<f32>,
}

/// Steps within the spans of each label.
#[derive(Debug)]
pub(super) struct Within<T> {
    pub(super) begin_to_inside: Group<T>,
    pub(super) inside_to_inside: Group<T>,
    pub(super) begin_to_end: Group<T>,
    pub(super) inside_to_end: Group<T>,
}

/// The tag of an opener and its place among openers.
pub(super) fn opener(rank: usize) -> (Tag, usize, usize) {
    by_rank(rank, Part::Begin, Part::Single, BEGIN)
}

/// The tag of a closer and its place among closers.
pub(super) fn closer(rank: usize) -> (Tag, usize, usize) {
    by_rank(rank, Part::End, Part::Single, END)
}

fn by_rank(rank: usize, odd: Part, even: Part, group: usize) -> (Tag, usize, usize) {
    let Some(number) = rank.checked_sub(1) else { return (OUTSIDE, SINGLE, 0) };
    let label = number / 2;
    if number % 2 == 0 { (tag(label, odd), group, label + 1) } else { (tag(label, even), SINGLE, label + 1) }
}

/// The number of openers or closers of so many labels.
pub(super) const fn ranks(labels: usize) -> usize {
    1 + 2 * labels
}

/// Which of the two groups of [`Ends`] a group of tags is.
pub(super) const fn half(group: usize) -> usize {
    if group == SINGLE { 0 } else { 1 }
}

impl Steps {
    /// The steps of a head.
    pub(super) fn of(head: &Head) -> Self {
        let labels = head.labels.len();
        // The first score whose factor is the last one.
        let deepest = if head.unit > 0.0 { (DEEPEST / head.unit).min(65_536.0) as usize + 1 } else { 1 };
        Self {
            labels,
            singles: ones(0, labels),
            begins: ones(1, labels),
            gaps: (0..GAPS as u8).map(|gap| Gap::of(head, gap)).collect(),
            factors: (0..deepest).map(|below| exp(-(below as f32) * head.unit)).collect(),
            least: exp(-(deepest as f32) * head.unit),
        }
    }

    /// The factor of a score so many units below the best.
    #[inline]
    pub(super) fn factor(&self, below: u32) -> f32 {
        self.factors.get(below as usize).copied().unwrap_or(self.least)
    }
}

impl Gap {
    fn of(head: &Head, gap: u8) -> Self {
        let labels = head.labels.len();
        let score = |first, second| head.transition(gap, first, second);
        let parts = |score: i32| score.clamp(-MOST, MOST) * RANKS;
        let factor = |score: i32| exp(score as f32 * head.unit);
        let mut between = Vec::new();
        let (mut ahead, mut behind) = (Vec::new(), Vec::new());
        let (mut least, mut most) = (i32::MAX, i32::MIN);
        for from in 0..ranks(labels) {
            let mut scores = [[NEVER; LANES]; 2];
            let mut factors = [[0.0; LANES]; 2];
            for to in 0..ranks(labels) {
                let (tag, group, lane) = opener(to);
                let units = score(closer(from).0, tag);
                (least, most) = (least.min(parts(units)), most.max(parts(units)));
                put(&mut scores, group, lane, parts(units) + RANKS - 1 - from as i32);
                put(&mut factors, group, lane, factor(units));
            }
            between.push(scores);
            ahead.push(factors);
        }
        for to in 0..ranks(labels) {
            let mut factors = [[0.0; LANES]; 2];
            for from in 0..ranks(labels) {
                let (tag, group, lane) = closer(from);
                put(&mut factors, group, lane, factor(score(tag, opener(to).0)));
            }
            behind.push(factors);
        }
        let within = |first, second| {
            let mut scores = [FORBIDDEN; LANES];
            for (label, slot) in scores.iter_mut().skip(1).take(labels).enumerate() {
                *slot = score(tag(label, first), tag(label, second));
            }
            scores
        };
        let [begin_to_inside, inside_to_inside, begin_to_end, inside_to_end] = [
            within(Part::Begin, Part::Inside),
            within(Part::Inside, Part::Inside),
            within(Part::Begin, Part::End),
            within(Part::Inside, Part::End),
        ];
        let or_never = |scores: Group<i32>| scores.map(|s| if s <= FORBIDDEN { NEVER } else { parts(s) });
        let or_nothing = |scores: Group<i32>| scores.map(|s| if s <= FORBIDDEN { 0.0 } else { factor(s) });
        Self {
            spread: most.saturating_sub(least),
            between,
            ahead,
            behind,
            within: Within {
                begin_to_inside: or_never(begin_to_inside),
                inside_to_inside: or_never(inside_to_inside),
                begin_to_end: or_never(begin_to_end),
                inside_to_end: or_never(inside_to_end),
            },
            within_factors: Within {
                begin_to_inside: or_nothing(begin_to_inside),
                inside_to_inside: or_nothing(inside_to_inside),
                begin_to_end: or_nothing(begin_to_end),
                inside_to_end: or_nothing(inside_to_end),
            },
        }
    }
}

/// One in each lane from `first` to that of the last label.
fn ones(first: usize, labels: usize) -> Group<f32> {
    std::array::from_fn(|lane| if (first..=labels).contains(&lane) { 1.0 } else { 0.0 })
}

fn put<T>(ends: &mut Ends<T>, group: usize, lane: usize, value: T) {
    if let Some(slot) = ends.get_mut(half(group)).and_then(|group| group.get_mut(lane)) {
        *slot = value;
    }
}
