//! Spans over a text, the changes that make and unmake them, and the history of those changes.

mod change;
mod difference;
mod document;
mod edit;
mod history;
mod span;
mod span_set;

pub use change::{Change, Conflict, Relabelling};
pub use document::{Document, DocumentId, FLAG, Status};
pub use edit::{Edit, EditKind, SchemaChange, Step};
pub use history::History;
pub use span::{Alternative, Origin, Rejection, Span, SpanId};
pub use span_set::SpanSet;
