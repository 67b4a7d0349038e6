//! doccano's records: a text and labelled stretches of it, one a line.
//!
//! Four shapes are about. The oldest counts its labels (`annotations` with `start_offset`); then came `labels` and,
//! with the text under `data`, `label`, both lists of `[start, end, label]`; today's is `text` with `label`, or with
//! `entities` and `relations`. Keys that are none of these are the metadata of the article.
//!
//! doccano counts UTF-16 units, as browsers do, or graphemes if its project says so; scripts that make files for it
//! count code points. Nothing in a record says which, so the writer adds `offset_unit`, which doccano keeps as
//! metadata, and the reader goes by it or by the edges of words.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::capacity::Capacity;
use super::draft::{Draft, DraftSpan, relation};
use super::fields::{Fields, offset};
use super::json::{self, JsonType};
use super::jsonl::{self, WriteError};
use super::place::Convention;
use super::problem::Problems;
use super::{
    DocumentWriter, ExportError, Losses, OffsetUnit, Outcome, Output, ProblemKind, ReadOptions, Reading,
    carry,
};
use crate::annotation::Document;

const UNIT: &str = "offset_unit";

/// What doccano holds.
const CAPACITY: Capacity = Capacity {
    span: &[],
    record: &["rejected", "relations", "events", "status", "annotator", "schema", "meta", "extra"],
};

/// The document as doccano can hold it: relations have numbers.
pub(super) fn fit(document: &Document, losses: &mut Losses) -> Document {
    let mut fitted = CAPACITY.fit(document, losses);
    for (n, item) in fitted.relations.iter_mut().enumerate() {
        let part = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default();
        *item = relation(Some(&(n + 1).to_string()), part("type"), part("head"), part("tail"));
    }
    fitted
}

/// Reads one line.
#[must_use]
pub fn read_record(line: &str, number: u64, options: &ReadOptions) -> Reading {
    let Ok(json::Parsed { value: Value::Object(map), swallowed }) = json::parse(line) else {
        // The native reader says what is wrong with it.
        return jsonl::read_record(line, number, options);
    };
    let mut problems = Problems::new(&options.file, Some(number));
    for (path, kind) in swallowed {
        problems.say(path, kind, Outcome::Repaired);
    }
    let document = draft(map, number, &mut problems).and_then(|draft| draft.finish(options, &mut problems));
    Reading { line: Some(number), document, problems: problems.into_vec() }
}

fn draft(map: Map<String, Value>, number: u64, problems: &mut Problems) -> Option<Draft> {
    let mut fields = Fields::new("", map);
    let key = if fields.has("text") { "text" } else { "data" };
    let text = match fields.take(key) {
        Some(Value::String(text)) => text,
        Some(other) => {
            fields.wrong_type(key, JsonType::String, &other, Outcome::RecordLeftOut, problems);
            return None;
        }
        None => {
            problems.say("text", ProblemKind::Missing, Outcome::RecordLeftOut);
            return None;
        }
    };
    let mut draft = Draft::new(text);
    draft.number = Some(number);
    draft.id = fields.name("id", problems);
    // What browsers count, unless the record says what it counts.
    let utf16 = OffsetUnit::Utf16;
    let unit = fields.word(UNIT, &OffsetUnit::ALL, OffsetUnit::as_str, utf16, problems);
    draft.is_declared = unit.is_some();
    draft.expected = Convention::of(unit.unwrap_or(utf16));
    for key in ["label", "labels", "annotations", "entities"] {
        let list = fields.list(key, problems);
        for (n, item) in list.into_iter().enumerate() {
            draft.spans.extend(span(item, &format!("{key}[{n}]"), problems));
        }
    }
    let relations = fields.list("relations", problems);
    for (n, item) in relations.into_iter().enumerate() {
        let mut fields =
            Fields::new(format!("relations[{n}]"), item.as_object().cloned().unwrap_or_default());
        let id = fields.name("id", problems);
        let (head, tail) = (fields.name("from_id", problems), fields.name("to_id", problems));
        let kind = fields.text("type", problems);
        match (head, tail) {
            (Some(head), Some(tail)) => {
                let kind = kind.as_deref().unwrap_or("relation");
                draft.relations.push(relation(id.as_deref(), kind, &numbered(&head), &numbered(&tail)));
            }
            _ => problems.say(format!("relations[{n}]"), ProblemKind::Missing, Outcome::EntryLeftOut),
        }
    }
    draft.details = fields.object(carry::KEY, problems);
    let meta = fields.object("meta", problems);
    if !meta.is_empty() {
        draft.details.entry("meta").or_insert(Value::Object(meta));
    }
    for (key, value) in fields.rest() {
        draft.details.entry(key).or_insert(value);
    }
    Some(draft)
}

/// A stretch as a list of three or as an object. `None` if something is missing, which is said.
fn span(item: Value, path: &str, problems: &mut Problems) -> Option<DraftSpan> {
    let (start, end, label, id) = match item {
        Value::Array(list) => {
            let mut list = list.into_iter();
            (list.next(), list.next(), list.next(), None)
        }
        Value::Object(mut map) => {
            let mut take = |key: &str| map.shift_remove(key);
            (take("start_offset"), take("end_offset"), take("label"), take("id"))
        }
        other => {
            let kind = ProblemKind::WrongType { expected: JsonType::List, found: JsonType::of(&other) };
            problems.say(path, kind, Outcome::EntryLeftOut);
            return None;
        }
    };
    let (Some(start), Some(end), Some(label)) = (start, end, label) else {
        problems.say(path, ProblemKind::Missing, Outcome::EntryLeftOut);
        return None;
    };
    let start = offset(&start, path, problems)?;
    let end = offset(&end, path, problems)?;
    // The oldest shape has the number of the label, for its names were in the project alone.
    let label = label.as_str().map_or_else(|| label.to_string(), str::to_owned);
    let mut span = DraftSpan::new(path, start, end, label);
    span.id = id.map(|id| numbered(id.as_str().unwrap_or(&id.to_string())).into());
    Some(span)
}

/// The name of a span that doccano counts.
fn numbered(id: &str) -> String {
    if id.bytes().all(|byte| byte.is_ascii_digit()) { format!("s{id}") } else { id.to_owned() }
}

/// Writes one line a document, in today's shape.
#[derive(Debug)]
pub struct Writer;

impl DocumentWriter for Writer {
    fn write(
        &mut self,
        document: &Document,
        output: &mut dyn Output,
        losses: &mut Losses,
    ) -> Result<(), ExportError> {
        let document = fit(document, losses);
        writeln!(output.stream(), "{}", record(&document)?)?;
        Ok(())
    }
}

fn record(document: &Document) -> Result<Value, WriteError> {
    let mut details = carry::record(document, &[])?;
    let mut out = Map::new();
    out.insert("id".to_owned(), document.id.as_str().into());
    out.insert("text".to_owned(), document.text.as_str().into());
    let mut places = Vec::with_capacity(document.spans.len());
    for span in document.spans.iter() {
        let utf16 = |byte| document.text.utf16_before(byte).map(crate::text::Utf16Offset::get);
        let (Some(start), Some(end)) = (utf16(span.range.start), utf16(span.range.end)) else {
            return Err(WriteError::Span { document: document.id.clone(), span: span.id.clone() });
        };
        places.push((span, start, end));
    }
    if document.relations.is_empty() {
        let labels = places.iter().map(|(span, start, end)| json!([start, end, span.label.as_str()]));
        out.insert("label".to_owned(), labels.collect());
    } else {
        // doccano's names are numbers; the spans are `s1`, `s2` … in their order.
        let numbers: HashMap<&str, usize> =
            places.iter().enumerate().map(|(n, (span, ..))| (span.id.as_str(), n + 1)).collect();
        let entities = places.iter().enumerate().map(|(n, (span, start, end))| {
            json!({"id": n + 1, "label": span.label.as_str(), "start_offset": start, "end_offset": end})
        });
        out.insert("entities".to_owned(), entities.collect());
        let relations = document.relations.iter().enumerate().map(|(n, relation)| {
            let end = |key: &str| relation.get(key).and_then(Value::as_str).and_then(|id| numbers.get(id));
            json!({"id": n + 1, "from_id": end("head"), "to_id": end("tail"), "type": relation.get("type")})
        });
        out.insert("relations".to_owned(), relations.collect());
    }
    out.insert(UNIT.to_owned(), OffsetUnit::Utf16.as_str().into());
    // Metadata of doccano's own stay where it has them.
    if let Some(comments) = details.shift_remove("Comments") {
        out.insert("Comments".to_owned(), comments);
    }
    if !details.is_empty() {
        out.insert(carry::KEY.to_owned(), Value::Object(details));
    }
    Ok(Value::Object(out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::draft::testing::surfaces;

    fn read(line: &str) -> Reading {
        read_record(line, 3, &ReadOptions::for_file("all.jsonl"))
    }

    #[test]
    fn all_shapes_are_read() {
        for line in [
            r#"{"id":1,"text":"زار عمر القاهرة","annotations":[{"label":7,"start_offset":4,"end_offset":7,"user":1}],"meta":{"a":1}}"#,
            r#"{"id":1,"text":"زار عمر القاهرة","labels":[[4,7,"7"]]}"#,
            r#"{"id":1,"data":"زار عمر القاهرة","label":[[4,7,"7"]]}"#,
            r#"{"id":1,"text":"زار عمر القاهرة","label":[[4,7,"7"]],"Comments":["x"],"source":"wire"}"#,
            r#"{"id":1,"text":"زار عمر القاهرة","entities":[{"id":11,"label":"7","start_offset":4,"end_offset":7}],"relations":[],"Comments":[]}"#,
        ] {
            let reading = read(line);
            assert_eq!(reading.problems, [], "{line}");
            let document = reading.document.unwrap();
            assert_eq!(document.id.as_str(), "1");
            assert_eq!(surfaces(&document), [("7".to_owned(), "عمر".to_owned())], "{line}");
        }
    }

    #[test]
    fn relations_keep_their_ends() {
        let reading = read(
            r#"{"id":1,"text":"عمر هنا","entities":[{"id":11,"label":"A","start_offset":0,"end_offset":3},{"id":12,"label":"B","start_offset":4,"end_offset":7}],"relations":[{"id":3,"from_id":11,"to_id":12,"type":"at"}]}"#,
        );
        assert_eq!(reading.problems, []);
        assert_eq!(reading.document.unwrap().relations, [relation(Some("3"), "at", "s11", "s12")]);
    }

    #[test]
    fn code_points_of_scripts_are_told_from_the_units_of_the_browser() {
        let text = "😊 زار عمر بغداد ثم دمشق";
        let labels = |of: [(u32, u32); 3]| of.map(|(start, end)| json!([start, end, "A"]));
        for (places, repaired) in [([(2, 5), (6, 9), (10, 15)], 1), ([(3, 6), (7, 10), (11, 16)], 0)] {
            let reading = read(&json!({"text": text, "label": labels(places)}).to_string());
            assert_eq!(reading.problems.len(), repaired, "{:?}", reading.problems);
            assert_eq!(surfaces(&reading.document.unwrap())[2].1, "بغداد");
        }
    }

    #[test]
    fn a_broken_stretch_costs_only_itself() {
        let reading = read(r#"{"text":"عمر","label":[[0,3],[0,3,"A"],7,[0,99,"A"],["x",3,"A"]]}"#);
        assert_eq!(reading.document.unwrap().spans.len(), 1);
        let paths: Vec<_> = reading.problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(paths, ["label[0]", "label[2]", "label[4]", "label[3].end"]);
    }
}
