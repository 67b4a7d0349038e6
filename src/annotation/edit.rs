//! What an annotator did in one step, over any number of documents: the unit of undo and of the journal.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Change, DocumentId};

/// What an edit is called in the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EditKind {
    /// Articles came in.
    Import,
    /// Articles were taken out.
    Discard,
    /// An extractor's suggestions arrived. Nobody's deed: it is kept, but undo passes over it.
    Suggest,
    /// A new span was made.
    Label,
    /// A span got another label.
    Relabel,
    /// An end of a span was moved.
    Move,
    /// Suggestions were accepted.
    Accept,
    /// Suggestions were rejected.
    Reject,
    /// Spans were deleted.
    Delete,
    /// A note, an attribute or the clean form of a span was written.
    Describe,
    /// The review status was changed.
    Status,
}

impl EditKind {
    /// True if undo takes the edit back.
    #[must_use]
    pub fn is_undoable(self) -> bool {
        self != Self::Suggest
    }
}

/// A change and the document it happens to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The document.
    pub document: DocumentId,
    /// What happens to it.
    pub change: Change,
}

/// Steps that happen together or not at all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// Its name in the history.
    pub kind: EditKind,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// Who did it, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotator: Option<Arc<str>>,
    /// When, in milliseconds since 1970 (UTC), by the annotator's clock. 0 if unknown.
    #[serde(default)]
    pub at: u64,
}

impl Edit {
    /// An edit of one document.
    #[must_use]
    pub fn of(kind: EditKind, document: &DocumentId, changes: impl IntoIterator<Item = Change>) -> Self {
        let steps = changes.into_iter().map(|change| Step { document: document.clone(), change }).collect();
        Self { kind, steps, annotator: None, at: 0 }
    }

    /// The steps that take this edit back: inverted, last first.
    #[must_use]
    pub fn inverted(&self) -> Self {
        let steps = self
            .steps
            .iter()
            .rev()
            .map(|step| Step { document: step.document.clone(), change: step.change.inverted() })
            .collect();
        Self { steps, ..self.clone() }
    }

    /// The document where it happened first: the one to show when it is undone.
    #[must_use]
    pub fn first_document(&self) -> Option<&DocumentId> {
        self.steps.first().map(|step| &step.document)
    }
}
