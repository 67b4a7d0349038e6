//! GATE's documents as JSON (bdoc): a text, features of it, and sets of annotations.
//!
//! The one format that says what its offsets count: `offset_type` is `p` for code points, as Python counts, and `j` for
//! UTF-16 units, as Java does. Several sets are taken for several annotators of one article.

use serde_json::{Map, Value, json};

use super::capacity::Capacity;
use super::draft::{Draft, DraftSpan};
use super::fields::{Fields, offset};
use super::file_each::FileEach;
use super::json::JsonType;
use super::jsonl::{WriteError, place};
use super::place::Convention;
use super::problem::Problems;
use super::{Losses, OffsetUnit, Outcome, ProblemKind, ReadOptions, Reading, carry, whole_file};
use crate::annotation::Document;

const CAPACITY: Capacity = Capacity {
    span: &[
        "id",
        "origin",
        "confidence",
        "alternative",
        "source",
        "reason",
        "attributes",
        "normalized",
        "note",
        "extra",
    ],
    record: &["rejected", "relations", "events", "status", "annotator", "schema", "meta", "extra"],
};

/// The document as a file can hold it.
pub(super) fn fit(document: &Document, losses: &mut Losses) -> Document {
    CAPACITY.fit(document, losses)
}

/// Reads a file with one article, or a list of them.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    whole_file::json_articles(bytes, options, |value, index, problems| read(value, index, options, problems))
}

fn read(value: Value, index: usize, options: &ReadOptions, about: &mut Problems) -> Vec<Reading> {
    let Value::Object(map) = value else {
        let kind = ProblemKind::WrongType { expected: JsonType::Object, found: JsonType::of(&value) };
        about.say("", kind, Outcome::FileLeftOut);
        return Vec::new();
    };
    let mut fields = Fields::new("", map);
    let Some(Value::String(text)) = fields.take("text") else {
        about.say("text", ProblemKind::Missing, Outcome::RecordLeftOut);
        return Vec::new();
    };
    let id = fields.name("name", about);
    let utf16 = match fields.text("offset_type", about).as_deref() {
        Some("j") => OffsetUnit::Utf16,
        _ => OffsetUnit::CodePoint,
    };
    let mut features = fields.object("features", about);
    let mut details = match features.shift_remove(carry::KEY) {
        Some(Value::Object(details)) => details,
        _ => Map::new(),
    };
    let relations = match details.shift_remove("relations") {
        Some(Value::Array(relations)) => relations,
        _ => Vec::new(),
    };
    if let Value::Object(meta) = details.entry("meta").or_insert_with(|| Value::Object(Map::new())) {
        meta.extend(features);
    }
    let sets: Vec<(String, Value)> = fields.object("annotation_sets", about).into_iter().collect();
    let filled = sets.iter().filter(|(_, set)| !annotations(set).is_empty()).count();
    let mut versions: Vec<(String, Value)> =
        sets.into_iter().filter(|(_, set)| filled == 0 || !annotations(set).is_empty()).collect();
    if versions.is_empty() {
        versions.push((String::new(), Value::Null));
    }
    versions.truncate(filled.max(1));
    let several = versions.len() > 1;
    let mut readings = Vec::new();
    for (n, (name, set)) in versions.into_iter().enumerate() {
        let mut problems = Problems::new(&options.file, None);
        let mut draft = Draft::new(text.clone());
        draft.number = (index > 0).then_some(index as u64 + 1);
        draft.id = id.as_ref().map(|id| if n > 0 { format!("{id}@{name}").into() } else { id.clone() });
        draft.expected = Convention::of(utf16);
        draft.is_declared = true;
        draft.details.clone_from(&details);
        draft.details_path = format!("features.{}", carry::KEY);
        if several && !name.is_empty() {
            draft.details.entry("annotator").or_insert_with(|| name.as_str().into());
        }
        draft.relations.clone_from(&relations);
        for (at, item) in annotations(&set).into_iter().enumerate() {
            let path = format!("annotation_sets.{name}.annotations[{at}]");
            draft.spans.extend(annotation(&item, path, &mut problems));
        }
        let document = draft.finish(options, &mut problems);
        readings.push(Reading { line: None, document, problems: problems.into_vec() });
    }
    readings
}

fn annotations(set: &Value) -> Vec<Value> {
    set.get("annotations").and_then(Value::as_array).cloned().unwrap_or_default()
}

fn annotation(item: &Value, path: String, problems: &mut Problems) -> Option<DraftSpan> {
    let mut field = |key: &str| match item.get(key) {
        Some(value) => offset(value, &format!("{path}.{key}"), problems),
        None => {
            problems.say(format!("{path}.{key}"), ProblemKind::Missing, Outcome::EntryLeftOut);
            None
        }
    };
    let (start, end) = (field("start")?, field("end")?);
    let label = item.get("type").and_then(Value::as_str).unwrap_or_default();
    let mut span = DraftSpan::new(path, start, end, label);
    let mut features = item.get("features").and_then(Value::as_object).cloned().unwrap_or_default();
    if let Some(Value::Object(details)) = features.shift_remove(carry::KEY) {
        span.details = details;
    }
    if !features.is_empty() {
        span.details.entry("attributes").or_insert(Value::Object(features));
    }
    let own = span.details.shift_remove("id").and_then(|id| id.as_str().map(str::to_owned));
    let number = || item.get("id").and_then(Value::as_u64).map(|id| format!("s{}", id + 1));
    span.id = own.or_else(number).map(Into::into);
    Some(span)
}

/// Writes one file a document.
#[must_use]
pub fn writer() -> FileEach {
    FileEach::new("bdocjs", |document, losses| {
        let document = fit(document, losses);
        let mut file = serde_json::to_vec(&file(&document)?).map_err(std::io::Error::from)?;
        file.push(b'\n');
        Ok(file)
    })
}

fn file(document: &Document) -> Result<Value, WriteError> {
    let mut details = carry::record(document, &[])?;
    let mut features = Map::new();
    if !document.meta.contains_key(carry::KEY)
        && let Some(Value::Object(meta)) = details.shift_remove("meta")
    {
        features = meta;
    }
    if !document.relations.is_empty() {
        details.insert("relations".to_owned(), document.relations.clone().into());
    }
    if !details.is_empty() {
        features.insert(carry::KEY.to_owned(), Value::Object(details));
    }
    let mut annotations = Vec::with_capacity(document.spans.len());
    for (n, span) in document.spans.iter().enumerate() {
        let (start, end, _) = place(&document.text, span.range)
            .ok_or_else(|| WriteError::Span { document: document.id.clone(), span: span.id.clone() })?;
        let mut details = carry::span(document, span, &[])?;
        let mut features = Map::new();
        if !span.attributes.contains_key(carry::KEY)
            && let Some(Value::Object(attributes)) = details.shift_remove("attributes")
        {
            features = attributes;
        }
        features.insert(carry::KEY.to_owned(), Value::Object(details));
        annotations.push(json!({
            "type": span.label.as_str(), "start": start, "end": end, "id": n, "features": features,
        }));
    }
    let next = annotations.len();
    Ok(json!({
        "annotation_sets": {"": {"name": "", "annotations": annotations, "next_annid": next}},
        "text": document.text.as_str(),
        "features": features,
        "offset_type": "p",
        "name": document.id.as_str(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::draft::testing::surfaces;

    #[test]
    fn the_declared_unit_is_believed_and_sets_are_annotators() {
        for (kind, start, end) in [("p", 6, 9), ("j", 7, 10)] {
            let file = json!({"annotation_sets": {
                "A": {"name": "A", "annotations": [{"type": "PERS", "start": start, "end": end, "id": 0, "features": {"sure": 1}}]},
                "": {"name": "", "annotations": []},
                "B": {"name": "B", "annotations": [{"type": "X", "start": start, "end": end, "id": 4, "features": {}}]}},
                "text": "😊 زار عمر.", "features": {"source": "wire"}, "offset_type": kind, "name": "doc1"});
            let readings = read_file(file.to_string().as_bytes(), &ReadOptions::for_file("a.bdocjs"));
            let documents: Vec<_> = readings.into_iter().filter_map(|reading| reading.document).collect();
            let names: Vec<_> = documents.iter().map(|d| (d.id.as_str(), d.annotator.as_deref())).collect();
            assert_eq!(names, [("doc1", Some("A")), ("doc1@B", Some("B"))]);
            assert_eq!(surfaces(&documents[0]), [("PERS".to_owned(), "عمر".to_owned())]);
            let span = documents[0].spans.iter().next().unwrap();
            assert_eq!((&span.attributes["sure"], &documents[0].meta["source"]), (&1.into(), &"wire".into()));
        }
    }
}
