//! A set of weights for a set of labels, packed as the model file holds it, and the scores that follow from it.
//!
//! All arithmetic on scores is in whole numbers, so that every machine finds the same spans.

use super::bytes::{Bytes, ModelError, Writer};
use super::keys::KeyIndex;
use super::sequence::GAPS;
use super::tags::{Tag, may_follow, tag_count};

/// Places around a word that an attribute may speak for.
pub const PLACES: usize = 5;

/// Weights of attributes and transitions for the tags of some labels.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// What the labels are called.
    pub labels: Vec<String>,
    /// What one unit of score is in the units of the likelihood.
    pub unit: f32,
    /// Keys of attributes, ascending.
    keys: KeyIndex,
    /// Where the weights of each attribute are.
    rows: Vec<Row>,
    /// Weights that stand alone.
    entries: Vec<Entry>,
    /// Weights that stand close together, without gaps.
    dense: Vec<i16>,
    /// For each gap, previous tag and tag.
    transitions: Vec<i32>,
}

/// Where the weights of an attribute are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    from: u32,
    count: u16,
    /// Whose score the first goes to, if they lie without gaps; else [`LISTED`].
    to: i16,
}

/// Says of a row that its weights are entries.
const LISTED: i16 = i16::MIN;

/// An attribute with at least one weight in so many places gets a row without gaps: the processor adds several at once.
const SPARE: usize = 3;

/// A weight, and whose score it goes to.
///
/// Scores lie word by word, tag by tag; `to` is counted from the first tag of the attribute's word.
#[derive(Clone, Copy, Debug)]
struct Entry {
    to: i16,
    weight: i16,
}

impl Entry {
    /// An entry by its place in the file, `place * tags + tag`. Place 0 is that of the word two before: the attribute
    /// speaks for the word two behind its own.
    fn new(slot: usize, tags: usize, weight: i16) -> Self {
        let to = (PLACES / 2) as isize - (slot / tags) as isize;
        Self { to: (to * tags as isize + (slot % tags) as isize) as i16, weight }
    }

    /// The place in the file.
    fn slot(self, tags: usize) -> usize {
        let at = (isize::from(self.to) + (PLACES / 2 * tags) as isize) as usize;
        (PLACES - 1 - at / tags) * tags + at % tags
    }
}

/// What no sequence may do.
pub const FORBIDDEN: i32 = i32::MIN / 4;

/// An attribute's weights: place (0 is two words before the attribute's word), tag, weight.
pub struct Weights {
    /// The attribute's key.
    pub key: u32,
    /// Place, tag and weight.
    pub entries: Vec<(u8, Tag, i16)>,
}

impl Head {
    /// A head of its parts.
    #[must_use]
    pub fn new(labels: Vec<String>, unit: f32, mut weights: Vec<Weights>, transitions: Vec<i32>) -> Self {
        weights.sort_by_key(|w| w.key);
        let tags = tag_count(labels.len());
        let transitions =
            transitions.into_iter().enumerate().map(|(at, score)| step(tags, at, score)).collect();
        let mut head = Self { labels, unit, transitions, ..Self::default() };
        let mut keys = Vec::with_capacity(weights.len());
        for attribute in &mut weights {
            attribute.entries.sort_unstable();
            keys.push(attribute.key);
            let slots = attribute.entries.iter();
            let slots =
                slots.map(|&(place, tag, weight)| (usize::from(place) * tags + usize::from(tag), weight));
            let entries: Vec<_> = slots.map(|(slot, weight)| Entry::new(slot, tags, weight)).collect();
            head.push(&entries);
        }
        head.keys = KeyIndex::new(keys);
        head
    }

    /// Adds the weights of the next attribute.
    fn push(&mut self, entries: &[Entry]) {
        let low = entries.iter().map(|entry| entry.to).min().unwrap_or(0);
        let high = entries.iter().map(|entry| entry.to).max().unwrap_or(0);
        let width = (high - low) as usize + 1;
        if width > SPARE * entries.len() {
            self.rows.push(Row { from: self.entries.len() as u32, count: entries.len() as u16, to: LISTED });
            self.entries.extend_from_slice(entries);
            return;
        }
        let from = self.dense.len();
        self.rows.push(Row { from: from as u32, count: width as u16, to: low });
        self.dense.resize(from + width, 0);
        for entry in entries {
            if let Some(weight) = self.dense.get_mut(from + (entry.to - low) as usize) {
                *weight = entry.weight;
            }
        }
    }

    /// How many tags there are.
    #[must_use]
    pub fn tags(&self) -> usize {
        tag_count(self.labels.len())
    }

    /// How many attributes have weights, and how many weights there are.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.keys.keys().len(), self.rows.iter().map(|&row| self.listed(row).len()).sum())
    }

    /// Where the weights of an attribute are; `None` if it has none.
    #[inline]
    pub(super) fn find(&self, key: u32) -> Option<Row> {
        self.rows.get(self.keys.find(key)?).copied()
    }

    /// Adds an attribute's weights to the scores of a sequence, in which those of the attribute's word begin at `word`.
    /// What is beyond the ends has no score.
    #[inline]
    pub(super) fn add(&self, row: Row, scores: &mut [i32], word: usize) {
        let range = row.from as usize..row.from as usize + usize::from(row.count);
        if row.to == LISTED {
            for entry in self.entries.get(range).unwrap_or_default() {
                let at = word.checked_add_signed(isize::from(entry.to));
                if let Some(score) = at.and_then(|at| scores.get_mut(at)) {
                    *score += i32::from(entry.weight);
                }
            }
            return;
        }
        let first = word as isize + isize::from(row.to);
        let weights = self.dense.get(range).unwrap_or_default();
        let weights = weights.get((-first).max(0) as usize..).unwrap_or_default();
        let scores = scores.get_mut(first.max(0) as usize..).unwrap_or_default();
        for (score, &weight) in scores.iter_mut().zip(weights) {
            *score += i32::from(weight);
        }
    }

    /// The weights of a row that are not zero, in the order of the file.
    fn listed(&self, row: Row) -> Vec<(usize, i16)> {
        let tags = self.tags();
        let range = row.from as usize..row.from as usize + usize::from(row.count);
        let mut listed: Vec<_> = if row.to == LISTED {
            let entries = self.entries.get(range).unwrap_or_default();
            entries.iter().map(|entry| (entry.slot(tags), entry.weight)).collect()
        } else {
            let weights = (row.to..).zip(self.dense.get(range).unwrap_or_default());
            weights.map(|(to, &weight)| (Entry { to, weight }.slot(tags), weight)).collect()
        };
        listed.retain(|&(_, weight)| weight != 0);
        listed.sort_unstable();
        listed
    }

    /// The score of a tag behind another.
    #[inline]
    pub(super) fn transition(&self, gap: u8, first: usize, second: usize) -> i32 {
        let tags = self.tags();
        self.transitions.get((usize::from(gap) * tags + first) * tags + second).copied().unwrap_or(FORBIDDEN)
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.number(self.labels.len() as u64);
        for label in &self.labels {
            out.text(label);
        }
        out.number(u64::from(self.unit.to_bits()));
        for &transition in &self.transitions {
            out.signed(if transition <= FORBIDDEN { 0 } else { i64::from(transition) });
        }
        self.keys.write(out);
        let rows: Vec<_> = self.rows.iter().map(|&row| self.listed(row)).collect();
        for row in &rows {
            out.number(row.len() as u64);
        }
        for row in &rows {
            let mut before = 0;
            for &(slot, _) in row {
                out.number((slot - before) as u64);
                before = slot;
            }
        }
        for (_, weight) in rows.into_iter().flatten() {
            out.signed(i64::from(weight));
        }
    }

    pub(super) fn read(bytes: &mut Bytes<'_>) -> Result<Self, ModelError> {
        let mut head = Self::default();
        for _ in 0..bytes.count(64)? {
            head.labels.push(bytes.text()?.to_owned());
        }
        let tags = head.tags();
        head.unit = f32::from_bits(bytes.number()? as u32);
        for at in 0..GAPS * tags * tags {
            head.transitions.push(step(tags, at, bytes.signed()? as i32));
        }
        head.keys = KeyIndex::read(bytes)?;
        let mut counts = Vec::with_capacity(head.keys.keys().len());
        for _ in head.keys.keys() {
            counts.push(bytes.count((PLACES * tags) as u64)?);
        }
        let all = counts.iter().fold(0usize, |sum, &count| sum.saturating_add(count));
        bytes.expect_at_least(all)?;
        let mut slots: Vec<u16> = Vec::with_capacity(all);
        for &count in &counts {
            let mut slot = 0u64;
            for _ in 0..count {
                slot = slot.saturating_add(bytes.number()?);
                if slot >= (PLACES * tags) as u64 {
                    return Err(ModelError::Malformed);
                }
                slots.push(slot as u16);
            }
        }
        let mut slots = slots.into_iter();
        let mut entries = Vec::new();
        for count in counts {
            entries.clear();
            for slot in slots.by_ref().take(count) {
                entries.push(Entry::new(usize::from(slot), tags, bytes.signed()? as i16));
            }
            head.push(&entries);
        }
        Ok(head)
    }
}

/// The score of a step by its place in the table; what no sequence may do stays forbidden whatever a file says.
fn step(tags: usize, at: usize, score: i32) -> i32 {
    if may_follow((at / tags % tags) as Tag, (at % tags) as Tag) { score } else { FORBIDDEN }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A head of one label with one attribute.
    fn head(entries: Vec<(u8, Tag, i16)>) -> Head {
        Head::new(vec!["PER".to_owned()], 0.01, vec![Weights { key: 7, entries }], vec![0; GAPS * 25])
    }

    #[test]
    fn weights_go_to_the_words_around_whether_they_are_many_or_few() {
        let few = vec![(0, 4, 5), (4, 0, -7)];
        let many: Vec<_> = (1..4).flat_map(|place| (0..5).map(move |tag| (place, tag, 3))).collect();
        for entries in [few, many] {
            let head = head(entries.clone());
            let row = head.find(7).unwrap();
            for word in 0..6 {
                let mut scores = vec![0; 6 * 5];
                head.add(row, &mut scores, word * 5);
                let mut expected = vec![0; 6 * 5];
                for &(place, tag, weight) in &entries {
                    if let Some(index) = (word + 2).checked_sub(usize::from(place)).filter(|&index| index < 6)
                    {
                        expected[index * 5 + usize::from(tag)] += i32::from(weight);
                    }
                }
                assert_eq!(scores, expected, "word {word}");
            }
            assert_eq!(head.size(), (1, entries.len()));
        }
        assert!(head(Vec::new()).find(8).is_none());
    }

    #[test]
    fn many_weights_are_written_as_they_came() {
        let many =
            (0..5).flat_map(|place| (0..5).filter(|tag| tag % 2 == 0).map(move |tag| (place, tag, -3)));
        let mut first = Writer::default();
        head(many.collect()).write(&mut first);
        let mut second = Writer::default();
        Head::read(&mut Bytes::new(&first.0)).unwrap().write(&mut second);
        assert_eq!(first.0, second.0);
        assert_eq!(Head::read(&mut Bytes::new(&second.0)).unwrap().size(), (1, 15));
    }
}
