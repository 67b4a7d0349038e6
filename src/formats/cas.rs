//! UIMA's common analysis structure: a text and typed feature structures over it, as DKPro and INCEpTION exchange it.
//! [`cas_json`](super::cas_json) and [`xmi`](super::xmi) are two ways to write it down.
//!
//! Offsets count UTF-16 units. Spans are DKPro's `NamedEntity`, relations the `webanno.custom.Relation` of WebAnno and
//! INCEpTION; what these have no feature for is JSON in a string feature called `misam`.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::capacity::Capacity;
use super::carry;
use super::draft::{Draft, DraftSpan, relation};
use super::jsonl::WriteError;
use super::place::Convention;
use super::problem::Problems;
use super::{Losses, OffsetUnit, Outcome, ProblemKind};
use crate::annotation::{Document, Span};
use crate::text::Utf16Offset;

/// The name of the first view of a structure.
pub(super) const VIEW: &str = "_InitialView";

const ANNOTATION: &str = "uima.tcas.Annotation";
const STRING: &str = "uima.cas.String";
const METADATA: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
const ENTITY: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
const RELATION: &str = "webanno.custom.Relation";

/// A type: its name, what it is a kind of, its features and what they hold.
pub(super) type TypeDefinition = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// The types that are written.
pub(super) const TYPES: [TypeDefinition; 3] = [
    (
        METADATA,
        "uima.tcas.DocumentAnnotation",
        &[("documentId", STRING), ("documentTitle", STRING), (carry::KEY, STRING)],
    ),
    (ENTITY, ANNOTATION, &[("identifier", STRING), ("value", STRING), (carry::KEY, STRING)]),
    (
        RELATION,
        ANNOTATION,
        &[("Dependent", ANNOTATION), ("Governor", ANNOTATION), ("id", STRING), ("label", STRING)],
    ),
];

/// Types whose annotations are about tokens, sentences and the document, and no labels of spans.
const NO_LABELS: [&str; 6] = [
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.",
    "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.",
    "de.tudarmstadt.ukp.dkpro.core.api.syntax.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.",
    "uima.tcas.DocumentAnnotation",
    "uima.cas.",
];

/// Types that say nothing a person would miss: the frame of every document.
const FRAME: [&str; 6] =
    ["DocumentMetaData", "DocumentAnnotation", "TagDescription", "TagsetDescription", "Token", "Sentence"];

/// Features that hold a label, the likelier ones first.
const LABELS: [&str; 5] = ["value", "label", "type", "category", "tag"];

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

/// The document as a structure can hold it.
pub(super) fn fit(document: &Document, losses: &mut Losses) -> Document {
    CAPACITY.fit(document, losses)
}

/// A feature structure of a file.
pub(super) struct Structure {
    pub(super) id: String,
    /// The full name of its type.
    pub(super) kind: String,
    /// Strings, numbers and truth values.
    pub(super) features: Map<String, Value>,
    /// Names of other structures, by feature.
    pub(super) references: HashMap<String, String>,
    /// Where it is in the file.
    pub(super) path: String,
    pub(super) line: Option<u64>,
}

impl Structure {
    fn text(&self, feature: &str) -> Option<&str> {
        self.features.get(feature).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    fn short(&self) -> &str {
        self.kind.rsplit('.').next().unwrap_or(&self.kind)
    }

    fn offset(&self, feature: &str) -> Option<u64> {
        match self.features.get(feature)? {
            Value::String(text) => text.parse().ok(),
            value => value.as_u64(),
        }
    }
}

/// The article of a structure: its text and the feature structures of its first view.
pub(super) fn draft(text: String, structures: Vec<Structure>, problems: &mut Problems) -> Draft {
    let mut draft = Draft::new(text);
    draft.expected = Convention::of(OffsetUnit::Utf16);
    let mut unplaced = BTreeSet::new();
    let mut names: HashMap<String, Arc<str>> = HashMap::new();
    let (relations, others): (Vec<_>, Vec<_>) = structures.into_iter().partition(|structure| {
        structure.references.contains_key("Governor") && structure.references.contains_key("Dependent")
    });
    for structure in others {
        if structure.kind == METADATA || structure.kind.ends_with(".DocumentMetaData") {
            metadata(&structure, &mut draft, problems);
        } else if NO_LABELS.iter().any(|prefix| structure.kind.starts_with(prefix)) {
            if !FRAME.contains(&structure.short()) {
                unplaced.insert(structure.short().to_owned());
            }
        } else if let (Some(start), Some(end)) = (structure.offset("begin"), structure.offset("end")) {
            let span = span(&structure, start, end, problems);
            if let Some(id) = &span.id {
                names.insert(structure.id, Arc::clone(id));
            }
            draft.spans.push(span);
        } else if !FRAME.contains(&structure.short()) {
            unplaced.insert(structure.short().to_owned());
        }
    }
    for structure in relations {
        let end = |feature: &str| names.get(structure.references.get(feature)?);
        match (end("Governor"), end("Dependent")) {
            (Some(head), Some(tail)) => {
                let label = LABELS.iter().find_map(|feature| structure.text(feature));
                let kind = label.or_else(|| structure.text("DependencyType")).unwrap_or(structure.short());
                draft.relations.push(relation(structure.text("id"), kind, head, tail));
            }
            // Between tokens, as in a parse.
            _ => {
                unplaced.insert(structure.short().to_owned());
            }
        }
    }
    for found in unplaced {
        problems.say("", ProblemKind::NoPlace { found }, Outcome::FieldLeftOut);
    }
    draft
}

/// What the `misam` feature of a structure holds.
fn carried(structure: &Structure, problems: &mut Problems) -> Map<String, Value> {
    let Some(json) = structure.text(carry::KEY) else { return Map::new() };
    match super::json::parse(json) {
        Ok(super::json::Parsed { value: Value::Object(map), .. }) => map,
        Ok(_) => Map::new(),
        Err(kind) => {
            problems.at_line(structure.line);
            problems.say(format!("{}.{}", structure.path, carry::KEY), kind, Outcome::FieldLeftOut);
            problems.at_line(None);
            Map::new()
        }
    }
}

fn metadata(structure: &Structure, draft: &mut Draft, problems: &mut Problems) {
    draft.id = structure.text("documentId").map(Into::into);
    // Misam's own structures need no evidence of what they count.
    draft.is_declared = structure.text(carry::KEY).is_some();
    draft.details = carried(structure, problems);
    draft.details_path = format!("{}.{}", structure.path, carry::KEY);
    if let Some(title) = structure.text("documentTitle")
        && structure.text(carry::KEY).is_none()
    {
        let meta = Map::from_iter([("title".to_owned(), title.into())]);
        draft.details.insert("meta".to_owned(), Value::Object(meta));
    }
}

fn span(structure: &Structure, start: u64, end: u64, problems: &mut Problems) -> DraftSpan {
    let plain = |key: &str| !["begin", "end", carry::KEY].contains(&key);
    let label = LABELS.iter().copied().find(|feature| structure.text(feature).is_some()).or_else(|| {
        let mut features = structure.features.keys().map(String::as_str);
        features.find(|key| plain(key) && structure.text(key).is_some())
    });
    let name = label.and_then(|feature| structure.text(feature)).unwrap_or(structure.short());
    let mut span = DraftSpan::new(structure.path.as_str(), start, end, name);
    span.line = structure.line;
    span.details = carried(structure, problems);
    let id = span.details.shift_remove("id").and_then(|id| id.as_str().map(str::to_owned));
    // Names of structures are numbers; spans are called after them.
    span.id = Some(id.unwrap_or_else(|| format!("s{}", structure.id)).into());
    let mut more = Map::new();
    for (key, value) in &structure.features {
        if plain(key) && Some(key.as_str()) != label && !value.is_null() {
            more.insert(key.clone(), value.clone());
        }
    }
    if !more.is_empty() {
        let attributes = span.details.entry("attributes").or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(attributes) = attributes {
            for (key, value) in more {
                attributes.entry(key).or_insert(value);
            }
        }
    }
    span
}

/// A feature structure to be written.
pub(super) struct StructureOut {
    pub(super) id: usize,
    pub(super) kind: &'static str,
    pub(super) begin: u32,
    pub(super) end: u32,
    pub(super) features: Vec<(&'static str, String)>,
    pub(super) references: Vec<(&'static str, usize)>,
}

/// The number of the text itself among the structures.
pub(super) const SOFA: usize = 1;

/// The structures of a document, which fits: its metadata, then spans, then relations.
///
/// # Errors
/// If a span does not fit the text.
pub(super) fn structures(document: &Document) -> Result<Vec<StructureOut>, WriteError> {
    let mut out = Vec::with_capacity(document.spans.len() + document.relations.len() + 1);
    let details = carry::record(document, &[])?;
    let mut features = vec![("documentId", document.id.as_str().to_owned())];
    if let Some(title) = document.meta.get("title").and_then(Value::as_str) {
        features.push(("documentTitle", title.to_owned()));
    }
    features.push((carry::KEY, json(details)));
    let end = document.text.len_utf16().get();
    let metadata =
        StructureOut { id: SOFA + 1, kind: METADATA, begin: 0, end, features, references: Vec::new() };
    out.push(metadata);
    let mut numbers: HashMap<&str, (usize, u32, u32)> = HashMap::new();
    for (n, span) in document.spans.iter().enumerate() {
        let id = SOFA + 2 + n;
        let (begin, end) = place(document, span)?;
        numbers.insert(span.id.as_str(), (id, begin, end));
        let mut features = vec![("value", span.label.as_str().to_owned())];
        features.push((carry::KEY, json(carry::span(document, span, &[])?)));
        out.push(StructureOut { id, kind: ENTITY, begin, end, features, references: Vec::new() });
    }
    for relation in &document.relations {
        let part = |key: &str| relation.get(key).and_then(Value::as_str);
        let number = |key: &str| numbers.get(part(key)?).copied();
        let (Some((head, ..)), Some((tail, begin, end))) = (number("head"), number("tail")) else { continue };
        let mut features = vec![("label", part("type").unwrap_or_default().to_owned())];
        features.extend(part("id").map(|id| ("id", id.to_owned())));
        let references = vec![("Governor", head), ("Dependent", tail)];
        let id = SOFA + 1 + out.len();
        out.push(StructureOut { id, kind: RELATION, begin, end, features, references });
    }
    Ok(out)
}

fn json(map: Map<String, Value>) -> String {
    // Characters that XML cannot write, JSON can name.
    Value::Object(map).to_string().replace('\u{FFFE}', "\\ufffe").replace('\u{FFFF}', "\\uffff")
}

fn place(document: &Document, span: &Span) -> Result<(u32, u32), WriteError> {
    let utf16 = |byte| document.text.utf16_before(byte).map(Utf16Offset::get);
    match (utf16(span.range.start), utf16(span.range.end)) {
        (Some(start), Some(end)) => Ok((start, end)),
        _ => Err(WriteError::Span { document: document.id.clone(), span: span.id.clone() }),
    }
}
