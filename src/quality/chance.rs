//! Chance that comes out the same each time: the seed is given.

/// 2⁶⁴ divided by the golden ratio, odd: the step of SplitMix64.
pub(super) const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// Numbers that look random: SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators").
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    /// The sequence of a seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number, of 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// A number from 0 up to, and without, a bound; each as likely as the others to within 2⁻³² of its share. 0 if the
    /// bound is 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        // The high word of the product is the number (Lemire 2019).
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// Puts things in another order; every order is as likely (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }
}

/// Spreads a number over all its bits: the last steps of SplitMix64.
pub(super) fn mix(z: u64) -> u64 {
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_each_time() {
        // The first numbers of seed 0, as the authors' reference prints them.
        let mut chance = Chance::new(0);
        assert_eq!([chance.next(), chance.next()], [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4]);
    }

    #[test]
    fn every_number_below_the_bound_comes_about_as_often() {
        let mut counts = [0_usize; 7];
        let mut chance = Chance::new(3);
        (0..70_000).for_each(|_| counts[chance.below(7)] += 1);
        assert!(counts.iter().all(|&count| (9_500..10_500).contains(&count)), "{counts:?}");
        assert_eq!(chance.below(0), 0);
    }

    #[test]
    fn a_shuffle_keeps_everything() {
        let mut things: Vec<_> = (0..50).collect();
        Chance::new(5).shuffle(&mut things);
        assert_ne!(things, (0..50).collect::<Vec<_>>());
        things.sort_unstable();
        assert_eq!(things, (0..50).collect::<Vec<_>>());
    }
}
