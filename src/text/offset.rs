//! Positions in a text, one type for each unit, so that a byte is never taken for a character.
//!
//! Three units meet in Misam: the core counts UTF-8 **bytes**, files count Unicode **code points**, and the DOM counts
//! **UTF-16** code units. Only [`SourceText`](super::SourceText) converts between them.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! offset {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(u32);

        impl $name {
            /// The start of the text.
            pub const ZERO: Self = Self(0);

            /// Wraps a count of this type's unit.
            #[must_use]
            pub const fn new(count: u32) -> Self {
                Self(count)
            }

            /// The bare count.
            #[must_use]
            pub const fn get(self) -> u32 {
                self.0
            }

            /// The bare count, for indexing.
            #[must_use]
            pub const fn to_usize(self) -> usize {
                self.0 as usize
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

offset! {
    /// Counts UTF-8 bytes from the start of a text.
    ByteOffset
}
offset! {
    /// Counts Unicode code points from the start of a text: the unit of Misam's files.
    CodePointOffset
}
offset! {
    /// Counts UTF-16 code units from the start of a text: the unit of the DOM and of JavaScript strings.
    Utf16Offset
}

impl From<usize> for ByteOffset {
    /// Texts are limited to 2 GiB ([`MAX_TEXT_BYTES`](super::MAX_TEXT_BYTES)), so indices into one always fit.
    fn from(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// A half-open range of UTF-8 bytes, `start <= end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ByteRange {
    /// The first byte.
    pub start: ByteOffset,
    /// The byte after the last.
    pub end: ByteOffset,
}

impl ByteRange {
    /// The range between two positions, whichever comes first.
    #[must_use]
    pub fn new(a: impl Into<ByteOffset>, b: impl Into<ByteOffset>) -> Self {
        let (a, b) = (a.into(), b.into());
        Self { start: a.min(b), end: a.max(b) }
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        (self.end.0 - self.start.0) as usize
    }

    /// True if the range covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True if `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True if the byte at `offset` belongs to the range (the end does not).
    #[must_use]
    pub fn holds(self, offset: ByteOffset) -> bool {
        self.start <= offset && offset < self.end
    }

    /// True if the two ranges share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same range as indices, for slicing.
    #[must_use]
    pub const fn to_std(self) -> std::ops::Range<usize> {
        self.start.to_usize()..self.end.to_usize()
    }
}

impl From<std::ops::Range<usize>> for ByteRange {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn range_puts_its_ends_in_order() {
        assert_eq!(ByteRange::new(7, 3), ByteRange::from(3..7));
    }

    #[test]
    fn touching_ranges_do_not_overlap() {
        assert!(!ByteRange::from(0..3).overlaps(ByteRange::from(3..5)));
        assert!(ByteRange::from(0..4).overlaps(ByteRange::from(3..5)));
    }
}
