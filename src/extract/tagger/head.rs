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
    /// Where the entries of each attribute begin; one more than there are attributes.
    starts: Vec<u32>,
    /// Place and tag as `place * tags + tag`.
    slots: Vec<u16>,
    weights: Vec<i16>,
    /// For each gap, previous tag and tag.
    transitions: Vec<i32>,
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
        head.starts.push(0);
        let mut keys = Vec::with_capacity(weights.len());
        for attribute in &mut weights {
            attribute.entries.sort_unstable();
            keys.push(attribute.key);
            for &(place, tag, weight) in &attribute.entries {
                head.slots.push((usize::from(place) * tags + usize::from(tag)) as u16);
                head.weights.push(weight);
            }
            head.starts.push(head.slots.len() as u32);
        }
        head.keys = KeyIndex::new(keys);
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
        (self.keys.keys().len(), self.weights.len())
    }

    /// The entries of an attribute.
    #[inline]
    pub(super) fn entries(&self, key: u32) -> impl Iterator<Item = (usize, i32)> + '_ {
        let range = self.keys.find(key).map_or(0..0, |at| {
            let start = self.starts.get(at).copied().unwrap_or_default();
            start as usize..self.starts.get(at + 1).copied().unwrap_or(start) as usize
        });
        let slots = self.slots.get(range.clone()).unwrap_or_default();
        let weights = self.weights.get(range).unwrap_or_default();
        slots.iter().zip(weights).map(|(&slot, &weight)| (usize::from(slot), i32::from(weight)))
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
        for pair in self.starts.windows(2) {
            if let &[start, end] = pair {
                out.number(u64::from(end - start));
            }
        }
        for pair in self.starts.windows(2) {
            let &[start, end] = pair else { continue };
            let mut before = 0;
            for &slot in self.slots.get(start as usize..end as usize).unwrap_or_default() {
                out.number(u64::from(slot - before));
                before = slot;
            }
        }
        for &weight in &self.weights {
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
        let count = head.keys.keys().len();
        head.starts.push(0);
        let mut sum = 0u32;
        for _ in 0..count {
            sum = sum.saturating_add(bytes.number()? as u32);
            head.starts.push(sum);
        }
        bytes.expect_at_least(sum as usize)?;
        head.slots.reserve(sum as usize);
        for at in 0..count {
            let entries =
                head.starts.get(at + 1).zip(head.starts.get(at)).map_or(0, |(end, start)| end - start);
            let mut slot = 0u64;
            for _ in 0..entries {
                slot += bytes.number()?;
                if slot >= (PLACES * tags) as u64 {
                    return Err(ModelError::Malformed);
                }
                head.slots.push(slot as u16);
            }
        }
        head.weights.reserve(sum as usize);
        for _ in 0..sum {
            head.weights.push(bytes.signed()? as i16);
        }
        Ok(head)
    }
}

/// The score of a step by its place in the table; what no sequence may do stays forbidden whatever a file says.
fn step(tags: usize, at: usize, score: i32) -> i32 {
    if may_follow((at / tags % tags) as Tag, (at % tags) as Tag) { score } else { FORBIDDEN }
}
