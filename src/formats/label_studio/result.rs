//! The result of an annotation or prediction: its regions, relations and answers.

use serde_json::{Map, Value};

use super::TEXT;
use super::read::name;
use crate::annotation::Origin;
use crate::formats::draft::{Draft, DraftSpan, relation};
use crate::formats::problem::Problems;
use crate::formats::{Outcome, ProblemKind, carry};

/// Takes the regions, relations and answers of a result over into a draft.
pub(super) fn regions(result: &[Value], path: &str, draft: &mut Draft, problems: &mut Problems) {
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
            Some(value) => crate::formats::fields::offset(value, &field, problems),
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
