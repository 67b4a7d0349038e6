//! Articles as other programs keep them: web pages, office documents, feeds, tables. Each reader finds the text and what
//! the file says of it; nothing in them is labelled.

pub mod docx;
mod dom;
mod facts;
pub mod feed;
mod grab;
pub mod html;
mod json_any;
mod json_lists;
pub mod markdown;
pub(super) mod mhtml;
pub mod odt;
mod packed;
mod prose;
pub mod table;

use serde_json::{Map, Value};

pub use facts::iso_date;
pub use json_any::{read_file as read_json, read_line as read_json_line};

use super::problem::Problems;
use super::{ORIGINAL, Outcome, ProblemKind, ReadChoices, ReadOptions, Reading, Role, Roles};
use crate::annotation::{Document, DocumentId};
use crate::text::MAX_TEXT_BYTES;

/// A column or field that may hold the text of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// The beginning of the first value that is none of the empty ones.
    pub sample: String,
}

/// What a person can choose about the columns or fields of a file, and what is taken from which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// The columns or fields.
    pub all: Vec<Field>,
    /// Which of them hold what.
    pub roles: Roles,
    /// Of a table of several rows: true if the first one is read as an article, false if it has the names of the columns.
    pub first_row_is_article: Option<bool>,
}

/// The columns or fields of a file. Nothing for formats that say where their text is.
#[must_use]
pub fn fields(format: super::Format, text: &str, options: &ReadOptions) -> Fields {
    match format {
        super::Format::Table => table::fields(text, options),
        super::Format::Json => json_any::fields(text, options),
        _ => Fields::default(),
    }
}

/// What a file says of an article beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) source: Option<String>,
    pub(super) author: Option<String>,
    /// The day of publication, with a time behind it where there is one.
    pub(super) date: Option<String>,
    pub(super) url: Option<String>,
}

impl Facts {
    /// Everything but the name, under the keys of `meta`.
    fn into_meta(self) -> Map<String, Value> {
        let Self { title, source, author, date, url, .. } = self;
        [("title", title), ("source", source), ("author", author), ("date", date), ("url", url)]
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?)))
            .map(|(key, value)| (key, value.trim().to_owned()))
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| (key.to_owned(), Value::from(value)))
            .collect()
    }

    /// Takes what is not known yet from other facts.
    fn or(self, other: Self) -> Self {
        Self {
            id: self.id.or(other.id),
            title: self.title.or(other.title),
            source: self.source.or(other.source),
            author: self.author.or(other.author),
            date: self.date.or(other.date),
            url: self.url.or(other.url),
        }
    }
}

/// The longest file that is kept as it came, beside the article in it, in bytes.
const LONGEST_ORIGINAL: usize = 2 << 20;

/// Keeps a file as it came, or says that it is too long for that.
fn keep_original(source: &str, more: &mut Map<String, Value>, problems: &mut Problems) {
    if source.len() <= LONGEST_ORIGINAL {
        more.insert(ORIGINAL.to_owned(), Value::from(source));
    } else {
        let kind = ProblemKind::TooLongToKeep { bytes: source.len(), most: LONGEST_ORIGINAL };
        problems.say(format!("meta.{ORIGINAL}"), kind, Outcome::FieldLeftOut);
    }
}

/// Keeps a value under its key, or, where that is taken, under the key with an apostrophe behind it.
fn keep_beside(meta: &mut Map<String, Value>, mut key: String, value: Value) {
    while meta.contains_key(&key) {
        key.push('\'');
    }
    meta.insert(key, value);
}

/// The name of an article that stands at some place of a file that holds several.
fn numbered(options: &ReadOptions, number: usize) -> String {
    format!("{}-{number}", options.stem())
}

/// The article, or why there is none.
fn reading(
    id: String,
    text: String,
    facts: Facts,
    more: Map<String, Value>,
    mut problems: Problems,
) -> Reading {
    if text.trim().is_empty() {
        problems.say("", ProblemKind::NoArticle, Outcome::RecordLeftOut);
        return Reading { line: None, document: None, problems: problems.into_vec() };
    }
    if text.len() > MAX_TEXT_BYTES {
        let kind = ProblemKind::TextTooLong { bytes: text.len(), most: MAX_TEXT_BYTES };
        problems.say("", kind, Outcome::RecordLeftOut);
        return Reading { line: None, document: None, problems: problems.into_vec() };
    }
    let mut document = Document::new(DocumentId::new(id), text);
    document.meta = facts.into_meta();
    for (key, value) in more {
        keep_beside(&mut document.meta, key, value);
    }
    Reading { line: None, document: Some(document), problems: problems.into_vec() }
}

/// What a key or a column is usually called, by what it holds. Compared without case and signs.
const NAMES: [(&str, &[&str]); 7] = [
    (
        "text",
        &[
            "text",
            "content",
            "body",
            "article",
            "articlebody",
            "fulltext",
            "story",
            "نص",
            "النص",
            "المحتوى",
            "المقال",
            "المتن",
        ],
    ),
    ("title", &["title", "headline", "heading", "عنوان", "العنوان"]),
    (
        "date",
        &[
            "date",
            "published",
            "pubdate",
            "publishedat",
            "datepublished",
            "publicationdate",
            "publishdate",
            "publishdatetime",
            "time",
            "timestamp",
            "createdat",
            "تاريخ",
            "التاريخ",
            "تاريخالنشر",
        ],
    ),
    (
        "source",
        &[
            "source",
            "publisher",
            "sitename",
            "site",
            "agency",
            "newspaper",
            "outlet",
            "domain",
            "مصدر",
            "المصدر",
        ],
    ),
    ("author", &["author", "authors", "byline", "creator", "writer", "الكاتب", "المؤلف"]),
    ("url", &["url", "link", "href", "permalink", "الرابط", "رابط"]),
    ("id", &["id", "docid", "documentid", "articleid", "guid", "uuid", "المعرف"]),
];

/// What a key or a column of this name usually holds, and how usual the name is: 0 for the most usual one.
fn meaning(name: &str) -> Option<(&'static str, usize)> {
    let plain: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    NAMES.iter().find_map(|(meaning, names)| {
        names.iter().position(|other| *other == plain).map(|place| (*meaning, place))
    })
}

/// Keys that records with labels have, and articles have not.
const OF_RECORDS: [&str; 12] = [
    "annotations",
    "annotator",
    "entities",
    "events",
    "format",
    "labels",
    "meta",
    "rejected",
    "relations",
    "schema",
    "spans",
    "status",
];

/// True if records with these keys are articles as other programs keep them: one is the usual name of something else than
/// the text or the name of the record, and none is of labels.
pub(super) fn names_an_article<'n>(keys: impl Iterator<Item = &'n str>) -> bool {
    let mut tells = false;
    for key in keys {
        if OF_RECORDS.contains(&key) {
            return false;
        }
        tells |= meaning(key).is_some_and(|(held, _)| held != "text" && held != "id");
    }
    tells
}

/// True of the first line of a table, parted by tabs, if it has the usual name of a column of texts and one of another.
pub(super) fn names_articles(line: &str) -> bool {
    let cells = line.trim_start_matches('\u{FEFF}').trim_end().split('\t').filter_map(meaning);
    let held: Vec<_> = cells.map(|(held, _)| held).collect();
    held.len() > 1 && held.contains(&"text")
}

/// What a column or field holds: what a person chose for it, else what its name says, unless another was chosen for that.
fn held(name: &str, choices: &ReadChoices) -> Option<&'static str> {
    let beside = Role::ALL.into_iter().filter(|role| *role != Role::Text);
    if let Some(role) =
        beside.clone().find(|role| choices.fields.get(role).is_some_and(|chosen| chosen == name))
    {
        return Some(role.as_str());
    }
    let (meaning, _) = meaning(name)?;
    let is_chosen = beside.clone().any(|role| role.as_str() == meaning && choices.fields.contains_key(&role));
    (!is_chosen).then_some(meaning)
}

/// The key of `meta` for a column or field that holds nothing known. One that is called like what was chosen to be in
/// another, or in none, must not be taken for it.
fn own_key(name: &str, choices: &ReadChoices) -> String {
    let is_role =
        |role: &Role| *role != Role::Text && role.as_str() == name && choices.fields.contains_key(role);
    if Role::ALL.iter().any(is_role) { format!("{name}'") } else { name.to_owned() }
}

/// Which of the columns or fields hold what beside the text: the chosen ones, or the first of a usual name.
fn roles_beside<'n>(names: impl IntoIterator<Item = &'n str>, choices: &ReadChoices) -> Roles {
    let names: Vec<&str> = names.into_iter().collect();
    let beside = Role::ALL.into_iter().filter(|role| *role != Role::Text);
    let of = |role: Role| {
        let name = names.iter().find(|name| held(name, choices) == Some(role.as_str()))?;
        Some((role, (*name).to_owned()))
    };
    beside.filter_map(of).collect()
}

/// The field that the text is in: the chosen one, else the one with the most usual name, else the one with the longest
/// texts. `lengths` are the average lengths of the values.
fn text_field(names: &[String], lengths: &[usize], chosen: Option<&str>) -> Option<usize> {
    if let Some(chosen) = chosen
        && let Some(at) = names.iter().position(|name| name == chosen)
    {
        return Some(at);
    }
    let length = |at: usize| lengths.get(at).copied().unwrap_or_default();
    let usual = names.iter().enumerate().filter_map(|(at, name)| match meaning(name) {
        Some(("text", place)) if length(at) > 0 => Some((place, at)),
        _ => None,
    });
    let longest = || {
        (0..names.len()).filter(|&at| length(at) > 0).max_by_key(|&at| (length(at), std::cmp::Reverse(at)))
    };
    usual.min().map(|(_, at)| at).or_else(longest)
}

/// A value short enough to be told by.
fn sample(value: &str) -> String {
    const MOST: usize = 48;
    let line = value.split_whitespace().take(12).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{}…", line.get(..cut).unwrap_or_default()),
        None => line,
    }
}
