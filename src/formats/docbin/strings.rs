//! spaCy's names for strings: a 64-bit hash, but for a table of reserved words, which have small numbers, and for the
//! empty string, which is 0.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The reserved words, those with the numbers 1, 2, 3 … in this order (`spacy.symbols`; the tests compare). They are not
/// only attributes: `LOC`, `ORG` and `DATE` are among them, and so a text may hold any of them as a word.
static SYMBOLS: LazyLock<HashMap<&'static str, u64>> =
    LazyLock::new(|| (1..).zip(include_str!("symbols.txt").lines()).map(|(id, name)| (name, id)).collect());

/// spaCy's number of a string.
pub(super) fn id(string: &str) -> u64 {
    if string.is_empty() {
        return 0;
    }
    SYMBOLS.get(string).copied().unwrap_or_else(|| murmur_hash_64a(string.as_bytes(), 1))
}

/// MurmurHash64A (Austin Appleby, public domain).
fn murmur_hash_64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let (blocks, tail) = bytes.as_chunks::<8>();
    for block in blocks {
        let mut k = u64::from_le_bytes(*block).wrapping_mul(M);
        k ^= k >> R;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !tail.is_empty() {
        let last = tail.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
        hash = (hash ^ last).wrapping_mul(M);
    }
    hash = (hash ^ hash >> R).wrapping_mul(M);
    hash ^ hash >> R
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_that_spacy_gives() {
        for (string, wanted) in [
            ("", 0),
            ("IS_ALPHA", 1),
            ("LOC", 385),
            ("_", 456),
            ("PERS", 3_980_686_386_125_422_894),
            ("a", 11_901_859_001_352_538_922),
            ("spaces", 12_881_529_573_166_798_753),
            ("بغداد", 15_499_128_188_182_466_823),
            ("😊", 14_170_914_135_496_974_182),
        ] {
            assert_eq!(id(string), wanted, "{string}");
        }
    }
}
