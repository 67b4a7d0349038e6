//! What a token or flat format cannot hold as it is, and what becomes of it.
//!
//! A format says what it can hold ([`Holds`](super::Holds)); [`align`] makes of a document one that fits, by the choices
//! of an [`AlignmentPolicy`], and tells of every span that had to change ([`Misfit`]). Writers then write what they get.

mod fit;
mod misfit;
mod policy;

pub use fit::align;
pub use misfit::{Became, Misfit};
pub use policy::{AlignmentChoice, AlignmentPolicy, MisfitKind, NotARemedy, Remedy};

use std::collections::BTreeMap;

/// What became of the spans that did not fit, over all documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// Each of them, in the order of the documents.
    pub misfits: Vec<Misfit>,
    /// Spans there were.
    pub before: usize,
    /// Spans there are now; pieces of one count each.
    pub after: usize,
}

impl Alignment {
    /// The number of misfits, by kind and what became of them.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<(MisfitKind, Remedy), usize> {
        let mut counts = BTreeMap::new();
        for misfit in &self.misfits {
            *counts.entry((misfit.kind, misfit.remedy)).or_default() += 1;
        }
        counts
    }
}
