//! The form in which documents are stored between sessions.
//!
//! A stored document is a snapshot: it says up to which journal entry it is current, and later entries are replayed
//! over it. Its text is stored apart, once, because it never changes. Offsets are bytes: the storage never leaves
//! the browser; what leaves it are records (`formats::jsonl`).

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::numbers;
use crate::annotation::{Conflict, Document, DocumentId, Rejection, Span, Status};
use crate::schema::Schema;
use crate::text::SourceText;

/// The layout of [`StoredDocument`]. A higher number in storage comes from a newer Misam and is left alone.
pub(crate) const LAYOUT: u32 = 1;

/// A document without its text, as it was after a certain journal entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredDocument {
    /// The layout of this record.
    pub layout: u32,
    /// The document's name.
    pub id: DocumentId,
    /// The journal entry up to which the record is current; 0 before the first.
    #[serde(deserialize_with = "numbers::up_to")]
    pub seq: u64,
    /// Its place in the project's list.
    pub order: u32,
    /// Length of the text in bytes: tells a damaged text from a whole one.
    pub text_bytes: u64,
    spans: Vec<Arc<Span>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rejected: Vec<Rejection>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    relations: Vec<Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    events: Vec<Value>,
    status: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    annotator: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    schema: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    meta: Map<String, Value>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    extra: Map<String, Value>,
    present: bool,
}

/// The schema as it was after a certain journal entry. Stored beside the journal, which says the same, for a storage
/// that was emptied and filled again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredSchema {
    /// The journal entry up to which it is current.
    #[serde(deserialize_with = "numbers::up_to")]
    pub seq: u64,
    /// The labels.
    pub schema: Arc<Schema>,
}

/// Why stored work could not be read back. The storage is left as it is.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The record was written by a newer Misam.
    #[error("document {id} was stored by a newer version (layout {layout}); reload the page to get it")]
    Newer {
        /// The document.
        id: DocumentId,
        /// Its layout.
        layout: u32,
    },
    /// The text is missing or not as long as it was.
    #[error("the text of document {id} has {found} bytes in storage, not {expected}")]
    Text {
        /// The document.
        id: DocumentId,
        /// Bytes found.
        found: u64,
        /// Bytes stored.
        expected: u64,
    },
    /// A stored span does not fit the text.
    #[error("document {id}: {conflict}")]
    Span {
        /// The document.
        id: DocumentId,
        /// What is wrong.
        conflict: Conflict,
    },
}

impl StoredDocument {
    /// Takes a snapshot.
    #[must_use]
    pub fn of(document: &Document, order: u32, seq: u64) -> Self {
        Self {
            layout: LAYOUT,
            seq,
            order,
            text_bytes: document.text.as_str().len() as u64,
            spans: document.spans.iter().cloned().collect(),
            id: document.id.clone(),
            rejected: document.rejected.clone(),
            relations: document.relations.clone(),
            events: document.events.clone(),
            status: document.status,
            annotator: document.annotator.clone(),
            schema: document.schema.clone(),
            meta: document.meta.clone(),
            extra: document.extra.clone(),
            present: document.present,
        }
    }

    /// Gives the document back.
    ///
    /// # Errors
    /// If text and record do not belong together or a newer version wrote them.
    pub fn revive(self, text: SourceText) -> Result<Document, StoreError> {
        if self.layout > LAYOUT {
            return Err(StoreError::Newer { id: self.id, layout: self.layout });
        }
        let found = text.as_str().len() as u64;
        if found != self.text_bytes {
            return Err(StoreError::Text { id: self.id, found, expected: self.text_bytes });
        }
        let mut document = Document::new(self.id.clone(), text);
        document.load_spans(self.spans).map_err(|conflict| StoreError::Span { id: self.id, conflict })?;
        document.rejected = self.rejected;
        document.relations = self.relations;
        document.events = self.events;
        document.status = self.status;
        document.annotator = self.annotator;
        document.schema = self.schema;
        document.meta = self.meta;
        document.extra = self.extra;
        document.present = self.present;
        Ok(document)
    }
}
