//! Documents as a dataset.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::card::{Count, card, split};
use super::{CARD, SPLITS};
use crate::annotation::Document;
use crate::formats::jsonl::WriteError;
use crate::formats::tags::{TagSpan, encode};
use crate::formats::tokens::{tokens, tokens_of};
use crate::formats::{
    Alignment, DocumentWriter, ExportError, Holds, Layers, Losses, Output, Scheme, WriteOptions, align, carry,
};
use crate::schema::LabelCode;

/// Gathers rows, as the numbers of the labels are known only when all of them are.
#[derive(Debug)]
pub struct Writer {
    options: WriteOptions,
    rows: BTreeMap<&'static str, Vec<Row>>,
}

#[derive(Debug)]
struct Row {
    columns: Columns,
    tags: Vec<String>,
    labels: Vec<LabelCode>,
}

#[derive(Debug, Serialize)]
struct Columns {
    id: String,
    text: String,
    tokens: Vec<String>,
    ner_tags: Vec<usize>,
    spans: Vec<SpanColumns>,
    status: &'static str,
    misam: String,
}

#[derive(Debug, Serialize)]
struct SpanColumns {
    start: u32,
    end: u32,
    label: String,
    text: String,
}

impl Writer {
    /// A writer with these choices.
    #[must_use]
    pub fn new(options: WriteOptions) -> Self {
        Self { options, rows: BTreeMap::new() }
    }

    /// The names of the tags, in the order of their numbers: those of the schema's labels in its order, then others.
    fn names(&self) -> Vec<String> {
        let of_schema = self.options.labels.iter();
        let found: BTreeSet<&LabelCode> = self.rows.values().flatten().flat_map(|row| &row.labels).collect();
        let others = found.into_iter().filter(|label| !self.options.labels.contains(label));
        let places: &[&str] = match self.options.scheme {
            Scheme::Iob1 | Scheme::Iob2 => &["B", "I"],
            Scheme::Bioes => &["B", "I", "E", "S"],
            Scheme::Bilou => &["B", "I", "L", "U"],
        };
        let of_label = |label: &LabelCode| {
            places.iter().map(move |place| format!("{place}-{label}")).collect::<Vec<_>>()
        };
        std::iter::once("O".to_owned()).chain(of_schema.chain(others).flat_map(of_label)).collect()
    }
}

impl DocumentWriter for Writer {
    fn write(&mut self, document: &Document, _: &mut dyn Output, _: &mut Losses) -> Result<(), ExportError> {
        let edges = document.spans.iter().flat_map(|span| [span.range.start, span.range.end]);
        let tokens = tokens(&document.text, self.options.clitics, edges);
        let flat = Holds { layers: Layers::One, ..Holds::EVERYTHING };
        let (mut beside, mut losses) = (Alignment::default(), Losses::default());
        let entities = align(document, flat, &self.options, &mut beside, &mut losses);
        let tagged = entities.spans.iter().map(|span| TagSpan {
            tokens: tokens_of(&tokens, span.range),
            label: span.label.as_str().to_owned(),
        });
        let tags = encode(tokens.len(), &tagged.collect::<Vec<_>>(), self.options.scheme);

        let text = |range| document.text.slice(range).unwrap_or_default().to_owned();
        let mut spans = Vec::with_capacity(document.spans.len());
        let mut details = Vec::with_capacity(document.spans.len());
        for span in document.spans.iter() {
            let (start, end) = document
                .text
                .code_point_range(span.range)
                .ok_or_else(|| WriteError::Span { document: document.id.clone(), span: span.id.clone() })?;
            let label = span.label.as_str().to_owned();
            spans.push(SpanColumns { start: start.get(), end: end.get(), label, text: text(span.range) });
            details.push(Value::Object(carry::span(document, span, &[])?));
        }
        let mut misam = carry::record(document, &["status"])?;
        if !document.relations.is_empty() {
            misam.insert("relations".to_owned(), document.relations.clone().into());
        }
        misam.insert("spans".to_owned(), details.into());
        let columns = Columns {
            id: document.id.as_str().to_owned(),
            text: document.text.as_str().to_owned(),
            tokens: tokens.iter().map(|&token| text(token)).collect(),
            ner_tags: Vec::new(),
            spans,
            status: document.status.as_str(),
            misam: Value::Object(misam).to_string(),
        };
        let labels = document.spans.iter().map(|span| span.label.clone()).collect();
        let split = split(document.meta.get("split"));
        self.rows.entry(split).or_default().push(Row { columns, tags, labels });
        Ok(())
    }

    fn writes_by_document(&self) -> bool {
        false
    }

    fn finish(&mut self, output: &mut dyn Output) -> Result<(), ExportError> {
        let names = self.names();
        let numbers: BTreeMap<&str, usize> =
            names.iter().enumerate().map(|(n, name)| (name.as_str(), n)).collect();
        let mut counts = Vec::new();
        let mut rows = std::mem::take(&mut self.rows);
        for name in SPLITS {
            let Some(rows) = rows.remove(name) else { continue };
            let (mut lines, mut count) = (Vec::new(), Count::default());
            for Row { mut columns, tags, labels } in rows {
                columns.ner_tags = tags.iter().filter_map(|tag| numbers.get(tag.as_str()).copied()).collect();
                count.articles += 1;
                count.tokens += tags.len();
                for label in labels {
                    *count.spans.entry(label).or_default() += 1;
                }
                serde_json::to_writer(&mut lines, &columns).map_err(std::io::Error::from)?;
                lines.push(b'\n');
            }
            output.file(&format!("{name}.jsonl"), &lines)?;
            counts.push((name, count));
        }
        output.file(CARD, card(&self.options, &names, &counts).as_bytes())?;
        Ok(())
    }
}
