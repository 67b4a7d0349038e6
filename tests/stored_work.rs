//! Every form in which work was ever stored is read, and means what it meant: `tests/cases/storage/` holds it as it lay in
//! the browser. None of it is ever changed. A form that is new gets a line there, or this fails.

#![allow(clippy::unwrap_used, reason = "a test that fails is to fail loudly")]

use std::collections::BTreeSet;
use std::path::Path;

use misam::annotation::{
    Alternative, Change, Edit, EditKind, Origin, Rejection, Relabelling, SchemaChange, Span, Status, Step,
};
use misam::app::queue::{ArticleFilter, ArticleOrder};
use misam::app::{Language, Settings, Theme};
use misam::dataset::{CardWords, KeptCard, OwnCard};
use misam::formats::jsonl::write_record;
use misam::project::{
    About, Entry, Head, HeadsIndex, Journalled, LetIn, Project, ProjectCard, Shelf, StoredAnnotator,
    StoredDocument, StoredProject, StoredSchema, revive,
};
use misam::text::ProcliticPolicy;
use serde::de::value::Error;
use serde::de::{DeserializeOwned, Deserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

/// Work of every kind: a storage, the list of projects, and what lies in storages of other shapes.
fn kinds() -> Value {
    stored("kinds")
}

fn stored(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cases/storage/{name}.json"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The pairs of a store, its values as they are.
fn store<'a>(database: &'a Value, name: &str) -> Vec<(&'a Value, &'a Value)> {
    let pairs = database["contents"][name].as_array();
    pairs.into_iter().flatten().map(|pair| (&pair[0], &pair[1])).collect()
}

/// The JSON in a store.
fn records(database: &Value, name: &str) -> Vec<Value> {
    store(database, name).into_iter().map(|(_, json)| parsed(json)).collect()
}

fn setting(database: &Value, name: &str) -> Value {
    parsed(store(database, "settings").into_iter().find(|(key, _)| *key == name).unwrap().1)
}

fn parsed(json: &Value) -> Value {
    serde_json::from_str(json.as_str().unwrap()).unwrap()
}

/// What lies at a place: names of fields, and `*` for all there are.
fn at<'a>(values: impl IntoIterator<Item = &'a Value>, place: &str) -> Vec<&'a Value> {
    place.split('.').filter(|part| !part.is_empty()).fold(
        values.into_iter().collect(),
        |found: Vec<&Value>, part| match part {
            "*" => found.into_iter().flat_map(|value| value.as_array().into_iter().flatten()).collect(),
            name => found.into_iter().filter_map(|value| value.get(name)).collect(),
        },
    )
}

/// The names in values: a word is one, an object has its fields.
fn names_in(values: &[&Value]) -> BTreeSet<String> {
    let names = values.iter().flat_map(|value| match value {
        Value::String(name) => vec![name.clone()],
        Value::Object(fields) => fields.keys().cloned().collect(),
        _ => Vec::new(),
    });
    names.collect()
}

/// The fields or variants that a type is read from, as its reader names them.
fn names_of<T: DeserializeOwned>() -> BTreeSet<String> {
    struct Asked(&'static [&'static str]);

    impl<'de> Deserializer<'de> for &mut Asked {
        type Error = Error;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
            Err(serde::de::Error::custom("it was only asked"))
        }

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value, Error> {
            self.0 = fields;
            self.deserialize_any(visitor)
        }

        fn deserialize_enum<V: Visitor<'de>>(
            self,
            _: &'static str,
            variants: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value, Error> {
            self.0 = variants;
            self.deserialize_any(visitor)
        }

        forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
            newtype_struct seq tuple tuple_struct map identifier ignored_any
        }
    }

    let mut asked = Asked(&[]);
    assert!(T::deserialize(&mut asked).is_err());
    assert!(!asked.0.is_empty(), "{} has no names", std::any::type_name::<T>());
    asked.0.iter().map(ToString::to_string).collect()
}

/// Fails if one of the names of a type is nowhere in these values.
fn all_are_there<T: DeserializeOwned>(values: &[&Value]) {
    let (wanted, there) = (names_of::<T>(), names_in(values));
    let lacking: Vec<_> = wanted.difference(&there).collect();
    assert!(lacking.is_empty(), "no stored {} has {lacking:?}", std::any::type_name::<T>());
}

/// Fails if a value cannot be read, or is not written again with everything that it says.
fn are_read<T: DeserializeOwned + serde::Serialize>(values: &[&Value]) {
    assert!(!values.is_empty());
    for value in values {
        let read: T =
            serde_json::from_value((*value).clone()).unwrap_or_else(|error| panic!("{error}: {value}"));
        // By way of text, in which numbers are as short as they came.
        let again = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
        assert!(says(&again, value), "{value}\nbecomes\n{again}");
    }
}

/// True if all that `said` says is in `value`; more may be.
fn says(value: &Value, said: &Value) -> bool {
    match (value, said) {
        (Value::Object(fields), Value::Object(said)) => {
            said.iter().all(|(name, said)| fields.get(name).is_some_and(|value| says(value, said)))
        }
        (Value::Array(values), Value::Array(said)) => {
            values.len() == said.len() && values.iter().zip(said).all(|(value, said)| says(value, said))
        }
        (Value::Number(value), Value::Number(said)) => value.as_f64() == said.as_f64(),
        _ => value == said,
    }
}

#[test]
fn every_kind_of_edit_and_change_lies_in_a_stored_journal_and_is_read() {
    let journal = records(&kinds()["database"], "journal");
    let of = |place: &str| at(&journal, place);
    are_read::<Journalled>(&of(""));
    all_are_there::<Journalled>(&of(""));
    all_are_there::<Entry>(&of("entry"));
    all_are_there::<Edit>(&of("entry.do"));
    all_are_there::<EditKind>(&of("entry.do.kind"));
    all_are_there::<SchemaChange>(&of("entry.do.schema"));
    all_are_there::<Step>(&of("entry.do.steps.*"));
    let changes = of("entry.do.steps.*.change");
    let change = |place: &str| at(changes.iter().copied(), place);
    all_are_there::<Change>(&changes);
    assert_eq!(names_in(&change("replace")), ["after", "before"].map(String::from).into());
    assert_eq!(names_in(&change("meta")), ["after", "before", "key"].map(String::from).into());
    all_are_there::<Relabelling>(&change("relabel"));
    all_are_there::<Rejection>(&change("reject"));
    all_are_there::<Rejection>(&change("unreject"));
    let spans = ["add", "remove", "replace.before", "replace.after"].map(change).concat();
    all_are_there::<Span>(&spans);
    all_are_there::<Alternative>(&at(spans.iter().copied(), "alternative"));
    let documents = records(&kinds()["database"], "documents");
    let spans = [spans, at(&documents, "spans.*")].concat();
    all_are_there::<Origin>(&at(spans, "origin"));
    all_are_there::<Status>(&[change("status.before"), change("status.after")].concat());
}

#[test]
fn every_record_beside_the_journal_is_read() {
    let stored = kinds();
    let database = &stored["database"];
    let documents = records(database, "documents");
    are_read::<StoredDocument>(&at(&documents, ""));
    all_are_there::<StoredDocument>(&at(&documents, ""));
    are_read::<About>(&[&setting(database, "about")]);
    all_are_there::<About>(&[&setting(database, "about")]);
    are_read::<StoredSchema>(&[&setting(database, "schema")]);
    all_are_there::<StoredSchema>(&[&setting(database, "schema")]);
    let annotators = setting(database, "annotators");
    are_read::<StoredAnnotator>(&at([&annotators], "*"));
    all_are_there::<StoredAnnotator>(&at([&annotators], "*"));
    let (_, lost) = serde_json::from_value::<Vec<StoredAnnotator>>(annotators).unwrap().remove(0).revive();
    assert_eq!(lost, 0);
    are_read::<Head>(&at([&stored], "heads.*"));
    all_are_there::<Head>(&at([&stored], "heads.*"));
    are_read::<HeadsIndex>(&[&stored["index"]]);
    all_are_there::<HeadsIndex>(&[&stored["index"]]);
    are_read::<LetIn>(&[&stored["let_in"]]);
    all_are_there::<LetIn>(&[&stored["let_in"]]);
}

#[test]
fn settings_of_every_version_are_read() {
    let newest = setting(&kinds()["database"], "settings");
    are_read::<Settings>(&[&newest]);
    let older = ["1", "2", "3", "4"].map(|version| setting(&stored(version)["database"], "settings"));
    let all: Vec<&Value> = older.iter().chain([&newest]).collect();
    all_are_there::<Settings>(&all);
    all_are_there::<KeptCard>(&at([&newest], "card"));
    all_are_there::<CardWords>(&at([&newest], "card.words"));
    all_are_there::<OwnCard>(&at([&newest], "card.own"));
    let read: Settings = serde_json::from_value(newest).unwrap();
    assert_eq!((read.theme, read.proclitics), (Theme::Dark, ProcliticPolicy::Peeled));
    assert_eq!(ArticleFilter::kept(&read.list).order, ArticleOrder::Review);
    for settings in &older {
        let read: Settings = serde_json::from_value(settings.clone()).unwrap();
        assert_eq!((read.theme, read.proclitics), (Theme::Light, ProcliticPolicy::Outside), "{settings}");
    }
    // Words of choices that the fixtures cannot all have at once.
    let words = |names: BTreeSet<String>| names.into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(words(names_of::<Theme>()), "dark light system");
    assert_eq!(words(names_of::<Language>()), "arabic english");
    assert_eq!(words(names_of::<ProcliticPolicy>()), "inside outside peeled");
}

#[test]
fn the_list_of_projects_is_read() {
    let stored = kinds();
    let cards = records(&stored["list"], "cards");
    are_read::<ProjectCard>(&at(&cards, ""));
    all_are_there::<ProjectCard>(&at(&cards, ""));
    let cards: Vec<ProjectCard> =
        cards.into_iter().map(|card| serde_json::from_value(card).unwrap()).collect();
    let shelves: Vec<_> = cards.iter().map(ProjectCard::shelf).collect();
    assert_eq!(shelves, [Shelf::Active, Shelf::Archived, Shelf::Deleted]);
}

#[test]
fn a_journal_with_every_kind_of_edit_comes_to_what_it_came_to_when_it_was_stored() {
    let stored = kinds();
    let database = &stored["database"];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let pairs = |name: &str| store(database, name).into_iter();
    let revived = revive(StoredProject {
        documents: pairs("documents").map(|(id, json)| (text(id).unwrap(), text(json))).collect(),
        texts: pairs("texts")
            .map(|(id, bytes)| (text(id).unwrap(), text(&bytes["utf8"]).map(String::into_bytes)))
            .collect(),
        journal: pairs("journal").map(|(seq, json)| (seq.as_u64().unwrap(), text(json))).collect(),
        ..StoredProject::default()
    });
    assert!(revived.damaged.is_empty(), "{:?}", revived.damaged);
    let mut project = Project::default();
    project.restore_schema(serde_json::from_value(setting(database, "schema")).unwrap());
    for document in revived.documents {
        project.insert(document);
    }
    assert_eq!(project.replay(revived.journal, &revived.snapshots), 0, "every change fits");
    let found: Vec<Value> = project
        .all_documents()
        .map(|document| serde_json::from_str(&write_record(document).unwrap()).unwrap())
        .collect();
    assert_eq!(Value::from(found), stored["records"]);
    assert_eq!(project.schema().id, "names/2");
    let kinds: Vec<Value> =
        project.history().done().map(|edit| serde_json::to_value(edit.kind).unwrap()).collect();
    assert_eq!(Value::from(kinds), stored["history"]);
    assert_eq!(project.history().undone().len(), 1);
}
