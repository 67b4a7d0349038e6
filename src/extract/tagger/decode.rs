//! The best tags of a sequence, and how likely each span of them is.

use super::chain::Chain;
use super::head::{FORBIDDEN, Head, PLACES, Row};
use super::sequence::{Sequence, SequenceReader};
use super::steps::Steps;
use super::tags::{Tag, spans};

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
    steps: Steps,
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
        Self {
            head,
            tags: head.tags(),
            steps: Steps::of(head),
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
            // All are looked for before any is used, so that the processor need not wait for one after the other.
            self.found.clear();
            self.found.extend(sequence.around(word).filter_map(|attribute| head.find(attribute.key)));
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

    /// Adds to the score of a label at a word of the sequence that was scored last.
    pub fn favour(&mut self, index: usize, label: usize, by: i32) {
        let first = index * self.tags + 1 + 4 * label;
        for emission in self.emissions.get_mut(first..first + 4).unwrap_or_default() {
            *emission = emission.saturating_add(by);
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
        let steps = &self.steps;
        let mut back = vec![0u8; count * tags];
        let mut now = vec![FORBIDDEN; tags];
        let mut before = vec![FORBIDDEN; tags];
        let mut best = vec![i32::MIN; steps.openers.len()];
        let mut from = vec![0i32; steps.openers.len()];
        for &tag in &steps.openers {
            set(&mut now, tag, self.emission(0, tag));
        }
        for (index, word) in sequence.words.iter().enumerate().skip(1) {
            std::mem::swap(&mut now, &mut before);
            // What is so far behind the best that no step makes up for it need not be tried.
            let most = steps.closers.iter().map(|&closer| get(&before, closer)).max().unwrap_or(FORBIDDEN);
            let least = most.saturating_sub(steps.spread(word.gap));
            best.fill(i32::MIN);
            for (number, &closer) in steps.closers.iter().enumerate() {
                let score = get(&before, closer);
                if score < least {
                    continue;
                }
                for ((best, from), &step) in
                    best.iter_mut().zip(&mut from).zip(steps.scores(word.gap, number))
                {
                    let sum = score.wrapping_add(step);
                    let better = sum > *best;
                    *best = if better { sum } else { *best };
                    *from = if better { closer as i32 } else { *from };
                }
            }
            for ((&opener, &score), &closer) in steps.openers.iter().zip(&best).zip(&from) {
                set(&mut now, opener, score.saturating_add(self.emission(index, opener)));
                set(&mut back, index * tags + opener, closer as u8);
            }
            for label in 0..self.head.labels.len() {
                let begin = 1 + 4 * label;
                for (tag, inner) in [begin + 1, begin + 2].into_iter().zip(steps.inner(word.gap, label)) {
                    let begun = get(&before, begin).saturating_add(inner[0]);
                    let inside = get(&before, begin + 1).saturating_add(inner[1]);
                    let (score, first) = if inside > begun { (inside, begin + 1) } else { (begun, begin) };
                    set(&mut now, tag, score.saturating_add(self.emission(index, tag)));
                    set(&mut back, index * tags + tag, first as u8);
                }
            }
        }
        let last =
            steps.closers.iter().copied().reduce(|a, b| if get(&now, b) > get(&now, a) { b } else { a });
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
        let chain = Chain::new(&self.steps, &self.emissions, sequence, self.head.unit);
        let spans = found.into_iter().map(|(first, last, label)| {
            let likely = chain.span(first, last, label);
            let mut other = None;
            for candidate in (0..self.head.labels.len()).filter(|&l| l != label) {
                let likely = chain.span(first, last, candidate);
                if likely > other.map_or(0.02, |(_, most)| most) {
                    other = Some((candidate, likely));
                }
            }
            TaggedSpan { first, last, label, likely, other }
        });
        spans.collect()
    }
}

pub(super) fn get<T: Copy + Default>(values: &[T], at: usize) -> T {
    values.get(at).copied().unwrap_or_default()
}

pub(super) fn set<T>(values: &mut [T], at: usize, value: T) {
    if let Some(slot) = values.get_mut(at) {
        *slot = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tagger::sequence::{GAPS, SequenceWord};
    use crate::extract::tagger::tags::{may_close, may_follow, may_open, tag_count};
    use proptest::prelude::*;

    const LABELS: usize = 2;
    const TAGS: usize = tag_count(LABELS);

    fn words(gaps: &[u8]) -> Sequence {
        let word = |&gap| SequenceWord { start: 0, end: 0, form: 0, gap, local: 0..0, said: 0..0 };
        Sequence { words: gaps.iter().map(word).collect(), ..Sequence::default() }
    }

    /// Every sequence of tags that may be; if `closed`, with no span left open at the end.
    fn all(count: usize, closed: bool) -> Vec<Vec<Tag>> {
        let mut all: Vec<Vec<Tag>> = vec![Vec::new()];
        for index in 0..count {
            let longer = all.iter().flat_map(|tags| {
                (0..TAGS as Tag).filter_map(|tag| {
                    let fits = tags.last().map_or(may_open(tag), |&before| may_follow(before, tag));
                    let fits = fits && (index + 1 < count || !closed || may_close(tag));
                    fits.then(|| [tags.as_slice(), &[tag]].concat())
                })
            });
            all = longer.collect();
        }
        all
    }

    proptest! {
        #[test]
        fn the_best_tags_and_their_likelihood_are_those_of_trying_all(
            transitions in prop::collection::vec(-300i32..300, GAPS * TAGS * TAGS),
            words_scored in prop::collection::vec((0..GAPS as u8, prop::collection::vec(-400i32..400, TAGS)), 1..5),
        ) {
            let names = (0..LABELS).map(|label| format!("L{label}")).collect();
            let head = Head::new(names, 0.01, Vec::new(), transitions);
            let gaps: Vec<u8> = words_scored.iter().map(|word| word.0).collect();
            let sequence = words(&gaps);
            let mut decoder = Decoder::new(&head);
            decoder.emissions = words_scored.iter().flat_map(|word| word.1.clone()).collect();
            let score = |tags: &[Tag]| -> i32 {
                let own = tags.iter().enumerate().map(|(at, &tag)| decoder.emission(at, usize::from(tag)));
                let steps = tags.windows(2).zip(&gaps[1..]);
                let steps = steps.map(|(two, &gap)| head.transition(gap, two[0].into(), two[1].into()));
                own.chain(steps).sum()
            };
            let (open, all) = (all(gaps.len(), false), all(gaps.len(), true));
            let best = decoder.best(&sequence);
            prop_assert!(all.contains(&best));
            prop_assert_eq!(all.iter().map(|tags| score(tags)).max(), Some(score(&best)));
            let likely = |tags: &[Tag]| (f64::from(score(tags) - score(&best)) * 0.01).exp();
            // A line that breaks off inside a span has its share, too.
            let sum: f64 = open.iter().map(|tags| likely(tags)).sum();
            for span in decoder.spans(&sequence, &best) {
                let range = span.first..=span.last;
                let same = all.iter().filter(|tags| tags[range.clone()] == best[range.clone()]);
                let share = same.map(|tags| likely(tags)).sum::<f64>() / sum;
                prop_assert!((f64::from(span.likely) - share).abs() < 1e-3, "{} {share}", span.likely);
            }
        }
    }
}
