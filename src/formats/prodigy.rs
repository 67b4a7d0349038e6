//! Prodigy's records: a text, its tokens, spans over them and an answer, one a line.
//!
//! Prodigy refuses spans whose edges are not token edges, and it takes a record's own tokens where it has some. So the
//! writer sends tokens along that are cut wherever a span begins or ends; an attached و or ب becomes a token. Prodigy
//! keeps keys it does not know, so a span carries its origin and the rest with it and comes back whole.

use std::collections::{BTreeSet, HashSet};

use serde::Serialize;
use serde_json::{Map, Value};

use super::jsonl::{self, Completion, SpanOut, WriteError};
use super::problem::Problems;
use super::{DocumentWriter, ExportError, Loss, Losses, Outcome, Output, ReadOptions, Reading, json};
use crate::annotation::{Document, Span, Status};
use crate::text::{CodePointOffset, SourceText, words};

/// Reads one line. Tokens are not kept: the writer makes them again.
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
    let document = document(map, number, options, &mut problems);
    Reading { line: Some(number), document, problems: problems.into_vec() }
}

fn document(
    mut map: Map<String, Value>,
    number: u64,
    options: &ReadOptions,
    problems: &mut Problems,
) -> Option<Document> {
    map.shift_remove("tokens");
    if let Some(spans) = map.get_mut("spans").and_then(Value::as_array_mut) {
        for span in spans.iter_mut().filter_map(Value::as_object_mut) {
            span.shift_remove("token_start");
            span.shift_remove("token_end");
        }
    }
    let status = match map.get("answer").and_then(Value::as_str) {
        Some("accept") => Status::Done,
        Some("ignore" | "reject") => Status::Skipped,
        _ => Status::New,
    };
    let plain = matches!(map.get("answer").and_then(Value::as_str), Some("accept" | "ignore"));
    if plain {
        map.shift_remove("answer");
    }
    let mut document = jsonl::document(map, number, options, Completion::Expected, problems)?;
    document.status = status;
    Some(document)
}

/// Writes one line a document.
#[derive(Debug)]
pub struct Writer;

impl DocumentWriter for Writer {
    fn write(
        &mut self,
        document: &Document,
        output: &mut dyn Output,
        losses: &mut Losses,
    ) -> Result<(), ExportError> {
        for (field, there) in [
            ("rejected", !document.rejected.is_empty()),
            ("relations", !document.relations.is_empty()),
            ("events", !document.events.is_empty()),
            ("status", document.status == Status::InProgress),
        ] {
            if there {
                losses.say(&document.id, Loss::Field { field });
            }
        }
        let record = RecordOut::new(document)?;
        let line = serde_json::to_string(&record).map_err(|error| WriteError::Json {
            document: document.id.clone(),
            message: error.to_string(),
        })?;
        writeln!(output.stream(), "{line}")?;
        Ok(())
    }
}

#[derive(Serialize)]
struct RecordOut<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
    spans: Vec<TokenSpan<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'static str>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    meta: &'a Map<String, Value>,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotator: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'a str>,
    #[serde(flatten)]
    extra: Map<String, Value>,
}

/// A token as spaCy counts them: a single space after one belongs to it, other white space is a token itself.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Token<'a> {
    text: &'a str,
    start: u32,
    end: u32,
    id: usize,
    ws: bool,
}

#[derive(Serialize)]
struct TokenSpan<'a> {
    #[serde(flatten)]
    span: SpanOut<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_start: Option<usize>,
    /// The last token, not the one after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    token_end: Option<usize>,
}

impl<'a> RecordOut<'a> {
    fn new(document: &'a Document) -> Result<Self, WriteError> {
        let spans: Vec<&Span> = document.spans.iter().map(AsRef::as_ref).collect();
        let tokens = tokens(&document.text, &spans);
        let spans = spans
            .into_iter()
            .map(|span| {
                let out = SpanOut::new(&document.text, span).ok_or_else(|| WriteError::Span {
                    document: document.id.clone(),
                    span: span.id.clone(),
                })?;
                let token_start = tokens.binary_search_by_key(&out.start, |token| token.start).ok();
                let token_end = tokens.binary_search_by_key(&out.end, |token| token.end).ok();
                Ok(TokenSpan { span: out, token_start, token_end })
            })
            .collect::<Result<_, _>>()?;
        let mut extra = document.extra.clone();
        for key in ["text", "tokens", "spans", "meta", "id", "annotator", "schema"] {
            extra.shift_remove(key);
        }
        let answer = match document.status {
            Status::Done => Some("accept"),
            Status::Skipped if !extra.contains_key("answer") => Some("ignore"),
            Status::Skipped | Status::New | Status::InProgress => None,
        };
        if answer.is_some() {
            extra.shift_remove("answer");
        }
        Ok(Self {
            text: document.text.as_str(),
            tokens,
            spans,
            answer,
            meta: &document.meta,
            id: document.id.as_str(),
            annotator: document.annotator.as_deref(),
            schema: document.schema.as_deref(),
            extra,
        })
    }
}

/// Words, single symbols and white space, cut at the edges of the spans.
fn tokens<'a>(text: &'a SourceText, spans: &[&Span]) -> Vec<Token<'a>> {
    let source = text.as_str();
    let mut cuts: BTreeSet<usize> =
        spans.iter().flat_map(|span| [span.range.start.to_usize(), span.range.end.to_usize()]).collect();
    let mut inside_words = 0;
    for word in words(source) {
        let range = word.range.to_std();
        cuts_between(source, inside_words..range.start, &mut cuts);
        cuts.extend([range.start, range.end]);
        inside_words = range.end;
    }
    cuts_between(source, inside_words..source.len(), &mut cuts);
    cuts.extend([0, source.len()]);

    let starts: HashSet<usize> = spans.iter().map(|span| span.range.start.to_usize()).collect();
    let ends: HashSet<usize> = spans.iter().map(|span| span.range.end.to_usize()).collect();
    let mut tokens: Vec<Token<'_>> = Vec::with_capacity(cuts.len());
    let edges: Vec<usize> = cuts.into_iter().collect();
    for pair in edges.windows(2) {
        let &[start, end] = pair else { continue };
        let Some(piece) = source.get(start..end) else { continue };
        // A space that a span begins or ends with has to be a token, or the span would have no token there.
        if piece == " "
            && !starts.contains(&start)
            && !ends.contains(&end)
            && let Some(last) = tokens.last_mut().filter(|last| !last.ws && !last.text.trim().is_empty())
        {
            last.ws = true;
            continue;
        }
        let count = |byte: usize| text.code_points_before(byte.into()).map_or(0, CodePointOffset::get);
        let id = tokens.len();
        tokens.push(Token { text: piece, start: count(start), end: count(end), id, ws: false });
    }
    tokens
}

/// Between words every symbol is a token. Of white space, a single space is a piece, and so is all that follows it.
fn cuts_between(source: &str, range: std::ops::Range<usize>, cuts: &mut BTreeSet<usize>) {
    let Some(gap) = source.get(range.clone()) else { return };
    let mut chars = gap.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        cuts.insert(range.start + at);
        if c == ' '
            && let Some((next, _)) = chars.next_if(|(_, next)| next.is_whitespace())
        {
            cuts.insert(range.start + next);
        }
        if c.is_whitespace() {
            while chars.next_if(|(_, next)| next.is_whitespace()).is_some() {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{DocumentId, Origin, SpanId};
    use crate::formats::MemoryOutput;
    use crate::schema::LabelCode;

    fn document(text: &str, surface: &str) -> Document {
        let start = text.find(surface).unwrap();
        let range = (start..start + surface.len()).into();
        let mut document = Document::new(DocumentId::new("d"), text);
        let label = LabelCode::new("LOC").unwrap();
        document.spans = [Span::new(SpanId::numbered(1), range, label, Origin::Manual)].into_iter().collect();
        document
    }

    fn write(document: &Document) -> (Value, Losses) {
        let (mut output, mut losses) = (MemoryOutput::default(), Losses::default());
        Writer.write(document, &mut output, &mut losses).unwrap();
        (serde_json::from_slice(&output.stream).unwrap(), losses)
    }

    fn rebuilt(record: &Value) -> String {
        let tokens = record["tokens"].as_array().unwrap();
        tokens
            .iter()
            .map(|t| format!("{}{}", t["text"].as_str().unwrap(), if t["ws"] == true { " " } else { "" }))
            .collect()
    }

    #[test]
    fn tokens_rebuild_the_text_and_every_span_has_its_own() {
        let text = "😊 وصل وبالقاهرة،  ثم\n\n عاد . ";
        let (record, losses) = write(&document(text, "القاهرة"));
        assert_eq!(rebuilt(&record), text);
        let span = &record["spans"][0];
        let token = &record["tokens"][span["token_start"].as_u64().unwrap() as usize];
        assert_eq!((token["text"].as_str(), &span["token_start"]), (Some("القاهرة"), &span["token_end"]));
        assert!(losses.is_empty());
    }

    #[test]
    fn what_was_written_comes_back() {
        let mut document = document("زار بغداد", "بغداد");
        document.status = Status::Done;
        let (record, _) = write(&document);
        let line = record.to_string();
        let reading = read_record(&line, 1, &ReadOptions::for_file("a.jsonl"));
        assert_eq!(reading.problems, []);
        assert_eq!(reading.document, Some(document));
    }

    #[test]
    fn a_rejected_answer_is_kept_as_it_is() {
        let line =
            r#"{"text":"x","spans":[{"start":0,"end":1,"label":"A"}],"answer":"reject","_task_hash":-5}"#;
        let document = read_record(line, 1, &ReadOptions::for_file("a.jsonl")).document.unwrap();
        assert_eq!(document.status, Status::Skipped);
        let (record, _) = write(&document);
        assert_eq!((record["answer"].as_str(), record["_task_hash"].as_i64()), (Some("reject"), Some(-5)));
    }
}
