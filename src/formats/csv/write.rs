//! Rows on their way out.

use std::io::Write;

use serde_json::{Map, Value};

use super::{COLUMNS, cell};
use crate::annotation::{Document, Span, Status};
use crate::formats::encoding::UTF8_MARK;
use crate::formats::jsonl::WriteError;
use crate::formats::{DocumentWriter, ExportError, Losses, Output, carry};
use crate::text::ByteRange;

/// Writes rows.
#[derive(Debug, Default)]
pub struct Writer {
    begun: bool,
}

impl DocumentWriter for Writer {
    fn write(
        &mut self,
        document: &Document,
        output: &mut dyn Output,
        _: &mut Losses,
    ) -> Result<(), ExportError> {
        self.begin(output)?;
        let mut record = carry::record(document, &["status"])?;
        if !document.relations.is_empty() {
            record.insert("relations".to_owned(), document.relations.clone().into());
        }
        let status = if document.status == Status::New { "" } else { document.status.as_str() };
        let mut article = [status.to_owned(), document.text.as_str().to_owned(), json(record)];
        let mut rows =
            document.spans.iter().map(|span| span_cells(document, span)).collect::<Result<Vec<_>, _>>()?;
        if rows.is_empty() {
            rows.push(Default::default());
        }
        for cells in rows {
            let id = document.id.as_str().to_owned();
            let row = std::iter::once(id).chain(cells).chain(std::mem::take(&mut article));
            write_row(output.stream(), row)?;
        }
        Ok(())
    }

    fn writes_by_document(&self) -> bool {
        false
    }

    fn finish(&mut self, output: &mut dyn Output) -> Result<(), ExportError> {
        self.begin(output)
    }
}

impl Writer {
    fn begin(&mut self, output: &mut dyn Output) -> Result<(), ExportError> {
        if !std::mem::replace(&mut self.begun, true) {
            output.stream().write_all(UTF8_MARK)?;
            write_row(output.stream(), COLUMNS.map(str::to_owned))?;
        }
        Ok(())
    }
}

/// The cells of a span, from its name to what it has beyond the others.
fn span_cells(document: &Document, span: &Span) -> Result<[String; 10], WriteError> {
    let place = |range: ByteRange| document.text.code_point_range(range);
    let (Some((start, end)), Some(surface)) = (place(span.range), document.text.slice(span.range)) else {
        return Err(WriteError::Span { document: document.id.clone(), span: span.id.clone() });
    };
    let pieces = span.fragments.iter().filter_map(|&piece| place(piece));
    let pieces: Vec<_> = pieces.map(|(start, end)| format!("{}-{}", start.get(), end.get())).collect();
    let rest = carry::span(document, span, &["id", "origin", "normalized", "note"])?;
    Ok([
        span.id.as_str().to_owned(),
        start.get().to_string(),
        end.get().to_string(),
        span.label.as_str().to_owned(),
        surface.to_owned(),
        pieces.join(";"),
        span.origin.as_str().to_owned(),
        span.normalized.as_deref().unwrap_or_default().to_owned(),
        span.note.as_deref().unwrap_or_default().to_owned(),
        json(rest),
    ])
}

/// An object as a cell; nothing for an empty one.
fn json(map: Map<String, Value>) -> String {
    if map.is_empty() { String::new() } else { Value::Object(map).to_string() }
}

fn write_row(output: &mut dyn Write, cells: impl IntoIterator<Item = String>) -> std::io::Result<()> {
    for (n, content) in cells.into_iter().enumerate() {
        if n > 0 {
            output.write_all(b",")?;
        }
        output.write_all(cell(&content).as_bytes())?;
    }
    output.write_all(b"\r\n")
}
