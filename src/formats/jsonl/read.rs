//! A line as a document.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use serde_json::{Map, Value};

use super::FORMAT;
use super::span::{RawSpan, finish_rejections, finish_spans};
use crate::annotation::{Document, DocumentId, SpanSet, Status};
use crate::formats::fields::Fields;
use crate::formats::json::{self, JsonType};
use crate::formats::locate::Locator;
use crate::formats::place::{Convention, EndOffset, OffsetUnit, Offsets};
use crate::formats::problem::Problems;
use crate::formats::{Outcome, ProblemKind, ReadChoices, ReadOptions, Reading};
use crate::schema::{CONFLICT_NEWS, Schema};
use crate::text::{MAX_TEXT_BYTES, SourceText};

/// The default schema, against which records that name it are checked when the reader was given no other.
static DEFAULT_SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::conflict_news);

/// Reads one line. `number` counts lines from 1.
#[must_use]
pub fn read_record(line: &str, number: u64, options: &ReadOptions) -> Reading {
    let mut problems = Problems::new(&options.file, Some(number));
    let document = parse(line, number, options, &mut problems);
    Reading { line: Some(number), document, problems: problems.into_vec() }
}

fn parse(line: &str, number: u64, options: &ReadOptions, problems: &mut Problems) -> Option<Document> {
    let parsed = match json::parse(line) {
        Ok(parsed) => parsed,
        Err(kind) => {
            problems.say("", kind, Outcome::RecordLeftOut);
            return None;
        }
    };
    for (path, kind) in parsed.swallowed {
        problems.say(path, kind, Outcome::Repaired);
    }
    match parsed.value {
        Value::Object(map) => document(map, number, options, Completion::Reported, problems),
        other => {
            let kind = ProblemKind::WrongType { expected: JsonType::Object, found: JsonType::of(&other) };
            problems.say("", kind, Outcome::RecordLeftOut);
            None
        }
    }
}

/// Whether it is worth saying that a record lacks fields which only Misam writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum Completion {
    /// The file should be Misam's own.
    Reported,
    /// The file is another program's.
    Expected,
}

/// The document in an object. Used by the formats that add a little to this one, too.
pub(in crate::formats) fn document(
    map: Map<String, Value>,
    number: u64,
    options: &ReadOptions,
    completion: Completion,
    problems: &mut Problems,
) -> Option<Document> {
    let mut fields = Fields::new("", map);
    let mut missing = Vec::new();
    format(&mut fields, &mut missing, problems)?;
    let text = text(&mut fields, options, problems)?;

    let id = fields.name("id", problems).unwrap_or_else(|| {
        missing.push("id");
        format!("{}-{number}", options.stem()).into()
    });
    match fields.text("text_sha256", problems) {
        None => missing.push("text_sha256"),
        Some(stated) if !stated.eq_ignore_ascii_case(text.sha256()) => {
            problems.say("text_sha256", ProblemKind::Checksum, Outcome::Repaired);
        }
        Some(_) => {}
    }
    let code_points = OffsetUnit::CodePoint;
    let unit = fields
        .word("offset_unit", &OffsetUnit::ALL, OffsetUnit::as_str, code_points, problems)
        .unwrap_or_else(|| {
            missing.push("offset_unit");
            OffsetUnit::CodePoint
        });

    let list = if fields.has("spans") || !fields.has("entities") { "spans" } else { "entities" };
    if !fields.has("spans") {
        missing.push("spans");
    }
    let raw = fields.list(list, problems);
    let raw: Vec<_> = raw
        .into_iter()
        .enumerate()
        .filter_map(|(n, value)| RawSpan::take(list, n, value, problems))
        .collect();
    let annotator = fields.text("annotator", problems);
    let schema_id = fields.text("schema", problems);
    let schema = options.schema.as_ref().or_else(|| {
        let default = schema_id.as_deref() == Some(CONFLICT_NEWS);
        default.then_some(&*DEFAULT_SCHEMA)
    });
    let offsets = Offsets::new(&text);
    let convention = settle(unit, &offsets, &raw, problems);
    let locator = Locator { offsets, convention, schema, choices: &options.choices };
    let spans: SpanSet = finish_spans(raw, &locator, &mut missing, problems).into_iter().collect();
    let rejected = fields.list("rejected", problems);
    let rejected = finish_rejections(rejected, &locator, problems);
    let (relations, events) = links(&mut fields, &spans, problems);
    let status = status(&mut fields, &mut missing, problems);
    let meta = fields.object("meta", problems);
    if !missing.is_empty() && completion == Completion::Reported {
        problems.say("", ProblemKind::Completed { missing }, Outcome::Repaired);
    }

    let mut document = Document::new(DocumentId::new(id), text);
    document.spans = spans;
    document.rejected = rejected;
    document.relations = relations;
    document.events = events;
    document.status = status;
    document.annotator = annotator;
    document.schema = schema_id;
    document.meta = meta;
    document.extra = fields.rest();
    Some(document)
}

/// `None` if the record is one of a later Misam.
fn format(fields: &mut Fields, missing: &mut Vec<&'static str>, problems: &mut Problems) -> Option<()> {
    let Some(found) = fields.take("format") else {
        missing.push("format");
        return Some(());
    };
    if found == FORMAT {
        return Some(());
    }
    let found = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
    let later = found.starts_with("misam/");
    let outcome = if later { Outcome::RecordLeftOut } else { Outcome::FieldLeftOut };
    problems.say("format", ProblemKind::UnknownFormat { found }, outcome);
    (!later).then_some(())
}

fn text(fields: &mut Fields, options: &ReadOptions, problems: &mut Problems) -> Option<SourceText> {
    let text = match fields.take("text") {
        Some(Value::String(text)) => text,
        Some(other) => {
            fields.wrong_type("text", JsonType::String, &other, Outcome::RecordLeftOut, problems);
            return None;
        }
        None => {
            problems.say("text", ProblemKind::Missing, Outcome::RecordLeftOut);
            return None;
        }
    };
    if text.len() > MAX_TEXT_BYTES {
        let kind = ProblemKind::TextTooLong { bytes: text.len(), most: MAX_TEXT_BYTES };
        problems.say("text", kind, Outcome::RecordLeftOut);
        return None;
    }
    if text.is_empty() {
        problems.say("text", ProblemKind::EmptyText, Outcome::Kept);
    }
    // What is known of a text need not be found out again: positions in it, its checksum.
    let known = options.expected.as_ref().filter(|expected| expected.as_str() == text);
    Some(known.cloned().unwrap_or_else(|| SourceText::new(text)))
}

/// What the record declares, unless that is code points and the texts of the spans show that something else is meant.
fn settle(
    declared: OffsetUnit,
    offsets: &Offsets<'_>,
    spans: &[RawSpan],
    problems: &mut Problems,
) -> Convention {
    let expected = OffsetUnit::CodePoint;
    let convention = if declared == expected {
        let stated: Vec<_> = spans.iter().map(RawSpan::stated).collect();
        // Without texts to go by, Misam's own records are taken at their word.
        let convention = Convention::of(declared);
        if stated.iter().any(|span| span.surface.is_some()) {
            offsets.detect(&stated, convention)
        } else {
            convention
        }
    } else {
        Convention::of(declared)
    };
    let Convention { unit, end } = convention;
    if unit != expected {
        problems.say("offset_unit", ProblemKind::OffsetUnit { unit, expected }, Outcome::Repaired);
    }
    if end == EndOffset::Last {
        problems.say("spans[].end", ProblemKind::InclusiveEnd, Outcome::Repaired);
    }
    convention
}

fn status(fields: &mut Fields, missing: &mut Vec<&'static str>, problems: &mut Problems) -> Status {
    let values = [Status::New, Status::InProgress, Status::Done, Status::Skipped];
    fields.word("status", &values, Status::as_str, Status::New, problems).unwrap_or_else(|| {
        missing.push("status");
        Status::New
    })
}

/// Relations and events, which are kept as they are; names of spans that are not there are said.
fn links(fields: &mut Fields, spans: &SpanSet, problems: &mut Problems) -> (Vec<Value>, Vec<Value>) {
    let known: HashSet<&str> = spans.iter().map(|span| span.id.as_str()).collect();
    let mut objects = |key: &'static str, ends: &[&str]| {
        let list = fields.list(key, problems);
        let mut kept = Vec::with_capacity(list.len());
        for (n, value) in list.into_iter().enumerate() {
            let path = format!("{key}[{n}]");
            let Value::Object(link) = &value else {
                let kind = ProblemKind::WrongType { expected: JsonType::Object, found: JsonType::of(&value) };
                problems.say(path, kind, Outcome::EntryLeftOut);
                continue;
            };
            for end in ends {
                let named = link.get(*end).and_then(Value::as_str).filter(|id| !known.contains(id));
                if let Some(id) = named {
                    let kind = ProblemKind::UnknownSpan { id: id.to_owned() };
                    problems.say(format!("{path}.{end}"), kind, Outcome::Kept);
                } else if !link.contains_key(*end) {
                    problems.say(format!("{path}.{end}"), ProblemKind::Missing, Outcome::Kept);
                }
            }
            kept.push(value);
        }
        kept
    };
    (objects("relations", &["head", "tail"]), objects("events", &[]))
}

impl ReadOptions {
    /// The file's name without folders and extension, for records that have no name of their own.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.file.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        match stem {
            "" | "-" => "record",
            stem => stem,
        }
    }

    /// How a file of the folder or archive that is read is called in what is said about it.
    #[must_use]
    pub fn within(&self, name: &str) -> Arc<str> {
        let last = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        if last(&self.file) == last(name) {
            return Arc::clone(&self.file);
        }
        format!("{}/{name}", self.file.trim_end_matches('/')).into()
    }

    /// Options for a file of that name, without a schema.
    #[must_use]
    pub fn for_file(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), schema: None, choices: ReadChoices::default(), expected: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Origin, SpanId};
    use crate::formats::Severity;
    use crate::formats::jsonl::text_sha256;

    fn read(line: &str) -> Reading {
        read_record(line, 3, &ReadOptions::for_file("news/day.jsonl"))
    }

    fn kinds(reading: &Reading) -> Vec<&ProblemKind> {
        reading.problems.iter().map(|problem| &problem.kind).collect()
    }

    #[test]
    fn a_text_that_is_known_is_taken_for_the_one_read_only_if_every_byte_is_the_same() {
        let options =
            |known: &str| ReadOptions { expected: Some(known.into()), ..ReadOptions::for_file("a") };
        let line = format!(r#"{{"text":"خبر 😊","text_sha256":"{}","spans":[]}}"#, text_sha256("خبر 😊"));
        for known in ["خبر 😊", "خبر", "خبر 😋", ""] {
            let reading = read_record(&line, 1, &options(known));
            assert_eq!(reading.document.unwrap().text.as_str(), "خبر 😊");
            assert!(reading.problems.iter().all(|problem| problem.kind != ProblemKind::Checksum), "{known}");
        }
        let wrong = line.replace("\"text_sha256\":\"", "\"text_sha256\":\"0");
        let reading = read_record(&wrong, 1, &options("خبر 😊"));
        assert!(reading.problems.iter().any(|problem| problem.kind == ProblemKind::Checksum));
    }

    #[test]
    fn a_record_of_another_program_is_completed_in_one_word() {
        let reading =
            read(r#"{"text":"زار بغداد","spans":[{"start":4,"end":9,"label":"LOC","token_start":1}]}"#);
        let document = reading.document.as_ref().unwrap();
        assert_eq!(document.id.as_str(), "day-3");
        let span = document.spans.get(&SpanId::numbered(1)).unwrap();
        assert_eq!((span.origin, &span.extra["token_start"]), (Origin::Imported, &Value::from(1)));
        assert!(matches!(kinds(&reading)[..], [ProblemKind::Completed { .. }]), "{:?}", reading.problems);
    }

    #[test]
    fn a_key_with_a_meaning_elsewhere_is_a_key_like_any_other() {
        let reading =
            read(r#"{"text":"زار بغداد","__proto__":{"spans":[]},"constructor":1,"meta":{"__proto__":2}}"#);
        let document = reading.document.as_ref().unwrap();
        assert_eq!(document.extra["__proto__"]["spans"], Value::Array(Vec::new()));
        assert_eq!(
            (&document.extra["constructor"], &document.meta["__proto__"]),
            (&Value::from(1), &Value::from(2))
        );
    }

    #[test]
    fn spans_are_taken_from_entities_too() {
        for entities in [r#"[[4,9,"LOC"]]"#, r#"[{"start":4,"end":9,"label":"LOC","text":"بغداد"}]"#] {
            let reading = read(&format!(r#"{{"id":7,"text":"زار بغداد","entities":{entities}}}"#));
            let document = reading.document.unwrap();
            assert_eq!((document.id.as_str(), document.spans.len()), ("7", 1), "{entities}");
            assert!(document.extra.is_empty());
        }
    }

    #[test]
    fn a_wrong_span_costs_only_itself() {
        let reading = read(
            r#"{"text":"زار بغداد","spans":[{"start":4,"end":99,"label":"LOC"},{"start":0,"end":3,"label":"PER"}]}"#,
        );
        assert_eq!(reading.document.as_ref().map(|document| document.spans.len()), Some(1));
        assert_eq!(reading.problems[0].field, "spans[0].end");
        assert_eq!(reading.problems[0].outcome, Outcome::EntryLeftOut);
    }

    #[test]
    fn given_names_are_kept_and_new_ones_do_not_meet_them() {
        let reading = read(
            r#"{"text":"abcd","spans":[{"start":0,"end":1,"label":"A"},{"id":"s1","start":1,"end":2,"label":"A"},
            {"id":"s1","start":2,"end":3,"label":"A"},{"id":4,"start":3,"end":4,"label":"A"}]}"#,
        );
        let document = reading.document.unwrap();
        let ids: Vec<_> = document.spans.iter().map(|span| span.id.as_str()).collect();
        assert_eq!(ids, ["s2", "s1", "s3", "4"]);
    }

    #[test]
    fn records_that_name_the_default_schema_are_checked_against_it() {
        let line = |schema: &str| {
            format!(r#"{{"text":"ab","schema":"{schema}","spans":[{{"start":0,"end":1,"label":"X"}}]}}"#)
        };
        let unknown = |reading: &Reading| {
            kinds(reading).iter().any(|kind| matches!(kind, ProblemKind::UnknownLabel { .. }))
        };
        assert!(unknown(&read(&line(CONFLICT_NEWS))));
        assert!(!unknown(&read(&line("mine/1"))));
    }

    #[test]
    fn a_record_of_a_later_format_is_refused_rather_than_misread() {
        let reading = read(r#"{"format":"misam/2","text":"ab","spans":[]}"#);
        assert_eq!(reading.document, None);
        assert_eq!(reading.problems[0].severity(), Severity::Refused);
    }

    #[test]
    fn a_changed_text_is_noticed_by_its_checksum() {
        let reading = read(&format!(r#"{{"text":"ab","text_sha256":"{}","spans":[]}}"#, text_sha256("aB")));
        assert!(kinds(&reading).contains(&&ProblemKind::Checksum));
        let upper = text_sha256("ab").to_uppercase();
        let reading = read(&format!(r#"{{"text":"ab","text_sha256":"{upper}","spans":[]}}"#));
        assert!(!kinds(&reading).contains(&&ProblemKind::Checksum));
    }
}
