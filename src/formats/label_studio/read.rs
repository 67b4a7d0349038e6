//! Tasks taken apart: which article, who annotated it, what programs predicted.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::result::regions;
use super::{FROM, TEXT};
use crate::annotation::{Origin, Status};
use crate::formats::draft::Draft;
use crate::formats::json::JsonType;
use crate::formats::problem::Problems;
use crate::formats::{Outcome, ProblemKind, ReadOptions, Reading, carry, whole_file};

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
pub(super) fn name(value: &Value) -> Option<String> {
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
