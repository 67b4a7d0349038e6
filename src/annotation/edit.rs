//! What an annotator did in one step, over any number of documents: the unit of undo and of the journal.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Change, DocumentId};
use crate::schema::Schema;

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
    /// The schema was changed, and with it the labels of spans.
    Schema,
    /// What the checks found was mended.
    Mend,
    /// What the checks found was called right, or no longer.
    Allow,
    /// An adjudicator decided between annotators.
    Adjudicate,
    /// An article was brought back to what it was earlier.
    Restore,
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

/// The labels of the project become others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SchemaChange {
    /// The schema as it is.
    pub before: Arc<Schema>,
    /// The schema as it will be.
    pub after: Arc<Schema>,
}

impl SchemaChange {
    /// The change that undoes this one.
    #[must_use]
    pub fn inverted(&self) -> Self {
        Self { before: Arc::clone(&self.after), after: Arc::clone(&self.before) }
    }
}

/// Steps that happen together or not at all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// Its name in the history.
    pub kind: EditKind,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// What becomes of the schema, if anything does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<SchemaChange>,
    /// Who did it, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotator: Option<Arc<str>>,
    /// When, in milliseconds since 1970 (UTC), by the annotator's clock. 0 if unknown.
    #[serde(default)]
    pub at: u64,
}

impl Edit {
    /// An edit by nobody known, at no known time.
    #[must_use]
    pub fn new(kind: EditKind, steps: Vec<Step>) -> Self {
        Self { kind, steps, schema: None, annotator: None, at: 0 }
    }

    /// An edit of one document.
    #[must_use]
    pub fn of(kind: EditKind, document: &DocumentId, changes: impl IntoIterator<Item = Change>) -> Self {
        let steps = changes.into_iter().map(|change| Step { document: document.clone(), change }).collect();
        Self::new(kind, steps)
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
        let Self { kind, ref annotator, at, .. } = *self;
        let schema = self.schema.as_ref().map(SchemaChange::inverted);
        Self { kind, steps, schema, annotator: annotator.clone(), at }
    }

    /// The document where it happened first: the one to show when it is undone.
    #[must_use]
    pub fn first_document(&self) -> Option<&DocumentId> {
        self.steps.first().map(|step| &step.document)
    }
}
