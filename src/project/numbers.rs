//! The numbers of journal entries and of stacks, where they come from outside. The storage keeps them as numbers of
//! JavaScript, which tell neighbours apart up to 2^53. One above that, from a damaged or made-up file, would let every
//! later entry have the key of another one.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// The highest number that is told from its neighbours wherever it is kept.
pub(super) const HIGHEST: u64 = (1 << 53) - 1;

/// The highest number a file may bring: it leaves room for more entries than anybody can make. No entry that a storage
/// holds has a higher one.
pub const HIGHEST_BROUGHT: u64 = HIGHEST - (1 << 32);

/// What says that something is current up to an entry, or in up to a stack, of a number that no entry and no stack can
/// have: then it is so for all that can be there.
pub(super) fn bounded(number: u64) -> u64 {
    if number > HIGHEST { HIGHEST_BROUGHT } else { number }
}

/// Reads the number of an entry; to be named in `deserialize_with`.
pub(super) fn of_entry<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let number = u64::deserialize(deserializer)?;
    if number <= HIGHEST { Ok(number) } else { Err(D::Error::custom(TOO_HIGH)) }
}

/// Reads up to where something is current; to be named in `deserialize_with`.
pub(super) fn up_to<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    u64::deserialize(deserializer).map(bounded)
}

/// What is said of an entry with such a number.
pub(super) const TOO_HIGH: &str = "its number is higher than numbers of entries can be";
