//! Tables of articles: comma-, semicolon- or tab-separated values with a row an article. The text is in one column, what
//! other columns hold goes into `meta`.

use serde_json::{Map, Value};

use super::{
    Facts, Field, Fields, held, iso_date, keep_beside, meaning, numbered, own_key, roles_beside, sample,
    text_field,
};
use crate::formats::csv::say_marks;
use crate::formats::problem::Problems;
use crate::formats::separated::{Row, rows};
use crate::formats::{Outcome, ProblemKind, ReadOptions, Reading, Role, whole_file};

/// A first row with a cell longer than this names no columns.
const LONGEST_NAME: usize = 60;

/// So many rows tell which column holds the text.
const SAMPLED: usize = 50;

/// Texts shorter than this, in characters, are as short as names of columns are.
const SHORTEST_TEXT: usize = 12;

/// A table: the names of its columns, and its rows.
struct Table {
    names: Vec<String>,
    /// The row with the names; an empty one if there is none.
    header: Row,
    rows: Vec<Row>,
    first: FirstRow,
}

/// What the first row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FirstRow {
    /// The names of the columns: this is certain, or a person said so.
    Names,
    /// The names of the columns, it seems. It may be an article as well.
    PerhapsNames,
    /// An article.
    Article,
}

impl FirstRow {
    fn of(rows: &[Row], options: &ReadOptions) -> Self {
        let chosen = options.choices.first_row_is_article;
        let Some((first, others)) = rows.split_first().filter(|(_, others)| !others.is_empty()) else {
            return Self::Article;
        };
        match chosen {
            Some(true) => return Self::Article,
            Some(false) => return Self::Names,
            None => {}
        }
        if first.cells.iter().any(|cell| cell.chars().count() > LONGEST_NAME) {
            return Self::Article;
        }
        if first.cells.iter().any(|cell| meaning(cell).is_some()) {
            return Self::Names;
        }
        if is_like(first, others) { Self::Article } else { Self::PerhapsNames }
    }
}

/// True if a row has what names of columns do not have: numbers, days, addresses, or a text about as long as those below.
fn is_like(first: &Row, others: &[Row]) -> bool {
    let is_value = |cell: &str| {
        let cell = cell.trim();
        let is_number = cell.contains(char::is_numeric) && !cell.contains(char::is_alphabetic);
        is_number || iso_date(cell).is_some() || cell.contains("://")
    };
    if first.cells.iter().any(|cell| is_value(cell)) {
        return true;
    }
    let length = |row: &Row, at: usize| row.cells.get(at).map_or(0, |cell| cell.chars().count());
    let sampled = others.len().clamp(1, SAMPLED);
    let average = |at: usize| others.iter().take(SAMPLED).map(|row| length(row, at)).sum::<usize>() / sampled;
    let longest = (0..first.cells.len()).max_by_key(|&at| (average(at), std::cmp::Reverse(at))).unwrap_or(0);
    average(longest) >= SHORTEST_TEXT && length(first, longest) * 2 >= average(longest)
}

impl Table {
    fn parse(text: &str, options: &ReadOptions) -> Self {
        let mut rows = rows(text);
        rows.retain(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
        let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let first = FirstRow::of(&rows, options);
        let header = if first == FirstRow::Article { Row::default() } else { rows.remove(0) };
        let mut names: Vec<String> = Vec::with_capacity(columns);
        for at in 0..columns {
            let name = header.cells.get(at).map(|name| name.trim()).filter(|name| !name.is_empty());
            let mut name = name.map_or_else(|| (at + 1).to_string(), str::to_owned);
            while names.contains(&name) {
                name.push('\'');
            }
            names.push(name);
        }
        Self { names, header, rows, first }
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
    let table = Table::parse(text, options);
    let Some(text) = text_field(&table.names, &table.lengths(), options.choices.text_field()) else {
        problems.say("", ProblemKind::NoRecords, Outcome::FileLeftOut);
        return whole_file::nothing(problems);
    };
    let Table { names, header, rows, first } = table;
    say_marks(&header, &mut problems);
    if first == FirstRow::PerhapsNames {
        problems.say_at(1, "", ProblemKind::ColumnNames { names: names.clone() }, Outcome::Kept);
    }
    let mut readings: Vec<Reading> =
        rows.into_iter().enumerate().map(|(at, row)| read_row(row, at + 1, &names, text, options)).collect();
    let about_file = problems.into_vec();
    if !about_file.is_empty() {
        readings.insert(0, Reading { line: None, document: None, problems: about_file });
    }
    readings
}

fn read_row(row: Row, number: usize, names: &[String], text: usize, options: &ReadOptions) -> Reading {
    let line = Some(row.line);
    let mut problems = Problems::new(&options.file, line);
    say_marks(&row, &mut problems);
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
        let place = match held(name, &options.choices) {
            Some("title") => &mut facts.title,
            Some("source") => &mut facts.source,
            Some("author") => &mut facts.author,
            Some("url") => &mut facts.url,
            Some("id") => &mut facts.id,
            Some("date") if iso_date(value).is_some() => &mut facts.date,
            _ => {
                keep_beside(&mut more, own_key(name, &options.choices), Value::from(value));
                continue;
            }
        };
        if place.is_none() {
            *place = Some(value.to_owned());
        } else {
            keep_beside(&mut more, own_key(name, &options.choices), Value::from(value));
        }
    }
    facts.date = facts.date.as_deref().and_then(iso_date);
    let id = facts.id.take().unwrap_or_else(|| numbered(options, number));
    let reading = super::reading(id, article, facts, more, problems);
    Reading { line, ..reading }
}

/// The columns, and what is taken from which.
pub(super) fn fields(text: &str, options: &ReadOptions) -> Fields {
    let table = Table::parse(text.trim_start_matches('\u{FEFF}'), options);
    let chosen = text_field(&table.names, &table.lengths(), options.choices.text_field());
    let first = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(at));
        cells.map(|cell| sample(cell)).find(|cell| !cell.is_empty()).unwrap_or_default()
    };
    let all =
        table.names.iter().enumerate().map(|(at, name)| Field { name: name.clone(), sample: first(at) });
    let others = table.names.iter().enumerate().filter(|(at, _)| Some(*at) != chosen);
    let mut roles = roles_beside(others.map(|(_, name)| name.as_str()), &options.choices);
    roles.extend(chosen.and_then(|at| Some((Role::Text, table.names.get(at)?.clone()))));
    let is_article = table.first == FirstRow::Article;
    let first_row_is_article = (table.rows.len() > usize::from(is_article)).then_some(is_article);
    Fields { all: all.collect(), roles, first_row_is_article }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Document;
    use crate::formats::ReadChoices;

    fn read(table: &str, text_field: Option<&str>) -> Vec<Document> {
        let fields = text_field.map(|name| (Role::Text, name.to_owned())).into_iter().collect();
        let choices = ReadChoices { fields, ..ReadChoices::default() };
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
        let Fields { all, roles, .. } = fields(table, &options);
        assert_eq!((all.len(), all[1].sample.as_str()), (2, "زار الوفد بغداد"));
        assert_eq!(roles, [(Role::Text, "b".to_owned())].into());
    }

    fn problems(table: &str) -> Vec<(Option<u64>, ProblemKind)> {
        let readings = read_file(table.as_bytes(), &ReadOptions::for_file("news.csv"));
        let problems = readings.into_iter().flat_map(|reading| reading.problems);
        problems.map(|problem| (problem.line, problem.kind)).collect()
    }

    #[test]
    fn an_article_in_the_first_row_is_an_article() {
        for table in [
            "زار الوفد بغداد صباح الأحد\nعاد الوفد إلى عمان مساء الأحد\n",
            "قال,7\nذهب,8\n",
            "خبر,2019-04-06\nخبر آخر,2019-04-07\n",
        ] {
            assert_eq!((read(table, None).len(), problems(table)), (2, Vec::new()), "{table}");
        }
    }

    #[test]
    fn a_first_row_that_may_be_an_article_is_told_of_and_can_be_chosen_to_be_one() {
        let table = "قال,x\nذهب,y\n";
        assert_eq!(read(table, None).len(), 1);
        let names = vec!["قال".to_owned(), "x".to_owned()];
        assert_eq!(problems(table), [(Some(1), ProblemKind::ColumnNames { names })]);
        let mut options = ReadOptions::for_file("news.csv");
        assert_eq!(fields(table, &options).first_row_is_article, Some(false));
        options.choices.first_row_is_article = Some(true);
        assert_eq!(fields(table, &options).first_row_is_article, Some(true));
        let texts: Vec<_> = read_file(table.as_bytes(), &options)
            .into_iter()
            .map(|reading| (reading.problems.len(), reading.document.unwrap().text.as_str().to_owned()))
            .collect();
        assert_eq!(texts, [(0, "قال".to_owned()), (0, "ذهب".to_owned())]);
        options.choices.first_row_is_article = Some(false);
        let long = "زار الوفد بغداد صباح الأحد\nعاد الوفد إلى عمان مساء الأحد\n";
        let readings = read_file(long.as_bytes(), &options);
        assert_eq!((readings.len(), readings[0].problems.len()), (1, 0), "who chose it needs not be told");
        assert_eq!(problems("title,text\nx,y\n"), []);
    }

    #[test]
    fn an_unclosed_mark_is_told_with_its_line_and_the_rows_behind_it_are_articles() {
        let table = "id,text\n1,\"خبر أول\n2,خبر ثان\n3,خبر ثالث\n";
        let articles = read(table, None);
        let texts: Vec<_> = articles.iter().map(|article| article.text.as_str()).collect();
        assert_eq!(texts, ["\"خبر أول", "خبر ثان", "خبر ثالث"]);
        assert_eq!(problems(table), [(Some(2), ProblemKind::UnclosedQuote)]);
    }

    #[test]
    fn title_day_and_author_are_in_the_columns_that_are_chosen_for_them() {
        let table = "title,a,b,text\nx,قصف,2019-04-06,خبر\n";
        let mut options = ReadOptions::for_file("news.csv");
        let usual = [(Role::Text, "text".to_owned()), (Role::Title, "title".to_owned())];
        assert_eq!(fields(table, &options).roles, usual.into());
        options.choices.fields = [(Role::Title, "a"), (Role::Date, "b"), (Role::Author, "title")]
            .map(|(role, name)| (role, name.to_owned()))
            .into();
        let roles: Vec<_> = fields(table, &options).roles.into_values().collect();
        assert_eq!(roles, ["text", "a", "b", "title"]);
        let meta = |options: &ReadOptions| {
            let document = read_file(table.as_bytes(), options).remove(0).document.unwrap();
            serde_json::to_string(&document.meta).unwrap()
        };
        assert_eq!(meta(&options), r#"{"title":"قصف","author":"x","date":"2019-04-06"}"#);
        options.choices.fields = [(Role::Title, String::new())].into();
        assert_eq!(fields(table, &options).roles.get(&Role::Title), None);
        assert_eq!(meta(&options), r#"{"title'":"x","a":"قصف","b":"2019-04-06"}"#, "it has no title");
    }

    #[test]
    fn values_under_two_names_of_one_meaning_are_both_kept() {
        let articles = read("headline,title,text\nأول,ثان,خبر\n", None);
        assert_eq!(serde_json::to_string(&articles[0].meta).unwrap(), r#"{"title":"أول","title'":"ثان"}"#);
    }

    #[test]
    fn a_table_without_names_has_numbers_for_them() {
        let long = "زار الوفد بغداد ثم البصرة ثم عاد إلى بلاده في اليوم التالي بعد لقاءات كثيرة";
        let articles = read(&format!("1,{long}\n2,{long} أيضا\n"), None);
        assert_eq!((articles.len(), articles[0].text.as_str()), (2, long));
        assert_eq!(articles[1].meta["1"], "2");
    }
}
