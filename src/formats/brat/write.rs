//! Articles as a folder.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;

use serde_json::Value;

use super::{NOTE, NOTES, ORIGIN, flat, is_line_end};
use crate::annotation::{Document, Origin, Span, SpanId};
use crate::formats::capacity::{Capacity, is_word, rename};
use crate::formats::file_names::{FileNames, fit_name};
use crate::formats::jsonl::WriteError;
use crate::formats::{DocumentWriter, ExportError, Loss, Losses, Output};
use crate::schema::LabelCode;
use crate::text::{ByteRange, SourceText};

/// What brat holds.
const CAPACITY: Capacity = Capacity {
    span: &[
        "id",
        "origin",
        "confidence",
        "source",
        "reason",
        "attributes",
        "normalized",
        "note",
        "fragments",
    ],
    record: &["relations", "events"],
};

/// The document as brat can hold it.
pub(in crate::formats) fn fit(document: &Document, losses: &mut Losses) -> Document {
    let mut fitted = CAPACITY.fit(document, losses);
    fit_name(&mut fitted, losses);
    let id = document.id.clone();
    let spans = fitted.spans.iter().filter_map(|span| fit_span(&fitted, span, losses)).collect::<Vec<_>>();
    // brat's names are T1, T2 …; those that are so already are kept.
    let taken: HashSet<&str> =
        spans.iter().map(|span| span.id.as_str()).filter(|id| is_numbered(id, 'T')).collect();
    let mut free = (1_u32..).map(|n| format!("T{n}")).filter(|name| !taken.contains(name.as_str()));
    let names: Vec<SpanId> = spans
        .iter()
        .map(|span| match is_numbered(span.id.as_str(), 'T') {
            true => span.id.clone(),
            false => SpanId::new(free.next().unwrap_or_default()),
        })
        .collect();
    let renamed: HashMap<String, String> = spans
        .iter()
        .zip(&names)
        .map(|(span, name)| (span.id.as_str().to_owned(), name.as_str().to_owned()))
        .collect();
    fitted.relations.retain(|relation| {
        let whole = ["head", "tail"]
            .iter()
            .all(|end| relation.get(*end).and_then(Value::as_str).is_some_and(|id| renamed.contains_key(id)));
        if !whole {
            losses.say(&id, Loss::Relation);
        }
        whole
    });
    rename(&mut fitted, spans, names.into_iter());
    for (n, relation) in fitted.relations.iter_mut().enumerate() {
        if let Value::Object(relation) = relation {
            relation.insert("id".to_owned(), format!("R{}", n + 1).into());
            // In the order of a record: the name comes first.
            let rest = std::mem::take(relation);
            relation.insert("id".to_owned(), rest.get("id").cloned().unwrap_or_default());
            relation.extend(rest.into_iter().filter(|(key, _)| key != "id"));
        }
    }
    fit_events(&mut fitted, &renamed, losses);
    fitted
}

fn is_numbered(id: &str, letter: char) -> bool {
    id.strip_prefix(letter).is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0')
    })
}

/// The span with its text on lines and its fields on one line each; `None` if it is nothing but line ends.
fn fit_span(document: &Document, span: &Span, losses: &mut Losses) -> Option<Span> {
    let id = &document.id;
    let text = &document.text;
    let mut span = span.clone();
    let whole = [span.range];
    let pieces = if span.fragments.is_empty() { &whole[..] } else { &span.fragments };
    let mut kept: Vec<ByteRange> = Vec::with_capacity(pieces.len());
    for piece in pieces.iter().filter_map(|&piece| trimmed(text, piece)) {
        match kept.last_mut() {
            Some(last) if is_line_gap(text, last.end.to_usize(), piece.start.to_usize()) => {
                last.end = piece.end;
            }
            _ => kept.push(piece),
        }
    }
    let ([first, ..], [.., last]) = (&kept[..], &kept[..]) else {
        losses.say(id, Loss::Span { label: span.label });
        return None;
    };
    let hull = ByteRange { start: first.start, end: last.end };
    if kept.len() < pieces.len() {
        losses.say(id, Loss::Fragments { label: span.label.clone() });
    } else if kept != pieces {
        losses.say(id, Loss::Field { field: "spans[].start" });
    }
    span.range = hull;
    span.fragments = if kept.len() > 1 { kept } else { Vec::new() };
    for (value, field) in [
        (&mut span.source, "spans[].source"),
        (&mut span.reason, "spans[].reason"),
        (&mut span.normalized, "spans[].normalized"),
        (&mut span.note, "spans[].note"),
    ] {
        let flattened = value.as_deref().map(flat);
        if flattened.as_deref() != value.as_deref() {
            losses.say(id, Loss::Field { field });
            *value = flattened.map(Into::into);
        }
    }
    let before = span.attributes.len();
    span.attributes.retain(|name, value| {
        let held = match value {
            Value::Bool(flag) => *flag,
            Value::String(text) => !text.is_empty() && flat(text) == *text,
            _ => false,
        };
        held && is_word(name) && name != ORIGIN
    });
    if span.attributes.len() < before {
        losses.say(id, Loss::Field { field: "spans[].attributes" });
    }
    Some(span)
}

/// A piece without line ends at its edges; `None` if nothing is left.
fn trimmed(text: &SourceText, piece: ByteRange) -> Option<ByteRange> {
    let inside = text.slice(piece)?;
    let start = piece.start.to_usize() + (inside.len() - inside.trim_start_matches(is_line_end).len());
    let end = piece.start.to_usize() + inside.trim_end_matches(is_line_end).len();
    (start < end).then(|| (start..end).into())
}

fn is_line_gap(text: &SourceText, from: usize, to: usize) -> bool {
    text.as_str().get(from..to).is_some_and(|gap| gap.chars().all(is_line_end))
}

/// Keeps the events that are as brat has them: a type, a trigger and arguments in roles.
fn fit_events(document: &mut Document, renamed: &HashMap<String, String>, losses: &mut Losses) {
    let events: HashSet<String> =
        document.events.iter().filter_map(|event| Some(event.get("id")?.as_str()?.to_owned())).collect();
    let count = document.events.len();
    let fitted = document.events.iter().filter_map(|event| fit_event(event, renamed, &events));
    let fitted: Vec<Value> = fitted.collect();
    let ids: HashSet<&str> = fitted.iter().filter_map(|event| event.get("id")?.as_str()).collect();
    // An argument may be another event, which has to be there as well.
    let sound = ids.len() == count && fitted.len() == count;
    if !sound && count > 0 {
        losses.say(&document.id, Loss::Field { field: "events" });
    }
    document.events = if sound { fitted } else { Vec::new() };
}

fn fit_event(event: &Value, renamed: &HashMap<String, String>, events: &HashSet<String>) -> Option<Value> {
    let map = event.as_object()?;
    let known = ["id", "type", "trigger", "args"];
    let id = map.get("id")?.as_str().filter(|id| is_numbered(id, 'E'))?;
    let kind = map.get("type")?.as_str().filter(|kind| is_word(kind) && !kind.contains(':'))?;
    let trigger = renamed.get(map.get("trigger")?.as_str()?)?;
    if map.keys().any(|key| !known.contains(&key.as_str())) {
        return None;
    }
    let mut fitted = serde_json::Map::new();
    for (key, value) in [("id", id), ("type", kind), ("trigger", trigger)] {
        fitted.insert(key.to_owned(), value.into());
    }
    if let Some(arguments) = map.get("args") {
        let argument = |argument: &Value| {
            let role = argument.get("role")?.as_str().filter(|role| is_word(role) && !role.contains(':'))?;
            let target = argument.get("target")?.as_str()?;
            let target = match renamed.get(target) {
                Some(name) => name.as_str(),
                None => events.get(target)?,
            };
            (argument.as_object()?.len() == 2).then(|| serde_json::json!({"role": role, "target": target}))
        };
        let arguments = arguments.as_array()?.iter().map(argument).collect::<Option<Vec<_>>>()?;
        if arguments.is_empty() {
            return None;
        }
        fitted.insert("args".to_owned(), arguments.into());
    }
    Some(Value::Object(fitted))
}

/// Writes two files a document, and beside them brat's configuration.
#[derive(Debug, Default)]
pub struct Writer {
    names: FileNames,
    labels: BTreeSet<LabelCode>,
    relations: BTreeSet<String>,
    /// Roles by type of event.
    events: BTreeMap<String, BTreeSet<String>>,
    /// Values by attribute; none for one that is there or not.
    attributes: BTreeMap<String, BTreeSet<String>>,
}

impl DocumentWriter for Writer {
    fn write(
        &mut self,
        document: &Document,
        output: &mut dyn Output,
        losses: &mut Losses,
    ) -> Result<(), ExportError> {
        let document = fit(document, losses);
        let annotations = self.annotations(&document)?;
        let stem = self.names.stem(&document, losses);
        output.file(&format!("{stem}.txt"), document.text.as_str().as_bytes())?;
        output.file(&format!("{stem}.ann"), annotations.as_bytes())?;
        Ok(())
    }

    fn finish(&mut self, output: &mut dyn Output) -> Result<(), ExportError> {
        output.companion("annotation.conf", self.configuration().as_bytes())?;
        output.companion("visual.conf", b"[options]\nText\tdirection:rtl\n\n[labels]\n\n[drawing]\n")?;
        Ok(())
    }
}

impl Writer {
    fn annotations(&mut self, document: &Document) -> Result<String, WriteError> {
        let text = &document.text;
        let line_ends = LineEnds::new(text);
        let mut out = String::new();
        let (mut attributes, mut notes) = (String::new(), String::new());
        let (mut attribute, mut note) = (0, 0);
        for span in document.spans.iter() {
            self.labels.insert(span.label.clone());
            let whole = [span.range];
            let pieces = if span.fragments.is_empty() { &whole[..] } else { &span.fragments };
            let lines: Vec<(usize, &str)> = pieces
                .iter()
                .flat_map(|piece| text.slice(*piece).map(|inside| lines(inside, piece.start.to_usize())))
                .flatten()
                .collect();
            let places: Option<Vec<String>> = lines
                .iter()
                .map(|&(start, line)| {
                    Some(format!("{} {}", line_ends.folded(start)?, line_ends.folded(start + line.len())?))
                })
                .collect();
            let places = places
                .filter(|places| !places.is_empty())
                .ok_or_else(|| WriteError::Span { document: document.id.clone(), span: span.id.clone() })?;
            let surface = lines.iter().map(|(_, line)| flat(line)).collect::<Vec<_>>().join(" ");
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{}\t{} {}\t{surface}", span.id, span.label, places.join(";"));
            let mut say = |name: &str, value: Option<&str>| {
                attribute += 1;
                let value = value.map(|value| format!(" {value}")).unwrap_or_default();
                let _ = writeln!(attributes, "A{attribute}\t{name} {}{value}", span.id);
            };
            if span.origin != Origin::Imported {
                say(ORIGIN, Some(span.origin.as_str()));
                self.attributes.entry(ORIGIN.to_owned()).or_default().insert(span.origin.as_str().to_owned());
            }
            for (name, value) in &span.attributes {
                say(name, value.as_str());
                let values = self.attributes.entry(name.clone()).or_default();
                values.extend(value.as_str().map(str::to_owned));
            }
            let confidence = span.confidence.and_then(|confidence| serde_json::to_string(&confidence).ok());
            let values = [
                confidence.as_deref(),
                span.source.as_deref(),
                span.reason.as_deref(),
                span.normalized.as_deref(),
            ];
            let fields = NOTES.iter().map(|(name, _)| *name).zip(values);
            for (name, value) in fields.chain([(NOTE, span.note.as_deref())]) {
                let Some(value) = value else { continue };
                note += 1;
                let _ = writeln!(notes, "#{note}\t{name} {}\t{value}", span.id);
            }
        }
        for event in &document.events {
            out.push_str(&self.event(event));
        }
        for relation in &document.relations {
            let part = |key: &str| relation.get(key).and_then(Value::as_str).unwrap_or_default();
            self.relations.insert(part("type").to_owned());
            let _ =
                writeln!(out, "{}\t{} Arg1:{} Arg2:{}", part("id"), part("type"), part("head"), part("tail"));
        }
        Ok(out + &attributes + &notes)
    }

    fn event(&mut self, event: &Value) -> String {
        let part =
            |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut line = format!("{}\t{}:{}", part(event, "id"), part(event, "type"), part(event, "trigger"));
        let roles = self.events.entry(part(event, "type")).or_default();
        for argument in event.get("args").and_then(Value::as_array).into_iter().flatten() {
            let _ = write!(line, " {}:{}", part(argument, "role"), part(argument, "target"));
            roles.insert(part(argument, "role"));
        }
        line.push('\n');
        line
    }

    fn configuration(&self) -> String {
        let mut out = String::from("[entities]\n");
        for label in &self.labels {
            let _ = writeln!(out, "{label}");
        }
        out.push_str("\n[relations]\n");
        for relation in &self.relations {
            let _ = writeln!(out, "{relation}\tArg1:<ENTITY>, Arg2:<ENTITY>");
        }
        out.push_str("\n[events]\n");
        for (event, roles) in &self.events {
            let roles: Vec<String> = roles.iter().map(|role| format!("{role}*:<ANY>")).collect();
            let _ = writeln!(out, "{event}\t{}", roles.join(", "));
        }
        out.push_str("\n[attributes]\n");
        for (name, values) in &self.attributes {
            let _ = write!(out, "{name}\tArg:<ENTITY>");
            if !values.is_empty() {
                let _ = write!(out, ", Value:{}", values.iter().cloned().collect::<Vec<_>>().join("|"));
            }
            out.push('\n');
        }
        out
    }
}

/// The lines of a piece, each with the byte it begins at in the whole text; empty ones are left out.
fn lines(inside: &str, start: usize) -> Vec<(usize, &str)> {
    let mut at = start;
    let mut found = Vec::new();
    for line in inside.split(is_line_end) {
        if !line.is_empty() {
            found.push((at, line));
        }
        at += line.len() + 1;
    }
    found
}

/// Counts code points as brat does.
struct LineEnds<'t> {
    text: &'t SourceText,
    /// The bytes of the line feeds that follow a carriage return.
    pairs: Vec<usize>,
}

impl<'t> LineEnds<'t> {
    fn new(text: &'t SourceText) -> Self {
        Self { text, pairs: text.as_str().match_indices("\r\n").map(|(at, _)| at + 1).collect() }
    }

    /// The code points before a byte; `None` inside a character.
    fn folded(&self, byte: usize) -> Option<u64> {
        let before = u64::from(self.text.code_points_before(byte.into())?.get());
        Some(before - self.pairs.partition_point(|&at| at < byte) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::DocumentId;
    use crate::formats::MemoryOutput;

    #[test]
    fn a_span_over_lines_is_written_as_a_piece_a_line() {
        let mut document = Document::new(DocumentId::new("a"), "خبر\r\nزار عمر\r\nبغداد");
        let label = LabelCode::new("X").unwrap();
        let start = document.text.as_str().find("عمر").unwrap();
        let end = document.text.range().end.to_usize();
        let mut span = Span::new(SpanId::new("s1"), (start..end).into(), label, Origin::Manual);
        span.note = Some("انظر".into());
        document.spans = [span].into_iter().collect();
        let (mut output, mut losses) = (MemoryOutput::default(), Losses::default());
        let mut writer = Writer::default();
        writer.write(&document, &mut output, &mut losses).unwrap();
        writer.finish(&mut output).unwrap();
        assert_eq!(
            String::from_utf8_lossy(&output.files["a.ann"]),
            "T1\tX 8 11;12 17\tعمر بغداد\nA1\tOrigin T1 manual\n#1\tAnnotatorNotes T1\tانظر\n"
        );
        assert_eq!(
            String::from_utf8_lossy(&output.companions["annotation.conf"]),
            "[entities]\nX\n\n[relations]\n\n[events]\n\n[attributes]\nOrigin\tArg:<ENTITY>, Value:manual\n"
        );
        assert!(losses.is_empty());
    }
}
