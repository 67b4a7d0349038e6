//! A tagging task: examples as compiled sequences, training and scoring.

use std::collections::HashMap;

use super::learner::{Compiled, Index, Learner, Word};
use crate::extract::tagger::attributes::Attribute;
use crate::extract::tagger::head::{FORBIDDEN, Head, Weights};
use crate::extract::tagger::sequence::{Sequence, SequenceReader};
use crate::extract::tagger::tags::{self, Tag, may_follow};
use crate::quality::chance::Chance;

/// An example as words with gold tags.
pub struct Item {
    /// Its words and their attributes.
    pub sequence: Sequence,
    /// A tag for each word.
    pub gold: Vec<Tag>,
    /// Gold spans that words cannot hold.
    pub lost: usize,
}

/// The tags that a gold tag of a corpus stands for.
pub type Allow = fn(Tag) -> u128;

/// A corpus with the labels in question.
#[must_use]
pub fn exactly(gold: Tag) -> u128 {
    1 << gold
}

/// WikiFANE and NewsFANE in our labels: forces are among the organisations, and dates, counts, weapons, events,
/// agreements and nationalities are not labelled.
#[must_use]
pub fn fane_allows(gold: Tag) -> u128 {
    let all = |labels: &[usize]| labels.iter().fold(0u128, |set, l| set | 0b1111 << (1 + 4 * l));
    match tags::parts(gold) {
        None => 1 | all(&[2, 5, 6, 7, 8, 9, 10]),
        Some((1, part)) => 1 << tags::tag(1, part) | 1 << tags::tag(2, part),
        Some(_) => 1 << gold,
    }
}

/// How a head is trained.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Times over the data.
    pub epochs: usize,
    /// The first step's length.
    pub rate: f32,
    /// Attributes that come more rarely are left out.
    pub least_count: u32,
    /// How often the attributes that name a word are left out, so that its surroundings are learnt from too.
    pub drop: f32,
    /// Trainings from different orders of the data whose weights are averaged.
    pub times: u64,
    /// Where the orders start from.
    pub seed: u64,
    /// Weights below this many units are left out of the model.
    pub least_weight: i32,
    /// So are attributes none of whose weights has this many.
    pub least_said: i32,
}

/// What is left to chance, the same everywhere. The orders are those that models were made with: their bytes hang on them.
pub(super) struct Random(Chance);

impl Random {
    /// The numbers of a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(Chance::new(seed))
    }

    fn unit(&mut self) -> f32 {
        (self.0.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = (self.0.next() % (i as u64 + 1)) as usize;
            items.swap(i, j);
        }
    }
}

/// Weights with the attributes they belong to.
struct Tagger {
    index: Index,
    learner: Learner,
}

fn compile(index: &Index, item: &Item, allowed: Allow) -> Compiled {
    let mut local = Vec::new();
    let words = item
        .sequence
        .words
        .iter()
        .zip(&item.gold)
        .map(|(word, &gold)| {
            let from = local.len() as u32;
            local.extend(index.compile(item.sequence.around(word)));
            Word { form: word.form, local: (from, local.len() as u32), gap: word.gap, allowed: allowed(gold) }
        })
        .collect();
    Compiled { words, local }
}

/// Trains once.
fn train_once(
    reader: &SequenceReader<'_>,
    sets: &[(&[Item], Allow)],
    labels: usize,
    options: &Options,
    seed: u64,
) -> Tagger {
    let mut counts: HashMap<u32, (u32, Attribute)> = HashMap::new();
    let mut order = Vec::new();
    for item in sets.iter().flat_map(|(items, _)| *items) {
        for word in &item.sequence.words {
            let own = reader.form(word.form).iter().copied();
            for attribute in own.chain(item.sequence.around(word)) {
                let entry = counts.entry(attribute.key).or_insert_with(|| {
                    order.push(attribute.key);
                    (0, attribute)
                });
                entry.0 += 1;
            }
        }
    }
    let mut index = Index::default();
    for key in order {
        let (count, attribute) = counts[&key];
        if count >= options.least_count {
            index.add(attribute);
        }
    }
    drop(counts);
    let form = |number| index.compile(reader.form(number).iter().copied());
    let forms: Vec<_> = (0..reader.form_count() as u32).map(form).collect();
    let mut data: Vec<Compiled> = Vec::new();
    for (items, allow) in sets {
        data.extend(items.iter().map(|item| compile(&index, item, *allow)));
    }
    let mut learner = Learner::new(labels, index.rows(), options.rate);
    let mut random = Random::new(seed);
    for epoch in 1..=options.epochs {
        random.shuffle(&mut data);
        let mut loss = 0.0;
        for sequence in &data {
            let dropped: Vec<bool> = sequence.words.iter().map(|_| random.unit() < options.drop).collect();
            loss += learner.step(&forms, sequence, &dropped);
        }
        eprintln!("    order {seed}, time {epoch}: loss {loss:.0}");
    }
    Tagger { index, learner }
}

/// Trains as often as the options say and takes the mean of the weights.
#[must_use]
pub fn train(
    reader: &SequenceReader<'_>,
    sets: &[(&[Item], Allow)],
    names: &[&str],
    options: &Options,
) -> Head {
    let mut mean = train_once(reader, sets, names.len(), options, options.seed);
    for time in 1..options.times {
        let next = train_once(reader, sets, names.len(), options, options.seed + 1000 * time);
        mean.learner.add(&next.learner);
    }
    mean.learner.divide(options.times.max(1) as f32);
    mean.pack(names, options)
}

/// A unit of score in the model, in units of log likelihood.
const UNIT: f32 = 1.0 / 128.0;

impl Tagger {
    /// The weights in whole numbers, without those that say next to nothing.
    fn pack(&self, names: &[&str], options: &Options) -> Head {
        let tags = self.learner.tags();
        let mut weights = Vec::new();
        for (key, rows) in self.index.iter() {
            let mut entries = Vec::new();
            for place in 0..=2 * usize::from(rows.reach) {
                for (tag, weight) in self.learner.row(rows.base as usize + place).iter().enumerate() {
                    let units = (weight / UNIT).round();
                    if units.abs() >= options.least_weight as f32 {
                        let place = place + 2 - usize::from(rows.reach);
                        entries.push((place as u8, tag as Tag, units.clamp(-32_000.0, 32_000.0) as i16));
                    }
                }
            }
            let most = entries.iter().map(|&(.., units)| i32::from(units).abs()).max();
            if most.is_some_and(|most| most >= options.least_said) {
                weights.push(Weights { key, entries });
            }
        }
        let transitions = self.learner.transitions().iter().enumerate().map(|(at, weight)| {
            let (first, second) = (at / tags % tags, at % tags);
            if may_follow(first as Tag, second as Tag) { (weight / UNIT).round() as i32 } else { FORBIDDEN }
        });
        Head::new(names.iter().map(|&name| name.to_owned()).collect(), UNIT, weights, transitions.collect())
    }
}

/// Counts of spans.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Found and in the gold.
    pub right: usize,
    /// Found with both ends as in the gold, whatever the label.
    pub bounded: usize,
    /// In the gold.
    pub gold: usize,
    /// Found.
    pub found: usize,
}

impl Counts {
    /// Adds the counts of other text.
    pub const fn add(&mut self, other: Self) {
        self.right += other.right;
        self.bounded += other.bounded;
        self.gold += other.gold;
        self.found += other.found;
    }

    /// Precision, recall and F1 in per cent.
    #[must_use]
    pub fn scores(&self) -> [f64; 3] {
        let share = |of: usize| 100.0 * self.right as f64 / of.max(1) as f64;
        [share(self.found), share(self.gold), self.f1()]
    }

    /// F1 in per cent.
    #[must_use]
    pub fn f1(&self) -> f64 {
        self.balanced(self.right)
    }

    /// F1 of both ends alone, whatever the label, in per cent.
    #[must_use]
    pub fn boundary_f1(&self) -> f64 {
        self.balanced(self.bounded)
    }

    fn balanced(&self, right: usize) -> f64 {
        200.0 * right as f64 / (self.gold + self.found).max(1) as f64
    }
}

/// Counts per label over whole words, the sum last.
#[must_use]
pub fn score(items: &[Item], tagged: &[Vec<Tag>], labels: usize) -> Vec<Counts> {
    let mut counts = vec![Counts::default(); labels + 1];
    for (item, tags) in items.iter().zip(tagged) {
        let gold = tags::spans(&item.gold);
        let found = tags::spans(tags);
        counts[labels].gold += item.lost;
        for span in &gold {
            counts[span.2].gold += 1;
            counts[labels].gold += 1;
        }
        for span in &found {
            let right = usize::from(gold.contains(span));
            let bounded = usize::from(gold.iter().any(|gold| (gold.0, gold.1) == (span.0, span.1)));
            for of in [span.2, labels] {
                counts[of].add(Counts { right, bounded, gold: 0, found: 1 });
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tagger::tags::{OUTSIDE, Part, tag, tag_count};
    use crate::train::recipe::NEWS;

    /// The labels that a set of tags allows a word to have by itself; "O" is none.
    fn allowed(gold: Option<&str>) -> Vec<&'static str> {
        let number = |label: &str| NEWS.iter().position(|name| *name == label).unwrap();
        let set = fane_allows(gold.map_or(OUTSIDE, |label| tag(number(label), Part::Single)));
        assert_eq!(set >> tag_count(NEWS.len()), 0, "no tag beyond the last label");
        let single = (0..NEWS.len()).filter(|&label| set >> tag(label, Part::Single) & 1 == 1);
        let outside = (set >> OUTSIDE & 1 == 1).then_some("O");
        outside.into_iter().chain(single.map(|label| NEWS[label])).collect()
    }

    #[test]
    fn what_fane_does_not_label_may_be_anything_it_does_not_label() {
        assert_eq!(allowed(None), ["O", "GRP", "EVT", "AGR", "WPN", "DAT", "NUM", "NAT"]);
        assert_eq!(allowed(Some("ORG")), ["ORG", "GRP"], "forces are among its organisations");
        for label in ["PER", "LOC", "FAC"] {
            assert_eq!(allowed(Some(label)), [label]);
        }
    }

    #[test]
    fn a_partial_label_keeps_the_place_in_the_span() {
        for part in [Part::Begin, Part::Inside, Part::End, Part::Single] {
            assert_eq!(fane_allows(tag(1, part)), 1 << tag(1, part) | 1 << tag(2, part), "{part:?}");
            assert_eq!(fane_allows(tag(3, part)), exactly(tag(3, part)), "{part:?}");
        }
    }
}
