//! A dataset as documents.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::CARD;
use super::card::{split, tag_names};
use crate::formats::draft::{Draft, DraftSpan};
use crate::formats::fields::Fields;
use crate::formats::json::{self, JsonType};
use crate::formats::place::shown;
use crate::formats::problem::Problems;
use crate::formats::tags::{Tag, TagSpan, decode};
use crate::formats::tokens::{find_tokens, join_tokens};
use crate::formats::{Outcome, ProblemKind, ReadOptions, Reading, whole_file};
use crate::text::{CodePointOffset, SourceText};

/// Reads a folder, or one file of one. Files of JSON lines are taken for splits, the card for the names of the tags.
#[must_use]
pub fn read_folder(files: &BTreeMap<String, Vec<u8>>, options: &ReadOptions) -> Vec<Reading> {
    let card = files.get(CARD).map(|card| String::from_utf8_lossy(card));
    let names = card.map(|card| tag_names(&card)).unwrap_or_default();
    let alone = files.len() == 1;
    let is_data = |name: &str| alone || name.ends_with(".jsonl") || name.ends_with(".json");
    let mut readings = Vec::new();
    for (name, bytes) in files.iter().filter(|(name, _)| is_data(name)) {
        let file = if alone { options.file.clone() } else { name.as_str().into() };
        let options = ReadOptions { file, ..options.clone() };
        let mut problems = Problems::new(&options.file, None);
        let text = whole_file::text(bytes, &mut problems).unwrap_or_default();
        let about_file = problems.into_vec();
        if !about_file.is_empty() {
            readings.push(Reading { line: None, document: None, problems: about_file });
        }
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            let mut problems = Problems::new(&options.file, Some(number));
            let document = draft(line, number, &names, &options, &mut problems)
                .and_then(|draft| draft.finish(&options, &mut problems));
            readings.push(Reading { line: Some(number), document, problems: problems.into_vec() });
        }
    }
    if readings.is_empty() {
        let mut problems = Problems::new(&options.file, None);
        problems.say("", ProblemKind::NoRecords, Outcome::FileLeftOut);
        return whole_file::nothing(problems);
    }
    readings
}

fn draft(
    line: &str,
    number: u64,
    names: &[String],
    options: &ReadOptions,
    problems: &mut Problems,
) -> Option<Draft> {
    let value = match json::parse(line) {
        Ok(parsed) => {
            for (path, kind) in parsed.swallowed {
                problems.say(path, kind, Outcome::Repaired);
            }
            parsed.value
        }
        Err(kind) => {
            problems.say("", kind, Outcome::RecordLeftOut);
            return None;
        }
    };
    let Value::Object(map) = value else {
        let kind = ProblemKind::WrongType { expected: JsonType::Object, found: JsonType::of(&value) };
        problems.say("", kind, Outcome::RecordLeftOut);
        return None;
    };
    let mut fields = Fields::new("", map);
    let text = match fields.take("text") {
        Some(Value::String(text)) => Some(text),
        Some(other) => {
            fields.wrong_type("text", JsonType::String, &other, Outcome::FieldLeftOut, problems);
            None
        }
        None => None,
    };
    let tokens = fields.list("tokens", problems);
    let tokens: Vec<&str> = tokens.iter().map(|token| token.as_str().unwrap_or_default()).collect();
    if text.is_none() && tokens.is_empty() {
        problems.say("text", ProblemKind::Missing, Outcome::RecordLeftOut);
        return None;
    }
    let states_spans = fields.has("spans") && text.is_some();
    let spans = fields.list("spans", problems);
    let key = if fields.has("ner_tags") { "ner_tags" } else { "tags" };
    let tags = fields.list(key, problems);
    let mut draft = Draft::new(text.unwrap_or_default());
    draft.is_declared = true;
    draft.id = fields.name("id", problems);
    draft.number = Some(number);
    let own = fields.text("misam", problems).and_then(|own| {
        let read = serde_json::from_str::<Map<_, _>>(&own).ok();
        if read.is_none() {
            let kind = ProblemKind::Malformed { expected: "an object in JSON", found: shown(&own) };
            problems.say("misam", kind, Outcome::FieldLeftOut);
        }
        read
    });
    let is_own = own.is_some();
    draft.details = own.unwrap_or_default();
    let details = draft.details.shift_remove("spans").unwrap_or_default();
    if let Some(Value::Array(relations)) = draft.details.shift_remove("relations") {
        draft.relations = relations;
    }
    if let Some(status) = fields.take("status") {
        draft.details.insert("status".to_owned(), status);
    }
    if states_spans {
        let spans = spans.into_iter().enumerate().filter_map(|(n, span)| take_span(n, span, problems));
        draft.spans.extend(spans);
        let details = details.as_array().map(Vec::as_slice).unwrap_or_default();
        if details.len() == draft.spans.len() {
            for (span, details) in draft.spans.iter_mut().zip(details) {
                span.details = details.as_object().cloned().unwrap_or_default();
                span.id = span.details.shift_remove("id").and_then(|id| id.as_str().map(Into::into));
            }
        }
    } else {
        take_tags(&tokens, &tags, names, &mut draft, problems);
    }
    if !is_own {
        draft.details.insert("meta".to_owned(), meta(fields.rest(), options));
    }
    Some(draft)
}

/// What other columns there are, and the split that the file is.
fn meta(mut rest: Map<String, Value>, options: &ReadOptions) -> Value {
    let stem = Value::from(options.stem());
    if ["train", "validation", "dev", "test"].contains(&options.stem()) {
        rest.insert("split".to_owned(), split(Some(&stem)).into());
    }
    Value::Object(rest)
}

/// A span of the column `spans`; `None` if something is missing, which is said.
fn take_span(n: usize, span: Value, problems: &mut Problems) -> Option<DraftSpan> {
    let path = format!("spans[{n}]");
    let Value::Object(map) = span else {
        let kind = ProblemKind::WrongType { expected: JsonType::Object, found: JsonType::of(&span) };
        problems.say(path, kind, Outcome::EntryLeftOut);
        return None;
    };
    let mut fields = Fields::new(path.as_str(), map);
    let (start, end) = (fields.offset("start", problems), fields.offset("end", problems));
    let Some(label) = fields.name("label", problems) else {
        problems.say(fields.path("label"), ProblemKind::Missing, Outcome::EntryLeftOut);
        return None;
    };
    let mut draft = DraftSpan::new(path, start?, end?, &*label);
    draft.surface = fields.text("text", problems).map(|text| text.to_string());
    Some(draft)
}

/// The spans that the tags tell of. Without a text, one is put together from the tokens.
fn take_tags(tokens: &[&str], tags: &[Value], names: &[String], draft: &mut Draft, problems: &mut Problems) {
    let stated = if draft.text.is_empty() { None } else { find_tokens(&draft.text, tokens) };
    let places = stated.unwrap_or_else(|| {
        let kind = if draft.text.is_empty() { ProblemKind::TextRebuilt } else { ProblemKind::TextDiffers };
        problems.say("tokens", kind, Outcome::Repaired);
        let (text, places) = join_tokens(tokens);
        draft.text = text;
        places
    });
    let name = |tag: &Value| match tag {
        Value::String(name) => Some(name.clone()),
        number => names.get(usize::try_from(number.as_u64()?).ok()?).cloned(),
    };
    let mut found = Vec::with_capacity(tags.len());
    for (n, tag) in tags.iter().enumerate().take(places.len()) {
        let name = name(tag).filter(|name| Tag::parse(name).is_some());
        if name.is_none() {
            let kind = ProblemKind::BadTag { found: tag.to_string() };
            problems.say(format!("ner_tags[{n}]"), kind, Outcome::FieldLeftOut);
        }
        found.push(name.unwrap_or_else(|| "O".to_owned()));
    }
    let tags: Vec<Tag<'_>> = found.iter().map(|name| Tag::parse(name).unwrap_or(Tag::Outside)).collect();
    let text = SourceText::new(draft.text.as_str());
    let count = |byte| text.code_points_before(byte).map_or(0, CodePointOffset::get).into();
    for TagSpan { tokens, label } in decode(&tags) {
        let path = format!("ner_tags[{}]", tokens.start);
        let places = places.get(tokens).unwrap_or_default();
        if let Some((first, last)) = places.first().zip(places.last()) {
            draft.spans.push(DraftSpan::new(path, count(first.start), count(last.end), label));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::draft::testing::surfaces;

    fn read(files: &[(&str, &str)]) -> Vec<Reading> {
        let files = files.iter().map(|(name, file)| ((*name).to_owned(), file.as_bytes().to_vec())).collect();
        read_folder(&files, &ReadOptions::for_file("set"))
    }

    #[test]
    fn a_dataset_of_tokens_is_read_with_the_names_of_its_card() {
        let card = "features:\n- name: ner_tags\n  sequence:\n    class_label:\n      names:\n        '0': O\n        '1': B-LOC\n        '2': I-LOC\n";
        let row = r#"{"id":"0","tokens":["زار","دير","الزور","?"],"ner_tags":[0,1,2,7],"source":"x"}"#;
        let reading = &read(&[("README.md", card), ("test.jsonl", row)])[0];
        let document = reading.document.as_ref().unwrap();
        assert_eq!(document.text.as_str(), "زار دير الزور ?");
        assert_eq!(surfaces(document), [("LOC".to_owned(), "دير الزور".to_owned())]);
        assert_eq!(
            (&document.meta["split"], &document.meta["source"]),
            (&Value::from("test"), &Value::from("x"))
        );
        let kinds: Vec<_> = reading.problems.iter().map(|problem| &problem.kind).collect();
        assert_eq!(kinds, [&ProblemKind::TextRebuilt, &ProblemKind::BadTag { found: "7".to_owned() }]);
    }

    #[test]
    fn tags_by_name_are_placed_in_the_text_that_stands_with_them() {
        let row = r#"{"text":"زار  بغداد.","tokens":["زار","بغداد","."],"tags":["O","S-LOC","O"]}"#;
        let reading = &read(&[("a.jsonl", row)])[0];
        assert_eq!(reading.problems, []);
        let document = reading.document.as_ref().unwrap();
        assert_eq!(document.text.as_str(), "زار  بغداد.");
        assert_eq!(surfaces(document), [("LOC".to_owned(), "بغداد".to_owned())]);
    }
}
