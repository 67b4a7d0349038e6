//! JSON as people and programs really write it: parsed once, with what a plain parser would swallow reported.

use std::fmt;

use serde::Serialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::{JsonFault, ProblemKind};

/// A parsed value and what was swallowed on the way, each with its path.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) value: Value,
    pub(super) swallowed: Vec<(String, ProblemKind)>,
}

/// Parses one line.
pub(super) fn parse(line: &str) -> Result<Parsed, ProblemKind> {
    let mut notes = Vec::new();
    let mut parser = serde_json::Deserializer::from_str(line);
    let value = Seed(&mut notes)
        .deserialize(&mut parser)
        .and_then(|value| parser.end().map(|()| value))
        .map_err(|error| explain(&error, line))?;
    Ok(Parsed { value, swallowed: settle(notes, line) })
}

/// Parses a text of any number of lines; an error comes with its line, from 1.
pub(super) fn parse_lines(text: &str) -> Result<Parsed, (u64, ProblemKind)> {
    let mut notes = Vec::new();
    let mut parser = serde_json::Deserializer::from_str(text);
    let value = Seed(&mut notes)
        .deserialize(&mut parser)
        .and_then(|value| parser.end().map(|()| value))
        .map_err(|error| {
            let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
            (error.line() as u64, explain(&error, line))
        })?;
    Ok(Parsed { value, swallowed: settle(notes, text) })
}

fn settle(mut notes: Vec<Note>, text: &str) -> Vec<(String, ProblemKind)> {
    let rounded = notes.iter().any(|note| note.kind == Swallowed::Digits);
    let mut whole = if rounded { huge_numbers(text).into_iter() } else { Vec::new().into_iter() };
    notes.retain(|note| note.kind != Swallowed::Digits || whole.next().unwrap_or(false));
    notes.into_iter().map(Note::into_problem).collect()
}

/// What kind of value something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JsonType {
    /// Nothing.
    Null,
    /// True or false.
    Boolean,
    /// A number.
    Number,
    /// A text.
    String,
    /// An array.
    List,
    /// An object.
    Object,
}

impl JsonType {
    /// The kind of a value.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::List,
            Value::Object(_) => Self::Object,
        }
    }
}

impl fmt::Display for JsonType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Boolean => "true or false",
            Self::Number => "a number",
            Self::String => "a string",
            Self::List => "a list",
            Self::Object => "an object",
        })
    }
}

fn explain(error: &serde_json::Error, line: &str) -> ProblemKind {
    // The parser's columns are bytes from 1; people count characters.
    let byte = error.column().saturating_sub(1).min(line.len());
    let column = line.as_bytes()[..byte].iter().filter(|&&b| b & 0xC0 != 0x80).count() + 1;
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or_default();
    let rest = line.get(byte..).unwrap_or_default();
    let no_number = ["NaN", "Infinity", "-Infinity", "nan", "inf"].iter().any(|word| rest.starts_with(word));
    if message.contains("surrogate") || message.contains("unexpected end of hex escape") {
        ProblemKind::LoneSurrogate { column }
    } else if message.contains("recursion limit") {
        ProblemKind::TooDeep { column }
    } else if no_number || message == "invalid number" && rest.contains("nfinity") {
        ProblemKind::NotANumber { column }
    } else if error.is_eof() {
        ProblemKind::Truncated { column }
    } else {
        ProblemKind::Json { column, fault: JsonFault::of(message) }
    }
}

/// The magnitude from which on a number may be a whole one that 64 bits cannot hold.
const HUGE: f64 = 9.2e18;

/// For every number outside the strings that was read as floating point and is huge, in order: whether it is written as
/// a whole number, and so has lost its last digits.
fn huge_numbers(line: &str) -> Vec<bool> {
    let bytes = line.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let length = match byte {
            b'"' => string_length(&bytes[at..]),
            b'-' | b'0'..=b'9' => bytes[at..]
                .iter()
                .take_while(|b| matches!(b, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
                .count(),
            _ => 1,
        };
        let number = if byte == b'"' { None } else { line.get(at..at + length) };
        if let Some(number) = number
            && number.parse::<f64>().is_ok_and(|value| value.abs() >= HUGE)
            && number.parse::<u64>().is_err()
            && number.parse::<i64>().is_err()
        {
            found.push(!number.contains(['.', 'e', 'E']));
        }
        at += length;
    }
    found
}

/// The length of the string that starts here, quotes among it.
fn string_length(bytes: &[u8]) -> usize {
    let mut escaped = false;
    let end = bytes.iter().skip(1).position(|&byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(bytes.len(), |end| end + 2)
}

#[derive(Debug, PartialEq, Eq)]
enum Swallowed {
    /// A key that was there before.
    Duplicate,
    /// A number that may have lost digits.
    Digits,
}

#[derive(Debug)]
struct Note {
    /// The path from the value being read; what is outside puts itself in front on the way back.
    path: String,
    kind: Swallowed,
}

impl Note {
    fn into_problem(self) -> (String, ProblemKind) {
        let kind = match self.kind {
            Swallowed::Duplicate => ProblemKind::DuplicateKey,
            Swallowed::Digits => ProblemKind::NumberRounded,
        };
        (self.path, kind)
    }

    fn inside(&mut self, outer: &str) {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{outer}{dot}{}", self.path);
    }
}

struct Seed<'a>(&'a mut Vec<Note>);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        if value.abs() >= HUGE {
            self.0.push(Note { path: String::new(), kind: Swallowed::Digits });
        }
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            let before = self.0.len();
            let Some(value) = items.next_element_seed(Seed(self.0))? else { break };
            let index = format_args!("[{}]", list.len()).to_string();
            self.0[before..].iter_mut().for_each(|note| note.inside(&index));
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let before = self.0.len();
            let value = entries.next_value_seed(Seed(self.0))?;
            self.0[before..].iter_mut().for_each(|note| note.inside(&key));
            if map.contains_key(&key) {
                self.0.push(Note { path: key.clone(), kind: Swallowed::Duplicate });
            }
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_keys_are_named_with_their_path() {
        let parsed = parse(r#"{"a":[{"b":1,"b":2}],"a":{"c":{"d":0,"d":0}}}"#).unwrap();
        let paths: Vec<_> = parsed.swallowed.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["a[0].b", "a.c.d", "a"]);
        assert_eq!(parsed.value, serde_json::json!({"a":{"c":{"d":0}}}));
    }

    #[test]
    fn only_numbers_that_lose_digits_are_reported() {
        let long = parse(r#"{"n":123456789012345678901234567890}"#).unwrap();
        assert_eq!(long.swallowed, [("n".to_owned(), ProblemKind::NumberRounded)]);
        for exact in [r#"{"n":1e30}"#, r#"{"n":18446744073709551615}"#, r#"{"s":"12345678901234567890\"1"}"#]
        {
            assert_eq!(parse(exact).unwrap().swallowed, [], "{exact}");
        }
        let mixed = parse(r#"{"a":[1e30,"\"",-99999999999999999999],"b":18446744073709551615}"#).unwrap();
        assert_eq!(mixed.swallowed, [("a[2]".to_owned(), ProblemKind::NumberRounded)]);
    }

    #[test]
    fn what_is_not_json_is_told_apart_by_its_cause() {
        let deep = "[".repeat(200);
        for (line, wanted) in [
            (r#"{"text":"\ud800"}"#, "lone_surrogate"),
            (r#"{"text":"\ud800 x"}"#, "lone_surrogate"),
            (r#"{"text":"\udc00"}"#, "lone_surrogate"),
            (r#"{"n":NaN}"#, "not_a_number"),
            (r#"{"n":-Infinity}"#, "not_a_number"),
            (r#"{"n":Infinity}"#, "not_a_number"),
            (deep.as_str(), "too_deep"),
            (r#"{"text":"abc"#, "truncated"),
            (r#"{"n":1e999}"#, "json"),
            (r#"{"a":1}{"#, "json"),
            (r"{'a':1}", "json"),
        ] {
            let kind = serde_json::to_value(parse(line).unwrap_err()).unwrap();
            assert_eq!(kind["kind"], wanted, "{line} {kind}");
        }
    }

    #[test]
    fn columns_count_characters() {
        let Err(ProblemKind::Json { column, .. }) = parse(r#"{"نص":x}"#) else { panic!() };
        assert_eq!(column, 7);
    }
}
