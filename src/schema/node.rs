//! A value of a schema file and the way to it, so that every fault is told with its place.

use serde_json::{Map, Value};

use super::{SchemaProblem, SchemaProblemKind};

pub(super) type Problems = Vec<SchemaProblem>;

/// A value and the way to it.
pub(super) struct Node<'a> {
    pub(super) path: String,
    pub(super) value: &'a Value,
}

/// An object whose fields are taken one by one; what is left over is unknown.
pub(super) struct Fields<'a> {
    path: String,
    map: &'a Map<String, Value>,
    known: Vec<&'static str>,
}

impl<'a> Node<'a> {
    pub(super) fn fail<T>(&self, problems: &mut Problems, kind: SchemaProblemKind) -> Option<T> {
        problems.push(SchemaProblem { path: self.path.clone(), kind });
        None
    }

    pub(super) fn wrong_type<T>(&self, problems: &mut Problems, expected: &'static str) -> Option<T> {
        let found = match self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.fail(problems, SchemaProblemKind::Type { expected, found })
    }

    pub(super) fn text(&self, problems: &mut Problems) -> Option<&'a str> {
        match self.value.as_str() {
            Some(text) => Some(text),
            None => self.wrong_type(problems, "a string"),
        }
    }

    pub(super) fn list(&self, problems: &mut Problems) -> Option<Vec<Node<'a>>> {
        let Some(items) = self.value.as_array() else { return self.wrong_type(problems, "a list") };
        Some(
            items
                .iter()
                .enumerate()
                .map(|(n, value)| Node { path: format!("{}[{n}]", self.path), value })
                .collect(),
        )
    }

    pub(super) fn fields(&self, problems: &mut Problems) -> Option<Fields<'a>> {
        let Some(map) = self.value.as_object() else { return self.wrong_type(problems, "an object") };
        Some(Fields { path: self.path.clone(), map, known: Vec::new() })
    }

    /// Parses a string by its type's own rule.
    pub(super) fn parsed<T: std::str::FromStr>(&self, problems: &mut Problems) -> Option<T>
    where
        SchemaProblemKind: From<T::Err>,
    {
        match self.text(problems)?.parse() {
            Ok(value) => Some(value),
            Err(error) => self.fail(problems, SchemaProblemKind::from(error)),
        }
    }

    pub(super) fn word<T: Copy>(
        &self,
        problems: &mut Problems,
        allowed: &'static [&'static str],
        all: &[T],
    ) -> Option<T> {
        let found = self.text(problems)?;
        match allowed.iter().position(|word| *word == found).and_then(|n| all.get(n)) {
            Some(value) => Some(*value),
            None => self.fail(problems, SchemaProblemKind::Choice { found: found.to_owned(), allowed }),
        }
    }
}

impl<'a> Fields<'a> {
    fn child_path(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    pub(super) fn take(&mut self, key: &'static str) -> Option<Node<'a>> {
        self.known.push(key);
        self.map.get(key).map(|value| Node { path: self.child_path(key), value })
    }

    pub(super) fn need(
        &mut self,
        key: &'static str,
        expected: &'static str,
        problems: &mut Problems,
    ) -> Option<Node<'a>> {
        let node = self.take(key);
        if node.is_none() {
            let path = self.child_path(key);
            problems.push(SchemaProblem { path, kind: SchemaProblemKind::Missing { expected } });
        }
        node
    }

    /// `Some(None)` when the field is absent, `None` when it is there but wrong.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
        read: impl FnOnce(&Node<'a>, &mut Problems) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.take(key) {
            Some(node) => read(&node, problems).map(Some),
            None => Some(None),
        }
    }

    pub(super) fn list<T>(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
        mut read: impl FnMut(&Node<'a>, &mut Problems) -> Option<T>,
    ) -> Option<Vec<T>> {
        match self.take(key) {
            Some(node) => every(&node.list(problems)?, |node| read(node, problems)),
            None => Some(Vec::new()),
        }
    }

    /// Reports the fields that nothing asked for.
    pub(super) fn end(self, problems: &mut Problems) {
        for key in self.map.keys().filter(|key| !self.known.contains(&key.as_str())) {
            let path = self.child_path(key);
            problems.push(SchemaProblem { path, kind: SchemaProblemKind::UnknownField });
        }
    }
}

/// Reads every item, so that each fault is reported, and keeps the list only if all are sound.
pub(super) fn every<'a, T>(
    nodes: &[Node<'a>],
    mut read: impl FnMut(&Node<'a>) -> Option<T>,
) -> Option<Vec<T>> {
    let wanted = nodes.len();
    let items: Vec<T> = nodes.iter().filter_map(&mut read).collect();
    (items.len() == wanted).then_some(items)
}
