//! What a person writes about a span or an article, beyond labels and ends.

use std::sync::Arc;

use serde_json::Value;

use super::command::Description;
use super::message::Message;
use super::update::Turn;
use crate::annotation::{Change, Document, EditKind, Span};
use crate::extract::value::{self, Date};

/// The key of `meta` that holds a person's note about an article.
pub const NOTE: &str = "note";
/// The key of `meta` that holds the day of publication.
pub(super) const DATE: &str = "date";

/// Writes note, clean form and attributes of the active span.
pub(super) fn describe(turn: &mut Turn, description: super::command::Description) {
    let Some((document, span)) = turn.state.document().zip(turn.state.active_span()) else {
        return;
    };
    let Description { normalized, note, attributes } = description;
    let written = |text: String| Some(text.trim()).filter(|text| !text.is_empty()).map(Arc::from);
    let after = Span { normalized: written(normalized), note: written(note), attributes, ..(**span).clone() };
    if after == **span {
        return;
    }
    let change = Change::Replace { before: Arc::clone(span), after: Arc::new(after) };
    let id = document.id.clone();
    if turn.commit(EditKind::Describe, &id, vec![change]) {
        turn.say(Message::Described);
    }
}

/// Writes something into the `meta` of the document on the screen.
pub(super) fn set_meta(turn: &mut Turn, key: &'static str, after: Option<Value>) {
    let Some(document) = turn.state.document() else {
        return;
    };
    let before = document.meta.get(key).cloned();
    if before == after {
        return;
    }
    let mut changes = if key == DATE { dated_anew(document, after.as_ref()) } else { Vec::new() };
    changes.push(Change::Meta { key: key.into(), before, after });
    let id = document.id.clone();
    if turn.commit(EditKind::Describe, &id, changes) {
        turn.say(Message::Described);
    }
}

/// The spans whose value was counted from the day of publication, counted from another day. What a person wrote there
/// stays.
pub(super) fn dated_anew(document: &Document, date: Option<&Value>) -> Vec<Change> {
    let (before, after) = (value::published(document), date.and_then(Value::as_str).and_then(Date::from_iso));
    let counted = |span: &Arc<Span>| {
        let surface = document.text.slice(span.range)?;
        let value =
            |published| value::of(span.label.as_str(), surface, published).map(|value| value.to_string());
        let (old, new) = (value(before)?, value(after)?);
        if old == new || span.normalized.as_deref() != Some(&*old) {
            return None;
        }
        let dated = Span { normalized: Some(new.into()), ..(**span).clone() };
        Some(Change::Replace { before: Arc::clone(span), after: Arc::new(dated) })
    };
    document.spans.iter().filter_map(counted).collect()
}
