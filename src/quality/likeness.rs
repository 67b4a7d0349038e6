//! Articles that say nearly the same: found by MinHash, told by the words they share.
//!
//! An article is the set of its runs of three folded words (shingles; Broder 1997, "On the resemblance and containment of
//! documents"). How alike two are is the part of their shingles that both have (Jaccard). Pairs worth counting are found
//! by 128 minimum hashes in 32 bands of 4: of pairs that share half of their shingles 7 in 8 meet in a band, of those that
//! share seven tenths all but 2 in 10,000. A pair that met is then counted exactly, so nothing is called alike that is
//! not.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::chance::{GOLDEN, mix};
use crate::text::{fold_word, words};

/// Words in a shingle.
const SHINGLE: usize = 3;
const BANDS: usize = 32;
const ROWS: usize = 4;

/// So many smallest hashes are kept of a text.
const MINIMA: usize = BANDS * ROWS;

/// So many earlier texts are held against a new one.
pub const CANDIDATES: usize = 2;

/// What two texts share by their sketches is hardly ever off by more.
pub const MARGIN: f64 = 0.12;

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
    let shingles: Vec<BTreeSet<u64>> = texts.iter().map(|text| set(text)).collect();
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

/// What is kept of a text to find those that are like it: so little that it is kept of any number of texts.
///
/// The shingles are dealt into 128 bins by their hash, and of each bin the smallest hash is kept (one permutation hashing;
/// Li, Owen and Zhang 2012). An empty bin has what a bin has that is drawn for it, the same one for all texts (Shrivastava
/// 2017, "Optimal densification"). Two texts have the same in as many bins as they share of their shingles, give or take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch(Option<Box<[u32; MINIMA]>>);

impl Sketch {
    /// The sketch of a text. One without a word is like none.
    #[must_use]
    pub fn of(text: &str) -> Self {
        const EMPTY: u32 = u32::MAX;
        let mut minima = Box::new([EMPTY; MINIMA]);
        let mut is_empty = true;
        for shingle in shingles(text) {
            let mixed = mix(shingle);
            let value = (mixed as u32).min(EMPTY - 1);
            if let Some(smallest) = minima.get_mut((mixed >> 32) as usize % MINIMA) {
                *smallest = value.min(*smallest);
                is_empty = false;
            }
        }
        if is_empty {
            return Self(None);
        }
        let dealt = minima.clone();
        for (bin, smallest) in minima.iter_mut().enumerate().filter(|(_, smallest)| **smallest == EMPTY) {
            let drawn = (1..).map(|draw: u64| mix((bin as u64) << 32 | draw) as usize % MINIMA);
            let full = |other: usize| dealt.get(other).copied().filter(|&value| value != EMPTY);
            *smallest = drawn.map(full).find_map(|value| value).unwrap_or(EMPTY);
        }
        Self(Some(minima))
    }

    /// What two texts share, estimated: one time in three it is off by more than four hundredths.
    fn share(&self, other: &Self) -> f64 {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => {
                let same = one.iter().zip(other.iter()).filter(|(a, b)| a == b).count();
                same as f64 / MINIMA as f64
            }
            _ => 0.0,
        }
    }
}

/// Of each text behind the first `known` ones the earlier texts that may share at least `least` with it, at most
/// [`CANDIDATES`], the likeliest first, with what they share by their sketches. That is off by more than [`MARGIN`] three
/// times in a thousand.
///
/// The work grows with the number of texts and not with that of pairs: in a crowd of texts that are all alike each is held
/// against the first ones and those just before it.
#[must_use]
pub fn likely(sketches: &[Sketch], known: usize, least: f64) -> Vec<Alike> {
    let mut best: HashMap<usize, Vec<(usize, f64)>> = HashMap::new();
    for band in 0..BANDS {
        let mut met: HashMap<&[u32], Vec<usize>> = HashMap::new();
        for (number, sketch) in sketches.iter().enumerate() {
            let Some(rows) = sketch.0.as_ref().and_then(|minima| minima.chunks_exact(ROWS).nth(band)) else {
                continue;
            };
            let group = met.entry(rows).or_default();
            if number >= known {
                let latest = group.iter().skip(CANDIDATES).rev().take(CANDIDATES);
                for &earlier in group.iter().take(CANDIDATES).chain(latest) {
                    let candidates = best.entry(number).or_default();
                    if candidates.iter().any(|&(other, _)| other == earlier) {
                        continue;
                    }
                    let share = sketches.get(earlier).map_or(0.0, |other| sketch.share(other));
                    if share >= least - MARGIN {
                        candidates.push((earlier, share));
                        candidates.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                        candidates.truncate(CANDIDATES);
                    }
                }
            }
            group.push(number);
        }
    }
    let pair = |second, (first, share)| Alike { first, second, share };
    let mut pairs: Vec<Alike> = best
        .into_iter()
        .flat_map(|(second, earlier)| earlier.into_iter().map(move |candidate| pair(second, candidate)))
        .collect();
    // The likeliest of each come first already.
    pairs.sort_by_key(|pair| pair.second);
    pairs
}

/// What two texts share of their shingles, 0 to 1.
#[must_use]
pub fn share(one: &str, other: &str) -> f64 {
    let (one, other) = (set(one), set(other));
    if one.is_empty() || other.is_empty() { 0.0 } else { jaccard(&one, &other) }
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

/// The hashes of all runs of three words, as often as they stand there; of a shorter text the hash of the whole.
fn shingles(text: &str) -> Vec<u64> {
    let words: Vec<u64> = words(text)
        .filter_map(|word| text.get(word.range.to_std()))
        .map(|word| hash(fold_word(word).bytes()))
        .collect();
    let together = |run: &[u64]| hash(run.iter().flat_map(|word| word.to_le_bytes()));
    if words.is_empty() {
        return Vec::new();
    }
    words.windows(SHINGLE.min(words.len())).map(together).collect()
}

fn set(text: &str) -> BTreeSet<u64> {
    shingles(text).into_iter().collect()
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
    let salt = (way + 1).wrapping_mul(GOLDEN);
    shingles.iter().map(|&shingle| mix(shingle ^ salt)).min().unwrap_or_default()
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
    fn sketches_find_the_pairs_that_counting_finds() {
        let mut chance = Chance::new(7);
        let mut texts = Vec::new();
        for article in 0..200 {
            let words: Vec<_> = (0..40 + article).map(|_| chance.below(5000)).collect();
            let mut copy = words.clone();
            copy[article / 6] = 9999;
            copy.truncate(37 + article);
            texts.extend([text(words), text(copy)]);
        }
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let sketches: Vec<_> = texts.iter().map(|text| Sketch::of(text)).collect();
        let near = |known: usize| {
            let pairs = likely(&sketches, known, NEARLY_THE_SAME).into_iter();
            let mut pairs: Vec<_> = pairs
                .inspect(|pair| {
                    let off = pair.share - share(texts[pair.first], texts[pair.second]);
                    assert!(off.abs() < 1.5 * MARGIN, "{pair:?} is off by {off}");
                })
                .map(|pair| (pair.first, pair.second))
                .filter(|&(a, b)| share(texts[a], texts[b]) >= NEARLY_THE_SAME)
                .collect();
            pairs.sort_unstable();
            pairs
        };
        let counted: Vec<_> =
            alike(&texts, NEARLY_THE_SAME).iter().map(|pair| (pair.first, pair.second)).collect();
        assert_eq!(near(0), counted);
        assert!(counted.len() > 190, "{}", counted.len());
        assert_eq!(
            near(300),
            counted[counted.len() - 50..],
            "of those known before none is held against another"
        );
    }

    #[test]
    fn a_crowd_of_the_same_text_is_no_crowd_of_pairs_and_blanks_are_like_none() {
        let crowd =
            vec![Sketch::of("وصل الوفد إلى بغداد اليوم بعد زيارة"); 1_000];
        let pairs = likely(&crowd, 0, NEARLY_THE_SAME);
        assert_eq!((pairs.len(), pairs[0].first, pairs[0].second), (1 + 998 * CANDIDATES, 0, 1));
        let blanks = [" ", "", "!?"].map(Sketch::of);
        assert_eq!(likely(&blanks, 0, NEARLY_THE_SAME), []);
    }

    #[test]
    fn families_hang_together_over_several_steps() {
        let pair = |first, second| Alike { first, second, share: 1.0 };
        assert_eq!(families(6, &[pair(3, 4), pair(1, 4), pair(2, 5)]), [0, 1, 2, 1, 1, 2]);
    }
}
