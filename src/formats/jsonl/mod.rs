//! The native record, `misam/1`: one article a line, with everything that is known about it.
//!
//! `docs/FORMATS.md` describes it. Reading is lenient: what can be put right is put right and reported, and records of
//! other programs that hold `text` and `spans` (Prodigy, spaCy) or `entities` are completed. Writing is strict: one
//! document has one line, byte for byte.

mod read;
mod span;
mod validate;
mod write;

pub use crate::text::sha256_of as text_sha256;
pub use read::read_record;
pub(super) use read::{Completion, document};
pub(super) use span::{are_fragments, finish_rejections, take_details};
pub use validate::validate_record;
pub(super) use write::{SpanOut, place};
pub use write::{WriteError, Writer, write_record};

/// The format that Misam writes.
pub const FORMAT: &str = "misam/1";

/// The keys of a record, in their order.
pub const RECORD_KEYS: [&str; 13] = [
    "format",
    "id",
    "text",
    "text_sha256",
    "offset_unit",
    "spans",
    "rejected",
    "relations",
    "events",
    "status",
    "annotator",
    "schema",
    "meta",
];

/// The keys of a span, in their order.
pub const SPAN_KEYS: [&str; 14] = [
    "id",
    "start",
    "end",
    "label",
    "text",
    "origin",
    "confidence",
    "alternative",
    "source",
    "reason",
    "fragments",
    "attributes",
    "normalized",
    "note",
];
