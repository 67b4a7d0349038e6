//! What other formats have no word for, carried through them in one object of its own: Misam's keys of a span or of a
//! record, as its own format writes them.

use serde_json::{Map, Value};

use super::fields::Fields;
use super::jsonl::{self, SpanOut, WriteError, finish_rejections};
use super::locate::Locator;
use super::problem::Problems;
use crate::annotation::{Document, Span, SpanSet, Status};

/// The key under which other programs' objects carry Misam's.
pub(super) const KEY: &str = "misam";

/// The keys of a span but for its place, its label and what the format itself holds.
///
/// # Errors
/// If the span does not fit its text.
pub(super) fn span(document: &Document, span: &Span, own: &[&str]) -> Result<Map<String, Value>, WriteError> {
    let out = SpanOut::new(&document.text, span)
        .ok_or_else(|| WriteError::Span { document: document.id.clone(), span: span.id.clone() })?;
    let json = serde_json::to_string(&out);
    let mut map = object(document, json)?;
    for key in ["start", "end", "label", "text", "fragments"].iter().chain(own) {
        map.shift_remove(*key);
    }
    Ok(map)
}

/// The keys of a record but for its text, its spans and relations, and what the format itself holds.
///
/// # Errors
/// If a rejection does not fit the text.
pub(super) fn record(document: &Document, own: &[&str]) -> Result<Map<String, Value>, WriteError> {
    let bare = Document { spans: SpanSet::default(), relations: Vec::new(), ..document.clone() };
    let mut map = object(document, Ok(jsonl::write_record(&bare)?))?;
    if document.status == Status::New {
        map.shift_remove("status");
    }
    let left_out = ["format", "id", "text", "text_sha256", "offset_unit", "spans"];
    for key in left_out.iter().chain(own) {
        map.shift_remove(*key);
    }
    Ok(map)
}

/// Takes the keys of a record over into a document.
pub(super) fn take_record(
    mut fields: Fields,
    document: &mut Document,
    locator: &Locator<'_>,
    problems: &mut Problems,
) {
    let values = [Status::New, Status::InProgress, Status::Done, Status::Skipped];
    if let Some(status) = fields.word("status", &values, Status::as_str, Status::New, problems) {
        document.status = status;
    }
    let rejected = fields.list("rejected", problems);
    document.rejected = finish_rejections(rejected, locator, problems);
    document.events = fields.list("events", problems);
    document.annotator = fields.text("annotator", problems);
    document.schema = fields.text("schema", problems);
    document.meta = fields.object("meta", problems);
    document.extra = fields.rest();
}

fn object(document: &Document, json: serde_json::Result<String>) -> Result<Map<String, Value>, WriteError> {
    // By way of text, so that numbers keep the digits they are written with.
    json.and_then(|json| serde_json::from_str(&json))
        .map_err(|error| WriteError::Json { document: document.id.clone(), message: error.to_string() })
}
