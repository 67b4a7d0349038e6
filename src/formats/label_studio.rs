//! Label Studio's tasks: one JSON list of articles, each with people's annotations and programs' predictions.
//!
//! Offsets count code points, ends exclusive; older exports counted UTF-16 units, and exported surfaces have `\n` in two
//! characters for a line break. Confirmed spans are an annotation, suggestions are predictions. What Label Studio has
//! no word for stands under `misam` in the task's `data` and in a region's `meta`, both of which it keeps.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::capacity::{Capacity, fit_relations};
use super::draft::{Draft, DraftSpan, relation};
use super::json::JsonType;
use super::problem::Problems;
use super::{
    DocumentWriter, ExportError, Loss, Losses, Outcome, Output, ProblemKind, ReadOptions, Reading, carry,
    whole_file,
};
use crate::annotation::{Document, Origin, Span, Status};
use crate::schema::{LabelCode, Schema};

/// The name of the label control in the labelling configuration.
const FROM: &str = "label";
/// The name of the text in the labelling configuration, and of its key in the data.
const TEXT: &str = "text";

/// What Label Studio holds.
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

/// The document as Label Studio can hold it: a prediction that was confirmed is none.
pub(super) fn fit(document: &Document, losses: &mut Losses) -> Document {
    let mut fitted = CAPACITY.fit(document, losses);
    let confirmed: HashSet<_> = fitted
        .spans
        .iter()
        .filter(|span| span.origin != Origin::Suggested)
        .map(|span| (span.range, span.label.clone()))
        .collect();
    let is_new = |span: &Span| {
        span.origin != Origin::Suggested || !confirmed.contains(&(span.range, span.label.clone()))
    };
    if fitted.spans.iter().all(|span| is_new(span)) {
        return fitted;
    }
    let (kept, gone): (Vec<_>, Vec<_>) = fitted.spans.iter().map(|span| (**span).clone()).partition(is_new);
    for span in &gone {
        losses.say(&document.id, Loss::Suggestion { label: span.label.clone() });
    }
    fitted.spans = kept.into_iter().collect();
    fit_relations(&mut fitted, losses);
    fitted
}

/// Reads a file of tasks, exported as `JSON` or `JSON_MIN`. An article that several people annotated comes once for each.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    whole_file::json_articles(bytes, options, |task, index, problems| {
        read_task(task, index, options, problems)
    })
}

fn read_task(task: Value, index: usize, options: &ReadOptions, about: &mut Problems) -> Vec<Reading> {
    let path = format!("[{index}]");
    let Value::Object(mut task) = task else {
        let kind = ProblemKind::WrongType { expected: JsonType::Object, found: JsonType::of(&task) };
        about.say(path, kind, Outcome::RecordLeftOut);
        return Vec::new();
    };
    let task =
        if task.contains_key("data") { Task::full(task, path) } else { Task::minimal(&mut task, path) };
    let Some(task) = task else {
        about.say(format!("[{index}].data.{TEXT}"), ProblemKind::Missing, Outcome::RecordLeftOut);
        return Vec::new();
    };
    let versions = task.annotations.len().max(1);
    (0..versions)
        .map(|version| {
            let mut problems = Problems::new(&options.file, None);
            let document = task.draft(index, version, &mut problems).finish(options, &mut problems);
            Reading { line: None, document, problems: problems.into_vec() }
        })
        .collect()
}

/// A task taken apart.
struct Task {
    path: String,
    id: Option<String>,
    text: String,
    /// Results by annotation, with who made it and whether it was skipped.
    annotations: Vec<Annotation>,
    predictions: Vec<Prediction>,
    details: Map<String, Value>,
}

struct Annotation {
    path: String,
    by: Option<String>,
    cancelled: bool,
    result: Vec<Value>,
}

struct Prediction {
    path: String,
    model: Option<String>,
    score: Option<Value>,
    result: Vec<Value>,
}

fn list(value: Option<Value>) -> Vec<Value> {
    match value {
        Some(Value::Array(list)) => list,
        _ => Vec::new(),
    }
}

/// A name, be it a text or a number.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        // Who annotated may be a whole person.
        Value::Object(person) => person.get("email").or_else(|| person.get("id")).and_then(name),
        _ => None,
    }
}

impl Task {
    /// A task as `JSON` exports have it.
    fn full(mut task: Map<String, Value>, path: String) -> Option<Self> {
        let Some(Value::Object(mut data)) = task.shift_remove("data") else { return None };
        let text_key = if data.get(TEXT).is_some_and(Value::is_string) {
            TEXT.to_owned()
        } else {
            // The key is the configuration's choice; the longest text is the article.
            let longest = data.iter().filter_map(|(key, value)| Some((value.as_str()?.len(), key)));
            longest.max_by_key(|(length, _)| *length)?.1.clone()
        };
        let Some(Value::String(text)) = data.shift_remove(&text_key) else { return None };
        let number = task.shift_remove("id").as_ref().and_then(name);
        let id = data.shift_remove("id").as_ref().and_then(name).or(number);
        let annotations = list(task.shift_remove("annotations").or_else(|| task.shift_remove("completions")));
        let annotations = annotations.into_iter().enumerate().map(|(n, annotation)| Annotation {
            path: format!("{path}.annotations[{n}].result"),
            by: annotation.get("completed_by").and_then(name),
            cancelled: annotation.get("was_cancelled") == Some(&Value::Bool(true)),
            result: list(annotation.get("result").cloned()),
        });
        let annotations: Vec<_> = annotations.collect();
        let predictions = list(task.shift_remove("predictions"));
        let predictions = predictions.into_iter().enumerate().map(|(n, prediction)| Prediction {
            path: format!("{path}.predictions[{n}].result"),
            model: prediction.get("model_version").and_then(name),
            score: prediction.get("score").filter(|score| score.is_number()).cloned(),
            result: list(prediction.get("result").cloned()),
        });
        let predictions = predictions.collect();
        let mut details = match data.shift_remove(carry::KEY) {
            Some(Value::Object(details)) => details,
            _ => Map::new(),
        };
        let meta = details.entry("meta").or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(meta) = meta {
            meta.extend(data);
        }
        for (key, value) in task {
            details.entry(key).or_insert(value);
        }
        Some(Self { path, id, text, annotations, predictions, details })
    }

    /// A task as `JSON_MIN` exports have it: the data at the top, the regions under the name of their control.
    fn minimal(task: &mut Map<String, Value>, path: String) -> Option<Self> {
        let Some(Value::String(text)) = task.shift_remove(TEXT) else { return None };
        let is_region = |value: &Value| value.get("start").is_some() && value.get("end").is_some();
        let control = task
            .iter()
            .find(|(_, value)| value.as_array().is_some_and(|list| list.iter().any(is_region)))
            .map(|(key, _)| key.clone());
        let control = control.unwrap_or_else(|| FROM.to_owned());
        let regions = list(task.shift_remove(&control));
        let by = task.shift_remove("annotator").as_ref().and_then(name);
        let id = task.shift_remove("id").as_ref().and_then(name);
        let result = regions.into_iter().map(|value| json!({"type": "labels", "value": value})).collect();
        let annotations =
            vec![Annotation { path: format!("{path}.{control}"), by, cancelled: false, result }];
        let details = Map::from_iter([("meta".to_owned(), Value::Object(std::mem::take(task)))]);
        Some(Self { path, id, text, annotations, predictions: Vec::new(), details })
    }

    /// The article with one of its annotations; suggestions come with the first.
    fn draft(&self, index: usize, version: usize, problems: &mut Problems) -> Draft {
        let mut draft = Draft::new(self.text.clone());
        draft.number = Some(index as u64 + 1);
        draft.details.clone_from(&self.details);
        draft.details_path = format!("{}.data.{}", self.path, carry::KEY);
        let mut known: HashSet<(u64, u64, String)> = HashSet::new();
        if let Some(annotation) = self.annotations.get(version) {
            if annotation.cancelled {
                draft.status = Status::Skipped;
            }
            if let Some(by) = &annotation.by {
                draft.details.entry("annotator").or_insert_with(|| by.as_str().into());
            }
            regions(&annotation.result, &annotation.path, &mut draft, problems);
            known.extend(draft.spans.iter().map(|span| (span.start, span.end, span.label.clone())));
        }
        draft.id = self.id.as_deref().map(|id| match self.annotations.get(version) {
            Some(annotation) if version > 0 => {
                let by = annotation.by.clone().unwrap_or_else(|| (version + 1).to_string());
                format!("{id}@{by}").into()
            }
            _ => id.into(),
        });
        for prediction in self.predictions.iter().filter(|_| version == 0) {
            let first = draft.spans.len();
            regions(&prediction.result, &prediction.path, &mut draft, problems);
            let mut predicted = draft.spans.split_off(first);
            predicted.retain(|span| !known.contains(&(span.start, span.end, span.label.clone())));
            for span in &mut predicted {
                span.origin = Origin::Suggested;
                span.details.shift_remove("origin");
                if let Some(model) = &prediction.model {
                    span.details.entry("source").or_insert_with(|| model.as_str().into());
                }
                if let Some(score) = prediction.score.as_ref().filter(|score| is_share(score)) {
                    span.details.entry("confidence").or_insert_with(|| score.clone());
                }
            }
            draft.spans.extend(predicted);
        }
        draft
    }
}

fn is_share(score: &Value) -> bool {
    score.as_f64().is_some_and(|score| (0.0..=1.0).contains(&score))
}

/// Takes the regions, relations and answers of a result over into a draft.
fn regions(result: &[Value], path: &str, draft: &mut Draft, problems: &mut Problems) {
    for (n, item) in result.iter().enumerate() {
        let path = format!("{path}[{n}]");
        let kind = item.get("type").and_then(Value::as_str).unwrap_or_default();
        if kind == "relation" {
            match (item.get("from_id").and_then(name), item.get("to_id").and_then(name)) {
                (Some(head), Some(tail)) => {
                    let label = item.pointer("/labels/0").and_then(Value::as_str).unwrap_or("relation");
                    let id = item.get("id").and_then(Value::as_str);
                    draft.relations.push(relation(id, label, &head, &tail));
                }
                _ => problems.say(path, ProblemKind::Missing, Outcome::EntryLeftOut),
            }
        } else if kind.ends_with("labels") {
            draft.spans.extend(region(item, &path, draft, problems));
        } else if !answer(item, kind, draft) {
            let found = item.get("from_name").and_then(Value::as_str).unwrap_or(kind).to_owned();
            problems.say(path, ProblemKind::NoPlace { found }, Outcome::EntryLeftOut);
        }
    }
}

fn region(item: &Value, path: &str, draft: &Draft, problems: &mut Problems) -> Option<DraftSpan> {
    let value = item.get("value").unwrap_or(&Value::Null);
    // Of HTML, the offsets that count the whole text.
    let place = value.get("globalOffsets").unwrap_or(value);
    let mut end = |key: &str| {
        let field = format!("{path}.value.{key}");
        match place.get(key) {
            Some(value) => super::fields::offset(value, &field, problems),
            None => {
                problems.say(field, ProblemKind::Missing, Outcome::EntryLeftOut);
                None
            }
        }
    };
    let (start, end) = (end("start")?, end("end")?);
    let labels = ["labels", "hypertextlabels", "paragraphlabels"].into_iter().find_map(|key| value.get(key));
    let labels: Vec<&str> =
        labels.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let Some((label, others)) = labels.split_first() else {
        problems.say(format!("{path}.value.labels"), ProblemKind::Missing, Outcome::EntryLeftOut);
        return None;
    };
    for other in others {
        let kind = ProblemKind::NoPlace { found: (*other).to_owned() };
        problems.say(format!("{path}.value.labels"), kind, Outcome::FieldLeftOut);
    }
    let mut span = DraftSpan::new(format!("{path}.value"), start, end, *label);
    span.id = item.get("id").and_then(name).map(Into::into);
    span.surface = value.get(TEXT).and_then(Value::as_str).map(|surface| {
        if draft.text.contains(surface) { surface.to_owned() } else { surface.replace("\\n", "\n") }
    });
    let meta = item.get("meta");
    if let Some(Value::Object(details)) = meta.and_then(|meta| meta.get(carry::KEY)) {
        span.details.clone_from(details);
    }
    span.origin = match item.get("origin").and_then(Value::as_str) {
        Some("manual") => Origin::Manual,
        Some("prediction") => Origin::Accepted,
        Some("prediction-changed") => Origin::Corrected,
        _ => Origin::Imported,
    };
    if let Some(score) = item.get("score").filter(|score| score.is_number()) {
        span.details.entry("confidence").or_insert_with(|| score.clone());
    }
    let notes = meta.and_then(|meta| meta.get(TEXT)).and_then(Value::as_array).into_iter().flatten();
    let note = notes.filter_map(Value::as_str).collect::<Vec<_>>().join("\n");
    if !note.is_empty() {
        span.details.entry("note").or_insert_with(|| note.into());
    }
    Some(span)
}

/// An answer about a region before it is an attribute of it. False if it is about none.
fn answer(item: &Value, kind: &str, draft: &mut Draft) -> bool {
    let (Some(id), Some(question)) =
        (item.get("id").and_then(name), item.get("from_name").and_then(Value::as_str))
    else {
        return false;
    };
    let key = if kind == "textarea" { TEXT } else { kind };
    let Some(value) = item.pointer(&format!("/value/{key}")) else { return false };
    let Some(span) = draft.spans.iter_mut().find(|span| span.id.as_deref() == Some(&id)) else {
        return false;
    };
    let value = match value {
        Value::Array(list) => match &list[..] {
            [only] => only.clone(),
            _ => value.clone(),
        },
        _ => value.clone(),
    };
    let attributes = span.details.entry("attributes").or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(attributes) = attributes {
        attributes.entry(question).or_insert(value);
    }
    true
}

/// Writes one list of tasks, and beside it the labelling configuration.
#[derive(Debug, Default)]
pub struct Writer {
    any: bool,
    labels: BTreeSet<LabelCode>,
    relations: BTreeSet<String>,
}

impl DocumentWriter for Writer {
    fn write(
        &mut self,
        document: &Document,
        output: &mut dyn Output,
        losses: &mut Losses,
    ) -> Result<(), ExportError> {
        let document = fit(document, losses);
        self.labels.extend(document.spans.iter().map(|span| span.label.clone()));
        let kinds = document.relations.iter().filter_map(|relation| relation.get("type")?.as_str());
        self.relations.extend(kinds.map(str::to_owned));
        let task = task(&document)?;
        let stream = output.stream();
        stream.write_all(if self.any { b",\n" } else { b"[\n" })?;
        self.any = true;
        serde_json::to_writer(stream, &task).map_err(std::io::Error::from)?;
        Ok(())
    }

    fn writes_by_document(&self) -> bool {
        false
    }

    fn finish(&mut self, output: &mut dyn Output) -> Result<(), ExportError> {
        output.stream().write_all(if self.any { b"\n]\n" } else { b"[]\n" })?;
        output.companion("label-studio.xml", self.configuration().as_bytes())?;
        Ok(())
    }
}

impl Writer {
    /// The labelling configuration: the labels, in the colours of the default schema where they are its own.
    fn configuration(&self) -> String {
        let schema = Schema::conflict_news();
        let mut xml = format!("<View>\n  <Labels name=\"{FROM}\" toName=\"{TEXT}\">\n");
        for label in &self.labels {
            let known = schema.label(label.as_str());
            let colour = known.map(|known| format!(" background=\"{}\"", known.colours.light.line));
            let value = super::xml::attribute(label.as_str());
            xml.push_str(&format!("    <Label value=\"{value}\"{}/>\n", colour.unwrap_or_default()));
        }
        xml.push_str("  </Labels>\n");
        if !self.relations.is_empty() {
            xml.push_str("  <Relations>\n");
            for kind in &self.relations {
                xml.push_str(&format!("    <Relation value=\"{}\"/>\n", super::xml::attribute(kind)));
            }
            xml.push_str("  </Relations>\n");
        }
        xml.push_str(&format!("  <Text name=\"{TEXT}\" value=\"${TEXT}\"/>\n</View>\n"));
        xml
    }
}

#[derive(Serialize)]
struct TaskOut {
    data: Map<String, Value>,
    annotations: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    predictions: Vec<Value>,
}

fn task(document: &Document) -> Result<TaskOut, ExportError> {
    let mut details = carry::record(document, &[])?;
    let mut data = Map::new();
    data.insert(TEXT.to_owned(), document.text.as_str().into());
    data.insert("id".to_owned(), document.id.as_str().into());
    // What is known of the article stands where Label Studio shows it.
    let collides = document.meta.keys().any(|key| [TEXT, "id", carry::KEY].contains(&key.as_str()));
    if !collides && let Some(Value::Object(meta)) = details.shift_remove("meta") {
        data.extend(meta);
    }
    if !details.is_empty() {
        data.insert(carry::KEY.to_owned(), Value::Object(details));
    }
    let mut result = Vec::new();
    let mut predicted: BTreeMap<Option<&str>, Vec<Value>> = BTreeMap::new();
    for span in document.spans.iter() {
        let region = region_out(document, span)?;
        if span.origin == Origin::Suggested {
            predicted.entry(span.source.as_deref()).or_default().push(region);
        } else {
            result.push(region);
        }
    }
    let relations = document.relations.iter().map(|relation| {
        let text = |key: &str| relation.get(key).cloned().unwrap_or_default();
        let mut out = json!({
            "type": "relation", "from_id": text("head"), "to_id": text("tail"), "direction": "right",
            "labels": [text("type")],
        });
        if let (Some(id), Some(out)) = (relation.get("id"), out.as_object_mut()) {
            out.insert("id".to_owned(), id.clone());
        }
        out
    });
    result.extend(relations);
    let touched = document.status != Status::New || !result.is_empty();
    let annotation = json!({"result": result, "was_cancelled": document.status == Status::Skipped});
    let predictions = predicted.into_iter().map(|(model, result)| match model {
        Some(model) => json!({"model_version": model, "result": result}),
        None => json!({"result": result}),
    });
    Ok(TaskOut {
        data,
        annotations: if touched { vec![annotation] } else { Vec::new() },
        predictions: predictions.collect(),
    })
}

fn region_out(document: &Document, span: &Span) -> Result<Value, ExportError> {
    let mut details = carry::span(document, span, &["id", "note"])?;
    let origin = match span.origin {
        Origin::Manual | Origin::Imported => "manual",
        Origin::Accepted | Origin::Suggested => "prediction",
        Origin::Corrected => "prediction-changed",
    };
    if span.origin != Origin::Imported {
        details.shift_remove("origin");
    }
    let score = details.shift_remove("confidence");
    let (start, end, surface) = super::jsonl::place(&document.text, span.range).ok_or_else(|| {
        super::jsonl::WriteError::Span { document: document.id.clone(), span: span.id.clone() }
    })?;
    let mut region = json!({
        "id": span.id.as_str(), "from_name": FROM, "to_name": TEXT, "type": "labels", "origin": origin,
        "value": {"start": start, "end": end, "text": surface, "labels": [span.label.as_str()]},
    });
    let mut meta = Map::new();
    if let Some(note) = &span.note {
        meta.insert(TEXT.to_owned(), json!([&**note]));
    }
    if !details.is_empty() {
        meta.insert(carry::KEY.to_owned(), Value::Object(details));
    }
    if let Some(region) = region.as_object_mut() {
        region.extend(score.map(|score| ("score".to_owned(), score)));
        if !meta.is_empty() {
            region.insert("meta".to_owned(), Value::Object(meta));
        }
    }
    Ok(region)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::draft::testing::surfaces;

    fn read(file: &str) -> Vec<Reading> {
        read_file(file.as_bytes(), &ReadOptions::for_file("tasks.json"))
    }

    #[test]
    fn what_a_person_annotated_comes_with_what_programs_predicted() {
        let readings = read(
            r#"[{"id":1,"data":{"text":"زار عمر القاهرة","title":"خبر"},"annotations":[{"completed_by":3,"result":[
            {"id":"a1","from_name":"label","to_name":"text","type":"labels","origin":"manual","value":{"start":4,"end":7,"text":"عمر","labels":["PER"]}},
            {"id":"a1","from_name":"sure","to_name":"text","type":"choices","value":{"start":4,"end":7,"choices":["yes"]}},
            {"type":"relation","from_id":"a1","to_id":"p1","direction":"right","labels":["visited"]}]}],
            "predictions":[{"model_version":"m/1","score":0.5,"result":[
            {"id":"p1","from_name":"label","to_name":"text","type":"labels","value":{"start":8,"end":15,"text":"القاهرة","labels":["LOC"]}},
            {"id":"p2","from_name":"label","to_name":"text","type":"labels","value":{"start":4,"end":7,"text":"عمر","labels":["PER"]}}]}]}]"#,
        );
        let document = readings[0].document.as_ref().unwrap();
        assert_eq!(readings[0].problems, []);
        assert_eq!((document.id.as_str(), document.annotator.as_deref()), ("1", Some("3")));
        let spans: Vec<_> = document.spans.iter().collect();
        assert_eq!((spans[0].origin, &spans[0].attributes["sure"]), (Origin::Manual, &"yes".into()));
        assert_eq!((spans[1].origin, spans[1].confidence), (Origin::Suggested, Some(0.5)));
        assert_eq!((document.relations.len(), &document.meta["title"]), (1, &"خبر".into()));
    }

    #[test]
    fn everyone_who_annotated_an_article_is_kept_apart() {
        let readings = read(
            r#"[{"id":7,"data":{"text":"عمر"},"annotations":[{"completed_by":1,"result":[]},
            {"completed_by":{"email":"b@example.org"},"was_cancelled":true,"result":[]}]}]"#,
        );
        let documents: Vec<_> = readings.iter().filter_map(|reading| reading.document.as_ref()).collect();
        let names: Vec<_> = documents.iter().map(|d| (d.id.as_str(), d.status)).collect();
        assert_eq!(names, [("7", Status::New), ("7@b@example.org", Status::Skipped)]);
    }

    #[test]
    fn utf16_offsets_and_escaped_line_breaks_of_older_exports_are_recognised() {
        let readings = read(
            r#"[{"id":1,"data":{"body":"😊 زار\nعمر القاهرة"},"annotations":[{"result":[
            {"id":"a","type":"labels","value":{"start":3,"end":10,"text":"زار\\nعمر","labels":["X"]}}]}]}]"#,
        );
        assert_eq!(surfaces(readings[0].document.as_ref().unwrap()), [("X".into(), "زار\nعمر".into())]);
        assert!(
            matches!(readings[0].problems[..], [ref p] if matches!(p.kind, ProblemKind::OffsetUnit { .. }))
        );
    }

    #[test]
    fn the_short_form_is_read_and_what_is_wrong_has_its_path() {
        let readings = read(
            r#"[{"text":"زار عمر","label":[{"start":4,"end":7,"text":"عمر","labels":["PER"]},
            {"start":4,"end":99,"labels":["PER"]}],"id":1,"annotator":1}]"#,
        );
        assert_eq!(surfaces(readings[0].document.as_ref().unwrap()), [("PER".into(), "عمر".into())]);
        assert_eq!(readings[0].problems[0].field, "[0].label[1].value.end");
    }

    #[test]
    fn a_file_of_something_else_is_refused_with_its_line() {
        let readings = read("[\n{\"data\":{}},\n7]");
        assert!(readings.iter().all(|reading| reading.document.is_none()));
        assert_eq!(readings[0].problems[0].field, "[0].data.text");
        let broken = read("[\n{\"data\":");
        assert_eq!(broken[0].problems[0].line, Some(2));
    }
}
