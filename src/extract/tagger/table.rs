//! The weights of all heads, laid out for use: an attribute is looked up once, and what it says to every head lies together.
//!
//! The tags of a head are taken in groups of sixteen ([`Group`]). Where an attribute has several weights in one group, the
//! whole group is kept as bytes and added at once; weights that stand alone are kept with their place. What has the most
//! weights is asked for most often, so it comes first and stays close to the processor.

use super::head::{Entry, Head, PLACES};
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
    /// A bit for each run of more leading bits, set if an attribute begins so: a third of what is looked for has no weights,
    /// and this is small enough to stay close to the processor.
    present: Vec<u64>,
    /// For each attribute how many pieces and how many lone weights it has, and these.
    weights: Vec<i16>,
}

/// An attribute and where its weights are.
#[derive(Clone, Copy, Debug)]
struct Slot {
    key: u32,
    row: Row,
}

/// A slot without an attribute.
const FREE: Slot = Slot { key: 0, row: Row(u32::MAX) };

/// So many more leading bits than slots have tell what is not there.
const FINER: u32 = 3;

/// Where the weights of an attribute begin, in pairs of numbers, and in the last bits how many times further on memory has
/// to be asked for them: both are known before any of them has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row(u32);

impl Row {
    const BITS: u32 = 4;

    /// The row at a place, of so many numbers; `None` if that is further than rows reach.
    fn new(at: usize, count: usize) -> Option<Self> {
        let begin = u32::try_from(at / 2).ok().filter(|begin| *begin < u32::MAX >> Self::BITS)?;
        let further = (at % FAR + count.max(1) - 1) / FAR;
        Some(Self(begin << Self::BITS | (further as u32).min((1 << Self::BITS) - 1)))
    }

    const fn at(self) -> usize {
        2 * (self.0 >> Self::BITS) as usize
    }

    const fn further(self) -> usize {
        (self.0 & ((1 << Self::BITS) - 1)) as usize
    }
}

/// Attributes that were looked up: kept, so that looking up allocates nothing.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The attributes that may be there, and the first slot where each may be.
    keys: Vec<u32>,
    slots: Vec<Slot>,
    rows: Vec<Row>,
    /// Where the rows of each word end.
    ends: Vec<usize>,
}

/// Numbers that lie so far apart come from memory one by one.
const FAR: usize = 32;

/// So many weights in one group make it a piece: it takes the room of four or five and is added as fast as two.
const FEW: usize = 3;

/// A piece: the number of the group, and its weights as bytes, each number with that of the lane eight behind in its upper
/// half.
const PIECE: usize = 1 + LANES / 2;

/// A weight alone: the number of its group times [`LANES`] and its lane, and the weight.
const LONE: usize = 2;

/// The weights of one attribute for all tags: the number of the group times [`LANES`] and the lane, and the weight.
#[derive(Default)]
struct Gathered {
    weights: Vec<(u16, i16)>,
    /// For each group: how many weights it has, and whether one of them is large. Nothing between two attributes.
    groups: Vec<(usize, bool)>,
}

impl Gathered {
    /// How many numbers the table has of the attribute.
    #[inline(never)]
    fn size(&mut self) -> usize {
        let mut size = 2;
        if self.weights.len() < FEW {
            // Most have so few that none is in a piece.
            return size + LONE * self.weights.len();
        }
        for weight in &self.weights {
            if let Some((count, is_large)) = self.groups.get_mut(group_of(weight)) {
                *count += 1;
                *is_large |= is_large_one(weight);
            }
        }
        for weight in &self.weights {
            let group = self.groups.get_mut(group_of(weight));
            let (count, is_large) = group.map_or((0, false), std::mem::take);
            size += if count >= FEW && !is_large { PIECE } else { LONE * count };
        }
        size.next_multiple_of(2)
    }

    /// Writes what the table has of the attribute: an even number of numbers.
    #[inline(never)]
    fn write(&mut self, out: &mut Vec<i16>) {
        out.clear();
        self.weights.sort_unstable_by_key(|&(place, _)| place);
        let groups = || self.weights.chunk_by(|one, other| group_of(one) == group_of(other));
        out.extend([0, 0]);
        let (mut pieces, mut lone) = (0, 0);
        for group in groups().filter(|group| is_piece(group)) {
            out.extend(piece(group));
            pieces += 1;
        }
        for &(place, weight) in groups().filter(|group| !is_piece(group)).flatten() {
            out.extend([place as i16, weight]);
            lone += 1;
        }
        if let Some(counts) = out.first_chunk_mut() {
            *counts = [pieces, lone];
        }
        out.resize(out.len().next_multiple_of(2), 0);
    }
}

/// Goes over the attributes of several heads in the order of their keys.
struct Merge<'h> {
    heads: &'h [Head],
    targets: Vec<Vec<u16>>,
    /// Which attribute of each head comes next.
    now: Vec<usize>,
    /// The weights of the attribute that came last.
    gathered: Gathered,
}

impl<'h> Merge<'h> {
    fn new(heads: &'h [Head]) -> Self {
        let stride = GROUPS * heads.len();
        let targets = heads.iter().enumerate().map(|(number, head)| targets(head, number, stride));
        let gathered = Gathered { weights: Vec::new(), groups: vec![(0, false); PLACES * stride] };
        Self { heads, targets: targets.collect(), now: vec![0; heads.len()], gathered }
    }

    /// The key of the next attribute, whose weights are gathered then; `None` if there is no other. A function of its own,
    /// so that a browser soon compiles it well.
    #[inline(never)]
    fn next(&mut self) -> Option<u32> {
        let next = self.heads.iter().zip(&self.now).filter_map(|(head, &at)| head.keys().get(at));
        let key = *next.min()?;
        self.gathered.weights.clear();
        for ((head, targets), at) in self.heads.iter().zip(&self.targets).zip(&mut self.now) {
            while head.keys().get(*at) == Some(&key) {
                let place = |entry: &Entry| Some((*targets.get(usize::from(entry.slot))?, entry.weight));
                self.gathered.weights.extend(head.entries(*at).iter().filter_map(place));
                *at += 1;
            }
        }
        Some(key)
    }
}

impl Table {
    /// The weights of heads, the first to work first.
    ///
    /// The heads are gone over twice, first for how much there is, so that nothing but the table itself is made: the
    /// memory of a page never shrinks again.
    #[must_use]
    pub fn of(heads: &[Head]) -> Self {
        let mut count = 0;
        // How much those with so many weights have in all.
        let mut places = Vec::new();
        let mut merge = Merge::new(heads);
        while merge.next().is_some() {
            count += 1;
            let weights = merge.gathered.weights.len();
            if places.len() <= weights {
                places.resize(weights + 1, 0);
            }
            if let Some(size) = places.get_mut(weights) {
                *size += merge.gathered.size();
            }
        }
        // Where they begin, the most first.
        let mut sum = 0;
        for place in places.iter_mut().rev() {
            sum += std::mem::replace(place, sum);
        }
        let bits = (usize::BITS - usize::leading_zeros(count)).clamp(1, 24);
        let mut table = Self {
            heads: heads.iter().map(Steps::of).collect(),
            slots: vec![FREE; (1 << bits) + count / 64 + 2],
            shift: u32::BITS - bits,
            present: vec![0; 1 << (bits + FINER).saturating_sub(6)],
            weights: vec![0; sum],
        };
        let mut numbers = Vec::new();
        let mut merge = Merge::new(heads);
        while let Some(key) = merge.next() {
            let Some(place) = places.get_mut(merge.gathered.weights.len()) else { continue };
            merge.gathered.write(&mut numbers);
            let at = *place;
            *place += numbers.len();
            if let Some(room) = table.weights.get_mut(at..at + numbers.len()) {
                room.copy_from_slice(&numbers);
            }
            if let Some(row) = Row::new(at, numbers.len()) {
                table.enter(key, row);
            }
        }
        table
    }

    /// Enters an attribute whose weights are there.
    #[inline(never)]
    fn enter(&mut self, key: u32, row: Row) {
        let first = (key >> self.shift) as usize;
        let free = self.slots.iter().skip(first).position(|slot| slot.row == FREE.row);
        let free = free.map(|behind| first + behind);
        if free.is_none_or(|free| free + 1 >= self.slots.len()) {
            self.slots.push(FREE);
        }
        if let Some(slot) = free.and_then(|free| self.slots.get_mut(free)) {
            *slot = Slot { key, row };
        }
        let (word, bit) = self.bit(key);
        if let Some(bits) = self.present.get_mut(word) {
            *bits |= 1 << bit;
        }
    }

    /// Where the bit is that says whether an attribute may be there.
    #[inline]
    const fn bit(&self, key: u32) -> (usize, u32) {
        let at = key >> (self.shift - FINER);
        ((at >> 6) as usize, at & 63)
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
        found.keys.clear();
        found.ends.clear();
        for keys in words {
            for key in keys {
                // Without a branch: nobody can tell beforehand which way it goes.
                let (word, bit) = self.bit(key);
                let is_there = self.present.get(word).copied().unwrap_or(0) >> bit & 1;
                let known = found.keys.len();
                found.keys.push(key);
                found.keys.truncate(known + is_there as usize);
            }
            found.ends.push(found.keys.len());
        }
        self.look(found);
        self.settle(found);
        self.touch(found);
    }

    /// Looks at the first slot of each attribute that may be there.
    #[inline(never)]
    fn look(&self, found: &mut Found) {
        let slots = found.keys.iter().map(|&key| self.slot((key >> self.shift) as usize));
        found.slots.clear();
        found.slots.extend(slots);
    }

    /// Goes on from the first slots to those of the attributes, if there are any.
    #[inline(never)]
    fn settle(&self, found: &mut Found) {
        found.rows.clear();
        let mut from = 0;
        for end in &mut found.ends {
            let keys = found.keys.get(from..*end).unwrap_or_default();
            let slots = found.slots.get(from..*end).unwrap_or_default();
            for (&key, &first) in keys.iter().zip(slots) {
                let mut at = (key >> self.shift) as usize;
                let mut here = first;
                while here.key != key && here.row != FREE.row {
                    at += 1;
                    here = self.slot(at);
                }
                if here.row != FREE.row {
                    found.rows.push(here.row);
                }
            }
            from = std::mem::replace(end, found.rows.len());
        }
    }

    /// Has the weights come from memory.
    #[inline(never)]
    fn touch(&self, found: &Found) {
        let mut touched = 0;
        for row in &found.rows {
            let at = row.at();
            touched ^= self.weights.get(at).copied().unwrap_or(0);
            for further in 1..=row.further() {
                touched ^= self.weights.get(at + further * FAR).copied().unwrap_or(0);
            }
        }
        std::hint::black_box(touched);
    }

    /// What is in a slot.
    #[inline]
    fn slot(&self, at: usize) -> Slot {
        self.slots.get(at).copied().unwrap_or(FREE)
    }

    /// Adds the weights of the attributes found of words to the scores of the words around each: [`PLACES`] words, the
    /// attributes' own in the middle. Those of the next word begin so many groups behind.
    ///
    /// Sums are modulo 2^16, so their order makes no difference. What is written keeps far from that: it would be a
    /// likelihood of e^256.
    #[cfg_attr(all(target_arch = "wasm32", not(feature = "scalar")), target_feature(enable = "simd128"))]
    pub(super) fn add(&self, found: &Found, scores: &mut [Group<i16>], step: usize) {
        for word in 0..found.ends.len() {
            let Some(scores) = scores.get_mut(word * step..) else { return };
            let rows = found.of(word);
            for row in rows {
                let (pieces, _) = self.weights_of(*row);
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
            }
            // After all pieces: a group that has just been written number by number is slow to read as a whole.
            let scores = scores.as_flattened_mut();
            for row in rows {
                let (_, lone) = self.weights_of(*row);
                for &[to, weight] in lone {
                    if let Some(score) = scores.get_mut(to as usize) {
                        *score = score.wrapping_add(weight);
                    }
                }
            }
        }
    }

    /// The pieces and the lone weights of an attribute.
    #[inline]
    fn weights_of(&self, row: Row) -> (&[[i16; PIECE]], &[[i16; LONE]]) {
        let Some((&[pieces, lone], rest)) =
            self.weights.get(row.at()..).and_then(|weights| weights.split_first_chunk())
        else {
            return (&[], &[]);
        };
        let between = pieces as usize * PIECE;
        let pieces = rest.get(..between).unwrap_or_default();
        let lone = rest.get(between..between + lone as usize * LONE).unwrap_or_default();
        (pieces.as_chunks().0, lone.as_chunks().0)
    }
}

impl Found {
    /// The attributes found of the word with this number.
    fn of(&self, word: usize) -> &[Row] {
        let from = word.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(word).and_then(|&end| self.rows.get(from..end)).unwrap_or_default()
    }
}

/// For each slot of a head with this number: the number of the group that its weight goes to, times [`LANES`], and the
/// lane.
fn targets(head: &Head, number: usize, stride: usize) -> Vec<u16> {
    let tags = head.tags();
    let target = |slot| {
        let (before, tag) = Entry { slot: slot as u16, weight: 0 }.target(tags);
        let (group, lane) = place(tag);
        // The first place is that of the word two before: there the attribute's word comes last.
        let to = (PLACES - 1 - before) * stride + number * GROUPS + group;
        (to * LANES + lane) as u16
    };
    (0..PLACES * tags).map(target).collect()
}

/// The number of the group that a weight goes to.
const fn group_of(weight: &(u16, i16)) -> usize {
    weight.0 as usize / LANES
}

/// True if a weight does not go into a byte.
fn is_large_one(weight: &(u16, i16)) -> bool {
    i8::try_from(weight.1).is_err()
}

/// True if the weights of a group make a piece: they are not few, and none is large.
fn is_piece(group: &[(u16, i16)]) -> bool {
    group.len() >= FEW && !group.iter().any(is_large_one)
}

/// The weights of a group as a piece.
fn piece(group: &[(u16, i16)]) -> [i16; PIECE] {
    let mut piece = [0; PIECE];
    for &(place, weight) in group {
        let lane = usize::from(place) % LANES;
        let two = 1 + lane % (LANES / 2);
        piece[two] |= if lane < LANES / 2 { weight & 0xFF } else { weight << 8 };
    }
    piece[0] = group.first().map_or(0, group_of) as i16;
    piece
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
                table.add(&found, &mut scores, 0);
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
