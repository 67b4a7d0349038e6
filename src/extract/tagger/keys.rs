//! Sorted hash keys that are found quickly: they lie evenly, so their leading bits tell where to look.

use super::bytes::{Bytes, ModelError, Writer};

/// So many more leading bits than keys tell a key that is not there: one in eight of these is looked for in vain.
const FINER: u32 = 3;

/// Keys in ascending order, with the places where each run of leading bits begins.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyIndex {
    keys: Vec<u32>,
    shift: u32,
    firsts: Vec<u32>,
    /// A bit for each run of more leading bits, set if a key begins so: most of what is looked for is not there, and this
    /// is small enough to stay close to the processor.
    present: Vec<u64>,
    fine: u32,
}

impl KeyIndex {
    /// An index over keys that are sorted and all different.
    pub(super) fn new(keys: Vec<u32>) -> Self {
        let bits = (usize::BITS - keys.len().leading_zeros()).clamp(1, 22);
        let shift = u32::BITS - bits;
        let mut firsts = vec![0; (1 << bits) + 1];
        for &key in &keys {
            if let Some(count) = firsts.get_mut((key >> shift) as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for slot in &mut firsts {
            sum += *slot;
            *slot = sum;
        }
        let fine = u32::BITS - (bits + FINER).min(u32::BITS - 1);
        let mut present = vec![0; 1 << (u32::BITS - fine).saturating_sub(6)];
        for &key in &keys {
            let at = key >> fine;
            if let Some(word) = present.get_mut((at >> 6) as usize) {
                *word |= 1 << (at & 63);
            }
        }
        Self { keys, shift, firsts, present, fine }
    }

    /// The keys.
    pub(super) fn keys(&self) -> &[u32] {
        &self.keys
    }

    /// The place of a key.
    #[inline]
    pub(super) fn find(&self, key: u32) -> Option<usize> {
        let at = key >> self.fine;
        if self.present.get((at >> 6) as usize)? >> (at & 63) & 1 == 0 {
            return None;
        }
        let bucket = (key >> self.shift) as usize;
        let from = *self.firsts.get(bucket)? as usize;
        let to = *self.firsts.get(bucket + 1)? as usize;
        self.keys.get(from..to)?.iter().position(|&k| k == key).map(|at| from + at)
    }

    pub(super) fn write(&self, out: &mut Writer) {
        write(&self.keys, out);
    }

    pub(super) fn read(bytes: &mut Bytes<'_>) -> Result<Self, ModelError> {
        read(bytes).map(Self::new)
    }
}

/// Writes ascending keys as their differences.
pub(super) fn write(keys: &[u32], out: &mut Writer) {
    out.number(keys.len() as u64);
    let mut before = 0;
    for &key in keys {
        out.number(u64::from(key - before));
        before = key;
    }
}

/// Reads what [`write`] writes.
pub(super) fn read(bytes: &mut Bytes<'_>) -> Result<Vec<u32>, ModelError> {
    let mut keys = Vec::with_capacity(bytes.count(1 << 24)?);
    let mut key = 0u32;
    bytes.numbers(keys.capacity(), |step| {
        let step = u32::try_from(step).map_err(|_| ModelError::Malformed)?;
        key = key.checked_add(step).ok_or(ModelError::Malformed)?;
        keys.push(key);
        Ok(())
    })?;
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_and_no_other() {
        let keys: Vec<u32> = (0..5000u32).map(|n| n * 858_993).collect();
        let index = KeyIndex::new(keys.clone());
        for (at, key) in keys.iter().enumerate() {
            assert_eq!(index.find(*key), Some(at));
            assert_eq!(index.find(key + 1), None);
        }
        assert_eq!(KeyIndex::new(Vec::new()).find(7), None);
    }

    #[test]
    fn an_index_is_read_back() {
        let mut out = Writer::default();
        KeyIndex::new(vec![0, 3, u32::MAX]).write(&mut out);
        assert_eq!(KeyIndex::read(&mut Bytes::new(&out.0)).unwrap().keys(), [0, 3, u32::MAX]);
        assert!(KeyIndex::read(&mut Bytes::new(&out.0[..3])).is_err());
    }
}
