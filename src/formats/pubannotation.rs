//! PubAnnotation's JSON, which TextAE edits: a text, denotations of stretches of it, relations between these and
//! attributes of them.
//!
//! Offsets count code points by the letter, UTF-16 units where TextAE made them. A discontinuous denotation has a list
//! of spans.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::capacity::Capacity;
use super::draft::{Draft, DraftSpan, index_of, relation};
use super::fields::{Fields, offset};
use super::file_each::FileEach;
use super::json::JsonType;
use super::jsonl::{WriteError, place};
use super::problem::Problems;
use super::{Losses, Outcome, ProblemKind, ReadOptions, Reading, carry, whole_file};
use crate::annotation::{Document, Span};

const CAPACITY: Capacity = Capacity {
    span: &[
        "id",
        "origin",
        "confidence",
        "alternative",
        "source",
        "reason",
        "fragments",
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

/// Reads a file with one article, or a list of them. Tracks of several projects are several annotators.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    whole_file::json_articles(bytes, options, |value, index, problems| read(value, index, options, problems))
}

fn read(value: Value, index: usize, options: &ReadOptions, about: &mut Problems) -> Vec<Reading> {
    let Value::Object(map) = value else {
        let kind = ProblemKind::WrongType { expected: JsonType::Object, found: JsonType::of(&value) };
        about.say(format!("[{index}]"), kind, Outcome::RecordLeftOut);
        return Vec::new();
    };
    let mut fields = Fields::new("", map);
    let text = match fields.take("text") {
        Some(Value::String(text)) => text,
        _ => {
            about.say("text", ProblemKind::Missing, Outcome::RecordLeftOut);
            return Vec::new();
        }
    };
    let id = fields.name("sourceid", about);
    let project = fields.text("project", about);
    let mut details = fields.object(carry::KEY, about);
    let keys = ["denotations", "relations", "attributes"];
    let own = keys.map(|key| fields.list(key, about));
    let tracks = fields.list("tracks", about);
    let mut rest = fields.rest();
    let source: Vec<(String, Value)> = ["sourcedb", "divid", "target", "source_url"]
        .iter()
        .filter_map(|key| Some(((*key).to_owned(), rest.shift_remove(*key)?)))
        .collect();
    if let Value::Object(meta) = details.entry("meta").or_insert_with(|| Value::Object(Map::new())) {
        meta.extend(source);
    }
    for (key, value) in rest {
        details.entry(key).or_insert(value);
    }
    let mut versions = Vec::new();
    if tracks.is_empty() || own.iter().any(|list| !list.is_empty()) {
        versions.push((String::new(), project.map(|name| name.to_string()), own));
    }
    for (n, track) in tracks.into_iter().enumerate() {
        let path = format!("tracks[{n}]");
        let mut fields = Fields::new(path.as_str(), track.as_object().cloned().unwrap_or_default());
        let name = fields.text("project", about).map(|name| name.to_string());
        versions.push((format!("{path}."), name, keys.map(|key| fields.list(key, about))));
    }
    let mut readings = Vec::new();
    for (n, (path, project, [denotations, relations, attributes])) in versions.into_iter().enumerate() {
        let mut problems = Problems::new(&options.file, None);
        let mut draft = Draft::new(text.clone());
        draft.number = (index > 0).then_some(index as u64 + 1);
        draft.id = id.as_ref().map(|id| match &project {
            Some(project) if n > 0 => format!("{id}@{project}").into(),
            _ => id.clone(),
        });
        draft.details.clone_from(&details);
        draft.details_path = carry::KEY.to_owned();
        if let Some(project) = project {
            draft.details.entry("annotator").or_insert_with(|| project.into());
        }
        for (n, item) in denotations.iter().enumerate() {
            draft.spans.extend(denotation(item, format!("{path}denotations[{n}]"), &mut problems));
        }
        for (n, item) in relations.iter().enumerate() {
            let part = |key: &str| item.get(key).and_then(Value::as_str);
            match (part("subj"), part("obj")) {
                (Some(head), Some(tail)) => {
                    let kind = part("pred").unwrap_or("relation");
                    let id = part("id").filter(|id| *id != format!("_{n}"));
                    draft.relations.push(relation(id, kind, head, tail));
                }
                _ => {
                    problems.say(
                        format!("{path}relations[{n}]"),
                        ProblemKind::Missing,
                        Outcome::EntryLeftOut,
                    );
                }
            }
        }
        let index = index_of(&draft.spans);
        for (n, item) in attributes.iter().enumerate() {
            attribute(item, &format!("{path}attributes[{n}]"), &index, &mut draft.spans, &mut problems);
        }
        let document = draft.finish(options, &mut problems);
        readings.push(Reading { line: None, document, problems: problems.into_vec() });
    }
    readings
}

fn denotation(item: &Value, path: String, problems: &mut Problems) -> Option<DraftSpan> {
    let whole = item.get("span").cloned().unwrap_or_default();
    let list = match whole {
        Value::Array(list) => list,
        one => vec![one],
    };
    let mut pieces = Vec::with_capacity(list.len());
    for piece in &list {
        let mut field = |key: &str| match piece.get(key) {
            Some(value) => offset(value, &format!("{path}.span.{key}"), problems),
            None => {
                problems.say(format!("{path}.span.{key}"), ProblemKind::Missing, Outcome::EntryLeftOut);
                None
            }
        };
        pieces.push((field("begin")?, field("end")?));
    }
    pieces.sort_unstable();
    let (start, end) = (pieces.first()?.0, pieces.last()?.1);
    let mut span =
        DraftSpan::new(path, start, end, item.get("obj").and_then(Value::as_str).unwrap_or_default());
    if pieces.len() > 1 {
        span.fragments = pieces;
    }
    span.id = item.get("id").and_then(Value::as_str).map(Into::into);
    if let Some(Value::Object(details)) = item.get(carry::KEY) {
        span.details.clone_from(details);
        let surface = span.details.shift_remove("text").and_then(|text| text.as_str().map(str::to_owned));
        span.surface = surface.filter(|_| span.fragments.is_empty());
    }
    Some(span)
}

fn attribute(
    item: &Value,
    path: &str,
    index: &HashMap<Arc<str>, usize>,
    spans: &mut [DraftSpan],
    problems: &mut Problems,
) {
    let part = |key: &str| item.get(key).and_then(Value::as_str);
    let (Some(subject), Some(name)) = (part("subj"), part("pred")) else {
        problems.say(path, ProblemKind::Missing, Outcome::EntryLeftOut);
        return;
    };
    let Some(span) = index.get(subject).and_then(|at| spans.get_mut(*at)) else {
        problems.say(
            path,
            ProblemKind::NoPlace { found: format!("{name} {subject}") },
            Outcome::EntryLeftOut,
        );
        return;
    };
    let attributes = span.details.entry("attributes").or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(attributes) = attributes {
        attributes.insert(name.to_owned(), item.get("obj").cloned().unwrap_or(Value::Bool(true)));
    }
}

/// Writes one file a document.
#[must_use]
pub fn writer() -> FileEach {
    FileEach::new("json", |document, losses| {
        let document = fit(document, losses);
        let mut file = serde_json::to_vec_pretty(&file(&document)?).map_err(std::io::Error::from)?;
        file.push(b'\n');
        Ok(file)
    })
}

/// True if the answers are such as attributes hold: a text, a number or a truth value each.
fn are_plain(span: &Span) -> bool {
    span.attributes.values().all(|value| value.is_string() || value.is_number() || value.is_boolean())
}

fn file(document: &Document) -> Result<Value, WriteError> {
    let mut out = Map::new();
    out.insert("sourceid".to_owned(), document.id.as_str().into());
    out.insert("text".to_owned(), document.text.as_str().into());
    let (mut denotations, mut attributes) = (Vec::new(), Vec::new());
    for span in document.spans.iter() {
        let outside = || WriteError::Span { document: document.id.clone(), span: span.id.clone() };
        let whole = [span.range];
        let pieces = if span.fragments.is_empty() { &whole[..] } else { &span.fragments };
        let mut places = Vec::with_capacity(pieces.len());
        let (_, _, surface) = place(&document.text, span.range).ok_or_else(outside)?;
        for &piece in pieces {
            let (begin, end, _) = place(&document.text, piece).ok_or_else(outside)?;
            places.push(json!({"begin": begin, "end": end}));
        }
        let place = if places.len() > 1 {
            Value::Array(places)
        } else {
            places.into_iter().next().unwrap_or_default()
        };
        let mut item = Map::new();
        item.insert("id".to_owned(), span.id.as_str().into());
        item.insert("span".to_owned(), place);
        item.insert("obj".to_owned(), span.label.as_str().into());
        // With the text, a reader sees what the offsets count, whatever edited the file.
        let mut details = Map::from_iter([("text".to_owned(), surface.into())]);
        details.extend(carry::span(document, span, &["id"])?);
        if are_plain(span) {
            details.shift_remove("attributes");
            for (name, value) in &span.attributes {
                let id = format!("A{}", attributes.len() + 1);
                attributes.push(json!({"id": id, "subj": span.id.as_str(), "pred": name, "obj": value}));
            }
        }
        item.insert(carry::KEY.to_owned(), Value::Object(details));
        denotations.push(Value::Object(item));
    }
    out.insert("denotations".to_owned(), denotations.into());
    let relations = document.relations.iter().enumerate().map(|(n, relation)| {
        let part = |key: &str| relation.get(key).cloned();
        let mut item = Map::new();
        // A relation needs a name here; one that has none comes back without, by the mark.
        item.insert("id".to_owned(), part("id").unwrap_or_else(|| format!("_{n}").into()));
        for (key, own) in [("subj", "head"), ("pred", "type"), ("obj", "tail")] {
            item.insert(key.to_owned(), part(own).unwrap_or_default());
        }
        Value::Object(item)
    });
    if !document.relations.is_empty() {
        out.insert("relations".to_owned(), relations.collect());
    }
    if !attributes.is_empty() {
        out.insert("attributes".to_owned(), attributes.into());
    }
    let details = carry::record(document, &[])?;
    if !details.is_empty() {
        out.insert(carry::KEY.to_owned(), Value::Object(details));
    }
    Ok(Value::Object(out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::draft::testing::surfaces;

    #[test]
    fn denotations_attributes_and_tracks_are_read() {
        let file = json!({"sourceid": "7", "sourcedb": "wire", "text": "وزيرا خارجية مصر والأردن",
            "denotations": [{"id": "T1", "span": [{"begin": 0, "end": 12}, {"begin": 18, "end": 24}], "obj": "OCC"}],
            "attributes": [{"id": "A1", "subj": "T1", "pred": "sure", "obj": "high"}, {"id": "A2", "subj": "T9", "pred": "x", "obj": 1}],
            "relations": [{"id": "R1", "subj": "T1", "pred": "same", "obj": "T1"}],
            "tracks": [{"project": "second", "denotations": [{"span": {"begin": 13, "end": 16}, "obj": "LOC"}]}]});
        let readings = read_file(file.to_string().as_bytes(), &ReadOptions::for_file("a.json"));
        let problems: Vec<_> = readings[0].problems.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(problems, ["attributes[1]"]);
        let first = readings[0].document.as_ref().unwrap();
        assert_eq!(surfaces(first), [("OCC".to_owned(), "وزيرا خارجية … الأردن".to_owned())]);
        assert_eq!((first.relations.len(), &first.meta["sourcedb"]), (1, &"wire".into()));
        let second = readings[1].document.as_ref().unwrap();
        assert_eq!((second.id.as_str(), second.annotator.as_deref()), ("7@second", Some("second")));
        assert_eq!(surfaces(second), [("LOC".to_owned(), "مصر".to_owned())]);
    }
}
