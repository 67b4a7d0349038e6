//! The best tags of a sequence, and how likely each span of them is.

use super::head::{FORBIDDEN, Head, PLACES, Row};
use super::sequence::{GAPS, Sequence, SequenceReader};
use super::tags::{Tag, may_close, may_open, spans};

/// Scores kept for this many forms at once, so that memory does not grow with the text.
pub(super) const FORMS: usize = 8192;

/// A span of a decoded sequence.
#[derive(Clone, Debug, PartialEq)]
pub struct TaggedSpan {
    /// Its first word.
    pub first: usize,
    /// Its last word.
    pub last: usize,
    /// The number of its label.
    pub label: usize,
    /// How likely the model takes exactly this span to be, 0 to 1, before calibration.
    pub likely: f32,
    /// The next likely label for the same words, if any comes near.
    pub other: Option<(usize, f32)>,
}

/// Decodes sequences with one head.
pub struct Decoder<'a> {
    head: &'a Head,
    tags: usize,
    /// Tags that may stand behind a closed span, and tags that close one; outside is in both.
    openers: Vec<usize>,
    closers: Vec<usize>,
    /// For each gap and opener, the transition from each closer.
    steps: Vec<i32>,
    /// The same as factors.
    factors: Vec<f32>,
    /// Added to the score of everything but outside.
    pub bias: i32,
    /// For each form that was met, its weights for the words around it.
    forms: Vec<Vec<i32>>,
    emissions: Vec<i32>,
    /// Where the weights of a word's attributes are.
    found: Vec<Row>,
}

impl<'a> Decoder<'a> {
    /// A decoder for a head.
    #[must_use]
    pub fn new(head: &'a Head) -> Self {
        let tags = head.tags();
        let openers: Vec<usize> = (0..tags).filter(|&t| may_open(t as Tag)).collect();
        let closers: Vec<usize> = (0..tags).filter(|&t| may_close(t as Tag)).collect();
        let mut steps = Vec::with_capacity(GAPS * openers.len() * closers.len());
        for gap in 0..GAPS {
            for &opener in &openers {
                for &closer in &closers {
                    steps.push(head.transition(gap as u8, closer, opener));
                }
            }
        }
        let factors = steps.iter().map(|&step| exp(step as f32 * head.unit)).collect();
        Self {
            head,
            tags,
            openers,
            closers,
            steps,
            factors,
            bias: 0,
            forms: Vec::new(),
            emissions: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Forgets the forms met, together with the reader.
    pub fn forget(&mut self) {
        self.forms.clear();
    }

    /// Scores each tag of each word.
    pub fn score(&mut self, reader: &SequenceReader<'_>, sequence: &Sequence) {
        let (tags, head) = (self.tags, self.head);
        let count = sequence.words.len();
        for number in self.forms.len()..reader.form_count() {
            let mut scores = vec![0i32; PLACES * tags];
            for attribute in reader.form(number as u32) {
                if let Some(row) = head.find(attribute.key) {
                    head.add(row, &mut scores, PLACES / 2 * tags);
                }
            }
            self.forms.push(scores);
        }
        self.emissions.clear();
        self.emissions.resize(count * tags, 0);
        for (at, word) in sequence.words.iter().enumerate() {
            // A word speaks for those from two before it to two behind it; at the ends of the line some are missing.
            let first = at * tags;
            let missing = (PLACES / 2).saturating_sub(at) * tags;
            let scores = self.forms.get(word.form as usize).and_then(|scores| scores.get(missing..));
            let emissions = self.emissions.get_mut((first + missing).saturating_sub(PLACES / 2 * tags)..);
            for (emission, score) in emissions.into_iter().flatten().zip(scores.into_iter().flatten()) {
                *emission += score;
            }
            let local =
                sequence.local.get(word.local.start as usize..word.local.end as usize).unwrap_or_default();
            // All are looked for before any is used, so that the processor need not wait for one after the other.
            self.found.clear();
            self.found.extend(local.iter().filter_map(|attribute| head.find(attribute.key)));
            for &row in &self.found {
                head.add(row, &mut self.emissions, first);
            }
        }
        if self.bias != 0 {
            for emissions in self.emissions.chunks_exact_mut(tags) {
                for emission in emissions.iter_mut().skip(1) {
                    *emission += self.bias;
                }
            }
        }
    }

    fn emission(&self, index: usize, tag: usize) -> i32 {
        self.emissions.get(index * self.tags + tag).copied().unwrap_or(FORBIDDEN)
    }

    /// The best tags for the sequence that was scored last.
    #[must_use]
    pub fn best(&self, sequence: &Sequence) -> Vec<Tag> {
        let (tags, count) = (self.tags, sequence.words.len());
        if count == 0 {
            return Vec::new();
        }
        let mut back = vec![0u8; count * tags];
        let mut now = vec![FORBIDDEN; tags];
        let mut before = vec![FORBIDDEN; tags];
        let mut closing = vec![FORBIDDEN; self.closers.len()];
        for &tag in &self.openers {
            set(&mut now, tag, self.emission(0, tag));
        }
        for (index, word) in sequence.words.iter().enumerate().skip(1) {
            std::mem::swap(&mut now, &mut before);
            for (slot, &closer) in closing.iter_mut().zip(&self.closers) {
                *slot = get(&before, closer);
            }
            let width = self.closers.len();
            let gap = usize::from(word.gap) * self.openers.len() * width;
            for (number, &opener) in self.openers.iter().enumerate() {
                let steps =
                    self.steps.get(gap + number * width..gap + (number + 1) * width).unwrap_or_default();
                let (mut best, mut from) = (i32::MIN, 0);
                for ((&score, &step), &closer) in closing.iter().zip(steps).zip(&self.closers) {
                    let sum = score.saturating_add(step);
                    if sum > best {
                        (best, from) = (sum, closer);
                    }
                }
                set(&mut now, opener, best.saturating_add(self.emission(index, opener)));
                set(&mut back, index * tags + opener, from as u8);
            }
            for label in 0..self.head.labels.len() {
                let begin = 1 + 4 * label;
                for tag in [begin + 1, begin + 2] {
                    let (mut best, mut from) = (i32::MIN, begin);
                    for first in [begin, begin + 1] {
                        let sum =
                            get(&before, first).saturating_add(self.head.transition(word.gap, first, tag));
                        if sum > best {
                            (best, from) = (sum, first);
                        }
                    }
                    set(&mut now, tag, best.saturating_add(self.emission(index, tag)));
                    set(&mut back, index * tags + tag, from as u8);
                }
            }
        }
        let last =
            self.closers.iter().copied().reduce(|a, b| if get(&now, b) > get(&now, a) { b } else { a });
        let mut tag = last.unwrap_or(0);
        let mut best = vec![0; count];
        for (index, slot) in best.iter_mut().enumerate().rev() {
            *slot = tag as Tag;
            tag = usize::from(back.get(index * tags + tag).copied().unwrap_or(0));
        }
        best
    }

    /// The spans of tags, with how likely the model takes each to be, for the sequence that was scored last.
    ///
    /// The probability of a span is that of its tags, whatever stands around it (forward and backward sums of the
    /// linear chain).
    #[must_use]
    pub fn spans(&self, sequence: &Sequence, tagged: &[Tag]) -> Vec<TaggedSpan> {
        let found = spans(tagged);
        if found.is_empty() {
            return Vec::new();
        }
        let chain = Chain::of(self, sequence);
        let spans = found.into_iter().map(|(first, last, label)| {
            let likely = chain.span(self, sequence, first, last, label);
            let mut other = None;
            for candidate in (0..self.head.labels.len()).filter(|&l| l != label) {
                let likely = chain.span(self, sequence, first, last, candidate);
                if likely > other.map_or(0.02, |(_, most)| most) {
                    other = Some((candidate, likely));
                }
            }
            TaggedSpan { first, last, label, likely, other }
        });
        spans.collect()
    }
}

/// Forward and backward sums, scaled to one at each word.
struct Chain {
    tags: usize,
    forward: Vec<f32>,
    backward: Vec<f32>,
    factors: Vec<f32>,
    scales: Vec<f32>,
}

impl Chain {
    fn of(decoder: &Decoder<'_>, sequence: &Sequence) -> Self {
        let (tags, count) = (decoder.tags, sequence.words.len());
        let unit = decoder.head.unit;
        let mut factors = vec![0f32; count * tags];
        for (factors, emissions) in factors.chunks_exact_mut(tags).zip(decoder.emissions.chunks_exact(tags)) {
            let most = emissions.iter().copied().max().unwrap_or(0);
            for (factor, &emission) in factors.iter_mut().zip(emissions) {
                *factor = exp((emission - most) as f32 * unit);
            }
        }
        let mut chain = Self {
            tags,
            forward: vec![0.0; count * tags],
            backward: vec![0.0; count * tags],
            factors,
            scales: vec![1.0; count],
        };
        for index in 0..count {
            let mut sum = 0.0;
            for tag in 0..tags {
                let value = chain.ahead(decoder, sequence, index, tag) * chain.factor(index, tag);
                sum += value;
                set(&mut chain.forward, index * tags + tag, value);
            }
            let sum = if sum > 0.0 { sum } else { 1.0 };
            set(&mut chain.scales, index, sum);
            for value in chain.forward.iter_mut().skip(index * tags).take(tags) {
                *value /= sum;
            }
        }
        for index in (0..count).rev() {
            for tag in 0..tags {
                let value = chain.behind(decoder, sequence, index, tag);
                set(&mut chain.backward, index * tags + tag, value);
            }
        }
        chain
    }

    fn factor(&self, index: usize, tag: usize) -> f32 {
        get(&self.factors, index * self.tags + tag)
    }

    /// The sum of all that may lead to a tag, without the tag's own factor.
    fn ahead(&self, decoder: &Decoder<'_>, sequence: &Sequence, index: usize, tag: usize) -> f32 {
        let Some(before) = index.checked_sub(1) else { return f32::from(u8::from(may_open(tag as Tag))) };
        let gap = sequence.words.get(index).map_or(0, |word| word.gap);
        let forward = |first: usize| get(&self.forward, before * self.tags + first);
        if let Some(number) = decoder.openers.iter().position(|&o| o == tag) {
            let width = decoder.closers.len();
            let at = (usize::from(gap) * decoder.openers.len() + number) * width;
            let factors = decoder.factors.get(at..at + width).unwrap_or_default();
            return factors
                .iter()
                .zip(&decoder.closers)
                .map(|(factor, &closer)| factor * forward(closer))
                .sum();
        }
        let begin = tag - 1 - (tag - 1) % 4 + 1;
        [begin, begin + 1].into_iter().map(|first| forward(first) * decoder.inner(gap, first, tag)).sum()
    }

    /// The sum of all that may follow a tag, over the scale.
    fn behind(&self, decoder: &Decoder<'_>, sequence: &Sequence, index: usize, tag: usize) -> f32 {
        let next = index + 1;
        let Some(word) = sequence.words.get(next) else { return f32::from(u8::from(may_close(tag as Tag))) };
        let value =
            |second: usize| self.factor(next, second) * get(&self.backward, next * self.tags + second);
        let sum: f32 = if let Some(number) = decoder.closers.iter().position(|&c| c == tag) {
            let width = decoder.closers.len();
            let gap = usize::from(word.gap) * decoder.openers.len() * width;
            let each = decoder.openers.iter().enumerate();
            each.map(|(at, &opener)| get(&decoder.factors, gap + at * width + number) * value(opener)).sum()
        } else {
            let begin = tag - 1 - (tag - 1) % 4 + 1;
            [begin + 1, begin + 2]
                .into_iter()
                .map(|second| decoder.inner(word.gap, tag, second) * value(second))
                .sum()
        };
        sum / get(&self.scales, next)
    }

    fn span(
        &self,
        decoder: &Decoder<'_>,
        sequence: &Sequence,
        first: usize,
        last: usize,
        label: usize,
    ) -> f32 {
        let begin = 1 + 4 * label;
        let mut tag = if first == last { begin + 3 } else { begin };
        let mut likely =
            self.ahead(decoder, sequence, first, tag) * self.factor(first, tag) / get(&self.scales, first);
        for index in first + 1..=last {
            let next = if index == last { begin + 2 } else { begin + 1 };
            let gap = sequence.words.get(index).map_or(0, |word| word.gap);
            likely *= decoder.inner(gap, tag, next) * self.factor(index, next) / get(&self.scales, index);
            tag = next;
        }
        (likely * get(&self.backward, last * self.tags + tag)).clamp(0.0, 1.0)
    }
}

impl Decoder<'_> {
    /// The factor of a step within a span.
    fn inner(&self, gap: u8, first: usize, second: usize) -> f32 {
        exp(self.head.transition(gap, first, second) as f32 * self.head.unit)
    }
}

fn get<T: Copy + Default>(values: &[T], at: usize) -> T {
    values.get(at).copied().unwrap_or_default()
}

fn set<T>(values: &mut [T], at: usize, value: T) {
    if let Some(slot) = values.get_mut(at) {
        *slot = value;
    }
}

/// The exponential by basic operations only, so that it is the same on every machine; within 3e-5 of the true value.
fn exp(x: f32) -> f32 {
    let y = x.clamp(-80.0, 80.0) * std::f32::consts::LOG2_E;
    let whole = y.floor();
    let f = y - whole;
    // 2^f on [0, 1) by the first terms of its series in f ln 2.
    let power = 1.0
        + f * (std::f32::consts::LN_2
            + f * (0.240_226_5 + f * (0.055_504_1 + f * (0.009_618_1 + f * 0.001_333_4))));
    f32::from_bits(((whole as i32 + 127) as u32) << 23) * power
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
