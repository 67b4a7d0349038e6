//! JSON of any shape that holds articles: lists of objects, at the top or under some key, or an object a line. The text
//! is in one of their fields; short values of the others go into `meta`. Objects that are records already, with `text` and
//! spans, are read as such. [`json_lists`](super::json_lists) finds the lists.

use serde_json::{Map, Value};

use super::json_lists::{self, Found, Left, Listed, SAMPLED, is_record, texts, texts_in, value_at};
use super::{Facts, Fields, held, iso_date, keep_beside, numbered, own_key, prose, text_field};
use crate::formats::problem::Problems;
use crate::formats::sniff::begins_with_a_line_of_json;
use crate::formats::{
    Outcome, ProblemKind, ReadChoices, ReadOptions, Reading, Records, Role, json, jsonl, whole_file,
};

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
            let Found { articles, left, within, .. } = json_lists::find(rows(parsed.value), options);
            for Left { path, kind, outcome } in left {
                problems.say(path, kind, outcome);
            }
            let mut options = options.clone();
            options.choices.fields = within;
            for (at, Listed { object, list }) in articles.into_iter().enumerate() {
                let mut reading = read_object(object, at + 1, None, &options);
                if let (Some(list), Some(document)) = (list, &mut reading.document) {
                    keep_beside(&mut document.meta, key_of(&list).to_owned(), Value::from(list));
                }
                readings.push(reading);
            }
            if readings.is_empty() {
                problems.say("", ProblemKind::NoRecords, Outcome::FileLeftOut);
            }
        }
        Err(_) if begins_with_a_line_of_json(text) => {
            let mut options = options.clone();
            let field = fields(text, &options).roles.remove(&Role::Text);
            options.choices.fields.extend(field.map(|field| (Role::Text, field)));
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

/// A table that was written column by column, each an object of values by the number of the row, as a list of rows: what
/// pandas makes of a table if nobody tells it otherwise. Anything else as it is.
fn rows(value: Value) -> Value {
    let Value::Object(columns) = &value else { return value };
    let numbers = |column: &Value| -> Option<Vec<String>> {
        let keys: Vec<_> = column.as_object()?.keys().cloned().collect();
        let are_numbers =
            keys.iter().all(|key| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit()));
        (are_numbers && !keys.is_empty()).then_some(keys)
    };
    let Some(keys) = columns.values().next().and_then(numbers) else { return value };
    if columns.len() < 2 || !columns.values().all(|column| numbers(column).as_ref() == Some(&keys)) {
        return value;
    }
    let row = |key: &String| {
        let cells =
            columns.iter().filter_map(|(name, column)| Some((name.clone(), column.get(key)?.clone())));
        Value::Object(cells.collect())
    };
    Value::Array(keys.iter().map(row).collect())
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

/// The key of `meta` for the list that an article is from: lists named after the parts of a dataset are those.
fn key_of(list: &str) -> &'static str {
    let is_part = ["train", "dev", "validation", "valid", "val", "test"].contains(&list);
    if is_part { "split" } else { "list" }
}

/// An object as an article. Of a line, its number and the line itself are known.
fn read_object(
    object: Map<String, Value>,
    number: usize,
    line: Option<(u64, &str)>,
    options: &ReadOptions,
) -> Reading {
    let asked = options.choices.text_field();
    let (names, lengths) = texts(std::iter::once(&object));
    let field = text_field(&names, &lengths, asked).and_then(|at| names.get(at));
    if field.map(String::as_str) == Some("text") && is_record(&object) {
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
        let name = asked.unwrap_or("text").to_owned();
        problems.say(name, ProblemKind::Missing, Outcome::RecordLeftOut);
        return Reading { line, document: None, problems: problems.into_vec() };
    };
    let article = value_at(&object, &field).and_then(Value::as_str).unwrap_or_default();
    // The texts of JSON Feed, and of others who say so.
    let is_markup = field.to_ascii_lowercase().ends_with("html");
    let article = if is_markup { prose::of_fragment(article) } else { article.to_owned() };
    let mut facts = chosen_within(&object, &options.choices);
    let mut more = Map::new();
    let text_within = field.split_once('.').filter(|_| !object.contains_key(&field));
    for (key, mut value) in object {
        if key == field || value.is_null() {
            continue;
        }
        // The text is not kept beside itself.
        if let Some((_, inner)) = text_within.filter(|(outer, _)| *outer == key)
            && let Value::Object(object) = &mut value
        {
            object.shift_remove(inner);
            if object.is_empty() {
                continue;
            }
        }
        let plain = match &value {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        let own = own_key(&key, &options.choices);
        let place = match held(&key, &options.choices) {
            Some("title") => &mut facts.title,
            Some("source") => &mut facts.source,
            Some("author") => &mut facts.author,
            Some("url") => &mut facts.url,
            Some("id") => &mut facts.id,
            Some("date") if iso_date(&plain).is_some() => &mut facts.date,
            _ => {
                keep(&mut more, own, value, &mut problems);
                continue;
            }
        };
        if place.is_none() && !plain.is_empty() {
            *place = Some(plain);
        } else {
            keep(&mut more, own, value, &mut problems);
        }
    }
    facts.date = facts.date.as_deref().and_then(iso_date);
    let id = facts.id.take().unwrap_or_else(|| numbered(options, number));
    let reading = super::reading(id, article, facts, more, problems);
    Reading { line, ..reading }
}

/// What is said of an article in fields of objects in it that were chosen.
fn chosen_within(object: &Map<String, Value>, choices: &ReadChoices) -> Facts {
    let of = |role: Role| {
        let path = choices.fields.get(&role).filter(|path| !object.contains_key(*path))?;
        value_at(object, path)?
            .as_str()
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    };
    Facts {
        title: of(Role::Title),
        author: of(Role::Author),
        date: of(Role::Date).filter(|date| iso_date(date).is_some()),
        ..Facts::default()
    }
}

/// Keeps a value that is not too long for it; of one that is, that is said.
fn keep(more: &mut Map<String, Value>, key: String, value: Value, problems: &mut Problems) {
    let length = match &value {
        Value::String(text) => text.len(),
        Value::Array(_) | Value::Object(_) => value.to_string().len(),
        _ => 0,
    };
    if length <= LONGEST_VALUE {
        keep_beside(more, key, value);
    } else {
        let kind = match texts_in(&value) {
            0 => ProblemKind::TooLongToKeep { bytes: length, most: LONGEST_VALUE },
            texts => ProblemKind::OtherTexts { texts },
        };
        problems.say(key, kind, Outcome::FieldLeftOut);
    }
}

/// The fields of a file, or of its beginning if it is one of lines, and what is taken from which.
pub(super) fn fields(text: &str, options: &ReadOptions) -> Fields {
    let value = match json::parse_lines(text) {
        Ok(parsed) => parsed.value,
        Err(_) => {
            let lines = text.lines().take(SAMPLED).filter_map(|line| json::parse(line).ok());
            Value::Array(lines.map(|parsed| parsed.value).filter(Value::is_object).collect())
        }
    };
    let Found { fields: all, shown: roles, .. } = json_lists::find(rows(value), options);
    Fields { all, roles, first_row_is_article: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Document;
    use crate::formats::JsonType;

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
    fn every_list_of_articles_is_taken_and_its_name_is_kept() {
        let article = |id: &str| format!("{{\"id\":\"{id}\",\"text\":\"خبر\"}}");
        let json = format!("{{\"train\":[{},{}],\"test\":[{}]}}", article("a"), article("b"), article("c"));
        let split: Vec<_> = read(&json).iter().map(|article| article.meta["split"].clone()).collect();
        assert_eq!(split, ["train", "train", "test"]);
        let json = format!("{{\"2019\":[{}],\"2020\":[{}]}}", article("a"), article("b"));
        let list: Vec<_> = read(&json).iter().map(|article| article.meta["list"].clone()).collect();
        assert_eq!(list, ["2019", "2020"]);
    }

    #[test]
    fn an_article_stays_one_whatever_stands_below_it_and_what_is_left_out_is_told() {
        let said = "قال ".repeat(300);
        let json = format!(
            "{{\"text\":\"زار الوفد بغداد\",\"comments\":[{{\"said\":\"{said}\"}},{{\"said\":\"لا\"}}]}}"
        );
        let readings = read_file(json.as_bytes(), &ReadOptions::for_file("a.json"));
        let document = readings[0].document.as_ref().unwrap();
        assert_eq!((readings.len(), document.text.as_str()), (1, "زار الوفد بغداد"));
        let problem = &readings[0].problems[0];
        let told = (problem.field.as_str(), problem.outcome, problem.kind.clone());
        assert_eq!(told, ("comments", Outcome::FieldLeftOut, ProblemKind::OtherTexts { texts: 2 }));
        let short = json.replace(&said, "نعم");
        let document = read(&short).remove(0);
        assert_eq!(document.meta["comments"][0]["said"], "نعم", "short ones are kept");
    }

    #[test]
    fn title_day_and_author_are_in_the_fields_that_are_chosen_for_them() {
        let article = r#"{"title":"x","by":{"name":"أمل"},"when":"6 أبريل 2019","text":"خبر"}"#;
        let roles = [(Role::Title, "by.name"), (Role::Date, "when"), (Role::Author, "title")];
        for (json, prefix) in [
            (article.to_owned(), ""),
            (format!("[{article}]"), ""),
            (format!("{{\"docs\":[{article}],\"users\":[{{\"name\":\"ن\"}}]}}"), "docs[]."),
        ] {
            let mut options = ReadOptions::for_file("a.json");
            options.choices.fields = roles.map(|(role, name)| (role, format!("{prefix}{name}"))).into();
            let shown = fields(&json, &options).roles;
            assert_eq!(shown[&Role::Title], format!("{prefix}by.name"));
            let readings = read_file(json.as_bytes(), &options);
            let meta = &readings.iter().find_map(|reading| reading.document.as_ref()).unwrap().meta;
            let said = ["title", "date", "author"].map(|key| meta[key].as_str().unwrap());
            assert_eq!(said, ["أمل", "2019-04-06", "x"], "{json}");
        }
    }

    #[test]
    fn values_under_two_names_of_one_meaning_are_both_kept() {
        let articles = read(r#"{"headline":"أول","title":"ثان","text":"خبر"}"#);
        assert_eq!(serde_json::to_string(&articles[0].meta).unwrap(), r#"{"title":"أول","title'":"ثان"}"#);
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
        let Fields { all, roles, .. } = fields(&format!("{line}\n{line}\n"), &options);
        assert_eq!(all.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["a", "inner.b"]);
        assert_eq!(roles[&Role::Text], "inner.b");
        let document = read_line(line, 3, &options).document.unwrap();
        assert_eq!((document.text.as_str(), document.id.as_str()), ("نص أطول منه", "5"));
        options.choices.fields.insert(Role::Text, "a".to_owned());
        assert_eq!(read_line(line, 3, &options).document.unwrap().text.as_str(), "قصير");
        assert!(read_line("{\"a\":1}", 3, &options).is_refused());
        assert!(read_line("{", 3, &options).is_refused());
    }
}
