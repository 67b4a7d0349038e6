//! How likely spans are: forward and backward sums of the linear chain, scaled to one at each word.
//!
//! Sums are formed in one order everywhere, so that every machine finds the same.

use super::decode::{get, set};
use super::sequence::Sequence;
use super::steps::Steps;
use super::tags::{Tag, may_close, may_open};

/// The sums of a sequence.
pub(super) struct Chain<'a> {
    steps: &'a Steps,
    sequence: &'a Sequence,
    /// For each word, the sum of all that may lead to each tag, without the tag's own factor.
    ahead: Vec<f32>,
    backward: Vec<f32>,
    factors: Vec<f32>,
    scales: Vec<f32>,
}

impl<'a> Chain<'a> {
    /// The sums of a sequence whose tags have these scores, each unit of score being `unit` of likelihood.
    pub(super) fn new(steps: &'a Steps, emissions: &[i32], sequence: &'a Sequence, unit: f32) -> Self {
        let (tags, count) = (steps.tags, sequence.words.len());
        let mut factors = vec![0f32; count * tags];
        for (factors, emissions) in factors.chunks_exact_mut(tags).zip(emissions.chunks_exact(tags)) {
            let most = emissions.iter().copied().max().unwrap_or(0);
            for (factor, &emission) in factors.iter_mut().zip(emissions) {
                *factor = exp((emission - most) as f32 * unit);
            }
        }
        let size = count * tags;
        let (ahead, backward, scales) = (vec![0.0; size], vec![0.0; size], vec![1.0; count]);
        let mut chain = Self { steps, sequence, ahead, backward, factors, scales };
        chain.go_forward();
        chain.go_backward();
        chain
    }

    fn go_forward(&mut self) {
        let (steps, tags) = (self.steps, self.steps.tags);
        let mut forward = vec![0f32; tags];
        let mut before = vec![0f32; tags];
        let mut open = vec![0f32; steps.openers.len()];
        let places = self.ahead.chunks_exact_mut(tags).zip(self.factors.chunks_exact(tags));
        for (((index, word), (ahead, factors)), scale) in
            self.sequence.words.iter().enumerate().zip(places).zip(&mut self.scales)
        {
            if index == 0 {
                for (tag, slot) in ahead.iter_mut().enumerate() {
                    *slot = f32::from(u8::from(may_open(tag as Tag)));
                }
            } else {
                open.fill(0.0);
                for (number, &closer) in steps.closers.iter().enumerate() {
                    let closed = get(&before, closer);
                    if closed == 0.0 {
                        continue;
                    }
                    for (sum, factor) in open.iter_mut().zip(steps.ahead(word.gap, number)) {
                        *sum += factor * closed;
                    }
                }
                for (&opener, &sum) in steps.openers.iter().zip(&open) {
                    set(ahead, opener, sum);
                }
                for (label, begin) in (1..tags).step_by(4).enumerate() {
                    let (begun, inside) = (get(&before, begin), get(&before, begin + 1));
                    for (tag, from) in
                        [begin + 1, begin + 2].into_iter().zip(steps.inner_factors(word.gap, label))
                    {
                        set(ahead, tag, begun * from[0] + inside * from[1]);
                    }
                }
            }
            let mut sum = 0.0;
            for ((value, ahead), factor) in forward.iter_mut().zip(ahead.iter()).zip(factors) {
                *value = ahead * factor;
                sum += *value;
            }
            *scale = if sum > 0.0 { sum } else { 1.0 };
            for value in &mut forward {
                *value /= *scale;
            }
            std::mem::swap(&mut forward, &mut before);
        }
    }

    fn go_backward(&mut self) {
        let (steps, tags) = (self.steps, self.steps.tags);
        let count = self.sequence.words.len();
        if let Some(last) = self.backward.chunks_exact_mut(tags).last() {
            for (tag, slot) in last.iter_mut().enumerate() {
                *slot = f32::from(u8::from(may_close(tag as Tag)));
            }
        }
        let mut values = vec![0f32; tags];
        let mut closed = vec![0f32; steps.closers.len()];
        for index in (1..count).rev() {
            let (before, next) = self.backward.split_at_mut(index * tags);
            let before = before.get_mut((index - 1) * tags..).unwrap_or_default();
            let factors = self.factors.get(index * tags..(index + 1) * tags).unwrap_or_default();
            for ((value, factor), next) in values.iter_mut().zip(factors).zip(next) {
                *value = factor * *next;
            }
            let gap = self.sequence.words.get(index).map_or(0, |word| word.gap);
            let scale = get(&self.scales, index);
            closed.fill(0.0);
            for (number, &opener) in steps.openers.iter().enumerate() {
                let value = get(&values, opener);
                if value == 0.0 {
                    continue;
                }
                for (sum, factor) in closed.iter_mut().zip(steps.behind(gap, number)) {
                    *sum += factor * value;
                }
            }
            for (&closer, sum) in steps.closers.iter().zip(&closed) {
                set(before, closer, sum / scale);
            }
            for (label, begin) in (1..tags).step_by(4).enumerate() {
                let [to_inside, to_end] = steps.inner_factors(gap, label);
                let (inside, end) = (get(&values, begin + 1), get(&values, begin + 2));
                for (number, tag) in [begin, begin + 1].into_iter().enumerate() {
                    set(before, tag, (get(&to_inside, number) * inside + get(&to_end, number) * end) / scale);
                }
            }
        }
    }

    /// How likely exactly this span is.
    pub(super) fn span(&self, first: usize, last: usize, label: usize) -> f32 {
        let tags = self.steps.tags;
        let begin = 1 + 4 * label;
        let mut tag = if first == last { begin + 3 } else { begin };
        let at = first * tags + tag;
        let mut likely = get(&self.ahead, at) * get(&self.factors, at) / get(&self.scales, first);
        for index in first + 1..=last {
            let gap = self.sequence.words.get(index).map_or(0, |word| word.gap);
            let [to_inside, to_end] = self.steps.inner_factors(gap, label);
            let (next, from) = if index == last { (begin + 2, to_end) } else { (begin + 1, to_inside) };
            let step = get(&from, tag - begin);
            likely *= step * get(&self.factors, index * tags + next) / get(&self.scales, index);
            tag = next;
        }
        (likely * get(&self.backward, last * tags + tag)).clamp(0.0, 1.0)
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
