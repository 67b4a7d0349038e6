//! Tables of articles: comma-, semicolon- or tab-separated values with a row an article. The text is in one column, what
//! other columns hold goes into `meta`.

use serde_json::{Map, Value};

use super::{Facts, Field, iso_date, meaning, numbered, sample, text_field};
use crate::formats::csv::{Row, rows};
use crate::formats::problem::Problems;
use crate::formats::{Outcome, ProblemKind, ReadOptions, Reading, whole_file};

/// A first row with a cell longer than this names no columns.
const LONGEST_NAME: usize = 60;

/// So many rows tell which column holds the text.
const SAMPLED: usize = 50;

/// A table: the names of its columns, and its rows.
struct Table {
    names: Vec<String>,
    rows: Vec<Row>,
}

impl Table {
    fn parse(text: &str) -> Self {
        let mut rows = rows(text);
        rows.retain(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
        let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let is_header = rows.len() > 1
            && rows.first().is_some_and(|row| {
                row.cells.iter().all(|cell| cell.chars().count() <= LONGEST_NAME)
                    && row.cells.iter().any(|cell| !cell.trim().is_empty())
            });
        let header = if is_header { rows.remove(0).cells } else { Vec::new() };
        let mut names: Vec<String> = Vec::with_capacity(columns);
        for at in 0..columns {
            let name = header.get(at).map(|name| name.trim()).filter(|name| !name.is_empty());
            let mut name = name.map_or_else(|| (at + 1).to_string(), str::to_owned);
            while names.contains(&name) {
                name.push('\'');
            }
            names.push(name);
        }
        Self { names, rows }
    }

    /// The average lengths of the cells in each column, in characters.
    fn lengths(&self) -> Vec<usize> {
        let length = |at: usize| {
            let rows = self.rows.iter().take(SAMPLED);
            let total: usize =
                rows.filter_map(|row| row.cells.get(at)).map(|cell| cell.chars().count()).sum();
            total / self.rows.len().clamp(1, SAMPLED)
        };
        (0..self.names.len()).map(length).collect()
    }
}

/// Reads a table.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    let mut problems = Problems::new(&options.file, None);
    let content = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let Some(text) = whole_file::without_mark(content, &mut problems) else {
        return whole_file::nothing(problems);
    };
    let table = Table::parse(text);
    let Some(text) = text_field(&table.names, &table.lengths(), options) else {
        problems.say("", ProblemKind::NoRecords, Outcome::FileLeftOut);
        return whole_file::nothing(problems);
    };
    let Table { names, rows } = table;
    rows.into_iter().enumerate().map(|(at, row)| read_row(row, at + 1, &names, text, options)).collect()
}

fn read_row(row: Row, number: usize, names: &[String], text: usize, options: &ReadOptions) -> Reading {
    let line = Some(row.line);
    let mut facts = Facts::default();
    let mut more = Map::new();
    let mut article = String::new();
    for (at, (name, cell)) in names.iter().zip(row.cells).enumerate() {
        if at == text {
            article = cell;
            continue;
        }
        let value = cell.trim();
        if value.is_empty() {
            continue;
        }
        let place = match meaning(name) {
            Some(("title", _)) => &mut facts.title,
            Some(("source", _)) => &mut facts.source,
            Some(("author", _)) => &mut facts.author,
            Some(("url", _)) => &mut facts.url,
            Some(("id", _)) => &mut facts.id,
            Some(("date", _)) if iso_date(value).is_some() => &mut facts.date,
            _ => {
                more.insert(name.clone(), Value::from(value));
                continue;
            }
        };
        if place.is_none() {
            *place = Some(value.to_owned());
        } else {
            more.insert(name.clone(), Value::from(value));
        }
    }
    facts.date = facts.date.as_deref().and_then(iso_date);
    let id = facts.id.take().unwrap_or_else(|| numbered(options, number));
    let reading = super::reading(id, article, facts, more, Problems::new(&options.file, line));
    Reading { line, ..reading }
}

/// The columns, and the one that the text is taken from.
pub(super) fn fields(text: &str, options: &ReadOptions) -> (Vec<Field>, Option<String>) {
    let table = Table::parse(text.trim_start_matches('\u{FEFF}'));
    let chosen = text_field(&table.names, &table.lengths(), options);
    let first = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(at));
        cells.map(|cell| sample(cell)).find(|cell| !cell.is_empty()).unwrap_or_default()
    };
    let fields =
        table.names.iter().enumerate().map(|(at, name)| Field { name: name.clone(), sample: first(at) });
    (fields.collect(), chosen.and_then(|at| table.names.get(at).cloned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Document;
    use crate::formats::ReadChoices;

    fn read(table: &str, text_field: Option<&str>) -> Vec<Document> {
        let choices = ReadChoices { text_field: text_field.map(str::to_owned), ..ReadChoices::default() };
        let options = ReadOptions { choices, ..ReadOptions::for_file("news.csv") };
        read_file(table.as_bytes(), &options).into_iter().filter_map(|reading| reading.document).collect()
    }

    #[test]
    fn a_row_is_an_article_and_columns_are_known_by_their_names() {
        let table = "\u{FEFF}العنوان;النص;التاريخ;القسم\nقصف;\"زار عمر;\nبغداد\";6 أبريل 2019;دولي\n;خبر;;\n";
        let articles = read(table, None);
        assert_eq!(articles[0].text.as_str(), "زار عمر;\nبغداد");
        assert_eq!(
            serde_json::to_string(&articles[0].meta).unwrap(),
            r#"{"title":"قصف","date":"2019-04-06","القسم":"دولي"}"#
        );
        assert_eq!((articles[1].text.as_str(), articles[1].id.as_str()), ("خبر", "news-2"));
    }

    #[test]
    fn without_a_usual_name_the_longest_column_is_the_text_unless_one_is_chosen() {
        let table = "a\tb\nx\tزار الوفد بغداد\n";
        assert_eq!(read(table, None)[0].text.as_str(), "زار الوفد بغداد");
        assert_eq!(read(table, Some("a"))[0].text.as_str(), "x");
        let options = ReadOptions::for_file("a.tsv");
        let (found, chosen) = fields(table, &options);
        assert_eq!(
            (found.len(), found[1].sample.as_str(), chosen.as_deref()),
            (2, "زار الوفد بغداد", Some("b"))
        );
    }

    #[test]
    fn a_table_without_names_has_numbers_for_them() {
        let long = "زار الوفد بغداد ثم البصرة ثم عاد إلى بلاده في اليوم التالي بعد لقاءات كثيرة";
        let articles = read(&format!("1,{long}\n2,{long} أيضا\n"), None);
        assert_eq!((articles.len(), articles[0].text.as_str()), (2, long));
        assert_eq!(articles[1].meta["1"], "2");
    }
}
