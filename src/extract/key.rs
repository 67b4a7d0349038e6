//! Hash keys of folded words and word sequences: the alphabet of the gazetteer.
//!
//! The gazetteer stores 64-bit keys and no letters. That two different words of one text meet under one key is rare; the
//! worst that could come of it is a wrong suggestion.

use std::hash::{BuildHasherDefault, Hasher};

/// The multiplier of `FxHash`: an odd number without structure.
const MIX: u64 = 0x517c_c1b7_2722_0a95;

/// The key of one folded word.
#[inline]
pub(super) fn word_key(folded: &str) -> u64 {
    // The length tells apart what zero bytes at the end would not.
    let mut key = folded.len() as u64 + 1;
    let mut chunks = folded.as_bytes().chunks_exact(8);
    for chunk in &mut chunks {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(chunk);
        key = step(key, u64::from_le_bytes(bytes));
    }
    let mut tail = [0; 8];
    let rest = chunks.remainder();
    if let Some(slot) = tail.get_mut(..rest.len()) {
        slot.copy_from_slice(rest);
    }
    finish(step(key, u64::from_le_bytes(tail)))
}

/// A key that tells spellings apart. [`word_key`], which the gazetteer and the model are made with, now and then has one
/// key for two long words that differ in neighbouring letters; here what one step leaves goes into all of the next.
#[inline]
pub(super) fn spelling_key(word: &str) -> u64 {
    let mut key = word.len() as u64 + 1;
    for chunk in word.as_bytes().chunks(8) {
        let mut bytes = [0; 8];
        if let Some(slot) = bytes.get_mut(..chunk.len()) {
            slot.copy_from_slice(chunk);
        }
        key = (key ^ u64::from_le_bytes(bytes)).wrapping_mul(MIX);
        key ^= key >> 32;
    }
    finish(key)
}

/// The key of a sequence that goes on with one more word. An empty sequence has key 0.
#[inline]
pub(super) fn phrase_key(before: u64, word: u64) -> u64 {
    finish(step(before, word))
}

#[inline]
const fn step(key: u64, bits: u64) -> u64 {
    (key.rotate_left(5) ^ bits).wrapping_mul(MIX)
}

#[inline]
const fn finish(key: u64) -> u64 {
    let key = key ^ (key >> 32);
    key.wrapping_mul(MIX) ^ (key >> 29)
}

/// A hasher for maps whose keys are such keys already.
#[derive(Default)]
pub(super) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = step(self.0, u64::from(byte));
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// The state of a map over keys.
pub(super) type KeyState = BuildHasherDefault<KeyHasher>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_their_order_make_different_keys() {
        let (a, b) = (word_key("حزب"), word_key("الله"));
        assert_ne!(a, b);
        assert_ne!(phrase_key(phrase_key(0, a), b), phrase_key(phrase_key(0, b), a));
        assert_ne!(phrase_key(0, word_key("")), 0);
    }

    #[test]
    fn spellings_that_share_a_word_key_are_told_apart() {
        let two = ["JA-localNews-2883-20170315", "JA-localNews-2808-20170315"];
        assert_eq!(word_key(two[0]), word_key(two[1]), "another pair has to show it");
        assert_ne!(spelling_key(two[0]), spelling_key(two[1]));
    }
}
