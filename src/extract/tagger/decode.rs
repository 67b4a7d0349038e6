//! The best tags of a sequence, and how likely each span of them is.

use std::collections::HashMap;
use std::sync::Arc;

use super::attributes::Kept;
use super::chain::{Chain, Likely};
use super::choose::choose;
use super::head::PLACES;
use super::sequence::{Sequence, SequenceReader, SequenceWord};
use super::steps::{Ends, Gap, NEVER, RANKS, Steps, closer, half, ranks};
use super::table::{Found, Table};
use super::tags::{BEGIN, END, GROUPS, Group, INSIDE, LANES, SINGLE, Tag, tag_at};
use crate::extract::key::KeyState;

/// Forms whose scores are kept at once, so that memory does not grow with the text: about 40 MB.
pub(super) const FORMS: usize = 24 * 1024;

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

/// The scores of a word's tags for one head.
pub(super) type WordScores = [Group<i16>; GROUPS];

/// Scores the tags of sequences with the weights of all heads, and decodes them head by head.
pub struct Decoder {
    table: Arc<Table>,
    /// What a word is given before anything is said of it.
    start: Vec<Group<i16>>,
    forms: Forms,
    settings: Settings,
    /// The scores of the sequence, with two words of nothing before it and behind it.
    scores: Vec<Group<i16>>,
    found: Found,
}

/// For each form that was met, its scores for the words around it, [`PLACES`] times.
#[derive(Debug, Default)]
struct Forms {
    /// In chunks of so many forms, which stay where they are when more come.
    chunks: Vec<Vec<Group<i16>>>,
    count: usize,
}

/// Forms of a chunk.
const CHUNK: usize = 512;

/// Scores of settings: few, and each met again and again.
#[derive(Debug, Default)]
struct Settings {
    numbers: HashMap<u64, u32, KeyState>,
    scores: Vec<Group<i16>>,
    /// The number of each word's setting, for the sequence that was scored last.
    words: Vec<u32>,
}

/// Settings whose scores are kept at once.
const SETTINGS: usize = 4 * 1024;

/// Scores of forms and settings.
#[derive(Debug, Default)]
pub(super) struct Scored {
    forms: Forms,
    settings: Settings,
}

/// Words beyond the ends of a sequence that its words speak for.
const BEYOND: usize = PLACES / 2;

/// Words whose attributes are looked up together: enough for memory to be asked for much at once, few enough for all of it
/// to stay close until it is added.
const TOGETHER: usize = 32;

impl Decoder {
    /// A decoder for the heads of a table.
    #[must_use]
    pub fn new(table: Arc<Table>) -> Self {
        let mut start = vec![[0; LANES]; table.stride()];
        for (steps, groups) in table.heads.iter().zip(start.chunks_exact_mut(GROUPS)) {
            for (group, scores) in groups.iter_mut().enumerate() {
                let first = usize::from(group != SINGLE);
                for (lane, score) in scores.iter_mut().enumerate() {
                    // A lane without a tag is never the best.
                    *score = if (first..=steps.labels).contains(&lane) { 0 } else { i16::MIN };
                }
            }
        }
        let settings = Settings::default();
        Self { table, start, forms: Forms::default(), settings, scores: Vec::new(), found: Found::default() }
    }

    /// A decoder that goes on with the forms that another one has scored, with the same table.
    pub(super) fn going_on(table: Arc<Table>, scored: Scored) -> Self {
        Self { forms: scored.forms, settings: scored.settings, ..Self::new(table) }
    }

    /// The forms scored, for the next decoder; this one has none left.
    pub(super) fn take_scored(&mut self) -> Scored {
        Scored { forms: std::mem::take(&mut self.forms), settings: std::mem::take(&mut self.settings) }
    }

    /// How many heads there are.
    #[must_use]
    pub fn heads(&self) -> usize {
        self.table.heads.len()
    }

    /// Adds to the score of everything but outside, for a head.
    pub fn set_bias(&mut self, head: usize, bias: i32) {
        let labels = self.table.heads.get(head).map_or(0, |steps| steps.labels);
        let groups = self.start.get_mut(head * GROUPS..(head + 1) * GROUPS).unwrap_or_default();
        for score in groups.iter_mut().flat_map(|group| group.iter_mut().skip(1).take(labels)) {
            *score = bias as i16;
        }
    }

    /// Forgets the forms met, together with the reader.
    pub fn forget(&mut self) {
        self.forms = Forms::default();
    }

    /// Scores each tag of each word for all heads, as far as forms, places and what was said say it.
    pub fn score<A: Kept>(&mut self, reader: &SequenceReader<'_, A>, sequence: &Sequence<A>) {
        self.learn(reader);
        self.learn_settings(sequence);
        self.sum(sequence);
        self.add(sequence, |word| sequence.beside(word));
    }

    /// Adds what attributes of the words say to the words around each.
    fn add<'s, A: Kept + 's, K: Iterator<Item = &'s A>>(
        &mut self,
        sequence: &'s Sequence<A>,
        attributes: impl Fn(&'s SequenceWord) -> K,
    ) {
        let stride = self.table.stride();
        for (part, words) in sequence.words.chunks(TOGETHER).enumerate() {
            let keys = words.iter().map(|word| attributes(word).map(|attribute| attribute.key()));
            self.table.find(keys, &mut self.found);
            let scores = self.scores.get_mut(part * TOGETHER * stride..).unwrap_or_default();
            self.table.add(&self.found, scores, stride);
        }
    }

    /// Begins the scores of a sequence with what its forms and settings say.
    #[cfg_attr(all(target_arch = "wasm32", not(feature = "scalar")), target_feature(enable = "simd128"))]
    fn sum<A>(&mut self, sequence: &Sequence<A>) {
        let stride = self.table.stride();
        self.scores.clear();
        self.scores.resize((sequence.words.len() + 2 * BEYOND) * stride, [0; LANES]);
        let of_word = self.scores.chunks_exact_mut(stride.max(1)).skip(BEYOND);
        for (at, (scores, &setting)) in of_word.zip(&self.settings.words).enumerate() {
            scores.copy_from_slice(&self.start);
            let setting = setting as usize * stride;
            add_all(scores, self.settings.scores.get(setting..setting + stride).unwrap_or_default());
            // Each word has the words around it speak for it, from two before it to two behind it.
            for place in 0..PLACES {
                let around = (at + place).checked_sub(BEYOND).and_then(|at| sequence.words.get(at));
                let Some(around) = around else { continue };
                add_all(scores, self.forms.of(around.form as usize, PLACES - 1 - place, stride));
            }
        }
    }

    /// Scores the forms that the reader has met since.
    #[inline(never)]
    fn learn<A: Kept>(&mut self, reader: &SequenceReader<'_, A>) {
        let size = PLACES * self.table.stride();
        while self.forms.count < reader.form_count() {
            let first = self.forms.count;
            let chunk = first / CHUNK;
            if chunk == self.forms.chunks.len() {
                self.forms.chunks.push(vec![[0; LANES]; CHUNK * size]);
            }
            let Some(scores) = self.forms.chunks.get_mut(chunk) else { return };
            let scores = scores.get_mut(first % CHUNK * size..).unwrap_or_default();
            self.forms.count = (first + TOGETHER).min((chunk + 1) * CHUNK).min(reader.form_count());
            let forms = first..self.forms.count;
            let keys = forms.map(|form| reader.form(form as u32).iter().map(|attribute| attribute.key()));
            self.table.find(keys, &mut self.found);
            self.table.add(&self.found, scores, size);
        }
    }

    /// Finds the settings of a sequence, and scores those that are new.
    fn learn_settings<A>(&mut self, sequence: &Sequence<A>) {
        let stride = self.table.stride();
        if self.settings.numbers.len() > SETTINGS {
            self.settings = Settings::default();
        }
        self.settings.words.clear();
        for word in &sequence.words {
            let fresh = self.settings.numbers.len() as u32;
            let number = *self.settings.numbers.entry(word.setting.key()).or_insert(fresh);
            self.settings.words.push(number);
            if number == fresh {
                let keys = word.setting.attributes().map(|attribute| attribute.key);
                self.table.find(std::iter::once(keys.into_iter()), &mut self.found);
                let mut around = vec![[0; LANES]; PLACES * stride];
                self.table.add(&self.found, &mut around, stride);
                // They speak for the word itself.
                self.settings.scores.extend(around.iter().skip(BEYOND * stride).take(stride));
            }
        }
    }

    /// Adds what was said of the words since they were scored: what the streams say that come behind the first `known`.
    pub fn hear<A: Kept>(&mut self, sequence: &Sequence<A>, known: usize) {
        self.add(sequence, |word| sequence.said_since(word, known).iter());
    }

    /// Adds to the score of a label at a word of the sequence that was scored last.
    pub fn favour(&mut self, head: usize, index: usize, label: usize, by: i32) {
        let first = (index + BEYOND) * self.table.stride() + head * GROUPS;
        for group in self.scores.get_mut(first..first + GROUPS).unwrap_or_default() {
            if let Some(score) = group.get_mut(label + 1) {
                *score = score.saturating_add(by as i16);
            }
        }
    }

    /// The scores of the words of a sequence for a head.
    fn words(&self, count: usize, head: usize) -> impl Iterator<Item = &WordScores> {
        let words = self.scores.chunks_exact(self.table.stride().max(1)).skip(BEYOND);
        let groups = words.filter_map(move |groups| groups.get(head * GROUPS..)?.first_chunk());
        groups.take(count)
    }

    /// The best tags by a head for the sequence that was scored last.
    #[must_use]
    pub fn best<A>(&self, head: usize, sequence: &Sequence<A>) -> Vec<Tag> {
        let Some(steps) = self.table.heads.get(head) else { return Vec::new() };
        let mut path = Path::default();
        for (word, scores) in sequence.words.iter().zip(self.words(sequence.words.len(), head)) {
            path.go_on(steps, word.gap, scores);
        }
        path.tags(steps)
    }

    /// The spans that a head finds in the sequence that was scored last: those of which the most can be expected to be
    /// right, each of them likelier than `least`.
    ///
    /// The probability of a span is that of its tags, whatever stands around it (forward and backward sums of the
    /// linear chain).
    #[must_use]
    pub fn spans<A>(&self, head: usize, sequence: &Sequence<A>, least: f32) -> Vec<TaggedSpan> {
        let Some(steps) = self.table.heads.get(head) else { return Vec::new() };
        let words = sequence.words.len();
        let chain = Chain::new(steps, self.words(words, head), &sequence.words);
        let spans = choose(words, chain.likelier(least), least).into_iter().map(|span| {
            let Likely { first, last, label, likely } = span;
            let mut other = None;
            for candidate in (0..steps.labels).filter(|&l| l != label) {
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

impl Forms {
    /// The scores of a form for the words at one of the places around it.
    #[inline]
    fn of(&self, form: usize, place: usize, stride: usize) -> &[Group<i16>] {
        let from = (form % CHUNK * PLACES + place) * stride;
        self.chunks.get(form / CHUNK).and_then(|chunk| chunk.get(from..from + stride)).unwrap_or_default()
    }
}

/// Adds scores to others.
#[inline]
fn add_all(to: &mut [Group<i16>], from: &[Group<i16>]) {
    for (to, from) in to.iter_mut().zip(from) {
        // A copy: the processor then need not mind that one might be written over the other.
        let mut sums = *to;
        for (sum, from) in sums.iter_mut().zip(from) {
            *sum = sum.wrapping_add(*from);
        }
        *to = sums;
    }
}

/// The best ways to each tag of the words so far (Viterbi).
#[derive(Default)]
struct Path {
    /// The scores of the best ways to the tags of the last word, in parts of a unit, the best of all at 0.
    now: [Group<i32>; GROUPS],
    back: Vec<Back>,
}

/// Where the best way to each tag of a word comes from.
struct Back {
    /// For each opener, the rank of the closer before.
    between: Ends<u8>,
    /// For each label, whether the word before is inside rather than the beginning: of an end, and of what is inside.
    within: [Group<bool>; 2],
}

impl Path {
    #[cfg_attr(all(target_arch = "wasm32", not(feature = "scalar")), target_feature(enable = "simd128"))]
    fn go_on(&mut self, steps: &Steps, gap: u8, scores: &WordScores) {
        let own = scores.map(|group| group.map(|score| i32::from(score) * RANKS));
        let mut back = Back { between: [[0; LANES]; 2], within: [[false; LANES]; 2] };
        let mut next = [[NEVER; LANES]; GROUPS];
        let (Some(gap), false) = (steps.gaps.get(usize::from(gap)), self.back.is_empty()) else {
            next[SINGLE] = own[SINGLE];
            next[BEGIN] = own[BEGIN];
            self.settle(next, back);
            return;
        };
        let best = self.between(steps, gap);
        for (half, group) in [SINGLE, BEGIN].into_iter().enumerate() {
            for lane in 0..LANES {
                back.between[half][lane] = (RANKS - 1 - (best[half][lane] & (RANKS - 1))) as u8;
                next[group][lane] = (best[half][lane] & -RANKS) + own[group][lane];
            }
        }
        let within = &gap.within;
        let inner = [
            (END, &within.begin_to_end, &within.inside_to_end),
            (INSIDE, &within.begin_to_inside, &within.inside_to_inside),
        ];
        for (number, (group, from_begin, from_inside)) in inner.into_iter().enumerate() {
            for lane in 0..LANES {
                let begun = self.now[BEGIN][lane] + from_begin[lane];
                let inside = self.now[INSIDE][lane] + from_inside[lane];
                back.within[number][lane] = inside > begun;
                next[group][lane] = begun.max(inside) + own[group][lane];
            }
        }
        self.settle(next, back);
    }

    /// For each opener the best score over all closers, with the closer's rank from the end in the last digits: of equal
    /// ones the first is taken.
    fn between(&self, steps: &Steps, gap: &Gap) -> Ends<i32> {
        let score = |rank: usize| {
            let (_, group, lane) = closer(rank);
            self.now[group][lane]
        };
        // What is so far behind the best that no step makes up for it need not be tried.
        let most = (0..ranks(steps.labels)).map(score).max().unwrap_or(NEVER);
        let least = most - gap.spread;
        let mut best = [[i32::MIN; LANES]; 2];
        for (rank, between) in gap.between.iter().enumerate() {
            let score = score(rank);
            if score < least {
                continue;
            }
            for (best, between) in best.iter_mut().zip(between) {
                for (best, step) in best.iter_mut().zip(between) {
                    *best = (*best).max(score + step);
                }
            }
        }
        best
    }

    /// Takes the scores of the next word, with the best at 0 and what cannot be no lower than [`NEVER`].
    fn settle(&mut self, mut next: [Group<i32>; GROUPS], back: Back) {
        let most = next.as_flattened().iter().copied().max().unwrap_or(0);
        for score in next.as_flattened_mut() {
            *score = (*score - most).max(NEVER);
        }
        self.now = next;
        self.back.push(back);
    }

    /// The tags of the best way to the end.
    fn tags(&self, steps: &Steps) -> Vec<Tag> {
        let score = |rank: usize| {
            let (_, group, lane) = closer(rank);
            self.now[group][lane]
        };
        let last = (0..ranks(steps.labels)).reduce(|a, b| if score(b) > score(a) { b } else { a });
        let (_, mut group, mut lane) = closer(last.unwrap_or(0));
        let mut tags = vec![0; self.back.len()];
        for (tag, back) in tags.iter_mut().zip(&self.back).rev() {
            *tag = tag_at(group, lane);
            (group, lane) = match group {
                END if back.within[0][lane] => (INSIDE, lane),
                INSIDE if back.within[1][lane] => (INSIDE, lane),
                END | INSIDE => (BEGIN, lane),
                _ => {
                    let (_, group, lane) =
                        closer(usize::from(back.between[half(group)][lane]).min(ranks(steps.labels) - 1));
                    (group, lane)
                }
            };
        }
        tags
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tagger::attributes::Setting;
    use crate::extract::tagger::head::Head;
    use crate::extract::tagger::sequence::GAPS;
    use crate::extract::tagger::tags::{may_close, may_follow, may_open, place, spans, tag_count};
    use proptest::prelude::*;

    const LABELS: usize = 2;
    const LEAST: f32 = 0.3;
    const TAGS: usize = tag_count(LABELS);

    fn words(gaps: &[u8]) -> Sequence {
        let setting = Setting::default();
        let word = |&gap| SequenceWord { start: 0, end: 0, form: 0, gap, setting, local: 0..0, said: 0..0 };
        Sequence { words: gaps.iter().map(word).collect(), ..Sequence::default() }
    }

    /// Every sequence of tags that may be.
    fn all(count: usize) -> Vec<Vec<Tag>> {
        let mut all: Vec<Vec<Tag>> = vec![Vec::new()];
        for index in 0..count {
            let longer = all.iter().flat_map(|tags| {
                (0..TAGS as Tag).filter_map(|tag| {
                    let fits = tags.last().map_or(may_open(tag), |&before| may_follow(before, tag));
                    let fits = fits && (index + 1 < count || may_close(tag));
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
            words_scored in prop::collection::vec((0..GAPS as u8, prop::collection::vec(-400i16..400, TAGS)), 1..5),
        ) {
            let names = (0..LABELS).map(|label| format!("L{label}")).collect();
            let head = Head::new(names, 0.01, Vec::new(), transitions);
            let gaps: Vec<u8> = words_scored.iter().map(|word| word.0).collect();
            let sequence = words(&gaps);
            let mut decoder = Decoder::new(Arc::new(Table::of(std::slice::from_ref(&head))));
            decoder.scores = vec![decoder.start.clone(); gaps.len() + 2 * BEYOND].concat();
            for (at, word) in words_scored.iter().enumerate() {
                for (tag, &score) in word.1.iter().enumerate() {
                    let (group, lane) = place(tag as Tag);
                    decoder.scores[(at + BEYOND) * GROUPS + group][lane] = score;
                }
            }
            let score = |tags: &[Tag]| -> i32 {
                let own = tags.iter().zip(&words_scored).map(|(&tag, word)| i32::from(word.1[usize::from(tag)]));
                let steps = tags.windows(2).zip(&gaps[1..]);
                let steps = steps.map(|(two, &gap)| head.transition(gap, two[0], two[1]));
                own.chain(steps).sum()
            };
            let all = all(gaps.len());
            let best = decoder.best(0, &sequence);
            prop_assert!(all.contains(&best));
            prop_assert_eq!(all.iter().map(|tags| score(tags)).max(), Some(score(&best)));
            let likely = |tags: &[Tag]| (f64::from(score(tags) - score(&best)) * 0.01).exp();
            let sum: f64 = all.iter().map(|tags| likely(tags)).sum();
            let mut shares = HashMap::new();
            for tags in &all {
                for span in spans(tags) {
                    *shares.entry(span).or_insert(0.0) += likely(tags) / sum;
                }
            }
            let chain = Chain::new(&decoder.table.heads[0], decoder.words(gaps.len(), 0), &sequence.words);
            for (&(first, last, label), share) in &shares {
                prop_assert!((f64::from(chain.span(first, last, label)) - share).abs() < 1e-3, "{share}");
            }
            let likelier = chain.likelier(LEAST);
            for span in &likelier {
                let share = shares.get(&(span.first, span.last, span.label)).copied().unwrap_or(0.0);
                prop_assert!((f64::from(span.likely) - share).abs() < 1e-3, "{span:?} {share}");
            }
            // Rounding may lift a span over the border, or keep it below.
            let above = |by: f64| shares.values().filter(|&&share| share > f64::from(LEAST) + by).count();
            prop_assert!((above(1e-3)..=above(-1e-3)).contains(&likelier.len()));
            let found = decoder.spans(0, &sequence, LEAST);
            let found: Vec<_> = found.iter().map(|span| (span.first, span.last, span.label)).collect();
            let chosen = choose(gaps.len(), likelier, LEAST);
            let chosen: Vec<_> = chosen.iter().map(|span| (span.first, span.last, span.label)).collect();
            prop_assert_eq!(found, chosen);
        }
    }
}
