//! W3C Web Annotations: for every article a text and a collection of annotations in JSON-LD that select parts of it by
//! position and by quotation.
//!
//! Positions count code points, as the recommendation demands; programs that count what JavaScript counts are
//! recognised by their quotations. A discontinuous span is one annotation with several targets, a relation an
//! annotation that links two others.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::archive::Files;
use super::capacity::Capacity;
use super::draft::{Draft, DraftSpan, relation};
use super::encoding::utf8;
use super::file_names::FileNames;
use super::jsonl::{WriteError, place};
use super::problem::Problems;
use super::{
    DocumentWriter, ExportError, Losses, Outcome, Output, ProblemKind, ReadOptions, Reading, carry,
    whole_file,
};
use crate::annotation::{Document, Span};
use crate::text::{ByteRange, SourceText};

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

/// So many code points before and after a quotation are quoted with it.
const AROUND: usize = 16;

/// The document as a collection can hold it.
pub(super) fn fit(document: &Document, losses: &mut Losses) -> Document {
    CAPACITY.fit(document, losses)
}

/// Reads the texts of a folder with their annotations.
#[must_use]
pub fn read_folder(files: &Files, options: &ReadOptions) -> Vec<Reading> {
    let mut readings = Vec::new();
    for (name, bytes) in files.iter().filter(|(name, _)| !name.ends_with(".txt")) {
        let mut problems = Problems::new(&options.within(name), None);
        let value = whole_file::json(bytes, &mut problems);
        let collection = value.map(Collection::new).unwrap_or_default();
        let left = problems.into_vec();
        if !left.is_empty() {
            readings.push(Reading { line: None, document: None, problems: left });
        }
        // Annotations of one file may be about several texts.
        let mut by_source: BTreeMap<String, Vec<(usize, &Value)>> = BTreeMap::new();
        for (n, annotation) in collection.items.iter().enumerate() {
            by_source.entry(source(annotation).unwrap_or_default()).or_default().push((n, annotation));
        }
        let linking = by_source.remove("").unwrap_or_default();
        let only = by_source.len() < 2;
        if by_source.is_empty() {
            by_source.insert(
                format!("{}.txt", name.rsplit_once('.').map_or(&**name, |(stem, _)| stem)),
                Vec::new(),
            );
        }
        for (source, mut annotations) in by_source {
            annotations.extend(linking.iter().copied());
            let mut problems = Problems::new(&options.within(name), None);
            let document = text_of(files, name, &source, &mut problems).and_then(|text| {
                let mut draft = Draft::new(text);
                let stem = source.rsplit('/').next().and_then(|base| base.strip_suffix(".txt"));
                let stem = stem.unwrap_or(&source).to_owned();
                draft.id = Some(collection.id.clone().filter(|_| only).unwrap_or(stem).into());
                draft.details = if only { collection.details.clone() } else { Map::new() };
                draft.details_path = carry::KEY.to_owned();
                for (n, annotation) in annotations {
                    take(annotation, &format!("items[{n}]"), &mut draft, &mut problems);
                }
                draft.finish(options, &mut problems)
            });
            readings.push(Reading { line: None, document, problems: problems.into_vec() });
        }
    }
    readings
}

/// A file of annotations taken apart.
#[derive(Default)]
struct Collection {
    id: Option<String>,
    details: Map<String, Value>,
    items: Vec<Value>,
}

impl Collection {
    /// A collection, a page, a list of annotations, or one alone.
    fn new(value: Value) -> Self {
        let mut value = value;
        let details = value.get_mut(carry::KEY).map(Value::take).and_then(|details| match details {
            Value::Object(details) => Some(details),
            _ => None,
        });
        let mut details = details.unwrap_or_default();
        let id = details.shift_remove("id").and_then(|id| id.as_str().map(str::to_owned));
        let items = match &mut value {
            Value::Array(list) => std::mem::take(list),
            Value::Object(map) => {
                let page = map.get_mut("first").map(Value::take).unwrap_or_default();
                match map.get_mut("items").map(Value::take).or_else(|| page.get("items").cloned()) {
                    Some(Value::Array(list)) => list,
                    _ if map.contains_key("target") => vec![value],
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        };
        Self { id, details, items }
    }
}

/// A list, or one thing as a list of one.
fn each(value: Option<&Value>) -> Vec<&Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list.iter().collect(),
        Some(one) => vec![one],
    }
}

/// The text an annotation is about, as its address has it; `None` if it is about other annotations.
fn source(annotation: &Value) -> Option<String> {
    let targets = each(annotation.get("target"));
    let target = targets.iter().find(|target| target.get("selector").is_some())?;
    let source = target.get("source")?;
    let source = source.as_str().or_else(|| source.get("id")?.as_str())?;
    Some(decode(source))
}

/// The text of a source: the file of that name, or the one text there is.
fn text_of(files: &Files, name: &str, source: &str, problems: &mut Problems) -> Option<String> {
    let base = source.rsplit(['/', '#']).next().unwrap_or(source);
    let folder = name.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    let texts = || files.iter().filter(|(name, _)| name.ends_with(".txt"));
    let own = format!("{}.txt", name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let found = files
        .get(&format!("{folder}{base}"))
        .or_else(|| files.get(&own))
        .or_else(|| texts().next().filter(|_| texts().count() == 1).map(|(_, bytes)| bytes));
    match found.map(|bytes| utf8(bytes)) {
        Some(Ok(text)) => Some(text.to_owned()),
        Some(Err(error)) => {
            let kind =
                ProblemKind::NotUtf8 { byte: error.byte, column: error.index as u64 + 1, guess: error.guess };
            problems.say("target.source", kind, Outcome::FileLeftOut);
            None
        }
        None => {
            problems.say(
                "target.source",
                ProblemKind::MissingFile { name: base.to_owned() },
                Outcome::FileLeftOut,
            );
            None
        }
    }
}

/// Takes an annotation over into a draft.
fn take(annotation: &Value, path: &str, draft: &mut Draft, problems: &mut Problems) {
    let id = annotation.get("id").and_then(Value::as_str).map(|id| decode(id.trim_start_matches('#')));
    let bodies = each(annotation.get("body").or_else(|| annotation.get("bodyValue")));
    let purpose = |body: &Value| body.get("purpose").and_then(Value::as_str).map(str::to_owned);
    let value = |body: &Value| {
        let own = body.as_str().or_else(|| body.get("value")?.as_str());
        own.or_else(|| body.get("source")?.as_str()?.rsplit(['/', '#']).next()).map(str::to_owned)
    };
    let tag = bodies.iter().find(|body| purpose(body).as_deref() == Some("tagging"));
    let label = tag.or_else(|| bodies.first()).and_then(|body| value(body));
    let notes =
        bodies.iter().filter(|body| matches!(purpose(body).as_deref(), Some("commenting" | "describing")));
    let notes: Vec<String> = notes.filter_map(|body| value(body)).collect();
    let mut details = match annotation.get(carry::KEY) {
        Some(Value::Object(details)) => details.clone(),
        _ => Map::new(),
    };
    let targets = each(annotation.get("target"));
    if targets.iter().all(|target| target.get("selector").is_none()) {
        let ends: Vec<String> = targets
            .iter()
            .filter_map(|target| target.as_str().or_else(|| target.get("id")?.as_str()))
            .map(|id| decode(id.trim_start_matches('#')))
            .collect();
        match &ends[..] {
            [head, tail] => {
                let own = details.get("id").and_then(Value::as_str);
                draft.relations.push(relation(own, label.as_deref().unwrap_or("related"), head, tail));
            }
            _ => problems.say(format!("{path}.target"), ProblemKind::Missing, Outcome::EntryLeftOut),
        }
        return;
    }
    let mut pieces = Vec::with_capacity(targets.len());
    for target in &targets {
        let Some(piece) = selected(target, &draft.text) else {
            problems.say(format!("{path}.target.selector"), ProblemKind::Missing, Outcome::EntryLeftOut);
            return;
        };
        pieces.push(piece);
    }
    let Some((start, end, surface)) = pieces.first().cloned() else { return };
    let mut span = DraftSpan::new(path, start, end, label.unwrap_or_default());
    if pieces.len() > 1 {
        span.fragments = pieces.iter().map(|(start, end, _)| (*start, *end)).collect();
        span.start = pieces.iter().map(|piece| piece.0).min().unwrap_or(start);
        span.end = pieces.iter().map(|piece| piece.1).max().unwrap_or(end);
    } else {
        span.surface = surface;
    }
    if !notes.is_empty() && !details.contains_key("note") {
        details.insert("note".to_owned(), notes.join("\n").into());
    }
    let creator = annotation
        .get("creator")
        .and_then(|creator| creator.as_str().or_else(|| creator.get("name")?.as_str()));
    if let Some(creator) = creator {
        draft.details.entry("annotator").or_insert_with(|| creator.into());
    }
    let own = details.shift_remove("id").and_then(|id| id.as_str().map(str::to_owned));
    span.id = own.or(id).map(Into::into);
    span.details = details;
    draft.spans.push(span);
}

/// Start, end and quotation of a target. Where only a quotation is given, it is looked for.
fn selected(target: &Value, text: &str) -> Option<(u64, u64, Option<String>)> {
    let selectors = each(target.get("selector"));
    let of_kind = |kind: &str| selectors.iter().find(|selector| selector.get("type") == Some(&kind.into()));
    let quote = of_kind("TextQuoteSelector");
    let part = |key: &str| quote.and_then(|quote| quote.get(key)?.as_str());
    let exact = part("exact").map(str::to_owned);
    if let Some(position) = of_kind("TextPositionSelector") {
        let end = |key: &str| position.get(key).and_then(Value::as_u64);
        return Some((end("start")?, end("end")?, exact));
    }
    let quoted = exact.as_deref()?;
    let (prefix, suffix) = (part("prefix").unwrap_or_default(), part("suffix").unwrap_or_default());
    let around = format!("{prefix}{quoted}{suffix}");
    let at = text.find(&around).map(|at| at + prefix.len()).or_else(|| text.find(quoted))?;
    let start = text.get(..at)?.chars().count() as u64;
    Some((start, start + quoted.chars().count() as u64, exact))
}

/// Writes a text and a collection for each document.
#[derive(Debug, Default)]
pub struct Writer {
    names: FileNames,
}

impl DocumentWriter for Writer {
    fn write(
        &mut self,
        document: &Document,
        output: &mut dyn Output,
        losses: &mut Losses,
    ) -> Result<(), ExportError> {
        let document = fit(document, losses);
        let stem = self.names.stem(&document, &mut Losses::default());
        let collection = collection(&document, &format!("{stem}.txt"))?;
        let mut file = serde_json::to_vec_pretty(&collection).map_err(std::io::Error::from)?;
        file.push(b'\n');
        output.file(&format!("{stem}.txt"), document.text.as_str().as_bytes())?;
        output.file(&format!("{stem}.jsonld"), &file)?;
        Ok(())
    }
}

fn collection(document: &Document, source: &str) -> Result<Value, WriteError> {
    let source = encode(source);
    let mut items = Vec::with_capacity(document.spans.len() + document.relations.len());
    for span in document.spans.iter() {
        items.push(annotation(document, span, &source)?);
    }
    for (n, relation) in document.relations.iter().enumerate() {
        let part = |key: &str| relation.get(key).and_then(Value::as_str).unwrap_or_default();
        let mut item = json!({
            "id": format!("#relation-{}", n + 1), "type": "Annotation", "motivation": "linking",
            "body": [{"type": "TextualBody", "purpose": "tagging", "value": part("type")}],
            "target": [reference(part("head")), reference(part("tail"))],
        });
        if let (Some(id), Some(item)) = (relation.get("id"), item.as_object_mut()) {
            item.insert(carry::KEY.to_owned(), json!({"id": id}));
        }
        items.push(item);
    }
    let mut details = Map::from_iter([("id".to_owned(), document.id.as_str().into())]);
    details.extend(carry::record(document, &[])?);
    Ok(json!({
        // What is Misam's own is JSON to other programs.
        "@context": [
            "http://www.w3.org/ns/anno.jsonld",
            {"@version": 1.1, carry::KEY: {"@id": "urn:misam:details", "@type": "@json"}},
        ],
        "id": format!("{source}#annotations"),
        "type": "AnnotationCollection",
        "label": document.title(),
        "total": items.len(),
        "first": {"id": format!("{source}#page-1"), "type": "AnnotationPage", "startIndex": 0, "items": items},
        carry::KEY: details,
    }))
}

fn reference(id: &str) -> String {
    format!("#{}", encode(id))
}

fn annotation(document: &Document, span: &Span, source: &str) -> Result<Value, WriteError> {
    let text = &document.text;
    let whole = [span.range];
    let pieces = if span.fragments.is_empty() { &whole[..] } else { &span.fragments };
    let mut targets = Vec::with_capacity(pieces.len());
    for &piece in pieces {
        let (start, end, exact) = place(text, piece)
            .ok_or_else(|| WriteError::Span { document: document.id.clone(), span: span.id.clone() })?;
        let (prefix, suffix) = surroundings(text, piece);
        targets.push(json!({
            "source": source,
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
            ],
        }));
    }
    let target = if targets.len() > 1 {
        Value::Array(targets)
    } else {
        targets.into_iter().next().unwrap_or_default()
    };
    let mut details = carry::span(document, span, &[])?;
    let mut bodies = vec![json!({"type": "TextualBody", "purpose": "tagging", "value": span.label.as_str()})];
    if let Some(note) = details.shift_remove("note") {
        bodies.push(json!({"type": "TextualBody", "purpose": "commenting", "value": note}));
    }
    Ok(json!({
        "id": reference(span.id.as_str()), "type": "Annotation", "motivation": "tagging", "body": bodies,
        "target": target, carry::KEY: details,
    }))
}

/// What stands before and after a piece, so that it is found again in a text that changed.
fn surroundings(text: &SourceText, piece: ByteRange) -> (&str, &str) {
    let whole = text.as_str();
    let before = whole.get(..piece.start.to_usize()).unwrap_or_default();
    let after = whole.get(piece.end.to_usize()..).unwrap_or_default();
    let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let to = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    (before.get(from..).unwrap_or_default(), after.get(..to).unwrap_or_default())
}

/// A name as part of an address: what may not stand in one is written as bytes in hexadecimal.
fn encode(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_control() || c.is_whitespace() || "%<>\"{}|\\^`#?[]".contains(c) {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        } else {
            encoded.push(c);
        }
    }
    encoded
}

fn decode(encoded: &str) -> String {
    let bytes = encoded.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = (byte == b'%').then(|| encoded.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::draft::testing::surfaces;

    fn read(annotations: &Value) -> Vec<Reading> {
        let files =
            [("a b.txt", "😊 زار عمر القاهرة.".to_owned()), ("notes.jsonld", annotations.to_string())];
        let files = files.map(|(name, content)| (name.to_owned(), content.into_bytes()));
        read_folder(&files.into(), &ReadOptions::for_file("a.zip"))
    }

    #[test]
    fn positions_of_browsers_are_told_by_their_quotations() {
        let annotation = json!([{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:1", "type": "Annotation",
            "body": [{"type": "TextualBody", "purpose": "tagging", "value": "PERS"}, {"type": "TextualBody", "purpose": "commenting", "value": "؟"}],
            "target": {"source": "http://example.org/a%20b.txt", "selector": [
                {"type": "TextPositionSelector", "start": 7, "end": 10}, {"type": "TextQuoteSelector", "exact": "عمر"}]},
            "creator": {"type": "Person", "name": "A1"}},
            {"type": "Annotation", "body": {"type": "TextualBody", "value": "GPE"},
            "target": {"source": "http://example.org/a%20b.txt", "selector": {"type": "TextQuoteSelector", "exact": "القاهرة"}}}]);
        let readings = read(&annotation);
        assert_eq!(readings.len(), 1);
        let document = readings[0].document.as_ref().unwrap();
        assert_eq!((document.id.as_str(), document.annotator.as_deref()), ("a b", Some("A1")));
        assert_eq!(surfaces(document)[0], ("PERS".to_owned(), "عمر".to_owned()));
        assert_eq!(document.spans.iter().next().unwrap().note.as_deref(), Some("؟"));
    }

    #[test]
    fn annotations_of_a_text_that_is_not_there_are_refused() {
        let files =
            [("a.jsonld".to_owned(), b"{\"target\":{\"source\":\"x.txt\",\"selector\":[]}}".to_vec())];
        let readings = read_folder(&files.into(), &ReadOptions::for_file("a.zip"));
        assert!(
            matches!(&readings[0].problems[0].kind, ProblemKind::MissingFile { name } if name == "x.txt")
        );
    }

    #[test]
    fn names_are_addresses_and_back() {
        for name in ["خبر 1.txt", "50%#?.txt", "a\u{A0}b"] {
            assert_eq!(decode(&encode(name)), name);
        }
        assert_eq!(encode("خبر 1"), "خبر%201");
    }
}
