//! The spans of a record: first what is stated, then, when the unit of the offsets is known, where it is.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::annotation::{Alternative, Origin, Rejection, Span, SpanId};
use crate::formats::fields::Fields;
use crate::formats::json::JsonType;
use crate::formats::place::{OffsetUnit, Stated};
use crate::formats::problem::Problems;
use crate::formats::{Outcome, ProblemKind};
use crate::schema::{LabelCode, Schema};
use crate::text::{ByteRange, SourceText};

/// A span as the record states it.
pub(super) struct RawSpan {
    path: String,
    start: u64,
    end: u64,
    label: LabelCode,
    surface: Option<Arc<str>>,
    fields: Fields,
}

impl RawSpan {
    /// Takes the place and the label of an entry of `list`. `None` if one of them is missing, which is said.
    pub(super) fn take(list: &str, index: usize, value: Value, problems: &mut Problems) -> Option<Self> {
        let path = format!("{list}[{index}]");
        let map = match value {
            Value::Object(map) => map,
            // spaCy's way: [start, end, label].
            Value::Array(triple) if triple.len() == 3 => {
                ["start", "end", "label"].into_iter().map(str::to_owned).zip(triple).collect::<Map<_, _>>()
            }
            other => {
                let kind = ProblemKind::WrongType { expected: JsonType::Object, found: JsonType::of(&other) };
                problems.say(path, kind, Outcome::EntryLeftOut);
                return None;
            }
        };
        let mut fields = Fields::new(path.clone(), map);
        let (start, end) = (fields.offset("start", problems), fields.offset("end", problems));
        let label = label(&mut fields, problems);
        let surface = fields.text("text", problems);
        Some(Self { path, start: start?, end: end?, label: label?, surface, fields })
    }

    /// The offsets and the text they should hold.
    pub(super) fn stated(&self) -> Stated<'_> {
        Stated { start: self.start, end: self.end, surface: self.surface.as_deref() }
    }

    /// Where it is. `None` if that is in doubt, which is said.
    fn locate(
        &self,
        text: &SourceText,
        unit: OffsetUnit,
        schema: Option<&Schema>,
        problems: &mut Problems,
    ) -> Option<ByteRange> {
        let found = match self.stated().find(text, unit) {
            Ok(found) => found,
            Err(kind) => {
                let field = match kind {
                    ProblemKind::OutsideText { .. } => self.fields.path("end"),
                    ProblemKind::Surface { .. } => self.fields.path("text"),
                    _ => self.fields.path("start"),
                };
                problems.say(field, kind, Outcome::EntryLeftOut);
                return None;
            }
        };
        if let Some(kind) = found.moved {
            problems.say(self.fields.path("start"), kind, Outcome::Repaired);
        }
        let cut = |at| !text.is_grapheme_boundary(at);
        let (start, end) = (cut(found.range.start), cut(found.range.end));
        if start || end {
            problems.say(self.path.as_str(), ProblemKind::CutGrapheme { start, end }, Outcome::Kept);
        }
        if let Some(schema) = schema
            && schema.label(self.label.as_str()).is_none()
        {
            let kind = ProblemKind::UnknownLabel { label: self.label.clone(), schema: schema.id.clone() };
            problems.say(self.fields.path("label"), kind, Outcome::Kept);
        }
        Some(found.range)
    }
}

/// The label. One with white space, which other programs allow, gets `_` in its place.
fn label(fields: &mut Fields, problems: &mut Problems) -> Option<LabelCode> {
    let found = match fields.take("label") {
        Some(Value::String(label)) => label,
        Some(other) => {
            fields.wrong_type("label", JsonType::String, &other, Outcome::EntryLeftOut, problems);
            return None;
        }
        None => {
            problems.say(fields.path("label"), ProblemKind::Missing, Outcome::EntryLeftOut);
            return None;
        }
    };
    let error = match LabelCode::new(&found) {
        Ok(label) => return Some(label),
        Err(error) => error,
    };
    let now = LabelCode::new(found.split_whitespace().collect::<Vec<_>>().join("_")).ok();
    let outcome = if now.is_some() { Outcome::Repaired } else { Outcome::EntryLeftOut };
    let kind = ProblemKind::BadLabel { found, reason: error, now: now.clone() };
    problems.say(fields.path("label"), kind, outcome);
    now
}

/// The spans that have a place in the text, each with a name of its own.
pub(super) fn finish_spans(
    raw: Vec<RawSpan>,
    text: &SourceText,
    unit: OffsetUnit,
    schema: Option<&Schema>,
    missing: &mut Vec<&'static str>,
    problems: &mut Problems,
) -> Vec<Span> {
    let mut names = Names::default();
    let mut nameless = Vec::new();
    let mut spans = Vec::with_capacity(raw.len());
    for mut raw in raw {
        let Some(range) = raw.locate(text, unit, schema, problems) else { continue };
        match raw.fields.name("id", problems) {
            Some(name) => names.claim(SpanId::new(name), raw.fields.path("id"), spans.len()),
            None => nameless.push(spans.len()),
        }
        let mut lacks = |what: &'static str| {
            if !missing.contains(&what) {
                missing.push(what);
            }
        };
        if raw.surface.is_none() {
            lacks("spans[].text");
        }
        let origin = origin(&mut raw.fields, problems).unwrap_or_else(|| {
            lacks("spans[].origin");
            Origin::Imported
        });
        // The names are given out below, when all those that are taken are known.
        let mut span = Span::new(SpanId::new(""), range, raw.label, origin);
        let fields = &mut raw.fields;
        span.confidence = confidence(fields, problems);
        span.alternative = alternative(fields, problems);
        span.source = fields.text("source", problems);
        span.reason = fields.text("reason", problems);
        span.fragments = fragments(fields, range, text, unit, problems);
        span.attributes = fields.object("attributes", problems);
        span.normalized = fields.text("normalized", problems);
        span.note = fields.text("note", problems);
        span.extra = raw.fields.rest();
        spans.push(span);
    }
    if !nameless.is_empty() {
        missing.push("spans[].id");
    }
    names.give(&mut spans, nameless, problems);
    spans
}

/// The names that spans claim.
#[derive(Default)]
struct Names {
    taken: HashSet<SpanId>,
    /// Index of the span, its name.
    first: Vec<(usize, SpanId)>,
    /// Index of the span, the name it cannot have, the path of the field.
    again: Vec<(usize, SpanId, String)>,
}

impl Names {
    fn claim(&mut self, id: SpanId, path: String, index: usize) {
        if self.taken.insert(id.clone()) {
            self.first.push((index, id));
        } else {
            self.again.push((index, id, path));
        }
    }

    fn give(self, spans: &mut [Span], nameless: Vec<usize>, problems: &mut Problems) {
        let Self { taken, first, again } = self;
        let mut free = (1..).map(SpanId::numbered).filter(|id| !taken.contains(id));
        let mut named: Vec<(usize, SpanId)> = first;
        named.extend(nameless.into_iter().zip(&mut free));
        for ((index, id, path), now) in again.into_iter().zip(&mut free) {
            problems.say(path, ProblemKind::DuplicateSpan { id, now: now.clone() }, Outcome::Repaired);
            named.push((index, now));
        }
        for (index, id) in named {
            if let Some(span) = spans.get_mut(index) {
                span.id = id;
            }
        }
    }
}

fn origin(fields: &mut Fields, problems: &mut Problems) -> Option<Origin> {
    let values = [Origin::Manual, Origin::Accepted, Origin::Corrected, Origin::Suggested, Origin::Imported];
    fields.word("origin", &values, Origin::as_str, Origin::Imported, problems)
}

fn confidence(fields: &mut Fields, problems: &mut Problems) -> Option<f32> {
    let value = fields.take("confidence")?;
    let confidence = value.as_f64().filter(|confidence| (0.0..=1.0).contains(confidence));
    if confidence.is_none() {
        let found = crate::formats::place::shown(&value.to_string());
        problems.say(fields.path("confidence"), ProblemKind::Confidence { found }, Outcome::FieldLeftOut);
    }
    confidence.map(|confidence| confidence as f32)
}

/// The label that a suggestion may have instead, with its confidence.
fn alternative(fields: &mut Fields, problems: &mut Problems) -> Option<Alternative> {
    let path = fields.path("alternative");
    let map = fields.object("alternative", problems);
    if map.is_empty() {
        return None;
    }
    let mut fields = Fields::new(path.as_str(), map);
    let label = label(&mut fields, problems);
    if !fields.has("confidence") {
        problems.say(fields.path("confidence"), ProblemKind::Missing, Outcome::EntryLeftOut);
    }
    let confidence = confidence(&mut fields, problems);
    let label = label?;
    for key in fields.rest().keys() {
        problems.say(format!("{path}.{key}"), ProblemKind::UnknownField, Outcome::FieldLeftOut);
    }
    Some(Alternative { label, confidence: confidence? })
}

/// The pieces of a discontinuous span: at least two, in order, apart, and from its start to its end.
fn fragments(
    fields: &mut Fields,
    hull: ByteRange,
    text: &SourceText,
    unit: OffsetUnit,
    problems: &mut Problems,
) -> Vec<ByteRange> {
    let list = fields.list("fragments", problems);
    if list.is_empty() {
        return Vec::new();
    }
    let piece = |value: &Value| {
        let [start, end] = value.as_array()?.as_slice() else { return None };
        Stated { start: start.as_u64()?, end: end.as_u64()?, surface: None }.range(text, unit).ok()
    };
    let pieces: Option<Vec<ByteRange>> = list.iter().map(piece).collect();
    let pieces = pieces.filter(|pieces| {
        let apart = pieces.windows(2).all(|pair| pair[0].end < pair[1].start);
        let first_start = pieces.first().map(|piece| piece.start);
        let last_end = pieces.last().map(|piece| piece.end);
        pieces.len() > 1 && apart && first_start == Some(hull.start) && last_end == Some(hull.end)
    });
    pieces.unwrap_or_else(|| {
        problems.say(fields.path("fragments"), ProblemKind::BadFragments, Outcome::FieldLeftOut);
        Vec::new()
    })
}

/// The rejections that have a place in the text.
pub(super) fn finish_rejections(
    list: Vec<Value>,
    text: &SourceText,
    unit: OffsetUnit,
    schema: Option<&Schema>,
    problems: &mut Problems,
) -> Vec<Rejection> {
    let mut rejected = Vec::with_capacity(list.len());
    for (n, value) in list.into_iter().enumerate() {
        let Some(mut raw) = RawSpan::take("rejected", n, value, problems) else { continue };
        let Some(range) = raw.locate(text, unit, schema, problems) else { continue };
        let source = raw.fields.text("source", problems);
        let path = raw.path;
        for key in raw.fields.rest().keys() {
            problems.say(format!("{path}.{key}"), ProblemKind::UnknownField, Outcome::FieldLeftOut);
        }
        rejected.push(Rejection { range, label: raw.label, source });
    }
    rejected
}
