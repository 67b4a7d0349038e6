//! Tasks as Label Studio imports them, and the labelling configuration beside them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{FROM, TEXT, fit};
use crate::annotation::{Document, Origin, Span, Status};
use crate::formats::{DocumentWriter, ExportError, Losses, Output, carry};
use crate::schema::{LabelCode, Schema};

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
            let value = crate::formats::xml::attribute(label.as_str());
            xml.push_str(&format!("    <Label value=\"{value}\"{}/>\n", colour.unwrap_or_default()));
        }
        xml.push_str("  </Labels>\n");
        if !self.relations.is_empty() {
            xml.push_str("  <Relations>\n");
            for kind in &self.relations {
                xml.push_str(&format!(
                    "    <Relation value=\"{}\"/>\n",
                    crate::formats::xml::attribute(kind)
                ));
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
    let (start, end, surface) =
        crate::formats::jsonl::place(&document.text, span.range).ok_or_else(|| {
            crate::formats::jsonl::WriteError::Span { document: document.id.clone(), span: span.id.clone() }
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
