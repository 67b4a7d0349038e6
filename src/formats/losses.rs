//! What a format could not hold.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::MisfitKind;
use crate::annotation::DocumentId;
use crate::schema::LabelCode;

/// One kind of loss.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Loss {
    /// A suggestion that nobody confirmed was left out.
    Suggestion {
        /// Its label.
        label: LabelCode,
    },
    /// A span was left out, because the format holds none.
    Span {
        /// Its label.
        label: LabelCode,
    },
    /// A discontinuous span was written as one piece from its start to its end.
    Fragments {
        /// Its label.
        label: LabelCode,
    },
    /// A discontinuous span was written as a span for each of its pieces.
    Pieces {
        /// Its label.
        label: LabelCode,
    },
    /// A span grew to whole tokens.
    Widened {
        /// Its label.
        label: LabelCode,
    },
    /// A span lost white space or invisible signs at its edges.
    Narrowed {
        /// Its label.
        label: LabelCode,
    },
    /// A span was left out, as the format cannot hold its like.
    Misfit {
        /// Its label.
        label: LabelCode,
        /// Why it does not fit.
        why: MisfitKind,
    },
    /// An article without a word was left out, as nothing would show that it is there.
    EmptyDocument,
    /// A relation was left out, because one of its spans was, or because the format holds none.
    Relation,
    /// A field was left out.
    Field {
        /// Its path in a record, as in `spans[].note`.
        field: &'static str,
    },
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Suggestion { label } => write!(f, "{label} suggestion left out, as nobody confirmed it"),
            Self::Span { label } => write!(f, "{label} span left out; the format holds no spans"),
            Self::Fragments { label } => {
                write!(f, "discontinuous {label} span written as one piece from its start to its end")
            }
            Self::Pieces { label } => {
                write!(f, "discontinuous {label} span written as a span for each piece")
            }
            Self::Widened { label } => write!(f, "{label} span widened to whole tokens"),
            Self::Narrowed { label } => write!(f, "{label} span without the blanks at its edges"),
            Self::Misfit { label, why } => write!(f, "{label} span left out: {}", reason(*why)),
            Self::EmptyDocument => f.write_str("article without a word left out"),
            Self::Relation => f.write_str("relation left out"),
            Self::Field { field } => write!(f, "{field} left out; the format has no place for it"),
        }
    }
}

fn reason(why: MisfitKind) -> &'static str {
    match why {
        MisfitKind::InsideWord => "it begins or ends inside a token",
        MisfitKind::Nested => "it and another one are nested",
        MisfitKind::Overlapping => "it and another one overlap",
        MisfitKind::Discontinuous => "it has gaps",
        MisfitKind::BlankEdge | MisfitKind::Blank => "nothing in it can be seen",
    }
}

/// Losses, counted by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    counts: BTreeMap<Loss, (usize, DocumentId)>,
}

impl Losses {
    /// Counts one more.
    pub fn say(&mut self, document: &DocumentId, loss: Loss) {
        self.counts.entry(loss).or_insert_with(|| (0, document.clone())).0 += 1;
    }

    /// True if something was lost in this way.
    #[must_use]
    pub fn has(&self, loss: &Loss) -> bool {
        self.counts.contains_key(loss)
    }

    /// True if this field was lost somewhere.
    #[must_use]
    pub fn lacks(&self, path: &str) -> bool {
        self.counts.keys().any(|loss| matches!(loss, Loss::Field { field } if *field == path))
    }

    /// True if nothing was lost.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Every kind of loss with its count and the first document where it happened.
    pub fn iter(&self) -> impl Iterator<Item = (&Loss, usize, &DocumentId)> {
        self.counts.iter().map(|(loss, (count, first))| (loss, *count, first))
    }
}

impl fmt::Display for Losses {
    /// One line a kind.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (loss, count, first) in self.iter() {
            writeln!(f, "{count} × {loss} (first in {first})")?;
        }
        Ok(())
    }
}
