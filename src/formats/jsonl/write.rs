//! A document as a line.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use super::{FORMAT, RECORD_KEYS, SPAN_KEYS};
use crate::annotation::{Alternative, Document, DocumentId, Rejection, Span, SpanId};
use crate::formats::{DocumentWriter, ExportError, Losses, OffsetUnit, Output};
use crate::text::{ByteRange, SourceText};

/// A document that cannot be written, because something in it does not fit its text. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// A span outside the text, or one that cuts a character.
    #[error("span {span} of document {document} does not fit the text; nothing of the document was written")]
    Span {
        /// The document.
        document: DocumentId,
        /// The span.
        span: SpanId,
    },
    /// A rejection outside the text, or one that cuts a character.
    #[error(
        "rejection {index} of document {document} does not fit the text; nothing of the document was written"
    )]
    Rejection {
        /// The document.
        document: DocumentId,
        /// Its place in the list, from 0.
        index: usize,
    },
    /// A value that JSON cannot hold.
    #[error("document {document} cannot be written as JSON: {message}")]
    Json {
        /// The document.
        document: DocumentId,
        /// What the writer says.
        message: String,
    },
}

/// The line of a document, without its line end.
///
/// # Errors
/// If a span or a rejection does not fit the text.
pub fn write_record(document: &Document) -> Result<String, WriteError> {
    let record = RecordOut::new(document)?;
    serde_json::to_string(&record)
        .map_err(|error| WriteError::Json { document: document.id.clone(), message: error.to_string() })
}

/// Writes one line a document. Nothing is ever lost.
#[derive(Debug)]
pub struct Writer;

impl DocumentWriter for Writer {
    fn write(
        &mut self,
        document: &Document,
        output: &mut dyn Output,
        _: &mut Losses,
    ) -> Result<(), ExportError> {
        writeln!(output.stream(), "{}", write_record(document)?)?;
        Ok(())
    }
}

#[derive(serde::Serialize)]
struct RecordOut<'a> {
    format: &'static str,
    id: &'a str,
    text: &'a str,
    text_sha256: &'a str,
    offset_unit: OffsetUnit,
    spans: Vec<SpanOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rejected: Vec<RejectionOut<'a>>,
    #[serde(skip_serializing_if = "<[Value]>::is_empty")]
    relations: &'a [Value],
    #[serde(skip_serializing_if = "<[Value]>::is_empty")]
    events: &'a [Value],
    status: &'static str,
    #[serde(skip_serializing_if = "is_empty")]
    annotator: Option<&'a str>,
    #[serde(skip_serializing_if = "is_empty")]
    schema: Option<&'a str>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    meta: &'a Map<String, Value>,
    #[serde(flatten)]
    extra: Extra<'a>,
}

/// A span as the record holds it.
#[derive(serde::Serialize)]
pub(in crate::formats) struct SpanOut<'a> {
    id: &'a str,
    pub(in crate::formats) start: u32,
    pub(in crate::formats) end: u32,
    label: &'a str,
    text: &'a str,
    origin: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternative: Option<&'a Alternative>,
    #[serde(skip_serializing_if = "is_empty")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "is_empty")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fragments: Vec<[u32; 2]>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    attributes: &'a Map<String, Value>,
    #[serde(skip_serializing_if = "is_empty")]
    normalized: Option<&'a str>,
    #[serde(skip_serializing_if = "is_empty")]
    note: Option<&'a str>,
    #[serde(flatten)]
    extra: Extra<'a>,
}

#[derive(serde::Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct RejectionOut<'a> {
    start: u32,
    end: u32,
    label: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "is_empty")]
    source: Option<&'a str>,
}

fn is_empty(text: &Option<&str>) -> bool {
    text.is_none_or(str::is_empty)
}

/// The keys that Misam does not know. One that has come to bear the name of a known key is not written twice.
struct Extra<'a> {
    map: &'a Map<String, Value>,
    known: &'static [&'static str],
}

impl Serialize for Extra<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in self.map.iter().filter(|(key, _)| !self.known.contains(&key.as_str())) {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl<'a> RecordOut<'a> {
    fn new(document: &'a Document) -> Result<Self, WriteError> {
        let text = &document.text;
        let spans = document
            .spans
            .iter()
            .map(|span| {
                SpanOut::new(text, span)
                    .ok_or_else(|| WriteError::Span { document: document.id.clone(), span: span.id.clone() })
            })
            .collect::<Result<_, _>>()?;
        let mut rejected = document
            .rejected
            .iter()
            .enumerate()
            .map(|(index, rejection)| {
                RejectionOut::new(text, rejection)
                    .ok_or_else(|| WriteError::Rejection { document: document.id.clone(), index })
            })
            .collect::<Result<Vec<_>, _>>()?;
        // Spans keep their order in their set; rejections stand in the order they were made in.
        rejected
            .sort_by(|a, b| (a.start, b.end, a.label, a.source).cmp(&(b.start, a.end, b.label, b.source)));
        Ok(Self {
            format: FORMAT,
            id: document.id.as_str(),
            text: text.as_str(),
            text_sha256: text.sha256(),
            offset_unit: OffsetUnit::CodePoint,
            spans,
            rejected,
            relations: &document.relations,
            events: &document.events,
            status: document.status.as_str(),
            annotator: document.annotator.as_deref(),
            schema: document.schema.as_deref(),
            meta: &document.meta,
            extra: Extra { map: &document.extra, known: &RECORD_KEYS },
        })
    }
}

/// A range in the unit of the file and the text it holds; `None` if it does not fit.
pub(in crate::formats) fn place(text: &SourceText, range: ByteRange) -> Option<(u32, u32, &str)> {
    let (start, end) = text.code_point_range(range)?;
    Some((start.get(), end.get(), text.slice(range)?))
}

impl<'a> SpanOut<'a> {
    /// `None` if the span does not fit the text.
    pub(in crate::formats) fn new(text: &'a SourceText, span: &'a Span) -> Option<Self> {
        let (start, end, surface) = place(text, span.range)?;
        let fragments = span
            .fragments
            .iter()
            .map(|&fragment| place(text, fragment).map(|(start, end, _)| [start, end]))
            .collect::<Option<_>>()?;
        Some(Self {
            id: span.id.as_str(),
            start,
            end,
            label: span.label.as_str(),
            text: surface,
            origin: span.origin.as_str(),
            confidence: span.confidence.filter(|confidence| confidence.is_finite()),
            alternative: span.alternative.as_ref().filter(|other| other.confidence.is_finite()),
            source: span.source.as_deref(),
            reason: span.reason.as_deref(),
            fragments,
            attributes: &span.attributes,
            normalized: span.normalized.as_deref(),
            note: span.note.as_deref(),
            extra: Extra { map: &span.extra, known: &SPAN_KEYS },
        })
    }
}

impl<'a> RejectionOut<'a> {
    fn new(text: &'a SourceText, rejection: &'a Rejection) -> Option<Self> {
        let (start, end, surface) = place(text, rejection.range)?;
        let (label, source) = (rejection.label.as_str(), rejection.source.as_deref());
        Some(Self { start, end, label, text: surface, source })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::annotation::{Origin, Status};
    use crate::schema::LabelCode;

    fn span(id: &str, range: std::ops::Range<usize>, label: &str) -> Span {
        Span::new(SpanId::new(id), range.into(), LabelCode::new(label).unwrap(), Origin::Manual)
    }

    #[test]
    fn a_document_without_labels_is_as_short_as_it_can_be() {
        let document = Document::new(DocumentId::new("a"), "خبر");
        assert_eq!(
            write_record(&document).unwrap(),
            "{\"format\":\"misam/1\",\"id\":\"a\",\"text\":\"خبر\",\"text_sha256\":\"\
             44185590c5a95d3400e7025ada7169d4d79dcc5e63dea67a0b3b57b1d30f34d7\",\"offset_unit\":\"codepoint\",\
             \"spans\":[],\"status\":\"new\"}"
        );
    }

    #[test]
    fn every_key_stands_in_its_place() {
        let mut document = Document::new(DocumentId::new("a"), "😊 زار بغداد");
        let mut full = span("s1", 12..22, "LOC");
        full.origin = Origin::Corrected;
        full.confidence = Some(0.93);
        full.alternative = Some(Alternative { label: LabelCode::new("GRP").unwrap(), confidence: 0.25 });
        full.source = Some("rules 1".into());
        full.reason = Some("بعد «زار»".into());
        full.fragments = vec![(12..14).into(), (16..22).into()];
        full.attributes = json!({"doubt":true}).as_object().unwrap().clone();
        full.normalized = Some("بغداد".into());
        full.note = Some("؟".into());
        full.extra = json!({"token_end":3,"id":"not twice"}).as_object().unwrap().clone();
        document.spans = [full].into_iter().collect();
        document.rejected = vec![
            Rejection { range: (5..11).into(), label: LabelCode::new("PER").unwrap(), source: None },
            Rejection {
                range: (0..4).into(),
                label: LabelCode::new("PER").unwrap(),
                source: Some("rules 1".into()),
            },
        ];
        document.relations = vec![json!({"id":"r1","type":"in","head":"s1","tail":"s1"})];
        document.status = Status::InProgress;
        document.annotator = Some("ل".into());
        document.schema = Some("conflict-news/1".into());
        document.meta = json!({"title":"ع"}).as_object().unwrap().clone();
        document.extra = json!({"answer":"accept"}).as_object().unwrap().clone();
        let line = write_record(&document).unwrap();
        let (_, rest) = line.split_once("\"offset_unit\"").unwrap();
        assert_eq!(
            rest,
            ":\"codepoint\",\"spans\":[{\"id\":\"s1\",\"start\":6,\"end\":11,\"label\":\"LOC\",\"text\":\"بغداد\",\
             \"origin\":\"corrected\",\"confidence\":0.93,\"alternative\":{\"label\":\"GRP\",\"confidence\":0.25},\"source\":\"rules 1\",\"reason\":\"بعد «زار»\",\
             \"fragments\":[[6,7],[8,11]],\"attributes\":{\"doubt\":true},\"normalized\":\"بغداد\",\"note\":\"؟\",\
             \"token_end\":3}],\"rejected\":[{\"start\":0,\"end\":1,\"label\":\"PER\",\"text\":\"😊\",\"source\":\
             \"rules 1\"},{\"start\":2,\"end\":5,\"label\":\"PER\",\"text\":\"زار\"}],\"relations\":[{\"id\":\"r1\",\
             \"type\":\"in\",\"head\":\"s1\",\"tail\":\"s1\"}],\"status\":\"in_progress\",\"annotator\":\"ل\",\
             \"schema\":\"conflict-news/1\",\"meta\":{\"title\":\"ع\"},\"answer\":\"accept\"}"
        );
    }

    #[test]
    fn a_span_that_does_not_fit_the_text_is_never_written() {
        let mut document = Document::new(DocumentId::new("a"), "خبر");
        document.spans = [span("s1", 0..3, "LOC")].into_iter().collect();
        assert_eq!(
            write_record(&document),
            Err(WriteError::Span { document: DocumentId::new("a"), span: SpanId::new("s1") })
        );
    }
}
