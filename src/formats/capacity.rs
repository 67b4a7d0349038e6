//! What a format has a place for, as data: what it has none for is counted before it is written, and what is written
//! comes back as it was.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::draft::relation;
use super::{Loss, Losses};
use crate::annotation::{Document, Origin, Span, SpanId, SpanSet, Status};

/// What a format holds beside a text and the places and labels of its spans.
#[derive(Clone, Copy, Debug)]
pub(super) struct Capacity {
    /// Keys of a span, of those in [`SPAN_KEYS`](super::jsonl::SPAN_KEYS); `extra` stands for unknown ones.
    pub(super) span: &'static [&'static str],
    /// Keys of a record, of those in [`RECORD_KEYS`](super::jsonl::RECORD_KEYS); `extra` stands for unknown ones.
    pub(super) record: &'static [&'static str],
}

type Field<T> = (&'static str, &'static str, fn(&T) -> bool, fn(&mut T));

/// Key, path, whether there is something, and how it is taken away.
const SPAN_FIELDS: [Field<Span>; 9] = [
    ("origin", "spans[].origin", |s| s.origin != Origin::Imported, |s| s.origin = Origin::Imported),
    ("confidence", "spans[].confidence", |s| s.confidence.is_some(), |s| s.confidence = None),
    ("alternative", "spans[].alternative", |s| s.alternative.is_some(), |s| s.alternative = None),
    ("source", "spans[].source", |s| s.source.is_some(), |s| s.source = None),
    ("reason", "spans[].reason", |s| s.reason.is_some(), |s| s.reason = None),
    ("attributes", "spans[].attributes", |s| !s.attributes.is_empty(), |s| s.attributes.clear()),
    ("normalized", "spans[].normalized", |s| s.normalized.is_some(), |s| s.normalized = None),
    ("note", "spans[].note", |s| s.note.is_some(), |s| s.note = None),
    ("extra", "spans[].extra", |s| !s.extra.is_empty(), |s| s.extra.clear()),
];

const RECORD_FIELDS: [Field<Document>; 6] = [
    ("rejected", "rejected", |d| !d.rejected.is_empty(), |d| d.rejected.clear()),
    ("events", "events", |d| !d.events.is_empty(), |d| d.events.clear()),
    ("status", "status", |d| d.status != Status::New, |d| d.status = Status::New),
    ("annotator", "annotator", |d| d.annotator.is_some(), |d| d.annotator = None),
    ("meta", "meta", |d| !d.meta.is_empty(), |d| d.meta.clear()),
    ("extra", "extra", |d| !d.extra.is_empty(), |d| d.extra.clear()),
];

impl Capacity {
    /// The document as the format can hold it. What it cannot is told to `losses`: but for the name of the schema,
    /// which is the project's, and for names of spans, which mean nothing outside of their record.
    pub(super) fn fit(&self, document: &Document, losses: &mut Losses) -> Document {
        let mut fitted = document.clone();
        for (key, field, is_there, take_away) in RECORD_FIELDS {
            if !self.record.contains(&key) && is_there(&fitted) {
                losses.say(&document.id, Loss::Field { field });
                take_away(&mut fitted);
            }
        }
        if !self.record.contains(&"schema") {
            fitted.schema = None;
        }
        if self.record.contains(&"relations") {
            fit_relations(&mut fitted, losses);
        } else {
            for _ in fitted.relations.drain(..) {
                losses.say(&document.id, Loss::Relation);
            }
        }
        let spans: Vec<Span> =
            document.spans.iter().map(|span| self.fit_span(document, span, losses)).collect();
        if self.span.contains(&"id") {
            fitted.spans = spans.into_iter().collect();
        } else {
            let numbered = (1..).map(SpanId::numbered);
            rename(&mut fitted, spans, numbered);
        }
        fitted
    }

    fn fit_span(&self, document: &Document, span: &Span, losses: &mut Losses) -> Span {
        let mut span = span.clone();
        for (key, field, is_there, take_away) in SPAN_FIELDS {
            if !self.span.contains(&key) && is_there(&span) {
                losses.say(&document.id, Loss::Field { field });
                take_away(&mut span);
            }
        }
        if !self.span.contains(&"fragments") && !span.fragments.is_empty() {
            losses.say(&document.id, Loss::Fragments { label: span.label.clone() });
            span.fragments.clear();
        }
        span
    }
}

/// Keeps the relations that go from one span of the document to another, and of them their name, kind and ends.
pub(super) fn fit_relations(document: &mut Document, losses: &mut Losses) {
    let known: HashSet<&str> = document.spans.iter().map(|span| span.id.as_str()).collect();
    let id = document.id.clone();
    let mut kept = Vec::with_capacity(document.relations.len());
    for value in &document.relations {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let ends =
            (text("head").filter(|id| known.contains(id)), text("tail").filter(|id| known.contains(id)));
        let (Some(kind), (Some(head), Some(tail))) = (text("type").filter(|kind| is_word(kind)), ends) else {
            losses.say(&id, Loss::Relation);
            continue;
        };
        let fitted = relation(text("id").filter(|id| is_word(id)), kind, head, tail);
        let keys = |value: &Value| value.as_object().map_or(0, serde_json::Map::len);
        if keys(&fitted) < keys(value) {
            losses.say(&id, Loss::Field { field: "relations[].extra" });
        }
        kept.push(fitted);
    }
    document.relations = kept;
}

/// True of names that any format can hold: not empty, without white space and control characters.
pub(super) fn is_word(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// Gives spans other names, in their order, and the ends of relations with them.
pub(super) fn rename(document: &mut Document, mut spans: Vec<Span>, names: impl Iterator<Item = SpanId>) {
    let mut renamed: HashMap<SpanId, SpanId> = HashMap::with_capacity(spans.len());
    for (span, name) in spans.iter_mut().zip(names) {
        renamed.insert(std::mem::replace(&mut span.id, name.clone()), name);
    }
    for relation in &mut document.relations {
        for end in ["head", "tail"] {
            if let Some(Value::String(id)) = relation.get_mut(end)
                && let Some(name) = renamed.get(&SpanId::new(id.as_str()))
            {
                *id = name.as_str().to_owned();
            }
        }
    }
    document.spans = spans.into_iter().collect::<SpanSet>();
}
