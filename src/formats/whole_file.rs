//! A file that is read as a whole: from its bytes to its text, and from its text to JSON.

use serde_json::Value;

use super::encoding::{NotUtf8, UTF8_MARK, utf8};
use super::problem::Problems;
use super::xml::{self, Element};
use super::{Outcome, ProblemKind, ReadOptions, Reading, json};

/// The text of a file, without its byte order mark. `None` if it is not UTF-8, which is said.
pub(super) fn text<'b>(bytes: &'b [u8], problems: &mut Problems) -> Option<&'b str> {
    let content = match bytes.strip_prefix(UTF8_MARK) {
        Some(content) => {
            problems.say("", ProblemKind::ByteOrderMark, Outcome::Repaired);
            content
        }
        None => bytes,
    };
    without_mark(content, problems)
}

/// The text of bytes that follow a byte order mark, or have none. `None` if they are not UTF-8, which is said.
pub(super) fn without_mark<'b>(content: &'b [u8], problems: &mut Problems) -> Option<&'b str> {
    match utf8(content) {
        Ok(text) => Some(text),
        Err(NotUtf8 { byte, index, guess }) => {
            let before = &content[..index];
            problems.at_line(Some(before.iter().filter(|&&b| b == b'\n').count() as u64 + 1));
            let column = before.iter().rev().take_while(|&&b| b != b'\n').count() as u64 + 1;
            problems.say("", ProblemKind::NotUtf8 { byte, column, guess }, Outcome::FileLeftOut);
            None
        }
    }
}

/// What is to be said of a file of which nothing could be read.
pub(super) fn nothing(problems: Problems) -> Vec<Reading> {
    vec![Reading { line: None, document: None, problems: problems.into_vec() }]
}

/// The JSON value that a file is. `None` if it is none, which is said.
pub(super) fn json(bytes: &[u8], problems: &mut Problems) -> Option<Value> {
    let text = text(bytes, problems)?;
    match json::parse_lines(text) {
        Ok(parsed) => {
            for (path, kind) in parsed.swallowed {
                problems.say(path, kind, Outcome::Repaired);
            }
            Some(parsed.value)
        }
        Err((line, kind)) => {
            problems.at_line(Some(line));
            problems.say("", kind, Outcome::FileLeftOut);
            None
        }
    }
}

/// The root element of the XML that a file is. `None` if it is none, which is said.
pub(super) fn xml(bytes: &[u8], problems: &mut Problems) -> Option<Element> {
    match xml::parse(text(bytes, problems)?) {
        Ok(root) => Some(root),
        Err((line, kind)) => {
            problems.at_line(Some(line));
            problems.say("", kind, Outcome::FileLeftOut);
            None
        }
    }
}

/// Reads a file that is one JSON object with one article, or a list of such.
pub(super) fn json_articles(
    bytes: &[u8],
    options: &ReadOptions,
    mut article: impl FnMut(Value, usize, &mut Problems) -> Vec<Reading>,
) -> Vec<Reading> {
    let mut problems = Problems::new(&options.file, None);
    let value = json(bytes, &mut problems);
    let about_file = problems.into_vec();
    let mut readings = Vec::new();
    let items = match value {
        None => Vec::new(),
        Some(Value::Array(list)) => list,
        Some(other) => vec![other],
    };
    let none = items.is_empty() && about_file.is_empty();
    for (index, item) in items.into_iter().enumerate() {
        let mut problems = Problems::new(&options.file, None);
        readings.extend(article(item, index, &mut problems));
        let left = problems.into_vec();
        if !left.is_empty() {
            readings.push(Reading { line: None, document: None, problems: left });
        }
    }
    if none {
        let mut problems = Problems::new(&options.file, None);
        problems.say("", ProblemKind::NoRecords, Outcome::FileLeftOut);
        readings.push(Reading { line: None, document: None, problems: problems.into_vec() });
    }
    if !about_file.is_empty() {
        readings.insert(0, Reading { line: None, document: None, problems: about_file });
    }
    readings
}
