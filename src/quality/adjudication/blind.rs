//! Who said what, hidden: the adjudicator sees answers in an order that tells nothing.

use crate::annotation::DocumentId;
use crate::quality::chance::Chance;
use crate::text::ByteRange;

/// The voices of a region in the order in which they are shown. It is another order in every region, so that the first
/// is not always the same, and the same order each time the region is looked at.
#[must_use]
pub fn blind_order(voices: &[usize], document: &DocumentId, region: ByteRange, seed: u64) -> Vec<usize> {
    let place = [region.start.get(), region.end.get()];
    let bytes = document.as_str().bytes().chain(place.into_iter().flat_map(u32::to_le_bytes));
    // FNV-1a: the same on every machine.
    let hash = bytes.fold(0xCBF2_9CE4_8422_2325 ^ seed, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    let mut order = voices.to_vec();
    Chance::new(hash).shuffle(&mut order);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_fixed_for_a_region_and_tells_nothing() {
        let id = DocumentId::new("d");
        let order = |start: usize| blind_order(&[0, 1, 2], &id, (start..start + 4).into(), 7);
        assert_eq!(order(10), order(10));
        let mut first = [0_usize; 3];
        (0..3000).for_each(|start| first[order(start)[0]] += 1);
        assert!(first.iter().all(|&count| (850..1150).contains(&count)), "{first:?}");
        assert_ne!(
            (0..50).map(order).collect::<Vec<_>>(),
            (0..50)
                .map(|start| blind_order(&[0, 1, 2], &id, (start..start + 4).into(), 8))
                .collect::<Vec<_>>()
        );
    }
}
