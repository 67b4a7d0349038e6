//! How the spans of a document may lie to each other.

use serde::{Deserialize, Serialize};

use crate::text::ByteRange;

/// Whether spans may lie over each other. The page lets them in any case, as what somebody drags over is kept; the lint
/// finds those that the schema does not want.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layers {
    /// No two spans share a letter.
    #[default]
    Flat,
    /// A span may lie within another, or on the same letters; none lies over one end of another.
    Nested,
    /// Spans may lie over each other in any way.
    Free,
}

impl Layers {
    /// All of them, from the strictest on.
    pub const ALL: [Self; 3] = [Self::Flat, Self::Nested, Self::Free];

    /// Its word in a schema's JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::Nested => "nested",
            Self::Free => "free",
        }
    }

    /// True if spans on these places may stand beside each other.
    #[must_use]
    pub fn allow(self, one: ByteRange, other: ByteRange) -> bool {
        match self {
            _ if !one.overlaps(other) => true,
            Self::Flat => false,
            Self::Nested => one.contains(other) || other.contains(one),
            Self::Free => true,
        }
    }

    /// True if it is the strictest, which is not written.
    pub(super) fn is_flat(&self) -> bool {
        *self == Self::Flat
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn each_allows_what_the_stricter_one_does_and_more() {
        let (apart, inside, same, across) = (6..9, 1..3, 0..4, 2..6);
        let others = [apart, inside, same, across].map(ByteRange::from);
        let allowed = |layers: Layers| others.map(|other| layers.allow((0..4).into(), other));
        assert_eq!(allowed(Layers::Flat), [true, false, false, false]);
        assert_eq!(allowed(Layers::Nested), [true, true, true, false]);
        assert_eq!(allowed(Layers::Free), [true; 4]);
    }
}
