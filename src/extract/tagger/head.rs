//! A set of weights for a set of labels, as it is learnt and as the model file holds it. [`super::table::Table`] lays the
//! weights of all heads out for use.
//!
//! All arithmetic on scores is in whole numbers, so that every machine finds the same spans.

use super::bytes::{Bytes, ModelError, Writer, signed};
use super::keys;
use super::sequence::GAPS;
use super::tags::{MAX_LABELS, Tag, may_follow, tag_count};

/// Places around a word that an attribute may speak for.
pub const PLACES: usize = 5;

/// Weights of attributes and transitions for the tags of some labels.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// What the labels are called; at most [`MAX_LABELS`].
    pub labels: Vec<String>,
    /// What one unit of score is in the units of the likelihood.
    pub unit: f32,
    /// Keys of attributes, ascending.
    keys: Vec<u32>,
    /// Where the entries of each attribute end.
    ends: Vec<u32>,
    entries: Vec<Entry>,
    /// For each gap, previous tag and tag.
    transitions: Vec<i32>,
}

/// A weight of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    /// `place * tags + tag`. Place 0 is that of the word two before: the attribute speaks for the word two behind its own.
    pub(super) slot: u16,
    pub(super) weight: i16,
}

impl Entry {
    /// The place and the tag of a head with so many tags.
    pub(super) fn target(self, tags: usize) -> (usize, Tag) {
        (usize::from(self.slot) / tags, (usize::from(self.slot) % tags) as Tag)
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
        for attribute in weights {
            head.keys.push(attribute.key);
            let from = head.entries.len();
            head.entries.extend(attribute.entries.into_iter().map(|(place, tag, weight)| Entry {
                slot: (usize::from(place) * tags + usize::from(tag)) as u16,
                weight,
            }));
            head.entries.get_mut(from..).unwrap_or_default().sort_unstable();
            head.ends.push(head.entries.len() as u32);
        }
        head
    }

    /// How many tags there are.
    #[must_use]
    pub fn tags(&self) -> usize {
        tag_count(self.labels.len())
    }

    /// How many attributes have weights, and how many weights there are.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.keys.len(), self.entries.len())
    }

    /// Attributes by their keys, ascending, with their weights.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (u32, &[Entry])> {
        let mut from = 0;
        self.keys.iter().zip(&self.ends).map(move |(&key, &end)| {
            let entries = self.entries.get(from..end as usize).unwrap_or_default();
            from = end as usize;
            (key, entries)
        })
    }

    /// The keys of the attributes, ascending.
    pub(super) fn keys(&self) -> &[u32] {
        &self.keys
    }

    /// The weights of the attribute at a place among the keys.
    pub(super) fn entries(&self, at: usize) -> &[Entry] {
        let end = |at: usize| self.ends.get(at).map(|&end| end as usize);
        let bounds = at.checked_sub(1).map_or(Some(0), end).zip(end(at));
        bounds.and_then(|(from, to)| self.entries.get(from..to)).unwrap_or_default()
    }

    /// The score of a tag behind another.
    #[inline]
    pub(super) fn transition(&self, gap: u8, first: Tag, second: Tag) -> i32 {
        let tags = self.tags();
        let at = (usize::from(gap) * tags + usize::from(first)) * tags + usize::from(second);
        self.transitions.get(at).copied().unwrap_or(FORBIDDEN)
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
        keys::write(&self.keys, out);
        for (_, entries) in self.attributes() {
            out.number(entries.len() as u64);
        }
        for (_, entries) in self.attributes() {
            let mut before = 0;
            for entry in entries {
                out.number(u64::from(entry.slot - before));
                before = entry.slot;
            }
        }
        for entry in &self.entries {
            out.signed(i64::from(entry.weight));
        }
    }

    pub(super) fn read(bytes: &mut Bytes<'_>) -> Result<Self, ModelError> {
        let mut head = Self::default();
        for _ in 0..bytes.count(MAX_LABELS as u64)? {
            head.labels.push(bytes.text()?.to_owned());
        }
        let tags = head.tags();
        head.unit = f32::from_bits(bytes.number()? as u32);
        for at in 0..GAPS * tags * tags {
            head.transitions.push(step(tags, at, bytes.signed()? as i32));
        }
        head.keys = keys::read(bytes)?;
        head.ends.reserve_exact(head.keys.len());
        let mut end = 0u32;
        bytes.numbers(head.keys.len(), |count| {
            if count > (PLACES * tags) as u64 {
                return Err(ModelError::Malformed);
            }
            end = end.saturating_add(count as u32);
            head.ends.push(end);
            Ok(())
        })?;
        bytes.expect_at_least(end as usize)?;
        head.entries.reserve_exact(end as usize);
        // The slots of an attribute are told by their differences.
        let mut ends = head.ends.iter().copied().filter(|&end| end > 0);
        let mut next = ends.next();
        let mut slot = 0u64;
        let entries = &mut head.entries;
        bytes.numbers(end as usize, |step| {
            slot = slot.saturating_add(step);
            if slot >= (PLACES * tags) as u64 {
                return Err(ModelError::Malformed);
            }
            entries.push(Entry { slot: slot as u16, weight: 0 });
            while next.is_some_and(|end| end as usize <= entries.len()) {
                next = ends.next();
                slot = 0;
            }
            Ok(())
        })?;
        let mut entries = head.entries.iter_mut();
        bytes.numbers(end as usize, |weight| {
            let entry = entries.next().ok_or(ModelError::Malformed)?;
            entry.weight = signed(weight) as i16;
            Ok(())
        })?;
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

    #[test]
    fn weights_are_written_as_they_came() {
        let many =
            (0..5).flat_map(|place| (0..5).filter(|tag| tag % 2 == 0).map(move |tag| (place, tag, -3)));
        let weights = vec![
            Weights { key: 7, entries: many.collect() },
            Weights { key: 3, entries: vec![(4, 0, 300), (0, 4, -5)] },
        ];
        let head = Head::new(vec!["PER".to_owned()], 0.01, weights, vec![0; GAPS * 25]);
        assert_eq!(head.size(), (2, 17));
        let mut first = Writer::default();
        head.write(&mut first);
        let again = Head::read(&mut Bytes::new(&first.0)).unwrap();
        let mut second = Writer::default();
        again.write(&mut second);
        assert_eq!(first.0, second.0);
        assert_eq!(again.size(), (2, 17));
        let (key, entries) = again.attributes().next().unwrap();
        let entries: Vec<_> = entries.iter().map(|entry| (entry.target(5), entry.weight)).collect();
        assert_eq!((key, entries), (3, vec![((0, 4), -5), ((4, 0), 300)]));
    }
}
