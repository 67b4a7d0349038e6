//! What an annotation file says of one article, before it is known what its offsets count.
//!
//! The readers of stand-off formats take their files apart into drafts. Here the offsets are taken by the convention
//! they turn out to follow, every span gets its place, its label and its name, and what is odd is said.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use serde_json::{Map, Value};

use super::carry;
use super::fields::Fields;
use super::jsonl::{are_fragments, take_details};
use super::locate::{Locator, label_code};
use super::names::Names;
use super::place::{Convention, EndOffset, Offsets, Stated};
use super::problem::Problems;
use super::{OffsetUnit, Outcome, ProblemKind, ReadOptions};
use crate::annotation::{Document, DocumentId, Origin, Span, SpanId, Status};
use crate::schema::{CONFLICT_NEWS, Schema};
use crate::text::{ByteRange, MAX_TEXT_BYTES};

/// Against this one articles that name it are checked when the reader was given no other.
static DEFAULT_SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::conflict_news);

/// An article as a file states it.
pub(super) struct Draft {
    /// Its name; without one it is named after the file and its place in it.
    pub(super) id: Option<Arc<str>>,
    /// Its place in the file from 1, if the file may hold several.
    pub(super) number: Option<u64>,
    pub(super) text: String,
    pub(super) spans: Vec<DraftSpan>,
    /// Objects with `id`, `type`, `head` and `tail`.
    pub(super) relations: Vec<Value>,
    /// What the format, or the file, says of its offsets.
    pub(super) expected: Convention,
    /// True if the file itself says what it counts, and no evidence is looked for.
    pub(super) is_declared: bool,
    /// How far the annotator has come, if the format says so in its own way.
    pub(super) status: Status,
    /// What Misam put in for itself, and title, source and the like under `meta`: keys of a record.
    pub(super) details: Map<String, Value>,
    /// Where `details` are in the file.
    pub(super) details_path: String,
}

/// A span as a file states it.
pub(super) struct DraftSpan {
    /// Where it is in the file.
    pub(super) path: String,
    /// On which line, if that says more.
    pub(super) line: Option<u64>,
    /// Its name, which relations use.
    pub(super) id: Option<Arc<str>>,
    pub(super) label: String,
    pub(super) start: u64,
    pub(super) end: u64,
    /// The pieces of a discontinuous span; empty for an ordinary one.
    pub(super) fragments: Vec<(u64, u64)>,
    /// The text it should hold; of a discontinuous span only if it is known not to hold it.
    pub(super) surface: Option<String>,
    /// Who said so, unless `details` say more.
    pub(super) origin: Origin,
    /// Keys of a span in a record.
    pub(super) details: Map<String, Value>,
}

impl Draft {
    /// A text about which nothing is said yet.
    pub(super) fn new(text: String) -> Self {
        Self {
            id: None,
            number: None,
            text,
            spans: Vec::new(),
            relations: Vec::new(),
            expected: Convention::default(),
            is_declared: false,
            status: Status::New,
            details: Map::new(),
            details_path: String::new(),
        }
    }

    /// The document, with every problem said. `None` if the text is too long.
    pub(super) fn finish(self, options: &ReadOptions, problems: &mut Problems) -> Option<Document> {
        if self.text.len() > MAX_TEXT_BYTES {
            let kind = ProblemKind::TextTooLong { bytes: self.text.len(), most: MAX_TEXT_BYTES };
            problems.say("text", kind, Outcome::RecordLeftOut);
            return None;
        }
        if self.text.is_empty() {
            problems.say("text", ProblemKind::EmptyText, Outcome::Kept);
        }
        // A name of no letters is none.
        let id = self.id.filter(|id| !id.is_empty()).unwrap_or_else(|| match self.number {
            Some(number) => format!("{}-{number}", options.stem()).into(),
            None => options.stem().into(),
        });
        let mut document = Document::new(DocumentId::new(id), self.text);
        let text = document.text.clone();
        let stated: Vec<_> = self.spans.iter().map(DraftSpan::stated).collect();
        let offsets = Offsets::new(&text);
        let convention =
            if self.is_declared { self.expected } else { offsets.detect(&stated, self.expected) };
        say_convention(convention, self.expected, problems);

        let names_default = self.details.get("schema").and_then(Value::as_str) == Some(CONFLICT_NEWS);
        let schema = options.schema.as_ref().or_else(|| names_default.then_some(&*DEFAULT_SCHEMA));
        let locator = Locator { offsets, convention, schema, choices: &options.choices };
        document.spans = place_spans(self.spans, &locator, problems).into_iter().collect();
        document.relations = relations(self.relations, &document, problems);
        document.status = self.status;
        let own = Locator {
            offsets: Offsets::new(&text),
            convention: Convention::of(OffsetUnit::CodePoint),
            schema: locator.schema,
            choices: &options.choices,
        };
        carry::take_record(Fields::new(self.details_path, self.details), &mut document, &own, problems);
        Some(document)
    }
}

/// Says how the offsets are taken, if that is not as the format wants it.
pub(super) fn say_convention(found: Convention, expected: Convention, problems: &mut Problems) {
    if found.unit != expected.unit {
        let kind = ProblemKind::OffsetUnit { unit: found.unit, expected: expected.unit };
        problems.say("", kind, Outcome::Repaired);
    }
    if found.end == EndOffset::Last && expected.end == EndOffset::AfterLast {
        problems.say("", ProblemKind::InclusiveEnd, Outcome::Repaired);
    }
}

impl DraftSpan {
    /// A span with nothing but its place and label.
    pub(super) fn new(path: impl Into<String>, start: u64, end: u64, label: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            line: None,
            id: None,
            label: label.into(),
            start,
            end,
            fragments: Vec::new(),
            surface: None,
            origin: Origin::Imported,
            details: Map::new(),
        }
    }

    fn stated(&self) -> Stated<'_> {
        let surface = self.surface.as_deref().filter(|_| self.fragments.is_empty());
        Stated { start: self.start, end: self.end, surface }
    }

    /// The pieces, in order, those that touch joined; `None` if one of them has no place.
    fn pieces(&self, locator: &Locator<'_>) -> Option<Vec<ByteRange>> {
        let place = |&(start, end): &(u64, u64)| {
            locator.offsets.range(&Stated { start, end, surface: None }, locator.convention).ok()
        };
        let mut pieces = self.fragments.iter().map(place).collect::<Option<Vec<ByteRange>>>()?;
        pieces.sort_by_key(|piece| (piece.start, piece.end));
        let mut joined: Vec<ByteRange> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            match joined.last_mut() {
                Some(last) if piece.start <= last.end => last.end = last.end.max(piece.end),
                _ => joined.push(piece),
            }
        }
        Some(joined)
    }
}

fn place_spans(drafts: Vec<DraftSpan>, locator: &Locator<'_>, problems: &mut Problems) -> Vec<Span> {
    let mut names = Names::default();
    let mut nameless = Vec::new();
    let mut spans = Vec::with_capacity(drafts.len());
    for draft in drafts {
        if draft.line.is_some() {
            problems.at_line(draft.line);
        }
        let label_path =
            if draft.path.is_empty() { "label".to_owned() } else { format!("{}.label", draft.path) };
        let Some(label) = label_code(&draft.label, &label_path, problems) else { continue };
        let Some(mut range) = locator.locate(&draft.stated(), &label, &draft.path, problems) else {
            continue;
        };
        let mut fragments = Vec::new();
        if !draft.fragments.is_empty() {
            if let Some(stated) = &draft.surface {
                let found = super::place::shown(locator.offsets.text().slice(range).unwrap_or_default());
                let stated = super::place::shown(stated);
                let kind = ProblemKind::Surface { start: draft.start, end: draft.end, found, stated };
                problems.say(&*draft.path, kind, Outcome::EntryLeftOut);
                continue;
            }
            match draft.pieces(locator) {
                Some(pieces) => {
                    if let ([first, ..], [.., last]) = (&pieces[..], &pieces[..]) {
                        range = ByteRange { start: first.start, end: last.end };
                    }
                    if are_fragments(&pieces, range) {
                        fragments = pieces;
                    }
                }
                None => problems.say(&*draft.path, ProblemKind::BadFragments, Outcome::FieldLeftOut),
            }
        }
        match draft.id.filter(|id| !id.is_empty()) {
            Some(id) => names.claim(SpanId::new(id), format!("{}.id", draft.path), spans.len()),
            None => nameless.push(spans.len()),
        }
        let mut span = Span::new(SpanId::new(""), range, label, draft.origin);
        span.fragments = fragments;
        take_details(Fields::new(draft.path, draft.details), &mut span, problems);
        spans.push(span);
    }
    names.give(&mut spans, nameless, problems);
    spans
}

/// The relations, kept as they are; names of spans that are not there are said.
fn relations(relations: Vec<Value>, document: &Document, problems: &mut Problems) -> Vec<Value> {
    let known: HashSet<&str> = document.spans.iter().map(|span| span.id.as_str()).collect();
    for (n, relation) in relations.iter().enumerate() {
        for end in ["head", "tail"] {
            let named = relation.get(end).and_then(Value::as_str).filter(|id| !known.contains(id));
            if let Some(id) = named {
                let kind = ProblemKind::UnknownSpan { id: id.to_owned() };
                problems.say(format!("relations[{n}].{end}"), kind, Outcome::Kept);
            }
        }
    }
    relations
}

/// Where the spans of each name are; of several of one name, the first.
pub(super) fn index_of(spans: &[DraftSpan]) -> HashMap<Arc<str>, usize> {
    let mut index = HashMap::with_capacity(spans.len());
    for (at, span) in spans.iter().enumerate() {
        if let Some(id) = &span.id {
            index.entry(Arc::clone(id)).or_insert(at);
        }
    }
    index
}

/// A relation as a record has it.
pub(super) fn relation(id: Option<&str>, kind: &str, head: &str, tail: &str) -> Value {
    let mut map = Map::new();
    if let Some(id) = id {
        map.insert("id".to_owned(), id.into());
    }
    for (key, value) in [("type", kind), ("head", head), ("tail", tail)] {
        map.insert(key.to_owned(), value.into());
    }
    Value::Object(map)
}

/// What the readers' tests share.
#[cfg(test)]
pub(super) mod testing {
    use super::*;

    /// The spans of a document as label and surface.
    pub(in crate::formats) fn surfaces(document: &Document) -> Vec<(String, String)> {
        let text = &document.text;
        let surface = |span: &Span| {
            let pieces = if span.fragments.is_empty() { vec![span.range] } else { span.fragments.clone() };
            let pieces: Vec<_> = pieces.into_iter().filter_map(|piece| text.slice(piece)).collect();
            pieces.join(" … ")
        };
        document.spans.iter().map(|span| (span.label.as_str().to_owned(), surface(span))).collect()
    }
}
