//! JSON of any shape that holds articles: a list of objects, at the top or under some key, or an object a line. The text
//! is in one of their fields; short values of the others go into `meta`. Objects that are records already, with `text` and
//! spans, are read as such.

use serde_json::{Map, Value};

use super::{Facts, Field, iso_date, meaning, numbered, sample, text_field};
use crate::formats::json::JsonType;
use crate::formats::problem::Problems;
use crate::formats::sniff::begins_with_a_line_of_json;
use crate::formats::{Outcome, ProblemKind, ReadOptions, Reading, Records, json, jsonl, whole_file};

/// Lists of objects are looked for so deep.
const MOST_DEEP: usize = 4;

/// So many objects tell which field holds the text.
const SAMPLED: usize = 50;

/// Values longer than this, in bytes, do not go into `meta`.
const LONGEST_VALUE: usize = 2_000;

/// Reads a file that is one JSON value, or one value a line.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    let mut problems = Problems::new(&options.file, None);
    let Some(text) = whole_file::text(bytes, &mut problems) else {
        return whole_file::nothing(problems);
    };
    let mut readings = Vec::new();
    match json::parse_lines(text) {
        Ok(parsed) => {
            for (path, kind) in parsed.swallowed {
                problems.say(path, kind, Outcome::Repaired);
            }
            let (objects, others) = objects(parsed.value);
            for Other { path, found } in others {
                let kind = ProblemKind::WrongType { expected: JsonType::Object, found };
                problems.say(path, kind, Outcome::RecordLeftOut);
            }
            let options = &settled(&objects, options);
            for (at, object) in objects.into_iter().enumerate() {
                readings.push(read_object(object, at + 1, None, options));
            }
            if readings.is_empty() {
                problems.say("", ProblemKind::NoRecords, Outcome::FileLeftOut);
            }
        }
        Err(_) if begins_with_a_line_of_json(text) => {
            let (_, field) = fields(text, options);
            let mut options = options.clone();
            options.choices.text_field = field;
            // Reading from memory does not fail.
            readings.extend(Records::new(text.as_bytes(), &options, read_line).flatten());
        }
        Err((line, kind)) => problems.say_at(line, "", kind, Outcome::FileLeftOut),
    }
    let about_file = problems.into_vec();
    if !about_file.is_empty() {
        readings.insert(0, Reading { line: None, document: None, problems: about_file });
    }
    readings
}

/// Reads one line of a file of objects.
#[must_use]
pub fn read_line(line: &str, number: u64, options: &ReadOptions) -> Reading {
    match json::parse(line) {
        Ok(parsed) => {
            let at = usize::try_from(number).unwrap_or(usize::MAX);
            match parsed.value {
                Value::Object(object) => read_object(object, at, Some((number, line)), options),
                // What is no object is refused as a record is.
                _ => jsonl::read_record(line, number, options),
            }
        }
        Err(_) => jsonl::read_record(line, number, options),
    }
}

/// Options that name the field of the text, so that it is the same in all objects.
fn settled(objects: &[Map<String, Value>], options: &ReadOptions) -> ReadOptions {
    let mut options = options.clone();
    let (names, lengths) = texts(objects);
    options.choices.text_field = text_field(&names, &lengths, &options).and_then(|at| names.get(at).cloned());
    options
}

/// An object as an article. Of a line, its number and the line itself are known.
fn read_object(
    object: Map<String, Value>,
    number: usize,
    line: Option<(u64, &str)>,
    options: &ReadOptions,
) -> Reading {
    let (names, lengths) = texts(std::slice::from_ref(&object));
    let field = text_field(&names, &lengths, options).and_then(|at| names.get(at));
    let is_record = ["spans", "entities", "format"].iter().any(|key| object.contains_key(*key));
    if field.map(String::as_str) == Some("text") && is_record {
        let written;
        let (number, line) = match line {
            Some(line) => line,
            None => {
                written = Value::Object(object).to_string();
                (number as u64, written.as_str())
            }
        };
        return jsonl::read_record(line, number, options);
    }
    let line = line.map(|(number, _)| number);
    let mut problems = Problems::new(&options.file, line);
    let Some(field) = field.cloned() else {
        let name = options.choices.text_field.clone().unwrap_or_else(|| "text".to_owned());
        problems.say(name, ProblemKind::Missing, Outcome::RecordLeftOut);
        return Reading { line, document: None, problems: problems.into_vec() };
    };
    let article = value_at(&object, &field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (mut facts, mut more) = (Facts::default(), Map::new());
    for (key, value) in object {
        if key == field || value.is_null() {
            continue;
        }
        let plain = match &value {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        let place = match meaning(&key) {
            Some(("title", _)) => &mut facts.title,
            Some(("source", _)) => &mut facts.source,
            Some(("author", _)) => &mut facts.author,
            Some(("url", _)) => &mut facts.url,
            Some(("id", _)) => &mut facts.id,
            Some(("date", _)) if iso_date(&plain).is_some() => &mut facts.date,
            _ => {
                keep(&mut more, key, value, &mut problems);
                continue;
            }
        };
        if place.is_none() && !plain.is_empty() {
            *place = Some(plain);
        } else {
            keep(&mut more, key, value, &mut problems);
        }
    }
    facts.date = facts.date.as_deref().and_then(iso_date);
    let id = facts.id.take().unwrap_or_else(|| numbered(options, number));
    let reading = super::reading(id, article, facts, more, problems);
    Reading { line, ..reading }
}

/// Keeps a value that is not too long for it; of one that is, that is said.
fn keep(more: &mut Map<String, Value>, key: String, value: Value, problems: &mut Problems) {
    let length = match &value {
        Value::String(text) => text.len(),
        Value::Array(_) | Value::Object(_) => value.to_string().len(),
        _ => 0,
    };
    if length <= LONGEST_VALUE {
        more.insert(key, value);
    } else {
        let kind = ProblemKind::TooLongToKeep { bytes: length, most: LONGEST_VALUE };
        problems.say(key, kind, Outcome::FieldLeftOut);
    }
}

/// What stands in a list of objects and is none.
struct Other {
    path: String,
    found: JsonType,
}

/// Objects, and what stands among them.
type Listed = (Vec<Map<String, Value>>, Vec<Other>);

/// The objects that are the articles: those of the longest list of objects there is, or the one that the file is.
fn objects(value: Value) -> Listed {
    match value {
        Value::Array(list) => listed("", list.into_iter()),
        Value::Object(object) => {
            let inside = longest_list("", &Value::Object(object.clone()), MOST_DEEP);
            if inside.0.len() > 1 || texts(std::slice::from_ref(&object)).0.is_empty() {
                inside
            } else {
                (vec![object], Vec::new())
            }
        }
        _ => Listed::default(),
    }
}

fn listed(path: &str, list: impl Iterator<Item = Value>) -> Listed {
    let mut listed = Listed::default();
    for (n, value) in list.enumerate() {
        match value {
            Value::Object(object) => listed.0.push(object),
            other => listed.1.push(Other { path: format!("{path}[{n}]"), found: JsonType::of(&other) }),
        }
    }
    listed
}

fn longest_list(path: &str, value: &Value, depth: usize) -> Listed {
    let Some(depth) = depth.checked_sub(1) else { return Listed::default() };
    let Value::Object(object) = value else { return Listed::default() };
    let mut longest = Listed::default();
    for (key, value) in object {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let found = match value {
            Value::Array(list) => listed(&path, list.iter().cloned()),
            other => longest_list(&path, other, depth),
        };
        // A list of annotations has no texts to speak of.
        if found.0.len() > longest.0.len() && !texts(&found.0).0.is_empty() {
            longest = found;
        }
    }
    longest
}

/// The fields that hold text, one step into objects, and how long it is on average.
fn texts(objects: &[Map<String, Value>]) -> (Vec<String>, Vec<usize>) {
    let mut names: Vec<String> = Vec::new();
    let mut lengths: Vec<usize> = Vec::new();
    let mut count = |name: String, text: &str| {
        let length = text.chars().count();
        match names.iter().position(|other| *other == name) {
            Some(at) => {
                if let Some(sum) = lengths.get_mut(at) {
                    *sum += length;
                }
            }
            None => {
                names.push(name);
                lengths.push(length);
            }
        }
    };
    for object in objects.iter().take(SAMPLED) {
        for (key, value) in object {
            match value {
                Value::String(text) if !text.trim().is_empty() => count(key.clone(), text),
                Value::Object(inner) => {
                    for (inner_key, value) in inner {
                        if let Some(text) = value.as_str().filter(|text| !text.trim().is_empty()) {
                            count(format!("{key}.{inner_key}"), text);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    let of = objects.len().clamp(1, SAMPLED);
    (names, lengths.into_iter().map(|sum| sum.div_ceil(of)).collect())
}

/// The value of a field, or of a field in an object: `data.text`.
fn value_at<'v>(object: &'v Map<String, Value>, path: &str) -> Option<&'v Value> {
    object.get(path).or_else(|| {
        let (key, inner) = path.split_once('.')?;
        object.get(key)?.get(inner)
    })
}

/// The fields of a file, or of its beginning if it is one of lines, and the one that the text is taken from.
pub(super) fn fields(text: &str, options: &ReadOptions) -> (Vec<Field>, Option<String>) {
    let objects = match json::parse_lines(text) {
        Ok(parsed) => objects(parsed.value).0,
        Err(_) => {
            let lines = text.lines().take(SAMPLED).filter_map(|line| json::parse(line).ok());
            lines
                .filter_map(|parsed| match parsed.value {
                    Value::Object(object) => Some(object),
                    _ => None,
                })
                .collect()
        }
    };
    let (names, lengths) = texts(&objects);
    let chosen = text_field(&names, &lengths, options).and_then(|at| names.get(at).cloned());
    let first = |name: &str| {
        let values = objects.iter().filter_map(|object| value_at(object, name)?.as_str());
        values.map(sample).find(|value| !value.is_empty()).unwrap_or_default()
    };
    (names.iter().map(|name| Field { name: name.clone(), sample: first(name) }).collect(), chosen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Document;

    fn read(json: &str) -> Vec<Document> {
        let readings = read_file(json.as_bytes(), &ReadOptions::for_file("news.json"));
        readings.into_iter().filter_map(|reading| reading.document).collect()
    }

    #[test]
    fn lists_of_objects_are_found_wherever_they_are() {
        let article = r#"{"headline":"قصف","body":"زار الوفد بغداد","pubDate":"2019-04-06","n":7,"x":null}"#;
        for json in [
            format!("[{article},{article}]"),
            format!("{{\"status\":\"ok\",\"response\":{{\"docs\":[{article},{article}]}}}}"),
        ] {
            let articles = read(&json);
            assert_eq!((articles.len(), articles[0].text.as_str()), (2, "زار الوفد بغداد"), "{json}");
            assert_eq!(
                serde_json::to_string(&articles[0].meta).unwrap(),
                r#"{"title":"قصف","date":"2019-04-06","n":7}"#
            );
        }
        assert_eq!(read(article).len(), 1);
        assert_eq!(read("{\"a\":1}").len(), 0);
    }

    #[test]
    fn what_is_no_article_and_what_is_too_long_beside_one_is_told_with_its_place() {
        let long = "x".repeat(LONGEST_VALUE + 1);
        let json =
            format!("{{\"docs\":[{{\"text\":\"خبر\",\"html\":\"{long}\"}},7,null,{{\"text\":\"آخر\"}}]}}");
        let readings = read_file(json.as_bytes(), &ReadOptions::for_file("a.json"));
        let told: Vec<_> = readings
            .iter()
            .flat_map(|reading| &reading.problems)
            .map(|problem| (problem.field.as_str(), problem.outcome, problem.kind.clone()))
            .collect();
        let none = |found| ProblemKind::WrongType { expected: JsonType::Object, found };
        let kept = ProblemKind::TooLongToKeep { bytes: LONGEST_VALUE + 1, most: LONGEST_VALUE };
        assert_eq!(
            told,
            [
                ("docs[1]", Outcome::RecordLeftOut, none(JsonType::Number)),
                ("docs[2]", Outcome::RecordLeftOut, none(JsonType::Null)),
                ("html", Outcome::FieldLeftOut, kept),
            ]
        );
        assert_eq!(readings.iter().filter(|reading| reading.document.is_some()).count(), 2);
    }

    #[test]
    fn records_in_a_list_keep_their_spans() {
        let json = r#"[{"id":"a","text":"زار عمر","spans":[{"start":4,"end":7,"label":"PER"}]}]"#;
        assert_eq!(read(json)[0].spans.len(), 1);
    }

    #[test]
    fn lines_are_read_one_by_one_with_the_field_that_was_chosen() {
        let mut options = ReadOptions::for_file("a.jsonl");
        let line = r#"{"id":5,"a":"قصير","inner":{"b":"نص أطول منه"}}"#;
        let (found, chosen) = fields(&format!("{line}\n{line}\n"), &options);
        assert_eq!(found.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["a", "inner.b"]);
        assert_eq!(chosen.as_deref(), Some("inner.b"));
        let document = read_line(line, 3, &options).document.unwrap();
        assert_eq!((document.text.as_str(), document.id.as_str()), ("نص أطول منه", "5"));
        options.choices.text_field = Some("a".to_owned());
        assert_eq!(read_line(line, 3, &options).document.unwrap().text.as_str(), "قصير");
        assert!(read_line("{\"a\":1}", 3, &options).is_refused());
        assert!(read_line("{", 3, &options).is_refused());
    }
}
