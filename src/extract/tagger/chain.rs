//! How likely spans are: forward and backward sums of the linear chain, scaled to one at each word. All of it is about
//! sequences that leave no span open, as training had them.
//!
//! Sums are formed in one order everywhere, so that every machine finds the same.

use super::decode::WordScores;
use super::sequence::SequenceWord;
use super::steps::{Steps, closer, opener};
use super::tags::{BEGIN, END, GROUPS, Group, INSIDE, LANES, SINGLE};

/// A number for each tag of a head.
type Tags = [Group<f32>; GROUPS];

const NOTHING: Tags = [[0.0; LANES]; GROUPS];

/// The sums of a sequence.
pub(super) struct Chain<'a> {
    steps: &'a Steps,
    sequence: &'a [SequenceWord],
    words: Vec<Sums>,
}

/// A span and how likely it is, exactly so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Likely {
    /// Its first word.
    pub(super) first: usize,
    /// Its last word.
    pub(super) last: usize,
    /// The number of its label.
    pub(super) label: usize,
    /// 0 to 1.
    pub(super) likely: f32,
}

/// The sums of a word.
struct Sums {
    /// The factor of each tag.
    factors: Tags,
    /// The sum of all that may lead to each tag, without the tag's own factor.
    ahead: Tags,
    /// The sum of all that may follow each tag.
    behind: Tags,
    scale: f32,
}

impl<'a> Chain<'a> {
    /// The sums of a sequence whose tags have these scores.
    pub(super) fn new<'s>(
        steps: &'a Steps,
        scores: impl Iterator<Item = &'s WordScores>,
        sequence: &'a [SequenceWord],
    ) -> Self {
        let words = scores.map(|scores| {
            let most = scores.as_flattened().iter().copied().max().unwrap_or(0);
            let factor = |score: i16| steps.factor((i32::from(most) - i32::from(score)) as u32);
            Sums {
                factors: scores.map(|group| group.map(factor)),
                ahead: NOTHING,
                behind: NOTHING,
                scale: 1.0,
            }
        });
        let mut words: Vec<_> = words.collect();
        if let Some(last) = words.last_mut() {
            // Nothing was learnt about spans that the end leaves open: their sums would be anything.
            last.factors[BEGIN] = [0.0; LANES];
            last.factors[INSIDE] = [0.0; LANES];
        }
        let mut chain = Self { steps, sequence, words };
        chain.go_forward();
        chain.go_backward();
        chain
    }

    #[cfg_attr(all(target_arch = "wasm32", not(feature = "scalar")), target_feature(enable = "simd128"))]
    fn go_forward(&mut self) {
        let steps = self.steps;
        let mut before = NOTHING;
        for ((index, word), sums) in self.sequence.iter().enumerate().zip(&mut self.words) {
            if index == 0 {
                sums.ahead[SINGLE] = steps.singles;
                sums.ahead[BEGIN] = steps.begins;
            } else if let Some(gap) = steps.gaps.get(usize::from(word.gap)) {
                let mut open = [[0.0; LANES]; 2];
                for (rank, factors) in gap.ahead.iter().enumerate() {
                    let (_, group, lane) = closer(rank);
                    let closed: f32 = before[group][lane];
                    if closed == 0.0 {
                        continue;
                    }
                    add(&mut open, factors, closed);
                }
                [sums.ahead[SINGLE], sums.ahead[BEGIN]] = open;
                let within = &gap.within_factors;
                let on = |begun: &Group<f32>, inside: &Group<f32>| {
                    std::array::from_fn(|lane| {
                        before[BEGIN][lane] * begun[lane] + before[INSIDE][lane] * inside[lane]
                    })
                };
                sums.ahead[INSIDE] = on(&within.begin_to_inside, &within.inside_to_inside);
                sums.ahead[END] = on(&within.begin_to_end, &within.inside_to_end);
            }
            for ((value, ahead), factor) in before.iter_mut().zip(&sums.ahead).zip(&sums.factors) {
                for ((value, ahead), factor) in value.iter_mut().zip(ahead).zip(factor) {
                    *value = ahead * factor;
                }
            }
            // In the order of the tags.
            let mut sum = before[SINGLE][0];
            let [singles, begins, ends, insides] = &before;
            let tags = begins.iter().zip(insides).zip(ends).zip(singles).skip(1).take(steps.labels);
            for (((begin, inside), end), single) in tags {
                sum = sum + begin + inside + end + single;
            }
            sums.scale = if sum > 0.0 { sum } else { 1.0 };
            for value in before.as_flattened_mut() {
                *value /= sums.scale;
            }
        }
    }

    #[cfg_attr(all(target_arch = "wasm32", not(feature = "scalar")), target_feature(enable = "simd128"))]
    fn go_backward(&mut self) {
        let steps = self.steps;
        if let Some(last) = self.words.last_mut() {
            last.behind[SINGLE] = steps.singles;
            last.behind[END] = steps.begins;
        }
        for index in (1..self.words.len()).rev() {
            let (words, next) = self.words.split_at_mut(index);
            let (Some(before), Some(next)) = (words.last_mut(), next.first()) else { return };
            let gap = self.sequence.get(index).map_or(0, |word| word.gap);
            let Some(gap) = steps.gaps.get(usize::from(gap)) else { return };
            let mut values = NOTHING;
            for ((value, factor), behind) in values.iter_mut().zip(&next.factors).zip(&next.behind) {
                for ((value, factor), behind) in value.iter_mut().zip(factor).zip(behind) {
                    *value = factor * behind;
                }
            }
            let mut closed = [[0.0; LANES]; 2];
            for (rank, factors) in gap.behind.iter().enumerate() {
                let (_, group, lane) = opener(rank);
                let value: f32 = values[group][lane];
                if value == 0.0 {
                    continue;
                }
                add(&mut closed, factors, value);
            }
            let scale = next.scale;
            [before.behind[SINGLE], before.behind[END]] = closed.map(|group| group.map(|sum| sum / scale));
            let within = &gap.within_factors;
            let on = |to_inside: &Group<f32>, to_end: &Group<f32>| {
                std::array::from_fn(|lane| {
                    (to_inside[lane] * values[INSIDE][lane] + to_end[lane] * values[END][lane]) / scale
                })
            };
            before.behind[BEGIN] = on(&within.begin_to_inside, &within.begin_to_end);
            before.behind[INSIDE] = on(&within.inside_to_inside, &within.inside_to_end);
        }
    }

    /// All spans that are likelier than `least`.
    pub(super) fn likelier(&self, least: f32) -> Vec<Likely> {
        let mut found = Vec::new();
        let firsts = 0..self.words.len();
        for (first, label) in firsts.flat_map(|first| (0..self.steps.labels).map(move |label| (first, label)))
        {
            let mut push = |last, likely| {
                if likely > least {
                    found.push(Likely { first, last, label, likely });
                }
            };
            push(first, self.single(first, label));
            let mut open = self.begin(first, label);
            for last in first + 1..self.words.len() {
                // However it goes on, it is no likelier than to be open here.
                if open.likely * self.behind(last - 1, open.group, label) <= least {
                    break;
                }
                push(last, self.close(open, last));
                open = self.go_on(open, last);
            }
        }
        found
    }

    /// How likely exactly this span is.
    pub(super) fn span(&self, first: usize, last: usize, label: usize) -> f32 {
        if first == last {
            return self.single(first, label);
        }
        let open = (first + 1..last).fold(self.begin(first, label), |open, at| self.go_on(open, at));
        self.close(open, last)
    }

    fn single(&self, at: usize, label: usize) -> f32 {
        let likely = self.words.get(at).map_or(0.0, |sums| {
            lane(&sums.ahead, SINGLE, label) * lane(&sums.factors, SINGLE, label) / sums.scale
        });
        (likely * self.behind(at, SINGLE, label)).clamp(0.0, 1.0)
    }

    fn begin(&self, at: usize, label: usize) -> Open {
        let likely = self.words.get(at).map_or(0.0, |sums| {
            lane(&sums.ahead, BEGIN, label) * lane(&sums.factors, BEGIN, label) / sums.scale
        });
        Open { label, group: BEGIN, likely }
    }

    fn go_on(&self, open: Open, at: usize) -> Open {
        Open { group: INSIDE, likely: open.likely * self.step(open, at, INSIDE), ..open }
    }

    fn close(&self, open: Open, at: usize) -> f32 {
        (open.likely * self.step(open, at, END) * self.behind(at, END, open.label)).clamp(0.0, 1.0)
    }

    /// The factor of a word's tag behind an open span.
    fn step(&self, open: Open, at: usize, to: usize) -> f32 {
        let (Some(word), Some(sums)) = (self.sequence.get(at), self.words.get(at)) else { return 0.0 };
        let Some(gap) = self.steps.gaps.get(usize::from(word.gap)) else { return 0.0 };
        let within = &gap.within_factors;
        let factors = match (open.group, to) {
            (BEGIN, END) => &within.begin_to_end,
            (BEGIN, _) => &within.begin_to_inside,
            (_, END) => &within.inside_to_end,
            (..) => &within.inside_to_inside,
        };
        let step = factors.get(open.label + 1).copied().unwrap_or(0.0);
        step * lane(&sums.factors, to, open.label) / sums.scale
    }

    /// The sum of all that may follow a tag of a label.
    fn behind(&self, at: usize, group: usize, label: usize) -> f32 {
        self.words.get(at).map_or(0.0, |sums| lane(&sums.behind, group, label))
    }
}

/// A span that has begun and not ended.
#[derive(Clone, Copy)]
struct Open {
    label: usize,
    /// The group of the tag of its last word so far.
    group: usize,
    /// How likely all that leads to here is.
    likely: f32,
}

/// The number of a label's tag in a group.
fn lane(tags: &Tags, group: usize, label: usize) -> f32 {
    tags.get(group).and_then(|group| group.get(label + 1)).copied().unwrap_or(0.0)
}

/// Adds factors, each so many times.
#[inline]
fn add(sums: &mut [Group<f32>; 2], factors: &[Group<f32>; 2], times: f32) {
    for (sums, factors) in sums.iter_mut().zip(factors) {
        for (sum, factor) in sums.iter_mut().zip(factors) {
            *sum += factor * times;
        }
    }
}

/// The exponential by basic operations only, so that it is the same on every machine; within 3e-5 of the true value.
pub(super) fn exp(x: f32) -> f32 {
    let y = x.clamp(-80.0, 80.0) * std::f32::consts::LOG2_E;
    // The whole number at or below, without a call.
    let near = y as i32;
    let whole = near - i32::from(near as f32 > y);
    let f = y - whole as f32;
    // 2^f on [0, 1) by the first terms of its series in f ln 2.
    let power = 1.0
        + f * (std::f32::consts::LN_2
            + f * (0.240_226_5 + f * (0.055_504_1 + f * (0.009_618_1 + f * 0.001_333_4))));
    f32::from_bits(((whole + 127) as u32) << 23) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_close_and_never_wild() {
        for x in [-100.0f32, -20.0, -1.0, -0.3, 0.0, 0.5, 1.0, 10.0, 60.0] {
            let true_value = x.clamp(-80.0, 80.0).exp();
            assert!((exp(x) - true_value).abs() <= 1e-4 * true_value, "{x}");
        }
    }
}
