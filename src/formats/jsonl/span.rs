//! The spans of a record: first what is stated, then, when the unit of the offsets is known, where it is.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::annotation::{Alternative, Origin, Rejection, Span, SpanId};
use crate::formats::fields::Fields;
use crate::formats::json::JsonType;
use crate::formats::locate::{Locator, label_code};
use crate::formats::names::Names;
use crate::formats::place::{Convention, Offsets, Stated};
use crate::formats::problem::Problems;
use crate::formats::{Outcome, ProblemKind};
use crate::schema::LabelCode;
use crate::text::ByteRange;

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
    fn locate(&self, locator: &Locator<'_>, problems: &mut Problems) -> Option<ByteRange> {
        locator.locate(&self.stated(), &self.label, &self.path, problems)
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
    label_code(&found, &fields.path("label"), problems)
}

/// The spans that have a place in the text, each with a name of its own.
pub(super) fn finish_spans(
    raw: Vec<RawSpan>,
    locator: &Locator<'_>,
    missing: &mut Vec<&'static str>,
    problems: &mut Problems,
) -> Vec<Span> {
    let mut names = Names::default();
    let mut nameless = Vec::new();
    let mut spans = Vec::with_capacity(raw.len());
    for mut raw in raw {
        let Some(range) = raw.locate(locator, problems) else { continue };
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
        // The names are given out below, when all those that are taken are known.
        let mut span = Span::new(SpanId::new(""), range, raw.label, Origin::Imported);
        if !raw.fields.has("origin") {
            lacks("spans[].origin");
        }
        span.fragments = fragments(&mut raw.fields, range, &locator.offsets, locator.convention, problems);
        take_details(raw.fields, &mut span, problems);
        spans.push(span);
    }
    if !nameless.is_empty() {
        missing.push("spans[].id");
    }
    names.give(&mut spans, nameless, problems);
    spans
}

/// Everything that is said of a span beside its place, its name and its label.
pub(in crate::formats) fn take_details(mut fields: Fields, span: &mut Span, problems: &mut Problems) {
    span.origin = origin(&mut fields, problems).unwrap_or(span.origin);
    span.confidence = confidence(&mut fields, problems);
    span.alternative = alternative(&mut fields, problems);
    span.source = fields.text("source", problems);
    span.reason = fields.text("reason", problems);
    span.attributes = fields.object("attributes", problems);
    span.normalized = fields.text("normalized", problems);
    span.note = fields.text("note", problems);
    span.extra = fields.rest();
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
    offsets: &Offsets<'_>,
    convention: Convention,
    problems: &mut Problems,
) -> Vec<ByteRange> {
    let list = fields.list("fragments", problems);
    if list.is_empty() {
        return Vec::new();
    }
    let piece = |value: &Value| {
        let [start, end] = value.as_array()?.as_slice() else { return None };
        let stated = Stated { start: start.as_u64()?, end: end.as_u64()?, surface: None };
        offsets.range(&stated, convention).ok()
    };
    let pieces: Option<Vec<ByteRange>> = list.iter().map(piece).collect();
    let pieces = pieces.filter(|pieces| are_fragments(pieces, hull));
    pieces.unwrap_or_else(|| {
        problems.say(fields.path("fragments"), ProblemKind::BadFragments, Outcome::FieldLeftOut);
        Vec::new()
    })
}

/// True if the pieces are at least two, in order, apart, and run from the start of the hull to its end.
pub(in crate::formats) fn are_fragments(pieces: &[ByteRange], hull: ByteRange) -> bool {
    let apart = pieces.windows(2).all(|pair| pair[0].end < pair[1].start);
    let first_start = pieces.first().map(|piece| piece.start);
    let last_end = pieces.last().map(|piece| piece.end);
    pieces.len() > 1 && apart && first_start == Some(hull.start) && last_end == Some(hull.end)
}

/// The rejections that have a place in the text.
pub(in crate::formats) fn finish_rejections(
    list: Vec<Value>,
    locator: &Locator<'_>,
    problems: &mut Problems,
) -> Vec<Rejection> {
    let mut rejected = Vec::with_capacity(list.len());
    for (n, value) in list.into_iter().enumerate() {
        let Some(mut raw) = RawSpan::take("rejected", n, value, problems) else { continue };
        let Some(range) = raw.locate(locator, problems) else { continue };
        let source = raw.fields.text("source", problems);
        let path = raw.path;
        for key in raw.fields.rest().keys() {
            problems.say(format!("{path}.{key}"), ProblemKind::UnknownField, Outcome::FieldLeftOut);
        }
        rejected.push(Rejection { range, label: raw.label, source });
    }
    rejected
}
