//! An object of a record, taken apart field by field: what is missing or of another type is said with its path, and
//! what nothing asked for is left over.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::json::JsonType;
use super::problem::Problems;
use super::{Outcome, ProblemKind};

/// An object and the way to it.
pub(super) struct Fields {
    path: String,
    map: Map<String, Value>,
}

impl Fields {
    /// An object at a path; the record itself is at the empty path.
    pub(super) fn new(path: impl Into<String>, map: Map<String, Value>) -> Self {
        Self { path: path.into(), map }
    }

    /// The path of a field.
    pub(super) fn path(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// True if the field is there and not null.
    pub(super) fn has(&self, key: &str) -> bool {
        self.map.get(key).is_some_and(|value| !value.is_null())
    }

    /// The field; null counts as absent.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        self.map.shift_remove(key).filter(|value| !value.is_null())
    }

    /// Says that a field is not what it must be.
    pub(super) fn wrong_type(
        &self,
        key: &str,
        expected: JsonType,
        value: &Value,
        outcome: Outcome,
        problems: &mut Problems,
    ) {
        problems.say(
            self.path(key),
            ProblemKind::WrongType { expected, found: JsonType::of(value) },
            outcome,
        );
    }

    /// A text that may be absent; an empty one counts as absent, one of another type is left out.
    pub(super) fn text(&mut self, key: &str, problems: &mut Problems) -> Option<Arc<str>> {
        match self.take(key)? {
            Value::String(text) if text.is_empty() => None,
            Value::String(text) => Some(text.into()),
            other => {
                self.wrong_type(key, JsonType::String, &other, Outcome::FieldLeftOut, problems);
                None
            }
        }
    }

    /// A name that may be absent. Numbers are names too: many programs count their records and spans.
    pub(super) fn name(&mut self, key: &str, problems: &mut Problems) -> Option<Arc<str>> {
        match self.take(key)? {
            Value::Number(number) => Some(number.to_string().into()),
            other => {
                self.map.insert(key.to_owned(), other);
                self.text(key, problems)
            }
        }
    }

    /// A list that may be absent; anything else is left out.
    pub(super) fn list(&mut self, key: &str, problems: &mut Problems) -> Vec<Value> {
        match self.take(key) {
            None => Vec::new(),
            Some(Value::Array(list)) => list,
            Some(other) => {
                self.wrong_type(key, JsonType::List, &other, Outcome::FieldLeftOut, problems);
                Vec::new()
            }
        }
    }

    /// An object that may be absent; anything else is left out.
    pub(super) fn object(&mut self, key: &str, problems: &mut Problems) -> Map<String, Value> {
        match self.take(key) {
            None => Map::new(),
            Some(Value::Object(map)) => map,
            Some(other) => {
                self.wrong_type(key, JsonType::Object, &other, Outcome::FieldLeftOut, problems);
                Map::new()
            }
        }
    }

    /// One of a set of words. Absent: `None`; another word: `default`, and it is said.
    pub(super) fn word<T: Copy>(
        &mut self,
        key: &str,
        values: &[T],
        name: fn(T) -> &'static str,
        default: T,
        problems: &mut Problems,
    ) -> Option<T> {
        let found = match self.take(key)? {
            Value::String(word) => word,
            other => other.to_string(),
        };
        let known = values.iter().copied().find(|&value| name(value) == found);
        Some(known.unwrap_or_else(|| {
            let allowed = values.iter().copied().map(name).collect();
            let kind = ProblemKind::UnknownWord { found, allowed, now: name(default) };
            problems.say(self.path(key), kind, Outcome::Repaired);
            default
        }))
    }

    /// An offset; `None` if it is missing or none, which is said.
    pub(super) fn offset(&mut self, key: &str, problems: &mut Problems) -> Option<u64> {
        let Some(value) = self.take(key) else {
            problems.say(self.path(key), ProblemKind::Missing, Outcome::EntryLeftOut);
            return None;
        };
        offset(&value, &self.path(key), problems)
    }

    /// What nothing asked for.
    pub(super) fn rest(self) -> Map<String, Value> {
        self.map
    }
}

/// A value as an offset; `None` if it is none, which is said.
pub(super) fn offset(value: &Value, path: &str, problems: &mut Problems) -> Option<u64> {
    if let Some(offset) = value.as_u64() {
        return Some(offset);
    }
    // Spreadsheets and JavaScript write 5.0, careless programs "5".
    let whole = match value {
        Value::Number(number) => number.as_f64().filter(|n| n.fract() == 0.0 && (0.0..1e15).contains(n)),
        Value::String(text) => text.trim().parse::<u32>().ok().map(f64::from),
        _ => None,
    };
    match whole {
        Some(whole) => {
            problems.say(path, ProblemKind::OffsetForm { found: value.to_string() }, Outcome::Repaired);
            Some(whole as u64)
        }
        None => {
            let found = super::place::shown(&value.to_string());
            problems.say(path, ProblemKind::BadOffset { found }, Outcome::EntryLeftOut);
            None
        }
    }
}
