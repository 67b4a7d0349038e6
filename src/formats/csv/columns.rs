//! The columns, by the names that Misam and others give them.

use std::collections::HashMap;

use super::cell::unguarded;
use crate::formats::separated::Row;

/// The columns, in their order. `_cp` says that code points are counted. `misam` holds what a span has beyond the other
/// columns, `article_misam` what an article has.
pub const COLUMNS: [&str; 14] = [
    "doc_id",
    "span_id",
    "start_cp",
    "end_cp",
    "label",
    "surface",
    "fragments_cp",
    "origin",
    "normalized",
    "note",
    "misam",
    "status",
    "article",
    "article_misam",
];

/// What others call the columns.
const OTHER_NAMES: [(&str, &str); 14] = [
    ("doc", "doc_id"),
    ("document", "doc_id"),
    ("document_id", "doc_id"),
    ("id", "doc_id"),
    ("start", "start_cp"),
    ("begin", "start_cp"),
    ("start_char", "start_cp"),
    ("end", "end_cp"),
    ("end_char", "end_cp"),
    ("tag", "label"),
    ("type", "label"),
    ("entity", "surface"),
    ("span", "surface"),
    ("text", "article"),
];

/// Where each column is.
pub(super) struct Columns {
    pub(super) at: HashMap<&'static str, usize>,
    /// What the file calls its columns.
    header: Vec<String>,
    /// True if the file says that its offsets are code points.
    pub(super) counts_code_points: bool,
    /// True if cells are guarded as Misam does it.
    pub(super) is_own: bool,
}

impl Columns {
    pub(super) fn new(header: &[String]) -> Self {
        let mut at = HashMap::new();
        let names: Vec<String> = header.iter().map(|name| name.trim().to_lowercase()).collect();
        for (n, name) in names.iter().enumerate() {
            if let Some(known) = COLUMNS.iter().find(|known| *known == name) {
                at.insert(*known, n);
            }
        }
        let (counts_code_points, is_own) = (at.contains_key("start_cp"), at.contains_key("article_misam"));
        for (n, name) in names.iter().enumerate() {
            if let Some((_, known)) = OTHER_NAMES.iter().find(|(other, _)| other == name) {
                at.entry(known).or_insert(n);
            }
        }
        let header = header.iter().map(|name| name.trim().to_owned()).collect();
        Self { at, header, counts_code_points, is_own }
    }

    /// What the file calls a column.
    pub(super) fn called<'c>(&'c self, name: &'c str) -> &'c str {
        self.at.get(name).and_then(|&n| self.header.get(n)).map_or(name, String::as_str)
    }

    pub(super) fn cell<'r>(&self, row: &'r Row, name: &str) -> &'r str {
        let cell = self.at.get(name).and_then(|&n| row.cells.get(n)).map_or("", String::as_str);
        if self.is_own { unguarded(cell) } else { cell }
    }
}
