//! Articles that say nearly the same: found by MinHash, told by the words they share.
//!
//! An article is the set of its runs of three folded words (shingles; Broder 1997, "On the resemblance and containment of
//! documents"). How alike two are is the part of their shingles that both have (Jaccard). Pairs worth counting are found
//! by 128 minimum hashes in 32 bands of 4: of pairs that share half of their shingles 7 in 8 meet in a band, of those that
//! share seven tenths all but 2 in 10,000. A pair that met is then counted exactly, so nothing is called alike that is
//! not.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::text::{fold_word, words};

/// Words in a shingle.
const SHINGLE: usize = 3;
const BANDS: usize = 32;
const ROWS: usize = 4;

/// How alike two articles must be to count as nearly the same, if nothing else is asked for.
pub const NEARLY_THE_SAME: f64 = 0.7;

/// Two articles that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alike {
    /// The earlier one, by its place in the list.
    pub first: usize,
    /// The later one.
    pub second: usize,
    /// The part of their shingles that both have, 0 to 1.
    pub share: f64,
}

/// The pairs of texts that share at least `least` of their shingles, in order. Case, marks, tatweel, spelling of alif and
/// the like, punctuation and spaces make no difference; texts without a word are like none.
#[must_use]
pub fn alike(texts: &[&str], least: f64) -> Vec<Alike> {
    let shingles: Vec<BTreeSet<u64>> = texts.iter().map(|text| shingles(text)).collect();
    let mut candidates = BTreeSet::new();
    for band in 0..BANDS {
        let mut met: HashMap<[u64; ROWS], Vec<usize>> = HashMap::new();
        for (number, shingles) in shingles.iter().enumerate().filter(|(_, shingles)| !shingles.is_empty()) {
            let rows = std::array::from_fn(|row| smallest(shingles, (band * ROWS + row) as u64));
            met.entry(rows).or_default().push(number);
        }
        for group in met.values() {
            for (at, &first) in group.iter().enumerate() {
                candidates.extend(group.iter().skip(at + 1).map(|&second| (first, second)));
            }
        }
    }
    let counted = candidates.into_iter().filter_map(|(first, second)| {
        let share = jaccard(shingles.get(first)?, shingles.get(second)?);
        Some(Alike { first, second, share })
    });
    counted.filter(|pair| pair.share >= least).collect()
}

/// The pairs of texts that share at least `least` of their shingles, of which the later one is new: among the new texts,
/// and between them and those that were known before. Places are those in the list of all texts, the known ones first.
///
/// Known texts are read once, and none of them is compared with another: some new articles cost little in a large
/// project.
#[must_use]
pub fn alike_new(known: &[&str], new: &[&str], least: f64) -> Vec<Alike> {
    let sets: Vec<BTreeSet<u64>> = new.iter().map(|text| shingles(text)).collect();
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for (number, shingles) in sets.iter().enumerate() {
        for &shingle in shingles {
            holders.entry(shingle).or_default().push(number);
        }
    }
    let mut found = Vec::new();
    for (first, text) in known.iter().enumerate() {
        let shingles = shingles(text);
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for &number in shingles.iter().filter_map(|shingle| holders.get(shingle)).flatten() {
            *shared.entry(number).or_default() += 1;
        }
        for (number, both) in shared {
            let of_new = sets.get(number).map_or(0, BTreeSet::len);
            let share = both as f64 / (shingles.len() + of_new - both) as f64;
            if share >= least {
                found.push(Alike { first, second: known.len() + number, share });
            }
        }
    }
    let shift =
        |pair: Alike| Alike { first: pair.first + known.len(), second: pair.second + known.len(), ..pair };
    found.extend(alike(new, least).into_iter().map(shift));
    found.sort_by_key(|pair| (pair.first, pair.second));
    found
}

/// For each of so many articles the first of its family: those that hang together by pairs.
#[must_use]
pub fn families(articles: usize, pairs: &[Alike]) -> Vec<usize> {
    let mut parents: Vec<usize> = (0..articles).collect();
    for pair in pairs {
        let (a, b) = (root(&parents, pair.first), root(&parents, pair.second));
        if let Some(parent) = parents.get_mut(a.max(b)) {
            *parent = a.min(b);
        }
    }
    (0..articles).map(|article| root(&parents, article)).collect()
}

fn root(parents: &[usize], mut at: usize) -> usize {
    while let Some(&parent) = parents.get(at).filter(|&&parent| parent != at) {
        at = parent;
    }
    at
}

/// The hashes of all runs of three words; of a shorter text the hash of the whole.
fn shingles(text: &str) -> BTreeSet<u64> {
    let words: Vec<u64> = words(text)
        .filter_map(|word| text.get(word.range.to_std()))
        .map(|word| hash(fold_word(word).bytes()))
        .collect();
    let together = |run: &[u64]| hash(run.iter().flat_map(|word| word.to_le_bytes()));
    if words.is_empty() {
        return BTreeSet::new();
    }
    words.windows(SHINGLE.min(words.len())).map(together).collect()
}

fn jaccard(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> f64 {
    let both = a.intersection(b).count();
    both as f64 / (a.len() + b.len() - both) as f64
}

/// FNV-1a, 64 bits: the same on every machine.
fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// The smallest of some hashes after one of many ways of mixing them.
fn smallest(shingles: &BTreeSet<u64>, way: u64) -> u64 {
    let salt = (way + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = shingles.iter().map(|&shingle| {
        let z = shingle ^ salt;
        let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    });
    mixed.min().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::chance::Chance;

    /// Texts of numbered words.
    fn text(words: impl IntoIterator<Item = usize>) -> String {
        words.into_iter().map(|word| format!("كلمة{word} ")).collect()
    }

    #[test]
    fn spelling_and_punctuation_do_not_part_articles() {
        let pairs = alike(&["زار الوفدُ القاهرة، أمس.", "زار  الوفد القاهره امس", "خبر آخر تماما"], 0.9);
        assert_eq!(pairs, [Alike { first: 0, second: 1, share: 1.0 }]);
    }

    #[test]
    fn the_share_is_counted_exactly() {
        // 10 and 9 shingles in twelve and eleven words; 9 of them in both.
        let (long, short) = (text(0..12), text(0..11));
        assert_eq!(alike(&[&long, &short], 0.5)[0].share, 0.9);
        assert_eq!(alike(&[&long, &short], 0.95), []);
    }

    #[test]
    fn texts_without_words_and_short_ones_are_compared_whole() {
        assert_eq!(alike(&["", "  ", "نعم", "نعم!"], 0.7), [Alike { first: 2, second: 3, share: 1.0 }]);
    }

    #[test]
    fn no_pair_far_over_the_threshold_is_missed() {
        let mut chance = Chance::new(1);
        let mut texts = Vec::new();
        for article in 0..100 {
            let words: Vec<_> = (0..120).map(|_| chance.below(5000)).collect();
            let mut copy = words.clone();
            copy[article] = 9999;
            copy.truncate(110);
            texts.extend([text(words), text(copy)]);
        }
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found: Vec<_> =
            alike(&texts, NEARLY_THE_SAME).iter().map(|pair| (pair.first, pair.second)).collect();
        assert_eq!(found, (0..100).map(|n| (2 * n, 2 * n + 1)).collect::<Vec<_>>());
    }

    #[test]
    fn families_hang_together_over_several_steps() {
        let pair = |first, second| Alike { first, second, share: 1.0 };
        assert_eq!(families(6, &[pair(3, 4), pair(1, 4), pair(2, 5)]), [0, 1, 2, 1, 1, 2]);
    }
}
