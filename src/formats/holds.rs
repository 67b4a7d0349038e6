//! What a format can hold of a document.

use super::alignment::MisfitKind;

/// What a format can hold. What it cannot is brought into a shape that it can ([`align`](super::align)), or lost and
/// counted; the rest has to read back as it was ([`differs`](super::differs)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holds {
    /// What is kept of the text.
    pub text: TextHeld,
    /// Where spans may begin and end.
    pub edges: Edges,
    /// Which spans may stand on the same text.
    pub layers: Layers,
    /// Whether spans may have gaps.
    pub fragments: bool,
    /// Whether spans come back with all that is known about them, and not with place and label alone.
    pub details: bool,
    /// Whether documents come back with their names.
    pub names: bool,
}

/// What is kept of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextHeld {
    /// All of it, byte for byte.
    Verbatim,
    /// All that can be seen, but not how much white space is between it.
    Visible,
}

/// Where spans may begin and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edges {
    /// Anywhere.
    Anywhere,
    /// Where tokens do.
    Tokens,
}

/// Which spans may stand on the same text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layers {
    /// There are no spans.
    None,
    /// Spans never meet.
    One,
    /// Only spans of different labels meet.
    OnePerLabel,
    /// Any spans may nest and overlap.
    Any,
}

impl Holds {
    /// A format that loses nothing.
    pub const EVERYTHING: Self = Self {
        text: TextHeld::Verbatim,
        edges: Edges::Anywhere,
        layers: Layers::Any,
        fragments: true,
        details: true,
        names: true,
    };

    /// The kinds of misfit there can be, for which something may be chosen.
    pub fn misfits(self) -> impl Iterator<Item = MisfitKind> {
        MisfitKind::ALL.iter().copied().filter(move |kind| match kind {
            _ if self.layers == Layers::None => false,
            MisfitKind::InsideWord => self.edges == Edges::Tokens,
            MisfitKind::Nested | MisfitKind::Overlapping => self.layers != Layers::Any,
            MisfitKind::Discontinuous => !self.fragments,
            MisfitKind::BlankEdge | MisfitKind::Blank => false,
        })
    }
}
