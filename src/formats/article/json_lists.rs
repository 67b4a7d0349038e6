//! Which objects of a JSON file are its articles: those of the lists in it that are alike, or the one that the file is.
//! Whatever else stands in the file is told.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Field, meaning, roles_beside, sample, text_field};
use crate::formats::json::JsonType;
use crate::formats::{Outcome, ProblemKind, ReadChoices, ReadOptions, Role, Roles};

/// So many objects tell which field holds the text.
pub(super) const SAMPLED: usize = 50;

/// What stands between the path of a list and a field of the objects in it.
const IN_LIST: &str = "[].";

/// Lists are alike if they have at least this share of their keys in common.
const ALIKE: f64 = 0.5;

/// The articles of a file, and what was left out of it.
#[derive(Default)]
pub(super) struct Found {
    pub(super) articles: Vec<Listed>,
    pub(super) left: Vec<Left>,
    /// What was chosen about the fields of each article, and the field of the text.
    pub(super) within: Roles,
    /// Every field that a person can choose.
    pub(super) fields: Vec<Field>,
    /// Those among them that something is taken from.
    pub(super) shown: Roles,
}

/// An object that is an article.
pub(super) struct Listed {
    pub(super) object: Map<String, Value>,
    /// The list it is from, if articles come from several.
    pub(super) list: Option<String>,
}

/// What stands in the file and is no part of an article.
pub(super) struct Left {
    pub(super) path: String,
    pub(super) kind: ProblemKind,
    pub(super) outcome: Outcome,
}

/// The keys that lead to a value.
type Path = Vec<String>;

/// Lists of objects that are alike.
struct Group {
    lists: Vec<Path>,
    keys: BTreeSet<String>,
    names: Vec<String>,
    lengths: Vec<usize>,
    samples: Vec<String>,
    /// The field of the text, if nobody chooses another.
    text: String,
    /// All characters in it, about.
    size: usize,
}

impl Group {
    /// A group of one list, if there are texts in it.
    fn of(path: &[String], list: &[Value]) -> Option<Self> {
        let objects: Vec<_> = list.iter().filter_map(Value::as_object).collect();
        let (names, lengths) = texts(objects.iter().copied());
        let at = text_field(&names, &lengths, None)?;
        let size = lengths.get(at)? * objects.len();
        let text = names.get(at)?.clone();
        let sampled = || objects.iter().copied().take(SAMPLED);
        let keys = sampled().flat_map(|object| object.keys().cloned()).collect();
        let samples = names.iter().map(|name| first_value(sampled(), name)).collect();
        Some(Self { lists: vec![path.to_vec()], keys, names, lengths, samples, text, size })
    }

    fn is_like(&self, other: &Self) -> bool {
        let common = self.keys.intersection(&other.keys).count();
        let all = self.keys.union(&other.keys).count();
        self.text == other.text && common as f64 >= ALIKE * all as f64
    }

    fn merge(&mut self, other: Self) {
        for ((name, length), sample) in other.names.into_iter().zip(other.lengths).zip(other.samples) {
            if !self.names.contains(&name) {
                self.names.push(name);
                self.lengths.push(length);
                self.samples.push(sample);
            }
        }
        self.lists.extend(other.lists);
        self.keys.extend(other.keys);
        self.size += other.size;
    }

    fn name(&self) -> String {
        self.lists.first().map(|path| path.join(".")).unwrap_or_default()
    }

    /// The average length of the texts, in characters.
    fn length(&self) -> usize {
        let at = self.names.iter().position(|name| *name == self.text);
        at.and_then(|at| self.lengths.get(at)).copied().unwrap_or_default()
    }

    fn fields(&self, prefix: &str) -> impl Iterator<Item = Field> {
        let fields = self.names.iter().zip(&self.samples);
        fields.map(move |(name, sample)| Field { name: format!("{prefix}{name}"), sample: sample.clone() })
    }
}

/// The articles of a file that is one JSON value.
pub(super) fn find(value: Value, options: &ReadOptions) -> Found {
    let choices = &options.choices;
    let asked = choices.text_field();
    let root = match value {
        Value::Array(list) => return of_list(list, choices),
        Value::Object(root) => root,
        _ => return Found::default(),
    };
    let (own_names, own_lengths) = texts(std::iter::once(&root));
    let mut groups: Vec<Group> = Vec::new();
    if !is_record(&root) {
        lists_in(&root, &mut Vec::new(), &mut |path, list| {
            let Some(group) = Group::of(path, list) else { return };
            match groups.iter_mut().find(|other| other.is_like(&group)) {
                Some(other) => other.merge(group),
                None => groups.push(group),
            }
        });
    }
    let own = text_field(&own_names, &own_lengths, None);
    // A word or two beside a list say what the list is; an article beside one is an article.
    let is_article = |at: usize| {
        let is_called_text = own_names.get(at).is_some_and(|name| matches!(meaning(name), Some(("text", _))));
        let length = own_lengths.get(at).copied().unwrap_or_default();
        is_called_text || groups.iter().all(|group| group.length() < length)
    };
    let own = own.filter(|&at| is_article(at));
    if own.is_none() && groups.is_empty() {
        return Found::default();
    }
    // Where there is a choice, fields are told by their list, too.
    let is_choice = groups.len() + usize::from(own.is_some()) > 1;
    let prefix = |group: &Group| if is_choice { group.name() + IN_LIST } else { String::new() };
    let of_own =
        |name: &String| Field { name: name.clone(), sample: first_value(std::iter::once(&root), name) };
    let mut fields: Vec<Field> =
        if own.is_some() { own_names.iter().map(of_own).collect() } else { Vec::new() };
    fields.extend(groups.iter().flat_map(|group| group.fields(&prefix(group)).collect::<Vec<_>>()));
    let asked_list = asked.filter(|_| is_choice).and_then(|asked| {
        let at = groups.iter().position(|group| asked.starts_with(&prefix(group)))?;
        Some((at, asked.get(prefix(groups.get(at)?).len()..)?))
    });
    let largest = || {
        (0..groups.len()).max_by_key(|&at| (groups.get(at).map(|group| group.size), std::cmp::Reverse(at)))
    };
    let (group, asked) = match (asked_list, own) {
        (Some((at, field)), _) => (Some(at), Some(field)),
        (None, Some(_)) => (None, asked),
        (None, None) => (largest(), asked),
    };
    let Some(group) = group.and_then(|at| groups.get(at)) else {
        let (within, shown) = roles(&own_names, &own_lengths, "", asked, choices);
        return Found {
            articles: vec![Listed { object: root, list: None }],
            left: Vec::new(),
            within,
            shown,
            fields,
        };
    };
    let (within, shown) = roles(&group.names, &group.lengths, &prefix(group), asked, choices);
    let lists = groups.iter().flat_map(|group| group.lists.iter().cloned()).collect();
    let mut parting = Parting {
        taken: group.lists.clone(),
        lists,
        articles: Vec::new(),
        left: Vec::new(),
        path: Vec::new(),
    };
    parting.part(root);
    Found { articles: parting.articles, left: parting.left, within, shown, fields }
}

/// The articles of a list that the file is.
fn of_list(list: Vec<Value>, choices: &ReadChoices) -> Found {
    let mut parting = Parting { taken: vec![Vec::new()], ..Parting::default() };
    parting.take_list(list);
    let objects = || parting.articles.iter().map(|article| &article.object);
    let (names, lengths) = texts(objects());
    let (within, shown) = roles(&names, &lengths, "", choices.text_field(), choices);
    let field = |name: &String| Field { name: name.clone(), sample: first_value(objects(), name) };
    let fields = names.iter().map(field).collect();
    Found { fields, within, shown, articles: parting.articles, left: parting.left }
}

/// What is chosen about the fields of articles, as they call them, and what is taken from which field, as a person knows
/// them: with the list that they are in before them.
fn roles(
    names: &[String],
    lengths: &[usize],
    prefix: &str,
    asked: Option<&str>,
    choices: &ReadChoices,
) -> (Roles, Roles) {
    let chosen = choices.fields.iter().filter(|(role, _)| **role != Role::Text);
    // What was chosen of another list says nothing of this one.
    let own = chosen.filter_map(|(role, name)| {
        let own = if name.is_empty() { name.as_str() } else { name.strip_prefix(prefix)? };
        Some((*role, own.to_owned()))
    });
    let mut within: Roles = own.collect();
    let text = text_field(names, lengths, asked).and_then(|at| names.get(at));
    let others = names.iter().filter(|name| Some(*name) != text).map(String::as_str);
    let here = ReadChoices { fields: within.clone(), ..ReadChoices::default() };
    let mut shown = roles_beside(others, &here);
    within.extend(text.map(|text| (Role::Text, text.clone())));
    shown.extend(text.map(|text| (Role::Text, text.clone())));
    (within, shown.into_iter().map(|(role, name)| (role, format!("{prefix}{name}"))).collect())
}

/// True of an object that is a record already, with spans.
pub(super) fn is_record(object: &Map<String, Value>) -> bool {
    let has_text = object.get("text").is_some_and(Value::is_string);
    has_text && ["spans", "entities", "format"].iter().any(|key| object.contains_key(*key))
}

/// Calls a function with every list in an object, and in the objects in it.
fn lists_in(object: &Map<String, Value>, path: &mut Path, each: &mut impl FnMut(&[String], &[Value])) {
    for (key, value) in object {
        path.push(key.clone());
        match value {
            Value::Array(list) => each(path, list),
            Value::Object(inner) => lists_in(inner, path, each),
            _ => {}
        }
        path.pop();
    }
}

/// Takes a file apart into its articles and what is left.
#[derive(Default)]
struct Parting {
    /// The lists that are taken.
    taken: Vec<Path>,
    /// All lists with texts.
    lists: Vec<Path>,
    articles: Vec<Listed>,
    left: Vec<Left>,
    /// Where it is.
    path: Path,
}

impl Parting {
    fn part(&mut self, object: Map<String, Value>) {
        for (key, value) in object {
            self.path.push(key);
            let leads_on = self.lists.iter().any(|list| list.starts_with(&self.path));
            match value {
                Value::Array(list) if self.taken.contains(&self.path) => self.take_list(list),
                Value::Array(list) if leads_on => {
                    let texts = list.iter().filter(|value| value.is_object()).count();
                    self.leave(ProblemKind::OtherTexts { texts });
                }
                Value::Object(inner) if leads_on => self.part(inner),
                value if is_empty(&value) => {}
                _ => self.leave(ProblemKind::BesideArticles),
            }
            self.path.pop();
        }
    }

    fn leave(&mut self, kind: ProblemKind) {
        self.left.push(Left { path: self.path.join("."), kind, outcome: Outcome::FieldLeftOut });
    }

    fn take_list(&mut self, list: Vec<Value>) {
        let path = self.path.join(".");
        let name = (self.taken.len() > 1).then(|| path.clone());
        for (n, value) in list.into_iter().enumerate() {
            match value {
                Value::Object(object) => self.articles.push(Listed { object, list: name.clone() }),
                other => {
                    let kind =
                        ProblemKind::WrongType { expected: JsonType::Object, found: JsonType::of(&other) };
                    self.left.push(Left {
                        path: format!("{path}[{n}]"),
                        kind,
                        outcome: Outcome::RecordLeftOut,
                    });
                }
            }
        }
    }
}

/// True of a value that says nothing.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.iter().all(is_empty),
        Value::Object(object) => object.values().all(is_empty),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// How many objects of a list have texts: other than lists of words, or of nothing.
pub(super) fn texts_in(value: &Value) -> usize {
    let objects = value.as_array().into_iter().flatten().filter_map(Value::as_object);
    objects.filter(|object| !texts(std::iter::once(*object)).0.is_empty()).count()
}

/// The fields that hold text, one step into objects, and how long it is on average, in characters.
pub(super) fn texts<'o>(objects: impl Iterator<Item = &'o Map<String, Value>>) -> (Vec<String>, Vec<usize>) {
    let mut names: Vec<String> = Vec::new();
    let mut lengths: Vec<usize> = Vec::new();
    let mut count = |name: String, text: &str| {
        let length = text.chars().count();
        match names.iter().position(|other| *other == name) {
            Some(at) => {
                if let Some(sum) = lengths.get_mut(at) {
                    *sum += length;
                }
            }
            None => {
                names.push(name);
                lengths.push(length);
            }
        }
    };
    let mut of = 0_usize;
    for object in objects.take(SAMPLED) {
        of += 1;
        for (key, value) in object {
            match value {
                Value::String(text) if !text.trim().is_empty() => count(key.clone(), text),
                Value::Object(inner) => {
                    for (inner_key, value) in inner {
                        if let Some(text) = value.as_str().filter(|text| !text.trim().is_empty()) {
                            count(format!("{key}.{inner_key}"), text);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    let of = of.max(1);
    (names, lengths.into_iter().map(|sum| sum.div_ceil(of)).collect())
}

/// The value of a field, or of a field in an object: `data.text`.
pub(super) fn value_at<'v>(object: &'v Map<String, Value>, path: &str) -> Option<&'v Value> {
    object.get(path).or_else(|| {
        let (key, inner) = path.split_once('.')?;
        object.get(key)?.get(inner)
    })
}

/// The beginning of the first value of a field that is none of the empty ones.
pub(super) fn first_value<'o>(
    mut objects: impl Iterator<Item = &'o Map<String, Value>>,
    name: &str,
) -> String {
    let value = |object| Some(sample(value_at(object, name)?.as_str()?)).filter(|value| !value.is_empty());
    objects.find_map(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(json: &str, asked: Option<&str>) -> Found {
        let mut options = ReadOptions::for_file("news.json");
        options.choices.fields.extend(asked.map(|asked| (Role::Text, asked.to_owned())));
        find(serde_json::from_str(json).unwrap(), &options)
    }

    fn chosen(found: &Found) -> Option<&str> {
        found.shown.get(&Role::Text).map(String::as_str)
    }

    fn text(found: &Found) -> Option<&str> {
        found.within.get(&Role::Text).map(String::as_str)
    }

    fn left(found: &Found) -> Vec<(&str, &ProblemKind)> {
        found.left.iter().map(|left| (left.path.as_str(), &left.kind)).collect()
    }

    #[test]
    fn lists_that_are_alike_are_all_taken_and_named() {
        let found = found(
            r#"{"version":2,"train":[{"id":1,"text":"أ"},{"id":2,"text":"ب"}],"note":"","test":[{"id":3,"text":"ج","n":1}]}"#,
            None,
        );
        let lists: Vec<_> = found.articles.iter().map(|article| article.list.as_deref()).collect();
        assert_eq!(lists, [Some("train"), Some("train"), Some("test")]);
        assert_eq!(left(&found), [("version", &ProblemKind::BesideArticles)]);
        assert_eq!((chosen(&found), found.fields.len()), (Some("text"), 1));
    }

    #[test]
    fn lists_that_are_not_alike_are_told_and_either_can_be_chosen() {
        let json = r#"{"people":[{"name":"عمر","age":7},{"name":"زيد"},{"name":"علي"}],"data":{"docs":[{"title":"x","body":"زار الوفد بغداد صباح الأحد"}]}}"#;
        let usual = found(json, None);
        assert_eq!((usual.articles.len(), chosen(&usual)), (1, Some("data.docs[].body")));
        assert_eq!(text(&usual), Some("body"));
        assert_eq!(left(&usual), [("people", &ProblemKind::OtherTexts { texts: 3 })]);
        let names: Vec<_> = usual.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["people[].name", "data.docs[].title", "data.docs[].body"]);
        let people = found(json, Some("people[].name"));
        assert_eq!((people.articles.len(), chosen(&people)), (3, Some("people[].name")));
        assert_eq!(left(&people), [("data.docs", &ProblemKind::OtherTexts { texts: 1 })]);
        assert_eq!(text(&found(json, Some("data.docs[].title"))), Some("title"));
    }

    #[test]
    fn an_article_with_comments_below_it_is_the_article_and_they_can_be_chosen() {
        for key in ["text", "html"] {
            let json = format!(
                r#"{{"{key}":"زار الوفد بغداد صباح الأحد","comments":[{{"user":"أ","said":"نعم"}},{{"user":"ب","said":"لا بأس"}}]}}"#
            );
            let usual = found(&json, None);
            assert_eq!((usual.articles.len(), chosen(&usual)), (1, Some(key)));
            let comments = found(&json, Some("comments[].said"));
            assert_eq!((comments.articles.len(), text(&comments)), (2, Some("said")));
            assert_eq!(left(&comments), [(key, &ProblemKind::BesideArticles)]);
        }
    }

    #[test]
    fn a_word_beside_a_list_of_one_is_no_article() {
        let found = found(r#"{"status":"ok","docs":[{"content":"زار الوفد"}]}"#, None);
        assert_eq!((found.articles.len(), chosen(&found)), (1, Some("content")));
        assert_eq!(left(&found), [("status", &ProblemKind::BesideArticles)]);
    }

    #[test]
    fn a_list_is_found_however_deep_it_lies() {
        let json = format!("{}{}{}", "{\"a\":".repeat(60), r#"[{"text":"خبر"}]"#, "}".repeat(60));
        assert_eq!(found(&json, None).articles.len(), 1);
    }
}
