//! A linear-chain conditional random field over sparse attributes, trained by AdaGrad on the likelihood of all tags that
//! the labels allow (Lafferty et al. 2001; Duchi et al. 2011; Tsuboi et al. 2008 for partial labels).

use std::collections::HashMap;

use crate::extract::tagger::attributes::Attribute;
use crate::extract::tagger::sequence::GAPS;
use crate::extract::tagger::tags::{Tag, may_close, may_follow, may_open, tag_count};

/// Where the weights of an attribute are: one row for each place of its window.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    /// The row of the first place.
    pub base: u32,
    /// Words to either side.
    pub reach: u8,
    /// True if it names the word itself.
    pub lexical: bool,
}

/// Attributes with weights.
#[derive(Default)]
pub struct Index {
    rows: HashMap<u32, Rows>,
    count: u32,
}

impl Index {
    /// Gives an attribute rows of its own.
    pub fn add(&mut self, attribute: Attribute) {
        let reach = attribute.window.reach() as u8;
        let count = &mut self.count;
        self.rows.entry(attribute.key).or_insert_with(|| {
            let base = *count;
            *count += 2 * u32::from(reach) + 1;
            Rows { base, reach, lexical: attribute.lexical }
        });
    }

    /// The rows of those attributes that have some.
    #[must_use]
    pub fn compile(&self, attributes: impl IntoIterator<Item = Attribute>) -> Vec<Rows> {
        attributes.into_iter().filter_map(|a| self.rows.get(&a.key).copied()).collect()
    }

    /// Attributes and their rows, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Rows)> + '_ {
        self.rows.iter().map(|(&key, &rows)| (key, rows))
    }

    /// How many rows there are.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.count as usize
    }
}

/// A word of a compiled sequence.
#[derive(Clone, Debug)]
pub struct Word {
    /// The number of its form.
    pub form: u32,
    /// Its attributes that depend on the place: a range of [`Compiled::local`].
    pub local: (u32, u32),
    /// What stands before it.
    pub gap: u8,
    /// The tags that the labels allow, one bit each.
    pub allowed: u128,
}

/// A sequence ready for training.
#[derive(Clone, Debug, Default)]
pub struct Compiled {
    /// The words in order.
    pub words: Vec<Word>,
    /// Attributes that depend on the place.
    pub local: Vec<Rows>,
}

/// Weights under training.
pub struct Learner {
    tags: usize,
    /// Tags rounded up to whole steps of the processor.
    stride: usize,
    /// A row of `stride` for each row of the index.
    weights: Vec<f32>,
    squares: Vec<f32>,
    transitions: Vec<f32>,
    transition_squares: Vec<f32>,
    may_follow: Vec<bool>,
    opening: u128,
    closing: u128,
    rate: f32,
    rows: Vec<u32>,
    row_ends: Vec<usize>,
    emissions: Vec<f32>,
    updates: Vec<f32>,
}

/// Keeps a step finite for a weight that was never touched.
const FLOOR: f32 = 1e-2;

/// A word whose tags are as sure as this teaches nothing more.
const SURE: f32 = 1e-3;

impl Learner {
    /// All weights zero.
    #[must_use]
    pub fn new(labels: usize, rows: usize, rate: f32) -> Self {
        let tags = tag_count(labels);
        let stride = tags.div_ceil(8) * 8;
        let set = |may: fn(Tag) -> bool| (0..tags).fold(0, |set, t| set | u128::from(may(t as Tag)) << t);
        Self {
            tags,
            stride,
            weights: vec![0.0; rows * stride],
            squares: vec![0.0; rows * stride],
            transitions: vec![0.0; GAPS * tags * tags],
            transition_squares: vec![0.0; GAPS * tags * tags],
            may_follow: (0..tags * tags)
                .map(|at| may_follow((at / tags) as Tag, (at % tags) as Tag))
                .collect(),
            opening: set(may_open),
            closing: set(may_close),
            rate,
            rows: Vec::new(),
            row_ends: Vec::new(),
            emissions: Vec::new(),
            updates: Vec::new(),
        }
    }

    /// How many tags there are.
    #[must_use]
    pub const fn tags(&self) -> usize {
        self.tags
    }

    /// The weights of a row, one for each tag.
    #[must_use]
    pub fn row(&self, row: usize) -> &[f32] {
        &self.weights[row * self.stride..row * self.stride + self.tags]
    }

    /// The weights of steps: for each gap, previous tag and tag.
    #[must_use]
    pub fn transitions(&self) -> &[f32] {
        &self.transitions
    }

    /// Adds another learner's weights.
    pub fn add(&mut self, other: &Self) {
        let own = self.weights.iter_mut().chain(&mut self.transitions);
        for (own, other) in own.zip(other.weights.iter().chain(&other.transitions)) {
            *own += other;
        }
    }

    /// Divides all weights.
    pub fn divide(&mut self, by: f32) {
        for weight in self.weights.iter_mut().chain(&mut self.transitions) {
            *weight /= by;
        }
    }

    /// Scores the tags of each word. `dropped` says of a word whether the attributes that name it are left out.
    fn score(&mut self, forms: &[Vec<Rows>], sequence: &Compiled, dropped: &[bool]) {
        self.rows.clear();
        self.row_ends.clear();
        let count = sequence.words.len();
        for index in 0..count {
            for (at, word) in sequence.words.iter().enumerate().take(index + 3).skip(index.saturating_sub(2))
            {
                let distance = at as i32 - index as i32;
                let own = forms[word.form as usize].iter();
                let local = sequence.local[word.local.0 as usize..word.local.1 as usize].iter();
                for rows in own.chain(local).filter(|rows| !(rows.lexical && dropped[at])) {
                    let reach = i32::from(rows.reach);
                    if distance.abs() <= reach {
                        self.rows.push(rows.base + (distance + reach) as u32);
                    }
                }
            }
            self.row_ends.push(self.rows.len());
        }
        let stride = self.stride;
        self.emissions.clear();
        self.emissions.resize(count * stride, 0.0);
        let mut from = 0;
        for (out, &end) in self.emissions.chunks_exact_mut(stride).zip(&self.row_ends) {
            for &row in &self.rows[from..end] {
                let weights = &self.weights[row as usize * stride..(row as usize + 1) * stride];
                for (o, w) in out.iter_mut().zip(weights) {
                    *o += w;
                }
            }
            from = end;
        }
    }

    /// One step uphill on the log likelihood of what is allowed; gives back by how much it fell short of certainty.
    pub fn step(&mut self, forms: &[Vec<Rows>], sequence: &Compiled, dropped: &[bool]) -> f64 {
        if sequence.words.is_empty() {
            return 0.0;
        }
        self.score(forms, sequence, dropped);
        let potentials = self.potentials();
        let mut seen = [false; GAPS];
        for word in &sequence.words {
            seen[usize::from(word.gap)] = true;
        }
        let chain = self.chain(&seen);
        let free = self.expect(sequence, &potentials, &chain, false);
        let bound = self.expect(sequence, &potentials, &chain, true);
        let (Some(free), Some(bound)) = (free, bound) else { return 0.0 };
        self.climb(&free, &bound);
        let size = self.tags * self.tags;
        for gap in (0..GAPS).filter(|&gap| seen[gap]) {
            for at in gap * size..(gap + 1) * size {
                let gradient = bound.edges[at] - free.edges[at];
                if gradient != 0.0 {
                    self.transition_squares[at] += gradient * gradient;
                    self.transitions[at] +=
                        self.rate * gradient / (self.transition_squares[at] + FLOOR).sqrt();
                }
            }
        }
        free.log_sum - bound.log_sum
    }

    fn potentials(&self) -> Vec<f32> {
        let mut potentials = Vec::with_capacity(self.row_ends.len() * self.tags);
        for emissions in self.emissions.chunks_exact(self.stride) {
            let emissions = &emissions[..self.tags];
            let most = emissions.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            potentials.extend(emissions.iter().map(|e| (e - most).exp()));
        }
        potentials
    }

    fn chain(&self, seen: &[bool; GAPS]) -> Vec<f32> {
        let size = self.tags * self.tags;
        let mut chain = vec![0f32; GAPS * size];
        for gap in (0..GAPS).filter(|&gap| seen[gap]) {
            for at in (0..size).filter(|&at| self.may_follow[at]) {
                chain[gap * size + at] = self.transitions[gap * size + at].exp();
            }
        }
        chain
    }

    /// Moves the weights of all words' rows.
    fn climb(&mut self, free: &Expected, bound: &Expected) {
        let (tags, stride, rate) = (self.tags, self.stride, self.rate);
        self.updates.clear();
        self.updates.resize(stride, 0.0);
        let mut from = 0;
        for (index, &end) in self.row_ends.iter().enumerate() {
            let mut most = 0f32;
            for tag in 0..tags {
                let gradient = bound.nodes[index * tags + tag] - free.nodes[index * tags + tag];
                self.updates[tag] = gradient;
                most = most.max(gradient.abs());
            }
            if most > SURE {
                for &row in &self.rows[from..end] {
                    let base = row as usize * stride;
                    let weights = &mut self.weights[base..base + stride];
                    let squares = &mut self.squares[base..base + stride];
                    for ((weight, square), &gradient) in weights.iter_mut().zip(squares).zip(&self.updates) {
                        *square += gradient * gradient;
                        *weight += rate * gradient / (*square + FLOOR).sqrt();
                    }
                }
            }
            from = end;
        }
    }

    /// Expected tags and steps by forward and backward sums: of all sequences, or of those that are allowed.
    fn expect(
        &self,
        sequence: &Compiled,
        potentials: &[f32],
        chain: &[f32],
        bound: bool,
    ) -> Option<Expected> {
        let tags = self.tags;
        let count = sequence.words.len();
        let mut factors = potentials.to_vec();
        for (index, word) in sequence.words.iter().enumerate() {
            let mut allowed = if bound { word.allowed } else { u128::MAX };
            if index == 0 {
                allowed &= self.opening;
            }
            if index + 1 == count {
                allowed &= self.closing;
            }
            for (tag, factor) in factors[index * tags..(index + 1) * tags].iter_mut().enumerate() {
                if allowed >> tag & 1 == 0 {
                    *factor = 0.0;
                }
            }
        }
        let mut forward = vec![0f32; count * tags];
        let mut scales = vec![0f32; count];
        let mut log_sum = 0f64;
        let mut now = vec![0f32; tags];
        for index in 0..count {
            let own = &factors[index * tags..(index + 1) * tags];
            if index == 0 {
                now.copy_from_slice(own);
            } else {
                now.fill(0.0);
                let gap = usize::from(sequence.words[index].gap) * tags * tags;
                for first in 0..tags {
                    let before = forward[(index - 1) * tags + first];
                    if before > 0.0 {
                        let steps = &chain[gap + first * tags..gap + (first + 1) * tags];
                        for (n, step) in now.iter_mut().zip(steps) {
                            *n += before * step;
                        }
                    }
                }
                for (n, factor) in now.iter_mut().zip(own) {
                    *n *= factor;
                }
            }
            let sum: f32 = now.iter().sum();
            if sum <= 0.0 || !sum.is_finite() {
                return None;
            }
            scales[index] = sum;
            log_sum += f64::from(sum).ln();
            for (f, n) in forward[index * tags..(index + 1) * tags].iter_mut().zip(&now) {
                *f = n / sum;
            }
        }
        let mut nodes = vec![0f32; count * tags];
        let mut edges = vec![0f32; GAPS * tags * tags];
        let mut backward = vec![1f32; tags];
        let mut ahead = vec![0f32; tags];
        for index in (0..count).rev() {
            for tag in 0..tags {
                nodes[index * tags + tag] = forward[index * tags + tag] * backward[tag];
            }
            if index == 0 {
                break;
            }
            for tag in 0..tags {
                ahead[tag] = factors[index * tags + tag] * backward[tag] / scales[index];
            }
            let gap = usize::from(sequence.words[index].gap) * tags * tags;
            for first in 0..tags {
                let steps = &chain[gap + first * tags..gap + (first + 1) * tags];
                let before = forward[(index - 1) * tags + first];
                let out = &mut edges[gap + first * tags..gap + (first + 1) * tags];
                let mut sum = 0.0;
                for ((step, a), o) in steps.iter().zip(&ahead).zip(out) {
                    let value = step * a;
                    sum += value;
                    *o += before * value;
                }
                backward[first] = sum;
            }
        }
        Some(Expected { log_sum, nodes, edges })
    }
}

struct Expected {
    log_sum: f64,
    nodes: Vec<f32>,
    edges: Vec<f32>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tagger::tags::{OUTSIDE, Part, tag};

    /// A line of one word with one row of weights.
    fn line(allowed: u128) -> Compiled {
        Compiled { words: vec![Word { form: 0, local: (0, 0), gap: 0, allowed }], local: Vec::new() }
    }

    /// The weights of the word's row, and by how much the last step fell short.
    fn learnt(allowed: u128) -> (Vec<f32>, f64) {
        let mut learner = Learner::new(2, 1, 0.1);
        let forms = [vec![Rows { base: 0, reach: 0, lexical: false }]];
        let short = (0..50).map(|_| learner.step(&forms, &line(allowed), &[false])).last();
        (learner.row(0).to_vec(), short.unwrap())
    }

    #[test]
    fn a_label_that_leaves_everything_open_teaches_nothing() {
        let (weights, short) = learnt(u128::MAX);
        assert!(weights.iter().all(|weight| weight.abs() < 1e-3), "{weights:?}");
        assert!(short.abs() < 1e-3, "{short}");
    }

    #[test]
    fn what_a_partial_label_leaves_open_stays_open() {
        let single = |label| tag(label, Part::Single);
        let (weights, short) = learnt(1 << single(0) | 1 << single(1));
        let of = |tag: Tag| weights[usize::from(tag)];
        assert!(of(OUTSIDE) < -0.1 && of(single(0)) > 0.1, "{weights:?}");
        assert!((of(single(0)) - of(single(1))).abs() < 1e-3, "{weights:?}");
        assert!(short < 0.1, "{short}");
    }
}
