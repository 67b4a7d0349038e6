//! Comma-separated values for spreadsheets and data frames: a row a span, RFC 4180.
//!
//! A byte order mark makes Excel take the file for UTF-8. A cell that a spreadsheet would take for a formula gets an
//! apostrophe before it, which is taken off again on reading. The first row of an article holds its text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;

use serde_json::{Map, Value};

use super::draft::{Draft, DraftSpan};
use super::encoding::UTF8_MARK;
use super::jsonl::WriteError;
use super::problem::Problems;
use super::separated::{Row, rows};
use super::{
    DocumentWriter, ExportError, Losses, Outcome, Output, ProblemKind, ReadOptions, Reading, carry,
    whole_file,
};
use crate::annotation::{Document, Span, Status};
use crate::text::ByteRange;

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

/// Writes rows.
#[derive(Debug, Default)]
pub struct Writer {
    begun: bool,
}

impl DocumentWriter for Writer {
    fn write(
        &mut self,
        document: &Document,
        output: &mut dyn Output,
        _: &mut Losses,
    ) -> Result<(), ExportError> {
        self.begin(output)?;
        let mut record = carry::record(document, &["status"])?;
        if !document.relations.is_empty() {
            record.insert("relations".to_owned(), document.relations.clone().into());
        }
        let status = if document.status == Status::New { "" } else { document.status.as_str() };
        let mut article = [status.to_owned(), document.text.as_str().to_owned(), json(record)];
        let mut rows =
            document.spans.iter().map(|span| span_cells(document, span)).collect::<Result<Vec<_>, _>>()?;
        if rows.is_empty() {
            rows.push(Default::default());
        }
        for cells in rows {
            let id = document.id.as_str().to_owned();
            let row = std::iter::once(id).chain(cells).chain(std::mem::take(&mut article));
            write_row(output.stream(), row)?;
        }
        Ok(())
    }

    fn writes_by_document(&self) -> bool {
        false
    }

    fn finish(&mut self, output: &mut dyn Output) -> Result<(), ExportError> {
        self.begin(output)
    }
}

impl Writer {
    fn begin(&mut self, output: &mut dyn Output) -> Result<(), ExportError> {
        if !std::mem::replace(&mut self.begun, true) {
            output.stream().write_all(UTF8_MARK)?;
            write_row(output.stream(), COLUMNS.map(str::to_owned))?;
        }
        Ok(())
    }
}

/// The cells of a span, from its name to what it has beyond the others.
fn span_cells(document: &Document, span: &Span) -> Result<[String; 10], WriteError> {
    let place = |range: ByteRange| document.text.code_point_range(range);
    let (Some((start, end)), Some(surface)) = (place(span.range), document.text.slice(span.range)) else {
        return Err(WriteError::Span { document: document.id.clone(), span: span.id.clone() });
    };
    let pieces = span.fragments.iter().filter_map(|&piece| place(piece));
    let pieces: Vec<_> = pieces.map(|(start, end)| format!("{}-{}", start.get(), end.get())).collect();
    let rest = carry::span(document, span, &["id", "origin", "normalized", "note"])?;
    Ok([
        span.id.as_str().to_owned(),
        start.get().to_string(),
        end.get().to_string(),
        span.label.as_str().to_owned(),
        surface.to_owned(),
        pieces.join(";"),
        span.origin.as_str().to_owned(),
        span.normalized.as_deref().unwrap_or_default().to_owned(),
        span.note.as_deref().unwrap_or_default().to_owned(),
        json(rest),
    ])
}

/// An object as a cell; nothing for an empty one.
fn json(map: Map<String, Value>) -> String {
    if map.is_empty() { String::new() } else { Value::Object(map).to_string() }
}

fn write_row(output: &mut dyn Write, cells: impl IntoIterator<Item = String>) -> std::io::Result<()> {
    for (n, content) in cells.into_iter().enumerate() {
        if n > 0 {
            output.write_all(b",")?;
        }
        output.write_all(cell(&content).as_bytes())?;
    }
    output.write_all(b"\r\n")
}

/// A cell of a table for spreadsheets: in quotation marks where it has to be (RFC 4180), and no formula.
#[must_use]
pub fn cell(content: &str) -> Cow<'_, str> {
    let guarded =
        if is_formula(content) { Cow::Owned(format!("'{content}")) } else { Cow::Borrowed(content) };
    if guarded.contains(['"', ',', '\r', '\n']) {
        return Cow::Owned(format!("\"{}\"", guarded.replace('"', "\"\"")));
    }
    guarded
}

/// True for what a spreadsheet may run, with any number of apostrophes before it.
fn is_formula(cell: &str) -> bool {
    let signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    cell.trim_start_matches('\'').starts_with(signs)
}

/// The cell without the apostrophe that keeps it from being run.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// True if the first line of a file names the columns of spans, and not those of a table of something else.
pub(super) fn names_spans(first_line: &str) -> bool {
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
            let found = super::place::shown(found);
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
pub(super) fn say_marks(row: &Row, problems: &mut Problems) {
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
    match super::json::parse(cell) {
        Ok(super::json::Parsed { value: Value::Object(map), .. }) => return map,
        Ok(other) => {
            let found = super::JsonType::of(&other.value);
            let kind = ProblemKind::WrongType { expected: super::JsonType::Object, found };
            problems.say(name, kind, Outcome::FieldLeftOut);
        }
        Err(kind) => problems.say(name, kind, Outcome::FieldLeftOut),
    }
    Map::new()
}

/// Where each column is.
struct Columns {
    at: HashMap<&'static str, usize>,
    /// What the file calls its columns.
    header: Vec<String>,
    /// True if the file says that its offsets are code points.
    counts_code_points: bool,
    /// True if cells are guarded as Misam does it.
    is_own: bool,
}

impl Columns {
    fn new(header: &[String]) -> Self {
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
    fn called<'c>(&'c self, name: &'c str) -> &'c str {
        self.at.get(name).and_then(|&n| self.header.get(n)).map_or(name, String::as_str)
    }

    fn cell<'r>(&self, row: &'r Row, name: &str) -> &'r str {
        let cell = self.at.get(name).and_then(|&n| row.cells.get(n)).map_or("", String::as_str);
        if self.is_own { unguarded(cell) } else { cell }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{DocumentId, Origin, SpanId};
    use crate::formats::MemoryOutput;
    use crate::schema::LabelCode;

    fn written(text: &str, surface: &str) -> (Document, String) {
        let mut document = Document::new(DocumentId::new("d"), text);
        let start = text.find(surface).unwrap();
        let (range, label) = ((start..start + surface.len()).into(), LabelCode::new("LOC").unwrap());
        document.spans = [Span::new(SpanId::numbered(1), range, label, Origin::Manual)].into_iter().collect();
        let mut output = MemoryOutput::default();
        Writer::default().write(&document, &mut output, &mut Losses::default()).unwrap();
        (document, String::from_utf8(output.stream).unwrap())
    }

    fn read(file: &str) -> Vec<Reading> {
        read_file(file.as_bytes(), &ReadOptions::for_file("a.csv"))
    }

    #[test]
    fn a_row_is_a_span_and_excel_reads_it() {
        let (document, file) = written("زار \"بغداد\", أمس", "بغداد");
        let (header, rows) = file.split_once("\r\n").unwrap();
        assert!(header.starts_with("\u{FEFF}doc_id,span_id,start_cp,end_cp,label,surface,"));
        assert_eq!(rows, "d,s1,5,10,LOC,بغداد,,manual,,,,,\"زار \"\"بغداد\"\", أمس\",\r\n");
        assert_eq!(read(&file)[0].document, Some(document));
    }

    #[test]
    fn a_column_is_told_by_the_name_that_the_file_gives_it() {
        let readings = read("doc,Start,end_char,label,text\nd,x,4,LOC,زار بغداد\n");
        let fields: Vec<_> =
            readings.iter().flat_map(|reading| &reading.problems).map(|p| &*p.field).collect();
        assert_eq!(fields, ["Start"]);
    }

    #[test]
    fn no_cell_is_a_formula_and_apostrophes_come_back() {
        for surface in ["=1+1", "'=1", "''@x", "-عدن", "+5", "＝x", "'حمص'", "\t=x", "'"] {
            let (document, file) = written(&format!("x {surface}"), surface);
            assert!(
                !file.contains(",=") && !file.contains(",-") && !file.contains(",+") && !file.contains(",＝"),
                "{file}"
            );
            let reading = &read(&file)[0];
            assert_eq!(
                (&reading.problems[..], reading.document.as_ref()),
                (&[][..], Some(&document)),
                "{file}"
            );
        }
    }

    #[test]
    fn tables_of_others_are_read_by_the_names_of_their_columns() {
        let file = "label;end;start;id;text\nLOC;9;4;a;زار بغداد\nPER;3;0;a;\nX;y;0;a;\n";
        let readings = read(file);
        let document = readings[0].document.as_ref().unwrap();
        assert_eq!((document.id.as_str(), document.spans.len()), ("a", 2));
        let problem = &readings[0].problems[0];
        assert_eq!((problem.line, &*problem.field), (Some(4), "end"));
        assert_eq!(&*read("label,start,end\nLOC,0,1\n")[0].problems[0].field, "article", "whose text?");
    }

    /// The texts of what was read, and what stands in the spans of each.
    fn texts(file: &str) -> Vec<(String, Vec<String>)> {
        let found = read(file).into_iter().filter_map(|reading| reading.document);
        let spans = |document: &Document| {
            let surface = |span: &std::sync::Arc<Span>| document.text.slice(span.range).unwrap().to_owned();
            document.spans.iter().map(surface).collect()
        };
        found.map(|document| (document.text.as_str().to_owned(), spans(&document))).collect()
    }

    fn text(text: &str, spans: &[&str]) -> (String, Vec<String>) {
        (text.to_owned(), spans.iter().map(|&span| span.to_owned()).collect())
    }

    #[test]
    fn one_name_with_several_texts_is_as_many_articles() {
        let file = "doc_id,text,start,end,label\n7,زار عمر بغداد,8,13,LOC\n7,وصل الوفد إلى دمشق,14,18,LOC\n\
                    7,زار عمر بغداد,4,7,PER\n8,عاد,0,3,X\n7,,0,3,X\n";
        assert_eq!(
            texts(file),
            [
                text("زار عمر بغداد", &["زار", "عمر", "بغداد"]),
                text("وصل الوفد إلى دمشق", &["دمشق"]),
                text("عاد", &["عاد"])
            ]
        );
    }

    #[test]
    fn rows_without_a_name_are_told_by_their_texts() {
        let file = "doc_id,text,start,end,label\n,زار عمر,4,7,PER\n,وصل الوفد,4,9,ORG\n,,0,3,X\n7,عاد,0,3,X\n,,0,2,Y\n";
        assert_eq!(
            texts(file),
            [text("زار عمر", &["عمر"]), text("وصل الوفد", &["وصل", "الوفد"]), text("عاد", &["عاد", "عا"])]
        );
    }

    #[test]
    fn a_name_whose_text_stands_in_a_later_row_is_one_article() {
        let file = "doc_id,text,start,end,label\n7,,4,7,PER\n7,زار عمر,0,3,X\n";
        assert_eq!(texts(file), [text("زار عمر", &["زار", "عمر"])]);
    }

    #[test]
    fn without_names_of_articles_the_same_text_is_the_same_article() {
        let file =
            "text,start,end,label\nزار بغداد,4,9,LOC\nعاد من عدن,7,10,LOC\nزار بغداد,0,3,PER\n,4,9,ORG\n";
        let readings = read(file);
        let found: Vec<_> = readings.iter().filter_map(|reading| reading.document.as_ref()).collect();
        let found: Vec<_> =
            found.iter().map(|document| (document.text.as_str(), document.spans.len())).collect();
        assert_eq!(found, [("زار بغداد", 3), ("عاد من عدن", 1)]);
        assert!(
            readings.iter().all(|reading| reading.problems.iter().all(|problem| problem.field.is_empty()))
        );
    }
}
