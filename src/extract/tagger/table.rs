//! The weights of all heads, laid out for use: an attribute is looked up once, and what it says to every head lies together.
//!
//! The tags of a head are taken in groups of sixteen ([`Group`]). Where an attribute has several weights in one group, the
//! whole group is kept as bytes and added at once; weights that stand alone are kept with their place. What has the most
//! weights is asked for most often, so it comes first and stays close to the processor.

use super::head::{Head, PLACES};
use super::steps::Steps;
use super::tags::{GROUPS, Group, LANES, place};

/// Weights and steps of heads that work one after another.
#[derive(Debug)]
pub struct Table {
    /// The steps of each head.
    pub(super) heads: Vec<Steps>,
    /// Attributes at the place that the leading bits of their key say, or behind it, where the next free one was. The last
    /// one is free.
    slots: Vec<Slot>,
    shift: u32,
    /// For each attribute how many pieces and how many lone weights it has, and these.
    weights: Vec<i16>,
}

/// An attribute and where its weights are.
#[derive(Clone, Copy, Debug)]
struct Slot {
    key: u32,
    at: u32,
}

/// A slot without an attribute.
const FREE: Slot = Slot { key: 0, at: u32::MAX };

/// Attributes that were looked up: kept, so that looking up allocates nothing.
#[derive(Debug, Default)]
pub(super) struct Found {
    tried: Vec<(u32, Slot)>,
    rows: Vec<Row>,
    /// Where the rows of each word end.
    ends: Vec<usize>,
}

/// Numbers that lie so far apart come from memory one by one.
const FAR: usize = 32;

/// Where the weights of an attribute are, and how many.
#[derive(Clone, Copy, Debug)]
struct Row {
    at: u32,
    pieces: i16,
    lone: i16,
}

/// So many weights in one group make it a piece: it takes the room of four or five and is added as fast as two.
const FEW: usize = 3;

/// A piece: the number of the group, and its weights as bytes, each number with that of the lane eight behind in its upper
/// half.
const PIECE: usize = 1 + LANES / 2;

/// A weight alone: the number of its group times [`LANES`] and its lane, and the weight.
const LONE: usize = 2;

/// A weight and where it goes: group, lane, weight.
type Target = (u16, u8, i16);

impl Table {
    /// The weights of heads, the first to work first.
    #[must_use]
    pub fn of(heads: &[Head]) -> Self {
        let mut attributes: Vec<(u32, usize, &[_])> = Vec::new();
        for (number, head) in heads.iter().enumerate() {
            attributes.extend(head.attributes().map(|(key, entries)| (key, number, entries)));
        }
        attributes.sort_by_key(|&(key, ..)| key);
        let alike: Vec<_> = attributes.chunk_by(|a, b| a.0 == b.0).collect();
        let count = |same: &[(u32, usize, &[_])]| same.iter().map(|(.., e)| e.len()).sum::<usize>();
        let mut order: Vec<_> = alike.iter().map(|same| (usize::MAX - count(same), *same)).collect();
        order.sort_by_key(|&(few, _)| few);
        let bits = (usize::BITS - alike.len().leading_zeros()).clamp(1, 24);
        let mut table = Self {
            heads: heads.iter().map(Steps::of).collect(),
            slots: vec![FREE; (1 << bits) + alike.len() / 64 + 2],
            shift: u32::BITS - bits,
            weights: Vec::new(),
        };
        let tags: Vec<usize> = heads.iter().map(Head::tags).collect();
        let stride = table.stride();
        let mut targets: Vec<Target> = Vec::new();
        for (_, same) in order {
            targets.clear();
            for &(_, number, entries) in same {
                let tags = tags.get(number).copied().unwrap_or(1);
                targets.extend(entries.iter().map(|entry| {
                    let (before, tag) = entry.target(tags);
                    let (group, lane) = place(tag);
                    let to = (PLACES - 1 - before.min(PLACES - 1)) * stride + number * GROUPS + group;
                    (to as u16, lane as u8, entry.weight)
                }));
            }
            targets.sort_unstable();
            if let Some(&(key, ..)) = same.first() {
                table.enter(key, &targets);
            }
        }
        table.weights.shrink_to_fit();
        table
    }

    /// Enters an attribute with its weights in order.
    fn enter(&mut self, key: u32, targets: &[Target]) {
        let at = self.weights.len();
        self.weights.extend([0, 0]);
        let (mut pieces, mut lone) = (0, 0);
        let groups = || targets.chunk_by(|a, b| a.0 == b.0);
        for piece in groups().filter_map(piece) {
            self.weights.extend(piece);
            pieces += 1;
        }
        for &(to, lane, weight) in groups().filter(|group| piece(group).is_none()).flatten() {
            self.weights.extend([(usize::from(to) * LANES + usize::from(lane)) as i16, weight]);
            lone += 1;
        }
        if let Some(counts) = self.weights.get_mut(at..at + 2) {
            counts.copy_from_slice(&[pieces, lone]);
        }
        let free = self.slots.iter().skip((key >> self.shift) as usize).position(|slot| slot.at == FREE.at);
        let free = free.map(|behind| (key >> self.shift) as usize + behind);
        if free.is_none_or(|free| free + 1 >= self.slots.len()) {
            self.slots.push(FREE);
        }
        if let Some(slot) = free.and_then(|free| self.slots.get_mut(free)) {
            *slot = Slot { key, at: at as u32 };
        }
    }

    /// How many groups a word's scores have.
    pub(super) fn stride(&self) -> usize {
        GROUPS * self.heads.len()
    }

    /// Looks up the attributes of several words, in their order.
    ///
    /// Each round asks for all before the next needs any, so that the processor has them come from memory at the same time
    /// instead of waiting for one after the other.
    pub(super) fn find<K: Iterator<Item = u32>>(&self, words: impl Iterator<Item = K>, found: &mut Found) {
        let slot = |at: usize| self.slots.get(at).copied().unwrap_or(FREE);
        found.tried.clear();
        found.ends.clear();
        for keys in words {
            found.tried.extend(keys.map(|key| (key, slot((key >> self.shift) as usize))));
            found.ends.push(found.tried.len());
        }
        found.rows.clear();
        let mut from = 0;
        for end in &mut found.ends {
            for &(key, first) in found.tried.get(from..*end).unwrap_or_default() {
                let mut at = (key >> self.shift) as usize;
                let mut here = first;
                while here.key != key && here.at != FREE.at {
                    at += 1;
                    here = slot(at);
                }
                if here.at != FREE.at {
                    found.rows.push(Row { at: here.at, pieces: 0, lone: 0 });
                }
            }
            from = std::mem::replace(end, found.rows.len());
        }
        let mut touched = 0;
        for row in &mut found.rows {
            let weights = self.weights.get(row.at as usize..).unwrap_or_default();
            if let Some(&[pieces, lone]) = weights.first_chunk() {
                (row.pieces, row.lone) = (pieces, lone);
                let count = pieces as usize * PIECE + lone as usize * LONE;
                for weight in weights.get(..count + 2).unwrap_or_default().iter().skip(FAR).step_by(FAR) {
                    touched ^= weight;
                }
            }
        }
        std::hint::black_box(touched);
    }

    /// Adds the weights of the attributes found of a word to the scores of the words around: [`PLACES`] words, the
    /// attributes' own in the middle.
    ///
    /// Sums are modulo 2^16, so their order makes no difference. What is written keeps far from that: it would be a
    /// likelihood of e^256.
    #[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
    pub(super) fn add(&self, found: &Found, word: usize, scores: &mut [Group<i16>]) {
        for row in found.of(word) {
            let from = row.at as usize + 2;
            let between = from + row.pieces as usize * PIECE;
            let (pieces, _) = self.weights.get(from..between).unwrap_or_default().as_chunks::<PIECE>();
            for &[to, ref weights @ ..] in pieces {
                if let Some(group) = scores.get_mut(to as usize) {
                    // A copy: the processor then need not mind that one might be written over the other.
                    let mut sums = *group;
                    let (low, high) = sums.split_at_mut(LANES / 2);
                    for ((low, high), two) in low.iter_mut().zip(high).zip(weights) {
                        *low = low.wrapping_add(two << 8 >> 8);
                        *high = high.wrapping_add(two >> 8);
                    }
                    *group = sums;
                }
            }
            let end = between + row.lone as usize * LONE;
            let (lone, _) = self.weights.get(between..end).unwrap_or_default().as_chunks::<LONE>();
            let scores = scores.as_flattened_mut();
            for &[to, weight] in lone {
                if let Some(score) = scores.get_mut(to as usize) {
                    *score = score.wrapping_add(weight);
                }
            }
        }
    }
}

impl Found {
    /// The attributes found of the word with this number.
    fn of(&self, word: usize) -> &[Row] {
        let from = word.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(word).and_then(|&end| self.rows.get(from..end)).unwrap_or_default()
    }
}

/// The weights of one group as a piece; `None` if they are few or large.
fn piece(group: &[Target]) -> Option<[i16; PIECE]> {
    let &(to, ..) = group.first().filter(|_| group.len() >= FEW)?;
    let mut piece = [0; PIECE];
    let (number, weights) = piece.split_first_mut()?;
    *number = to as i16;
    for &(_, lane, weight) in group {
        let byte = i16::from(i8::try_from(weight).ok()?);
        let lane = usize::from(lane);
        let two = weights.get_mut(lane % (LANES / 2))?;
        *two |= if lane < LANES / 2 { byte & 0xFF } else { byte << 8 };
    }
    Some(piece)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tagger::head::Weights;
    use crate::extract::tagger::sequence::GAPS;
    use crate::extract::tagger::tags::{Tag, tag_count};
    use proptest::prelude::*;

    /// Place, tag and weight.
    type Said = (u8, Tag, i16);

    /// A head of some labels with weights for the tags that it has.
    fn head(labels: usize, weights: &[(u32, Vec<Said>)]) -> Head {
        let tags = tag_count(labels);
        let mut attributes =
            std::collections::BTreeMap::<u32, std::collections::BTreeMap<(u8, Tag), i16>>::new();
        for (key, entries) in weights {
            let fits = entries.iter().filter(|entry| usize::from(entry.1) < tags);
            attributes
                .entry(*key)
                .or_default()
                .extend(fits.map(|&(place, tag, weight)| ((place, tag), weight)));
        }
        let weights = attributes.into_iter().map(|(key, entries)| Weights {
            key,
            entries: entries.into_iter().map(|((place, tag), weight)| (place, tag, weight)).collect(),
        });
        let names = (0..labels).map(|label| format!("L{label}")).collect();
        Head::new(names, 0.01, weights.collect(), vec![0; GAPS * tags * tags])
    }

    proptest! {
        #[test]
        fn what_is_added_is_what_the_heads_have(
            labels in (1usize..16, 1usize..16),
            weights in prop::collection::vec(
                (0u32..40, prop::collection::vec((0..5u8, 0..61 as Tag, -300..300i16), 0..40)),
                0..20,
            ),
        ) {
            // Keys far apart and close together.
            let spread = |key: u32| if key.is_multiple_of(2) { key } else { key.wrapping_mul(0x0900_0001) };
            let weights: Vec<_> = weights.into_iter().map(|(key, entries)| (spread(key), entries)).collect();
            let (one, other) = weights.split_at(weights.len() / 2);
            let heads = [head(labels.0, one), head(labels.1, other)];
            let table = Table::of(&heads);
            let mut found = Found::default();
            for key in (0..40).map(spread) {
                let mut scores = vec![[0i16; LANES]; PLACES * table.stride()];
                table.find([[key].into_iter()].into_iter(), &mut found);
                table.add(&found, 0, &mut scores);
                let mut expected = vec![[0i16; LANES]; PLACES * table.stride()];
                for (number, head) in heads.iter().enumerate() {
                    for (_, entries) in head.attributes().filter(|attribute| attribute.0 == key) {
                        for entry in entries {
                            let (before, tag) = entry.target(head.tags());
                            let (group, lane) = place(tag);
                            expected[((4 - before) * 2 + number) * GROUPS + group][lane] += entry.weight;
                        }
                    }
                }
                prop_assert_eq!(scores, expected);
            }
        }
    }
}
