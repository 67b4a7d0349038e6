//! Rows on their way in.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::columns::Columns;
use crate::formats::draft::{Draft, DraftSpan};
use crate::formats::encoding::UTF8_MARK;
use crate::formats::problem::Problems;
use crate::formats::separated::{Row, rows};
use crate::formats::{JsonType, Outcome, ProblemKind, ReadOptions, Reading, json, place, whole_file};

/// True if the first line of a file names the columns of spans, and not those of a table of something else.
pub(in crate::formats) fn names_spans(first_line: &str) -> bool {
    let header = rows(first_line.trim_start_matches('\u{FEFF}'));
    let Some(header) = header.first() else { return false };
    let columns = Columns::new(&header.cells);
    ["start_cp", "end_cp", "label"].iter().all(|name| columns.at.contains_key(name))
}

/// Reads a file. Columns are found by their names, in any order.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    let mut problems = Problems::new(&options.file, None);
    let content = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
    let Some(text) = whole_file::without_mark(content, &mut problems) else {
        return whole_file::nothing(problems);
    };
    let mut rows = rows(text).into_iter();
    let Some(header) = rows.next() else {
        problems.say("", ProblemKind::NoRecords, Outcome::FileLeftOut);
        return whole_file::nothing(problems);
    };
    let columns = Columns::new(&header.cells);
    if !columns.at.contains_key("article") {
        problems.say("article", ProblemKind::Missing, Outcome::FileLeftOut);
        return vec![Reading { line: Some(1), document: None, problems: problems.into_vec() }];
    }
    let mut articles: Vec<(u64, Draft, Problems)> = Vec::new();
    let mut named = Named::default();
    for row in rows {
        let (id, text) = (columns.cell(&row, "doc_id"), columns.cell(&row, "article"));
        let has_no_text = |at: usize| articles.get(at).is_some_and(|(_, draft, _)| draft.text.is_empty());
        let at = named.article(id, text, columns.is_own, has_no_text).unwrap_or_else(|| {
            let mut draft = Draft::new(String::new());
            draft.id = (!id.is_empty()).then(|| id.into());
            draft.number = Some(articles.len() as u64 + 1);
            draft.is_declared = columns.counts_code_points;
            articles.push((row.line, draft, Problems::new(&options.file, Some(row.line))));
            articles.len() - 1
        });
        named.note(id, text, at);
        if let Some((_, draft, problems)) = articles.get_mut(at) {
            take_row(&columns, &row, draft, problems);
        }
    }
    if articles.is_empty() {
        let mut problems = Problems::new(&options.file, None);
        problems.say("", ProblemKind::NoRecords, Outcome::FileLeftOut);
        return whole_file::nothing(problems);
    }
    let finish = |(line, draft, mut problems): (u64, Draft, Problems)| {
        problems.at_line(Some(line));
        let document = draft.finish(options, &mut problems);
        Reading { line: Some(line), document, problems: problems.into_vec() }
    };
    articles.into_iter().map(finish).collect()
}

/// Which article each row so far is about. Articles are told by their names and their texts: files with a sentence a row
/// give many texts one name.
#[derive(Default)]
struct Named {
    /// By name and text.
    by_text: HashMap<(String, String), usize>,
    /// The article of the latest row of each name.
    latest: HashMap<String, usize>,
    /// The article of the latest row.
    last: Option<usize>,
}

impl Named {
    /// The article of a row, if it is one that was there before. A row without a text is about the article that its name
    /// was given to last, and without a name either, in files of others, about that of the row before. `has_no_text` says
    /// of an article that its text has not come yet.
    fn article(
        &self,
        id: &str,
        text: &str,
        is_own: bool,
        has_no_text: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        match (id.is_empty(), text.is_empty()) {
            (true, true) if !is_own => self.last,
            (_, true) => self.latest.get(id).copied(),
            (is_nameless, false) => {
                let awaited = || self.latest.get(id).copied().filter(|&at| !is_nameless && has_no_text(at));
                self.by_text.get(&(id.to_owned(), text.to_owned())).copied().or_else(awaited)
            }
        }
    }

    /// Notes which article a row is about.
    fn note(&mut self, id: &str, text: &str, at: usize) {
        if !text.is_empty() {
            self.by_text.insert((id.to_owned(), text.to_owned()), at);
        }
        self.latest.insert(id.to_owned(), at);
        self.last = Some(at);
    }
}

/// Takes a row into its article.
fn take_row(columns: &Columns, row: &Row, draft: &mut Draft, problems: &mut Problems) {
    let cell = |name: &str| columns.cell(row, name);
    problems.at_line(Some(row.line));
    say_marks(row, problems);
    if draft.text.is_empty() {
        draft.text = cell("article").to_owned();
    }
    if draft.details.is_empty() {
        draft.details_path = "article_misam".to_owned();
        draft.details = object(cell("article_misam"), "article_misam", problems);
        if let Some(Value::Array(relations)) = draft.details.shift_remove("relations") {
            draft.relations = relations;
        }
        if !cell("status").is_empty() {
            draft.details.insert("status".to_owned(), cell("status").into());
        }
    }
    let (start, end, label) = (cell("start_cp"), cell("end_cp"), cell("label"));
    if start.is_empty() && end.is_empty() && label.is_empty() {
        return;
    }
    let offset = |name: &str, problems: &mut Problems| {
        let found = cell(name);
        let offset = found.trim().parse::<u64>().ok();
        if offset.is_none() {
            let found = place::shown(found);
            problems.say(columns.called(name), ProblemKind::BadOffset { found }, Outcome::EntryLeftOut);
        }
        offset
    };
    let (start, end) = (offset("start_cp", problems), offset("end_cp", problems));
    let (Some(start), Some(end)) = (start, end) else { return };
    let mut span = DraftSpan::new("", start, end, label);
    span.line = Some(row.line);
    let filled = |name: &str| Some(cell(name)).filter(|cell| !cell.is_empty());
    span.id = filled("span_id").map(Into::into);
    span.surface = filled("surface").map(str::to_owned);
    if let Some(pieces) = filled("fragments_cp") {
        let piece = |piece: &str| {
            let (start, end) = piece.split_once('-')?;
            Some((start.trim().parse().ok()?, end.trim().parse().ok()?))
        };
        match pieces.split(';').map(piece).collect() {
            // The surface is that of the whole; of pieces it would be taken for their own.
            Some(pieces) => (span.fragments, span.surface) = (pieces, None),
            None => problems.say("fragments_cp", ProblemKind::BadFragments, Outcome::FieldLeftOut),
        }
    }
    span.details = object(cell("misam"), "misam", problems);
    for name in ["origin", "normalized", "note"] {
        if let Some(value) = filled(name) {
            span.details.insert(name.to_owned(), value.into());
        }
    }
    draft.spans.push(span);
}

/// Says which quotation marks of a row are not as they should be.
pub(in crate::formats) fn say_marks(row: &Row, problems: &mut Problems) {
    for &line in &row.unclosed {
        problems.say_at(line, "", ProblemKind::UnclosedQuote, Outcome::Kept);
    }
    for &line in &row.loose {
        problems.say_at(line, "", ProblemKind::LooseQuote, Outcome::Kept);
    }
}

/// The object in a cell; empty if there is none.
fn object(cell: &str, name: &str, problems: &mut Problems) -> Map<String, Value> {
    if cell.is_empty() {
        return Map::new();
    }
    match json::parse(cell) {
        Ok(json::Parsed { value: Value::Object(map), .. }) => return map,
        Ok(other) => {
            let found = JsonType::of(&other.value);
            let kind = ProblemKind::WrongType { expected: JsonType::Object, found };
            problems.say(name, kind, Outcome::FieldLeftOut);
        }
        Err(kind) => problems.say(name, kind, Outcome::FieldLeftOut),
    }
    Map::new()
}
